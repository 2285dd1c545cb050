"""Units of one kind of which the kind stands once and then their proper names: "hai Hạt Kiểm lâm Sơn Khê và Sơn Lâm",
"ba Trung tâm Y tế Sơn Khê, Sơn Lâm và Kim Lạc". Schools and hamlets, whose name no "và" joins to another, need no
number: "Trường Mầm non Sơn Khê và Kim Lạc"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from loaders.reading.lexicon import keys, phrases, provinces, title_phrases
from loaders.reading.places import level_word, looks_like_person, proper_end
from loaders.reading.unit_heads import after_class, begins_unit, number_before
from loaders.reading.unit_names import Unit, read_unit
from loaders.reading.words import Word

# words of the kind and the names up to "và"
_MOST = 24
_LONGEST = 4
_MOST_NAMES = 12
# what stands in one place each and is called by it
_OF_PLACES = (("trạm", "y", "tế"), ("thôn",), ("xóm",), ("ấp",), ("buôn",), ("tổ", "dân", "phố"))
_BOARDS = frozenset(("giám", "chấp", "chỉ", "quản", "đại"))
_HIGHER = frozenset(("đại", "cao", "trung cấp"))


def units_of_stem(words: Sequence[Word], at: int) -> tuple[list[Unit], int] | None:
    """The units whose kind begins at the word, behind their number, and the index after them; None where not just so
    many proper names follow."""
    spans = _joined_by_and(words, at) or _by_commas(words, at)
    if not spans:
        return None
    first, last = spans[0][0], spans[-1][1]
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


def _joined_by_and(words: Sequence[Word], at: int) -> list[tuple[int, int]]:
    """Where the names are, the last behind "và"; none where not just so many follow."""
    number = number_before(words, at) or _implied(words, at)
    joint = _joint(words, at) if number else None
    if joint is None:
        return []
    last = joint + 1 + proper_end(words[joint + 1 : joint + 7], 0)
    ends = [*(i for i in range(at + 1, joint) if words[i].gap == ","), joint]
    if not 0 < last - joint - 1 <= _LONGEST or len(ends) + 1 != number:
        return []
    first = _start(words, at, ends[0], last - joint - 1)
    return [] if first is None else [(first, ends[0]), *pairwise(ends), (joint + 1, last)]


def _by_commas(words: Sequence[Word], at: int) -> list[tuple[int, int]]:
    """Where the names of several schools are that no "và" joins (các Trường Mầm non Hoa Lan, Kim Đồng nhập thành …)."""
    start = _after_kind(words, at) if words[at].key == "trường" and after_class(words, at) else None
    found: list[tuple[int, int]] = []
    while start is not None and start < len(words) and len(found) < _MOST_NAMES:
        end = start + proper_end([_bare(words[start]), *words[start + 1 : start + _LONGEST + 1]], 0)
        if not 0 < end - start <= _LONGEST or not _called(words, start, end):
            break
        found.append((start, end))
        start = end if end < len(words) and words[end].gap == "," else None
    return found if len(found) > 1 else []


def _implied(words: Sequence[Word], at: int) -> int:
    """How many proper names follow a school's level, or another kind that is called by its place, up to the last behind
    "và"; 0 where not only such names follow."""
    start = _after_kind(words, at)
    number = 1
    while start is not None and start < len(words):
        end = start + proper_end([_bare(words[start]), *words[start + 1 : start + _LONGEST + 1]], 0)
        if not 0 < end - start <= _LONGEST or end >= len(words) or not _called(words, start, end):
            return 0
        if words[end].key == "và" and not words[end].gap and end + 1 < len(words):
            last = end + 1 + proper_end(words[end + 1 : end + 7], 0)
            person = looks_like_person(words, end + 1, last) and not looks_like_person(words, start, end)
            return 0 if (person and number == 1) or not _called(words, end + 1, last) else number + 1
        if words[end].gap != ",":
            return 0
        start, number = end, number + 1
    return 0


def _after_kind(words: Sequence[Word], at: int) -> int | None:
    """The index of the name behind a kind of unit that is called by its place; None where there is no such kind."""
    if words[at].key == "trường":
        level = phrases("school_levels").match(words, at + 1)
        return level[1] if level is not None and words[at + 1].key not in _HIGHER else None
    kind = next((k for k in _OF_PLACES if tuple(word.key for word in words[at : at + len(k)]) == k), None)
    return at + len(kind) if kind is not None else None


def _called(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether the words [at, end) are a name of two words and more that is said of nothing else."""
    if end - at < 2 or any(word.short or word.shown.islower() for word in words[at:end]):
        return False
    if title_phrases().match(words, at) or begins_unit(words, at) or level_word(words, at):
        return False
    if words[at].key == "ban" and words[at + 1].key in _BOARDS:
        return False  # Trường THCS A và Ban Giám hiệu
    known = provinces().match(words, at)
    other = phrases("school_levels").match(words, at) or words[at].key in keys("class_words")
    return not other and (known is None or known[1] != end)


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
