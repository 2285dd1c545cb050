"""Two or more trees of one chart on one sheet, each under its heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from viz.boxes import size_box
from viz.drawing import Points
from viz.layout import Layout, Place, Segment, place
from viz.model import Box, Chart
from viz.style import Style


class _Part(NamedTuple):
    heading: Place
    layout: Layout


def place_sides(
    chart: Chart, style: Style, layout: str, aspect: float, frames: Sequence[tuple[float, float]] = ()
) -> Layout:
    """The coordinates of all trees of a chart with `sides`: side by side, tops in one line.

    Raises:
        UserError: an unknown layout.
    """
    count = len(chart.sides)
    narrow = tuple((width / count, height) for width, height in frames)
    parts = []
    for side in chart.sides:
        tree = replace(chart, boxes=tree_below(chart, side.root), sides=())
        placed = place(tree, style, layout, aspect / count, narrow)
        parts.append(_Part(_heading(side.heading, placed.width, style), placed))
    return _beside(parts, style)


def tree_below(chart: Chart, root: str) -> dict[str, Box]:
    """A box and all below it, in preorder."""
    found: dict[str, Box] = {}
    stack = [root]
    while stack:
        box = chart.boxes[stack.pop()]
        found[box.id] = box
        stack.extend(reversed(box.children))
    return found


def _heading(words: str, width: float, style: Style) -> Place:
    """A plate as wide as the tree below it."""
    sized = size_box(Box(f"heading:{words}", words, "", 0, colour="change:heading"), style)
    sized.width = int(max(sized.width, width))
    return Place(0, 0, sized.width, sized.height, sized)


def _beside(parts: Sequence[_Part], style: Style) -> Layout:
    gap, below = style.gap["sides"], style.gap["first"]
    places: dict[str, Place] = {}
    segments: list[Segment] = []
    links: dict[str, Points] = {}
    left = height = 0.0
    for heading, layout in parts:
        wide = max(heading.width, layout.width)
        down = heading.height + below
        moved = layout.moved(round(left + (wide - layout.width) / 2), down)
        places[heading.sized.box.id] = heading._replace(x=left)
        places.update(moved.places)
        segments += moved.segments
        links.update(moved.links)
        height = max(height, down + layout.height)
        left += wide + gap
    return Layout(places, segments, links, left - gap, height, parts[0].layout.arrangement)
