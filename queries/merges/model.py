"""The tables that the merge analysis works on, and what it answers with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graph.findings import finding_key
from graph.packaged import packaged_yaml


class Unit(NamedTuple):
    """A unit on the date."""

    id: str
    name: str  # as of the date
    kind: str
    level: str
    system: str
    place: str  # id, empty where none is recorded
    place_name: str = ""
    temporary: bool = False


class Posts(NamedTuple):
    """The posts of a unit on the date: seats, or holders where those are more."""

    heads: int = 0
    deputies: int = 0


class Happened(NamedTuple):
    """A past event that says something about later mergers."""

    id: str
    kind: str
    date: dt.date
    title: str
    units: tuple[Unit, ...]  # its inputs; of a split also its outputs
    documents: tuple[str, ...] = ()  # numbers or titles


@dataclass(frozen=True)
class World:
    """All that is known of the units of a scope on a date; each table by the unit's id."""

    on: dt.date
    units: Mapping[str, Unit]
    functions: Mapping[str, tuple[tuple[str, str], ...]]  # id and text of what the unit performs
    parents: Mapping[str, set[str]] = field(default_factory=dict)  # line parents, and theirs upwards
    staff: Mapping[str, float] = field(default_factory=dict)  # the last figure of staff up to the date
    posts: Mapping[str, Posts] = field(default_factory=dict)
    heads: Mapping[str, frozenset[str]] = field(default_factory=dict)  # people who hold head posts
    serves: Mapping[str, frozenset[str]] = field(default_factory=dict)  # units that it serves
    uncertain: int = 0  # functions of which the sources leave open whether they were performed already
    set_aside: int = 0  # functions known only from what was written after the date
    happened: tuple[Happened, ...] = ()  # mergers up to the date, of the whole graph
    splits: tuple[Happened, ...] = ()  # splits, and mergers that were reversed


class Part(NamedTuple):
    """One line of a waterfall: contribution = value x weight, in log-odds."""

    name: str
    value: float
    weight: float
    contribution: float
    detail: str = ""
    source: str = ""


class Stop(NamedTuple):
    """What forbids to propose these units, by which rule."""

    code: str
    source: str


@dataclass(frozen=True)
class Saving:
    """What a merger would save at the most, and on what assumptions."""

    units: int
    heads: int
    deputies: int | None  # None where no rule says how many the merged unit may have
    staff: float | None  # above the norm of its kind; None where no norm or no figure is known
    assumptions: tuple[tuple[str, Mapping[str, Any]], ...]  # label codes and what is filled in


@dataclass(frozen=True)
class Proposal:
    """A group of units that could become one."""

    units: tuple[Unit, ...]
    score: float  # 0 to 1
    odds: float  # log-odds, the sum of the contributions
    parts: tuple[Part, ...]
    accepted: bool = False  # by a recorded judgement
    saving: Saving | None = None
    precedents: tuple[Happened, ...] = ()

    @property
    def key(self) -> str:
        """Stable over runs: what the proposal is about."""
        return finding_key("m", [unit.id for unit in self.units])


def settings() -> dict[str, Any]:
    """Weights, thresholds, pairs of systems and stops, from queries/data/merges.yaml."""
    found: dict[str, Any] = packaged_yaml("queries", "data", "merges.yaml")
    return found
