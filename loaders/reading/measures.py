"""What is counted: nouns behind numbers, with their measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from graph.packaged import packaged_yaml
from graph.text import key
from loaders.reading.words import Phrases, Word, phrases_of


@lru_cache(maxsize=1)
def _nouns() -> Phrases[str]:
    return phrases_of(packaged_yaml("loaders", "reading", "data", "measures.yaml"))


@lru_cache(maxsize=1)
def _nouns_of_several() -> frozenset[str]:
    """The nouns that are written with a comma (huyện, thị xã)."""
    rows = packaged_yaml("loaders", "reading", "data", "measures.yaml")
    return frozenset(key(text) for texts in rows.values() for text in texts if "," in text)


_SMALL = frozenset(("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"))


def count_noun(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """The measure of the noun that begins at the word, and the index after it."""
    found = _nouns().match(words, at, across=",-")
    while found is not None and (_is_broken(words[at : found[1]]) or _becomes(words, found[1])):
        shorter = _nouns().match(words[at : found[1] - 1], 0, across=",-")
        found = (shorter[0], at + shorter[1]) if shorter is not None else None
    return found


def _is_broken(words: Sequence[Word]) -> bool:
    """Whether a comma stands inside a noun that is written without one: ở cả ba cấp, trưởng ban …"""
    return any("," in word.gap for word in words[1:]) and key(" ".join(w.key for w in words)) not in _nouns_of_several()


def _becomes(words: Sequence[Word], end: int) -> bool:
    """Whether the last word is no part of the noun, but says what so many become: 12 huyện *thành* 9 hạt."""
    behind = words[end] if words[end - 1].key == "thành" and end < len(words) else None
    return behind is not None and not behind.gap and (behind.key[:1].isdigit() or behind.key in _SMALL)


def count_nouns(words: Sequence[Word]) -> Iterator[tuple[int, str, int]]:
    """The nouns among the words from left to right: index of each, its measure, and the index after it."""
    at = 0
    while at < len(words):
        found = count_noun(words, at)
        if found is not None:
            yield at, *found
        at = found[1] if found is not None else at + 1
