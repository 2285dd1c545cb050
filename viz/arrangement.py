"""How a tree is arranged, without coordinates: which boxes stand side by side and which under a rail.

`viz/positions.py` turns an arrangement into coordinates; a page that hides and shows units does the
same in the browser with the same numbers, so nothing but sums and maxima is left to be done there.

Words: a chart grows `down` or to the `right`. ALONG is the direction in which it grows (y for
down, x for right) and ACROSS the other (x for down, y for right). A box's `reach` is its size along
and its `breadth` its size across; each with the hanging badge, which is below the box. A BLOCK is the
rectangle of a box and everything below it in the tree. All sizes are in px; halves are rounded down.

The block of a box without shown columns and asides is its breadth by its reach. Else, from the
box's own corner, and with only what is shown of columns and asides (a column with nothing shown
is gone, a hidden box takes everything below it with it):

1. Columns lie side by side across, the first at 0 (`hung`: at gaps.inset), each next one column.gap
   behind the last. A column's rail is at its beginning, its blocks gaps.indent behind the rail; without
   rail (one item) the block is at the beginning. A column is as broad as its broadest block and the indent.
   Its DROP, where its line comes down, is the rail, or the `middle` of the item's box.
2. The box is at 0; if `centred`, its `middle` is halfway between the first and the last drop of the columns
   that are not apart (of all, if all are); its TRUNK goes out at its `middle`, `hung` at gaps.inset.
3. Asides lie beside the trunk, from reach + gaps.first on. `centred`: the 1st, 3rd, … behind the
   trunk (right of it, for down), the 2nd, 4th, … before it, gaps.aside from it, in pairs; the next
   pair is gaps.stack behind the larger one. Otherwise all are behind the trunk, one by one, `hung`
   gaps.indent + gaps.aside from it. The BAND is what they take: from the reach to the end of the last.
4. `hung`: the column starts gaps.first behind the band. Otherwise a bus is gaps.level / 2 behind
   it, from the trunk to all drops; columns with a rail start gaps.first behind the bus, without rail
   gaps.level / 2. In a column each block is gaps.stack behind the one before.
5. If the box or an aside would be before 0 across, all is moved so that the first is at 0. The block ends
   with whatever ends last.

Lines meet a box under a rail and an aside at its side, `tap` from where it begins along (an aside
before the trunk at the far side, without the badge); others where it begins along, at its `middle`.
"""

from __future__ import annotations

from typing import NamedTuple


class Gaps(NamedTuple):
    """Distances in px, as in the style's `gap`."""

    level: float
    first: float
    stack: float
    indent: float
    inset: float
    aside: float


class Column(NamedTuple):
    """Children under one drop of a bus, or under the box itself: one branch, or a stack under a rail."""

    items: tuple[int, ...]  # numbers of boxes, in order
    rail: bool
    gap: float  # to the column before
    apart: bool = False  # staff, set apart from the line


class Slot(NamedTuple):
    """A box in an arrangement."""

    width: int
    height: int
    hang: int  # below the box, for its badge
    middle: int  # across, from the box's beginning: where its trunk goes out and a line from above comes in
    tap: int  # along, from the box's beginning: where a line comes in from beside it
    columns: tuple[Column, ...]
    asides: tuple[int, ...]  # numbers of the boxes beside the trunk
    hung: bool  # its only column, with a rail, hangs from the box without a bus
    centred: bool


class Arrangement(NamedTuple):
    """Boxes by number: in preorder, the root is 0 and every box comes after its parent."""

    right: bool  # it grows to the right, else down
    gaps: Gaps
    slots: list[Slot]
