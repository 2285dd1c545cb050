"""How large an apparatus is: counts by system and level, for a world before and after a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from graph.vocabulary import unit_kinds
from queries.plans.quotas import Quota, total
from queries.plans.tables import Tables, Unit

MEASURES = (
    *("units", "heads", "vacant_heads", "deputies", "people", "quota", "functions"),
    *("orphans", "depth", "span_mean", "span_max"),
)
EVERY = ""


class Measure(NamedTuple):
    """A number for the units of one system and level; both empty: for all together."""

    system: str
    level: str
    name: str
    value: float | None


def measures(tables: Tables, quotas: Mapping[str, Quota]) -> list[Measure]:
    """All measures of the units in scope, all together first. Linear in the units."""
    groups: defaultdict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in tables.scope():
        groups[EVERY, EVERY].append(unit)
        groups[unit.system, unit.level].append(unit)
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for post in tables.posts.values():
        holders[post.unit].update(post.holders)
    found: list[Measure] = []
    for (system, level), units in sorted(groups.items()):
        values = _values(tables, units, quotas, holders)
        found += [Measure(system, level, name, values[name]) for name in MEASURES]
    return found


def _values(
    tables: Tables, units: list[Unit], quotas: Mapping[str, Quota], holders: Mapping[str, set[str]]
) -> dict[str, float | None]:
    spans = [unit.span for unit in units if unit.span]
    return {
        "units": len(units),
        "heads": sum(len(unit.heads) for unit in units),
        "vacant_heads": sum(1 for unit in units for post in unit.heads if not tables.posts[post].holders),
        "deputies": sum(unit.deputies for unit in units),
        "people": len(set().union(*(holders.get(unit.id, ()) for unit in units))),
        "quota": total(quotas, tables, [unit.id for unit in units]),
        "functions": sum(len(unit.functions) for unit in units),
        "orphans": sum(1 for unit in units if orphan(unit)),
        "depth": max((unit.depth for unit in units), default=0),
        "span_mean": round(sum(spans) / len(spans), 2) if spans else None,
        "span_max": max(spans, default=0),
    }


def orphan(unit: Unit) -> bool:
    """A unit that by its kind is under another and has no line parent."""
    kind = unit_kinds().get(unit.kind)
    return not unit.parent and kind is not None and bool(kind.parents)
