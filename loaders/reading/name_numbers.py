"""Regions, numbers and kinds by which units of one name are told apart: "khu vực An Sơn - Bình Sơn", "số 4"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.reading.lexicon import phrases
from loaders.reading.places import level_word, proper_end
from loaders.reading.unit_heads import begins_unit, is_proper
from loaders.reading.words import Word, without_gap

# the last words of kinds of schools that are called like people (Trường Tiểu học Nguyễn Văn Trỗi)
SCHOOLS = frozenset(
    (
        *("học", "non", "giáo", "sở", "thông", "chuyên", "trú", "lập", "nghề", "khiếu", "đẳng", "cấp"),
        *("th", "mn", "mg", "đh", "cđ"),
    )
)


_ROMAN = re.compile(r"[IVX]+")
_NUMERAL = re.compile(rf"{_ROMAN.pattern}|\d+")


_CODE_END = re.compile(r"\d+[A-ZĐ]{1,2}")
_ARMIES = frozenset((("quân", "khu"), ("quân", "đoàn"), ("quân", "chủng"), ("binh", "đoàn")))
_TIMES = frozenset(("sáng", "trưa", "chiều", "tối", "đêm", "quý", "hồi", "lúc"))
_LEVELS_SHORT = frozenset(("MN", "MG", "TH"))


def region(words: Sequence[Word], at: int) -> int:
    """The index after "khu vực An Sơn - Bình Sơn" at the word, by which offices of several districts are called."""
    if at + 1 < len(words) and words[at].key == "vùng" and not (words[at].gap or words[at + 1].gap):
        return at + 2 if _NUMERAL.fullmatch(words[at + 1].shown) else at  # Chi cục Kiểm lâm vùng II
    if at + 2 >= len(words) or words[at].gap:
        return at
    if words[at].key == "liên" and (level := level_word(words, at + 1)) is not None:
        return _run_of_places(words, at, level[1])  # Hạt Kiểm lâm liên huyện An Sơn - Bình Sơn
    if (words[at].key, words[at + 1].key) != ("khu", "vực"):
        return at
    if words[at + 2].key in ("miền", "phía") and not words[at + 2].gap:  # khu vực miền núi phía Bắc
        last = [i for i in range(at + 3, min(len(words), at + 7)) if words[i].capital]
        run = words[at + 3 : last[0] + 1] if last else []
        return last[0] + 1 if run and not any(word.gap for word in run) else at
    if words[at + 2].key == "số" and at + 3 < len(words) and words[at + 3].key.isdigit():
        return at + 4  # khu vực số 02
    first = level_word(words, at + 2)  # khu vực TX. An Sơn - Bình Sơn
    return _run_of_places(words, at, first[1] if first and first[0] != "tỉnh" else at + 2)


def _run_of_places(words: Sequence[Word], at: int, start: int) -> int:
    """The index after the places from the word `start` on, joined by hyphens, or after their number; `at` where none
    is named."""
    if start < len(words) and words[start].key == "số" and numbered(words, start) > start:
        return numbered(words, start)
    if start < len(words) and _ROMAN.fullmatch(words[start].shown):
        return start + 1  # Chi cục Thuế khu vực XVI, behind which a person may stand
    end = _after_number(words, start) or proper_end(words, start)
    while end > start and end < len(words) and words[end].gap in ("-", "–", ",") and words[end].capital:
        bare = [without_gap(words[end]), *words[end + 1 :]]
        own = begins_unit(words, end) and not is_proper(bare, 0, proper_end(bare, 0))  # An Sơn - Trạm Tấu
        if words[end].gap == "," or own:
            break
        end += proper_end(bare, 0)
    return end if end > start else at


def _after_number(words: Sequence[Word], at: int) -> int | None:
    """The index after a region's number (khu vực *1* - An Sơn), which counts nothing; None where there is none."""
    if at >= len(words) or words[at].gap or not words[at].key.isdigit():
        return None
    alone = at + 1 >= len(words) or bool(words[at + 1].gap) or words[at + 1].capital
    return at + 1 if alone or phrases("stops").match(words, at + 1) else None


