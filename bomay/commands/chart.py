"""bomay chart: the org chart of a unit or a place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from bomay.options import Settings, shared
from graph.errors import UnknownName, UserError
from graph.store import Store
from queries.structure import Structure

FORMATS = ("svg", "png", "pdf", "dot")


@click.command(name="chart")
@click.argument("unit")
@click.option("--depth", type=click.IntRange(min=0), help="Levels below the unit (default all).")
@click.option("--title", help="A title of your own.")
@click.option("--deputies", is_flag=True, help="Show deputies too.")
@click.option("--layout", type=click.Choice(["auto", "wide", "stacked"]), default="auto", show_default=True)
@click.option("--fit", type=click.Choice(["chart", "screen", "A4", "A3"]), default="chart", show_default=True)
@click.option(
    "--engine",
    type=click.Choice(["own", "graphviz", "dot"]),
    default="own",
    show_default=True,
    help="Who lays it out: bomay, the bundled Graphviz, or the system's dot.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: by the file name of -o.")
@shared("store", "on", "output", "lang")
def command(
    unit: str,
    depth: int | None,
    title: str | None,
    deputies: bool,
    layout: str,
    fit: str,
    engine: str,
    form: str | None,
    settings: Settings,
) -> None:
    """Draw UNIT (a unit or a place, by name or id) as of a day.

    \b
    bomay chart "UBND tỉnh Vĩnh Phúc" --on 28/2/2025 -o truoc.png
    bomay chart "tỉnh Vĩnh Phúc" --depth 1 -o tinh.pdf
    """
    from viz.chart import render
    from viz.tables import write_bytes

    form = form or _form_of(settings.output)
    if form is None:
        raise UserError("say in which format", f"-o FILE with one of .{', .'.join(FORMATS)}, or --format")
    with settings.connect() as store:
        structure = find_structure(store, unit, settings.on, depth)
    show = ("heads", "deputies", "staff") if deputies else ("heads", "staff")
    content = render(structure, form, settings.lang, title, show=show, layout=layout, fit=fit, engine=engine)
    write_bytes(content, settings.output)
    if settings.output is not None and str(settings.output) != "-":
        click.echo(f"{settings.output}", err=True)


def _form_of(output: Path | None) -> str | None:
    if output is None or str(output) == "-":
        return None if output is None else "svg"
    ending = output.suffix.lstrip(".").lower()
    if ending not in FORMATS:
        raise UserError(f"{output.name}: .{ending} is not a format for charts", f"one of .{', .'.join(FORMATS)}")
    return ending


def find_structure(store: Store, text: str, on: dt.date, depth: int | None) -> Structure:
    """The structure under a unit or of a place, by name or id.

    Raises UnknownName with the nearest units and places.
    """
    from queries.find import find_place, find_unit
    from queries.structure import fetch, fetch_place

    try:
        return fetch(store, find_unit(store, text, on).id, on, depth)
    except UnknownName as no_unit:
        try:
            place = find_place(store, text, on)
        except UnknownName as no_place:
            nearest = [*no_unit.nearest, *no_place.nearest][:5]
            raise UnknownName("unit or place", text, nearest) from None
        return fetch_place(store, place.id, on, depth)
