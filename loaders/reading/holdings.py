"""People and their posts: a name with the posts before it, behind it, or given to it by a verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.text import key
from graph.titles import Membership, ParsedPosts, Post
from graph.vocabulary import level_of, unit_kind, unit_kind_of
from loaders.reading.document import Document
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Known, Register
from loaders.reading.organs_of_offices import of_office_beside, place_by_office
from loaders.reading.people import PersonAt
from loaders.reading.person_posts import Given, posts_in
from loaders.reading.post_histories import (
    Period,
    in_period,
    in_unit_of_title,
    of_unit_told_of,
    period_of,
    tells_history,
)
from loaders.reading.post_left import left_posts
from loaders.reading.post_lists import with_headings
from loaders.reading.post_results import in_result, results_of
from loaders.reading.post_runs import SaidPost, wording
from loaders.reading.post_units import (
    OF_A_VISIT,
    in_heading,
    in_unit_before,
    is_of_named_kind,
    lasting_units,
    names_other_unit,
    names_unit,
    points_back,
)
from loaders.reading.signatures import signatures
from loaders.reading.unit_names import Unit
from loaders.reading.unit_places import of_place_beside, place_by_council, place_of_level, plain_post_unit


@dataclass
class _Holder:
    """A person of the document."""

    name: str
    mentions: list[Evidence] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)


def find_people(
    document: Document, sentences: Sequence[Sentence], units: Register, events: Sequence[Fact]
) -> tuple[list[Fact], list[tuple[str, Evidence]]]:
    """Facts of people, holdings and memberships, and what was not understood of their titles."""
    holders: dict[str, _Holder] = {}
    facts: list[Fact] = []
    unread: list[tuple[str, Evidence]] = []
    named_before: list[Unit] = []
    results = results_of(events)
    for sentence, heading in with_headings(sentences):
        given = list(posts_in(sentence, heading.said))
        named = [item for item in sentence.items if isinstance(item.value, PersonAt)]
        if heading.given is not None and named and (heading.to_all or not given):
            evidence = Evidence(
                sentence.paragraph.number, named[0].start, named[-1].end, "stated", 0.85, "post-in-heading"
            )
            if heading.moves and heading.given.posts:
                new = heading.given.posts
                given = [replace(each, parsed=left_posts(each.parsed, new, heading.said)) for each in given]
            given += [Given(item, heading.given, evidence) for item in named]
        elsewhere = bool(given) and points_back(sentence)
        no_unit = bool(given) and not names_unit(sentence)
        history = next((said for said in (wording(sentence), heading.said) if tells_history(said)), "")
        of_person: dict[int, list[Given]] = {}
        for each in given:
            of_person.setdefault(each.person.start, []).append(each)
        for item in sentence.items:
            person = item.value
            if not isinstance(person, PersonAt):
                continue
            holder = _holder(holders, person, item, sentence)
            if holder is None:
                continue
            theirs = of_person.get(item.start, [])
            for each in theirs:
                beside = [other.parsed for other in theirs if other.said is None]
                made = in_result(each.said, beside, units, results) if each.said is not None else None
                parsed = made or in_heading(each.parsed, heading.units)
                period = period_of(sentence, item) if history else None
                if history:
                    parsed = of_unit_told_of(in_period(parsed, period), document, units, history)
                alone = each.said is not None and not names_other_unit(sentence, each.evidence.end, beside)
                if elsewhere or is_of_named_kind(parsed) or no_unit or alone:
                    parsed = in_unit_before(parsed, named_before)
                facts += _facts(holder, parsed, each.evidence, units, period)
                unread += [(text, each.evidence) for text, _ in parsed.unknown if len(text) > 3]
        named_before = [unit for unit in lasting_units(sentence) if unit.basis != "short"] or named_before
    # who signed a decision is read with its head (loaders.reading.decision_head)
    for name, posts, evidence in () if document.decision else signatures(document, units.units):
        holder = holders.setdefault(key(name), _Holder(name))
        holder.mentions.append(evidence)
        facts += _facts(holder, posts, evidence, units)
    facts, homeless = _with_unit([in_unit_of_title(fact, document, units) for fact in _once(facts)])
    unread += [(document.quote(f.evidence.start, f.evidence.end), f.evidence) for f in homeless]
    with_posts = {fact.values["person"] for fact in facts}
    people = [
        Fact("people", {"name": h.name, "aliases": sorted(h.aliases) or None}, h.mentions[0], h.mentions[1:])
        for h in holders.values()
        if h.name in with_posts
    ]
    return [*people, *facts], unread


def _with_unit(facts: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The facts whose unit is known, and those whose unit is not."""
    known = [fact for fact in facts if isinstance(fact.values["unit"], Known)]
    return known, [fact for fact in facts if fact not in known]


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


