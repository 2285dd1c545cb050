"""A first list of units of one place that work in the same fields.

Two units are on the list if they perform the same function, or functions with a field in
common. Rare fields count for more: the score is the sum of the inverse document frequencies of
what is shared (K. Spärck Jones, "A statistical interpretation of term specificity and its
application in retrieval", Journal of Documentation 28, 1972). A field is coarse, so the list
says where to look, not that there is a duplication.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from math import log
from typing import NamedTuple

from graph.store import Store
from queries.holdings import batches, places_from
from queries.line import above, line_parents


class Performed(NamedTuple):
    """A unit that performs a function on the date."""

    unit: str
    name: str
    level: str
    system: str
    place: str  # empty where none is recorded
    function: str
    text: str
    fields: tuple[str, ...]


class UnitRef(NamedTuple):
    """A unit of a pair."""

    id: str
    name: str
    system: str


@dataclass(frozen=True)
class SharedFields:
    """Two units of one place that share fields."""

    a: UnitRef
    b: UnitRef
    place: str
    level: str  # of both units, or both levels
    fields: tuple[str, ...]  # shared, the rarest first
    same_functions: tuple[str, ...]  # ids of functions that both perform
    a_functions: tuple[tuple[str, str], ...]  # id and text of those that fall in the shared fields
    b_functions: tuple[tuple[str, str], ...]
    score: float
    documents: tuple[str, ...] = ()  # ids of the documents that state these functions

    @property
    def cross_system(self) -> bool:
        """True for a party and a state unit and the like."""
        return self.a.system != self.b.system


_PERFORMED = """
MATCH (u:Unit)-[r:PERFORMS]->(f:Function)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
  AND (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN u.id, u.name, u.level, u.system, p.id, f.id, f.text, f.fields
"""

_PERFORMED_IN = """
UNWIND $places AS place
MATCH (p:Place {id: place})<-[l:LOCATED_IN]-(u:Unit)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
  AND (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
MATCH (u)-[r:PERFORMS]->(f:Function)
WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
RETURN u.id, u.name, u.level, u.system, p.id, f.id, f.text, f.fields
"""

_DOCUMENTS = """
UNWIND $functions AS function
MATCH (f:Function {id: function})-[:STATED_IN]->(d:Document)
RETURN f.id, d.id
"""


def shared_fields(store: Store, on: dt.date, place: str | None = None, level: str | None = None) -> list[SharedFields]:
    """Pairs of units of one place that share fields on the date, the highest score first.

    `place` is the id of a place, with all within it; `level` keeps the units of one level. A unit
    and one that it is under in the line share their fields by nature and make no pair.
    """
    if place is None:
        rows = store.read(_PERFORMED, {"on": on}).rows
    else:
        rows = store.read(_PERFORMED_IN, {"on": on, "places": places_from(store, place, on)}).rows
    table = [
        Performed(unit, name, lvl or "", system or "", where or "", function, text or "", tuple(fields or ()))
        for unit, name, lvl, system, where, function, text, fields in rows
        if level in (None, lvl)
    ]
    found = pairs(table, line_parents(store, on, [row.unit for row in table]))
    return _with_documents(store, found)


def pairs(table: Iterable[Performed], parents: Mapping[str, set[str]]) -> list[SharedFields]:
    """The pure part: what units perform and their line parents, to the list of pairs.

    The frequencies are those of the table. The cost is that of the pairs within each place.
    """
    units: dict[str, list[Performed]] = defaultdict(list)
    for row in table:
        units[row.unit].append(row)
    marks = {unit: _marks(rows) for unit, rows in units.items()}
    frequency = Counter(mark for own in marks.values() for mark in own)
    weight = {mark: log(1 + len(units) / count) for mark, count in frequency.items()}
    by_mark: defaultdict[tuple[str, tuple[str, str]], list[str]] = defaultdict(list)
    for unit, own in marks.items():
        for mark in own:
            by_mark[units[unit][0].place, mark].append(unit)
    over = {unit: above(unit, parents) for unit in units}
    together = {
        pair
        for members in by_mark.values()
        for pair in combinations(sorted(members), 2)
        if pair[0] not in over[pair[1]] and pair[1] not in over[pair[0]]
    }
    found = [_pair(units[a], units[b], marks[a] & marks[b], weight) for a, b in together]
    return sorted(found, key=lambda p: (-p.score, p.place, p.a.name, p.b.name, p.a.id, p.b.id))


def _marks(rows: list[Performed]) -> set[tuple[str, str]]:
    """What two units can have in common: a field, or a function as such."""
    fields = {("field", field) for row in rows for field in row.fields}
    return fields | {("function", row.function) for row in rows}


def _pair(
    a: list[Performed],
    b: list[Performed],
    shared: set[tuple[str, str]],
    weight: Mapping[tuple[str, str], float],
) -> SharedFields:
    ranked = sorted(shared, key=lambda mark: (-weight[mark], mark))
    fields = tuple(name for kind, name in ranked if kind == "field")
    same = tuple(name for kind, name in ranked if kind == "function")

    def concerned(rows: list[Performed]) -> tuple[tuple[str, str], ...]:
        chosen = {(r.function, r.text) for r in rows if r.function in same or set(r.fields) & set(fields)}
        return tuple(sorted(chosen))

    one, other = a[0], b[0]
    return SharedFields(
        UnitRef(one.unit, one.name, one.system),
        UnitRef(other.unit, other.name, other.system),
        one.place,
        one.level if one.level == other.level else f"{one.level}+{other.level}",
        fields,
        same,
        concerned(a),
        concerned(b),
        sum(weight[mark] for mark in shared),
    )


def _with_documents(store: Store, found: list[SharedFields]) -> list[SharedFields]:
    functions = sorted({id_ for pair in found for id_, _ in (*pair.a_functions, *pair.b_functions)})
    documents: defaultdict[str, set[str]] = defaultdict(set)
    for batch in batches(functions):
        for function, document in store.read(_DOCUMENTS, {"functions": batch}).rows:
            documents[function].add(document)
    return [
        replace(
            pair,
            documents=tuple(sorted({d for id_, _ in (*pair.a_functions, *pair.b_functions) for d in documents[id_]})),
        )
        for pair in found
    ]
