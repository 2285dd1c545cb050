"""Units as a text names them: a head that says the kind, a name, the unit above, a place.

    unit = head [ name ] [ the unit above ] [ level word | place ]

Heads are the prefixes of graph's unit_kinds. A name ends at a mark, at a place, at the head of the
next unit, or before a word that names do not go on with (words.yaml, `stops`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.text import key
from graph.vocabulary import level_of, unit_kind, unit_prefix
from loaders.reading.lexicon import keys, known_names, listed, name_parts, phrases, provinces, title_phrases
from loaders.reading.places import LEVEL_OF, level_word, looks_like_person, proper_end, read_place, shown
from loaders.reading.unit_writing import unit_name, written_name
from loaders.reading.words import Phrases, Word

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
_COMMITTEES = {"tỉnh": "tỉnh", "huyện": "huyện", "quận": "quận", "thị": "thị xã", "thành": "thành phố", "đảng": "xã"}
_MOST_SMALL = 4
# the last words of kinds of schools that are called like people (Trường Tiểu học Nguyễn Văn Trỗi)
_SCHOOLS = frozenset(("học", "non", "giáo", "sở", "thông"))


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
    if words[at].part or phrases("not_units").match(words, at, across=",") or _in_a_word(words, at):
        return None
    found = _head(words, at)
    if found is None:
        return None
    kind, after = found
    about = unit_kind(kind)
    head = words[at].key if after - at == 1 else " ".join(word.key for word in words[at:after])
    if about.whole_name:
        return _whole_name(words, at, after, kind)
    said = _generic_length(words, at)
    generic = after - at <= said
    end = _name_end(words, after, head) if generic else _known_tail(words, at, after, said)
    inner = None if end >= len(words) or words[end].gap else _unit_above(words, end)
    if inner is not None and not inner[0].group:
        parent, place = inner[0].name, inner[0].place
        if kind in _NAMED_AFTER_PARENT or about.system == "party" or (generic and end == after):
            end = _in_name(end, inner)
        return _made(words, at, end, kind, place, parent, inner[1], head)
    placed = about.level_in_name and after < len(words) and not words[after].gap and level_word(words, after)
    if generic and end == after and not placed:
        return _short_or_group(words, at, after, kind, head)
    if not generic and end == after and not _is_named(words, at, after):
        return _group(words, at, after, kind)
    place, beyond, end = _place_after(words, end, kind)
    return _made(words, at, end, kind, place, None, beyond, head)


def _in_a_word(words: Sequence[Word], at: int) -> bool:
    """Whether a small word is the second half of a compound (nhiệm *vụ*, cơ *sở*), or not a unit when small."""
    word = words[at]
    if word.capital:
        return False
    if at > 0 and not word.gap and f"{words[at - 1].key} {word.key}" in keys("compounds"):
        return True
    if word.key in listed("capital_heads") or word.key in ("tổ", "khối", "khoa", "nhà", "cơ"):
        following = words[at + 1] if at + 1 < len(words) else None
        return not (
            following and following.capital and not following.gap and word.key in ("báo", "trường", "hội", "đài")
        )
    return False


def _unit_above(words: Sequence[Word], at: int) -> tuple[Unit, int] | None:
    """The unit that is named right behind another ("Thanh tra *Sở Y tế*"), if the kinds fit."""
    if not words[at].capital and not (words[at].key in ("tỉnh", "huyện", "thị", "thành", "quận") and _head(words, at)):
        return None
    if words[at].key == "sở" and _ends_name(words, at + 1):
        return Unit("Sở", "so", "province", None, words[at].start, words[at].end, raw="Sở"), at + 1
    return read_unit(words, at)


def read_name(words: Sequence[Word], at: int, head: str) -> int:
    """The index after the name that begins at the word, for a unit whose head ("phòng") stands elsewhere."""
    return _name_end(words, at, head)


def named(words: Sequence[Word], at: int, end: int, head: str, kind: str) -> Unit:
    """A unit of a list: the head stands at another unit."""
    name = written_name(words, at, end, head)
    level = level_of(f"{head} {name}")
    full = f"{head[:1].upper()}{head[1:]} {name}"
    span = (words[at].start, words[end - 1].end)
    return Unit(full, kind, level, None, *span, basis="deduced", head=head)


def _head(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """The kind that the words begin with, and the index after the head."""
    reach = at + 1
    while reach < len(words) and reach - at < 18 and words[reach].gap in ("", "-", "–", ","):
        reach += 1
    found = unit_prefix([word.key for word in words[at:reach]])
    if found is None:
        other = _other_heads().match(words, at)
        return other if other and words[at].capital else None
    kind, length = found
    if kind == "ban_can_su_dang" and length == 3 and at + 3 < len(words) and words[at + 3].key == "đảng":
        length = 4
    marks = [word.gap for word in words[at + 1 : at + length] if word.gap]
    if marks and length < 4:
        length = next(i for i, word in enumerate(words[at + 1 : at + length], 1) if word.gap)
        again = unit_prefix([word.key for word in words[at : at + length]])
        if again is None:
            return None
        kind, length = again
    return kind, at + length


@lru_cache(maxsize=1)
def _other_heads() -> Phrases[str]:
    return Phrases((head, kind) for head, kind in listed("other_heads").items())


def _generic_length(words: Sequence[Word], at: int) -> int:
    """How many words of a head say only the kind."""
    for length in (4, 3, 2):
        text = " ".join(word.key for word in words[at : at + length])
        if text in keys("two_word_heads") or text in keys("short_heads") or text in keys("other_heads"):
            return length
    return 1


def _name_end(words: Sequence[Word], at: int, head: str) -> int:
    """The index after the name that begins at the word; `at` if no name begins there."""
    if at >= len(words) or (words[at].gap and words[at].gap != '"'):
        return at
    known = _known(words, at, head)
    listed_name = _comma_name(words, at) if head == "trung tâm" else None
    if listed_name is not None and listed_name > (known or 0):
        return listed_name
    if not words[at].capital and not words[at].key.isdigit():
        open_name = words[at].key == "các" or name_parts().match(words, at) or not phrases("stops").match(words, at)
        if head == "ban quản lí" and words[at - 2].capital and open_name:
            return _go_on(words, at, at + 1, head, known=False)
        if known is None or not words[at - max(1, len(head.split()))].capital:
            return at
        return known
    if level_word(words, at) and not words[at].capital:
        return at
    if looks_like_person(words, at, proper_end(words, at)) and known is None:
        return at
    return _go_on(words, at, known or at, head, known=known is not None)


def _go_on(words: Sequence[Word], first: int, end: int, head: str, *, known: bool) -> int:
    """The end of the name that begins at `first` and is read up to `end`."""
    at, small = end, 0
    while end < len(words):
        word = words[end]
        if end > first and not _goes_on(words, end, head, known=known):
            break
        part = name_parts().match(words, end)
        if part is not None and part[1] - end > 1:
            end, small = part[1], 0
            continue
        if word.capital or word.key.isdigit() or word.part:
            small = 0
            end += 1
            continue
        if word.key == "và":
            end, small = end + 1, 0
            continue
        if known or phrases("stops").match(words, end) or small >= _MOST_SMALL:
            break
        end, small = end + 1, small + 1
    while end > at and words[end - 1].key == "và":
        end -= 1
    return end


def _comma_name(words: Sequence[Word], at: int) -> int | None:
    """The end of a name like "Văn hóa, Thể thao và Thư viện", which is one where the head is a centre's."""
    comma = joined = 0
    end = at
    while end < len(words) and end - at < 16:
        word = words[end]
        if word.gap == "," and end > at and not comma and word.capital:
            comma = end
        elif (word.gap and end > at) or (end > at and _ends_part(words, end)):
            break
        if word.key == "và" and comma and not joined:
            following = words[end + 1] if end + 1 < len(words) else None
            if following is None or not following.capital or following.key in ("trung", "phòng", "chi", "ban", "sở"):
                return None
            joined = end
        end += 1
    return end if comma and joined and end > joined + 1 else None


