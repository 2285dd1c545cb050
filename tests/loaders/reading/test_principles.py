"""Criteria, principles and targets without a number."""

from __future__ import annotations

import pytest

from loaders.reading.document import Paragraph, make_document
from loaders.reading.facts import Fact
from loaders.reading.output import rows
from loaders.reading.principles import PrincipleRule, principle_rules, principles_in
from loaders.reading.read import read_document
from loaders.reading.scan import scan_paragraph

FRAME = "Sắp xếp bộ máy ở tỉnh Hòa Sơn\n\nCập nhật: 20/12/2025\n\n{}\n"


def _given(rule: PrincipleRule, text: str) -> list[str]:
    return [
        values["name"]
        for sentence in scan_paragraph(Paragraph(1, 0, len(text), text))
        for values, evidence in principles_in(sentence)
        if evidence.rule == rule.name
    ]


def _read(text: str) -> list[Fact]:
    return read_document(make_document("principle.txt", FRAME.format(text))).of("principles")


@pytest.mark.parametrize("rule", principle_rules(), ids=lambda rule: rule.name)
def test_rule(rule: PrincipleRule) -> None:
    assert rule.gives in _given(rule, rule.example)
    assert _given(rule, rule.counter) == []


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
    ("text", "kind", "name"),
    [
        ("Các ngành thực hiện “4 tăng, 4 giảm”.", "principle", "4 tăng"),
        (
            "Nguyên tắc là “một việc chỉ giao một cơ quan chủ trì”.",
            "principle",
            "một việc chỉ giao một cơ quan chủ trì",
        ),
        ("Tiêu chí thành lập: mỗi phòng có tối thiểu 7 biên chế.", "criterion", "mỗi phòng có tối thiểu 7 biên chế"),
        (
            "Phấn đấu đến năm 2021 giảm số đầu mối bên trong.",
            "target",
            "đến năm 2021 giảm số đầu mối bên trong",
        ),
    ],
)
def test_what_is_kept(text: str, kind: str, name: str) -> None:
    assert (kind, name) in [(fact.values["kind"], fact.values["name"]) for fact in _read(text)]


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
