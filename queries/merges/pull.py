"""The columns that the merge analysis works on, pulled out of the store once as of a date."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from graph.store import Store
from queries.holdings import batches, places_from
from queries.line import line_parents
from queries.merges.model import Happened, Posts, Unit, World

MERGERS = ("merge", "absorb", "merge_two_seals")
PARTINGS = ("split", "separate")
STAFF = ("staff_quota", "staff")

_NAME = """coalesce([i IN range(0, size(coalesce(u.former_until, [])) - 1)
  WHERE date(u.former_until[i]) > $on | u.former_names[i]][0], u.name)"""

# A start known only as "not later than" may lie before the day that is asked about: then it counts, unless an
# event made the fact, or `strict` asks for what is certain.
_HOLDS = """
({0}.valid_from IS NULL OR {0}.valid_from <= $on
  OR (NOT $strict AND {0}.event IS NULL AND {0}.valid_from_precision = 'by' AND {0}.valid_from_earliest IS NULL))
AND ({0}.valid_to IS NULL OR {0}.valid_to > $on)
"""

_UNITS = f"""
UNWIND $places AS place
MATCH (p:Place {{id: place}})<-[l:LOCATED_IN]-(u:Unit)
WHERE {_HOLDS.format("l")} AND {_HOLDS.format("u")}
RETURN DISTINCT u.id, {_NAME}, u.kind, u.level, u.system, p.id, p.name, coalesce(u.temporary, false)
"""

_WITHOUT_PLACE = f"""
MATCH (u:Unit)
WHERE u.place IS NULL AND {_HOLDS.format("u")}
RETURN u.id, {_NAME}, u.kind, u.level, u.system, '', '', coalesce(u.temporary, false)
"""

_FUNCTIONS = f"""
UNWIND $units AS unit
MATCH (u:Unit {{id: unit}})-[r:PERFORMS]->(f:Function)
WHERE {_HOLDS.format("r")}
RETURN u.id, f.id, f.text, coalesce(r.basis, f.basis), r.valid_from
"""

_STATED = """
UNWIND $functions AS function
MATCH (f:Function {id: function})-[:STATED_IN]->(d:Document)
RETURN f.id, coalesce(d.issued, d.published, d.in_force)
"""

_STAFF = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})<-[:ABOUT]-(f:Figure)
WHERE f.measure IN $measures AND f.value IS NOT NULL AND (f.date IS NULL OR f.date <= $on)
  AND coalesce(f.direction, 'level') = 'level' AND coalesce(f.state, 'achieved') = 'achieved'
RETURN u.id, f.value, f.measure, f.date
"""

_POSTS = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})<-[o:OF_UNIT]-(x:Position)
WHERE (o.valid_from IS NULL OR o.valid_from <= $on) AND (o.valid_to IS NULL OR o.valid_to > $on)
  AND (x.valid_from IS NULL OR x.valid_from <= $on) AND (x.valid_to IS NULL OR x.valid_to > $on)
  AND x.role IN ['head', 'standing_deputy', 'deputy']
RETURN u.id, x.id, x.role, x.seats
"""

_HOLDERS = """
UNWIND $positions AS position
MATCH (x:Position {id: position})<-[h:HOLDS]-(p:Person)
WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
RETURN x.id, p.id
"""

_SERVES = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})-[s:SERVES]->(c:Unit)
WHERE (s.valid_from IS NULL OR s.valid_from <= $on) AND (s.valid_to IS NULL OR s.valid_to > $on)
RETURN u.id, c.id
"""

_EVENTS = """
MATCH (e:Event)
WHERE e.kind IN $kinds AND e.status IN $statuses AND e.date <= $on
MATCH (e)-[r:INPUT|OUTPUT]->(u:Unit)
RETURN e.id, e.kind, e.status, e.date, e.title, type(r), u.id, u.name, u.kind, u.level, u.system, u.place
"""

_EVENT_DOCUMENTS = """
UNWIND $events AS event
MATCH (e:Event {id: event})-[:STATED_IN]->(d:Document)
RETURN DISTINCT e.id, coalesce(d.number, d.title, d.id)
"""

_PLACES = "UNWIND $places AS place MATCH (p:Place {id: place}) RETURN p.id, p.name"
_PROVINCES = """
MATCH (p:Place) WHERE p.level = 'province'
  AND (p.valid_from IS NULL OR p.valid_from <= $on) AND (p.valid_to IS NULL OR p.valid_to > $on)
RETURN p.id ORDER BY p.id
"""


def worlds(store: Store, on: dt.date, place: str | None = None, *, certain: bool = False) -> Iterator[World]:
    """The world of the place with all within it; without a place one world after the other, a province
    at a time, so that memory does not grow with the number of provinces; last what has no place. An
    empty `place` is the world of the units that have none. `certain` is `strict` of pull."""
    happened, splits = mergers_until(store, on), partings_until(store, on)

    def world(places: Sequence[str]) -> World:
        return replace(pull(store, on, places, strict=certain), happened=happened, splits=splits)

    if place is not None:
        yield world(places_from(store, place, on) if place else [])
        return
    for province in store.read(_PROVINCES, {"on": on}).column("p.id"):
        yield world(places_from(store, province, on))
    yield world([])


