"""People and their posts: a name with the posts before it, behind it, or given to it by a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from graph.text import key
from graph.titles import Membership, ParsedPosts, Post, parse_posts
from graph.vocabulary import unit_kind
from loaders.reading.document import Document
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.lexicon import alternatives
from loaders.reading.people import PersonAt
from loaders.reading.register import Known, Register
from loaders.reading.scan import Item, Sentence
from loaders.reading.unit_names import Unit


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The patterns of data/people.yaml."""
    takes = alternatives("people", "takes")
    return {
        "planned": re.compile(rf"\b(?:{alternatives('people', 'planned')})\b", re.I),
        "takes": re.compile(
            rf"\s*(?:{alternatives('people', 'given')})?(?:\s*,?\s*(?:bổ nhiệm|và bổ nhiệm))?\s*(?:{takes})\s+(?=\S)"
        ),
        "leaves": re.compile(rf"\b(?:{alternatives('people', 'leaves')})\b", re.I),
        "ends": re.compile(rf"[;:.?!()]|\n|\s(?!dự khuyết)(?:{alternatives('people', 'ends')})(?=[\s,.;:]|$)"),
        "until": re.compile(rf"[;:.]|\s(?:{alternatives('people', 'until')})\s"),
    }[name]


@dataclass
class _Holder:
    """A person of the document."""

    name: str
    mentions: list[Evidence] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)


def find_people(
    document: Document, sentences: Sequence[Sentence], units: Register
) -> tuple[list[Fact], list[tuple[str, Evidence]]]:
    """Facts of people, holdings and memberships, and what was not understood of their titles."""
    holders: dict[str, _Holder] = {}
    facts: list[Fact] = []
    unread: list[tuple[str, Evidence]] = []
    for sentence in sentences:
        for item in sentence.items:
            person = item.value
            if not isinstance(person, PersonAt):
                continue
            holder = _holder(holders, person, item, sentence)
            if holder is None:
                continue
            for parsed, evidence in _posts(document, sentence, item):
                facts += _facts(holder, parsed, evidence, units)
                unread += [(text, evidence) for text, _ in parsed.unknown if len(text) > 3]
    with_posts = {fact.values["person"] for fact in facts}
    people = [
        Fact("people", {"name": h.name, "aliases": sorted(h.aliases) or None}, h.mentions[0], h.mentions[1:])
        for h in holders.values()
        if h.name in with_posts
    ]
    return [*people, *_once(facts)], unread


def _holder(holders: dict[str, _Holder], person: PersonAt, item: Item, sentence: Sentence) -> _Holder | None:
    """The person; a given name with an honorific is the one person named before whose name ends so."""
    evidence = Evidence(sentence.paragraph.number, item.start, item.end, "stated", 0.95, "person-name")
    if person.short:
        same = [h for h in holders.values() if key(h.name).split()[-1] == key(person.name)]
        if len(same) != 1:
            return None
        same[0].mentions.append(evidence)
        return same[0]
    holder = holders.setdefault(key(person.name), _Holder(person.name))
    holder.mentions.append(evidence)
    return holder


def _posts(document: Document, sentence: Sentence, item: Item) -> Iterator[tuple[ParsedPosts, Evidence]]:
    """The posts that the sentence gives the person."""
    text, first = sentence.text(), sentence.start
    start, end = item.start - first, item.end - first
    behind = _apposition(text, end)
    if behind:
        a, b = behind
        parsed = _parse(text[a:b])
        if parsed.posts or parsed.memberships:
            yield parsed, Evidence(sentence.paragraph.number, item.start, first + b, "stated", 0.95, "post-behind-name")
    before = _before(sentence, item, start)
    if before is not None and not (behind and text[behind[0] : behind[1]] == before[1]):
        parsed, _, at = before
        yield parsed, Evidence(sentence.paragraph.number, first + at, item.end, "stated", 0.9, "post-before-name")
    taken = _taken(text, max(end, behind[1] if behind else end))
    if taken is not None:
        a, b = taken
        parsed = _parse(text[a:b])
        posts = ParsedPosts(
            [p for p in parsed.posts if p.span[0] == 0 or p.joined_by or p.span[0] < 60], parsed.memberships, []
        )
        if posts.posts:
            posts = _of_subject(posts, sentence, item)
            yield posts, Evidence(sentence.paragraph.number, item.start, first + b, "stated", 0.85, "takes-the-post")


