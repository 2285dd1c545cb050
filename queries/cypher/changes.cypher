// changes: Units that began or ended in a period, and by which event
// vi: Đơn vị bắt đầu hoặc kết thúc trong một thời kỳ, và do sự kiện nào
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param since: date -- first day of the period
// param until: date = today -- last day of the period
// column date: ngày
// column change: thay đổi (answer_words)
// column unit: đơn vị
// column kind: loại (unit_kinds)
// column place: địa bàn
// column event: sự kiện
// column unit_id: mã đơn vị

CALL {
  MATCH path = (:Place {id: $place})<-[:WITHIN*0..4]-(q:Place)
  WHERE $below OR length(path) = 0
  MATCH (q)<-[:LOCATED_IN]-(u:Unit)
  RETURN DISTINCT u
  UNION ALL
  UNWIND CASE WHEN $place IS NULL THEN [1] ELSE [] END AS every
  MATCH (u:Unit)
  RETURN u
}
WITH u
CALL {
  WITH u
  WITH u WHERE u.valid_from >= $since AND u.valid_from <= $until
  RETURN u.valid_from AS date, 'began' AS change, u.event AS event_id
  UNION ALL
  WITH u
  WITH u WHERE u.valid_to >= $since AND u.valid_to <= $until
  RETURN u.valid_to AS date, 'ended' AS change, u.ended_by AS event_id
}
OPTIONAL MATCH (e:Event {id: event_id})
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= date) AND (l.valid_to IS NULL OR l.valid_to >= date)
WITH date, change, u, e, p ORDER BY p.name
WITH date, change, u, e, collect(p.name) AS place
RETURN date, change, u.name AS unit, u.kind AS kind, place, e.title AS event, u.id AS unit_id
ORDER BY date, change DESC, place, unit, unit_id
