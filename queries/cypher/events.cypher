// events: Events by kind, status and period
// vi: Sự kiện theo loại, trạng thái và thời kỳ
// An event known only to a period is in every period that it may lie in.
// param kind: string (event_kinds) = null -- only this kind
// param status: string (event_statuses) = null -- only this status
// param since: date = null -- not before this day
// param until: date = null -- not after this day
// param place: string (place) = null -- only events of this place or of its units
// column date: ngày
// column date_text: ngày, như nguồn ghi
// column kind: loại (event_kinds)
// column status: trạng thái (event_statuses)
// column title: nội dung
// column inputs: đầu vào
// column outputs: kết quả
// column scope: phạm vi
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
WHERE ($kind IS NULL OR e.kind = $kind)
  AND ($status IS NULL OR e.status = $status)
  AND ($since IS NULL OR e.date >= $since)
  AND ($until IS NULL OR coalesce(e.date_earliest, e.date) <= $until)
OPTIONAL MATCH (e)-[:INPUT]->(i)
WITH e, i ORDER BY i.name
WITH e, collect(i.name) AS inputs
OPTIONAL MATCH (e)-[:OUTPUT]->(o)
WITH e, inputs, o ORDER BY o.name
RETURN e.date AS date, e.date_text AS date_text, e.kind AS kind, e.status AS status, e.title AS title,
       inputs, collect(o.name) AS outputs, e.scope AS scope, e.basis AS basis, e.id AS event_id
ORDER BY date, event_id