def _of_subject(parsed: ParsedPosts, sentence: Sentence, item: Item) -> ParsedPosts:
    """ "Đảng ủy A do ông B làm Bí thư": the post without a unit is one of the unit before "do"."""
    at = sentence.items.index(item)
    if at < 2 or sentence.items[at - 1].symbol != "do" or sentence.items[at - 2].symbol != "U":
        return parsed
    unit = sentence.items[at - 2].value
    if not isinstance(unit, Unit):
        return parsed
    posts = [p if p.unit_name else replace(p, unit_name=unit.name, unit_kind=unit.kind) for p in parsed.posts]
    return ParsedPosts(posts, parsed.memberships, parsed.unknown)


def _parse(text: str) -> ParsedPosts:
    return parse_posts(re.sub(r"\bĐoàn ĐBQH\b", "Đoàn đại biểu Quốc hội", text))


def _apposition(text: str, end: int) -> tuple[int, int] | None:
    """The span of the titles behind a name: ", Bí thư …" up to where they end."""
    match = re.match(r"\s*(?:[,(–-]|-)\s*", text[end : end + 6])
    if not match or match.end() == 0:
        return None
    start = end + match.end()
    if re.match(r"\s*(?:ông|bà|đồng chí)\b", text[start : start + 10]):
        return None
    stop = _pattern("ends").search(text, start)
    limit = stop.start() if stop else len(text)
    another = re.search(r"[,;]?\s(?:và\s)?(?:ông|bà|đồng chí|các đồng chí|đ/c)\s", text[start:limit])
    limit = start + another.start() if another else limit
    head = text[start : min(limit, start + 300)]
    return (start, start + len(head)) if _titled(head) else None


def _titled(text: str) -> bool:
    """Whether the text begins with a title, a membership or a qualifier of one."""
    parsed = _parse(text[:120])
    spans = [p.span[0] for p in parsed.posts] + [m.span[0] for m in parsed.memberships]
    return bool(spans) and min(spans) <= 1


def _before(sentence: Sentence, item: Item, start: int) -> tuple[ParsedPosts, str, int] | None:
    """The posts right before a name, if the words between are all theirs."""
    text, first = sentence.text(), sentence.start
    posts = [i for i in sentence.items if i.symbol == "C" and i.end <= item.start and item.start - i.start < 260]
    if not posts or re.search(r"[;:.?!()–]", text[posts[-1].end - first : start]):
        return None
    at = sentence.items.index(item)
    best = None
    for post in reversed(posts):
        segment = text[post.start - first : start]
        between = sentence.items[sentence.items.index(post) : at]
        if any(i.symbol in (";", ":", "(", ")", "N") for i in between):
            break
        cleaned = re.sub(r"[,\s]*(?:là|:|ông|bà|đồng chí|đ/c)?\s*$", "", segment)
        honoured = isinstance(item.value, PersonAt) and item.value.honorific
        if re.search(r",\s*$", segment) and not honoured:
            break
        parsed = _parse(cleaned)
        if parsed.unknown or not (parsed.posts or parsed.memberships):
            break
        best = (parsed, cleaned, post.start - first)
    if best is not None:
        lead = text[max(0, best[2] - 18) : best[2]]
        qualifier = re.search(r"(?:nguyên|quyền|cựu|Nguyên|Quyền)\s*$", lead)
        if qualifier:
            begin = max(0, best[2] - 18) + qualifier.start()
            best = (_parse(text[begin : best[2]] + best[1]), best[1], begin)
    return best


def _taken(text: str, end: int) -> tuple[int, int] | None:
    """The span of a post that a verb behind the name gives to the person."""
    for match in _pattern("takes").finditer(text, end, min(len(text), end + 200)):
        between = text[end : match.start()]
        if re.search(r"[;:.]|\b(?:ông|bà|đồng chí)\b", between) or _pattern("planned").search(
            text[max(0, end - 60) : match.end()]
        ):
            return None
        if _pattern("leaves").search(text[max(end, match.start() - 8) : match.end()]):
            continue  # a post that is left; one that is taken may follow
        stop = _pattern("until").search(text[match.end() :])
        limit = match.end() + (stop.start() if stop else len(text) - match.end())
        segment = text[match.end() : min(limit, match.end() + 200)]
        if _titled(segment):
            return match.end(), match.end() + len(segment)
    return None


def _facts(holder: _Holder, parsed: ParsedPosts, evidence: Evidence, units: Register) -> Iterator[Fact]:
    for at, post in enumerate(parsed.posts):
        if post.unit_name and not post.place and not post.level:
            shared = next((p for p in parsed.posts[at + 1 :] if p.place or p.level), post)
            post = replace(post, place=shared.place, level=shared.level)
        yield Fact("holdings", _holding(holder, post, units, evidence), evidence)
    for membership in parsed.memberships:
        if membership.unit_name is None:
            continue
        yield Fact("memberships", _membership(holder, membership, units, evidence), evidence)


