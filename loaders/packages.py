"""What is inside the ZIP of an .xlsx, .xlsb or .ods, looked at before and beside calamine.

Before: that it is whole, not encrypted, and does not unpack to more than memory can hold.
Beside: cells of an .xlsx that hold an error value or a formula without a result (calamine gives
both as empty), and cells shown as a percentage (calamine gives 0.2 for what reads 20%).
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import InputErrors
from loaders.tables import UNPACKED_PER_PACKED, column_letters, max_file_bytes, unreadable

# calamine holds the rectangle from A1 to the last cell in memory
MAX_CELLS = 25_000_000
MAX_PARTS = 10_000
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"'
_ERROR_CELL = re.compile(_CELL + rb'[^>]*?\bt="e"[^>]*>')
_UNCALCULATED = re.compile(
    _CELL + rb"((?:[^>/]|/(?!>))*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_STYLED = re.compile(_CELL + rb'[^>]*?\bs="(\d+)"')
_FAR_COLUMN = re.compile(rb'r="([A-Z]{2,3})\d')
_FILLED = re.compile(_CELL + rb"(?:[^>/]|/(?!>))*>")
_REPEATED_CELL = re.compile(rb'<table:table-cell[^>]*number-columns-repeated="(\d{4,})"[^>]*(?<!/)>')
_REPEATED_ROW = re.compile(
    rb'<table:table-row[^>]*number-rows-repeated="(\d{4,})"[^>]*(?<!/)>((?:(?!</table:table-row>).)*)',
    re.DOTALL,
)


@dataclass
class SheetNotes:
    """By (row number from 1, column from 0): why a cell cannot be read; which are percentages."""

    unreadable: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)


def inspect(path: Path, name: str) -> dict[str, SheetNotes]:
    """What calamine does not tell, by sheet name (of .xlsx and .xlsm only). Raises `InputErrors`."""
    try:
        with zipfile.ZipFile(path) as package:
            _check_size(package, name)
            suffix = path.suffix.lower()
            if suffix == ".ods":
                _check_ods(package, name)
                return {}
            if suffix == ".xlsb":
                return {}
            return dict(_sheets(package, name))
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
    ) as error:
        raise unreadable(
            name,
            f"the workbook is damaged or cut off ({error})",
            "Take the original file again, or open it in Excel and save it as .xlsx.",
        ) from error


def _check_size(package: zipfile.ZipFile, name: str) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise unreadable(name, "the workbook is password-protected", "Remove the password and save it again.")
    unpacked = sum(part.file_size for part in parts)
    limit = max_file_bytes() * UNPACKED_PER_PACKED
    if unpacked > limit or len(parts) > MAX_PARTS:
        raise unreadable(
            name,
            f"the workbook unpacks to {unpacked / 1e6:,.0f} MB in {len(parts)} parts; "
            f"up to {limit / 1e6:,.0f} MB in {MAX_PARTS} are read",
            "Split it, or save it again without pictures and formatted empty rows. "
            "BOMAY_MAX_FILE_MB raises the limit.",
        )


def _check_ods(package: zipfile.ZipFile, name: str) -> None:
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise unreadable(name, "the workbook is password-protected", "Remove the password and save it again.")
    content = package.read("content.xml")
    repeated = max((int(m[1]) for m in _REPEATED_CELL.finditer(content)), default=0)
    for match in _REPEATED_ROW.finditer(content):
        if b"<text:p" in match[2] or b"office:value" in match[2]:
            repeated = max(repeated, int(match[1]))
    if repeated:
        raise unreadable(
            name, f"a filled cell is repeated {repeated} times", "Delete the rows filled down to the end."
        )


def _sheets(package: zipfile.ZipFile, name: str) -> Iterator[tuple[str, SheetNotes]]:
    percent_styles = _percent_styles(package)
    for title, part in _parts(package):
        data = package.read(part)
        _check_extent(data, name, title)
        notes = SheetNotes()
        if b't="e"' in data:
            for match in _ERROR_CELL.finditer(data):
                value = re.search(rb"<(?:\w+:)?v>([^<]*)<", data[match.end() : match.end() + 2000])
                shown = value[1].decode("utf-8", "replace") if value else "an error"
                notes.unreadable[_position(match)] = f"the cell shows the error {shown}"
        if b"<f" in data or b":f" in data:
            for match in _UNCALCULATED.finditer(data):
                if b't="str"' not in match[0].split(b">", 1)[0]:
                    notes.unreadable[_position(match)] = "the formula has no result"
        if percent_styles:
            notes.percent = {_position(m) for m in _STYLED.finditer(data) if m[3] in percent_styles}
        if notes.unreadable or notes.percent:
            yield title, notes


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each worksheet."""
    names = set(package.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return
    targets: dict[str, str] = {}
    for tag in re.findall(rb"<(?:\w+:)?Relationship\s[^>]*>", package.read("xl/_rels/workbook.xml.rels")):
        of = _attributes(tag)
        target = of.get("Target", "")
        targets[of.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    for tag in re.findall(rb"<(?:\w+:)?sheet\s[^>]*>", package.read("xl/workbook.xml")):
        of = _attributes(tag)
        part = targets.get(next((v for k, v in of.items() if k.endswith(":id")), ""), "")
        if part in names:
            yield of.get("name", ""), part


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        key.decode("utf-8", "replace"): html.unescape((double or single).decode("utf-8", "replace"))
        for key, double, single in _ATTRIBUTE.findall(tag)
    }


def _percent_styles(package: zipfile.ZipFile) -> frozenset[bytes]:
    """The cell styles, by their number, whose format is a percentage."""
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    styles = package.read("xl/styles.xml")
    formats = {"9", "10"}  # built in: 0% and 0.00%
    for tag in re.findall(rb"<(?:\w+:)?numFmt\s[^>]*>", styles):
        of = _attributes(tag)
        if "%" in of.get("formatCode", ""):
            formats.add(of.get("numFmtId", ""))
    section = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", styles, re.DOTALL)
    if not section:
        return frozenset()
    cell_formats = re.findall(rb"<(?:\w+:)?xf\s[^>]*>", section[0])
    return frozenset(
        str(i).encode() for i, tag in enumerate(cell_formats) if _attributes(tag).get("numFmtId") in formats
    )


def _check_extent(data: bytes, name: str, title: str) -> None:
    """A single cell far away would make calamine hold billions of empty ones."""
    last = data.rfind(b"<row ")
    row = re.search(rb'\br="(\d+)"', data[last : last + 200]) if last >= 0 else None
    if row is None:
        return
    widest = max((_column(m) for m in set(_FAR_COLUMN.findall(data))), default=26)
    if int(row[1]) * widest <= MAX_CELLS:
        return
    # formatted but empty cells do not count
    rows, columns = 0, 0
    for match in _FILLED.finditer(data):
        at = _position(match)
        rows, columns = max(rows, at[0]), max(columns, at[1] + 1)
    if rows * columns > MAX_CELLS:
        corner = f"{column_letters(columns - 1)}{rows}"
        raise _too_far(name, title, corner)


def _too_far(name: str, title: str, corner: str) -> InputErrors:
    return unreadable(
        name,
        f"the sheet {title!r} reaches as far as {corner}",
        "Delete stray cells far from the table (Ctrl+End shows the last one).",
    )


def _position(match: re.Match[bytes]) -> tuple[int, int]:
    return int(match[2]), _column(match[1]) - 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
