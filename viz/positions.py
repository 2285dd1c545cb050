"""From an arrangement to coordinates, in time proportional to the number of boxes.

Every block has a rectangle of its own and lines run in the gaps between them, so neither boxes nor
tree lines can meet. The rules are those in `viz/arrangement.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from viz.arrangement import Arrangement, Column, Gaps, Slot
from viz.drawing import Points

Line = tuple[float, float, float, float, int]  # x1, y1, x2, y2, number of the box above


class Coordinates(NamedTuple):
    """Corners of the shown boxes by number, their lines, each box's way from the one above, and the canvas."""

    corners: dict[int, tuple[float, float]]
    lines: list[Line]
    ways: dict[int, Points]
    width: float
    height: float


class _Inside(NamedTuple):
    """A block's inside, from its corner: across where given as a list by column or aside."""

    columns: Sequence[Column]
    starts: list[float]
    asides: Sequence[int]
    sides: list[tuple[float, float, bool]]  # across, along, before the trunk
    trunk: float
    bus: float  # along; of a hung box where its column starts


class Blocks:
    """Sizes of blocks: of boxes with nothing below them at first, the others are put in from the leaves up."""

    def __init__(
        self, gaps: Gaps, breadths: list[float], reaches: list[float], middles: list[float], right: bool
    ) -> None:
        self.gaps = gaps
        self.right = right
        self.across = breadths
        self.along = reaches
        self.middle = middles  # of the box in its block, across
        self.box = [0.0] * len(breadths)  # where the box begins in its block, across
        self.inside: dict[int, _Inside] = {}

    @classmethod
    def of(cls, arrangement: Arrangement) -> Blocks:
        """The blocks of an arrangement's boxes by themselves."""
        slots, right = arrangement.slots, arrangement.right
        wide = [float(slot.width) for slot in slots]
        high = [float(slot.height + slot.hang) for slot in slots]
        middles = [float(slot.middle) for slot in slots]
        return cls(arrangement.gaps, high if right else wide, wide if right else high, middles, right)

    def add(self, index: int, hung: bool, centred: bool, columns: Sequence[Column], asides: Sequence[int]) -> None:
        """Put in the block of a box under which these columns and asides are shown; theirs must be there."""
        gaps, across = self.gaps, self.across
        breadth, reach, middle = across[index], self.along[index], self.middle[index]
        starts: list[float] = []
        at = gaps.inset if hung else 0.0
        for column in columns:
            if starts:
                at += column.gap
            starts.append(at)
            at += max([across[item] for item in column.items]) + (gaps.indent if column.rail else 0.0)
        box = 0.0
        if centred and columns:
            line = [n for n, column in enumerate(columns) if not column.apart] or range(len(columns))
            box = sum([self._drop(columns[n], starts[n]) for n in (line[0], line[-1])]) // 2 - middle
        trunk = gaps.inset if hung else box + middle
        sides: list[tuple[float, float, bool]] = []
        band, shift = reach, -min(box, 0.0)
        if asides:
            sides, band = self._beside(asides, hung, centred, trunk, reach)
            shift = -min(box, 0.0, *[side[0] for side in sides])
        if shift:
            starts = [start + shift for start in starts]
            sides = [(start + shift, along, before) for start, along, before in sides]
        broad = max(box + shift + breadth, at + shift if columns else 0.0)
        for side, aside in zip(sides, asides, strict=True):
            broad = max(broad, side[0] + across[aside])
        bus = band + (gaps.first if hung else gaps.level // 2)
        self.inside[index] = _Inside(columns, starts, asides, sides, trunk + shift, bus)
        self.across[index], self.box[index], self.middle[index] = broad, box + shift, box + shift + middle
        self.along[index] = max([band, *[bus + self.below(hung, column) + self._length(column) for column in columns]])

    def below(self, hung: bool, column: Column) -> float:
        """From the bus to the first block of a column."""
        if hung:
            return 0.0
        return self.gaps.first if column.rail else self.gaps.level // 2

    def _drop(self, column: Column, start: float) -> float:
        return start if column.rail else start + self.middle[column.items[0]]

    def _length(self, column: Column) -> float:
        along = self.along
        return sum([along[item] for item in column.items]) + self.gaps.stack * (len(column.items) - 1)

    def _beside(
        self, asides: Sequence[int], hung: bool, centred: bool, trunk: float, reach: float
    ) -> tuple[list[tuple[float, float, bool]], float]:
        """Where the blocks beside the trunk begin, across and along, and the end of their band."""
        gaps, sides, band = self.gaps, [], reach
        away = gaps.aside + (gaps.indent if hung else 0.0)
        step = 2 if centred and not hung else 1
        for number in range(0, len(asides), step):
            row = asides[number : number + step]
            top = band + (gaps.stack if number else gaps.first)
            sides.append((trunk + away, top, False))
            if len(row) > 1:
                sides.append((trunk - away - self.across[row[1]], top, True))
            band = top + max([self.along[aside] for aside in row])
        return sides, band


def positions(arrangement: Arrangement, visible: Sequence[bool] | None = None) -> Coordinates:
    """Coordinates of the boxes that are shown; `visible` by number, None: all.

    A box that is not visible takes everything below it with it. The root is always shown.
    """
    blocks = Blocks.of(arrangement)
    for index in range(len(arrangement.slots) - 1, -1, -1):
        slot = arrangement.slots[index]
        columns, asides = slot.columns, slot.asides
        if visible is not None:
            columns = _shown(columns, visible)
            asides = tuple([aside for aside in asides if visible[aside]])
        if columns or asides:
            blocks.add(index, slot.hung, slot.centred, columns, asides)
    return _Walk(arrangement, blocks).coordinates()


def _shown(columns: tuple[Column, ...], visible: Sequence[bool]) -> tuple[Column, ...]:
    kept = [column._replace(items=tuple([item for item in column.items if visible[item]])) for column in columns]
    return tuple([column for column in kept if column.items])


class _Walk:
    """From the root down: corners and lines, as (across, along) until the end."""

    def __init__(self, arrangement: Arrangement, blocks: Blocks) -> None:
        self.right, self.gaps, self.slots = arrangement.right, arrangement.gaps, arrangement.slots
        self.blocks = blocks
        self.origins: dict[int, tuple[float, float]] = {0: (0.0, 0.0)}
        self.lines: list[Line] = []
        self.ways: dict[int, Points] = {}

    def coordinates(self) -> Coordinates:
        blocks, corners = self.blocks, {}
        for index in range(len(self.slots)):
            origin = self.origins.get(index)
            if origin is None:
                continue
            corner = (origin[0] + blocks.box[index], origin[1])
            corners[index] = corner[::-1] if self.right else corner
            inside = blocks.inside.get(index)
            if inside is not None:
                self._descend(index, self.slots[index], inside, *origin)
        across, along = blocks.across[0], blocks.along[0]
        size = (along, across) if self.right else (across, along)
        return Coordinates(corners, self.lines, self.ways, *size)

    def _descend(self, index: int, slot: Slot, inside: _Inside, across: float, along: float) -> None:
        out = along + (slot.width if self.right else slot.height)
        trunk = across + inside.trunk
        last = self._asides(index, inside, across, along, trunk, out)
        if not inside.columns:
            self._line(index, trunk, out, trunk, last)
            return
        bus = along + inside.bus
        drops = []
        for column, start in zip(inside.columns, inside.starts, strict=True):
            begin = across + start
            drop = begin if column.rail else begin + self.blocks.middle[column.items[0]]
            drops.append(drop)
            before = ((trunk, out),) if slot.hung else ((trunk, out), (trunk, bus), (drop, bus))
            top = bus + self.blocks.below(slot.hung, column)
            if column.rail:
                self._rail(index, column, begin, top, before)
            else:
                item = column.items[0]
                self.origins[item] = (begin, top)
                self._way(item, (*before, (drop, top)))
                self._line(index, drop, bus, drop, top)
        if not slot.hung:
            self._line(index, trunk, out, trunk, bus)
            first, end = min(trunk, *drops), max(trunk, *drops)
            if first < end:
                self._line(index, first, bus, end, bus)

    def _rail(self, index: int, column: Column, rail: float, top: float, before: Points) -> None:
        blocks = self.blocks
        begin, end = rail + self.gaps.indent, top
        for item in column.items:
            self.origins[item] = (begin, top)
            end, side = top + self.slots[item].tap, begin + blocks.box[item]
            self._way(item, (*before, (rail, end), (side, end)))
            self._line(index, rail, end, side, end)
            top += blocks.along[item] + self.gaps.stack
        self._line(index, rail, before[-1][1], rail, end)

    def _asides(self, index: int, inside: _Inside, across: float, along: float, trunk: float, out: float) -> float:
        """Lines to the boxes beside the trunk; returns where the last of them is, along."""
        last = out
        for aside, (start, top, before) in zip(inside.asides, inside.sides, strict=True):
            slot = self.slots[aside]
            self.origins[aside] = (across + start, along + top)
            stub = along + top + slot.tap
            last = max(last, stub)
            side = across + start + self.blocks.box[aside]
            if before:
                side += slot.height if self.right else slot.width
            self._way(aside, ((trunk, out), (trunk, stub), (side, stub)))
            self._line(index, trunk, stub, side, stub)
        return last

    def _line(self, parent: int, across: float, along: float, to_across: float, to_along: float) -> None:
        if self.right:
            self.lines.append((along, across, to_along, to_across, parent))
        else:
            self.lines.append((across, along, to_across, to_along, parent))

    def _way(self, item: int, points: Points) -> None:
        self.ways[item] = tuple([(y, x) for x, y in points]) if self.right else points
