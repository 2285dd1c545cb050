"""How large each box is: its texts broken into lines and measured with the font."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from viz import measure
from viz.model import Box, Row
from viz.style import Style

BULLET = "– "  # ahead of a function; what has none is drawn as far in as the text after it


class TextRow(NamedTuple):
    """A line of text; `top` is its upper edge, in px below the box's top.

    `column` is 1 for what stands beside the head, else 0.
    """

    text: str
    style: str
    top: float
    width: float
    marks: tuple[int, ...] = ()
    column: int = 0
    struck: bool = False


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
    split: int = 0  # px from the left side to the rule between head and deputies; 0: one column
    split_bottom: int = 0  # where that rule ends, in px below the box's top
    rules: list[int] = field(default_factory=list)  # rules across the body, in px below the box's top


def mark_space(style: Style) -> float:
    """Width that one numbered mark takes beside a text."""
    return 2 * style.limits["mark"] + 3


def row_x(row: TextRow, sized: SizedBox, width: float, style: Style) -> float:
    """Left end of a row's text, in px from the left side of its box, which is drawn `width` px wide."""
    pad = style.box["pad_x"]
    if row.style == "function":
        return pad if row.text.startswith(BULLET) else pad + _width(BULLET, "function", style)
    left, room = 0.0, width
    if row.style in ("name", "root", "tag"):
        # centred in the box where that leaves the sign free, else in what is beside the sign
        free = sized.header_left + pad
        if (room - row.width) / 2 < free:
            left, room = free - pad, room - free + pad
    elif sized.split and row.top < sized.split_bottom:
        rule = split_at(sized, width)
        left, room = (rule, width - rule) if row.column else (0.0, rule)
    return left + (room - row.width - len(row.marks) * mark_space(style)) / 2


def split_at(sized: SizedBox, width: float) -> float:
    """Where the rule between head and deputies is in a box drawn `width` px wide."""
    return round(sized.split + (width - sized.width) / 2)


def size_box(box: Box, style: Style) -> SizedBox:
    """Break and measure the texts of a box. Takes time in proportion to its text."""
    dims, limit = style.box, style.box["text_width"]
    pad_x, pad_y = dims["pad_x"], dims["pad_y"]
    symbol = style.look(box.look).symbol != "none"
    left = dims["symbol"] + dims["symbol_gap"] if symbol else 0.0
    rows: list[TextRow] = []

    top = pad_y - 1
    name, room = ("root", dims["root_width"]) if box.depth == 0 else ("name", limit)
    if box.beside and box.rows:
        room = 2 * limit  # the body is two columns wide
    top, widest = _add(rows, box.name, name, top, room, style, struck=box.ghost)
    if box.tag:
        top, wide = _add(rows, box.tag, "tag", top, room, style)
        widest = max(widest, wide)
    header = math.ceil(top + pad_y - 1)
    sized = SizedBox(box, 0, 0, header, 0, rows, left)
    widest = _add_body(sized, widest + left, style)
    body = sized.height
    if box.footer:
        top, wide = _add(rows, box.footer, "footer", body + 3, max(limit, widest), style)
        widest = max(widest, wide)
        sized.footer = math.ceil(top + 3) - body
        sized.height += sized.footer
    if box.badge:
        sized.badge_width = math.ceil(_width(box.badge, "badge", style) + 2 * pad_x)
    step = dims["width_step"]
    width = math.ceil(max(widest + 2 * pad_x, sized.badge_width, dims["least_width"]) / step) * step
    if sized.split:
        needed = sized.width
        sized.split += int(width - needed) // 2
    sized.width = int(width)
    return sized


def _add_body(sized: SizedBox, widest: float, style: Style) -> float:
    """Add the people and what is below them, set the height so far and return the widest line.

    With people beside the head the width that the two columns need is left in `width`.
    """
    box, rows = sized.box, sized.rows
    pad_x, pad_y = style.box["pad_x"], style.box["pad_y"]
    functions = [row for row in box.rows if row.style == "function"]
    people = [row for row in box.rows if row.style != "function"] if functions else box.rows
    beside = box.beside
    if not people:
        people, beside = beside, []
    top = float(sized.header)
    if people:
        first = len(rows)
        bottom, wide = _add_people(rows, people, top + pad_y, 0, style)
        if beside:
            second = len(rows)
            lowest, wider = _add_people(rows, beside, top + pad_y, 1, style)
            # the shorter column at half the height of the longer one
            down = math.floor(abs(lowest - bottom) / 2)
            short = slice(first, second) if lowest > bottom else slice(second, None)
            rows[short] = [row._replace(top=row.top + down) for row in rows[short]]
            bottom = max(bottom, lowest)
            sized.split = math.ceil(wide + 2 * pad_x)
            sized.split_bottom = math.ceil(bottom + pad_y)
            sized.width = sized.split + math.ceil(wider + 2 * pad_x)
            wide = sized.width - 2 * pad_x
        widest = max(widest, wide)
        top = bottom + pad_y
    if functions:
        if people:
            sized.rules.append(math.ceil(top))
        inset = _width(BULLET, "function", style)
        room = max(style.box["function_width"], widest) - inset
        top = math.ceil(top) + pad_y
        for row in functions:
            first = len(rows)
            words = row.text.removeprefix(BULLET)
            top, wide = _add(rows, words, row.style, top, room, style, row.marks, 0, row.struck)
            if words != row.text:
                line = rows[first]
                rows[first] = line._replace(text=BULLET + line.text, width=line.width + inset)
            widest = max(widest, wide + inset)
        top += pad_y
    sized.height = math.ceil(top)
    return widest


def _add_people(
    rows: list[TextRow], people: Iterable[Row], top: float, column: int, style: Style
) -> tuple[float, float]:
    """Append the rows of a column from `top` on; returns the y below them and the widest line."""
    widest, gap, limit = 0.0, style.box["person_gap"], style.box["text_width"]
    for index, row in enumerate(people):
        if index and row.style != "post":
            top += gap
        top, wide = _add(rows, row.text, row.style, top, limit, style, row.marks, column, row.struck)
        if wide > widest:
            widest = wide
    return top, widest


def _width(text: str, name: str, style: Style) -> float:
    look = style.text[name]
    return measure.width(text, look.face, look.size)


def _add(
    rows: list[TextRow],
    text: str,
    kind: str,
    top: float,
    limit: float,
    style: Style,
    marks: tuple[int, ...] = (),
    column: int = 0,
    struck: bool = False,
) -> tuple[float, float]:
    """Append the lines of a text; returns the y below them and the widest line with its marks."""
    look = style.text[kind]
    face, size = look.face, look.size
    most = style.lines["name" if kind == "root" else kind]
    lines = measure.wrap(text, face, size, limit, most, kind != "function")
    widest = 0.0
    last = len(lines) - 1
    for number, line in enumerate(lines):
        wide = measure.width(line, face, size)
        shown = marks if number == last else ()
        rows.append(TextRow(line, kind, top, wide, shown, column, struck))
        if shown:
            wide += len(shown) * mark_space(style)
        if wide > widest:
            widest = wide
        top += look.leading
    return top, widest
