"""Units as a text names them: a head that says the kind, a name, the unit above, a place.

    unit = head [ name ] [ the unit above ] [ level word | place ]

Heads are the prefixes of graph's unit_kinds. A name ends at a mark, at a place, at the head of the
next unit, or before a word that names do not go on with (words.yaml, `stops`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.text import key
from graph.vocabulary import level_of, unit_kind
from loaders.reading.bare_schools import with_head
from loaders.reading.joint_offices import joint_office, office_of_councils
from loaders.reading.lexicon import keys, known_names, listed, name_parts, phrases, provinces
from loaders.reading.measures import count_noun
from loaders.reading.member_schools import university_of
from loaders.reading.name_ends import known_tail, name_end, of_centre_or_army
from loaders.reading.name_numbers import numbered
from loaders.reading.places import (
    LEVEL_OF,
    end_in_capitals,
    is_person_of,
    level_word,
    place_end,
    proper_end,
    proper_name,
    read_place,
    shown,
    without_number,
)
from loaders.reading.unit_classes import is_counted, is_level, is_named, opens_places, small_class, small_of_place
from loaders.reading.unit_heads import (
    after_class,
    begins_unit,
    generic_length,
    is_no_unit,
    is_proper,
    other_head,
    place_of_head,
    small_called,
    unit_head,
)
from loaders.reading.unit_writing import level_in, unit_name, written_name
from loaders.reading.words import Word

# kinds whose whole name a text may write small, since there is one of them in a province
_ONE_EACH = frozenset(("tinh_uy", "quoc_hoi", "chinh_phu", "bo_chinh_tri", "ban_bi_thu", "bch_trung_uong"))
# kinds whose name goes on with the unit that they are part of
_NAMED_AFTER_PARENT = frozenset(
    (
        *("van_phong", "thanh_tra_so", "chi_bo", "dang_uy", "dang_doan", "cong_doan_co_so", "cong_doan"),
        *("ban_chap_hanh", "ban_can_su_dang", "ban_thuong_vu", "thuong_truc_cap_uy", "thuong_truc_hdnd"),
        *("ban_hdnd", "doan_tn", "hoi_phu_nu", "hoi_ccb"),
    )
)
_TOLD_BY_NUMBER = frozenset(("tram_y_te", "truong"))  # Trạm Y tế thị trấn Tân An 2
_NEEDS_PLACE = frozenset(("cong_thong_tin", "bao_hiem_xa_hoi"))
_COMMITTEES = {"tỉnh": "tỉnh", "huyện": "huyện", "quận": "quận", "thị": "thị xã", "thành": "thành phố", "đảng": "xã"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as named at one place. `name` is written out and has no place; `group`: a class of units
    (các sở, ngành), not a unit. `basis`: deduced where the head stands at another unit of a list."""

    name: str
    kind: str
    level: str | None
    place: str | None
    start: int
    end: int
    parent: str | None = None
    group: bool = False
    basis: str = "stated"
    head: str = ""
    raw: str = ""


