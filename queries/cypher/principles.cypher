// principles: Criteria, principles and targets without a number
// vi: Tiêu chí, nguyên tắc và mục tiêu không có con số
// param kind: string (principle_kinds) = null -- only this kind
// param place: string (place) = null -- only about this place or its units
// column kind: loại (principle_kinds)
// column name: tên
// column items: gồm
// column about: về
// column basis: mức chắc chắn (basis)
// column principle_id: mã tiêu chí

CALL {
  MATCH (:Place {id: $place})<-[:ABOUT]-(n:Principle)
  RETURN n
  UNION
  MATCH (:Place {id: $place})<-[:LOCATED_IN]-(u:Unit)
  MATCH (u)<-[:ABOUT]-(n:Principle)
  RETURN n
  UNION
  UNWIND CASE WHEN $place IS NULL THEN [1] ELSE [] END AS every
  MATCH (n:Principle)
  RETURN n
}
WITH n
WHERE $kind IS NULL OR n.kind = $kind
OPTIONAL MATCH (n)-[:ABOUT]->(x)
RETURN n.kind AS kind, n.name AS name, n.items AS items, collect(coalesce(x.name, x.title)) AS about,
       n.basis AS basis, n.id AS principle_id
ORDER BY kind, principle_id
