"""The words of a written title, and the phrases that the grammar of titles knows.

`split_words` turns a text into words that remember where they stand in it; an abbreviation
becomes the words it stands for. `Phrases` finds the longest known phrase at a word. What
the words mean together is the work of `graph.titles`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graph.text import key, meaning_of, nfc, strip_diacritics
from graph.vocabulary import data, titles, unambiguous, unit_kind_of

# Letters and digits, with combining marks and invisible characters between them; & joins
_TOKEN = re.compile("[Đđ]/[Cc]\\b|[\\w&\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff\u00ac]+")
_DASH = re.compile("[-‐‑‒–—―−﹣－]")
_QUOTES = str.maketrans("", "", "\"'“”„‟«»‘’")
_ROMAN_OR_NUMBER = re.compile(r"[ivxl]+|\d+")


@dataclass(frozen=True)
class Word:
    """One word: `key` compares it, `shown` writes it, `start` and `end` are the span of the token
    in the text. `gap` is what separates it from the word before: "" (spaces), comma, dash, open,
    close, or hard (semicolon, line end, anything else)."""

    key: str
    shown: str
    start: int
    end: int
    gap: str
    capital: bool


@dataclass(frozen=True)
class Words:
    """All words of a text. `bare`: it has no diacritics, so phrases are compared without them;
    `cased`: it has capital and small letters, so that a capital means something."""

    text: str
    words: tuple[Word, ...]
    bare: bool
    cased: bool

    def keys(self, start: int, end: int) -> list[str]:
        """The keys of the words in [start, end)."""
        return [word.key for word in self.words[start:end]]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the words [start, end), one or more, stand in the text."""
        return self.words[start].start, self.words[end - 1].end

    def breaks_token(self, start: int, end: int) -> bool:
        """Whether [start, end) ends inside an abbreviation in which it does not begin: in "tỉnh UVTVTU" there
        is no "tỉnh ủy viên"."""
        if end >= len(self.words) or self.words[end].start != self.words[end - 1].start:
            return False
        return self.words[start].start != self.words[end].start

    def written(self, start: int, end: int) -> str:
        """The words [start, end) as the text has them, `nfc`; abbreviations of which only a part is
        meant are written out."""
        parts: list[str] = []
        at = start
        while at < end:
            token = self.words[at].start
            whole = [i for i, w in enumerate(self.words[at : at + 40], at) if w.start == token]
            first_of_token = at == 0 or self.words[at - 1].start != token
            if first_of_token and whole[-1] < end:
                before = self.text[self.words[at - 1].end : token] if parts else ""
                parts.append(before + self.text[token : self.words[at].end])
            else:
                shown = " ".join(self.words[i].shown for i in whole if i < end)
                parts.append(f" {shown}" if parts else shown)
            at = whole[-1] + 1
        return nfc("".join(parts))


def split_words(text: str) -> Words:
    """The words of a text; never fails."""
    plain = nfc(text)
    bare = plain == strip_diacritics(plain)
    cased = plain not in (plain.upper(), plain.lower())
    words: list[Word] = []
    end = 0
    for token in _TOKEN.finditer(text):
        written = nfc(token[0])
        long = meaning_of(written, capitals=plain != plain.upper())
        shown = [part for part in (long or written).split() if key(part)]
        gap = _gap(text[end : token.start()], words[-1] if words else None)
        for part in shown:
            for name in key(part).split():
                compared = strip_diacritics(name) if bare else name
                capital = written[:1].isupper() or written[:1].isdigit()
                words.append(Word(compared, part.strip(","), token.start(), token.end(), gap, capital))
                gap = ""
        if shown:
            end = token.end()
    return Words(text, tuple(words), bare, cased)


def _gap(between: str, before: Word | None) -> str:
    if before is None:
        return ""
    marks = between.translate(_QUOTES)
    # A full stop after a short word abbreviates it (TP., Q.)
    if before.end - before.start <= 2 and "\n" not in marks:
        marks = marks.removeprefix(".")
    stripped = marks.strip()
    if "\n" in marks or "\r" in marks:
        return "hard"
    if not stripped:
        return ""
    if stripped == ",":
        return "comma"
    if _DASH.fullmatch(stripped):
        return "dash"
    return {"(": "open", ")": "close"}.get(stripped[-1] if stripped[-1] == "(" else stripped[0], "hard")


# --- phrases -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sense:
    """What a phrase means: a title's code, a qualifier, or a membership's row; `tail` is the number
    of its last words with which the unit's name begins."""

    code: str
    tail: int = 0
    row: tuple[tuple[str, Any], ...] = ()

    def get(self, name: str) -> Any:
        """A property of the membership's row; None if it has none of this name."""
        return dict(self.row).get(name)


