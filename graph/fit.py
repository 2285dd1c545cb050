"""How well a name fits the words that a person typed: pure text, no store.

All words must be in the name, the last one at least as the beginning of a word. Both sides are
compared by `graph.text.key`, so abbreviations, capitals and the place of the tone do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from graph.names import place_words
from graph.text import key, nfc, strip_diacritics

# What is typed beyond is not looked at: no name is so long, and a title is told by its beginning.
MOST_LETTERS, MOST_WORDS, LONGEST_WORD = 400, 16, 60

# Diacritics of the name against those typed: the same, left out by the typist, others
SAME, LEFT_OUT, OTHER = range(3)
# Where the words stand in the name: all of it, at its beginning, together, anywhere, in several names
WHOLE, START, TOGETHER, ANYWHERE, SPREAD = range(5)
# What the words are: the official name, words of a name, of which the last is only begun, words of a
# title or of a name and its place, words of a name and of a place above
NAME, WORDS, BEGUN, PLACE, ABOVE = range(5)
TITLE = PLACE


class Word(NamedTuple):
    """A word with its diacritics and without."""

    marked: str
    bare: str


Words = tuple[Word, ...]


@dataclass(frozen=True)
class Fit:
    """How a name fits. Of two fits the one with the higher score is better in the first field that differs:
    other diacritics, tier, diacritics, begun, order, other, extra."""

    tier: int  # NAME … ABOVE
    accents: int  # SAME … OTHER
    begun: bool  # the last word is only begun
    order: int  # WHOLE … SPREAD
    other: bool  # an alias, short or former name
    extra: int  # words of the name that were not typed

    @property
    def score(self) -> float:
        """From 1 (the official name as it is written) down to 0; each weight is more than all after it."""
        within = 0.1 * min(self.accents, LEFT_OUT) + 0.04 * self.begun + 0.008 * self.order + 0.004 * self.other
        score = 1 - 0.2 * self.tier - within - 0.0002 * min(self.extra, 19)
        # names with other diacritics are other names: below all the rest
        return round(score * (0.01 if self.accents == OTHER else 1), 6)


@lru_cache(maxsize=20_000)
def words_of(text: str) -> Words:
    """The words of a name, folded, abbreviations as the words that they stand for."""
    return tuple(Word(word, strip_diacritics(word)) for word in key(text).replace("/", " ").split())


def typed_words(text: str) -> Words:
    """The words that a person typed; none where there is nothing that could be in a name."""
    words = words_of(nfc(text)[:MOST_LETTERS])[:MOST_WORDS]
    return () if any(len(word.bare) > LONGEST_WORD for word in words) else words


def best_fit(
    typed: Words, names: Sequence[str], *, place: bool = False, titles: bool = False
) -> tuple[Fit, str] | None:
    """How the best of the names fits, the first being the official one, and which that is; None if none does.

    A `place` is called by its name with and without the word for its kind. With `titles` all names but
    the first are titles.
    """
    found = []
    for number, name in enumerate(names):
        if fit := fit_of(typed, words_of(name), other=number > 0):
            if number == 0 and fit.order == WHOLE:
                fit = replace(fit, tier=NAME)
            found.append((replace(fit, tier=TITLE) if titles and number else fit, name))
    if place and (whole := covers(typed, names[0])) and not whole[0]:
        found.append((Fit(NAME, whole[1], False, WHOLE, False, len(words_of(names[0])) - len(typed)), names[0]))
    if found:
        return max(found, key=lambda each: each[0].score)
    spread = fit_of(typed, tuple(word for name in names for word in words_of(name)), other=False)
    return (replace(spread, tier=TITLE if titles else spread.tier, order=SPREAD), "") if spread else None


def fit_of(typed: Words, name: Words, *, other: bool) -> Fit | None:
    """How one name fits; None where a word is missing."""
    extra = len(name) - len(typed)
    fits = []
    for start in range(extra + 1):
        found = [_compared(*pair) for pair in _last_marked(typed, name[start : start + len(typed)])]
        if None not in found:
            order = TOGETHER if start else START if extra or _begun(found) else WHOLE
            fits.append(_fit(found, order, extra, other))
    if fits:
        return max(fits, key=lambda fit: fit.score)
    anywhere = [
        min((c for c in (_compared(word, each, last) for each in name) if c is not None), default=None)
        for word, _, last in _last_marked(typed, typed)
    ]
    return None if None in anywhere else _fit(anywhere, ANYWHERE, max(extra, 0), other)


def covers(typed: Words, place: str) -> tuple[bool, int] | None:
    """Whether the words are all of a place's name, with or without the word for its kind.

    Returns (the last word is only begun, diacritics) or None.
    """
    name = words_of(place)
    for known in (name, _without_kind(name)):
        if len(known) == len(typed) and (fit := fit_of(typed, known, other=False)) and fit.order <= START:
            return fit.begun, fit.accents
    return None


def _without_kind(name: Words) -> Words:
    bare = tuple(word.marked for word in name)
    kinds = (tuple(key(kind).split()) for kind in place_words())
    return next((name[len(kind) :] for kind in kinds if bare[: len(kind)] == kind), name)


def _last_marked(typed: Words, name: Words) -> list[tuple[Word, Word, bool]]:
    """Pairs of words, each with whether it is the last, which may be begun only."""
    return [(a, b, number == len(typed)) for number, (a, b) in enumerate(zip(typed, name, strict=True), 1)]


def _compared(typed: Word, word: Word, may_be_begun: bool) -> tuple[bool, int] | None:
    """(the word is only begun, diacritics), or None where it is another word."""
    begun = typed.bare != word.bare
    if begun and not (may_be_begun and word.bare.startswith(typed.bare)):
        return None
    marked = word.marked[: len(typed.marked)]
    return begun, SAME if typed.marked == marked else LEFT_OUT if typed.marked == typed.bare else OTHER


def _begun(found: Sequence[tuple[bool, int] | None]) -> bool:
    return any(each[0] for each in found if each)


def _fit(found: Sequence[tuple[bool, int] | None], order: int, extra: int, other: bool) -> Fit:
    begun = _begun(found)
    accents = max((each[1] for each in found if each), default=SAME)
    return Fit(BEGUN if begun else WORDS, accents, begun, order, other, extra)
