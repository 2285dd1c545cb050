"""A box of the chart as a group of shapes: body, header and footer with text to edit, and its signs."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from viz import measure
from viz.book.page import moved
from viz.boxes import TextRow, mark_space, split_at
from viz.drawing import Circle, Item, Lines, Points, Polygon, Rect, Text, baseline
from viz.exports.pptx_shapes import Frame, Glue, Run, Shapes
from viz.exports.text import box_lines, box_name
from viz.layout import Place
from viz.paint import paint_box
from viz.style import Style

PT = 0.75  # points in a px
_HEADER = ("name", "root", "tag")
_POINT = 0.2  # px, the extent of a point that lines are glued to
_NEAR = 1.2  # px between a line's end and a connection site that are taken for the same
_SIDE = 2.0  # px from the side of a shape to its text: the rest is for wider fonts
_WIDER = 1.12  # how much wider a text may be in another font


class View(NamedTuple):
    """Where on the slide, in px, a point of the layout is: scaled, then moved."""

    scale: float
    x: float
    y: float

    def way(self, points: Points) -> Points:
        """A way of the layout on the slide."""
        return tuple((self.x + x * self.scale, self.y + y * self.scale) for x, y in points)

    def box(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """A rectangle of the layout on the slide."""
        return self.x + x * self.scale, self.y + y * self.scale, width * self.scale, height * self.scale


class _Band(NamedTuple):
    """Rows that one shape shows: its left side and width in the box, its top, and the rows."""

    left: float
    width: float
    top: float
    rows: list[TextRow]


def box_group(
    shapes: Shapes, place: Place, ends: Collection[tuple[float, float]], view: View, style: Style
) -> tuple[str, dict[tuple[float, float], Glue]]:
    """The group of a unit, and for each end of a line at it (in px of the layout) what it is glued to."""
    x, y, width, height, sized = place
    box, look = sized.box, style.look(sized.box.look)
    border = style.borders["ghost" if box.ghost and box.border == "solid" else box.border]
    name = box_name(box)
    header = [row for row in sized.rows if row.style in _HEADER]
    footer = [row for row in sized.rows if row.style == "footer"]
    bands = _bands(place, [row for row in sized.rows if row not in header and row not in footer], style)
    whole = bands.pop() if len(bands) == 1 and bands[0].width == width else None
    size = view.scale

    inside: list[str] = []
    body = view.box(x, y, width, height)
    text = _runs(whole.rows, place, style, size) if whole else []
    frame = Frame((_SIDE * size, whole.top * size if whole else 0, _SIDE * size, 0), "t")
    fill, line = style.colour["body"], border.width * size
    body_id, xml = shapes.shape(body, name, "rect", fill, text=text, frame=frame)
    inside.append(xml)
    if footer:
        at = view.box(x, y + height - sized.footer, width, sized.footer)
        runs = _runs(footer, place, style, size)
        inside.append(shapes.shape(at, f"{name} ▁", "rect", style.colour["footer"], text=runs, frame=Frame())[1])
    # beside the system's sign, where the name in another font could reach it
    free = sized.header_left + style.box["pad_x"]
    look_of = style.text["root" if box.depth == 0 else "name"]
    widest = measure.width(box.name, look_of.face, look_of.size) * _WIDER
    beside = sized.header_left > 0 and (width - widest) / 2 < free
    frame = Frame(((free if beside else _SIDE) * size, 0, _SIDE * size, 0))
    at = view.box(x, y, width, sized.header)
    runs = _runs(header, place, style, size)
    header_id, xml = shapes.shape(at, f"{name} ▔", "rect", look.fill, text=runs, frame=frame)
    inside.append(xml)
    for band in bands:
        at = view.box(x + band.left, y + band.top, band.width, height - band.top - sized.footer)
        runs = _runs(band.rows, place, style, size)
        left = style.box["pad_x"] if band.rows[0].style == "function" else _SIDE
        inside.append(shapes.shape(at, f"{name} ▏", text=runs, frame=Frame((left * size, 0, 0, 0), "t"))[1])
    inside.append(outline(shapes, view.box(x, y, width, height), look.edge, line, border.dash, name))
    inside.append(items_xml(shapes, [moved(item, *view) for item in _signs(place, style)]))
    glued, anchors = _glue(shapes, place, ends, body_id, header_id, view)
    about = ". ".join([name, *box_lines(box)])
    return shapes.group(body, name, about, [*inside, *anchors]), glued


def outline(
    shapes: Shapes, box: tuple[float, float, float, float], edge: str, width: float, dash: Sequence[float], name: str
) -> str:
    """A frame above the bands, so that dashes are not covered."""
    return shapes.shape(box, f"{name} ▢", "rect", "", edge, width, dash)[1]


def _bands(place: Place, rows: list[TextRow], style: Style) -> list[_Band]:
    """Columns of people, then functions; each begins at its first row."""
    sized, width = place.sized, place.width
    functions = [row for row in rows if row.style == "function"]
    columns = [[row for row in rows if row.column == column and row not in functions] for column in (0, 1)]
    bands = []
    middle = split_at(sized, width) if sized.split and columns[1] else width
    for found, left, wide in ((columns[0], 0.0, middle), (columns[1], middle, width - middle), (functions, 0.0, width)):
        if found:
            bands.append(_Band(left, wide, found[0].top, found))
    return bands


def _runs(rows: list[TextRow], place: Place, style: Style, scale: float) -> list[Run]:
    """Paragraphs of rows one below the other; lines of one text are one paragraph again."""
    box = place.sized.box
    texts = {box.name, box.tag, box.footer, *(row.text for row in (*box.rows, *box.beside))}
    runs: list[Run] = []
    bottom = None
    index = 0
    while index < len(rows):
        row = rows[index]
        last = index
        for end in range(index + 1, len(rows) + 1):
            lines = rows[index:end]
            if any(line.style != row.style for line in lines):
                break
            if " ".join(line.text for line in lines) in texts:
                last = end - 1
        merged, look = rows[index : last + 1], style.text[row.style]
        words = " ".join(line.text for line in merged) + _space(merged[-1], look.face, look.size, style)
        before = 0.0 if bottom is None else max(row.top - bottom, 0.0)
        unit = PT * scale
        runs.append(
            Run(
                words,
                look.size * unit,
                _ink(row, place, style),
                look.face,
                look.leading * unit,
                before * unit,
                row.struck,
                row.style == "function",
            )
        )
        bottom = merged[-1].top + look.leading
        index = last + 1
    return runs


def _space(row: TextRow, face: str, size: float, style: Style) -> str:
    """No-break spaces as wide as the marks that stand beside a text."""
    if not row.marks:
        return ""
    return "\u00a0" * math.ceil(len(row.marks) * mark_space(style) / measure.width(" ", face, size))


def _ink(row: TextRow, place: Place, style: Style) -> str:
    if row.style in _HEADER:
        return style.look(place.sized.box.look).ink
    if place.sized.box.ghost:
        return style.colour["pale"]
    if row.style in ("post", "footer", "function", "unknown"):
        return style.colour["quiet"]
    return style.colour["vacant" if row.style == "vacant" else "ink"]


def _signs(place: Place, style: Style) -> list[Item]:
    """Of the painted box what is neither a band nor a text of its rows: rules, symbol, marks, badge, numbers."""
    sized = place.sized
    said = {
        (row.text, round(baseline(place.y + row.top, look.size, look.leading), 2))
        for row in sized.rows
        for look in (style.text[row.style],)
    }
    kept: list[Item] = []
    for item in paint_box(place, style):
        if isinstance(item, Rect) and item.width == place.width and item.y < place.y + place.height:
            continue
        if isinstance(item, Text) and (item.text, round(item.y, 2)) in said:
            continue
        if isinstance(item, Lines) and item.stroke == style.colour["strike"]:
            continue
        kept.append(item)
    return kept


def items_xml(shapes: Shapes, items: Iterable[Item]) -> str:
    """Items of a drawing as shapes; a text that stands in the shape before it is that shape's text."""
    parts: list[str] = []
    waiting: Rect | Circle | None = None
    for item in [*items, None]:
        inside = isinstance(item, Text) and waiting is not None and _holds(waiting, item)
        if waiting is not None:
            parts.append(_filled(shapes, waiting, item if inside and isinstance(item, Text) else None))
            waiting = None
        if item is None or inside:
            continue
        if isinstance(item, Rect | Circle):
            waiting = item
        elif isinstance(item, Text):
            parts.append(text_xml(shapes, item))
        elif isinstance(item, Polygon):
            parts.append(shapes.polygon(item.points, item.fill, "▲"))
        else:
            for path in item.paths:
                parts += [
                    shapes.connector(piece, None, None, item.stroke, item.line, item.dash) for piece in pairwise(path)
                ]
    return "".join(parts)


