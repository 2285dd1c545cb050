// counts: What is loaded: how many nodes and relationships of each kind
// vi: Đã nạp những gì: số nút và số quan hệ theo loại
// column what: là (answer_words)
// column kind: loại
// column count: số lượng

CALL {
  MATCH (n)
  UNWIND labels(n) AS kind
  RETURN 'node' AS what, kind, count(*) AS count
  UNION ALL
  MATCH ()-[r]->()
  RETURN 'relationship' AS what, type(r) AS kind, count(*) AS count
}
WITH what, kind, count
WHERE NOT kind IN ['Meta', 'Load']
RETURN what, kind, count
ORDER BY what, count DESC, kind
