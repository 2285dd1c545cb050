"""The documents that state functions and who performs them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from graph.store import Store
from queries.holdings import batches
from queries.overlaps.model import Side


class Source(NamedTuple):
    """A document, and where in it; `basis` is how surely it says so."""

    document: str  # id
    name: str  # number, or title
    at: str
    basis: str

    def __str__(self) -> str:
        return f"{self.name}, {self.at}" if self.at else self.name


_STATED = """
UNWIND $ids AS id
MATCH (n:{label} {{id: id}})-[e:STATED_IN]->(d:Document)
RETURN e.fact, d.id, coalesce(d.number, d.title, d.id), e.at, e.basis
"""


def evidence(store: Store, sides: Iterable[Side]) -> dict[str, tuple[Source, ...]]:
    """The sources by `Side.name`: of the function itself and of its being in the unit's hands."""
    sides = list(sides)
    found: defaultdict[str, set[Source]] = defaultdict(set)
    wanted = {side.function for side in sides} | {side.fact for side in sides}
    for label, ids in (
        ("Function", {side.function for side in sides}),
        ("Unit", {side.host.id for side in sides}),
    ):
        for batch in batches(sorted(ids)):
            for fact, document, name, at, basis in store.read(_STATED.format(label=label), {"ids": batch}).rows:
                if fact in wanted:
                    found[fact].add(Source(document, name or "", at or "", basis or "stated"))
    return {side.name: tuple(sorted(found[side.function] | found[side.fact])) for side in sides}
