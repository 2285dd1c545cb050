"""Workbooks through calamine: .xlsx, .xlsm, .xlsb, .xls and .ods, with the safety checks before it.

calamine hands out values only. What it passes over in silence (error values, formulas never
calculated, percent formats) is looked up in the workbook's own XML by `loaders.packages`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import python_calamine as calamine

from graph.errors import InputErrors, Problem
from loaders.packages import inspect
from loaders.tables import MANY_ROWS, Row, Table, unreadable

_ZIPPED = (".xlsx", ".xlsm", ".xlsb", ".ods")
_ZIP = b"PK\x03\x04"
_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_OPEN_AND_SAVE = "Open it in Excel or LibreOffice and save it again as .xlsx."
_REMOVE_PASSWORD = "Open it, remove the password (File > Info > Protect Workbook) and save it again."  # noqa: S105  (advice)


def read_workbook(path: Path, name: str) -> list[Table]:
    """All worksheets with cells, hidden ones marked. Values keep the types of the workbook.

    Raises `InputErrors`: protected, damaged, not a workbook, or unpacking to too much.
    """
    _check_kind(path, name)
    notes = inspect(path, name) if path.suffix.lower() in _ZIPPED else {}
    tables: list[Table] = []
    with _readable(name), calamine.CalamineWorkbook.from_path(str(path)) as book:
        for about in book.sheets_metadata:
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            rows = _SheetRows(path, name, about.name, sheet.total_height)
            table = Table(
                file=name,
                name=unicodedata.normalize("NFC", about.name),
                form="workbook",
                rows=rows if len(rows) > MANY_ROWS else _rows_of(sheet),
                hidden=about.visible != calamine.SheetVisibleEnum.Visible,
                merged=list(sheet.merged_cell_ranges or ()),
            )
            if about.name in notes:
                table.unreadable = notes[about.name].unreadable
                table.percent = notes[about.name].percent
            tables.append(table)
    return tables


def _rows_of(sheet: calamine.CalamineSheet) -> list[Row]:
    cells = sheet.to_python(skip_empty_area=False)
    return [Row(number, row) for number, row in enumerate(cells, start=1)]


class _SheetRows:
    """The rows of a large sheet: it is in memory only while they are gone through."""

    def __init__(self, path: Path, name: str, sheet: str, length: int) -> None:
        self._path = path
        self._name = name
        self._sheet = sheet
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Row]:
        with _readable(self._name), calamine.CalamineWorkbook.from_path(str(self._path)) as book:
            sheet = book.get_sheet_by_name(self._sheet)
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            yield Row(number, cells)


def _check_kind(path: Path, name: str) -> None:
    """Whether the first bytes are those of the kind that the name says."""
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        start = file.read(512)
        if start.startswith(_COMPOUND) and suffix in _ZIPPED:
            # a protected workbook is an encrypted stream inside an OLE compound file
            if "EncryptedPackage".encode("utf-16-le") in start + file.read():
                raise unreadable(name, "the workbook is password-protected", _REMOVE_PASSWORD)
            raise unreadable(
                name,
                f"not a {suffix} workbook: password-protected, or an old .xls under another name",
                f"{_REMOVE_PASSWORD} An old .xls: rename it to .xls.",
            )
    expected = _ZIP if suffix in _ZIPPED else _COMPOUND
    if start.startswith(expected):
        return
    if suffix == ".xls" and start.startswith(_ZIP):
        raise unreadable(name, "an .xlsx workbook under the name .xls", "Rename it to .xlsx.")
    if suffix == ".xls" and start[:2] == b"\x09\x08":
        return  # a bare BIFF stream, as very old programs wrote them
    if start.lstrip()[:1] == b"<":
        raise unreadable(name, "a web page or XML file under the name of a workbook", _OPEN_AND_SAVE)
    raise unreadable(name, "not a workbook", f"{_OPEN_AND_SAVE} A text file: give it the ending .csv.")


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """calamine's errors as `InputErrors`; a panic inside it is a damaged file as well."""
    try:
        yield
    except calamine.PasswordError as error:
        raise unreadable(name, "the workbook is password-protected", _REMOVE_PASSWORD) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise _damaged(name, str(error)) from error
    except BaseException as error:
        # pyo3 raises a panic as a BaseException whose class cannot be imported
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(name, str(error)) from error


def _damaged(name: str, why: str) -> InputErrors:
    return InputErrors(
        [
            Problem(
                file=name,
                sheet="",
                cell="",
                message=f"the workbook is damaged or cut off ({why})",
                remedy=f"{_OPEN_AND_SAVE} Or take the original file again.",
            )
        ]
    )
