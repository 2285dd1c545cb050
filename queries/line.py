"""The line above units: what a unit is, over some steps, a part of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from graph.store import Store
from queries.holdings import batches

_PARENTS = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})-[r:PART_OF]->(p:Unit)
WHERE r.kind = 'line'
  AND (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
RETURN u.id, p.id
"""


def line_parents(store: Store, on: dt.date, units: Sequence[str]) -> dict[str, set[str]]:
    """The line parents of the units on the date, and theirs, upwards; one read for each level."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    edge, seen = sorted(set(units)), set(units)
    while edge:
        upper: set[str] = set()
        for batch in batches(edge):
            for unit, parent in store.read(_PARENTS, {"units": batch, "on": on}).rows:
                found[unit].add(parent)
                upper.add(parent)
        edge = sorted(upper - seen)
        seen |= upper
    return dict(found)


def above(unit: str, parents: Mapping[str, set[str]]) -> set[str]:
    """All units that the unit is under; in a cycle the unit itself is among them."""
    found: set[str] = set()
    edge = parents.get(unit, set())
    while edge:
        found |= edge
        edge = {p for each in edge for p in parents.get(each, ())} - found
    return found
