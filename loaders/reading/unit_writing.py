"""Names of units as they should be written: known names in their own spelling, slips of the pen put right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from graph.text import key
from graph.vocabulary import level_of
from loaders.reading.lexicon import known_names, listed
from loaders.reading.places import shown
from loaders.reading.words import Word

_CODE = re.compile(r"(\d+) - (\d+[A-ZĐ]{1,2})$")  # Trung tâm Đăng kiểm xe cơ giới 50-01S


def unit_name(words: Sequence[Word], at: int, end: int, head: str) -> str:
    """The name as it should be written: capital at the beginning, known names in their own spelling."""
    length = len(head.split()) if head else 0
    written = shown(words, at, end)
    if 0 < length < end - at and not words[at + length].gap:
        written = f"{shown(words, at, at + length)} {written_name(words, at + length, end, head)}"
    return _CODE.sub(r"\1-\2", written[:1].upper() + written[1:])


def written_name(words: Sequence[Word], at: int, end: int, head: str) -> str:
    """The name behind a head as it should be written: a known one in its own spelling, slips of the pen put right."""
    found = known_names(head).match(words, at, across=",-–/")
    if found is not None and found[1] == end:
        return found[0]
    return _nearest_known(shown(words, at, end), head)


@lru_cache(maxsize=4096)
def _nearest_known(name: str, head: str) -> str:
    """A known name that differs by a slip of the pen; else the name itself."""
    from rapidfuzz.distance import Levenshtein

    if head not in ("sở", "chi cục") or len(name) < 8:
        return name
    folded = key(name)
    for known in listed("known_names").get(head, ()):
        wanted = key(known)
        if wanted == folded:
            return str(known)
        if abs(len(wanted) - len(folded)) <= 2 and Levenshtein.distance(folded, wanted, score_cutoff=2) <= 2:
            return str(known)
    return name


def of_several_districts(name: str) -> bool:
    """Whether a unit is called by several districts, whose names belong to its own (Chi cục Thuế khu vực A - B)."""
    return any(f" {word} " in key(name) for word in ("khu vực", "liên huyện"))


def level_in(name: str) -> str | None:
    """The level that a name says; that of a co-operative (hợp tác xã) says none, nor that of an office of several
    districts (Hạt Kiểm lâm liên huyện)."""
    return level_of(key(name).replace("hợp tác xã", "hợp tác").replace("liên huyện", "liên vùng"))
