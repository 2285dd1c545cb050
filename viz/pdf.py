"""A drawing as PDF: vector shapes and selectable text in an embedded subset of the font."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from viz import fonts
from viz.drawing import Circle, Drawing, Item, Lines, Polygon, Rect, Text
from viz.page import Page
from viz.sheet import Sheet

if TYPE_CHECKING:
    from fpdf import FPDF

_PT = 0.75  # points in a px
_LONGEST = 14_400.0  # points; readers refuse longer pages


def pdf(sheet: Sheet) -> bytes:
    """The PDF file of a chart."""
    return write_pdf(sheet.drawing, sheet.page)


def write_pdf(drawing: Drawing, page: Page) -> bytes:
    """The PDF, one page. Its creation date is the date of the data, so that bytes do not change."""
    from fpdf import FPDF

    logging.getLogger("fontTools.subset").setLevel(logging.WARNING)
    shrink = min(1.0, _LONGEST / (max(page.width, page.height) * _PT))
    size = (page.width * _PT * shrink, page.height * _PT * shrink)
    pdf = FPDF(unit="pt", format=size)
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_title(drawing.title)
    pdf.set_subject(drawing.description)
    pdf.set_creator("bomay")
    pdf.set_lang(drawing.language)
    pdf.set_creation_date(dt.datetime.combine(drawing.date, dt.time(), dt.UTC))
    for face in fonts.FACES:
        pdf.add_font(f"chart-{face}", fname=fonts.path(face))
    pdf.add_page()
    scale = _PT * shrink
    painter = _Painter(pdf, page.scale * scale, page.x * scale, page.y * scale)
    for item in drawing.items:
        painter.paint(item)
    return bytes(pdf.output())


class _Painter:
    """Draws items with one scale and offset, both in points."""

    def __init__(self, pdf: FPDF, scale: float, dx: float, dy: float) -> None:
        self.pdf, self.scale, self.dx, self.dy = pdf, scale, dx, dy

    def paint(self, item: Item) -> None:
        if isinstance(item, Text):
            self.pdf.set_text_color(*_rgb(item.fill))
            self.pdf.set_fill_color(*_rgb(item.fill))
            self.pdf.set_font(f"chart-{item.face}", size=item.size * self.scale)
            self.pdf.text(self.x(item.x), self.y(item.y), item.text)
        elif isinstance(item, Rect):
            self.rect(item)
        elif isinstance(item, Lines):
            self.lines(item)
        elif isinstance(item, Polygon):
            self.pdf.set_fill_color(*_rgb(item.fill))
            self.pdf.polygon([(self.x(x), self.y(y)) for x, y in item.points], style="F")
        else:
            self.circle(item)

    def x(self, x: float) -> float:
        return self.dx + x * self.scale

    def y(self, y: float) -> float:
        return self.dy + y * self.scale

    def rect(self, item: Rect) -> None:
        style = ("F" if item.fill else "") + ("D" if item.stroke else "")
        if item.fill:
            self.pdf.set_fill_color(*_rgb(item.fill))
        if item.stroke:
            self.pen(item.stroke, item.line)
            self.pattern(_dashes(item.dash)[0], item.line)
        self.pdf.rect(
            self.x(item.x),
            self.y(item.y),
            item.width * self.scale,
            item.height * self.scale,
            style,
            round_corners=bool(item.radius),
            corner_radius=item.radius * self.scale,
        )
        self.pattern((0, 0, 0), 0)

    def lines(self, item: Lines) -> None:
        self.pen(item.stroke, item.line)
        for pattern in _dashes(item.dash):
            self.pattern(pattern, item.line)
            for path in item.paths:
                self.pdf.polyline([(self.x(x), self.y(y)) for x, y in path])
        self.pattern((0, 0, 0), 0)

    def circle(self, item: Circle) -> None:
        self.pdf.set_fill_color(*_rgb(item.fill))
        if item.stroke:
            self.pen(item.stroke, 1.0)
        self.pdf.circle(self.x(item.x), self.y(item.y), item.radius * self.scale, "FD" if item.stroke else "F")

    def pen(self, colour: str, width: float) -> None:
        self.pdf.set_draw_color(*_rgb(colour))
        self.pdf.set_line_width(width * self.scale)

    def pattern(self, pattern: tuple[float, float, float], line: float) -> None:
        """Set the dashes; fpdf2's pen is square and makes each dash longer by the line's width."""
        dash, gap, phase = pattern
        if dash:
            dash, gap, phase = max(dash - line, 0.05), gap + min(line, dash - 0.05), phase - line / 2
        self.pdf.set_dash_pattern(dash * self.scale, gap * self.scale, max(phase, 0) * self.scale)


def _dashes(dash: tuple[float, ...]) -> list[tuple[float, float, float]]:
    """Patterns of one dash and one gap (with phase) that, drawn over each other, give the dashes."""
    if not dash:
        return [(0, 0, 0)]
    period = sum(dash)
    starts = [sum(dash[:index]) for index in range(0, len(dash), 2)]
    return [(long, period - long, (period - start) % period) for long, start in zip(dash[::2], starts, strict=True)]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
