"""The whole sheet: title, tree, legend and source line, as one drawing."""

from __future__ import annotations

import datetime as dt

from viz import measure
from viz.drawing import Drawing, Item, Rect
from viz.labels import Labels
from viz.layout import Layout
from viz.legend import paint_legend
from viz.model import Chart
from viz.paint import paint_box, paint_connectors, paint_tree, text
from viz.style import Style


def compose(chart: Chart, layout: Layout, style: Style, labels: Labels, on: dt.date) -> Drawing:
    """Put the placed chart on a sheet just large enough; `on` is the date of the data."""
    page = style.page
    margin = page["margin"]
    inner = max(layout.width, page["least_width"])
    items: list[Item] = []
    y = margin
    for line in _lines(chart.title, "title", inner, style):
        items.append(text(margin, y, line, "title", style, style.colour["ink"]))
        y += style.text["title"].leading
    items.append(text(margin, y + 2, chart.subtitle, "subtitle", style, style.colour["quiet"]))
    y += style.text["subtitle"].leading + page["section"]

    placed = layout.moved(margin + round((inner - layout.width) / 2), round(y))
    items += paint_tree(placed, style)
    for place in placed.places.values():
        items += paint_box(place, style)
    items += paint_connectors(chart, placed, style)
    y = round(y) + layout.height + page["section"]

    legend, height = paint_legend(chart.legend, labels("legend"), margin, y + 10, inner, style)
    if legend:
        items.append(Rect(margin, y, inner, 0.8, style.colour["rule"]))
        items += legend
        y += height + 10
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
        [paper, *items],
    )


def _lines(words: str, name: str, room: float, style: Style) -> tuple[str, ...]:
    look = style.text[name]
    return measure.wrap(words, look.face, look.size, room, style.lines[name])
