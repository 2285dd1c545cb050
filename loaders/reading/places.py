"""Places as a text names them: a word for the kind, and a proper name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from graph.text import key
from loaders.reading.lexicon import keys, phrases, province_names, provinces, title_phrases
from loaders.reading.words import Word

if TYPE_CHECKING:
    from loaders.registers.gazetteer import Known

_KINDS = {
    ("tỉnh",): "tỉnh",
    ("huyện",): "huyện",
    ("quận",): "quận",
    ("thị", "xã"): "thị xã",
    ("thành", "phố"): "thành phố",
    ("xã",): "xã",
    ("phường",): "phường",
    ("thị", "trấn"): "thị trấn",
    ("đặc", "khu"): "đặc khu",
}
_KIND_BEGINS = frozenset(spelled[0] for spelled in _KINDS)
LEVEL_OF = {
    "tỉnh": "province",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "thành phố": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}
_MOST_OF_POST = 16  # words between a title and the name of who holds the post
_NOT_AFTER = ("ủy", "đoàn", "hội", "đội", "lỵ", "giao")


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its kind, "huyện Lộc Ninh", and where it stands."""

    name: str
    kind: str
    start: int
    end: int
    basis: str = "stated"

    @property
    def full(self) -> str:
        """The name with the word for the kind."""
        return f"{self.kind} {self.name}"


