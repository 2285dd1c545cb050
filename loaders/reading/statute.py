"""Decisions on functions and organisation: clauses and points become functions, parts and posts of a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.text import fold, key
from graph.vocabulary import code_of, title, unit_kind, unit_prefix
from loaders.reading.articles import SHORT, Part, parts
from loaders.reading.document import Document
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.inner_units import find_inner_units
from loaders.reading.known import Known, Register
from loaders.reading.register import canonical, without_home
from loaders.reading.scan import words_of
from loaders.reading.unit_names import Unit, read_unit

_ABOUT = re.compile(
    r"(?:chức năng|nhiệm vụ|quyền hạn|cơ cấu tổ chức|tổ chức bộ máy|tổ chức và hoạt động)\b[^.;:()]{0,120}?(?:\s+của)?"
    r"\s+(?P<unit>[A-ZĐ].*)",
    re.S,
)
_MOST_NAME = 120
_LEAST = 12
_NO_UNIT = re.compile(r"\b(?:là|do|được|trực thuộc|thuộc|gồm|theo|như sau|có)\b|[,;:(]")
_BELONGS = re.compile(r"\b[Ll]à (?:cơ quan|đơn vị|tổ chức)[^.;,]{0,80}?\b(?:trực )?thuộc\s+(?=[A-ZĐỦ])")
_NO_FUNCTION = re.compile(r"tư cách pháp nhân|con dấu|trụ sở|chịu sự (?:chỉ đạo|lãnh đạo)|tài khoản", re.I)
_TITLES = (
    "Giám đốc|Trưởng phòng|Chánh Văn phòng|Chi cục trưởng|Trưởng ban|Chủ nhiệm|Chánh Thanh tra|Hiệu trưởng|Chủ tịch"
)
_IN_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}
_COUNT = rf"\d{{1,2}}|{'|'.join(_IN_WORDS)}"
_POSTS = re.compile(
    rf"(?:(?P<most>không quá|tối đa|có)\s+)?(?:(?P<n>{_COUNT})\s+(?:\(\w+\)\s*)?)?(?P<title>(?:Phó )?(?:{_TITLES}))"
    rf"(?:\s*[:(]\s*(?P<most2>không quá |tối đa )?(?P<n2>\d{{1,2}})\s+người)?",
    re.I,
)
_NUMBER = rf"(?:(?:{_COUNT})\s+)?(?:\(\w+\)\s*)?"
_SETS_POSTS = re.compile(
    rf"lãnh đạo|ban giám (?:đốc|hiệu)|^{_NUMBER}(?:{_TITLES})\s+và\s|(?:có|gồm)\s+{_NUMBER}(?:{_TITLES})", re.I
)
_NO_POSTS = re.compile(r"chịu trách nhiệm|bổ nhiệm|quyết định|miễn nhiệm|^(?:mỗi|các)\s", re.I)


def find_statute(document: Document, units: Register) -> list[Fact]:
    """The functions, the internal structure and the posts that a decision sets."""
    subject = _subject(document, units)
    if subject is None:
        return []
    facts: list[Fact] = []
    listed = list(parts(document.paragraphs))
    for part, following in zip(listed, [*listed[1:], None], strict=False):
        if part.topic in ("role", "duties"):
            _name_parent(part, subject, units)
            if not _goes_on(part, facts, document) and not _heads(part, following):
                facts += _functions(part, subject)
        elif part.topic == "structure":
            facts += _posts(part, subject)
            find_inner_units(part, subject, units)
    return _each_once(facts)


def _name_parent(part: Part, subject: Known, units: Register) -> None:
    """ "Sở Nội vụ là cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh": the unit above."""
    found = _BELONGS.search(part.text) if part.topic == "role" and subject.parent is None else None
    if found is None:
        return
    words = words_of(part.text, found.end(), len(part.text))
    unit = read_unit(words, 0) if words else None
    above = units.find(canonical(unit[0])) if unit is not None else None
    if above is not None and above is not subject:
        subject.parent = above.name


def _heads(part: Part, following: Part | None) -> bool:
    """Whether a clause without a full stop is the heading of the points below it."""
    return (
        following is not None
        and part.text[-1:] not in ".;,"
        and (
            following.address.startswith(f"{part.address.partition(' (')[0]} điểm")
            or (following.goes_on and len(part.text) < SHORT)
        )
    )


def _goes_on(part: Part, facts: list[Fact], document: Document) -> bool:
    """Add a further paragraph of a clause to the function that the clause is."""
    last = facts[-1] if facts else None
    if not part.goes_on or part.lead or "khoản" not in part.address or last is None:
        return False
    if last.values.get("address") != part.address or _NO_FUNCTION.search(part.text):
        return False
    ended = document.normal.text[last.evidence.end - 1 : last.evidence.end] in ".;"
    last.values["text"] = f"{last.values['text']}{'. ' if ended else ' '}{part.text.rstrip(' ;.')}"
    last.evidence = replace(last.evidence, end=part.end)
    return True


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
                return _in_full(found["unit"], unit[0], len(words) > unit[1], document, units)
            found = _ABOUT.search(found["unit"])
    return None


def _in_full(text: str, unit: Unit, longer: bool, document: Document, units: Register) -> Known:
    """The unit with the whole name that the title of a decision gives to its end."""
    unit = without_home(units, unit)
    known = units.find(canonical(unit)) or _new(unit, document, units)
    if longer and not _NO_UNIT.search(text) and len(text) < _MOST_NAME and key(text).startswith(key(known.name) + " "):
        name = text.strip(" .")
        for place in (known.place, units.home, units.district):
            if place and key(name).endswith(" " + key(place)):
                name = name[: -len(place) - 1]
        known.name = name
        units.by_key.setdefault(key(name), []).append(known)
    return known


def _new(unit: Unit, document: Document, units: Register) -> Known:
    first = document.paragraphs[0]
    evidence = Evidence(first.number, first.start, first.end, "stated", 0.8, "decision-title")
    known = Known(canonical(unit), unit.kind, unit.level, unit.place or units.home, mentions=[evidence])
    units.units.append(known)
    units.by_key.setdefault(key(known.name), []).append(known)
    return known


def _functions(part: Part, subject: Known) -> Iterator[Fact]:
    if part.text.rstrip().endswith(":") or len(part.text) < _LEAST or _NO_FUNCTION.search(part.text):
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


def _posts(part: Part, subject: Known) -> Iterator[Fact]:
    """The posts that a clause sets: "Sở có Giám đốc và không quá 03 Phó Giám đốc"."""
    if not _SETS_POSTS.search(f"{part.lead} {part.text}".strip()) or _NO_POSTS.search(part.text[:80]):
        return
    if _is_of_other(part, subject):
        return  # those of a part ("Trung tâm có Giám đốc")
    evidence = Evidence(part.paragraph.number, part.start, part.end, "stated", 0.9, "article-structure")
    seen: set[str] = set()
    for match in _POSTS.finditer(part.text):
        code = code_of("titles", match["title"])
        if code is None or code in seen or not _fits(code, subject):
            continue
        seen.add(code)
        deputy = fold(match["title"]).startswith("phó")
        count = match["n"] or match["n2"]
        seats = _IN_WORDS.get(count.lower()) or int(count) if count else (None if deputy else 1)
        most = (match["most"] or match["most2"] or "").strip().lower() in ("không quá", "tối đa")
        note = "không quá" if most and count else None
        yield Fact("positions", {"title": title(code).vi, "unit": subject, "seats": seats, "note": note}, evidence)


def _is_of_other(part: Part, subject: Known) -> bool:
    """Whether a clause begins with another unit than the subject, in full or in short."""
    words = words_of(part.text, 0, len(part.text))
    head = unit_prefix([word.key for word in words[:6]])
    if head is None:
        return False
    said = " ".join(word.key for word in words[: head[1]])
    named = read_unit(words, 0)
    if named is not None and not named[0].group and named[0].basis != "short":
        said = key(named[0].name)
    return not f"{key(subject.name)} ".startswith(f"{said} ")


def _fits(code: str, subject: Known) -> bool:
    """Whether a unit of this kind has such a head or deputy."""
    about = unit_kind(subject.kind)
    return code in (*about.heads, *about.deputies)
