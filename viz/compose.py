"""The whole sheet: title, summary, tree, legend, tables and source line, as one drawing."""

from __future__ import annotations

import datetime as dt

from viz import measure
from viz.arrows import arrows, with_arrows
from viz.drawing import Drawing, Item, Rect
from viz.labels import Labels
from viz.layout import Layout
from viz.legend import paint_legend
from viz.marks import text
from viz.model import Chart
from viz.paint import paint_box, paint_connectors, paint_tree
from viz.routes import route
from viz.side_list import with_side_list
from viz.style import Style
from viz.table_page import paint_tables


def compose(chart: Chart, layout: Layout, style: Style, labels: Labels, on: dt.date, tables: bool = True) -> Drawing:
    """Put the placed chart on a sheet just large enough; `on` is the date of the data.

    Without `tables` there is no more than the chart with its legend: they go on pages of their own.
    """
    page = style.page
    margin = page["margin"]
    below = chart.tables if tables else []
    inner = max(layout.width, style.table["least_width"] if below else page["least_width"])
    items: list[Item] = []
    y = margin
    for line in _lines(chart.title, "title", inner, style):
        items.append(text(margin, y, line, "title", style, style.colour["ink"]))
        y += style.text["title"].leading
    items.append(text(margin, y + 2, chart.subtitle, "subtitle", style, style.colour["quiet"]))
    y += style.text["subtitle"].leading
    if chart.summary:
        y += 3
        for line in _lines(with_arrows(chart.summary), "summary", inner, style):
            items.append(text(margin, y, line, "summary", style, style.colour["ink"]))
            y += style.text["summary"].leading
    y += page["section"]

    placed = layout.moved(margin + round((inner - layout.width) / 2), round(y))
    items += paint_tree(placed, style)
    for place in placed.places.values():
        items += paint_box(place, style)
    routed = route(chart, placed, style)
    items += paint_connectors(chart, placed, style, routed)
    y = round(y) + layout.height + page["section"]

    signs = with_side_list(chart, [connector for connector, _ in routed.drawn], routed.left_out, labels)
    legend, height = paint_legend(signs, labels("legend"), margin, y + 10, inner, style)
    if legend:
        items.append(Rect(margin, y, inner, 0.8, style.colour["rule"]))
        items += legend
        y += height + 10
    if below:
        y += page["section"] / 2
        painted, height = paint_tables(below, margin, y, inner, style)
        items += painted
        y += height + page["section"] / 2
    for line in _lines(chart.source, "source", inner, style) if chart.source else ():
        items.append(text(margin, y + 6, line, "source", style, style.colour["quiet"]))
        y += style.text["source"].leading
    height = round(y + margin)
    width = round(inner + 2 * margin)
    paper: Item = Rect(0, 0, width, height, style.colour["paper"])
    return Drawing(
        width,
        height,
        chart.title,
        f"{chart.subtitle}. {chart.source}".strip(),
        labels.lang,
        on,
        [paper, *items, *arrows(items)],
    )


def _lines(words: str, name: str, room: float, style: Style) -> tuple[str, ...]:
    look = style.text[name]
    return measure.wrap(words, look.face, look.size, room, style.lines[name], False)
