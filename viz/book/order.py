"""The alphabetical order of Vietnamese, for indexes."""

from __future__ import annotations

import re
import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(97 + number) for number, letter in enumerate(_ALPHABET)}
_MARKED = {("a", "\u0306"): "ă", ("a", "\u0302"): "â", ("e", "\u0302"): "ê", ("o", "\u0302"): "ô"} | {
    ("o", "\u031b"): "ơ",
    ("u", "\u031b"): "ư",
}
# none, huyền, hỏi, ngã, sắc, nặng: the order of the dictionaries
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_WORDS = re.compile(r"\d+|[^\W\d_]+")

Key = tuple[tuple[int, str, int], ...]


def order(text: str) -> Key:
    """A key to sort by: syllable after syllable, by letters (a ă â b … d đ e ê …), then by tone.

    Numbers come before letters, in the order of their values; other characters do not count.
    """
    key: list[tuple[int, str, int]] = []
    for word in _WORDS.findall(unicodedata.normalize("NFC", text).lower()):
        if word.isdecimal():
            key.append((0, "", int(word)))
            continue
        letters, tone = _letters(word)
        key.append((1, "".join(_RANK.get(letter, letter) for letter in letters), tone))
    return tuple(key)


def person_order(name: str) -> tuple[Key, Key]:
    """The key of a person: by the given name, which stands last, then by the names before it."""
    before, _, given = name.strip().rpartition(" ")
    return order(given), order(before)


def initial(text: str) -> str:
    """The letter under which a text is listed, as a capital; `0–9` for numbers, `…` for other signs."""
    words = _WORDS.findall(unicodedata.normalize("NFC", text).lower())
    if not words:
        return "…"
    if words[0].isdecimal():
        return "0–9"
    return _letters(words[0])[0][0].upper()


def _letters(word: str) -> tuple[list[str], int]:
    letters: list[str] = []
    tone = 0
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        elif letters and (letters[-1], char) in _MARKED:
            letters[-1] = _MARKED[letters[-1], char]
        elif not unicodedata.combining(char):
            letters.append(char)
    return letters or [word[0]], tone
