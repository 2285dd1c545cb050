// conflicts: Facts of one kind about one thing that disagree
// vi: Các dữ kiện cùng loại về một đối tượng mà mâu thuẫn nhau
// Two holders of a single-seat head post at once, two dates of one event, two values of one figure, and what
// a further source says differently.
// column conflict: mâu thuẫn (answer_words)
// column about: về
// column one: một đằng
// column other: đằng kia
// column one_document: nguồn một
// column other_document: nguồn kia
// column one_id: mã một
// column other_id: mã kia

CALL {
  MATCH (x:Position {role: 'head'})
  WHERE coalesce(x.seats, 1) = 1 AND COUNT { (x)<-[:HOLDS]-() } > 1
  MATCH (x)<-[a:HOLDS]-(v:Person)
  MATCH (x)<-[b:HOLDS]-(w:Person)
  WHERE a.id < b.id AND v.id <> w.id
    AND (a.valid_from IS NULL OR b.valid_to IS NULL OR a.valid_from < b.valid_to)
    AND (b.valid_from IS NULL OR a.valid_to IS NULL OR b.valid_from < a.valid_to)
  MATCH (x)-[:OF_UNIT]->(u:Unit)
  RETURN 'two holders' AS conflict, x.title + ', ' + u.name AS about,
         v.name + ' ' + coalesce(toString(a.valid_from), '…') + ' – ' + coalesce(toString(a.valid_to), '…') AS one,
         w.name + ' ' + coalesce(toString(b.valid_from), '…') + ' – ' + coalesce(toString(b.valid_to), '…') AS other,
         v AS one_node, a.id AS one_id, w AS other_node, b.id AS other_id
  UNION ALL
  MATCH (a:Event)-[:INPUT]->(i)
  MATCH (i)<-[:INPUT]-(b:Event)
  WHERE a.id < b.id AND a.kind = b.kind AND a.date <> b.date
  WITH a, b, collect(DISTINCT i.id) AS inputs, collect(DISTINCT i.name) AS names
  WHERE size(inputs) = COUNT { (a)-[:INPUT]->() } AND size(inputs) = COUNT { (b)-[:INPUT]->() }
    AND COUNT { MATCH (a)-[:OUTPUT]->(o)<-[:OUTPUT]-(b) } = COUNT { (a)-[:OUTPUT]->() }
    AND COUNT { (a)-[:OUTPUT]->() } = COUNT { (b)-[:OUTPUT]->() }
    AND COUNT { (a)-[:OUTPUT]->() } > 0
  RETURN 'two dates' AS conflict, a.kind + ': ' + reduce(t = '', n IN names | t + CASE t WHEN '' THEN '' ELSE ', ' END + n) AS about,
         coalesce(a.date_text, toString(a.date)) AS one, coalesce(b.date_text, toString(b.date)) AS other,
         a AS one_node, a.id AS one_id, b AS other_node, b.id AS other_id
  UNION ALL
  MATCH (a:Figure)-[:ABOUT]->(x)
  MATCH (x)<-[:ABOUT]-(b:Figure)
  WHERE a.id < b.id AND a.measure = b.measure AND a.date = b.date
    AND coalesce(a.scope, '') = coalesce(b.scope, '') AND coalesce(a.state, '') = coalesce(b.state, '')
    AND coalesce(a.direction, '') = coalesce(b.direction, '')
    AND coalesce(a.unit_of_count, '') = coalesce(b.unit_of_count, '')
    AND (a.value <> b.value OR a.to_value <> b.to_value OR a.from_value <> b.from_value)
  WITH a, b, collect(DISTINCT coalesce(x.name, x.title))[0] AS name
  RETURN 'two values' AS conflict, a.measure + ': ' + name + coalesce(', ' + a.scope, '') AS about,
         toString(coalesce(a.value, a.to_value)) AS one, toString(coalesce(b.value, b.to_value)) AS other,
         a AS one_node, a.id AS one_id, b AS other_node, b.id AS other_id
  UNION ALL
  MATCH (a)-[s:STATED_IN]->(:Document)
  WHERE s.says IS NOT NULL AND s.fact = a.id
  RETURN 'another source' AS conflict, coalesce(a.name, a.title, a.text, a.id) AS about,
         coalesce(a.date_text, toString(a.date), toString(a.value), a.name) AS one,
         s.says + coalesce(' (' + s.at + ')', '') AS other,
         a AS one_node, a.id AS one_id, a AS other_node, a.id AS other_id
}
OPTIONAL MATCH (one_node)-[e:STATED_IN]->(d:Document)
WHERE e.fact = one_id
WITH conflict, about, one, other, one_id, other_node, other_id, collect(DISTINCT coalesce(d.number, d.title)) AS one_document
OPTIONAL MATCH (other_node)-[e:STATED_IN]->(d:Document)
WHERE e.fact = other_id
RETURN conflict, about, one, other, one_document, collect(DISTINCT coalesce(d.number, d.title)) AS other_document,
       one_id, other_id
ORDER BY conflict, about, one_id, other_id
