"""Where the units of a document are: their level, place and the unit above, from what stands around them."""

from __future__ import annotations

from graph.text import key
from graph.vocabulary import unit_kind
from loaders.reading.evidence import Evidence
from loaders.reading.items import Sentence
from loaders.reading.known import Known, Register
from loaders.reading.lexicon import keys, name_parts
from loaders.reading.located import Located
from loaders.reading.places import LEVEL_OF, kind_word, level_of_place
from loaders.reading.unit_names import Unit
from loaders.reading.unit_writing import of_several_districts
from loaders.reading.words import split_words

PARTY_ORGANS = frozenset(
    ("ban_to_chuc", "ban_tuyen_giao", "ban_dan_van", "ban_tuyen_giao_dan_van", "ban_noi_chinh", "uy_ban_kiem_tra")
)


# units that lie in the district of the unit named before them (Bệnh viện huyện A nhập với … thành Trung tâm Y tế)
_OF_DISTRICTS = frozenset(
    ("trung_tam", "benh_vien", "truong", "dai_pttth", "bao_tang", "to_chuc_khac", "ban_quan_ly", "phong")
)


HAMLETS = frozenset(("thon", "to_dan_pho"))
# units that are called by a name of their own, or stand for a purpose, and are not in each district
_OF_NO_PLACE = frozenset(("doanh_nghiep", "truong", "ban_chi_dao", "to_kiem_tra"))
_OFFICES_OF_COMMUNES = ("văn phòng đảng ủy", "văn phòng hội đồng nhân dân", "văn phòng cấp ủy")
_OFFICES_OF_THE_CENTRE = ("văn phòng quốc hội", "văn phòng chính phủ", "văn phòng chủ tịch nước")
_LOCAL_SCHOOLS = ("mầm non ", "mẫu giáo ", "tiểu học ", "trung học cơ sở ")  # of districts and communes


def _divisions() -> frozenset[str]:
    return keys("district_divisions")


def is_piece_of_place(sentence: Sentence, at: int) -> bool:
    """Whether the hamlet at the offset stands in a list of what a place is made of: a place is named before it with
    "và" or a comma between, and the place that it lies in behind (phường A và các khu phố 1, 2 của phường B)."""
    items = sentence.items
    first = next((i for i, item in enumerate(items) if item.start == at), None)
    if first is None:
        return False
    before, after = first - 1, first + 1
    while before >= 0 and items[before].symbol in ("U", "K", ",", "và", "các", "cùng", "với"):
        before -= 1
    while after < len(items) and items[after].symbol in ("U", "K", ",", "và", "các", "#"):
        after += 1
    while before > 0 and items[before].symbol == ")":  # phường A (quận B cũ) và các khu phố 1, 2 của phường C
        before = max((i for i in range(before) if items[i].symbol == "("), default=0) - 1
    listed = 0 <= before < first - 1 and items[before].symbol == "P"
    behind = [item.symbol for item in items[after : after + 2]]
    return listed and behind in (["của", "P"], ["v:under", "P"], ["thuộc", "P"])


def focus_of(title: str, district: str | None, commune: str | None, home: str | None) -> str | None:
    """The level of the place that the title names, of those that the document is about. A name that a town shares with
    its province is the province's."""
    folded = f" {key(title)} "
    for place in (commune, district):
        if place and f" {key(place)} " in folded:
            return level_of_place(place)
    for place in (district, commune):  # the district before its chief town of the same name
        kind = kind_word(place or "")
        proper = key(place.removeprefix(kind)) if place else ""
        of_province = home is not None and proper == key(home.removeprefix(kind_word(home)))
        if len(proper.split()) > 1 and not of_province and f" {proper} " in folded:
            return LEVEL_OF[kind]
    return None


def may_be_of(unit: Unit, level: str, located: Located) -> bool:
    """Whether units of the name are in each district or commune, so that those of two places are two units."""
    about = unit_kind(unit.kind)
    if unit.kind in HAMLETS:
        return level == "commune"
    if unit.kind in _OF_NO_PLACE:
        return False
    if level == "district":
        return unit.level in (None, level) and level in about.levels
    return unit.level == level or (unit.level is None and level in about.levels and not located.has_districts)


def place_at(level: str, place: str | None, near: dict[str, str]) -> str | None:
    """The place of the level that a unit has, or that is named before it."""
    return (place if level_of_place(place) == level else None) if place else near.get(level)


