"""Places of a text seen on the map: names without their kind, units named after a place, what lies in what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from graph.text import key
from graph.vocabulary import unit_kind
from loaders.reading.atlas import Atlas
from loaders.reading.evidence import Evidence
from loaders.reading.items import Item, PostAt, Sentence, place_named
from loaders.reading.lexicon import keys
from loaders.reading.party_lists import with_party
from loaders.reading.people import PersonAt
from loaders.reading.place_lists import with_listed
from loaders.reading.places import LEVEL_OF, Place, is_province, map_spelling
from loaders.reading.unit_names import Unit
from loaders.reading.unit_writing import of_several_districts
from loaders.registers.gazetteer import LEVELS, cut, names_of

_RANK = {"commune": 0, "district": 1, "province": 2}
_INTO = frozenset((",", "(", "thuộc", "của"))  # between a place and the one that it lies in
_MOST_WORDS = 4
# kinds of units whose name may end like a place's without being of it (thôn Tân Lập, Công ty Cao su Phú Riềng)
_OWN_NAMES = frozenset(("thon", "to_dan_pho", "chi_bo", "doanh_nghiep", "truong", "don_vi_su_nghiep", "to_chuc_khac"))
_COMMITTEES = frozenset(("tinh_uy", "thanh_uy", "huyen_uy", "quan_uy", "thi_uy", "dang_uy", "ubnd"))


@dataclass
class Located:
    """What a text's places lie in. `within` is stated by the text: full name → full name; the kinds of the
    places in `deduced` are the map's."""

    atlas: Atlas = field(default_factory=Atlas)
    home: str | None = None
    within: dict[str, str | None] = field(default_factory=dict)
    deduced: set[str] = field(default_factory=set)
    named: dict[str, str] = field(default_factory=dict)  # proper names of the text's places → their full names
    has_districts: bool = True  # whether there may be districts, as `note_places` finds
    told_communes: dict[int, str] = field(default_factory=dict)  # … → the commune of the sentence before them
    spoken: dict[int, dict[str, str]] = field(default_factory=dict)  # starts of sentences → the places they speak of
    several_districts: bool = False  # whether the title names several districts
    whole: set[tuple[int, int]] = field(default_factory=set)  # where names end like a place of the text, which stays
    written: dict[tuple[int, int], str] = field(default_factory=dict)  # names of units before the place was cut off

    def is_province(self, full: str) -> bool:
        """Whether a full name is a province's on the text's day."""
        return is_province(full) or self.atlas.is_province(full)

    def note_places(self, places: Iterable[str]) -> None:
        """Keep the places that the text names. There may be districts if there are on the text's day; a text without a
        day that names communes and no district is likely of after they ended."""
        # of a district and its chief town of one name, the district
        ranked = sorted(places, key=lambda place: LEVELS.get(cut(place)[0]) == "district")
        self.named = {key(cut(place)[1]): place for place in ranked}
        levels = {LEVELS.get(cut(place)[0]) for place in ranked if not self.is_province(place)}
        only_communes = "commune" in levels and "district" not in levels
        undated = len(self.atlas.days) > 1
        self.has_districts = self.atlas.has_districts() and not (undated and only_communes)

    def above(self, full: str) -> tuple[str | None, str]:
        """What a place lies in, and who says so: `text`, `map`, or `home` where it is only likely."""
        if self.is_province(full):
            return None, ""
        stated = self.within.get(full)
        if stated is not None:
            return stated, "text"
        known = self.atlas.above(full, self._province(full))
        if known is not None:
            # as the text calls it, though the province may have been renamed
            of_home = self.home is not None and self.home in names_of(known.full)
            return self.home if of_home else known.full, "map"
        return self.home, "home"

    def find_home(self, places: dict[str, Evidence], home: str | None) -> str | None:
        """The province of the text: the one named most, `home`, unless what lies in another tells otherwise; if
        it names none, the one in which all districts that it names lie."""
        stated = [place for place, seen in places.items() if seen.basis == "stated"]
        inner = [place for place in stated if not self.is_province(place)]
        named = [place for place in places if self.is_province(place)]
        if len(named) > 1:
            free = [place for place in inner if place not in self.within]
            votes = Counter(p for place in free for p in self.atlas.provinces_of(place) if p in named)
            told = [place for place, n in votes.items() if n > 1]
            home = told[0] if len(told) == len(votes) == 1 else home
        elif home is None:
            found = self.atlas.province_of(inner)
            if found is not None and (not named or found in named):
                places.setdefault(found, replace(places[inner[0]], basis="deduced", confidence=0.75, rule="place-map"))
                home = found
        self.home = home
        return home

    def unclear(self, full: str) -> bool:
        """Whether several places are called so, and the text does not tell which is meant."""
        return not self.is_province(full) and not self.within.get(full) and self.atlas.several(full, self.home)

    def _province(self, full: str) -> str | None:
        return self.home if self.home != full else None


