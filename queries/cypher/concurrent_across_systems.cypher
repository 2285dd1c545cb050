// concurrent_across_systems: Who holds posts in two systems at once, such as party and state
// vi: Ai giữ chức danh ở hai khối cùng lúc, như Đảng và Nhà nước
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param on: date = today -- the day that is asked about
// column person: người giữ
// column system: khối (systems)
// column post: chức danh
// column unit: đơn vị
// column other_system: khối kia (systems)
// column other_post: chức danh kia
// column other_unit: đơn vị kia
// column since: cùng giữ từ ngày
// column person_id: mã người

CALL {
  MATCH path = (:Place {id: $place})<-[:WITHIN*0..4]-(q:Place)
  WHERE ($below OR length(path) = 0)
    AND all(r IN relationships(path) WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on))
  WITH DISTINCT q
  MATCH (q)<-[l:LOCATED_IN]-(u:Unit)
  WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
  MATCH (u)<-[:OF_UNIT]-(:Position)<-[h:HOLDS]-(w:Person)-[:HOLDS]->(:Position)
  WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
  RETURN DISTINCT w
  UNION ALL
  UNWIND CASE WHEN $place IS NULL THEN [1] ELSE [] END AS every
  MATCH (w:Person)
  WHERE COUNT { (w)-[:HOLDS]->() } >= 2
  RETURN w
}
MATCH (w)-[h:HOLDS]->(x:Position)-[o:OF_UNIT]->(u:Unit)
WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
  AND (x.valid_from IS NULL OR x.valid_from <= $on) AND (x.valid_to IS NULL OR x.valid_to > $on)
  AND (o.valid_from IS NULL OR o.valid_from <= $on) AND (o.valid_to IS NULL OR o.valid_to > $on)
WITH w, collect({post: x.title, unit: u.name, system: u.system, since: h.valid_from}) AS posts
WHERE size(posts) > 1
UNWIND posts AS a
UNWIND posts AS b
WITH w, a, b
WHERE a.system < b.system
RETURN w.name AS person, a.system AS system, a.post AS post, a.unit AS unit,
       b.system AS other_system, b.post AS other_post, b.unit AS other_unit,
       CASE WHEN a.since IS NULL OR b.since > a.since THEN b.since ELSE a.since END AS since, w.id AS person_id
ORDER BY person, person_id, system, post, other_system, other_post
