"""bomay find: places, units, people and documents by words of their names."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from bomay.options import Settings, shared
from graph.errors import NothingFound

if TYPE_CHECKING:
    from graph.dates import FuzzyDate
    from queries.search import Listed

LONGEST_TITLE = 60
# word of --what → label
WHAT = {"place": "Place", "unit": "Unit", "person": "Person", "document": "Document"}
_KINDS = {"Place": "place_kinds", "Unit": "unit_kinds", "Document": "document_kinds"}


@click.command(name="find")
@click.argument("words", nargs=-1, required=True, metavar="TEXT")
@click.option("--what", type=click.Choice(list(WHAT)), multiple=True, help="Only these; repeatable.")
@click.option("--most", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many at the most.")
@shared("store", "on", "format", "output", "lang")
def command(words: tuple[str, ...], what: tuple[str, ...], most: int, settings: Settings) -> None:
    """Find places, units, people and documents by words of their names, the best first.

    \b
    bomay find "Sở Nội vụ"
    bomay find so noi vu vinh phuc     without diacritics, with the place
    bomay find UBND tinh vinh ph       abbreviated, the last word only begun

    What exists on the day of --on comes before what does not. The ids go with all other commands.
    """
    from queries.search import listed, nearest_names
    from viz.tables import emit, format_for

    text = " ".join(words)
    labels = [WHAT[each] for each in what] or None
    form = format_for(settings.format, settings.output)
    with settings.connect() as store:
        found = listed(store, text, settings.on, labels, most)
        near = [] if found else nearest_names(store, text, labels)
    columns, rows = _for_people(found, settings.lang) if form in ("table", "xlsx") else _for_programs(found)
    if rows or form != "table":
        emit(
            columns,
            rows,
            format=form,
            output=settings.output,
            labels=_labels(columns, settings.lang) if form in ("table", "xlsx") else None,
            whole=("id",),
            note=_note(len(rows), most, settings),
        )
    if not rows:
        raise NothingFound(f"nothing is called {text[:80]!r}", f"nearest: {'; '.join(near)}" if near else "")


def _labels(columns: list[str], lang: str) -> dict[str, str]:
    from bomay.labels import label

    return {column: label(f"find.{column}", lang) for column in columns}


def _note(rows: int, most: int, settings: Settings) -> str:
    from bomay.labels import label

    note = label("query.rows", settings.lang).format(n=rows, on=f"{settings.on:%d/%m/%Y}")
    return f"{note} · {label('find.more', settings.lang)}" if rows == most else note


def _for_people(found: list[Listed], lang: str) -> tuple[list[str], list[list[Any]]]:
    """The columns that are read; those that are empty throughout are left out."""
    columns = ["kind", "name", "place", "about", "since", "until", "id"]
    rows = [
        [
            _kind(each, lang),
            _name(each),
            each.place,
            [_short(text) for text in each.about],
            _day(each.start),
            _day(each.end),
            each.hit.id,
        ]
        for each in found
    ]
    kept = [i for i in range(len(columns)) if any(row[i] not in ("", None, []) for row in rows)]
    return [columns[i] for i in kept], [[row[i] for i in kept] for row in rows]


def _for_programs(found: list[Listed]) -> tuple[list[str], list[list[Any]]]:
    columns = ["what", "id", "name", "matched", "kind", "place", "about", "since", "since_text", "until", "until_text"]
    rows = [
        [
            each.hit.label,
            each.hit.id,
            each.hit.name,
            each.hit.matched,
            each.kind or None,
            each.place,
            each.about,
            each.start and each.start.latest,
            each.start and each.start.text,
            each.end and each.end.latest,
            each.end and each.end.text,
            each.hit.score,
        ]
        for each in found
    ]
    return [*columns, "score"], rows


def _kind(each: Listed, lang: str) -> str:
    from bomay.labels import label as word
    from graph.vocabulary import codes, label

    vocabulary = _KINDS.get(each.hit.label, "")
    if not vocabulary or each.kind not in codes(vocabulary):
        return word(f"find.{each.hit.label}", lang)
    return label(vocabulary, each.kind, lang)


def _name(each: Listed) -> str:
    """The official name, and in brackets the other one that was found."""
    hit = each.hit
    if hit.matched in (hit.name, "", *each.about):
        return _short(hit.name)
    return f"{_short(hit.name)} ({_short(hit.matched)})"


def _short(text: str) -> str:
    """A title that is not too long for a cell."""
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1].rstrip() + "…"


def _day(date: FuzzyDate | None) -> Any:
    """The day, or how it was written where it is not known to the day; ISO days as a person reads them."""
    if date is None or date.text in ("", date.latest.isoformat()):
        return date and date.latest
    mark, _, day = date.text.rpartition(" ")
    try:
        return f"{mark} {dt.date.fromisoformat(day):%d/%m/%Y}".strip()
    except ValueError:
        return date.text
