"""How changes are worded: one sentence each, with the changes that are to be found in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.reading.document import make_document
from loaders.reading.read import read_document
from loaders.reading.scoring import Score, score

WORDINGS = Path(__file__).parents[2] / "fixtures" / "reading" / "wordings.yaml"
FRAME = "Sắp xếp bộ máy ở tỉnh Hòa Sơn\n\nCập nhật: 20/12/2025\n\n{}\n"
ROWS: list[dict[str, Any]] = yaml.safe_load(WORDINGS.read_text(encoding="utf-8"))


def _compared(row: dict[str, Any]) -> Score:
    reading = read_document(make_document("wording.txt", FRAME.format(row["text"])))
    found = score([reading], {"wording.txt": {"file": "wording.txt", "events": row["changes"]}})
    return found[0] if found else Score("events")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_wording(row: dict[str, Any]) -> None:
    found = _compared(row)
    assert (found.missed, found.wrong) == ([], [])
    assert found.right == len(row["changes"])
