"""The documents that a text cites, joined by number: "Nghị quyết 18" is 18-NQ/TW."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graph.packaged import packaged_yaml
from graph.text import key
from graph.vocabulary import code_of
from loaders.reading.document import Document, year_of
from loaders.reading.entities import CitedAt, DateAt
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known, Register
from loaders.reading.named_documents import unnumbered_laws

_OTHER_ISSUER = re.compile(
    r"HĐND|UBND|Hội đồng nhân dân|Ủy ban nhân dân|Huyện ủy|Thị ủy|Quận ủy|Tỉnh ủy|Thành ủy|Đảng ủy|Đảng bộ|Chính phủ|"
    r"Quốc hội|Bộ trưởng|/\d{4}/"
)
_TITLE = re.compile(
    r"^\s*,?\s*(?:[“\"](?P<quoted>[^”\"]{10,300})[”\"]|(?:về|Về)\s+(?:việc\s+)?(?P<about>[^.;,“”\"]{8,200}))"
)


@dataclass
class _Cited:
    """A document as it is cited, from all places."""

    kind: str
    number: str
    issued: str = ""
    title: str = ""
    issuer: Known | None = None
    issuer_text: str = ""
    places: list[Evidence] = field(default_factory=list)
    citation: str | None = None


@lru_cache(maxsize=1)
def _known() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = packaged_yaml("loaders", "reading", "data", "known_documents.yaml")
    return rows


def find_documents(document: Document, sentences: Sequence[Sentence], units: Register) -> list[Fact]:
    """The cited documents; the values have what the text says of them."""
    found: list[_Cited] = []
    own, year = document.number, year_of(document)
    for sentence in sentences:
        numbered = [at for at, item in enumerate(sentence.items) if item.symbol == "D"]
        for at in numbered:
            cited = sentence.items[at].value
            if isinstance(cited, CitedAt) and not (own and cited.number and key(cited.number) == key(own)):
                _add(found, _one(document, sentence, at, cited, units, year))
        _unnumbered(sentence, units, found)
        for law in unnumbered_laws(sentence):
            made = _Cited(law.kind, "", law.issued, law.title)
            made.places = [Evidence(sentence.paragraph.number, law.start, law.end, "stated", 0.85, "named-document")]
            _add_titled(found, made)
    return [_fact(each) for each in _joined(found)]


def _one(document: Document, sentence: Sentence, at: int, cited: CitedAt, units: Register, year: int) -> _Cited:
    item = sentence.items[at]
    evidence = Evidence(sentence.paragraph.number, item.start, item.end, "stated", 0.95, "document-number")
    made = _Cited(cited.kind, cited.number, places=[evidence])
    following = sentence.items[at + 1 : at + 12]
    symbols = [i.symbol for i in following]
    # one date or issuer may serve several documents: Nghị quyết 18 và Nghị quyết 19, ngày 25/10/2017 của …
    gone = 0
    while gone < len(symbols) and symbols[gone] in ("D", ",", "và", "ngày", "T", ";"):
        if symbols[gone] == "T" and not made.issued:
            made.issued = _day(following[gone].value)
        gone += 1
    tail = document.normal.text[item.end if not gone else sentence.items[at + gone].end : sentence.end]
    issuer = next((i for i in sentence.items[at + gone + 1 : at + gone + 5] if i.symbol in ("U", "Y")), None)
    beside = [i.symbol for i in sentence.items[at + gone + 1 : at + gone + 3]]
    if issuer is not None and "của" in beside:
        made.issuer = units.at(issuer)
        if made.issuer is not None:
            made.issuer.used = True
    if made.issuer is None and at >= 2 and "ban hành" in document.normal.text[max(0, item.start - 14) : item.start]:
        subject = next((i for i in reversed(sentence.items[max(0, at - 6) : at]) if i.symbol in ("U", "K", ";")), None)
        made.issuer = units.at(subject) if subject is not None and subject.symbol == "U" else None
    title = _TITLE.match(tail)
    if title:
        made.title = (title["quoted"] or f"Về {title['about']}").strip()
    made.citation = _relation(document, sentence, item)
    # an issuer stands right behind the number, perhaps with the date before it: Nghị quyết 19 (…) của HĐND tỉnh
    behind = re.split(r"[;.]|, (?!ngày)", document.normal.text[item.end : min(sentence.end, item.end + 90)])[0]
    _complete(made, document.normal.text[item.start : item.end] + behind, year)
    return made


_RELATIONS = (
    ("replaces", re.compile(r"(?:thay thế|bãi bỏ|hết hiệu lực)", re.I)),
    ("amends", re.compile(r"sửa đổi, bổ sung", re.I)),
    ("implements", re.compile(r"(?:thực hiện|triển khai)", re.I)),
)


def _relation(document: Document, sentence: Sentence, item: Item) -> str | None:
    """How the document stands to the cited one, by the words before it; None: it cites."""
    before = document.normal.text[max(sentence.start, item.start - 70) : item.start]
    if document.decision and re.match(r"\s*Căn cứ", sentence.text()):
        return None
    if not document.decision:
        return None
    return next((name for name, pattern in _RELATIONS if pattern.search(before)), None)


def _day(date: object) -> str:
    if isinstance(date, DateAt) and re.fullmatch(
        r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4}", date.text
    ):
        return date.text
    return ""


def _complete(made: _Cited, beside: str, year: int) -> None:
    """Give a document that is known by its short number its full one; `year` is that of the text."""
    for row in _known():
        whole = str(row["number"])
        named = made.number == row["short"] or whole.startswith(f"{made.number}/") or key(made.number) == key(whole)
        if made.kind != row["kind"] or not named:
            continue
        other = _OTHER_ISSUER.search(beside)
        if other and row["issuer"] != other[0] and made.number == row["short"]:
            continue
        if made.number == row["short"] and made.issuer and made.issuer.level != "central":
            continue
        if made.number == row["short"] and 0 < year < int(str(row["issued"])[:4]):
            continue
        if made.issued and _iso(made.issued) != str(row["issued"]):
            continue
        made.number = str(row["number"])
        made.issuer_text = str(row["issuer"])


def _iso(day: str) -> str:
    from loaders.reading.entities import parsed

    found = parsed(day)
    return found.latest.isoformat() if found else day


def _add(found: list[_Cited], cited: _Cited) -> None:
    """Join with the same document cited before: the same number, or a short one of the same kind."""
    for known in found:
        if known.kind == cited.kind and known.number and _same_number(known.number, cited.number):
            known.places += cited.places
            known.number = max(known.number, cited.number, key=len)
            known.issued = known.issued or cited.issued
            known.title = known.title or cited.title
            known.citation = known.citation or cited.citation
            known.issuer = known.issuer or cited.issuer
            known.issuer_text = known.issuer_text or cited.issuer_text
            return
    found.append(cited)


def _same_number(one: str, other: str) -> bool:
    if key(one) == key(other):
        return True
    short, long = sorted((one, other), key=len)
    if long.startswith(f"{short}/") and not short.isdigit():
        return True  # Nghị quyết 18-NQ
    return short.isdigit() and bool(re.match(rf"0*{int(short)}\D", long)) and "/" in long


def _joined(found: list[_Cited]) -> list[_Cited]:
    """A short number that came before the full one is the same document."""
    joined: list[_Cited] = []
    for cited in sorted(found, key=lambda c: c.number.isdigit()):
        _add(joined, cited)
    return sorted(joined, key=lambda c: c.places[0].start)


_UNNUMBERED = re.compile(r"(?:theo|Theo) (?P<kind>báo cáo|đề án|kế hoạch) của ", re.I)
_SIGNED = re.compile(
    r"(?P<kind>[Qq]uy chế|[Qq]uy định|[Kk]ế hoạch|[Qq]uyết định|Nghị quyết|Chương trình) "
    r"(?P<title>[^.;()“”]{6,200}?),? (?:được )?(?:ký|ban hành)(?: vào)?(?: ngày)? (?=\d|ngày)"
)


def _unnumbered(sentence: Sentence, units: Register, found: list[_Cited]) -> None:
    """Documents without a number: a report of a named unit, a rule signed on a day."""
    text, first = sentence.text(), sentence.start
    for match in _UNNUMBERED.finditer(text):
        item = next((i for i in sentence.items if i.start == first + match.end() and i.symbol == "U"), None)
        issuer = units.at(item) if item else None
        if item is None or issuer is None:
            continue
        issuer.used = True
        folded = match["kind"].lower()
        made = _Cited(
            code_of("document_kinds", folded) or "other", "", title=f"{folded.capitalize()} của {issuer.name}"
        )
        made.issuer = issuer
        made.places = [
            Evidence(sentence.paragraph.number, first + match.start("kind"), item.end, "stated", 0.7, "report-of")
        ]
        _add_titled(found, made)
    for match in _SIGNED.finditer(text):
        date = next((i for i in sentence.items if i.symbol == "T" and abs(i.start - first - match.end()) <= 8), None)
        if date is None or re.match(r"\s*số\b", match["title"]) or re.search(r"\d[-/][A-ZĐ]", match["title"]):
            continue
        kind = code_of("document_kinds", match["kind"].lower()) or "other"
        made = _Cited(kind, "", _day(date.value), f"{match['kind'].capitalize()} {match['title'].strip()}")
        made.places = [
            Evidence(sentence.paragraph.number, first + match.start(), date.end, "stated", 0.75, "signed-on")
        ]
        _add_titled(found, made)


def _add_titled(found: list[_Cited], cited: _Cited) -> None:
    same = next((k for k in found if not k.number and key(k.title) == key(cited.title)), None)
    if same is not None:
        same.places += cited.places
    else:
        found.append(cited)


def _fact(cited: _Cited) -> Fact:
    values = {
        "number": cited.number or None,
        "kind": cited.kind,
        "title": cited.title or None,
        "issued": cited.issued or None,
        "citation": cited.citation,
        "issuer": cited.issuer_text or (cited.issuer.name if cited.issuer else None),
        "issued_by": cited.issuer,
    }
    return Fact("documents", values, cited.places[0], cited.places[1:])
