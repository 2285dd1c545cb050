"""A chart as a Word report: the picture on a page across, the legend in words, tables, sources.

The picture is drawn by the PNG writer; everything else is Word's own: headings, tables with header
rows that are repeated, a language for the spelling check, texts for those who cannot see the picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from viz import fonts, measure
from viz.drawing import Drawing, Item, Rect
from viz.exports.docx_parts import cell, ink, page_field, sample, set_fonts, set_section, table_element
from viz.exports.office import FALLBACK, LANGUAGES, describe, office, same_bytes, tables
from viz.exports.pages import ChartPage, chart_pages, room
from viz.exports.text import plain
from viz.marks import person_colour
from viz.model import Entry, Table
from viz.page import PAPER, PX_PER_MM, Page
from viz.paint import paint_box, paint_connectors, paint_tree
from viz.png import write_png
from viz.sheet import Sheet

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_MARGIN = 15.0  # mm
_HEAD = 34.0  # mm that the report's head or a chart's title takes
_SAMPLE = 9.0  # mm of the column with a row's number or colour
_UPRIGHT_COLUMNS = 5  # tables with more are on pages across
_DPI = 220.0  # of the pictures at their size on the page
_AROUND = 12.0  # px left free around the boxes, for the signs on their edges
_ROUNDED = 3 * _AROUND  # px that it takes on the page at any scale
_EMU_PER_MM = 36_000


def docx(sheet: Sheet) -> bytes:
    """The DOCX file of a chart.

    Raises:
        UserError: python-docx is not installed.
    """
    document: Document = office("docx").Document()
    _Report(document, sheet).write()
    out = BytesIO()
    document.save(out)
    return same_bytes(out.getvalue())


@dataclass
class _Report:
    document: Document
    sheet: Sheet

    def write(self) -> None:
        sheet, chart, labels = self.sheet, self.sheet.chart, self.sheet.labels
        set_fonts(self.document, fonts.FAMILY, FALLBACK, LANGUAGES.get(labels.lang, labels.lang))
        describe(self.document.core_properties, chart, sheet.on, labels.lang)
        long, short = self._paper()
        set_section(self.document.sections[0], long, short, _MARGIN)
        self._footer()
        self._head()
        self._charts(long, short)
        self._legend()
        listed = tables(chart, labels)
        across = [table for table in listed if len(table.columns) > _UPRIGHT_COLUMNS]
        if across:
            self._section(PAPER["A4"], across)
        self._section(PAPER["A4"][::-1], [table for table in listed if table not in across])
        self._sources()

    # the first section, across

    def _paper(self) -> tuple[float, float]:
        """A4 or A3 as asked for; without a wish A4 where the chart can be read on it."""
        for name in ("A4", "A3"):
            width, height = self._space(*PAPER[name])
            space = room(width, height, self.sheet.style)
            layout = self.sheet.layout
            fits = min(space.width / layout.width, space.height / layout.height) >= space.whole
            if self.sheet.page.mm:
                if max(self.sheet.page.mm) == PAPER[name][0]:
                    return PAPER[name]
            elif fits:
                return PAPER[name]
        return PAPER["A3"]

    def _space(self, long: float, short: float) -> tuple[float, float]:
        """Width and height in px that a picture can take."""
        taken = 2 * _MARGIN + _HEAD + self._legend_height(long)
        return (long - 2 * _MARGIN) * PX_PER_MM - _ROUNDED, (short - taken) * PX_PER_MM - _ROUNDED

    def _head(self) -> None:
        chart = self.sheet.chart
        self.document.add_paragraph(plain(chart.title), style="Title")
        for text, style in ((chart.subtitle, "Subtitle"), (chart.summary, "Normal")):
            if text:
                paragraph = self.document.add_paragraph(plain(text), style=style)
                paragraph.paragraph_format.keep_with_next = True

    def _charts(self, long: float, short: float) -> None:
        width, height = self._space(long, short)
        space = room(width, height, self.sheet.style)
        pages = chart_pages(self.sheet, space, space)
        for number, page in enumerate(pages):
            if page.title:
                heading = self.document.add_heading(plain(page.title), 1)
                heading.paragraph_format.page_break_before = number > 0
            self._picture(page)

    def _picture(self, page: ChartPage) -> None:
        sheet, chart = self.sheet, self.sheet.chart
        drawing = tree_drawing(page, sheet)
        # the PNG writer makes two pixels of a px, which is 1/96 inch
        zoom = _DPI / 96 / 2 * page.scale
        zoomed = Page(drawing.width * zoom, drawing.height * zoom, zoom, 0.0, 0.0)
        picture = BytesIO(write_png(drawing, zoomed))
        width = round(drawing.width * page.scale / PX_PER_MM * _EMU_PER_MM)
        shape = self.document.add_picture(picture, width=width)
        paragraph = self.document.paragraphs[-1]
        paragraph.alignment = 1  # centred
        title, count = plain(page.title or chart.title), len(page.chart.boxes)
        properties = shape._inline.docPr
        properties.set("name", title)
        properties.set("descr", sheet.labels("picture", title=title, n=count, subtitle=plain(chart.subtitle)))

    def _legend(self) -> None:
        """The signs in one flow, then lists with an entry a line."""
        legend, labels = self.sheet.chart.legend, self.sheet.labels
        if legend.signs:
            paragraph = self.document.add_paragraph()
            paragraph.add_run(f"{labels('legend')}: ").bold = True
            for number, entry in enumerate(legend.signs):
                if number:
                    paragraph.add_run("  ·  ")
                self._sample(paragraph, entry)
                paragraph.add_run(plain(entry.text))
        for title, listed in legend.lists:
            heading = self.document.add_paragraph()
            heading.add_run(plain(title)).bold = True
            heading.paragraph_format.keep_with_next = True
            for entry in listed:
                paragraph = self.document.add_paragraph()
                paragraph.paragraph_format.space_after = 0
                self._sample(paragraph, entry)
                paragraph.add_run(plain(entry.text))

    def _sample(self, paragraph: Paragraph, entry: Entry) -> None:
        """What an entry explains, ahead of its text."""
        style = self.sheet.style
        kind, _, key = entry.sample.partition(":")
        if kind in style.palettes:
            look = style.look(entry.sample)
            paragraph._p.append(sample(look.fill, look.edge))
        elif kind == "border":
            paragraph._p.append(sample("", style.colour["ink"], dashed=True))
        elif kind in ("connector", "sign"):
            name, _, sign = key.partition(":")
            colour = style.connectors[name].colour or style.people[0]
            ink(paragraph.add_run(plain(sign) or "- - -"), colour)
        elif kind == "mark":
            ink(paragraph.add_run(f"({key})"), person_colour(int(key), style))
        elif kind == "finding":
            ink(paragraph.add_run(f"[{key}]"), style.colour["finding"])
        if entry.sample:
            paragraph.add_run("\u00a0")

    def _legend_height(self, long: float) -> float:
        """How many mm the signs will take; lists may go over to the next page."""
        look = self.sheet.style.text["legend"]
        wide = sum(
            measure.width(measure.clean(entry.text), look.face, 14) + 60 for entry in self.sheet.chart.legend.signs
        )
        return 6.5 * (math.ceil(wide / ((long - 2 * _MARGIN) * PX_PER_MM)) + 1)

    # the sections after it

    def _section(self, paper: tuple[float, float], listed: list[Table]) -> None:
        margin = _MARGIN + 5
        set_section(self.document.add_section(), *paper, margin)
        for table in listed:
            self._table(table, paper[0] - 2 * margin)

    def _table(self, table: Table, width: float) -> None:
        self.document.add_heading(plain(table.title), 1)
        style = self.sheet.style
        marked = any(row.sample for row in table.rows)
        shares = table.shares or tuple(1 / len(table.columns) for _ in table.columns)
        ahead = [_SAMPLE] if marked else []
        widths = ahead + [share / sum(shares) * (width - sum(ahead)) for share in shares]
        rows = []
        for row in table.rows:
            cells = [cell(plain(text)) for text in row.cells]
            if marked:
                kind, _, key = row.sample.partition(":")
                look = style.look(row.sample) if kind in style.palettes else None
                cells.insert(0, cell("" if look else key, fill=look.fill if look else "", bold=True, centred=True))
            rows.append(cells)
        columns = [*([""] if marked else []), *map(plain, table.columns)]
        self._append(table_element(columns, rows, widths))
        if table.note:
            self.document.add_paragraph(plain(table.note), style="Caption")

    def _sources(self) -> None:
        chart, labels = self.sheet.chart, self.sheet.labels
        notes = [entry.text for entry in chart.legend.signs if not entry.sample]
        if not chart.source and not notes:
            return
        self.document.add_heading(labels("chart_notes"), 1)
        for text in (chart.source, *notes):
            if text:
                self.document.add_paragraph(plain(text))

    def _append(self, element: Any) -> None:
        """A table, and a paragraph, which Word wants between two tables and at the end."""
        self.document.element.body.insert(len(self.document.element.body) - 1, element)
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = 0

    def _footer(self) -> None:
        chart = self.sheet.chart
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.text = " · ".join(plain(text) for text in (chart.title, chart.subtitle) if text) + " · "
        page_field(paragraph)


def tree_drawing(page: ChartPage, sheet: Sheet) -> Drawing:
    """The boxes and lines of a page, without title and legend."""
    style = sheet.style
    placed = page.layout.moved(_AROUND, _AROUND)
    items: list[Item] = [*paint_tree(placed, style)]
    for place in placed.places.values():
        items += paint_box(place, style)
    items += paint_connectors(page.chart, placed, style)
    width, height = placed.width + 2 * _AROUND, placed.height + 2 * _AROUND
    paper: Item = Rect(0, 0, width, height, style.colour["paper"])
    chart = sheet.chart
    return Drawing(width, height, chart.title, chart.subtitle, sheet.labels.lang, sheet.on, [paper, *items])
