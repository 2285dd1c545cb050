"""Who signed a document: a title alone on a line, below it the name, with only remarks between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.text import key
from graph.titles import ParsedPosts, Post, parse_posts
from graph.vocabulary import unit_kind
from loaders.reading.document import Document, Paragraph
from loaders.reading.evidence import Evidence
from loaders.reading.known import Known
from loaders.reading.people import person_at
from loaders.reading.scan import words_of
from loaders.reading.unit_names import read_unit

_LAST = 14  # a signature stands in the last paragraphs
_MOST_BETWEEN = 4
_REMARK = re.compile(r"\W*(?:đã ký|ký tên|ký, đóng dấu|đã ký và đóng dấu)\W*$", re.I)
# by whose order: TM. (thay mặt), KT. (ký thay), TL. (thừa lệnh), Q. (quyền)
_ORDER = re.compile(r"^\W*(?P<order>T/?M|K/?T|T/?L|T/?U/?Q|Q)\b[./:]*\s*", re.I)


_COMMITTEES = frozenset(("tinh_uy", "thanh_uy", "huyen_uy", "quan_uy", "thi_uy", "dang_uy"))


def signatures(document: Document, units: Sequence[Known]) -> Iterator[tuple[str, ParsedPosts, Evidence]]:
    """(person, post, place in the text) of those who signed; the unit is what signs (TM. UBND tỉnh), or the issuer."""
    last = document.paragraphs[-_LAST:]
    for at, paragraph in enumerate(last):
        name = _name(paragraph)
        if name is None:
            continue
        committee = next((unit for unit in units if unit.kind in _COMMITTEES), None)
        found = _title_above(document, last[:at], committee, units)
        if found is not None:
            post, first = found
            span = Evidence(first.number, first.start, paragraph.end, "stated", 0.85, "signature")
            yield name, ParsedPosts([post], [], []), span


def _name(paragraph: Paragraph) -> str | None:
    """The name that is the whole of the paragraph."""
    if parse_posts(_small(paragraph.text)).posts:
        return None  # PHÓ TRƯỞNG BAN
    words = words_of(paragraph.text, 0, len(paragraph.text))
    found = person_at(words, 0) if 2 <= len(words) <= 7 else None
    return found[0].name if found is not None and found[1] == len(words) and not found[0].short else None


def _title_above(
    document: Document, above: list[Paragraph], committee: Known | None, units: Sequence[Known]
) -> tuple[Post, Paragraph] | None:
    """The title in the paragraphs right above a name, with its unit."""
    for back, paragraph in enumerate(reversed(above[-_MOST_BETWEEN:])):
        if _REMARK.match(paragraph.text):
            continue
        text = _ORDER.sub("", paragraph.text)
        parsed = parse_posts(_small(text))
        if len(parsed.posts) != 1 or parsed.unknown or parsed.posts[0].span[0] > 1 or len(text) > 80:
            return None
        post = parsed.posts[0]
        if post.unit_name:
            return post, paragraph
        signing = above[-back - 2] if len(above) > back + 1 else None
        unit = _unit(_ORDER.sub("", signing.text)) if signing and _ORDER.match(signing.text) else None
        placed = _placed(post, unit or _unit(document.issuer), committee)
        return (placed if placed.unit_name else _of_head(placed, document, units)), paragraph
    return None


_HEAD = 6  # the issuer of a report stands in its first lines


def _of_head(post: Post, document: Document, units: Sequence[Known]) -> Post:
    """The post in the unit that stands as a line in capitals in the head of the document (TỈNH ỦY A, BAN TỔ CHỨC)."""
    lines = [p.text.strip(" .:*-") for p in document.paragraphs[:_HEAD] if p.text.isupper()]
    issuers = [key(line) for line in lines if _unit(line) is not None]
    for name in reversed(issuers):
        of_name = [u for u in units if u.kind and key(u.name).startswith(name) and _can_have(u.kind, post)]
        if of_name:
            unit = max(of_name, key=lambda u: len(u.mentions))
            return replace(post, unit_name=unit.name, unit_kind=unit.kind, level=unit.level, place=unit.place)
    return post


def _can_have(kind: str, post: Post) -> bool:
    about = unit_kind(kind)
    return post.title_code in about.heads + about.deputies


def _small(text: str) -> str:
    return text.capitalize() if text.isupper() else text


def _unit(text: str) -> tuple[str, str] | None:
    """(name, kind) of the unit whose name is the whole of the text."""
    words = words_of(_small(text.strip(" .:;-")), 0, len(text))
    found = read_unit(words, 0) if words else None
    return (found[0].name, found[0].kind) if found is not None and not found[0].group else None


def _placed(post: Post, unit: tuple[str, str] | None, committee: Known | None) -> Post:
    """The post in the unit that signs; a secretary signs for the standing committee of the party committee that the
    document is of."""
    if key(post.title).endswith(("bí thư", "bí thư thường trực")) and (unit is None or unit[1] == "ban_thuong_vu"):
        if committee is None:
            return post
        return replace(post, unit_name=committee.name, unit_kind=committee.kind, place=committee.place)
    if unit is None:
        return post
    name, kind = unit
    return replace(post, unit_name=name, unit_kind=kind) if _can_have(kind, post) else post