def pull(store: Store, on: dt.date, places: Sequence[str], *, strict: bool = False) -> World:
    """The units of the places on the date and what is known of them; without places those that have none.

    `strict` leaves out what need not have been so on the day, and sets aside functions that are only
    deduced, and only from documents of a later day: what a successor does must not be read back into
    what came before it.
    """
    parameters = {"on": on, "strict": strict, "places": list(places)}
    rows = store.read(_UNITS if places else _WITHOUT_PLACE, parameters).rows
    units = {row[0]: Unit._make([*(value or "" for value in row[:7]), bool(row[7])]) for row in rows}
    ids = sorted(units)
    functions, uncertain, set_aside = _functions(store, on, ids, strict)
    posts, heads = _posts(store, on, ids)
    serves: defaultdict[str, set[str]] = defaultdict(set)
    for unit, client in _each(store, _SERVES, "units", ids, on=on):
        serves[unit].add(client)
    return World(
        on=on,
        units=units,
        functions=functions,
        parents=line_parents(store, on, ids),
        staff=_staff(store, on, ids),
        posts=posts,
        heads=heads,
        serves={unit: frozenset(clients) for unit, clients in serves.items()},
        uncertain=uncertain,
        set_aside=set_aside,
    )


def mergers_until(store: Store, on: dt.date) -> tuple[Happened, ...]:
    """Mergers of units that are in force by the date, anywhere."""
    return _happened(store, on, MERGERS, ("in_force",), ("INPUT",))


def partings_until(store: Store, on: dt.date) -> tuple[Happened, ...]:
    """Splits up to the date with the units that went apart, and mergers that were taken back."""
    split = _happened(store, on, PARTINGS, ("in_force",), ("INPUT", "OUTPUT"))
    return split + _happened(store, on, MERGERS, ("reversed",), ("INPUT",))


def _happened(
    store: Store, on: dt.date, kinds: Sequence[str], statuses: Sequence[str], ends: Sequence[str]
) -> tuple[Happened, ...]:
    rows = store.read(_EVENTS, {"on": on, "kinds": list(kinds), "statuses": list(statuses)}).rows
    named = dict(_each(store, _PLACES, "places", sorted({row[11] for row in rows if row[11]})))
    units: defaultdict[str, dict[str, Unit]] = defaultdict(dict)
    heads: dict[str, tuple[str, dt.date, str]] = {}
    for event, kind, _, date, title, end, *unit in rows:
        heads[event] = (kind, date, title or "")
        if end in ends:
            values = [value or "" for value in unit]
            units[event][values[0]] = Unit._make([*values, named.get(values[5], ""), False])
    documents: defaultdict[str, list[str]] = defaultdict(list)
    for event, document in _each(store, _EVENT_DOCUMENTS, "events", sorted(heads)):
        documents[event].append(document)
    return tuple(
        Happened(event, *heads[event], tuple(found[id_] for id_ in sorted(found)), tuple(sorted(documents[event])))
        for event, found in sorted(units.items())
        if len(found) > 1
    )


def _functions(
    store: Store, on: dt.date, ids: Sequence[str], strict: bool
) -> tuple[dict[str, tuple[tuple[str, str], ...]], int, int]:
    rows = list(_each(store, _FUNCTIONS, "units", ids, on=on, strict=strict))
    later: set[str] = set()
    if strict:
        told: defaultdict[str, list[dt.date | None]] = defaultdict(list)
        weak = sorted({row[1] for row in rows if row[3] in ("deduced", "inferred")})
        for function, date in _each(store, _STATED, "functions", weak):
            told[function].append(date)
        later = {f for f, dates in told.items() if all(date is not None and date > on for date in dates)}
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    uncertain = 0
    for unit, function, text, _, start in rows:
        if text and function not in later:
            found[unit][function] = text
            uncertain += start is not None and start > on
    return {unit: tuple(sorted(texts.items())) for unit, texts in found.items()}, uncertain, len(later)


def _staff(store: Store, on: dt.date, ids: Sequence[str]) -> dict[str, float]:
    """The last figure up to the date; a quota before a number of people of the same day."""
    best: dict[str, tuple[dt.date, bool, float]] = {}
    for unit, value, measure, date in _each(store, _STAFF, "units", ids, on=on, measures=list(STAFF)):
        found = (date or dt.date.min, measure == STAFF[0], float(value))
        best[unit] = max(best.get(unit, found), found)
    return {unit: value for unit, (_, _, value) in best.items()}


def _posts(store: Store, on: dt.date, ids: Sequence[str]) -> tuple[dict[str, Posts], dict[str, frozenset[str]]]:
    rows = list(_each(store, _POSTS, "units", ids, on=on))
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for position, person in _each(store, _HOLDERS, "positions", [row[1] for row in rows], on=on):
        holders[position].add(person)
    count: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    heads: defaultdict[str, set[str]] = defaultdict(set)
    for unit, position, role, seats in rows:
        held = holders.get(position, set())
        if role == "head":
            heads[unit] |= held
        count[unit][role != "head"] += max(seats or 1, len(held))
    return (
        {unit: Posts(*numbers) for unit, numbers in count.items()},
        {unit: frozenset(people) for unit, people in heads.items() if people},
    )


def _each(store: Store, query: str, name: str, values: Sequence[str], **parameters: Any) -> Iterator[list[Any]]:
    for batch in batches(values):
        yield from store.read(query, {name: batch, **parameters}).rows
