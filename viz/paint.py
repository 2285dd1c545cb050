"""From the placed chart to a drawing: boxes, tree lines, connectors."""

from __future__ import annotations

from itertools import pairwise

from viz import measure
from viz.boxes import TextRow, mark_space
from viz.drawing import Circle, Item, Lines, Points, Rect, Text, baseline
from viz.layout import Layout, Place
from viz.model import Chart, Connector
from viz.routes import Router, length
from viz.style import Style
from viz.symbols import symbol


def text(x: float, top: float, words: str, name: str, style: Style, fill: str) -> Text:
    """A line of text whose band starts at `top`."""
    look = style.text[name]
    wide = measure.width(words, look.face, look.size)
    return Text(x, baseline(top, look.size, look.leading), words, look.face, look.size, fill, wide)


def person_colour(mark: int, style: Style) -> str:
    """The colour of a numbered mark and of its connector."""
    return style.people[(mark - 1) % len(style.people)]


def mark_sign(x: float, y: float, mark: int, style: Style) -> list[Item]:
    """A number in a circle around the point (x, y)."""
    look = style.text["mark"]
    number = str(mark)
    size = look.size * (1.0 if len(number) < 2 else 0.85 if len(number) < 3 else 0.62)
    wide = measure.width(number, look.face, size)
    middle = Text(
        x - wide / 2,
        baseline(y - look.leading / 2, size, look.leading),
        number,
        look.face,
        size,
        "#ffffff",
        wide,
    )
    return [Circle(x, y, style.limits["mark"], person_colour(mark, style)), middle]


def paint_tree(layout: Layout, style: Style) -> list[Item]:
    """Tree lines as one item, so that they are one path in the output."""
    paths = tuple(((s.x1, s.y1), (s.x2, s.y2)) for s in layout.segments)
    return [Lines(paths, style.colour["line"], 1.2)] if paths else []


def paint_box(place: Place, style: Style) -> list[Item]:
    """One unit."""
    x, y, width, height, sized = place
    look = style.look(sized.box.look)
    border = style.borders[sized.box.border]
    items: list[Item] = []
    if style.colour["body"] != style.colour["paper"]:
        items.append(Rect(x, y, width, height, style.colour["body"]))
    if sized.footer:
        items.append(Rect(x, y + height - sized.footer, width, sized.footer, style.colour["footer"]))
    items.append(Rect(x, y, width, sized.header, look.fill))
    if sized.footer and height - sized.footer > sized.header:
        rule = y + height - sized.footer
        items.append(Lines((((x, rule), (x + width, rule)),), style.colour["rule"], 1))
    items.append(Rect(x, y, width, height, "", look.edge, border.width, border.dash))
    pad, sign = style.box["pad_x"], style.box["symbol"]
    items += symbol(look.symbol, x + pad + sign / 2, y + sized.header / 2, sign, look.ink)
    for row in sized.rows:
        items += _row(row, place, style)
    if sized.box.badge:
        items += _badge(place, style)
    return items


def _row(row: TextRow, place: Place, style: Style) -> list[Item]:
    name = row.style
    left, room, ink = place.x, place.width, style.colour["ink"]
    if name in ("name", "root"):
        ink = style.look(place.sized.box.look).ink
        # centred in the box where that leaves the sign free, else in what is beside the sign
        free = place.sized.header_left + style.box["pad_x"]
        if (room - row.width) / 2 < free:
            left, room = left + free - style.box["pad_x"], room - free + style.box["pad_x"]
    elif name in ("post", "footer"):
        ink = style.colour["quiet"]
    beside = len(row.marks) * mark_space(style)
    x = left + (room - row.width - beside) / 2
    look = style.text[name]
    base = baseline(place.y + row.top, look.size, look.leading)
    items: list[Item] = [Text(round(x, 1), base, row.text, look.face, look.size, ink, row.width)]
    middle = place.y + row.top + look.leading / 2
    for number, mark in enumerate(row.marks):
        centre = x + row.width + (number + 1) * mark_space(style) - style.limits["mark"]
        items += mark_sign(round(centre, 1), middle, mark, style)
    return items


def _badge(place: Place, style: Style) -> list[Item]:
    box = place.sized.box
    look = style.look(box.look)
    wide, height = place.sized.badge_width, style.box["badge_height"]
    x, y = place.x + (place.width - wide) / 2, place.y + place.height + style.box["badge_gap"]
    middle = place.x + place.width / 2
    label = style.text["badge"]
    words = measure.width(box.badge, label.face, label.size)
    return [
        Lines((((middle, place.y + place.height), (middle, y)),), style.colour["line"], 1.2),
        Rect(x, y, wide, height, style.colour["badge"], look.edge, 1, (), height / 2 - 0.5),
        text(
            middle - words / 2,
            y + (height - label.leading) / 2,
            box.badge,
            "badge",
            style,
            style.colour["ink"],
        ),
    ]


def connector_ways(chart: Chart, layout: Layout, style: Style) -> list[tuple[Connector, Points]]:
    """The connectors that are drawn, with their ways."""
    if not chart.connectors:
        return []
    router = Router(layout)
    ways = []
    for connector in chart.connectors:
        start, end = layout.places[connector.start], layout.places[connector.end]
        way = router.route(start, end, _height(start, connector, style), _height(end, connector, style))
        # a person's number says it as well, where the line would be very long
        if way is not None and (not connector.mark or length(way) <= style.limits["longest"]):
            ways.append((connector, way))
    return ways


def connector_colour(connector: Connector, style: Style) -> str:
    """A kind's own colour, or the person's."""
    return style.connectors[connector.kind].colour or person_colour(connector.mark, style)


def paint_connectors(chart: Chart, layout: Layout, style: Style) -> list[Item]:
    """Connectors with their numbers and signs."""
    items: list[Item] = []
    for connector, way in connector_ways(chart, layout, style):
        look = style.connectors[connector.kind]
        colour = connector_colour(connector, style)
        items.append(Lines((way,), colour, look.width, look.dash))
        items += [Circle(*point, 2.4, colour) for point in (way[0], way[-1])]
        if connector.mark:
            items += mark_sign(*_middle(way), connector.mark, style)
        elif connector.sign:
            items += sign_label(*_middle(way), connector.sign, colour, style)
    return items


def _height(place: Place, connector: Connector, style: Style) -> float:
    """Where a connector leaves a box: at the marked person's line, or at the box's foot."""
    if connector.mark:
        for row in place.sized.rows:
            if connector.mark in row.marks:
                return place.y + row.top + style.text[row.style].leading / 2
    share = 0.7 if connector.kind == "serves" else 0.85
    return round(place.y + place.height * share)


def _middle(way: Points) -> tuple[float, float]:
    """The middle of the longest piece."""
    a, b = max(pairwise(way), key=length)
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def sign_label(x: float, y: float, words: str, colour: str, style: Style) -> list[Item]:
    """A short label on a connector, around the point (x, y)."""
    look = style.text["sign"]
    wide = measure.width(words, look.face, look.size)
    return [
        Rect(x - wide / 2 - 2, y - 6.5, wide + 4, 13, colour, "", 0, (), 2.5),
        text(x - wide / 2, y - look.leading / 2, words, "sign", style, "#ffffff"),
    ]
