"""The trees that the charts are measured on, and the page of results."""

import pytest

from benchmarks import charts
from viz.chart import Options, model


def test_the_apparatus_is_one_tree_with_people_in_it() -> None:
    structure = charts.apparatus(2_500)
    assert len(structure.units) == 2_500
    chart = model(structure, Options())
    assert len(chart.boxes) == 2_500  # all hang from the first
    assert max(box.depth for box in chart.boxes.values()) >= 4
    held = [unit for unit in structure.units.values() if unit.posts and unit.posts[0].holders]
    assert len(held) > 2_000
    assert {unit.system for unit in structure.units.values()} >= {"party", "state", "front"}
    assert charts.apparatus(300) == charts.apparatus(300)


def found(dot: dict[int, dict[str, float] | None]) -> dict[str, object]:
    spent = {"cpu": 0.5, "again": 0.4, "seconds": 1.0, "bytes": 2_900_000, "peak_mb": 200.0}
    svg = {size: {**spent, "cpu": size / 10_000} for size in charts.SIZES}
    same = {"cpu": 200.0, "seconds": 210.0}
    files = {"png": spent, "book": spent, "html": spent}
    return {"svg": svg, "dot": dot, "same": same, "version": "dot 9", **files}


def test_the_page_says_what_was_met_and_what_was_not_measured() -> None:
    slow = {"cpu": 10.0, "seconds": 12.0}
    page = charts.page(found({500: slow, 5_000: slow, 20_000: None}), 300)
    assert "A twentieth: met: dot takes 20 times as long, 25 once more (dot 9)" in page
    assert "laid out anew by dot: 200 CPU s" in page
    assert "dot was stopped after 300 s" in page and "| stopped |" in page
    assert "1.00 times as long" in page
    assert "**missed**" in charts.page(found({5_000: {"cpu": 9.9, "seconds": 12.0}}), 300)
    assert "dot was not measured" in charts.page(found({}), 300)


@pytest.mark.parametrize("what", ["svg", "png", "book", "html"])
def test_each_file_is_made_and_measured(what: str) -> None:
    spent = charts.measure(what, 40)
    assert spent["bytes"] > 2_000 and spent["peak_mb"] > 10 and spent["cpu"] > 0
