"""Connectors beside the tree, routed in the gaps between the boxes.

Lanes run beside every box; a shortest path with a price on bends, on crossing tree lines and on
lanes already taken is found on their grid (Dijkstra with a Manhattan bound: A*, Hart et al. 1968).
What would still cross too much is not drawn but said elsewhere.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import NamedTuple

from viz.drawing import Points
from viz.layout import Layout, Place
from viz.model import Chart, Connector
from viz.style import Style

_SIDE = 8.0  # px from a box to the lane beside it
_CLEAR = 4.5  # px that a lane keeps from a box
_NEAR = 2.5  # px; of lanes nearer to each other one is kept
_BEND = 26.0  # price of a bend, in px of way
_CROSSING = 14.0  # of crossing a tree line or another connector
_SHARED = 5.0  # factor on a stretch that runs along a tree line or another connector
_FAR = float("inf")

Line = tuple[float, float, float, float]


class Way(NamedTuple):
    """Where a connector runs, how long it is in px, and how often it crosses tree lines and other connectors."""

    points: Points
    length: float
    tree_crossings: int
    way_crossings: int

    def tangled(self, style: Style) -> bool:
        """It is too long or crosses too much to be followed by eye."""
        limits = style.limits
        return self.length > limits["longest"] or self.tree_crossings + self.way_crossings > limits["most_crossings"]


class Routed(NamedTuple):
    """The connectors that are drawn with their ways, and those that are not."""

    drawn: list[tuple[Connector, Way]]
    left_out: list[Connector]


def route(chart: Chart, layout: Layout, style: Style) -> Routed:
    """The ways of a chart's connectors, in their order: each keeps clear of those before it."""
    routed = Routed([], [])
    if not chart.connectors:
        return routed
    ends = []
    for connector in chart.connectors:
        start, end = layout.places[connector.start], layout.places[connector.end]
        ends.append((start, end, _height(start, connector, style), _height(end, connector, style)))
    router = Router(layout, [height for each in ends for height in each[2:]], style)
    for connector, (start, end, start_y, end_y) in zip(chart.connectors, ends, strict=True):
        way = router.find(start, end, start_y, end_y, (_column(start, connector), _column(end, connector)))
        if way is None or way.tangled(style):
            routed.left_out.append(connector)
        else:
            router.take(way)
            routed.drawn.append((connector, way))
    return routed


def _height(place: Place, connector: Connector, style: Style) -> float:
    """Where a connector leaves a box: at the marked person's line, or at the box's foot."""
    if connector.kind == "concurrent":
        for row in place.sized.rows:
            if connector.mark in row.marks:
                return place.y + row.top + style.text[row.style].leading / 2
    share = 0.7 if connector.kind == "serves" else 0.85
    return round(place.y + place.height * share)


def _column(place: Place, connector: Connector) -> int | None:
    """Where head and deputies stand side by side: in which of the two columns the marked person is."""
    if connector.kind != "concurrent" or not place.sized.split:
        return None
    return next((row.column for row in place.sized.rows if connector.mark in row.marks), None)


