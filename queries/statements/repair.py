"""Diacritics given back to text typed without them, and slips of one letter mended.

The packaged phrases and statements are the language model: counts of syllables and of pairs of
syllables. A text in which hardly a syllable has a diacritic is read as the likeliest row of known
syllables (A. Viterbi, IEEE Transactions on Information Theory 13, 1967). In other texts an unknown
syllable is replaced by a known one that differs by one letter or by diacritics only, if that one is
known beside its neighbour.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import log
from typing import NamedTuple

from graph.text import key, strip_diacritics

_LONGEST = 7  # no Vietnamese syllable is longer
_START = ""
# Of a text without diacritics, at least this share must be syllables that the packaged words have without them
_KNOWN_SHARE = 0.7
_MARKED_SHARE = 0.1


class _Model(NamedTuple):
    single: Counter[str]
    pairs: Counter[tuple[str, str]]
    by_bare: dict[str, tuple[str, ...]]  # syllable without diacritics → with
    by_deletion: dict[str, tuple[str, ...]]  # with one letter dropped → bare syllables


def repaired(syllables: Sequence[str]) -> list[str]:
    """The syllables with diacritics restored or slips mended where there is reason to; linear in their number."""
    words = list(syllables)
    letters = [word for word in words if word.isalpha()]
    if not letters:
        return words
    marked = sum(not word.isascii() for word in letters if word != "ǁ")
    model = _model()
    if marked <= _MARKED_SHARE * len(letters):
        known = sum(word in model.by_bare or not word.isascii() for word in letters)
        return _restored(words, model) if known >= _KNOWN_SHARE * len(letters) else words
    if all(word in model.single for word in letters):
        return words
    return [
        word if word in model.single or not word.isalpha() else _mended(before, word, after)
        for before, word, after in zip([_START, *words[:-1]], words, [*words[1:], _START], strict=True)
    ]


def _restored(words: list[str], model: _Model) -> list[str]:
    """The likeliest row of syllables; the beam is the few readings that each one has."""
    scores: dict[str, float] = {_START: 0.0}
    back: list[dict[str, str]] = []
    total = sum(model.single.values())
    for word in words:
        readings = model.by_bare.get(word, (word,)) if word.isascii() else (word,)
        new: dict[str, float] = {}
        origin: dict[str, str] = {}
        for reading in readings:
            alone = log((model.single[reading] + 0.5) / total)
            best, source = max(
                (score + (log(1 + 20 * model.pairs[before, reading]) if before else 0.0), before)
                for before, score in scores.items()
            )
            new[reading], origin[reading] = best + alone, source
        scores = new
        back.append(origin)
    current = max(scores, key=scores.__getitem__)
    found = []
    for origin in reversed(back):
        found.append(current)
        current = origin[current]
    return found[::-1]


@lru_cache(maxsize=50_000)
def _mended(before: str, word: str, after: str) -> str:
    """A known syllable near an unknown one that is known beside a neighbour, the likeliest; else the word itself."""
    model = _model()
    if not 2 <= len(word) <= _LONGEST + 1:
        return word
    bare = strip_diacritics(word)
    candidates = set(model.by_bare.get(bare, ()))
    if not candidates and len(bare) > 2:
        near = {near for shorter in _deletions(bare) for near in model.by_deletion.get(shorter, ())}
        near |= set(model.by_deletion.get(bare, ()))
        near |= {shorter for shorter in _deletions(bare) if shorter in model.by_bare}
        candidates = {reading for other in near for reading in model.by_bare[other]}
    ranked = sorted(
        (-(model.pairs[before, c] + model.pairs[c, after]), -model.single[c], c)
        for c in candidates
        if model.pairs[before, c] or model.pairs[c, after]
    )
    return ranked[0][2] if ranked else word


def _deletions(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


@cache
def _model() -> _Model:
    single: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in _lines():
        words = [word for word in key(line).split() if word.isalpha()]
        single.update(words)
        pairs.update(pairwise(words))
    by_bare: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(single):
        by_bare[strip_diacritics(word)].append(word)
    by_deletion: defaultdict[str, list[str]] = defaultdict(list)
    for bare in sorted(by_bare):
        for shorter in sorted(set(_deletions(bare))):
            by_deletion[shorter].append(bare)
    return _Model(
        single,
        pairs,
        {bare: tuple(words) for bare, words in by_bare.items()},
        {shorter: tuple(words) for shorter, words in by_deletion.items()},
    )


def _lines() -> Iterator[str]:
    """Every packaged text, in Vietnamese where it has any."""
    from queries.statements.concepts import concepts
    from queries.statements.lexicon import data

    for concept in concepts().values():
        yield from (phrase for phrase in concept.phrases if not phrase.isascii() or " " not in phrase)
    for written in data("actions")["roles"].values():
        yield from (phrase for phrase in written if not phrase.isascii())
    boilerplate = data("boilerplate")
    for part in ("stop", "generic", "aside"):
        yield from boilerplate[part]
    yield from (f"{kind} {field}" for kind in ("sở", "phòng") for field in boilerplate["units"]["fields"])
    for statements in data("background").values():
        yield from statements
