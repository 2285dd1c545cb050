"""Choosing how a tree is arranged: what stands side by side, what under rails, and in how many columns.

In the top levels children stand side by side under a bus; further down, and for runs of leaves, they
are stacked under a rail, in several columns where the stack is tall. Of a fixed number of such
arrangements the one with the best SCORE is taken:

    score = text × order, where text = min(1, the scale at which the tree fits the page)

The text is as large on the page as its scale, and a scale grows with the share of the page that the
boxes fill: fill = scale² × area of boxes / area of page. Below a scale of 1 the best fill therefore
has the largest text; where several fit at full size, nothing is gained by filling the page, and the
order of command decides: `order` is 1 for rails from the first level on and up to 1.5 for more
levels side by side, less for a chart to the right, where people look for the head above.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from viz.arrangement import Arrangement, Column, Gaps, Slot
from viz.boxes import SizedBox
from viz.positions import Blocks
from viz.style import Style

_ROW_OF_LEAVES = 5  # so many leaves under the first unit still stand side by side
_RUN = 3  # from so many leaves in a row on, they are stacked under a rail
_ASIDES = 6  # the most boxes beside a trunk; where there are more they are in the line
_SHARES = (0.45, 0.7, 1.0, 1.3, 1.7, 2.2)  # tried lengths of stacks, as a share of the ideal length
_FEW_SHARES = (1.0, 1.7)
_ROOM = (1.0, 1.08, 1.17, 1.26, 1.36, 1.5, 2.0)  # tried lengths of columns, times what even ones would have
_MANY = 1500  # boxes; above, fewer lengths are tried
_ORDER = (1.0, 1.3, 1.5, 1.5)  # by levels side by side
_ORDER_RIGHT = 0.8  # the same for charts to the right, times the above
_BETTER = 1.001  # a later candidate must be that much better: equal ones do not depend on rounding

Frame = tuple[float, float]  # width and height of a page's inside in px


def arrange(boxes: Sequence[SizedBox], style: Style, layout: str, frames: Sequence[Frame]) -> Arrangement:
    """The best arrangement for a page that may be turned: one of the frames.

    Args:
        boxes: sizes, in preorder.
        layout: `wide` (side by side in all levels), `stacked` (rails from the first level),
            `left-right` (the root at the left) or `auto`.

    Cost: O(boxes) for each of at most 34 arrangements tried.
    """
    best: tuple[float, _Plan] | None = None
    for plan in _plans(boxes, style, layout, frames[0]):
        score = text_scale(plan.width, plan.height, frames) * plan.order
        if best is None or score > best[0] * _BETTER:
            best = (score, plan)
    assert best is not None
    return best[1].arrangement()


def text_scale(width: float, height: float, frames: Sequence[Frame]) -> float:
    """The scale, at most 1, at which a tree of this size fits the frame that suits it best."""
    return min(1.0, max(min(wide / width, high / height) for wide, high in frames))


def _plans(boxes: Sequence[SizedBox], style: Style, layout: str, frame: Frame) -> Iterator[_Plan]:
    many = len(boxes) > _MANY
    shares = _FEW_SHARES if many else _SHARES
    if layout != "left-right":
        down = _Planner(boxes, style, False)
        length, deepest = down.ideal(frame[1] / frame[0]), down.deepest
        if layout == "wide":
            yield down.plan(deepest + 1, length, 1)
        elif layout == "stacked":
            yield down.plan(0, length * 0.8, 1)
        else:
            for rows in range(1, min(deepest, 2) + 1) if many else range(min(deepest, 3) + 1):
                for share in shares:
                    yield down.plan(rows, length * share, _ORDER[rows])
    if layout == "left-right" or (layout == "auto" and not many):
        right = _Planner(boxes, style, True)
        length, deepest = right.ideal(frame[0] / frame[1]), right.deepest
        # to the right, a list of children is read as easily as a row: all levels have a bus
        yield right.plan(deepest + 1, 0.0, _ORDER[-1] * _ORDER_RIGHT)
        for rows in range(1, min(deepest, 3) + 1):
            for share in shares[::2]:
                yield right.plan(rows, length * share, _ORDER[rows - 1] * _ORDER_RIGHT)


class _Plan:
    """One way of arranging, with its blocks."""

    def __init__(self, planner: _Planner, rows: int, length: float, order: float) -> None:
        self.planner, self.rows, self.length, self.order = planner, rows, length, order
        self.widths = list(planner.widths)
        breadths, reaches, middles = planner.sizes()
        self.blocks = Blocks(planner.gaps, breadths, reaches, middles, planner.right)
        self.columns: dict[int, tuple[Column, ...]] = {}
        for index in planner.branches:
            columns = self._columns(index)
            if not planner.right:
                for column in columns:
                    if column.rail:
                        self._even(column)
            self.columns[index] = columns
            self.blocks.add(index, _hung(columns), self._centred(index), columns, planner.asides[index])

    @property
    def width(self) -> float:
        """Of the whole tree."""
        return self.blocks.along[0] if self.planner.right else self.blocks.across[0]

    @property
    def height(self) -> float:
        """Of the whole tree."""
        return self.blocks.across[0] if self.planner.right else self.blocks.along[0]

    def arrangement(self) -> Arrangement:
        """What coordinates follow from."""
        planner, slots = self.planner, []
        for index, sized in enumerate(planner.boxes):
            width, tap = self.widths[index], sized.header // 2
            middle, tap = (tap, width // 2) if planner.right else (width // 2, tap)
            columns, asides = self.columns.get(index, ()), planner.asides[index]
            hang, centred = planner.hangs[index], self._centred(index)
            slots.append(Slot(width, sized.height, hang, middle, tap, columns, asides, _hung(columns), centred))
        return Arrangement(planner.right, planner.gaps, slots)

    def _centred(self, index: int) -> bool:
        return self.planner.depth[index] < max(self.rows, 1)

    def _even(self, column: Column) -> None:
        """Make the leaves under a rail equally wide; the column is as broad as the broadest in any case."""
        leaves = [item for item in column.items if self.planner.leaf[item]]
        if leaves:
            widths = self.widths
            widest = max([widths[item] for item in leaves])
            for item in leaves:
                widths[item] = widest

    def _columns(self, index: int) -> tuple[Column, ...]:
        columns: list[Column] = []
        for apart, children in ((False, self.planner.line[index]), (True, self.planner.staff[index])):
            for items, rail in self._groups(index, children):
                for part in self._parts(items) if rail else [items]:
                    gap = self._between(columns[-1], part, rail, apart) if columns else 0.0
                    columns.append(Column(tuple(part), rail, gap, apart))
        return tuple(columns)

    def _groups(self, index: int, children: list[int]) -> Iterable[tuple[list[int], bool]]:
        """Children that go together: (numbers, under a rail)."""
        depth, leaf = self.planner.depth[index], self.planner.leaf
        if not children:
            return []
        if depth >= self.rows:
            return [(children, len(children) > 1 or depth > 0)]
        few = not depth and len(children) <= _ROW_OF_LEAVES
        if len(children) == 1 or few or not self.length:
            return [([child], False) for child in children]
        groups: list[tuple[list[int], bool]] = []
        run: list[int] = []
        for child in children:
            if leaf[child]:
                run.append(child)
            else:
                groups += [*_run(run), ([child], False)]
                run = []
        return groups + _run(run)

    def _parts(self, items: list[int]) -> list[list[int]]:
        """Cut a stack into columns, at most about as long as the plan says; the last may be shorter."""
        stack, along = self.planner.gaps.stack, self.blocks.along
        total = sum([along[item] for item in items]) + stack * len(items)
        columns = min(math.ceil(total / (self.length * 1.1)), len(items))
        if columns <= 1:
            return [items]
        for room in _ROOM:
            parts = self._filled(items, total / columns * room)
            if len(parts) <= columns:
                break
        return parts

    def _filled(self, items: list[int], room: float) -> list[list[int]]:
        stack, along = self.planner.gaps.stack, self.blocks.along
        parts: list[list[int]] = [[]]
        filled = 0.0
        for item in items:
            here = along[item] + stack
            if parts[-1] and filled + here > room + 0.5:  # px: sums of equal heights differ by less
                parts.append([])
                filled = 0.0
            parts[-1].append(item)
            filled += here
        return parts

    def _between(self, last: Column, items: list[int], rail: bool, apart: bool) -> float:
        gap, leaf = self.planner.gap, self.planner.leaf
        if apart and not last.apart:
            return gap["apart"]
        if last.rail or rail:
            return gap["column"]
        if self.planner.right:
            return gap["stack"]
        return gap["sibling"] if leaf[last.items[0]] and leaf[items[0]] else gap["branch"]


def _hung(columns: tuple[Column, ...]) -> bool:
    """The only column hangs from the box itself, without a bus."""
    return len(columns) == 1 and columns[0].rail


def _run(leaves: list[int]) -> list[tuple[list[int], bool]]:
    return [(leaves, True)] if len(leaves) >= _RUN else [([leaf], False) for leaf in leaves]


class _Planner:
    """Arranges one chart in one direction in different ways."""

    def __init__(self, boxes: Sequence[SizedBox], style: Style, right: bool) -> None:
        self.boxes, self.right = boxes, right
        self.gap = gap = style.gap
        self.gaps = Gaps(gap["level"], gap["first"], gap["stack"], gap["indent"], gap["inset"], gap["aside"])
        number = {sized.box.id: index for index, sized in enumerate(boxes)}
        self.line: list[list[int]] = []
        self.staff: list[list[int]] = []
        self.asides: list[tuple[int, ...]] = []
        for sized in boxes:
            hung: dict[str, list[int]] = {"": [], "staff": [], "office": []}
            for child in sized.box.children:
                hung.get(boxes[number[child]].box.aside, hung[""]).append(number[child])
            if len(hung["office"]) > _ASIDES:  # a trunk as long as that would part the line from its head
                hung[""] = [n for n in map(number.__getitem__, sized.box.children) if boxes[n].box.aside != "staff"]
                hung["office"] = []
            # where there is no line, nobody stands apart from it
            self.line.append(hung[""] or hung["staff"])
            self.staff.append(hung["staff"] if hung[""] else [])
            self.asides.append(tuple(hung["office"]))
        self.branches = [index for index in range(len(boxes) - 1, -1, -1) if boxes[index].box.children]
        self.leaf = [not sized.box.children for sized in boxes]
        self.depth = [sized.box.depth for sized in boxes]
        self.deepest = max(self.depth)
        hanging = int(style.box["badge_height"] + style.box["badge_gap"])
        self.hangs = [hanging if sized.box.badge else 0 for sized in boxes]
        self.widths = [sized.width for sized in boxes]
        if right:  # boxes of a level begin and end together
            widest = [0] * (self.deepest + 1)
            for sized in boxes:
                widest[sized.box.depth] = max(widest[sized.box.depth], sized.width)
            self.widths = [widest[depth] for depth in self.depth]

    def ideal(self, aspect: float) -> float:
        """Length of the page that all boxes would just fill; `aspect` is the page's length to its breadth."""
        gap = self.gap
        area, longest = 0.0, 0.0
        for sized, hang, width in zip(self.boxes, self.hangs, self.widths, strict=True):
            high = sized.height + hang
            if self.right:
                area += (width + gap["stack"]) * (high + gap["indent"] + gap["column"])
                longest = max(longest, width)
            else:
                area += (width + gap["indent"] + gap["column"]) * (high + gap["stack"])
                longest = max(longest, high)
        return max(math.sqrt(area * aspect), 3 * longest)

    def plan(self, rows: int, length: float, order: float) -> _Plan:
        """Arrange with `rows` levels under a bus and stacks of about `length` px (0: no stacks)."""
        return _Plan(self, rows, length, order)

    def sizes(self) -> tuple[list[float], list[float], list[float]]:
        """Breadth, reach and middle of each box by itself."""
        wide = [float(width) for width in self.widths]
        high = [float(sized.height + hang) for sized, hang in zip(self.boxes, self.hangs, strict=True)]
        if self.right:
            return high, wide, [float(sized.header // 2) for sized in self.boxes]
        return wide, high, [float(width // 2) for width in self.widths]
