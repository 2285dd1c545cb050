// inferred_facts: Facts that no source states outright
// vi: Dữ kiện không nguồn nào nêu rõ, chỉ suy ra hoặc suy đoán
// param basis: string (basis) = inferred -- deduced or inferred
// param label: string = null -- only nodes with this label or relationships of this type
// column what: loại dữ kiện (answer_words)
// column subject: về
// column object: với
// column basis: mức chắc chắn (basis)
// column note: ghi chú
// column fact_id: mã dữ kiện

CALL {
  MATCH (n)
  WHERE n.basis = $basis AND ($label IS NULL OR $label IN labels(n))
  RETURN labels(n)[0] AS what, n, null AS m, n.basis AS basis, n.note AS note, n.id AS fact_id
  UNION ALL
  MATCH (n)-[r]->(m)
  WHERE r.basis = $basis AND type(r) <> 'STATED_IN' AND ($label IS NULL OR type(r) = $label)
  RETURN type(r) AS what, n, m, r.basis AS basis, r.note AS note, r.id AS fact_id
}
RETURN what, coalesce(n.name, n.title, n.text, n.measure) AS subject, coalesce(m.name, m.title, m.text) AS object,
       basis, note, fact_id
ORDER BY what, subject, object, fact_id
