// person_history: The posts and memberships of a person over time
// vi: Các chức danh và tư cách thành viên của một người qua thời gian
// param person: string (person) -- the person
// column what: là (answer_words)
// column title: chức danh, tư cách
// column unit: đơn vị
// column place: địa bàn
// column since: từ ngày
// column since_text: từ ngày, như nguồn ghi
// column until: đến trước ngày
// column until_text: đến trước ngày, như nguồn ghi
// column basis: mức chắc chắn (basis)
// column fact: mã dữ kiện

CALL {
  MATCH (:Person {id: $person})-[h:HOLDS]->(x:Position)-[:OF_UNIT]->(u:Unit)
  RETURN 'post' AS what, x.title AS title, u, h
  UNION ALL
  MATCH (:Person {id: $person})-[h:MEMBER_OF]->(u:Unit)
  RETURN 'membership' AS what, h.kind AS title, u, h
}
OPTIONAL MATCH (u)-[:LOCATED_IN]->(p:Place)
WITH what, title, u, h, p ORDER BY p.name
WITH what, title, u, h, collect(p.name) AS place
RETURN what, title, u.name AS unit, place, h.valid_from AS since, h.valid_from_text AS since_text,
       h.valid_to AS until, h.valid_to_text AS until_text, h.basis AS basis, h.id AS fact
ORDER BY since, what DESC, title
