"""What is shown of the units of a structure: posts, holders, staff, functions, ties, concurrent holders, sources."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from graph.store import Store
from queries import concurrency, holdings
from queries.models import known_models
from queries.structure_types import Concurrent, Holder, OuterTie, Post, Structure, Tie

MOST_SOURCES = 5
_TIE_KINDS = {"SERVES": "serves", "FACE_OF": "face"}  # the others say their kind themselves

_POSTS = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})<-[o:OF_UNIT]-(x:Position)
WHERE (o.valid_from IS NULL OR o.valid_from <= $on) AND (o.valid_to IS NULL OR o.valid_to > $on)
  AND (x.valid_from IS NULL OR x.valid_from <= $on) AND (x.valid_to IS NULL OR x.valid_to > $on)
RETURN DISTINCT u.id AS unit, x.id AS id, x.title AS title, x.kind AS kind, x.role AS role, x.seats AS seats
"""

_HOLDERS = """
UNWIND $posts AS post
MATCH (x:Position {id: post})<-[h:HOLDS]-(p:Person)
WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
RETURN x.id AS post, p.id AS person, p.name AS name, h.id AS holding, h.mode AS mode, h.basis AS basis
ORDER BY name
"""

_LEFT = """
UNWIND $posts AS post
MATCH (x:Position {id: post})<-[h:HOLDS]-(:Person)
WHERE h.valid_to IS NOT NULL AND h.valid_to <= $on
RETURN x.id AS post, h.valid_to AS day
"""

_STAFF = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})<-[:ABOUT]-(f:Figure)
WHERE f.measure IN ['staff_quota', 'staff'] AND f.value IS NOT NULL
  AND (f.direction IS NULL OR f.direction = 'level') AND (f.state IS NULL OR f.state = 'achieved')
  AND (f.date IS NULL OR f.date <= $on)
RETURN u.id AS unit, f.measure AS measure, f.value AS value, f.date AS date
"""

_FUNCTIONS = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})-[r:PERFORMS]->(f:Function)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
RETURN DISTINCT u.id AS unit, f.id AS id, f.text AS text, r.role AS role
"""

_TIES = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})-[r:PART_OF|SERVES|FACE_OF|RELATED]->(v:Unit)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
RETURN type(r) AS type, r.kind AS kind, u.id AS start, v.id AS end, v.name AS name
"""

_TIES_IN = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})<-[r:SERVES|FACE_OF]-(v:Unit)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
RETURN type(r) AS type, u.id AS end, v.id AS start, v.name AS name
"""

