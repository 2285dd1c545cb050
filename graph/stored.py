"""What a store already has of the facts that a load brings, and all that its events touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graph.facts import Facts, Relationship, by_label
from graph.schema import schema
from graph.store import Store

BATCH = 5_000

# what hangs on a unit and goes with it when an event re-arranges it
_AROUND_UNIT = "PART_OF|PERFORMS|LOCATED_IN|SERVES|FACE_OF|RELATED|OF_UNIT|MEMBER_OF"


def events_concerned(incoming: Facts, old: Facts) -> list[str]:
    """The events of the load, and earlier events that ended a unit to which the load adds facts."""
    events = {node.id for node in incoming.of_label("Event")}
    touched = set(incoming.nodes)
    for relationship in incoming.relationships.values():
        touched.update((relationship.start, relationship.end))
        if relationship.type in ("INPUT", "OUTPUT", "TRANSFERS"):
            events.add(relationship.start)
    for id_ in touched:
        node = old.nodes.get(id_)
        if node is not None and node.properties.get("ended_by"):
            events.add(node.properties["ended_by"])
    return sorted(events)


def stored(store: Store, incoming: Facts, events: Iterable[str] = ()) -> Facts:
    """The facts that the store already has with these ids, and all around the units of events.

    The events are those of the incoming facts, those behind units that have ended, and `events`.
    """
    old = Facts()
    if not store.read("MATCH (n:Load) RETURN n.id LIMIT 1").rows:
        return old
    reader = _Reader(store, old)
    for label, nodes in by_label(incoming.nodes.values()).items():
        reader.nodes(label, [node.id for node in nodes])
    reader.end_nodes(incoming)
    reader.relationships(incoming.relationships.values())
    reader.around_events(incoming, events)
    return old


def stored_part(store: Store, incoming: Facts) -> Facts:
    """The facts that the store already has with these ids, and nothing else.

    The relationships must know the labels of their ends.
    """
    reader = _Reader(store, Facts())
    for label, nodes in by_label(incoming.nodes.values()).items():
        reader.nodes(label, [node.id for node in nodes])
    reader.relationships(incoming.relationships.values())
    return reader.facts


def ending_events(store: Store, incoming: Facts) -> set[str]:
    """The events that ended a node at either end of the incoming relationships."""
    ends: dict[str, set[str]] = {}
    for each in incoming.relationships.values():
        for id_, label in zip((each.start, each.end), each.labels, strict=True):
            ends.setdefault(label, set()).add(id_)
    found: set[str] = set()
    for label, ids in ends.items():
        query = (
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE n.ended_by IS NOT NULL "
            "RETURN DISTINCT n.ended_by AS e"
        )
        for batch in batches(sorted(ids)):
            found.update(store.read(query, {"ids": batch}).column("e"))
    return found


class _Reader:
    """Reads parts of a store into facts, in batches."""

    def __init__(self, store: Store, facts: Facts) -> None:
        self.store = store
        self.facts = facts

    def nodes(self, label: str, ids: Sequence[str]) -> None:
        """The nodes of one label with these ids."""
        query = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n) AS p"
        for batch in batches(ids):
            for properties in self.store.read(query, {"ids": batch}).column("p"):
                self.facts.add_node(label, properties["id"], properties)

    def end_nodes(self, incoming: Facts) -> None:
        """The nodes that relationships of the load touch and the load itself does not bring."""
        wanted: dict[str, set[str]] = {}
        for each in incoming.relationships.values():
            ends = schema().relationships[each.type].ends
            for id_, labels in ((each.start, {a for a, _ in ends}), (each.end, {b for _, b in ends})):
                if id_ not in incoming.nodes and id_ not in self.facts.nodes:
                    for label in labels:
                        wanted.setdefault(label, set()).add(id_)
        for label, ids in wanted.items():
            self.nodes(label, sorted(ids))

    def relationships(self, incoming: Iterable[Relationship]) -> None:
        """The stored relationships with the ids of these."""
        groups: dict[tuple[str, str, tuple[str, str]], list[Relationship]] = {}
        for each in incoming:
            start = self.facts.nodes.get(each.start)
            label = start.label if start else each.labels[0]
            if label:
                groups.setdefault((label, each.type, each.labels), []).append(each)
        for (label, type_, labels), members in groups.items():
            query = (
                f"UNWIND $rows AS row MATCH (a:{label} {{id: row.start}})-[r:{type_}]->(b) "
                "WHERE r.id = row.id RETURN a.id AS start, b.id AS end, properties(r) AS p"
            )
            for batch in batches([{"start": r.start, "id": r.id} for r in members]):
                self._keep(type_, self.store.read(query, {"rows": batch}).rows, labels)

    def around_events(self, incoming: Facts, further: Iterable[str] = ()) -> None:
        """Events of the load or behind its ended units, their units, and all that hangs on these."""
        events = {*events_concerned(incoming, self.facts), *further}
        if not events:
            return
        self.nodes("Event", sorted(events - set(self.facts.nodes)))
        around = "UNWIND $ids AS id MATCH (e:Event {id: id})-[r:INPUT|OUTPUT|TRANSFERS]->(x) "
        self._walk(around, sorted(events))
        units: set[str] = set()
        for source in (incoming, self.facts):
            for event in events:
                for each in source.leaving(event, "INPUT", "OUTPUT", "TRANSFERS"):
                    units.add(each.end)
                    units.update(v for k in ("from", "to") if (v := each.properties.get(k)))
        known = sorted(units)
        self._walk(f"UNWIND $ids AS id MATCH (u:Unit {{id: id}})-[r:{_AROUND_UNIT}]-(x) ", known)
        self._walk("UNWIND $ids AS id MATCH (u:Function {id: id})-[r:PERFORMS]-(x) ", known)
        self._walk("UNWIND $ids AS id MATCH (u:Place {id: id})-[r:WITHIN]-(x) ", known)
        self._below(known)
        positions = sorted(node.id for node in self.facts.of_label("Position"))
        self._walk("UNWIND $ids AS id MATCH (u:Position {id: id})-[r:HOLDS|OF_UNIT]-(x) ", positions)

    def _below(self, units: Sequence[str]) -> None:
        """All units below these, with where they lie: a merger may take them to another territory."""
        seen = set(units)
        edge = list(units)
        while edge:
            self._walk("UNWIND $ids AS id MATCH (u:Unit {id: id})<-[r:PART_OF {kind: 'line'}]-(x) ", edge)
            below = {r.start for unit in edge for r in self.facts.arriving(unit, "PART_OF")}
            edge = sorted(below - seen)
            seen |= below
        self._walk("UNWIND $ids AS id MATCH (u:Unit {id: id})-[r:LOCATED_IN]->(x) ", sorted(seen))

    def _walk(self, match: str, ids: Sequence[str]) -> None:
        query = (
            match + "WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b RETURN type(r) AS t, a.id AS start, "
            "b.id AS end, properties(r) AS p, labels(a)[0] AS la, properties(a) AS pa, "
            "labels(b)[0] AS lb, properties(b) AS pb"
        )
        for batch in batches(ids):
            for type_, start, end, own, label_a, a, label_b, b in self.store.read(query, {"ids": batch}).rows:
                self.facts.add_node(label_a, start, a)
                self.facts.add_node(label_b, end, b)
                self._keep(type_, [[start, end, own]])

    def _keep(self, type_: str, rows: list[list[Any]], labels: tuple[str, str] = ("", "")) -> None:
        for start, end, own in rows:
            if own["id"] not in self.facts.relationships:
                self.facts.take(Relationship(type_, own["id"], start, end, own, labels))


def batches(rows: Sequence[Any], size: int = BATCH) -> Iterator[Sequence[Any]]:
    """The rows in parts of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
