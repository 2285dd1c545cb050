// documents_citing: Which documents cite, implement, amend or replace a document
// vi: Những văn bản nào căn cứ, thực hiện, sửa đổi hoặc thay thế một văn bản
// param document: string (document) -- the document, by id, number or a part of its title
// column number: số ký hiệu
// column kind: loại (document_kinds)
// column title: trích yếu
// column issued: ngày ban hành
// column relation: quan hệ (citation_kinds)
// column document_id: mã văn bản

MATCH (:Document {id: $document})<-[c:CITES]-(d:Document)
RETURN d.number AS number, d.kind AS kind, d.title AS title, d.issued AS issued, c.kind AS relation, d.id AS document_id
ORDER BY coalesce(issued, d.published), document_id
