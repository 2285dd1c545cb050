"""The words of a chart of changes: names that cannot be mistaken, tags, legend, summary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from graph.text import fold
from queries.changes.types import JOINED, Change, Changes
from queries.structure_types import Structure, UnitNode
from viz.labels import Labels
from viz.measure import clean
from viz.model import Entry

INFERRED = "*"  # behind a tag that is not in the source
# the look of a unit by what happened to it
COLOURS = {
    "merged": "merged",
    "received": "merged",
    "split": "split",
    "split_off": "split",
    "created": "created",
    "moved": "moved",
    "renamed": "renamed",
    "absorbed": "absorbed",
    "ended": "ended",
    "followed": "followed",
    "head": "changed",
    "deputies": "changed",
    "quota": "changed",
    "staff": "changed",
    "kept": "kept",
}
_LEGEND = (
    "merged",
    "absorbed",
    "split",
    "created",
    "ended",
    "moved",
    "former",
    "renamed",
    "changed",
    "followed",
    "kept",
)
_COUNTED = ("split", "created", "ended", "moved", "renamed", "followed", "head", "deputies")


class Words:
    """The words about some changes in one language."""

    def __init__(self, changes: Changes, labels: Labels) -> None:
        self.changes = changes
        self.labels = labels
        self.units: dict[str, UnitNode] = {**changes.before.units, **changes.after.units}
        self.named: defaultdict[str, list[UnitNode]] = defaultdict(list)
        for unit in self.units.values():
            self.named[clean(unit.name)].append(unit)
        self.known: dict[str, str] = {}

    # names

    def name(self, unit: str) -> str:
        """The unit's name; with that of its parent or territory where another of the chart has the same."""
        if unit not in self.known:
            self.known[unit] = self._distinct(unit)
        return self.known[unit]

    def _distinct(self, unit: str) -> str:
        node = self.units.get(unit)
        if node is None:
            place = self._place(unit)
            here = (clean(side.place) for side in (self.changes.before, self.changes.after))
            return self._with(clean(self.changes.names.get(unit, unit)), "" if place in here else place)
        name = clean(node.name)
        twins = self.named[name]
        if len(twins) == 1:
            return name
        parents = {clean(self._parent(other)) for other in twins}
        places = {self._place(other.id) for other in twins}
        if len(parents) > 1 and len(places) < len(twins):
            return self._with(name, clean(self._parent(node)))
        if len(places) > 1:
            return self._with(name, self._place(unit))
        only_before = unit not in self.changes.after.units
        return self._with(name, self.labels("change_old")) if only_before else name

    def names(self, units: Iterable[str]) -> str:
        """Several names."""
        return "; ".join(self.name(unit) for unit in units)

    def _parent(self, unit: UnitNode) -> str:
        parent = self.units.get(unit.parent or "")
        return parent.name if parent else ""

    def _place(self, unit: str) -> str:
        life = self.changes.places.get(unit, "")
        if life:
            return clean(life)
        structure = self.changes.after if unit in self.changes.after.units else self.changes.before
        return clean(structure.place)

    @staticmethod
    def _with(name: str, more: str) -> str:
        return f"{name} ({more})" if more and more.casefold() not in name.casefold() else name

    # tags

    def tag(self, change: Change, *, arrow: bool = False, gone: bool = False) -> str:
        """What stands under the unit's name: what happened, and where to or from where no arrow says it."""
        labels = self.labels
        key = f"tag_{change.kind}"
        if change.kind == "moved":
            key = "tag_moved_to" if gone else "tag_moved"
        words = labels(key)
        far = ""
        if change.kind == "moved":
            far = change.after if gone else change.before
        elif change.kind == "followed":
            far = self._former_parent(change)
        elif change.kind in ("absorbed", "ended", "split") and change.partners and not arrow:
            far = "; ".join(self._beside(unit, change.unit) for unit in change.partners)
        elif change.kind == "ended" and not change.event:
            words = labels("tag_over")
        if far:
            words = f"{words} {labels(f'{key}_far', unit=far)}" if change.kind != "followed" else labels(key, unit=far)
        elif gone and arrow and not _same(self._place(change.unit), self._place(change.partners[0])):
            words = f"{words} – {self._place(change.unit)}"
        return f"{words} {INFERRED}" if change.basis == "inferred" else words

    def _former_parent(self, change: Change) -> str:
        node = self.changes.before.units.get(change.unit)
        if node is None or not node.parent:
            return clean(change.before)
        return self._beside(node.parent, change.partners[0]) if change.partners else self.name(node.parent)

    def _beside(self, unit: str, other: str) -> str:
        """The unit's name; its territory alone where the other has the same name and lies elsewhere."""
        name, twin = (self.changes.names.get(each, "") for each in (unit, other))
        place = self._place(unit)
        return place if place and _same(name, twin) and not _same(place, self._place(other)) else self.name(unit)

    # heading

    def title(self) -> str:
        """The unit that it is about, with its territory; both where another took over."""
        first, second = (self._called(side) for side in (self.changes.before, self.changes.after))
        if self.changes.after.root == JOINED:
            words = self.labels("change_title", unit=first)
        elif self.changes.before.root == JOINED or _same(first, second):
            words = self.labels("change_title", unit=second)
        else:
            words = self.labels("change_title_heir", before=first, after=second)
        return words[:1].upper() + words[1:]

    @staticmethod
    def _called(structure: Structure) -> str:
        name, place = clean(structure.units[structure.root].name), clean(structure.place)
        return f"{name}, {place}" if place and place.casefold() not in name.casefold() else name

    def subtitle(self) -> str:
        """The two days."""
        days = {
            "before": self.labels.date(self.changes.before.on),
            "after": self.labels.date(self.changes.after.on),
        }
        if self.changes.plan:
            return self.labels("change_planned", plan=clean(self.changes.plan), **days)
        return self.labels("change_days", **days)

    # summary

    def summary(self) -> str:
        """Counts of units and of what happened to them, in one line."""
        labels, changes = self.labels, self.changes
        if not changes.changes:
            return labels("change_none")
        of_units = [change for change in changes.changes if self.units[change.unit].system]  # not of territories
        counts = Counter(change.kind for change in of_units)
        parts = self._totals()
        for kind in ("merged", "received"):
            if counts[kind]:
                taken = {unit for c in of_units if c.kind == kind for unit in c.partners}
                parts.append(labels(f"sum_{kind}", n=counts[kind], of=len(taken)))
        parts += [labels(f"sum_{kind}", n=counts[kind]) for kind in _COUNTED if counts[kind]]
        before, after = quota_of(changes.before), quota_of(changes.after)
        if before is not None and after is not None and (before != after or counts["quota"]) and self._comparable():
            parts.append(labels("sum_quota", before=labels.number(before), after=labels.number(after)))
        return "; ".join(parts) + self._succession()

    def _totals(self) -> list[str]:
        before, after = self.changes.before, self.changes.after
        parts = []
        departments = (len(departments_of(before)), len(departments_of(after)))
        if all(departments):
            parts.append(self.labels("sum_departments", before=departments[0], after=departments[1]))
        totals = tuple(sum(1 for unit in side.units.values() if unit.system) for side in (before, after))
        return [*parts, self.labels("sum_units", before=totals[0], after=totals[1])]

    def _succession(self) -> str:
        """A sentence where one of the two sides shows another unit than was asked for."""
        before, after = self.changes.before, self.changes.after
        if before.root == after.root or before.root == JOINED or after.root in before.units:
            return ""
        names = {"before": self._called(before), "after": self._called(after)}
        key = "change_heir"
        if after.root == JOINED:
            key = "change_heirs" if len(after.units) > 1 else "change_gone"
        return ". " + self.labels(key, **names)

    def _comparable(self) -> bool:
        """Whether the sum of quotas after means the same as before: no figure is lost on the way."""
        after = self.changes.after.units
        for unit in _with_quota(self.changes.before):
            heirs = [unit] if unit in after else self.changes.heirs.get(unit, ())
            if self.changes.fates[unit] != "ended" and not any(
                after[heir].quota is not None for heir in heirs if heir in after
            ):
                return False
        return True

    # legend

    def legend(self, colours: Iterable[str], kinds: Iterable[str], numbered: bool, inferred: bool) -> list[Entry]:
        """The entries for what occurs: colours of boxes, arrows, numbers, the sign of what is inferred."""
        present, drawn = set(colours), set(kinds)
        signs = [
            Entry(f"change:{kind}", self.labels(f"change_{kind}")) for kind in _LEGEND if f"change:{kind}" in present
        ]
        for kind in ("merged", "split", "moved"):
            if kind in drawn:
                signs.append(Entry(f"connector:{kind}:", self.labels(f"arrow_{kind}")))
        if numbered:
            signs.append(Entry("finding:1", self.labels("change_number")))
        if inferred:
            signs.append(Entry("", self.labels("change_inferred", sign=INFERRED)))
        return signs


def departments_of(structure: Structure) -> list[str]:
    """The state bodies directly under the people's committee that the structure starts with or has on top."""
    tops = [structure.root, *structure.units[structure.root].children]
    if structure.root == JOINED:
        tops += [child for top in structure.units[JOINED].children for child in structure.units[top].children]
    committees = [unit for unit in tops if structure.units[unit].kind == "ubnd"]
    return [
        child
        for unit in committees
        for child in structure.units[unit].children
        if structure.units[child].system == "state"
    ]


def quota_of(structure: Structure) -> int | None:
    """The staff quota of all its units, each counted once: a part is in that of its whole. None without figures."""
    counted = _with_quota(structure)
    return sum(structure.units[unit].quota or 0 for unit in counted) if counted else None


def _with_quota(structure: Structure) -> list[str]:
    """The units with a figure, those above them without one."""
    found, edge = [], [structure.root]
    while edge:
        unit = structure.units[edge.pop()]
        if unit.quota is not None:
            found.append(unit.id)
        else:
            edge += [child for child in unit.children if child in structure.units]
    return found


def _same(first: str, second: str) -> bool:
    return fold(first) == fold(second)
