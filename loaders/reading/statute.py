"""Decisions on functions and organisation: articles, clauses and points become functions and parts of a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.text import fold, key
from graph.vocabulary import code_of, unit_kind
from loaders.reading.articles import Part, parts
from loaders.reading.document import Document
from loaders.reading.entities import dates
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.register import Known, Register, canonical
from loaders.reading.scan import words_of
from loaders.reading.unit_names import Unit, read_unit

_ABOUT = re.compile(
    r"(?:chức năng|nhiệm vụ|quyền hạn|cơ cấu tổ chức|tổ chức bộ máy|tổ chức và hoạt động)\s+(?:của\s+)?(?P<unit>\S.*)",
    re.I | re.S,
)
_NO_FUNCTION = re.compile(r"tư cách pháp nhân|con dấu|trụ sở|chịu sự (?:chỉ đạo|lãnh đạo)|tài khoản", re.I)
_TITLES = (
    "Giám đốc|Trưởng phòng|Chánh Văn phòng|Chi cục trưởng|Trưởng ban|Chủ nhiệm|Chánh Thanh tra|Hiệu trưởng|Chủ tịch"
)
_POSTS = re.compile(rf"(?:(?P<most>không quá|tối đa|có)\s+)?(?P<n>\d{{1,2}})?\s*(?P<title>(?:Phó )?(?:{_TITLES}))")


_NO_NAME = re.compile(
    r"\bcó\s+(?:\d|không quá|Trưởng|Giám|Chánh|Chi cục trưởng)|\b(?:là|thực hiện|chịu|do|được|gồm|thuộc|trực thuộc)\b"
)


def describe_decision(document: Document) -> None:
    """Number, issuer, dates and the addresses of the paragraphs of a decision."""
    for paragraph in document.paragraphs[:14]:
        text = paragraph.text
        number = re.search(r"Số\s*:?\s*(\d+\s?[/-][\w/.\-–&ĐƯ]*\w)", text)
        if number and not document.number:
            document.number = re.sub(r"\s", "", number[1])
        if not document.issued and re.search(r",\s*ngày\s+\d", text):
            document.issued = next((d.text for d in dates(text) if not d.partial), "")
        if not document.issuer and re.match(r"(?:ỦY BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|TỈNH ỦY|SỞ |BAN )", text):
            document.issuer = " ".join(text.split("|")[0].split()).title().replace("Ủy Ban Nhân Dân", "Ủy ban nhân dân")
    for part in parts(document.paragraphs):
        document.addresses[part.paragraph.number] = part.address
        document.topics[part.paragraph.number] = part.topic
        if part.topic == "force" and not document.in_force and "hiệu lực" in part.text:
            date = next((d.text for d in dates(part.text) if not d.partial), "")
            document.in_force = date or (document.issued if re.search(r"kể từ ngày ký|từ ngày ký", part.text) else "")


def find_statute(document: Document, units: Register) -> list[Fact]:
    """The functions, the internal structure and the posts that a decision sets."""
    subject = _subject(document, units)
    if subject is None:
        return []
    facts: list[Fact] = []
    for part in parts(document.paragraphs):
        if part.topic in ("role", "duties"):
            facts += _functions(part, subject)
        elif part.topic == "structure":
            facts += _structure(part, subject, units)
    return _each_once(facts)


def _each_once(facts: list[Fact]) -> list[Fact]:
    """A post or function that the text repeats is one, with further places."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        said = (fact.sheet, fact.values["unit"], fact.values.get("title"), fact.values.get("text"))
        if said in kept:
            kept[said].also.append(fact.evidence)
        else:
            kept[said] = fact
    return list(kept.values())


def _subject(document: Document, units: Register) -> Known | None:
    """The unit that the decision is about, from its title; else from its first articles."""
    texts = [document.title, *(p.text for p in document.paragraphs if "chức năng" in fold(p.text))][:6]
    for text in texts:
        found = _ABOUT.search(" ".join(text.split()))
        while found is not None:
            words = words_of(found["unit"], 0, len(found["unit"]))
            unit = read_unit(words, 0) if words else None
            if unit is not None and not unit[0].group and unit[0].basis != "short":
                return units.find(canonical(unit[0])) or _new(unit[0], document, units)
            found = _ABOUT.search(found["unit"])
    return None


def _new(unit: Unit, document: Document, units: Register) -> Known:
    first = document.paragraphs[0]
    evidence = Evidence(first.number, first.start, first.end, "stated", 0.8, "decision-title")
    known = Known(canonical(unit), unit.kind, unit.level, unit.place or units.home, mentions=[evidence])
    units.units.append(known)
    units.by_key.setdefault(key(known.name), []).append(known)
    return known


