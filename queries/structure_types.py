"""What an org chart is drawn from: units, posts and holders as of a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Holder:
    """A person in a post on the date."""

    person: str  # id
    name: str
    mode: str = "full"  # code of holding_modes: acting (quyền), in_charge (phụ trách) …
    basis: str = "stated"


@dataclass
class Post:
    """A position of a unit with those who hold it on the date; empty: no holder recorded.

    `left` says which of two cases an empty post is: the day on which its last holder left
    (nobody is recorded since), or None: nobody is recorded to have held it before.
    """

    id: str
    title: str
    role: str  # code of roles
    holders: list[Holder] = field(default_factory=list)
    seats: int | None = None
    left: dt.date | None = None


@dataclass
class UnitNode:
    """A unit as of the date, with its posts (head first) and its children in the line.

    `staff` is the number of people at work, `quota` the number allowed (biên chế giao).
    """

    id: str
    name: str
    kind: str
    level: str
    system: str
    parent: str | None = None
    children: list[str] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    staff: int | None = None
    quota: int | None = None
    functions: list[str] = field(default_factory=list)  # texts; only where asked for
    basis: str = "stated"
    temporary: bool = False
    hidden: int = 0  # units below that the depth limit leaves out
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None  # first day on which it is no more


@dataclass(frozen=True)
class Tie:
    """A relation beside the line: party, professional, managed, union, serves, face, directs …"""

    kind: str
    start: str
    end: str


@dataclass(frozen=True)
class OuterTie:
    """A tie (party, serves, face) between a unit shown and one that is not; `inwards`: to the unit shown."""

    kind: str
    unit: str  # id of the unit shown
    other: str  # name of the one that is not
    inwards: bool = False


@dataclass(frozen=True)
class Concurrent:
    """One person in several posts of the chart."""

    person: str
    name: str
    posts: tuple[str, ...]  # position ids
    form: str  # code of concurrency_forms
    model: str = ""  # codes with commas between: CM1 …, or empty


@dataclass
class Structure:
    """A unit and what is under it, as of a date."""

    root: str
    on: dt.date
    units: dict[str, UnitNode]
    ties: list[Tie] = field(default_factory=list)
    concurrents: list[Concurrent] = field(default_factory=list)
    place: str = ""
    sources: list[str] = field(default_factory=list)  # documents behind the facts shown
    outer_ties: list[OuterTie] = field(default_factory=list)
    models: dict[str, str] = field(default_factory=dict)  # names of the concurrency models that occur, by code
