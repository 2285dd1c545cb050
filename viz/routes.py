"""Connectors beside the tree, routed in the gaps between the boxes.

Lanes run beside every box; a shortest path with a price on bends, on crossing tree lines and on
lanes already taken is found on their grid (Dijkstra with a Manhattan bound: A*, Hart et al. 1968).
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

from viz.drawing import Points
from viz.layout import Layout, Place

_SIDE = 8.0  # px from a box to the lane beside it
_CLEAR = 4.5  # px that a lane keeps from a box
_BEND = 26.0  # price of a bend, in px of way
_CROSSING = 14.0  # of crossing a tree line
_SHARED = 5.0  # factor on a stretch that runs along a tree line or another connector


class Router:
    """Finds ways between boxes of one layout; each way found makes its lanes dearer for the next."""

    def __init__(self, layout: Layout) -> None:
        places = list(layout.places.values())
        xs = {place.x - _SIDE for place in places} | {place.x + place.width + _SIDE for place in places}
        ys = {place.y - _SIDE for place in places} | {place.y + place.height + _SIDE for place in places}
        self.places = places
        self.xs = _thin(xs)
        self.ys = _thin(ys)
        self.tree = [(s.x1, s.y1, s.x2, s.y2) for s in layout.segments]
        self.ways: list[tuple[float, float, float, float]] = []

    def route(self, start: Place, end: Place, start_y: float, end_y: float) -> Points | None:
        """A way from a side of one box to a side of the other, at these heights; None: there is none."""
        xs = self.xs
        ys = sorted({*self.ys, start_y, end_y})
        grid = _Grid(xs, ys, self.places, [*self.tree, *self.ways])
        sources = self._ports(start, start_y, xs, ys)
        targets = self._ports(end, end_y, xs, ys)
        path = grid.search(sources, targets)
        if path is None:
            return None
        points = [(xs[i], ys[j]) for i, j in path]
        points.insert(0, (_near_side(start, points[0][0]), start_y))
        points.append((_near_side(end, points[-1][0]), end_y))
        points = _straight(points)
        self.ways += [(*a, *b) for a, b in pairwise(points)]
        return tuple(points)

    @staticmethod
    def _ports(place: Place, y: float, xs: list[float], ys: list[float]) -> list[tuple[int, int]]:
        """The lanes just left and just right of a box, at the height y."""
        j = bisect_left(ys, y)
        left = bisect_right(xs, place.x - _CLEAR) - 1
        right = bisect_left(xs, place.x + place.width + _CLEAR)
        return [(i, j) for i in (left, right) if 0 <= i < len(xs)]


class _Grid:
    def __init__(
        self,
        xs: list[float],
        ys: list[float],
        places: Iterable[Place],
        lines: list[tuple[float, float, float, float]],
    ) -> None:
        self.xs, self.ys = xs, ys
        self.blocked_h: set[tuple[int, int]] = set()  # steps (i, j) -> (i + 1, j)
        self.blocked_v: set[tuple[int, int]] = set()
        for place in places:
            self._block(place)
        self.across: dict[tuple[int, int, bool], float] = {}
        for line in lines:
            self._charge(*line)

    def _block(self, place: Place) -> None:
        left, right = place.x - _CLEAR, place.x + place.width + _CLEAR
        top, bottom = place.y - _CLEAR, place.y + place.height + _CLEAR
        in_i = range(bisect_right(self.xs, left), bisect_left(self.xs, right))
        in_j = range(bisect_right(self.ys, top), bisect_left(self.ys, bottom))
        for j in in_j:
            self.blocked_h.update((i, j) for i in range(max(in_i.start - 1, 0), in_i.stop))
        for i in in_i:
            self.blocked_v.update((i, j) for j in range(max(in_j.start - 1, 0), in_j.stop))

    def _charge(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Make steps dearer that cross this line or run along it."""
        low_x, high_x, low_y, high_y = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        i_from, i_to = bisect_left(self.xs, low_x - 3), bisect_right(self.xs, high_x + 3)
        j_from, j_to = bisect_left(self.ys, low_y - 3), bisect_right(self.ys, high_y + 3)
        across = self.across
        if low_y == high_y:
            for i in range(i_from, i_to):  # crossed by vertical steps
                step = (i, max(bisect_left(self.ys, low_y) - 1, 0), False)
                across[step] = across.get(step, 0) + _CROSSING
            for j in range(j_from, j_to):
                for i in range(max(i_from - 1, 0), min(i_to, len(self.xs) - 1)):
                    across[(i, j, True)] = across.get((i, j, True), 0) + _SHARED * (self.xs[i + 1] - self.xs[i])
        else:
            for j in range(j_from, j_to):
                step = (max(bisect_left(self.xs, low_x) - 1, 0), j, True)
                across[step] = across.get(step, 0) + _CROSSING
            for i in range(i_from, i_to):
                for j in range(max(j_from - 1, 0), min(j_to, len(self.ys) - 1)):
                    across[(i, j, False)] = across.get((i, j, False), 0) + _SHARED * (self.ys[j + 1] - self.ys[j])

    def search(self, sources: list[tuple[int, int]], targets: list[tuple[int, int]]) -> list[tuple[int, int]] | None:
        """The cheapest way; ties are broken by the order of lanes, so it is always the same one."""
        xs, ys, goals = self.xs, self.ys, set(targets)
        if not sources or not goals:
            return None
        ends = [(xs[i], ys[j]) for i, j in targets]

        def bound(i: int, j: int) -> float:
            return min(abs(xs[i] - x) + abs(ys[j] - y) for x, y in ends)

        # a state is a crossing of lanes and whether the way came horizontally
        queue: list[tuple[float, float, int, int, bool]] = []
        cost: dict[tuple[int, int, bool], float] = {}
        came: dict[tuple[int, int, bool], tuple[int, int, bool]] = {}
        for i, j in sources:
            cost[(i, j, True)] = 0.0
            heapq.heappush(queue, (bound(i, j), 0.0, i, j, True))
        while queue:
            _, spent, i, j, flat = heapq.heappop(queue)
            state = (i, j, flat)
            if spent > cost[state]:
                continue
            if (i, j) in goals:
                path = [(i, j)]
                while state in came:
                    state = came[state]
                    path.append((state[0], state[1]))
                return path[::-1]
            for to_i, to_j, to_flat, step in (
                (i - 1, j, True, i - 1),
                (i + 1, j, True, i),
                (i, j - 1, False, j - 1),
                (i, j + 1, False, j),
            ):
                if not (0 <= to_i < len(xs) and 0 <= to_j < len(ys)):
                    continue
                key = (step, j) if to_flat else (i, step)
                if key in (self.blocked_h if to_flat else self.blocked_v):
                    continue
                far = abs(xs[to_i] - xs[i]) + abs(ys[to_j] - ys[j])
                new = spent + far + self.across.get((*key, to_flat), 0.0) + (_BEND if to_flat != flat else 0.0)
                to = (to_i, to_j, to_flat)
                if new < cost.get(to, float("inf")):
                    cost[to] = new
                    came[to] = state
                    heapq.heappush(queue, (new + bound(to_i, to_j), new, to_i, to_j, to_flat))
        return None


def _thin(lanes: set[float]) -> list[float]:
    """Sorted, without lanes that are nearly the same."""
    kept: list[float] = []
    for lane in sorted(lanes):
        if not kept or lane - kept[-1] >= 2.5:
            kept.append(lane)
    return kept


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
