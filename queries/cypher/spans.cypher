// spans: How many units, posts and deputies stand under each head
// vi: Số đơn vị, chức danh và cấp phó dưới mỗi người đứng đầu
// Only units that have others under them in the line; deputies are people in post.
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param level: string (levels) = null -- only this level
// param on: date = today -- the day that is asked about
// column unit: đơn vị
// column units_direct: đơn vị trực thuộc
// column units_all: đơn vị mọi bậc bên dưới
// column heads: cấp trưởng
// column deputies: cấp phó
// column deputy_posts: chức danh cấp phó
// column place: địa bàn
// column unit_id: mã đơn vị

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
MATCH (u)<-[r:PART_OF {kind: 'line'}]-(c:Unit)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
  AND (c.valid_from IS NULL OR c.valid_from <= $on) AND (c.valid_to IS NULL OR c.valid_to > $on)
WITH u, count(DISTINCT c) AS units_direct
CALL {
  WITH u
  MATCH path = (u)<-[:PART_OF*1..12]-(d:Unit)
  WHERE all(r IN relationships(path) WHERE r.kind = 'line' AND (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on))
    AND (d.valid_from IS NULL OR d.valid_from <= $on) AND (d.valid_to IS NULL OR d.valid_to > $on)
  RETURN count(DISTINCT d) AS units_all
}
CALL {
  WITH u
  OPTIONAL MATCH (u)<-[o:OF_UNIT]-(x:Position)
  WHERE (o.valid_from IS NULL OR o.valid_from <= $on) AND (o.valid_to IS NULL OR o.valid_to > $on)
    AND (x.valid_from IS NULL OR x.valid_from <= $on) AND (x.valid_to IS NULL OR x.valid_to > $on)
  OPTIONAL MATCH (x)<-[h:HOLDS]-(w:Person)
  WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
  RETURN count(DISTINCT CASE WHEN x.role = 'head' THEN w.id END) AS heads,
         count(DISTINCT CASE WHEN x.role IN ['standing_deputy', 'deputy'] THEN w.id END) AS deputies,
         count(DISTINCT CASE WHEN x.role IN ['standing_deputy', 'deputy'] THEN x.id END) AS deputy_posts
}
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN u.name AS unit, units_direct, units_all, heads, deputies, deputy_posts, p.name AS place, u.id AS unit_id
ORDER BY units_all DESC, units_direct DESC, unit, unit_id
