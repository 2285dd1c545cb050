"""How documents are cited: one sentence each, with the documents that are to be found in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.text import key
from loaders.reading.document import make_document
from loaders.reading.facts import Fact
from loaders.reading.read import read_document

WORDINGS = Path(__file__).parents[2] / "fixtures" / "reading" / "document-wordings.yaml"
FRAME = "Sắp xếp bộ máy ở tỉnh Hòa Sơn\n\nCập nhật: 20/12/2025\n\n{}\n"
ROWS: list[dict[str, Any]] = yaml.safe_load(WORDINGS.read_text(encoding="utf-8"))


def _fits(row: dict[str, Any], fact: Fact) -> bool:
    named = {name: value for name, value in row.items() if name != "optional"}
    return all(key(str(fact.values.get(name) or "")) == key(str(value)) for name, value in named.items())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_wording(row: dict[str, Any]) -> None:
    reading = read_document(make_document("wording.txt", FRAME.format(row["text"])))
    left = reading.of("documents")
    for wanted in row["documents"]:
        found = next((fact for fact in left if _fits(wanted, fact)), None)
        assert found is not None or wanted.get("optional"), (wanted, [fact.values for fact in left])
        left = [fact for fact in left if fact is not found]
    assert [fact.values for fact in left] == []
