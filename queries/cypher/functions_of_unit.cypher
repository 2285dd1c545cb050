// functions_of_unit: What a unit does
// vi: Chức năng, nhiệm vụ của một đơn vị
// param unit: string (unit) -- the unit
// param on: date = today -- the day that is asked about
// column function: chức năng, nhiệm vụ
// column kind: loại (function_kinds)
// column role: vai trò (performing_roles)
// column fields: lĩnh vực (fields)
// column since: từ ngày
// column basis: mức chắc chắn (basis)
// column function_id: mã chức năng

MATCH (:Unit {id: $unit})-[r:PERFORMS]->(f:Function)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
RETURN f.text AS function, f.kind AS kind, r.role AS role, f.fields AS fields, r.valid_from AS since,
       f.basis AS basis, f.id AS function_id
ORDER BY function