def read_unit(words: Sequence[Word], at: int) -> tuple[Unit, int] | None:
    """The unit or class of units that is named at the word, and the index after it; None if there is none."""
    if words[at].part or is_no_unit(words, at, across=",") or _in_a_word(words, at):
        return None
    if words[at].capital and provinces().match(words, at):
        return None  # Sóc Trăng is no hamlet
    other = _heads_list(words, at) or _small_known(words, at) or small_called(words, at)
    found = unit_head(words, at) or (other_head(words, at) if other else None)
    if found is None:
        return _bare_school(words, at)
    kind, after = found
    about = unit_kind(kind)
    head = words[at].key if after - at == 1 else " ".join(word.key for word in words[at:after])
    of_level = place_of_head(words, at, after)
    if of_level is not None:
        return _made(words, at, after, kind, of_level[0].full, None, of_level[1], head)
    if about.whole_name:
        return _whole_name(words, at, after, kind)
    bodies = joint_office(words, at)
    if bodies is not None:
        place, beyond, end = place_after(words, bodies, "vp_hdnd_ubnd")
        return _made(words, at, end, "van_phong_cap_uy", place, None, beyond, head)
    said = generic_length(words, at)
    generic = after - at <= said
    end = name_end(words, after, head) if generic else known_tail(words, at, after, said)
    if generic and about.system == "party" and office_of_councils(words, after):
        end = after  # what is named behind is one office, "và" included
    end = numbered(words, end) if head in keys("numbered_heads") else end
    end = of_centre_or_army(words, at, end)
    if end > after and words[after].key.isdigit() and head not in keys("numbered_heads") and after + 1 < len(words):
        counted = not words[after + 1].gap and count_noun(words, after + 1)
        end = after if counted else end  # Sở 45 biên chế
    member = university_of(words, at, after, end, head) if end > after else None
    if member is not None:
        return _made(words, at, member[1], kind, None, member[0], member[1], head)
    end = _with_bodies(words, after, end) if generic else end
    inner = None if end >= len(words) or words[end].gap else _unit_above(words, end)
    if inner is None and kind == "chi_bo" and end == after:
        inner = _hamlet(words, end)
    if inner is not None and generic and end == after and after_class(words, at):
        return _group(words, at, after, kind)  # các Ban Hội đồng nhân dân
    if inner is not None and not inner[0].group:
        parent, place = inner[0].name, inner[0].place
        of_another = head.startswith(("hạt", "cơ sở"))  # Hạt Kiểm lâm Vườn quốc gia A, Cơ sở 2 Bệnh viện A
        if kind in _NAMED_AFTER_PARENT or about.system == "party" or of_another or (generic and end == after):
            end = _in_name(end, inner)
        return _made(words, at, end, kind, place, parent, inner[1], head)
    placed = about.level_in_name and after < len(words) and not words[after].gap and level_word(words, after)
    shares = (kind == "dang_uy" and generic) or kind == "mttq"
    if shares and end == after and not placed and (shared := _shared_level(words, after))[0]:
        return _of_pair(f"{shown(words, at, after)} {shared[0]}", kind, shared[1], words, at, after), after
    if generic and end == after and not placed:
        return _short_or_group(words, at, after, kind, head)
    if generic and end > after and words[at].capital and small_class(words, at, after, end):
        return _group(words, at, end, kind)
    if kind == "dang_uy_khoi" and end == after and after_class(words, at):
        return _group(words, at, after, kind)  # hai Đảng bộ Khối
    if (
        not generic
        and end == after
        and (not is_named(words, at, after) or (about.vertical and is_counted(words, at, after)))
    ):
        return _group(words, at, after, kind)
    if kind == "truong" and is_level(words, at, after, end):
        return _group(words, at, end, kind)  # trường THCS trên địa bàn
    named_end = end
    place, beyond, end = place_after(words, end, kind)
    if about.place_in_name and end == beyond > named_end:
        end = beyond = numbered(words, end)  # Trường Tiểu học xã A số 2
    if kind in _NEEDS_PLACE and place is None and beyond == named_end == after:
        return None  # a web site, the insurance itself
    return _made(words, at, end, kind, place, None, beyond, head)


def _with_bodies(words: Sequence[Word], at: int, end: int) -> int:
    """The index after the bodies that an office serves beside the Front (Cơ quan MTTQ *và các đoàn thể*)."""
    front = unit_head(words, at) if at < len(words) and not words[at].gap else None
    if front is None or front[0] != "mttq" or end > front[1]:
        return end
    bodies = phrases("mass_bodies").match(words, front[1], across=",-–")
    return bodies[1] if bodies is not None and not words[front[1]].gap else end


def _bare_school(words: Sequence[Word], at: int) -> tuple[Unit, int] | None:
    """The school that is named by its level at the word; universities keep their name without "Trường"."""
    named = with_head(words, at)
    found = read_unit(named, 0) if named else None
    if named is None or found is None or found[0].group:
        return None
    unit = found[0]
    name = unit.name.removeprefix("Trường ") if named[1].key == "đại" else unit.name
    after = next((i for i in range(at, len(words)) if words[i].start >= unit.end), len(words))
    return replace(unit, name=name), after


