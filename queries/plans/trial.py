"""A plan tried on the graph: everything that its check, its comparison and its charts are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from graph.facts import collector_off
from graph.scenario import Scenario
from graph.store import Store
from graph.succession import Collision
from queries.plans.apply import apply
from queries.plans.check import check
from queries.plans.diff import Diff, diff
from queries.plans.finding import Finding
from queries.plans.quotas import Quota, carried, stated
from queries.plans.tables import Tables, tables
from queries.plans.world import World, pull


@dataclass
class Trial:
    """A plan with the worlds without and with it, both on the day of its last step."""

    scenario: Scenario
    before: World
    after: World
    collisions: list[Collision]

    @cached_property
    def tables_before(self) -> Tables:
        """The tables of the world without the plan."""
        return tables(self.before)

    @cached_property
    def tables_after(self) -> Tables:
        """The tables of the world with the plan."""
        return tables(self.after)

    @cached_property
    def quotas_before(self) -> dict[str, Quota]:
        """The stated quotas."""
        return stated(self.tables_before)

    @cached_property
    def quotas_after(self) -> dict[str, Quota]:
        """The quotas with the plan, also those that are assumed."""
        return carried(self.tables_before, self.tables_after, self.scenario)

    def diff(self) -> Diff:
        """What the plan changes."""
        return diff(self.tables_before, self.tables_after, self.quotas_before, self.quotas_after, self.scenario)

    def check(self) -> list[Finding]:
        """What speaks against the plan."""
        return check(self.scenario, self.after, self.collisions, self.tables_before, self.tables_after)


@collector_off()
def try_plan(store: Store, scenario: Scenario, place: str = "") -> Trial:
    """Pull the plan's world once and carry the plan out in memory; the store is only read.

    `place` (an id) sets another scope than the plan's own place.
    """
    before = pull(store, scenario, place)
    after, collisions = apply(before, scenario)
    return Trial(scenario, replace(before, on=scenario.end), after, collisions)
