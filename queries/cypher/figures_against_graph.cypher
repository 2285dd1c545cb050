// figures_against_graph: Reported figures beside what the graph counts before and after
// vi: Số liệu được nêu so với số mà đồ thị đếm được trước và sau
// Counted: the departments of a people's committee, the divisions or organisations under a unit,
// service units, and places by level. Before is the day before the figure's earliest day.
// Figures about a part (7 of 34) are left out. Fewer in the graph may only mean: not loaded.
// param measure: string (measures) = null -- only this measure
// column measure: đếm gì (measures)
// column about: về
// column direction: chiều (directions)
// column value: giá trị
// column from_value: từ
// column to_value: còn
// column date: thời điểm
// column counted_before: đếm được trước
// column counted_after: đếm được sau
// column verdict: kết quả (answer_words)
// column figure_id: mã số liệu

MATCH (f:Figure)-[:ABOUT]->(x)
WHERE f.measure IN ['departments', 'divisions', 'organs', 'service_units', 'provinces', 'districts', 'communes', 'hamlets']
  AND ($measure IS NULL OR f.measure = $measure)
  AND (x:Unit OR x:Place) AND f.date IS NOT NULL AND f.of IS NULL
UNWIND [coalesce(f.date_earliest, f.date) - duration({days: 1}), f.date] AS day
CALL {
  WITH f, x, day
  WITH f, x, day WHERE x:Place AND f.measure = 'departments'
  MATCH (x)<-[:LOCATED_IN]-(c:Unit {kind: 'ubnd'})
  MATCH (c)<-[r:PART_OF {kind: 'line'}]-(u:Unit {system: 'state'})
  WHERE (r.valid_from IS NULL OR r.valid_from <= day) AND (r.valid_to IS NULL OR r.valid_to > day)
    AND (u.valid_from IS NULL OR u.valid_from <= day) AND (u.valid_to IS NULL OR u.valid_to > day)
  RETURN count(DISTINCT u) AS n
  UNION ALL
  WITH f, x, day
  WITH f, x, day WHERE x:Unit AND f.measure IN ['divisions', 'organs', 'service_units']
  MATCH (x)<-[r:PART_OF {kind: 'line'}]-(u:Unit)
  WHERE (f.measure = 'organs' OR f.measure = 'service_units' AND u.system = 'service'
         OR f.measure = 'divisions' AND u.kind IN ['phong', 'chi_cuc'])
    AND (r.valid_from IS NULL OR r.valid_from <= day) AND (r.valid_to IS NULL OR r.valid_to > day)
    AND (u.valid_from IS NULL OR u.valid_from <= day) AND (u.valid_to IS NULL OR u.valid_to > day)
  RETURN count(DISTINCT u) AS n
  UNION ALL
  WITH f, x, day
  WITH f, x, day WHERE x:Place AND f.measure IN ['divisions', 'service_units']
  MATCH (x)<-[l:LOCATED_IN]-(u:Unit)
  WHERE (l.valid_from IS NULL OR l.valid_from <= day) AND (l.valid_to IS NULL OR l.valid_to > day)
    AND (f.measure = 'service_units' AND u.system = 'service' OR f.measure = 'divisions' AND u.kind IN ['phong', 'chi_cuc'])
    AND (u.valid_from IS NULL OR u.valid_from <= day) AND (u.valid_to IS NULL OR u.valid_to > day)
  RETURN count(DISTINCT u) AS n
  UNION ALL
  WITH f, x, day
  WITH f, x, day WHERE x:Place AND f.measure IN ['provinces', 'districts', 'communes', 'hamlets']
  MATCH (x)<-[:WITHIN*1..4]-(q:Place)
  WHERE q.level = substring(f.measure, 0, size(f.measure) - 1)
    AND (q.valid_from IS NULL OR q.valid_from <= day) AND (q.valid_to IS NULL OR q.valid_to > day)
  RETURN count(DISTINCT q) AS n
}
WITH f, x, day, sum(n) AS n ORDER BY day
WITH f, x, collect(n) AS counted
WITH f, x, counted[0] AS before, last(counted) AS after
WITH f, x, before, after,
     CASE WHEN f.to_value IS NOT NULL OR f.direction = 'level' THEN after
          WHEN f.direction = 'decrease' THEN before - after
          ELSE after - before END AS counted,
     coalesce(f.to_value, f.value) AS reported, coalesce(f.from_value, before) AS reported_before
RETURN f.measure AS measure, x.name AS about, f.direction AS direction, f.value AS value, f.from_value AS from_value,
       f.to_value AS to_value, f.date AS date, before AS counted_before, after AS counted_after,
       CASE WHEN before = 0 AND after = 0 THEN 'not in the graph'
            WHEN counted = reported AND before = reported_before THEN 'agrees'
            WHEN counted < reported OR before < reported_before THEN 'fewer in the graph'
            ELSE 'more in the graph' END AS verdict,
       f.id AS figure_id
ORDER BY date, figure_id, about
