// concurrency_by_model: Pairs of posts in one hand that fit a concurrency model
// vi: Các cặp chức danh một người giữ khớp với mô hình kiêm nhiệm
// Both posts are in the same place, and of the unit kinds and titles that the model names.
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param model: string (model) = null -- only this model
// param on: date = today -- the day that is asked about
// column model: mô hình
// column name: tên mô hình
// column person: người giữ
// column post_a: chức danh thứ nhất
// column unit_a: đơn vị thứ nhất
// column post_b: chức danh thứ hai
// column unit_b: đơn vị thứ hai
// column place: địa bàn
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
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
WITH w, collect({id: x.id, post: x.title, title: x.kind, unit: u.name, kind: u.kind, level: u.level,
                 place: p.id, place_name: p.name, since: h.valid_from}) AS posts
WHERE size(posts) > 1
MATCH (m:ConcurrencyModel)
WHERE $model IS NULL OR m.id = $model
UNWIND posts AS a
UNWIND posts AS b
WITH w, m, a, b
WHERE a.id <> b.id AND a.place = b.place
  AND a.title IN coalesce(m.a_titles, []) AND a.kind IN coalesce(m.a_kinds, [])
  AND b.title IN coalesce(m.b_titles, []) AND b.kind IN coalesce(m.b_kinds, [])
  AND (size(coalesce(m.levels, [])) = 0 OR a.level IN m.levels)
RETURN m.code AS model, m.name AS name, w.name AS person, a.post AS post_a, a.unit AS unit_a,
       b.post AS post_b, b.unit AS unit_b, a.place_name AS place,
       CASE WHEN a.since IS NULL OR b.since > a.since THEN b.since ELSE a.since END AS since, w.id AS person_id
ORDER BY model, place, person, post_a, post_b
