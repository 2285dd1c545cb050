"""Whatever the tree: boxes keep clear of each other and of the lines, lines never cross, all is on the canvas."""

import random
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from viz.arrangement import Arrangement
from viz.boxes import size_box
from viz.layout import LAYOUTS, Layout, place
from viz.model import Box, Chart, Row
from viz.positions import Blocks, Coordinates, positions
from viz.style import load_style

STYLE = load_style()
NAMES = ("Văn phòng", "Sở Nông nghiệp và Phát triển nông thôn", "Tổ", "Ủy ban nhân dân tỉnh " * 15, "Ữ" * 300)
PLAIN = settings(max_examples=35, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def chart(parents: Sequence[int], asides: Sequence[str] = (), names: Sequence[str] = (), badges: bool = False) -> Chart:
    """Box n + 1 is under box parents[n]; boxes are put in preorder."""
    below: dict[int, list[int]] = {}
    for number, parent in enumerate(parents, 1):
        below.setdefault(parent, []).append(number)
    boxes: dict[str, Box] = {}
    stack: list[tuple[int, str | None, int]] = [(0, None, 0)]
    while stack:
        number, parent, depth = stack.pop()
        box = Box(str(number), names[number % len(names)] if names else f"Phòng {number}", "state", depth, parent)
        box.children = [str(child) for child in below.get(number, ())]
        box.rows = [Row("Nguyễn Thị Ước", "person")] * (number % 3)
        box.aside = asides[number] if number and number < len(asides) else ""
        if badges and not box.children and number % 2:
            box.badge = "+12 đơn vị"
        boxes[box.id] = box
        stack += [(child, str(number), depth + 1) for child in reversed(below.get(number, []))]
    return Chart("", "", "", boxes)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    count = draw(st.integers(0, 45))
    reach = draw(st.sampled_from((1, 3, 10, 50)))
    parents = [draw(st.integers(max(0, number - reach), number)) for number in range(count)]
    asides = draw(st.lists(st.sampled_from(("", "", "", "office", "staff")), min_size=count + 1, max_size=count + 1))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
    return chart(parents, asides, names, draw(st.booleans()))


def check(found: Coordinates, arrangement: Arrangement) -> None:
    """Raise AssertionError where boxes or lines get in each other's way."""
    slots = arrangement.slots
    boxes = {n: (x, y, x + slots[n].width, y + slots[n].height) for n, (x, y) in found.corners.items()}
    for (a, one), (b, other) in combinations(boxes.items(), 2):
        assert not inside(one, other), ("boxes", a, b)
    lines = [(min(a, c), min(b, d), max(a, c), max(b, d), parent) for a, b, c, d, parent in found.lines]
    for line in lines:
        assert line[0] == line[2] or line[1] == line[3]
        assert not [n for n, box in boxes.items() if inside(line, box)]
    for one, other in combinations(lines, 2):
        if one[4] != other[4]:
            assert not (one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]), (
                "lines"
            )
    for x1, y1, x2, y2 in [*boxes.values(), *[line[:4] for line in lines]]:
        assert 0 <= x1 <= x2 <= found.width and 0 <= y1 <= y2 <= found.height


