// aliases: Other names and short names of units
// vi: Tên khác và tên viết tắt của các đơn vị
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param on: date = today -- the day that is asked about
// column unit: đơn vị
// column short_name: tên viết tắt
// column aliases: tên khác
// column place: địa bàn
// column unit_id: mã đơn vị

CALL {
  MATCH path = (:Place {id: $place})<-[:WITHIN*0..4]-(q:Place)
  WHERE ($below OR length(path) = 0)
    AND all(r IN relationships(path) WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on))
  WITH DISTINCT q
  MATCH (q)<-[l:LOCATED_IN]-(u:Unit)
  WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
  RETURN u
  UNION ALL
  UNWIND CASE WHEN $place IS NULL THEN [1] ELSE [] END AS every
  MATCH (u:Unit)
  RETURN u
}
WITH u
WHERE (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
  AND (u.short_name IS NOT NULL OR size(coalesce(u.aliases, [])) > 0)
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN u.name AS unit, u.short_name AS short_name, coalesce(u.aliases, []) AS aliases, p.name AS place, u.id AS unit_id
ORDER BY place, unit, unit_id
