"""A text as a document: its paragraphs, each with what it is on the page."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from graph.packaged import packaged_yaml
from graph.text import fold
from loaders.reading.entities import dates
from loaders.reading.normal import Normal, normalise
from loaders.reading.table_text import ADDRESS

TITLE, BODY, CAPTION, DATELINE, AUTHOR, FURNITURE = "title", "body", "caption", "dateline", "author", "furniture"
TABLE = "table"
READ = frozenset((TITLE, BODY, CAPTION, TABLE))
_MOST_OF_COLUMN = 6  # words
_PUBLISHED = re.compile(r"\b(?:cập nhật|ngày đăng|đăng ngày|đăng lúc|xuất bản)\b")
_MOST_DATELINE = 90
_MOST_FURNITURE = 160
_LEAST_CAPTION = 30
_LEAST_PROSE = 120
# a text without line ends is cut into paragraphs of about this length, where a sentence ends
_MOST_PARAGRAPH = 6_000


@dataclass(slots=True)
class Paragraph:
    """One paragraph: `number` counts from 1, the span is of the normal text, `text` has no line ends but
    as many characters as the span."""

    number: int
    start: int
    end: int
    text: str
    role: str = BODY


@dataclass
class Document:
    """A document to be read. `decision`: a text of articles (Điều), not of news."""

    name: str
    normal: Normal
    paragraphs: list[Paragraph] = field(default_factory=list)
    published: str = ""
    title: str = ""
    decision: bool = False
    number: str = ""
    issuer: str = ""
    issued: str = ""
    in_force: str = ""
    topics: dict[int, str] = field(default_factory=dict)  # what their articles are about
    addresses: dict[int, str] = field(default_factory=dict)  # of paragraphs of a decision: Điều 2 khoản 3
    rows: dict[int, str] = field(default_factory=dict)  # of rows of tables: Bảng 1 hàng 2

    def address(self, paragraph: int) -> str:
        """Table and row, or article, clause and point of a paragraph; empty where it has none."""
        return self.rows.get(paragraph) or self.addresses.get(paragraph, "")

    def read_paragraphs(self) -> list[Paragraph]:
        """The paragraphs that say something: without page furniture, dates and authors."""
        return [p for p in self.paragraphs if p.role in READ]

    def quote(self, start: int, end: int) -> str:
        """The normal text of a span, on one line."""
        return " ".join(self.normal.text[start:end].split())


def make_document(name: str, source: str) -> Document:
    """The document with its paragraphs told apart."""
    document = Document(name, normalise(source))
    document.paragraphs = _paragraphs(document.normal.text)
    _find_rows(document)
    document.decision = is_decision(document.paragraphs)
    if document.decision:
        _decision_title(document)
    else:
        _mark(document)
    return document


_ARTICLE = re.compile(r"^\s*Điều\s+\d+\s*[.:]")


def is_decision(paragraphs: list[Paragraph]) -> bool:
    """Whether the text is made of articles."""
    return sum(1 for p in paragraphs if _ARTICLE.match(p.text)) >= 2


def _paragraphs(text: str) -> list[Paragraph]:
    """Lines that are not empty; a line that goes on in small letters is joined with the next."""
    found: list[Paragraph] = []
    end_of_last = 0
    for match in re.finditer(r"[^\n]+", text):
        start, end = match.span()
        line = match[0]
        if not line.strip():
            continue
        start += len(line) - len(line.lstrip())
        end -= len(line) - len(line.rstrip())
        if found and text[end_of_last:start].count("\n") == 1 and _goes_on(found[-1].text, text[start:end]):
            text_before = text[found[-1].start : end]
            found[-1].end, found[-1].text = end, text_before.replace("\n", " ")
        else:
            for first, last in _cut(text, start, end):
                found.append(Paragraph(len(found) + 1, first, last, text[first:last]))
        end_of_last = match.end()
    return found


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The line whole, or the parts of one that is longer than a paragraph is, cut behind a sentence or a word."""
    while end - start > _MOST_PARAGRAPH:
        limit = start + _MOST_PARAGRAPH
        cut = max(text.rfind(mark, start + 1, limit) for mark in (". ", "; ")) + 1
        cut = cut or text.rfind(" ", start + 1, limit) + 1 or limit
        yield start, cut
        start = cut
        while start < end and text[start] == " ":
            start += 1
    if start < end:
        yield start, end


