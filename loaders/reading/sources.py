"""Files to text: .txt, .html, .docx, .pdf with a text layer. What cannot be read is said, with what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import UserError
from loaders.reading.encodings import decode, unfonted
from loaders.reading.normal import STEERING

MOST_BYTES = 100_000_000
# a text of more is cut: no document of the field is longer
MOST_CHARACTERS = 5_000_000
READABLE = (".txt", ".html", ".htm", ".docx", ".pdf")
_TAKES = "bomay read takes .txt, .html, .docx and .pdf with a text layer"
_EXTRA = "Install the readers of documents: pip install 'bomay[read]'"
_TEXT_ENDINGS = (".txt", ".text", ".md", ".htm", ".html", ".xhtml", ".doc", "")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_SCAN = "a picture, not a text"
_RECOGNISE = "Recognise its text first, e.g. ocrmypdf -l vie --image-dpi 300 PICTURE read.pdf, then read that."


@dataclass
class Source:
    """The text of a file; `notices` say how it was read."""

    name: str
    text: str
    notices: list[str] = field(default_factory=list)


def read_source(path: Path) -> Source:
    """The text of a file. Raises UserError: unreadable, encrypted, scanned, empty, of another kind."""
    name = _shown(path.name)
    try:
        _check(path, name)
        source = _read(path, name)
    except OSError as error:
        raise UserError(f"{_shown(path)}: it cannot be opened: {error.strerror or error}") from error
    return _checked(source)


def _shown(path: Path | str) -> str:
    """A name as it can be printed and written: file names may have any bytes in them."""
    return "".join(c if c.isprintable() else "�" if "\ud800" <= c <= "\udfff" else " " for c in str(path))


def _check(path: Path, name: str) -> None:
    """Refuse what is no file, an empty one, and one that is too large."""
    if "\0" in str(path) or not path.exists():
        raise UserError(f"{_shown(path)}: there is no such file")
    if path.is_dir():
        raise UserError(f"{_shown(path)}: this is a folder", f"Name its files, e.g. bomay read {_shown(path)}/*.txt")
    if not path.is_file():
        raise UserError(f"{_shown(path)}: this is not a file")
    size = path.stat().st_size
    if size == 0:
        raise UserError(f"{name}: the file is empty")
    if size > MOST_BYTES:
        raise UserError(f"{name}: larger than {MOST_BYTES // 1_000_000} MB", "Split it, or save only its text.")


def read_bytes(data: bytes, name: str) -> Source:
    """As `read_source`, of what came through a pipe: text or a page."""
    if not data.strip():
        raise UserError(f"{name}: nothing came in")
    if data.startswith((b"%PDF", b"PK\x03\x04")):
        raise UserError(f"{name}: a PDF or Word file is not read from a pipe", "Name the file instead.")
    _refuse(data[:4096], name, ".txt", data)
    if len(data) > MOST_BYTES:
        raise UserError(f"{name}: larger than {MOST_BYTES // 1_000_000} MB", "Split it, or send only its text.")
    return _checked(_page(data, name) if _is_page(data[:1024]) else _plain(data, name))


def _read(path: Path, name: str) -> Source:
    """The text by the reader for the file: by its first bytes, then by its name."""
    with path.open("rb") as file:
        head = file.read(4096)
    suffix = path.suffix.lower()
    if b"%PDF-" in head[:1024]:
        from loaders.reading.pdf import read_pdf

        return Source(name, *read_pdf(path, name, _EXTRA))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from loaders.reading.word import read_word

        return Source(name, *read_word(path, name, _EXTRA))
    data = path.read_bytes()
    _refuse(head, name, suffix, data)
    if suffix in (".html", ".htm", ".xhtml") or _is_page(head):
        return _page(data, name)
    if suffix in (".docx", ".docm", ".pdf"):
        raise UserError(f"{name}: this is not a {suffix} file", "It may be damaged, or have the wrong ending.")
    if suffix in (".yaml", ".yml"):
        raise UserError(f"{name}: facts, not a document", f"To write facts there: -o {name}; to load them: bomay load")
    if suffix not in _TEXT_ENDINGS:
        raise UserError(f"{name}: files of this kind are not read", _TAKES)
    return _plain(data, name)


def _is_page(head: bytes) -> bool:
    text = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").removeprefix(b"\xef\xbb\xbf")
    return (
        re.match(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html)\b", text, re.I | re.S) is not None
    )


def _refuse(head: bytes, name: str, suffix: str, data: bytes) -> None:
    """Say what a file is that is no text, and what to do with it."""
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UserError(f"{name}: the file is encrypted", "Save it without a password.")
        if "WordDocument".encode("utf-16-le") in data:
            remedy = "Save it as .docx, e.g. soffice --headless --convert-to docx FILE"
            raise UserError(f"{name}: a Word file of the old format (.doc)", remedy)
        raise UserError(f"{name}: an old or an encrypted Office file", "Save it as .docx without a password.")
    if head.startswith(b"{\\rtf"):
        raise UserError(f"{name}: an RTF file", "Save it as .docx, e.g. soffice --headless --convert-to docx FILE")
    if re.match(rb"(?:From:|MIME-Version:)", head) and b"multipart/related" in head:
        raise UserError(f"{name}: a web archive (.mht)", "Save the page as .html, or its text as .txt.")
    if head.startswith(_PICTURES) and (suffix in (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp")):
        raise UserError(f"{name}: {_SCAN}; pictures are not read", _RECOGNISE)
    if head.startswith(_PICTURES[:3]):
        raise UserError(f"{name}: {_SCAN}; pictures are not read, whatever the ending", _RECOGNISE)


def _page(data: bytes, name: str) -> Source:
    from loaders.reading.html import read_html

    return Source(name, *read_html(data, name, _EXTRA))


def _plain(data: bytes, name: str) -> Source:
    text, encoding = decode(data, name)
    return Source(name, text, [] if encoding == "UTF-8" else [f"{name}: read as {encoding}"])


def _checked(source: Source) -> Source:
    # old fonts are in Word files and PDFs too
    text, font = unfonted(source.text, "")
    if font:
        source.notices.append(f"{source.name}: read as {font.removesuffix(' in ')}")
    source.text = re.sub("[\0\ud800-\udfff]", " ", text)
    if len(source.text) > MOST_CHARACTERS:
        said = f"only the first {MOST_CHARACTERS:,} of {len(source.text):,} characters were read"
        source.notices.append(f"{source.name}: {said}")
        source.text = source.text[:MOST_CHARACTERS]
    steering = len(STEERING.findall(source.text))
    if steering:
        source.notices.append(f"{source.name}: {steering} invisible characters that steer the text were left out")
    if not re.search(r"[^\W\d_]", source.text):
        raise UserError(f"{source.name}: there is no text in it")
    return source