def _ends_part(words: Sequence[Word], at: int) -> bool:
    """Whether a part of a name has ended before the word."""
    word = words[at]
    if word.key == "và":
        return False
    if not word.capital:
        return phrases("stops").match(words, at) is not None or level_word(words, at) is not None
    return not word.gap and words[at - 1].key != "và" and _begins_unit(words, at)


def _known(words: Sequence[Word], at: int, head: str) -> int | None:
    """The index after a name that is known for the head, commas and hyphens in it included."""
    found = known_names(head).match(words, at, across=",-–/")
    return found[1] if found else None


def _goes_on(words: Sequence[Word], at: int, head: str, *, known: bool) -> bool:
    """Whether a name that began before can go on with the word."""
    word = words[at]
    if word.gap in ("-", "–"):
        part = name_parts().match(words, at) or known_names(head).match(words, at)
        person = looks_like_person(words, at, proper_end(words, at))
        return word.capital and not person and (part is not None or not title_phrases().match(words, at))
    if word.gap:
        return False
    if word.key == "và":
        following = words[at + 1] if at + 1 < len(words) else None
        if following is None or following.gap or not following.capital or following.part:
            return False
        if known and (head in ("sở", "bộ", "ban") or known_names(head).match(words, at + 1)):
            return False
        if phrases("stops").match(words, at + 1) or phrases("document_words").match(words, at + 1):
            return False
        return not _begins_unit(words, at + 1) and read_place(words, at + 1) is None
    if _begins_unit(words, at) and word.capital:
        return False
    if level_word(words, at) is not None and not word.capital:
        return False
    if title_phrases().match(words, at) and not word.capital:
        return False
    found = provinces().match(words, at, across="-–")
    if found and word.capital and proper_end(words, at) == found[1]:
        return False
    if head == "trường" and words[at - 1].key in _SCHOOLS:
        return True
    return not (word.capital and looks_like_person(words, at, proper_end(words, at)))


