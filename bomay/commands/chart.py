"""bomay chart: the org chart of a unit or a place."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from bomay.commands.chart_book import book_options, many, write_chart
from bomay.commands.chart_changes import Asked, changes_model, changes_of, changes_options, write_changes
from bomay.commands.chart_explorer import explorer_page
from bomay.commands.chart_findings import amended, finding_options
from bomay.options import Settings, shared
from graph.errors import UnknownName, UserError
from graph.store import Store
from queries.structure import Structure


@click.command(name="chart")
@click.argument("unit")
@click.option("--depth", type=click.IntRange(min=0), help="Levels below the unit (default all).")
@click.option(
    "--show",
    default="heads,staff",
    show_default=True,
    metavar="WORDS",
    help="What the boxes say, with commas: heads, deputies, people, staff, quota, functions, vacant.",
)
@click.option(
    "--colour",
    type=click.Choice(["system", "status", "level"]),
    default="system",
    show_default=True,
    help="What the colours mean.",
)
@click.option(
    "--layout", type=click.Choice(["auto", "wide", "stacked", "left-right"]), default="auto", show_default=True
)
@click.option("--fit", type=click.Choice(["chart", "screen", "A4", "A3"]), default="chart", show_default=True)
@click.option("--title", help="A title of your own.")
@click.option(
    "--style",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A YAML file with sizes and colours of your own (keys as in viz/style.yaml).",
)
@click.option(
    "--engine",
    type=click.Choice(["own", "graphviz", "dot"]),
    default="own",
    show_default=True,
    help="Who lays it out: bomay, the bundled Graphviz, or the system's dot.",
)
@click.option("--format", "form", metavar="FORMAT", help="Default: by the ending of -o; svg on standard output.")
@changes_options
@book_options
@finding_options
@shared("store", "on", "output", "lang")
def command(
    unit: str,
    depth: int | None,
    show: str,
    colour: str,
    layout: str,
    fit: str,
    title: str | None,
    style: Path | None,
    engine: str,
    form: str | None,
    findings: tuple[str, ...],
    book: bool,
    poster: bool,
    asked: Asked,
    settings: Settings,
) -> None:
    """Draw UNIT (a unit or a place, by name or id) as of a day.

    \b
    bomay chart "UBND tỉnh Vĩnh Phúc" --on 28/2/2025 -o truoc.png
    bomay chart "UBND tỉnh Vĩnh Phúc" --before 28/2/2025 --after 1/3/2025 -o thay-doi.png
    bomay chart "tỉnh Vĩnh Phúc" --depth 1 --show heads,deputies,quota --fit A3 -o tinh.pdf
    """
    from viz.chart import Options, model
    from viz.style import load_style

    form = chosen_format(form, settings.output)
    check_folder(settings.output)
    options = Options(settings.lang, title, words_of(show), layout, fit, engine, style, colour)
    load_style(style)  # a mistake in it is told before the store is read
    if asked:
        with settings.connect() as store:
            changes = changes_of(store, unit, asked, depth)
        chart = changes_model(changes, options)
        if book or (form == "pdf" and not poster and many(chart, options)):
            save(write_chart(chart, form, changes.after.on, options, book, poster), settings.output)
        else:
            save(write_changes(chart, changes, form, options), settings.output)
        return
    with settings.connect() as store:
        structure = find_structure(store, unit, settings.on, depth, functions="functions" in options.show)
        chart = amended(model(structure, options), store, structure, findings, options)
        if form == "html" and not book and not poster:
            save(explorer_page(store, structure, chart, options, depth, findings), settings.output)
            return
    save(write_chart(chart, form, structure.on, options, book, poster), settings.output)


def chosen_format(form: str | None, output: Path | None) -> str:
    """The format that is asked for, or that the name of the output says.

    Raises UserError, naming all formats, where it is unknown or not said.
    """
    from viz.chart import formats

    known = f"one of {', '.join(formats())}"
    if form is not None:
        if form.lower().lstrip(".") not in formats():
            raise UserError(f"{form!r} is not a format for charts", known)
        return form.lower().lstrip(".")
    if output is None:
        raise UserError("say in which format", f"-o FILE or --format, with {known}")
    if str(output) == "-":
        return "svg"
    ending = output.suffix.lstrip(".").lower()
    if ending not in formats():
        raise UserError(f"{output.name}: .{ending} is not a format for charts", known)
    return ending


def words_of(show: str) -> tuple[str, ...]:
    """The words of --show, each once. Raises UserError, naming all words, for an unknown one."""
    from viz.build import SHOW

    words = [word.strip().lower() for word in show.split(",")]
    for word in words:
        if word not in SHOW:
            raise UserError(f"--show: unknown word {word!r}", f"allowed, with commas: {', '.join(SHOW)}")
    return tuple(dict.fromkeys(words))


def check_folder(output: Path | None) -> None:
    """Raise UserError now, and not after the work, where the output cannot be written."""
    if output is None or str(output) == "-":
        return
    folder = output.parent
    if not folder.is_dir():
        raise UserError(f"there is no folder {folder}", "make it first, or write elsewhere")
    if not os.access(folder, os.W_OK) or (output.exists() and not os.access(output, os.W_OK)):
        raise UserError(f"{output} cannot be written", "it or its folder is write-protected; write elsewhere")


def save(content: bytes, output: Path | None) -> None:
    """Write the chart, and say where."""
    from viz.tables import write_bytes

    write_bytes(content, output)
    if output is not None and str(output) != "-":
        click.echo(f"{output}", err=True)


def find_structure(
    store: Store, text: str, on: dt.date, depth: int | None = None, *, functions: bool = False
) -> Structure:
    """The structure under a unit or of a place, by name or id.

    Raises UnknownName with the nearest units and places; NothingFound where the unit or the place
    has nothing on the date.
    """
    from graph.text import nearest as likeliest
    from queries.find import find_place, find_unit
    from queries.structure import fetch, fetch_place

    try:
        return fetch(store, find_unit(store, text, on).id, on, depth, functions=functions)
    except UnknownName as no_unit:
        try:
            place = find_place(store, text, on)
        except UnknownName as no_place:
            both = dict.fromkeys([*no_place.nearest, *no_unit.nearest])
            nearest = dict.fromkeys([*likeliest(text, both), *both])
            raise UnknownName("unit or place", text, list(nearest)[:5]) from None
        return fetch_place(store, place.id, on, depth, functions=functions)
