"""bomay chart -o FILE.html: the page to explore of the demo's units."""

from __future__ import annotations

import json
import re

import pytest

PLACE = ("tỉnh Vĩnh Phúc", "--on", "20/2/2025")


@pytest.fixture
def page(bomay, demo, tmp_path):
    """Writes a page, and gives its data."""

    def write(*arguments: object) -> dict:
        path = tmp_path / "x.html"
        outcome = bomay("--store", demo / "bomay.db", "chart", *arguments, "-o", path)
        assert outcome.code == 0, outcome.err
        found = re.search(r'<script id="data" type="application/json">(.*?)</script>', path.read_text("utf-8"), re.S)
        assert found
        return json.loads(found[1])

    return write


def _texts(data: dict, table: str, column: str) -> list[str]:
    return [data["strings"][number] for number in data["tables"][table][column]]


def test_a_place_with_its_history(page):
    data = page(*PLACE)
    names = _texts(data, "units", "name")
    assert names[0] == "tỉnh Vĩnh Phúc" and "Sở Nội vụ" in names
    assert data["chart"]["territory"] is True and data["chart"]["depth"] is None
    on = data["chart"]["on"]
    assert any(to <= on for to in data["tables"]["units"]["to"])  # what is no more
    assert any(start > on for start in data["tables"]["units"]["from"])  # what is to come
    assert "Hợp nhất Phòng Bưu chính và Phòng Viễn thông" in _texts(data, "events", "title")
    assert data["tables"]["evidence"]["duties"] and _texts(data, "documents", "number")
    assert data["overlaps"] == [] and data["chart"]["reports"] == []


def test_a_unit_with_overlaps_in_english(page):
    data = page("UBND tỉnh Vĩnh Phúc", "--on", "20/2/2025", "--overlaps", "--lang", "en", "--depth", "1")
    assert data["chart"]["depth"] == 1 and data["labels"]["events"] == "Events"
    assert data["overlaps"] and data["chart"]["findings"] and data["chart"]["reports"]
    scores = [score for _, score, _, _ in data["overlaps"]]
    assert scores == sorted(scores, reverse=True)


def test_changes_between_two_days(page):
    data = page("UBND tỉnh Vĩnh Phúc", "--before", "20/2/2025", "--after", "2/3/2025")
    assert any(connector["way"] for connector in data["chart"]["connectors"])
    assert data["chart"]["reports"]


def test_a_unit_that_is_not_there(bomay, demo, tmp_path):
    outcome = bomay("--store", demo / "bomay.db", "chart", "Sở Không có", "-o", tmp_path / "x.html")
    assert outcome.code == 2 and not (tmp_path / "x.html").exists()
