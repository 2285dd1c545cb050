"""The matrix of functions by places as rows: what is odd for a screen, all of it for spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bomay.labels import label as word
from graph.vocabulary import label
from queries.overlaps.across import Row, kind_of

Table = tuple[list[str], list[list[Any]], dict[str, str]]
MOST_NAMES = 4


def screen_rows(rows: Sequence[Row], places: Mapping[str, str], lang: str) -> Table:
    """One row a function: its usual host, and where others have it."""
    columns = ["function", "level", "usual", "share", "odd", "absent"]
    shown: list[list[Any]] = [
        [
            row.text,
            label("levels", row.level, lang),
            row.usual_name,
            f"{round(row.share * len(row.hosts))}/{len(row.hosts)}",
            "\n".join(f"{places[place]}: {_names(row, place)}" for place in row.odd[:MOST_NAMES])
            + _more(len(row.odd), lang),
            "\n".join(places[place] for place in row.absent[:MOST_NAMES]) + _more(len(row.absent), lang),
        ]
        for row in rows
    ]
    return columns, shown, {c: word(f"across.{c}", lang) for c in columns}


def full_rows(rows: Sequence[Row], places: Mapping[str, str], lang: str) -> Table:
    """The whole matrix, a column for each place; an odd host is marked with *."""
    used = sorted({place for row in rows for place in row.hosts}, key=lambda place: places[place])
    fixed = ["function", "level", "usual", "places", "share", "odd"]
    shown: list[list[Any]] = [
        [
            row.text,
            label("levels", row.level, lang),
            row.usual_name,
            len(row.hosts),
            round(row.share, 3),
            [places[place] for place in row.odd],
            *(
                f"{'* ' if place in row.odd else ''}{_names(row, place)}" if place in row.hosts else ""
                for place in used
            ),
        ]
        for row in rows
    ]
    headings = {c: word(f"across.{c}", lang) for c in fixed}
    return [*fixed, *(places[place] for place in used)], shown, headings


def _names(row: Row, place: str) -> str:
    sides = sorted(row.hosts[place], key=lambda side: (kind_of(side) == row.usual, side.host.name))
    return "; ".join(side.host.name for side in sides)


def _more(count: int, lang: str) -> str:
    return f"\n{word('across.more', lang).format(n=count - MOST_NAMES)}" if count > MOST_NAMES else ""
