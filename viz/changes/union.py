"""A chart of what changed: one tree with what is no more beside what took over, or two side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from queries.changes.types import Changes
from viz.build import preorder
from viz.changes.boxes import Boxes
from viz.changes.rows import rows_of, tables_of
from viz.changes.tree import Spot, union
from viz.changes.words import INFERRED, Words
from viz.labels import Labels
from viz.measure import clean
from viz.model import Box, Chart, Connector, Legend, Side
from viz.style import Style

_SOURCES = 4


def changes_chart(
    changes: Changes, style: Style, labels: Labels, title: str | None = None, show: Collection[str] = ()
) -> Chart:
    """The chart of some changes, with the table of them.

    With more changed units than `most_changes` of the style, before and after stand side by side.
    """
    return _Builder(changes, style, labels, frozenset(show)).chart(title)


def changed_units(changes: Changes) -> int:
    """How many units something happened to, those not counted that only went along with their parents."""
    happened = {change.unit for change in changes.changes if change.kind != "followed"}
    return len(happened)


class _Builder:
    def __init__(self, changes: Changes, style: Style, labels: Labels, show: frozenset[str]) -> None:
        self.changes = changes
        self.style = style
        self.labels = labels
        self.words = Words(changes, labels)
        self.rows = rows_of(changes)
        self.boxes = Boxes(changes, self.words, self.rows, labels, show)

    def chart(self, title: str | None) -> Chart:
        limits = self.style.limits
        apart = changed_units(self.changes) > limits["most_changes"]
        chart = Chart(
            clean(title) if title else self.words.title(),
            self.words.subtitle(),
            self._source(),
            {},
            summary=self.words.summary(),
        )
        if apart:
            chart.sides = self._sides(chart.boxes)
        else:
            chart.boxes, chart.connectors = self._union(int(limits["most_arrows"]))
        numbered = any(box.findings for box in chart.boxes.values())
        kinds = {connector.kind for connector in chart.connectors}
        colours = {box.colour for box in chart.boxes.values()}
        inferred = any(box.tag.endswith(INFERRED) for box in chart.boxes.values())
        chart.legend = Legend(self.words.legend(colours, kinds, numbered, inferred))
        chart.tables = tables_of(self.rows, self.words, self.labels)
        return chart

    def _source(self) -> str:
        counts = Counter(source for change in self.changes.changes for source in change.sources)
        cited = [clean(source) for source, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
        cited = cited or [clean(source) for source in self.changes.after.sources]
        if not cited:
            return ""
        listed = "; ".join(cited[:_SOURCES])
        if len(cited) > _SOURCES:
            listed += " " + self.labels("more_sources", n=len(cited) - _SOURCES)
        return self.labels("source", list=listed)

    # one tree

    def _union(self, most_arrows: int) -> tuple[dict[str, Box], list[Connector]]:
        spots = union(self.changes)
        arrows = self._arrows(spots)
        if len(arrows) > most_arrows:
            arrows = []
        pointed = {arrow.start for arrow in arrows}
        boxes: dict[str, Box] = {}
        for spot in spots:
            box = self.boxes.union_box(spot, spot.key in pointed)
            boxes[box.id] = box
            if box.parent is not None:
                boxes[box.parent].children.append(box.id)
        for box in boxes.values():
            self.boxes.settle_badge(box)
        return boxes, arrows

    def _arrows(self, spots: Iterable[Spot]) -> list[Connector]:
        """From what ended to what took over, from a whole to its parts, from a former place to the new one."""
        place: dict[str, str] = {}
        ghosts: list[Spot] = []
        for spot in spots:
            if spot.ghost:
                ghosts.append(spot)
                place.setdefault(spot.unit.id, spot.key)
            else:
                place[spot.unit.id] = spot.key
        found: dict[tuple[str, str, str], Connector] = {}

        def point(kind: str, start: str, end: str) -> None:
            if start in place and end in place and place[start] != place[end]:
                arrow = Connector(kind, place[start], place[end], arrow=True)
                found.setdefault((kind, arrow.start, arrow.end), arrow)

        for change in self.changes.changes:
            if change.kind in ("merged", "received"):
                for unit in change.partners:
                    point("merged", unit, change.unit)
            elif change.kind == "split_off":
                for unit in change.partners:
                    point("split", unit, change.unit)
        for spot in ghosts:
            if self.changes.of(spot.unit.id, "moved") is not None and place[spot.unit.id] != spot.key:
                found["moved", spot.key, place[spot.unit.id]] = Connector(
                    "moved", spot.key, place[spot.unit.id], arrow=True
                )
        return list(found.values())

    # side by side

    def _sides(self, boxes: dict[str, Box]) -> tuple[Side, ...]:
        sides = []
        for key, structure in (("before", self.changes.before), ("after", self.changes.after)):
            heading = self.labels(f"change_{key}", date=self.labels.date(structure.on))
            for unit, parent, depth in preorder(structure):
                box = self.boxes.side_box(unit, key, f"{key}:{parent}" if parent is not None else None, depth)
                boxes[box.id] = box
                if box.parent is not None:
                    boxes[box.parent].children.append(box.id)
            sides.append(Side(heading, f"{key}:{structure.root}"))
        for box in boxes.values():
            self.boxes.settle_badge(box)
        return tuple(sides)