def _facts(
    holder: _Holder, parsed: ParsedPosts, evidence: Evidence, units: Register, period: Period | None = None
) -> Iterator[Fact]:
    for at, post in enumerate(parsed.posts):
        if post.title_code in OF_A_VISIT and "đại biểu" not in key(post.unit_name or ""):
            continue
        post = of_office_beside(_in_committee(post, parsed.posts[at + 1 :]), parsed.posts)
        if post.unit_name and not post.place and not post.level:
            shared = next((p for p in parsed.posts[at + 1 :] if p.place or p.level), post)
            post = replace(post, place=shared.place, level=shared.level)
            post = _of_same_place(post, shared)
        holding = _holding(holder, post, units, evidence)
        if (organ := _organ_behind(post, parsed.posts[at + 1 :])) is not None:
            of_organ = _holding(holder, organ, units, evidence)["unit"]
            holding["unit"] = _party_body_of(post.unit_name, holding["unit"], of_organ, units, evidence)
        if period is not None:
            holding |= {"held_from": period.since, "held_until": period.until}
        yield Fact("holdings", holding, evidence)
    for membership in parsed.memberships:
        if membership.unit_name is None:
            continue
        yield Fact("memberships", _membership(holder, membership, units, evidence), evidence)


def _holding(holder: _Holder, post: Post, units: Register, evidence: Evidence) -> dict[str, Any]:
    name = _with_level(post.unit_name, post.level, post.place)
    named = units.of_mention.get(post.mention) if isinstance(post, SaidPost) and post.mention else None
    if named is not None:
        named.used = True
    return {
        "person": holder.name,
        "title": post.title,
        "unit": named or _unit_of(name, post.unit_kind, post.place, units, evidence),
        "unit_name": name,
        "unit_kind": post.unit_kind,
        "level": post.level,
        "place": post.place,
        "mode": post.mode if post.mode != "full" else None,
        "weight": post.weight,
        "former": post.former,
    }


_COMMITTEES = {
    **{"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy"},
    **{"xã": "Đảng ủy xã", "phường": "Đảng ủy phường", "thị trấn": "Đảng ủy thị trấn", "đặc khu": "Đảng ủy đặc khu"},
}
_LEADS = frozenset(("bi_thu", "pho_bi_thu", "pho_bi_thu_thuong_truc"))


_CHAIRS = frozenset(("chu_tich", "pho_chu_tich", "pho_chu_tich_thuong_truc"))


def _in_committee(post: Post, following: Sequence[Post]) -> Post:
    """ "Phó Bí thư, Chủ tịch UBND tỉnh": a secretary of a place is one of its party committee; "Chủ tịch xã": the
    chair of a place is that of its people's committee."""
    if post.unit_name or post.title_code not in _LEADS | _CHAIRS:
        return post
    said = post.place or (following[0].unit_name if post.shared and following else None) or post.raw
    words = key(said)
    kinds = [kind for kind in _COMMITTEES if words.startswith(f"{kind} ") or words.endswith(f" {kind}")]
    if not kinds:
        return post
    kind = max(kinds, key=len)
    if post.title_code in _CHAIRS and post.shared:
        return post
    name = _COMMITTEES[kind] if post.title_code in _LEADS else f"UBND {kind}"
    return replace(post, unit_name=name, unit_kind=unit_kind_of(name))


def _of_same_place(post: Post, following: Post) -> Post:
    """ "Bí thư Đảng ủy, Chủ tịch HĐND phường": the party committee is that of the kind of place said behind."""
    said = key(following.unit_name or "")
    kind = next((k for k in ("xã", "phường", "thị trấn", "đặc khu") if said.endswith(f" {k}")), None)
    if kind is None or key(post.unit_name or "") != "đảng ủy":
        return post
    return replace(post, unit_name=f"{post.unit_name} {kind}")


_PARTY_BODIES = frozenset(("đảng ủy", "đảng đoàn", "ban cán sự đảng"))
# whose party committee is that of the place
_OF_PLACES = frozenset(("hdnd", "ubnd", "mttq"))


def _organ_behind(post: Post, following: Sequence[Post]) -> Post | None:
    """The post behind that of a secretary of a party body that is not named further, which says of what organ that is:
    Bí thư Đảng đoàn, *Chủ tịch Hội Nông dân tỉnh*."""
    body = key(post.unit_name or "")
    if post.title_code not in _LEADS or post.place or body not in _PARTY_BODIES or not following:
        return None
    organ = following[0]
    if organ.unit_name is None or organ.unit_kind is None or organ.former != post.former:
        return None
    about = unit_kind(organ.unit_kind)
    of_place = about.system == "party" or (body == "đảng ủy" and organ.unit_kind in _OF_PLACES)
    return organ if organ.title_code in about.heads + about.deputies and not of_place else None


