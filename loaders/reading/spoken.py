"""Of which place each sentence speaks: that with which it begins, or its paragraph, or the heading above."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.vocabulary import unit_kind
from loaders.reading.document import TITLE
from loaders.reading.items import Item, Sentence, place_named
from loaders.reading.lexicon import alternatives, keys
from loaders.reading.located import Located
from loaders.reading.places import level_of_place
from loaders.reading.unit_names import Unit

# level → full name of the place; "unit": that of the unit named last, "body": if it is none that governs; "several":
# the level of a list of places; "spoken": the district, or the commune where there are no districts, with which the
# sentence, its paragraph or the heading begins; "earlier": the province of which the sentences before spoke; "before":
# the district, in a text about several; "apart": the province of which they speak where the district of the document
# lies in another
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
# between the name of a council and what it decides (HĐND tỉnh khóa X cũng đã thông qua …)
_BEFORE_DECIDING = frozenset(("đã", "vừa", "mới", "cũng", "sẽ", "lại", "chính", "thức", "có", "khóa", "T"))
_INNER = _LEVELS[1:]
_DECIDES = re.compile(rf"(?:{alternatives('words', 'deciding_words')})(?: |$)")
_TERM = re.compile(r"[ivxl]+|\d+")  # of a council: khóa XI


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
            near.pop("body", None)
            near |= {"body": place} if value.kind not in _GOVERNING else {}
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
    for level in _INNER if not located.has_districts else _INNER[:1]:
        if level in near and near[level] == spoken.get(level):
            near["spoken"] = near[level]
    if "before" in spoken and "district" not in near and not named:
        near |= {"district": spoken["before"], "spoken": spoken["before"]}
    if "district" not in named and "district" not in spoken:
        only = _only_district(sentence, located)
        near |= {"district": only, "spoken": only} if only else {}
    return near


def commune_behind(sentence: Sentence, at: int) -> str | None:
    """The commune of the hamlets at the offset where the sentence names only one, as that of what they become (nhập ấp
    A vào ấp B, thành một ấp mới *của xã C*)."""
    items = sentence.items
    places = [(index, place_named(item) or "") for index, item in enumerate(items)]
    communes = [(index, place) for index, place in places if level_of_place(place) == "commune"]
    if len(communes) != 1:
        return None
    index, place = communes[0]
    before = items[index - 1].symbol if index else ""
    return place if items[index].start > at and before in ("của", "thuộc", "v:under", "tại", "ở") else None


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
    before: Near = {}
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
        decided = deciding_province(sentence, located, sentence.end)
        if "province" in spoken:
            earlier = {"earlier": spoken["province"]}
        if begun is not None:
            before = {"before": begun["district"]} if "district" in begun and _is_lasting(sentence) else {}
        if spoken or earlier or before:
            located.spoken[sentence.start] = spoken | earlier | (before if located.several_districts else {})
        if decided and begun is None:
            earlier = {"earlier": decided}  # of which the sentences behind speak
        if begun and not _is_lasting(sentence):
            spoken = carried


def note_communes(sentences: Iterable[Sentence], located: Located) -> None:
    """Keep of which commune the sentence before spoke in each paragraph, the last that named one and no other."""
    number, told = 0, ""
    for sentence in sentences:
        if sentence.paragraph.number != number:
            number, told = sentence.paragraph.number, ""
        if told:
            located.told_communes[sentence.start] = told
        named = (place_named(item) for item in sentence.items)
        communes = {place for place in named if place and _level_on_map(place, located) == "commune"}
        told = next(iter(communes)) if len(communes) == 1 else "" if communes else told


def deciding_province(sentence: Sentence, located: Located, at: int) -> str | None:
    """The province whose council or committee decides something before the offset, the last of several (ngày 12/2,
    *UBND tỉnh A* quyết định hợp nhất Ban Dân tộc và Ban Tôn giáo): what it decides on is in its own province."""
    found: str | None = None
    for index, item in enumerate(sentence.items):
        if item.start >= at:
            break
        value = item.meant()
        if not isinstance(value, Unit) or value.place is None or value.kind not in _GOVERNING or value.group:
            continue
        behind = index + 1
        while behind < len(sentence.items) and _is_passed_over(sentence.items[behind].symbol):
            behind += 1
        decides = " ".join(item.symbol for item in sentence.items[behind : behind + 2])
        told = behind < len(sentence.items) and sentence.items[behind].start < at
        if told and located.is_province(value.place) and _DECIDES.match(decides):
            found = value.place
    return found


def _is_passed_over(symbol: str) -> bool:
    return symbol in _BEFORE_DECIDING or bool(_TERM.fullmatch(symbol))


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
            if _is_listed(sentence.items, at) or level is None:
                return {}
            return {level: place} | (_inside(sentence.items, at, level, located) if item.symbol == "P" else {})
        if item.symbol in ("U", "C"):
            value = item.meant()
            return {} if isinstance(value, Unit) and _of_province(value) else None
        if item.symbol.isalpha() and item.symbol not in ("T", "D") and item.symbol not in keys("leading_words"):
            return None
        before = item.symbol if item.symbol != "T" else ""
    return None


def _inside(items: list[Item], at: int, level: str, located: Located) -> Near:
    """The place in that with which the sentence begins, if it or its council is what the sentence tells of next (Còn ở
    tỉnh A, ngày 4/2, *huyện B* công bố …; Tại tỉnh A, *xã C* (huyện B) …)."""
    found: Near = {}
    inside = items[at + 1 : at + 1 + _LONGEST_ADVERBIALS]
    for index, item in enumerate(inside):
        place, value = place_named(item), item.meant()
        if place is None:
            if item.symbol in (",", "(", ")", "T") or (not found and item.symbol in keys("leading_words")):
                continue
            break
        of = _level_on_map(place, located)
        governs = not isinstance(value, Unit) or value.kind in _GOVERNING
        if of is None or not governs or _LEVELS.index(of) <= _LEVELS.index(level) or of in found:
            break
        if _is_listed(inside, index) or (found and inside[index - 1].symbol != "("):
            break
        found[of] = place
    return found


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
    unit = other.meant()
    if isinstance(unit, Unit) and unit.place and items[at].symbol == "U":
        return unit.place != place_named(items[at])  # Trường A tỉnh B và Trường A tỉnh C
    if other.symbol == "P":
        one, two = (level_of_place(str(place_named(each))) for each in (items[at], other))
        return one == two or following[0].symbol == "và"
    return following[0].symbol == "và" and isinstance(other.value, str) and other.value[:1].isupper()
