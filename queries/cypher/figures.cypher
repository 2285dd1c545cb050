// figures: Numbers that sources report
// vi: Số liệu mà các nguồn nêu
// param measure: string (measures) = null -- only what is counted so
// param state: string (figure_states) = null -- achieved, planned or target
// param place: string (place) = null -- only about this place or its units
// column measure: đếm gì (measures)
// column about: về
// column direction: chiều (directions)
// column value: giá trị
// column denominator: trên tổng số
// column from_value: từ
// column to_value: còn
// column unit_of_count: đơn vị tính
// column state: tình trạng (figure_states)
// column approximate: khoảng
// column scope: phạm vi
// column date: thời điểm
// column basis: mức chắc chắn (basis)
// column figure_id: mã số liệu

CALL {
  MATCH (:Place {id: $place})<-[:ABOUT]-(f:Figure)
  RETURN f
  UNION
  MATCH (:Place {id: $place})<-[:LOCATED_IN]-(u:Unit)
  MATCH (u)<-[:ABOUT]-(f:Figure)
  RETURN f
  UNION
  UNWIND CASE WHEN $place IS NULL THEN [1] ELSE [] END AS every
  MATCH (f:Figure)
  RETURN f
}
WITH f
WHERE ($measure IS NULL OR f.measure = $measure)
  AND ($state IS NULL OR f.state = $state)
OPTIONAL MATCH (f)-[:ABOUT]->(x)
WITH f, x ORDER BY coalesce(x.name, x.title)
RETURN f.measure AS measure, collect(coalesce(x.name, x.title)) AS about, f.direction AS direction, f.value AS value,
       f.of AS denominator, f.from_value AS from_value, f.to_value AS to_value, f.unit_of_count AS unit_of_count,
       f.state AS state, f.approximate AS approximate, f.scope AS scope, f.date AS date, f.basis AS basis, f.id AS figure_id
ORDER BY date, figure_id
