"""What becomes of units between two days: the changes, and the events that made them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from queries.structure_types import Structure

# what happens to units as such, in the order in which charts and tables name it; a unit has one of these
FATES = (
    "merged",  # new, made of units that ended
    "received",  # lives on and takes in units that ended
    "split",  # divided: ended, or lives on without a part
    "split_off",  # new, made of a part of another
    "created",
    "moved",  # to another parent, within the chart, out of it or into it
    "renamed",
    "absorbed",  # ended, another unit took over
    "ended",  # ended, nobody took over the unit as a whole
    "followed",  # stays where it was, under the unit that took over from its parent
    "kept",
)
# id of the unit that stands for several in a structure that starts with several
JOINED = "joined"
# what may have changed of a unit besides
DETAILS = ("renamed", "moved", "head", "deputies", "quota", "staff")


@dataclass(frozen=True)
class Event:
    """An event between the two days: what it takes and makes (ids of units), and where it is stated.

    `handed` are the units that it puts under another parent; `date_text` is the date as written,
    where it is not an exact day.
    """

    id: str
    kind: str  # code of event_kinds
    date: dt.date
    title: str = ""
    date_text: str = ""
    basis: str = "stated"  # stated, deduced, inferred or planned
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    handed: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()  # numbers or titles of documents
    order: int = 0  # among the events of one day


@dataclass(frozen=True)
class Life:
    """What is known of a unit that the chart has on one of the two days only, or that lies outside it.

    `start` is the first day on which it can have begun, None where that is open ("not later than");
    `began` is the day from which on it is certain, and the texts are the dates as written.
    """

    name: str
    start: dt.date | None = None
    end: dt.date | None = None
    parent_before: str = ""  # ids
    parent_after: str = ""
    basis: str = "stated"
    sources: tuple[str, ...] = ()
    place: str = ""  # name of its territory
    began: dt.date | None = None
    start_text: str = ""
    end_text: str = ""


@dataclass
class Lineage:
    """What connects two structures: events, units that only one of them has, evidence of what changed
    without an event. `sources`, `bases` and `dates` are by (what, unit): what is parent or head."""

    events: list[Event] = field(default_factory=list)
    lives: dict[str, Life] = field(default_factory=dict)
    sources: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    bases: dict[tuple[str, str], str] = field(default_factory=dict)
    dates: dict[tuple[str, str], dt.date] = field(default_factory=dict)  # since when the new one holds


@dataclass(frozen=True)
class Change:
    """One change of one unit. `kind` is one of FATES (without kept) or DETAILS.

    `before` and `after` are names, parents, people or numbers by the kind, empty where there is
    none. `partners` are ids: of a result what it was made of, of what ended what took over, of what
    moved or followed its new parent.
    """

    unit: str
    name: str
    kind: str
    before: str = ""
    after: str = ""
    partners: tuple[str, ...] = ()
    date: dt.date | None = None
    date_text: str = ""
    event: str = ""  # id
    title: str = ""  # of the event
    sources: tuple[str, ...] = ()
    basis: str = "stated"


@dataclass
class Changes:
    """Two structures and what changed from the first to the second.

    `fates` has one of FATES for each unit of either, `heirs` for each unit that ended those of the
    second structure (or outside it) that took over in the end; `names` are those of all units that
    changes speak of, and `places` the territories of those of which one structure has nothing.
    """

    before: Structure
    after: Structure
    changes: list[Change]
    fates: dict[str, str]
    heirs: dict[str, tuple[str, ...]]
    names: dict[str, str]
    places: dict[str, str] = field(default_factory=dict)
    plan: str = ""  # title of the plan that makes the changes; empty where they happened

    def of(self, unit: str, kind: str) -> Change | None:
        """The change of that kind of a unit."""
        return self._by_unit.get((unit, kind))

    def __post_init__(self) -> None:
        self._by_unit = {(change.unit, change.kind): change for change in self.changes}
