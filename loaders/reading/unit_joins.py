"""Mentions of one unit under shorter and longer names, and short forms: which of them are one unit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from graph.text import key
from graph.vocabulary import level_of, unit_kind
from loaders.reading.document import TITLE
from loaders.reading.evidence import Evidence
from loaders.reading.items import Sentence
from loaders.reading.known import Known, Mention, Register, other_level, unit_key
from loaders.reading.places import kind_word
from loaders.reading.unit_names import Unit
from loaders.reading.unit_places import PARTY_ORGANS

# heads of two words, behind which a shorter name may stand
_HEADS_OF_TWO = frozenset(("trung tâm", "chi cục", "bệnh viện", "công ti"))
# units that are called by their level alone behind their full name
_BY_LEVEL = frozenset(("bệnh viện", "trung tâm"))
_LEVELS = frozenset(("tỉnh", "huyện", "thành phố", "thị xã", "quận"))
DISTRICT_COMMITTEES = frozenset(("huyen_uy", "quan_uy", "thi_uy"))


def join_party_organs(found: Register) -> None:
    """ "Ban Nội chính" is the "Ban Nội chính Tỉnh ủy" of the same text, as "Văn phòng" is "Văn phòng Sở"."""
    for known in list(found.units):
        party = known.kind in PARTY_ORGANS and not key(known.name).endswith(" ủy")
        office = known.kind == "van_phong" and key(known.name) == "văn phòng"
        named_short = known.kind in ("cong_doan_co_so", "ban_chap_hanh", "chi_bo", "dang_uy", "dang_uy_khoi")
        if not (party or office or named_short):
            continue
        longer = [
            other
            for other in found.units
            if other is not known and other.kind == known.kind and key(other.name).startswith(key(known.name) + " ")
        ]
        near = known.near.get("spoken")
        if near and known.place is None and known.level in (None, "district"):
            longer = [other for other in longer if near in (other.place, other.near.get("district"))]
        if len(longer) == 1 and known.place in (None, longer[0].place):
            _merge_into(found, known, longer[0])
        elif office and known.parent:
            known.name = f"Văn phòng {known.parent}" if known.parent != "Sở" else "Văn phòng Sở"
        elif party and not longer and known.level in (None, "province", "district"):
            district = known.place if known.level == "district" else near if known.level is None else None
            committee = _committee_of(found, district) if district or known.level == "district" else _committee(found)
            committee = committee or _of_other_organs(found)
            if committee is not None:
                known.aliases.add(known.name)
                known.name, known.parent = f"{known.name} {committee}", committee
                known.level = level_of(known.name)
                found.by_key.setdefault(unit_key(known.name), []).append(known)


def join_named_after_home(found: Register) -> None:
    """ "Trường Cao đẳng Nghề" is the "Trường Cao đẳng Nghề Quảng Nam" of a text about Quảng Nam."""
    proper = key(found.home.removeprefix(kind_word(found.home)).strip()) if found.home else ""
    for known in list(found.units) if proper else ():
        if unit_kind(known.kind).place_in_name and known.place in (None, found.home):
            longer = found.by_key.get(f"{key(known.name)} {proper}", [])
            if len(longer) == 1 and longer[0] is not known:
                _merge_into(found, known, longer[0])


def join_spelled_alike(found: Register, starts: Sequence[int]) -> None:
    """Units of one place whose names differ only in how their parts are joined are one (Đài Phát thanh - Truyền hình,
    Đài Phát thanh và Truyền hình); so is what is called shorter in small letters later (Trung tâm giống). Not where
    one sentence names both, as where one becomes the other. `starts`: of the sentences, in their order."""
    by_spelling: dict[str, list[Known]] = {}
    for known in list(found.units):
        same = [other for other in by_spelling.get(_spelling(known), []) if _may_be_one(known, other, starts)]
        short = not same and _is_written_small(known)
        small = [other for other in found.units if _calls_small(known, other)] if short else []
        same = same or [other for other in small if _may_be_one(known, other, starts)]
        if len(same) == 1:
            same[0].aliases.add(known.name)
            _merge_into(found, known, same[0])
        else:
            by_spelling.setdefault(_spelling(known), []).append(known)


def _spelling(known: Known) -> str:
    """The key of the name without what joins its parts; the Front's committee is called by the Front, too."""
    folded = re.sub(r" (?:và|các)(?= )", "", unit_key(known.name))
    return re.sub(r"^(?:ủy ban )?mặt trận tổ quốc(?: việt nam)?(?= |$)", "mặt trận", folded)


def _is_written_small(known: Known) -> bool:
    """Whether the name is one small word behind its head (Trung tâm *giống*)."""
    words = known.name.split()
    return len(words) == 3 and words[2].islower() and " ".join(key(known.name).split()[:2]) in _HEADS_OF_TWO


def _calls_small(known: Known, other: Known) -> bool:
    """Whether the name is the beginning of that of a unit that was named before."""
    later = bool(known.mentions) and bool(other.mentions) and other.mentions[0].start < known.mentions[0].start
    return later and key(other.name).startswith(f"{key(known.name)} ")


def _may_be_one(known: Known, other: Known, starts: Sequence[int]) -> bool:
    """Whether two units of like names are not told apart by their places, levels, or by one sentence."""
    if known is other or known.kind != other.kind or other_level(known.name, other.name):
        return False
    if (known.place, known.level) != (other.place, other.level):
        return False
    sentences = [{bisect_right(starts, mention.start) for mention in unit.mentions} for unit in (known, other)]
    return known.kind == "mttq" or sentences[0].isdisjoint(sentences[1])


