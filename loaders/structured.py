"""YAML and JSON files: a mapping from sheet to a list of rows, the keys of a row are its headers.

YAML is read from its events, not through a constructor: no object is ever built from a tag,
aliases cannot blow up, every value keeps its line, and what is written stays as written
(`no` is not False, `1.10` is not 1.1).
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from graph.errors import InputErrors, Problem
from loaders.csvfile import decode
from loaders.tables import Row, Table, unreadable

# the stubs of yaml are stricter than its events are
_SCALAR: Any = yaml.ScalarEvent
_SHAPE = "Write a mapping from sheet to rows, e.g.  units: [{name: Sở Nội vụ, place: tỉnh Ví Dụ}]"
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]{1,3})?")


class _Table:
    """Collects rows given as keys and values into columns."""

    def __init__(self, file: str, name: str) -> None:
        self._rows: list[Row] = []
        self.table = Table(file=file, name=name, form="structured", rows=self._rows)
        self._column: dict[str, int] = {}

    def add(self, number: int, keys: list[str], values: list[object], lines: list[int] | None = None) -> None:
        column = self._column
        known = self.table.header
        # most rows have the keys of the header in its order: no rearranging then
        if keys == known:
            self._rows.append(Row(number, values, lines))
            return
        for key in keys:
            if key not in column:
                column[key] = len(known)
                known.append(key)
        cells: list[object] = [None] * len(known)
        placed = [0] * len(known) if lines else None
        for i, key in enumerate(keys):
            cells[column[key]] = values[i]
            if placed is not None and lines is not None:
                placed[column[key]] = lines[i]
        self._rows.append(Row(number, cells, placed))


def read_yaml(path: Path, name: str) -> list[Table]:
    """The tables of a YAML file. Raises `InputErrors`: syntax, aliases, tags, repeated keys, other shapes."""
    text, encoding = decode(path.read_bytes(), name)
    try:
        tables = _Yaml(text, name).tables()
    except yaml.reader.ReaderError as error:
        raise unreadable(
            name,
            "a character that YAML does not allow",
            "Remove control characters.",
            cell=f"character {error.position + 1}",
        ) from error
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise unreadable(
            name,
            f"not YAML: {error.problem or error.context}",
            "Quote a text that contains ': ' or '#'; indent with spaces, not tabs.",
            cell=where,
        ) from error
    for table in tables:
        table.encoding = encoding
    return tables


class _Yaml:
    """Walks the events of a file: sheets, rows, values; anything else is a problem with its line."""

    def __init__(self, text: str, file: str) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        self._next: Any = loader.get_event
        self._file = file
        self._problems: list[Problem] = []

    def _event(self) -> Any:
        event = self._next()
        if getattr(event, "anchor", None) is not None:
            raise self._fatal(
                event, "anchors and aliases (& and *) are not read", "Write the value out in each place."
            )
        if getattr(event, "tag", None) is not None:
            raise self._fatal(event, f"tags are not read: {event.tag}", "Remove the tag (!…).")
        return event

    def _problem(self, event: Any, message: str, remedy: str, sheet: str = "", found: str = "") -> Problem:
        cell = f"line {event.start_mark.line + 1}"
        return Problem(file=self._file, sheet=sheet, cell=cell, message=message, found=found, remedy=remedy)

    def _fatal(self, event: Any, message: str, remedy: str) -> InputErrors:
        return InputErrors([*self._problems, self._problem(event, message, remedy)])

    def _skip(self, event: Any) -> None:
        """Read on to the end of a collection that was not expected."""
        level = int(isinstance(event, yaml.CollectionStartEvent))
        while level:
            event = self._event()
            level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)

    def tables(self) -> list[Table]:
        self._event()  # start of the stream
        start = self._event()
        if not isinstance(start, yaml.DocumentStartEvent):
            raise unreadable(self._file, "the file has no content", _SHAPE)
        top = self._event()
        if not isinstance(top, yaml.MappingStartEvent):
            raise self._fatal(top, "the file is not a mapping from sheet to rows", _SHAPE)
        tables: dict[str, Table] = {}
        while not isinstance(key := self._event(), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                raise self._fatal(key, "the name of a sheet is not a text", _SHAPE)
            if key.value in tables:
                self._problems.append(
                    self._problem(key, "the sheet is there twice", "Put the rows together.", key.value)
                )
            tables[key.value] = self._sheet(key.value)
        self._event()  # end of the document
        if not isinstance(more := self._event(), yaml.StreamEndEvent):
            raise self._fatal(
                more, "a second document (---) in the file", "Put the rows together, or use two files."
            )
        if self._problems:
            raise InputErrors(self._problems)
        return list(tables.values())

    def _sheet(self, name: str) -> Table:
        collected = _Table(self._file, name)
        start = self._event()
        if isinstance(start, yaml.ScalarEvent) and start.value in _NULLS:
            return collected.table
        if not isinstance(start, yaml.SequenceStartEvent):
            self._problems.append(self._problem(start, "a sheet is a list of rows", _SHAPE, name))
            self._skip(start)
            return collected.table
        number = 0
        while not isinstance(row := self._event(), yaml.SequenceEndEvent):
            if isinstance(row, yaml.MappingStartEvent):
                self._row(row, number, collected)
            elif not (isinstance(row, yaml.ScalarEvent) and row.value in _NULLS):
                self._problems.append(
                    self._problem(row, f"row {number} is not a mapping from column to value", _SHAPE, name)
                )
                self._skip(row)
            number += 1
        return collected.table

    def _row(self, start: Any, number: int, collected: _Table) -> None:
        keys: list[str] = []
        values: list[object] = []
        lines: list[int] = []
        sheet = collected.table.name
        event_of = self._event
        while type(key := event_of()) is not yaml.MappingEndEvent:
            if type(key) is not _SCALAR:
                raise self._fatal(key, "the name of a column is not a text", _SHAPE)
            value = event_of()
            if type(value) is _SCALAR:
                values.append(_plain(value.value) if value.implicit[0] else value.value)
            elif type(value) is yaml.SequenceStartEvent:
                values.append(self._list(sheet, key.value))
            else:
                self._problems.append(
                    self._problem(
                        value,
                        f"{sheet}[{number}].{key.value} is a mapping; a value is a text, a number or a list",
                        "Write the values into columns of their own.",
                        sheet,
                    )
                )
                self._skip(value)
                values.append(None)
            keys.append(key.value)
            lines.append(key.start_mark.line + 1)
        if len(set(keys)) != len(keys):
            twice = sorted({k for k in keys if keys.count(k) > 1})
            self._problems.append(
                self._problem(
                    start,
                    f"{sheet}[{number}] has a column twice",
                    "Keep one of them.",
                    sheet,
                    ", ".join(twice),
                )
            )
        collected.add(number, keys, values, lines)

    def _list(self, sheet: str, column: str) -> list[object]:
        items: list[object] = []
        while not isinstance(item := self._event(), yaml.SequenceEndEvent):
            if isinstance(item, yaml.ScalarEvent):
                items.append(_plain(item.value) if item.implicit[0] else item.value)
            else:
                self._problems.append(
                    self._problem(
                        item, f"a list inside the list {column!r}", "List texts or numbers only.", sheet
                    )
                )
                self._skip(item)
        return items


def _plain(text: str) -> object:
    """An unquoted value: nothing, a number that keeps its digits, or the text as it stands."""
    if text in _NULLS:
        return None
    if text[0] in "0123456789-+":
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
    return text


class _Repeated(dict[str, object]):
    """An object in which a key came twice."""


def read_json(path: Path, name: str) -> list[Table]:
    """The tables of a JSON file. Raises `InputErrors`: syntax, NaN, repeated keys, other shapes."""
    text, encoding = decode(path.read_bytes(), name)
    try:
        content = json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_constant, parse_float=Decimal
        )
    except json.JSONDecodeError as error:
        raise unreadable(
            name,
            f"not JSON: {error.msg}",
            "Check commas, quotes and brackets.",
            cell=f"line {error.lineno}, column {error.colno}",
        ) from error
    except _NotANumber as error:
        raise unreadable(
            name, "NaN and Infinity are not JSON", "Leave the value empty (null).", found=str(error)
        ) from error
    except RecursionError as error:
        raise unreadable(name, "brackets nested too deep", _SHAPE) from error
    except ValueError as error:
        raise unreadable(
            name, f"a number that cannot be read: {error}", "Write it with fewer digits."
        ) from error
    if not isinstance(content, dict):
        raise unreadable(name, "the file is not a mapping from sheet to rows", _SHAPE)
    problems: list[Problem] = []
    if isinstance(content, _Repeated):
        problems.append(Problem(name, "", "", "a sheet is there twice", remedy="Put the rows together."))
    tables = [_json_sheet(name, sheet, rows, problems) for sheet, rows in content.items()]
    if problems:
        raise InputErrors(problems)
    for table in tables:
        table.encoding = encoding
    return tables


def _json_sheet(file: str, sheet: str, rows: object, problems: list[Problem]) -> Table:
    collected = _Table(file, sheet)
    if rows is None:
        return collected.table
    if not isinstance(rows, list):
        problems.append(Problem(file, sheet, "", "a sheet is a list of rows", remedy=_SHAPE))
        return collected.table
    for number, row in enumerate(rows):
        where = f"{sheet}[{number}]"
        if not isinstance(row, dict):
            if row is not None:
                problems.append(
                    Problem(file, sheet, where, "a row is a mapping from column to value", remedy=_SHAPE)
                )
            continue
        if isinstance(row, _Repeated):
            problems.append(
                Problem(file, sheet, where, "a column is there twice", remedy="Keep one of them.")
            )
        for key, value in row.items():
            if isinstance(value, dict) or (
                isinstance(value, list) and any(isinstance(v, dict | list) for v in value)
            ):
                problems.append(
                    Problem(
                        file,
                        sheet,
                        f"{where}.{key}",
                        "a value is a text, a number or a list of them",
                        remedy="Write the values into columns of their own.",
                    )
                )
        collected.add(number, list(row), list(row.values()))
    return collected.table


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else _Repeated(made)


class _NotANumber(Exception):
    pass


def _no_constant(written: str) -> object:
    raise _NotANumber(written)