def _party_body_of(
    name: str | None, body: Known | None, organ: Known | None, units: Register, evidence: Evidence
) -> Known | None:
    """The party body of the organ; what the text named by the body's bare name alone is it."""
    if name is None or body is None or organ is None:
        return body
    whole = f"{name} {organ.name}"
    same = next((u for u in units.units if (key(u.name), u.place) == (key(whole), organ.place)), None)
    if same is not None:
        return same
    if key(body.name) == key(name) and body.place is None:
        body.name, body.place, body.level = whole, organ.place, organ.level
        units.by_key.setdefault(key(whole), []).append(body)
        return body
    return _added(whole, body.kind, organ.place, units, evidence)


_LEVEL_WORDS = {"province": "tỉnh", "district": "huyện", "commune": "xã"}


def _with_level(name: str | None, level: str | None, place: str | None) -> str | None:
    """A party committee that shares its level with the next post: "Bí thư Đảng ủy, Chủ tịch HĐND xã"."""
    if name is None or key(name) != "đảng ủy" or not (level or place) or level == "province":
        return name  # that of a department has no level word
    word = next((w for w in ("phường", "thị trấn", "đặc khu") if place and place.startswith(w + " ")), None)
    return f"{name} {word or _LEVEL_WORDS.get(level or '', 'xã')}"


def _membership(holder: _Holder, membership: Membership, units: Register, evidence: Evidence) -> dict[str, Any]:
    known = len(units.units)
    unit = _unit_of(membership.unit_name, membership.unit_kind, membership.place, units, evidence)
    if unit is not None and len(units.units) > known:
        unit.implied = True
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
    name, place = plain_post_unit(name, place)
    if (joint := _joint_office(name, units, evidence)) is not None:
        joint.used = True
        return joint
    same: list[Known | None] = [*units.by_key.get(key(name), [])] or [units.find(name)]
    fitting = [u for u in same if u is not None and (place is None or u.place is None or u.place == place)]
    if len(fitting) > 1:
        here = [u for u in fitting if any(evidence.start <= mention.start < evidence.end for mention in u.mentions)]
        fitting = here or fitting
    fitting = of_place_beside(fitting, evidence, units.units) if place is None else fitting
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
        if fitting[0].place is None and not fitting[0].near:
            fitting[0].place = place
        return fitting[0]
    return None


def _joint_office(name: str, units: Register, evidence: Evidence) -> Known | None:
    """The office of several bodies that the words name, of which a title has the first: Chánh *Văn phòng Huyện ủy* -
    HĐND - UBND huyện."""
    begins = f"{name.lower()} - "
    longer = [unit for unit in units.units if unit.name.lower().startswith(begins)]
    here = [unit for unit in longer if any(evidence.start <= m.start < evidence.end for m in unit.mentions)]
    only = here or (longer if len(longer) == 1 and units.find(name) is None else [])
    return only[0] if only and key(name).startswith("văn phòng ") else None


def _added(name: str, kind: str, place: str | None, units: Register, evidence: Evidence) -> Known:
    """A unit that only a title names (Thứ trưởng Bộ Nội vụ, Ủy viên Trung ương Đảng)."""
    levels = unit_kind(kind).levels
    known = Known(name, kind, levels[0] if len(levels) == 1 else None, place, mentions=[evidence], basis="deduced")
    said = level_of(name)
    if known.level is None:
        known.level = said if said in levels else "province" if "province" in levels else levels[0]
    place_by_office(known, units)
    place_by_council(known, units.units)
    if known.place is None and said is not None and levels != ("central",):
        known.place, known.place_basis = place_of_level(units, known), "deduced"
    same = next((u for u in units.units if (key(u.name), u.place) == (key(known.name), known.place)), None)
    if same is not None:
        return same
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
        if _shortens(same.values["unit_name"], fact.values["unit_name"]):
            same.values["unit"], same.values["unit_name"] = fact.values["unit"], fact.values["unit_name"]
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
    if a["place"] and b["place"] and a["place"] != b["place"]:
        return False
    units_fit = not a["unit_name"] or not b["unit_name"] or key(a["unit_name"]) == key(b["unit_name"])
    units_fit = units_fit or _shortens(a["unit_name"], b["unit_name"]) or _shortens(b["unit_name"], a["unit_name"])
    return bool(a["title"] == b["title"] and (units_fit or a["unit"] is b["unit"]))


def _shortens(one: str | None, other: str | None) -> bool:
    """Whether a name is the other one shortened (Báo và Đài Hòa Sơn for Báo và Phát thanh, Truyền hình Hòa Sơn)."""
    short, long = key(one or "").split(), key(other or "").split()
    if not short or len(short) >= len(long) or short[:2] != long[:2]:
        return False
    rest = iter(long)
    return all(word in rest for word in short)
