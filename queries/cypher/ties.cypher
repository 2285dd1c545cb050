// ties: Relations between units that are no parent: directs, guides, coordinates, inspects
// vi: Quan hệ giữa các đơn vị không phải cấp trên: chỉ đạo, định hướng, phối hợp, kiểm tra
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param on: date = today -- the day that is asked about
// column unit: đơn vị
// column relation: quan hệ (tie_kinds)
// column other: với đơn vị
// column scope: phạm vi
// column place: địa bàn
// column since: từ ngày
// column basis: mức chắc chắn (basis)
// column unit_id: mã đơn vị
// column other_id: mã đơn vị kia

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
MATCH (u)-[r:RELATED]->(v:Unit)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN u.name AS unit, r.kind AS relation, v.name AS other, r.scope AS scope, p.name AS place,
       r.valid_from AS since, r.basis AS basis, u.id AS unit_id, v.id AS other_id
ORDER BY place, unit, unit_id, relation, other
