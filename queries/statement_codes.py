"""Words as single characters, so that many statements are compared at once; used by `queries.collapse`.

A text becomes a row of characters, one for each word as it counts in the key of a statement: NFC, small
letters, one place for the tone, abbreviations expanded (`graph.text.key`), names of places left out. Each
word is worked out once. Texts with the same row have the same key; where the neighbours of a word could change what it
stands for, the row does not tell the key and the text has to be parsed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import Any, NamedTuple

from graph.packaged import packaged_yaml
from graph.text import fold, key, nfc, strip_diacritics
from queries.statements import normalise, repair
from queries.statements.lexicon import _END, lexicon, stop_words

# They stand for nothing in a key; a name of a place ends at them
_MARKS = ";:.!?()[]{}…•,\"'“”„‟«»‘’‚‛"
_JOINED = re.compile(r"[-/&]")
_LETTERS = re.compile(r"[^\W_]+(?:[-/&][^\W_]+)*")
_NAME = re.compile(normalise._NAME)
_KINDS = [kind.split() for kind in normalise._PLACE_KINDS.split("|")]
_LEFT_OUT = frozenset({"aside", "small"})
_BREAK, _UNSURE, _MARK = "\x21", "\x22", "\x23"
_WORDS, _NAMES = range(0x100, 0xD800), range(0x10000, 0x110000)


class Full(Exception):
    """There are more different words than characters."""


class _Word(NamedTuple):
    syllables: tuple[str, ...]  # as `graph.text.key` has them
    kind: str  # the word itself where a kind of place has it
    capitals: bool  # written without a small letter
    joins: bool  # part of an abbreviation that can also be written apart (TT và TT)
    begins: bool = False  # its beginning alone may be the name of a place (5a)


def _counting(syllables: Iterable[str]) -> list[str]:
    stop = stop_words()
    return [syllable for syllable in syllables if syllable not in stop and syllable != normalise._BREAK]


class Codes(dict[str, str]):
    """Word as written → its characters, worked out when they are first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._char: dict[tuple[_Word, bool], str] = {}
        self._word: dict[str, _Word] = {}
        self._kept: dict[str, str] = {}  # the syllables that count
        # How many syllables with diacritics there are above the share below which a text counts as without them
        self._surplus: dict[str, float] = {}
        self._plain: set[str] = set()  # characters that stand for the same beside whatever others
        self._small: set[str] = set()  # of words with a small letter
        self._joins: set[str] = set()  # of parts of an abbreviation
        self._begun: set[str] = set()  # of words that begin as a name of a place may
        self._keep(_BREAK, _Word((normalise._BREAK,), "", True, False))
        self._keep(_MARK, _Word((), "", True, False))
        self._words, self._names = iter(_WORDS), iter(_NAMES)
        self._joining = _joining()
        kinds = {"".join(chars) for kind in _KINDS for chars in product(*map(self._cases, kind))}
        self._kind_ends = {kind[-1] for kind in kinds}
        names = f"[{chr(_NAMES[0])}-{chr(_NAMES[-1])}]{{1,4}}"
        self._around_names = re.compile(f"({'|'.join(map(re.escape, sorted(kinds)))}){names}").split

    def row(self, text: str) -> str:
        """The characters of a text. Raises Full."""
        if "\n" in text or "\r" in text:
            text = text.replace("\n", " ; ").replace("\r", " ; ")
        row = "".join(self._around_names("".join(map(self.__getitem__, text.split()))))
        return row.removesuffix(_BREAK).removeprefix(_BREAK)

    def key(self, row: str) -> str | None:
        """The key of the statements with this row, None where the row does not tell."""
        chars = frozenset(row)
        # All capitals: then nothing is taken for a name
        if _UNSURE in chars or self._small.isdisjoint(chars):
            return None
        # After a kind of place, the beginning of the word would be taken for the name
        if not self._begun.isdisjoint(chars) and any(
            char in self._begun and before in self._kind_ends for before, char in pairwise(row)
        ):
            return None
        if not self._joins.isdisjoint(chars) and self._joined(row):
            return None
        # As good as no diacritics: then they are given back, by the share of all; two breaks at each end may be cut off
        if sum(map(self._surplus.__getitem__, row)) <= 4.001 * repair._MARKED_SHARE:
            return None
        if chars <= self._plain:
            return _key(" ".join(map(self._kept.__getitem__, row)).split())
        return _key(_counting(repair.repaired([syllable for char in row for syllable in self._word[char].syllables])))

    def _joined(self, row: str) -> bool:
        """Whether an abbreviation may be written in several words."""
        return any(
            before in self._joins and after in self._joins and self._word[char].syllables == ("và",)
            for before, char, after in zip(row, row[1:], row[2:], strict=False)
        )

    def __missing__(self, token: str) -> str:
        pieces = normalise._BREAKS.sub(f" {normalise._BREAK} ", f" {token} ").split()
        found = self[token] = "".join(_BREAK if piece == normalise._BREAK else self._piece(piece) for piece in pieces)
        return found

    def _piece(self, piece: str) -> str:
        written = unicodedata.normalize("NFC", piece)
        closed = written.rstrip(_MARKS)
        bare = closed.lstrip(_MARKS)
        if not bare:
            return _MARK
        return _MARK * (bare != closed) + self._of(bare) + _MARK * (closed != written)

    def _of(self, bare: str) -> str:
        plain = nfc(bare)
        parts = _JOINED.split(plain.lower())
        # Signs that the words beside it could belong to, or a kind of place at its end
        if not _LETTERS.fullmatch(bare) or (len(parts) > 1 and any(part in kind for part in parts for kind in _KINDS)):
            return _UNSURE
        begins = _NAME.match(plain)
        named = begins is not None and begins[0] == plain
        small = plain.lower()
        word = _Word(
            # A small letter before it, as capitals alone are read in another way
            tuple(key(f"a {plain}").split()[1:]),
            small if any(small in kind for kind in _KINDS) else "",
            plain == plain.upper(),
            any(fold(part) in self._joining for part in parts),
            begins is not None and not named,
        )
        char = self._char.get((word, named))
        if char is None:
            number = next(self._names if named else self._words, None)
            if number is None:
                raise Full
            char = self._char[word, named] = chr(number)
            self._keep(char, word)
        return char

    def _keep(self, char: str, word: _Word) -> None:
        letters = [syllable for syllable in word.syllables if syllable.isalpha()]
        marked = sum(not syllable.isascii() for syllable in letters if syllable != normalise._BREAK)
        self._word[char] = word
        self._kept[char] = " ".join(_counting(word.syllables))
        self._surplus[char] = marked - repair._MARKED_SHARE * len(letters)
        known = repair._model().single
        if all(syllable in known for syllable in letters if syllable != normalise._BREAK):
            self._plain.add(char)
        if not word.capitals:
            self._small.add(char)
        if word.joins:
            self._joins.add(char)
        if word.begins:
            self._begun.add(char)

    def _cases(self, syllable: str) -> set[str]:
        return {self[syllable], self[syllable.capitalize()], self[syllable.upper()]}


