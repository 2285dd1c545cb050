"""What differs between two worlds: each unit, each function, each person, and the measures.

Pure: from the tables of two worlds to tables. Nothing is asked of a store, and the two may as well
be the results of two plans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graph.scenario import Scenario
from queries.plans.measures import measures
from queries.plans.quotas import Quota
from queries.plans.tables import Tables, Unit

Quotas = Mapping[str, Quota]


class MeasureChange(NamedTuple):
    """A measure for one system and level (both empty: for all together), before and after."""

    system: str
    level: str
    name: str
    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """After less before; None where one of them is not known."""
        return None if self.before is None or self.after is None else round(self.after - self.before, 2)


class UnitChange(NamedTuple):
    """One change of one unit. `change`: created, ended, merged (ended, with an heir), renamed, moved, followed
    (came under the heir of its parent), quota, head, deputies. `before` and `after` are
    names, parents, numbers or people by the change."""

    unit: str
    name: str
    system: str
    level: str
    place: str
    change: str
    before: str | float | None
    after: str | float | None
    steps: tuple[int, ...] = ()
    assumed: bool = False


class FunctionChange(NamedTuple):
    """A function whose hosts change; without `after` nobody has it any more."""

    function: str
    text: str
    before: tuple[str, ...]  # ids of units
    after: tuple[str, ...]
    steps: tuple[int, ...] = ()


class PersonChange(NamedTuple):
    """A person whose posts change; without `after` the person is left without a post."""

    person: str
    name: str
    before: tuple[str, ...]  # posts as people write them
    after: tuple[str, ...]


class Diff(NamedTuple):
    """All differences between two worlds."""

    measures: tuple[MeasureChange, ...]
    units: tuple[UnitChange, ...]
    functions: tuple[FunctionChange, ...]
    people: tuple[PersonChange, ...]


ORDER = ("created", "merged", "ended", "renamed", "moved", "quota", "head", "deputies", "followed")


def diff(
    before: Tables,
    after: Tables,
    quotas_before: Quotas,
    quotas_after: Quotas,
    scenario: Scenario | None = None,
) -> Diff:
    """The differences; `scenario` gives the steps that make them and the heirs of what ends. Linear in
    the units, functions and posts of both worlds."""
    steps = steps_of(scenario) if scenario else {}
    heirs = heirs_of(scenario) if scenario else {}
    return Diff(
        tuple(_measures(before, after, quotas_before, quotas_after)),
        tuple(_units(before, after, quotas_before, quotas_after, steps, heirs)),
        tuple(_functions(before, after, steps)),
        tuple(_people(before, after)),
    )


def steps_of(scenario: Scenario) -> dict[str, tuple[int, ...]]:
    """The numbers of the steps that name each unit, function, person or post."""
    found: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for step in scenario.steps:
        named = [*step.inputs, *step.outputs, *step.others]
        for event in step.events:
            named += [r.end for r in scenario.facts.leaving(event, "INPUT", "OUTPUT", "TRANSFERS")]
        for id_ in named:
            found[id_][step.number] = None
    return {id_: tuple(numbers) for id_, numbers in found.items()}


def heirs_of(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """What takes over from each unit that a step ends."""
    found: dict[str, tuple[str, ...]] = {}
    for step in scenario.steps:
        if step.kind in ("merge", "absorb", "dissolve", "split"):
            for unit in step.inputs:
                heirs = tuple(heir for heir in step.outputs if heir != unit)
                if heirs:
                    found[unit] = heirs
    return found


def _measures(before: Tables, after: Tables, was: Quotas, now: Quotas) -> list[MeasureChange]:
    old = {(m.system, m.level, m.name): m.value for m in measures(before, was)}
    new = {(m.system, m.level, m.name): m.value for m in measures(after, now)}
    # a system that has nothing left, or nothing before, has none of it: 0
    return [
        MeasureChange(*key, old.get(key, 0), new.get(key, 0))
        for key in sorted({**old, **new}, key=lambda k: (k[0], k[1]))
    ]


def _units(
    before: Tables,
    after: Tables,
    was: Quotas,
    now: Quotas,
    steps: Mapping[str, tuple[int, ...]],
    heirs: Mapping[str, tuple[str, ...]],
) -> list[UnitChange]:
    found: list[UnitChange] = []
    for id_ in {**before.units, **after.units}:
        old, new = before.units.get(id_), after.units.get(id_)
        shown = new or old
        if shown is None or not shown.in_scope:
            continue
        for change, a, b, assumed in _changes(old, new, before, after, was.get(id_), now.get(id_), heirs):
            place = after.places.get(shown.place) or before.places.get(shown.place, "")
            name = (before if old else after).called(id_)
            # what comes under the heir of its parent does so by the step that ended the parent
            by = steps.get(id_) or (steps.get(old.parent) if old else None) or ()
            found.append(UnitChange(id_, name, shown.system, shown.level, place, change, a, b, by, assumed))
    return sorted(found, key=lambda c: (ORDER.index(c.change), c.steps, c.name, c.unit))


Change = tuple[str, str | float | None, str | float | None, bool]


def _changes(
    old: Unit | None,
    new: Unit | None,
    before: Tables,
    after: Tables,
    was: Quota | None,
    now: Quota | None,
    heirs: Mapping[str, tuple[str, ...]],
) -> list[Change]:
    if old is None and new is not None:
        made: list[Change] = [("created", None, new.name, False)]
        return [*made, ("quota", None, now.value, now.assumed)] if now else made
    if new is None and old is not None:
        into = [_name(heir, after, before) or heir for heir in heirs.get(old.id, ())]
        return [("merged", old.name, "; ".join(into), False)] if into else [("ended", old.name, None, False)]
    assert old is not None and new is not None
    found: list[Change] = []
    if old.name != new.name:
        found.append(("renamed", old.name, new.name, False))
    if old.parent != new.parent:
        change = "followed" if new.parent in heirs.get(old.parent, ()) else "moved"
        found.append((change, _name(old.parent, before), _name(new.parent, after), False))
    if (was.value if was else None) != (now.value if now else None):
        found.append(("quota", was.value if was else None, now.value if now else None, bool(now and now.assumed)))
    if old.holders != new.holders:
        found.append(("head", _people_names(old.holders, before), _people_names(new.holders, after), False))
    if old.deputies != new.deputies:
        found.append(("deputies", old.deputies, new.deputies, False))
    return found


def _name(unit: str, *worlds: Tables) -> str | None:
    return next((world.units[unit].name for world in worlds if unit in world.units), unit or None)


def _people_names(people: Iterable[str], world: Tables) -> str | None:
    return ", ".join(world.people.get(person, person) for person in people) or None


def _functions(before: Tables, after: Tables, steps: Mapping[str, tuple[int, ...]]) -> list[FunctionChange]:
    found: list[FunctionChange] = []
    for function in {**before.hosts, **after.hosts}:
        old, new = before.hosts.get(function, ()), after.hosts.get(function, ())
        if old == new:
            continue
        given, taken = (
            {n for unit in units for n in steps.get(unit, ())} for units in ({*old} - {*new}, {*new} - {*old})
        )
        numbers = steps.get(function) or given & taken or given | taken
        text = after.functions.get(function) or before.functions.get(function, function)
        found.append(FunctionChange(function, text, old, new, tuple(sorted(numbers))))
    return sorted(found, key=lambda f: (bool(f.after), f.steps, f.text, f.function))


def _people(before: Tables, after: Tables) -> list[PersonChange]:
    found: list[PersonChange] = []
    for person in {**before.posts_of, **after.posts_of}:
        old, new = before.posts_of.get(person, ()), after.posts_of.get(person, ())
        if old != new:
            name = after.people.get(person) or before.people.get(person, person)
            found.append(PersonChange(person, name, posts_named(old, before), posts_named(new, after)))
    return sorted(found, key=lambda p: (bool(p.after), p.name, p.person))


def posts_named(posts: Sequence[str], world: Tables) -> tuple[str, ...]:
    """Posts as people write them: Giám đốc Sở Nội vụ."""
    from graph.text import post_name

    named = [(world.posts[post], world.units[world.posts[post].unit]) for post in posts if post in world.posts]
    return tuple(post_name(post.title, unit.name) for post, unit in named)
