"""PDFs with a text layer, page by page: paragraphs, tables, what runs through all pages left out."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.errors import UserError
from loaders.reading.pdf_layout import Grid, Line, Piece, Rules, blocks
from loaders.reading.table_text import table_lines

_OCR = "Recognise its text first, e.g. ocrmypdf -l vie scan.pdf read.pdf, then read that."
_MOST_PATHS = 3_000
_WHITE = 250
_PAGE_NUMBER = re.compile(r"(?:trang|page)?\s*[-–|.]*\s*\d{1,4}\s*(?:/\s*\d+)?\s*[-–|.]*", re.I)
_OPENS = re.compile(
    r"(?:Điều \d+|Chương [IVXLC\d]+|Mục \d+|Phần [IVX\d]+|Phụ lục|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s"
    r"|[-–+•*]\s|[IVX]+\.\s|Căn cứ|Theo đề nghị|Xét |QUYẾT ĐỊNH|NGHỊ QUYẾT|Nơi nhận|TM\. |KT\. |Số:)"
)
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?[aeiouyăâêôơư]{1,3}(?:ch?|m|ng?|nh|p|t)?$"
)
Page = list[list[Line] | Grid]


def read_pdf(path: Path, name: str, install: str) -> tuple[str, list[str]]:
    """The text of a PDF and what is to be said of it. Raises UserError: encrypted, damaged, a scan, no pages."""
    try:
        import pypdfium2
    except ImportError as error:
        raise UserError("reading .pdf needs further packages", install) from error
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UserError(f"{name}: the PDF is encrypted", "Save it without a password.") from error
        raise UserError(f"{name}: the PDF is damaged", "Open and save (print) it again.") from error
    pages: list[Page] = []
    scans: list[int] = []
    damaged: list[int] = []
    hidden = 0
    with document:
        count = len(document)
        for number in range(count):
            try:
                found, unseen = _page(document[number])
            except pypdfium2.PdfiumError:
                damaged.append(number + 1)
                continue
            hidden += unseen
            if not found:
                scans.append(number + 1)
            pages.append(found)
    if count == 0:
        raise UserError(f"{name}: the PDF has no pages")
    if len(damaged) == count:
        raise UserError(f"{name}: the PDF is damaged", "Open and save (print) it again.")
    if len(scans) + len(damaged) == count:
        raise UserError(f"{name}: the PDF has no text layer; it is a scan", _OCR)
    notices = []
    if scans:
        pages_said = f"{len(scans)} of {count} pages have no text and were not read: {_ranges(scans)}"
        notices.append(f"{name}: {pages_said}; scans are recognised by e.g. ocrmypdf -l vie")
    if damaged:
        notices.append(f"{name}: {len(damaged)} of {count} pages are damaged and were not read: {_ranges(damaged)}")
    if hidden:
        notices.append(f"{name}: {hidden} characters that no reader sees were not read")
    return "\n\n".join(_paragraphs(_without_running(pages))), notices


def _ranges(numbers: list[int]) -> str:
    """Page numbers as people write them: 1-3, 7."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = [f"{first}-{last}" if last > first else str(first) for first, last in spans]
    return ", ".join(shown[:20]) + (" …" if len(shown) > 20 else "")


# --- one page -----------------------------------------------------------------------------------------


def _page(page: Any) -> tuple[Page, int]:
    """What stands on a page, and how many of its characters cannot be seen."""
    try:
        rules, grounds = _drawn(page)
        text_page = page.get_textpage()
        try:
            pieces, hidden = _pieces(text_page, rules, grounds)
        finally:
            text_page.close()
        return blocks(pieces, rules), hidden
    finally:
        page.close()


