// judgements: What people decided about findings, those that count and those that were ended
// vi: Kết luận về các phát hiện, cả kết luận đã thay hoặc đã rút
// A verdict stands on the key of the finding, so it is here whether or not the finding is recorded at present.
// param kind: string (finding_kinds) = null -- only about this kind of finding
// param verdict: string (verdicts) = null -- only this verdict
// param unit: string (unit) = null -- only what concerns this unit
// param ended: bool = true -- also those that no longer count
// column made: ngày
// column kind: loại (finding_kinds)
// column verdict: kết luận (verdicts)
// column about: về
// column reason: lý do
// column by: người kết luận
// column ended: hết hiệu lực
// column ended_why: vì (judgement_ends)
// column ended_by: do
// column recorded: phát hiện đang được ghi
// column key: mã

MATCH (j:Judgement)
WHERE ($kind IS NULL OR j.kind = $kind) AND ($verdict IS NULL OR j.verdict = $verdict)
  AND ($ended OR j.ended IS NULL)
  AND ($unit IS NULL OR EXISTS { MATCH (j)-[:CONCERNS]->(u:Unit) WHERE u.id = $unit })
OPTIONAL MATCH (j)-[:JUDGES]->(c:Candidate)
RETURN j.made AS made, j.kind AS kind, j.verdict AS verdict, j.summary AS about, j.reason AS reason, j.by AS by,
       j.ended AS ended, j.ended_why AS ended_why, j.ended_by AS ended_by, c IS NOT NULL AS recorded, j.key AS key
ORDER BY j.made_at DESC, key
