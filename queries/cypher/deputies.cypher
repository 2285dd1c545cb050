// deputies: Who deputises in each unit of a place
// vi: Cấp phó của từng đơn vị của một địa bàn
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param level: string (levels) = null -- only this level
// param on: date = today -- the day that is asked about
// column unit: đơn vị
// column title: chức danh
// column role: vai trò (roles)
// column person: người giữ
// column since: từ ngày
// column place: địa bàn
// column basis: mức chắc chắn (basis)
// column unit_id: mã đơn vị
// column person_id: mã người

CALL {
  MATCH path = (:Place {id: $place})<-[:WITHIN*0..4]-(p:Place)
  WHERE ($below OR length(path) = 0)
    AND all(r IN relationships(path) WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on))
  WITH DISTINCT p
  MATCH (p)<-[l:LOCATED_IN]-(u:Unit)
  WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
  RETURN u, p
  UNION ALL
  UNWIND CASE WHEN $place IS NULL THEN [1] ELSE [] END AS every
  MATCH (u:Unit)
  OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
  WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
  RETURN u, p
}
WITH u, p
WHERE (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
  AND ($level IS NULL OR u.level = $level)
MATCH (u)<-[o:OF_UNIT]-(x:Position)
WHERE x.role IN ['standing_deputy', 'deputy']
  AND (o.valid_from IS NULL OR o.valid_from <= $on) AND (o.valid_to IS NULL OR o.valid_to > $on)
  AND (x.valid_from IS NULL OR x.valid_from <= $on) AND (x.valid_to IS NULL OR x.valid_to > $on)
OPTIONAL MATCH (x)<-[h:HOLDS]-(w:Person)
WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
RETURN u.name AS unit, x.title AS title, x.role AS role, w.name AS person, h.valid_from AS since,
       p.name AS place, h.basis AS basis, u.id AS unit_id, w.id AS person_id
ORDER BY place, unit, unit_id, role DESC, title, person