def _find_rows(document: Document) -> None:
    """Rows of tables: their address is taken from the text and kept."""
    for paragraph in document.paragraphs:
        match = ADDRESS.match(paragraph.text)
        if match:
            document.rows[paragraph.number] = f"Bảng {match[1]} hàng {match[2]}"
            paragraph.start += match.end()
            paragraph.text = paragraph.text[match.end() :]
            paragraph.role = TABLE


def _goes_on(before: str, line: str) -> bool:
    return line[:1].islower() and before[-1:] not in '.:;!?…”"' and not re.match(r"[a-zđ]\)", line)


@lru_cache(maxsize=1)
def _page() -> dict[str, list[str]]:
    found: dict[str, list[str]] = packaged_yaml("loaders", "reading", "data", "page.yaml")
    return found


def _mark(document: Document) -> None:
    """Find title, date, captions, author and page furniture of an article."""
    paragraphs = document.paragraphs
    goes_on = _last_prose(paragraphs)
    ended = aside = False
    for paragraph in paragraphs:
        if paragraph.role == TABLE:
            continue
        folded = fold(paragraph.text)
        if _begins(folded, paragraph.number, len(paragraphs), "asides"):
            ended, aside = ended or paragraph.number > goes_on, True
        else:
            aside = aside and _is_headline(paragraph.text)
        if ended or _begins(folded, paragraph.number, len(paragraphs), "ends"):
            paragraph.role, ended = FURNITURE, True
        elif aside:
            paragraph.role = FURNITURE
        else:
            paragraph.role = _role(paragraph, folded)
    _find_title(document)
    _find_repeated(paragraphs)
    _find_authors(paragraphs)
    document.published = _published(paragraphs)


def _begins(folded: str, number: int, count: int, words: str) -> bool:
    """Whether a short line behind the first begins as those lines do that end or interrupt an article."""
    if number <= 2 and count > 4:
        return False
    longest = _MOST_FURNITURE if words == "asides" else 60
    return len(folded) < longest and folded.startswith(tuple(_page()[words]))


def _last_prose(paragraphs: list[Paragraph]) -> int:
    """The number of the last paragraph that follows another of prose: teasers have headlines between them."""
    prose = [p.role != TABLE and len(p.text) > _LEAST_PROSE and not _is_headline(p.text) for p in paragraphs]
    pairs = [paragraphs[n].number for n in range(1, len(prose)) if prose[n] and prose[n - 1]]
    return pairs[-1] if pairs else 0


def _is_headline(text: str) -> bool:
    return len(text) < _MOST_FURNITURE and text.rstrip(' ”"')[-1:] not in ".;:!?…"


def _role(paragraph: Paragraph, folded: str) -> str:
    page = _page()
    plain = folded.strip(" .:|»>-")
    if plain in page["lines"] or not re.search(r"\w", folded):
        return FURNITURE
    if len(folded) < _MOST_FURNITURE and any(part in folded for part in page["has"]):
        return FURNITURE
    if len(folded) < _MOST_DATELINE and _is_dateline(paragraph.text, folded):
        return DATELINE
    return BODY


def _is_dateline(text: str, folded: str) -> bool:
    """A line with a date and little else."""
    rest = re.sub(
        r"ngày \d{1,2} tháng \d{1,2} năm \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
        r"|\d{1,2}[:hg]\d{2}(?::\d{2})?|gmt\s?\+7|\(|\)|[|,\-–:]|lúc",
        " ",
        folded,
    )
    if rest == folded or not any(True for _ in dates(text)):
        return False
    said = _PUBLISHED.search(folded) is not None
    for start in sorted(_page()["dated"], key=len, reverse=True):
        rest = rest.replace(start, " ")
    # beside words for the day of publication may stand the column (Giáo dục và Đào tạo - Ngày đăng: 19/9/2018)
    return len(rest.split()) <= (_MOST_OF_COLUMN if said else 3)


def _find_title(document: Document) -> None:
    for paragraph in document.paragraphs[:8]:
        if paragraph.role == BODY and 20 <= len(paragraph.text) <= 250 and len(paragraph.text.split()) >= 4:
            if paragraph.text[-1] in ".;" and paragraph.number > 1:
                return
            paragraph.role = TITLE
            document.title = re.sub(r"^null\s+", "", " ".join(paragraph.text.split()))
            return


