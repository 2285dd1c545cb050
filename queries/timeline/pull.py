"""Reading the whole history of a unit, or of a territory, and of all that was ever under it.

Nothing is filtered by a date: every fact comes with its days, so that one reading serves every day
of the history. The reads go down the line one level at a time and then by lists of ids, so that the
cost follows what is read and not the size of the store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from graph.errors import NothingFound, UnknownName
from graph.store import Store
from queries.holdings import batches
from queries.structure import SYSTEMS
from queries.timeline.types import (
    Citation,
    Count,
    Duty,
    Happening,
    Life,
    Source,
    Tenure,
    TimedOuterTie,
    TimedPost,
    TimedTie,
    TimedUnit,
    Timeline,
)

_UNITS = """
UNWIND $ids AS wanted
MATCH (u:Unit {id: wanted})
RETURN u.id AS id, u.name AS name, u.former_names AS former_names, u.former_until AS former_until,
       u.short_name AS short_name, u.aliases AS aliases, u.kind AS kind, u.level AS level, u.system AS system,
       u.place AS place, u.basis AS basis, u.temporary AS temporary, u.valid_from AS start, u.valid_to AS stop
"""

_LINES = """
UNWIND $ids AS wanted
MATCH (p:Unit {id: wanted})<-[r:PART_OF]-(u:Unit)
WHERE r.kind = 'line'
RETURN r.id AS id, u.id AS child, p.id AS parent, r.valid_from AS start, r.valid_to AS stop
"""

_PLACE = "MATCH (p:Place {id: $place}) RETURN p.name AS name, p.kind AS kind, p.level AS level"

_NAME_OF_PLACE = """
MATCH (u:Unit {id: $unit})-[:LOCATED_IN]->(p:Place)
RETURN p.name AS name ORDER BY name LIMIT 1
"""

_LOCATED = """
MATCH (:Place {id: $place})<-[l:LOCATED_IN]-(u:Unit)
RETURN u.id AS child, l.valid_from AS start, l.valid_to AS stop
"""

_POSTS = """
UNWIND $ids AS wanted
MATCH (u:Unit {id: wanted})<-[o:OF_UNIT]-(x:Position)
RETURN x.id AS id, u.id AS unit, x.title AS title, x.kind AS kind, x.role AS role, x.seats AS seats,
       o.valid_from AS start, o.valid_to AS stop, x.valid_from AS own_start, x.valid_to AS own_stop
"""

_TENURES = """
UNWIND $ids AS wanted
MATCH (x:Position {id: wanted})<-[h:HOLDS]-(p:Person)
RETURN h.id AS id, p.id AS person, p.name AS name, x.id AS post, h.mode AS mode, h.weight AS weight,
       h.basis AS basis, h.as_written AS as_written, h.valid_from AS start, h.valid_to AS stop
"""

_DUTIES = """
UNWIND $ids AS wanted
MATCH (u:Unit {id: wanted})-[r:PERFORMS]->(f:Function)
RETURN r.id AS id, u.id AS unit, f.id AS function, f.text AS text, f.kind AS kind, f.fields AS fields,
       r.role AS role, r.valid_from AS start, r.valid_to AS stop
"""

_TIES = """
UNWIND $ids AS wanted
MATCH (u:Unit {id: wanted})-[r:PART_OF|SERVES|FACE_OF|RELATED]->(v:Unit)
RETURN r.id AS id, type(r) AS type, r.kind AS kind, u.id AS child, v.id AS parent, v.name AS name,
       r.valid_from AS start, r.valid_to AS stop
"""

_TIES_IN = """
UNWIND $ids AS wanted
MATCH (u:Unit {id: wanted})<-[r:SERVES|FACE_OF]-(v:Unit)
RETURN type(r) AS type, v.id AS child, u.id AS parent, v.name AS name, r.valid_from AS start, r.valid_to AS stop
"""

_COUNTS = """
UNWIND $ids AS wanted
MATCH (u:Unit {id: wanted})<-[:ABOUT]-(f:Figure)
WHERE f.measure IN ['staff_quota', 'staff'] AND f.value IS NOT NULL
  AND (f.direction IS NULL OR f.direction = 'level') AND (f.state IS NULL OR f.state = 'achieved')
RETURN u.id AS unit, f.measure AS measure, f.value AS value, f.date AS date
"""

_EVENTS = """
UNWIND $ids AS wanted
MATCH (u:Unit {id: wanted})<-[r:INPUT|OUTPUT]-(e:Event)
RETURN type(r) AS type, u.id AS unit, e.id AS id, e.kind AS kind, e.status AS status, e.title AS title,
       e.date AS date, e.date_precision AS precision, e.new_name AS new_name
