"""How changes, units and posts are worded: a sentence or two each, with what is to be found in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.text import key
from loaders.reading.document import make_document
from loaders.reading.facts import Reading
from loaders.reading.read import read_document
from loaders.reading.scoring import Score, score
from loaders.reading.single_changes import single_rows

FIXTURES = Path(__file__).parents[2] / "fixtures" / "reading"
FRAME = "Sắp xếp bộ máy ở tỉnh Hòa Sơn\n\nCập nhật: 20/12/2025\n\n{}\n"


def _rows(*names: str) -> list[dict[str, Any]]:
    return [row for name in names for row in yaml.safe_load((FIXTURES / name).read_text(encoding="utf-8"))]


ROWS = _rows(
    "wordings.yaml",
    "wordings-more.yaml",
    "wordings-press.yaml",
    "wordings-press-later.yaml",
    "wordings-lists.yaml",
    "wordings-events.yaml",
    "wordings-histories.yaml",
    "wordings-handed-over.yaml",
    "wordings-handed-over-more.yaml",
    "wordings-handed-over-later.yaml",
    "wordings-handed-over-last.yaml",
    "wordings-set-up.yaml",
    "wordings-merged-split.yaml",
    "wordings-owner-first.yaml",
    "wordings-made-anew.yaml",
    "wordings-made-of.yaml",
    "wordings-made-of-later.yaml",
    "wordings-handed-over-besides.yaml",
    "wordings-new-names.yaml",
    "wordings-moved-or-ended.yaml",
    "wordings-next-sentence.yaml",
    "wordings-no-events.yaml",
)


def _read(row: dict[str, Any]) -> Reading:
    return read_document(make_document("wording.txt", FRAME.format(row["text"])))


def _compared(reading: Reading, kind: str, wanted: list[Any]) -> Score:
    rows = [each if isinstance(each, dict) else {"name": each} for each in wanted]
    found = score([reading], {"wording.txt": {"file": "wording.txt", kind: rows}})
    return found[0] if found else Score(kind)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_wording(row: dict[str, Any]) -> None:
    found = _compared(_read(row), "events", row["changes"])
    assert (found.missed, found.wrong) == ([], [])
    assert found.right == len(single_rows([each for each in row["changes"] if not each.get("optional")]))


UNITS = _rows("wordings-units.yaml", "wordings-units-press.yaml")


@pytest.mark.parametrize("row", UNITS, ids=lambda row: row["text"][:60])
def test_wording_of_units(row: dict[str, Any]) -> None:
    reading = _read(row)
    found = _compared(reading, "units", row["units"])
    assert (found.missed, found.wrong) == ([], [])
    for name, parent in (row.get("parents") or {}).items():
        unit = reading.units.find(name)
        assert unit is not None
        assert key(unit.parent or "") == key(parent)


@pytest.mark.parametrize("row", _rows("wordings-holdings.yaml"), ids=lambda row: row["text"][:60])
def test_wording_of_posts(row: dict[str, Any]) -> None:
    found = _compared(_read(row), "holdings", row["holdings"])
    assert (found.missed, found.wrong) == ([], [])


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        (
            "Chuyển chức năng quản lý giáo dục nghề nghiệp từ Sở Nội vụ sang Sở Giáo dục và Đào tạo.",
            "chức năng quản lý giáo dục nghề nghiệp",
        ),
        (
            "Sở Ngoại vụ kết thúc hoạt động, nhiệm vụ đối ngoại giao Văn phòng UBND tỉnh đảm nhiệm.",
            "nhiệm vụ đối ngoại",
        ),
        ("Sở giải thể phòng Pháp chế, chuyển chức năng, nhiệm vụ sang Thanh tra Sở Y tế.", None),
    ],
)
def test_what_a_transfer_moves(text: str, moved: str | None) -> None:
    found = [fact.values for fact in _read({"text": text}).of("events") if fact.values["kind"] == "transfer"]
    assert [values["scope"] for values in found] == [moved]


def test_a_title_names_what_came_out_of_the_merger() -> None:
    text = """Trung tâm Văn hóa - Thông tin huyện Sơn Khê chính thức đi vào hoạt động

Ngày 2/1, UBND huyện Sơn Khê công bố quyết định sáp nhập Trung tâm Văn hóa với Trung tâm Thông tin.
"""
    found = [fact.values for fact in read_document(make_document("title.txt", text)).of("events")]
    assert [values["kind"] for values in found] == ["merge"]
    assert [unit.name for unit in found[0]["outputs"]] == ["Trung tâm Văn hóa - Thông tin"]


UNNAMED = [
    row
    for row in _rows("wordings-next-sentence.yaml")
    if any(each["kind"] == "merge" for each in row["changes"])
    and not any("outputs" in each for each in row["changes"] if each["kind"] == "merge")
]


@pytest.mark.parametrize("row", UNNAMED, ids=lambda row: row["text"][:60])
def test_what_only_stands_behind_a_merger_did_not_come_out_of_it(row: dict[str, Any]) -> None:
    found = [fact.values for fact in _read(row).of("events") if fact.values["kind"] == "merge"]
    assert [values["outputs"] for values in found] == [[] for _ in found]