def _in_a_word(words: Sequence[Word], at: int) -> bool:
    """Whether a small word is the second half of a compound (nhiệm *vụ*, cơ *sở*), or not a unit when small."""
    word = words[at]
    small = not word.capital or word.shown.islower()  # small, or in a line in capitals
    whole = at > 0 and not word.gap and f"{words[at - 1].key} {word.key}" in keys("compounds")
    if whole and (small or words[at - 1].capital):  # cơ sở, nhiệm vụ; Bách Khoa
        return True
    if word.capital or _heads_list(words, at) or small_called(words, at) or small_of_place(words, at):
        return False
    if word.key == "cơ" and (named_whole := unit_head(words, at)) and named_whole[1] - at > 4:
        return False  # cơ quan tham mưu, giúp việc chung khối Mặt trận
    if word.key in listed("capital_heads") or word.key in ("tổ", "khối", "khoa", "nhà", "cơ"):
        following = words[at + 1] if at + 1 < len(words) else None
        if following and following.key in ("dân", "phố") and word.key in ("tổ", "khối"):
            return False
        name_follows = following is not None and not following.gap and (following.capital or following.key.isdigit())
        if word.key in ("xóm", "làng", "bon", "sóc", "khoa") and name_follows:
            return False
        if word.key == "bản" and proper_end(words, at + 1) - at > 2 and following and not following.gap:
            return phrases("document_words").match(words, at + 1) is not None  # bản Nậm Khê, no bản Kế hoạch
        if word.key not in ("báo", "trường", "hội", "đài") or following is None or following.gap:
            return True
        part = name_parts().match(words, at + 1) if word.key == "trường" else None
        end = part[1] if part is not None else len(words)
        named = end < len(words) and not words[end].gap
        proper = named and (words[end].capital or (level_word(words, end) and read_place(words, end)))
        return not (following.capital or proper)  # trường mầm non Hoa Mai, trường mầm non xã A
    return False


def _small_known(words: Sequence[Word], at: int) -> bool:
    """Whether a small head that has no kind in graph's data stands before a name that is known for it (trạm thú y)."""
    head = words[at].key
    return head in keys("small_heads") and known_names(head).match(words, at + 1, across="-–") is not None


def _heads_list(words: Sequence[Word], at: int) -> bool:
    """Whether a small head stands before a colon and names (các trường: Tiểu học A; 4 tổ chuyên môn: Hành chính)."""
    if words[at].key not in keys("listed_heads") or not after_class(words, at):
        return False
    for following in words[at + 1 : at + 5]:
        if following.gap:
            return following.gap == ":" and following.capital
    return False


def _unit_above(words: Sequence[Word], at: int) -> tuple[Unit, int] | None:
    """The unit that is named right behind another ("Thanh tra *Sở Y tế*"), if the kinds fit."""
    if not words[at].capital and not (
        (words[at].key in ("tỉnh", "huyện", "thị", "thành", "quận") and unit_head(words, at))
        or (words[at].key == "trường" and begins_unit(words, at))
    ):
        return None
    if words[at].key == "đảng" and at + 1 < len(words) and words[at + 1].key == "ủy" and _ends_name(words, at + 2):
        if at + 2 < len(words) and (level_word(words, at + 2) or words[at + 2].key == "khối"):
            return read_unit(words, at)
        return Unit("Đảng ủy", "dang_uy", None, None, words[at].start, words[at + 1].end, raw="Đảng ủy"), at + 2
    if words[at].key == "sở" and _ends_name(words, at + 1):
        return Unit("Sở", "so", "province", None, words[at].start, words[at].end, raw="Sở"), at + 1
    return read_unit(words, at)


def _hamlet(words: Sequence[Word], at: int) -> tuple[Unit, int] | None:
    """The hamlet by which a party cell is called (Chi bộ *thôn Đồng Mít*)."""
    found = None if at >= len(words) or words[at].gap else read_unit(words, at)
    return found if found is not None and found[0].kind in ("thon", "to_dan_pho") and not found[0].group else None


