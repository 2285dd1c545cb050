"""Pairs of statements from a CSV file: id, a, b and perhaps a label."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from graph.errors import InputErrors, Problem, UserError
from graph.text import key, nearest, nfc, search_key
from queries.labels import labels
from queries.pairs import Pair
from queries.statements import CLASSES, Class

# what a heading may be called, compared without diacritics
HEADINGS = {
    "id": ("id", "ma", "so tt", "stt", "ma cap", "tt"),
    "a": ("a", "cau a", "chuc nang a", "nhiem vu a", "van ban a", "text a", "statement a", "ve a", "thu nhat"),
    "b": ("b", "cau b", "chuc nang b", "nhiem vu b", "van ban b", "text b", "statement b", "ve b", "thu hai"),
    "label": ("label", "nhan", "loai", "phan loai", "ket luan", "lop"),
}
_NEEDED = ("a", "b")
_DELIMITERS = (",", ";", "\t")
# a function written out in full can fill a page or ten
_LONGEST_CELL = 100_000_000
MOST_PROBLEMS = 20


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a file in UTF-8 (or UTF-16), with commas, semicolons or tabs between the columns.

    Headings may be in Vietnamese and in any case; other columns are ignored. A pair without an id gets the number
    of its row. Raises UserError for a file that cannot be read as such, InputErrors for cells that cannot.
    """
    text = _text(path)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise UserError(f"{path.name}, line {reader.line_num}: not CSV ({error})") from error
    if not rows:
        raise UserError(f"{path.name} is empty", "columns: id, a, b and perhaps label")
    columns = _columns(rows[0], path.name)
    problems: list[Problem] = []
    found = list(_pairs(rows[1:], columns, path.name, problems))
    if problems:
        raise InputErrors(problems[:MOST_PROBLEMS])
    if not found:
        raise UserError(f"{path.name} has headings but no pairs")
    return found


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"there is no file {path}") from error
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from error
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UserError(f"{path.name}, line {line}: not UTF-8", "save it as CSV UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _columns(headings: Sequence[str], file: str) -> dict[str, int]:
    known = {search_key(name): column for column, names in HEADINGS.items() for name in names}
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        column = known.get(search_key(heading))
        if column is not None:
            if column in found:
                raise UserError(f"{file}, line 1: two columns are headed {column}", "keep one of them")
            found[column] = index
    missing = [column for column in _NEEDED if column not in found]
    if missing:
        seen = ", ".join(nfc(heading) or "(empty)" for heading in headings)
        raise UserError(f"{file}, line 1: no column {' and '.join(missing)}; found: {seen[:200]}", "id, a, b, label")
    return found


def _pairs(
    rows: Sequence[Sequence[str]], columns: dict[str, int], file: str, problems: list[Problem]
) -> Iterator[Pair]:
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {column: row[index] if index < len(row) else "" for column, index in columns.items()}
        where = f"row {number}"
        for column in _NEEDED:
            if not cells[column].strip():
                problems.append(
                    Problem(file, where, f"column {column}", "no text", "", "write the statement, or drop the row")
                )
        written = cells.get("label", "")
        label = _names().get(key(written))
        if written.strip() and label is None:
            problems.append(Problem(file, where, "column label", "unknown label", nfc(written), _allowed(written)))
        yield Pair(nfc(cells.get("id", "")) or str(number - 1), cells["a"], cells["b"], label)


@cache
def _names() -> dict[str, Class]:
    """What each class may be called, with and without diacritics."""
    classes = labels()["statements"]["classes"]
    names = [(name, code) for code in CLASSES for name in (code, *classes[code].values())]
    return {spelled(name): code for name, code in names for spelled in (key, search_key)}


def _allowed(text: str) -> str:
    classes = labels()["statements"]["classes"]
    close = nearest(text, [*CLASSES, *(classes[code]["vi"] for code in CLASSES)], n=1)
    allowed = ", ".join(f"{code} ({classes[code]['vi']})" for code in CLASSES)
    return f"one of: {allowed}" + (f"; nearest: {close[0]}" if close else "")