_UNIT_SOURCES = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})-[e:STATED_IN]->(d:Document)
RETURN e.fact AS fact, d.id AS id, d.number AS number, d.title AS title
"""


def furnish(store: Store, structure: Structure, functions: bool = False) -> Structure:
    """Add posts, holders, staff, ties, concurrent holders, sources and, where asked for, functions."""
    shown = list(structure.units)
    facts = _add_posts(store, structure, shown)
    _add_staff(store, structure, shown)
    if functions:
        _add_functions(store, structure, shown)
    _add_ties(store, structure, shown)
    people = _add_concurrents(store, structure)
    _add_sources(store, structure, shown, people, facts)
    return structure


def _add_posts(store: Store, structure: Structure, shown: Sequence[str]) -> set[str]:
    """Add positions and holders; returns the ids of the holdings shown."""
    posts: dict[str, Post] = {}
    for row in _rows(store, _POSTS, "units", shown, structure.on):
        post = Post(row["id"], row["title"], row["role"], [], row["seats"])
        if post.id not in posts:
            posts[post.id] = post
            structure.units[row["unit"]].posts.append(post)
    found = set()
    for row in _rows(store, _HOLDERS, "posts", list(posts), structure.on):
        found.add(row["holding"])
        holder = Holder(row["person"], row["name"], row["mode"] or "full", row["basis"] or "stated")
        post = posts[row["post"]]
        if all(known.person != holder.person for known in post.holders):
            post.holders.append(holder)
    empty = [post.id for post in posts.values() if not post.holders]
    for row in _rows(store, _LEFT, "posts", empty, structure.on):
        post = posts[row["post"]]
        post.left = max(post.left or row["day"], row["day"])
    for unit in structure.units.values():
        unit.posts.sort(key=_post_order)
        for post in unit.posts:
            post.holders.sort(key=lambda holder: (holder.name, holder.person))
    return found


def _add_staff(store: Store, structure: Structure, shown: Sequence[str]) -> None:
    """The latest figures of each unit: people and quota; an undated one only where no other is."""
    rows = list(_rows(store, _STAFF, "units", shown, structure.on))
    for row in sorted(rows, key=lambda r: (r["date"] or dt.date.min, r["value"])):
        unit = structure.units[row["unit"]]
        if row["measure"] == "staff":
            unit.staff = round(row["value"])
        else:
            unit.quota = round(row["value"])


def _add_functions(store: Store, structure: Structure, shown: Sequence[str]) -> None:
    """The functions of each unit, those that it leads first."""
    rows = list(_rows(store, _FUNCTIONS, "units", shown, structure.on))
    rows.sort(key=lambda row: (row["role"] not in (None, "leads"), row["text"], row["id"]))
    for row in rows:
        texts = structure.units[row["unit"]].functions
        if row["text"] not in texts:
            texts.append(row["text"])


def _add_ties(store: Store, structure: Structure, shown: Sequence[str]) -> None:
    units = structure.units
    found: set[Tie] = set()
    outer: set[OuterTie] = set()
    for row in _rows(store, _TIES, "units", shown, structure.on):
        kind = _TIE_KINDS.get(row["type"], row["kind"])
        if row["end"] in units:
            if kind != "line":
                found.add(Tie(kind, row["start"], row["end"]))
        elif kind in ("serves", "face", "party"):
            outer.add(OuterTie(kind, row["start"], row["name"]))
    for row in _rows(store, _TIES_IN, "units", shown, structure.on):
        if row["start"] not in units:
            outer.add(OuterTie(_TIE_KINDS[row["type"]], row["end"], row["name"], inwards=True))
    structure.ties += sorted(found, key=lambda tie: (tie.kind, tie.start, tie.end))
    structure.outer_ties += sorted(outer, key=lambda tie: (tie.kind, tie.unit, tie.other, tie.inwards))


def _add_concurrents(store: Store, structure: Structure) -> list[str]:
    """People in several of the posts shown; returns all the people shown."""
    seats = Counter(h.person for unit in structure.units.values() for post in unit.posts for h in post.holders)
    several = sorted(person for person, posts in seats.items() if posts > 1)
    if several:
        shown = {post.id for unit in structure.units.values() for post in unit.posts}
        held = [h for h in holdings.holdings_of(store, structure.on, several) if h.position in shown]
        known = known_models(store)
        for each in concurrency.judge(held, known):
            posts = tuple(h.position for h in each.posts)
            structure.concurrents.append(Concurrent(each.person, each.name, posts, each.form, ", ".join(each.models)))
        used = {code for each in structure.concurrents for code in each.model.split(", ")}
        structure.models = {model.code: model.name for model in known if model.code in used}
    return sorted(seats)


def _add_sources(
    store: Store, structure: Structure, shown: Sequence[str], people: Sequence[str], facts: set[str]
) -> None:
    """The documents that state most of what is shown, at most a few."""
    counts: Counter[str] = Counter()
    for row in _rows(store, _UNIT_SOURCES, "units", shown, None):
        counts[_citation(row["number"], row["title"], row["id"])] += 1
    for fact, evidence in holdings.evidence_of(store, people).items():
        if fact in facts:
            counts.update(_citation(e.number, e.title, e.document) for e in evidence)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    structure.sources = [citation for citation, _ in ranked[:MOST_SOURCES]]


def _rows(store: Store, query: str, name: str, ids: Sequence[str], on: dt.date | None) -> Iterable[dict[str, Any]]:
    for batch in holdings.batches(ids):
        yield from store.read(query, {name: batch, **({"on": on} if on else {})}).dicts()


def _citation(number: str | None, title: str | None, id_: str) -> str:
    return ", ".join(part for part in (number, title) if part) or id_


def _post_order(post: Post) -> tuple[int, str, str]:
    roles = concurrency.ROLES
    return (roles.index(post.role) if post.role in roles else len(roles)), post.title, post.id
