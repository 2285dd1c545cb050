"""The units inside a unit, as the structure clause of a decision lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.text import fold, key
from loaders.reading.articles import Part
from loaders.reading.evidence import Evidence
from loaders.reading.known import Known, Register
from loaders.reading.register import canonical
from loaders.reading.scan import words_of
from loaders.reading.unit_names import Unit, read_unit

_NO_NAME = re.compile(
    r"\bcó\s+(?:\d|không quá|Trưởng|Giám|Chánh|Chi cục trưởng)"
    r"|\b(?:là|thực hiện|chịu|do|được|gồm|thuộc|trực thuộc|giúp|theo|trước|tham mưu)\b"
)
_MOST = 140
# "Các phòng chức năng (03 phòng): Tổ chức - Hành chính, Kế hoạch": the head stands once
_HEADED = re.compile(
    r"\s*(?:Các\s+)?(?P<head>phòng|khoa|ban|trạm|đội|hạt|chi cục|trung tâm)\b(?P<more>[^:;]{0,90}):\s*(?=[A-ZĐ])", re.I
)
_IS = re.compile(r"^(?:Các|Đơn vị|Tổ chức|Chi cục|Phòng)\b[^,;:]{0,80}?\blà:?\s+(?=[A-ZĐ])")


def find_inner_units(part: Part, subject: Known, units: Register) -> None:
    """Add the units that a clause or point of the structure names, as parts of the subject."""
    first = part.paragraph.start
    found = list(_listed(part.paragraph.text, part.start - first))
    for unit, start, end in found:
        span = (first + start, first + end)
        known = _known(unit, span, units)
        if known is None:
            evidence = Evidence(part.paragraph.number, *span, "stated", 0.9, "article-structure")
            known = Known(unit.name, unit.kind, subject.level, unit.place or subject.place, mentions=[evidence])
            units.units.append(known)
            units.by_key.setdefault(key(unit.name), []).append(known)
        if known is not subject:
            known.name = _of_subject(known, subject) if known.name == unit.name else known.name
            known.parent = subject.name
            known.level = known.level or subject.level
            known.place = known.place or subject.place
        _forget(units, span, known)
    for known in units.units:
        listed = known.mentions and known.mentions[0].basis == "deduced"
        if listed and known.parent is None and part.start <= known.mentions[0].start < part.end:
            known.parent = subject.name


def _listed(text: str, at: int) -> Iterator[tuple[Unit, int, int]]:
    """The units with their spans in the text: pieces between semicolons, or commas before a further head."""
    headed = _HEADED.match(text, at)
    if headed is not None and _unit(text[headed.end() :].split(";")[0].split(",")[0]) is None:
        yield from _below_head(text, headed.end(), headed["head"].lower())
        return
    for match in re.finditer(r"[^;:]+?(?=[;:]|\.\s|\.?$)", text[at:]):
        start, end = at + match.start(), at + match.end()
        stripped = re.match(r"[\s.;+•*–-]*", text[start:end])
        start += stripped.end() if stripped else 0
        named = _IS.match(text[start:end])
        start += named.end() if named else 0
        for a, b in _cut_at_heads(text, start, end):
            unit = _unit(text[a:b])
            if unit is not None:
                yield unit, a, b


def _below_head(text: str, at: int, head: str) -> Iterator[tuple[Unit, int, int]]:
    """The units of a list whose head stands before it; a piece in small letters goes on with the name before it."""
    mark = ";" if ";" in text[at:] else ","
    for match in re.finditer(rf"[^{mark}.]+(?:{mark}\s+[^\W\dA-ZĐÀ-Ỹ][^{mark}.]*)*", text[at:]):
        name = match[0].strip(" .;,\n")
        start = at + match.start() + match[0].index(name) if name else at
        unit = _unit(f"{head.capitalize()} {name}") if name[:1].isupper() else None
        own = _unit(name) if unit is not None else None
        if unit is not None:
            yield own or unit, start, start + len(name)


def _cut_at_heads(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The piece, cut before every comma or "và" that a further unit with its own head follows."""
    for match in re.finditer(r"\s*(?:,|\bvà\b)\s+(?=[A-ZĐ])", text[start:end]):
        at = start + match.end()
        words = words_of(text, at, end)
        unit = read_unit(words, 0) if words else None
        if start + match.start() > start and unit is not None and not unit[0].group and unit[0].basis != "short":
            yield start, start + match.start()
            yield from _cut_at_heads(text, at, end)
            return
    yield start, end


def _unit(text: str) -> Unit | None:
    """The one unit that a piece of a list is, with its whole name."""
    text = re.sub(r"\s*\(.*", "", text, flags=re.S).strip(" .;-–+")
    if not text or len(text) > _MOST or text[0].islower():
        return None
    bare = {"văn phòng": ("Văn phòng", "van_phong"), "thanh tra": ("Thanh tra", "thanh_tra_so")}.get(fold(text))
    if bare is not None:
        return Unit(bare[0], bare[1], None, None, 0, 0)
    words = words_of(text, 0, len(text))
    found = read_unit(words, 0) if words else None
    if found is None or found[0].group or found[0].basis == "short" or words[0].key in ("sở", "ủy"):
        return None
    if found[1] >= len(words):
        name = canonical(found[0])
        written = " ".join(text.split())
        # a decision gives names in full: its own commas and hyphens hold, not those of other departments
        same = re.sub(r"\W+", " ", fold(written)) == re.sub(r"\W+", " ", fold(name))
        return replace(found[0], name=written[:1].upper() + written[1:] if same else name)
    if _NO_NAME.search(text):
        return None
    return replace(found[0], name=text[:1].upper() + " ".join(text.split())[1:], place=None)


def _of_subject(known: Known, subject: Known) -> str:
    """An office without a name is that of the unit: Văn phòng Sở, Văn phòng Ban Tổ chức Tỉnh ủy."""
    if known.name not in ("Văn phòng", "Thanh tra"):
        return known.name
    return f"{known.name} Sở" if subject.kind == "so" else f"{known.name} {subject.name}"


def _known(unit: Unit, span: tuple[int, int], units: Register) -> Known | None:
    """The unit of the register: the one of this name and place, or one read here with only a part of its name."""
    here = [u for u in units.units if u.mentions and span[0] <= u.mentions[0].start < span[1]]
    if unit.name in ("Văn phòng", "Thanh tra"):
        return here[0] if here else next(iter(units.by_key.get(f"{key(unit.name)} sở", ())), None)
    for known in units.by_key.get(key(unit.name), ()):
        if unit.place is None or known.place in (None, unit.place):
            known.name = unit.name if known in here else known.name
            return known
    for known in here:
        if key(unit.name).startswith(key(known.name) + " "):
            known.name = unit.name
            units.by_key.setdefault(key(unit.name), []).append(known)
            return known
    return None


def _forget(units: Register, span: tuple[int, int], kept: Known) -> None:
    """Leave out what was read of a piece of its name ("Phòng Thanh tra, Pháp chế" is one)."""
    gone = [
        u
        for u in units.units
        if u is not kept and u.mentions and all(span[0] <= m.start and m.end <= span[1] for m in u.mentions)
    ]
    if not gone:
        return
    for known in gone:
        units.units.remove(known)
    units.by_key = {name: [u for u in listed if u not in gone] for name, listed in units.by_key.items()}
    units.of_mention = {at: u for at, u in units.of_mention.items() if u not in gone}
