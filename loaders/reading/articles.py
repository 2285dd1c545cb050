"""The parts of a decision: articles, clauses, points and points of points, each with its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.text import fold
from loaders.reading.document import Paragraph

_ARTICLE = re.compile(r"\s*Điều\s+(?P<n>\d+[a-z]?)\s*[.:]\s*(?P<rest>.*)", re.S)
# "1.", "1)", of party documents "1-", "1.1-", "1.1."
_CLAUSE = re.compile(
    r"\s*(?P<n>\d{1,2}(?:\.\d{1,2})*)\s?(?:[.)](?!\d)|/(?=\s)|[-–](?=\s?[^\d\s]))\s*(?P<rest>\S.*)", re.S
)
_SUBPOINT = re.compile(r"\s*(?P<n>[a-zđ]\.?\d{1,2})\s?[).]\s*(?P<rest>\S.*)", re.S)
_POINT = re.compile(r"\s*(?P<n>[a-zđ]{1,2})(?:\)|[.-](?=\s))\s*(?P<rest>\S.*)", re.S)
_DASH = re.compile(r"\s*[-–+•*]\s*(?P<rest>[^\W_].*)", re.S)
_ATTACHED = re.compile(r"\s*(?P<kind>quy định|quy chế|điều lệ)\b", re.I)
_OF_CHAPTER = re.compile(r"\s*quy định\s+(?:chung|cụ thể|khác|chuyển tiếp|thi hành|về)\b", re.I)
SHORT = 60  # a longer line without an end goes on in the next: it is no heading
_ANNEX = re.compile(r"\s*(?:PHỤ LỤC|Phụ lục|DANH SÁCH|DANH MỤC|ĐỀ ÁN|PHƯƠNG ÁN|KẾ HOẠCH|BIỂU)\b")
# what stands below the articles: whom it goes to and who signed
_FOOT = re.compile(
    r"\s*[|]?\s*(?:Nơi nhận\b|T/?M\.?\s|TM\.|KT\.|TL\.|TUQ\.|Q\.\s"
    r"|(?:PHÓ )?(?:GIÁM ĐỐC|CHỦ TỊCH|TRƯỞNG BAN|BÍ THƯ|CHI CỤC TRƯỞNG|CHỦ NHIỆM|HIỆU TRƯỞNG)[A-ZĐÀ-Ỹ ]{0,40}$)"
)

# what an article is about, by its heading or its first words
_TOPICS = (
    (
        "structure",
        re.compile(
            r"cơ cấu tổ chức|tổ chức bộ máy|cơ cấu, tổ chức|các tổ chức trực thuộc|tổ chức và biên chế|^lãnh đạo"
            r"|^các (?:phòng|đơn vị|tổ chức)|^(?:các )?đơn vị (?:sự nghiệp|trực thuộc)|^bộ máy|^tổ chức,? biên chế"
        ),
    ),
    ("duties", re.compile(r"nhiệm vụ|quyền hạn")),
    ("role", re.compile(r"vị trí|chức năng")),
    ("force", re.compile(r"hiệu lực|điều khoản thi hành|tổ chức thực hiện|trách nhiệm thi hành|chịu trách nhiệm")),
)
_NO_TOPIC = re.compile(r"phạm vi|đối tượng|giải thích|nguyên tắc|chế độ làm việc|mối quan hệ|quan hệ công tác")


@dataclass(frozen=True, slots=True)
class Part:
    """One clause, point or lead of an article. `text` is without its number; `lead` is what stands above a
    point ("Trình UBND tỉnh:"); the span is of the paragraph's own words. `attached`: of which attached
    document the article is, where articles are numbered anew in it. `goes_on`: without a number of its own."""

    paragraph: Paragraph
    address: str
    topic: str
    text: str
    lead: str
    start: int
    end: int
    attached: str = ""
    goes_on: bool = False


@dataclass(slots=True)
class _At:
    """Where the reading is: the numbers of article, clause, point, and what stands above."""

    article: str = ""
    clause: str = ""
    point: str = ""
    sub: str = ""
    topic: str = ""
    attached: str = ""
    below: bool = False  # behind the last article
    heading: str = ""  # of a document that may follow
    lead: str = ""  # of the clause
    point_lead: str = ""

    def address(self) -> str:
        parts = [f"Điều {self.article}"]
        parts += [f"khoản {self.clause}"] if self.clause else []
        parts += [f"điểm {self.sub or self.point}"] if self.sub or self.point else []
        where = " ".join(parts)
        return f"{where} ({self.attached})" if self.attached else where


def parts(paragraphs: Sequence[Paragraph]) -> Iterator[Part]:
    """The parts in their order; what stands before the first article, and below the last, is not among them."""
    at = _At()
    for paragraph in paragraphs:
        text = paragraph.text
        if (found := _ARTICLE.match(text)) is not None:
            yield from _article(at, paragraph, found["n"], found["rest"])
        elif at.article and _FOOT.match(text):
            at.below = True
        elif at.article and (heading := _heading_of_document(text)):
            at.heading, at.below = heading, True
        elif at.article and not at.below and not _is_chapter(text):
            yield _numbered(at, paragraph)


def below(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs between the articles and an attached document: addressees and signature."""
    inside = outside = False
    for paragraph in paragraphs:
        if _ARTICLE.match(paragraph.text) is not None:
            inside, outside = True, False
        elif inside and _FOOT.match(paragraph.text):
            outside = True
        elif outside and (_heading_of_document(paragraph.text) or _ANNEX.match(paragraph.text)):
            outside = inside = False
        if outside:
            yield paragraph


