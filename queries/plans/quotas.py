"""Staff quotas through a plan: what is stated, and what goes over with units where nothing is stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graph.scenario import Scenario
from queries.plans.tables import Tables

_ENDING = ("merge", "absorb", "dissolve")


class Quota(NamedTuple):
    """A unit's staff quota; `assumed`: nobody states it, it is the sum of what went over."""

    value: float
    assumed: bool


def stated(tables: Tables) -> dict[str, Quota]:
    """The quotas that are stated for units of a world."""
    return {unit.id: Quota(unit.quota, False) for unit in tables.units.values() if unit.quota is not None}


def carried(before: Tables, after: Tables, scenario: Scenario) -> dict[str, Quota]:
    """The quotas after the plan.

    Assumed, until a step sets a quota: the heir of a unit that ends gets its quota; a unit that moves takes
    its own along, away from the quota of the units it was under (a department's quota includes its parts')
    and to that of those it comes under. A unit that is split leaves its quota open.
    """
    known = stated(before)
    facts = scenario.facts
    for step in scenario.steps:
        for number, event in enumerate(step.events):
            properties = facts.nodes[event].properties
            if properties["kind"] == "set_quota":
                for edge in facts.leaving(event, "INPUT"):
                    known[edge.end] = Quota(float(properties["staff_quota"]), False)
            elif number == 0 and step.kind in _ENDING:
                heir = step.outputs[0] if len(step.outputs) == 1 else ""
                for unit in step.inputs:
                    if unit != heir:
                        _hand_over(known, before, after, unit, heir)
            elif number == 0 and step.kind == "split":
                for unit in step.inputs:
                    known.pop(unit, None)
            elif number == 0 and step.kind == "move" and step.outputs:
                for unit in step.inputs:
                    if unit in known:
                        lines = before.above(unit), [step.outputs[0], *after.above(step.outputs[0])]
                        _shift(known, known[unit].value, *lines)
    return {unit: quota for unit, quota in known.items() if unit in after.units}


def _hand_over(known: dict[str, Quota], before: Tables, after: Tables, unit: str, heir: str) -> None:
    gone = known.pop(unit, None)
    if gone is None or not heir:
        return
    own = known.get(heir)
    # a result without a quota of its own gets one; an existing unit whose quota is not known keeps that
    if own is not None or heir not in before.units:
        known[heir] = Quota(gone.value + (own.value if own else 0), True)
    _shift(known, gone.value, before.above(unit), [u for u in after.above(heir) if u != unit])


def _shift(known: dict[str, Quota], value: float, old: Iterable[str], new: Iterable[str]) -> None:
    was, now = list(old), list(new)
    for unit in was:
        if unit in known and unit not in now:
            known[unit] = Quota(max(0.0, known[unit].value - value), True)
    for unit in now:
        if unit in known and unit not in was:
            known[unit] = Quota(known[unit].value + value, True)


def total(quotas: Mapping[str, Quota], tables: Tables, units: Iterable[str]) -> float | None:
    """The quota of all these units together, each counted once: a part is in that of its whole.

    None where none of them has one.
    """
    counted = [
        quotas[unit].value
        for unit in units
        if unit in quotas and not any(above in quotas for above in tables.above(unit))
    ]
    return sum(counted) if counted else None
