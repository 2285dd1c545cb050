"""How one unit succeeds another: what ends, what starts, what is handed over, and to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.dates import FuzzyDate, Interval, as_properties, from_properties, interval_of
from graph.facts import Facts, Node, Properties, Relationship
from graph.packaged import packaged_yaml

DEFAULT_MOVES = ("functions", "units")
# a unit's own ties, which end with it
_OWN_TIES = ("PART_OF", "LOCATED_IN", "RELATED", "FACE_OF")
# what is handed over → its relationship, and whether that runs from the unit to it
_HANDED = {"Function": ("PERFORMS", True), "Unit": ("PART_OF", False), "Position": ("OF_UNIT", False)}
# (unit, day) → the event's place in its plan; None for an event that is part of no plan
Endings = Mapping[tuple[str, Any], int | None]


@dataclass(frozen=True)
class Collision:
    """An event that contradicts the facts. `code` is one of collisions.yaml, `values` fill its pattern."""

    event: str
    at: str  # file and row of the event, where it comes from one
    date: FuzzyDate
    code: str
    values: dict[str, str] = field(default_factory=dict, hash=False)
    units: tuple[str, ...] = ()

    def why(self, lang: str = "en") -> str:
        """What collides, in English (en) or Vietnamese (vi)."""
        pattern: str = packaged_yaml("graph", "data", "collisions.yaml")[self.code][lang]
        return pattern.format(**self.values)

    def __str__(self) -> str:
        where = f" ({self.at})" if self.at else ""
        return f"event {self.event}{where} of {self.date}: {self.why()}"


class Succession:
    """One event, its units and its date, and what ending, starting and handing over mean.

    `endings` are the (unit, day) pairs of all units that end, by this event or another.
    Collisions with facts are collected, not raised. An event that is a step of a plan (`step`)
    follows the steps before it also within a day.
    """

    def __init__(self, world: Facts, event: Node, endings: Endings, collisions: list[Collision]) -> None:
        self.world = world
        self.event = event
        self.endings = endings
        self.collisions = collisions
        date = from_properties("date", event.properties)
        assert date is not None
        self.date: FuzzyDate = date
        self.step: int | None = event.properties.get("step")
        moves = event.properties.get("moves")
        self.moves = set(DEFAULT_MOVES if moves is None else moves)
        self.inputs = [world.nodes[r.end] for r in world.leaving(event.id, "INPUT")]
        self.outputs = [world.nodes[r.end] for r in world.leaving(event.id, "OUTPUT")]
        self.transfers = world.leaving(event.id, "TRANSFERS")

    def dissolve_into(self, source: Node, heir: Node | None) -> None:
        """End a unit with its posts and ties; what moves goes to the heir."""
        if not self._end_node(source) or source.label != "Unit":
            return
        if heir is not None and heir.label == "Unit":
            self.carry_over(source, heir, positions="positions" in self.moves)
        elif heir is None:
            for edge in self.world.leaving(source.id, "PERFORMS"):
                if self.concerns(edge):
                    self.end(edge.properties)
        for edge in self.world.arriving(source.id, "OF_UNIT"):
            if self.concerns(edge):
                self.end(edge.properties)
                if not self._goes_on(edge.start):
                    self._end_position(self.world.nodes[edge.start])
        own = [
            *self.world.leaving(source.id, *_OWN_TIES),
            *self.world.arriving(source.id, "MEMBER_OF", "RELATED"),
        ]
        for edge in own:
            if self.concerns(edge):
                self.end(edge.properties)

    def _goes_on(self, position: str) -> bool:
        """Whether the event has handed the position to another unit."""
        return any(edge.properties.get("event") == self.event.id for edge in self.world.leaving(position, "OF_UNIT"))

    def _end_position(self, position: Node) -> None:
        if interval_of(position.properties).end is None:
            self.end(position.properties)
        for holding in self.world.arriving(position.id, "HOLDS"):
            if self.concerns(holding):
                self.end(holding.properties)

    def carry_over(self, source: Node, heir: Node, *, positions: bool) -> None:
        """Hand over functions, sub-units and (where the event says so) positions."""
        routed = {t.end for t in self.transfers if t.properties.get("from") in (None, source.id)}
        if "functions" in self.moves:
            for edge in self.world.leaving(source.id, "PERFORMS"):
                if edge.end not in routed:
                    self._shift(edge, start=heir.id)
        if "units" in self.moves:
            for edge in self.world.arriving(source.id, "PART_OF"):
                if edge.start not in routed and edge.start != heir.id and self.concerns(edge):
                    self._shift(edge, end=heir.id)
                    if edge.properties.get("kind") == "line" and not self._ends_too(edge.start):
                        self._relocate(edge.start, heir)
            for edge in self.world.leaving(source.id, "SERVES"):
                if edge.end != heir.id:
                    self._shift(edge, start=heir.id)
            for edge in self.world.arriving(source.id, "SERVES"):
                if edge.start != heir.id:
                    self._shift(edge, end=heir.id)
        if positions:
            for edge in self.world.arriving(source.id, "OF_UNIT"):
                if edge.start not in routed:
                    self._shift(edge, end=heir.id)

    def hand_over(self) -> None:
        """The transfers that the event lists one by one."""
        for each in self.transfers:
            what, giver, taker = (
                self.world.nodes[each.end],
                each.properties.get("from"),
                each.properties["to"],
            )
            type_, forward = _HANDED[what.label]
            edges = self.world.arriving(what.id, type_) if forward else self.world.leaving(what.id, type_)
            for edge in edges:
                holder = edge.start if forward else edge.end
                if holder == taker or (giver and holder != giver) or not self.concerns(edge):
                    continue
                if type_ == "PART_OF" and edge.properties.get("kind") != "line":
                    continue
                self.end(edge.properties)
            start, end = (taker, what.id) if forward else (what.id, taker)
            self.relate(type_, start, end, {"kind": "line"} if type_ == "PART_OF" else {})

    def _shift(self, edge: Relationship, *, start: str | None = None, end: str | None = None) -> None:
        """End an edge and let a new one go on from the date with another start or end."""
        if not self.concerns(edge):
            return
        self.end(edge.properties)
        if self._ends_too(start or edge.start) or self._ends_too(end or edge.end):
            return
        kept = {k: v for k, v in edge.properties.items() if k in ("kind", "role", "scope")}
        self.relate(edge.type, start or edge.start, end or edge.end, kept)

    def relate(self, type_: str, start: str, end: str, properties: Properties) -> None:
        dated = {**properties, **as_properties("valid_from", self.date), **self.origin()}
        self.world.add_relationship(type_, start, end, dated)

    def origin(self) -> Properties:
        """What a fact that the event makes says of its origin."""
        inferred = self.event.properties.get("basis") == "inferred"
        return {"event": self.event.id, "basis": "inferred" if inferred else "deduced"}

    def concerns(self, edge: Relationship) -> bool:
        """Whether the edge holds when the event happens, or was ended by this very event."""
        if edge.properties.get("ended_by") == self.event.id:
            return True
        if edge.properties.get("event") == self.event.id:
            return False
        interval = interval_of(edge.properties)
        later = interval.start is not None and self.date.certainly_before(interval.start)
        return not self._over(interval) and not later

    def _ends_too(self, unit: str) -> bool:
        """Whether the unit itself ends on this day, by this event or another."""
        ending = (unit, self.date.latest)
        if ending not in self.endings:
            return False
        step = self.endings[ending]
        return step is None or self.step is None or step <= self.step

    def _relocate(self, unit: str, heir: Node) -> None:
        """What comes under a unit of another territory lies in that territory from then on."""
        places = self._places_of(heir.id)
        here = self._places_of(unit)
        if len(places) != 1 or not here or places <= here:
            return
        (place,) = places
        for edge in self.world.leaving(unit, "LOCATED_IN"):
            if self.concerns(edge):
                self.end(edge.properties)
        self.relate("LOCATED_IN", unit, place, {})
        self.world.nodes[unit].properties["place"] = self._latest_place(unit)
        for edge in self.world.arriving(unit, "PART_OF"):
            if edge.properties.get("kind") == "line" and self.concerns(edge):
                self._relocate(edge.start, heir)

    def _places_of(self, unit: str) -> set[str]:
        """Where the unit lies when the event happens; later events may have moved it on."""
        here = {edge.end for edge in self.world.leaving(unit, "LOCATED_IN") if self.concerns(edge)}
        own = self.world.nodes[unit].properties.get("place")
        return here or ({own} if own else set())

    def _latest_place(self, unit: str) -> str:
        """The territory since the last move, which `Unit.place` tells."""
        edges = self.world.leaving(unit, "LOCATED_IN")
        return max(edges, key=lambda e: (e.properties.get("valid_from") or dt.date.min, e.end)).end

    def end(self, properties: Properties) -> None:
        if properties.get("ended_by") not in (None, self.event.id):
            return
        for suffix in ("", "_earliest", "_precision", "_text"):
            properties.pop(f"valid_to{suffix}", None)
        properties.update(as_properties("valid_to", self.date), ended_by=self.event.id)

    def _end_node(self, node: Node) -> bool:
        """End a unit or place on the date; False where the facts say otherwise."""
        interval = interval_of(node.properties)
        if interval.start is not None and self.date.certainly_before(interval.start):
            self.collide("starts_later", node, date=interval.start)
            return False
        by = node.properties.get("ended_by")
        if interval.end is None or by == self.event.id:
            self.end(node.properties)
            return True
        if by is None and not _apart(interval.end, self.date):
            # the file gave the same end itself: the event explains it
            node.properties["ended_by"] = self.event.id
            return True
        self.collide("ended_by" if by else "ended", node, date=interval.end, by=by)
        return False

    def start(self, node: Node) -> None:
        """The unit exists from the date on; a start that is given must agree with it."""
        given = from_properties("valid_from", node.properties)
        if given is None:
            node.properties.update(as_properties("valid_from", self.date))
            node.properties.setdefault("event", self.event.id)
        elif _apart(given, self.date):
            earlier = given.certainly_before(self.date)
            self.collide("starts_apart_earlier" if earlier else "starts_apart", node, date=given)

    def must_live(self, node: Node) -> None:
        interval = interval_of(node.properties)
        here = node.properties.get("ended_by") == self.event.id
        # a unit may act in one event and end by another on the same day
        if not here and interval.end is not None and interval.end.certainly_before(self.date):
            self.collide("ended", node, date=interval.end)
        elif interval.start is not None and self.date.certainly_before(interval.start):
            self.collide("starts_later", node, date=interval.start)
        elif self._ended_in_plan(node):
            self.collide("ended_before", node, by=node.properties["ended_by"])

    def _ended_in_plan(self, node: Node) -> bool:
        """Whether an earlier step of the plan has ended the unit, be it on the same day."""
        by = self.world.nodes.get(node.properties.get("ended_by") or "")
        step = by.properties.get("step") if by is not None else None
        return step is not None and self.step is not None and step < self.step

    def _over(self, interval: Interval) -> bool:
        """Whether the interval has ended for certain when the event has certainly happened."""
        return interval.end is not None and interval.end.latest <= self.date.latest

    def place_like_inputs(self, result: Node) -> None:
        """A result without parent or place gets those that all inputs have in common."""
        if result.label != "Unit":
            return
        for type_ in ("PART_OF", "LOCATED_IN"):
            if any(_is_line(r) for r in self.world.leaving(result.id, type_)):
                continue
            ends = [
                {r.end for r in self.world.leaving(source.id, type_) if _is_line(r) and self.concerns(r)}
                for source in self.inputs
            ]
            for end in sorted(set.intersection(*ends)) if ends else ():
                self.relate(type_, result.id, end, {"kind": "line"} if type_ == "PART_OF" else {})
                if type_ == "LOCATED_IN":
                    result.properties["place"] = end

    def collide(self, code: str, node: Node | None = None, **values: object) -> None:
        """Note a collision with the facts; `node` is what it is about."""
        shown = {name: str(value) for name, value in values.items()}
        if node is not None:
            shown.setdefault("unit", _called(node))
        at = str(self.event.properties.get("load_at") or "")
        units = (node.id,) if node is not None else ()
        self.collisions.append(Collision(self.event.id, at, self.date, code, shown, units))


def _is_line(edge: Relationship) -> bool:
    return edge.type != "PART_OF" or edge.properties.get("kind") == "line"


def _apart(a: FuzzyDate, b: FuzzyDate) -> bool:
    """Whether two dates cannot be the same day."""
    return a.certainly_before(b) or b.certainly_before(a)


def _called(node: Node) -> str:
    return f"{node.properties.get('name', node.id)} [{node.id}]"
