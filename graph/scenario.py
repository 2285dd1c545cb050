"""A plan as every part of bomay sees it: its steps, and the facts that they would be.

A file of a plan is read by `loaders.plan`, tried on a part of the graph by `queries.plans`, and
recorded by `loaders.plan.adopt`. Until it is adopted it is only held in memory.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from graph.dates import FuzzyDate
from graph.facts import Facts


@dataclass(frozen=True)
class Step:
    """One step of a plan, with the events that carry it out."""

    number: int  # as a person counts, from 1
    kind: str  # code of event_kinds
    date: FuzzyDate
    at: str  # where the file has it, e.g. "line 12"
    title: str
    events: tuple[str, ...]  # ids; the first is the step itself, others are its quotas and appointments
    inputs: tuple[str, ...] = ()  # ids of units
    outputs: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # further units that it needs: givers and takers, units of posts


@dataclass(frozen=True)
class Scenario:
    """A plan that was read and whose names were found in the graph."""

    id: str
    file: str
    title: str
    place: str  # id, empty where the plan names none
    place_name: str
    steps: tuple[Step, ...]
    facts: Facts = field(hash=False)  # events in force, and all that they name and the graph lacks
    author: str = ""
    basis: tuple[str, ...] = ()  # numbers or titles of the documents it rests on
    note: str = ""
    status: str = ""  # code of event_statuses, empty where the plan leaves it open
    province_class: str = ""  # special, I, II, III; empty where it is not known
    notices: tuple[str, ...] = ()
    new_people: tuple[str, ...] = ()  # ids of people whom the graph does not know

    @property
    def start(self) -> dt.date:
        """The day of its first step."""
        return min(step.date.latest for step in self.steps)

    @property
    def end(self) -> dt.date:
        """The day of its last step: from then on all of it has happened."""
        return max(step.date.latest for step in self.steps)

    def step_of(self, event: str) -> Step | None:
        """The step that the event belongs to."""
        return next((step for step in self.steps if event in step.events), None)
