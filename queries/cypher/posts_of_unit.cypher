// posts_of_unit: The posts of a unit and who holds them
// vi: Các chức danh của một đơn vị và người giữ
// param unit: string (unit) -- the unit
// param on: date = today -- the day that is asked about
// column title: chức danh
// column role: vai trò (roles)
// column seats: số lượng
// column person: người giữ
// column mode: hình thức (holding_modes)
// column since: từ ngày
// column basis: mức chắc chắn (basis)
// column post_id: mã chức danh
// column person_id: mã người

MATCH (:Unit {id: $unit})<-[o:OF_UNIT]-(x:Position)
WHERE (o.valid_from IS NULL OR o.valid_from <= $on) AND (o.valid_to IS NULL OR o.valid_to > $on)
  AND (x.valid_from IS NULL OR x.valid_from <= $on) AND (x.valid_to IS NULL OR x.valid_to > $on)
OPTIONAL MATCH (x)<-[h:HOLDS]-(w:Person)
WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
RETURN x.title AS title, x.role AS role, x.seats AS seats, w.name AS person, h.mode AS mode,
       h.valid_from AS since, coalesce(h.basis, x.basis) AS basis, x.id AS post_id, w.id AS person_id
ORDER BY CASE x.role WHEN 'head' THEN 1 WHEN 'standing_deputy' THEN 2 WHEN 'deputy' THEN 3 ELSE 4 END,
         title, person
