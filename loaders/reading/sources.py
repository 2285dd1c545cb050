"""Files to text: .txt, .html, .docx, .pdf with a text layer. What cannot be read is said, with what to do."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import UserError
from loaders.reading.encodings import decode

MOST_BYTES = 100_000_000
# a text of more is cut: no document of the field is longer
MOST_CHARACTERS = 5_000_000
_MOST_UNPACKED = 300_000_000
_MOST_RATIO = 200
_READABLE = ".txt, .html, .docx, .pdf"
_EXTRA = "Install the readers of documents: pip install 'bomay[read]'"


@dataclass
class Source:
    """The text of a file; `notices` say how it was read."""

    name: str
    text: str
    notices: list[str] = field(default_factory=list)


def read_source(path: Path) -> Source:
    """The text of a file. Raises UserError: unreadable, encrypted, scanned, empty, of another kind."""
    name = path.name
    if not path.is_file():
        raise UserError(f"{path}: there is no such file" if not path.exists() else f"{path}: this is not a file")
    size = path.stat().st_size
    if size == 0:
        raise UserError(f"{name}: the file is empty")
    if size > MOST_BYTES:
        raise UserError(f"{name}: larger than {MOST_BYTES // 1_000_000} MB", "Split it, or save only its text.")
    source = _reader(path)(path)
    source.text = source.text.replace("\0", " ")
    if len(source.text) > MOST_CHARACTERS:
        source.notices.append(f"{name}: only the first {MOST_CHARACTERS:,} characters were read")
        source.text = source.text[:MOST_CHARACTERS]
    if not re.search(r"\w", source.text):
        raise UserError(f"{name}: there is no text in it")
    return source


def _reader(path: Path) -> Callable[[Path], Source]:
    """The reader for a file, by its first bytes, then by its name."""
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith(b"%PDF"):
        return _read_pdf
    if head.startswith(b"PK\x03\x04"):
        return _read_docx
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(f"{path.name}: an old or an encrypted Office file", "Save it as .docx without a password.")
    suffix = path.suffix.lower()
    if suffix in (".html", ".htm", ".xhtml") or re.match(
        rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", head, re.I
    ):
        return _read_html
    if suffix in (".txt", ".text", ".md", ""):
        return _read_txt
    if suffix in (".docx", ".pdf"):
        raise UserError(f"{path.name}: this is not a {suffix} file", "It may be damaged, or have the wrong ending.")
    raise UserError(f"{path.name}: files of this kind are not read", f"bomay read takes {_READABLE}")


def _read_txt(path: Path) -> Source:
    text, encoding = decode(path.read_bytes(), path.name)
    notices = [] if encoding == "UTF-8" else [f"{path.name}: read as {encoding}"]
    return Source(path.name, text, notices)


# --- HTML ---------------------------------------------------------------------------------------------


def _read_html(path: Path) -> Source:
    """The article of a page; where none is found, all text of its body."""
    try:
        import trafilatura
        from lxml import html as lxml_html
    except ImportError as error:
        raise UserError("reading .html needs further packages", _EXTRA) from error
    markup, encoding = _markup(path)
    notices = [] if encoding == "UTF-8" else [f"{path.name}: read as {encoding}"]
    try:
        tree = lxml_html.fromstring(
            markup.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (ValueError, lxml_html.etree.ParserError) as error:
        raise UserError(f"{path.name}: there is no page in it") from error
    text = None
    if len(markup) < 5_000_000:
        text = trafilatura.extract(
            markup,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
            with_metadata=False,
        )
    whole = _body(tree)
    if not text or len(text) < 200 > len(whole) // 2:
        text = whole
        notices.append(f"{path.name}: no article was told from the rest of the page; all of it was read")
    head = _heading(tree)
    if head and head.casefold() not in text[:600].casefold():
        text = f"{head}\n\n{text}"
    date = _page_date(tree)
    if date and date not in text[:400]:
        first, _, rest = text.partition("\n")
        text = f"{first}\n\n{date}\n\n{rest}"
    return Source(path.name, re.sub(r"\n(?=\S)", "\n\n", text), notices)


def _markup(path: Path) -> tuple[str, str]:
    data = path.read_bytes()
    said = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    if said and said[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return data.decode(said[1].decode("ascii")), said[1].decode("ascii")
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, path.name)


_SKIPPED = frozenset(
    (
        *("script", "style", "noscript", "nav", "footer", "header"),
        *("aside", "form", "iframe", "select", "button", "svg"),
    )
)


def _body(tree: object) -> str:
    lines: list[str] = []
    for element in tree.iter("p", "h1", "h2", "h3", "li", "td", "th", "div", "figcaption"):  # type: ignore[attr-defined]
        if any(ancestor.tag in _SKIPPED for ancestor in element.iterancestors()):
            continue
        if element.tag == "div" and len(element):
            continue
        line = " ".join(" ".join(element.itertext()).split())
        if line and (not lines or lines[-1] != line):
            lines.append(line)
    return "\n".join(lines)


def _heading(tree: object) -> str:
    for element in tree.iter("h1"):  # type: ignore[attr-defined]
        line = " ".join("".join(element.itertext()).split())
        if 15 < len(line) < 250:
            return line
    return ""


def _page_date(tree: object) -> str:
    """The day of publication that the page's own data says, as dd/mm/yyyy."""
    for element in tree.iter("meta", "time"):  # type: ignore[attr-defined]
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = element.get("content") or element.get("datetime") or ""
        if element.tag == "time" or name in ("article:published_time", "pubdate", "datePublished", "publishdate"):
            match = re.match(r"(\d{4})-(\d{2})-(\d{2})", value)
            if match:
                return f"{match[3]}/{match[2]}/{match[1]}"
    return ""