def settle_places(found: Register) -> None:
    """Give units their level, place and parent where the text around them tells."""
    for known in found.units:
        if known.place in found.located.deduced and known.place not in found.places:
            known.place_basis = "deduced"
        above = found.find(known.parent) if known.parent else None
        if above is not None and above.kind in HAMLETS:
            known.parent = None  # đặt tại Trạm Khuyến nông, thuộc ấp A
        if known.parent == "Sở":
            above = next((u for u in found.units if u.kind == "so"), None)
            known.parent = above.name if above else None
        if known.level == "province" and key(known.name).endswith((" thành phố", "thành ủy")) and known.kind != "so":
            said = known.place or ""
            of_city = level_of_place(said) == "district" and not found.located.is_province(said)
            if of_city or (known.place is None and found.home and found.home.startswith("tỉnh ")):
                known.level = "district"  # of a city in the province
        if known.place is None and _is_of_the_centre(known):
            known.level = "central"
        if known.level is None:
            parent = found.find(known.parent) if known.parent else None
            known.level = (parent.level if parent else None) or _usual_level(found, known)
        if known.place is None and unit_kind(known.kind).levels != ("central",):
            place = place_of_level(found, known)
            if place is not None:
                known.place, known.place_basis = place, "deduced"
        if known.kind == "truong" and found.focus == "district" and _beside_commune(known):
            known.place, known.level, known.place_basis = found.district, "district", "deduced"  # it is the district's
        _name_parent(found, known)


def _beside_commune(known: Known) -> bool:
    """Whether a commune stands beside the name, not in it (Trường Tiểu học Kim Đồng, xã A; Trường Tiểu học xã A)."""
    place = known.place or ""
    return level_of_place(place) == "commune" and f" {key(place)}" not in key(known.name)


def place_of_level(found: Register, known: Known) -> str | None:
    """The place of a unit that names none: what its sentence names before it, or what the document is about."""
    if known.level is not None and known.near.get("several") == known.level:
        return None  # Tại huyện A và huyện B, Phòng Y tế …
    unit = known.near.get("unit")
    if known.level == "province":
        beside = unit if unit and found.home is None and found.located.is_province(unit) else None
        return known.near.get("province") or known.near.get("apart") or found.home or beside
    if known.level == "district":
        near = known.near.get("district") or found.district
        if near is None and unit and level_of_place(unit) == "district" and not found.located.is_province(unit):
            near = unit
        return near if near and _fits_district(known, near) else None
    if known.level == "hamlet":
        communes = [place for place in found.places if level_of_place(place) == "commune"]
        only = communes[0] if len(communes) == 1 else None
        return known.near.get("commune") or (found.commune if found.focus == "commune" else only)
    if known.level == "commune":
        near = known.near.get("commune") or (found.commune if found.focus == "commune" else None)
        return near if near and _fits_commune(known, near) else None
    return None


def _fits_district(known: Known, district: str) -> bool:
    """Whether a unit that says its kind of place (UBND quận, Thành ủy) can be in the district."""
    for committee, kind in (
        ("thành ủy", "thành phố "),
        ("huyện ủy", "huyện "),
        ("quận ủy", "quận "),
        ("thị ủy", "thị xã "),
    ):
        if key(known.name).endswith(committee):
            return district.startswith(kind)
    said = next(
        (word for word in ("huyện", "quận", "thị xã", "thành phố") if key(known.name).endswith(f" {word}")), None
    )
    return said is None or district.startswith(said + " ")


def _fits_commune(known: Known, commune: str) -> bool:
    """Whether a unit that says its kind of place (UBND thị trấn) can be in the commune."""
    said = next((word for word in _COMMUNE_WORDS if key(known.name).endswith(f" {word}")), None)
    return said is None or commune.startswith(f"{said} ") or said == "xã"


_COMMUNE_WORDS = ("xã", "phường", "thị trấn", "đặc khu")


def plain_post_unit(name: str, place: str | None) -> tuple[str, str | None]:
    """The unit of a post and its place as the register writes them: UBND TP, thành phố HCM; "Đảng ủy là" is cut, and
    so is what stands for a place but has no kind (UBND T.HCM)."""
    words = name.split()
    if words[-1] == "là" and len(words) > 2:
        words.pop()
    if words[-1] in ("TP", "Tp", "TX", "Tx"):
        words[-1] = "thành phố" if words[-1].upper() == "TP" else "thị xã"
    if place is not None and not kind_word(place):
        place = None
    return " ".join(words), "thành phố Hồ Chí Minh" if place == "thành phố HCM" else place


