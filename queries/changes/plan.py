"""A plan's two worlds as structures, and its steps as the events between them: nothing is read from a store."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from graph import vocabulary
from graph.errors import UserError
from graph.scenario import Scenario
from graph.text import key
from queries.changes.compare import compare
from queries.changes.reach import became, came_from, join, nothing
from queries.changes.types import JOINED, Changes, Event, Life, Lineage
from queries.plans.quotas import Quota
from queries.plans.tables import Tables
from queries.plans.trial import Trial
from queries.plans.world import World
from queries.structure import SYSTEMS
from queries.structure_types import Holder, Post, Structure, UnitNode

_ROLES = ("head", "standing_deputy", "deputy")


def plan_changes(trial: Trial, start: str, depth: int | None = None, *, place: bool = False) -> Changes:
    """The changes that a plan makes to a unit (or territory) and what is under it, by its id.

    Raises:
        UserError: the unit is not in the plan's scope.
    """
    events = plan_events(trial.scenario)
    before, after = trial.tables_before, trial.tables_after
    if place:
        tops: tuple[Sequence[str], Sequence[str]] = ([start], [start])
    else:
        tops = came_from(start, events, before.units), became(start, events, after.units)
    sides = (
        (before, trial.before, trial.quotas_before, tops[0], trial.scenario.start - dt.timedelta(days=1)),
        (after, trial.after, trial.quotas_after, tops[1], trial.scenario.end),
    )
    structures = []
    for tables, world, quotas, starts, on in sides:
        maker = _Maker(tables, world, quotas, on)
        parts = [maker.place(top, depth) if place else maker.structure(top, depth) for top in starts]
        parts = [part for part in parts if not place or len(part.units) > 1]
        structures.append(join(parts) if parts else nothing(on))
    first, second = structures
    if len(first.units) + len(second.units) == 2 and JOINED in first.units and JOINED in second.units:
        raise UserError(
            f"{start} is not in the scope of the plan {trial.scenario.title!r}",
            "name a unit that the plan is about, or its territory",
        )
    return compare(first, second, _lineage(trial, events), trial.scenario.title)


def unit_of_plan(scenario: Scenario, text: str) -> str | None:
    """The id of a unit that the plan makes, by its id or name; None if there is none or several."""
    found = [
        node.id
        for node in scenario.facts.of_label("Unit")
        if text == node.id or key(text) == key(str(node.properties.get("name") or ""))
    ]
    return found[0] if len(found) == 1 else None


def plan_events(scenario: Scenario) -> list[Event]:
    """The steps with their quotas and appointments, in their order."""
    found: list[Event] = []
    facts = scenario.facts
    for step in scenario.steps:
        for id_ in step.events:
            parts: defaultdict[str, list[str]] = defaultdict(list)
            for edge in facts.leaving(id_, "INPUT", "OUTPUT", "TRANSFERS"):
                parts[edge.type].append(edge.end)
            found.append(
                Event(
                    id_,
                    str(facts.nodes[id_].properties["kind"]),
                    step.date.latest,
                    f"{step.number}. {step.title}",
                    step.date.text if step.date.precision != "day" else "",
                    "planned",
                    tuple(parts["INPUT"]),
                    tuple(parts["OUTPUT"]),
                    tuple(parts["TRANSFERS"]),
                    scenario.basis,
                    len(found),
                )
            )
    return found


def _lineage(trial: Trial, events: list[Event]) -> Lineage:
    before, after = trial.tables_before, trial.tables_after
    new = {node.id for node in trial.scenario.facts.of_label("Unit")}
    lives = {
        id_: Life(
            (after.units.get(id_) or before.units[id_]).name,
            trial.scenario.start if id_ in new else None,
            None if id_ in after.units else trial.scenario.end,
            before.units[id_].parent if id_ in before.units else "",
            after.units[id_].parent if id_ in after.units else "",
            "planned",
            trial.scenario.basis,
        )
        for id_ in {**before.units, **after.units}
    }
    return Lineage(events, lives)


class _Maker:
    """Structures of one of a plan's worlds."""

    def __init__(self, tables: Tables, world: World, quotas: Mapping[str, Quota], on: dt.date) -> None:
        self.tables = tables
        self.world = world
        self.quotas = quotas
        self.on = on
        self.children: defaultdict[str, list[str]] = defaultdict(list)
        kinds = {code: number for number, code in enumerate(vocabulary.codes("unit_kinds"))}

        def order(id_: str) -> tuple[int, int, str, str]:
            unit = tables.units[id_]
            system = SYSTEMS.index(unit.system) if unit.system in SYSTEMS else len(SYSTEMS)
            return system, kinds.get(unit.kind, len(kinds)), unit.name, id_

        self.order = order
        for unit in sorted(tables.units, key=order):
            self.children[tables.units[unit].parent].append(unit)
        self.posts: defaultdict[str, list[Post]] = defaultdict(list)
        for post in tables.posts.values():
            if post.role in _ROLES:
                holders = [Holder(person, tables.people.get(person, person)) for person in post.holders]
                self.posts[post.unit].append(Post(post.id, post.title, post.role, holders, post.seats))
        for posts in self.posts.values():
            posts.sort(key=lambda post: (_ROLES.index(post.role), post.title, post.id))

    def structure(self, root: str, depth: int | None) -> Structure:
        """The unit and what is under it."""
        place = self.tables.places.get(self.tables.units[root].place, "")
        structure = Structure(root, self.on, {root: self._node(root)}, place=place)
        self._grow(structure, [root], depth)
        return structure

    def place(self, place: str, depth: int | None) -> Structure:
        """A territory's units under a root that stands for it."""
        name = self.tables.places.get(place, place)
        root = UnitNode(place, name, "", "", "")
        structure = Structure(place, self.on, {place: root}, place=name)
        here = {unit.id for unit in self.tables.units.values() if unit.place == place}
        tops = sorted((id_ for id_ in here if self.tables.units[id_].parent not in here), key=self.order)
        for top in tops:
            structure.units[top] = self._node(top)
            structure.units[top].parent = place
            root.children.append(top)
        self._grow(structure, tops, None if depth is None else max(depth - 1, 0))
        return structure

    def _grow(self, structure: Structure, edge: list[str], depth: int | None) -> None:
        level = 0
        while edge and (depth is None or level < depth):
            below = []
            for parent in edge:
                for child in self.children[parent]:
                    if child not in structure.units:
                        structure.units[child] = self._node(child)
                        structure.units[child].parent = parent
                        structure.units[parent].children.append(child)
                        below.append(child)
            edge = below
            level += 1
        for unit in edge:
            structure.units[unit].hidden = self._below(unit)

    def _below(self, unit: str) -> int:
        found, edge = 0, [unit]
        while edge:
            edge = [child for parent in edge for child in self.children[parent]]
            found += len(edge)
        return found

    def _node(self, id_: str) -> UnitNode:
        unit = self.tables.units[id_]
        properties = self.world.facts.nodes[id_].properties
        quota = self.quotas.get(id_)
        return UnitNode(
            id_,
            unit.name,
            unit.kind,
            unit.level,
            unit.system,
            posts=self.posts[id_],
            quota=round(quota.value) if quota else None,
            basis=str(properties.get("basis") or "stated"),
            temporary=bool(properties.get("temporary")),
        )
