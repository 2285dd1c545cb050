"""What the headings of a report say of what stands under them: done, or planned."""

from __future__ import annotations

import re
from functools import cache

from loaders.reading.document import Document, Paragraph
from loaders.reading.lexicon import alternatives

# the rank of a heading by how it is numbered; a plan holds until a heading of the same rank or a higher one
_RANKS = (
    (re.compile(r"^(?:PHẦN|Phần|CHƯƠNG|Chương)\s+\S+"), 1),
    (re.compile(r"^[IVX]{1,5}\s?[.)/-]"), 2),
    (re.compile(r"^\d{1,2}\s?[.)/](?!\d)"), 3),
    (re.compile(r"^\d{1,2}\.\d{1,2}\.?\s"), 4),
    (re.compile(r"^[a-zđ]\s?[.)]"), 5),
)
_LOWEST = 9
_LONGEST = 140


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives('states', name)})(?!\w)", re.I)


def planned_paragraphs(document: Document) -> frozenset[int]:
    """The numbers of the paragraphs that stand under a heading of plans (phương hướng, nhiệm vụ thời gian tới)."""
    found: set[int] = set()
    rank: int | None = None
    for paragraph in document.paragraphs:
        own = _rank(paragraph)
        if own is not None and _is_plan(paragraph.text):
            rank = own if rank is None else min(rank, own)
        elif rank is not None and (own or _numbered(paragraph) or _LOWEST) <= rank:
            rank = None  # an item that is no heading ends it too: 2. Năm 2019, sáp nhập …
        if rank is not None:
            found.add(paragraph.number)
    return frozenset(found)


def heads_results(paragraph: Paragraph) -> bool:
    """Whether the paragraph is a heading under which is told what was done (II. KẾT QUẢ)."""
    return _rank(paragraph) is not None and bool(_words("heading_done").search(paragraph.text))


def _rank(paragraph: Paragraph) -> int | None:
    """The rank of a heading; None where the paragraph is none."""
    text = paragraph.text.strip()
    if len(text) > _LONGEST or text[-1:] in ".;,":
        return None
    numbered = _numbered(paragraph)
    if numbered is not None:
        return numbered
    bare = text.rstrip(":")
    if bare == bare.upper() and any(c.isalpha() for c in bare) and len(bare.split()) > 1:
        return 2
    return 3 if text.endswith(":") and _is_plan(text) else None


def _numbered(paragraph: Paragraph) -> int | None:
    """The rank of the number with which a paragraph begins; None where it has none."""
    text = paragraph.text.strip()
    return next((rank for pattern, rank in _RANKS if pattern.match(text)), None)


def _is_plan(text: str) -> bool:
    return bool(_words("heading_planned").search(text)) and not _words("heading_done").search(text)
