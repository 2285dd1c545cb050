"""What is shown of the units of a structure: posts, holders, staff, ties, concurrent holders, sources."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from graph.store import Store
from queries import concurrency, holdings
from queries.models import known_models
from queries.structure_types import Concurrent, Holder, Post, Structure, Tie

MOST_SOURCES = 5

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

_STAFF = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})<-[:ABOUT]-(f:Figure)
WHERE f.measure IN ['staff_quota', 'staff'] AND f.value IS NOT NULL
  AND (f.direction IS NULL OR f.direction = 'level') AND (f.state IS NULL OR f.state = 'achieved')
  AND (f.date IS NULL OR f.date <= $on)
RETURN u.id AS unit, f.measure AS measure, f.value AS value, f.date AS date
"""

_TIES = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})-[r:PART_OF|SERVES|FACE_OF|RELATED]->(v:Unit)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
RETURN type(r) AS type, r.kind AS kind, u.id AS start, v.id AS end
"""

_UNIT_SOURCES = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})-[e:STATED_IN]->(d:Document)
RETURN e.fact AS fact, d.id AS id, d.number AS number, d.title AS title
"""


def furnish(store: Store, structure: Structure) -> Structure:
    """Add posts, holders, staff, ties, concurrent holders and sources to the units shown."""
    shown = list(structure.units)
    facts = _add_posts(store, structure, shown)
    _add_staff(store, structure, shown)
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
    for unit in structure.units.values():
        unit.posts.sort(key=_post_order)
        for post in unit.posts:
            post.holders.sort(key=lambda holder: (holder.name, holder.person))
    return found


def _add_staff(store: Store, structure: Structure, shown: Sequence[str]) -> None:
    """The latest figure of each unit; of one day the quota, and an undated one only where no other is."""
    rows = list(_rows(store, _STAFF, "units", shown, structure.on))
    for row in sorted(rows, key=lambda r: (r["date"] or dt.date.min, r["measure"] == "staff_quota", r["value"])):
        structure.units[row["unit"]].staff = round(row["value"])


def _add_ties(store: Store, structure: Structure, shown: Sequence[str]) -> None:
    names = {"SERVES": "serves", "FACE_OF": "face"}
    found = {
        Tie(names.get(row["type"], row["kind"]), row["start"], row["end"])
        for row in _rows(store, _TIES, "units", shown, structure.on)
        if row["end"] in structure.units and not (row["type"] == "PART_OF" and row["kind"] == "line")
    }
    structure.ties += sorted(found, key=lambda tie: (tie.kind, tie.start, tie.end))


def _add_concurrents(store: Store, structure: Structure) -> list[str]:
    """People in several of the posts shown; returns all the people shown."""
    seats = Counter(h.person for unit in structure.units.values() for post in unit.posts for h in post.holders)
    several = sorted(person for person, posts in seats.items() if posts > 1)
    if several:
        shown = {post.id for unit in structure.units.values() for post in unit.posts}
        held = [h for h in holdings.holdings_of(store, structure.on, several) if h.position in shown]
        for each in concurrency.judge(held, known_models(store)):
            posts = tuple(h.position for h in each.posts)
            structure.concurrents.append(Concurrent(each.person, each.name, posts, each.form, ", ".join(each.models)))
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
