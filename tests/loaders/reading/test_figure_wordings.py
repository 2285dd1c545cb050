"""How figures are worded: one sentence each, with the figures that are to be found in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.text import key
from loaders.reading.document import make_document
from loaders.reading.facts import Fact
from loaders.reading.read import read_document

FIXTURES = Path(__file__).parents[2] / "fixtures" / "reading"
WORDINGS = tuple(FIXTURES / f"figure-wordings{part}.yaml" for part in ("", "-press", "-later", "-lists"))
FRAME = "Sắp xếp bộ máy ở tỉnh Hòa Sơn\n\nCập nhật: 20/12/2025\n\n{}\n"
ROWS: list[dict[str, Any]] = [row for path in WORDINGS for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _has(fact: Fact, name: str, wanted: object) -> bool:
    found = fact.values.get(name)
    if name == "about":
        return [key(unit.name) for unit in found or []] == [key(str(wanted))]
    if name == "scope":
        return str(wanted) in str(found)
    return bool(found == wanted)


def _differences(row: dict[str, Any], fact: Fact) -> list[str]:
    return [
        f"{name}: {fact.values.get(name)} for {wanted}" for name, wanted in row.items() if not _has(fact, name, wanted)
    ]


def _order(wanted: dict[str, Any]) -> tuple[bool, bool]:
    """Changes first: their difference is also the value of another figure."""
    return bool(wanted.get("optional")), "from_value" not in wanted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_wording(row: dict[str, Any]) -> None:
    reading = read_document(make_document("wording.txt", FRAME.format(row["text"])))
    left = reading.of("figures")
    for wanted in sorted(row["figures"], key=_order):
        if wanted.get("optional"):
            left = [fact for fact in left if fact.values["value"] != wanted["value"]]
            continue
        fits = min(left, key=lambda fact: len(_differences(wanted, fact)), default=None)
        assert fits is not None, wanted
        assert _differences(wanted, fits) == [], (wanted, fits.values)
        left.remove(fits)
    assert [fact.values for fact in left] == []


def _read(title: str, text: str) -> list[tuple[float, str]]:
    reading = read_document(make_document("title.txt", f"{title}\n\nCập nhật: 20/12/2020\n\n{text}\n"))
    return [(fact.values["value"], fact.values["unit_of_count"]) for fact in reading.of("figures")]


def test_a_title_gives_a_figure_that_the_text_does_not_give() -> None:
    body = "Riêng năm 2019, toàn ngành giảm 2.172 đầu mối."
    assert _read("Ngành cắt giảm hơn 4.000 đầu mối", body) == [(2172, "đầu mối"), (4000, "đầu mối")]
    assert _read("Ngành cắt giảm gần 2.200 đầu mối", body) == [(2172, "đầu mối")]
    assert _read("Ngành cắt giảm 2.172 đầu mối", body) == [(2172, "đầu mối")]


def _states(title: str, text: str) -> list[tuple[str, str]]:
    reading = read_document(make_document("plan.txt", f"{title}\n\nCập nhật: 20/12/2024\n\n{text}\n"))
    numbers = [
        (fact.values.get("to_value") or fact.values["value"], fact.values["state"]) for fact in reading.of("figures")
    ]
    return [(f"{number:g}", state) for number, state in numbers]


def test_what_there_is_afterwards_is_planned_in_a_document_about_a_plan() -> None:
    body = "Hồi tháng 11-2024, Bộ trưởng cho biết sau sắp xếp, bộ máy từ 28 xuống còn 20 đầu mối, gồm 13 bộ, giảm 4 bộ."
    planned = [("20", "planned"), ("4", "planned"), ("13", "planned")]
    assert _states("Bộ trình Chính phủ phương án sắp xếp", body) == planned
    assert {state for _, state in _states("Bộ máy gọn hơn", body)} == {"achieved"}


def test_a_title_that_tells_what_is_to_come_tells_it_of_what_comes_of_it() -> None:
    title = "Hòa Sơn dự kiến giảm 4 sở"
    assert _states(title, "Như vậy, sau sắp xếp tỉnh giảm 4 sở và có thêm 1 sở mới.") == [
        ("4", "planned"),
        ("1", "planned"),
    ]
    assert _states(title, "Năm 2023, tỉnh đã giảm 12 phòng.") == [("12", "achieved"), ("4", "planned")]


def test_a_plan_of_the_title_that_an_assembly_passed_as_a_resolution_is_no_plan() -> None:
    title = "Tỉnh Hòa Sơn thông qua phương án sắp xếp các sở"
    passed = "Chiều 20/12, HĐND tỉnh thông qua 5 nghị quyết về việc sắp xếp các sở.\n\nBộ máy giảm 4 sở."
    agreed = "Chiều 20/12, HĐND tỉnh thông qua nghị quyết tán thành chủ trương về sắp xếp xã.\n\nBộ máy giảm 4 sở."
    assert ("4", "achieved") in _states(title, passed)
    assert ("4", "planned") in _states(title, agreed)


def test_the_line_over_a_part_of_the_text_and_the_text_give_one_figure() -> None:
    said = "Hội nghị ngày 20/12 đánh giá việc sắp xếp được làm khẩn trương, đúng quy định, có sự đồng thuận cao."
    below = f"{said} Như vậy, UBND tỉnh có 15 cơ quan chuyên môn, giảm {{}} cơ quan."
    assert _read("Bộ máy gọn", f"Giảm 5 sở\n\n{below.format(5)}") == [(5, "cơ quan"), (15, "cơ quan chuyên môn")]
    assert (5, "sở") in _read("Bộ máy gọn", f"Giảm 5 sở\n\n{below.format(4)}")
    assert (5, "sở") in _read("Bộ máy gọn", f"- Giảm 5 sở\n\n{below.format(5)}")