# --- .docx --------------------------------------------------------------------------------------------


def _read_docx(path: Path) -> Source:
    _check_zip(path)
    try:
        import docx
        from docx.oxml.ns import qn
    except ImportError as error:
        raise UserError("reading .docx needs further packages", _EXTRA) from error
    try:
        document = docx.Document(str(path))
    except Exception as error:  # python-docx lets out errors of zipfile, lxml and its own
        raise UserError(
            f"{path.name}: the .docx is damaged", "Open and save it again in Word or LibreOffice."
        ) from error
    lines: list[str] = []
    for block in document.element.body.iterchildren():
        if block.tag == qn("w:p"):
            lines.append(_paragraph_text(block, qn("w:t"), qn("w:tab"), qn("w:br")))
        elif block.tag == qn("w:tbl"):
            for row in block.iter(qn("w:tr")):
                cells = [" ".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
                lines.append(" | ".join(" ".join(cell.split()) for cell in cells))
    return Source(path.name, "\n\n".join(line for line in lines if line.strip()))


def _paragraph_text(block: object, text: str, tab: str, line: str) -> str:
    parts: list[str] = []
    for node in block.iter(text, tab, line):  # type: ignore[attr-defined]
        parts.append(node.text or "" if node.tag == text else "\t" if node.tag == tab else "\n")
    return "".join(parts)


def _check_zip(path: Path) -> None:
    """Refuse archives that unpack to far more than a document has."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UserError(
            f"{path.name}: the .docx is damaged", "Open and save it again in Word or LibreOffice."
        ) from error
    if not any(info.filename == "word/document.xml" for info in infos):
        raise UserError(f"{path.name}: a zip file, not a .docx", f"bomay read takes {_READABLE}")
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    if unpacked > _MOST_UNPACKED or (unpacked > 20_000_000 and unpacked / packed > _MOST_RATIO):
        raise UserError(
            f"{path.name}: unpacks to {unpacked // 1_000_000} MB, which no document does; it was not opened"
        )


# --- PDF ----------------------------------------------------------------------------------------------


def _read_pdf(path: Path) -> Source:
    try:
        import pypdfium2
    except ImportError as error:
        raise UserError("reading .pdf needs further packages", _EXTRA) from error
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UserError(f"{path.name}: the PDF is encrypted", "Save it without a password.") from error
        raise UserError(f"{path.name}: the PDF is damaged", "Open and save (print) it again.") from error
    texts: list[str] = []
    empty = 0
    with document:
        count = len(document)
        for number in range(count):
            page = document[number]
            text_page = page.get_textpage()
            text = text_page.get_text_bounded()
            text_page.close()
            page.close()
            empty += not text.strip()
            texts.append(_pdf_lines(text))
    if count == 0 or empty == count:
        raise UserError(
            f"{path.name}: the PDF has no text layer; it is a scan",
            "Recognise its text first, e.g. ocrmypdf -l vie scan.pdf read.pdf, then read that.",
        )
    notices = [f"{path.name}: {empty} of {count} pages have no text and were not read"] if empty else []
    return Source(path.name, "\n".join(texts), notices)


def _pdf_lines(text: str) -> str:
    """The lines of a page joined to paragraphs: a line that ends in the middle of a sentence goes on."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\ufffe", "-").split("\n")]
    lines = [line for line in lines if line and not re.fullmatch(r"(?:Trang\s*)?\d{1,4}(?:\s*/\s*\d+)?", line)]
    out: list[str] = []
    for line in lines:
        starts = re.match(
            r"(?:Điều \d+|Chương [IVX]+|Mục \d+|\d+\.\s|[a-zđ]\)\s|[-+•]\s|[IVX]+\.\s|Căn cứ|Theo đề nghị|Xét)", line
        )
        before = out[-1] if out else ""
        full = len(before) > 55 and before[-1] not in ".;:!?" and not starts
        if out and (full or (line[:1].islower() and before[-1:] not in ".;:" and not starts)):
            out[-1] = f"{before} {line}"
        else:
            out.append(line)
    return "\n\n".join(out)
