"""The parts of a decision: chapters, articles, clauses, points, each with its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.text import fold
from loaders.reading.document import Paragraph

_ARTICLE = re.compile(r"\s*Điều\s+(?P<n>\d+[a-z]?)\s*[.:]\s*(?P<rest>.*)", re.S)
_CLAUSE = re.compile(r"\s*(?P<n>\d{1,2})\s*[.)]\s+(?P<rest>\S.*)", re.S)
_POINT = re.compile(r"\s*(?P<n>[a-zđ]{1,2})\)\s*(?P<rest>\S.*)", re.S)
_DASH = re.compile(r"\s*[-–+•]\s+(?P<rest>\S.*)", re.S)

# what an article is about, by its heading or its first words
_TOPICS = (
    (
        "structure",
        re.compile(r"cơ cấu tổ chức|tổ chức bộ máy|cơ cấu, tổ chức|các tổ chức trực thuộc|tổ chức và biên chế"),
    ),
    ("duties", re.compile(r"nhiệm vụ|quyền hạn")),
    ("role", re.compile(r"vị trí|chức năng")),
    ("force", re.compile(r"hiệu lực|điều khoản thi hành|tổ chức thực hiện|trách nhiệm thi hành")),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One clause, point or lead of an article. `text` is without its number; `lead` is what stands above a
    point ("Trình UBND tỉnh:"); the span is of the paragraph's own words."""

    paragraph: Paragraph
    address: str
    topic: str
    text: str
    lead: str
    start: int
    end: int


def parts(paragraphs: Sequence[Paragraph]) -> Iterator[Part]:
    """The parts in their order; what stands before the first article is not among them."""
    article = clause = point = ""
    topic = lead = ""
    for paragraph in paragraphs:
        text = paragraph.text
        if (found := _ARTICLE.match(text)) is not None:
            article, clause, point, lead = found["n"], "", "", ""
            topic = _topic(found["rest"], topic)
            heading = _is_heading(found["rest"])
            if not heading and found["rest"].strip():
                yield _part(paragraph, f"Điều {article}", topic, found["rest"], "")
            continue
        if not article or _is_chapter(text):
            continue
        if (found := _CLAUSE.match(text)) is not None:
            clause, point = found["n"], ""
            lead = found["rest"] if found["rest"].rstrip().endswith(":") else ""
            yield _part(paragraph, f"Điều {article} khoản {clause}", topic, found["rest"], "")
        elif (found := _POINT.match(text)) is not None:
            point = found["n"]
            address = f"Điều {article}" + (f" khoản {clause}" if clause else "") + f" điểm {point}"
            yield _part(paragraph, address, topic, found["rest"], lead)
        elif (found := _DASH.match(text)) is not None:
            address = f"Điều {article}" + (f" khoản {clause}" if clause else "") + (f" điểm {point}" if point else "")
            yield _part(paragraph, address, topic, found["rest"], lead)
        elif not clause:
            yield _part(paragraph, f"Điều {article}", topic, text, "")


def _part(paragraph: Paragraph, address: str, topic: str, rest: str, lead: str) -> Part:
    at = paragraph.text.rfind(rest)
    start = paragraph.start + max(at, 0)
    return Part(paragraph, address, topic, " ".join(rest.split()), " ".join(lead.split()), start, paragraph.end)


def _topic(heading: str, before: str) -> str:
    folded = fold(heading[:160])
    if "ban hành kèm theo" in folded or folded.startswith("ban hành"):
        return "force"
    for name, pattern in _TOPICS:
        if pattern.search(folded):
            return name
    return "force" if before == "force" else "other"


def _is_heading(rest: str) -> bool:
    """A heading has no full stop and is short."""
    return len(rest) < 120 and not rest.rstrip().endswith((".", ";", ":"))


def _is_chapter(text: str) -> bool:
    return bool(re.match(r"\s*(?:Chương|Mục|Phần)\s+[IVX\d]+", text, re.I)) or (text.upper() == text and len(text) < 90)
