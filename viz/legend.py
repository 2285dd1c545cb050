"""The legend under the tree: a flow of signs, then lists in columns."""

from __future__ import annotations

from viz import measure
from viz.drawing import Item, Lines, Rect
from viz.marks import arrow_head, finding_sign, mark_sign, sign_label, text
from viz.model import Entry, Legend
from viz.style import Style
from viz.symbols import symbol

_SAMPLE = 24.0  # width of a sample, px
_SPACE = 22.0  # between entries of the flow
_COLUMN = 460.0  # width of a list's column, where the page has room for more than one
_GUTTER = 24.0
_ARROWS = ("merged", "split", "moved")  # connectors that say what became of a unit
_GONE = ("change:ended", "change:absorbed")  # drawn with the dashed edge of units that are no more


def paint_legend(
    legend: Legend, heading: str, x: float, y: float, width: float, style: Style
) -> tuple[list[Item], float]:
    """Items of the legend from (x, y) on, and its height in px; never wider than `width`."""
    leading = style.text["legend"].leading
    items: list[Item] = []
    top = y
    if legend.signs:
        items.append(text(x, top, heading, "legend_head", style, style.colour["ink"]))
        top += style.text["legend_head"].leading + 4
        placed, top = _flow(legend.signs, x, top, width, style)
        items += placed
    for title, entries in legend.lists:
        top += 8
        items.append(text(x, top, title, "legend_head", style, style.colour["ink"]))
        top += style.text["legend_head"].leading + 2
        columns = max(1, min(int((width + _GUTTER) // (_COLUMN + _GUTTER)), len(entries)))
        room = (width - _GUTTER * (columns - 1)) / columns
        per = -(-len(entries) // columns)
        lowest = top
        for column in range(columns):
            below = top
            for entry in entries[column * per : (column + 1) * per]:
                left = x + column * (room + _GUTTER)
                placed, below = _entry(entry, left, below, room, style)
                items += placed
            lowest = max(lowest, below)
        top = lowest
    return items, top - y + (leading / 4 if items else 0)


def _flow(signs: list[Entry], x: float, top: float, width: float, style: Style) -> tuple[list[Item], float]:
    look = style.text["legend"]
    items: list[Item] = []
    line = look.leading + 5
    at = x
    for sign in signs:
        lead = _SAMPLE + 7 if sign.sample else 0
        words = measure.wrap(sign.text, look.face, look.size, width - lead, 1)[0]
        wide = lead + measure.width(words, look.face, look.size)
        if at > x and at + wide > x + width:
            at, top = x, top + line
        items += paint_sample(sign.sample, at, top + look.leading / 2, style)
        items.append(text(at + lead, top, words, "legend", style, style.colour["ink"]))
        at += wide + _SPACE
    return items, top + line


def _entry(entry: Entry, x: float, top: float, room: float, style: Style) -> tuple[list[Item], float]:
    look = style.text["legend"]
    lead = 20.0 if entry.sample else 0.0
    items = paint_sample(entry.sample, x, top + look.leading / 2, style)
    for line in measure.wrap(entry.text, look.face, look.size, room - lead, style.lines["legend"], False):
        items.append(text(x + lead, top, line, "legend", style, style.colour["ink"]))
        top += look.leading
    return items, top + 2


def paint_sample(sample: str, x: float, y: float, style: Style) -> list[Item]:
    """What an entry explains (see model.Entry), at most `_SAMPLE` px wide around the height y."""
    kind, key, sign = (*sample.split(":", 2), "", "")[:3]
    if kind in style.palettes:
        look = style.look(f"{kind}:{key}")
        border = style.borders["ghost" if sample in _GONE else "solid"]
        box = Rect(x, y - 7, _SAMPLE, 14, look.fill, look.edge, border.width, border.dash)
        return [box, *symbol(look.symbol, x + _SAMPLE / 2, y, style.box["symbol"], look.ink)]
    if kind == "border":
        border = style.borders[key]
        return [Rect(x, y - 6, _SAMPLE, 12, style.colour["body"], style.colour["ink"], border.width, border.dash)]
    if kind == "connector":
        line = style.connectors[key]
        colour = line.colour or style.people[0]
        drawn: list[Item] = [Lines((((x, y), (x + _SAMPLE, y)),), colour, line.width, line.dash)]
        if key in _ARROWS:
            drawn.append(arrow_head((x, y), (x + _SAMPLE, y), colour, style))
        return drawn + (sign_label(x + _SAMPLE / 2, y, sign, colour, style) if sign else [])
    if kind == "sign":
        return sign_label(x + _SAMPLE / 2, y, sign, style.connectors[key].colour, style)
    if kind == "mark":
        return mark_sign(x + style.limits["mark"], y, int(key), style)
    if kind == "finding":
        return finding_sign(x + style.limits["mark"], y, key, style)
    return []
