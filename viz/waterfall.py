"""A score as a waterfall: from a base, step by step, to the total; as text and as a small picture.

The steps are numbers that add up: `base` plus all amounts is the total.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from textwrap import wrap as wrap_text
from typing import NamedTuple

from graph.errors import UserError
from viz.drawing import Drawing, Lines, Rect, Text, baseline

FORMATS = ("svg", "png")

_WIDTH = 760.0
_EDGE = 20.0
_NAMES = 250.0  # where the bars begin
_ROW = 26.0
_DETAIL = 14.0
_UP, _DOWN, _TOTAL, _RULE, _INK, _GREY = "#2f7d4f", "#b5483a", "#35506e", "#c9ced6", "#1c2430", "#5d6775"


class Step(NamedTuple):
    """One contribution: what it is, how much it adds (or takes away), and what it is made of."""

    label: str
    amount: float
    detail: str = ""


@dataclass(frozen=True)
class Waterfall:
    """What is drawn. `note` stands behind the total, e.g. the probability that it means."""

    title: str
    base_label: str
    base: float
    steps: tuple[Step, ...]
    total_label: str
    note: str = ""
    subtitle: tuple[str, ...] = ()
    lang: str = "vi"

    @property
    def total(self) -> float:
        """The base with all steps."""
        return self.base + sum(step.amount for step in self.steps)

    def number(self, value: float, *, sign: bool = True) -> str:
        """Two decimals, with a comma in Vietnamese and a true minus."""
        text = f"{value:+.2f}" if sign else f"{value:.2f}"
        return (text.replace(".", ",") if self.lang == "vi" else text).replace("-", "−")


def as_text(fall: Waterfall, width: int = 100) -> str:
    """Lines with a bar each, for a terminal of the width."""
    rows = [Step(fall.base_label, fall.base), *fall.steps]
    names = max(len(row.label) for row in [*rows, Step(fall.total_label, 0)])
    longest = max([abs(row.amount) for row in rows] + [1e-9])
    room = max(8, min(40, width - names - 14))
    lines = [fall.title, *(f"  {line}" for line in fall.subtitle), ""]
    for row in rows:
        bar = ("█" if row.amount >= 0 else "░") * round(abs(row.amount) / longest * room)
        lines.append(f"  {row.label:<{names}}  {fall.number(row.amount):>7}  {bar}".rstrip())
        indent = " " * (names + 13)
        lines += wrap_text(row.detail, width, initial_indent=indent, subsequent_indent=indent)
    lines.append(f"  {'─' * (names + 9)}")
    lines.append(f"  {fall.total_label:<{names}}  {fall.number(fall.total):>7}  {fall.note}".rstrip())
    return "\n".join(lines) + "\n"


def render(fall: Waterfall, fmt: str, on: dt.date) -> bytes:
    """The picture as the bytes of a file. Raises UserError for a format other than svg and png."""
    from viz.page import page_for

    if fmt not in FORMATS:
        raise UserError(f"unknown picture format {fmt!r}", f"allowed: {', '.join(FORMATS)}")
    drawing = draw(fall, on)
    page = page_for(drawing, "chart")
    if fmt == "svg":
        from viz.svg import write_svg

        return write_svg(drawing, page).encode("utf-8")
    from viz.png import write_png

    return write_png(drawing, page)


def draw(fall: Waterfall, on: dt.date) -> Drawing:
    """Each step as a bar that begins where the last one ended; details in small letters below."""
    drawing = Drawing(_WIDTH, 0, fall.title, " ".join(fall.subtitle), fall.lang, on)
    top = _EDGE
    for line in _lines(fall.title, "bold", 15, _WIDTH - 2 * _EDGE, 2):
        top = _text(drawing, _EDGE, top, line, "bold", 15, _INK)
    for each in fall.subtitle:
        for line in _lines(each, "regular", 11, _WIDTH - 2 * _EDGE, 3):
            top = _text(drawing, _EDGE, top, line, "regular", 11, _GREY)
    top += 10
    levels = [0.0, fall.base]
    for step in fall.steps:
        levels.append(levels[-1] + step.amount)
    low, high = min(levels), max(levels)
    scale = (_WIDTH - _NAMES - _EDGE - 70) / max(high - low, 1e-9)

    def x(value: float) -> float:
        return _NAMES + 30 + (value - low) * scale

    first = top
    for step, before, after in zip(
        (Step(fall.base_label, fall.base), *fall.steps), levels[:-1], levels[1:], strict=True
    ):
        colour = _TOTAL if step.label == fall.base_label else _UP if step.amount >= 0 else _DOWN
        top = _bar(drawing, top, fall, step, (x(before), x(after)), colour)
    drawing.items.insert(0, Lines((((x(0), first), (x(0), top + _ROW)),), _RULE))
    drawing.items.append(Lines((((_EDGE, top + 1), (_WIDTH - _EDGE, top + 1)),), _RULE))
    top = _bar(drawing, top + 4, fall, Step(fall.total_label, fall.total, fall.note), (x(0), x(fall.total)), _TOTAL)
    drawing.height = top + _EDGE / 2
    drawing.items.insert(0, Rect(0, 0, _WIDTH, drawing.height, "#ffffff"))
    return drawing


def _bar(drawing: Drawing, top: float, fall: Waterfall, step: Step, ends: tuple[float, float], colour: str) -> float:
    """One row; returns where the next begins."""
    left, right = min(ends), max(ends)
    face = "bold" if colour == _TOTAL else "regular"
    lines = _lines(step.label, face, 12, _NAMES - _EDGE - 4, 2)
    row = top
    for line in lines:
        _text(drawing, _EDGE, row, line, face, 12, _INK, leading=_ROW if len(lines) == 1 else 17)
        row += 17
    drawing.items.append(Rect(left, top + 5, max(right - left, 1.0), _ROW - 10, colour, radius=1.5))
    _text(drawing, right + 6, top, fall.number(step.amount), "regular", 11, _INK, leading=_ROW)
    bottom = max(top + _ROW, row + 2 if len(lines) > 1 else 0)
    for line in _lines(step.detail, "regular", 10, _WIDTH - _NAMES - _EDGE, 4) if step.detail else ():
        _text(drawing, _NAMES, bottom - 4, line, "regular", 10, _GREY, leading=_DETAIL)
        bottom += _DETAIL
    return bottom


def _lines(text: str, face: str, size: float, limit: float, most: int) -> tuple[str, ...]:
    from viz.measure import clean, wrap

    return wrap(clean(text), face, size, limit, most)


def _text(
    drawing: Drawing, x: float, top: float, text: str, face: str, size: float, fill: str, leading: float = 0
) -> float:
    from viz.measure import clean, width

    leading = leading or size * 1.45
    run = clean(text)
    drawing.items.append(Text(x, baseline(top, size, leading), run, face, size, fill, width(run, face, size)))
    return top + leading
