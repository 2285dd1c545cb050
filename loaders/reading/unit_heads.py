"""What units' names begin with: the words that say the kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from graph.vocabulary import unit_kind, unit_prefix
from loaders.reading.lexicon import keys, known_names, listed, name_parts, phrases
from loaders.reading.places import Place, level_word, read_place
from loaders.reading.words import Phrases, Word

_NEVER_WITH_COMMA = frozenset(("dang_uy_ubnd", "ban_tuyen_giao_dan_van"))
_NUMBERS = frozenset(("hai", "ba", "bốn", "sáu", "bảy", "tám"))


def unit_head(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """The kind that the words begin with, and the index after the head."""
    reach = at + 1
    while reach < len(words) and reach - at < 20 and words[reach].gap in ("", "-", "–", ","):
        reach += 1
    found = unit_prefix([word.key for word in words[at:reach]])
    other = other_head(words, at) if words[at].capital else None
    if found is None or (other is not None and other[1] - at > found[1]):  # Phòng khám is no Phòng
        return other
    kind, length = found
    if kind == "ban_can_su_dang" and length == 3 and at + 3 < len(words) and words[at + 3].key == "đảng":
        length = 4
    marks = [word.gap for word in words[at + 1 : at + length] if word.gap]
    two = "," in marks and kind in _NEVER_WITH_COMMA  # Đảng ủy, UBND xã
    if marks and (length < 4 or two):
        length = next(i for i, word in enumerate(words[at + 1 : at + length], 1) if word.gap)
        again = unit_prefix([word.key for word in words[at : at + length]])
        if again is None:
            return None
        kind, length = again
    return kind, at + length


def begins_longer_head(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether the words [at, end), with a capital, are only the first of a longer head (3 *Ban* Chỉ huy Phòng thủ)."""
    head = unit_head(words, at) if words[at].capital else None
    return head is not None and head[1] > end


def other_head(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """The kind that a head of words.yaml at the word says, and the index after it."""
    return _other_heads().match(words, at)


def small_called(words: Sequence[Word], at: int) -> bool:
    """Whether a head in small letters stands before what its unit is for and a proper name or a number (cơ sở cai
    nghiện ma túy *Khe Tre*)."""
    found = other_head(words, at)
    if words[at].capital or found is None or after_class(words, at):
        return False
    start = found[1]
    head = " ".join(word.key for word in words[at:start])
    if head not in keys("called_heads"):
        return False
    part = None if start >= len(words) or words[start].capital else name_parts().match(words, start)
    known = known_names(head).match(words, start)
    end = max(start, part[1] if part else 0, known[1] if known else 0)
    if end >= len(words) or words[end].gap or (head == "cơ sở" and known is None):
        return False
    counted = words[end].key == "số" and end + 1 < len(words) and words[end + 1].key.isdigit()
    return counted or (words[end].capital and not words[end].short and level_word(words, end) is None)


@lru_cache(maxsize=1)
def _other_heads() -> Phrases[str]:
    return Phrases((head, kind) for head, kind in listed("other_heads").items())


def generic_length(words: Sequence[Word], at: int) -> int:
    """How many words of a head say only the kind."""
    for length in (4, 3, 2):
        if at + length > len(words):
            continue
        text = " ".join(word.key for word in words[at : at + length])
        if text.startswith(("đoàn ", "tòa ")) and length >= 3:
            return 1  # Đoàn Cải lương is a name, and so is Tòa Kinh tế
        if text in keys("two_word_heads") or text in keys("short_heads") or text in keys("other_heads"):
            return length
    return 1


def after_class(words: Sequence[Word], at: int) -> bool:
    """Whether a word before the head makes it a class of units (các phòng, 3 chi cục)."""
    if not at or words[at].gap:
        return False
    before = words[at - 1].key
    return before.isdigit() or before in keys("class_words") or before in _NUMBERS


def is_no_unit(words: Sequence[Word], at: int, across: str = "") -> bool:
    """Whether the words only look like a unit's head (bộ đội, ban xây dựng đảng). A longer head is one (Bộ đội
    Biên phòng), and so is the whole of the phrase with a capital that stands for no class (Ban Xây dựng Đảng)."""
    if words[at].key == "thành" and not words[at].capital:
        committee = [word.key for word in words[at + 1 : at + 3]] == ["ủy", "ban"]
        if committee or _has_own_name(words, at + 1):
            return True  # hợp nhất A và B thành Đoàn Khối C, đổi tên thành Ủy ban D
    looks = phrases("not_units").match(words, at, across=across)
    if looks is None:
        return False
    found = unit_head(words, at)
    if found is not None and found[0] in ("thon", "to_dan_pho") and _has_own_name(words, found[1]):
        return False  # thôn Bản Phiệt
    if found is None or found[1] < looks[1]:
        return True
    return found[1] == looks[1] and (after_class(words, at) or not words[at].capital)


def _has_own_name(words: Sequence[Word], at: int) -> bool:
    """Whether two words with capitals follow without a mark."""
    name = words[at : at + 2]
    return len(name) == 2 and all(word.shown[:1].isupper() and not word.gap for word in name)


def is_proper(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether the words [at, end) are the proper name of a place that begins like a unit's (Tỉnh ủy *Trường* Lĩnh)."""
    found = unit_head(words, at)
    if found is None or found[1] - at > 1 or end - at < 2 or not all(word.capital for word in words[at:end]):
        return False
    return words[at].key in keys("place_beginnings") and name_parts().match(words, at + 1) is None


def begins_unit(words: Sequence[Word], at: int) -> bool:
    """Whether a unit's name begins at the word, by its capital or by the one behind the head."""
    found = unit_head(words, at)
    if found is None or is_no_unit(words, at, across=",") or _ends_proper_name(words, at, found[1]):
        return False
    return (
        words[at].capital
        or unit_kind(found[0]).whole_name
        or (found[1] < len(words) and words[found[1]].capital and not words[found[1]].gap)
    )


def _ends_proper_name(words: Sequence[Word], at: int, after: int) -> bool:
    """Whether a head of one word rather is the last of a proper name (Trường Mẫu giáo Phú *Hội* vào …)."""
    if after - at > 1 or at == 0 or words[at].gap or words[at].key not in keys("place_beginnings"):
        return False
    proper = words[at].capital and words[at - 1].capital and name_parts().match(words, at - 1) is None
    over = after >= len(words) or words[after].gap or phrases("stops").match(words, after)
    return proper and bool(over)


def place_of_head(words: Sequence[Word], at: int, after: int) -> tuple[Place, int] | None:
    """The place whose kind is the end of the head (Thanh tra *huyện Sơn Khê*, Đoàn *xã An Khê*)."""
    for start in (after - 2, after - 1):  # "thị xã" before "xã"
        level = level_word(words, start) if start > at and not words[start].gap else None
        if level is not None and level[1] == after and after < len(words) and not words[after].gap:
            return read_place(words, start) if words[after].capital or words[after].key.isdigit() else None
    return None


_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}


def number_before(words: Sequence[Word], at: int) -> int:
    """The number right before the word; 0 if there is none of two and more."""
    if at == 0 or at >= len(words) or words[at].gap:
        return 0
    before = words[at - 1].key
    number = int(before) if before.isdigit() and len(before) < 3 else _COUNTS.get(before, 0)
    return number if number > 1 else 0