def numbered(words: Sequence[Word], at: int) -> int:
    """The index after "số 4" or "II" at the word, by which units of one name are told apart; else the word itself."""
    if 0 < at < len(words) and not words[at].gap and words[at - 1].capital and _ROMAN.fullmatch(words[at].shown):
        return at + 1  # Trường Tiểu học Hòa Bình II
    if at + 1 >= len(words) or words[at].key != "số" or words[at].gap or not words[at + 1].key.isdigit():
        return at
    after = words[at + 2] if at + 2 < len(words) else None
    if after is not None and after.gap[:1] in ("/", "-"):
        return at
    school = any(word.key in SCHOOLS for word in words[max(0, at - 1) : at])
    proper = school and after is not None and after.capital and not after.gap and not after.short
    return proper_end(words, at + 2) if proper and not begins_unit(words, at + 2) else at + 2  # Tiểu học số 1 An Sơn


def of_army(words: Sequence[Word], at: int) -> int:
    """The index after the part of the army that a military court or prosecutor is of (Tòa án Quân sự khu vực 1 *Quân
    khu 4*, Viện kiểm sát *quân sự Quân đoàn 1*); else the word itself."""
    start = at - 1 if at > 1 and words[at - 1].key == "quân" else at
    if [word.key for word in words[start : start + 2]] == ["quân", "sự"]:
        start = at = start + 2
    if [word.key for word in words[start : start + 2]] == ["khu", "vực"]:
        start = start + 2 + (start + 2 < len(words) and words[start + 2].key.isdigit())
        at = start if words[start - 1].key.isdigit() else at
    if tuple(word.key for word in words[start : start + 2]) not in _ARMIES or any(
        w.gap for w in words[start : start + 2]
    ):
        return at
    end = proper_end(words, start + 2)
    return end if end > start + 2 and not words[start + 2].gap else at


def branch(words: Sequence[Word], at: int) -> int:
    """The index after "cơ sở 2" at the word, by which a unit in two places is told apart; else the word itself."""
    of_branch = [word.key for word in words[at : at + 2]] == ["cơ", "sở"] and at + 2 < len(words)
    whole = of_branch and not any(word.gap for word in words[at : at + 3])
    return at + 3 if whole and _NUMERAL.fullmatch(words[at + 2].shown) else at


def code(words: Sequence[Word], at: int) -> int:
    """The index after a code of figures and a letter at the word (Trung tâm Đăng kiểm xe cơ giới *50-01S*); else the
    word itself."""
    two = at + 1 < len(words) and words[at].key.isdigit() and words[at + 1].gap == "-"
    return at + 2 if two and _CODE_END.fullmatch(words[at + 1].shown) else at


def at_a_time(words: Sequence[Word], at: int) -> bool:
    """Whether the word begins to tell a time by its number (Bệnh viện Tân Lạc *chiều 20/3*, *quý I*)."""
    following = words[at + 1] if at + 1 < len(words) else None
    told = words[at].key in _TIMES and words[at].shown.islower() and not words[at].gap
    return told and following is not None and not following.gap and bool(_NUMERAL.fullmatch(following.shown))


def of_another_school(words: Sequence[Word], at: int, head: str) -> bool:
    """Whether another school, whose kind is said, stands behind "và" at the word (Trường Cao đẳng Y tế *và* Cao đẳng
    Sư phạm; Trường Mầm non A *và* Tiểu học A), not the second half of a kind (Trường Tiểu học và THCS A)."""
    levels = phrases("school_levels")
    if head == "trường" and at + 1 < len(words) and words[at + 1].shown in _LEVELS_SHORT:
        return True  # MN Hoa Lan và MN Hoa Mai
    if head != "trường" or levels.match(words, at + 1) is None:
        return False
    start = at
    while start > 0 and words[start].gap in ("", "-", "–") and words[start - 1].key != "trường":
        start -= 1
    end = start
    while end < at and (level := levels.match(words, end)) is not None:
        end = level[1]
    return start < end < at
