"""The front of the charts: a structure in, the bytes of a file out.

The steps, each a function of its own: structure → chart model (build) → coordinates (layout)
→ drawing (compose) → one writer a format (svg, png, pdf, dot).
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import UserError
from queries.structure import Structure
from viz.build import DEFAULT_SHOW, build
from viz.compose import compose
from viz.drawing import Drawing
from viz.labels import Labels
from viz.layout import place
from viz.page import aspect, page_for
from viz.style import load_style

ENGINES = ("own", "graphviz", "dot")


def formats() -> tuple[str, ...]:
    """The formats that `render` writes."""
    return ("svg", "png", "pdf", "dot")


def draw(
    structure: Structure,
    lang: str = "vi",
    title: str | None = None,
    *,
    show: Collection[str] = DEFAULT_SHOW,
    layout: str = "auto",
    fit: str = "chart",
    style: Path | None = None,
) -> Drawing:
    """The drawing that the writers of svg, png and pdf put into files. Arguments as for `render`."""
    look, labels = load_style(style), Labels(lang)
    chart = build(structure, look, labels, title, show)
    placed = place(chart, look, layout, aspect(fit))
    return compose(chart, placed, look, labels, structure.on)


def render(
    structure: Structure,
    fmt: str,
    lang: str = "vi",
    title: str | None = None,
    *,
    show: Collection[str] = DEFAULT_SHOW,
    layout: str = "auto",
    fit: str = "chart",
    engine: str = "own",
    style: Path | None = None,
) -> bytes:
    """An org chart as the bytes of a file.

    Args:
        fmt: one of `formats()`.
        lang: language of the labels, vi or en.
        title: instead of the first unit's name and place.
        show: of heads, deputies, staff.
        layout: auto, wide or stacked (see layout.py).
        fit: chart (a page as large as the chart), screen, A4 or A3.
        engine: own, or what renders the DOT: graphviz (the bundled graphviz-pure) or dot (the
            system's). DOT with an engine other than own comes back with the engine's layout.
        style: a YAML file that overrides keys of style.yaml.

    Raises:
        UserError: an unknown format or option, a cycle among the units, or an engine that
            cannot write the format or is not there.

    The same structure gives the same bytes.
    """
    if fmt not in formats():
        raise UserError(f"unknown chart format {fmt!r}", f"allowed: {', '.join(formats())}")
    if engine not in ENGINES:
        raise UserError(f"unknown engine {engine!r}", f"allowed: {', '.join(ENGINES)}")
    if fmt == "dot" or engine != "own":
        return _by_dot(structure, fmt, lang, title, show, layout, fit, engine, style)
    with _no_collection():
        drawing = draw(structure, lang, title, show=show, layout=layout, fit=fit, style=style)
        page = page_for(drawing, fit)
        if fmt == "svg":
            from viz.svg import write_svg

            return write_svg(drawing, page).encode("utf-8")
    if fmt == "png":
        from viz.png import write_png

        return write_png(drawing, page)
    from viz.pdf import write_pdf

    return write_pdf(drawing, page)


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


def _by_dot(
    structure: Structure,
    fmt: str,
    lang: str,
    title: str | None,
    show: Collection[str],
    layout: str,
    fit: str,
    engine: str,
    style: Path | None,
) -> bytes:
    from viz.dot import run_graphviz, write_dot

    look, labels = load_style(style), Labels(lang)
    chart = build(structure, look, labels, title, show)
    source = write_dot(chart, place(chart, look, layout, aspect(fit)), look)
    return source.encode("utf-8") if engine == "own" else run_graphviz(source, fmt, engine)
