"""What a transfer moves: the words that name the function, without those who give and take it."""

from __future__ import annotations

import re

from loaders.reading.document import Document
from loaders.reading.items import Sentence

_ENDS = frozenset(
    (
        "U",
        "Y",
        "C",
        "N",
        "T",
        ";",
        "v:move",
        "v:from_old",
        "v:dissolve",
        "v:receive",
        "sang",
        "cho",
        "được",
        "do",
        "giao",
    )
)
_BEFORE_UNIT = frozenset(("của", "v:into", "v:under", "tại", "từ"))
_LOOSE = frozenset((",", "và", "-", ":", "đã", "sẽ", "nay", "này", "v:into", "của"))
# whose functions they are, not which (nhiệm vụ của sở này)
_WHOSE = re.compile(
    r"\s+của (?:sở|phòng|ban|chi cục|trung tâm|cơ quan|đơn vị|văn phòng|quỹ|trường|trạm)"
    r"(?: (?:này|cũ|nói trên|trên))?$",
    re.I,
)


def moved_function(document: Document, sentence: Sentence, first: int, last: int) -> str | None:
    """The function named among the items [first, last] of the sentence and behind; None where only the word for
    functions stands (chuyển chức năng, nhiệm vụ sang Sở Y tế)."""
    items = sentence.items
    start = next((at for at in range(first, last + 1) if items[at].symbol == "v:function"), None)
    if start is None:
        return None
    end = start + 1
    while end < len(items) and not _stops(sentence, end):
        end += 1
    while end > start and items[end - 1].symbol in _LOOSE:
        end -= 1
    said = document.quote(items[start].start, items[end - 1].end)[:300]
    words = [item for item in items[start:end] if item.symbol not in _LOOSE | {"v:function"}]
    only = document.quote(items[start].start, items[start].end)
    return said if words and _WHOSE.sub("", said) != only else None


def _stops(sentence: Sentence, at: int) -> bool:
    symbol = sentence.items[at].symbol
    if symbol in _ENDS:
        return True
    following = sentence.items[at + 1].symbol if at + 1 < len(sentence.items) else ""
    return symbol in _BEFORE_UNIT and following in ("U", "Y", "K", "v:under")
