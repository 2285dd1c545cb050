"""How large each box is: its texts broken into lines and measured with the font."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from viz import measure
from viz.model import Box
from viz.style import Style


class TextRow(NamedTuple):
    """A line of text, centred; `top` is its upper edge, in px below the box's top."""

    text: str
    style: str
    top: float
    width: float
    marks: tuple[int, ...] = ()


@dataclass(slots=True)
class SizedBox:
    """A box with its size in px; header and footer are the heights of these bands (0: none)."""

    box: Box
    width: int
    height: int
    header: int
    footer: int
    rows: list[TextRow]
    header_left: float  # px at the header's left side that the system's sign takes
    badge_width: int = 0


def mark_space(style: Style) -> float:
    """Width that one numbered mark takes beside a text."""
    return 2 * style.limits["mark"] + 3


def size_box(box: Box, style: Style) -> SizedBox:
    """Break and measure the texts of a box. Takes time in proportion to its text."""
    dims, limit = style.box, style.box["text_width"]
    pad_x, pad_y = dims["pad_x"], dims["pad_y"]
    symbol = style.look(box.look).symbol != "none"
    left = dims["symbol"] + dims["symbol_gap"] if symbol else 0.0
    rows: list[TextRow] = []

    top = pad_y - 1
    name, room = ("root", dims["root_width"]) if box.depth == 0 else ("name", limit)
    top, widest = _add(rows, box.name, name, top, room, style.lines["name"], style)
    header = math.ceil(top + pad_y - 1)
    widest += left

    top = float(header)
    if box.rows:
        top += pad_y
        for index, row in enumerate(box.rows):
            if row.style == "person" and index:
                top += dims["person_gap"]
            top, wide = _add(rows, row.text, row.style, top, limit, style.lines[row.style], style, row.marks)
            widest = max(widest, wide)
        top += pad_y
    footer = 0
    body = math.ceil(top)
    if box.footer:
        top, wide = _add(rows, box.footer, "footer", body + 3, limit, 2, style)
        widest = max(widest, wide)
        footer = math.ceil(top + 3) - body
    badge = 0
    if box.badge:
        badge = math.ceil(_width(box.badge, "badge", style) + 2 * pad_x)
    step = dims["width_step"]
    width = math.ceil(max(widest + 2 * pad_x, badge, dims["least_width"]) / step) * step
    return SizedBox(box, int(width), body + footer, header, footer, rows, left, badge)


def _width(text: str, name: str, style: Style) -> float:
    look = style.text[name]
    return measure.width(text, look.face, look.size)


def _add(
    rows: list[TextRow],
    text: str,
    name: str,
    top: float,
    limit: float,
    most: int,
    style: Style,
    marks: tuple[int, ...] = (),
) -> tuple[float, float]:
    """Append the lines of a text; returns the y below them and the widest line with its marks."""
    look = style.text[name]
    beside = len(marks) * mark_space(style)
    widest = 0.0
    lines = measure.wrap(text, look.face, look.size, limit, most)
    for number, line in enumerate(lines, 1):
        shown = marks if number == len(lines) else ()
        wide = measure.width(line, look.face, look.size)
        widest = max(widest, wide + (beside if shown else 0))
        rows.append(TextRow(line, name, top, wide, shown))
        top += look.leading
    return top, widest
