// shared_offices: Offices that serve several units, which stay units of their own
// vi: Văn phòng phục vụ chung và các đơn vị được phục vụ
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param on: date = today -- the day that is asked about
// column office: văn phòng
// column serves: phục vụ
// column scope: phạm vi
// column place: địa bàn
// column since: từ ngày
// column basis: mức chắc chắn (basis)
// column office_id: mã văn phòng
// column served_id: mã đơn vị được phục vụ

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
MATCH (u)-[s:SERVES]->(v:Unit)
WHERE (s.valid_from IS NULL OR s.valid_from <= $on) AND (s.valid_to IS NULL OR s.valid_to > $on)
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN u.name AS office, v.name AS serves, s.scope AS scope, p.name AS place, s.valid_from AS since,
       s.basis AS basis, u.id AS office_id, v.id AS served_id
ORDER BY place, office, office_id, serves, served_id
