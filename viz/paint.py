"""From the placed chart to a drawing: boxes, tree lines, connectors."""

from __future__ import annotations

from itertools import pairwise

from viz import measure
from viz.boxes import TextRow, mark_space, row_x, split_at
from viz.drawing import Circle, Item, Lines, Points, Rect, Text, baseline
from viz.layout import Layout, Place
from viz.marks import arrow_head, finding_sign, mark_sign, person_colour, sign_label, text
from viz.model import Chart, Connector
from viz.routes import Routed, length, route
from viz.style import Style
from viz.symbols import symbol

_STRIKE_WIDTH = 1.6
_ROOM = 9.0  # px from the middle of a sign on a connector to other signs
_STRIKE = 0.26  # of the size: how far above the baseline a text is struck through


def paint_tree(layout: Layout, style: Style) -> list[Item]:
    """Tree lines as one item, so that they are one path in the output."""
    paths = tuple(((s.x1, s.y1), (s.x2, s.y2)) for s in layout.segments)
    return [Lines(paths, style.colour["line"], 1.2)] if paths else []


def paint_box(place: Place, style: Style) -> list[Item]:
    """One unit."""
    x, y, width, height, sized = place
    box = sized.box
    look = style.look(box.look)
    border = style.borders["ghost" if box.ghost and box.border == "solid" else box.border]
    items: list[Item] = []
    if style.colour["body"] != style.colour["paper"]:
        items.append(Rect(x, y, width, height, style.colour["body"]))
    if sized.footer:
        items.append(Rect(x, y + height - sized.footer, width, sized.footer, style.colour["footer"]))
    items.append(Rect(x, y, width, sized.header, look.fill))
    rules = _rules(place)
    if rules:
        items.append(Lines(rules, style.colour["rule"], 1))
    items.append(Rect(x, y, width, height, "", look.edge, border.width, border.dash))
    pad, sign = style.box["pad_x"], style.box["symbol"]
    items += symbol(look.symbol, x + pad + sign / 2, y + sized.header / 2, sign, look.ink)
    for row in sized.rows:
        items += _row(row, place, look.ink, style)
    if box.badge:
        items += _badge(place, style)
    if box.signs:
        items += _signs(place, style)
    if box.findings:
        items += _findings(place, style)
    return items


def _rules(place: Place) -> tuple[Points, ...]:
    """Thin rules in the body: over the footer and the functions, and between head and deputies."""
    x, y, width, height, sized = place
    rules: list[Points] = []
    if sized.footer and height - sized.footer > sized.header:
        rule = y + height - sized.footer
        rules.append(((x, rule), (x + width, rule)))
    for down in sized.rules:
        rules.append(((x, y + down), (x + width, y + down)))
    if sized.split:
        middle = x + split_at(sized, width)
        rules.append(((middle, y + sized.header), (middle, y + sized.split_bottom)))
    return tuple(rules)


def _row(row: TextRow, place: Place, header_ink: str, style: Style) -> list[Item]:
    name, look = row.style, style.text[row.style]
    if name in ("name", "root", "tag"):
        ink = header_ink
    elif place.sized.box.ghost:
        ink = style.colour["pale"]
    elif name in ("post", "footer", "function", "unknown"):
        ink = style.colour["quiet"]
    else:
        ink = style.colour["vacant" if name == "vacant" else "ink"]
    x = round(place.x + row_x(row, place.sized, place.width, style), 1)
    top = place.y + row.top
    base = baseline(top, look.size, look.leading)
    items: list[Item] = []
    if row.struck:  # under the text and paler, so that it can still be read
        through = base - look.size * _STRIKE
        items.append(Lines((((x - 2, through), (x + row.width + 2, through)),), style.colour["strike"], _STRIKE_WIDTH))
    items.append(Text(x, base, row.text, look.face, look.size, ink, row.width))
    if row.marks:
        middle, step = top + look.leading / 2, mark_space(style)
        for number, mark in enumerate(row.marks, 1):
            centre = x + row.width + number * step - style.limits["mark"]
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


