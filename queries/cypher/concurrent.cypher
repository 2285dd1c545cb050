// concurrent: Who holds several posts on the day
// vi: Ai giữ nhiều chức danh cùng lúc
// With a place: people with a post there; their posts elsewhere count too. Memberships are not posts.
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param min: int = 2 -- at least so many posts
// param on: date = today -- the day that is asked about
// column person: người giữ
// column posts: các chức danh
// column count: số chức danh
// column heads: số chức danh cấp trưởng
// column systems: khối (systems)
// column since: từ ngày
// column person_id: mã người

CALL {
  MATCH path = (:Place {id: $place})<-[:WITHIN*0..4]-(q:Place)
  WHERE ($below OR length(path) = 0)
    AND all(r IN relationships(path) WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on))
  WITH DISTINCT q
  MATCH (q)<-[l:LOCATED_IN]-(u:Unit)
  WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
  MATCH (u)<-[:OF_UNIT]-(:Position)<-[h:HOLDS]-(w:Person)
  WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
  WITH DISTINCT w
  WHERE COUNT { (w)-[:HOLDS]->() } >= $min
  RETURN w
  UNION ALL
  UNWIND CASE WHEN $place IS NULL THEN [1] ELSE [] END AS every
  MATCH (w:Person)
  WHERE COUNT { (w)-[:HOLDS]->() } >= $min
  RETURN w
}
MATCH (w)-[h:HOLDS]->(x:Position)-[o:OF_UNIT]->(u:Unit)
WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
  AND (x.valid_from IS NULL OR x.valid_from <= $on) AND (x.valid_to IS NULL OR x.valid_to > $on)
  AND (o.valid_from IS NULL OR o.valid_from <= $on) AND (o.valid_to IS NULL OR o.valid_to > $on)
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
WITH w, h, x, u, p ORDER BY u.system, u.name, x.title
WITH w, collect(x.title + ', ' + u.name + coalesce(' (' + p.name + ')', '')) AS posts,
     sum(CASE WHEN x.role = 'head' THEN 1 ELSE 0 END) AS heads,
     collect(DISTINCT u.system) AS systems, max(h.valid_from) AS since
WHERE size(posts) >= $min
RETURN w.name AS person, posts, size(posts) AS count, heads, systems, since, w.id AS person_id
ORDER BY count DESC, person, person_id
