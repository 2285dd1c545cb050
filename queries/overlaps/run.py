"""The analysis of overlaps on a store: pull, then find."""

from __future__ import annotations

import datetime as dt

from graph.errors import NothingFound
from graph.store import Store
from queries.overlaps.find import find
from queries.overlaps.model import Found
from queries.overlaps.pull import Columns, pull


def overlaps(
    store: Store,
    on: dt.date,
    place: str | None = None,
    level: str | None = None,
    *,
    certain: bool = False,
    related: bool = False,
) -> Found:
    """Pairs and groups of functions on the day; arguments as for `pull` and `find`.

    Raises NothingFound where no unit of the scope performs a function on the day.
    """
    return find(columns_of(store, on, place, level, certain=certain), related=related)


def columns_of(
    store: Store, on: dt.date, place: str | None = None, level: str | None = None, *, certain: bool = False
) -> Columns:
    """As `pull`; raises NothingFound, saying why, where there is nothing to compare."""
    columns = pull(store, on, place, level, certain=certain)
    if not columns.performed:
        day = f"{on:%d/%m/%Y}"
        if not columns.units_in_scope:
            raise NothingFound(f"no unit is recorded there on {day}", "another day with --on, another place with --in")
        raise NothingFound(
            f"{columns.units_in_scope} units are recorded there on {day}, none of them with a function",
            "fill in the sheet Chức năng (functions), or choose another --level, --in or --on",
        )
    return columns
