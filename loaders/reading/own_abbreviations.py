"""Abbreviations that a text itself explains: "Ban Chỉ huy Phòng thủ khu vực (PTKV)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.text import meaning_of
from loaders.reading.words import initials_of

_EXPLAINED = re.compile(r"\((?:(?:sau đây )?(?:gọi|viết) tắt (?:là )?)?([A-ZĐ][A-ZĐ&-]{1,9})\)")
_LONGEST = 120
_WORD = re.compile(r"\w+")


def own_abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """Abbreviations → the words that they stand for: the brackets stand right behind words with these initials. What
    the reader knows anyway is left out."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _EXPLAINED.finditer(text):
            before = text[max(0, match.start() - _LONGEST) : match.start()]
            words = list(_WORD.finditer(before))
            first = initials_of([word[0] for word in words], match[1])
            if first is None or meaning_of(match[1]) is not None:
                continue
            long = before[words[first].start() :].strip()
            if not re.search(r"[.;:()]", long):
                found.setdefault(match[1], long)
    return found
