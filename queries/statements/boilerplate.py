"""Boilerplate mined from a corpus: beginnings and endings that go on in many ways.

A row of words with which many statements begin and that is followed by many different words says
nothing of what a statement is about (the accessor variety of H. Feng et al., "Accessor variety
criteria for Chinese word extraction", Computational Linguistics 30, 2004, used the other way round).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from queries.statements.lexicon import data


class Mined(NamedTuple):
    """What was found: beginnings, and endings (written backwards), each a row of syllables."""

    beginnings: frozenset[tuple[str, ...]]
    endings: frozenset[tuple[str, ...]]

    def cut(self, syllables: Sequence[str]) -> tuple[int, int]:
        """How many syllables at the start and at the end are boilerplate."""
        start = _longest(self.beginnings, syllables)
        end = _longest(self.endings, syllables[::-1])
        return (start, end) if start + end < len(syllables) else (start, 0)


def mine(rows: Iterable[Sequence[str]]) -> Mined:
    """Boilerplate of distinct statements. Cost: statements x the longest row looked at (weights.yaml)."""
    settings = data("weights")["mining"]
    longest, least = settings["longest"], settings["continuations"]
    ahead: dict[tuple[str, ...], set[str]] = {}
    back: dict[tuple[str, ...], set[str]] = {}
    count = 0
    for row in rows:
        count += 1
        for table, words in ((ahead, row), (back, row[::-1])):
            head = tuple(words[: longest + 1])
            for length in range(2, len(head)):
                table.setdefault(head[:length], set()).add(head[length])
    enough = max(least, int(settings["share"] * count))
    return Mined(
        frozenset(head for head, after in ahead.items() if len(after) >= enough),
        frozenset(tail for tail, before in back.items() if len(before) >= enough),
    )


def _longest(known: frozenset[tuple[str, ...]], syllables: Sequence[str]) -> int:
    best = 0
    for length in range(2, min(len(syllables), data("weights")["mining"]["longest"] + 1)):
        if tuple(syllables[:length]) in known:
            best = length
    return best
