"""Connectors run in the gaps, from box to box."""

from dataclasses import replace
from itertools import pairwise

import pytest

from queries.structure import Structure, Tie
from tests.viz import samples
from tests.viz.test_layout import through
from viz.build import SHOW, build
from viz.drawing import Points
from viz.labels import Labels
from viz.layout import LAYOUTS, Segment, place
from viz.paint import connector_ways
from viz.style import load_style

STYLE = load_style()


def tied() -> Structure:
    structure = samples.tree(80, 4)
    structure.ties = [Tie("serves", f"u{n}", f"u{79 - n}") for n in range(1, 5)]
    return structure


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("structure", [samples.province(), samples.department(), tied()])
def test_connectors_keep_clear_of_boxes(structure: Structure, layout: str) -> None:
    chart = build(structure, STYLE, Labels("vi"), show=SHOW)
    result = place(chart, STYLE, layout)
    ways = connector_ways(chart, result, STYLE)
    assert len(ways) == len(chart.connectors) > 0
    for connector, way in ways:
        for (x1, y1), (x2, y2) in pairwise(way):
            assert x1 == x2 or y1 == y2
            piece = Segment(x1, y1, x2, y2, "")
            assert not [box.sized.box.id for box in result.places.values() if through(piece, box)]
        for (x, y), unit in ((way[0], connector.start), (way[-1], connector.end)):
            box = result.places[unit]
            assert x in (box.x, box.x + box.width) and box.y < y < box.y + box.height


def shared(first: Points, second: Points) -> float:
    """Length on which two ways run on each other, in px."""
    total = 0.0
    for a, b in pairwise(first):
        for c, d in pairwise(second):
            for along, across in ((0, 1), (1, 0)):
                if a[across] == b[across] == c[across] == d[across]:
                    low = max(min(a[along], b[along]), min(c[along], d[along]))
                    total += max(0.0, min(max(a[along], b[along]), max(c[along], d[along])) - low)
    return total


def test_connectors_do_not_run_on_each_other() -> None:
    structure = samples.flat(30)
    structure.ties = [Tie("serves", "u1", "u29"), Tie("party", "u2", "u29")]
    chart = build(structure, STYLE, Labels("vi"))
    (_, first), (_, second) = connector_ways(chart, place(chart, STYLE), STYLE)
    assert shared(first, first) > 500
    assert shared(first, second) == 0


def test_a_large_chart_has_the_legend_only() -> None:
    structure = samples.flat(300)
    structure.ties = [Tie("serves", "u1", "u29")]
    chart = build(structure, STYLE, Labels("vi"))
    assert chart.connectors == []
    assert len(chart.legend.lists[0][1]) == 1
    assert "connector:serves:PV" not in [entry.sample for entry in chart.legend.signs]


def test_a_very_long_connector_of_a_person_is_left_out() -> None:
    structure = samples.province()
    chart = build(structure, STYLE, Labels("vi"))
    style = replace(STYLE, limits={**STYLE.limits, "longest": 600})
    drawn = connector_ways(chart, place(chart, STYLE), style)
    assert [connector.mark for connector, _ in drawn] == [1]
