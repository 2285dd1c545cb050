"""The front of the charts: a structure or a finished chart model in, the bytes of a file out.

The steps, each a function of its own: structure → chart model (build) → coordinates (layout)
→ drawing (compose) → one writer a format (WRITERS). What comes from elsewhere than one structure
(changes between two days, findings) makes or amends the chart model and goes on from there.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from graph.errors import UserError
from queries.structure import Structure
from viz.build import DEFAULT_SHOW, build
from viz.changes.side_by_side import place_sides
from viz.compose import compose
from viz.drawing import Drawing
from viz.labels import Labels
from viz.layout import place
from viz.model import Chart
from viz.page import PAPER, aspect, frames, page_for
from viz.sheet import Sheet
from viz.style import load_style
from viz.table_page import pages

ENGINES = ("own", "graphviz", "dot")
# format -> module and function that writes a Sheet; modules are imported when they are needed
WRITERS = {
    "svg": ("viz.svg", "svg"),
    "png": ("viz.png", "png"),
    "pdf": ("viz.pdf", "pdf"),
    "dot": ("viz.dot", "dot"),
    "pptx": ("viz.exports.pptx", "pptx"),
    "docx": ("viz.exports.docx", "docx"),
    "graphml": ("viz.exports.graphml", "graphml"),
    "mmd": ("viz.exports.mermaid", "mermaid"),
    "puml": ("viz.exports.plantuml", "plantuml"),
    "html": ("viz.explorer.still", "html"),
}
PAGED = ("pdf",)  # formats in which tables can go on pages of their own


@dataclass(frozen=True)
class Options:
    """How a chart is drawn.

    `show` and `colour`: see build.build; `layout`: see layout.LAYOUTS; `fit`: chart (a page as large as the chart),
    screen, A4 or A3; `engine`: own, or what renders the DOT: graphviz (the bundled graphviz-pure) or
    dot (the system's); `style`: a YAML file that overrides keys of style.yaml; `title`: instead of the
    first unit's name and place.
    """

    lang: str = "vi"
    title: str | None = None
    show: Collection[str] = DEFAULT_SHOW
    layout: str = "auto"
    fit: str = "chart"
    engine: str = "own"
    style: Path | None = None
    colour: str = "system"


def formats() -> tuple[str, ...]:
    """The formats that `render` writes."""
    return tuple(WRITERS)


def model(structure: Structure, options: Options) -> Chart:
    """The chart model of a structure, to be drawn by `render_chart`, as it is or amended before."""
    style, labels = load_style(options.style), Labels(options.lang)
    return build(structure, style, labels, options.title, options.show, options.colour)


def sheet_of(chart: Chart, on: dt.date, options: Options, paged: bool = False) -> Sheet:
    """The chart placed and drawn on its page; `paged`: on paper its tables follow on pages of their own."""
    style, labels = load_style(options.style), Labels(options.lang)
    arrange = place_sides if chart.sides else place
    placed = arrange(chart, style, options.layout, aspect(options.fit), frames(options.fit))
    apart = paged and options.fit in PAPER
    drawing = compose(chart, placed, style, labels, on, tables=not apart)
    page = page_for(drawing, options.fit)
    following = pages(chart.tables, page.width, page.height, style, labels, chart.title, on) if apart else ()
    return Sheet(chart, placed, drawing, page, style, labels, on, tuple(following))


def render_chart(chart: Chart, fmt: str, on: dt.date, options: Options) -> bytes:
    """A chart model as the bytes of a file; `on` is the date of the data.

    Raises:
        UserError: an unknown format or option, or an engine that cannot write the format or is
            not there.

    The same chart gives the same bytes.
    """
    if fmt not in WRITERS:
        raise UserError(f"unknown chart format {fmt!r}", f"allowed: {', '.join(WRITERS)}")
    if options.engine not in ENGINES:
        raise UserError(f"unknown engine {options.engine!r}", f"allowed: {', '.join(ENGINES)}")
    with _no_collection():
        sheet = sheet_of(chart, on, options, paged=fmt in PAGED)
        if options.engine != "own":
            from viz.dot import run_graphviz, write_dot

            return run_graphviz(write_dot(sheet), fmt, options.engine)
        module, name = WRITERS[fmt]
        write: Callable[[Sheet], bytes] = getattr(import_module(module), name)
        return write(sheet)


def render_book(chart: Chart, on: dt.date, options: Options, paper: str = "A3") -> bytes:
    """A chart model as a PDF book on paper A4 or A3: an overview, a page a branch, tables and indexes.

    Raises:
        UserError: an unknown option.
    """
    from viz.book.book import book

    with _no_collection():
        return book(chart, on, options.lang, paper, options.layout, options.style)


def draw(structure: Structure, **options: Any) -> Drawing:
    """The drawing of a structure's chart; options as in Options."""
    chosen = replace(Options(), **options)
    return sheet_of(model(structure, chosen), structure.on, chosen).drawing


def render(structure: Structure, fmt: str, lang: str = "vi", title: str | None = None, **options: Any) -> bytes:
    """The org chart of a structure as the bytes of a file; further options as in Options.

    Raises:
        UserError: as render_chart; a cycle among the units.
    """
    chosen = replace(Options(lang, title), **options)
    return render_chart(model(structure, chosen), fmt, structure.on, chosen)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the cycle collector: large charts make very many small tuples and no cycles, and
    looking through them again and again takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
