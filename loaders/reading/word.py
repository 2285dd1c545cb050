"""Word files (.docx, .docm): paragraphs with their automatic numbers, tables, notes and text boxes.

Deleted and moved-away text of tracked changes, comments, hidden text, headers and footers are not read; macros
are not looked at.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.errors import UserError
from loaders.reading.table_text import ADDRESS, table_lines
from loaders.reading.word_numbers import Numbering, W

_MOST_UNPACKED = 300_000_000
_MOST_PART = 100_000_000
_MOST_RATIO = 200
_DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)
_AGAIN = "Open and save it again in Word or LibreOffice."
_OTHER_ZIPS = {
    "xl/workbook.xml": ("a workbook, not a document", "Tables of facts are read by: bomay load"),
    "ppt/presentation.xml": ("a presentation, not a document", "Save its text as .docx or .txt."),
    "content.xml": ("an OpenDocument file", "Save it as .docx, e.g. soffice --headless --convert-to docx FILE"),
}
_LAYOUT = re.compile(r"cộng hòa xã hội|cộng hoà xã hội|đảng cộng sản việt nam|nơi nhận", re.I)
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# what is in the file but not in the text as it is read
_UNREAD = frozenset(
    (
        *(f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rPr", f"{W}pPr"),
        *(f"{_COMPATIBLE}Fallback", f"{W}txbxContent"),
    )
)


def read_word(path: Path, name: str, install: str) -> tuple[str, list[str]]:
    """The text of a .docx and what is to be said of it. Raises UserError: damaged, no Word file, a zip bomb."""
    try:
        from lxml import etree
    except ImportError as error:
        raise UserError("reading .docx needs further packages", install) from error
    try:
        with zipfile.ZipFile(path) as archive:
            main = _check(archive, name)
            folder = posixpath.dirname(main)
            parts = {part: _part(archive, f"{folder}/{part}.xml") for part in ("numbering", "styles")}
            notes = {kind: _notes(_part(archive, f"{folder}/{kind}s.xml"), kind) for kind in ("footnote", "endnote")}
            body = _part(archive, main)
            names = archive.namelist()
    except (*_DAMAGED, etree.XMLSyntaxError) as error:
        if "encrypted" in str(error):
            raise UserError(f"{name}: the file is encrypted", "Save it without a password.") from error
        raise UserError(f"{name}: the .docx is damaged", _AGAIN) from error
    root = body.find(f"{W}body") if body is not None else None
    if root is None:
        raise UserError(f"{name}: the .docx is damaged", _AGAIN)
    reader = _Reader(Numbering(parts["numbering"], parts["styles"]), notes)
    text = "\n\n".join(line for line in reader.lines(root) if line.strip())
    return text, [f"{name}: {said}" for said in _said(reader, root, names)]


def _said(reader: _Reader, root: Any, names: list[str]) -> Iterator[str]:
    if any(each.endswith("vbaProject.bin") for each in names):
        yield "has macros; only its text was read"
    if reader.hidden:
        yield f"{reader.hidden} characters of hidden text were not read"
    if next(root.iter(f"{W}delText", f"{W}moveFrom"), None) is not None:
        yield "has tracked changes; read as if they were accepted"
    if next(root.iter(f"{W}commentReference"), None) is not None:
        yield "has comments; they were not read"


def _check(archive: zipfile.ZipFile, name: str) -> str:
    """The name of the main part. Refuses other archives, and those that unpack to far more than a document has."""
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    largest = max((info.file_size for info in infos if info.filename.endswith(".xml")), default=0)
    if (
        unpacked > _MOST_UNPACKED
        or largest > _MOST_PART
        or (unpacked > 20_000_000 and unpacked / packed > _MOST_RATIO)
        or len(infos) > 20_000
    ):
        raise UserError(
            f"{name}: unpacks to {unpacked // 1_000_000} MB, which no document does; it was not opened",
            "Save only its text, e.g. as .txt.",
        )
    names = {info.filename for info in infos}
    for part, (what, remedy) in _OTHER_ZIPS.items():
        if part in names:
            raise UserError(f"{name}: {what}", remedy)
    if "_rels/.rels" in names:
        for relation in _part(archive, "_rels/.rels"):
            target = str(relation.get("Target", "")).lstrip("/")
            if str(relation.get("Type", "")).endswith("/officeDocument") and target in names:
                return target
    if "word/document.xml" in names:
        return "word/document.xml"
    raise UserError(f"{name}: a zip file, not a .docx", "Unpack it, and read the documents in it.")


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    """A part as a tree; None where the file has none. Entities are not resolved, nothing is fetched."""
    from lxml import etree

    try:
        data = archive.read(name)
    except KeyError:
        return None
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


def _notes(part: Any, kind: str) -> dict[str, Any]:
    if part is None:
        return {}
    return {note.get(f"{W}id"): note for note in part.iter(f"{W}{kind}") if note.get(f"{W}type") is None}


class _Reader:
    """Goes through the body of a document."""

    def __init__(self, numbering: Numbering, notes: dict[str, dict[str, Any]]) -> None:
        self.numbering = numbering
        self.notes = notes
        self.hidden = 0
        self.tables = 0

    def lines(self, parent: Any) -> Iterator[str]:
        """The paragraphs and table rows under an element, in their order."""
        for block in parent.iterchildren():
            if block.tag == f"{W}p":
                yield from self.paragraph(block)
            elif block.tag == f"{W}tbl":
                yield from self.table(block)
            elif block.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml"):
                yield from self.lines(block)

    def paragraph(self, block: Any) -> Iterator[str]:
        """A paragraph with its number, then its notes and text boxes."""
        if self.numbering.style_name(block).lower().startswith("toc"):
            return
        extra: list[Any] = []
        text = "".join(self._texts(block, extra)).strip()
        if text:
            number = self.numbering.number(block)
            yield f"{number} {text}" if number else text
        for each in extra:
            yield from self.lines(each)

    def _texts(self, node: Any, extra: list[Any]) -> Iterator[str]:
        for child in node.iterchildren():
            tag = child.tag
            if tag == f"{W}txbxContent":
                extra.append(child)
            elif tag in _UNREAD:
                continue
            elif tag == f"{W}r" and self._is_hidden(child):
                self.hidden += sum(len(t.text or "") for t in child.iter(f"{W}t"))
            elif tag == f"{W}t":
                yield child.text or ""
            elif tag in (f"{W}tab", f"{W}ptab"):
                yield "\t"
            elif tag in (f"{W}br", f"{W}cr"):
                yield "\n"
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                note = self.notes[tag[len(W) :].removesuffix("Reference")].get(child.get(f"{W}id"))
                if note is not None:
                    extra.append(note)
            else:
                yield from self._texts(child, extra)

    def _is_hidden(self, run: Any) -> bool:
        """Whether a run is marked as hidden, is too small to be seen, or is white on white."""
        look = run.find(f"{W}rPr")
        if look is None:
            return False
        vanish = look.find(f"{W}vanish")
        if vanish is not None and vanish.get(f"{W}val") not in ("0", "false", "off"):
            return True
        size = look.find(f"{W}sz")
        if size is not None and (size.get(f"{W}val") or "").isdigit() and int(size.get(f"{W}val")) <= 4:
            return True
        colour = look.find(f"{W}color")
        if colour is None or (colour.get(f"{W}val") or "").upper() not in ("FFFFFF", "FEFEFE"):
            return False
        grounds = (each for up in (run, *run.iterancestors()) for each in _grounds(up))
        return all((fill or "auto").upper() in ("AUTO", "FFFFFF", "WHITE", "NONE") for fill in grounds)

    def table(self, table: Any) -> Iterator[str]:
        """The rows of a table; of one that only arranges a page the paragraphs of its cells."""
        before = self.tables
        rows = [self._cells(row) for row in _rows(table)]
        columns = max((len(row) for row in rows), default=0)
        long = any(len(cell) > 1 for row in rows for cell in row)
        whole = " ".join(line for row in rows for cell in row for line in cell)
        if columns == 1 or (len(rows) == 1 and long) or (len(rows) <= 4 and columns <= 3 and _LAYOUT.search(whole)):
            for column in range(columns):
                for row in rows:
                    yield from row[column] if column < len(row) else []
            return
        self.tables = before + 1  # a table in a cell of this one is a part of it
        texts = [[" ".join(ADDRESS.sub("", line) for line in cell) for cell in row] for row in rows]
        yield from table_lines(texts, self.tables)

    def _cells(self, row: Any) -> list[list[str]]:
        cells: list[list[str]] = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not row:
                continue
            look = cell.find(f"{W}tcPr")
            cells.append([line for line in self.lines(cell) if line.strip()])
            span = look.find(f"{W}gridSpan") if look is not None else None
            wide = (span.get(f"{W}val") or "1") if span is not None else "1"
            cells += [[] for _ in range(min(int(wide), 60) - 1)] if wide.isdigit() else []
        return cells


def _rows(table: Any) -> Iterator[Any]:
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        look = row.find(f"{W}trPr")
        if look is None or look.find(f"{W}del") is None:
            yield row


def _grounds(element: Any) -> Iterator[str]:
    for kind in ("rPr", "pPr", "tcPr"):
        look = element.find(f"{W}{kind}")
        if look is not None:
            yield from (each.get(f"{W}fill") or "auto" for each in look.findall(f"{W}shd"))
            yield from (each.get(f"{W}val") or "none" for each in look.findall(f"{W}highlight"))
