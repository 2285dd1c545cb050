"""Of which place each sentence speaks: that with which it begins, or its paragraph, or the heading above."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.vocabulary import unit_kind
from loaders.reading.document import TITLE
from loaders.reading.items import Item, Sentence, place_named
from loaders.reading.lexicon import keys
from loaders.reading.located import Located
from loaders.reading.places import level_of_place
from loaders.reading.unit_names import Unit

# level → full name of the place; "unit": that of the unit named last; "several": the level of a list of places;
# "spoken": the district, or the commune where there are no districts, with which the sentence, its paragraph or the
# heading begins; "earlier": the province of which the sentences before spoke; "apart": the one of which they speak
# where the district of the document lies in another
Near = dict[str, str]
_LISTS = (",", "và")
_GOVERNING = frozenset(
    ("ubnd", "hdnd", "dang_uy", "huyen_uy", "quan_uy", "thi_uy", "thanh_uy", "tinh_uy", "ban_thuong_vu")
)
_MAKING = frozenset(("v:merge", "v:create", "v:becoming"))
_LONGEST_PAPER = 8  # items of what names the paper
_LONGEST_ADVERBIALS = 12  # items of "Bốn năm sau, tháng 3/2012, "
_NUMBER = re.compile(r"^(?:[IVX]+|\d+(?:\.\d+)*|[-–+*•])?[.)]?\s+(?=\S)")  # of a heading: IV. Huyện A
_LEVELS = ("province", "district", "commune")
_INNER = _LEVELS[1:]


def places_before(sentence: Sentence, at: int, located: Located) -> Near:
    """The district and the commune that the sentence names last before the offset, each unless it is one of a list;
    those of which the sentence speaks where it names none before the offset."""
    near: Near = {}
    last: str | None = None
    named: set[str] = set()
    for item in sentence.items:
        if item.start >= at:
            break
        value = item.meant()
        place = place_named(item)
        if place is None and isinstance(value, Unit) and unit_kind(value.kind).levels == ("province",):
            near.pop("unit", None)
        if place is None:
            last = last if item.symbol in _LISTS else None
            continue
        level = _level_on_map(place, located)
        if isinstance(value, Unit):
            near["unit"] = place
        if level in _INNER:
            named.add(level)
            if last == level and near.get(level) != place:
                near.pop(level, None)
                near["several"] = level
            else:
                near[level] = place
                near.pop("several", None)
        last = level
    spoken = located.spoken.get(sentence.start, {})
    near = {level: place for level, place in spoken.items() if level in _INNER and level not in named} | near
    for level in _INNER if not located.atlas.has_districts() else _INNER[:1]:
        if level in near and near[level] == spoken.get(level):
            near["spoken"] = near[level]
    if "district" not in named and "district" not in spoken:
        only = _only_district(sentence, located)
        near |= {"district": only, "spoken": only} if only else {}
    return near


def _only_district(sentence: Sentence, located: Located) -> str | None:
    """The one district whose units alone a sentence names (Hợp nhất Đài Truyền thanh và … thành Trung tâm … huyện A).
    None where it names another place, a place for itself, or a unit of the province, or nothing is made."""
    found: set[str] = set()
    if not any(item.symbol in _MAKING for item in sentence.items):
        return None
    for item in sentence.items:
        value = item.meant()
        place = place_named(item)
        if item.symbol == "P" or (isinstance(value, Unit) and _of_province(value)):
            return None
        if place is not None:
            found.add(place)
    only = found.pop() if len(found) == 1 else None
    return only if only is not None and _level_on_map(only, located) == "district" else None


def note_spoken(sentences: Iterable[Sentence], located: Located) -> None:
    """Keep of which places the sentences speak, by where they start."""
    heading: Near = {}
    spoken: Near = {}
    carried: Near = {}
    earlier: Near = {}
    number = 0
    for sentence in sentences:
        begun = _beginning(sentence, located)
        if sentence.paragraph.number != number:
            number = sentence.paragraph.number
            heading = heading if not begun or begun.items() <= heading.items() else {}
            spoken = heading
        if begun and _is_heading(sentence):
            heading = begun
        if begun is not None:
            carried = spoken
            rank = min((_LEVELS.index(level) for level in begun), default=1)
            spoken = {level: place for level, place in spoken.items() if _LEVELS.index(level) < rank} | begun
        if "province" in spoken:
            earlier = {"earlier": spoken["province"]}
        if spoken or earlier:
            located.spoken[sentence.start] = spoken | earlier
        if begun and not _is_lasting(sentence):
            spoken = carried


def _is_lasting(sentence: Sentence) -> bool:
    """Whether the sentences behind speak of the place, too: it is named for itself or with its council or committee."""
    items = sentence.items[_first(sentence.items) :]
    first = next(item for item in items if place_named(item) is not None)
    value = first.meant()
    return not isinstance(value, Unit) or value.kind in _GOVERNING


def districts_spoken_of(located: Located) -> set[str]:
    """The districts of which sentences speak."""
    return {near["district"] for near in located.spoken.values() if "district" in near}


def _is_heading(sentence: Sentence) -> bool:
    """Whether the line names nothing but a place (2. Huyện A:; Cụ thể, trên địa bàn xã B:)."""
    symbols = [item.symbol for item in sentence.items]
    whole = sentence.text().strip() == _NUMBER.sub("", sentence.paragraph.text.strip())
    leads = all(s in ("P", "T") or not s.isalpha() or s in keys("leading_words") for s in symbols)
    return whole and leads and symbols.count("P") == 1 and sentence.paragraph.role != TITLE


def _beginning(sentence: Sentence, located: Located) -> Near | None:
    """The place with which the sentence begins behind words that only lead to it (Còn tại tỉnh A, …; * UBND huyện B …).
    None where it begins with something else; empty where with several places or with a unit of no one place."""
    before = ""
    first = _first(sentence.items)
    for at, item in enumerate(sentence.items[first:], first):
        place = place_named(item)
        if place is not None:
            if item.symbol == "P" and before.isalpha() and before not in keys("before_places"):
                return None
            level = _level_on_map(place, located)
            return {} if _is_listed(sentence.items, at) or level is None else {level: place}
        if item.symbol in ("U", "C"):
            value = item.meant()
            return {} if isinstance(value, Unit) and _of_province(value) else None
        if item.symbol.isalpha() and item.symbol not in ("T", "D") and item.symbol not in keys("leading_words"):
            return None
        before = item.symbol if item.symbol != "T" else ""
    return None


def _first(items: list[Item]) -> int:
    """The index after what only names the paper at the beginning ((Báo Hòa Sơn) - …; TPO - …) or leads to a colon."""
    symbols = [item.symbol for item in items[:_LONGEST_PAPER]]
    if symbols[:1] == ["("] and ")" in symbols:
        return symbols.index(")") + 1
    colon = symbols.index(":") if ":" in symbols else 0
    if colon and not {"P", "U", "C"} & set(symbols[:colon]):
        return colon + 1  # Cụ thể, theo đề án: Huyện A có …
    dash = next((at for at, symbol in enumerate(symbols[:3]) if symbol in ("-", "–")), 0)
    return dash + 1 if dash and not {"P", "U", "C"} & set(symbols[:dash]) else _behind_adverbials(items)


def _behind_adverbials(items: list[Item]) -> int:
    """The index after what only says when or how at the beginning, up to a comma (Bốn năm sau, tháng 3/2012, …)."""
    first = 0
    for at, item in enumerate(items[:_LONGEST_ADVERBIALS]):
        if item.symbol in ("P", "U", "C", "N", "K", "M", "Y", "(", ":") or item.symbol.startswith("v:"):
            break
        if item.symbol == ",":
            first = at + 1
    return first


def _of_province(unit: Unit) -> bool:
    return unit.level == "province" or unit_kind(unit.kind).levels == ("province",)


def _level_on_map(place: str, located: Located) -> str | None:
    return "province" if located.is_province(place) else level_of_place(place)


def _is_listed(items: list[Item], at: int) -> bool:
    """Whether the place is the first of a list (Tại huyện A và B)."""
    following = items[at + 1 : at + 3]
    if len(following) < 2 or following[0].symbol not in _LISTS:
        return False
    other = following[1]
    if other.symbol == "P":
        one, two = (level_of_place(str(place_named(each))) for each in (items[at], other))
        return one == two or following[0].symbol == "và"
    return following[0].symbol == "và" and isinstance(other.value, str) and other.value[:1].isupper()
