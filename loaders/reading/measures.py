"""What is counted: nouns behind numbers, with their measure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from graph.packaged import packaged_yaml
from loaders.reading.words import Phrases, Word


@lru_cache(maxsize=1)
def _nouns() -> Phrases[str]:
    listed = packaged_yaml("loaders", "reading", "data", "measures.yaml")
    return Phrases((noun, measure) for measure, nouns in listed.items() for noun in nouns)


def count_noun(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """The measure of the noun that begins at the word, and the index after it."""
    return _nouns().match(words, at, across=",-")
