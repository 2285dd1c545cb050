"""Whether a head, or a head with a name, stands for one unit or for all of its kind."""

from __future__ import annotations

from collections.abc import Sequence

from graph.vocabulary import unit_kind
from loaders.reading.lexicon import keys, phrases
from loaders.reading.places import level_word, read_place
from loaders.reading.unit_heads import after_class, unit_head
from loaders.reading.words import Word

_FIRST_YEAR = 1900
_SEVERAL = frozenset(("các", "những", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"))
_NUMBERED = ("số", "quận", "phường", "ngày", "tháng", "thứ")


def is_named(words: Sequence[Word], at: int, after: int) -> bool:
    """Whether a head that is a name stands for one unit: written with a capital, or with its committee."""
    if words[at].capital:
        return not (after < len(words) and words[after].key in ("hội", "cuộc", "giải") and not words[after].gap)
    if any(word.capital for word in words[at:after]):
        return True
    return (
        not after_class(words, at)
        and after < len(words)
        and not words[after].gap
        and read_place(words, after) is not None
    )


def is_counted(words: Sequence[Word], at: int, after: int) -> bool:
    """Whether a number makes a head that is a name a class (61 Cục Thuế được …), where no place follows."""
    if not at or words[at].gap or not words[at - 1].key.isdigit() or not 1 < int(words[at - 1].key) < _FIRST_YEAR:
        return False
    if at > 1 and not words[at - 1].gap and words[at - 2].key in _NUMBERED:
        return False
    return after >= len(words) or bool(words[after].gap) or read_place(words, after) is None


def is_level(words: Sequence[Word], at: int, after: int, end: int) -> bool:
    """Whether a school with a small head is called by its level alone, and no place follows."""
    if words[at].capital or end == after or (end < len(words) and not words[end].gap and level_word(words, end)):
        return False
    level = phrases("school_levels").match(words, after)
    return level is not None and level[1] == end


def small_class(words: Sequence[Word], at: int, after: int, end: int) -> bool:
    """Whether a name in small letters stands for all of its kind (các Ban Quản lý rừng phòng hộ trực thuộc Sở)."""
    if not at or words[at].gap or words[at - 1].key not in keys("class_words"):
        return False
    if any(not word.shown.islower() for word in words[after:end]):
        return False
    if end < len(words) and words[end].gap in (",", ":"):
        return words[end].key in ("gồm", "trong")  # các Ban quản lý rừng đặc dụng, gồm: …
    return end >= len(words) or (not words[end].capital and words[end].key != "và")


def level_of_several(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """The kind of several places that stands behind the word "các" or a number at the word (Công an *ba tỉnh*), and the
    index after it."""
    if at >= len(words) or words[at].gap or not (words[at].key in _SEVERAL or words[at].key.isdigit()):
        return None
    return level_word(words, at + 1)


def small_of_place(words: Sequence[Word], at: int) -> bool:
    """Whether a head of several words in small letters is one of the organs that each place has, and stands before a
    place that is named (tòa án nhân dân *huyện Kim Lạc*, công an *hai xã An Hạ và An Khê*)."""
    found = unit_head(words, at)
    if found is None or found[1] - at < 2 or not unit_kind(found[0]).level_in_name:
        return False
    end = found[1]
    if [word.key for word in words[end : end + 2]] in (["nhân", "dân"], ["nhà", "nước"]):
        end += 2
    level = level_of_several(words, end) or level_word(words, end)
    if level is None or level[1] >= len(words) or words[end].gap:
        return False
    return words[level[1]].capital and words[level[1]].gap in ("", ":")


def opens_places(words: Sequence[Word], at: int) -> bool:
    """Whether several places of a kind are named from the word on (Đảng bộ *các xã An Khê*, …)."""
    level = level_of_several(words, at)
    return level is not None and level[1] < len(words) and words[level[1]].capital and not words[level[1]].gap