class Router:
    """Finds ways between boxes of one layout, which leave and reach them at `heights` only.

    Lanes by number: x of lane i, y of lane j; the crossing of both is number j * columns + i, and the step
    right of it (down from it) has the same number.
    """

    def __init__(self, layout: Layout, heights: Collection[float], style: Style) -> None:
        places = list(layout.places.values())
        xs = {place.x - _SIDE for place in places} | {place.x + place.width + _SIDE for place in places}
        ys = {place.y - _SIDE for place in places} | {place.y + place.height + _SIDE for place in places}
        self.xs = _thin(xs, ())
        self.ys = _thin(ys, heights)
        self.columns = len(self.xs)
        count = self.columns * len(self.ys)
        self.right = [0.0] * count  # what a step costs beside its length
        self.down = [0.0] * count
        for x, y, width, height, _ in [*places, *_badges(places, style)]:
            self._block(x - _CLEAR, y - _CLEAR, x + width + _CLEAR, y + height + _CLEAR)
        self.tree: list[Line] = [(s.x1, s.y1, s.x2, s.y2) for s in layout.segments]
        self.taken: list[Line] = []
        for line in self.tree:
            self._charge(*line)

    def find(
        self,
        start: Place,
        end: Place,
        start_y: float,
        end_y: float,
        sides: tuple[int | None, int | None] = (None, None),
    ) -> Way | None:
        """A way from a side of one box to a side of the other, at these heights; None: there is none.

        `sides` are the sides at which it should leave and arrive: 0 left, 1 right, None either.
        """
        path = self._search(self._ports(start, start_y, sides[0]), self._ports(end, end_y, sides[1]))
        if path is None and sides != (None, None):
            return self.find(start, end, start_y, end_y)
        if path is None:
            return None
        points = [(self.xs[each % self.columns], self.ys[each // self.columns]) for each in path]
        points.insert(0, (_near_side(start, points[0][0]), start_y))
        points.append((_near_side(end, points[-1][0]), end_y))
        points = _straight(points)
        pieces = list(pairwise(points))
        return Way(
            tuple(points),
            length(tuple(points)),
            _crossings(pieces, self.tree),
            _crossings(pieces, self.taken),
        )

    def take(self, way: Way) -> None:
        """Make the lanes of a way dearer for those after it."""
        for a, b in pairwise(way.points):
            self.taken.append((*a, *b))
            self._charge(*a, *b)

    def _ports(self, place: Place, y: float, side: int | None) -> list[int]:
        """The lanes just left and just right of a box, or one of them, at the height y."""
        j = bisect_left(self.ys, y)
        left = bisect_right(self.xs, place.x - _CLEAR) - 1
        right = bisect_left(self.xs, place.x + place.width + _CLEAR)
        lanes = (left, right) if side is None else ((left, right)[side],)
        return [j * self.columns + i for i in lanes if 0 <= i < self.columns]

    def _block(self, left: float, top: float, right: float, bottom: float) -> None:
        """Let no way into a rectangle."""
        i_from, i_to = bisect_right(self.xs, left), bisect_left(self.xs, right)
        j_from, j_to = bisect_right(self.ys, top), bisect_left(self.ys, bottom)
        for j in range(j_from, j_to):
            for i in range(max(i_from - 1, 0), i_to):
                self.right[j * self.columns + i] = _FAR
        for i in range(i_from, i_to):
            for j in range(max(j_from - 1, 0), j_to):
                self.down[j * self.columns + i] = _FAR

    def _charge(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Make steps dearer that cross this line or run along it."""
        xs, ys, columns = self.xs, self.ys, self.columns
        low_x, high_x, low_y, high_y = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        i_from, i_to = bisect_left(xs, low_x - 3), bisect_right(xs, high_x + 3)
        j_from, j_to = bisect_left(ys, low_y - 3), bisect_right(ys, high_y + 3)
        if low_y == high_y:
            above = max(bisect_left(ys, low_y) - 1, 0)
            for i in range(i_from, i_to):
                self.down[above * columns + i] += _CROSSING
            for j in range(j_from, j_to):
                for i in range(max(i_from - 1, 0), min(i_to, columns - 1)):
                    self.right[j * columns + i] += _SHARED * (xs[i + 1] - xs[i])
        else:
            before = max(bisect_left(xs, low_x) - 1, 0)
            for j in range(j_from, j_to):
                self.right[j * columns + before] += _CROSSING
            for i in range(i_from, i_to):
                for j in range(max(j_from - 1, 0), min(j_to, len(ys) - 1)):
                    self.down[j * columns + i] += _SHARED * (ys[j + 1] - ys[j])

    def _search(self, sources: list[int], targets: list[int]) -> list[int] | None:
        """The cheapest way; ties are broken by the order of lanes, so it is always the same one."""
        if not sources or not targets:
            return None
        xs, ys, columns, rows = self.xs, self.ys, self.columns, len(self.ys)
        ends = [(xs[each % columns], ys[each // columns]) for each in targets]
        (a_x, a_y), (b_x, b_y) = ends[0], ends[-1]
        goals = set(targets)
        # a state is twice the number of a crossing of lanes, one more where the way came horizontally
        cost = [_FAR] * (2 * columns * rows)
        came: dict[int, int] = {}
        queue: list[tuple[float, float, int]] = []
        for each in sources:
            cost[2 * each + 1] = 0.0
            heapq.heappush(queue, (0.0, 0.0, 2 * each + 1))
        while queue:
            _, spent, state = heapq.heappop(queue)
            if spent > cost[state]:
                continue
            here = state >> 1
            if here in goals:
                path = [here]
                while state in came:
                    state = came[state]
                    path.append(state >> 1)
                return path[::-1]
            flat, i, j = state & 1, here % columns, here // columns
            x, y = xs[i], ys[j]
            for to, to_flat, price in (
                (here - 1 if i else -1, 1, self.right[here - 1]),
                (here + 1 if i + 1 < columns else -1, 1, self.right[here]),
                (here - columns, 0, self.down[here - columns]),
                (here + columns if j + 1 < rows else -1, 0, self.down[here]),
            ):
                if to < 0 or price == _FAR:
                    continue
                to_x, to_y = xs[to % columns], ys[to // columns]
                new = spent + abs(to_x - x) + abs(to_y - y) + price + (_BEND if to_flat != flat else 0.0)
                next_state = 2 * to + to_flat
                if new < cost[next_state]:
                    cost[next_state] = new
                    came[next_state] = state
                    bound = min(abs(to_x - a_x) + abs(to_y - a_y), abs(to_x - b_x) + abs(to_y - b_y))
                    heapq.heappush(queue, (new + bound, new, next_state))
        return None


def _crossings(pieces: Iterable[tuple[tuple[float, float], tuple[float, float]]], lines: Iterable[Line]) -> int:
    """How often pieces go straight across lines."""
    found = 0
    flat = [(y1, min(x1, x2), max(x1, x2)) for (x1, y1), (x2, y2) in pieces if y1 == y2]
    upright = [(x1, min(y1, y2), max(y1, y2)) for (x1, y1), (x2, y2) in pieces if x1 == x2]
    for x1, y1, x2, y2 in lines:
        if y1 == y2:
            low, high = min(x1, x2), max(x1, x2)
            found += sum(low < x < high and top < y1 < bottom for x, top, bottom in upright)
        else:
            low, high = min(y1, y2), max(y1, y2)
            found += sum(low < y < high and left < x1 < right for y, left, right in flat)
    return found


def _thin(lanes: set[float], kept: Collection[float]) -> list[float]:
    """Sorted, without lanes that are nearly the same as another or as one of `kept`, which all stay."""
    fixed = sorted(set(kept))
    found: list[float] = []
    for lane in sorted(lanes):
        at = bisect_left(fixed, lane)
        near = any(abs(each - lane) < _NEAR for each in fixed[max(at - 1, 0) : at + 1])
        if not near and (not found or lane - found[-1] >= _NEAR):
            found.append(lane)
    return sorted([*found, *fixed])


def _badges(places: Iterable[Place], style: Style) -> list[Place]:
    """Where the badges hang below the boxes."""
    gap, height = style.box["badge_gap"], style.box["badge_height"]
    return [
        place._replace(
            x=place.x + (place.width - place.sized.badge_width) // 2,
            y=place.y + place.height + int(gap),
            width=place.sized.badge_width,
            height=int(height),
        )
        for place in places
        if place.sized.badge_width
    ]


def _near_side(place: Place, x: float) -> float:
    return place.x if x < place.x + place.width / 2 else place.x + place.width


def _straight(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Without points in the middle of a straight piece."""
    kept = points[:1]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1]):
            kept.append(here)
    return [*kept, points[-1]]


def length(points: Points) -> float:
    """Length of a way, in px."""
    return sum(abs(x2 - x1) + abs(y2 - y1) for (x1, y1), (x2, y2) in pairwise(points))
