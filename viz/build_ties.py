"""The ties of a chart beside the line: connectors where they are few, signs on the boxes and a list else."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import pairwise

from queries.structure import Structure
from viz.build_people import Person
from viz.labels import Labels
from viz.measure import clean
from viz.model import Connector, Entry
from viz.style import Style

DRAWN = ("serves", "party", "face")
_LISTED = 12  # the most entries of a list in the legend


class Ties:
    """Connectors, signs and lists of one structure's ties; `units` are those that have a box."""

    def __init__(self, structure: Structure, style: Style, labels: Labels) -> None:
        self.structure, self.style, self.labels = structure, style, labels

    def connectors(self, people: list[Person], unit_of: dict[str, str]) -> list[Connector]:
        """Lines between boxes: of people in several posts, and of the kinds of tie that are few."""
        if len(self.structure.units) > self.style.limits["most_boxes"]:
            return []  # marks, signs and legend say it; lines would be a tangle
        connectors = []
        if len(people) <= self.style.limits["most_people"]:
            for person in people:
                units = dict.fromkeys(unit_of[post] for post in person.posts)
                connectors += [Connector("concurrent", a, b, person.mark) for a, b in pairwise(units)]
        for kind in DRAWN:
            ties = [tie for tie in self._inner if tie[0] == kind]
            if len(ties) <= self.style.limits["most_ties"]:
                sign = self.labels("serves_sign") if kind == "serves" else ""
                connectors += [Connector(kind, start, end, 0, sign) for _, start, end in ties]
        return connectors

    def signs(self, drawn: set[str]) -> dict[str, tuple[tuple[str, str], ...]]:
        """The signs on boxes, by unit: two seals in any case, the others where no line is drawn."""
        kinds: dict[str, set[str]] = {}
        for kind, start, end in self._inner:
            if kind == "face":
                kinds.setdefault(end, set()).add(kind)
            elif kind in DRAWN and kind not in drawn:
                kinds.setdefault(start, set()).add(kind)
        for tie in self.structure.outer_ties:
            # of two seals the working body has the sign, of the others the office and the unit that is led
            if tie.unit in self.structure.units and tie.inwards == (tie.kind == "face"):
                kinds.setdefault(tie.unit, set()).add(tie.kind)
        return {
            unit: tuple((kind, self.labels(f"{kind}_sign")) for kind in DRAWN if kind in found)
            for unit, found in kinds.items()
        }

    def listed(self, drawn: set[str]) -> list[Entry]:
        """The ties without a line, one entry for all that end at the same unit."""
        groups: dict[tuple[str, str], list[str]] = {}
        names = self.names
        for kind, start, end in self._inner:
            if kind in drawn:
                continue
            if kind == "serves":  # one office, many served
                groups.setdefault((kind, names[start]), []).append(names[end])
            else:
                groups.setdefault((kind, names[end]), []).append(names[start])
        for tie in self.structure.outer_ties:
            if tie.unit not in names:
                continue
            first, second = names[tie.unit], clean(tie.other)
            if tie.inwards != (tie.kind == "serves"):
                first, second = second, first
            groups.setdefault((tie.kind, second), []).append(first)
        entries = []
        for (kind, one), many in groups.items():
            start, end = (one, ", ".join(many)) if kind == "serves" else (", ".join(many), one)
            named = self.labels.code("relation_kinds", kind)
            entries.append(Entry("", self.labels("tie", kind=named, start=start, end=end)))
        if len(entries) > _LISTED:
            left = len(entries) - _LISTED
            entries[_LISTED:] = [Entry("", self.labels("more", n=left))]
        return entries

    @cached_property
    def names(self) -> dict[str, str]:
        """The units' names, by id; one that several units have with that of the unit above."""
        units = self.structure.units
        names = {id_: clean(unit.name) for id_, unit in units.items()}
        often = Counter(names.values())
        above = {child: id_ for id_, unit in units.items() for child in unit.children}
        return {
            id_: f"{name} ({names[above[id_]]})" if often[name] > 1 and id_ in above else name
            for id_, name in names.items()
        }

    @cached_property
    def _inner(self) -> list[tuple[str, str, str]]:
        """Ties between units that are shown; without those that the line between the two says already:
        a party parent, and an office that serves the unit it is part of."""
        units = self.structure.units
        line = {(child, unit.id) for unit in units.values() for child in unit.children}
        return [
            (tie.kind, tie.start, tie.end)
            for tie in self.structure.ties
            if tie.start in units
            and tie.end in units
            and tie.start != tie.end
            and not (tie.kind in ("party", "serves") and (tie.start, tie.end) in line)
        ]
