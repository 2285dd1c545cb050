// shared_functions: Units of one place and level that share fields or a function
// vi: Các đơn vị cùng địa bàn, cùng cấp có chung lĩnh vực hoặc chung một chức năng
// A shared field is a reason to look, not yet an overlap. A unit and one under it are left out.
// param place: string (place) = null -- only units of this place; without it all places
// param below: bool = false -- also the places within it
// param level: string (levels) = null -- only this level
// param min: int = 2 -- at least so many shared fields (one shared function is always shown)
// param on: date = today -- the day that is asked about
// column unit: đơn vị
// column other: đơn vị kia
// column shared: số lĩnh vực chung
// column fields: lĩnh vực (fields)
// column same_functions: chức năng chung
// column place: địa bàn
// column unit_id: mã đơn vị
// column other_id: mã đơn vị kia

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
WHERE (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
  AND ($level IS NULL OR u.level = $level)
WITH u, p.name AS place, u.level AS level_of_unit
MATCH (u)-[r:PERFORMS]->(f:Function)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
UNWIND coalesce(f.fields, []) + ['=' + f.text] AS common
WITH place, level_of_unit, common, collect(DISTINCT u) AS units
WHERE size(units) > 1
WITH place, common, units ORDER BY common
UNWIND units AS a
UNWIND units AS b
WITH place, common, a, b
WHERE a.id < b.id
WITH place, a, b, collect(common) AS all_common
WITH place, a, b, [c IN all_common WHERE NOT c STARTS WITH '='] AS fields,
     [c IN all_common WHERE c STARTS WITH '=' | substring(c, 1)] AS same_functions
WHERE size(fields) >= $min OR size(same_functions) > 0
OPTIONAL MATCH (a)-[above:PART_OF*1..5]->(b)
WITH place, a, b, fields, same_functions, above
WHERE above IS NULL
OPTIONAL MATCH (b)-[below:PART_OF*1..5]->(a)
WITH place, a, b, fields, same_functions, below
WHERE below IS NULL
WITH a.name AS unit, b.name AS other, size(fields) AS shared, fields, same_functions, place, a.id AS unit_id, b.id AS other_id
RETURN unit, other, shared, fields, same_functions, place, unit_id, other_id
ORDER BY size(same_functions) DESC, shared DESC, place, unit, other, unit_id, other_id
