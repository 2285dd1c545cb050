"""Reading from the store what a comparison of two days is made of.

`fetch_changes` finds the unit or territory on both days: where it ended between them the second
structure is that of what took over; where it began or took others in, the first has those too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from graph.errors import NothingFound, UnknownName, UserError
from graph.store import Store
from queries.changes.compare import compare
from queries.changes.reach import became, came_from, join, nothing
from queries.changes.types import JOINED, Changes, Event, Life, Lineage
from queries.holdings import batches, evidence_of, weakest
from queries.structure import fetch, fetch_place
from queries.structure_types import Structure, UnitNode

_EVENTS = """
UNWIND $ids AS id
MATCH (:{label} {{id: id}})<-[:INPUT|OUTPUT]-(e:Event)
WHERE e.status = 'in_force' AND e.date > $before AND e.date <= $after
RETURN DISTINCT e.id AS id, e.kind AS kind, e.date AS date, e.date_text AS date_text, e.date_precision AS precision,
       e.title AS title, e.basis AS basis
"""
_HANDING = """
UNWIND $ids AS id
MATCH (:Unit {id: id})<-[:TRANSFERS]-(e:Event)
WHERE e.status = 'in_force' AND e.date > $before AND e.date <= $after
RETURN DISTINCT e.id AS id, e.kind AS kind, e.date AS date, e.date_text AS date_text, e.date_precision AS precision,
       e.title AS title, e.basis AS basis
"""
_PARTS = """
UNWIND $ids AS id
MATCH (e:Event {id: id})-[r:INPUT|OUTPUT|TRANSFERS]->(x)
WHERE x:Unit OR x:Place
RETURN e.id AS event, type(r) AS part, x.id AS unit
ORDER BY event, part, unit
"""
_STATED = """
UNWIND $ids AS id
MATCH (e:Event {id: id})-[s:STATED_IN]->(d:Document)
RETURN e.id AS fact, d.number AS number, d.title AS title, d.id AS document ORDER BY fact, number, document
"""
_LIVES = """
UNWIND $ids AS id
MATCH (u:{label} {{id: id}})
RETURN u.id AS id, u.name AS name, u.valid_from AS start, u.valid_to AS end, u.basis AS basis,
       u.valid_from_precision AS precision, u.valid_from_earliest AS earliest,
       u.valid_from_text AS start_text, u.valid_to_text AS end_text
