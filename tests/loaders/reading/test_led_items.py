"""Items of lists and clauses that leave their verb to what stands before, and sentences that only look like them."""

from __future__ import annotations

import pytest

from loaders.reading.document import make_document
from loaders.reading.read import read_document

FRAME = "Sắp xếp bộ máy ở tỉnh Hòa Sơn\n\nCập nhật: 20/12/2025\n\n{}\n"
Change = tuple[str, str, list[str], list[str]]

FOUND: list[tuple[str, list[Change]]] = [
    (
        "Huyện Sơn Khê sẽ nhập xã An Hạ với xã An Thượng. Huyện Kim Lạc có hai cặp: xã Khê Lộc với xã Khê Đông, "
        "xã Phú Lạc với xã Phú Hòa.",
        [
            ("merge", "scheme", ["xã An Hạ", "xã An Thượng"], []),
            ("merge", "scheme", ["xã Khê Lộc", "xã Khê Đông"], []),
            ("merge", "scheme", ["xã Phú Lạc", "xã Phú Hòa"], []),
        ],
    ),
    (
        "Dự kiến sắp xếp các xã của huyện Sơn Khê như sau:\n\na) Xã An Hạ và xã An Thượng thành xã An Bình.\n\n"
        "b) Xã Khê Lộc và xã Khê Đông thành xã Khê Bình.",
        [
            ("merge", "scheme", ["xã An Hạ", "xã An Thượng"], ["xã An Bình"]),
            ("merge", "scheme", ["xã Khê Lộc", "xã Khê Đông"], ["xã Khê Bình"]),
        ],
    ),
    (
        "Phương án sắp xếp các trường dự kiến như sau:\n\n"
        "- Trường Mầm non An Hạ và Trường Mầm non An Lạc thành Trường Mầm non An Bình.",
        [("merge", "scheme", ["Trường Mầm non An Hạ", "Trường Mầm non An Lạc"], ["Trường Mầm non An Bình"])],
    ),
    (
        "Hai xã ven biển An Hạ, An Thượng hợp thành xã An Bình; các xã Khê Lộc, Khê Đông thành xã Khê Bình.",
        [
            ("merge", "in_force", ["xã An Hạ", "xã An Thượng"], ["xã An Bình"]),
            ("merge", "in_force", ["xã Khê Lộc", "xã Khê Đông"], ["xã Khê Bình"]),
        ],
    ),
    (
        "Tòa án khu vực 3 được lập từ tòa án nhân dân các huyện: An Sơn, Kim Lạc; Tòa án khu vực 4 từ tòa án nhân dân "
        "các huyện: Sơn Khê, Sơn Lâm.",
        [
            ("merge", "in_force", ["Tòa án nhân dân huyện"] * 2, ["Tòa án khu vực 3"]),
            ("merge", "in_force", ["Tòa án nhân dân huyện"] * 2, ["Tòa án khu vực 4"]),
        ],
    ),
]
NOT_FOUND = [
    "Xã An Hạ và xã An Thượng thành công ở vụ đông.",
    "Huyện Kim Lạc có hai cặp: xã Khê Lộc với xã Khê Đông, xã Phú Lạc với xã Phú Hòa.",
    "Các đội của huyện đã thành lập: xã Khê Lộc với xã Khê Đông, xã Phú Lạc với xã Phú Hòa.",
    "Huyện Sơn Khê sẽ sắp xếp lại các xã. Ngày hội năm nay có hai đội: xã Khê Lộc với xã Khê Đông.",
    "Các trường thi đấu theo cặp:\n\n- Trường Mầm non An Hạ với Trường Mầm non An Lạc.",
]


def _changes(text: str) -> list[Change]:
    found = read_document(make_document("x.txt", FRAME.format(text))).of("events")
    return [
        (
            fact.values["kind"],
            fact.values["status"],
            [unit.name for unit in fact.values["inputs"]],
            [unit.name for unit in fact.values["outputs"]],
        )
        for fact in found
        if fact.values["inputs"] or fact.values["outputs"]
    ]


@pytest.mark.parametrize(("text", "changes"), FOUND, ids=lambda value: str(value)[:40])
def test_verb_of_the_clause_before_or_of_the_lead(text: str, changes: list[Change]) -> None:
    assert _changes(text) == changes


@pytest.mark.parametrize("mark", ["-", "a)", "1)", "1.", "2.3.", "b.", "(i)", "(2)", "IV."])
def test_what_numbers_an_item_is_no_part_of_it(mark: str) -> None:
    lead, item = "Dự kiến sắp xếp các xã như sau:", "Xã An Hạ và xã An Thượng thành xã An Bình."
    assert _changes(f"{lead}\n\n{mark} {item}") == [("merge", "scheme", ["xã An Hạ", "xã An Thượng"], ["xã An Bình"])]


@pytest.mark.parametrize("text", NOT_FOUND, ids=lambda text: text[:40])
def test_no_verb_to_leave_out(text: str) -> None:
    assert _changes(text) == []
