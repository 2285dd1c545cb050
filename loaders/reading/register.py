"""The units of a document: its mentions joined into units, short forms and ellipses resolved.

A name alone joins mentions only within one document. The place of a unit is stated where it stands
beside the name, deduced where the document names one province only, and open otherwise.
"""

from __future__ import annotations

from dataclasses import replace

from graph.text import fold, key
from graph.vocabulary import unit_kind
from loaders.reading.atlas import Atlas
from loaders.reading.evidence import Evidence
from loaders.reading.home import CAPITAL, find_home, province_of_name
from loaders.reading.items import Sentence
from loaders.reading.known import Known, Register, other_level, unit_key
from loaders.reading.lexicon import keys
from loaders.reading.located import Located, read_within, settle
from loaders.reading.places import kind_word
from loaders.reading.spoken import (
    commune_behind,
    deciding_province,
    districts_spoken_of,
    note_communes,
    note_spoken,
    places_before,
)
from loaders.reading.unit_joins import (
    introduced,
    join_named_after_home,
    join_named_by_level,
    join_party_organs,
    join_spelled_alike,
    short_forms,
)
from loaders.reading.unit_mentions import in_brackets, is_listed_paper, is_venue, mentions_in
from loaders.reading.unit_names import Unit
from loaders.reading.unit_places import (
    HAMLETS,
    is_piece_of_place,
    leave_out_classes,
    may_be_of,
    place_at,
    settle_places,
)

# organs of the centre, which documents cite without saying anything of them
_CENTRAL = frozenset(("chinh_phu", "quoc_hoi", "bo_chinh_tri", "ban_bi_thu", "bch_trung_uong", "uy_ban_tvqh"))


def register(sentences: list[Sentence], atlas: Atlas | None = None) -> Register:
    """The units of all sentences; in the order in which they are first named. The map tells places of one name."""
    found = Register(located=Located(atlas or Atlas()))
    mentions = [each for sentence in sentences for each in mentions_in(sentence)]
    find_home(found, sentences, mentions)
    found.located.within = read_within(sentences)
    found.home = found.located.find_home(found.places, found.home)
    found.located.note_places(found.places)
    settle(sentences, found.located)
    note_spoken(sentences, found.located)
    note_communes(sentences, found.located)
    if found.focus != "district" and len(districts_spoken_of(found.located) - {found.district}) > 1:
        found.district = None
    mentions = [each for sentence in sentences for each in mentions_in(sentence)]
    for sentence, span, unit in mentions:
        if in_brackets(sentence, span) or (unit.kind in HAMLETS and is_piece_of_place(sentence, span[0])):
            continue
        called = introduced(found, sentence, span, unit)
        if called is not None:
            called.mentions.append(Evidence(sentence.paragraph.number, *span, "deduced", 0.85, "short-form"))
            called.aliases |= {unit.name} - {called.name}
            found.of_mention[span] = called
            found.introduced.setdefault(key(unit.name), called)
        elif unit.basis != "short" and unit.name != "Sở" and key(unit.name) not in keys("bare_names"):
            known = _join(found, sentence, span, unit)
            known.venues += is_venue(sentence, span[0], unit)
            known.used = known.used or (unit.kind == "bao" and is_listed_paper(sentence, span[0]))
            if span in found.located.written:
                found.by_key.setdefault(key(found.located.written[span]), []).append(found.of_mention[span])
    join_party_organs(found)
    join_named_after_home(found)
    join_named_by_level(found)
    short_forms(found, mentions)
    settle_places(found)
    join_spelled_alike(found, [sentence.start for sentence in sentences])
    leave_out_classes(found)
    return found


