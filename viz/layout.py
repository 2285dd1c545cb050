"""Where the boxes go: a layered tree in time proportional to the number of boxes.

In the top levels children stand side by side under a bus; further down, and for runs of leaves,
they are stacked under a rail, in several columns where the stack is tall. Every branch has a
rectangle of its own, so neither boxes nor tree lines can meet.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from graph.errors import UserError
from viz.boxes import SizedBox, size_box
from viz.drawing import Points
from viz.model import Chart
from viz.style import Style

LAYOUTS = ("auto", "wide", "stacked")
_ROW_OF_LEAVES = 5  # so many leaves under the first unit still stand side by side
_RUN = 3  # from so many leaves in a row on, they are stacked under a rail
_SHARES = (0.3, 0.45, 0.62, 0.8, 1.0, 1.3)  # tried heights of stacks, as a share of the ideal height
_MANY = 1500  # boxes; above, fewer heights are tried


class Segment(NamedTuple):
    """A horizontal or vertical piece of a tree line, from the unit with the id `parent`."""

    x1: float
    y1: float
    x2: float
    y2: float
    parent: str


class Place(NamedTuple):
    """A box on the canvas: left, top, width and height in px."""

    x: float
    y: float
    width: float
    height: float
    sized: SizedBox


@dataclass
class Layout:
    """Placed boxes in preorder, tree lines, and the size of the canvas that they take.

    `links` has the same lines once more: for each unit below another the whole way from there.
    """

    places: dict[str, Place]
    segments: list[Segment]
    links: dict[str, Points]
    width: float
    height: float

    def moved(self, dx: float, dy: float) -> Layout:
        """The same layout, shifted."""
        return Layout(
            {
                key: Place(place.x + dx, place.y + dy, place.width, place.height, place.sized)
                for key, place in self.places.items()
            },
            [Segment(s.x1 + dx, s.y1 + dy, s.x2 + dx, s.y2 + dy, s.parent) for s in self.segments],
            {key: tuple((x + dx, y + dy) for x, y in way) for key, way in self.links.items()},
            self.width,
            self.height,
        )


class _Column(NamedTuple):
    """Children under one drop of a bus: one branch (rail False) or a stack."""

    items: list[int]
    tops: list[float]  # of the items' blocks, below the column's top
    x: float  # left of the items' blocks in the parent's block
    drop: float  # x at which the bus or the parent goes down
    rail: bool


class _Plan(NamedTuple):
    """A finished arrangement: blocks and boxes in them, per box number."""

    widths: list[float]  # of boxes
    block_widths: list[float]
    block_heights: list[float]
    box_x: list[float]  # box's left side in its block
    columns: list[list[_Column]]
    hung: list[bool]  # the only column hangs from the box itself, without a bus


def place(chart: Chart, style: Style, layout: str = "auto", aspect: float = 1.5) -> Layout:
    """Coordinates for every box of the chart.

    Args:
        layout: `wide` (side by side in all levels), `stacked` (rails from the first level), or
            `auto`: of a fixed number of arrangements the one that shows the largest text on a page.
        aspect: width to height of that page.

    Raises:
        UserError: an unknown layout.

    Cost: O(boxes) for each of at most 24 arrangements tried.
    """
    if layout not in LAYOUTS:
        raise UserError(f"unknown layout {layout!r}", f"allowed: {', '.join(LAYOUTS)}")
    planner = _Planner(chart, style)
    return planner.positions(planner.choose(layout, aspect))


class _Planner:
    def __init__(self, chart: Chart, style: Style) -> None:
        self.gap = style.gap
        self.boxes = [size_box(box, style) for box in chart.boxes.values()]
        number = {sized.box.id: index for index, sized in enumerate(self.boxes)}
        self.children = [[number[child] for child in sized.box.children] for sized in self.boxes]
        self.depth = [sized.box.depth for sized in self.boxes]
        hanging = style.box["badge_height"] + style.box["badge_gap"]
        self.heights = [sized.height + (hanging if sized.box.badge else 0) for sized in self.boxes]

    def choose(self, layout: str, aspect: float) -> _Plan:
        deepest = max(self.depth)
        if layout == "wide":
            return self.plan(deepest + 1, self._ideal(aspect))
        if layout == "stacked":
            return self.plan(0, self._ideal(aspect) * 0.8)
        shares = _SHARES if len(self.boxes) <= _MANY else _SHARES[1::2]
        levels = range(min(deepest, 3) + 1) if len(self.boxes) <= _MANY else range(1, min(deepest, 2) + 1)
        best: tuple[float, _Plan] | None = None
        for rows in levels:
            for share in shares:
                plan = self.plan(rows, self._ideal(aspect) * share)
                scale = min(aspect / plan.block_widths[0], 1 / plan.block_heights[0])
                # side by side shows the order of command better than rails do
                score = scale * (1.0, 1.3, 1.5, 1.5)[rows]
                if best is None or score > best[0] * 1.001:
                    best = (score, plan)
        assert best is not None
        return best[1]

    def _ideal(self, aspect: float) -> float:
        """Height of the page that all boxes would just fill."""
        gap = self.gap
        area = sum(
            (sized.width + gap["indent"] + gap["column"]) * (height + gap["stack"])
            for sized, height in zip(self.boxes, self.heights, strict=True)
        )
        return max(math.sqrt(area / aspect), 3 * max(self.heights))

    # sizes, from the leaves up

    def plan(self, rows: int, tall: float) -> _Plan:
        """Arrange with `rows` levels side by side and stacks of about `tall` px."""
        count = len(self.boxes)
        plan = _Plan(
            [float(sized.width) for sized in self.boxes],
            [0.0] * count,
            [0.0] * count,
            [0.0] * count,
            [[] for _ in range(count)],
            [False] * count,
        )
        for index in range(count - 1, -1, -1):
            if self.children[index]:
                self._arrange(index, plan, rows, tall)
            else:
                plan.block_widths[index] = plan.widths[index]
                plan.block_heights[index] = self.heights[index]
        return plan

    def _arrange(self, index: int, plan: _Plan, rows: int, tall: float) -> None:
        gap = self.gap
        groups: list[tuple[list[int], bool]] = []
        for items, rail in self._groups(index, rows):
            groups += [(part, True) for part in self._parts(items, plan, tall)] if rail else [(items, False)]
        own, height = plan.widths[index], self.heights[index]
        if len(groups) == 1 and groups[0][1]:
            column = self._column(groups[0][0], plan, gap["inset"], True)
            plan.columns[index], plan.hung[index] = [column], True
            plan.block_widths[index] = max(own, self._right(column, plan))
            plan.block_heights[index] = height + gap["first"] + self._bottom(column, plan)
            return
        columns: list[_Column] = []
        x = 0.0
        for items, rail in groups:
            if columns:
                x += self._between(columns[-1], items, rail)
            column = self._column(items, plan, x, rail)
            columns.append(column)
            x = self._right(column, plan)
        # over the middle of its children; under a rail at the left, next to that rail
        centred = round((columns[0].drop + columns[-1].drop - own) / 2)
        box_x = centred if self.depth[index] < max(rows, 1) else 0
        if box_x < 0:
            columns = [column._replace(x=column.x - box_x, drop=column.drop - box_x) for column in columns]
            x, box_x = x - box_x, 0
        plan.columns[index], plan.box_x[index] = columns, box_x
        plan.block_widths[index] = max(x, box_x + own)
        plan.block_heights[index] = height + max(self._below(column) + self._bottom(column, plan) for column in columns)

    def _groups(self, index: int, rows: int) -> Iterable[tuple[list[int], bool]]:
        """Children that go together: (numbers, under a rail)."""
        children = self.children[index]
        if self.depth[index] >= rows:
            return [(children, True)] if len(children) > 1 or self.depth[index] else [(children, False)]
        if len(children) == 1 or (not self.depth[index] and len(children) <= _ROW_OF_LEAVES):
            return [([child], False) for child in children]
        groups: list[tuple[list[int], bool]] = []
        run: list[int] = []
        for child in children:
            if self.children[child]:
                groups += self._run(run)
                groups.append(([child], False))
                run = []
            else:
                run.append(child)
        return groups + self._run(run)

    @staticmethod
    def _run(leaves: list[int]) -> list[tuple[list[int], bool]]:
        return [(leaves, True)] if len(leaves) >= _RUN else [([leaf], False) for leaf in leaves]

    def _parts(self, items: list[int], plan: _Plan, tall: float) -> list[list[int]]:
        """Cut a stack into columns of about the same height, at most about `tall`."""
        stack = self.gap["stack"]
        total = sum(plan.block_heights[item] + stack for item in items)
        columns = min(math.ceil(total / (tall * 1.1)), len(items))
        if columns <= 1:
            return [items]
        target = total / columns
        parts: list[list[int]] = [[]]
        filled = 0.0
        for item in items:
            height = plan.block_heights[item] + stack
            if parts[-1] and len(parts) < columns and filled + height / 2 > target * len(parts):
                parts.append([])
            parts[-1].append(item)
            filled += height
        return parts

    def _column(self, items: list[int], plan: _Plan, x: float, rail: bool) -> _Column:
        if not rail:
            item = items[0]
            return _Column(items, [0.0], x, round(x + plan.box_x[item] + plan.widths[item] / 2), False)
        leaves = [item for item in items if not self.children[item]]
        widest = max((plan.widths[item] for item in leaves), default=0.0)
        tops, top = [], 0.0
        for item in items:
            if not self.children[item]:
                plan.widths[item] = plan.block_widths[item] = widest
            tops.append(top)
            top += plan.block_heights[item] + self.gap["stack"]
        return _Column(items, tops, x + self.gap["indent"], x, True)

    def _between(self, last: _Column, items: list[int], rail: bool) -> float:
        if last.rail or rail:
            return self.gap["column"]
        branches = self.children[last.items[0]] or self.children[items[0]]
        return self.gap["branch"] if branches else self.gap["sibling"]

    def _right(self, column: _Column, plan: _Plan) -> float:
        return column.x + max(plan.block_widths[item] for item in column.items)

    def _bottom(self, column: _Column, plan: _Plan) -> float:
        return column.tops[-1] + plan.block_heights[column.items[-1]]

    def _below(self, column: _Column) -> float:
        """From the parent's bottom to the column's top, under a bus."""
        return self.gap["level"] / 2 + self.gap["first"] if column.rail else self.gap["level"]

    # coordinates, from the root down

    def positions(self, plan: _Plan) -> Layout:
        """Absolute coordinates of a plan."""
        places: dict[str, Place] = {}
        segments: list[Segment] = []
        links: dict[str, Points] = {}
        origins = [(0.0, 0.0)] * len(self.boxes)
        for index, sized in enumerate(self.boxes):
            x, y = origins[index]
            box_x = x + plan.box_x[index]
            places[sized.box.id] = Place(box_x, y, plan.widths[index], sized.height, sized)
            columns = plan.columns[index]
            if not columns:
                continue
            bottom, below = y + sized.height, y + self.heights[index]
            bus = below + self.gap["level"] / 2
            trunk = round(box_x + plan.widths[index] / 2)
            hung = plan.hung[index]
            for column in columns:
                top = below + (self.gap["first"] if hung else self._below(column))
                for item, offset in zip(column.items, column.tops, strict=True):
                    origins[item] = (x + column.x, top + offset)
                drop = x + column.drop
                start = ((drop, bottom),) if hung else ((trunk, bottom), (trunk, bus), (drop, bus))
                segments += self._drops(column, start, origins, plan, sized.box.id, links)
            if not hung:
                ends = [trunk, *(x + column.drop for column in columns)]
                segments.append(Segment(trunk, bottom, trunk, bus, sized.box.id))
                if min(ends) < max(ends):
                    segments.append(Segment(min(ends), bus, max(ends), bus, sized.box.id))
        return Layout(places, segments, links, plan.block_widths[0], plan.block_heights[0])

    def _drops(
        self,
        column: _Column,
        start: Points,
        origins: list[tuple[float, float]],
        plan: _Plan,
        parent: str,
        links: dict[str, Points],
    ) -> list[Segment]:
        """Lines from the last point of `start` to the boxes of a column."""
        drop, first = start[-1]
        if not column.rail:
            top = origins[column.items[0]][1]
            links[self.boxes[column.items[0]].box.id] = (*start, (drop, top))
            return [Segment(drop, first, drop, top, parent)]
        stubs = []
        for item in column.items:
            x, top = origins[item]
            y = round(top + self.boxes[item].header / 2)
            x += plan.box_x[item]
            links[self.boxes[item].box.id] = (*start, (drop, y), (x, y))
            stubs.append(Segment(drop, y, x, y, parent))
        return [Segment(drop, first, drop, stubs[-1].y1, parent), *stubs]
