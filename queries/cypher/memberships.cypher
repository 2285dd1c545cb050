// memberships: Who is a member of what, memberships that are not posts
// vi: Ai là thành viên của tổ chức nào (không phải chức danh)
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param kind: string (membership_kinds) = null -- only this kind of membership
// param on: date = today -- the day that is asked about
// column person: họ tên
// column kind: tư cách (membership_kinds)
// column unit: của
// column place: địa bàn
// column as_written: ghi theo nguồn
// column since: từ ngày
// column basis: mức chắc chắn (basis)
// column person_id: mã người
// column fact: mã dữ kiện

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
MATCH (u)<-[m:MEMBER_OF]-(w:Person)
WHERE ($kind IS NULL OR m.kind = $kind)
  AND (m.valid_from IS NULL OR m.valid_from <= $on) AND (m.valid_to IS NULL OR m.valid_to > $on)
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN w.name AS person, m.kind AS kind, u.name AS unit, p.name AS place, m.as_written AS as_written,
       m.valid_from AS since, m.basis AS basis, w.id AS person_id, m.id AS fact
ORDER BY place, unit, person, kind
