// post_history: Who held the posts of a unit over time
// vi: Ai đã giữ các chức danh của một đơn vị qua thời gian
// param unit: string (unit) -- the unit
// param title: string = null -- only titles that contain this text
// column title: chức danh
// column person: người giữ
// column mode: hình thức (holding_modes)
// column since: từ ngày
// column since_text: từ ngày, như nguồn ghi
// column until: đến trước ngày
// column until_text: đến trước ngày, như nguồn ghi
// column basis: mức chắc chắn (basis)
// column person_id: mã người
// column fact: mã dữ kiện

MATCH (:Unit {id: $unit})<-[:OF_UNIT]-(x:Position)<-[h:HOLDS]-(w:Person)
WHERE $title IS NULL OR toLower(x.title) CONTAINS toLower($title)
RETURN DISTINCT x.title AS title, w.name AS person, h.mode AS mode, h.valid_from AS since, h.valid_from_text AS since_text,
       h.valid_to AS until, h.valid_to_text AS until_text, h.basis AS basis, w.id AS person_id, h.id AS fact
ORDER BY title, since, person
