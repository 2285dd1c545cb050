// candidates: Findings that runs of the analyses have recorded, with the verdict that counts
// vi: Các phát hiện đã ghi (chồng chéo, hợp nhất, kiêm nhiệm) và kết luận về chúng
// Recorded with --record by overlaps, merges and concurrent --candidates. A finding without a verdict is open.
// param kind: string (finding_kinds) = null -- only this kind
// param verdict: string (verdicts) = null -- only with this verdict
// param unit: string (unit) = null -- only what concerns this unit
// param least: float = null -- only scores from this one on
// column kind: loại (finding_kinds)
// column class: xếp loại (finding_classes)
// column score: điểm
// column about: về
// column verdict: kết luận (verdicts)
// column reason: lý do
// column by: người kết luận
// column as_of: ngày xem xét
// column key: mã
// column run: lần chạy

MATCH (c:Candidate)-[:FOUND_IN]->(r:Run)
WHERE ($kind IS NULL OR c.kind = $kind) AND ($least IS NULL OR c.score >= $least)
  AND ($unit IS NULL OR EXISTS { MATCH (c)-[:CONCERNS]->(u:Unit) WHERE u.id = $unit })
OPTIONAL MATCH (j:Judgement)-[:JUDGES]->(c) WHERE j.ended IS NULL
WITH c, r, j
WHERE $verdict IS NULL OR j.verdict = $verdict
RETURN c.kind AS kind, c.cls AS class, c.score AS score, c.summary AS about, j.verdict AS verdict, j.reason AS reason,
       j.by AS by, r.as_of AS as_of, c.key AS key, r.id AS run
ORDER BY kind, c.rank, key
