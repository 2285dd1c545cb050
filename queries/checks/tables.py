"""The columns that the checks work on, pulled out of the store once, each by a read of its own."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any, NamedTuple

from graph.dates import FuzzyDate, Interval, from_properties
from graph.store import Store


class Life(NamedTuple):
    """The validity of a node or relationship as it is stored."""

    start: dt.date | None
    start_earliest: dt.date | None
    start_precision: str | None
    end: dt.date | None
    end_earliest: dt.date | None
    end_precision: str | None

    def holds(self, on: dt.date) -> bool:
        """True if it certainly holds on the day."""
        return (self.start is None or self.start <= on) and (self.end is None or self.end > on)

    def over(self, on: dt.date) -> bool:
        """True if it has ended by the day."""
        return self.end is not None and self.end <= on

    def interval(self) -> Interval:
        """With all that is known of both ends."""
        return Interval(self._date("start"), self._date("end"))

    def _date(self, name: str) -> FuzzyDate | None:
        return from_properties(name, self._asdict())

    def __str__(self) -> str:
        return f"{self.start or '…'} – {self.end or '…'}"


class Unit(NamedTuple):
    """A unit at any time; its place is that of the date, or the last one known."""

    id: str
    name: str
    kind: str | None
    place: str | None
    life: Life


class Position(NamedTuple):
    """A position at any time."""

    id: str
    title: str
    kind: str | None
    role: str | None
    seats: int | None
    life: Life


class Link(NamedTuple):
    """A dated relationship; `kind` is empty where the type has none."""

    id: str
    start: str
    end: str
    kind: str
    life: Life


class Person(NamedTuple):
    """A person with the keys of the name."""

    id: str
    name: str
    name_key: str
    search_key: str


_UNITS = """
MATCH (u:Unit)
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN u.id, u.name, u.kind, coalesce(p.id, u.place), u.valid_from, u.valid_from_earliest, u.valid_from_precision,
       u.valid_to, u.valid_to_earliest, u.valid_to_precision
"""

_PLACES = "MATCH (p:Place) RETURN p.id, p.name, p.valid_to"

_POSITIONS = """
MATCH (x:Position)
RETURN x.id, x.title, x.kind, x.role, x.seats, x.valid_from, x.valid_from_earliest,
       x.valid_from_precision, x.valid_to, x.valid_to_earliest, x.valid_to_precision
"""

_PEOPLE = "MATCH (p:Person) RETURN p.id, p.name, coalesce(p.name_key, ''), coalesce(p.search_key, '')"

_PART_OF = """
MATCH (a:Unit)-[r:PART_OF]->(b:Unit)
RETURN r.id, a.id, b.id, r.kind, r.valid_from, r.valid_from_earliest, r.valid_from_precision,
       r.valid_to, r.valid_to_earliest, r.valid_to_precision
"""

_OF_UNIT = """
MATCH (a:Position)-[r:OF_UNIT]->(b:Unit)
RETURN r.id, a.id, b.id, '', r.valid_from, r.valid_from_earliest, r.valid_from_precision,
       r.valid_to, r.valid_to_earliest, r.valid_to_precision
"""

_HOLDS = """
MATCH (a:Person)-[r:HOLDS]->(b:Position)
RETURN r.id, a.id, b.id, '', r.valid_from, r.valid_from_earliest, r.valid_from_precision,
       r.valid_to, r.valid_to_earliest, r.valid_to_precision
"""


class Tables:
    """The tables of a store, each read when it is first wanted, and what is derived from them on a date."""

    def __init__(self, store: Store, on: dt.date) -> None:
        self.store = store
        self.on = on

    def rows(self, query: str, **parameters: Any) -> list[list[Any]]:
        """The rows of a read."""
        return self.store.read(query, parameters).rows

    @cached_property
    def units(self) -> dict[str, Unit]:
        """All units by id."""
        return {row[0]: Unit._make([*row[:4], Life._make(row[4:])]) for row in self.rows(_UNITS, on=self.on)}

    @cached_property
    def places(self) -> dict[str, tuple[str, dt.date | None]]:
        """Name and end of all places by id."""
        return {id_: (name, end) for id_, name, end in self.rows(_PLACES)}

    @cached_property
    def positions(self) -> dict[str, Position]:
        """All positions by id."""
        return {row[0]: Position._make([*row[:5], Life._make(row[5:])]) for row in self.rows(_POSITIONS)}

    @cached_property
    def people(self) -> dict[str, Person]:
        """All people by id."""
        return {row[0]: Person._make(row) for row in self.rows(_PEOPLE)}

    @cached_property
    def part_of(self) -> list[Link]:
        """All parents, from the part to the whole."""
        return [Link._make([*row[:4], Life._make(row[4:])]) for row in self.rows(_PART_OF)]

    @cached_property
    def of_unit(self) -> list[Link]:
        """The units of all positions."""
        return [Link._make([*row[:4], Life._make(row[4:])]) for row in self.rows(_OF_UNIT)]

    @cached_property
    def holds(self) -> list[Link]:
        """All holdings, from the person to the position."""
        return [Link._make([*row[:4], Life._make(row[4:])]) for row in self.rows(_HOLDS)]

    @cached_property
    def unit_of(self) -> dict[str, str]:
        """The unit of each position: the one of the date, otherwise the last one."""
        found: dict[str, str] = {}
        for link in sorted(self.of_unit, key=lambda o: (o.life.holds(self.on), o.life.end or dt.date.max)):
            found[link.start] = link.end
        return found

    @cached_property
    def place_of(self) -> dict[str, str]:
        """The place of each position that has one."""
        placed = {position: self.units[unit].place for position, unit in self.unit_of.items()}
        return {position: place for position, place in placed.items() if place}

    def unit_name(self, id_: str) -> str:
        """The unit's name with its place, to tell it from those of other places."""
        unit = self.units[id_]
        place = self.places.get(unit.place or "", ("", None))[0]
        return f"{unit.name} ({place})" if place else unit.name

    def place_name(self, id_: str) -> str:
        """The place's name, or its id where it is not there."""
        return self.places.get(id_, (id_, None))[0]
