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

from graph.dates import from_properties
from graph.errors import Contradiction
from graph.facts import Facts, Node
from graph.succession import Succession
from graph.text import key, search_key

IN_FORCE = "in_force"


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


class _Application(Succession):
    """One event being applied: a method for each kind that changes the graph."""

    def run(self) -> None:
        kind = self.event.properties["kind"]
        effect = _EFFECTS.get(kind)
        if effect is None:
            return
        missing = self._missing(kind)
        if missing:
            self.collide(f"a {kind} needs {missing}")
            return
        effect(self)
        self.hand_over()

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
        self.start(result)
        self.place_like_inputs(result)
        for source in self.inputs:
            self.dissolve_into(source, result)

    def absorb(self) -> None:
        """A, B → B: the absorber keeps its identity."""
        result = self.outputs[0]
        self.must_live(result)
        for source in self.inputs:
            if source.id != result.id:
                self.dissolve_into(source, result)

    def merge_two_seals(self) -> None:
        """A, B → C while the legal persons A and B live on as faces of C."""
        result = self.outputs[0]
        self.start(result)
        self.place_like_inputs(result)
        for source in self.inputs:
            self.must_live(source)
            self.relate("FACE_OF", source.id, result.id, {})
            self.carry_over(source, result, positions=False)

    def dissolve(self) -> None:
        """A ends; its functions go where the event says."""
        for source in self.inputs:
            self.dissolve_into(source, self.outputs[0] if len(self.outputs) == 1 else None)

    def split(self) -> None:
        """A → B, C: A ends; the transfers say who gets what."""
        for result in self.outputs:
            self.start(result)
            self.place_like_inputs(result)
        for source in self.inputs:
            self.dissolve_into(source, None)

    def separate(self) -> None:
        """A lives on, B is new; the transfers say what it gets."""
        for source in self.inputs:
            self.must_live(source)
        for result in self.outputs:
            if all(node.id != result.id for node in self.inputs):
                self.start(result)
                self.place_like_inputs(result)

    def create(self) -> None:
        """The outputs start."""
        for result in self.outputs:
            self.start(result)

    def rename(self) -> None:
        """The same unit under another name; the former name is kept with its last day."""
        new = self.event.properties.get("new_name")
        if not new:
            self.collide("a change of name needs the new name")
            return
        for unit in self.inputs:
            self.must_live(unit)
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
        self.must_live(parent)
        for unit in self.inputs:
            self.must_live(unit)
            for edge in self.world.leaving(unit.id, "PART_OF"):
                if edge.properties.get("kind") == "line" and edge.end != parent.id and self.concerns(edge):
                    self.end(edge.properties)
            self.relate("PART_OF", unit.id, parent.id, {"kind": "line"})

    def shared_office(self) -> None:
        """The output serves the inputs, which stay units of their own."""
        office = self.outputs[0]
        if not from_properties("valid_from", office.properties):
            self.start(office)
        for unit in self.inputs:
            if unit.id != office.id:
                self.relate("SERVES", office.id, unit.id, {})

    def transfer(self) -> None:
        """Functions change hands and nobody ends; `_hand_over` does it."""


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
