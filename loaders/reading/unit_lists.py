"""Lists of units whose head stands once: "các phòng: A, B và C", "Sở Nông nghiệp, Y tế"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from loaders.reading.bracket_lists import units_in_brackets
from loaders.reading.lexicon import keys, known_names, name_parts, phrases, title_phrases
from loaders.reading.name_numbers import code, region
from loaders.reading.party_groups import further_groups
from loaders.reading.place_runs import ends_run
from loaders.reading.places import LEVEL_OF, kind_word, level_word, looks_like_person, proper_end, read_place, shown
from loaders.reading.stem_lists import units_of_stem
from loaders.reading.unit_heads import after_class, begins_unit
from loaders.reading.unit_names import Unit, named, place_after, read_name, read_unit
from loaders.reading.units_in_places import units_in_places
from loaders.reading.words import Word, without_gap

_MOST_BETWEEN = 6
_LONGEST_NAME = 20  # words
# kinds behind which a second place is rather named for itself (UBND xã A, xã B; thôn 1 xã A và xã B)
_PLACE_ITSELF = frozenset(("ubnd", "hdnd", "dang_uy", "thon", "to_dan_pho"))
_SCHOOLS = frozenset(("tiểu", "trung", "mầm", "mẫu", "phổ"))


def continued(words: Sequence[Word], at: int, first: Unit, after: int) -> tuple[list[Unit], int]:
    """The unit or class at the word with the units of the list that it heads, and the index after them."""
    in_brackets = None if first.group else units_in_brackets(words, at, first, after)
    if in_brackets is not None:
        return in_brackets
    in_places = units_in_places(words, at, first, after)
    if in_places is not None:
        return in_places
    if first.group:
        return _plural(words, at, first, after)
    boards, beyond = _further_boards(words, at, first, after)
    if boards:
        return boards, beyond
    of_stem = units_of_stem(words, at)
    if of_stem is not None:
        return of_stem
    groups, beyond = further_groups(words, at, first, after)
    if groups:
        return [first, *groups], beyond
    numbers, beyond = _of_further_numbers(words, at, first, after)
    if numbers:
        return [first, *numbers], beyond
    codes, beyond = _of_further_codes(words, first, after)
    if codes:
        return [first, *codes], beyond
    regions, beyond = _of_further_regions(words, at, first, after)
    if regions:
        return [first, *regions], beyond
    if _is_plural(words, at) and first.head in keys("listed_heads"):
        first, after = _first_of_two(words, at, first, after)
        units, after = _items(words, after, first, [first], strict=False)
        return units, after
    elsewhere, after = _of_further_places(words, first, after)
    return _items(words, after, first, [first, *elsewhere], strict=True)


def _further_boards(words: Sequence[Word], at: int, first: Unit, after: int) -> tuple[list[Unit], int]:
    """The boards whose head stands once (các Ban Tổ chức, *Tuyên giáo* và *Dân vận* Huyện ủy), all of the committee
    that the last names, and the index after them; none if no further one follows."""
    if words[at].key != "ban" or first.head == "ban" or not after_class(words, at):
        return [], after
    found = [first]
    while after < len(words):
        joined = words[after].key == "và" and not words[after].gap
        start = after + 1 if joined else after
        if start >= len(words) or words[start].gap != ("" if joined else ",") or not words[start].capital:
            break
        board = read_unit([without_gap(words[at]), without_gap(words[start]), *words[start + 1 : start + 16]], 0)
        if board is None or board[0].group or board[0].head == "ban":
            break
        found.append(replace(board[0], basis="deduced", start=words[start].start))
        after = start + board[1] - 1
    if len(found) == 1:
        return [], after
    last = found[-1]
    if last.parent is None:
        return found, after
    of_all = [replace(u, name=f"{u.name} {last.parent}", parent=last.parent, place=last.place) for u in found[:-1]]
    return [*of_all, last], after


def _of_further_numbers(words: Sequence[Word], at: int, first: Unit, after: int) -> tuple[list[Unit], int]:
    """The units of the same name with other numbers that follow (Phòng Công chứng số 1, *số 2*; các Đội Kiểm lâm số 1,
    *2* và *3*), and the index after them."""
    found: list[Unit] = []
    if after - at < 3 or words[after - 2].key != "số" or not words[after - 1].key.isdigit():
        return found, after
    stem = first.name.removesuffix(words[after - 1].shown)
    while after < len(words):
        joined = words[after].key == "và" and not words[after].gap
        start = after + 1 if joined else after
        if start >= len(words) or words[start].gap != ("" if joined else ","):
            break
        said = words[start].key == "số"
        number = start + 1 if said else start
        if number >= len(words) or not words[number].key.isdigit() or not (said or _is_plural(words, at)):
            break
        name = f"{stem}{words[number].shown}"
        found.append(replace(first, name=name, basis="deduced", start=words[start].start, end=words[number].end))
        after = number + 1
    return found, after


def _of_further_codes(words: Sequence[Word], first: Unit, after: int) -> tuple[list[Unit], int]:
    """The units of the same name with other codes that follow (Trung tâm Đăng kiểm 50-01S, *50-02S* và *50-03S*), and
    the index after them."""
    found: list[Unit] = []
    if after < 2 or code(words, after - 2) != after:
        return found, after
    stem = first.name.rpartition(" ")[0]
    while after < len(words):
        joined = words[after].key == "và" and not words[after].gap
        start = after + 1 if joined else after
        end = code(words, start)
        if end == start or words[start].gap != ("" if joined else ","):
            break
        name = f"{stem} {words[start].shown}-{words[end - 1].shown}"
        found.append(replace(first, name=name, basis="deduced", start=words[start].start, end=words[end - 1].end))
        after = end
    return found, after


def _of_further_regions(words: Sequence[Word], at: int, first: Unit, after: int) -> tuple[list[Unit], int]:
    """The units of the same name in the regions that follow (các Chi cục Thuế khu vực An Sơn - Hòa Sơn, *Bình Khê - Sơn
    Khê*), and the index after them."""
    found: list[Unit] = []
    stem, said, _ = first.name.partition(" khu vực ")
    if not said or not _is_plural(words, at):
        return found, after
    while after < len(words):
        joined = words[after].key == "và" and not words[after].gap
        start = after + 1 if joined else after
        if start >= len(words) or words[start].gap not in (("",) if joined else (",", ";")) or not words[start].capital:
            break
        said_again = [Word(key, key, words[start].start, words[start].start, "", False) for key in ("khu", "vực")]
        bare = [*said_again, without_gap(words[start]), *words[start + 1 : start + 16]]
        end = region(bare, 0)
        if end <= 3 or begins_unit(words, start) or not any(word.gap in ("-", "–") for word in bare[3:end]):
            break
        name = f"{stem} khu vực {shown(bare, 2, end)}"
        found.append(replace(first, name=name, basis="deduced", start=words[start].start, end=bare[end - 1].end))
        after = start + end - 2
    return found, after


def _of_further_places(words: Sequence[Word], first: Unit, after: int) -> tuple[list[Unit], int]:
    """The units of the same name in the places of the same level that follow (Trung tâm Pháp y tỉnh Sóc Trăng và *tỉnh
    Hậu Giang*), and the index after them."""
    found: list[Unit] = []
    kind = kind_word(first.place or "")
    if not kind or first.kind in _PLACE_ITSELF or level_word(words, _start_of_place(words, first, after)) is None:
        return found, after
    while after < len(words):
        joined = words[after].key in ("và", "cùng", "với") and not words[after].gap
        start = after + 1 if joined else after
        if start >= len(words) or words[start].gap != ("" if joined else ","):
            break
        bare = [without_gap(words[start]), *words[start + 1 : start + 12]]
        place = read_place(bare, 0) if level_word(bare, 0) else None
        if place is None or LEVEL_OF[place[0].kind] != LEVEL_OF[kind]:
            break
        said = first.name.endswith(f" {kind}")
        name = first.name.removesuffix(kind) + place[0].kind if said else first.name  # Hội Đông y huyện A, thị xã B
        begins, ends = words[start].start, place[0].end
        found.append(replace(first, name=name, place=place[0].full, basis="deduced", start=begins, end=ends))
        after = start + place[1]
    return found, after


def _start_of_place(words: Sequence[Word], first: Unit, after: int) -> int:
    """The index of the word for a kind of place with which the unit ends; `after` if there is none."""
    starts = [at for at in range(max(0, after - 7), after) if words[at].start >= first.start]
    return next((at for at in reversed(starts) if level_word(words, at) is not None), after)


def _first_of_two(words: Sequence[Word], at: int, first: Unit, after: int) -> tuple[Unit, int]:
    """The first of two names that are known by themselves (hai phòng Nội vụ và Lao động)."""
    start = at + len(first.head.split())
    for joint in range(start + 1, after - 1):
        if words[joint].key != "và" or words[joint].gap:
            continue
        one = known_names(first.head).match(words[:joint], start, across=",-–/")
        other = known_names(first.head).match(words, joint + 1, across=",-–/")
        two_schools = first.head == "trường" and words[joint - 1].capital and words[joint + 1].key in _SCHOOLS
        if two_schools or (one is not None and one[1] == joint and other is not None):
            unit = named(words, start, joint, first.head, first.kind)
            return replace(unit, start=first.start, basis="stated", level=unit.level or first.level), joint
    return first, after


def _is_plural(words: Sequence[Word], at: int) -> bool:
    """Whether các, hai, 03 stands before the head."""
    if at == 0 or words[at].gap:
        return False
    before = words[at - 1].key
    return before in ("các", "hai", "ba", "bốn", "những", "sáu", "bảy", "tám") or (
        before.isdigit() and int(before) < 40
    )


def _plural(words: Sequence[Word], at: int, first: Unit, after: int) -> tuple[list[Unit], int]:
    """A class and the names that follow: các phòng (thuộc Sở) : A - B ; C."""
    head = first.head
    if head not in keys("listed_heads"):
        return [first], after
    start, parent = after, None
    colon = None
    while start < len(words) and start - after < _MOST_BETWEEN + 8:
        word = words[start]
        if word.gap == ":":
            colon = start
            break
        opens = word.key == "gồm" or (word.key == "là" and start == after and _is_counted(words, at))
        if opens and start + 1 < len(words) and words[start + 1].capital and not words[start + 1].gap:
            colon = start + 1
            break
        if word.gap == "(" and start == after and _opens_list(words, start) and after_class(words, at):
            colon = start  # ba sở (Nội vụ, Tài chính, Xây dựng)
            break
        if (word.gap and word.gap not in ("(",)) or (word.key == "còn" and start > after):
            return [first], after  # 10 thôn nay còn 7: …
        inner = read_unit(words, start) if start > after else None
        if inner is not None and not inner[0].group and words[start - 1].key in ("thuộc", "của"):
            parent, start = inner[0], inner[1]
            continue
        start += 1
    if colon is None or (begins_unit(words, colon) and any(word.key == "được" for word in words[after:colon])):
        return [first], after  # 4 phòng được thành lập gồm: Phòng A, Phòng B
    made: list[Unit] = [replace(parent, basis="above")] if parent is not None else []
    units, end = _items(words, colon, replace(first, group=False), [], strict=False, first_gap=True)
    if not units:
        return [first], after
    counted = words[at - 1].key if at else ""
    if counted.isdigit() and int(counted) == len(units) + 1:
        units = _last_halved(words, colon, units, first)
    above = parent.name if parent is not None else None
    return [*made, *(replace(u, parent=u.parent or above) for u in units)], end


def _is_counted(words: Sequence[Word], at: int) -> bool:
    """Whether a number stands before the head (ba thôn là …)."""
    return _is_plural(words, at) and words[at - 1].key not in ("các", "những")


def _last_halved(words: Sequence[Word], at: int, units: list[Unit], first: Unit) -> list[Unit]:
    """The units of a list that counts one more: the last is two (4 tổ: A, B, C và D)."""
    last = units[-1]
    inside = [i for i in range(at, len(words)) if last.start < words[i].start < last.end and words[i].key == "và"]
    if len(inside) != 1 or last.basis != "deduced":
        return units
    middle = inside[0]
    start = next(i for i in range(at, middle) if words[i].start >= last.start)
    end = read_name(words, middle + 1, first.head)
    if end == middle + 1:
        return units
    halves = [named(words, a, b, first.head, first.kind) for a, b in ((start, middle), (middle + 1, end))]
    return [*units[:-1], *(replace(half, level=first.level, place=first.place) for half in halves)]


def _items(
    words: Sequence[Word], at: int, first: Unit, found: list[Unit], *, strict: bool, first_gap: bool = False
) -> tuple[list[Unit], int]:
    """Read on behind commas, semicolons and và. `strict`: only names known for the head."""
    units = list(found)
    begins = first_gap
    by_semicolons = first_gap and any(word.gap == ";" for word in words[at + 1 : at + 40])
    while at < len(words):
        word = words[at]
        start = at
        if not begins and word.key == "và" and not word.gap:
            start = at + 1
        elif not begins and word.gap not in (",", ";"):
            break
        elif word.key == "và":
            start = at + 1
        if start >= len(words) or (words[start].gap and start > at):
            break
        nxt = _one(words, start, first, strict=strict)
        if nxt is None:
            break
        unit, at = nxt
        longer = _up_to_semicolon(words, start, at, first.head) if by_semicolons and unit.basis == "deduced" else at
        if longer > at:
            bare = [without_gap(words[start]), *words[start + 1 : longer]]
            unit, at = replace(named(bare, 0, longer - start, first.head, first.kind), level=unit.level), longer
        units.append(unit)
        begins = False
    return units, at


def _up_to_semicolon(words: Sequence[Word], start: int, at: int, head: str) -> int:
    """The end of a name that has commas in it, in a list by semicolons (Khoáng sản, Nước và Biến đổi khí hậu; …)."""
    if at >= len(words) or words[at].gap != ",":
        return at
    known = known_names(head).match(words[:at], start, across=",-–/")
    if known is not None and known[1] == at and known_names(head).match(words, at, across=",-–/"):
        return at  # Sở: Nội vụ, Tài chính; thủ trưởng …
    for end in range(at, min(len(words), start + _LONGEST_NAME)):
        if words[end].gap == ";":
            return end
        if (words[end].gap not in ("", ",", "-", "–")) or words[end].key.isdigit() or begins_unit(words, end):
            return at
    return at


def _one(words: Sequence[Word], at: int, first: Unit, *, strict: bool) -> tuple[Unit, int] | None:
    """One name of a list, or a unit with its own head if the list is an open one."""
    bare = [without_gap(words[at]), *words[at + 1 : at + 16]]
    own = read_unit(bare, 0) or _inspectorate(bare, first)
    if own is not None and not strict and first.kind == own[0].kind == "thon" and own[0].head != first.head:
        end = proper_end(bare, 0, most=4)  # thôn Làng Vàng, Làng Mít: "làng" is part of the name
        return replace(named(bare, 0, end, first.head, first.kind), level=first.level, place=first.place), at + end
    if own is not None:
        if strict or own[0].group or own[0].basis == "short":
            return _bare_office(own, at) if not strict else None
        return own[0], at + own[1]
    if not words[at].capital and not words[at].key.isdigit():
        return None
    if words[at].key.isdigit() and len(bare) > 1 and not bare[1].gap and not (bare[1].capital or ends_run(bare[1])):
        return None  # 6 chi cục
    if title_phrases().match(bare, 0) or level_word(bare, 0) or phrases("honorifics").match(bare, 0):
        return None
    if looks_like_person(bare, 0, proper_end(bare, 0)) or words[at].key in keys("class_words"):
        return None
    known = known_names(first.head).match(bare, 0, across=",-–/")
    school = first.head == "trường" and phrases("school_levels").match(bare, 0) is not None
    if strict and known is None and not (school and words[at].capital):
        return None
    if read_place(bare, 0) is not None and known is None and first.kind not in ("thon", "to_dan_pho"):
        return None
    end = _with_hyphen(bare, known[1]) if known is not None else read_name(bare, 0, first.head)
    if known is not None and not strict and end < len(bare) and bare[end].gap in ("-", "–"):
        end = max(end, read_name(bare, 0, first.head))  # Văn hóa - Thể thao - Du lịch
    if end == 0:
        return None
    place, beyond, end = place_after(bare, end, first.kind) if first.kind == "truong" else (first.place, end, end)
    unit = named(bare, 0, end, first.head, first.kind)
    return replace(unit, level=first.level, place=place), at + max(end, beyond)


def _opens_list(words: Sequence[Word], at: int) -> bool:
    """Whether the first word in brackets is a shortened name; of numbers, the first of several, no share (32%)."""
    if words[at].key.isdigit():
        return at + 1 < len(words) and (
            words[at + 1].gap == "," or (not words[at + 1].gap and words[at + 1].key == "và")
        )
    return words[at].capital and not begins_unit(words, at)


def _with_hyphen(words: Sequence[Word], end: int) -> int:
    """The end of a known name with what a hyphen adds in small letters (Khuyến nông - khuyến lâm)."""
    if end >= len(words) or words[end].gap not in ("-", "–") or words[end].capital:
        return end
    part = name_parts().match(words, end)
    return part[1] if part is not None else end


def _inspectorate(words: Sequence[Word], first: Unit) -> tuple[Unit, int] | None:
    """ "Thanh tra" in a list of a department's divisions is its inspectorate, not a division."""
    if first.kind != "phong" or words[0].shown != "Thanh" or words[1:2] == [] or words[1].key != "tra":
        return None
    alone = len(words) == 2 or (bool(words[2].gap) and words[2].gap not in ("-", "–")) or not words[2].capital
    if not alone:
        return None
    return Unit("Thanh tra Sở", "thanh_tra_so", "province", None, words[0].start, words[1].end, "Sở"), 2


def _bare_office(own: tuple[Unit, int], at: int) -> tuple[Unit, int] | None:
    """ "Văn phòng" in a list of a department's parts is its office."""
    unit, after = own
    if unit.basis == "short" and unit.kind == "van_phong":
        return replace(unit, name="Văn phòng", basis="stated"), at + after
    return None
