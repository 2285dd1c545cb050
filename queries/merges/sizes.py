"""Sizes against the dated rules: fewest staff of a kind, most units of a kind, most deputies."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import cache

from graph import vocabulary
from graph.text import key
from graph.vocabulary import Rule
from queries.merges.model import Unit, World

# the provinces whose class the rules call special; of all others the lowest class is assumed
_SPECIAL = tuple(key(name) for name in ("thành phố Hà Nội", "thành phố Hồ Chí Minh"))
LOWEST_CLASS = "III"


def province_class(unit: Unit) -> str:
    """special for the two large cities; otherwise the lowest class, since the graph does not keep it."""
    return "special" if key(unit.place_name) in _SPECIAL else LOWEST_CLASS


def fewest(world: World, unit: Unit) -> tuple[float, Rule] | None:
    """The fewest staff that a unit of this kind must have on the date, and the rule."""
    for rule in _applying(world, unit, ("min_staff", "staff")):
        least = rule.parameters["min"]
        return float(least[province_class(unit)] if isinstance(least, dict) else least), rule
    return None


def most_staff(world: World, unit: Unit) -> tuple[float, Rule] | None:
    """The norm that staff of a unit of this kind must not exceed on the date, and the rule."""
    for rule in _applying(world, unit, ("staff",)):
        return float(rule.parameters["max"]), rule
    return None


def most_deputies(world: World, unit: Unit, staff: float | None) -> tuple[float, Rule] | None:
    """Deputies that one unit of this kind may have with so many staff, and the rule."""
    for rule in _applying(world, unit, ("max_deputies", "average_deputies")):
        if rule.kind == "average_deputies":
            return float(rule.parameters["average"]), rule
        classes = rule.parameters.get("classes")
        if classes and province_class(unit) not in classes:
            continue
        steps = rule.parameters["steps"]
        if staff is None and len(steps) > 1:
            return float(steps[-1][1]), rule
        return next(float(n) for up_to, n in steps if up_to is None or (staff is not None and staff <= up_to)), rule
    return None


def small(world: World, unit: Unit) -> str:
    """Why the unit is below the fewest staff of its kind; empty where it is not, or nothing is known."""
    staff, least = world.staff.get(unit.id), fewest(world, unit)
    if staff is None or least is None or staff >= least[0]:
        return ""
    return f"{unit.name}: {staff:g} < {least[0]:g} ({least[1].source})"


def crowded(world: World) -> dict[tuple[str, str], tuple[float, str]]:
    """(parent, kind) where there are more units of the kind than the rules of the day allow: the part
    of the number that is too much, and why."""
    units: Counter[tuple[str, str]] = Counter()
    for unit in world.units.values():
        for parent in world.parents.get(unit.id, ()):
            units[parent, unit.kind] += 1
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for rule in _in_force("max_units", world.on) + _in_force("units", world.on):
        kinds, levels = rule.parameters["kinds"], rule.parameters.get("levels")
        for parent in {parent for parent, kind in units if kind in kinds}:
            above = world.units.get(parent)
            if above is None or (levels and above.level not in levels) or not _under(rule, above):
                continue
            number = sum(units[parent, kind] for kind in kinds)
            most = _most(rule, above)
            if number > most:
                for kind in kinds:
                    found[parent, kind] = min(1.0, (number - most) / most * 4), f"{number} > {most:g} ({rule.source})"
    return found


def _most(rule: Rule, parent: Unit) -> float:
    by_class = rule.parameters.get("by_class", {})
    return float(by_class.get(province_class(parent), rule.parameters.get("max", rule.parameters.get("uniform"))))


def _under(rule: Rule, parent: Unit) -> bool:
    parents = rule.parameters.get("parents")
    return parent.kind in parents if parents else parent.kind == "ubnd"


def _applying(world: World, unit: Unit, kinds: tuple[str, ...]) -> Iterator[Rule]:
    above = {world.units[p].kind for p in world.parents.get(unit.id, ()) if p in world.units}
    for kind in kinds:
        for rule in _in_force(kind, world.on):
            said = rule.parameters
            if unit.kind not in said.get("kinds", ()) or unit.level not in said.get("levels", (unit.level,)):
                continue
            if "parents" in said and not above & set(said["parents"]):
                continue
            yield rule


@cache
def _in_force(kind: str, on: dt.date) -> list[Rule]:
    return [rule for rule in vocabulary.rules() if rule.kind == kind and rule.holds_on(on)]
