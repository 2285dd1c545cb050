"""CSV files as Excel, LibreOffice and scripts write them: encoding and separator are found, and said."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from pathlib import Path

from graph.errors import InputErrors
from loaders.tables import Row, Table, unreadable

SEPARATORS = ",;\t"
_SAVE_AGAIN = 'Save it as UTF-8 (in Excel: "CSV UTF-8"), or as a workbook (.xlsx).'
# Letters of Vietnamese beyond ASCII, composed: base letters with each tone mark
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE_LETTERS = frozenset(
    letter
    for base in "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
    for tone in _TONES
    if len(letter := unicodedata.normalize("NFC", base + tone)) == 1 and letter > "\x7f"
)


def read_csv(path: Path, name: str) -> Table:
    """The one table of a CSV file, called after the file.

    UTF-8 (with or without mark), UTF-16 with mark, Windows-1258; separated by comma, semicolon
    or tab. Row numbers count records, as Excel shows them. Raises `InputErrors`.
    """
    text, encoding = decode(path.read_bytes(), name)
    separator, skipped = _separator(text)
    table = Table(
        file=name, name=unicodedata.normalize("NFC", path.stem), form="csv", rows=[], encoding=encoding
    )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > skipped:
                table.rows.append(Row(number, list(cells)))
    except csv.Error as error:
        raise unreadable(
            name,
            f"the CSV breaks off: {error}",
            'A quotation mark opened and not closed, most often. Inside a quoted cell write "" for ".',
            cell=f"line {reader.line_num}",
        ) from error
    return table


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text in NFC and the name of its encoding. Raises `InputErrors` where none fits."""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise _undecodable(name, "UTF-32")
    for mark, encoding in ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16")):
        if data.startswith(mark):
            try:
                text = data.decode("utf-8-sig" if encoding == "UTF-8" else "utf-16")
            except UnicodeDecodeError as error:
                raise _undecodable(name, f"damaged {encoding} (byte {error.start})") from error
            return unicodedata.normalize("NFC", text), f"{encoding} with mark"
    if b"\x00" in data:
        raise _undecodable(name, "UTF-16 without mark, or no text at all")
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8")), "UTF-8"
    except UnicodeDecodeError:
        return _windows_1258(data, name)


def _windows_1258(data: bytes, name: str) -> tuple[str, str]:
    """Windows-1258 has its tone marks as separate characters; they must all find a vowel."""
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError as error:
        raise _undecodable(name, f"not UTF-8 and not Windows-1258 (byte {error.start})") from error
    foreign = Counter(c for c in text if c > "\x7f" and unicodedata.category(c)[0] in "LM")
    vietnamese = sum(n for c, n in foreign.items() if c in VIETNAMESE_LETTERS)
    if vietnamese < 0.98 * sum(foreign.values()):
        raise _undecodable(name, "an old code page or font (TCVN3, VNI?)")
    return text, "Windows-1258"


def _undecodable(name: str, what: str) -> InputErrors:
    return unreadable(name, f"the letters cannot be read: {what}", _SAVE_AGAIN)


def _separator(text: str) -> tuple[str, int]:
    """The separator, and how many rows to skip: one where Excel's line `sep=;` says it."""
    first = text.split("\n", 1)[0].strip()
    if first[:4].lower() == "sep=" and len(first) == 5:
        return first[4], 1
    head = text[:65536]
    best, best_score = ",", (0, 0)
    for separator in SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            for cells in csv.reader(io.StringIO(head, newline=""), delimiter=separator):
                if any(cell.strip() for cell in cells):
                    widths[len(cells)] += 1
        except csv.Error:
            continue
        # the separator that gives the most rows of one same width; then the wider
        width, rows = max(
            ((w, n) for w, n in widths.items() if w > 1), key=lambda x: (x[1], x[0]), default=(0, 0)
        )
        if (rows, width) > best_score:
            best, best_score = separator, (rows, width)
    return best, 0