"""
_PARENTS = """
UNWIND $ids AS id
MATCH (u:Unit {id: id})-[r:PART_OF]->(p:Unit)
WHERE r.kind = 'line' AND (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
RETURN u.id AS id, p.id AS parent, p.name AS name, r.id AS fact, r.basis AS basis, r.valid_from AS since
ORDER BY id, parent
"""
_PLACES = """
UNWIND $ids AS id
MATCH (u:Unit {id: id})-[l:LOCATED_IN]->(p:Place)
RETURN u.id AS id, p.name AS name ORDER BY id, coalesce(l.valid_to, date('9999-12-31'))
"""
_UNIT_FACTS = """
UNWIND $ids AS id
MATCH (u:Unit {id: id})-[s:STATED_IN]->(d:Document)
RETURN u.id AS id, s.fact AS fact, d.number AS number, d.title AS title, d.id AS document
ORDER BY id, number, document
"""
_HEADS = """
UNWIND $ids AS id
MATCH (u:Unit {id: id})<-[:OF_UNIT]-(x:Position {role: 'head'})<-[h:HOLDS]-(p:Person)
WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
RETURN u.id AS id, h.id AS fact, h.basis AS basis, p.id AS person, h.valid_from AS since ORDER BY id, fact
"""


def fetch_changes(
    store: Store, start: str, before: dt.date, after: dt.date, depth: int | None = None, *, place: bool = False
) -> Changes:
    """The changes of a unit (or, with `place`, of a territory) and what is under it, by its id.

    Raises:
        UserError: the first day is not before the second.
        UnknownName: there is none with the id.
        NothingFound: neither it nor what it came from or went into exists on either day.
    """
    if before >= after:
        raise UserError(f"{before} is not before {after}", "--before takes the earlier of the two days")
    label = "Place" if place else "Unit"
    days = {"before": before, "after": after}
    events = _closure(store, [start], days)
    ids = {start, *(id_ for event in events.values() for id_ in (*event.inputs, *event.outputs))}
    known = _known(store, ids)
    if start not in known:
        raise UnknownName(label.lower(), start)
    living = [{id_ for id_, row in known.items() if _holds(row, on)} for on in (before, after)]
    ordered = sorted(events.values(), key=lambda event: (event.date, event.id))
    first = _structure(store, came_from(start, ordered, living[0]), before, depth, place)
    second = _structure(store, became(start, ordered, living[1]), after, depth, place)
    if len(first.units) == 1 and len(second.units) == 1 and first.root == second.root == JOINED:
        raise NothingFound(
            f"there is nothing of {known[start]['name']} on {before} or {after}, nor of what it came from or went into",
            "choose days on which it existed, or load its units",
        )
    return compare(first, second, _lineage(store, first, second))


def _structure(store: Store, tops: Sequence[str], on: dt.date, depth: int | None, place: bool) -> Structure:
    """The structure under one or several tops, under a unit that joins them."""
    fetch_any = fetch_place if place else fetch
    parts: list[Structure] = []
    for top in tops:
        try:
            parts.append(fetch_any(store, top, on, depth))
        except NothingFound:
            continue  # a territory of which no units are recorded
    return join(parts) if parts else nothing(on)


# ---------------------------------------------------------------- events, lives, evidence


def _lineage(store: Store, before: Structure, after: Structure) -> Lineage:
    shown = {**before.units, **after.units}.keys() - {JOINED}
    found = _closure(store, sorted(shown), {"before": before.on, "after": after.on})
    lineage = Lineage(list(found.values()))
    named = {id_ for event in found.values() for id_ in (*event.inputs, *event.outputs, *event.handed)}
    _add_lives(store, lineage, shown | named, before, after)
    _add_evidence(store, lineage, before, after)
    return lineage


def _closure(store: Store, units: Sequence[str], days: dict[str, dt.date]) -> dict[str, Event]:
    """The events between the days that units have a part in, and those of the units that these name."""
    found: dict[str, Event] = {}
    edge = list(units)
    seen = set(edge)
    queries = (_EVENTS.format(label="Unit"), _EVENTS.format(label="Place"), _HANDING)
    while edge:
        rows = {
            row["id"]: row
            for batch in batches(edge)
            for query in queries
            for row in store.read(query, {"ids": batch, **days}).dicts()
            if row["id"] not in found
        }
        new = _events(store, list(rows.values()))
        found.update((event.id, event) for event in new)
        edge = sorted({unit for event in new for unit in (*event.inputs, *event.outputs)} - seen)
        seen.update(edge)
    return found


def _known(store: Store, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Names and dates of units and places, by id."""
    return {
        row["id"]: row
        for batch in batches(sorted(ids))
        for label in ("Unit", "Place")
        for row in store.read(_LIVES.format(label=label), {"ids": batch}).dicts()
    }


def _holds(row: dict[str, Any], on: dt.date) -> bool:
    return (row["start"] is None or row["start"] <= on) and (row["end"] is None or row["end"] > on)


def _events(store: Store, rows: Sequence[dict[str, Any]]) -> list[Event]:
    ids = [row["id"] for row in rows]
    parts: dict[str, dict[str, list[str]]] = {}
    sources: dict[str, list[str]] = {}
    for batch in batches(ids):
        for part in store.read(_PARTS, {"ids": batch}).dicts():
            parts.setdefault(part["event"], {}).setdefault(part["part"], []).append(part["unit"])
        for row in store.read(_STATED, {"ids": batch}).dicts():
            _cite(sources.setdefault(row["fact"], []), row)
    return [
        Event(
            row["id"],
            row["kind"],
            row["date"],
            row["title"] or "",
            row["date_text"] or "" if row["precision"] not in (None, "day") else "",
            row["basis"] or "stated",
            tuple(parts.get(row["id"], {}).get("INPUT", ())),
            tuple(parts.get(row["id"], {}).get("OUTPUT", ())),
            tuple(parts.get(row["id"], {}).get("TRANSFERS", ())),
            tuple(sources.get(row["id"], ())),
        )
        for row in rows
    ]


def _add_lives(store: Store, lineage: Lineage, units: Iterable[str], before: Structure, after: Structure) -> None:
    """Names of all units that events speak of, and the lives of those that one structure lacks."""
    both = before.units.keys() & after.units.keys()
    ids = sorted(set(units) - both)
    parents: dict[dt.date, dict[str, str]] = {before.on: {}, after.on: {}}
    sources: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    names: dict[str, str] = {}
    for batch in batches(ids):
        for on, known in parents.items():
            for row in store.read(_PARENTS, {"ids": batch, "on": on}).dicts():
                known.setdefault(row["id"], row["parent"])
                names[row["parent"]] = row["name"]
        for row in store.read(_UNIT_FACTS, {"ids": batch}).dicts():
            if row["fact"] == row["id"]:
                _cite(sources.setdefault(row["id"], []), row)
        places.update((row["id"], row["name"]) for row in store.read(_PLACES, {"ids": batch}).dicts())
    for id_, row in _known(store, ids).items():
        open_start = None if row["precision"] == "by" else row["start"]
        lineage.lives[id_] = Life(
            row["name"],
            row["earliest"] or open_start,
            row["end"],
            parents[before.on].get(id_, ""),
            parents[after.on].get(id_, ""),
            row["basis"] or "stated",
            tuple(sources.get(id_, ())),
            places.get(id_, ""),
            row["start"],
            row["start_text"] or "",
            row["end_text"] or "",
        )
    for id_, name in names.items():
        lineage.lives.setdefault(id_, Life(name))


def _add_evidence(store: Store, lineage: Lineage, before: Structure, after: Structure) -> None:
    """Where the parents and heads that differ are stated."""
    both = before.units.keys() & after.units.keys()
    moved = sorted(unit for unit in both if before.units[unit].parent != after.units[unit].parent)
    facts: dict[str, tuple[str, str]] = {}
    for batch in batches(moved):
        for row in store.read(_PARENTS, {"ids": batch, "on": after.on}).dicts():
            facts[row["fact"]] = ("parent", row["id"])
            lineage.bases["parent", row["id"]] = row["basis"] or "stated"
            _date(lineage, "parent", row, before.on)
        stated: dict[tuple[str, str], list[str]] = {}
        for row in store.read(_UNIT_FACTS, {"ids": batch}).dicts():
            if row["fact"] in facts:
                _cite(stated.setdefault(facts[row["fact"]], []), row)
        lineage.sources.update((key, tuple(numbers)) for key, numbers in stated.items())
    _add_heads(store, lineage, sorted(both), before, after)


def _add_heads(store: Store, lineage: Lineage, units: Sequence[str], before: Structure, after: Structure) -> None:
    changed = [unit for unit in units if _heads(before.units[unit]) != _heads(after.units[unit])]
    for on in (before.on, after.on):  # of the new head, where there is one
        held = [row for batch in batches(changed) for row in store.read(_HEADS, {"ids": batch, "on": on}).dicts()]
        evidence = evidence_of(store, sorted({row["person"] for row in held}))
        for unit in changed:
            mine = [row for row in held if row["id"] == unit]
            said = [e.number or e.title or e.document for row in mine for e in evidence.get(row["fact"], ())]
            if mine:
                lineage.sources["head", unit] = tuple(dict.fromkeys(said))
                lineage.bases["head", unit] = weakest([row["basis"] for row in mine])
                for row in mine:
                    _date(lineage, "head", row, before.on)


def _date(lineage: Lineage, what: str, row: dict[str, Any], before: dt.date) -> None:
    if row["since"] is not None and row["since"] > before:
        lineage.dates[what, row["id"]] = row["since"]


def _heads(unit: UnitNode) -> set[str]:
    return {holder.person for post in unit.posts if post.role == "head" for holder in post.holders}


def _cite(found: list[str], row: dict[str, Any]) -> None:
    cited = row["number"] or row["title"] or row["document"]
    if cited not in found:
        found.append(cited)
