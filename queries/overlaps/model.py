"""What the analysis of overlaps finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from graph.findings import Member
from queries.overlaps.pull import Host
from queries.statements import Part, Statement

CLASSES = ("duplicate", "overlap", "fragmentation")

# how two units belong together by nature, so that sharing a function is no finding
LINE, FACE, ARRANGED, OVERSIGHT = "line", "face", "arranged", "oversight"


@dataclass(frozen=True)
class Side:
    """A function in one unit's hands."""

    host: Host
    function: str
    text: str
    role: str
    certain: bool
    fact: str  # id of the PERFORMS relationship
    fields: tuple[str, ...] = ()  # codes

    @property
    def name(self) -> str:
        """Unit and function, as the keys of findings are made of."""
        return f"{self.host.id}/{self.function}"


@dataclass(frozen=True)
class Finding:
    """A pair of functions, or one function scattered over several units (class fragmentation).

    `parts` add up to the log-odds of the score; those of a group are of its weakest pair.
    `relation` says how the units belong together by nature; empty where they do not.
    """

    key: str
    cls: str
    score: float
    sides: tuple[Side, ...]  # at least two, of different units
    parts: tuple[Part, ...]
    relation: str = ""
    group: str = ""  # key of the group that a pair is part of

    @property
    def place(self) -> str:
        """Id of the place of all its units."""
        return self.sides[0].host.place

    @property
    def cross_system(self) -> bool:
        """True for a party and a state unit, and the like."""
        return len({side.host.system for side in self.sides}) > 1

    @property
    def certain(self) -> bool:
        """False where the sources leave open whether a unit already had the function."""
        return all(side.certain for side in self.sides)

    @property
    def units(self) -> tuple[str, ...]:
        """Ids of its units, each once."""
        return tuple(dict.fromkeys(side.host.id for side in self.sides))

    @property
    def members(self) -> tuple[Member, ...]:
        """What it is about, for the graph: a and b for a pair, member for a group."""
        roles = "ab" if self.cls != "fragmentation" else ()
        found: list[Member] = []
        for i, side in enumerate(self.sides):
            role = roles[i] if roles else "member"
            found += [("Unit", side.host.id, role), ("Function", side.function, role)]
        return tuple(dict.fromkeys(found))

    def pairs(self) -> list[tuple[Side, Side]]:
        """All pairs of its sides that are of different units."""
        return [(a, b) for a, b in combinations(self.sides, 2) if a.host.id != b.host.id]


@dataclass(frozen=True)
class Found:
    """Findings, best first, and what was not compared."""

    findings: tuple[Finding, ...]
    statements: Mapping[str, Statement]  # by function
    functions: int = 0  # compared
    uncertain: int = 0  # of these, those that may not yet have been performed on the day
    empty: tuple[str, ...] = ()  # functions of which nothing is left without boilerplate
    left_to_groups: int = 0  # pairs that are not listed one by one, for one group stands for them
