// tree_up: What a unit is under, step by step, through every kind of parent
// vi: Các cấp trên của một đơn vị, theo từng loại quan hệ
// param unit: string (unit) -- the unit to start from
// param on: date = today -- the day that is asked about
// column steps: bậc
// column unit: đơn vị
// column relation: quan hệ (parent_kinds)
// column parent: đơn vị cấp trên
// column system: khối (systems)
// column since: từ ngày
// column basis: mức chắc chắn (basis)
// column parent_id: mã cấp trên

MATCH path = (:Unit {id: $unit})-[:PART_OF*1..12]->(a:Unit)
WHERE all(r IN relationships(path) WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on))
  AND all(n IN nodes(path) WHERE (n.valid_from IS NULL OR n.valid_from <= $on) AND (n.valid_to IS NULL OR n.valid_to > $on))
WITH length(path) AS steps, nodes(path)[length(path) - 1] AS u, relationships(path)[length(path) - 1] AS r, a
RETURN DISTINCT steps, u.name AS unit, r.kind AS relation, a.name AS parent, a.system AS system,
       r.valid_from AS since, r.basis AS basis, a.id AS parent_id
ORDER BY steps, unit, relation, parent_id
