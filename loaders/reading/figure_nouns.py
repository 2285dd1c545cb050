"""What a number counts, where the noun does not stand right behind it or is a general one."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from graph.text import key
from loaders.reading.figure_rules import figure_data
from loaders.reading.items import Item, Sentence
from loaders.reading.measures import count_noun, count_nouns
from loaders.reading.scan import words_of
from loaders.reading.words import Phrases, Word

# nouns that say little: "số biên chế giảm 46 người" is about biên chế
_GENERAL = frozenset(
    ("người", "đơn vị", "cơ quan", "tổ chức", "trường hợp", "chỉ tiêu", "đồng chí", "lao động", "cán bộ")
)


# these are what a clause counts even without "số" (biên chế giảm 46 người); phòng may be its subject
_TOLD_WITHOUT_SO = frozenset(("staff_quota", "organs", "leaders", "heads", "part_time", "hamlet_workers"))


@dataclass(frozen=True)
class Noun:
    """What is counted: code of `measures`, and the word as written."""

    measure: str
    text: str

    @property
    def general(self) -> bool:
        """Whether it leaves open what is counted (người, đơn vị)."""
        return key(self.text) in _GENERAL


@lru_cache(maxsize=1)
def _refused() -> Phrases[str]:
    return Phrases((text, text) for text in figure_data()["not_counted"])


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in figure_data()['foreign'])})(?!\w)", re.I)


@lru_cache(maxsize=1)
def _not_foreign() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in figure_data()['not_foreign'])})(?!\w)", re.I)


@lru_cache(maxsize=1)
def _apparatus() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in figure_data()['apparatus'])})(?!\w)", re.I)


def refused(sentence: Sentence, number: Item) -> bool:
    """Whether what stands behind the number only begins like something that is counted (5 phòng học)."""
    words = _words(sentence, number.end, min(sentence.end, number.end + 40))
    found = _refused().match(words, 0) if words else None
    counted = count_noun(words, 0) if found is not None else None
    return found is not None and (counted is None or counted[1] <= found[1])


def measure_of(name: str) -> str:
    """The measure of units that are counted by the name of their kind (20 Ban Quản lý dự án cấp huyện)."""
    found = count_noun(words_of(name, 0, len(name)), 0)
    return found[0] if found is not None else "units"


def names_kind(name: str) -> bool:
    """Whether a name is that of a kind of units that are counted: with a capital, or of a noun of `measures`."""
    return name[:1].isupper() or count_noun(words_of(name, 0, len(name)), 0) is not None


_POSTS = ("chức danh", "chức vụ", "vị trí")
_HOLDS = re.compile(
    r"(?:cùng lúc|đồng thời|kiêm|kiêm nhiệm|đảm (?:nhiệm|nhận|đương|trách)|gánh vác|giữ)(?: cả| từ| ít nhất)?\s*$", re.I
)


def held_by_one(sentence: Sentence, number: Item, noun: Noun) -> bool:
    """Whether the number is of posts that one person has (một người kiêm 2 chức danh), which is no figure."""
    before = sentence.between(sentence.start, number.start)
    return noun.text.lower().startswith(_POSTS) and _HOLDS.search(before) is not None


# 1.204 học sinh *và* 62 cán bộ: counted apart
_COUNTED_BESIDE = re.compile(r"\d[\d.]*\s+[^\d,;:()]{2,30}?\s(?:và|cùng|với)\s*$")

# how large a place is says nothing of what it has: diện tích 1.034 km2 *với* 24 xã; dân số 21.340 người *và* 12 thôn
_SIZE_BESIDE = re.compile(
    r"(?:(?<!\w)(?:diện tích|dân số)[^\d,;:()]{0,40}\d[\d.,]*\s(?:km2|km²|ha|người|nhân khẩu|dân)"
    r"|(?<!\w)\d[\d.,]*\s(?:km2|km²|ha|nhân khẩu|dân)(?!\w)[^\d,;:()]{0,30}?)(?:\s(?:và|với|cùng|gồm|có))?\s*$",
    re.I,
)


def is_foreign(sentence: Sentence, first: Item, last: Item, *, far: bool = False, beside: bool = False) -> bool:
    """Whether the part of the sentence is about something else than the apparatus: money, people, weather. A share
    that names nothing is of what stands before its comma (khám 186.400 lượt, tăng 6,2%): `far`. `beside`: other
    things are counted in the same list."""
    text = _without_units(sentence)
    start, end = first.start - sentence.start, last.end - sentence.start
    parts = re.split(r"[;:(]|, (?!và )", text[max(0, start - 80) : start])
    before = ", ".join(parts[-2:] if far else parts[-1:])
    before = _SIZE_BESIDE.sub("", before)
    before = _COUNTED_BESIDE.sub("", before) if beside else before
    behind = re.split(r"[,;.:()]", text[end : end + 30])[0]
    return bool(_foreign().search(f"{before}{text[start:end]}{behind}"))


@lru_cache(maxsize=4)
def _without_units(sentence: Sentence) -> str:
    """The sentence, character for character, without the names of units and what only sounds foreign: Đảng bộ Khối
    doanh nghiệp, hải quan cửa khẩu."""
    parts = list(_not_foreign().sub(lambda m: "_" * len(m[0]), sentence.text()))
    for item in sentence.items:
        if item.symbol in ("U", "K", "Y"):
            start, end = item.start - sentence.start, item.end - sentence.start
            parts[start:end] = "_" * (end - start)
    return "".join(parts)


def is_of_apparatus(sentence: Sentence) -> bool:
    """Whether the sentence speaks of units, posts or staff at all; else its percentages are of something else."""
    return any(item.symbol in ("M", "C") for item in sentence.items) or bool(_apparatus().search(sentence.text()))


_LAND = re.compile(r"(?<!\w)(?:diện tích|dân số|nhân khẩu|rộng \d\S*)(?!\w)|(?<![^\W\d_])(?:km2|km²|ha)(?!\w)", re.I)


def are_inhabitants(sentence: Sentence, noun: Noun) -> bool:
    """Whether people are counted where the sentence tells how large a place is: rộng 9,13 km2, có 8.060 người."""
    return key(noun.text) == "người" and _LAND.search(sentence.text()) is not None


def nouns_before(sentence: Sentence, item: Item) -> list[Noun]:
    """The nouns that the clause names before the item as what is counted (số phòng, số trung tâm)."""
    return [noun for noun, named in _named(sentence, item) if named][::-1]


def last_noun(sentence: Sentence, item: Item) -> Noun | None:
    """What n of m without a noun counts: the last noun of its clause, else of the n of m before it."""
    named = next((noun for noun, _ in _named(sentence, item)), None)
    if named is not None:
        return named
    before = [at for at, other in enumerate(sentence.items[:-1]) if other.symbol == "#/" and other.end <= item.start]
    noun = sentence.items[before[-1] + 1] if before else None
    if noun is None or noun.symbol != "M":
        return None
    return Noun(str(noun.value), sentence.between(noun.start, noun.end))


def noun_behind(sentence: Sentence, number: Item) -> Noun | None:
    """The noun right behind a number that is also the head of units named after it (02 phòng: Bưu chính, …)."""
    words = _words(sentence, number.end, min(sentence.end, number.end + 60))
    if not words or sentence.paragraph.text[number.end - sentence.paragraph.start : words[0].start].strip():
        return None  # giảm 2; Sở Công Thương …
    found = count_noun(words, 0)
    return _noun(sentence, words, 0, found) if found is not None else None


def told_by_subject(sentence: Sentence, number: Item, said: Noun | None) -> Noun | None:
    """What the clause is about, before the number: "số biên chế giảm 46 người", "số phòng giảm 3"."""
    subject = next((noun for noun, named in _named(sentence, number) if named), None)
    if subject is None:
        return None
    return subject if said is None else Noun(subject.measure, said.text)


def longer_subject(sentence: Sentence, number: Item, said: Noun) -> Noun | None:
    """What the clause is about, where the noun behind the number only shortens it: số tổ dân phố từ 312 tổ."""
    subject = told_by_subject(sentence, number, None)
    if subject is None or subject.measure == said.measure:
        return None
    return subject if key(subject.text).startswith(f"{key(said.text)} ") else None


# what is counted in giảm 2 is what was counted right before: còn 6 phòng (giảm 2); 22 trạm y tế, giảm 1
_COUNTED = re.compile(r"# (?:M|U|K|Y) (?:(?![#;:(),])\S+ ){0,6}[(,] (?:đã |được |tức )?(?:\S+ )?\Z")


def just_counted(sentence: Sentence, at: int) -> Noun | None:
    """The noun of the number before; `at` is the offset of a number without a noun in the symbols."""
    found = _COUNTED.search(sentence.symbols, max(0, at - 120), at)
    if found is None:
        return None
    number = sentence.items[sentence.index(found.start())]
    return None if refused(sentence, number) else noun_behind(sentence, number)


# before a noun that only says whose something is, or which of them
_NO_SUBJECT = frozenset(
    (
        *("thuộc", "của", "các", "những", "cấp", "trong", "tại", "ở", "mỗi", "toàn", "cả", "theo", "với", "từ"),
        *("do", "và", "cho", "về"),
    )
)
# something else is counted (chi phí của trung tâm, số ca)
_OTHER_COUNTED = re.compile(
    r"(?<!\w)(?:số|tỷ lệ|tỉ lệ|kinh phí|chi|chi phí|thời gian|ngày|giờ|mức|bình quân|hồ sơ|lượt|thủ tục)(?!\w)", re.I
)
_FARTHEST = 16  # words
_FARTHEST_CHARACTERS = 400


def bare_subject(sentence: Sentence, number: Item) -> Noun | None:
    """What the clause begins with and counts without "số": cơ quan chuyên môn cấp huyện từ 99 còn 81."""
    first = sentence.paragraph.start
    start = max(_clause_start(sentence, number), number.start - _FARTHEST_CHARACTERS)
    words = _words(sentence, start, number.start)
    items = takewhile(lambda item: item.end > start, reversed(sentence.items[: sentence.position(number)]))
    named = [(item.start, item.end) for item in items if item.symbol in ("U", "Y", "C")]
    best: tuple[int, tuple[str, int]] | None = None
    for at, measure, after in count_nouns(words):
        before = words[at - 1].key if at and not words[at].gap else ""
        if at == 1 and before in ("các", "những"):
            before = ""  # Các phòng giảm từ 11 xuống 7
        start, end = first + words[at].start, first + words[after - 1].end
        inside = any(a <= start and end < b for a, b in named)
        if not inside and before not in _NO_SUBJECT and not before[:1].isdigit():
            best = at, (measure, after)
    if best is None or len(words) - best[1][1] > _FARTHEST:
        return None
    between = sentence.paragraph.text[words[best[1][1] - 1].end : number.start - first]
    return None if _OTHER_COUNTED.search(between) else _noun(sentence, words, *best)


def _named(sentence: Sentence, item: Item) -> Iterator[tuple[Noun, bool]]:
    """Nouns before the item in its clause, the last first, and whether each is what the clause counts."""
    ends, nouns = _clause_nouns(sentence, _clause_start(sentence, item))
    return reversed(nouns[: bisect.bisect_right(ends, item.start)])


@lru_cache(maxsize=4)
def _clause_nouns(sentence: Sentence, start: int) -> tuple[list[int], list[tuple[Noun, bool]]]:
    """Where the nouns of a clause end, and the nouns with whether each is what the clause counts."""
    found_ends: list[int] = []
    nouns: list[tuple[Noun, bool]] = []
    words = _words(sentence, start, _clause_end(sentence, start))
    for at, measure, after in count_nouns(words):
        before = words[at - 1].key if at else ""
        counted = before[:1].isdigit() and not words[at].gap  # cấp trưởng giảm 4, cấp phó giảm 6
        named = before in ("số", "lượng", "tổng") or (not counted and measure in _TOLD_WITHOUT_SO)
        nouns.append((_noun(sentence, words, at, (measure, after)), named))
        found_ends.append(sentence.paragraph.start + words[after - 1].end)
    return found_ends, nouns


_CLAUSE_MARKS = (";", ". ", "- ")


def _clause_start(sentence: Sentence, item: Item) -> int:
    text, at = sentence.text(), item.start - sentence.start
    return sentence.start + max(text.rfind(mark, 0, at) for mark in _CLAUSE_MARKS) + 1


def _clause_end(sentence: Sentence, start: int) -> int:
    text = sentence.text()
    ends = [at for mark in _CLAUSE_MARKS if (at := text.find(mark, start - sentence.start)) >= 0]
    return sentence.start + min(ends, default=len(text))


def _words(sentence: Sentence, start: int, end: int) -> list[Word]:
    first = sentence.paragraph.start
    return words_of(sentence.paragraph.text, start - first, end - first)


def _noun(sentence: Sentence, words: list[Word], at: int, found: tuple[str, int]) -> Noun:
    text = sentence.paragraph.text[words[at].start : words[found[1] - 1].end]
    return Noun(found[0], " ".join(text.split()).lower() if at == 0 else " ".join(text.split()))
