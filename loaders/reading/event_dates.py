"""When a change took place: the date that stands nearest to its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.reading.document import Document
from loaders.reading.entities import DateAt, parsed
from loaders.reading.scan import Item, Sentence


def date_of(document: Document, sentences: Sequence[Sentence], index: int, verb: int) -> tuple[str | None, str]:
    """The date of the change: the nearest in its sentence, or the one with which its paragraph begins; else
    not later than the day on which the text was published."""
    sentence = sentences[index]
    dates = [item for item in sentence.items if item.symbol == "T"]
    dates = [item for item in dates if not _of_a_document(sentence, item)]
    usable = [(item, text) for item in dates if (text := _full(document, item)) is not None]
    clause = [each for each in usable if not _apart(document, each[0], verb)]
    usable = clause or [each for each in usable if each[0].start < verb and "trước" not in each[1]]
    if usable:
        item, text = min(usable, key=lambda each: (abs(each[0].start - verb), each[0].start))
        return text, _date_kind(sentence, item)
    for before in reversed(sentences[max(0, index - 2) : index]):
        if before.paragraph is not sentence.paragraph:
            break
        for item in before.items[:6]:
            if item.symbol == "T" and (text := _full(document, item)) is not None and not _of_a_document(before, item):
                return text, "reported"
    if document.published:
        return f"≤ {document.published}", "reported"
    return None, "reported"


def _apart(document: Document, item: Item, verb: int) -> bool:
    """Whether a semicolon stands between the date and the verb."""
    first, last = sorted((item.start, verb))
    return ";" in document.normal.text[first:last]


def _full(document: Document, item: Item) -> str | None:
    """The date as text with its year; None where that is not known."""
    value = item.value
    if not isinstance(value, DateAt):
        return None
    if not value.partial:
        return f"trước {value.text}" if value.role == "deadline" else value.text
    if not document.published:
        return None
    year = document.published[-4:]
    text = f"{re.sub(r'[-]', '/', value.text)}/{year}"
    return text if parsed(text) else None


def _of_a_document(sentence: Sentence, item: Item) -> bool:
    """Whether the date is that of a cited document, which stands right before it."""
    at = sentence.items.index(item)
    before = [i.symbol for i in sentence.items[max(0, at - 3) : at]]
    return "D" in before and all(symbol in ("D", ",", "ngày", "và", "(") for symbol in before[before.index("D") :])


def _date_kind(sentence: Sentence, item: Item) -> str:
    at = sentence.items.index(item)
    before = " ".join(i.symbol for i in sentence.items[max(0, at - 6) : at])
    if "hiệu lực" in before:
        return "in_force"
    if "hoạt động" in before:
        return "operating"
    return "in_force" if isinstance(item.value, DateAt) and item.value.role == "from" else "reported"


def is_future(document: Document, date: str) -> bool:
    """Whether the date is certainly after the day of publication."""
    when, published = parsed(date), parsed(document.published) if document.published else None
    return bool(when and published and when.earliest and when.earliest > published.latest)
