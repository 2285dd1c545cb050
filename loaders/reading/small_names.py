"""Names of units in small letters: "Trung tâm quản lý di sản văn hóa", "Tổ quản lý di tích chiến thắng Núi Khê"."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.lexicon import keys, name_parts, phrases
from loaders.reading.places import level_word, proper_end
from loaders.reading.unit_heads import after_class, begins_unit, is_proper
from loaders.reading.words import Word

# heads that at the beginning of a sentence rather do what a verb behind them says (Tổ kiểm tra việc …)
_THAT_ACT = frozenset(("tổ", "đội", "hội", "viện", "trường", "cục", "vụ"))
_STAGES = frozenset(("I", "II", "III"))  # of schools
_LONGEST_LIST = 20
_MOST_UNKNOWN = 4  # words between the parts that are known and a proper name


def small_parts(words: Sequence[Word], at: int) -> int:
    """The index after the parts in small letters with which a name begins at the word."""
    end = at
    while end < len(words):
        start = end
        if end > at and words[end].key == "và" and not words[end].gap:
            start = end + 1
        if start >= len(words) or words[start].gap not in ("",) + (("-", "–") if start == end > at else ()):
            break
        after = _part(words, start, first=start == at or start > end)
        if after is None or (start > end and begins_unit(words, start)):
            break
        end = after
    return end


def _part(words: Sequence[Word], at: int, *, first: bool) -> int | None:
    """The index after one part of a name: a phrase that names have, at the beginning also a verb and such a phrase."""
    verb = phrases("name_verbs").match(words, at) if first else None
    if verb is not None and verb[1] < len(words) and not words[verb[1]].gap:
        two = words[verb[1]].key == "và" and phrases("name_verbs").match(words, verb[1] + 1) is not None
        after = _part(words, verb[1] + two, first=True)  # bảo tồn và phát triển sinh vật
        if after is not None:
            return after
    part = name_parts().match(words, at, across="," if words[at].key == "cấp" else "")  # cấp 2, 3
    with_comma = phrases("comma_parts").match(words, at, across=",")
    if with_comma is not None and (part is None or with_comma[1] > part[1]):
        part = with_comma
    if part is None:
        return None
    last = words[part[1] - 1]
    if last.capital and last.shown not in _STAGES and not _of_school(words, at, part[1]):
        return None
    stop = phrases("stops").match(words, at)
    if stop is not None and (part[1] - at == 1 or stop[1] >= part[1]):
        return None
    return part[1]


def _of_school(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether the words end in the abbreviation of a kind of school (phổ thông dân tộc bán trú *THCS*)."""
    found = [phrases("school_levels").match(words, start) for start in range(at, end)]
    return words[end - 1].part and any(each is not None and each[1] == end for each in found)


def acts(words: Sequence[Word], at: int, *, known: bool) -> bool:
    """Whether the small word, by which a name could go on, says what the unit does: it has an object, or the name
    before it is a known one (Sở Công Thương tổng hợp)."""
    if words[at].capital or words[at].part:
        return False
    verb = phrases("also_verbs").match(words, at)
    part = name_parts().match(words, at)
    if verb is None or (part is not None and part[1] > verb[1]):
        return False
    if known or verb[1] >= len(words):
        return known
    following = words[verb[1]]
    if following.gap:
        return False
    unit = following.key != "doanh" and begins_unit(words, verb[1])  # Trung tâm Y tế quản lý Trạm Y tế xã A
    return unit or following.key.isdigit() or phrases("objects").match(words, verb[1]) is not None


def before_proper(words: Sequence[Word], at: int, end: int, head: str) -> int | None:
    """The index of the proper name with which a name goes on whose known parts end at `end`; a few words that are not
    known may stand before it."""
    if end == at and (end >= len(words) or words[end].gap or words[end].key not in keys("place_nouns")):
        return None
    most = _MOST_UNKNOWN + (end == at)
    for index in range(end, min(len(words), end + most + 1)):
        word = words[index]
        if word.gap or level_word(words, index):
            return None
        if word.capital:
            proper = is_proper(words, index, proper_end(words, index))  # cửa khẩu Sóc Khê
            named = not word.short and (head == "trường" or proper or not begins_unit(words, index))
            return index if named else None
        if word.key == "và" or word.key.isdigit() or phrases("stops").match(words, index):
            return None
    return None


def closed(words: Sequence[Word], at: int, end: int, head: str = "") -> bool:
    """Whether a name in small letters is over: a mark follows, a place, another unit, or what is done with the unit."""
    may_act = any(phrases(name).match(words, at) for name in ("name_verbs", "also_verbs"))
    begins = at - len(head.split()) == 0 and head in _THAT_ACT
    if may_act and begins and (end >= len(words) or words[end].gap):
        return False  # Tổ kiểm tra, giám sát việc …
    if end >= len(words) or words[end].gap or level_word(words, end):
        return True
    if end == at:
        return False
    if words[end].key == "và":
        changed = end + 1 < len(words) and phrases("behind_small_names").match(words, end + 1) is not None
        return changed or (end + 1 < len(words) and begins_unit(words, end + 1))
    if may_act and all(word.shown.islower() for word in words[at:end]):
        if words[end].key in ("về", "của"):
            of_place = words[end].key == "của" and level_word(words, end + 1)
            return not begins and end + 1 < len(words) and bool(of_place or begins_unit(words, end + 1))
        return phrases("behind_small_names").match(words, end) is not None
    return phrases("stops").match(words, end) is not None and phrases("objects").match(words, end) is None


def _listed_with_class(words: Sequence[Word], at: int) -> bool:
    """Whether the small head stands in a list that its plural begins (các trạm khuyến nông, *trạm* thú y)."""
    joined = words[at].gap == "," or (at > 0 and words[at - 1].key == "và" and not words[at].gap)
    for back in range(at - 1, max(at - _LONGEST_LIST, 0), -1) if joined and not words[at].capital else ():
        if words[back].gap not in ("", ",") or words[back].capital:
            return False
        if words[back].key == words[at].key and not words[back].gap and after_class(words, back):
            return True
    return False


def of_a_class(words: Sequence[Word], head_at: int, end: int) -> bool:
    """Whether a name in small letters stands for all of its kind (các phòng nội vụ, phòng nội vụ cấp huyện)."""
    if after_class(words, head_at) or _listed_with_class(words, head_at):
        return True
    following = words[end] if end < len(words) else None
    return following is not None and not following.gap and following.key in ("cấp", "các", "của", "thuộc")
