"""The part of the graph that a plan is about, pulled into memory once.

The graph is taken as it was on the day before the plan's first step: what begins later is left
out, and what the graph knows to have ended later is still open. So a plan of the past is judged
by what was known then, and one of the future by what is known now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.facts import Facts, Properties, Relationship, relationship_id
from graph.scenario import Scenario
from graph.schema import schema
from graph.store import Store
from graph.text import key, search_key
from queries.holdings import batches, places_from

_HOLDS = "(r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)"
_IN_PLACES = f"UNWIND $ids AS id MATCH (:Place {{id: id}})<-[r:LOCATED_IN]-(u:Unit) WHERE {_HOLDS} RETURN DISTINCT u.id"
_BELOW = f"UNWIND $ids AS id MATCH (:Unit {{id: id}})<-[r:PART_OF {{kind: 'line'}}]-(u:Unit) WHERE {_HOLDS} RETURN u.id"
_TAIL = f"WHERE {_HOLDS} RETURN type(r), a.id, b.id, properties(r)"
_FROM_UNITS = "UNWIND $ids AS id MATCH (a:Unit {id: id})-[r:PART_OF|PERFORMS|SERVES|FACE_OF|RELATED|LOCATED_IN]->(b) "
_TO_UNITS = "UNWIND $ids AS id MATCH (b:Unit {id: id})<-[r:OF_UNIT|MEMBER_OF|SERVES|FACE_OF|RELATED]-(a) "
_HOLDERS = f"UNWIND $ids AS id MATCH (:Position {{id: id}})<-[r:HOLDS]-(a:Person) WHERE {_HOLDS} RETURN DISTINCT a.id"
_OF_PEOPLE = "UNWIND $ids AS id MATCH (a:Person {id: id})-[r:HOLDS]->(b:Position) "
_OF_POSTS = "UNWIND $ids AS id MATCH (a:Position {id: id})-[r:OF_UNIT]->(b:Unit) "
_QUOTAS = (
    "UNWIND $ids AS id MATCH (b:Unit {id: id})<-[r:ABOUT]-(a:Figure) WHERE a.measure = 'staff_quota' "
    "RETURN type(r), a.id, b.id, properties(r)"
)


@dataclass
class World:
    """A part of the graph on a day, as facts. `units` are those in the plan's scope; what lies around
    them (the units of other posts of their people, their parents) is there as well, for the lookups."""

    facts: Facts
    on: dt.date
    units: frozenset[str]
    places: dict[str, str] = field(default_factory=dict)  # names by id
    # unit → (day, event) of an end that the graph knows and the world does not
    later: dict[str, tuple[dt.date, str]] = field(default_factory=dict)


def pull(store: Store, scenario: Scenario, place: str = "") -> World:
    """The world of a scenario: all units of its place (or of `place`, an id) with what lies in it and below
    them, and all units that its steps name. About fifteen reads, whatever the number of units."""
    return _Pull(store, scenario.start - dt.timedelta(days=1)).world(scenario, place or scenario.place)


def touched(scenario: Scenario) -> set[str]:
    """The ids of all units that the steps name."""
    return {unit for step in scenario.steps for unit in (*step.inputs, *step.outputs, *step.others)}


class _Pull:
    """Reads parts of a store as of a day into facts."""

    def __init__(self, store: Store, on: dt.date) -> None:
        self.store = store
        self.on = on
        self.facts = Facts()
        self.later: dict[str, tuple[dt.date, str]] = {}
        self.edges: list[tuple[str, str, str, Properties]] = []

    def world(self, scenario: Scenario, place: str) -> World:
        named = touched(scenario)
        self.nodes("Unit", named)
        places = [place] if place else sorted({self._place_of(unit) for unit in named} - {""})
        inside = [inner for each in places for inner in places_from(self.store, each, self.on)]
        units = set(self._ids(_IN_PLACES, inside)) | {unit for unit in named if unit in self.facts.nodes}
        edge = sorted(units)
        while edge:
            edge = sorted(set(self._ids(_BELOW, edge)) - units)
            units |= set(edge)
        self._around(sorted(units), scenario)
        living = frozenset(unit for unit in units if self._lives(unit))
        named_places = {r.end for r in self.facts.relationships.values() if r.type == "LOCATED_IN"} | set(places)
        return World(self.facts, self.on, living, self._place_names(named_places), self.later)

    def _around(self, units: list[str], scenario: Scenario) -> None:
        self._read(_FROM_UNITS + _TAIL, units)
        self._read(_TO_UNITS + _TAIL, units)
        self._read(_QUOTAS, units)
        wanted = self._wanted(scenario)
        posts = {a for type_, a, _, _ in self.edges if type_ == "OF_UNIT"} | wanted["Position"]
        people = set(self._ids(_HOLDERS, sorted(posts))) | wanted["Person"]
        people |= {a for type_, a, _, _ in self.edges if type_ == "MEMBER_OF"}
        self._read(_OF_PEOPLE + _TAIL, sorted(people))
        others = {b for type_, _, b, _ in self.edges if type_ == "HOLDS"} - posts
        self._read(_OF_POSTS + _TAIL, sorted(others))
        ids: dict[str, set[str]] = {"Unit": set(units), **wanted}
        for type_, a, b, _ in self.edges:
            starts, ends = schema().relationships[type_].ends[0]
            ids.setdefault(starts, set()).add(a)
            ids.setdefault(ends, set()).add(b)
        for label, each in ids.items():
            if label != "Place":
                self.nodes(label, each - self.facts.nodes.keys())
        self._link()

    def _wanted(self, scenario: Scenario) -> dict[str, set[str]]:
        """What the plan's relationships touch and the plan does not bring itself, by label."""
        found: dict[str, set[str]] = {label: set() for label in ("Position", "Person", "Function")}
        for each in scenario.facts.relationships.values():
            for id_ in (each.start, each.end):
                if id_ not in scenario.facts.nodes and id_ not in self.facts.nodes:
                    for ids in found.values():
                        ids.add(id_)
        return found

    def nodes(self, label: str, ids: Iterable[str]) -> None:
        """The nodes of a label as they were on the day; those of other days keep their dates."""
        query = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n)"
        for batch in batches(sorted(ids)):
            for (properties,) in self.store.read(query, {"ids": batch}).rows:
                self._reopen(properties)
                if label == "Unit":
                    _name_of_the_day(properties, self.on)
                self.facts.add_node(label, properties["id"], properties)

    def _link(self) -> None:
        for type_, start, end, properties in self.edges:
            if start not in self.facts.nodes or (type_ != "LOCATED_IN" and end not in self.facts.nodes):
                continue
            if type_ == "LOCATED_IN":
                self.facts.nodes[start].properties["place"] = end
            self._reopen(properties)
            id_ = properties.get("id") or relationship_id(type_, start, end, properties)
            if id_ not in self.facts.relationships:
                self.facts.relationships[id_] = Relationship(type_, id_, start, end, properties)

    def _reopen(self, properties: Properties) -> None:
        """Forget an end that lies after the day."""
        end = properties.get("valid_to")
        start = properties.get("valid_from")
        if end is None or end <= self.on or (start is not None and start > self.on):
            return
        if "kind" in properties and "name" in properties:
            self.later[properties["id"]] = (end, properties.get("ended_by") or "")
        for name in ("valid_to", "valid_to_earliest", "valid_to_precision", "valid_to_text", "ended_by"):
            properties.pop(name, None)

    def _lives(self, unit: str) -> bool:
        properties = self.facts.nodes[unit].properties
        start, end = properties.get("valid_from"), properties.get("valid_to")
        return (start is None or start <= self.on) and (end is None or end > self.on)

    def _place_of(self, unit: str) -> str:
        node = self.facts.nodes.get(unit)
        return str(node.properties.get("place") or "") if node else ""

    def _ids(self, query: str, ids: Sequence[str]) -> list[str]:
        return [row[0] for batch in batches(ids) for row in self.store.read(query, {"ids": batch, "on": self.on}).rows]

    def _read(self, query: str, ids: Sequence[str]) -> None:
        for batch in batches(ids):
            for row in self.store.read(query, {"ids": batch, "on": self.on}).rows:
                self.edges.append((row[0], row[1], row[2], row[3]))

    def _place_names(self, places: Iterable[str]) -> dict[str, str]:
        query = "UNWIND $ids AS id MATCH (p:Place {id: id}) RETURN p.id, p.name"
        found: dict[str, str] = {}
        for batch in batches(sorted(places)):
            found.update((row[0], row[1]) for row in self.store.read(query, {"ids": batch}).rows)
        return found


def _name_of_the_day(properties: dict[str, Any], on: dt.date) -> None:
    """The unit's name on the day, where it has changed its name since."""
    names, until = properties.get("former_names") or [], properties.get("former_until") or []
    for index, last in enumerate(until):
        if dt.date.fromisoformat(last) > on:
            name = names[index]
            properties.update(name=name, name_key=key(name), search_key=search_key(name))
            properties["former_names"], properties["former_until"] = names[:index], until[:index]
            return
