"""Criteria, principles and targets without a number."""

from __future__ import annotations

import pytest

from loaders.reading.document import make_document
from loaders.reading.facts import Fact
from loaders.reading.output import rows
from loaders.reading.read import read_document

FRAME = "Sắp xếp bộ máy ở tỉnh Hòa Sơn\n\nCập nhật: 20/12/2025\n\n{}\n"


def _read(text: str) -> list[Fact]:
    return read_document(make_document("principle.txt", FRAME.format(text))).of("principles")


def test_slogans_with_their_items() -> None:
    found = _read(
        "Văn phòng Tỉnh ủy nêu nguyên tắc “4 tăng”, “4 giảm”: giảm biên chế; giảm chi thường xuyên; giảm số phòng."
    )
    assert [(f.values["kind"], f.values["name"], f.values["items"]) for f in found] == [
        ("principle", "4 tăng", []),
        ("principle", "4 giảm", ["giảm biên chế", "giảm chi thường xuyên", "giảm số phòng"]),
    ]
    assert [unit.name for unit in found[1].values["about"]] == ["Văn phòng Tỉnh ủy"]


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("Các ngành thực hiện “4 tăng, 4 giảm”.", "principle", ["4 tăng", "4 giảm"]),
        (
            "Nguyên tắc là “một việc chỉ giao một cơ quan chủ trì”.",
            "principle",
            ["một việc chỉ giao một cơ quan chủ trì"],
        ),
        ("Tiêu chí thành lập: mỗi phòng có tối thiểu 7 biên chế.", "criterion", ["mỗi phòng có tối thiểu 7 biên chế"]),
        (
            "Phấn đấu đến năm 2021 giảm số đầu mối bên trong.",
            "target",
            ["đến năm 2021 giảm số đầu mối bên trong"],
        ),
    ],
)
def test_what_is_kept(text: str, kind: str, names: list[str]) -> None:
    assert [(fact.values["kind"], fact.values["name"]) for fact in _read(text)] == [(kind, name) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "Phấn đấu đến năm 2021 giảm 12 phòng.",
        "Phấn đấu đưa xã về đích nông thôn mới vào cuối năm.",
        "Huyện có 4 phòng, tăng 2 phòng.",
        "Năm 2019 tăng trưởng khá, tai nạn giao thông giảm cả 3 tiêu chí.",
        "Họ đi từ 5 giờ, 3 giảm tốc.",
    ],
)
def test_what_is_none(text: str) -> None:
    assert _read(text) == []


def test_rows_have_their_words() -> None:
    text = FRAME.format("Các ngành thực hiện “4 tăng, 4 giảm”.")
    sheets = rows([read_document(make_document("principle.txt", text))])
    found = sheets["principles"]
    assert [(row["kind"], row["name"], row["about"]) for row in found] == [
        ("principle", "4 tăng", ["tỉnh Hòa Sơn"]),
        ("principle", "4 giảm", ["tỉnh Hòa Sơn"]),
    ]
    for row in found:
        start, end = map(int, row["#span"].split("-"))
        assert text[start:end] == row["quote"] == row["name"]
