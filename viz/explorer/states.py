"""How each unit's box looks in the course of time: a new state for every day on which it changes.

On each day on which something happens, the chart of the units concerned is built as for a static
chart, so that a box looks the same in both; units to which nothing happens keep their state.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from queries.structure import Structure
from queries.timeline.at import Days
from queries.timeline.types import Life, Timeline
from viz.boxes import SizedBox, size_box
from viz.chart import Options, model
from viz.model import Box, Chart, Row
from viz.style import load_style

BEGINNING = dt.date(1, 1, 1)


@dataclass
class States:
    """Boxes by unit: (from which day on, box), the earliest first.

    `marks` numbers the people who are in several posts at any time; `forms` says from which day on
    somebody's posts have which form and models.
    """

    boxes: dict[str, list[tuple[dt.date, SizedBox]]] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    forms: dict[str, list[tuple[dt.date, str, str]]] = field(default_factory=dict)


def states(days: Days, today: Structure, options: Options) -> States:
    """The states of all boxes; the marks of the day that is shown first count from 1 as on a static chart."""
    found = States()
    _number(found, today)
    near = _Near(days)
    for day, touched in _touched(days.timeline):
        alive = [unit for unit in days.timeline.units if unit in touched and days.exists(unit, day)]
        if alive:
            part = days.part(day, near.with_neighbours(alive, day))
            _number(found, part)
            _add_forms(found, part)
            _add(found, alive, part, model(part, options), options)
    return found


def _touched(timeline: Timeline) -> Iterator[tuple[dt.date, set[str]]]:
    """Days with the units whose boxes may change on them; on the first one all units."""
    found: dict[dt.date, set[str]] = defaultdict(set)

    def add(life: Life, *units: str) -> None:
        for day in (life.start, life.end):
            if day is not None:
                found[day].update(units)

    for unit in timeline.units.values():
        add(unit.life, unit.id)
        for until, _ in unit.names[:-1]:
            add(Life(until), unit.id)
    for line in timeline.lines:
        add(line.life, line.start)
    for tie in timeline.ties:
        add(tie.life, tie.start, tie.end)
    for outer in timeline.outer:
        add(outer.life, outer.unit)
    for post in timeline.posts.values():
        add(post.life, post.unit)
    for duty in timeline.duties:
        add(duty.life, duty.unit)
    for count in timeline.counts:
        add(Life(count.date), count.unit)
    units_of = defaultdict(set)
    for tenure in timeline.tenures:
        units_of[tenure.person].add(timeline.posts[tenure.post].unit)
    for tenure in timeline.tenures:
        add(tenure.life, *units_of[tenure.person])
    yield BEGINNING, set(timeline.units)
    yield from sorted(found.items())


class _Near:
    """Units whose presence shows in another's box: of the same people, and tied to it."""

    def __init__(self, days: Days) -> None:
        self.days = days
        timeline = days.timeline
        self.beside: dict[str, set[str]] = defaultdict(set)
        for tie in timeline.ties:
            self.beside[tie.start].add(tie.end)
            self.beside[tie.end].add(tie.start)
        units_of = defaultdict(set)
        for tenure in timeline.tenures:
            units_of[tenure.person].add(timeline.posts[tenure.post].unit)
        for units in units_of.values():
            for unit in units:
                self.beside[unit] |= units

    def with_neighbours(self, units: Iterable[str], day: dt.date) -> list[str]:
        """The units and their neighbours that are there on the day."""
        wanted = dict.fromkeys(units)
        for unit in list(wanted):
            for other in sorted(self.beside.get(unit, ())):
                if other in self.days.timeline.units and self.days.exists(other, day):
                    wanted.setdefault(other)
        return list(wanted)


def _number(found: States, structure: Structure) -> None:
    for each in structure.concurrents:
        found.marks.setdefault(each.person, len(found.marks) + 1)


def _add_forms(found: States, structure: Structure) -> None:
    for each in structure.concurrents:
        known = found.forms.setdefault(each.person, [])
        if not known or known[-1][1:] != (each.form, each.model):
            known.append((structure.on, each.form, each.model))


def _add(found: States, units: Iterable[str], part: Structure, chart: Chart, options: Options) -> None:
    """Add the boxes of a day where they differ from what they were before."""
    style = load_style(options.style)
    numbers = {number: found.marks[each.person] for number, each in enumerate(part.concurrents, 1)}
    for unit in units:
        box = chart.boxes[unit]
        sized = size_box(
            replace(box, rows=_renumbered(box.rows, numbers), beside=_renumbered(box.beside, numbers)), style
        )
        known = found.boxes.setdefault(unit, [])
        if not known or _seen(known[-1][1]) != _seen(sized):
            known.append((part.on, sized))


def _renumbered(rows: list[Row], numbers: dict[int, int]) -> list[Row]:
    return [replace(row, marks=tuple(numbers[mark] for mark in row.marks)) if row.marks else row for row in rows]


def _seen(sized: SizedBox) -> tuple[object, ...]:
    """All that can be seen of a box."""
    box: Box = sized.box
    look = (box.look, box.border, box.aside, box.ghost, box.badge, box.signs)
    return look, sized.width, sized.height, sized.header, sized.footer, sized.rows, sized.split, sized.rules
