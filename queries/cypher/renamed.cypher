// renamed: Units and places with earlier official names
// vi: Đơn vị, địa bàn đã đổi tên
// param place: string (place) = null -- only this place and its units; without it all
// column name: tên hiện nay
// column former_name: tên cũ
// column until: đến trước ngày
// column place: địa bàn
// column id: mã

CALL {
  MATCH (:Place {id: $place})<-[:LOCATED_IN]-(n:Unit)
  RETURN n
  UNION
  MATCH (n:Place {id: $place})
  RETURN n
  UNION
  UNWIND CASE WHEN $place IS NULL THEN [1] ELSE [] END AS every
  MATCH (n:Unit|Place)
  RETURN n
}
WITH n
WHERE n.former_names IS NOT NULL
OPTIONAL MATCH (n)-[:LOCATED_IN|WITHIN]->(p:Place)
WITH n, p ORDER BY p.name
WITH n, collect(DISTINCT p.name) AS place
UNWIND range(0, size(n.former_names) - 1) AS i
RETURN n.name AS name, n.former_names[i] AS former_name, date(n.former_until[i]) AS until, place, n.id AS id
ORDER BY name, id, until