def without_home(found: Register, unit: Unit) -> Unit:
    """The unit without the name of the document's place at its end (Sở Y tế Bình Sơn)."""
    if unit.place is not None or unit_kind(unit.kind).place_in_name:
        return unit
    for place in (found.home, found.district):
        name = place.removeprefix(kind_word(place)).strip() if place else ""
        ends = key(unit.name).endswith(f" {key(name)}") if name else False
        if place and ends and len(unit.name) > len(name) + 4:
            short = unit.name[: -len(name) - 1]
            if key(short).endswith("khu vực"):
                return unit if place == found.district else replace(unit, place=place)
            return replace(unit, name=unit.name if short.endswith("-") else short, place=place)  # khu vực 3 - Lạng Sơn
    return unit


def _in_own_province(unit: Unit) -> Unit:
    """A newspaper or broadcaster that is called after its province is in it."""
    own = province_of_name(unit) if unit.place is None and unit.kind in ("bao", "bao_dai") else None
    return replace(unit, place=own) if own else unit


def _of_home_city(found: Register, unit: Unit, sentence: Sentence, span: tuple[int, int]) -> Unit:
    """ "UBND TP" of a text about a centrally run city is that city's, not that of a city in it."""
    of_city = unit.place is None and key(canonical(unit)).endswith((" thành phố", "thành ủy"))
    city = (_spoken_province(found, sentence, span[0]) or found.home) if of_city else None
    if city is None or not city.startswith("thành phố "):
        return unit
    near = places_before(sentence, span[0], found.located).get("district", city)
    return unit if near != city and near.startswith("thành phố ") else replace(unit, place=city)


def _join(found: Register, sentence: Sentence, span: tuple[int, int], unit: Unit) -> Known:
    """Add the mention to the unit that it names."""
    own = unit if span in found.located.whole else without_home(found, unit)
    unit = _of_home_city(found, _in_own_province(own), sentence, span)
    name = canonical(unit)
    folded = unit_key(name)
    basis = "deduced" if unit.basis == "deduced" else "stated"
    evidence = Evidence(sentence.paragraph.number, *span, basis, 0.85 if basis == "deduced" else 0.95, "unit-name")
    near = _near(found, sentence, span, unit)
    of = _spoken_province(found, sentence, span[0])
    for known in found.by_key.get(folded, []):
        if other_level(name, known.name):
            continue
        if _elsewhere(found, known, unit, of, near):
            continue
        if unit.place is None or known.place is None or known.place == unit.place:
            known.mentions.append(evidence)
            known.place = known.place or unit.place
            known.parent = known.parent or unit.parent
            known.level = known.level or unit.level
            if basis == "stated":
                known.basis = "stated"
            if key(name) == key(known.name) and _capitals(name) > _capitals(known.name):
                known.name = name
            if fold(name) != fold(known.name) and key(name) == key(known.name):
                known.aliases.add(name)
            if key(name) != key(known.name) and len(name) > len(known.name):
                known.name = name
            found.of_mention[span] = known
            return known
    if of is not None and unit.place is None:
        near |= {"province": of} if of != found.home else {}
        near |= {"apart": of} if _is_apart(found, of) else {}
    known = Known(name, unit.kind, unit.level, unit.place, "stated", unit.parent, [evidence], basis=basis, near=near)
    if unit.kind == "bch_trung_uong":
        known.aliases |= {unit.name} - {name}
    found.units.append(known)
    found.by_key.setdefault(folded, []).append(known)
    found.of_mention[span] = known
    return known


def _is_apart(found: Register, province: str) -> bool:
    """Whether the district that the document is about lies in another province: as the text or the map has it, else as
    the text spoke of a province where it named the district first."""
    if found.district is None:
        return False
    above, said_by = found.located.above(found.district)
    if said_by == "home" and found.district in found.places:
        named = found.places[found.district].start
        spoken = [(start, near["earlier"]) for start, near in found.located.spoken.items() if "earlier" in near]
        before = [place for start, place in spoken if start <= named]
        above = before[-1] if before else spoken[0][1] if spoken else above
    return above != province


