"""What stands around the articles of a decision: who issues it, its number and dates, whom it goes to, who signed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.text import fold, key
from graph.vocabulary import title, unit_kind
from loaders.reading.articles import below, parts
from loaders.reading.document import FURNITURE, TABLE, Document, Paragraph
from loaders.reading.entities import dates
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.known import Known, Register
from loaders.reading.lexicon import keys, title_phrases
from loaders.reading.register import canonical
from loaders.reading.scan import words_of
from loaders.reading.unit_names import Unit, read_unit
from loaders.registers.gazetteer import LEVELS, cut

_HEAD = 16  # paragraphs in which the head of a decision stands
_MOTTO = re.compile(r"CỘNG (?:HÒA|HOÀ) XÃ HỘI|Độc lập\s*[-–]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM", re.I)
_NUMBER = re.compile(r"Số\s*:?\s*(\d+\s?[/-][\w/.\-–&ĐƯ]*\w)")
_ISSUER = re.compile(r"(?:ỦY BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|\w+ ỦY |SỞ |BAN |BỘ |CHI CỤC )")
_REPLACES = re.compile(r"thay thế|bãi bỏ|hết hiệu lực", re.I)
_MOST_TO_DATE = 60
_MOST_TO_END = 160
_KIND = re.compile(r"(?:QUYẾT ĐỊNH|QUY ĐỊNH|QUY CHẾ|NGHỊ QUYẾT|ĐIỀU LỆ)\b")
_DEGREE = re.compile(r"^(?:(?:P?GS|TS|ThS|BS|BSCK\w*|BSCKII|CKI+|KS|Bác sĩ|Tiến sĩ|Thạc sĩ)\b[.,\s]*)+")
# columns side by side: addressees left, who signed right, parted by a tab, a rule, blanks, or by what a signature is
_CELL = re.compile(
    r"[^\t|\n]+?(?=\s{3,}|[\t|\n]|\s(?:(?:TM|KT|TL|TUQ)\.|T/M\s)"
    r"|(?:(?<=;)|(?<=[a-zà-ỹ]\.))\s(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|TRƯỞNG BAN|CHI CỤC TRƯỞNG)\b|$)"
)
_FOR = re.compile(r"\s*(?:TM|T/?M)\s?\.?\s+(?P<body>\S.*)")
_INSTEAD = re.compile(r"\s*(?P<how>KT|TL|TUQ|Q)\s?\.\s*(?P<post>\S.*)")


def describe_decision(document: Document) -> None:
    """Number, issuer, dates and the addresses of the paragraphs of a decision; what is no text of it is left out."""
    for paragraph in document.paragraphs[:_HEAD]:
        text = paragraph.text
        number = _NUMBER.search(text)
        if number and not document.number:
            document.number = re.sub(r"\s", "", number[1])
        if not document.issued and re.search(r",\s*ngày\s+\d", text):
            document.issued = next((d.text for d in dates(text) if not d.partial), "")
        _leave_out_motto(paragraph)
    document.issuer = document.issuer or _issuer(document.paragraphs)
    if _MOTTO.match(document.title):
        document.title = next((p.text for p in document.paragraphs[:_HEAD] if _KIND.match(p.text)), document.title)
    for part in parts(document.paragraphs):
        document.addresses[part.paragraph.number] = part.address
        document.topics[part.paragraph.number] = part.topic
        if part.topic == "force" and not document.in_force and "hiệu lực" in part.text:
            document.in_force = _in_force(part.text, document)
    for paragraph in below(document.paragraphs):
        if paragraph.role != TABLE:  # tables of an annex are read
            paragraph.role = FURNITURE


def settle_by_issuer(document: Document, units: Register) -> None:
    """The divisions that a district or a commune speaks of are its own, though departments are named with them."""
    issuer = _unit_of(document.issuer) if document.issuer else None
    place = issuer.place if issuer is not None else None
    if place is None or units.located.is_province(place):
        return
    for known in units.units:
        if known.kind == "phong" and known.parent is None and known.place in (None, units.home):
            known.level, known.place, known.place_basis = LEVELS[cut(place)[0]], place, "deduced"


def _in_force(text: str, document: Document) -> str:
    """The date behind "hiệu lực"; further dates are those of documents that are replaced."""
    after = text[text.index("hiệu lực") :]
    first = next((d for d in dates(after) if not d.partial), None)
    signing = re.search(r"từ ngày (?:ký|ban hành)", after)
    if signing is not None and (first is None or signing.start() < first.start):
        return document.issued
    return first.text if first is not None and first.start < _MOST_TO_DATE else ""


def mark_replaced(document: Document, cited: Sequence[Fact]) -> None:
    """The documents of a list under "thay thế các Quyết định sau:" are replaced, and those that are said to end."""
    listed = {p.paragraph.number for p in parts(document.paragraphs) if _REPLACES.search(p.lead)}
    for fact in cited:
        rest = document.normal.text[fact.evidence.end : fact.evidence.end + _MOST_TO_END].partition(".")[0]
        if fact.evidence.paragraph in listed or "hết hiệu lực" in fold(rest):
            fact.values["citation"] = "replaces"


def _leave_out_motto(paragraph: Paragraph) -> None:
    """The motto is no text; it may stand beside the issuer, in a second column."""
    found = _MOTTO.search(paragraph.text)
    if found is None:
        return
    rest = paragraph.text[: found.start()].rstrip(" \t|")
    if rest:
        paragraph.text, paragraph.end = rest, paragraph.start + len(rest)
    else:
        paragraph.role = FURNITURE


def _head_lines(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The lines above the number, without the motto."""
    lines: list[str] = []
    for paragraph in paragraphs[:_HEAD]:
        if _NUMBER.search(paragraph.text):
            return lines
        if paragraph.role != FURNITURE and re.search(r"\w", paragraph.text):
            lines.append(" ".join(_CELL.findall(paragraph.text)[0].split()))
    return []


