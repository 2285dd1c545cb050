// model_status: Where each concurrency model stands in a place on a day
// vi: Tình trạng các mô hình kiêm nhiệm theo địa bàn tại một ngày
// param model: string (model) = null -- only this model
// param place: string (place) = null -- only this place
// param on: date = today -- the day that is asked about
// column model: mô hình
// column name: tên mô hình
// column place: địa bàn
// column status: tình trạng (model_statuses)
// column level: cấp (levels)
// column n: số nơi
// column m: trên số nơi
// column approximate: khoảng
// column since: từ ngày
// column since_text: từ ngày, như nguồn ghi
// column until: đến trước ngày
// column basis: mức chắc chắn (basis)
// column fact: mã dữ kiện

MATCH (c:ConcurrencyModel)-[s:STATUS_IN]->(p:Place)
WHERE ($model IS NULL OR c.id = $model)
  AND ($place IS NULL OR p.id = $place)
  AND (s.valid_from IS NULL OR s.valid_from <= $on) AND (s.valid_to IS NULL OR s.valid_to > $on)
RETURN c.code AS model, c.name AS name, p.name AS place, s.status AS status, s.level AS level, s.n AS n, s.m AS m,
       s.approximate AS approximate, s.valid_from AS since, s.valid_from_text AS since_text, s.valid_to AS until,
       s.basis AS basis, s.id AS fact
ORDER BY place, model, since, status