def level_word(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """The word for a kind of place at the word, and the index after it."""
    if at >= len(words) or words[at].key not in _KIND_BEGINS:
        return None
    for spelled, kind in _KINDS.items():
        after = at + len(spelled)
        if tuple(word.key for word in words[at:after]) != spelled:
            continue
        if after - at == 2 and words[at + 1].gap:
            continue
        following = words[after] if after < len(words) else None
        if following is not None and not following.gap and following.key in _NOT_AFTER and not following.capital:
            if following.key == "giao" and kind != "xã":  # UBND tỉnh giao Sở Nội vụ …
                return kind, after
            return None
        return kind, after
    return None


def proper_end(words: Sequence[Word], at: int, most: int = 5) -> int:
    """The index after the proper name that begins at the word: words with capitals, or a number."""
    first = at
    while at < min(len(words), first + most):
        word = words[at]
        if at > first and word.gap and (word.gap not in ("-", "–") or not _one_name(words, first, at)):
            break
        if word.key.isdigit():
            return at + 1 if at == first or not words[at - 1].key.isdigit() else at
        if not word.capital or word.part:
            break
        two_cases = word.shown.isupper() != words[first].shown.isupper()
        if at > first and two_cases and len(word.shown) > 1 and len(words[first].shown) > 1:
            break  # Hòa Sơn UBND …; HUYỆN ỦY KRÔNG BÔNG  Krông Bông, ngày …
        if at > first and (level_word(words, at) or word.key in ("sở", "ubnd", "khóa") or word.shown in ("Y", "H'")):
            break
        at += 1
    return at


def _one_name(words: Sequence[Word], first: int, at: int) -> bool:
    """Whether the name goes on behind a hyphen: Bà Rịa - Vũng Tàu, Phan Rang - Tháp Chàm."""
    found = provinces().match(words, first, across="-–") or phrases("hyphen_places").match(words, first, across="-–")
    return found is not None and found[1] > at


def place_end(words: Sequence[Word], at: int) -> int:
    """The index after the proper name of a place at the word; a person's may follow (huyện Lâm Sơn Đỗ Thị Liên)."""
    end = proper_end(words, at, most=8)
    if words[at].shown == "Y" and end - at > 3:
        return proper_end(words, at)  # a person: Bí thư Tỉnh ủy Y Thanh Hà Niê
    two = at + 2
    if end - two == 2 and words[two].key in keys("surnames") and _on_map(words, _kind_before(words, at), at, two):
        return two  # Thành ủy Hội An Trần Ánh
    for person in (at + 2, at + 3, at + 1):
        if not 3 <= end - person <= 4 or words[person].key not in keys("surnames"):
            continue
        before = words[person - 1].key in keys("surnames")
        if person == at + 2 and before and words[person].key in ("văn", "thị"):
            continue  # thành phố Vĩ Nguyễn Văn Hạ An
        if person == at + 1 and before and not _on_map(words, _kind_before(words, at), at, person):
            continue  # UBND tỉnh Trần Lê Quốc Việt: a person with two surnames
        return person
    return proper_end(words, at)


def _kind_before(words: Sequence[Word], at: int) -> str | None:
    """The kind of place whose word ends right before the word."""
    found = [level_word(words, start) for start in (at - 2, at - 1) if start >= 0]
    return next((each[0] for each in found if each is not None and each[1] == at), None)


def end_in_capitals(words: Sequence[Word], kind: str, at: int, end: int) -> int:
    """The index after a place's name in a line in capitals, which says not where it ends: that of a place on the map,
    else before what the line goes on with, else two words (HUYỆN ỦY BA TƠ TỔNG KẾT)."""
    for after in range(min(end, at + 4), at, -1):
        if _called(shown(words, at, after), kind):
            # one word more ends the line: a name that is longer than one on the map
            return end if end == len(words) == after + 1 else after
    stop = next((i for i in range(at + 1, min(end, at + 5)) if phrases("stops").match(words, i)), end)
    return stop if stop - at <= 4 and (stop < end or end - at <= 3) else min(end, at + 2)


def looks_like_person(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether the words [at, end) are the name of a person: a surname and two words more."""
    if not 3 <= end - at <= 5 or words[at].key not in keys("surnames"):
        return False
    return phrases("places_like_people").match(words, at) is None


# surnames with which no name of a province begins
SURE_SURNAMES = frozenset(
    ("nguyễn", "trần", "lê", "phạm", "huỳnh", "võ", "vũ", "đặng", "bùi", "đỗ", "ngô", "đinh", "trịnh")
)


def is_first_name(words: Sequence[Word], at: int) -> bool:
    """Whether the names of people may begin with the word: a surname, or the Y of Ede and Mnong men."""
    return words[at].key in keys("surnames") or words[at].shown == "Y"


def is_person_of(words: Sequence[Word], at: int, first: int, end: int, *, province: bool = False) -> bool:
    """Whether the name [first, end) behind an organ or a kind of place is that of who holds the post named before it
    (Chủ tịch UBND tỉnh Kim Văn Hạ); without a post, an organ has a place's name behind it (HĐND tỉnh Kim Sơn Hạ).
    No province is called like people (Bí thư Tỉnh ủy Quang Trung Kiên)."""
    least = 2 if words[first].key in SURE_SURNAMES else 3
    like_a_person = least <= end - first <= 5 and is_first_name(words, first)
    if not looks_like_person(words, first, end) and not (province and like_a_person):
        return False
    return words[first + 1].key in ("văn", "thị") or post_before(words, at, first)


def post_before(words: Sequence[Word], at: int, first: int) -> bool:
    """Whether a post is named before the word `at` and up to `first`, in the same run of words without a mark."""
    start = at
    while start > max(0, at - _MOST_OF_POST) and not words[start].gap:
        start -= 1
        found = title_phrases().match(words, start)
        if found is not None and found[1] <= first:
            return True
    return False


def read_place(words: Sequence[Word], at: int) -> tuple[Place, int] | None:
    """The place that is named at the word, with the index after it; None where there is none.

    A province may stand without the word for its kind.
    """
    kind = level_word(words, at)
    if kind is not None:
        if kind[1] >= len(words) or words[kind[1]].gap not in ("", '"'):
            return None
        kind = kind[0], _behind_adjective(words, kind[1])
        end = place_end(words, kind[1])
        if end > kind[1] and words[kind[1]].shown.islower():
            end = end_in_capitals(words, kind[0], kind[1], end)
        known = provinces().match(words, kind[1], across="-–")
        if known is not None and kind[0] in ("tỉnh", "thành phố"):
            end = known[1]
        province = kind[0] == "tỉnh"
        person = is_person_of(words, at, kind[1], end, province=province)
        if end == kind[1] or (person and not _on_map(words, kind[0], kind[1], end)):
            return None
        if words[kind[1]].key.isdigit() and kind[0] not in ("quận", "phường"):
            return None
        if kind[0] == "tỉnh" and phrases("regions").match(words, kind[1]):
            return None  # các tỉnh Tây Nguyên
        if words[kind[1]].key == "khóa" or phrases("document_words").match(words, kind[1]):
            return None  # HĐND tỉnh Khóa XVII, HĐND tỉnh Tờ trình về …
        word = kind[0]
        return Place(proper_name(words, kind[1], end), word, words[at].start, words[end - 1].end), end
    found = provinces().match(words, at, across="-–")
    if found is None or not words[at].capital:
        return None
    beyond = proper_end(words, at)
    if beyond > found[1]:  # a longer name: a person, a street
        return None
    return Place(proper_name(words, at, found[1]), found[0], words[at].start, words[found[1] - 1].end), found[1]


def _behind_adjective(words: Sequence[Word], at: int) -> int:
    """The index of the name behind a small word that says where places of the kind lie (xã *ven biển* An Hạ)."""
    said = phrases("place_adjectives").match(words, at) if not words[at].capital else None
    if said is None or said[1] >= len(words) or words[said[1]].gap or not words[said[1]].capital:
        return at
    return said[1]


def proper_name(words: Sequence[Word], at: int, end: int) -> str:
    """The proper name, spelled as on the map; the words of a line in capitals are shown small and get one capital
    each."""
    name = shown(words, at, end)
    if name == name.lower() or (name.isupper() and len(name) > 3):
        name = " ".join(word[:1].upper() + word[1:].lower() for word in name.split(" "))
    return map_spelling(name)


@lru_cache(maxsize=4096)
def map_spelling(name: str) -> str:
    """The spelling that provinces, else all places of the map that are called so, have: Quảng Ngãi for Quảng ngãi,
    Hòa Vang for Hoà Vang. The name itself where the map has none or several."""
    province = province_names().get(key(name))
    if province is not None:
        return province
    spelled = {known.name for known in _called(name)}
    return spelled.pop() if len(spelled) == 1 else name


def _on_map(words: Sequence[Word], kind: str | None, at: int, end: int) -> bool:
    """Whether a place is called like a person: phường Võ Thị Sáu."""
    return bool(_called(shown(words, at, end), kind))


def _called(name: str, kind: str | None = None) -> list[Known]:
    """The places that are called so, of the maps of before and after 1 July 2025."""
    from loaders.registers.gazetteer import DAY, find

    return [known for day in (DAY - timedelta(days=1), DAY) for known in find(name, day, kind=kind)]


def without_number(words: Sequence[Word], at: int, end: int) -> str | None:
    """The proper name [at, end) without the number behind it that is not the place's; None where there is none."""
    if end - at < 2 or not words[end - 1].key.isdigit() or _on_map(words, None, at, end):
        return None
    return proper_name(words, at, end - 1)


def kind_word(place: str) -> str:
    """The word for the kind in a full name; empty if there is none."""
    return next((word for word in sorted(LEVEL_OF, key=len, reverse=True) if place.startswith(word + " ")), "")


def level_of_place(place: str) -> str | None:
    """The level of a full place name by the word for its kind."""
    return LEVEL_OF.get(kind_word(place))


def is_numbered(words: Sequence[Word], at: int) -> bool:
    """Whether a place with a number is named at the word, maybe with a capital: Phường 6, Quận 3."""
    level = level_word(words, at)
    return level is not None and level[1] < len(words) and words[level[1]].key.isdigit() and not words[level[1]].gap


def is_province(place: str) -> bool:
    """Whether a full place name is a province or a centrally run city."""
    kind = place.split()[0]
    if kind == "tỉnh":
        return True
    return place.startswith("thành phố ") and key(place.removeprefix("thành phố ")) in _cities()


def _cities() -> frozenset[str]:
    from graph.vocabulary import data

    return frozenset(key(name) for name in data("titles")["provinces"]["thành phố"])


def shown(words: Sequence[Word], at: int, end: int) -> str:
    """The words [at, end) as they should be written, hyphens kept."""
    parts: list[str] = []
    for index in range(at, end):
        word = words[index]
        if index > at:
            parts.append({"-": " - ", "–": " - ", ",": ", ", "/": "/"}.get(word.gap or word.mark, " "))
        parts.append(word.shown)
    return "".join(parts)