def _drawn(page: Any) -> tuple[Rules, list[tuple[float, float, float, float]]]:
    """The straight lines of a page, and the areas on which light letters can be seen."""
    import pypdfium2.raw as raw

    rules = Rules()
    grounds: list[tuple[float, float, float, float]] = []
    kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING]
    for number, each in enumerate(page.get_objects(filter=kinds, max_depth=3)):
        if number == _MOST_PATHS:
            return Rules(), grounds  # a map or a drawing, not a table
        left, bottom, right, top = each.get_bounds()
        width, height = right - left, top - bottom
        if each.type == raw.FPDF_PAGEOBJ_PATH and height <= 3 and width >= 8:
            rules.horizontal.append(((bottom + top) / 2, left, right))
        elif each.type == raw.FPDF_PAGEOBJ_PATH and width <= 3 and height >= 6:
            rules.vertical.append(((left + right) / 2, bottom, top))
        elif width > 8 and height > 6:
            grounds.append((left, bottom, right, top))
            if each.type == raw.FPDF_PAGEOBJ_PATH:
                rules.horizontal += [(bottom, left, right), (top, left, right)]
                rules.vertical += [(left, bottom, top), (right, bottom, top)]
    return rules, grounds


def _pieces(text_page: Any, rules: Rules, grounds: list[tuple[float, float, float, float]]) -> tuple[list[Piece], int]:
    """Runs of characters of one line; a wide gap or an upright line ends one."""
    import pypdfium2.raw as raw

    pieces: list[Piece] = []
    now: Piece | None = None
    space = False
    hidden = 0
    box = raw.FS_RECTF()
    place = ctypes.byref(box)
    handle = text_page.raw
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in (0x20, 0xA0, 0x09, 0, 0x0D, 0x0A):
            space = True
            now = None if code in (0x0D, 0x0A) else now
            continue
        letter = chr(code) if code not in (0xFFFE, 0x02) else "-"
        if not raw.FPDFText_GetLooseCharBox(handle, index, place):
            continue
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        height = top - bottom
        if now is not None and unicodedata.combining(letter):
            now.text += letter
            continue
        if now is not None:
            gap = left - now.right
            level = abs((bottom + top) / 2 - now.middle) < 0.35 * max(height, now.height)
            wide = gap > 0.8 * max(height, now.height) or gap < -1.5 * height
            ruled = bool(rules.vertical) and gap > 0.5 and rules.between(now.right, left, (bottom + top) / 2)
            if level and not wide and not ruled:
                now.text += f" {letter}" if space else letter
                now.right = max(now.right, right)
                now.bottom, now.top = min(now.bottom, bottom), max(now.top, top)
                space = False
                continue
        if _unseen(text_page, index, (left, bottom, right, top), grounds):
            hidden += 1
            now, space = None, False
            continue
        now = Piece(letter, left, bottom, right, top)
        pieces.append(now)
        space = False
    return pieces, hidden


def _unseen(text_page: Any, index: int, box: tuple[float, float, float, float], grounds: list[Any]) -> bool:
    """Whether a character is too small, white on white, or drawn invisibly without a picture under it."""
    import pypdfium2.raw as raw

    left, bottom, right, top = box
    if top - bottom < 2.5:
        return True
    over = any(g[0] <= left + 1 and g[1] <= (bottom + top) / 2 <= g[3] and right - 1 <= g[2] for g in grounds)
    if over:
        return False
    each = raw.FPDFText_GetTextObject(text_page.raw, index)
    if not each:
        return False
    if raw.FPDFTextObj_GetTextRenderMode(each) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return True
    colour = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFText_GetFillColor(text_page.raw, index, *map(ctypes.byref, colour)):
        return False
    red, green, blue, alpha = (c.value for c in colour)
    return min(red, green, blue) >= _WHITE or alpha == 0


# --- all pages ----------------------------------------------------------------------------------------