def place_by_council(known: Known, units: list[Known]) -> None:
    """A party committee that is named with a council of a commune is of that commune, whatever its kind (Bí thư
    Đảng ủy, Chủ tịch UBND thị trấn)."""
    said = next((word for word in _COMMUNE_WORDS if key(known.name) == f"đảng ủy {word}"), None)
    if said is None or known.place is not None:
        return
    beside = _councils_beside(known.mentions[0], units)
    if beside:
        known.place, known.level, known.place_basis = beside[0].place, "commune", "deduced"
        word = next((word for word in _COMMUNE_WORDS if str(known.place).startswith(f"{word} ")), said)
        known.name = f"Đảng ủy {word}"


def of_place_beside(fitting: list[Known], span: Evidence, units: list[Known]) -> list[Known]:
    """Those of the party committees that may be meant where a post stands beside one in a commune's council (Bí thư
    Đảng ủy, Chủ tịch HĐND phường A)."""
    committees = any(unit.kind == "dang_uy" and unit.level == "commune" for unit in fitting)
    places = _councils_beside(span, units) if committees else []
    if len({unit.place for unit in places}) != 1:
        return fitting
    return [unit for unit in fitting if unit.place in (None, places[0].place)]


def _councils_beside(span: Evidence, units: list[Known]) -> list[Known]:
    """The councils of communes that are named in the span."""
    return [
        unit
        for unit in units
        if unit.kind in ("hdnd", "ubnd", "mttq") and unit.level == "commune" and unit.place
        if any(span.start <= mention.start < span.end for mention in unit.mentions)
    ]


def leave_out_classes(found: Register) -> None:
    """ "UBND huyện" of a text that is about no one district is any of them, as is "Báo và Đài" of one about no one
    province, and "Trung tâm A" of a headline above those of several. "Trạm Tấu" is the huyện Trạm Tấu of the same
    text."""
    called = {key(place.removeprefix(kind_word(place))) for place in found.places if kind_word(place)}
    for known in list(found.units):
        councils = known.kind in ("ubnd", "hdnd") and known.level in ("district", "commune")
        no_place = (councils or known.kind == "bao_dai" or _heads_several(found, known)) and known.place is None
        if no_place or (known.kind not in HAMLETS and key(known.name) in called):
            found.units.remove(known)
            found.of_mention = {span: unit for span, unit in found.of_mention.items() if unit is not known}
            found.by_key = {name: [u for u in units if u is not known] for name, units in found.by_key.items()}


def _heads_several(found: Register, known: Known) -> bool:
    """Whether only words before all others name the unit, and units of its name in several places follow (Hai tỉnh
    thành lập *Trung tâm A*: Trung tâm A tỉnh B …, Trung tâm A tỉnh C …)."""
    others = [u for u in found.units if u is not known and u.place and key(u.name) == key(known.name)]
    if len({other.place for other in others}) < 2 or not known.mentions:
        return False
    return max(m.start for m in known.mentions) < min(m.start for other in others for m in other.mentions)


