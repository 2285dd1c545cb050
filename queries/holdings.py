"""Who holds which post, and who is a member of what, pulled out of the store as of a date.

The analyses of holdings (concurrency, coverage, incompatible posts, structure) read here and
then work on lists. The reads start at an index (a list of people, the units of places) and
never join people, positions and units over the whole country in one pattern.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graph.dates import FuzzyDate, from_properties
from graph.store import Store

BATCH = 5000

# from the weakest to the strongest
BASES = ("inferred", "deduced", "stated")


@dataclass(frozen=True)
class Holding:
    """One person in one post of one unit, with what is known of the fact."""

    id: str  # of the HOLDS relationship
    person: str
    name: str
    position: str
    title: str
    title_kind: str  # code of titles, empty if unknown
    role: str  # code of roles
    unit: str
    unit_name: str
    unit_kind: str
    level: str
    system: str
    place: str  # id of the place, empty if none is recorded
    mode: str  # code of holding_modes; full where the source says nothing
    weight: str  # code of holding_weights, empty where the source says nothing
    as_written: str
    basis: str  # the weakest of the holding's, the position's, the unit's and its place's
    start: FuzzyDate | None


@dataclass(frozen=True)
class Membership:
    """One person's membership of a unit; it is not a post."""

    id: str  # of the MEMBER_OF relationship
    person: str
    kind: str  # code of membership_kinds
    unit: str
    unit_name: str
    unit_kind: str
    level: str
    place: str
    as_written: str
    basis: str
    start: FuzzyDate | None


@dataclass(frozen=True)
class Evidence:
    """Where a fact is stated."""

    fact: str  # id of the fact
    document: str  # id
    number: str
    title: str
    at: str
    basis: str

    def __str__(self) -> str:
        named = self.number or self.title or self.document
        return f"{named}, {self.at}" if self.at else named


_PEOPLE_WITH_SEVERAL = """
MATCH (p:Person)-[h:HOLDS]->()
WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
WITH p, count(h) AS posts WHERE posts >= 2
RETURN p.id AS person
"""

_MEMBERS = """
MATCH (p:Person)-[m:MEMBER_OF]->()
WHERE m.kind IN $kinds
  AND (m.valid_from IS NULL OR m.valid_from <= $on) AND (m.valid_to IS NULL OR m.valid_to > $on)
RETURN DISTINCT p.id AS person
"""

_PEOPLE_OF_PLACES = """
UNWIND $places AS place
MATCH (:Place {id: place})<-[l:LOCATED_IN]-(u:Unit)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
MATCH (u)<-[:OF_UNIT]-(x:Position)
MATCH (x)<-[h:HOLDS]-(p:Person)
WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
RETURN DISTINCT p.id AS person
"""

_HOLDINGS = """
UNWIND $people AS person
MATCH (p:Person {id: person})-[h:HOLDS]->(x:Position)-[o:OF_UNIT]->(u:Unit)
WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
  AND (x.valid_from IS NULL OR x.valid_from <= $on) AND (x.valid_to IS NULL OR x.valid_to > $on)
  AND (o.valid_from IS NULL OR o.valid_from <= $on) AND (o.valid_to IS NULL OR o.valid_to > $on)
  AND (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(place:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN h.id AS id, p.id AS person, p.name AS name, x.id AS position, x.title AS title,
       x.kind AS title_kind, x.role AS role, u.id AS unit, u.name AS unit_name, u.kind AS unit_kind,
       u.level AS level, u.system AS system, place.id AS place, h.mode AS mode, h.weight AS weight,
       h.as_written AS as_written, h.basis AS basis, x.basis AS position_basis,
       u.basis AS unit_basis, l.basis AS place_basis,
       h.valid_from AS valid_from, h.valid_from_earliest AS valid_from_earliest,
       h.valid_from_precision AS valid_from_precision, h.valid_from_text AS valid_from_text
"""

_MEMBERSHIPS = """
UNWIND $people AS person
MATCH (p:Person {id: person})-[m:MEMBER_OF]->(u:Unit)
WHERE (m.valid_from IS NULL OR m.valid_from <= $on) AND (m.valid_to IS NULL OR m.valid_to > $on)
  AND (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(place:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN m.id AS id, p.id AS person, m.kind AS kind, u.id AS unit, u.name AS unit_name, u.kind AS unit_kind,
       u.level AS level, place.id AS place,
       m.as_written AS as_written, m.basis AS basis, u.basis AS unit_basis, l.basis AS place_basis,
       m.valid_from AS valid_from, m.valid_from_earliest AS valid_from_earliest,
       m.valid_from_precision AS valid_from_precision, m.valid_from_text AS valid_from_text
"""

_EVIDENCE = """
UNWIND $people AS person
MATCH (p:Person {id: person})-[e:STATED_IN]->(d:Document)
RETURN e.fact AS fact, d.id AS document, d.number AS number, d.title AS title, e.at AS at, e.basis AS basis
"""

_PLACE_OF = """
MATCH (u:Unit {id: $unit})-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN p.id ORDER BY p.id
"""

