"""A chart as PowerPoint slides of real shapes: groups of boxes, and elbow connectors glued to them.

A chart that cannot be read on one slide becomes an overview and a slide a branch; tables follow.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from viz import fonts, measure
from viz.book.page import moved
from viz.drawing import Item, Points, Text
from viz.exports.office import LANGUAGES, describe, office, same_bytes, tables
from viz.exports.pages import ChartPage, chart_pages, room
from viz.exports.pptx_box import PT, View, box_group, items_xml, point
from viz.exports.pptx_lines import Line, facing, joined
from viz.exports.pptx_parts import add_xml, prepare, table_slides, text_box
from viz.exports.pptx_shapes import EMU, Glue, Shapes
from viz.exports.text import connector_words, plain
from viz.legend import paint_legend
from viz.model import Connector, Legend, Table, TableRow
from viz.page import PX_PER_MM
from viz.paint import connector_colour, paint_connectors
from viz.routes import route
from viz.sheet import Sheet
from viz.side_list import with_side_list

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_SCREEN = (1280.0, 720.0)  # px: 13.33 by 7.5 inches
_EDGE = 30.0  # px from the edge of a slide
_HEAD, _FOOT, _GAP = 62.0, 20.0, 10.0
_LEGEND = 1.1  # scale of the legend: 8.7 pt
_WIDER = 1.2  # how much wider a title may be in another font
_TREE_LINE = 1.2  # px
_RAIL = 4  # ways of the tree with more points go over the upper end of a rail
_MOST_LEGEND = 0.3  # of the slide's height; longer lists go on slides of their own


def pptx(sheet: Sheet) -> bytes:
    """The PPTX file of a chart.

    Raises:
        UserError: python-pptx is not installed.
    """
    deck: Presentation = office("pptx").Presentation()
    _Deck(deck, sheet).write()
    out = BytesIO()
    deck.save(out)
    return same_bytes(out.getvalue())


class _Deck:
    def __init__(self, deck: Presentation, sheet: Sheet) -> None:
        self.deck, self.sheet, self.style, self.labels = deck, sheet, sheet.style, sheet.labels
        mm = sheet.page.mm
        self.width, self.height = (mm[0] * PX_PER_MM, mm[1] * PX_PER_MM) if mm else _SCREEN
        self.inner = self.width - 2 * _EDGE
        self.language = LANGUAGES.get(sheet.labels.lang, sheet.labels.lang)

    def write(self) -> None:
        """All slides: the chart, the lists of the legend that have no room under it, the tables."""
        sheet, chart = self.sheet, self.sheet.chart
        prepare(self.deck, self.width, self.height, fonts.FAMILY)
        describe(self.deck.core_properties, chart, sheet.on, sheet.labels.lang)
        legend, apart = self._legend()
        legends = (legend, replace(legend, lists=[]))  # on the first slide, and on the others
        top, bottom = _EDGE + _HEAD, self.height - _EDGE - _FOOT
        tops = [bottom - self._painted(each, 0.0)[1] for each in legends]
        first, others = (room(self.inner, each - top - 2 * _GAP, self.style) for each in tops)
        pages = chart_pages(sheet, first, others)
        following = [*apart, *chart.tables]
        for number, page in enumerate(pages, 1):
            slide = self._slide(page.title or chart.title, number)
            shapes = Shapes(start=100, language=self.language)
            legend_top = tops[number > 1]
            self._tree(shapes, page, top, legend_top - _GAP)
            items, _ = self._painted(legends[number > 1], legend_top)
            shapes.parts.append(items_xml(shapes, items))
            add_xml(slide, shapes.parts)
            slide.notes_slide.notes_text_frame.text = self._notes(page, following if number == 1 else [])
        for table in following:
            for slide_title, draw in table_slides(table, self.inner, bottom - top, self.style, self.labels):
                draw(self._slide(slide_title), _EDGE, top)

    def _slide(self, title: str, number: int = 0) -> Any:
        """A slide with its title, the date of the data and the source."""
        chart = self.sheet.chart
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[5])
        size = 26.0
        title = plain(title)
        while size > 14 and measure.width(measure.clean(title), "bold", size) * _WIDER > self.inner:
            size -= 1
        holder = slide.shapes.title
        holder.left, holder.top = round(_EDGE * EMU), round((_EDGE - 8) * EMU)
        holder.width, holder.height = round(self.inner * EMU), round(38 * EMU)
        text_box(holder, title, size * PT, self.style.colour["ink"], self.language, bold=True)
        said = " · ".join(plain(text) for text in (chart.subtitle, chart.summary if number == 1 else "") if text)
        foot = self.height - _EDGE - _FOOT + 6
        for words, top, size in ((said, _EDGE + 32, 15.0), (plain(chart.source), foot, 10.5)):
            if words:
                added = slide.shapes.add_textbox(
                    round(_EDGE * EMU), round(top * EMU), round(self.inner * EMU), round(size * 1.6 * EMU)
                )
                text_box(added, words, size * PT, self.style.colour["quiet"], self.language)
        return slide

    # the chart

    def _tree(self, shapes: Shapes, page: ChartPage, top: float, bottom: float) -> None:
        layout, style = page.layout, self.style
        scale = min(page.scale, (bottom - top) / layout.height)
        down = min((bottom - top - layout.height * scale) / 3, 50.0)
        view = View(scale, (self.width - layout.width * scale) / 2, top + down)
        routed = route(page.chart, layout, style)
        lines = [(page.chart.boxes[unit].parent or "", unit, way) for unit, way in layout.links.items()]
        ways = [(each.start, each.end, way.points) for each, way in routed.drawn]
        ends: dict[str, dict[tuple[float, float], None]] = {unit: {} for unit in layout.places}
        for start, end, way in [*lines, *ways]:
            ends[start].setdefault(way[0])
            ends[end].setdefault(way[-1])
        groups: list[str] = []
        glue: dict[str, dict[tuple[float, float], Glue]] = {}
        for unit, place in layout.places.items():
            xml, glue[unit] = box_group(shapes, place, ends[unit], view, style)
            groups.append(xml)
        look = Line(style.colour["line"], _TREE_LINE * scale)
        rails: dict[tuple[str, tuple[float, float]], int] = {}
        for start, end, way in lines:
            begin, finish = glue[start][way[0]], glue[end][way[-1]]
            if len(way) > _RAIL:  # to the upper end of a rail, which all its units share, and on from there
                if (start, way[2]) not in rails:
                    rails[start, way[2]], xml = point(shapes, view.way(way[2:3])[0])
                    top_end = Glue(rails[start, way[2]], facing(way[2], way[1]))
                    shapes.parts += [xml, joined(shapes, view.way(way[:3]), (begin, top_end), look)]
                begin = Glue(rails[start, way[2]], facing(way[2], way[3]))
                way = way[2:]
            shapes.parts.append(joined(shapes, view.way(way), (begin, finish), look))
        shapes.parts += groups
        for (connector, _), (start, end, way) in zip(routed.drawn, ways, strict=True):
            sites = glue[start][way[0]], glue[end][way[-1]]
            shapes.parts.append(self._connector(shapes, connector, view.way(way), sites, scale))
        signs = paint_connectors(page.chart, layout, style, routed)
        shapes.parts.append(items_xml(shapes, [moved(item, *view) for item in _only_signs(signs)]))

    def _connector(
        self, shapes: Shapes, connector: Connector, way: Points, sites: tuple[Glue, Glue], scale: float
    ) -> str:
        drawn = self.style.connectors[connector.kind]
        caps = ("oval", "triangle" if connector.arrow else "oval")
        words = connector_words(connector, self.sheet.chart)
        look = Line(connector_colour(connector, self.style), drawn.width * scale, drawn.dash, caps, words)
        return joined(shapes, way, sites, look)

    # legend and notes

    def _legend(self) -> tuple[Legend, list[Table]]:
        """What stands under the chart, and the lists that are too long for it as tables."""
        sheet = self.sheet
        routed = route(sheet.chart, sheet.layout, self.style)
        legend = with_side_list(sheet.chart, [each for each, _ in routed.drawn], routed.left_out, sheet.labels)
        _, height = self._painted(legend, 0.0)
        if height <= self.height * _MOST_LEGEND:
            return legend, []
        apart = [
            Table(title, (title,), tuple(TableRow((entry.text,), entry.sample) for entry in listed))
            for title, listed in legend.lists
        ]
        return replace(legend, lists=[]), apart

    def _painted(self, legend: Legend, top: float) -> tuple[list[Item], float]:
        """The legend's items on the slide, and its height."""
        if not legend.signs and not legend.lists:
            return [], 0.0
        items, height = paint_legend(legend, self.labels("legend"), 0, 0, self.inner / _LEGEND, self.style)
        return [moved(item, _LEGEND, _EDGE, top) for item in items], height * _LEGEND

    def _notes(self, page: ChartPage, following: list[Table]) -> str:
        """Tables in words, for who presents: those of the chart, then the units and people of the page."""
        lines: list[str] = []
        for table in [*following, *tables(replace(page.chart, tables=[]), self.labels)]:
            lines.append(plain(table.title).upper())
            lines += [" | ".join(plain(cell) for cell in row.cells if cell) for row in table.rows]
            lines.append("")
        return "\n".join(lines).strip()


def _only_signs(items: list[Item]) -> list[Item]:
    """Of painted connectors the numbers and words with their plates: the lines are connectors themselves."""
    kept: list[Item] = []
    for before, item in pairwise(items):
        if isinstance(item, Text):
            kept += [before, item]
    return kept
