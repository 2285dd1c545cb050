"""Of which unit a figure is: the subject of its sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.text import key
from loaders.reading.items import Item, PostAt, Sentence
from loaders.reading.known import Known, Register

# the place is the subject, not the unit that says it
_OF_PLACE = re.compile(
    r"(?<!\w)(?:toàn|cả|trên địa bàn) (?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|ngành|hệ thống)(?!\w)"
    r"|(?<!\w)(?:tỉnh|huyện|thành phố|thị xã|quận|xã) (?:đã|sẽ|có|còn|giảm|hiện|chỉ|phấn đấu|dự kiến|tinh giản)(?!\w)",
    re.I,
)


@lru_cache(maxsize=2)
def _place_end(sentence: Sentence) -> int:
    """Up to where the sentence says that it is about a place; behind its end where it does not."""
    text = sentence.text()
    found = _OF_PLACE.search(text)
    return found.end() if found else len(text) + 1


# between a subject and what it has: TP. A (cũng) giảm 4 trường
_SAID = frozenset(("đã", "sẽ", "cũng", "được", "hiện", "có", "còn", "mới", "phải"))


def named_before(sentence: Sentence, first: Item) -> str | None:
    """The place or unit that stands right before a figure as its subject."""
    at = sentence.position(first)
    while at > 0 and sentence.items[at - 1].symbol in _SAID:
        at -= 1
    before = sentence.items[at - 1] if at else None
    if before is None or before.symbol not in ("P", "U"):
        return None
    return key(sentence.between(before.start, before.end))


def subject_of(sentence: Sentence, units: Register, first: Item) -> Known | None:
    """The unit that is the subject: the last one named before the figure in the sentence; else the home."""
    if _place_end(sentence) <= first.end - sentence.start:
        return None
    for item in reversed(sentence.items[: sentence.position(first)]):
        if item.symbol in ("U", "Y"):
            if unit := units.at(item):
                return unit
        elif item.symbol == "C" and isinstance(item.value, PostAt) and item.value.unit is not None:
            # "Giám đốc Sở Tài chính cho biết sở có 9 phòng"
            unit = units.at(item)
            head = item.value.unit.name.split()[0].lower()
            said = sentence.between(item.end, first.start).lower()
            if unit is not None and re.search(rf"(?<!\w){re.escape(head)} (?!ngành)", said):
                return unit
    return None