def text_xml(shapes: Shapes, item: Text) -> str:
    """A line of text as a text box that does not wrap."""
    run = Run(item.text, item.size * PT, item.fill, item.face, left=True)
    high = item.size * 1.5
    # the middle of the capitals is the middle of the box
    top = item.y - item.size * 0.37 - high / 2
    box = (item.x, top, item.width + item.size, high)
    return shapes.shape(box, item.text[:40], text=[run], frame=Frame(wrap=False))[1]


def _holds(shape: Rect | Circle, text: Text) -> bool:
    middle = text.x + text.width / 2
    if isinstance(shape, Circle):
        return abs(middle - shape.x) < shape.radius and abs(text.y - shape.y) < 2 * shape.radius
    return shape.x <= middle <= shape.x + shape.width and shape.y <= text.y <= shape.y + shape.height + 1


def _filled(shapes: Shapes, item: Rect | Circle, text: Text | None) -> str:
    runs = [Run(text.text, text.size * PT, text.fill, text.face)] if text else []
    frame = Frame(wrap=False)
    if isinstance(item, Circle):
        box = (item.x - item.radius, item.y - item.radius, 2 * item.radius, 2 * item.radius)
        return shapes.shape(box, text.text if text else "●", "ellipse", item.fill, item.stroke, text=runs, frame=frame)[
            1
        ]
    box = (item.x, item.y, item.width, item.height)
    form = "roundRect" if item.radius else "rect"
    name = text.text if text else "■"
    return shapes.shape(box, name, form, item.fill, item.stroke, item.line, item.dash, runs, frame)[1]


