"""What keeps a sentence that fits a rule from being a change, or a unit in it from taking part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known

# a unit behind one of these only says where or by whose order (Ở Sở Công Thương, phòng A được nhập vào phòng B)
_WHERE = frozenset(("ở", "tại", "theo"))
_BETWEEN = frozenset(("tại", "của", "ở", "trong", "cho", "do", "v:under", "theo", "bởi", "để", "v:into"))
_REPLACES = ("thay", "thế")
_COUNTED = frozenset(("M", "K", "xã", "phường", "huyện"))


def only_where(items: Sequence[Item], at: int) -> bool:
    """Whether the unit at the index only says where: behind "ở" and before a comma with further units."""
    if at == 0 or items[at - 1].symbol not in _WHERE:
        return False
    return at + 1 < len(items) and items[at + 1].symbol == ","


def of_each(sentence: Sentence, verb: Item) -> bool:
    """Whether each of several counted places does it (52/52 xã, phường đã thành lập …): no one unit is meant."""
    at = sentence.items.index(verb)
    if any(item.symbol in (":", "gồm") for item in sentence.items[at + 1 : at + 4]):
        return False  # 7 sở được thành lập gồm: each is named
    before = sentence.items[:at][-8:]
    for index, item in enumerate(before):
        following = before[index + 1].symbol if index + 1 < len(before) else ""
        if item.symbol == "#/" or (item.symbol == "#" and following in _COUNTED):
            return not any(each.symbol in (";", "U") for each in before[index:])
    return False


def something_else(sentence: Sentence, verb: Item, first: Item) -> bool:
    """Whether something else is the object of the verb, which only stands near the unit (thành lập đoàn kiểm tra tại
    UBND huyện)."""
    between = sentence.items[sentence.items.index(verb) + 1 : sentence.items.index(first)]
    listed = any(item.symbol in (":", "gồm", "v:called") for item in between)
    return not listed and any(item.symbol in _BETWEEN for item in between)


_ACTS = frozenset(("vừa", "đã", "đang", "sẽ", "có", "tổ", "tiến", "phối", "chủ", "báo", "cũng", "yêu"))


def next_subject(sentence: Sentence, end: int) -> bool:
    """Whether the last unit of "A, B" acts itself: a verb stands behind it (thành lập Trung tâm A, Sở B vừa …)."""
    following = sentence.items[end + 1].symbol if end + 1 < len(sentence.items) else ""
    return following in _ACTS


def repealed(sentence: Sentence, verb: Item) -> bool:
    """Whether the change is only what a document that is repealed or replaced said."""
    before = sentence.items[: sentence.items.index(verb)]
    said = [index for index, item in enumerate(before) if item.symbol == "v:abolish"]
    said += [index for index, item in enumerate(before[:-1]) if (item.symbol, before[index + 1].symbol) == _REPLACES]
    return bool(said) and any(item.symbol == "D" for item in before[said[0] :])


_ORDERED = re.compile(
    r"(?:- )?(?:v:(?:dissolve|merge|rename) (?:\S+ ){0,2}?U |"
    r"v:move v:function (?:(?!(?:U|;) )\S+ )+(?:của |v:from_old )U )"
)


def orders_change(sentence: Sentence) -> bool:
    """Whether a clause of a decision begins with the order to change a named unit (Giải thể Trạm A; nhiệm vụ …), which
    it may among duties too."""
    return _ORDERED.match(sentence.symbols) is not None


_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_ABOVE_COMMUNES = ("huyện", "quận", "thị xã", "thành phố", "tỉnh")


def own_level(places: list[Known]) -> list[Known]:
    """The places without those that communes among them lie in (phường Tân An, quận Ninh Kiều)."""
    if not any(place.name.lower().startswith(_COMMUNES) for place in places):
        return places
    return [place for place in places if not place.name.lower().startswith(_ABOVE_COMMUNES)]
