// function_hosts: Where a function has lived, from host to host
// vi: Một chức năng đã do những đơn vị nào thực hiện
// param function: string (function) -- the function, by id or a part of its text
// column function: chức năng
// column unit: đơn vị
// column place: địa bàn
// column role: vai trò (performing_roles)
// column since: từ ngày
// column since_text: từ ngày, như nguồn ghi
// column until: đến trước ngày
// column until_text: đến trước ngày, như nguồn ghi
// column began_with: bắt đầu do sự kiện
// column ended_by: kết thúc do sự kiện
// column unit_id: mã đơn vị

MATCH (f:Function {id: $function})<-[r:PERFORMS]-(u:Unit)
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WITH f, r, u, p.name AS name, coalesce(l.valid_to, date('9999-12-31')) AS left ORDER BY left, name
WITH f, r, u, collect(name) AS place
OPTIONAL MATCH (began:Event {id: r.event})
OPTIONAL MATCH (ended:Event {id: r.ended_by})
RETURN f.text AS function, u.name AS unit, place, r.role AS role, r.valid_from AS since,
       r.valid_from_text AS since_text, r.valid_to AS until, r.valid_to_text AS until_text,
       began.title AS began_with, ended.title AS ended_by, u.id AS unit_id
ORDER BY coalesce(r.valid_from, date('0001-01-01')), coalesce(r.valid_to, date('9999-12-31')), unit, unit_id
