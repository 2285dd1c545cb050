"""Regions, numbers and kinds by which units of one name are told apart: "khu vực An Sơn - Bình Sơn", "số 4"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.reading.lexicon import phrases
from loaders.reading.places import level_word, proper_end
from loaders.reading.unit_heads import begins_unit, is_proper
from loaders.reading.words import Word

# the last words of kinds of schools that are called like people (Trường Tiểu học Nguyễn Văn Trỗi)
SCHOOLS = frozenset(
    (
        *("học", "non", "giáo", "sở", "thông", "chuyên", "trú", "lập", "nghề", "khiếu", "đẳng", "cấp"),
        *("th", "mn", "mg", "đh", "cđ"),
    )
)


_NUMERAL = re.compile(r"[IVX]+|\d+")


_LEVELS_SHORT = frozenset(("MN", "MG", "TH"))


def region(words: Sequence[Word], at: int) -> int:
    """The index after "khu vực An Sơn - Bình Sơn" at the word, by which offices of several districts are called."""
    if at + 1 < len(words) and words[at].key == "vùng" and not (words[at].gap or words[at + 1].gap):
        return at + 2 if _NUMERAL.fullmatch(words[at + 1].shown) else at  # Chi cục Kiểm lâm vùng II
    if at + 2 >= len(words) or (words[at].key, words[at + 1].key) != ("khu", "vực") or words[at].gap:
        return at
    if words[at + 2].key in ("miền", "phía") and not words[at + 2].gap:  # khu vực miền núi phía Bắc
        last = [i for i in range(at + 3, min(len(words), at + 7)) if words[i].capital]
        run = words[at + 3 : last[0] + 1] if last else []
        return last[0] + 1 if run and not any(word.gap for word in run) else at
    if words[at + 2].key == "số" and at + 3 < len(words) and words[at + 3].key.isdigit():
        return at + 4  # khu vực số 02
    first = level_word(words, at + 2)  # khu vực TX. An Sơn - Bình Sơn
    end = proper_end(words, first[1] if first and first[0] != "tỉnh" else at + 2)
    while end > at + 2 and end < len(words) and words[end].gap in ("-", "–", ",") and words[end].capital:
        bare = [replace(words[end], gap=""), *words[end + 1 :]]
        own = begins_unit(words, end) and not is_proper(bare, 0, proper_end(bare, 0))  # An Sơn - Trạm Tấu
        if words[end].gap == "," or own:
            break
        end += proper_end(bare, 0)
    return end if end > at + 2 else at


def numbered(words: Sequence[Word], at: int) -> int:
    """The index after "số 4" at the word, by which units of one name are told apart; else the word itself."""
    if at + 1 >= len(words) or words[at].key != "số" or words[at].gap or not words[at + 1].key.isdigit():
        return at
    after = words[at + 2] if at + 2 < len(words) else None
    if after is not None and after.gap[:1] in ("/", "-"):
        return at
    school = any(word.key in SCHOOLS for word in words[max(0, at - 1) : at])
    proper = school and after is not None and after.capital and not after.gap and not after.short
    return proper_end(words, at + 2) if proper and not begins_unit(words, at + 2) else at + 2  # Tiểu học số 1 An Sơn


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
