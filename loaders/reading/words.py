"""Words of a text with their place in it, and sets of phrases that are looked for among them.

A word is a syllable; an abbreviation becomes the words that it stands for, all with its span, so
that "UBND" and "Ủy ban nhân dân" are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Generic, TypeVar

from graph.packaged import packaged_yaml
from graph.text import key, meaning_of

_T = TypeVar("_T")
_LEAST_INITIALS = 2


@dataclass(frozen=True, slots=True)
class Word:
    """`key` compares it, `shown` writes it; `gap` is what separates it from the word before it, without
    spaces. `capital`: begins with one; `part`: not the first word of its abbreviation."""

    key: str
    shown: str
    start: int
    end: int
    gap: str
    capital: bool
    part: bool = False
    short: bool = False  # comes from an abbreviation
    mark: str = ""  # what is written before it inside a written-out abbreviation


@lru_cache(maxsize=1)
def _token() -> re.Pattern[str]:
    """Longest first: abbreviations that have a hyphen, a comma or & in them, then plain words."""
    listed = packaged_yaml("graph", "data", "abbreviations.yaml")
    known = {**listed["any_case"], **_further()}
    joined = sorted((a for a in known if re.search("[-,&.]", a)), key=lambda a: (-len(a), a))
    spaced = [
        r"\s?&\s?".join(r"\s?[-–]\s?".join(map(re.escape, part.split("-"))) for part in a.split("&")) for a in joined
    ]
    return re.compile(rf"\b(?:{'|'.join(spaced)})\b(?!&\w)|[Đđ]/[Cc]\b|TP\.?\s?HCM\b|(?<=\s)&(?=\s)|[\w&'’]*\w", re.U)


@lru_cache(maxsize=1)
def _further() -> dict[str, str]:
    """Abbreviations that only texts have, with a hyphen where others have &."""
    found: dict[str, str] = packaged_yaml("loaders", "reading", "data", "words.yaml")["abbreviations"]
    return found


@lru_cache(maxsize=50_000)
def _meaning(written: str, capitals: bool) -> tuple[tuple[str, str, str], ...]:
    """(key, as written, mark before) of the words of a word or abbreviation."""
    if written == "&":
        return (("và", "và", ""),)
    plain = written
    if re.match(r"TP\.?\s?HCM$", written):
        plain = "TPHCM"
    joined = re.sub(r"\s", "", plain).replace("–", "-")
    long = _further().get(joined) or meaning_of(joined, capitals=capitals)
    if long is None:
        folded = key(written)
        if re.search("['’]", written) and "&" not in written:  # a name: K'Ré
            return ((folded.replace(" ", ""), written, ""),)
        parts = re.split("(&)", written)
        if len(parts) > 1 and len(parts) == len(folded.split()):
            return tuple((p, "và" if part == "&" else part, "") for p, part in zip(folded.split(), parts, strict=True))
        return ((folded, written, ""),) if folded and " " not in folded else tuple((p, p, "") for p in folded.split())
    return parts_of(long)


@lru_cache(maxsize=1000)
def parts_of(long: str) -> tuple[tuple[str, str, str], ...]:
    """(key, as written, mark before) of the words that an abbreviation stands for."""
    found: list[tuple[str, str, str]] = []
    mark = ""
    for part in long.split():
        if key(part):
            found.append((key(part), part.strip(","), mark))
            mark = "," if part.endswith(",") else ""
        else:
            mark = part
    return tuple(found)


_SCHOOLS = frozenset(("trường", "trú", "học", "non", "sở"))


def _of_school(found: tuple[tuple[str, str, str], ...], before: str) -> tuple[tuple[str, str, str], ...]:
    """The words of an abbreviation, those of schools written out where a school is named before (Trường TH&THCS A)."""
    if before not in _SCHOOLS:
        return found
    listed: dict[str, str] = packaged_yaml("loaders", "reading", "data", "words.yaml")["school_abbreviations"]
    out: list[tuple[str, str, str]] = []
    for folded, shown, mark in found:
        long = listed.get(shown, "").split()
        out += [(key(part), part, "" if at else mark) for at, part in enumerate(long)] or [(folded, shown, mark)]
    return tuple(out)


_GLUED = re.compile(r"(và|của|tại|với|do|cho)(?=[^\W\d_])")


def _tokens(text: str, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, text) of the tokens; a small word that is glued to a capital is cut off (vàThường)."""
    for token in _token().finditer(text, start, stop):
        glued = _GLUED.match(token[0])
        if glued and token[0][glued.end()].isupper():
            middle = token.start() + glued.end()
            yield token.start(), middle, glued[1]
            yield middle, token.end(), token[0][glued.end() :]
        else:
            yield token.start(), token.end(), token[0]


def written_out(text: str) -> str:
    """The text with those abbreviations written out that only the reader knows or that have a mark in them."""
    parts: list[str] = []
    last, before = 0, ""
    for begin, end, written in _tokens(text, 0, len(text)):
        meant = _meaning(written, True)
        found = _of_school(meant, before)
        before = found[-1][0] if found else ""
        if found != meant or (len(found) > 1 and (written in _further() or re.search("[-–&]", written))):
            shown = "".join({"-": " -", ",": ","}.get(mark, "") + " " + word for _, word, mark in found)
            parts += [text[last:begin], shown.strip()]
            last = end
    return "".join([*parts, text[last:]])