def read_name(words: Sequence[Word], at: int, head: str) -> int:
    """The index after the name that begins at the word, for a unit whose head ("phòng") stands elsewhere."""
    return name_end(words, at, head)


def named(words: Sequence[Word], at: int, end: int, head: str, kind: str) -> Unit:
    """A unit of a list: the head stands at another unit."""
    name = written_name(words, at, end, head)
    level = level_of(f"{head} {name}")
    full = f"{head[:1].upper()}{head[1:]} {name}"
    span = (words[at].start, words[end - 1].end)
    return Unit(full, kind, level, None, *span, basis="deduced", head=head)


def _ends_name(words: Sequence[Word], at: int) -> bool:
    """Whether no name begins at the word."""
    return at >= len(words) or bool(words[at].gap) or not words[at].capital


def _short_or_group(words: Sequence[Word], at: int, after: int, kind: str, head: str) -> tuple[Unit, int] | None:
    """A head without a name: a class of units, or a short form (Sở); a common word is neither."""
    if (at and after_class(words, at)) or (unit_kind(kind).system == "party" and opens_places(words, after)):
        return _group(words, at, after, kind)
    single = words[at].capital and head in keys("single_heads")
    if single and at > 0 and not words[at].part and (words[at].gap or words[at - 1].shown[:1].islower()):
        return _made(words, at, after, kind, None, None, after, head)
    if words[at].capital and head in keys("short_heads") and (at > 0 or not words[at].short):
        span = (words[at].start, words[after - 1].end)
        return Unit(shown(words, at, after), kind, None, None, *span, group=False, head=head, basis="short"), after
    return None


def _group(words: Sequence[Word], at: int, after: int, kind: str) -> tuple[Unit, int] | None:
    span = (words[at].start, words[after - 1].end)
    head = " ".join(word.key for word in words[at:after])
    return Unit(shown(words, at, after), kind, None, None, *span, group=True, head=head), after


def _whole_name(words: Sequence[Word], at: int, after: int, kind: str) -> tuple[Unit, int] | None:
    """A committee or council: a level word or a place follows its name, or nothing."""
    place, beyond, end = place_after(words, after, kind)
    about = unit_kind(kind)
    if beyond < len(words) and not words[beyond].gap and end == after and not place:
        following = words[beyond].key
        if following in ("cấp", "các", "những", "hai") or phrases("class_after").match(words, beyond):
            return _group(words, at, after, kind)
    alone = place is None and end == after
    if alone and kind in ("ubnd", "hdnd"):
        level, place = _shared_level(words, after)
        if level:
            name = f"{shown(words, at, after)} {level}"
            return _of_pair(name, kind, place, words, at, after), after
    if kind in ("ubnd", "hdnd"):
        several = beyond < len(words) and words[beyond].gap == "," and level_word(words, beyond) is not None
        after_class = at > 0 and words[at - 1].key in keys("class_words")
        if alone or (place is None and words[after].key != "tỉnh" and (several or after_class)):
            return _group(words, at, max(end, after), kind)
    elif alone and (kind not in _ONE_EACH or (at > 0 and words[at - 1].key == "các")):  # các tỉnh ủy
        if not words[at].capital or (at and words[at - 1].key in keys("class_words")):
            return _group(words, at, after, kind)
    elif about.levels == ("central",) and not words[at].capital and kind != "quoc_hoi":
        return None
    return _made(words, at, end, kind, place, None, beyond, "")