def _elsewhere(found: Register, known: Known, unit: Unit, spoken: str | None, near: dict[str, str]) -> bool:
    """Whether a unit is another place's: the text speaks of another province where it is named (Tại Lào Cai, Sở Y tế
    …), or names another district or commune before it (Tại huyện A, Đài Truyền thanh …; Huyện ủy B)."""
    levels = unit_kind(unit.kind).levels
    of_province = levels == ("province",) or unit.level == "province"
    within = any(level in places for level in ("district", "commune") for places in (near, known.near))
    if of_province or ("province" in levels and unit.level is None and known.place is None and not within):
        head = unit.place or spoken
        said = known.place or known.near.get("province")
        if head is None and found.home is None:
            return False  # nothing tells of which of several provinces
        return (head or found.home) != (said or found.home) and (head is not None or said is not None)
    for level in ("district", "commune"):
        if may_be_of(unit, level, found.located):
            usual = found.district if level == found.focus == "district" else None
            here = place_at(level, unit.place, near) or usual
            there = place_at(level, known.place, known.near) or usual
            if here is not None and there is not None and here != there:
                return True
    return False


def _near(found: Register, sentence: Sentence, span: tuple[int, int], unit: Unit) -> dict[str, str]:
    """The district and commune named before a unit that names no place; none where it is said to be of the province."""
    first = sentence.paragraph.start
    written = key(sentence.paragraph.text[span[0] - first : span[1] - first])
    of_city = written.endswith(" thành phố") and found.home is not None and found.home.startswith("thành phố ")
    if unit.place is not None or written.endswith(" tỉnh") or of_city:
        return {}
    near = places_before(sentence, span[0], found.located)
    if unit.kind in HAMLETS and "commune" not in near and sentence.start in found.located.told_communes:
        near = {**near, "commune": found.located.told_communes[sentence.start]}
    ahead = commune_behind(sentence, span[0]) if unit.kind in HAMLETS and "commune" not in near else None
    return near | ({"commune": ahead} if ahead else {})


def _spoken_province(found: Register, sentence: Sentence, at: int) -> str | None:
    """The province of which the text speaks where it names something: the one that decides in the sentence, or with
    which it begins; in a text about several, else that of which the sentences before it spoke."""
    spoken = found.located.spoken.get(sentence.start, {})
    decides = deciding_province(sentence, found.located, at)
    said = decides or spoken.get("province") or (spoken.get("earlier") if found.home is None else None)
    return None if found.of_centre and said == CAPITAL else said


def _capitals(name: str) -> int:
    return sum(word[:1].isupper() for word in name.split())


def canonical(unit: Unit) -> str:
    """The name under which a unit is kept: bodies written out, committees with a capital."""
    name = unit.name
    if unit.kind == "ban_thuong_vu" and key(name).startswith("thường vụ"):
        name = f"Ban {name}"
    if unit.kind == "uy_ban_tvqh":
        return "Ủy ban Thường vụ Quốc hội"
    if unit.kind == "bch_trung_uong":
        return "Ban Chấp hành Trung ương Đảng"
    words = name.split()
    if words[0].isupper() and len(words[0]) > 1 and not all(word.isupper() for word in words):
        words[0] = words[0].capitalize()
    for at in range(len(words) - 1):
        if key(words[at]) in ("tỉnh", "huyện", "thị", "thành", "quận") and key(words[at + 1]) == "ủy":
            words[at], words[at + 1] = words[at].capitalize(), "ủy"
    if len(words) > 1 and words[-1] in ("Tỉnh", "Huyện", "Quận", "Phường", "Xã"):
        words[-1] = words[-1].lower()
    return " ".join(words)


def is_cited_only(known: Known) -> bool:
    """Whether a unit takes part in nothing and is only named: an organ of the centre, the paper of the text, the hall
    in which something was held."""
    venue = 0 < len(known.mentions) == known.venues
    return (known.kind in _CENTRAL or known.kind == "bao" or venue) and not known.used
