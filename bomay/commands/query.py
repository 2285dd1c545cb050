"""bomay query: a named query, or Cypher of one's own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

import click

from bomay.options import Settings, shared
from graph.errors import NothingFound, UserError


def _names(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    """For tab completion: the named queries that start so."""
    from queries.named import catalogue

    return [name for name in catalogue() if name.startswith(typed)]


@click.command(name="query")
@click.argument("query", shell_complete=_names)
@click.option("-p", "--param", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter; repeatable.")
@click.option("--ids", is_flag=True, help="Show the columns of ids, and empty ones, in a table too.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=300.0, show_default=True, help="Seconds.")
@shared("store", "on", "format", "output", "lang")
def command(query: str, parameters: tuple[str, ...], ids: bool, timeout: float, settings: Settings) -> None:
    """Run QUERY: the name of a named query (see `bomay queries`), or Cypher in quotes.

    \b
    bomay query heads -p place="tỉnh Vĩnh Phúc" --on 1/1/2020
    bomay query "MATCH (u:Unit) RETURN u.kind, count(*) AS n ORDER BY n DESC"

    Cypher of your own may use $on, the day of --on. Nothing can be changed by a query.
    """
    from bomay.labels import label
    from viz.tables import emit, format_for

    values = dict(_pair(text) for text in parameters)
    form = format_for(settings.format, settings.output)
    own = _is_cypher(query)
    if not own:
        from queries.named import named

        found = named(query)  # an unknown name is said before the store is opened
    with settings.connect(time_limit=timeout) as store:
        if own:
            result = store.ask(query, {"on": settings.on, **_typed(values)})
            columns, rows, labels = result.columns, result.rows, {}
        else:
            from queries.named import run

            result = run(store, query, values, settings.on)
            columns, rows = result.columns, result.rows
            if form in ("table", "xlsx"):
                rows = in_words(found.columns, rows, settings.lang)
            labels = {c.name: c.vi for c in found.columns} if settings.lang == "vi" else {}
    if not rows and form == "table":
        raise NothingFound(f"no rows on {settings.on:%d/%m/%Y}", "another day with --on, other parameters with -p")
    if form == "table" and not own and not ids:
        columns, rows = for_people(columns, rows)
    emit(
        columns,
        rows,
        format=form,
        output=settings.output,
        labels=labels,
        note=label("query.rows", settings.lang).format(n=len(rows), on=f"{settings.on:%d/%m/%Y}"),
    )
    if not rows:
        raise NothingFound(f"no rows on {settings.on:%d/%m/%Y}")


def for_people(columns: list[str], rows: list[list[Any]]) -> tuple[list[str], list[list[Any]]]:
    """A table for people does without ids and without columns that are empty throughout; other forms keep them."""
    shown = [
        i
        for i, name in enumerate(columns)
        if name != "id" and not name.endswith("_id") and any(row[i] not in (None, "", []) for row in rows)
    ]
    return [columns[i] for i in shown], [[row[i] for i in shown] for row in rows]


def _is_cypher(text: str) -> bool:
    """A named query is one word; Cypher never is."""
    return re.search(r"\s", text.strip()) is not None


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark or not name.strip():
        raise UserError(f"-p {text!r} is not NAME=VALUE", 'for example: -p place="tỉnh Vĩnh Phúc"')
    return name.strip(), value.strip()


def _typed(values: dict[str, str]) -> dict[str, Any]:
    """Parameters of one's own Cypher: numbers, days and true/false as such, all else as text."""
    return {name: _value(text) for name, text in values.items()}


def _value(text: str) -> Any:
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError as error:
            raise UserError(f"{text} is not a day: {error}") from error
    return {"true": True, "false": False, "null": None}.get(text, text)


def in_words(columns: Iterable[Any], rows: list[list[Any]], lang: str) -> list[list[Any]]:
    """Codes of the vocabularies as words, for people; csv and json keep the codes."""
    from graph.vocabulary import codes, label

    lists = [column.vocabulary for column in columns]

    def word(vocabulary: str, value: Any) -> Any:
        if not vocabulary or value is None:
            return value
        if isinstance(value, list):
            return [word(vocabulary, item) for item in value]
        return label(vocabulary, value, lang) if value in codes(vocabulary) else value

    return [[word(v, value) for v, value in zip(lists, row, strict=True)] for row in rows]