def _find_repeated(paragraphs: list[Paragraph]) -> None:
    """A repeated title or crumb is furniture; a line that stands in the body again is a caption."""
    title = next((fold(p.text) for p in paragraphs if p.role == TITLE), "")
    folded = {p.number: fold(p.text) for p in paragraphs if p.role == BODY}
    ordered = sorted(folded.values())
    for paragraph in paragraphs:
        if paragraph.role != BODY:
            continue
        line = folded[paragraph.number]
        bare = line.strip("()").rstrip(" .,")
        if title and (bare == title or (len(bare) > 25 and bare in title)):
            paragraph.role = FURNITURE
        elif len(line) < 220 and not re.search(r"[.;:!?…/]\W*$", paragraph.text):
            # a short line that stands nowhere else may be a heading
            told = len(paragraph.text) > _LEAST_CAPTION or _begin(ordered, bare) > 1
            paragraph.role = CAPTION if told else BODY


def _begin(ordered: list[str], words: str) -> int:
    """How many of the lines, in their order, begin with the words."""
    first = bisect.bisect_left(ordered, words)
    return sum(1 for line in ordered[first : first + 2] if line.startswith(words))


# what a writer is of, and the boards that sign for a page themselves
_SIGNING = "Sở|Phòng|Ban|Báo|Đài|Văn phòng|VP|Trung tâm|TT|Chi cục|Cục|Hội|Đoàn|Công an|Trường|Khoa|UBND|Cổng|Trang"
_BOARD = r"(?:Ban Biên tập|Ban biên tập|BBT|Tòa soạn|Cổng thông tin|Cổng TTĐT|Trang thông tin|Trang TTĐT)\b"


def _find_authors(paragraphs: list[Paragraph]) -> None:
    """The last short lines of an article name who wrote it."""
    last = True
    for paragraph in reversed(paragraphs):
        if paragraph.role in (FURNITURE, DATELINE, TABLE):
            continue
        text = paragraph.text.strip()
        folded = fold(text)
        marked = any(re.match(rf"{word}\s*[:/-]", folded) for word in _page()["authors"])
        words = text.split()
        ends = text[-1] not in ".;:"  # Riêng tỉnh A, Sở Y tế giảm hai phòng.
        short = len(text) < 70 and ends and sum(w[:1].isupper() for w in words) >= len(words) - 1
        signed = (
            ends
            and len(text) < 90
            and re.match(rf"(?:[^\W\d_a-zà-ỹ]\w+\s?){{2,4}}\s?[,–-] (?:{_SIGNING})\b", text)
        ) or (ends and last and len(text) < 90 and re.match(_BOARD, text))
        if (marked and len(text) < 90) or signed or (short and (len(words) <= 4 or "," in text or "(" in text)):
            paragraph.role, last = AUTHOR, False
        elif len(text) > 60 or text[-1:] in ".…":
            return


def _published(paragraphs: list[Paragraph]) -> str:
    for paragraph in paragraphs:
        if paragraph.role == DATELINE:
            for date in dates(paragraph.text):
                if date.partial or not re.match(r"\d{1,2}[/. -]", date.text):
                    continue
                words = re.match(r"(\d+)\s+tháng\s+(\d+)\s+năm\s+(\d{4})", date.text)
                return f"{words[1]}/{words[2]}/{words[3]}" if words else date.text
    return ""


_DAY = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?((?:19|20)\d\d)(?!\d)|tháng \d{1,2} năm ((?:19|20)\d\d)")


def year_of(document: Document) -> int:
    """The year in which the document was written: that of its date, else the latest of the days that it names."""
    dated = document.published or document.issued
    found = _DAY.findall(dated) or _DAY.findall(document.normal.text[:20_000])
    return max((int(a or b) for a, b in found), default=0)


def _decision_title(document: Document) -> None:
    """The title of a decision: what stands under its kind, up to its issuer."""
    kinds = ("quyết định", "nghị quyết", "quy định", "quy chế", "nghị định", "thông tư", "kế hoạch", "đề án")
    paragraphs = document.paragraphs
    for index, paragraph in enumerate(paragraphs):
        if fold(paragraph.text).strip(" :") in kinds:
            following: list[str] = []
            for later in paragraphs[index + 1 : index + 4]:
                if (
                    _ARTICLE.match(later.text)
                    or later.text.startswith(("Căn cứ", "Theo", "Xét"))
                    or len(later.text) > 300
                ):
                    break
                if later.text.upper() == later.text and following:
                    break
                following.append(" ".join(later.text.split()))
            document.title = f"{paragraph.text.strip()} {' '.join(following)}".strip()
            return
    first = next((p for p in paragraphs if len(p.text) > 20), None)
    document.title = " ".join(first.text.split())[:250] if first else document.name
