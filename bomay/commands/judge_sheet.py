"""A sheet of verdicts: what `bomay overlaps -o list.xlsx` wrote, with the columns at its end filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bomay.labels import label
from graph.errors import InputErrors, Problem, UserError

if TYPE_CHECKING:
    from loaders.tables import Row, Table

COLUMNS = ("key", "verdict", "reason", "by", "on")
ALSO = {"key": ("khóa",), "reason": ("why", "vì sao"), "by": ("người",), "on": ("ngày", "date")}


@dataclass(frozen=True)
class Line:
    """One row with a verdict; `by` and `on` are empty where the row does not say."""

    key: str
    verdict: str
    reason: str
    by: str
    on: dt.date | None
    file: str
    sheet: str
    cell: str


def read_sheet(path: Path) -> list[Line]:
    """The rows with a verdict, of the first table with a column key. Raises InputErrors with all problems."""
    from loaders.read import read_tables

    for table in read_tables(path):
        rows = list(table.rows)
        table.header = [_text(cell) for cell in table.header or (rows.pop(0).cells if rows else [])]
        places = _places(table.header)
        if "key" in places and "verdict" in places:
            return _lines(path, table, rows, places)
    raise UserError(
        f"{path.name} has no sheet with the columns key and verdict",
        "fill in what `bomay overlaps … -o list.xlsx` wrote",
    )


def _lines(path: Path, table: Table, rows: list[Row], places: Mapping[str, int]) -> list[Line]:
    lines: list[Line] = []
    problems: list[Problem] = []
    for row in rows:
        values = {name: row.cells[place] for name, place in places.items() if place < len(row.cells)}
        if _text(values.get("verdict")) and _text(values.get("key")):
            where = (table.file, table.name, table.address(row, places["verdict"]))
            lines += _line(values, where, problems)
    if problems:
        raise InputErrors(problems)
    if not lines:
        raise UserError(f"{path.name}: no row has a verdict", "write accept, reject or unsure in the column verdict")
    return lines


def _line(values: Mapping[str, Any], where: tuple[str, str, str], problems: list[Problem]) -> list[Line]:
    from graph.dates import parse_day
    from graph.vocabulary import code_of

    key, verdict, reason, by, on = (values.get(name) for name in COLUMNS)
    code = code_of("verdicts", _text(verdict))
    if code is None:
        remedy = "accept (chấp nhận), reject (bác bỏ) or unsure (chưa rõ)"
        problems.append(Problem(*where, "not a verdict", _text(verdict), remedy))
        return []
    if isinstance(on, dt.datetime):
        on = on.date()
    if not isinstance(on, dt.date):
        try:
            on = parse_day(_text(on)) if _text(on) else None
        except ValueError as error:
            problems.append(Problem(*where, str(error), _text(on), "write a day such as 2025-03-01"))
            return []
    return [Line(_text(key), code, _text(reason), _text(by), on, *where)]


def _places(header: list[str]) -> Mapping[str, int]:
    """Column of each name, in Vietnamese, English or as the csv has it."""
    from graph.text import key

    known = {
        key(text): name
        for name in COLUMNS
        for text in (
            name,
            *ALSO.get(name, ()),
            label(f"overlaps.{name}", "vi"),
            label(f"overlaps.{name}", "en"),
        )
    }
    found: dict[str, int] = {}
    for place, text in enumerate(header):
        name = known.get(key(text))
        if name:
            found.setdefault(name, place)
    return found


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
