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

from graph.dates import FuzzyDate, as_properties, from_properties, interval_of
from graph.errors import Contradiction
from graph.facts import Facts, Node, Properties, Relationship, fact_id
from graph.succession import Collision, Endings, Succession
from graph.text import key, search_key
from graph.vocabulary import label

IN_FORCE = "in_force"


def apply_events(world: Facts, event_ids: Iterable[str]) -> list[str]:
    """Apply those of the events that are in force and dated, in the order of their dates.

    `world` holds the events, the units they name, and all that hangs on these units; it is
    changed in place. Returns the ids of the events that were applied. Raises Contradiction
    with all collisions at once.
    """
    applied, collisions = try_events(world, event_ids)
    if collisions:
        raise Contradiction("events that contradict the facts:\n" + "\n".join(f"  {c}" for c in collisions))
    return applied


def try_events(world: Facts, event_ids: Iterable[str]) -> tuple[list[str], list[Collision]]:
    """As `apply_events`, with the collisions returned: what an event could do all the same is done."""
    events = [world.nodes[id_] for id_ in dict.fromkeys(event_ids)]
    due = [e for e in events if e.properties.get("status") == IN_FORCE and e.properties.get("date")]
    collisions: list[Collision] = []
    endings = _endings(world, due)
    for event in sorted(due, key=_order(world)):
        _Application(world, event, endings, collisions).run()
        event.properties["applied"] = True
    return [event.id for event in due], collisions


def quota_figure(unit: str, date: FuzzyDate, quota: float) -> tuple[str, Properties]:
    """The figure, with its id, that says the staff quota of a unit from a date on."""
    id_ = fact_id("figure", unit, "staff_quota", date.latest, int(quota))
    return id_, {
        "id": id_,
        "measure": "staff_quota",
        "value": float(quota),
        "direction": "level",
        "state": "achieved",
        "unit_of_count": "biên chế",
        **as_properties("date", date),
    }


def _order(world: Facts) -> Callable[[Node], tuple[Any, ...]]:
    """By date; on one day what makes a unit comes before what uses it, and parts before the whole.

    The steps of a plan keep their order within a day, after the events that are part of no plan.
    """

    def depth(unit: str, seen: tuple[str, ...] = ()) -> int:
        parents = [r.end for r in world.leaving(unit, "PART_OF") if r.properties.get("kind") == "line"]
        return 1 + max((depth(p, (*seen, unit)) for p in parents if p not in seen), default=0)

    def order(event: Node) -> tuple[Any, ...]:
        inputs = [r.end for r in world.leaving(event.id, "INPUT")]
        day = event.properties["date"]
        step = event.properties.get("step")
        if step is not None:
            return (day, step, False, 0, event.id)
        uses_new = any(world.nodes[unit].properties.get("valid_from") == day for unit in inputs)
        return (day, 0, uses_new, -max(map(depth, inputs), default=0), event.id)

    return order


def _endings(world: Facts, events: Iterable[Node]) -> Endings:
    """(unit, day) of every unit that an event ends: what ends on a day is handed to nobody that day.

    With the step of the plan that does it: before that step the unit is still there.
    """
    found: dict[tuple[str, Any], int | None] = {}
    for event in events:
        if event.properties["kind"] in _ENDING:
            results = {r.end for r in world.leaving(event.id, "OUTPUT")}
            inputs = {r.end for r in world.leaving(event.id, "INPUT")}
            for unit in inputs - results:
                found.setdefault((unit, event.properties["date"]), event.properties.get("step"))
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
            what, what_vi = missing
            self.collide("needs", kind=kind, kind_vi=label("event_kinds", kind), what=what, what_vi=what_vi)
            return
        effect(self)
        self.hand_over()

    def _missing(self, kind: str) -> tuple[str, str] | None:
        """What the event lacks, in English and Vietnamese."""
        inputs, outputs = _NEEDS[kind]
        has = len(self.outputs)
        if inputs and not self.inputs:
            return "at least one input unit", "ít nhất một đơn vị đầu vào"
        if outputs == "one" and has != 1:
            return f"exactly one result, and it has {has}", f"đúng một kết quả, ở đây có {has}"
        if outputs == "some" and not self.outputs:
            return "at least one result", "ít nhất một kết quả"
        return None

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
            self.collide("no_new_name")
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
            line = self._line_above(parent.id)
            if unit.id in line:
                names = [str(self.world.nodes[id_].properties.get("name", id_)) for id_ in line]
                self.collide("cycle", unit, line=" → ".join(names))
                continue
            for edge in self.world.leaving(unit.id, "PART_OF"):
                if edge.properties.get("kind") == "line" and edge.end != parent.id and self.concerns(edge):
                    self.end(edge.properties)
            self.relate("PART_OF", unit.id, parent.id, {"kind": "line"})

    def _line_above(self, unit: str) -> list[str]:
        """The unit and those it is under in the line when the event happens, as far as they are known."""
        found = [unit]
        for each in found:
            for edge in self.world.leaving(each, "PART_OF"):
                if edge.properties.get("kind") == "line" and self._holds(edge) and edge.end not in found:
                    found.append(edge.end)
        return found

    def _holds(self, edge: Relationship) -> bool:
        """Whether the edge holds now, whichever event made it."""
        ended = edge.properties.get("valid_to")
        return ended is None or ended > self.date.latest

    def set_quota(self) -> None:
        """The inputs get a staff quota (định biên) from the date on: a figure about each."""
        quota = self.event.properties.get("staff_quota")
        if quota is None:
            self.collide("no_quota")
            return
        for unit in self.inputs:
            self.must_live(unit)
            figure, properties = quota_figure(unit.id, self.date, quota)
            self.world.add_node("Figure", figure, {**properties, **self.origin()})
            self.world.add_relationship("ABOUT", figure, unit.id, self.origin())

    def appoint(self) -> None:
        """The input persons hold the output posts from the date on; input posts are left.

        A post of one seat changes hands. An appointment that names no person is a record only.
        """
        people = [node for node in self.inputs if node.label == "Person"]
        for post in self.outputs:
            if post.label != "Position" or not people:
                continue
            ended = interval_of(post.properties).end
            if ended is not None and ended.latest <= self.date.latest:
                self.collide("post_ended", post=post.properties.get("title", post.id), date=ended)
                continue
            if post.properties.get("seats", 1 if post.properties.get("role") == "head" else None) == 1:
                self._leave(post.id, {person.id for person in people})
            for person in people:
                held = self.world.leaving(person.id, "HOLDS")
                if not any(each.end == post.id and self.concerns(each) for each in held):
                    self.relate("HOLDS", person.id, post.id, {})
        for post in self.inputs:
            if post.label == "Position":
                self._leave(post.id, set(), only={person.id for person in people})

    def _leave(self, post: str, staying: set[str], only: set[str] | None = None) -> None:
        for held in self.world.arriving(post, "HOLDS"):
            if held.start not in staying and (only is None or held.start in only) and self.concerns(held):
                self.end(held.properties)

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
    "set_quota": _Application.set_quota,
    "appoint": _Application.appoint,
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
    "set_quota": (True, ""),
    "appoint": (False, ""),
}
