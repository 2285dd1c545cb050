// lineage: What a unit came from and what became of it, through events
// vi: Đơn vị hình thành từ đâu và về sau thành gì, qua các sự kiện
// Only events in force; steps count the events between.
// param unit: string (unit) -- the unit
// column direction: chiều (answer_words)
// column steps: bậc
// column unit: đơn vị
// column since: từ ngày
// column until: đến trước ngày
// column event: sự kiện (event_kinds)
// column date: ngày
// column date_text: ngày, như nguồn ghi
// column title: nội dung
// column unit_id: mã đơn vị
// column event_id: mã sự kiện

CALL {
  MATCH path = (:Unit {id: $unit})
    ((a:Unit)<-[:OUTPUT]-(e:Event)-[:INPUT]->(b:Unit) WHERE e.status = 'in_force' AND a.id <> b.id){1,10}
    (u:Unit)
  RETURN 'before' AS direction, length(path) / 2 AS steps, u, nodes(path)[length(path) - 1] AS e
  UNION ALL
  MATCH path = (:Unit {id: $unit})
    ((a:Unit)<-[:INPUT]-(e:Event)-[:OUTPUT]->(b:Unit) WHERE e.status = 'in_force' AND a.id <> b.id){1,10}
    (u:Unit)
  RETURN 'after' AS direction, length(path) / 2 AS steps, u, nodes(path)[length(path) - 1] AS e
}
RETURN DISTINCT direction, steps, u.name AS unit, u.valid_from AS since, u.valid_to AS until, e.kind AS event,
       e.date AS date, e.date_text AS date_text, e.title AS title, u.id AS unit_id, e.id AS event_id
ORDER BY direction DESC, steps, date, unit, unit_id, event_id
