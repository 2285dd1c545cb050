"""Lines on a slide: long ways are several connectors, glued to each other in points of their own."""

from __future__ import annotations

from typing import NamedTuple

from viz.drawing import Points
from viz.exports.pptx_box import point
from viz.exports.pptx_shapes import Glue, Shapes

_EVEN = 1.0  # px between the first and the last piece of a step that are taken for the same


class Line(NamedTuple):
    """How a line looks: width in px of the slide, dashes, what its ends are, and its name."""

    colour: str
    width: float
    dash: tuple[float, ...] = ()
    caps: tuple[str, str] = ("", "")
    name: str = ""


def joined(shapes: Shapes, way: Points, sites: tuple[Glue, Glue], line: Line) -> str:
    """A way as connectors that PowerPoint and LibreOffice draw alike: straight, corners and even steps.

    Longer ways are cut in the middle of their second piece.
    """
    parts: list[str] = []
    begin, first_cap = sites[0], line.caps[0]
    while not _simple(way):
        middle = ((way[1][0] + way[2][0]) / 2, (way[1][1] + way[2][1]) / 2)
        number, xml = point(shapes, middle)
        end = Glue(number, facing(middle, way[1]))
        piece = (way[0], way[1], middle)
        look = (line.colour, line.width, line.dash, (first_cap, ""), line.name)
        parts += [xml, shapes.connector(piece, begin, end, *look)]
        begin, first_cap = Glue(number, facing(middle, way[2])), ""
        way = (middle, *way[2:])
    look = (line.colour, line.width, line.dash, (first_cap, line.caps[1]), line.name)
    parts.append(shapes.connector(way, begin, sites[1], *look))
    return "".join(parts)


def facing(place: tuple[float, float], towards: tuple[float, float]) -> int:
    """The site of a point from which a line goes straight to another point."""
    dx, dy = towards[0] - place[0], towards[1] - place[1]
    if abs(dx) > abs(dy):
        return 3 if dx > 0 else 1
    return 2 if dy > 0 else 0


def _simple(way: Points) -> bool:
    """At most a corner, or a step in the middle between its ends: LibreOffice draws all steps so."""
    if len(way) < 4:
        return True
    if len(way) > 4 or facing(way[0], way[1]) != facing(way[2], way[3]):
        return False
    first, last = (abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in (way[:2], way[2:]))
    return abs(first - last) < _EVEN
