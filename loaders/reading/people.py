"""Names of people in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.reading.lexicon import keys, memberships, phrases, provinces, title_phrases
from loaders.reading.places import SURE_SURNAMES, is_first_name, post_before, proper_end, shown
from loaders.reading.unit_heads import unit_head
from loaders.reading.words import Word

_MIDDLE = frozenset(
    ("văn", "thị", "hữu", "đức", "đình", "xuân", "minh", "ngọc", "quang", "thanh", "công", "hoàng", "quốc")
)


@dataclass(frozen=True, slots=True)
class PersonAt:
    """A person as named. `honorific`: said with ông, bà, đồng chí; `short`: the given name only."""

    name: str
    start: int
    end: int
    honorific: bool = False
    short: bool = False


def person_at(words: Sequence[Word], at: int) -> tuple[PersonAt, int] | None:
    """The person named at the word, an honorific before the name included; None if there is none."""
    honorific = phrases("honorifics").match(words, at)
    first = _behind_degrees(words, honorific[1]) if honorific else at
    if first >= len(words) or (words[first].gap and first > at and words[first].gap not in (":", ".")):
        return None
    if honorific and (title_phrases().match(words, first) or memberships().match(words, first)):
        return None  # đồng chí Bí thư, các đồng chí Ủy viên
    end = name_end(words, first)
    if _is_unit(words, first):
        return None
    if honorific and end == first + 1 and words[first].capital and not words[first].short:
        return _made(words, at, first, end, honorific=True, short=True), end
    named = words[first].key in keys("surnames") or (honorific is not None and not words[first].short)
    named = named or _told_by_dash(words, first, end)
    named = named or (is_first_name(words, first) and end - first > 2 and post_before(words, first, first))
    short = honorific or _behind_title(words, first) or _of_province(words, first) or _in_list(words, first, end)
    if end - first < (2 if short else 3) or not named:
        return None
    if not honorific and _is_known_other(words, first):
        return None
    return _made(words, at, first, end, honorific=bool(honorific), short=False), end


def _of_province(words: Sequence[Word], first: int) -> bool:
    """Whether a post of a province ends right before the word: Phó Chủ tịch UBND tỉnh Trần Bình."""
    sure = words[first].key in SURE_SURNAMES and words[first - 1].key in ("tỉnh", "ủy") and not words[first].gap
    return sure and post_before(words, first, first)


def _told_by_dash(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether a run of capitals in a list is a person of a rare surname: what he is stands behind a dash."""
    apart = words[first].gap in (",", ";", ":") and end < len(words) and words[end].gap in ("-", "–")
    return 3 <= end - first <= 4 and apart and title_phrases().match(words, end) is not None


_LISTED = 60  # words
_HONOURED = ("ông", "bà", "chí")


def _in_list(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether a name of two words is one of a list of people: các ông Trần Văn A, Lê Văn B và Mai C."""
    if end - first != 2 or not (words[first].gap == "," or (first and words[first - 1].key == "và")):
        return False
    at = first - 1
    while at >= max(0, first - _LISTED) and (words[at].capital or words[at].key == "và"):
        if words[at].gap not in ("", ","):
            return False
        at -= 1
    return at > 0 and words[at].key in _HONOURED and words[at - 1].key in ("các", "đồng")


_DEGREES = frozenset(
    ("pgs", "gs", "ts", "tskh", "ths", "bs", "cn", "cki", "ckii", "ck", "bscki", "bsckii", "dsckii", "ksckii")
)


def _behind_degrees(words: Sequence[Word], at: int) -> int:
    """The index after further degrees (PGS.TS, TS.BS, ThS.BS.CKII) behind a first one."""
    while at + 1 < len(words) and words[at].gap in (".", "", "-") and words[at].key in _DEGREES:
        at += 1
    return at


def _behind_title(words: Sequence[Word], at: int) -> bool:
    """Whether a title ends right before the word, so that a name of two words is one (Tổng Bí thư Tô Lâm)."""
    if words[at].gap or at == 0:
        return False
    return any((found := title_phrases().match(words, at - n)) and found[1] == at for n in range(1, min(at, 5) + 1))


def name_end(words: Sequence[Word], at: int) -> int:
    """The index after the run of words that can be a person's name; a last word that lost its capital
    belongs to it behind a usual middle name, and a small văn or thị before a capital (Lê văn Sơn)."""
    end = proper_end(words, at, most=5)
    if end == at + 1 and end < len(words) and words[end].key in ("văn", "thị") and not words[end].gap:
        last = proper_end(words, end + 1, most=3)
        if words[at].key in keys("surnames") and last > end + 1 and not words[end + 1].gap:
            return last
    while end > at and (title_phrases().match(words, end - 1) and end - at > 3):
        end -= 1
    small = words[end] if end < len(words) else None
    mended = end - at == 2 and small is not None and not small.gap and words[end - 1].key in _MIDDLE
    if mended and words[at].key in keys("surnames") and _stands_apart(words, end + 1):
        return end + 1
    return end


def _stands_apart(words: Sequence[Word], at: int) -> bool:
    return at >= len(words) or words[at].gap in ("-", "–", ",", "(", ":")


def _is_unit(words: Sequence[Word], at: int) -> bool:
    """Whether a unit begins at the word, its kind said in two words (Văn Phòng UBND, Quản Lý)."""
    found = unit_head(words, at)
    return found is not None and found[1] - at > 1


def _is_known_other(words: Sequence[Word], first: int) -> bool:
    """Whether the run is a place that is called like a person, not right behind who it is (Bí thư Tỉnh ủy Nguyễn
    Thái Học, Giám đốc Lê Hồng Phong), or begins with a province."""
    if phrases("places_like_people").match(words, first):
        if words[first].gap or words[first - 1].key in _NAMED_AFTER_PEOPLE:
            return True
        # Quyền Bí thư Tỉnh ủy An Giang Nguyễn Thái Học
        of_province = post_before(words, first, first) and _behind_province(words, first)
        return not (of_province or _behind_title(words, first))
    province = provinces().match(words, first)
    return province is not None and province[1] - first >= 2


# what is called after people: phường Nguyễn Thái Học
_NAMED_AFTER_PEOPLE = frozenset(("phường", "quận", "đường", "phố", "trường", "sở", "học", "thông", "non"))


def _behind_province(words: Sequence[Word], first: int) -> bool:
    """Whether a province, or its party committee, is named right before the word."""
    if [word.key for word in words[max(0, first - 2) : first]] == ["tỉnh", "ủy"]:
        return True
    return any(
        (found := provinces().match(words, first - n)) is not None and found[1] == first for n in (2, 3) if n <= first
    )


def _made(words: Sequence[Word], at: int, first: int, end: int, *, honorific: bool, short: bool) -> PersonAt:
    name = " ".join(_capital(word) for word in shown(words, first, end).split())
    return PersonAt(
        name, words[first].start if not honorific else words[at].start, words[end - 1].end, honorific, short
    )


def _capital(word: str) -> str:
    if word.isupper() and len(word) > 1:
        return word[:1] + word[1:].lower()
    return word[:1].upper() + word[1:]
