"""Two plans side by side: measures, the units in which their results differ, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from graph.text import key
from queries.plans.finding import SEVERITIES, Finding
from queries.plans.measures import MEASURES, measures
from queries.plans.trial import Trial

Aspects = Mapping[str, str | float | None]


class SideBySide(NamedTuple):
    """A number before any plan, with the first and with the second plan."""

    name: str
    before: float | None
    a: float | None
    b: float | None


SIZES = ("quota", "deputies", "head", "functions", "span")


class UnitDifference(NamedTuple):
    """A unit that is not the same in both results, with that in which they differ: name, parent, quota,
    deputies, head, functions, span. None: the unit is not there; then all that the other side has."""

    name: str
    place: str
    a: Aspects | None
    b: Aspects | None


class Comparison(NamedTuple):
    """What two plans have in common and where they part."""

    measures: tuple[SideBySide, ...]
    findings: tuple[SideBySide, ...]  # numbers by severity
    units: tuple[UnitDifference, ...]
    only_a: tuple[Finding, ...]
    only_b: tuple[Finding, ...]


def compare(a: Trial, b: Trial) -> Comparison:
    """Compare the results of two plans over the same scope. A unit that both plans make has another id in
    each: it is matched by name, place and the name of the unit above."""
    found_a, found_b = a.check(), b.check()
    return Comparison(
        tuple(_measures(a, b)),
        tuple(_counts(found_a, found_b)),
        tuple(_units(a, b)),
        tuple(_without(found_a, found_b)),
        tuple(_without(found_b, found_a)),
    )


def _measures(a: Trial, b: Trial) -> list[SideBySide]:
    sides = ((a.tables_before, a.quotas_before), (a.tables_after, a.quotas_after), (b.tables_after, b.quotas_after))
    values = [{m.name: m.value for m in measures(*side) if not m.system and not m.level} for side in sides]
    return [SideBySide(name, *(side.get(name) for side in values)) for name in MEASURES]


def _counts(a: list[Finding], b: list[Finding]) -> list[SideBySide]:
    counts = [Counter(finding.severity for finding in found) for found in (a, b)]
    return [SideBySide(severity, None, counts[0][severity], counts[1][severity]) for severity in SEVERITIES]


def _units(a: Trial, b: Trial) -> list[UnitDifference]:
    ours, theirs = _described(a), _described(b)
    found: list[UnitDifference] = []
    for at in {**ours, **theirs}:
        one, other = ours.get(at), theirs.get(at)
        shown = one or other
        if shown is None or one == other:
            continue
        if one is None or other is None:
            sides = [None if each is None else {k: each[k] for k in SIZES} for each in (one, other)]
        else:
            differ = [aspect for aspect in one if one[aspect] != other[aspect]]
            sides = [{aspect: each[aspect] for aspect in differ} for each in (one, other)]
        called = f"{shown['name']} < {shown['parent']}" if shown["parent"] else str(shown["name"])
        found.append(UnitDifference(called, str(shown["place"]), *sides))
    return sorted(found, key=lambda d: (d.a is not None and d.b is not None, d.a is None, d.place, d.name))


def _described(trial: Trial) -> dict[str, dict[str, str | float | None]]:
    """What is to be compared of every unit in scope. A unit that is there without a plan is known
    by its id, one that a plan makes by its name, place and the name of the unit above."""
    tables, quotas = trial.tables_after, trial.quotas_after
    found: dict[str, dict[str, str | float | None]] = {}
    for unit in tables.scope():
        above = tables.units.get(unit.parent)
        parent = above.name if above else ""
        at = unit.id if unit.id in trial.tables_before.units else f"{key(unit.name)}|{unit.place}|{key(parent)}"
        quota = quotas.get(unit.id)
        found[at] = {
            "name": unit.name,
            "parent": parent,
            "place": tables.places.get(unit.place, ""),
            "quota": quota.value if quota else None,
            "deputies": unit.deputies or None,
            "head": ", ".join(tables.people.get(person, person) for person in unit.holders) or None,
            "functions": len(unit.functions) or None,
            "span": unit.span or None,
        }
    return found


def _without(found: list[Finding], others: list[Finding]) -> list[Finding]:
    known = {(f.code, f.what, f.message()) for f in others}
    return [f for f in found if (f.code, f.what, f.message()) not in known]