class Phrases:
    """A set of phrases with their senses; the longest that fits at a word is found."""

    def __init__(self, spelled: Iterable[tuple[str, Sense]]) -> None:
        self._full: dict[tuple[str, ...], Sense] = {}
        for text, sense in spelled:
            self._full.setdefault(tuple(key(text).split()), sense)
        by_bare = [(tuple(map(strip_diacritics, words)), words) for words in self._full]
        senses: dict[tuple[str, ...], set[Sense]] = {}
        for bare, words in by_bare:
            senses.setdefault(bare, set()).add(self._full[words])
        self._bare = {bare: found.pop() for bare, found in senses.items() if len(found) == 1}
        # The longest phrase that begins with a word; most words begin none
        self._reach: dict[str, int] = {}
        for words in (*self._full, *self._bare):
            self._reach[words[0]] = max(self._reach.get(words[0], 0), len(words))

    def match(self, words: Words, at: int) -> tuple[Sense, int] | None:
        """The sense of the longest phrase that begins at the word, and the index after it."""
        reach = self._reach.get(words.words[at].key, 0) if at < len(words.words) else 0
        if not reach:
            return None
        known = self._bare if words.bare else self._full
        most = 1
        while most < reach and at + most < len(words.words) and not words.words[at + most].gap:
            most += 1
        for n in range(most, 0, -1):
            sense = known.get(tuple(words.keys(at, at + n)))
            if sense is not None and not words.breaks_token(at, at + n):
                return sense, at + n
        return None


@dataclass(frozen=True)
class Lexicon:
    """All phrases of the grammar, from titles.yaml."""

    titles: Phrases
    memberships: Phrases
    before: Phrases
    after: Phrases
    joiners: Phrases
    names: Phrases


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The phrases, read once."""
    file = data("titles")
    spelled = [
        (text, Sense(t.code, _tail(text, t.names_unit))) for t in titles().values() for text in (t.vi, *t.spellings)
    ]
    members = []
    for row in file["memberships"]:
        properties = tuple((name, value) for name, value in row.items() if name != "spellings")
        for text in row["spellings"]:
            members.append((text, Sense(row["kind"], _tail(text, row.get("names_unit", "")), properties)))
    words = [*file["name_words"], *(p for row in data("fields").values() for p in row["phrases"])]
    return Lexicon(
        Phrases(spelled),
        Phrases(members),
        _qualifiers(file["before"]),
        _qualifiers(file["after"]),
        _qualifiers(file["joiners"]),
        Phrases((text, Sense("name")) for text in words),
    )


def _qualifiers(rows: dict[str, Sequence[str]]) -> Phrases:
    return Phrases((text, Sense(code)) for code, texts in rows.items() for text in texts)


def _tail(spelling: str, names_unit: str) -> int:
    """How many last words of a title's spelling begin the unit's name: those of `names_unit`, or
    another word for such a unit (Trưởng ấp 3: ấp 3)."""
    if not names_unit:
        return 0
    words, unit = key(spelling).split(), key(names_unit).split()
    if words[-len(unit) :] == unit:
        return len(unit)
    return 1 if unit_kind_of(words[-1]) else 0


def term_end(words: Words, at: int) -> int:
    """The index after a term of office that begins at the word (khóa XIV; nhiệm kỳ 2015 - 2020); `at`
    if there is none."""
    for term in _terms(words.bare):
        after = at + len(term)
        if words.keys(at, after) == term:
            end = after
            while end < len(words.words) and (end == after or words.words[end].gap in ("comma", "dash")):
                if words.words[end].gap == "hard" or not _ROMAN_OR_NUMBER.fullmatch(words.words[end].key):
                    break
                end += 1
            return end if end > after else at
    return at


@lru_cache(maxsize=2)
def _terms(bare: bool) -> list[list[str]]:
    known = [key(text) for text in data("titles")["terms"]]
    return [(strip_diacritics(text) if bare else text).split() for text in known]


@lru_cache(maxsize=1)
def provinces() -> dict[tuple[str, ...], str]:
    """The words of a province's name → its kind (tỉnh, thành phố), with and without diacritics. Not
    Hồ Chí Minh, which is also a person's and an organisation's name."""
    named = [
        (name, kind) for kind, names in data("titles")["provinces"].items() for name in names if name != "Hồ Chí Minh"
    ]
    full = {tuple(key(name).split()): kind for name, kind in named}
    return unambiguous((tuple(map(strip_diacritics, words)), kind) for words, kind in full.items()) | full
