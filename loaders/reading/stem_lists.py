"""Units of one kind of which the kind stands once and then their proper names: "hai Hạt Kiểm lâm Sơn Khê và Sơn Lâm",
"ba Trung tâm Y tế Sơn Khê, Sơn Lâm và Kim Lạc"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from loaders.reading.places import level_word, proper_end
from loaders.reading.unit_heads import begins_unit
from loaders.reading.unit_names import Unit, read_unit
from loaders.reading.words import Word

_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6}
# words of the kind and the names up to "và"
_MOST = 24
_LONGEST = 4


def units_of_stem(words: Sequence[Word], at: int) -> tuple[list[Unit], int] | None:
    """The units whose kind begins at the word, behind their number, and the index after them; None where not just so
    many proper names follow."""
    number = _number(words, at)
    joint = _joint(words, at) if number else None
    if joint is None:
        return None
    last = joint + 1 + proper_end(words[joint + 1 : joint + 7], 0)
    ends = [*(i for i in range(at + 1, joint) if words[i].gap == ","), joint]
    if not 0 < last - joint - 1 <= _LONGEST or len(ends) + 1 != number:
        return None
    first = _start(words, at, ends[0], last - joint - 1)
    if first is None:
        return None
    spans = [(first, ends[0]), *pairwise(ends), (joint + 1, last)]
    found: list[Unit] = []
    for start, end in spans:
        name = [_bare(word) for word in words[start:end]]
        unit = read_unit([*(_bare(word) for word in words[at:first]), *name], 0)
        if proper_end(name, 0) != len(name) or unit is None or unit[1] != first - at + len(name) or unit[0].group:
            return None
        begins = words[at].start if not found else words[start].start
        basis = "deduced" if found else unit[0].basis
        found.append(replace(unit[0], start=begins, end=words[end - 1].end, basis=basis))
    return found, last


def _number(words: Sequence[Word], at: int) -> int:
    if at == 0 or words[at].gap:
        return 0
    before = words[at - 1].key
    number = int(before) if before.isdigit() and len(before) < 3 else _NUMBERS.get(before, 0)
    return number if number > 1 else 0


def _joint(words: Sequence[Word], at: int) -> int | None:
    """The index of the "và" between two proper names, the first behind the word; None if there is none."""
    for index in range(at + 1, min(at + _MOST, len(words) - 1)):
        if words[index].gap not in ("", ","):
            return None
        if words[index].key == "và" and not words[index].gap:
            two = _is_name(words, index - 1) and _is_name(words, index + 1) and not words[index + 1].gap
            whole = not begins_unit(words, index + 1) and not level_word(words, index + 1)
            return index if two and whole else None
    return None


def _is_name(words: Sequence[Word], at: int) -> bool:
    return (words[at].capital and not words[at].short) or words[at].key.isdigit()


def _start(words: Sequence[Word], at: int, end: int, length: int) -> int | None:
    """The index of the proper name that ends the kind, as long as the last name where more words have capitals."""
    start = end
    while start > at + 1 and _is_name(words, start - 1):
        start -= 1
    start = max(start, end - length) if end - start > length else start
    return start if at < start < end else None


def _bare(word: Word) -> Word:
    return Word(word.key, word.shown, word.start, word.end, "", word.capital, word.part, word.short, word.mark)
