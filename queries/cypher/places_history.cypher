// places_history: Places with their lifetime, what they were merged from and into
// vi: Địa bàn theo thời gian: nhập từ đâu, nhập vào đâu
// param place: string (place) = null -- only this place
// param level: string (levels) = null -- only this level
// column place: địa bàn
// column level: cấp (levels)
// column within: thuộc
// column since: từ ngày
// column until: đến trước ngày
// column merged_from: hình thành từ
// column merged_into: nhập vào
// column date: ngày
// column former_names: tên cũ
// column place_id: mã địa bàn

MATCH (p:Place)
WHERE ($place IS NULL OR p.id = $place)
  AND ($level IS NULL OR p.level = $level)
OPTIONAL MATCH (p)-[:WITHIN]->(w:Place)
WITH p, collect(DISTINCT w.name) AS within
OPTIONAL MATCH (p)<-[:OUTPUT]-(e:Event {status: 'in_force'})-[:INPUT]->(i:Place)
WHERE i.id <> p.id
WITH p, within, i, e ORDER BY i.name
WITH p, within, collect(DISTINCT i.name) AS merged_from, max(e.date) AS formed
OPTIONAL MATCH (p)<-[:INPUT]-(e:Event {status: 'in_force'})-[:OUTPUT]->(o:Place)
WHERE o.id <> p.id
WITH p, within, merged_from, formed, collect(DISTINCT o.name) AS merged_into, max(e.date) AS ended
RETURN p.name AS place, p.level AS level, within, p.valid_from AS since, p.valid_to AS until, merged_from,
       merged_into, coalesce(ended, formed) AS date, p.former_names AS former_names, p.id AS place_id
ORDER BY level DESC, place, place_id
