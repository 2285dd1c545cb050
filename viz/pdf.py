"""Drawings as PDF: vector shapes and selectable text in embedded subsets of the fonts."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from viz import fonts
from viz.drawing import Circle, Drawing, Item, Lines, Polygon, Rect, Text
from viz.page import Page
from viz.sheet import Sheet

if TYPE_CHECKING:
    from fpdf import FPDF

_PT = 0.75  # points in a px
_LONGEST = 14_400.0  # points; readers refuse longer pages


class Bookmark(NamedTuple):
    """An entry of the outline: `page` from 1, `level` from 0, at most one more than the entry's before."""

    title: str
    page: int
    level: int = 0


def pdf(sheet: Sheet) -> bytes:
    """The PDF file of a chart; tables that have pages of their own follow."""
    following = [(drawing, Page(drawing.width, drawing.height, 1.0, 0.0, 0.0)) for drawing in sheet.after]
    return write_pages([(sheet.drawing, sheet.page), *following])


def write_pages(pages: Sequence[tuple[Drawing, Page]], outline: Sequence[Bookmark] = ()) -> bytes:
    """One PDF of all pages, each with the links of its drawing; the fonts are embedded once.

    Title, subject, language and date are those of the first page's drawing; the creation date is
    the date of the data, so that the same pages give the same bytes. Pages are labelled 1, 2, 3 …
    """
    from fpdf import FPDF

    logging.getLogger("fontTools.subset").setLevel(logging.WARNING)
    pdf = FPDF(unit="pt")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    first = pages[0][0]
    pdf.set_title(first.title)
    pdf.set_subject(first.description)
    pdf.set_creator("bomay")
    pdf.set_lang(first.language)
    pdf.set_creation_date(dt.datetime.combine(first.date, dt.time(), dt.UTC))
    for face in fonts.FACES:
        pdf.add_font(f"chart-{face}", fname=fonts.path(face))
    marks: dict[int, list[Bookmark]] = {}
    for mark in outline:
        marks.setdefault(mark.page, []).append(mark)
    targets = {link.target for drawing, _ in pages for link in drawing.links}
    links: dict[int, int] = {}
    painter = _Painter(pdf)
    for number, (drawing, page) in enumerate(pages, 1):
        shrink = min(1.0, _LONGEST / (max(page.width, page.height) * _PT))
        scale = _PT * shrink
        pdf.add_page(format=(page.width * scale, page.height * scale))
        if number == 1:
            pdf.set_page_label("D", label_start=1)
            links = {target: pdf.add_link(page=target) for target in sorted(targets)}
        for mark in marks.get(number, ()):
            pdf.start_section(mark.title, mark.level)
        painter.place(page.scale * scale, page.x * scale, page.y * scale)
        for item in drawing.items:
            painter.paint(item)
        for link in drawing.links:
            painter.link(link.x, link.y, link.width, link.height, links[link.target])
    return bytes(pdf.output())


class _Painter:
    """Draws items with one scale and offset, both in points, and sets only what has changed."""

    def __init__(self, pdf: FPDF) -> None:
        self.pdf = pdf
        self.scale, self.dx, self.dy = 1.0, 0.0, 0.0
        self.fill = self.ink = self.stroke = ""
        self.width = -1.0
        self.font: tuple[str, float] = ("", 0.0)
        self.dashed = False

    def place(self, scale: float, dx: float, dy: float) -> None:
        """Scale and offset of the items to come, on a new page."""
        self.scale, self.dx, self.dy = scale, dx, dy
        self.font = ("", 0.0)

    def paint(self, item: Item) -> None:
        scale = self.scale
        if isinstance(item, Text):
            if item.fill != self.ink:
                self.ink = item.fill
                self.pdf.set_text_color(*_rgb(item.fill))
            self.colour(item.fill)  # text of the fill's colour needs no colour of its own
            if (item.face, item.size) != self.font:
                self.font = (item.face, item.size)
                self.pdf.set_font(f"chart-{item.face}", size=item.size * scale)
            self.pdf.text(self.dx + item.x * scale, self.dy + item.y * scale, item.text)
        elif isinstance(item, Rect):
            self.rect(item)
        elif isinstance(item, Lines):
            self.lines(item)
        elif isinstance(item, Polygon):
            self.colour(item.fill)
            self.pdf.polygon([(self.dx + x * scale, self.dy + y * scale) for x, y in item.points], style="F")
        else:
            self.circle(item)

    def rect(self, item: Rect) -> None:
        style = ("F" if item.fill else "") + ("D" if item.stroke else "")
        if item.fill:
            self.colour(item.fill)
        if item.stroke:
            self.pen(item.stroke, item.line)
            self.pattern(_dashes(item.dash)[0], item.line)
        scale = self.scale
        self.pdf.rect(
            self.dx + item.x * scale,
            self.dy + item.y * scale,
            item.width * scale,
            item.height * scale,
            style,
            round_corners=bool(item.radius),
            corner_radius=item.radius * scale,
        )

    def lines(self, item: Lines) -> None:
        self.pen(item.stroke, item.line)
        scale = self.scale
        for pattern in _dashes(item.dash):
            self.pattern(pattern, item.line)
            for path in item.paths:
                self.pdf.polyline([(self.dx + x * scale, self.dy + y * scale) for x, y in path])

    def circle(self, item: Circle) -> None:
        self.colour(item.fill)
        if item.stroke:
            self.pen(item.stroke, 1.0)
            self.pattern((0, 0, 0), 1.0)
        scale = self.scale
        x, y = self.dx + item.x * scale, self.dy + item.y * scale
        self.pdf.circle(x, y, item.radius * scale, "FD" if item.stroke else "F")

    def link(self, x: float, y: float, width: float, height: float, target: int) -> None:
        scale = self.scale
        self.pdf.link(self.dx + x * scale, self.dy + y * scale, width * scale, height * scale, target)

    def colour(self, fill: str) -> None:
        if fill != self.fill:
            self.fill = fill
            self.pdf.set_fill_color(*_rgb(fill))

    def pen(self, colour: str, width: float) -> None:
        if colour != self.stroke:
            self.stroke = colour
            self.pdf.set_draw_color(*_rgb(colour))
        if width * self.scale != self.width:
            self.width = width * self.scale
            self.pdf.set_line_width(self.width)

    def pattern(self, pattern: tuple[float, float, float], line: float) -> None:
        """Set the dashes; fpdf2's pen is square and makes each dash longer by the line's width."""
        dash, gap, phase = pattern
        if not dash and not self.dashed:
            return
        self.dashed = bool(dash)
        if dash:
            dash, gap, phase = max(dash - line, 0.05), gap + min(line, dash - 0.05), phase - line / 2
        self.pdf.set_dash_pattern(dash * self.scale, gap * self.scale, max(phase, 0) * self.scale)


@lru_cache(maxsize=64)
def _dashes(dash: tuple[float, ...]) -> list[tuple[float, float, float]]:
    """Patterns of one dash and one gap (with phase) that, drawn over each other, give the dashes."""
    if not dash:
        return [(0, 0, 0)]
    period = sum(dash)
    starts = [sum(dash[:index]) for index in range(0, len(dash), 2)]
    return [(long, period - long, (period - start) % period) for long, start in zip(dash[::2], starts, strict=True)]


@lru_cache(maxsize=256)
def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