def _without_running(pages: list[Page]) -> list[Page]:
    """The pages without page numbers and without the lines that stand at the head or foot of many. A running
    head is kept where it stands first: it may be the title."""

    def shape(line: Line) -> str:
        return re.sub(r"\d+", "#", " ".join(line.text.split()).casefold())

    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({shape(line) for _, line in _edges(page) if line.apart})
    least = max(2, len([p for p in pages if p]) // 4)
    kept: set[str] = set()
    for page in pages:
        edges = _edges(page)
        for number, (block, line) in enumerate(edges):
            runs = seen[shape(line)] >= least and re.search(r"[^\W\d_]", line.text)
            first = number < 2 and len(edges) > 2 and shape(line) not in kept
            kept.add(shape(line))
            if _PAGE_NUMBER.fullmatch(line.text.strip()) or (runs and not first):
                block[:] = [other for other in block if other is not line]
    return pages


def _edges(page: Page) -> list[tuple[list[Line], Line]]:
    """The first two and the last two lines of a page, each with its block."""
    lines = [(block, line) for block in page if not isinstance(block, Grid) for line in block]
    return lines if len(lines) <= 4 else [*lines[:2], *lines[-2:]]


def _paragraphs(pages: list[Page]) -> Iterator[str]:
    """Lines joined to paragraphs, over columns and pages too; tables row by row."""
    held = ""
    last: Grid | None = None
    tables = 0
    for page in pages:
        for number, block in enumerate(page):
            if isinstance(block, Grid):
                if held:
                    yield held
                    held = ""
                goes_on = number == 0 and last is not None and _same_columns(last, block)
                tables += not goes_on
                rows = [last.rows[0], *block.rows] if goes_on and last is not None else block.rows
                yield from table_lines(rows, tables, after=len(last.rows) - 1 if goes_on and last is not None else 0)
                last = Grid(block.columns, [*(last.rows if goes_on and last is not None else []), *block.rows])
                continue
            for place, line in enumerate(block):
                text = " ".join(line.text.split()) if not _two_sided(line.text) else line.text
                if held and _joins(held, text, line.opens, first=place == 0):
                    held = _joined(held, text)
                    continue
                if held:
                    yield held
                held = text
        if any(not isinstance(block, Grid) and block for block in page):
            last = last if page and isinstance(page[-1], Grid) else None
    if held:
        yield held


def _same_columns(last: Grid, grid: Grid) -> bool:
    return len(last.columns) == len(grid.columns) and all(
        abs(a - b) < 4 for a, b in zip(last.columns, grid.columns, strict=True)
    )


def _two_sided(text: str) -> bool:
    return "   " in text


def _joins(before: str, line: str, opens: bool, *, first: bool) -> bool:
    """Whether a line goes on with the paragraph: it does not open one, or it is in the middle of a sentence."""
    if _OPENS.match(line):
        return False
    if before[-1:] == "," or (before[-1:] in "-\u00ad" and before[-2:-1].isalnum()):
        return True
    ended = before[-1:] in ".;:!?…”\"'"
    if line[:1].islower() and not ended:
        return True
    if before.isupper() != line.isupper():
        return False
    if first:
        return not ended and len(before) > 55
    return not opens


def _joined(before: str, line: str) -> str:
    """Two lines; a hyphen at the end is the word's own where both parts are words."""
    if before.endswith("\u00ad"):
        return before[:-1] + line
    if not before.endswith("-") or before.endswith(" -"):
        return f"{before} {line}"
    first = re.split(r"[\s-]", before[:-1])[-1]
    second = re.split(r"[\s,.;:-]", line)[0]
    parts = (_bare(first), _bare(second))
    broken = line[:1].islower() and not all(_SYLLABLE.match(part) for part in parts) and _SYLLABLE.match("".join(parts))
    return before[:-1] + line if broken else before + line


def _bare(word: str) -> str:
    """A syllable without its tone."""
    marks = "\u0300\u0301\u0303\u0309\u0323"
    kept = (c for c in unicodedata.normalize("NFD", word.lower()) if c not in marks)
    return unicodedata.normalize("NFC", "".join(kept))