def _shared_level(words: Sequence[Word], at: int) -> tuple[str | None, str | None]:
    """The level word, and the place, that a council or committee shares with the one behind it (HĐND, UBND xã)."""
    following = at + 1 if at < len(words) and words[at].key == "và" and not words[at].gap else at
    bodies = phrases("mass_bodies").match(words, at, across=",")
    if bodies is not None and not words[at].gap and bodies[1] < len(words) and not words[bodies[1]].gap:
        shared = read_place(words, bodies[1]) if level_word(words, bodies[1]) else None
        return (shared[0].kind, shared[0].full) if shared else (None, None)
    if following >= len(words) or (following == at and words[at].gap not in (",", "-", "–")):
        return None, None
    bare = [replace(words[following], gap=""), *words[following + 1 : following + 24]]
    found = unit_head(bare, 0)
    if found is None or found[0] not in ("ubnd", "hdnd", "mttq"):
        return None, None
    if [word.key for word in bare[found[1] : found[1] + 2]] == ["việt", "nam"]:
        found = found[0], found[1] + 2  # Ủy ban MTTQ Việt Nam phường
    level = level_word(bare, found[1]) if found[1] < len(bare) and not bare[found[1]].gap else None
    if level is None:
        return _shared_level(words, following + found[1])
    several = level[1] < len(bare) and bare[level[1]].gap == "," and level_word(bare, level[1]) is not None
    place = read_place(bare, found[1])
    if several:
        return None, None
    return level[0], place[0].full if place else None


def _of_pair(name: str, kind: str, place: str | None, words: Sequence[Word], at: int, after: int) -> Unit:
    span = (words[at].start, words[after - 1].end)
    return Unit(name, kind, level_of(name), place, *span, basis="deduced")


def place_after(words: Sequence[Word], at: int, kind: str) -> tuple[str | None, int, int]:
    """The place behind a name; the index after it; and the index after a level word that is part of the name."""
    if at >= len(words) or words[at].gap not in ("", '"'):
        return None, at, at
    about = unit_kind(kind)
    found = read_place(words, at)
    level = level_word(words, at)
    committee = _committee_kind(words, at - 2) if about.system == "party" or kind == "doan_tn" else None
    of_town = committee not in (None, "tỉnh") and level is None  # Thành ủy Lào Cai is not of the province
    if found is not None and not of_town:
        if kind in _TOLD_BY_NUMBER and level and (of_place := without_number(words, level[1], found[1])):
            return f"{found[0].kind} {of_place}", found[1], found[1]
        of_head = level is not None and kind == "doan_tn" and committee == level[0]  # Quận đoàn quận A
        in_name = level[1] if level and about.level_in_name and not of_head else at
        if about.place_in_name and found[0].name:
            return found[0].full, found[1], found[1]
        return found[0].full, found[1], in_name
    if level is not None:
        if level[0] == "tỉnh" or about.level_in_name:
            return None, level[1], level[1] if about.level_in_name else at
        return None, level[1], at
    if committee:
        end = place_end(words, at)
        known = provinces().match(words, at, across="-–")
        end = known[1] if known and known[1] <= end else end
        if words[at].shown.islower() and not known and end > at:
            end = end_in_capitals(words, committee, at, end)
        no_unit = not begins_unit(words, at) or is_proper(words, at, end)
        if end > at and no_unit and not is_person_of(words, at, at, end, province=committee == "tỉnh" and not known):
            return f"{committee} {proper_name(words, at, end)}", end, at
    return None, at, at


def _committee_kind(words: Sequence[Word], at: int) -> str | None:
    """The kind of place whose committee or Youth Union stands at the word (Thị ủy → thị xã)."""
    if at < 0 or words[at + 1].key not in ("ủy", "đoàn"):
        return None
    return _COMMITTEES.get(words[at].key)


def _in_name(end: int, inner: tuple[Unit, int]) -> int:
    """The index after the inner unit's name without its place, inside a longer name."""
    unit, after = inner
    length = len(key(unit.name).split())
    return min(end + length, after)


def _made(
    words: Sequence[Word], at: int, end: int, kind: str, place: str | None, parent: str | None, beyond: int, head: str
) -> tuple[Unit, int]:
    """The unit with its name written out."""
    after = max(end, beyond)
    while after < len(words) and words[after].part:
        after += 1
    name = unit_name(words, at, end, head)
    level = level_in(name) or level_in(shown(words, at, max(end, beyond)))
    if level is None and place is not None:
        kinds = sorted(LEVEL_OF, key=len, reverse=True)
        level = LEVEL_OF.get(next((k for k in kinds if place.startswith(k + " ")), ""))
    return Unit(name, kind, level, place, words[at].start, words[after - 1].end, parent, head=head), after