def split_words(
    text: str, start: int = 0, end: int | None = None, own: Mapping[str, str] = MappingProxyType({})
) -> list[Word]:
    """The words of text[start:end], spans index the whole text. `own`: the text's own abbreviations. Where brackets
    only abbreviate the words before them (Liên đoàn Lao động (LĐLĐ) tỉnh), they belong to the last of these."""
    stop = len(text) if end is None else end
    piece = text[start:stop]
    capitals = piece != piece.upper()
    words: list[Word] = []
    last = start
    place: tuple[tuple[str, str, str], ...] = ()
    for begin, end_, written in _tokens(text, start, stop):
        gap = text[last:begin].strip() if words else ""
        if gap == "(" and text[end_ : end_ + 1] == ")" and end_ < stop and _abbreviates(words, written):
            last = end_ + 1
            words[-1] = replace(words[-1], end=last)
            continue
        if gap == "." and (place or text.endswith(("TP", "Tp", "TX", "Tx"), 0, last)):
            gap = ""  # TP.Biên Hòa, P.Đức Chính
        last = end_
        place = _kind_of_place(text, written, end_, gap, words)
        capital = written[0].isupper() and not place and written not in ("TP", "Tp", "TX", "Tx")
        meant = parts_of(own[written]) if written in own else _meaning(written, capitals)
        found = _of_school(place or meant, words[-1].key if words else "")
        short = len(found) > 1
        for number, (folded, shown, mark) in enumerate(found):
            before = "" if number else gap
            words.append(Word(folded, shown, begin, last, before, capital, number > 0, short, mark))
    return words


def _abbreviates(words: Sequence[Word], written: str) -> bool:
    """Whether a word in brackets stands for the words right before it."""
    meant = _meaning(written, True) if written.isupper() else ()
    if len(meant) > 1:
        return [word.key for word in words[-len(meant) :]] == [part for part, _, _ in meant]
    return initials_of([word.shown for word in words[-2 * len(written) :]], written) is not None


def initials_of(written: Sequence[str], short: str) -> int | None:
    """The index of the first of the words, up to the last, whose initials are the letters of the abbreviation, "và"
    left out; None if they are not."""
    letters = [letter for letter in short if letter.isalpha()]
    if len(letters) < _LEAST_INITIALS or not short.isupper():
        return None
    at = len(written)
    while letters and at:
        at -= 1
        if written[at][:1].upper() == letters[-1]:
            letters.pop()
        elif written[at] != "và":
            return None
    return at if not letters else None


_PLACE_KINDS = {"TT": "thị trấn", "P": "phường", "Q": "quận", "H": "huyện", "X": "xã", "T": "tỉnh"}
_NAMED = re.compile(r"\.[A-ZĐÀ-Ỹ][^\W\d_]|\.?\d+\b(?![./]\d)")


def _kind_of_place(
    text: str, written: str, end: int, gap: str, words: Sequence[Word]
) -> tuple[tuple[str, str, str], ...]:
    """The words for a kind of place that is written as a letter with a dot (Đảng bộ P.Đức Chính, H.Phú Lộc, Q.3); none
    where the letter is rather of a person's name (Trần H.Anh, ảnh: P.Thảo)."""
    said = _PLACE_KINDS.get(written)
    following = _NAMED.match(text, end)
    if said is None or not following or not words or text.startswith(".Huế", end):
        return ()
    before = words[-1]
    if following[0][:1] != "." and written != "Q":
        return ()  # T2, P3
    again = gap == "," and any(word.key in ("phường", "quận", "huyện", "xã", "tỉnh") for word in words[-8:])
    if gap not in ("", "(") and not again:
        return ()
    if not gap and before.capital and not before.short and _of_person(words):
        return ()
    return tuple((part, part, "") for part in said.split())


def _of_person(words: Sequence[Word]) -> bool:
    """Whether the words with capitals before begin with a surname."""
    first = len(words) - 1
    while first > 0 and not words[first].gap and words[first - 1].capital:
        first -= 1
    return words[first].key in _surnames()


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    listed: list[str] = packaged_yaml("loaders", "reading", "data", "words.yaml")["surnames"]
    return frozenset(key(name) for name in listed)


def without_gap(word: Word) -> Word:
    """The word as the first of its name; quicker than `dataclasses.replace`."""
    return Word(word.key, word.shown, word.start, word.end, "", word.capital, word.part, word.short, word.mark)


def stands_at(words: Sequence[Word], at: int, rows: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of the rows of keys stands at the word, whatever separates its words."""
    return any(tuple(word.key for word in words[at : at + len(row)]) == row for row in rows)


class Phrases(Generic[_T]):
    """Phrases with what they mean; at a word the longest is found."""

    def __init__(self, spelled: Iterable[tuple[str, _T]]) -> None:
        self._found: dict[tuple[str, ...], _T] = {}
        self._reach: dict[str, int] = {}
        for text, meaning in spelled:
            words = tuple(key(text).replace("/", " ").split())
            if words:
                self._found.setdefault(words, meaning)
                self._reach[words[0]] = max(self._reach.get(words[0], 0), len(words))

    def match(self, words: Sequence[Word], at: int, *, across: str = "") -> tuple[_T, int] | None:
        """The meaning of the longest phrase that begins at the word, and the index after it. Words that are
        separated by anything but spaces, or by what is in `across`, are no phrase."""
        reach = self._reach.get(words[at].key, 0) if at < len(words) else 0
        if not reach:
            return None
        most = 1
        while most < reach and at + most < len(words) and words[at + most].gap in ("", *across):
            most += 1
        for n in range(most, 0, -1):
            found = self._found.get(tuple(word.key for word in words[at : at + n]))
            if found is not None:
                return found, at + n
        return None

    def has(self, words: tuple[str, ...]) -> bool:
        """Whether exactly these keys are a phrase."""
        return words in self._found


def phrases_of(listed: Mapping[str, Iterable[str]]) -> Phrases[str]:
    """Phrases that a data file lists under what they mean."""
    return Phrases((text, meaning) for meaning, texts in listed.items() for text in texts)
