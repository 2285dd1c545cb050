"""The findings that runs have recorded, read back from the graph."""

from __future__ import annotations

from dataclasses import dataclass

from graph.findings import Member
from graph.store import Store


@dataclass(frozen=True)
class Recorded:
    """A recorded finding and what it is about."""

    id: str
    kind: str  # code of finding_kinds
    key: str
    cls: str
    score: float
    summary: str
    members: tuple[Member, ...]


_CANDIDATES = """
MATCH (c:Candidate) WHERE $kind IS NULL OR c.kind = $kind
RETURN c.id, c.kind, c.key, c.cls, c.score, c.summary
ORDER BY c.kind, c.rank, c.key
"""
_MEMBERS = """
MATCH (c:Candidate)-[r:CONCERNS]->(n) WHERE $kind IS NULL OR c.kind = $kind
RETURN c.id, labels(n), n.id, r.role
"""


def recorded(store: Store, kind: str | None = None) -> list[Recorded]:
    """The recorded findings of a kind, or all, best first."""
    members: dict[str, set[Member]] = {}
    for id_, labels, member, role in store.read(_MEMBERS, {"kind": kind}).rows:
        members.setdefault(id_, set()).add((labels[0], member, role or ""))
    return [
        Recorded(id_, kind_, key, cls or "", score or 0.0, summary or "", tuple(sorted(members.get(id_, ()))))
        for id_, kind_, key, cls, score, summary in store.read(_CANDIDATES, {"kind": kind}).rows
    ]
