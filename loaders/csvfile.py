"""CSV files as Excel, LibreOffice and scripts write them: encoding and separator are found, and said."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from graph.errors import InputErrors
from loaders.tables import MANY_ROWS, Row, Table, unreadable

SEPARATORS = ",;\t"
# characters in which the separator is looked for; bytes that are looked at together
_HEAD, _BLOCK = 65_536, 1_000_000
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
    or tab. Row numbers count records, as Excel shows them. The file is read to its end; of many
    rows none is kept. Raises `InputErrors`.
    """
    codec, encoding = _encoding(lambda: _blocks_of(path), name)
    with path.open(encoding=codec, newline="") as file:
        separator, skipped = _separator(unicodedata.normalize("NFC", file.read(_HEAD)))
    rows = _CsvRows(path, name, codec, separator, skipped)
    few = rows.count()
    title = unicodedata.normalize("NFC", path.stem)
    return Table(file=name, name=title, form="csv", rows=rows if few is None else few, encoding=encoding)


class _CsvRows:
    """The rows of a file, read anew each time."""

    def __init__(self, path: Path, name: str, codec: str, separator: str, skipped: int) -> None:
        self.path = path
        self.name = name
        self.codec = codec
        self.separator = separator
        self.skipped = skipped
        self._length = 0

    def count(self) -> list[Row] | None:
        """Read to the end; the rows, if they are few. Raises `InputErrors` where the CSV breaks off."""
        few: list[Row] = []
        for row in self:
            self._length += 1
            if self._length <= MANY_ROWS:
                few.append(row)
        return few if self._length <= MANY_ROWS else None

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Row]:
        with self.path.open(encoding=self.codec, newline="") as file:
            lines = (unicodedata.normalize("NFC", line) for line in file)
            reader = csv.reader(lines, delimiter=self.separator, strict=True)
            try:
                for number, cells in enumerate(reader, start=1):
                    if number > self.skipped:
                        yield Row(number, list(cells))
            except csv.Error as error:
                raise unreadable(
                    self.name,
                    f"the CSV breaks off: {error}",
                    'A quotation mark opened and not closed, most often. Inside a quoted cell write "" for ".',
                    cell=f"line {reader.line_num}",
                ) from error


def _blocks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text in NFC and the name of its encoding. Raises `InputErrors` where none fits."""
    codec, encoding = _encoding(lambda: iter([data]), name)
    return unicodedata.normalize("NFC", data.decode(codec)), encoding


def _encoding(blocks: Callable[[], Iterator[bytes]], name: str) -> tuple[str, str]:
    """Python's name of the encoding and what to call it. Raises `InputErrors` where none fits."""
    start = next(blocks(), b"")
    if start.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise _undecodable(name, "UTF-32")
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if start.startswith(mark):
            encoding = codec.removesuffix("-sig").upper()
            if (byte := _bad_byte(blocks(), codec)) is not None:
                raise _undecodable(name, f"damaged {encoding} (byte {byte})")
            return codec, f"{encoding} with mark"
    if any(b"\x00" in block for block in blocks()):
        raise _undecodable(name, "UTF-16 without mark, or no text at all")
    if _bad_byte(blocks(), "utf-8") is None:
        return "utf-8", "UTF-8"
    return _windows_1258(blocks, name)


def _bad_byte(blocks: Iterator[bytes], codec: str, use: Callable[[str], object] = len) -> int | None:
    """Where the bytes are not of the encoding; None where they are. `use` gets the text, block by block."""
    decoder = codecs.getincrementaldecoder(codec)()
    before = 0
    for block in _ended(blocks):
        kept = len(decoder.getstate()[0])
        try:
            use(decoder.decode(block, final=not block))
        except UnicodeDecodeError as error:
            return before - kept + error.start
        before += len(block)
    return None


def _ended(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The blocks and an empty one."""
    yield from blocks
    yield b""


def _windows_1258(blocks: Callable[[], Iterator[bytes]], name: str) -> tuple[str, str]:
    """Windows-1258 has its tone marks as separate characters; they must all find a vowel."""
    foreign: Counter[str] = Counter()

    def count(text: str) -> None:
        composed = unicodedata.normalize("NFC", text)
        foreign.update(c for c in composed if c > "\x7f" and unicodedata.category(c)[0] in "LM")

    if (byte := _bad_byte(blocks(), "cp1258", count)) is not None:
        raise _undecodable(name, f"not UTF-8 and not Windows-1258 (byte {byte})")
    vietnamese = sum(n for c, n in foreign.items() if c in VIETNAMESE_LETTERS)
    if vietnamese < 0.98 * sum(foreign.values()):
        raise _undecodable(name, "an old code page or font (TCVN3, VNI?)")
    return "cp1258", "Windows-1258"


def _undecodable(name: str, what: str) -> InputErrors:
    return unreadable(name, f"the letters cannot be read: {what}", _SAVE_AGAIN)


def _separator(text: str) -> tuple[str, int]:
    """The separator, and how many rows to skip: one where Excel's line `sep=;` says it."""
    first = text.split("\n", 1)[0].strip()
    if first[:4].lower() == "sep=" and len(first) == 5:
        return first[4], 1
    best, best_score = ",", (0, 0)
    for separator in SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
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
