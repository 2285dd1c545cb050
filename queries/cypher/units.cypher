// units: The units of a place on a day, by level and kind
// vi: Các đơn vị của một địa bàn tại một ngày
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param level: string (levels) = null -- only this level
// param kind: string (unit_kinds) = null -- only this kind of unit
// param system: string (systems) = null -- only this system
// param on: date = today -- the day that is asked about
// column unit: đơn vị
// column kind: loại (unit_kinds)
// column level: cấp (levels)
// column system: khối (systems)
// column place: địa bàn
// column parent: đơn vị cấp trên
// column since: từ ngày
// column until: đến trước ngày
// column basis: mức chắc chắn (basis)
// column place_basis: mức chắc chắn của địa bàn (basis)
// column unit_id: mã đơn vị

CALL {
  MATCH path = (:Place {id: $place})<-[:WITHIN*0..4]-(p:Place)
  WHERE ($below OR length(path) = 0)
    AND all(r IN relationships(path) WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on))
  WITH DISTINCT p
  MATCH (p)<-[l:LOCATED_IN]-(u:Unit)
  WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
  RETURN u, p, l
  UNION ALL
  UNWIND CASE WHEN $place IS NULL THEN [1] ELSE [] END AS every
  MATCH (u:Unit)
  OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
  WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
  RETURN u, p, l
}
WITH u, p, l
WHERE (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
  AND ($level IS NULL OR u.level = $level)
  AND ($kind IS NULL OR u.kind = $kind)
  AND ($system IS NULL OR u.system = $system)
OPTIONAL MATCH (u)-[r:PART_OF {kind: 'line'}]->(above:Unit)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
RETURN u.name AS unit, u.kind AS kind, u.level AS level, u.system AS system, p.name AS place,
       above.name AS parent, u.valid_from AS since, u.valid_to AS until, u.basis AS basis,
       l.basis AS place_basis, u.id AS unit_id
ORDER BY place, system, unit, unit_id