def read_within(sentences: Iterable[Sentence]) -> dict[str, str | None]:
    """What the text itself says: "xã Tân Lập, huyện Đồng Phú (tỉnh Bình Phước)". None: it says two things."""
    found: dict[str, str | None] = {}
    for sentence in sentences:
        for one, mark, other in zip(sentence.items, sentence.items[1:], sentence.items[2:], strict=False):
            inner, outer = place_named(one), other.value.full if isinstance(other.value, Place) else None
            if inner is None or outer is None or mark.symbol not in _INTO or _rank(inner) >= _rank(outer):
                continue
            found[inner] = outer if found.get(inner, outer) == outer else None
    return found


def _rank(full: str) -> int:
    return _RANK["province"] if is_province(full) else _RANK[LEVELS.get(cut(full)[0], "province")]


def settle(sentences: Iterable[Sentence], located: Located) -> None:
    """Give places and units the kinds that the map of the province has for their names."""
    for sentence in sentences:
        items = [_settled(item, sentence, located) for item in _with_their_places(sentence.items, located)]
        items = with_listed([_placed_behind(items, at, located) for at in range(len(items))])
        items = with_party(items, sentence)
        items = _placed_in_brackets(items, sentence, located)
        items = list(_bare_names(items, sentence, located))
        if items != sentence.items:
            sentence.items, sentence.starts = items, []
            sentence.close()


def _with_their_places(items: list[Item], located: Located) -> Iterator[Item]:
    """The items; what looks like a person behind a post is its place where the text has a place of this name
    elsewhere (Chủ tịch HĐND tỉnh Kim Sơn Hạ)."""
    at = 0
    while at < len(items):
        item, following = items[at], items[at + 1].value if at + 1 < len(items) else None
        at += 1
        post = item.value
        if isinstance(post, PostAt) and post.unit is not None and isinstance(following, PersonAt):
            full = located.named.get(key(following.name))
            level = "province" if full and located.is_province(full) else LEVELS.get(cut(full)[0]) if full else None
            if level is not None and level == post.unit.level and post.unit.place is None and not following.honorific:
                unit = replace(post.unit, place=full, end=following.end)
                item = replace(item, end=items[at].end, value=replace(post, unit=unit, end=following.end))
                at += 1
        yield item


def _settled(item: Item, sentence: Sentence, located: Located) -> Item:
    value = item.value
    if isinstance(value, Place):
        return replace(item, value=_as_on_map(value, located)) if value.basis == "deduced" else item
    unit = item.meant()
    if not isinstance(unit, Unit) or unit.group:
        return item
    if unit.place is None and _keeps_place_in_name(item, unit, sentence):
        located.whole.add((item.start, item.end))
        return item
    placed = _committee(unit, sentence, located) if unit.place else _named_after(unit, located)
    if placed.place and placed.level == "district" and located.is_province(placed.place):
        placed = replace(placed, level="province")  # Thành ủy of a centrally run city
    if placed is unit:
        return item
    if placed.name != unit.name:
        located.written[item.start, item.end] = unit.name
    return replace(item, value=replace(value, unit=placed) if isinstance(value, PostAt) else placed)


def _keeps_place_in_name(item: Item, unit: Unit, sentence: Sentence) -> bool:
    """Whether the unit is the new name of one before it, whose place is now only in the name (Trung tâm Y tế huyện Sơn
    Khê đổi tên thành Trung tâm Y tế *Sơn Khê*)."""
    at = sentence.position(item)
    if at < 2 or sentence.items[at - 1].symbol != "v:becoming":
        return False
    before = (each.value for each in reversed(sentence.items[: at - 1]) if each.symbol == "U")
    old = next((each for each in before if isinstance(each, Unit)), None)
    proper = cut(old.place)[1] if old is not None and old.place else ""
    return bool(proper) and key(unit.name).endswith(f" {key(proper)}")


