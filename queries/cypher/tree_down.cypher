// tree_down: The units under a unit, level by level, with their heads
// vi: Các đơn vị bên dưới một đơn vị, theo từng bậc, kèm người đứng đầu
// param unit: string (unit) -- the unit at the top
// param depth: int = 3 -- how many levels down
// param kind: string (parent_kinds) = line -- the kind of parent that is followed
// param on: date = today -- the day that is asked about
// column depth: bậc
// column unit: đơn vị
// column parent: đơn vị cấp trên
// column kind: loại (unit_kinds)
// column system: khối (systems)
// column head: người đứng đầu
// column since: từ ngày
// column basis: mức chắc chắn (basis)
// column unit_id: mã đơn vị

MATCH path = (:Unit {id: $unit})<-[:PART_OF*0..12]-(u:Unit)
WHERE length(path) <= $depth
  AND all(r IN relationships(path) WHERE r.kind = $kind AND (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on))
  AND all(n IN nodes(path) WHERE (n.valid_from IS NULL OR n.valid_from <= $on) AND (n.valid_to IS NULL OR n.valid_to > $on))
OPTIONAL MATCH (u)<-[o:OF_UNIT]-(x:Position {role: 'head'})<-[h:HOLDS]-(w:Person)
WHERE (o.valid_from IS NULL OR o.valid_from <= $on) AND (o.valid_to IS NULL OR o.valid_to > $on)
  AND (x.valid_from IS NULL OR x.valid_from <= $on) AND (x.valid_to IS NULL OR x.valid_to > $on)
  AND (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
WITH path, u, collect(DISTINCT w.name) AS head
WITH length(path) AS depth, [n IN nodes(path) | n.name] AS names, [n IN nodes(path) | n.name + ' ' + n.id] AS line, u, head
WITH depth, names, u, head
ORDER BY line
RETURN depth, u.name AS unit, CASE WHEN depth > 0 THEN names[depth - 1] END AS parent,
       u.kind AS kind, u.system AS system, head, u.valid_from AS since, u.basis AS basis, u.id AS unit_id
