"""Numbers that do not agree are told where a text is read and where its facts are reviewed; they are no facts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bomay.cli import run

TEXT = """Sắp xếp bộ máy ở tỉnh Hòa Sơn

Cập nhật: 20/12/2020

Các ngành thực hiện nguyên tắc “4 giảm”: giảm biên chế; giảm số phòng. Số sở giảm từ 19 xuống còn 14 sở, giảm 6 đầu mối.
"""
REMARK = "từ 19 còn 14 là giảm 5, nguồn ghi giảm 6: “giảm từ 19 xuống còn 14 sở” / “giảm 6 đầu mối”"


def test_remarks_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, facts, store, page = (tmp_path / name for name in ("tin.txt", "facts.yaml", "bomay.db", "review.html"))
    text.write_text(TEXT, encoding="utf-8")
    assert run(["read", str(text), "-o", str(facts), "--lang", "en"]) == 0
    assert REMARK in capsys.readouterr().out
    assert run(["review", str(facts), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert out.count(REMARK) == 2  # at both figures
    assert "4 giảm" in out
    assert run(["review", str(facts), "-o", str(page)]) == 0
    assert "nguồn ghi giảm 6" in page.read_text(encoding="utf-8")
    assert run(["load", str(facts), "--store", str(store)]) == 0
    capsys.readouterr()
    query = "MATCH (p:Principle) RETURN p.name AS name, p.kind AS kind"
    assert run(["query", "--store", str(store), query, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"name": "4 giảm", "kind": "principle"}]
