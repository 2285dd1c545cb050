"""What changed from one structure to another: pure, from the two and the events between them.

A unit is the same where its id is the same. What took over from a unit that ended is read from the
inputs and outputs of events, through as many of them as there are between the two days; nothing is
guessed from names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from queries.changes.types import FATES, JOINED, Change, Changes, Event, Life, Lineage
from queries.structure_types import Structure, UnitNode

_ENDING = ("merge", "absorb", "dissolve", "split")  # what takes over is their output
_DIVIDING = ("split", "separate")
_MAKING = ("merge", "merge_two_seals", "create", "shared_office", *_DIVIDING)
_OTHER = {"move": "moved", "rename": "renamed", "set_quota": "quota"}  # kinds of events, and of changes
_HEADS = ("head",)
_DEPUTIES = ("standing_deputy", "deputy")
_ORDER = {kind: place for place, kind in enumerate((*FATES[:-2], "head", "deputies", "quota", "staff", "followed"))}


def compare(before: Structure, after: Structure, lineage: Lineage, plan: str = "") -> Changes:
    """The changes from one structure to the other, sorted by kind, then as the units stand in them.

    `plan` is the title of the plan that would make them; all of them are planned then.

    Linear in the units and the inputs and outputs of the events.
    """
    return _Comparison(before, after, lineage, plan).changes()


class _Comparison:
    def __init__(self, before: Structure, after: Structure, lineage: Lineage, plan: str) -> None:
        self.before = before
        self.after = after
        self.lineage = lineage
        self.plan = plan
        self.events = sorted(lineage.events, key=lambda e: (e.date, e.order, e.id))
        self.ended_by: dict[str, Event] = {}
        self.made_by: dict[str, Event] = {}
        self.took_in: defaultdict[str, list[Event]] = defaultdict(list)
        self.divided_by: dict[str, Event] = {}
        self.other: dict[tuple[str, str], Event] = {}  # by kind of change and unit
        self.appointed: dict[str, Event] = {}  # by post
        for event in self.events:
            self._file(event)

    def _file(self, event: Event) -> None:
        for unit in event.inputs:
            if event.kind in _ENDING and unit not in event.outputs:
                self.ended_by[unit] = event
            elif event.kind == "separate":
                self.divided_by[unit] = event
            elif event.kind in _OTHER:
                self.other[_OTHER[event.kind], unit] = event
        for unit in event.outputs:
            if event.kind in ("merge", "absorb") and (event.kind == "absorb" or unit in event.inputs):
                self.took_in[unit].append(event)
            elif event.kind in _MAKING and unit not in event.inputs:
                self.made_by[unit] = event
            elif event.kind == "appoint":
                self.appointed[unit] = event
        for unit in event.handed:
            self.other["moved", unit] = event

    # who took over

    @cached_property
    def heirs(self) -> dict[str, tuple[str, ...]]:
        """For each unit that ended what has its place on the second day."""
        return {unit: tuple(self._heirs_of(unit)) for unit in self.ended_by}

    def _heirs_of(self, unit: str) -> Iterable[str]:
        found: dict[str, None] = {}
        seen = {unit}
        edge = [unit]
        while edge:
            event = self.ended_by.get(edge.pop(0))
            for heir in event.outputs if event else ():
                if heir in seen:
                    continue
                seen.add(heir)
                if heir in self.ended_by and heir not in self.after.units:
                    edge.append(heir)
                else:
                    found[heir] = None
        return found

    @cached_property
    def origins(self) -> dict[str, tuple[str, ...]]:
        """For each unit what it took over from, as it was on the first day."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for unit, heirs in self.heirs.items():
            between = unit in self.made_by and unit not in self.before.units  # began and ended in between
            for heir in heirs if not between else ():
                found[heir].append(unit)
        for event in self.events:
            if event.kind in ("merge_two_seals", "separate"):
                for unit in event.outputs:
                    found[unit] += [i for i in event.inputs if i not in found[unit]]
        return {heir: tuple(units) for heir, units in found.items()}

    # the changes

    def changes(self) -> Changes:
        fates: dict[str, str] = {}
        found: list[Change] = []
        for unit in {**self.before.units, **self.after.units}:
            if unit == JOINED:
                continue
            old, new = self.before.units.get(unit), self.after.units.get(unit)
            change = self._fate(unit, old, new)
            fates[unit] = change.kind if change else "kept"
            mine = [change] if change else []
            if old is not None and new is not None:
                mine += [c for c in self._details(old, new) if not change or c.kind != change.kind]
            found += mine
        found.sort(key=lambda change: _ORDER[change.kind])
        places = {unit: life.place for unit, life in self.lineage.lives.items() if life.place}
        return Changes(self.before, self.after, found, fates, self.heirs, self.names, places, self.plan)

    @cached_property
    def tops(self) -> frozenset[str]:
        """What both structures start with: it hangs under nothing that they show."""
        found = set()
        for structure in (self.before, self.after):
            found.add(structure.root)
            if structure.root == JOINED:
                found.update(structure.units[JOINED].children)
        return frozenset(found)

    @cached_property
    def names(self) -> dict[str, str]:
        """Of the second day where there is one."""
        known = {unit: life.name for unit, life in self.lineage.lives.items()}
        for structure in (self.before, self.after):
            known.update((unit.id, unit.name) for unit in structure.units.values())
        return known

    def _fate(self, unit: str, old: UnitNode | None, new: UnitNode | None) -> Change | None:
        if new is None and old is not None:
            return self._gone(old)
        assert new is not None
        if old is None:
            return self._come(new)
        return self._received(new) or self._divided(old, new) or self._moved(old, new) or self._renamed(old, new)

    def _gone(self, old: UnitNode) -> Change:
        life = self.lineage.lives.get(old.id, Life(old.name))
        event = self.ended_by.get(old.id)
        if event is None and old.id not in self.tops and (life.end is None or life.end > self.after.on):
            parent = life.parent_after
            event = self.other.get(("moved", old.id))
            came_under = (parent,) if parent else ()
            return self._made("moved", old, event, self._name(old.parent), self._name(parent), came_under)
        heirs = self.heirs.get(old.id, ())
        kind = "ended"
        if event is not None and heirs:
            kind = "split" if event.kind == "split" else "absorbed" if event.kind != "dissolve" else "ended"
        return self._made(kind, old, event, old.name, self._list(heirs), heirs, life)

    def _come(self, new: UnitNode) -> Change | None:
        life = self.lineage.lives.get(new.id, Life(new.name))
        event = self.made_by.get(new.id)
        origins = self.origins.get(new.id, ())
        begun = life.start is not None and life.start > self.before.on
        if event is not None or (begun and not origins):
            kind = "created"
            if event is not None and event.kind in _DIVIDING:
                kind = "split_off"
            elif origins:
                kind = "merged"
            return self._made(kind, new, event, self._list(origins), new.name, origins, life)
        taken = self._received(new)
        if taken is not None:
            return taken
        if new.id in self.tops or life.parent_before == (new.parent or ""):
            return None  # it was there before, beside what the first structure shows
        if new.parent in self.tops and not life.parent_before:
            return None  # the same for the first units of a territory
        return self._under(new, life.parent_before, new.parent or "")

    def _received(self, new: UnitNode) -> Change | None:
        origins = tuple(unit for unit in self.origins.get(new.id, ()) if unit in self.ended_by)
        if not origins:
            return None
        event = next(iter(self.took_in.get(new.id, ())), None) or self.ended_by[origins[0]]
        return self._made("received", new, event, self._list(origins), new.name, origins)

    def _divided(self, old: UnitNode, new: UnitNode) -> Change | None:
        event = self.divided_by.get(old.id)
        if event is None:
            return None
        parts = tuple(unit for unit in event.outputs if unit != old.id)
        return self._made("split", new, event, old.name, self._list((old.id, *parts)), parts)

    def _moved(self, old: UnitNode, new: UnitNode) -> Change | None:
        was, now = old.parent or "", new.parent or ""
        if was == now or old.id in self.tops or JOINED in (was, now):
            return None
        return self._under(new, was, now)

    def _under(self, new: UnitNode, was: str, now: str) -> Change:
        """It came under another parent: that which took over from the former, or one chosen for it."""
        heirs = self.heirs.get(was, ())
        kind = "followed" if now in heirs else "moved"
        event = self.ended_by.get(was) if kind == "followed" else None
        event = self.other.get(("moved", new.id), event)
        if event is None:
            event = self.ended_by.get(was)  # what ends a unit also says where its parts go
        return self._made(kind, new, event, self._name(was), self._name(now), (now,) if now else ())

    def _renamed(self, old: UnitNode, new: UnitNode) -> Change | None:
        if old.name == new.name:
            return None
        return self._made("renamed", new, self.other.get(("renamed", old.id)), old.name, new.name)

    def _details(self, old: UnitNode, new: UnitNode) -> Iterable[Change]:
        for change in (self._moved(old, new), self._renamed(old, new)):
            if change is not None and change.kind in ("moved", "renamed"):
                yield change
        for kind, roles in (("head", _HEADS), ("deputies", _DEPUTIES)):
            was, now = _people(old, roles), _people(new, roles)
            if was.keys() != now.keys():
                event = next(
                    (self.appointed[p.id] for p in new.posts if p.role in roles and p.id in self.appointed), None
                )
                yield self._made(kind, new, event, "; ".join(was.values()), "; ".join(now.values()))
        for kind, first, second in (("quota", old.quota, new.quota), ("staff", old.staff, new.staff)):
            if first is not None and second is not None and first != second:
                yield self._made(kind, new, self.other.get((kind, new.id)), str(first), str(second))

    def _made(
        self,
        kind: str,
        unit: UnitNode,
        event: Event | None,
        before: str,
        after: str,
        partners: tuple[str, ...] = (),
        life: Life | None = None,
    ) -> Change:
        if event is not None:
            basis = "planned" if self.plan else event.basis
            said = event.date_text, event.id, event.title, event.sources, basis
            return Change(unit.id, unit.name, kind, before, after, partners, event.date, *said)
        what = (kind if kind in ("head", "deputies", "quota", "staff") else "parent", unit.id)
        date, written = self.lineage.dates.get(what), ""
        sources, basis = self.lineage.sources.get(what, ()), self.lineage.bases.get(what, "stated")
        if life is not None:
            sources, basis = life.sources, life.basis
            gone = unit.id not in self.after.units
            date, written = (life.end, life.end_text) if gone else (life.began, life.start_text)
        if self.plan:
            basis = "planned"
        return Change(unit.id, unit.name, kind, before, after, partners, date, written, sources=sources, basis=basis)

    def _name(self, unit: str | None) -> str:
        return self.names.get(unit, unit) if unit else ""

    def _list(self, units: Iterable[str]) -> str:
        return "; ".join(self._name(unit) for unit in units)


def _people(unit: UnitNode, roles: tuple[str, ...]) -> dict[str, str]:
    """Name by id of those in the posts of these roles, by name."""
    held = {h.person: h.name for post in unit.posts if post.role in roles for h in post.holders}
    return dict(sorted(held.items(), key=lambda item: (item[1], item[0])))
