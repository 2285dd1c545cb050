"""What forbids to merge units, and what speaks against it.

A stop is a rule: the units are not proposed together at all. The rest are negative parts of the score.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from graph import vocabulary
from graph.text import key
from queries.line import above
from queries.merges.model import Happened, Stop, Unit, World, settings
from queries.merges.texts import topic_of

# systems whose units are bodies of one and the same authority
_ADMINISTRATION = ("party", "state")


def stopped_alone(unit: Unit) -> Stop | None:
    """What keeps a unit out of every proposal."""
    stops = settings()["stops"]
    for code, stop in stops.items():
        if unit.kind in stop.get("kinds", ()):
            return Stop(code, stop["source"])
    kind = vocabulary.unit_kinds().get(unit.kind)
    if kind is not None and kind.vertical:
        return Stop("vertical", stops["vertical"]["source"])
    if unit.temporary or (kind is not None and kind.temporary):
        return Stop("temporary", stops["temporary"]["source"])
    return None


def stopped(world: World, a: Unit, b: Unit) -> Stop | None:
    """What keeps two units apart that may both be merged with others."""
    stops = settings()["stops"]
    if a.id in above(b.id, world.parents) or b.id in above(a.id, world.parents):
        return Stop("one_above_other", stops["one_above_other"]["source"])
    one_parent = world.parents.get(a.id, set()) & world.parents.get(b.id, set())
    if not one_parent and (_inner(world, a) or _inner(world, b)):
        return Stop("parts_of_two", stops["parts_of_two"]["source"])
    rule = _head_rule(a, b, world.on)
    if rule is not None:
        return Stop("head_posts", f"{rule.vi} ({rule.source})")
    if "front" in (a.system, b.system) and pair_of(a, b) is None:
        return Stop("own_charter", stops["own_charter"]["source"])
    return None


def _inner(world: World, unit: Unit) -> bool:
    """Whether the unit is a part without a legal personality of an organ (a division of a department)."""
    stops = settings()["stops"]
    if unit.kind not in stops["parts_of_two"]["inner"]:
        return False
    leading = {*stops["leading_body"]["kinds"], *stops["elected_body"]["kinds"]}
    above_it = world.parents.get(unit.id, set())
    return any(world.units[p].kind not in leading for p in above_it if p in world.units)


def pair_of(a: Unit, b: Unit) -> dict[str, Any] | None:
    """The entry of `pairs` that the two units make."""
    for entry in settings()["pairs"]:
        one, other = entry["a"], entry["b"]
        if (_fits(one, a) and _fits(other, b)) or (_fits(one, b) and _fits(other, a)):
            found: dict[str, Any] = entry
            return found
    return None


def _fits(side: dict[str, Any], unit: Unit) -> bool:
    if unit.kind not in side["kinds"]:
        return False
    topics = side.get("topics")
    return not topics or key(topic_of(unit.name)) in {key(topic) for topic in topics}


def _head_rule(a: Unit, b: Unit, on: dt.date) -> vocabulary.Rule | None:
    """The rule of the day by which the head of one may not be the head of the other."""
    for rule in vocabulary.rules():
        if rule.kind != "incompatible_posts" or not rule.holds_on(on) or rule.parameters["relation"] != "same_level":
            continue
        one, other = rule.parameters["a"], rule.parameters["b"]
        for x, y in ((a, b), (b, a)):
            if x.kind in one["kinds"] and y.kind in other["kinds"] and _headed(x, one) and _headed(y, other):
                return rule
    return None


def _headed(unit: Unit, side: dict[str, Any]) -> bool:
    kind = vocabulary.unit_kinds().get(unit.kind)
    return kind is not None and bool(set(kind.heads) & set(side["titles"]))


def legal_form(a: Unit, b: Unit) -> tuple[float, str]:
    """1 where one is an administrative organ and the other a public service unit, and no pair."""
    if a.system == b.system or pair_of(a, b) is not None:
        return 0.0, ""
    both = {a.system, b.system}
    if not both <= {*_ADMINISTRATION}:
        return 1.0, " / ".join(vocabulary.label("systems", system) for system in sorted(both))
    return 0.0, ""


def systems_apart(a: Unit, b: Unit) -> tuple[float, str]:
    """1 for organs of different systems that are not one of the known pairs."""
    if a.system == b.system or pair_of(a, b) is not None:
        return 0.0, ""
    both = {a.system, b.system}
    if both <= {*_ADMINISTRATION}:
        return 1.0, " / ".join(vocabulary.label("systems", system) for system in sorted(both))
    return 0.0, ""


def parted(world: World) -> dict[frozenset[str], Happened]:
    """Pairs of units that came out of one split, or whose merger was taken back, not long before the date."""
    return _parted(world.splits, world.on, frozenset(world.units))


def _parted(events: Iterable[Happened], on: dt.date, units: frozenset[str]) -> dict[frozenset[str], Happened]:
    years = settings()["split_years"]
    found: dict[frozenset[str], Happened] = {}
    for event in events:
        if (on - event.date).days > years * 365.25:
            continue
        own = [unit.id for unit in event.units if unit.id in units]
        for i, a in enumerate(own):
            for b in own[i + 1 :]:
                found[frozenset((a, b))] = event
    return found