def _placed_behind(items: list[Item], at: int, located: Located) -> Item:
    """The item; a unit gets the place behind it (Sở Y tế của tỉnh A), also behind its short name in brackets (Trung tâm
    Văn hóa (TTVH) huyện A, Ủy ban Kiểm tra (UBKT) Huyện ủy B)."""
    item = items[at]
    unit = item.meant()
    if not isinstance(unit, Unit) or unit.place or unit.group:
        return item
    if unit.kind in ("thon", "to_dan_pho"):
        commune = _commune_behind(items, at + 1)
        return replace(item, value=_with_place(item.value, unit, commune, "hamlet")) if commune else item
    symbols = [each.symbol for each in items[at + 1 : at + 5]]
    if symbols[:2] in (["của", "P"], ["v:under", "P"], ["thuộc", "P"]):
        return _of_place(item, unit, items[at + 2], located)
    if symbols[:1] != ["("] or symbols[2:3] != [")"] or symbols[3:] not in (["P"], ["U"]):
        return item
    return _of_place(item, unit, items[at + 4], located)


def _of_place(item: Item, unit: Unit, behind: Item, located: Located) -> Item:
    """The item with the place that stands behind it, if units of its kind are in such a place."""
    place = place_named(behind)
    if place is None or (isinstance(behind.value, Unit) and behind.value.kind not in _COMMITTEES):
        return item
    level = "province" if located.is_province(place) else LEVELS.get(cut(place)[0])
    if level not in unit_kind(unit.kind).levels or unit.level not in (None, level):
        return item
    return replace(item, value=_with_place(item.value, unit, place, level))


def _placed_in_brackets(items: list[Item], sentence: Sentence, located: Located) -> list[Item]:
    """The items; units get the district or commune that stands in brackets behind them, maybe without its kind
    (Trường Tiểu học Đức Sơn và Trường THCS Đức Sơn (Bình Khê); Trạm Kiểm lâm Suối Đá (huyện A))."""
    found = list(items)
    for at in range(1, len(items) - 2):
        if items[at].symbol != "(" or not isinstance(items[at - 1].value, Unit):
            continue
        inside = _bare_place(items, at + 1, [], sentence, located)
        value = items[at + 1].value
        place, after = inside if inside else (value, at + 2) if isinstance(value, Place) else (None, 0)
        if place is None or after >= len(items) or items[after].symbol != ")":
            continue
        level = LEVELS.get(cut(place.full)[0])
        before = at - 1
        while before >= 0:
            unit = items[before].value
            named = isinstance(unit, Unit) and not unit.group and unit.place is None and unit.level in (None, level)
            if not isinstance(unit, Unit) or not named or level not in unit_kind(unit.kind).levels:
                break
            found[before] = replace(items[before], value=_with_place(unit, unit, place.full, level))
            if before < 2 or items[before - 1].symbol not in ("và", "với") or items[before - 2].symbol != "U":
                break
            before -= 2
    return found


def _with_place(value: object, unit: Unit, place: str, level: str | None) -> Unit | PostAt:
    placed = replace(unit, place=place, level=level)
    return replace(value, unit=placed) if isinstance(value, PostAt) else placed


def _commune_behind(items: list[Item], at: int) -> str | None:
    """The commune behind hamlets (thôn 4, xã A; các thôn 1, 2 và 3 của xã A)."""
    while at < len(items) and (items[at].symbol in (",", "và") or _is_hamlet(items[at])):
        at += 1
    if at < len(items) and items[at].symbol in ("(", "của", "thuộc", "v:under", "ở", "tại"):
        at += 1
    behind = items[at].value if at < len(items) else None
    full = behind.full if isinstance(behind, Place) else None
    return full if full and LEVELS.get(cut(full)[0]) == "commune" else None


def _is_hamlet(item: Item) -> bool:
    return isinstance(item.value, Unit) and item.value.kind in ("thon", "to_dan_pho")


def _as_on_map(place: Place, located: Located) -> Place:
    """A place of a list whose first has its kind: "thị xã Phước Long, Bù Đăng" are a town and a district."""
    full = located.atlas.full_name(place.name, located.home, LEVEL_OF[place.kind])
    return replace(place, kind=cut(full)[0]) if full else place


def _committee(unit: Unit, sentence: Sentence, located: Located) -> Unit:
    """ "Đảng ủy Tân Đông" may be of a ward."""
    kind, name = cut(str(unit.place))
    first = sentence.paragraph.start
    said = key(sentence.paragraph.text[unit.start - first : unit.end - first]) if unit.start >= first else kind
    if unit.kind != "dang_uy" or kind in said:
        return unit
    full = located.atlas.full_name(name, located.home, "commune")
    if full is None or full == unit.place:
        return unit
    located.deduced.add(full)
    return replace(unit, place=full)


