"""Rows of tables: what the heads of the columns say of the numbers in them; rows that say nothing are unread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.text import fold
from loaders.reading.document import TABLE, Document, Paragraph
from loaders.reading.entities import numbers
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.items import Sentence
from loaders.reading.known import Register
from loaders.reading.measures import count_nouns
from loaders.reading.words import split_words

_BEFORE = re.compile(r"(?<!\w)(?:trước|hiện có|hiện nay|hiện tại|ban đầu|cũ)(?!\w)")
_AFTER = re.compile(r"(?<!\w)(?:sau|còn lại|còn|mới)(?!\w)")
_LESS, _MORE = re.compile(r"(?<!\w)(?:giảm|tinh giản)(?!\w)"), re.compile(r"(?<!\w)tăng(?!\w)")
_PLANNED = re.compile(r"(?<!\w)(?:dự kiến|kế hoạch|phương án|chỉ tiêu|đề án|lộ trình|đến năm|phấn đấu)(?!\w)")
_PLAN = re.compile(r"(?:kế hoạch|đề án|phương án)(?!\w)")
_NUMBER = re.compile(r"\s*[\d.,]+\s*(?:[^\W\d]+\s*){0,4}")
_TOTAL = re.compile(r"(?:tổng(?: cộng| số)?|cộng|toàn tỉnh|toàn huyện)(?!\w)")
_ORDER = re.compile(r"(?:tt|stt|số tt|số thứ tự|ghi chú)\W*")
_LONGEST_CAPTION = 250


@dataclass
class _Counts:
    """The numbers of one row that count the same thing."""

    noun: str
    found: dict[str, float] = field(default_factory=dict)  # before, after, less, more, number
    planned: bool = False


def has_numbers(paragraph: Paragraph) -> bool:
    """Whether a row of a table has cells that are numbers; then its columns say what they are."""
    return paragraph.role == TABLE and any(_NUMBER.fullmatch(cell) for _, cell in _cells(paragraph.text))


def find_table_figures(document: Document, sentences: Sequence[Sentence], units: Register) -> list[Fact]:
    """The figures of the rows that are about one unit, or about the whole place of the document."""
    by_number: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.paragraph.role == TABLE:
            by_number.setdefault(sentence.paragraph.number, []).append(sentence)
    facts: list[Fact] = []
    caption = ""
    plan = _PLAN.match(fold(document.title)) is not None
    for paragraph in document.paragraphs:
        if paragraph.role != TABLE:
            caption = paragraph.text if len(paragraph.text) < _LONGEST_CAPTION else ""
            continue
        named = [units.at(i) for s in by_number.get(paragraph.number, []) for i in s.items if i.symbol in ("U", "Y")]
        about = [unit for unit in named if unit is not None]
        cells = _cells(paragraph.text)
        if len(about) != 1 and not (not named and any(_TOTAL.match(fold(cell)) for _, cell in cells)):
            continue
        for values in _figures(cells, caption, planned=plan):
            values["about"], values["scope"] = about, paragraph.text[:160]
            evidence = Evidence(paragraph.number, paragraph.start, paragraph.end, "stated", 0.8, "table-columns")
            facts.append(Fact("figures", values, evidence))
    return facts


def unread_rows(document: Document, facts: Sequence[Fact]) -> list[tuple[str, Evidence]]:
    """Rows with numbers of which no fact was made but the names in them."""
    said = {
        e.paragraph for f in facts if f.sheet not in ("units", "people", "documents") for e in (f.evidence, *f.also)
    }
    return [
        (p.text, Evidence(p.number, p.start, p.end, "stated", 0.5, "table-row"))
        for p in document.paragraphs
        if p.role == TABLE and p.number not in said and any(head for head, _ in _cells(p.text))
    ]


def _cells(text: str) -> list[tuple[str, str]]:
    """Head and content of the cells of a row; the head is empty where the table has none."""
    cells = []
    for part in text.split(" | "):
        head, colon, cell = part.partition(": ")
        cells.append((head, cell) if colon else ("", part))
    return cells


def _figures(cells: list[tuple[str, str]], caption: str, *, planned: bool) -> Iterator[dict[str, Any]]:
    counts: dict[str, _Counts] = {}
    for head, cell in cells:
        folded = fold(head)
        found = list(numbers(cell))
        if not head or _ORDER.fullmatch(folded) or not _NUMBER.fullmatch(cell) or len(found) != 1 or found[0].percent:
            continue
        noun = _noun(head) or _noun(cell) or _noun(caption, only_said=True)
        if noun is None:
            continue
        each = counts.setdefault(noun[0], _Counts(noun[1]))
        each.planned = planned or each.planned or _PLANNED.search(f"{folded} {fold(caption)}") is not None
        each.found.setdefault(_what(folded), found[0].value)
    for measure, each in counts.items():
        values = {"measure": measure, "unit_of_count": each.noun, "approximate": None}
        values["state"] = "planned" if each.planned else "achieved"
        yield from ({**values, **told} for told in _told(each.found))


def _told(found: dict[str, float]) -> Iterator[dict[str, Any]]:
    before, after = found.get("before"), found.get("after")
    if before is not None and after is not None and before != after:
        direction = "decrease" if after < before else "increase"
        yield {"direction": direction, "value": abs(after - before), "from_value": before, "to_value": after}
        return
    for name, direction in (("less", "decrease"), ("more", "increase"), ("after", "level"), ("number", "level")):
        if name in found and (found[name] or direction == "level"):
            yield {"direction": direction, "value": found[name]}
            return


def _what(head: str) -> str:
    for name, pattern in (("less", _LESS), ("more", _MORE), ("before", _BEFORE), ("after", _AFTER)):
        if pattern.search(head):
            return name
    return "number"


def _noun(text: str, *, only_said: bool = False) -> tuple[str, str] | None:
    """The measure that a text names, and its word: the one behind "số"; else, where allowed, the only one."""
    words = split_words(text)
    found: dict[str, str] = {}
    for at, measure, after in count_nouns(words):
        named = text[words[at].start : words[after - 1].end]
        if at and words[at - 1].key == "số":
            return measure, named
        found.setdefault(measure, named)
    return next(iter(found.items())) if len(found) == 1 and not only_said else None
