"""Connectors run in the gaps, from box to box."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from queries.structure import Concurrent, Structure, Tie
from tests.viz import samples
from tests.viz.test_layout import through
from viz.build import SHOW, build
from viz.drawing import Points
from viz.labels import Labels
from viz.layout import LAYOUTS, Segment, place
from viz.model import Connector
from viz.paint import connector_ways
from viz.routes import route
from viz.side_list import with_side_list
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


def test_a_connector_that_would_be_too_long_or_cross_too_much_is_left_out() -> None:
    structure = samples.province()
    chart = build(structure, STYLE, Labels("vi"))
    layout = place(chart, STYLE)
    ways = {connector.mark: way for connector, way in route(chart, layout, STYLE).drawn}
    assert ways.keys() == {1, 2}
    assert ways[1].tree_crossings + ways[1].way_crossings != ways[2].tree_crossings + ways[2].way_crossings
    for limit, values in (
        ("longest", [way.length for way in ways.values()]),
        ("most_crossings", [way.tree_crossings + way.way_crossings for way in ways.values()]),
    ):
        style = replace(STYLE, limits={**STYLE.limits, limit: min(values)})
        found = route(chart, layout, style)
        assert len(found.drawn) == len(found.left_out) == 1


def test_crossings_are_counted() -> None:
    chart = build(tied(), STYLE, Labels("vi"))
    layout = place(chart, STYLE)
    taken: list[Points] = []
    for _, way in route(chart, layout, STYLE).drawn:
        tree = [((s.x1, s.y1), (s.x2, s.y2)) for s in layout.segments]
        others = [piece for points in taken for piece in pairwise(points)]
        assert way.tree_crossings == across(way.points, tree)
        assert way.way_crossings == across(way.points, others)
        taken.append(way.points)
    assert len(taken) > 2


def across(points: Points, lines: Sequence[tuple[tuple[float, float], tuple[float, float]]]) -> int:
    """How often a way goes straight across lines, by the signs of the ends' sides."""
    found = 0
    for (ax, ay), (bx, by) in pairwise(points):
        for (cx, cy), (dx, dy) in lines:
            over = (ax - cx) * (bx - cx) < 0 and (cy - ay) * (dy - ay) < 0
            found += over or ((ay - cy) * (by - cy) < 0 and (cx - ax) * (dx - ax) < 0)
    return found


def test_what_is_left_out_is_in_the_legend() -> None:
    structure = samples.flat(30)
    structure.ties = [Tie("serves", "u1", "u29"), Tie("serves", "u2", "u3"), Tie("party", "u4", "u28")]
    labels = Labels("vi")
    chart = build(structure, STYLE, labels)
    names = [structure.units[unit].name for unit in ("u1", "u29", "u4", "u28")]
    drawn = [connector for connector in chart.connectors if connector.start == "u2"]
    legend = with_side_list(chart, drawn, [each for each in chart.connectors if each not in drawn], labels)
    samples_left = [entry.sample.split(":")[1] for entry in legend.signs if entry.sample.startswith("connector")]
    assert samples_left == ["serves"]
    (_, entries), *_ = [found for found in legend.lists if found[0] == labels("ties")]
    assert [entry.text.split(": ")[1] for entry in entries] == [f"{names[0]} – {names[1]}", f"{names[2]} – {names[3]}"]
    assert with_side_list(chart, chart.connectors, [], labels) is chart.legend


@pytest.mark.parametrize("layout", LAYOUTS)
def test_many_connectors_in_a_large_chart_keep_clear_of_boxes(layout: str) -> None:
    structure = samples.tree(250)
    chart = build(structure, STYLE, Labels("vi"))
    chart.connectors = [Connector("merged", f"u{n}", f"u{249 - 7 * n}", arrow=True) for n in range(1, 25)]
    result = place(chart, STYLE, layout)
    found = route(chart, result, STYLE)
    assert len(found.drawn) + len(found.left_out) == 24 and len(found.drawn) > 12
    for _, way in found.drawn:
        for (x1, y1), (x2, y2) in pairwise(way.points):
            piece = Segment(x1, y1, x2, y2, "")
            assert not [box.sized.box.id for box in result.places.values() if through(piece, box)]


def test_a_person_beside_the_head_is_reached_from_that_side() -> None:
    structure = samples.department()
    head, deputy = structure.units["so"].posts
    other, third = structure.units["vp"].posts[0], structure.units["cty"].posts[0]
    other.holders, third.holders = head.holders, deputy.holders[:1]
    people = [("a", (head, other)), ("b", (deputy, third))]
    structure.concurrents = [
        Concurrent(post.holders[0].person, name, (post.id, second.id), "dual") for name, (post, second) in people
    ]
    structure.ties = []
    chart = build(structure, STYLE, Labels("vi"), show=("heads", "deputies"))
    result = place(chart, STYLE, "wide")
    so = result.places["so"]
    sides = {c.mark: way[0][0] if c.start == "so" else way[-1][0] for c, way in connector_ways(chart, result, STYLE)}
    assert sides == {1: so.x, 2: so.x + so.width}
