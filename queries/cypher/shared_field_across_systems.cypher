// shared_field_across_systems: Fields that a party organ and a state organ of one place both work in
// vi: Lĩnh vực mà cơ quan Đảng và cơ quan Nhà nước của một địa bàn cùng làm
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param level: string (levels) = null -- only this level
// param on: date = today -- the day that is asked about
// column field: lĩnh vực (fields)
// column party: cơ quan Đảng
// column state: cơ quan Nhà nước
// column place: địa bàn
// column level: cấp (levels)

CALL {
  MATCH path = (:Place {id: $place})<-[:WITHIN*0..4]-(p:Place)
  WHERE ($below OR length(path) = 0)
    AND all(r IN relationships(path) WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on))
  WITH DISTINCT p
  MATCH (p)<-[l:LOCATED_IN]-(u:Unit)
  WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
  RETURN u, p
  UNION ALL
  UNWIND CASE WHEN $place IS NULL THEN [1] ELSE [] END AS every
  MATCH (u:Unit)
  OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
  WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
  RETURN u, p
}
WITH u, p
WHERE u.system IN ['party', 'state']
  AND (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
  AND ($level IS NULL OR u.level = $level)
MATCH (u)-[r:PERFORMS]->(f:Function)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
UNWIND coalesce(f.fields, []) AS field
WITH DISTINCT p.name AS place, u.level AS level, field, u.system AS system, u.name AS name ORDER BY name
WITH place, level, field, collect(CASE WHEN system = 'party' THEN name END) AS party,
     collect(CASE WHEN system = 'state' THEN name END) AS state
WHERE size(party) > 0 AND size(state) > 0
RETURN field, party, state, place, level
ORDER BY place, size(party) + size(state) DESC, field
