// documents: The documents, and how many facts each states
// vi: Các văn bản, và mỗi văn bản nêu bao nhiêu dữ kiện
// param kind: string (document_kinds) = null -- only this kind
// column number: số ký hiệu
// column kind: loại (document_kinds)
// column title: trích yếu
// column issuer: cơ quan ban hành
// column issued: ngày ban hành
// column facts: số dữ kiện
// column document_id: mã văn bản

MATCH (d:Document)
WHERE $kind IS NULL OR d.kind = $kind
OPTIONAL MATCH (d)<-[e:STATED_IN]-()
RETURN d.number AS number, d.kind AS kind, d.title AS title, d.issuer AS issuer, d.issued AS issued,
       count(DISTINCT e.fact) AS facts, d.id AS document_id
ORDER BY facts DESC, document_id
