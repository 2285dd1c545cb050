// vacancies: Posts without a recorded holder
// vi: Chức danh chưa ghi nhận người giữ
// No holder recorded does not say that nobody holds the post.
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param level: string (levels) = null -- only this level
// param role: string (roles) = head -- which posts
// param on: date = today -- the day that is asked about
// column unit: đơn vị
// column title: chức danh
// column last_holder: người giữ gần nhất
// column until: thôi giữ ngày
// column place: địa bàn
// column unit_id: mã đơn vị
// column post_id: mã chức danh

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
  AND ($level IS NULL OR u.level = $level)
MATCH (u)<-[o:OF_UNIT]-(x:Position)
WHERE x.role = $role
  AND (o.valid_from IS NULL OR o.valid_from <= $on) AND (o.valid_to IS NULL OR o.valid_to > $on)
  AND (x.valid_from IS NULL OR x.valid_from <= $on) AND (x.valid_to IS NULL OR x.valid_to > $on)
OPTIONAL MATCH (x)<-[h:HOLDS]-(w:Person)
WITH u, x, h, w ORDER BY h.valid_to
WITH u, x, collect(h) AS holdings, collect(w.name) AS names
WHERE none(h IN holdings WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on))
WITH u, x, [i IN range(0, size(holdings) - 1) WHERE holdings[i].valid_to <= $on | i] AS past, holdings, names
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN u.name AS unit, x.title AS title, names[last(past)] AS last_holder, holdings[last(past)].valid_to AS until,
       p.name AS place, u.id AS unit_id, x.id AS post_id
ORDER BY place, unit, unit_id, title
