// two_seals: Legal persons (seals) that live on inside a merged working organisation
// vi: Các pháp nhân (con dấu) còn giữ trong một tổ chức đã hợp nhất
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param on: date = today -- the day that is asked about
// column seal: pháp nhân (con dấu)
// column system: khối (systems)
// column working_unit: tổ chức đang hoạt động
// column place: địa bàn
// column since: từ ngày
// column until: đến trước ngày
// column basis: mức chắc chắn (basis)
// column seal_id: mã pháp nhân
// column working_id: mã tổ chức

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
MATCH (u)-[f:FACE_OF]->(v:Unit)
WHERE (f.valid_from IS NULL OR f.valid_from <= $on) AND (f.valid_to IS NULL OR f.valid_to > $on)
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN u.name AS seal, u.system AS system, v.name AS working_unit, p.name AS place, f.valid_from AS since,
       f.valid_to AS until, f.basis AS basis, u.id AS seal_id, v.id AS working_id
ORDER BY place, working_unit, working_id, system, seal, seal_id
