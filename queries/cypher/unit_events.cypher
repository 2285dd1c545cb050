// unit_events: Every event that a unit has a part in
// vi: Mọi sự kiện có liên quan đến một đơn vị
// param unit: string (unit) -- the unit
// column date: ngày
// column date_text: ngày, như nguồn ghi
// column kind: loại (event_kinds)
// column status: trạng thái (event_statuses)
// column part: vai trò của đơn vị (answer_words)
// column title: nội dung
// column basis: mức chắc chắn (basis)
// column event_id: mã sự kiện

CALL {
  MATCH (:Unit {id: $unit})<-[:INPUT]-(e:Event)
  RETURN 'input' AS part, e
  UNION ALL
  MATCH (:Unit {id: $unit})<-[:OUTPUT]-(e:Event)
  RETURN 'output' AS part, e
  UNION ALL
  MATCH (:Unit {id: $unit})-[:PERFORMS]->(:Function)<-[t:TRANSFERS]-(e:Event)
  WHERE t.from = $unit OR t.to = $unit
  RETURN CASE WHEN t.from = $unit THEN 'gives functions' ELSE 'receives functions' END AS part, e
}
WITH e, collect(DISTINCT part) AS parts
RETURN e.date AS date, e.date_text AS date_text, e.kind AS kind, e.status AS status, parts AS part,
       e.title AS title, e.basis AS basis, e.id AS event_id
ORDER BY date, event_id
