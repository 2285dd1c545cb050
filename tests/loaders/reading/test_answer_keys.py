"""Answer keys: what is wrong in one is all said at once, by text and row."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import UserError
from loaders.reading.answer_keys import read_keys

WRONG = """
texts:
- file: a.txt
  units:
  - nam: X
  - Sở Y tế
  events:
  - {kind: merger, status: maybe, inputs: Sở A}
  - {kind: merge}
  figures: 5
  models: [{status: running}, {model: CM1}]
  figurs: []
- file: b.txt
  holdings: [{person: Lê Văn A}, {person: Lê Văn A, title: Giám đốc, former: once}]
"""


def test_all_that_is_wrong_is_said(tmp_path: Path) -> None:
    path = tmp_path / "key.yaml"
    path.write_text(WRONG, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_keys([path])
    said = str(caught.value)
    for part in (
        "a.txt: units, row 1: unknown column 'nam'",
        "a.txt: units, row 1: name is missing",
        "a.txt: units, row 2: 'Sở Y tế' is no row",
        "a.txt: events, row 1: inputs: a list of names is wanted, found 'Sở A'",
        "a.txt: events, row 1: kind: 'merger' is none of: merge",
        "a.txt: events, row 1: status: 'maybe' is none of",
        "a.txt: events, row 2: status is missing",
        "a.txt: figures: a list of rows is wanted, found 5",
        "a.txt: models, row 1: status: 'running' is none of",
        "a.txt: unknown kind of fact 'figurs'",
        "b.txt: holdings, row 1: title is missing",
        "b.txt: holdings, row 2: former: true or false is wanted, found 'once'",
    ):
        assert part in said, part
    assert "models, row 2" not in said


@pytest.mark.parametrize("text", ["", "a: [", "- file: a.txt", "texts: {file: a.txt}", "texts: [{units: []}]"])
def test_what_is_no_key_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"key\.yaml"):
        read_keys([path])


def test_a_kind_without_rows_says_that_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "key.yaml"
    path.write_text("texts:\n- file: a.txt\n  events:\n  units: []\n", encoding="utf-8")
    assert read_keys([path]) == {"a.txt": {"file": "a.txt", "events": [], "units": []}}
