"""Events are applied: what a merger, a dissolution or a transfer does to units, functions and posts.

An event that is in force ends its inputs, opens its outputs and hands over what the event says
(by default functions and sub-units), on its date. All other statuses (policy, scheme, adopted,
announced, paused, reversed) are records and change nothing. Applying an event again changes
nothing, because every fact that it makes has an id made of its parts, and every fact that it
ends says so in `ended_by`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from graph.dates import FuzzyDate, Interval, as_properties, from_properties, interval_of
from graph.errors import Contradiction
from graph.facts import Facts, Node, Properties, Relationship
from graph.text import key, search_key

IN_FORCE = "in_force"
DEFAULT_MOVES = ("functions", "units")
# a unit's own ties, which end with it
_OWN_TIES = ("PART_OF", "LOCATED_IN", "RELATED", "FACE_OF")


def apply_events(world: Facts, event_ids: Iterable[str]) -> list[str]:
    """Apply those of the events that are in force and dated, in the order of their dates.

    `world` holds the events, the units they name, and all that hangs on these units; it is
    changed in place. Returns the ids of the events that were applied. Raises Contradiction
    with all collisions at once.
    """
    events = [world.nodes[id_] for id_ in dict.fromkeys(event_ids)]
    due = [e for e in events if e.properties.get("status") == IN_FORCE and e.properties.get("date")]
    collisions: list[str] = []
    endings = _endings(world, due)
    for event in sorted(due, key=_order(world)):
        _Application(world, event, endings, collisions).run()
        event.properties["applied"] = True
    if collisions:
        raise Contradiction("events that contradict the facts:\n" + "\n".join(f"  {c}" for c in collisions))
    return [event.id for event in due]


def _order(world: Facts) -> Callable[[Node], tuple[Any, ...]]:
    """By date; on one day what makes a unit comes before what uses it, and parts before the whole."""

    def depth(unit: str, seen: tuple[str, ...] = ()) -> int:
        parents = [r.end for r in world.leaving(unit, "PART_OF") if r.properties.get("kind") == "line"]
        return 1 + max((depth(p, (*seen, unit)) for p in parents if p not in seen), default=0)

    def order(event: Node) -> tuple[Any, ...]:
        inputs = [r.end for r in world.leaving(event.id, "INPUT")]
        day = event.properties["date"]
        uses_new = any(world.nodes[unit].properties.get("valid_from") == day for unit in inputs)
        return (day, uses_new, -max(map(depth, inputs), default=0), event.id)

    return order


def _endings(world: Facts, events: Iterable[Node]) -> set[tuple[str, Any]]:
    """(unit, day) of every unit that an event ends: what ends on a day is handed to nobody that day."""
    found: set[tuple[str, Any]] = set()
    for event in events:
        if event.properties["kind"] in _ENDING:
            results = {r.end for r in world.leaving(event.id, "OUTPUT")}
            inputs = {r.end for r in world.leaving(event.id, "INPUT")}
            found.update((unit, event.properties["date"]) for unit in inputs - results)
    return found


class _Application:
    """One event being applied to the world."""

    def __init__(
        self, world: Facts, event: Node, endings: set[tuple[str, Any]], collisions: list[str]
    ) -> None:
        self.world = world
        self.event = event
        self.endings = endings
        self.collisions = collisions
        date = from_properties("date", event.properties)
        assert date is not None
        self.date: FuzzyDate = date
        moves = event.properties.get("moves")
        self.moves = set(DEFAULT_MOVES if moves is None else moves)
        self.inputs = [world.nodes[r.end] for r in world.leaving(event.id, "INPUT")]
        self.outputs = [world.nodes[r.end] for r in world.leaving(event.id, "OUTPUT")]
        self.transfers = world.leaving(event.id, "TRANSFERS")

    def run(self) -> None:
        kind = self.event.properties["kind"]
        effect = _EFFECTS.get(kind)
        if effect is None:
            return
        missing = self._missing(kind)
        if missing:
            self._collide(f"a {kind} needs {missing}")
            return
        effect(self)
        self._hand_over()

    def _missing(self, kind: str) -> str:
        inputs, outputs = _NEEDS[kind]
        if inputs and not self.inputs:
            return "at least one input unit"
        if outputs == "one" and len(self.outputs) != 1:
            return f"exactly one result, and it has {len(self.outputs)}"
        if outputs == "some" and not self.outputs:
            return "at least one result"
        return ""

    # ------------------------------------------------------------------ the effects

    def merge(self) -> None:
        """A, B → C: the inputs end, C starts and takes over."""
        result = self.outputs[0]
        if any(node.id == result.id for node in self.inputs):
            self.absorb()
            return
        self._start(result)
        self._place_like_inputs(result)
        for source in self.inputs:
            self._dissolve_into(source, result)

    def absorb(self) -> None:
        """A, B → B: the absorber keeps its identity."""
        result = self.outputs[0]
        self._must_live(result)
        for source in self.inputs:
            if source.id != result.id:
                self._dissolve_into(source, result)

    def merge_two_seals(self) -> None:
        """A, B → C while the legal persons A and B live on as faces of C."""
        result = self.outputs[0]
        self._start(result)
        self._place_like_inputs(result)
        for source in self.inputs:
            self._must_live(source)
            self._relate("FACE_OF", source.id, result.id, {})
            self._carry_over(source, result, positions=False)

    def dissolve(self) -> None:
        """A ends; its functions go where the event says."""
        for source in self.inputs:
            self._dissolve_into(source, self.outputs[0] if len(self.outputs) == 1 else None)

    def split(self) -> None:
        """A → B, C: A ends; the transfers say who gets what."""
        for result in self.outputs:
            self._start(result)
            self._place_like_inputs(result)
        for source in self.inputs:
            self._dissolve_into(source, None)

    def separate(self) -> None:
        """A lives on, B is new; the transfers say what it gets."""
        for source in self.inputs:
            self._must_live(source)
        for result in self.outputs:
            if all(node.id != result.id for node in self.inputs):
                self._start(result)
                self._place_like_inputs(result)

    def create(self) -> None:
        """The outputs start."""
        for result in self.outputs:
            self._start(result)

    def rename(self) -> None:
        """The same unit under another name; the former name is kept with its last day."""
        new = self.event.properties.get("new_name")
        if not new:
            self._collide("a change of name needs the new name")
            return
        for unit in self.inputs:
            self._must_live(unit)
            if unit.properties["name"] == new:
                continue
            until = self.date.latest.isoformat()
            unit.properties["former_names"] = [
                *unit.properties.get("former_names", []),
                unit.properties["name"],
            ]
            unit.properties["former_until"] = [*unit.properties.get("former_until", []), until]
            unit.properties.update(name=new, name_key=key(new), search_key=search_key(new))

    def move(self) -> None:
        """The inputs get another line parent."""
        parent = self.outputs[0]
        self._must_live(parent)
        for unit in self.inputs:
            self._must_live(unit)
            for edge in self.world.leaving(unit.id, "PART_OF"):
                if edge.properties.get("kind") == "line" and edge.end != parent.id and self._concerns(edge):
                    self._end(edge.properties)
            self._relate("PART_OF", unit.id, parent.id, {"kind": "line"})

    def shared_office(self) -> None:
        """The output serves the inputs, which stay units of their own."""
        office = self.outputs[0]
        if not from_properties("valid_from", office.properties):
            self._start(office)
        for unit in self.inputs:
            if unit.id != office.id:
                self._relate("SERVES", office.id, unit.id, {})

    def transfer(self) -> None:
        """Functions change hands and nobody ends; `_hand_over` does it."""

    # ------------------------------------------------------------------ what they are made of

    def _dissolve_into(self, source: Node, heir: Node | None) -> None:
        """End a unit with its posts and ties; what moves goes to the heir."""
        if not self._end_node(source) or source.label != "Unit":
            return
        if heir is not None and heir.label == "Unit":
            self._carry_over(source, heir, positions="positions" in self.moves)
        elif heir is None:
            for edge in self.world.leaving(source.id, "PERFORMS"):
                if self._concerns(edge):
                    self._end(edge.properties)
        for edge in self.world.arriving(source.id, "OF_UNIT"):
            if self._concerns(edge):
                self._end(edge.properties)
                self._end_position(self.world.nodes[edge.start])
        own = [
            *self.world.leaving(source.id, *_OWN_TIES),
            *self.world.arriving(source.id, "MEMBER_OF", "RELATED"),
        ]
        for edge in own:
            if self._concerns(edge):
                self._end(edge.properties)

    def _end_position(self, position: Node) -> None:
        if interval_of(position.properties).end is None:
            self._end(position.properties)
        for holding in self.world.arriving(position.id, "HOLDS"):
            if self._concerns(holding):
                self._end(holding.properties)

    def _carry_over(self, source: Node, heir: Node, *, positions: bool) -> None:
        """Hand over functions, sub-units and (where the event says so) positions."""
        routed = {t.end for t in self.transfers if t.properties.get("from") in (None, source.id)}
        if "functions" in self.moves:
            for edge in self.world.leaving(source.id, "PERFORMS"):
                if edge.end not in routed:
                    self._shift(edge, start=heir.id)
        if "units" in self.moves:
            for edge in self.world.arriving(source.id, "PART_OF"):
                if edge.start not in routed and edge.start != heir.id:
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

    def _hand_over(self) -> None:
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
                if holder == taker or (giver and holder != giver) or not self._concerns(edge):
                    continue
                if type_ == "PART_OF" and edge.properties.get("kind") != "line":
                    continue
                self._end(edge.properties)
            start, end = (taker, what.id) if forward else (what.id, taker)
            self._relate(type_, start, end, {"kind": "line"} if type_ == "PART_OF" else {})

    def _shift(self, edge: Relationship, *, start: str | None = None, end: str | None = None) -> None:
        """End an edge and let a new one go on from the date with another start or end."""
        if not self._concerns(edge):
            return
        self._end(edge.properties)
        if self._ends_too(start or edge.start) or self._ends_too(end or edge.end):
            return
        kept = {k: v for k, v in edge.properties.items() if k in ("kind", "role", "scope")}
        self._relate(edge.type, start or edge.start, end or edge.end, kept)

    def _relate(self, type_: str, start: str, end: str, properties: Properties) -> None:
        dated = {**properties, **as_properties("valid_from", self.date), **self._origin()}
        self.world.add_relationship(type_, start, end, dated)

    def _origin(self) -> Properties:
        inferred = self.event.properties.get("basis") == "inferred"
        return {"event": self.event.id, "basis": "inferred" if inferred else "deduced"}

    def _concerns(self, edge: Relationship) -> bool:
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
        return (unit, self.date.latest) in self.endings

    def _relocate(self, unit: str, heir: Node) -> None:
        """What comes under a unit of another territory lies in that territory from then on."""
        place = heir.properties.get("place")
        node = self.world.nodes[unit]
        if not place or node.properties.get("place") in (None, place):
            return
        for edge in self.world.leaving(unit, "LOCATED_IN"):
            if self._concerns(edge):
                self._end(edge.properties)
        self._relate("LOCATED_IN", unit, place, {})
        node.properties["place"] = place
        for edge in self.world.arriving(unit, "PART_OF"):
            if edge.properties.get("kind") == "line" and self._concerns(edge):
                self._relocate(edge.start, heir)

    def _end(self, properties: Properties) -> None:
        if properties.get("ended_by") not in (None, self.event.id):
            return
        for suffix in ("", "_earliest", "_precision", "_text"):
            properties.pop(f"valid_to{suffix}", None)
        properties.update(as_properties("valid_to", self.date), ended_by=self.event.id)

    def _end_node(self, node: Node) -> bool:
        """End a unit or place on the date; False where the facts say otherwise."""
        interval = interval_of(node.properties)
        if interval.start is not None and self.date.certainly_before(interval.start):
            self._collide(f"{_called(node)} starts only on {interval.start}")
            return False
        by = node.properties.get("ended_by")
        if interval.end is None or by == self.event.id:
            self._end(node.properties)
            return True
        if by is None and not _apart(interval.end, self.date):
            # the file gave the same end itself: the event explains it
            node.properties["ended_by"] = self.event.id
            return True
        ended = f" by event {by}" if by else ""
        self._collide(f"{_called(node)} ended on {interval.end}{ended}")
        return False

    def _start(self, node: Node) -> None:
        """The unit exists from the date on; a start that is given must agree with it."""
        given = from_properties("valid_from", node.properties)
        if given is None:
            node.properties.update(as_properties("valid_from", self.date))
            node.properties.setdefault("event", self.event.id)
        elif _apart(given, self.date):
            hint = (
                "; an existing unit takes others in by an absorb event"
                if given.certainly_before(self.date)
                else ""
            )
            self._collide(f"{_called(node)} starts on {given}, not with the event{hint}")

    def _must_live(self, node: Node) -> None:
        interval = interval_of(node.properties)
        here = node.properties.get("ended_by") == self.event.id
        # a unit may act in one event and end by another on the same day
        if not here and interval.end is not None and interval.end.certainly_before(self.date):
            self._collide(f"{_called(node)} ended on {interval.end}")
        elif interval.start is not None and self.date.certainly_before(interval.start):
            self._collide(f"{_called(node)} starts only on {interval.start}")

    def _over(self, interval: Interval) -> bool:
        """Whether the interval has ended for certain when the event has certainly happened."""
        return interval.end is not None and interval.end.latest <= self.date.latest

    def _place_like_inputs(self, result: Node) -> None:
        """A result without parent or place gets those that all inputs have in common."""
        if result.label != "Unit":
            return
        for type_ in ("PART_OF", "LOCATED_IN"):
            if any(_is_line(r) for r in self.world.leaving(result.id, type_)):
                continue
            ends = [
                {r.end for r in self.world.leaving(source.id, type_) if _is_line(r) and self._concerns(r)}
                for source in self.inputs
            ]
            for end in sorted(set.intersection(*ends)) if ends else ():
                self._relate(type_, result.id, end, {"kind": "line"} if type_ == "PART_OF" else {})
                if type_ == "LOCATED_IN":
                    result.properties["place"] = end

    def _collide(self, why: str) -> None:
        at = self.event.properties.get("load_at")
        where = f" ({at})" if at else ""
        self.collisions.append(f"event {self.event.id}{where} of {self.date}: {why}")


def _is_line(edge: Relationship) -> bool:
    return edge.type != "PART_OF" or edge.properties.get("kind") == "line"


def _apart(a: FuzzyDate, b: FuzzyDate) -> bool:
    """Whether two dates cannot be the same day."""
    return a.certainly_before(b) or b.certainly_before(a)


def _called(node: Node) -> str:
    return f"{node.properties.get('name', node.id)} [{node.id}]"


# what is handed over → its relationship, and whether that runs from the unit to it
_HANDED = {"Function": ("PERFORMS", True), "Unit": ("PART_OF", False), "Position": ("OF_UNIT", False)}

_EFFECTS: dict[str, Callable[[_Application], None]] = {
    "merge": _Application.merge,
    "absorb": _Application.absorb,
    "merge_two_seals": _Application.merge_two_seals,
    "dissolve": _Application.dissolve,
    "split": _Application.split,
    "separate": _Application.separate,
    "create": _Application.create,
    "rename": _Application.rename,
    "move": _Application.move,
    "shared_office": _Application.shared_office,
    "transfer": _Application.transfer,
}
_ENDING = {"merge", "absorb", "dissolve", "split"}
# kind → (needs inputs, needs outputs)
_NEEDS: dict[str, tuple[bool, str]] = {
    "merge": (True, "one"),
    "absorb": (True, "one"),
    "merge_two_seals": (True, "one"),
    "dissolve": (True, ""),
    "split": (True, "some"),
    "separate": (True, "some"),
    "create": (False, "some"),
    "rename": (True, ""),
    "move": (True, "one"),
    "shared_office": (True, "one"),
    "transfer": (False, ""),
}
