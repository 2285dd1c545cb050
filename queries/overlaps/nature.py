"""Which units share a function by nature, so that it is no finding: lists in queries/data/overlaps.yaml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from graph.packaged import packaged_yaml
from graph.text import key
from queries.overlaps.model import ARRANGED, FACE, LINE, OVERSIGHT, Side
from queries.overlaps.pull import Columns

SUPPORTING = frozenset({"coordinates", "supports"})


def settings() -> dict[str, Any]:
    """The lists and limits of the analysis."""
    content: dict[str, Any] = packaged_yaml("queries", "data", "overlaps.yaml")
    return content


class Nature:
    """How the units of some columns belong together."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._above: dict[str, set[str]] = {}
        self._oversees: dict[tuple[str, str, str], bool] = {}
        standing = set(settings()["standing"])
        self._standing = {id_ for id_, host in columns.hosts.items() if host.kind in standing}
        self._stands_for: defaultdict[str, set[str]] = defaultdict(set)
        for unit in self._standing:
            for parent in columns.parents.get(unit, ()):
                self._stands_for[parent].add(unit)

    def above(self, unit: str) -> set[str]:
        """All units above a unit in the line, and the standing bodies that stand for them."""
        found = self._above.get(unit)
        if found is None:
            found = self._columns.above(unit)
            if unit not in self._standing:
                found = found.union(*(self._stands_for.get(each, ()) for each in found))
            self._above[unit] = found
        return found

    def relation(self, a: Side, b: Side) -> str:
        """line, face, arranged or oversight; empty where two units have nothing to share by nature."""
        one, other = a.host.id, b.host.id
        if one in self.above(other) or other in self.above(one):
            return LINE
        if {one, other} <= self._standing and self.above(one) & self.above(other):
            return LINE
        faces = self._columns.faces
        if (faces.get(one, set()) | {one}) & (faces.get(other, set()) | {other}):
            return FACE
        if a.function == b.function and (a.role in SUPPORTING) != (b.role in SUPPORTING):
            return ARRANGED
        return OVERSIGHT if self.oversees(a) != self.oversees(b) else ""

    def oversees(self, side: Side) -> bool:
        """Whether the function is to decide or to watch over what others carry out."""
        asked = (side.host.kind, side.host.system, side.text)
        known = self._oversees.get(asked)
        if known is None:
            known = self._oversees[asked] = _oversees(*asked)
        return known

    def independent(self, units: Iterable[str]) -> list[str]:
        """The units without those under another of them, and without legal faces of another of them."""
        all_ = set(units)
        faces = self._columns.faces
        return sorted(u for u in all_ if not (self.above(u) - {u}) & all_ and not faces.get(u, set()) & all_)


def _oversees(kind: str, system: str, text: str) -> bool:
    start = f"{key(text)} "
    return any(
        (kind in rule.get("kinds", ()) or system in rule.get("systems", ()))
        and any(start.startswith(f"{key(word)} ") or start.startswith(f"{key(word)}, ") for word in rule["words"])
        for rule in settings()["oversight"]
    )