def inside(one: Sequence[float], other: Sequence[float]) -> bool:
    """The insides of two boxes, or of a line and a box, have points in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("layout", LAYOUTS)
@PLAIN
@given(charts())
def test_nothing_gets_in_the_way_of_anything(layout: str, drawn: Chart) -> None:
    result = place(drawn, STYLE, layout)
    found = positions(result.arrangement)
    assert len(found.corners) == len(drawn.boxes)
    check(found, result.arrangement)


@pytest.mark.parametrize("layout", LAYOUTS)
@PLAIN
@given(charts(), st.lists(st.booleans(), min_size=46, max_size=46))
def test_nor_when_units_are_hidden(layout: str, drawn: Chart, visible: list[bool]) -> None:
    arrangement = place(drawn, STYLE, layout).arrangement
    found = positions(arrangement, visible)
    numbers = {unit: number for number, unit in enumerate(drawn.boxes)}
    shown: set[int] = {0}
    for number, box in enumerate(drawn.boxes.values()):
        if box.parent is not None and visible[number] and numbers[box.parent] in shown:
            shown.add(number)
    assert set(found.corners) == shown
    assert set(found.ways) == shown - {0}
    check(found, arrangement)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nor_in_a_large_chart(layout: str) -> None:
    chance = random.Random(5)
    parents = [chance.randrange(max(0, number - 40), number + 1) for number in range(350)]
    asides = chance.choices(("", "office", "staff"), (8, 1, 1), k=351)
    result = place(chart(parents, asides, badges=True), STYLE, layout)
    check(positions(result.arrangement), result.arrangement)


@PLAIN
@given(charts(), st.sampled_from(LAYOUTS))
def test_each_way_leads_from_the_parent_to_the_box(drawn: Chart, layout: str) -> None:
    result = place(drawn, STYLE, layout)
    for unit, way in result.links.items():
        box, parent = result.places[unit], result.places[str(drawn.boxes[unit].parent)]
        for (x, y), spot in ((way[0], parent), (way[-1], box)):
            at_side = x in (spot.x, spot.x + spot.width) and spot.y <= y <= spot.y + spot.height
            at_end = y in (spot.y, spot.y + spot.height) and spot.x <= x <= spot.x + spot.width
            assert at_side or at_end


@PLAIN
@given(charts(), st.sampled_from(LAYOUTS))
def test_the_same_chart_is_always_placed_the_same(drawn: Chart, layout: str) -> None:
    assert place(drawn, STYLE, layout) == place(drawn, STYLE, layout)


def laid(parents: Sequence[int], asides: Sequence[str], layout: str) -> Layout:
    return place(chart(parents, asides), STYLE, layout)


@pytest.mark.parametrize("layout", ["wide", "left-right"])
def test_offices_stand_on_both_sides_of_the_trunk_before_the_line(layout: str) -> None:
    found = laid([0] * 7, ["", "office", "office", "office", *[""] * 4], layout)
    right = layout == "left-right"
    across, along = (1, 0) if right else (0, 1)
    trunk = found.links["4"][0][across]
    sides = [found.places[unit][across] > trunk for unit in "123"]
    assert sides == [True, False, True]
    first = min(found.places[unit][along] for unit in "4567")
    for unit in "123":
        spot = found.places[unit]
        assert spot[along] + spot[along + 2] < first
        (x1, y1), (x2, y2) = found.links[unit][-2:]
        assert abs(x2 - x1) + abs(y2 - y1) == STYLE.gap["aside"] and (y1 == y2) != right


@pytest.mark.parametrize("layout", ["wide", "stacked", "left-right"])
def test_staff_stands_apart_at_the_end(layout: str) -> None:
    found = laid([0] * 7, ["", "staff", *[""] * 5, "staff"], layout)
    across = 1 if layout == "left-right" else 0
    line = max(found.places[unit][across] + found.places[unit][across + 2] for unit in "23456")
    for unit in "17":
        assert found.places[unit][across] - line >= STYLE.gap["apart"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_staff_without_a_line_is_the_line(layout: str) -> None:
    assert laid([0] * 3, ["", *["staff"] * 3], layout).links == laid([0] * 3, [], layout).links


def test_a_crowd_of_offices_is_put_in_the_line() -> None:
    found = laid([0] * 30, ["", *["office"] * 29, ""], "auto")
    assert found.links == laid([0] * 30, [], "auto").links


def test_a_chart_to_the_right_grows_to_the_right_with_upright_boxes() -> None:
    found = laid([0, 0, 1, 1, 2], [], "left-right")
    for unit, box in found.places.items():
        assert (box.width, box.height) >= (box.sized.width, box.sized.height)
        parent = box.sized.box.parent
        if parent is not None:
            above = found.places[parent]
            assert box.x > above.x + above.width, unit


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_work_grows_with_the_boxes(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted are the children looked at when blocks are put together, in all arrangements tried."""
    looked = 0
    plain = Blocks.add

    def counted(self: Blocks, *arguments: Any) -> None:
        nonlocal looked
        looked += 1 + sum(len(column.items) for column in arguments[3]) + len(arguments[4])
        plain(self, *arguments)

    monkeypatch.setattr(Blocks, "add", counted)
    counts = []
    for size in (1600, 3200):
        looked = 0
        place(chart([number // 6 for number in range(size - 1)]), STYLE, layout)
        counts.append(looked)
    assert counts[1] < 2.1 * counts[0]


def test_sizes_of_boxes_do_not_depend_on_the_layout() -> None:
    drawn = chart([0] * 9, names=NAMES)
    for layout in LAYOUTS:
        for unit, box in place(drawn, STYLE, layout).places.items():
            assert box.height == size_box(drawn.boxes[unit], STYLE).height