def join_named_by_level(found: Register) -> None:
    """ "Bệnh viện huyện" is the only hospital "Bệnh viện Đa khoa huyện" that the text has named before."""
    for known in list(found.units):
        head, _, level = key(known.name).partition(" ")
        head, level = (f"{head} {level.partition(' ')[0]}", level.partition(" ")[2])
        if head not in _BY_LEVEL or level not in _LEVELS:
            continue
        longer = [
            other
            for other in found.units
            if other is not known and key(other.name).startswith(f"{head} ") and key(other.name).endswith(f" {level}")
        ]
        if len(longer) == 1 and (known.place is None or known.place == longer[0].place):
            longer[0].aliases.add(known.name)
            _merge_into(found, known, longer[0])


def _committee(found: Register) -> str | None:
    """The party committee that a text about a district, or else about a province, speaks of."""
    district = next((u for u in found.units if u.kind in DISTRICT_COMMITTEES), None)
    province = next((u for u in found.units if u.kind == "tinh_uy"), None)
    named = district if found.district and district else province or district
    return named.name if named else _of_other_organs(found)


def _committee_of(found: Register, place: str | None) -> str | None:
    """The party committee of the district."""
    named = [u.name for u in found.units if u.kind in DISTRICT_COMMITTEES | {"thanh_uy"} and u.place == place]
    return named[0] if place and named else None


def _of_other_organs(found: Register) -> str | None:
    """The one committee by which other organs are called (Ban Tổ chức, Ban Dân vận Tỉnh ủy)."""
    ends = {" ".join(u.name.split()[-2:]) for u in found.units if u.kind in PARTY_ORGANS and u.name.endswith(" ủy")}
    return ends.pop() if len(ends) == 1 else None


def _merge_into(found: Register, gone: Known, kept: Known) -> None:
    kept.mentions += gone.mentions
    found.units.remove(gone)
    for folded, listed in found.by_key.items():
        if gone in listed:
            found.by_key[folded] = [kept if each is gone else each for each in listed]
    for span, known in found.of_mention.items():
        if known is gone:
            found.of_mention[span] = kept


_TOLD_BY_CODE = re.compile(r"\w+(?: số)? (?:\d+|[A-ZĐ]{1,3}\d+|[IVX]+)")  # Phòng 2, Phòng PC07, Vụ 4
_CALLED = ("gọi tắt là", "viết tắt là", "gọi là", "tên gọi tắt là", "sau đây gọi là")


def introduced(found: Register, sentence: Sentence, span: tuple[int, int], unit: Unit) -> Known | None:
    """The unit to which brackets give the name in the span (Ban Quản lý dự án … (gọi tắt là *Ban Dự án huyện*)), or
    to which they gave it before."""
    text = sentence.paragraph.text[: span[0] - sentence.paragraph.start]
    opened = text.rfind("(")
    if opened >= 0 and key(text[opened + 1 :]).removeprefix("sau đây ") in map(key, _CALLED):
        end = sentence.paragraph.start + len(text[:opened].rstrip())
        before = _called_so(found, sentence, end, unit)
        if before is not None:
            found.introduced[key(unit.name)] = before
    elif opened >= 0 and not text[opened + 1 :].strip() and _TOLD_BY_CODE.fullmatch(unit.name):
        return _called_so(found, sentence, sentence.paragraph.start + len(text[:opened].rstrip()), unit)
    known = found.introduced.get(key(unit.name))
    return known if known is not None and unit.place in (None, known.place) else None


def _called_so(found: Register, sentence: Sentence, end: int, unit: Unit) -> Known | None:
    """The unit named last before the brackets; the one before it where that only says whose it is (Ban Quản lý dự án
    … thuộc *UBND thành phố* (gọi tắt là Ban …))."""
    before = [
        (stop, known) for (start, stop), known in found.of_mention.items() if sentence.start <= start and stop <= end
    ]
    before.sort(key=lambda each: each[0])
    if not before or before[-1][0] != end:
        return None
    head = key(unit.name).split()[0]
    return next((known for _, known in before[:-3:-1] if key(known.name).split()[0] == head), before[-1][1])


def _is_headline(sentence: Sentence) -> bool:
    return sentence.paragraph.role == TITLE or sentence.paragraph.number <= 1


def short_forms(found: Register, mentions: Sequence[Mention]) -> None:
    """ "Sở" is the department named last before it, or the one that the text is about; of several hospitals "Bệnh viện"
    is the one that the headline names."""
    headed = {sentence.paragraph.number for sentence, _, _ in mentions if _is_headline(sentence)}
    by_word: dict[str, list[int]] = {}
    for index, known in enumerate(found.units):
        by_word.setdefault(key(known.name).split()[0], []).append(index)
    for sentence, span, unit in mentions:
        if unit.basis != "short":
            continue
        head = f"{key(unit.name)} "
        called = [i for i in by_word.get(head.split()[0], ()) if f"{key(found.units[i].name)} ".startswith(head)]
        usual = {i: len(found.units[i].mentions) for i in called}
        if not usual:
            continue
        before = [i for i in usual if any(m.start < span[0] for m in found.units[i].mentions)]
        ranked = Counter({i: usual[i] for i in before or usual}).most_common(2)
        if len(ranked) == 2 and unit.kind != "so":
            ranked = [(i, n) for i, n in usual.items() if headed & {m.paragraph for m in found.units[i].mentions}]
            if len(ranked) != 1:
                continue
        known = found.units[ranked[0][0]]
        known.mentions.append(Evidence(sentence.paragraph.number, *span, "deduced", 0.8, "short-form"))
        found.of_mention[span] = known
