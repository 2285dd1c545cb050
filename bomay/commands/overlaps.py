"""bomay overlaps: a first list of units that work in the same fields."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from bomay.options import Settings, shared
from graph.errors import NothingFound
from graph.store import Store


@click.command(name="overlaps")
@click.option("--in", "place", metavar="PLACE", help="Only units of this place.")
@click.option("--level", help="Only units of this level, e.g. tỉnh.")
@click.option("--most", type=click.IntRange(min=1), help="How many pairs at the most.")
@shared("store", "on", "format", "output", "lang")
def command(place: str | None, level: str | None, most: int | None, settings: Settings) -> None:
    """Pairs of units whose functions fall in the same fields, the rarest shared fields first.

    A first list, to start reading from: it compares fields, not yet the wording of functions.
    """
    from bomay.labels import label
    from viz.tables import emit, format_for

    form = format_for(settings.format, settings.output)
    with settings.connect() as store:
        columns, rows = pair_rows(store, settings.on, place, level, settings.lang)
    day = f"{settings.on:%d/%m/%Y}"
    if rows or form != "table":
        emit(
            columns,
            rows[:most],
            format=form,
            output=settings.output,
            labels={c: label(f"overlaps.{c}", settings.lang) for c in columns},
            title=f"{label('overlaps.title', settings.lang)} · {day}",
        )
    if not rows:
        raise NothingFound(f"no units share a field on {day}", "another day with --on, another place with --in")


def pair_rows(
    store: Store, on: dt.date, place: str | None, level: str | None, lang: str
) -> tuple[list[str], list[list[Any]]]:
    """The pairs, best first."""
    from graph.errors import UserError
    from graph.vocabulary import code_of, codes, label
    from queries.find import find_place
    from queries.overlap import shared_fields

    level_code = code_of("levels", level) if level else None
    if level and level_code is None:
        allowed = ", ".join(entry.vi for entry in codes("levels").values())
        raise UserError(f"{level!r} is not a level", f"one of: {allowed}")
    place_id = find_place(store, place, on).id if place else None
    rows: list[list[Any]] = [
        [
            found.a.name,
            found.b.name,
            [label("fields", field, lang) for field in found.fields],
            found.cross_system,
            round(found.score, 2),
        ]
        for found in shared_fields(store, on, place_id, level_code)
    ]
    return ["a", "b", "fields", "cross_system", "score"], rows
