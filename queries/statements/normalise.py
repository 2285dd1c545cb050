"""From text as written to canonical syllables: one Unicode form, abbreviations expanded, places and unit names masked.

    canonical("Tham mưu, giúp UBND tỉnh Vĩnh Phúc QLNN về bưu chính")
    → syllables tham mưu giúp ủy ban nhân dân tỉnh quản lý nhà nước bưu chính; masked: tỉnh Vĩnh Phúc

What is typed without diacritics gets them back where the packaged words say which
(`queries.statements.repair`). Cost: linear in the length of the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from graph.text import key, nfc
from queries.statements.lexicon import stop_words

# a letter that no text has and that `key` keeps
_BREAK = "ǁ"
_BREAKS = re.compile(r"[;:.!?()\[\]{}…•]+(?=\s|$)|,(?=\s|$)|\s[-–—+*]\s|[\n\r]+|(?<=\s)\(|\)")
_PLACE_KINDS = (
    "tỉnh|thành phố|tp|huyện|quận|thị xã|tx|thị trấn|xã|phường|đặc khu|thôn|ấp|bản|buôn|khóm|khu phố|tổ dân phố"
)
_CAPITAL = "[A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper() and c.isalpha()) + "]"
_NAME = rf"(?:{_CAPITAL}[^\W\d_]*(?:-{_CAPITAL}[^\W\d_]*)*|\d+)"
_PLACE = re.compile(rf"\b((?i:{_PLACE_KINDS}))\.?\s+({_NAME}(?:\s+{_NAME}){{0,3}})")


class Canonical(NamedTuple):
    """The syllables that count, where the text had a break before one, and what was masked."""

    syllables: tuple[str, ...]
    breaks: frozenset[int]  # a new part of a list begins before the syllable with this index
    masked: tuple[str, ...]


@lru_cache(maxsize=50_000)
def canonical(text: str) -> Canonical:
    """The canonical form of a text. Never raises for any text."""
    from queries.statements.repair import repaired

    masked: list[str] = []

    def mask(match: re.Match[str]) -> str:
        masked.append(match[0])
        return match[1]

    # NFC keeps line breaks apart: they separate the parts of a list
    plain = nfc(_BREAKS.sub(f" {_BREAK} ", text))
    if plain != plain.upper():
        plain = _PLACE.sub(mask, plain)
    stop = stop_words()
    kept: list[str] = []
    breaks: set[int] = set()
    for syllable in repaired(key(plain).split()):
        if syllable == _BREAK or syllable == "và":
            breaks.add(len(kept))
        elif syllable not in stop:
            kept.append(syllable)
    return Canonical(tuple(kept), frozenset(breaks), tuple(masked))
