"""Reading the structure that an org chart draws: a unit, or a territory, and what is under it.

`fetch` starts at a unit and `fetch_place` at a territory; both go down the line (PART_OF of
kind line) one level a read, so that the cost follows the size of the chart and not of the store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from graph import vocabulary
from graph.errors import NothingFound, UnknownName, UserError
from graph.store import Store
from queries import holdings
from queries.furnish import furnish
from queries.structure_types import Concurrent, Holder, OuterTie, Post, Structure, Tie, UnitNode

__all__ = ["Concurrent", "Holder", "OuterTie", "Post", "Structure", "Tie", "UnitNode", "fetch", "fetch_place"]

SYSTEMS = ("party", "state", "front", "service", "enterprise", "community")

_UNIT = """
MATCH (u:Unit {id: $unit})
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(place:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN u.id AS id, u.name AS name, u.former_names AS former_names, u.former_until AS former_until,
       u.kind AS kind, u.level AS level, u.system AS system, place.name AS place, u.basis AS basis,
       u.temporary AS temporary, u.valid_from AS valid_from, u.valid_to AS valid_to
"""

_CHILDREN = """
UNWIND $parents AS parent
MATCH (p:Unit {id: parent})<-[r:PART_OF]-(u:Unit)
WHERE r.kind = 'line'
  AND (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
  AND (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
RETURN DISTINCT p.id AS parent, u.id AS id, u.name AS name, u.former_names AS former_names,
       u.former_until AS former_until, u.kind AS kind, u.level AS level, u.system AS system,
       u.basis AS basis, u.temporary AS temporary, u.valid_from AS valid_from, u.valid_to AS valid_to
"""

_UNITS_OF_PLACE = """
MATCH (:Place {id: $place})<-[l:LOCATED_IN]-(u:Unit)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
  AND (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
RETURN DISTINCT u.id AS id, u.name AS name, u.former_names AS former_names, u.former_until AS former_until,
       u.kind AS kind, u.level AS level, u.system AS system, u.basis AS basis, u.temporary AS temporary,
       u.valid_from AS valid_from, u.valid_to AS valid_to
"""


_DAYS_OF_PLACE = """
MATCH (:Place {id: $place})<-[l:LOCATED_IN]-(u:Unit)
RETURN u.valid_from AS start, u.valid_to AS end, l.valid_from AS since, l.valid_to AS until
"""


def fetch(store: Store, unit_id: str, on: dt.date, depth: int | None = None, *, functions: bool = False) -> Structure:
    """The unit and its subtree on the date; `depth` is the number of levels below it (None: all).

    The units' functions are read only where `functions` asks for them. Children are ordered party,
    state, front, others, then by kind and name. A unit with two line parents is drawn under the
    first; the other is a tie of kind `line`. Raises UnknownName, NothingFound where the unit does
    not exist on the date, UserError where units are in a cycle.
    """
    rows = store.read(_UNIT, {"unit": unit_id, "on": on}).dicts()
    if not rows:
        raise UnknownName("unit", unit_id)
    row = rows[0]
    if not _exists(row, on):
        raise NothingFound(f"{row['name']} does not exist on {on}", f"it existed {_life(row)}; use --on")
    structure = Structure(unit_id, on, {unit_id: _node(row, on)}, place=row["place"] or "")
    _grow(store, structure, [unit_id], depth)
    return furnish(store, structure, functions)


def fetch_place(
    store: Store, place_id: str, on: dt.date, depth: int | None = None, *, functions: bool = False
) -> Structure:
    """The apparatus of a territory on the date, under a virtual root that stands for the place.

    The root has the id, name, kind and level of the place, an empty system and no posts. Its
    children are the units of the place that have no line parent in it. Raises UnknownName, and
    NothingFound where the place has no units on the date.
    """
    query = "MATCH (p:Place {id: $place}) RETURN p.name AS name, p.kind AS kind, p.level AS level"
    rows = store.read(query, {"place": place_id}).dicts()
    if not rows:
        raise UnknownName("place", place_id)
    place = rows[0]
    here = store.read(_UNITS_OF_PLACE, {"place": place_id, "on": on}).dicts()
    below = {row["id"] for row in _children(store, [row["id"] for row in here], on)}
    tops = [_node(row, on) for row in here if row["id"] not in below]
    if not tops:
        raise NothingFound(f"no unit of {place['name']} is recorded on {on}", _recorded(store, place_id))
    root = UnitNode(place_id, place["name"], place["kind"], place["level"], "")
    structure = Structure(place_id, on, {place_id: root}, place=place["name"])
    if depth == 0:
        root.hidden = len(tops) + len(_below(store, [top.id for top in tops], on))
        return structure
    for top in sorted(tops, key=_child_order):
        top.parent = place_id
        structure.units[top.id] = top
        root.children.append(top.id)
    _grow(store, structure, list(root.children), None if depth is None else depth - 1)
    return furnish(store, structure, functions)


def _recorded(store: Store, place_id: str) -> str:
    """From when to when the units of a place are recorded: what to do where a date has none."""
    rows = store.read(_DAYS_OF_PLACE, {"place": place_id}).dicts()
    if not rows:
        return "load its units first"
    first = min(max(row["start"] or dt.date.min, row["since"] or dt.date.min) for row in rows)
    last = max(min(row["end"] or dt.date.max, row["until"] or dt.date.max) for row in rows)
    life = {"valid_from": None if first == dt.date.min else first, "valid_to": None if last == dt.date.max else last}
    return f"its units are recorded {_life(life)}; use --on"


def _grow(store: Store, structure: Structure, edge: Sequence[str], depth: int | None) -> None:
    """Add the units below the edge, level by level, down to the depth; count what is left out."""
    units = structure.units
    level = 0
    while edge and (depth is None or level < depth):
        rows = _children(store, edge, structure.on)
        edge = []
        for row in sorted(rows, key=_row_order):
            parent, child = row["parent"], row["id"]
            if child in units:
                _refuse_cycle(units, parent, child)
                structure.ties.append(Tie("line", child, parent))
                continue
            units[child] = _node(row, structure.on)
            units[child].parent = parent
            units[parent].children.append(child)
            edge.append(child)
        level += 1
    if depth is not None:
        for unit in edge:
            units[unit].hidden = len(_below(store, [unit], structure.on) - units.keys())


def _below(store: Store, tops: Sequence[str], on: dt.date) -> set[str]:
    """Ids of all units under some, without them."""
    found: set[str] = set()
    edge = list(tops)
    while edge:
        edge = [row["id"] for row in _children(store, edge, on) if row["id"] not in found]
        found.update(edge)
    return found - set(tops)


def _children(store: Store, parents: Sequence[str], on: dt.date) -> list[dict[str, Any]]:
    return [
        row
        for batch in holdings.batches(parents)
        for row in store.read(_CHILDREN, {"parents": batch, "on": on}).dicts()
    ]


def _refuse_cycle(units: dict[str, UnitNode], parent: str, child: str) -> None:
    path = [parent]
    while path[-1] != child:
        above = units[path[-1]].parent
        if above is None:
            return
        path.append(above)
    names = " → ".join(units[id_].name for id_ in (*path, parent))
    raise UserError(f"these units are parts of each other: {names}", "run `bomay check` and mend PART_OF")


def _node(row: dict[str, Any], on: dt.date) -> UnitNode:
    return UnitNode(
        id=row["id"],
        name=_name_on(row, on),
        kind=row["kind"] or "",
        level=row["level"] or "",
        system=row["system"] or "",
        basis=row["basis"] or "stated",
        temporary=bool(row["temporary"]),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )


def _name_on(row: dict[str, Any], on: dt.date) -> str:
    """The official name on the date: the first former name that was still in use, or the present one."""
    for name, until in zip(row["former_names"] or [], row["former_until"] or [], strict=False):
        if dt.date.fromisoformat(until) > on:
            return str(name)
    return str(row["name"])


def _exists(row: dict[str, Any], on: dt.date) -> bool:
    start, end = row["valid_from"], row["valid_to"]
    return (start is None or start <= on) and (end is None or end > on)


def _life(row: dict[str, Any]) -> str:
    start, end = row["valid_from"], row["valid_to"]
    return " ".join(part for part in (f"from {start}" if start else "", f"to {end}" if end else "") if part)


def _row_order(row: dict[str, Any]) -> tuple[int, int, str, str]:
    return _order(row["system"], row["kind"], row["name"], row["id"])


def _child_order(node: UnitNode) -> tuple[int, int, str, str]:
    return _order(node.system, node.kind, node.name, node.id)


def _order(system: str | None, kind: str | None, name: str, id_: str) -> tuple[int, int, str, str]:
    kinds = _kind_places()
    place = SYSTEMS.index(system) if system in SYSTEMS else len(SYSTEMS)
    return place, kinds.get(kind or "", len(kinds)), name, id_


def _kind_places() -> dict[str, int]:
    return {code: place for place, code in enumerate(vocabulary.codes("unit_kinds"))}
