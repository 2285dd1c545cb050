"""A plan carried out in memory; the world before it stays as it is."""

from __future__ import annotations

from graph.facts import Facts, collector_off
from graph.history import try_events
from graph.scenario import Scenario
from graph.succession import Collision
from queries.plans.world import World


@collector_off()
def apply(before: World, scenario: Scenario) -> tuple[World, list[Collision]]:
    """The world on the day of the last step, and what the steps contradict.

    By the rules by which events change the graph (`graph.history`), step after step; a step that
    collides is done as far as it goes, so that all collisions of a plan are found at once.
    """
    facts = Facts()
    facts.include(before.facts)
    facts.include(scenario.facts)
    events = [event for step in scenario.steps for event in step.events]
    _, collisions = try_events(facts, events)
    new = {node.id for node in scenario.facts.nodes.values() if node.label == "Unit"}
    return World(facts, scenario.end, before.units | new, before.places, before.later), collisions
