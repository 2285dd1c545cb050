"""What is counted: nouns behind numbers, with their measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from graph.packaged import packaged_yaml
from loaders.reading.words import Phrases, Word, phrases_of


@lru_cache(maxsize=1)
def _nouns() -> Phrases[str]:
    return phrases_of(packaged_yaml("loaders", "reading", "data", "measures.yaml"))


_SMALL = frozenset(("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"))


def count_noun(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """The measure of the noun that begins at the word, and the index after it."""
    found = _nouns().match(words, at, across=",-")
    if found is not None and found[1] < len(words) and words[found[1] - 1].key == "thành":
        # 12 huyện thành 9 hạt: not the "thành" of huyện, thành
        behind = words[found[1]]
        if not behind.gap and (behind.key[:1].isdigit() or behind.key in _SMALL):
            return _nouns().match(words[: found[1] - 1], at, across=",-")
    return found


def count_nouns(words: Sequence[Word]) -> Iterator[tuple[int, str, int]]:
    """The nouns among the words from left to right: index of each, its measure, and the index after it."""
    at = 0
    while at < len(words):
        found = count_noun(words, at)
        if found is not None:
            yield at, *found
        at = found[1] if found is not None else at + 1
