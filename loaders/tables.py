"""A user's file as plain tables: sheets of rows, nothing interpreted yet.

Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods), CSV, YAML and JSON all become the same `Table`,
so that everything after this reads one shape. What a file cannot be read for is reported
as `InputErrors` with what to do about it; damaged and hostile files never give a traceback.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from graph.errors import InputErrors, Problem

DEFAULT_MAX_FILE_MB = 100
# A zipped workbook of ordinary cells unpacks to about ten times its size.
UNPACKED_PER_PACKED = 10

# A table of more rows is not kept in memory but read again from its file when its rows are wanted.
MANY_ROWS = 20_000

# (first row, first column) to (last row, last column), zero-based, inclusive
CellRange = tuple[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class Row:
    """One row: its number as a person counts (in YAML and JSON the index, from 0) and its values.

    `lines` are the lines of the values in a YAML file; None for other files.
    """

    number: int
    cells: list[object]
    lines: list[int] | None = None


class Rows(Protocol):
    """The rows of a table: a list, or read from the file each time."""

    def __iter__(self) -> Iterator[Row]: ...
    def __len__(self) -> int: ...


@dataclass
class Table:
    """One sheet of a file. `cells[i]` of a row belongs to column i; rows may be shorter than the header.

    `form` is "workbook", "csv" or "structured" and decides how an address is written. `header` is
    given by structured files (their keys); for the others `loaders.headers` finds it. `unreadable`
    are cells whose content the reader does not hand out, by (row number, column), with the reason;
    `percent` are cells shown as a percentage, whose stored value is a hundredth of what one sees.
    """

    file: str
    name: str
    form: str
    rows: Rows
    header: list[str] = field(default_factory=list)
    encoding: str = ""
    hidden: bool = False
    merged: list[CellRange] = field(default_factory=list)
    unreadable: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)

    def at(self, row: Row) -> str:
        """Where the row is: `Đơn vị!5`, in structured files `units[3]`."""
        if self.form == "structured":
            return f"{self.name}[{row.number}]"
        return f"{self.name}!{row.number}"

    def address(self, row: Row, column: int) -> str:
        """Where the value is: `B5`, `row 5, column 2 (tên)` or `units[3].name (line 14)`."""
        if self.form == "workbook":
            return f"{column_letters(column)}{row.number}"
        title = str(self.header[column]) if column < len(self.header) else ""
        if self.form == "csv":
            shown = f"row {row.number}, column {column + 1}"
            return f"{shown} ({title})" if title else shown
        shown = f"{self.name}[{row.number}].{title}"
        if row.lines and column < len(row.lines) and row.lines[column]:
            shown += f" (line {row.lines[column]})"
        return shown


def column_letters(index: int) -> str:
    """The letters of a zero-based column: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def max_file_bytes() -> int:
    """The largest file that is read, in bytes: BOMAY_MAX_FILE_MB or 100 MB. Raises `InputErrors`."""
    written = os.environ.get("BOMAY_MAX_FILE_MB", "").strip()
    if not written:
        return DEFAULT_MAX_FILE_MB * 1_000_000
    try:
        megabytes = float(written)
        if not 0 < megabytes < 1e9:
            raise ValueError
    except ValueError:
        raise unreadable(
            "", f"BOMAY_MAX_FILE_MB is {written!r}", "Set it to a number of megabytes, e.g. 200."
        ) from None
    return int(megabytes * 1_000_000)


def unreadable(file: str, message: str, remedy: str = "", cell: str = "", found: str = "") -> InputErrors:
    """An error about a whole file, to be raised."""
    return InputErrors([Problem(file=file, sheet="", cell=cell, message=message, found=found, remedy=remedy)])
