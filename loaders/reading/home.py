"""Which province, district and commune a text is about: the place that it names most, or its title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest

from graph.text import key
from graph.vocabulary import data, unit_kind
from loaders.reading.document import TITLE
from loaders.reading.evidence import Evidence
from loaders.reading.items import Sentence, place_named
from loaders.reading.known import Mention, Register
from loaders.reading.lexicon import keys
from loaders.reading.places import Place, level_of_place
from loaders.reading.unit_joins import DISTRICT_COMMITTEES
from loaders.reading.unit_names import Unit
from loaders.reading.unit_places import focus_of
from loaders.registers.gazetteer import cut

_LISTS = (",", "và")
CAPITAL = "thành phố Hà Nội"


def find_home(found: Register, sentences: list[Sentence], mentions: list[Mention]) -> None:
    """The province, and the district, that the document names most."""
    named: Counter[str] = Counter()
    of_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        of_sentence.setdefault(mention[0].start, []).append(mention)
        place = mention[2].place
        if place:
            named[place] += 2
    for sentence in sentences:
        for item in sentence.items:
            if isinstance(item.value, Place):
                full = item.value.full
                named[full] += 2 if sentence.paragraph.role == TITLE else 1
                if full not in found.places:
                    basis = item.value.basis
                    found.places[full] = Evidence(sentence.paragraph.number, item.start, item.end, basis, 0.9, "place")
        for _, span, unit in of_sentence.get(sentence.start, ()):
            if unit.place and unit.place not in found.places:
                found.places[unit.place] = Evidence(sentence.paragraph.number, *span, "stated", 0.9, "place-of-unit")
            elif unit.kind in ("bao", "bao_dai", "truong") and unit.place is None:
                _place_in_name(found, named, unit, sentence, span)
    provinces = found.located.is_province
    found.home = _province_of_text(found, named, sentences)
    if found.home == CAPITAL and _is_of_the_centre(found, sentences, mentions):
        found.home, found.of_centre = None, True
    districts = Counter({p: n for p, n in named.items() if level_of_place(p) == "district" and not provinces(p)})
    of_district = any(unit.kind in DISTRICT_COMMITTEES for _, _, unit in mentions)
    told = of_district or (len(districts) == 1 and any(_says_district(unit) for _, _, unit in mentions))
    found.district = _most(districts) if districts.total() >= 2 or told else None
    communes = Counter({p: n for p, n in named.items() if level_of_place(p) == "commune"})
    title = " ".join(sentence.text() for sentence in sentences if sentence.paragraph.role == TITLE)
    titled = [place for place in communes if _named_in(title, [place])]
    found.commune = _most(communes) if communes.total() >= 2 else None
    if found.commune is None and len(titled) == 1 and len(titled[0].split()) > 2:
        found.commune = titled[0]  # Thuần Trung: Bộ máy mới sau ba tháng
    found.focus = focus_of(title, found.district, found.commune, found.home)
    if found.focus is None and found.district and _is_issued_by(found.district, mentions):
        found.focus = "district"
    found.of_province = found.focus is None and found.home in _provinces_of_title(found, sentences)
    found.located.several_districts = len(_named_in(title, districts)) > 1
    if found.located.several_districts:
        found.district = None


def _is_of_the_centre(found: Register, sentences: list[Sentence], mentions: list[Mention]) -> bool:
    """Whether a text names a ministry in its title, and the capital only as the place where something was held."""
    titled = {sentence.start for sentence in sentences if sentence.paragraph.role == TITLE}
    ministry = any(unit.kind == "bo" and sentence.start in titled for sentence, _, unit in mentions)
    own = any(unit.place == CAPITAL and not unit_kind(unit.kind).place_in_name for _, _, unit in mentions)
    return ministry and not own and not _provinces_of_title(found, sentences)


_HEAD = 4  # paragraphs


def _is_issued_by(district: str, mentions: list[Mention]) -> bool:
    """Whether the head of the document names a committee of the district (HUYỆN ỦY A), which issues it."""
    of_head = [unit for sentence, _, unit in mentions if sentence.paragraph.number <= _HEAD and unit.place == district]
    return any(unit.kind in DISTRICT_COMMITTEES or unit.kind == "ubnd" for unit in of_head)


def _named_in(title: str, places: Iterable[str]) -> set[str]:
    """The proper names of the places that stand in the title, also without their kind (Sơn Khê, Sơn Lâm sắp xếp các
    phòng); a district that became a town of its name counts once."""
    words = re.findall(r"\w+", key(title))
    names = {key(cut(place)[1]) for place in places}
    return {name for name in names if f" {name} " in f" {' '.join(words)} "}


def _province_of_text(found: Register, named: Counter[str], sentences: list[Sentence]) -> str | None:
    """The province named most, former ones counted for what they became part of; else the only one of the title."""
    counted: Counter[str] = Counter()
    for place, n in named.items():
        if found.located.is_province(place):
            now = found.located.atlas.on_day(place)
            counted[now if now in named else place] += n
    most = _most(counted)
    if len(_provinces_listed(found, sentences) & counted.keys()) > 1:
        return None
    of_title = _provinces_of_title(found, sentences) & counted.keys()
    return of_title.pop() if most is None and len(of_title) == 1 else most


def _provinces_listed(found: Register, sentences: list[Sentence]) -> set[str]:
    """The provinces that the title names in a list, each of which the text tells of for itself (Bệnh viện ở *An Sơn*,
    *Kim Sơn* mang tên mới); none where they are said to become one."""
    listed: set[str] = set()
    for sentence in sentences:
        items = sentence.items
        one_place = "v:merge" in sentence.symbols or "v:becoming P" in sentence.symbols
        if sentence.paragraph.role != TITLE or one_place:
            continue
        for one, mark, other in zip(items, items[1:], items[2:], strict=False):
            pair = [place_named(one), place_named(other)]
            if mark.symbol in _LISTS and all(place and found.located.is_province(place) for place in pair):
                listed |= {place for place in pair if place}
    return listed


def _provinces_of_title(found: Register, sentences: list[Sentence]) -> set[str]:
    lines = [sentence.items for sentence in sentences if sentence.paragraph.role == TITLE]
    items = [
        item
        for line in lines
        for item, following in zip_longest(line, line[1:])
        if following is None or following.symbol != "cũ"  # bí thư các phường ở khu vực Bình Dương cũ
    ]
    units = [item.meant() for item in items]
    named = {province_of_name(unit) for unit in units if isinstance(unit, Unit) and unit.kind in ("bao", "bao_dai")}
    return {place for place in {*map(place_named, items), *named} if place and found.located.is_province(place)}


def _says_district(unit: Unit) -> bool:
    """Whether the unit is called one of a district without its name (UBND huyện, Ban Tổ chức Huyện ủy)."""
    return unit.place is None and unit.level == "district"


def _place_in_name(found: Register, named: Counter[str], unit: Unit, sentence: Sentence, span: tuple[int, int]) -> None:
    full = province_of_name(unit)
    if full is not None:
        named[full] += 1
        evidence = Evidence(sentence.paragraph.number, *span, "deduced", 0.7, "place-in-name")
        found.places.setdefault(full, evidence)


def province_of_name(unit: Unit) -> str | None:
    """The province by whose name the unit's ends (Báo Vĩnh Phúc)."""
    folded = key(unit.name)
    for word, names in data("titles")["provinces"].items():
        for name in names:
            if folded.endswith(" " + key(name)):
                before = folded.removesuffix(" " + key(name)).split()[-1]
                of_person = unit.kind == "truong" and before in keys("surnames")  # Trường Nguyễn Thái Bình
                return None if of_person else f"{word} {name}"
    return None


def _most(named: Counter[str]) -> str | None:
    """The place that is named clearly more than all others."""
    ranked = named.most_common(2)
    if not ranked:
        return None
    if len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]:
        return None
    return ranked[0][0]