def _issuer(paragraphs: Sequence[Paragraph]) -> str:
    """The last organ of the head: a department stands under the committee that it is of."""
    lines = _head_lines(paragraphs)
    at = max((i for i, line in enumerate(lines) if _ISSUER.match(line)), default=None)
    if at is None:
        return ""
    unit = _unit_of(" ".join(lines[at:])) or _unit_of(lines[at])
    if unit is None:
        return ""
    name = _name(unit)
    if unit.place is None:
        return name
    kind, place = cut(unit.place)
    if key(name).endswith(f" {kind}"):
        name = name[: -len(kind) - 1]
    return f"{name} {place}" if key(name).endswith(" ủy") else f"{name} {unit.place}"


def _unit_of(text: str) -> Unit | None:
    """The unit that a text, maybe in capitals, begins with."""
    text = text.ljust(_HEAD)  # a short line in capitals is read as an abbreviation
    words = words_of(text, 0, len(text))
    found = read_unit(words, 0) if words else None
    return None if found is None else found[0]


def _name(unit: Unit) -> str:
    about = unit_kind(unit.kind)
    name = canonical(unit)
    return about.vi + name[len(about.vi) :] if key(name).startswith(key(about.vi)) else name


# --- who signed --------------------------------------------------------------------------------------------


def find_signature(document: Document, units: Register) -> list[Fact]:
    """The person who signed, and the post in which he did: of the organ for which, or of the issuer."""
    body = post = ""
    mode = None
    for text, start, paragraph in _cells(below(document.paragraphs)):
        instead, for_body = _INSTEAD.match(text), _FOR.match(text)
        if for_body is not None:
            body, post = for_body["body"], ""
        elif instead is not None:
            mode = "acting" if instead["how"] == "Q" else None
            post = instead["post"] if mode else ""
        elif text.isupper() and _title_of(text):
            post = text
        elif post and _is_person(text):
            evidence = Evidence(paragraph.number, start, start + len(text), "stated", 0.95, "signature")
            return list(_signed(_DEGREE.sub("", text), post, body, mode, document, units, evidence))
    return []


def _cells(paragraphs: Iterator[Paragraph]) -> Iterator[tuple[str, int, Paragraph]]:
    for paragraph in paragraphs:
        for cell in _CELL.finditer(paragraph.text):
            text = cell[0].strip()
            if text:
                yield text, paragraph.start + cell.start() + cell[0].index(text), paragraph


def _title_of(text: str) -> tuple[str, int] | None:
    """The title that a text in capitals begins with, and the index of the word after it."""
    words = words_of(text.capitalize(), 0, len(text))
    return title_phrases().match(words, 0) if words else None


def _is_person(text: str) -> bool:
    words = _DEGREE.sub("", text).split()
    return 2 <= len(words) <= 5 and key(words[0]) in keys("surnames") and all(w[:1].isupper() for w in words)


def _signed(
    name: str, post: str, body: str, mode: str | None, document: Document, units: Register, evidence: Evidence
) -> Iterator[Fact]:
    found = _title_of(post)
    if found is None:
        return
    about = title(found[0])
    name = " ".join(word.capitalize() for word in name.split()) if name.isupper() else name
    own = _unit_of(" ".join(post.split()[found[1] :])) if len(post.split()) > found[1] else None
    unit = own or _signing_body(body, about.code, document)
    known = _known(unit, units, evidence) if unit is not None else None
    if known is None:
        return
    known.used = True
    yield Fact("people", {"name": name, "aliases": None}, evidence)
    values = {
        **{"person": name, "title": about.vi, "unit": known, "unit_name": known.name, "unit_kind": known.kind},
        **{"level": known.level, "place": known.place, "mode": mode, "weight": None, "former": False},
    }
    if document.issued:
        values["since"] = f"≤ {document.issued}"
    yield Fact("holdings", values, evidence)


def _signing_body(body: str, title_code: str, document: Document) -> Unit | None:
    """The organ whose head or deputy signed: a standing committee is signed for by the committee's secretary."""
    issuer = _unit_of(document.issuer) if document.issuer else None
    named = _unit_of(body) if body else issuer
    for unit in (named, issuer):
        if unit is not None and title_code in (*unit_kind(unit.kind).heads, *unit_kind(unit.kind).deputies):
            return issuer if issuer is not None and issuer.kind == unit.kind else unit
    return None


def _known(unit: Unit, units: Register, evidence: Evidence) -> Known | None:
    """The unit of the text; a new one where the text names it only in its head. One of no place is none."""
    name = _name(unit)
    same = [u for u in units.units if u.kind == unit.kind and fold(u.name).startswith(fold(name)) and u.mentions]
    same = [u for u in same if unit.place in (None, u.place) or u.place is None] or same[:1]
    if same:
        return same[0]
    if unit.place is None and unit_kind(unit.kind).level_in_name:
        return None
    known = Known(name, unit.kind, unit.level, unit.place or units.home, mentions=[evidence])
    units.units.append(known)
    units.by_key.setdefault(key(name), []).append(known)
    return known
