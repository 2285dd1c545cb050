// parents_by_kind: Units under several parents of different kinds
// vi: Đơn vị có nhiều cấp trên thuộc các loại quan hệ khác nhau
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param on: date = today -- the day that is asked about
// column unit: đơn vị
// column relation: quan hệ (parent_kinds)
// column parent: đơn vị cấp trên
// column parent_system: khối của cấp trên (systems)
// column place: địa bàn
// column since: từ ngày
// column basis: mức chắc chắn (basis)
// column unit_id: mã đơn vị
// column parent_id: mã cấp trên

CALL {
  MATCH path = (:Place {id: $place})<-[:WITHIN*0..4]-(q:Place)
  WHERE ($below OR length(path) = 0)
    AND all(r IN relationships(path) WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on))
  WITH DISTINCT q
  MATCH (q)<-[l:LOCATED_IN]-(u:Unit)
  WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
  RETURN u
  UNION ALL
  UNWIND CASE WHEN $place IS NULL THEN [1] ELSE [] END AS every
  MATCH (u:Unit)
  RETURN u
}
WITH u
WHERE (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
MATCH (u)-[r:PART_OF]->(a:Unit)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
WITH u, collect({kind: r.kind, since: r.valid_from, basis: r.basis, id: a.id, name: a.name, system: a.system}) AS parents
WHERE any(x IN parents WHERE x.kind <> parents[0].kind)
UNWIND parents AS x
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN u.name AS unit, x.kind AS relation, x.name AS parent, x.system AS parent_system, p.name AS place,
       x.since AS since, x.basis AS basis, u.id AS unit_id, x.id AS parent_id
ORDER BY place, unit, unit_id, relation, parent
