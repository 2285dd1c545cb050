"""A unit and all that was ever under it, with the days between which each fact holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Life:
    """From `start` (inclusive) to `end` (exclusive); None: unknown start, no end."""

    start: dt.date | None = None
    end: dt.date | None = None

    def holds(self, on: dt.date) -> bool:
        """Whether it holds on the day; an unknown start is before every day."""
        return (self.start is None or self.start <= on) and (self.end is None or self.end > on)


@dataclass(frozen=True)
class TimedUnit:
    """A unit; `names` are (in use until, name), the last without an end; `order` is its place among children."""

    id: str
    names: tuple[tuple[dt.date | None, str], ...]
    kind: str
    level: str
    system: str
    life: Life
    basis: str = "stated"
    temporary: bool = False
    others: tuple[str, ...] = ()  # short name and aliases

    def name(self, on: dt.date) -> str:
        """Its official name on the day."""
        return next(name for until, name in self.names if until is None or until > on)


@dataclass(frozen=True)
class TimedTie:
    """A relation between two units: `line` (the child is the start) or a kind as in Tie."""

    id: str
    kind: str
    start: str
    end: str
    life: Life


@dataclass(frozen=True)
class TimedOuterTie:
    """A relation (party, serves, face) to a unit that is not in the history, by its name; as OuterTie."""

    kind: str
    unit: str
    other: str
    inwards: bool
    life: Life


@dataclass(frozen=True)
class TimedPost:
    """A position while it is one of the unit."""

    id: str
    unit: str
    title: str
    kind: str
    role: str
    seats: int | None
    life: Life


@dataclass(frozen=True)
class Tenure:
    """A person in a position, for a time."""

    id: str
    person: str
    name: str
    post: str
    mode: str
    weight: str
    basis: str
    as_written: str
    life: Life


@dataclass(frozen=True)
class Duty:
    """A function while a unit performs it; `id` is that of the fact, `function` of the function."""

    id: str
    unit: str
    function: str
    text: str
    kind: str
    fields: tuple[str, ...]
    role: str
    life: Life


@dataclass(frozen=True)
class Happening:
    """An event with the units that go into it and that come out of it; `date` is the latest possible day."""

    id: str
    kind: str
    status: str
    title: str
    date: dt.date | None
    precision: str
    new_name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """A staff figure of a unit; `quota` where it is the number that was allowed."""

    unit: str
    quota: bool
    value: float
    date: dt.date | None


@dataclass(frozen=True)
class Source:
    """A document."""

    id: str
    number: str
    title: str
    issued: dt.date | None
    url: str


@dataclass(frozen=True)
class Citation:
    """Where a fact is stated, and how strongly."""

    fact: str
    document: str
    at: str
    basis: str


@dataclass
class Timeline:
    """All of it; `territory`: the root stands for a territory and is no unit of its own."""

    root: str
    units: dict[str, TimedUnit]
    territory: bool = False
    lines: list[TimedTie] = field(default_factory=list)
    ties: list[TimedTie] = field(default_factory=list)
    outer: list[TimedOuterTie] = field(default_factory=list)
    posts: dict[str, TimedPost] = field(default_factory=dict)
    tenures: list[Tenure] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    events: list[Happening] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)
    place: str = ""
    places: dict[str, str] = field(default_factory=dict)  # unit id -> id of its place