def _glue(
    shapes: Shapes,
    place: Place,
    ends: Collection[tuple[float, float]],
    body: int,
    header: int,
    view: View,
) -> tuple[dict[tuple[float, float], Glue], list[str]]:
    """Connection sites for the ends: of the body or header, else of a point made for it in the group."""
    x, y, width, height = place[:4]
    band = place.sized.header
    sites = {
        (x + width / 2, y): Glue(body, 0),
        (x, y + height / 2): Glue(body, 1),
        (x + width / 2, y + height): Glue(body, 2),
        (x + width, y + height / 2): Glue(body, 3),
        (x, y + band / 2): Glue(header, 1),
        (x + width, y + band / 2): Glue(header, 3),
    }
    glued: dict[tuple[float, float], Glue] = {}
    anchors: list[str] = []
    for end in ends:
        near = min(sites, key=lambda site: abs(site[0] - end[0]) + abs(site[1] - end[1]))
        if abs(near[0] - end[0]) + abs(near[1] - end[1]) > _NEAR:
            number, xml = point(shapes, view.way((end,))[0])
            anchors.append(xml)
            sites[end] = Glue(number, _side(end, place))
            near = end
        glued[end] = sites[near]
    return glued, anchors


def _side(end: tuple[float, float], place: Place) -> int:
    """At which side of the box an end is: the site of a point there from which a line leaves the box."""
    x, y, width, height = place[:4]
    far = {1: end[0] - x, 3: x + width - end[0], 0: end[1] - y, 2: y + height - end[1]}
    return min(far, key=lambda side: abs(far[side]))


def point(shapes: Shapes, at: tuple[float, float]) -> tuple[int, str]:
    """A shape hardly with extent and without colour, to which lines can be glued."""
    half = _POINT / 2
    return shapes.shape((at[0] - half, at[1] - half, _POINT, _POINT), "·", "rect")