_PLACES_INSIDE = """
UNWIND $places AS place
MATCH (:Place {id: place})<-[w:WITHIN]-(inner:Place)
WHERE (w.valid_from IS NULL OR w.valid_from <= $on) AND (w.valid_to IS NULL OR w.valid_to > $on)
RETURN DISTINCT inner.id AS id
"""


def people_with_several_posts(store: Store, on: dt.date) -> list[str]:
    """Ids of the people with two or more holdings on the date."""
    return [row[0] for row in store.read(_PEOPLE_WITH_SEVERAL, {"on": on}).rows]


def members(store: Store, on: dt.date, kinds: Sequence[str]) -> list[str]:
    """Ids of the people who have a membership of one of the kinds on the date."""
    return [row[0] for row in store.read(_MEMBERS, {"on": on, "kinds": list(kinds)}).rows]


def people_of_places(store: Store, on: dt.date, places: Sequence[str]) -> list[str]:
    """Ids of the people with at least one post on the date in a unit of one of the places."""
    found = store.read(_PEOPLE_OF_PLACES, {"places": list(places), "on": on})
    return sorted({row[0] for row in found.rows})


def holdings_of(store: Store, on: dt.date, people: Sequence[str]) -> list[Holding]:
    """The posts that the people hold on the date, of units and positions that exist on it."""
    return [
        Holding(
            id=_text(row["id"]),
            person=row["person"],
            name=_text(row["name"]),
            position=row["position"],
            title=_text(row["title"]),
            title_kind=_text(row["title_kind"]),
            role=_text(row["role"]),
            unit=row["unit"],
            unit_name=_text(row["unit_name"]),
            unit_kind=_text(row["unit_kind"]),
            level=_text(row["level"]),
            system=_text(row["system"]),
            place=_text(row["place"]),
            mode=_text(row["mode"]) or "full",
            weight=_text(row["weight"]),
            as_written=_text(row["as_written"]),
            basis=weakest([row[f"{of}basis"] for of in ("", "position_", "unit_", "place_")]),
            start=from_properties("valid_from", row),
        )
        for row in _by_people(store, _HOLDINGS, people, on)
    ]


def memberships_of(store: Store, on: dt.date, people: Sequence[str]) -> list[Membership]:
    """The memberships that the people have on the date."""
    return [
        Membership(
            id=_text(row["id"]),
            person=row["person"],
            kind=_text(row["kind"]),
            unit=row["unit"],
            unit_name=_text(row["unit_name"]),
            unit_kind=_text(row["unit_kind"]),
            level=_text(row["level"]),
            place=_text(row["place"]),
            as_written=_text(row["as_written"]),
            basis=weakest([row[f"{of}basis"] for of in ("", "unit_", "place_")]),
            start=from_properties("valid_from", row),
        )
        for row in _by_people(store, _MEMBERSHIPS, people, on)
    ]


def evidence_of(store: Store, people: Sequence[str]) -> dict[str, list[Evidence]]:
    """The evidence of all that is stated of the people, by the id of the fact."""
    found: dict[str, list[Evidence]] = {}
    for row in _by_people(store, _EVIDENCE, people, None):
        evidence = Evidence(*(_text(row[name]) for name in ("fact", "document", "number", "title", "at", "basis")))
        found.setdefault(evidence.fact, []).append(evidence)
    for each in found.values():
        each.sort(key=str)
    return found


def places_from(store: Store, place: str, on: dt.date) -> list[str]:
    """The place and all places that lie in it on the date, downwards."""
    found = [place]
    seen = {place}
    edge = [place]
    while edge:
        inner = store.read(_PLACES_INSIDE, {"places": edge, "on": on}).rows
        edge = [place for (place,) in inner if place not in seen]
        seen.update(edge)
        found.extend(edge)
    return found


def place_of(store: Store, id_: str, on: dt.date) -> str:
    """The id of the place that a unit is in on the date, or `id_` where it is a place; empty: none is recorded."""
    if store.read("MATCH (p:Place {id: $id}) RETURN p.id", {"id": id_}).rows:
        return id_
    return str(store.read(_PLACE_OF, {"unit": id_, "on": on}).value() or "")


def place_names(store: Store, places: Sequence[str]) -> dict[str, str]:
    """Names by the id of the place."""
    wanted = sorted({p for p in places if p})
    if not wanted:
        return {}
    rows = store.read(
        "UNWIND $places AS id MATCH (p:Place {id: id}) RETURN p.id AS id, p.name AS name", {"places": wanted}
    ).rows
    return dict(rows)


def weakest(bases: Sequence[str | None]) -> str:
    """The weakest of some bases; a fact that says nothing of its basis counts as stated."""
    return min((b for b in bases if b in BASES), key=BASES.index, default="stated")


def batches(ids: Sequence[str], size: int = BATCH) -> Iterator[list[str]]:
    """The ids in lists of a length that one read takes well."""
    rest = iter(ids)
    while batch := list(islice(rest, size)):
        yield batch


def _by_people(store: Store, query: str, people: Sequence[str], on: dt.date | None) -> Iterator[dict[str, Any]]:
    for batch in batches(people):
        parameters: dict[str, Any] = {"people": batch}
        if on is not None:
            parameters["on"] = on
        yield from store.read(query, parameters).dicts()


def _text(value: object) -> str:
    return "" if value is None else str(value)