"""

_TIE_KINDS = {"SERVES": "serves", "FACE_OF": "face"}  # the others say their kind themselves

OUTER_KINDS = ("serves", "face", "party")  # ties that are told even where their other end is not shown

# one text for each label, so that the engines find their start by its index
_CITATIONS = {
    label: f"""
UNWIND $ids AS wanted
MATCH (x:{label} {{id: wanted}})-[e:STATED_IN]->(d:Document)
RETURN e.fact AS fact, e.at AS at, e.basis AS basis, d.id AS document, d.number AS number, d.title AS title,
       d.issued AS issued, d.url AS url
"""
    for label in ("Unit", "Position", "Person", "Function", "Event")
}


def fetch(store: Store, unit_id: str) -> Timeline:
    """The history of a unit and of all that was ever under it in the line. Raises UnknownName."""
    timeline = Timeline(unit_id, {})
    _grow(store, timeline, [unit_id])
    if unit_id not in timeline.units:
        raise UnknownName("unit", unit_id)
    rows = store.read(_NAME_OF_PLACE, {"unit": unit_id}).rows
    timeline.place = rows[0][0] if rows else ""
    return _furnish(store, timeline)


def fetch_place(store: Store, place_id: str) -> Timeline:
    """The history of a territory's units, under a root that stands for the territory.

    A unit hangs from the root while it is located in the territory; where it also has a line parent
    among the units, that one goes first. Raises UnknownName, and NothingFound where the place has
    no unit.
    """
    found = store.read(_PLACE, {"place": place_id}).dicts()
    if not found:
        raise UnknownName("place", place_id)
    place = found[0]
    located = store.read(_LOCATED, {"place": place_id}).dicts()
    if not located:
        raise NothingFound(f"no unit of {place['name']} is recorded", "load its units")
    root = TimedUnit(place_id, ((None, place["name"]),), place["kind"] or "", place["level"] or "", "", Life())
    timeline = Timeline(place_id, {}, territory=True, place=place["name"])
    _grow(store, timeline, sorted({row["child"] for row in located}))
    timeline.units = {place_id: root, **timeline.units}
    timeline.lines += [
        TimedTie(f"{place_id}/{row['child']}", "line", row["child"], place_id, Life(row["start"], row["stop"]))
        for row in sorted(located, key=_row_key)
        if row["child"] in timeline.units
    ]
    return _furnish(store, timeline)


def _grow(store: Store, timeline: Timeline, edge: Sequence[str]) -> None:
    """Add the units and the lines to those below them, level by level."""
    seen = set(edge)
    while edge:
        for row in _rows(store, _UNITS, edge):
            timeline.units[row["id"]] = _unit(row)
            if row["place"]:
                timeline.places[row["id"]] = row["place"]
        lines = sorted(_rows(store, _LINES, edge), key=_row_key)
        timeline.lines += [
            TimedTie(_text(row["id"]), "line", row["child"], row["parent"], Life(row["start"], row["stop"]))
            for row in lines
        ]
        edge = [child for child in dict.fromkeys(row["child"] for row in lines) if child not in seen]
        seen.update(edge)


def _unit(row: dict[str, Any]) -> TimedUnit:
    former = zip(row["former_names"] or [], row["former_until"] or [], strict=False)
    names = [(dt.date.fromisoformat(until), str(name)) for name, until in former]
    others = [row["short_name"], *(row["aliases"] or [])]
    return TimedUnit(
        row["id"],
        (*names, (None, _text(row["name"]))),
        _text(row["kind"]),
        _text(row["level"]),
        _text(row["system"]),
        Life(row["start"], row["stop"]),
        row["basis"] or "stated",
        bool(row["temporary"]),
        tuple(other for other in others if other),
    )


def _furnish(store: Store, timeline: Timeline) -> Timeline:
    units = list(timeline.units)
    _add_posts(store, timeline, units)
    duties = (
        Duty(
            _text(row["id"]),
            row["unit"],
            row["function"],
            _text(row["text"]),
            _text(row["kind"]),
            tuple(row["fields"] or ()),
            _text(row["role"]),
            Life(row["start"], row["stop"]),
        )
        for row in _rows(store, _DUTIES, units)
    )
    timeline.duties = sorted(duties, key=lambda duty: (duty.unit, duty.text, duty.id))
    _add_ties(store, timeline, units)
    counts = (
        Count(row["unit"], row["measure"] == "staff_quota", row["value"], row["date"])
        for row in _rows(store, _COUNTS, units)
    )
    timeline.counts = sorted(counts, key=lambda c: (c.unit, c.date or dt.date.min, c.quota, c.value))
    _add_events(store, timeline, units)
    _add_citations(store, timeline, units)
    return timeline


def _add_ties(store: Store, timeline: Timeline, units: Sequence[str]) -> None:
    known, ties, outer = timeline.units, [], set()
    for row in _rows(store, _TIES, units):
        kind, life = _TIE_KINDS.get(row["type"]) or _text(row["kind"]), Life(row["start"], row["stop"])
        if row["parent"] not in known:
            if kind in OUTER_KINDS:
                outer.add(TimedOuterTie(kind, row["child"], _text(row["name"]), False, life))
        elif kind != "line":
            ties.append(TimedTie(_text(row["id"]), kind, row["child"], row["parent"], life))
    for row in _rows(store, _TIES_IN, units):
        if row["child"] not in known:
            life = Life(row["start"], row["stop"])
            outer.add(TimedOuterTie(_TIE_KINDS[row["type"]], row["parent"], _text(row["name"]), True, life))
    timeline.ties = sorted(ties, key=lambda tie: (tie.kind, tie.start, tie.end, tie.id))
    timeline.outer = sorted(outer, key=lambda tie: (tie.kind, tie.unit, tie.other, tie.inwards, str(tie.life)))


def _add_posts(store: Store, timeline: Timeline, units: Sequence[str]) -> None:
    posts = (
        TimedPost(
            row["id"],
            row["unit"],
            _text(row["title"]),
            _text(row["kind"]),
            _text(row["role"]),
            row["seats"],
            Life(_later(row["start"], row["own_start"]), _earlier(row["stop"], row["own_stop"])),
        )
        for row in _rows(store, _POSTS, units)
    )
    for post in sorted(posts, key=lambda post: (post.unit, post.id)):
        timeline.posts.setdefault(post.id, post)
    tenures = (
        Tenure(
            _text(row["id"]),
            row["person"],
            _text(row["name"]),
            row["post"],
            row["mode"] or "full",
            _text(row["weight"]),
            row["basis"] or "stated",
            _text(row["as_written"]),
            Life(row["start"], row["stop"]),
        )
        for row in _rows(store, _TENURES, list(timeline.posts))
    )
    timeline.tenures = sorted(tenures, key=lambda t: (t.name, t.person, t.post, t.life.start or dt.date.min, t.id))


def _add_events(store: Store, timeline: Timeline, units: Sequence[str]) -> None:
    ends: dict[str, tuple[dict[str, Any], set[str], set[str]]] = {}
    for row in _rows(store, _EVENTS, units):
        _, inputs, outputs = ends.setdefault(row["id"], (row, set(), set()))
        (inputs if row["type"] == "INPUT" else outputs).add(row["unit"])
    events = (
        Happening(
            id_,
            _text(row["kind"]),
            _text(row["status"]),
            _text(row["title"]),
            row["date"],
            _text(row["precision"]),
            _text(row["new_name"]),
            tuple(sorted(inputs)),
            tuple(sorted(outputs)),
        )
        for id_, (row, inputs, outputs) in ends.items()
    )
    timeline.events = sorted(events, key=lambda event: (event.date or dt.date.min, event.id))


def _add_citations(store: Store, timeline: Timeline, units: Sequence[str]) -> None:
    starts = {
        "Unit": units,
        "Position": list(timeline.posts),
        "Person": list(dict.fromkeys(tenure.person for tenure in timeline.tenures)),
        "Function": list(dict.fromkeys(duty.function for duty in timeline.duties)),
        "Event": [event.id for event in timeline.events],
    }
    rows = chain.from_iterable(_rows(store, _CITATIONS[label], ids) for label, ids in starts.items())
    found = set()
    for row in rows:
        id_ = row["document"]
        timeline.sources[id_] = Source(id_, _text(row["number"]), _text(row["title"]), row["issued"], _text(row["url"]))
        found.add(Citation(_text(row["fact"]), id_, _text(row["at"]), row["basis"] or "stated"))
    timeline.citations = sorted(found, key=lambda c: (c.fact, c.document, c.at, c.basis))
    timeline.sources = dict(sorted(timeline.sources.items()))


def child_rank(unit: TimedUnit, kinds: dict[str, int]) -> tuple[int, int, str, str]:
    """The order of children in a chart: by system, kind, name; `kinds` is the place of each unit kind."""
    place = SYSTEMS.index(unit.system) if unit.system in SYSTEMS else len(SYSTEMS)
    return place, kinds.get(unit.kind, len(kinds)), unit.names[-1][1], unit.id


def _rows(store: Store, query: str, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    for batch in batches(ids):
        yield from store.read(query, {"ids": batch}).dicts()


def _row_key(row: dict[str, Any]) -> tuple[str, str, dt.date, dt.date]:
    return row["child"], row.get("parent", ""), row["start"] or dt.date.min, row["stop"] or dt.date.max


def _later(a: dt.date | None, b: dt.date | None) -> dt.date | None:
    return max(a, b) if a and b else a or b


def _earlier(a: dt.date | None, b: dt.date | None) -> dt.date | None:
    return min(a, b) if a and b else a or b


def _text(value: object) -> str:
    return "" if value is None else str(value)
