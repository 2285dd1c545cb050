"""Both structures as one tree: that of the second day, with what is no more at its former place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from queries.changes.types import JOINED, Changes
from queries.structure_types import UnitNode
from viz.build import preorder

_WIDE = 2  # children from which on all that went into a result stands before it


@dataclass(frozen=True)
class Spot:
    """A box of the union: `key` is its id, the unit's own, or `old:` and that for a former place."""

    key: str
    unit: UnitNode
    parent: str | None  # key
    depth: int
    ghost: bool = False


def union(changes: Changes) -> list[Spot]:
    """All boxes in preorder. What went into a result stands before it, or on both sides of it where it has few
    children; the rest after the one that it stood after.

    Raises:
        UserError: the units of one of the days form a cycle.
    """
    tree = _Union(changes)
    found: list[Spot] = []
    first, last = changes.before.root, changes.after.root
    stack = [Spot(last, changes.after.units[last], None, 0)]
    if last == JOINED and len(changes.after.units) == 1:  # nothing is left
        stack = [Spot(f"old:{first}", changes.before.units[first], None, 0, ghost=True)]
    while stack:
        spot = stack.pop()
        found.append(spot)
        for key, unit, ghost in reversed(tree.children[spot.key]):
            stack.append(Spot(key, unit, spot.key, spot.depth + 1, ghost))
    return found


class _Union:
    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.children: defaultdict[str, list[tuple[str, UnitNode, bool]]] = defaultdict(list)
        for unit, parent, _ in preorder(changes.after):
            if parent is not None:
                self.children[parent].append((unit.id, unit, False))
        leaving: defaultdict[str, list[UnitNode]] = defaultdict(list)
        for unit, parent, _ in preorder(changes.before):
            if unit.id != JOINED and self._leaves(unit):
                leaving[self._under(unit, parent)].append(unit)
        for key, units in leaving.items():
            self._insert(key, units)

    def _leaves(self, unit: UnitNode) -> bool:
        """Whether the unit is no more, or no more there."""
        changes = self.changes
        if unit.id not in changes.after.units:
            return unit.id != changes.after.root
        return changes.of(unit.id, "moved") is not None

    def _under(self, unit: UnitNode, parent: str | None) -> str:
        """The box under which a unit of the first day is drawn: its former parent's, or beside its heir where
        that stands directly under what took over from the first day's first unit."""
        changes = self.changes
        root = changes.after.root
        if parent is None or parent == JOINED:
            return root
        if parent in changes.after.units:
            return parent
        if parent == changes.before.root and root in changes.heirs.get(parent, ()):
            heirs = (changes.after.units.get(heir) for heir in changes.heirs.get(unit.id, ()))
            if any(heir is not None and heir.parent == root for heir in heirs):
                return root
        return f"old:{parent}"

    def _insert(self, key: str, units: list[UnitNode]) -> None:
        there = self.children[key]
        real = [unit.id for _, unit, _ in there]
        beside: defaultdict[str, list[UnitNode]] = defaultdict(list)
        loose: list[UnitNode] = []
        for unit in units:
            heir = next((h for h in self.changes.heirs.get(unit.id, ()) if h in real), None)
            if heir is None:
                loose.append(unit)
            else:
                beside[heir].append(unit)
        result: list[tuple[str, UnitNode, bool]] = []
        for entry in there:
            inputs = [_ghost(unit) for unit in beside[entry[1].id]]
            wide = len(self.children[entry[0]]) > _WIDE  # below it an input would be far from it
            half = len(inputs) if wide else (len(inputs) + 1) // 2
            result += [*inputs[:half], entry, *inputs[half:]]
        for unit in loose:
            result.insert(self._after_sibling(unit, result), _ghost(unit))
        self.children[key] = result

    def _after_sibling(self, unit: UnitNode, there: list[tuple[str, UnitNode, bool]]) -> int:
        """Behind the nearest sibling of the first day that stood before the unit and is there; else at the end."""
        parent = self.changes.before.units.get(unit.parent or "")
        siblings = parent.children if parent is not None else []
        places = {other.id: index for index, (_, other, _) in enumerate(there)}
        before = siblings[: siblings.index(unit.id)] if unit.id in siblings else []
        near = next((places[other] for other in reversed(before) if other in places), None)
        return len(there) if near is None else near + 1


def _ghost(unit: UnitNode) -> tuple[str, UnitNode, bool]:
    return f"old:{unit.id}", unit, True
