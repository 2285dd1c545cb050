"""Where the boxes go: a layered tree in time proportional to the number of boxes.

The steps: texts are measured (boxes), an arrangement is chosen (arrange), and coordinates follow
from it (positions).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph.errors import UserError
from viz.arrange import Frame, arrange
from viz.arrangement import Arrangement
from viz.boxes import SizedBox, size_box
from viz.drawing import Points
from viz.model import Chart
from viz.positions import positions
from viz.style import Style

LAYOUTS = ("auto", "wide", "stacked", "left-right")
_SHEET = 1500.0 * 1000.0  # px² of a page of which only the aspect is given


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
    `arrangement` is what the coordinates follow from, by `positions.positions`; its numbers of boxes are
    those of `places`, which have their corner at (0, 0) before `moved`.
    """

    places: dict[str, Place]
    segments: list[Segment]
    links: dict[str, Points]
    width: float
    height: float
    arrangement: Arrangement

    def moved(self, dx: float, dy: float) -> Layout:
        """The same layout, shifted."""
        return Layout(
            {
                key: Place(place.x + dx, place.y + dy, place.width, place.height, place.sized)
                for key, place in self.places.items()
            },
            [Segment(s.x1 + dx, s.y1 + dy, s.x2 + dx, s.y2 + dy, s.parent) for s in self.segments],
            {key: tuple([(x + dx, y + dy) for x, y in way]) for key, way in self.links.items()},
            self.width,
            self.height,
            self.arrangement,
        )


def place(
    chart: Chart, style: Style, layout: str = "auto", aspect: float = 1.5, frames: Sequence[Frame] = ()
) -> Layout:
    """Coordinates for every box of the chart.

    Args:
        layout: `wide` (side by side in all levels), `stacked` (rails from the first level),
            `left-right` (the root at the left), or `auto`: what shows the largest text on a page.
        aspect: width to height of that page.
        frames: instead of the aspect, the insides of the pages of which the better one is taken, width and
            height in px: a sheet of paper upright and across.

    Raises:
        UserError: an unknown layout.

    Cost: O(boxes) for each of a fixed number of arrangements tried.
    """
    if layout not in LAYOUTS:
        raise UserError(f"unknown layout {layout!r}", f"allowed: {', '.join(LAYOUTS)}")
    boxes = [size_box(box, style) for box in chart.boxes.values()]
    frames = frames or (((_SHEET * aspect) ** 0.5, (_SHEET / aspect) ** 0.5),)
    return laid_out(boxes, arrange(boxes, style, layout, frames))


def laid_out(boxes: Sequence[SizedBox], arrangement: Arrangement) -> Layout:
    """The coordinates of an arrangement, by the boxes' ids."""
    found = positions(arrangement)
    ids = [sized.box.id for sized in boxes]
    places = {}
    for index, slot in enumerate(arrangement.slots):
        x, y = found.corners[index]
        places[ids[index]] = Place(x, y, slot.width, slot.height, boxes[index])
    segments = [Segment(x1, y1, x2, y2, ids[parent]) for x1, y1, x2, y2, parent in found.lines]
    links = {ids[index]: way for index, way in found.ways.items()}
    return Layout(places, segments, links, found.width, found.height, arrangement)
