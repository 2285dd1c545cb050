"""Where the units of a document are: their level, place and the unit above, from what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import key
from graph.vocabulary import unit_kind
from loaders.reading.lexicon import keys
from loaders.reading.places import LEVEL_OF, Place
from loaders.reading.scan import PostAt, Sentence
from loaders.reading.unit_names import Unit

if TYPE_CHECKING:
    from loaders.reading.register import Known, Register

PARTY_ORGANS = frozenset(
    ("ban_to_chuc", "ban_tuyen_giao", "ban_dan_van", "ban_tuyen_giao_dan_van", "ban_noi_chinh", "uy_ban_kiem_tra")
)


def _divisions() -> frozenset[str]:
    return keys("district_divisions")


def level_of_place(place: str) -> str | None:
    """The level of a full place name by the word for its kind."""
    return next((LEVEL_OF[w] for w in sorted(LEVEL_OF, key=len, reverse=True) if place.startswith(f"{w} ")), None)


def places_before(sentence: Sentence, at: int) -> dict[str, str]:
    """The district and the commune that the sentence names last before the offset, each unless it is one of a list."""
    near: dict[str, str] = {}
    last: str | None = None
    for item in sentence.items:
        if item.start >= at:
            break
        value = item.value
        unit = value.unit if isinstance(value, PostAt) else value
        place = unit.full if isinstance(unit, Place) else unit.place if isinstance(unit, Unit) else None
        if place is None:
            last = last if item.symbol in (",", "và") else None
            continue
        level = level_of_place(place)
        if level in ("district", "commune"):
            if last == level:
                near.pop(level, None)
            else:
                near[level] = place
        last = level
    return near


def focus_of(title: str, district: str | None, commune: str | None) -> str | None:
    """The level of the place that the title names, of those that the document is about."""
    folded = f" {key(title)} "
    for place in (commune, district):
        if place and f" {key(place)} " in folded:
            return level_of_place(place)
    for place in (commune, district):
        proper = key(place).split(" ", 1)[1] if place else ""
        if place and len(proper.split()) > 1 and f" {proper.removeprefix('xã ')} " in folded:
            return level_of_place(place)
    return None


def settle_places(found: Register) -> None:
    """Give units their level, place and parent where the text around them tells."""
    for known in found.units:
        if known.place in found.located.deduced and known.place not in found.places:
            known.place_basis = "deduced"
        if known.parent == "Sở":
            above = next((u for u in found.units if u.kind == "so"), None)
            known.parent = above.name if above else None
        if known.level is None:
            parent = found.find(known.parent) if known.parent else None
            known.level = (parent.level if parent else None) or _usual_level(found, known)
        if known.place is None and unit_kind(known.kind).levels != ("central",):
            place = _place_of_level(found, known)
            if place is not None:
                known.place, known.place_basis = place, "deduced"
        _name_parent(found, known)


def _place_of_level(found: Register, known: Known) -> str | None:
    """The place of a unit that names none: what its sentence names before it, or what the document is about."""
    if known.level == "province":
        return found.home
    if known.level == "district":
        near = known.near.get("district") or found.district
        return near if near and _fits_district(known, near) else None
    if known.level == "commune":
        return known.near.get("commune") or (found.commune if found.focus == "commune" else None)
    return None


def _fits_district(known: Known, district: str) -> bool:
    """Whether a unit that says its kind of place (UBND quận) can be in the district."""
    said = next(
        (word for word in ("huyện", "quận", "thị xã", "thành phố") if key(known.name).endswith(f" {word}")), None
    )
    return said is None or district.startswith(said + " ")


def leave_out_classes(found: Register) -> None:
    """ "UBND huyện" of a text that is about no one district is any of them."""
    for known in list(found.units):
        if known.kind in ("ubnd", "hdnd") and known.place is None and known.level in ("district", "commune"):
            found.units.remove(known)
            found.of_mention = {span: unit for span, unit in found.of_mention.items() if unit is not known}
            found.by_key = {name: [u for u in units if u is not known] for name, units in found.by_key.items()}


def _usual_level(found: Register, known: Known) -> str | None:
    levels = unit_kind(known.kind).levels
    if len(levels) == 1:
        return levels[0]
    if known.near.get("district") and "district" in levels and key(known.name).removeprefix("phòng ") in _divisions():
        return "district"
    above = key(known.name).endswith((" tỉnh", " thành phố", " huyện", " quận", " thị xã"))
    if found.focus in levels and not (found.focus == "commune" and above):
        return found.focus
    if any(u.kind in ("so", "tinh_uy") for u in found.units) and "province" in levels:
        return "province"
    if found.district and "district" in levels:
        return "district"
    return "province" if found.home and "province" in levels else levels[0]


def _name_parent(found: Register, known: Known) -> None:
    """A division or a centre of a text about one department belongs to it."""
    if known.parent is not None:
        parent = found.find(known.parent)
        known.parent = parent.name if parent is not None and parent is not known else None
        return
    departments = [u for u in found.units if u.kind == "so"]
    if key(known.name).removeprefix("phòng ") in _divisions():
        return  # those of a district are guided by departments, not part of them
    if (
        known.kind in ("thanh_tra_so", "phong", "chi_cuc", "van_phong")
        and known.level == "province"
        and len(departments) == 1
    ):
        known.parent = departments[0].name
    elif known.kind in ("ban_thuong_vu", "thuong_truc_cap_uy") or known.kind in PARTY_ORGANS | {"van_phong_cap_uy"}:
        folded = key(known.name)
        above = [
            u
            for u in found.units
            if u.kind in ("tinh_uy", "huyen_uy", "thi_uy", "thanh_uy") and folded.endswith(key(u.name))
        ]
        above = [u for u in above if u.place == known.place]
        known.parent = above[0].name if len(above) == 1 else None
