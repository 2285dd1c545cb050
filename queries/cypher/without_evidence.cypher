// without_evidence: Facts that no document states
// vi: Dữ kiện không có văn bản nào làm căn cứ
// What an event has made has the event's evidence and is left out.
// param label: string = null -- only nodes with this label or relationships of this type
// column what: loại dữ kiện (answer_words)
// column subject: về
// column object: với
// column load_at: nơi nhập
// column fact_id: mã dữ kiện

CALL {
  MATCH (n)
  WHERE (n:Place OR n:Unit OR n:Position OR n:Person OR n:Function OR n:Event OR n:Figure OR n:Principle)
    AND n.event IS NULL AND ($label IS NULL OR $label IN labels(n))
    AND NOT EXISTS { MATCH (n)-[e:STATED_IN]->() WHERE e.fact = n.id }
  RETURN labels(n)[0] AS what, n, null AS m, n.load_at AS load_at, n.id AS fact_id
  UNION ALL
  MATCH (n)-[r:PART_OF|HOLDS|MEMBER_OF|PERFORMS|SERVES|FACE_OF|RELATED|STATUS_IN|WITHIN]->(m)
  WHERE r.event IS NULL AND ($label IS NULL OR type(r) = $label)
    AND NOT EXISTS { MATCH (n)-[e:STATED_IN]->() WHERE e.fact = r.id }
  RETURN type(r) AS what, n, m, r.load_at AS load_at, r.id AS fact_id
}
RETURN what, coalesce(n.name, n.title, n.text, n.measure) AS subject, coalesce(m.name, m.title, m.text) AS object,
       load_at, fact_id
ORDER BY what, subject, object, fact_id