def _heading_of_document(text: str) -> str:
    """What begins: a regulation, rules; empty where nothing does. "QUY ĐỊNH CHUNG" is the title of a chapter."""
    found = _ATTACHED.match(text)
    if found is None or not found["kind"].isupper() or len(text) > 300 or _OF_CHAPTER.match(text):
        return ""
    return found["kind"].capitalize()


def _article(at: _At, paragraph: Paragraph, number: str, rest: str) -> Iterator[Part]:
    if at.heading and int(re.sub(r"\D", "", number)) <= int(re.sub(r"\D", "", at.article) or 0):
        at.attached = f"{at.heading} kèm theo"
    at.heading, at.below = "", False
    at.article, at.clause, at.point, at.sub, at.lead, at.point_lead = number, "", "", "", "", ""
    at.topic = _topic(rest, at.topic)
    if rest.rstrip().endswith(":"):
        at.lead = rest
    if rest.strip() and not _is_heading(rest):
        yield _part(at, paragraph, rest, "")


def _numbered(at: _At, paragraph: Paragraph) -> Part:
    text = paragraph.text
    if (found := _SUBPOINT.match(text)) is not None and at.point:
        at.sub = found["n"]
        return _part(at, paragraph, found["rest"], _joined(at.lead, at.point_lead))
    if (found := _CLAUSE.match(text)) is not None:
        at.clause, at.point, at.sub, at.point_lead = found["n"], "", "", ""
        above = at.lead if "." in at.clause else ""
        at.lead = _lead_of(found["rest"]) or above
        return _part(at, paragraph, found["rest"], above)
    if (found := _POINT.match(text)) is not None:
        at.point, at.sub = found["n"], ""
        at.point_lead = _lead_of(found["rest"])
        return _part(at, paragraph, found["rest"], at.lead)
    found = _DASH.match(text)
    if found is not None:
        return _part(at, paragraph, found["rest"], _joined(at.lead, at.point_lead))
    lead = _joined(*(each for each in (at.lead, at.point_lead) if each.endswith(":") or len(each) < SHORT))
    return replace(_part(at, paragraph, text, lead), goes_on=True)


def _lead_of(rest: str) -> str:
    """What a numbered paragraph says for those below it: it ends with a colon, or is a heading."""
    rest = rest.strip()
    if rest.endswith(":"):
        return rest
    return rest if len(rest) < 100 and rest[-1:] not in ".;," else ""


def _joined(*leads: str) -> str:
    return ": ".join(lead.rstrip(" :") for lead in leads if lead)


def _part(at: _At, paragraph: Paragraph, rest: str, lead: str) -> Part:
    begin = paragraph.text.rfind(rest)
    start = paragraph.start + max(begin, 0)
    text = " ".join(rest.split())
    return Part(paragraph, at.address(), at.topic, text, " ".join(lead.split()), start, paragraph.end, at.attached)


def _topic(heading: str, before: str) -> str:
    folded = fold(heading[:160])
    if "ban hành kèm theo" in folded or folded.startswith("ban hành"):
        return "force"
    if _NO_TOPIC.search(folded[:40]):
        return "other"
    for name, pattern in _TOPICS:
        if pattern.search(folded):
            return name
    return "force" if before == "force" else "other"


def _is_heading(rest: str) -> bool:
    """A heading has no full stop and is short."""
    return len(rest) < 120 and not rest.rstrip().endswith((".", ";", ":"))


def _is_chapter(text: str) -> bool:
    return bool(re.match(r"\s*(?:Chương|Mục|Phần)\s+[IVX\d]+", text, re.I)) or (text.upper() == text and len(text) < 90)