def _holding(holder: _Holder, post: Post, units: Register, evidence: Evidence) -> dict[str, Any]:
    name = _with_level(post.unit_name, post.level, post.place)
    return {
        "person": holder.name,
        "title": post.title,
        "unit": _unit_of(name, post.unit_kind, post.place, units, evidence),
        "unit_name": name,
        "unit_kind": post.unit_kind,
        "level": post.level,
        "place": post.place,
        "mode": post.mode if post.mode != "full" else None,
        "weight": post.weight,
        "former": post.former,
    }


_LEVEL_WORDS = {"province": "tỉnh", "district": "huyện", "commune": "xã"}


def _with_level(name: str | None, level: str | None, place: str | None) -> str | None:
    """A party committee that shares its level with the next post: "Bí thư Đảng ủy, Chủ tịch HĐND xã"."""
    if name is None or key(name) != "đảng ủy" or not (level or place):
        return name
    word = next((w for w in ("phường", "thị trấn", "đặc khu") if place and place.startswith(w + " ")), None)
    return f"{name} {word or _LEVEL_WORDS.get(level or '', 'xã')}"


def _membership(holder: _Holder, membership: Membership, units: Register, evidence: Evidence) -> dict[str, Any]:
    unit = _unit_of(membership.unit_name, membership.unit_kind, membership.place, units, evidence)
    return {
        "person": holder.name,
        "kind": membership.kind,
        "unit": unit,
        "unit_name": membership.unit_name,
        "unit_kind": membership.unit_kind,
        "level": membership.level,
        "place": membership.place,
        "as_written": membership.raw,
        "former": membership.former,
    }


def _unit_of(
    name: str | None, kind: str | None, place: str | None, units: Register, evidence: Evidence
) -> Known | None:
    """The unit of the document that the post is in."""
    if name is None:
        return None
    same: list[Known | None] = [*units.by_key.get(key(name), [])] or [units.find(name)]
    fitting = [u for u in same if u is not None and (place is None or u.place is None or u.place == place)]
    if not fitting and kind:
        fitting = [
            u for u in units.units if u.kind == kind and key(u.name).startswith(key(name)) and place in (None, u.place)
        ]
    if not fitting:
        begun = [u for u in units.units if key(name).startswith(key(u.name) + " ") and place in (None, u.place)]
        fitting = sorted(begun, key=lambda u: -len(u.name))[:1]
    if not fitting and kind is not None:
        fitting = [_added(name, kind, place, units, evidence)]
    if fitting and fitting[0] is not None:
        fitting[0].used = True
        return fitting[0]
    return None


def _added(name: str, kind: str, place: str | None, units: Register, evidence: Evidence) -> Known:
    """A unit that only a title names (Thứ trưởng Bộ Nội vụ, Ủy viên Trung ương Đảng)."""
    levels = unit_kind(kind).levels
    known = Known(name, kind, levels[0] if len(levels) == 1 else None, place, mentions=[evidence], basis="deduced")
    if known.level is None:
        known.level = "province" if "province" in levels else levels[0]
    units.units.append(known)
    units.by_key.setdefault(key(name), []).append(known)
    return known


def _once(facts: list[Fact]) -> list[Fact]:
    """Each holding once; a shorter mention of the same post is a further place of it."""
    kept: list[Fact] = []
    of_person: dict[str, list[Fact]] = {}
    for fact in facts:
        theirs = of_person.setdefault(key(fact.values["person"]), [])
        same = next((f for f in theirs if _same(f, fact)), None)
        if same is None:
            kept.append(fact)
            theirs.append(fact)
            continue
        same.also.append(fact.evidence)
        for name, value in fact.values.items():
            if same.values.get(name) in (None, False) and name not in ("former",):
                same.values[name] = value
    return kept


def _same(one: Fact, other: Fact) -> bool:
    a, b = one.values, other.values
    if one.sheet != other.sheet or key(a["person"]) != key(b["person"]) or a["former"] != b["former"]:
        return False
    if one.sheet == "memberships":
        return bool(a["kind"] == b["kind"])
    units_fit = not a["unit_name"] or not b["unit_name"] or key(a["unit_name"]) == key(b["unit_name"])
    return bool(a["title"] == b["title"] and units_fit)
