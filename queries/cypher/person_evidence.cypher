// person_evidence: Where all facts of a person are stated: posts and memberships
// vi: Mọi dữ kiện của một người được nêu ở đâu
// param person: string (person) -- the person
// column what: dữ kiện (answer_words)
// column subject: về
// column object: với
// column document: văn bản
// column number: số ký hiệu
// column at: vị trí
// column basis: mức chắc chắn (basis)
// column quote: trích dẫn
// column fact_id: mã dữ kiện
// column document_id: mã văn bản

MATCH (n:Person {id: $person})-[e:STATED_IN]->(d:Document)
OPTIONAL MATCH (n)-[r]->(m)
WHERE r.id = e.fact
RETURN coalesce(type(r), labels(n)[0]) AS what, coalesce(n.name, n.title, n.text, n.measure) AS subject,
       coalesce(m.name, m.title, m.text) AS object, coalesce(d.title, d.number) AS document, d.number AS number,
       e.at AS at, e.basis AS basis, e.quote AS quote, e.fact AS fact_id, d.id AS document_id
ORDER BY what, object, document_id, at
