"""Checks of figures: against themselves, and against the event that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from graph import vocabulary
from queries.checks.finding import Finding, number
from queries.checks.tables import Tables

# an approximate figure may be off by this part of the number
TOLERANCE = 0.05

UNIT_MEASURES = frozenset(
    {
        "units",
        "organs",
        "divisions",
        "service_units",
        "departments",
        "provinces",
        "districts",
        "communes",
        "hamlets",
    }
)

_FIGURES = """
MATCH (f:Figure)
RETURN f.id AS id, f.measure AS measure, f.value AS value, f.of AS whole, f.direction AS direction,
       f.from_value AS start, f.to_value AS end, f.approximate AS approximate, f.scope AS scope,
       f.unit_of_count AS counted
"""

_FIGURES_OF_EVENTS = """
MATCH (f:Figure)-[:ABOUT]->(e:Event)
RETURN f.id AS figure, e.id AS event, e.kind AS kind, e.title AS title
"""

_ENDS_OF_EVENTS = """
MATCH (e:Event)-[r:INPUT|OUTPUT]->(x)
WHERE x:Unit OR x:Place
RETURN e.id AS event, type(r) AS type, x.id AS id
"""


def figures(tables: Tables) -> Iterator[Finding]:
    """Figures whose from, to, value, direction or whole do not agree."""
    for row in tables.store.read(_FIGURES).dicts():
        start, end, value = row["start"], row["end"], row["value"]
        what, ids = _name(row), (row["id"],)
        if start is not None and end is not None:
            ends = {"start": number(start), "end": number(end)}
            difference = abs(start - end)
            # a level may give the number reached beside the way to it
            given = {difference, end} if row["direction"] in (None, "level") else {difference}
            if value is not None and not any(_close(value, g, row["approximate"]) for g in given):
                values = {**ends, "difference": number(difference), "value": number(value)}
                yield Finding("figure_arithmetic", what, ids, values)
            if (row["direction"], start < end) in (("decrease", True), ("increase", False)) and start != end:
                direction = vocabulary.label("directions", row["direction"])
                yield Finding("figure_direction", what, ids, {**ends, "direction": direction})
        if value is not None and row["whole"] is not None and value > row["whole"]:
            yield Finding("figure_over_whole", what, ids, {"value": number(value), "of": number(row["whole"])})


def events(tables: Tables) -> Iterator[Finding]:
    """Figures about an event that differ from what its inputs and outputs come to."""
    links = tables.store.read(_FIGURES_OF_EVENTS).dicts()
    if not links:
        return
    by_id = {row["id"]: row for row in tables.store.read(_FIGURES).dicts()}
    ends: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: {"INPUT": set(), "OUTPUT": set()})
    for event, type_, id_ in tables.rows(_ENDS_OF_EVENTS):
        ends[event][type_].add(id_)
    for link in links:
        figure = by_id[link["figure"]]
        said = _change(figure)
        counted = change_of(link["kind"], ends[link["event"]]["INPUT"], ends[link["event"]]["OUTPUT"])
        if said is None or counted is None or figure["measure"] not in UNIT_MEASURES:
            continue
        if not _close(said, counted, figure["approximate"]):
            what = link["title"] or vocabulary.label("event_kinds", link["kind"])
            values = {"counted": _signed(counted), "value": _signed(said)}
            yield Finding("event_figure", what, (link["event"], figure["id"]), values)


def change_of(kind: str, inputs: set[str], outputs: set[str]) -> int | None:
    """By how much an event of the kind changes the number of units; None if its ends do not say it.

    A merger of three into one is -2; so is one that absorbs two units into a third.
    """
    if not inputs and not outputs:
        return None
    match kind:
        case "merge" | "merge_two_seals" | "split":
            return len(outputs) - len(inputs) if inputs and outputs else None
        case "absorb":
            return -len(inputs - outputs) if inputs and outputs else None
        case "dissolve":
            return -len(inputs)
        case "separate" | "create":
            return len(outputs - inputs)
    return None


def _change(figure: dict[str, Any]) -> float | None:
    """The signed change that a figure reports; None where it reports a level."""
    start, end, value = figure["start"], figure["end"], figure["value"]
    if start is not None and end is not None:
        return float(end - start)
    if value is None or figure["direction"] not in ("decrease", "increase"):
        return None
    return float(-value if figure["direction"] == "decrease" else value)


def _close(one: float, other: float, approximate: bool | None) -> bool:
    return abs(one - other) <= (TOLERANCE * max(abs(one), abs(other)) if approximate else 0)


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "−")


def _name(row: dict[str, Any]) -> str:
    parts = (vocabulary.label("measures", row["measure"] or ""), row["scope"], row["id"])
    return ", ".join(part for part in parts if part)