def _begins_unit(words: Sequence[Word], at: int) -> bool:
    found = _head(words, at)
    if found is None or phrases("not_units").match(words, at):
        return False
    return (
        words[at].capital
        or unit_kind(found[0]).whole_name
        or (found[1] < len(words) and words[found[1]].capital and not words[found[1]].gap)
    )


def _known_tail(words: Sequence[Word], at: int, after: int, said: int) -> int:
    """The end of a name whose head is already a name (Ban Tuyên giáo): words that lengthen it."""
    known = known_names(" ".join(word.key for word in words[at : at + said])).match(words, at + said, across=",-–/")
    end = max(after, known[1]) if known else after
    following = words[end] if end < len(words) else None
    if following and following.capital and not following.part and following.gap in ("", "-", "–"):
        if not _goes_on(words, end, words[at].key, known=known is not None):
            return end
        return _go_on(words, at + said, end, words[at].key, known=known is not None)
    return end


def _ends_name(words: Sequence[Word], at: int) -> bool:
    """Whether no name begins at the word."""
    return at >= len(words) or bool(words[at].gap) or not words[at].capital


def _short_or_group(words: Sequence[Word], at: int, after: int, kind: str, head: str) -> tuple[Unit, int] | None:
    """A head without a name: a class of units, or a short form (Sở); a common word is neither."""
    if at and (words[at - 1].key in keys("class_words") or words[at - 1].key.isdigit()):
        return _group(words, at, after, kind)
    if words[at].capital and head in keys("short_heads") and (at > 0 or not words[at].short):
        span = (words[at].start, words[after - 1].end)
        return Unit(shown(words, at, after), kind, None, None, *span, group=False, head=head, basis="short"), after
    return None


def _is_named(words: Sequence[Word], at: int, after: int) -> bool:
    """Whether a head that is a name stands for one unit: written with a capital, or with its committee."""
    if words[at].capital:
        return not (after < len(words) and words[after].key in ("hội", "cuộc", "giải") and not words[after].gap)
    return any(word.capital for word in words[at:after])


def _group(words: Sequence[Word], at: int, after: int, kind: str) -> tuple[Unit, int] | None:
    span = (words[at].start, words[after - 1].end)
    return Unit(shown(words, at, after), kind, None, None, *span, group=True, head=words[at].key), after


def _whole_name(words: Sequence[Word], at: int, after: int, kind: str) -> tuple[Unit, int] | None:
    """A committee or council: a level word or a place follows its name, or nothing."""
    place, beyond, end = _place_after(words, after, kind)
    about = unit_kind(kind)
    if beyond < len(words) and not words[beyond].gap and end == after and not place:
        following = words[beyond].key
        if following in ("cấp", "các", "những", "hai") or phrases("class_after").match(words, beyond):
            return _group(words, at, after, kind)
    alone = place is None and end == after
    if kind in ("ubnd", "hdnd"):
        several = beyond < len(words) and words[beyond].gap == "," and level_word(words, beyond) is not None
        after_class = at > 0 and words[at - 1].key in keys("class_words")
        if alone or (place is None and words[after].key != "tỉnh" and (several or after_class)):
            return _group(words, at, max(end, after), kind)
    elif alone and kind not in _ONE_EACH:
        if not words[at].capital or (at and words[at - 1].key in keys("class_words")):
            return _group(words, at, after, kind)
    elif about.levels == ("central",) and not words[at].capital and kind != "quoc_hoi":
        return None
    return _made(words, at, end, kind, place, None, beyond, "")


def _place_after(words: Sequence[Word], at: int, kind: str) -> tuple[str | None, int, int]:
    """The place behind a name; the index after it; and the index after a level word that is part of the name."""
    if at >= len(words) or words[at].gap not in ("", '"'):
        return None, at, at
    about = unit_kind(kind)
    found = read_place(words, at)
    level = level_word(words, at)
    if found is not None:
        in_name = level[1] if level and about.level_in_name else at
        if about.place_in_name and found[0].name:
            return found[0].full, found[1], found[1]
        return found[0].full, found[1], in_name
    if level is not None:
        if level[0] == "tỉnh" or about.level_in_name:
            return None, level[1], level[1] if about.level_in_name else at
        return None, level[1], at
    committee = _committee_kind(words, at - 2) if about.system == "party" or kind == "doan_tn" else None
    if committee:
        end = proper_end(words, at)
        known = provinces().match(words, at, across="-–")
        end = known[1] if known and known[1] <= end else end
        if end > at and not looks_like_person(words, at, end) and not _begins_unit(words, at):
            return f"{committee} {shown(words, at, end)}", end, at
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
    level = level_of(name) or level_of(shown(words, at, max(end, beyond)))
    if level is None and place is not None:
        kinds = sorted(LEVEL_OF, key=len, reverse=True)
        level = LEVEL_OF.get(next((k for k in kinds if place.startswith(k + " ")), ""))
    return Unit(name, kind, level, place, words[at].start, words[after - 1].end, parent, head=head), after