def _signs(place: Place, style: Style) -> list[Item]:
    """Short words on the upper edge, from the left corner on."""
    items: list[Item] = []
    x = place.x - 3
    for kind, words in place.sized.box.signs:
        look = style.text["sign"]
        wide = measure.width(words, look.face, look.size) + 4
        items += sign_label(x + wide / 2, place.y - 3, words, style.connectors[kind].colour, style)
        x += wide + 2
    return items


def _findings(place: Place, style: Style) -> list[Item]:
    """Numbered squares on the upper edge, up to the right corner."""
    findings = place.sized.box.findings
    step = 2 * style.limits["mark"] + 1
    # the middle stays free for the line from above
    room = max(int((place.width / 2 - step) // step), 1)
    shown = [str(number) for number in findings]
    if len(shown) > room:
        shown = [*shown[: room - 1], measure.ELLIPSIS]
    right = place.x + place.width + 4
    items: list[Item] = []
    for index, words in enumerate(reversed(shown)):
        items += finding_sign(right - (index + 0.5) * step, place.y - 3, words, style)
    return items


def connector_ways(chart: Chart, layout: Layout, style: Style) -> list[tuple[Connector, Points]]:
    """The connectors that are drawn, with their ways."""
    return [(connector, way.points) for connector, way in route(chart, layout, style).drawn]


def connector_colour(connector: Connector, style: Style) -> str:
    """A kind's own colour, or the person's."""
    return style.connectors[connector.kind].colour or person_colour(connector.mark, style)


def paint_connectors(chart: Chart, layout: Layout, style: Style, routed: Routed | None = None) -> list[Item]:
    """Connectors with their numbers and signs, on the ways of `routed` where these are found already."""
    items: list[Item] = []
    signs: list[Item] = []  # above all lines
    taken = _at_boxes(layout, style) if chart.connectors else []
    for connector, (way, *_) in (routed or route(chart, layout, style)).drawn:
        look = style.connectors[connector.kind]
        colour = connector_colour(connector, style)
        items.append(Lines((way,), colour, look.width, look.dash))
        items.append(Circle(*way[0], 2.4, colour))
        items.append(arrow_head(way[-2], way[-1], colour, style) if connector.arrow else Circle(*way[-1], 2.4, colour))
        if connector.mark or connector.sign:
            spot = _free_spot(way, taken)
            half = style.limits["mark"]
            taken.append(Rect(spot[0] - half, spot[1] - half, 2 * half, 2 * half))
            if connector.sign:
                signs += sign_label(*spot, connector.sign, colour, style)
            elif connector.kind == "concurrent":
                signs += mark_sign(*spot, connector.mark, style)
            else:
                signs += finding_sign(*spot, connector.mark, style)
    return items + signs


def _at_boxes(layout: Layout, style: Style) -> list[Rect]:
    """The signs and numbers on the upper edges of boxes."""
    placed = (
        item
        for place in layout.places.values()
        if place.sized.box.signs or place.sized.box.findings
        for item in (*_signs(place, style), *_findings(place, style))
    )
    return [item for item in placed if isinstance(item, Rect)]


def _free_spot(way: Points, taken: list[Rect]) -> tuple[float, float]:
    """Where on a way a sign hides no other: in the middle of its longest piece, if it can be."""
    pieces = sorted(pairwise(way), key=length, reverse=True)
    spots = [
        (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
        for a, b in pieces
        for share in (0.5, 0.3, 0.7, 0.15, 0.85)
    ]
    for x, y in spots:
        if not any(
            each.x - _ROOM < x < each.x + each.width + _ROOM and each.y - _ROOM < y < each.y + each.height + _ROOM
            for each in taken
        ):
            return x, y
    return spots[0]
