// planned_events: Events that are decided or planned and have changed nothing yet
// vi: Sự kiện mới là chủ trương, đề án hoặc đang tạm dừng, chưa thay đổi gì
// param place: string (place) = null -- only events of this place or of its units
// column date: ngày
// column date_text: ngày, như nguồn ghi
// column kind: loại (event_kinds)
// column status: trạng thái (event_statuses)
// column title: nội dung
// column scope: phạm vi
// column about: liên quan đến
// column basis: mức chắc chắn (basis)
// column event_id: mã sự kiện

CALL {
  MATCH (:Place {id: $place})<-[:INPUT|OUTPUT]-(e:Event)
  RETURN e
  UNION
  MATCH (:Place {id: $place})<-[:LOCATED_IN]-(u:Unit)
  MATCH (u)<-[:INPUT|OUTPUT]-(e:Event)
  RETURN e
  UNION
  UNWIND CASE WHEN $place IS NULL THEN [1] ELSE [] END AS every
  MATCH (e:Event)
  RETURN e
}
WITH e
WHERE e.status IN ['policy', 'scheme', 'adopted', 'announced', 'paused']
OPTIONAL MATCH (e)-[:INPUT|OUTPUT]->(x)
WITH e, x ORDER BY x.name
RETURN e.date AS date, e.date_text AS date_text, e.kind AS kind, e.status AS status, e.title AS title,
       e.scope AS scope, collect(DISTINCT x.name) AS about, e.basis AS basis, e.id AS event_id
ORDER BY date, event_id
