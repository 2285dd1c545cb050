"""bomay chart: what is too large for a page becomes a PDF book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graph.errors import UserError

if TYPE_CHECKING:
    from viz.chart import Options
    from viz.model import Chart

F = TypeVar("F", bound=Callable[..., Any])
_PAPER = "A3"  # where none is chosen
_PICTURES = ("svg", "png")
_LEGIBLE = 7.0  # pixels: size of a text that can still be read in a picture


def book_options(function: F) -> F:
    """Add --book and --poster to the command."""
    poster = click.option("--poster", is_flag=True, help="One large page, however many units there are.")
    book = click.option("--book", is_flag=True, help="A PDF book of pages, however few units there are.")
    return book(poster(function))


def write_chart(
    chart: Chart, form: str, on: dt.date, options: Options, book: bool = False, poster: bool = False
) -> bytes:
    """The chart in a format; a PDF that would not be readable on paper becomes a book.

    What was decided, or what would be better, is said on standard error.

    Raises:
        UserError: a book in another format, or both a book and a poster.
    """
    from viz.chart import render_book, render_chart
    from viz.page import PAPER

    if book and poster:
        raise UserError("a chart is either a book or a poster", "leave out --book or --poster")
    if book and form != "pdf":
        raise UserError(f"a book is a PDF, not .{form}", "-o FILE.pdf, or leave out --book")
    if poster:
        options = replace(options, fit="chart")
    paper = options.fit if options.fit in PAPER else _PAPER
    if book:
        return render_book(chart, on, options, paper)
    if poster or options.engine != "own" or form not in ("pdf", *_PICTURES):
        return render_chart(chart, form, on, options)
    why = _too_large(chart, on, options, paper)
    if why and form == "pdf":
        click.echo(f"{why}: written as a book ({paper}); --poster makes one large page", err=True)
        return render_book(chart, on, options, paper)
    if why:
        click.echo(f"{why}; {_advice(chart, form, on, options)}", err=True)
    return render_chart(chart, form, on, options)


def many(chart: Chart, options: Options) -> bool:
    """Whether the chart has more units than one page is for."""
    from viz.style import load_style

    return len(chart.boxes) > load_style(options.style).book["most_units"]


def _too_large(chart: Chart, on: dt.date, options: Options, paper: str) -> str:
    """Why the chart cannot be read on the paper; empty if it can."""
    from viz.chart import sheet_of
    from viz.page import text_size
    from viz.style import load_style

    if many(chart, options):
        return f"{len(chart.boxes)} units are too many for one page"
    sheet = sheet_of(chart, on, replace(options, fit=paper), paged=True)
    size = text_size(sheet.drawing, sheet.page)
    if 0 < size < load_style(options.style).book["least_whole"]:
        return f"on {paper} the text would be {size:.1f} pt high"
    return ""


def _advice(chart: Chart, form: str, on: dt.date, options: Options) -> str:
    """What suits better than a picture, and whether the picture can be read at all."""
    better = "better: -o FILE.pdf (a book of pages), -o FILE.html, or --depth"
    if form == "png":
        from viz.chart import sheet_of
        from viz.page import text_size
        from viz.png import zoom

        sheet = sheet_of(chart, on, options)
        pixels = text_size(sheet.drawing, sheet.page) / 0.75 * zoom(sheet.page)
        if pixels < _LEGIBLE:
            return f"this picture's text is {pixels:.0f} pixels high and cannot be read; {better}"
    return f"it can be read by zooming in; {better}"