def _functions(part: Part, subject: Known) -> Iterator[Fact]:
    if part.text.rstrip().endswith(":") or len(part.text) < 20 or _NO_FUNCTION.search(part.text):
        return
    text = part.text.rstrip(" ;.")
    if part.lead:
        text = f"{part.lead.rstrip(' :')}: {text}"
    kind = "function" if part.topic == "role" else "task"
    values = {"unit": subject, "text": text[:1].upper() + text[1:], "kind": kind, "address": part.address}
    role = _role(text)
    if role:
        values["role"] = role
    yield Fact(
        "functions",
        values,
        Evidence(part.paragraph.number, part.start, part.end, "stated", 0.95, f"article-{part.topic}"),
    )


def _role(text: str) -> str | None:
    folded = fold(text[:60])
    if folded.startswith(("chủ trì", "là đầu mối")):
        return "leads"
    if folded.startswith(("phối hợp",)):
        return "coordinates"
    return None


def _structure(part: Part, subject: Known, units: Register) -> Iterator[Fact]:
    """Posts ("Sở có Giám đốc và không quá 03 Phó Giám đốc") and the units inside."""
    evidence = Evidence(part.paragraph.number, part.start, part.end, "stated", 0.9, "article-structure")
    names_posts = re.search(r"lãnh đạo|có\s+(?:\d+\s+)?(?:Giám|Trưởng|Chánh|Chi)", part.text, re.I)
    if names_posts and not re.search(r"chịu trách nhiệm|bổ nhiệm|quyết định|miễn nhiệm", part.text[:80]):
        yield from _posts(part, subject, evidence)
    for unit in _inner(part):
        known = units.find(unit.name) or next((u for u in units.units if key(u.name) == key(unit.name)), None)
        if known is None:
            known = _cut_short(unit, part, units)
        if known is None:
            known = Known(
                unit.name,
                unit.kind,
                subject.level,
                subject.place,
                mentions=[replace(evidence, rule="article-structure")],
            )
            units.units.append(known)
            units.by_key.setdefault(key(unit.name), []).append(known)
        if known is not subject:
            known.parent = subject.name
            known.level = known.level or subject.level
            known.place = known.place or subject.place


def _cut_short(unit: Unit, part: Part, units: Register) -> Known | None:
    """The unit that was read here with only the beginning of its name; a list of parts gives names in full."""
    for known in units.units:
        here = known.mentions and part.start <= known.mentions[0].start < part.end
        if here and key(unit.name).startswith(key(known.name) + " "):
            known.name = unit.name
            units.by_key.setdefault(key(unit.name), []).append(known)
            return known
    return None


def _posts(part: Part, subject: Known, evidence: Evidence) -> Iterator[Fact]:
    seen: set[str] = set()
    for match in _POSTS.finditer(part.text):
        title = match["title"]
        if title in seen or code_of("titles", title) is None or not _fits(title, subject):
            continue
        seen.add(title)
        seats = int(match["n"]) if match["n"] else (None if title.startswith("Phó") else 1)
        note = "không quá" if match["most"] in ("không quá", "tối đa") and match["n"] else None
        yield Fact("positions", {"title": title, "unit": subject, "seats": seats, "note": note}, evidence)


def _fits(title: str, subject: Known) -> bool:
    """Whether a unit of this kind has such a head or deputy."""
    about = unit_kind(subject.kind)
    return code_of("titles", title) in (*about.heads, *about.deputies)


def _inner(part: Part) -> Iterator[Unit]:
    """The units that a point of the structure names: "b) Phòng Kế hoạch - Tài chính;"."""
    pieces = re.split(r"[;:]|(?<=\w)\.\s", part.text)
    for piece in pieces:
        text = piece.strip(" .;-+")
        if not text or len(text) > 140:
            continue
        bare = {"văn phòng": ("Văn phòng Sở", "van_phong"), "thanh tra": ("Thanh tra Sở", "thanh_tra_so")}.get(
            fold(text)
        )
        if bare is not None:
            yield Unit(bare[0], bare[1], None, None, 0, 0)
            continue
        words = words_of(text, 0, len(text))
        unit = read_unit(words, 0) if words else None
        if unit is None or unit[0].group or unit[0].basis == "short" or words[0].key in ("sở", "ủy"):
            continue
        if unit[1] >= len(words):
            yield replace(unit[0], name=canonical(unit[0]))
        elif not _NO_NAME.search(text):
            yield replace(unit[0], name=text[:1].upper() + text[1:])