def _usual_level(found: Register, known: Known) -> str | None:
    levels = unit_kind(known.kind).levels
    if len(levels) == 1:
        return levels[0]
    if key(known.name).endswith("thành ủy") and found.home and found.home.startswith("tỉnh "):
        return "district"  # that of a city in the province
    if "commune" in known.near and key(known.name).startswith(_OFFICES_OF_COMMUNES) and "unit" not in known.near:
        return "commune"  # phường A hợp nhất Văn phòng Đảng ủy với Văn phòng HĐND - UBND
    near = known.near.get("district", "")
    if known.kind == "truong" and found.focus == "commune" and "body" in known.near and _is_in_each(known):
        return "commune"  # Trạm Y tế xã A nhận 4 trạm từ Trung tâm Y tế huyện B; Trường Mầm non C …
    if known.kind == "benh_vien" and near and near == known.near.get("body") and _is_called(known):
        return "province"  # Bệnh viện quận A được đổi tên thành Bệnh viện Kim Sơn: the place is left out of the name
    if near and "district" in levels and key(known.name).endswith(key(near.removeprefix(kind_word(near)))):
        return "district"  # Tại huyện Văn Chấn, Trạm Khuyến nông Văn Chấn
    unit = known.near.get("unit", "")
    beside = "province" if unit and found.located.is_province(unit) else level_of_place(unit) or ""
    offices = unit_kind(known.kind).vertical or known.kind == "phong"
    offices = offices or key(known.name).startswith("hạt kiểm lâm")
    if offices and of_several_districts(known.name) and "province" in levels:
        return "province"
    if known.kind == "benh_vien" and (" khu vực " in key(known.name) or beside == "province"):
        return "province"
    spoken = level_of_place(known.near.get("spoken", ""))
    if spoken in levels and _is_in_each(known):
        return spoken
    if known.near.get("several") in levels and key(known.name).removeprefix("phòng ") in _divisions():
        return known.near["several"]
    if _is_provincial(known) and "province" in levels:
        return "province"
    if known.kind in _OF_DISTRICTS and (beside == "district" or (beside == "province" and found.focus is None)):
        return beside if beside in levels else levels[0]
    if known.near.get("district") and "district" in levels and key(known.name).removeprefix("phòng ") in _divisions():
        return "district"
    above = key(known.name).endswith((" tỉnh", " thành phố", " huyện", " quận", " thị xã"))
    if "apart" in known.near and "district" not in known.near and "province" in levels:
        return "province"  # the text is about a district, the sentence about another province
    if found.focus in levels and not (found.focus == "commune" and above):
        return found.focus
    if any(u.kind in ("so", "tinh_uy") for u in found.units) and "province" in levels:
        return "province"
    titled = found.of_province and "province" in levels
    if found.district and "district" in levels and not (titled or _mostly_provincial(found)):
        return "district"
    placed = known.place is not None and found.located.is_province(known.place)
    of_province = found.home or known.near.get("province") or beside == "province" or placed
    return "province" if of_province and "province" in levels else levels[0]


def _is_of_the_centre(known: Known) -> bool:
    """Whether the name says that a unit is of no province (Đảng bộ Khối Doanh nghiệp Trung ương, Tòa án Quân sự Quân
    khu 4)."""
    folded = key(known.name)
    return folded.endswith(" trung ương") or folded in _OFFICES_OF_THE_CENTRE or " quân khu " in folded


def _is_called(known: Known) -> bool:
    """Whether a unit has a proper name of its own, two words at its end that are no parts of names (Bệnh viện Đa khoa
    *Kim Sơn*, not Bệnh viện *Đa khoa*)."""
    words = split_words(known.name)
    last = words[-2:]
    parts = [name_parts().match(words, at) for at in range(1, len(words))]
    known_part = any(part is not None and part[1] == len(words) for part in parts)
    return len(words) > 3 and all(word.shown[:1].isupper() for word in last) and not known_part


def _is_in_each(known: Known) -> bool:
    """Whether a unit named where the text speaks of a district or commune is likely its own."""
    if known.kind == "truong":
        return key(known.name).removeprefix("trường ").startswith(_LOCAL_SCHOOLS)
    return not _is_provincial(known) and known.kind not in _OF_NO_PLACE


def _is_provincial(known: Known) -> bool:
    """Whether only provinces have units of the name."""
    folded = key(known.name)
    return folded.startswith(("cục ", "bộ chỉ huy")) or any(f" {name}" in folded for name in keys("provincial_units"))


def _mostly_provincial(found: Register) -> bool:
    """Whether the text names units of the province more often than those of a district."""
    named = {"province": 0, "district": 0}
    for unit in found.units:
        if unit.level in named and unit.place_basis == "stated":
            named[unit.level] += len(unit.mentions)
    return found.home is not None and named["province"] > named["district"]


def _named_first(above: Known, known: Known) -> bool:
    """Whether a unit is named before, or with, the one that may belong to it."""
    if not above.mentions or not known.mentions:
        return True
    return min(m.start for m in above.mentions) <= max(m.start for m in known.mentions)


def _name_parent(found: Register, known: Known) -> None:
    """A division or a centre of a text about one department belongs to it."""
    if known.parent is not None:
        parent = found.find(known.parent)
        known.parent = parent.name if parent is not None and parent is not known else None
        return
    departments = [u for u in found.units if u.kind == "so" and not key(u.name).startswith("ti ")]  # no Ty of old
    if key(known.name).removeprefix("phòng ") in _divisions():
        return  # those of a district are guided by departments, not part of them
    if (
        known.kind in ("thanh_tra_so", "phong", "chi_cuc", "van_phong")
        and known.level == "province"
        and len(departments) == 1
        and _named_first(departments[0], known)
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