def _named_after(unit: Unit, located: Located) -> Unit:
    """ "Phòng Nội vụ Lộc Ninh" is the Phòng Nội vụ of a district."""
    about = unit_kind(unit.kind)
    if located.home is None or about.place_in_name or unit.kind in _OWN_NAMES or of_several_districts(unit.name):
        return unit
    words = unit.name.split()
    for n in range(min(_MOST_WORDS, len(words) - 2), 0, -1):
        name = words[-n:]
        if not all(word[:1].isupper() for word in name):
            continue
        full = located.atlas.full_name(" ".join(name), located.home)
        level = LEVELS[cut(full)[0]] if full else ""
        if full is not None and level in about.levels and (n > 1 or level == "district"):
            located.deduced.add(full)
            rest = " ".join(words[:-n])
            if key(rest) in keys("short_heads"):  # Bệnh viện Đống Đa
                return replace(unit, place=full, level=level)
            in_name = f"{rest} {cut(full)[0]}" if about.level_in_name else rest
            return replace(unit, name=in_name, place=full, level=level)
    return unit


def _bare_names(items: list[Item], sentence: Sentence, located: Located) -> Iterator[Item]:
    """Names behind "tại", "ở" and behind "các huyện, thị xã:" become places, with those of the list."""
    kinds: list[str] = []
    at, listed, leads = 0, False, True
    while at < len(items):
        item = items[at]
        found = _bare_place(items, at, kinds, sentence, located) if listed else None
        if found is None and leads:
            found = _leading_district(items, at, sentence, located)
        if found is not None:
            place, at = found
            yield Item("P", place.start, place.end, place)
            continue
        council = _council(items, at, sentence, located)
        if council is not None:
            item, at = council
            yield item
            continue
        yield item
        at += 1
        leads = leads and item.symbol in ("riêng", "còn", "-", "*", "+")
        kind = item.symbol.replace("_", " ")
        if kind in LEVEL_OF:
            kinds.append(kind)
        if item.symbol in ("tại", "ở"):
            listed, kinds = True, []
        elif item.symbol == ":" and kinds:
            listed = True
        elif item.symbol not in (",", "và", "P", ";"):
            listed = False
            if kind not in LEVEL_OF:
                kinds = []


def _leading_district(items: list[Item], at: int, sentence: Sentence, located: Located) -> tuple[Place, int] | None:
    """A district named without its kind at the beginning of the sentence (Riêng Ngọc Hồi giữ nguyên hai phòng)."""
    found = _bare_place(items, at, [], sentence, located)
    if found is None or " " not in found[0].name or LEVEL_OF[found[0].kind] != "district":
        return None
    return found


def _council(items: list[Item], at: int, sentence: Sentence, located: Located) -> tuple[Item, int] | None:
    """ "UBND Phú Riềng": a people's committee or council with a place's name without its kind."""
    unit = items[at].value
    if not isinstance(unit, Unit) or unit.kind not in ("ubnd", "hdnd") or not unit.group:
        return None
    found = _bare_place(items, at + 1, [], sentence, located) if at + 1 < len(items) else None
    if found is None:
        return None
    place, after = found
    located.deduced.add(place.full)
    name = f"{unit_kind(unit.kind).vi} {place.kind}"
    placed = replace(unit, name=name, level=LEVELS[place.kind], place=place.full, end=place.end, group=False)
    return Item("U", items[at].start, place.end, placed), after


def _bare_place(
    items: list[Item], at: int, kinds: list[str], sentence: Sentence, located: Located
) -> tuple[Place, int] | None:
    """The place that the words from the item name, the longest name first, and the index after it."""
    end = at
    while end < min(len(items), at + _MOST_WORDS) and _is_capital(items[end], first=end == at):
        end += 1
    if end < len(items) and _is_capital(items[end]):
        return None
    first = sentence.paragraph.start
    text = sentence.paragraph.text[items[at].start - first : items[end - 1].end - first] if end > at else ""
    if not text:
        return None
    level = LEVEL_OF[kinds[0]] if kinds else None
    full = located.atlas.full_name(text, located.home, level)
    if full is None and not kinds:
        full = located.named.get(key(text))  # huyện A …; ở A
    if full is None and len(set(kinds)) == 1:
        full = f"{kinds[0]} {map_spelling(text)}"
    if full is None:
        return None
    return Place(cut(full)[1], cut(full)[0], items[at].start, items[end - 1].end, "deduced"), end


def _is_capital(item: Item, *, first: bool = True) -> bool:
    """Whether a word with a capital can begin a name, or go on with it (Đại *Từ*)."""
    verb = item.symbol.startswith("v:") and (first or item.symbol != "v:from_old")
    return isinstance(item.value, str) and item.value[:1].isupper() and not verb
