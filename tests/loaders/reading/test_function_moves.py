"""What transfers hand over: functions of the giver, and to whom they go."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.reading.document import make_document
from loaders.reading.output import rows
from loaders.reading.read import read_document

FRAME = "Tổ chức bộ máy ở tỉnh Hòa Sơn\n\nCập nhật: 20/12/2025\n\n{}\n"


def written(text: str) -> dict[str, list[dict[str, Any]]]:
    return rows([read_document(make_document("tin.txt", FRAME.format(text)))])


def moves(text: str) -> list[tuple[str, str, str, str]]:
    """Giver, taker, whose the function is, and its text."""
    sheets = written(text)
    units = {row["id"]: row["name"] for row in sheets["units"]}
    events = {row["id"] for row in sheets.get("events", [])}
    functions = {row["id"]: row for row in sheets.get("functions", [])}
    found = []
    for row in sheets.get("transfers", []):
        assert row["event"] in events
        what = functions[row["what"]]
        giver = units[row["from"]] if "from" in row else ""
        found.append((giver, units[row["to"]], units[what["unit"]], what["text"]))
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Tỉnh đã chuyển chức năng quản lý báo chí của Sở Nội vụ sang Sở Y tế.",
            [("Sở Nội vụ", "Sở Y tế", "Sở Nội vụ", "Quản lý báo chí")],
        ),
        (
            "Tỉnh đã chuyển nhiệm vụ về giảm nghèo từ Sở Nội vụ sang Sở Y tế.",
            [("Sở Nội vụ", "Sở Y tế", "Sở Nội vụ", "Nhiệm vụ về giảm nghèo")],
        ),
        (
            "Tỉnh đã giải thể Sở Ngoại vụ; nhiệm vụ của sở này được giao cho Văn phòng UBND tỉnh.",
            [("Sở Ngoại vụ", "Văn phòng Ủy ban nhân dân tỉnh", "Sở Ngoại vụ", "Nhiệm vụ của Sở Ngoại vụ")],
        ),
    ],
)
def test_what_moves(text: str, wanted: list[tuple[str, str, str, str]]) -> None:
    assert moves(text) == wanted


ENDED = "Sở Nội vụ đã giải thể Phòng Pháp chế, chuyển chức năng, nhiệm vụ sang Thanh tra Sở."


def test_functions_that_the_text_does_not_name_are_one_that_is_deduced() -> None:
    assert moves(ENDED) == [
        ("Phòng Pháp chế", "Thanh tra Sở", "Phòng Pháp chế", "Chức năng, nhiệm vụ của Phòng Pháp chế")
    ]
    (row,) = written(ENDED)["functions"]
    assert (row["basis"], row["kind"], row["note"][:16]) == ("deduced", "function", "Nguồn không nêu ")


def test_they_are_those_that_the_text_states_elsewhere() -> None:
    stated = "Phòng Pháp chế có chức năng thẩm định văn bản, kiểm soát thủ tục. "
    assert moves(stated + ENDED) == [
        ("Phòng Pháp chế", "Thanh tra Sở", "Phòng Pháp chế", "Thẩm định văn bản, kiểm soát thủ tục")
    ]
    (row,) = written(stated + ENDED)["functions"]
    assert row["basis"] == "stated" and "#with" not in row


def test_some_of_them_are_not_all() -> None:
    stated = "Phòng Pháp chế có chức năng thẩm định văn bản, kiểm soát thủ tục. "
    some = ENDED.replace("chức năng, nhiệm vụ", "một số nhiệm vụ")
    assert [text for *_, text in moves(stated + some)] == ["Một số nhiệm vụ của Phòng Pháp chế"]


def test_two_takers_get_the_same_function() -> None:
    text = "Nhiệm vụ của Ban Quản lý chợ Hòa Sơn đã được chuyển giao cho Sở Y tế và Sở Công Thương."
    found = moves(text)
    assert [taker for _, taker, *_ in found] == ["Sở Y tế", "Sở Công Thương"]
    assert len(written(text)["functions"]) == 1


def test_without_a_giver_the_taker_has_it_from_then_on() -> None:
    text = "Từ ngày 01/3/2025, chuyển nhiệm vụ quản lý chợ về Phòng Kinh tế huyện Tân Lập."
    assert moves(text) == [("", "Phòng Kinh tế", "Phòng Kinh tế", "Quản lý chợ")]
    (row,) = written(text)["functions"]
    assert row["valid_from"] == "01/3/2025"


def test_without_a_giver_nothing_that_is_only_planned() -> None:
    sheets = written("Thời gian tới, tỉnh sẽ chuyển nhiệm vụ quản lý chợ về Phòng Kinh tế huyện Tân Lập.")
    assert [row["kind"] for row in sheets["events"]] == ["transfer"]
    assert "transfers" not in sheets and "functions" not in sheets


def test_a_planned_move_moves_nothing_yet_but_is_written() -> None:
    text = "Thời gian tới, tỉnh sẽ chuyển chức năng quản lý báo chí của Sở Nội vụ sang Sở Y tế."
    assert moves(text) == [("Sở Nội vụ", "Sở Y tế", "Sở Nội vụ", "Quản lý báo chí")]
    assert [row["status"] for row in written(text)["events"]] == ["scheme"]
