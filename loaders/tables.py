"""A user's file as plain tables: sheets of rows, nothing interpreted yet.

Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods), CSV, YAML and JSON all become the same `Table`,
so that everything after this reads one shape. What a file cannot be read for is reported
as `InputErrors` with what to do about it; damaged and hostile files never give a traceback.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import InputErrors, Problem

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
STRUCTURED = (".yaml", ".yml", ".json")
FOLDER_FILES = (".csv", *STRUCTURED)

DEFAULT_MAX_FILE_MB = 100
# A zipped workbook of ordinary cells unpacks to about ten times its size.
UNPACKED_PER_PACKED = 10

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
    rows: list[Row]
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


def read_tables(path: str | Path) -> list[Table]:
    """The tables of a workbook, of a CSV, YAML or JSON file, or of a folder of the latter three.

    A CSV file is one table, called after the file. Raises `InputErrors` where a file cannot be
    read: not there, no permission, too large, empty, damaged, protected, of another kind.
    """
    path = Path(path)
    if path.is_dir():
        return _read_folder(path)
    _check_file(path, path.name)
    return _read_file(path, path.name)


def _read_folder(folder: Path) -> list[Table]:
    folder = folder.resolve()  # "." has no name of its own
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise unreadable(folder.name, f"the folder cannot be opened ({error.strerror})") from error
    files = [p for p in inside if p.suffix.lower() in FOLDER_FILES and not p.name.startswith((".", "~"))]
    if not files:
        raise unreadable(
            folder.name,
            "the folder has no .csv, .yaml or .json file",
            "Give a workbook, or a folder with one CSV file for each sheet, called as the sheet.",
        )
    tables: list[Table] = []
    problems: list[Problem] = []
    for file in files:
        name = f"{folder.name}/{file.name}"
        try:
            _check_file(file, name)
            tables += _read_file(file, name)
        except InputErrors as error:
            problems += error.problems
    if problems:
        raise InputErrors(problems)
    return tables


def _read_file(path: Path, name: str) -> list[Table]:
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        from loaders.workbook import read_workbook

        return read_workbook(path, name)
    if suffix == ".csv":
        from loaders.csvfile import read_csv

        return [read_csv(path, name)]
    from loaders.structured import read_json, read_yaml

    return read_json(path, name) if suffix == ".json" else read_yaml(path, name)


def _check_file(path: Path, name: str) -> None:
    """Whether the file is there, may be read, and has a size and a kind that can be taken."""
    if path.suffix.lower() not in (*WORKBOOKS, *FOLDER_FILES):
        if not path.exists():
            raise _not_found(path, name)
        kinds = " ".join((*WORKBOOKS, *FOLDER_FILES))
        raise unreadable(
            name,
            f"files of the kind {path.suffix or 'without ending'!r} are not read",
            f"Read are: {kinds}. Save it as an Excel workbook (.xlsx).",
        )
    try:
        with path.open("rb"):
            size = path.stat().st_size
    except FileNotFoundError:
        raise _not_found(path, name) from None
    except PermissionError as error:
        raise unreadable(
            name,
            "no permission to read the file",
            "Close it in other programs, or ask its owner for the right to read it.",
        ) from error
    except OSError as error:
        raise unreadable(name, f"the file cannot be opened ({error.strerror})") from error
    if size == 0:
        raise unreadable(
            name,
            "the file is empty (0 bytes)",
            "Copy or save it again; `bomay template` writes one to start from.",
        )
    limit = max_file_bytes()
    if size > limit:
        raise unreadable(
            name,
            f"the file has {size / 1e6:,.0f} MB; files of up to {limit / 1e6:,.0f} MB are read",
            "Split it into several files, or set BOMAY_MAX_FILE_MB to a higher number.",
        )


def _not_found(path: Path, name: str) -> InputErrors:
    near: list[str] = []
    if path.parent.is_dir():
        from graph.text import nearest

        around = [p.name for p in path.parent.iterdir() if p.suffix.lower() in (*WORKBOOKS, *FOLDER_FILES)]
        near = nearest(path.name, around)
    remedy = f"In that folder are: {'; '.join(near)}." if near else "Check the name and the folder."
    return unreadable(name, "there is no such file", remedy)


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