def parsed_key(text: str) -> str:
    """The key of any text, without anything else that `parse` finds."""
    return _key(normalise.canonical.__wrapped__(text).syllables)


def _key(kept: Sequence[str]) -> str:
    """The key of canonical syllables."""
    within = _within_phrases()
    left: list[str] = []
    start = 0
    # No phrase goes across two words that stand beside each other in none: what is between can be done apart
    for end, pair in enumerate(pairwise(kept), start=1):
        if pair not in within:
            left += _outside(tuple(kept[start:end]))
            start = end
    left += _outside(tuple(kept[start:]))
    return " ".join(left or kept)


@lru_cache(maxsize=200_000)
def _outside(syllables: tuple[str, ...]) -> tuple[str, ...]:
    """What no phrase that a key leaves out takes up."""
    left = list(syllables)
    for hit in reversed(lexicon().find(syllables)):
        if hit.kind in _LEFT_OUT:
            del left[hit.start : hit.end]
    return tuple(left)


@cache
def _within_phrases() -> frozenset[tuple[str, str]]:
    """Pairs of words that stand beside each other in some phrase."""

    def pairs(word: str, node: dict[str, Any]) -> Iterator[tuple[str, str]]:
        for following, below in node.items():
            if following != _END:
                yield word, following
                yield from pairs(following, below)

    root = lexicon()._root
    return frozenset(pair for word, node in root.items() if word != _END for pair in pairs(word, node))


def _joining() -> frozenset[str]:
    """The parts, folded, of abbreviations that can be written in several words."""
    file = packaged_yaml("graph", "data", "abbreviations.yaml")
    parts: Iterable[str] = (fold(part) for short in file["any_case"] if "&" in short for part in short.split("&"))
    return frozenset(found for part in parts for found in (part, strip_diacritics(part)))
