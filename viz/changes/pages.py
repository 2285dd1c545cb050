"""A chart of changes as a file: on paper, trees side by side that would be too small get a page each."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from viz.changes.side_by_side import tree_below
from viz.chart import Options, render_chart, sheet_of
from viz.drawing import Drawing
from viz.model import Chart, Legend
from viz.page import PAPER, Page, text_size
from viz.pdf import write_pages
from viz.style import load_style
from viz.table_page import pages


def small_text(chart: Chart, fmt: str, on: dt.date, options: Options) -> float:
    """The size in pt of the smallest text on paper where that cannot be read; else 0."""
    if fmt != "pdf" or chart.sides or options.fit not in PAPER:
        return 0.0
    sheet = sheet_of(chart, on, options, paged=True)
    size = text_size(sheet.drawing, sheet.page)
    return size if size < sheet.style.book["least"] else 0.0


def render_changes(chart: Chart, fmt: str, on: dt.date, options: Options) -> bytes:
    """The chart as the bytes of a file.

    Raises:
        UserError: as `chart.render_chart`.
    """
    if fmt != "pdf" or not chart.sides or options.fit not in PAPER or options.engine != "own":
        return render_chart(chart, fmt, on, options)
    whole = sheet_of(chart, on, options, paged=True)
    if text_size(whole.drawing, whole.page) >= load_style(options.style).book["least"]:
        return render_chart(chart, fmt, on, options)
    printed: list[tuple[Drawing, Page]] = []
    for number, side in enumerate(chart.sides, 1):
        tree = replace(
            chart,
            boxes=tree_below(chart, side.root),
            sides=(),
            subtitle=f"{chart.subtitle}. {side.heading}",
            legend=chart.legend if number == len(chart.sides) else Legend(),
            tables=[],
        )
        sheet = sheet_of(tree, on, options, paged=True)
        printed.append((sheet.drawing, sheet.page))
    size = whole.page.width, whole.page.height
    tables = pages(chart.tables, *size, whole.style, whole.labels, chart.title, on, before=len(printed))
    return write_pages([*printed, *((drawing, Page(*size, 1.0, 0.0, 0.0)) for drawing in tables)])
