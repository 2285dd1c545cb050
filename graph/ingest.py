"""Bringing facts into a store: what is there already, what would change, and writing it.

plan(store, incoming)   → Plan: what would be added, changed, ended; nothing is written
write(store, plan, …)   all of it or nothing (very large plans: in batches under a load id,
                        which a second run of the same load completes)
undo(store, load id)    takes a load back
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.errors import NothingFound, UserError
from graph.facts import Facts, Node, Properties, Relationship, by_label
from graph.history import apply_events
from graph.schema import schema
from graph.store import Store, Transaction

BATCH = 5_000
# Up to here a load is one transaction; above, the engine's memory for one would be too much.
ONE_TRANSACTION = 300_000
Progress = Callable[[int, int], None]

# what hangs on a unit and goes with it when an event re-arranges it
_AROUND_UNIT = "PART_OF|PERFORMS|LOCATED_IN|SERVES|FACE_OF|RELATED|OF_UNIT|MEMBER_OF"


@dataclass(frozen=True)
class Change:
    """Properties of a stored fact that change; `before` has the former values (None: was absent)."""

    name: str  # label or relationship type
    id: str
    start: str  # start node of a relationship; empty for a node
    before: Properties
    after: Properties


@dataclass
class Plan:
    """What a load would do."""

    nodes: list[Node] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)  # label of every node that a relationship touches
    names: dict[str, str] = field(default_factory=dict)  # name of every changed node, for the report
    applied: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Number of facts that would be written."""
        return len(self.nodes) + len(self.relationships) + len(self.changes)

    def added(self) -> Counter[str]:
        """How many facts of each label and relationship type would be added."""
        counts = Counter(node.label for node in self.nodes)
        counts.update(r.type for r in self.relationships)
        return counts

    def ended(self) -> list[Change]:
        """The changes that set an end."""
        return [c for c in self.changes if c.before.get("valid_to") is None and c.after.get("valid_to")]


def plan(store: Store, incoming: Facts) -> Plan:
    """Compare the facts with the store and apply their events, in memory.

    Raises Contradiction where events collide with facts. `incoming` is not changed.
    """
    old = _stored(store, incoming)
    world = Facts()
    world.include(old)
    world.include(incoming)
    applied = apply_events(world, [e for e in _events_concerned(incoming, old) if e in world.nodes])
    return _difference(old, world, applied)


def _events_concerned(incoming: Facts, old: Facts) -> list[str]:
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


# ---------------------------------------------------------------------- what the store has of it


def _stored(store: Store, incoming: Facts) -> Facts:
    """The facts that the store already has with these ids, and all around the units of events."""
    old = Facts()
    if not store.read("MATCH (n:Load) RETURN n.id LIMIT 1").rows:
        return old
    reader = _Reader(store, old)
    for label, nodes in by_label(incoming.nodes.values()).items():
        reader.nodes(label, [node.id for node in nodes])
    reader.end_nodes(incoming)
    reader.relationships(incoming.relationships.values())
    reader.around_events(incoming)
    return old


class _Reader:
    """Reads parts of a store into facts, in batches."""

    def __init__(self, store: Store, facts: Facts) -> None:
        self.store = store
        self.facts = facts

    def nodes(self, label: str, ids: Sequence[str]) -> None:
        """The nodes of one label with these ids."""
        query = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n) AS p"
        for batch in _batches(ids):
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
        groups: dict[tuple[str, str], list[Relationship]] = {}
        for each in incoming:
            start = self.facts.nodes.get(each.start)
            if start is not None:
                groups.setdefault((start.label, each.type), []).append(each)
        for (label, type_), members in groups.items():
            query = (
                f"UNWIND $rows AS row MATCH (a:{label} {{id: row.start}})-[r:{type_}]->(b) "
                "WHERE r.id = row.id RETURN a.id AS start, b.id AS end, properties(r) AS p"
            )
            for batch in _batches([{"start": r.start, "id": r.id} for r in members]):
                self._keep(type_, self.store.read(query, {"rows": batch}).rows)

    def around_events(self, incoming: Facts) -> None:
        """Events of the load or behind its ended units, their units, and all that hangs on these."""
        events = set(_events_concerned(incoming, self.facts))
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
        for batch in _batches(ids):
            for type_, start, end, own, label_a, a, label_b, b in self.store.read(query, {"ids": batch}).rows:
                self.facts.add_node(label_a, start, a)
                self.facts.add_node(label_b, end, b)
                self._keep(type_, [[start, end, own]])

    def _keep(self, type_: str, rows: list[list[Any]]) -> None:
        for start, end, own in rows:
            if own["id"] not in self.facts.relationships:
                self.facts._link(Relationship(type_, own["id"], start, end, own))


# ---------------------------------------------------------------------- the difference


def _difference(old: Facts, world: Facts, applied: list[str]) -> Plan:
    result = Plan(applied=applied)
    for node in world.nodes.values():
        known = old.nodes.get(node.id)
        node.properties["id"] = node.id
        if known is None:
            result.nodes.append(node)
        elif change := _change(node.label, node.id, "", known.properties, node.properties):
            result.changes.append(change)
            result.names[node.id] = str(
                node.properties.get("name") or node.properties.get("title") or node.id
            )
    for each in world.relationships.values():
        stored = old.relationships.get(each.id)
        each.properties["id"] = each.id
        if stored is None:
            result.relationships.append(each)
            for end in (each.start, each.end):
                result.labels[end] = world.nodes[end].label
        elif change := _change(each.type, each.id, each.start, stored.properties, each.properties):
            result.changes.append(change)
            result.labels[each.start] = world.nodes[each.start].label
    return result


def _change(name: str, id_: str, start: str, old: Properties, new: Properties) -> Change | None:
    names = [k for k in {**old, **new} if old.get(k) != new.get(k)]
    if not names:
        return None
    return Change(name, id_, start, {k: old.get(k) for k in names}, {k: new.get(k) for k in names})


# ---------------------------------------------------------------------- writing


def unfinished(store: Store, digest: str) -> str:
    """The id of a load of the same content that was cut off; empty where there is none."""
    query = "MATCH (l:Load {digest: $digest}) WHERE l.state = 'running' RETURN l.id AS id"
    return str(store.read(query, {"digest": digest}).value() or "")


def write(store: Store, todo: Plan, load: Properties, progress: Progress | None = None) -> None:
    """Write the plan under the load record (its `id`, `file`, `digest`).

    One transaction up to ONE_TRANSACTION facts. Beyond, batches: the record says `running`
    until the last of them, and running the same load again completes it.
    """
    for node in todo.nodes:
        node.properties.setdefault("load", load["id"])
    for relationship in todo.relationships:
        relationship.properties.setdefault("load", load["id"])
    record = {
        **load,
        "started": dt.datetime.now().isoformat(timespec="seconds"),
        "nodes": len(todo.nodes),
        "relationships": len(todo.relationships),
        "changes": len(todo.changes),
        "undo": json.dumps([_undo_entry(c) for c in todo.changes], ensure_ascii=False, default=str),
    }
    steps = list(_steps(todo))
    total = sum(len(rows) for _, rows in steps)
    if total <= ONE_TRANSACTION and not unfinished(store, load["digest"]):
        with store.transaction() as transaction:
            _write_steps(transaction, steps, total, progress)
            _record(transaction, {**record, "state": "done"})
        return
    # a load that goes on after a cut keeps its first record: that one knows all former values
    if load["id"] != unfinished(store, load["digest"]):
        with store.transaction() as transaction:
            _record(transaction, {**record, "state": "running"})
    done = 0
    for statement, rows in steps:
        for batch in _batches(rows, 4 * BATCH):
            with store.transaction() as transaction:
                for part in _batches(batch):
                    transaction.run(statement, {"rows": part})
            done += len(batch)
            if progress:
                progress(done, total)
    with store.transaction() as transaction:
        _record(transaction, {"id": load["id"], "state": "done"})


def _write_steps(
    transaction: Transaction,
    steps: Sequence[tuple[str, list[Properties]]],
    total: int,
    progress: Progress | None,
) -> None:
    done = 0
    for statement, rows in steps:
        for batch in _batches(rows):
            transaction.run(statement, {"rows": batch})
            done += len(batch)
            if progress:
                progress(done, total)


def _record(transaction: Transaction, record: Properties) -> None:
    finished = dt.datetime.now().isoformat(timespec="seconds")
    values = {**record, **({"finished": finished} if record["state"] == "done" else {})}
    transaction.run("MERGE (l:Load {id: $id}) SET l += $values", {"id": record["id"], "values": values})


def _steps(todo: Plan) -> Iterator[tuple[str, list[Properties]]]:
    """The statements with their rows: nodes, relationships, changes. Names come from the schema only."""
    for label, nodes in by_label(todo.nodes).items():
        yield f"UNWIND $rows AS row CREATE (n:{_known(label)}) SET n = row", [n.properties for n in nodes]
    groups: dict[tuple[str, str, str], list[Properties]] = {}
    for r in todo.relationships:
        place = (todo.labels[r.start], _known(r.type), todo.labels[r.end])
        groups.setdefault(place, []).append({"a": r.start, "b": r.end, "p": r.properties})
    for (start, type_, end), rows in groups.items():
        yield (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r = row.p",
            rows,
        )
    changes: dict[str, list[Properties]] = {}
    for change in todo.changes:
        row = {"id": change.id, "a": change.start, "p": change.after}
        changes.setdefault(_update(change.name, todo.labels.get(change.start, "")), []).append(row)
    yield from changes.items()


def _update(name: str, start_label: str) -> str:
    if name in schema().labels:
        return f"UNWIND $rows AS row MATCH (n:{name} {{id: row.id}}) SET n += row.p"
    return (
        f"UNWIND $rows AS row MATCH (a:{_known(start_label)} {{id: row.a}})-[r:{_known(name)}]->() "
        "WHERE r.id = row.id SET r += row.p"
    )


def _known(name: str) -> str:
    """A name that may stand in Cypher text: one of the schema's own."""
    if name not in schema().labels and name not in schema().relationships:
        raise UserError(f"{name!r} is not in the schema")
    return name


def _batches(rows: Sequence[Any], size: int = BATCH) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


# ---------------------------------------------------------------------- taking a load back


def _undo_entry(change: Change) -> list[Any]:
    return [change.name, change.id, change.start, change.before]


def undo(store: Store, load_id: str) -> tuple[int, int, int]:
    """Remove what a load added and restore what it changed; returns (nodes, relationships, changes).

    Raises NothingFound for an unknown load, UserError where a later load builds on it.
    """
    found = store.read("MATCH (l:Load {id: $id}) RETURN l.undo AS undo", {"id": load_id}).rows
    if not found:
        raise NothingFound(f"there is no load {load_id!r}", "`bomay loads` lists them")
    later = _built_upon(store, load_id)
    if later:
        raise UserError(f"load {load_id} is built upon by {', '.join(later)}", "undo those first")
    changes = json.loads(found[0][0] or "[]")
    relationships = nodes = 0
    for type_ in schema().relationships.values():
        for start in sorted({a for a, _ in type_.ends}):
            relationships += _delete(store, f"(:{start})-[n:{type_.name}]->()", load_id, "DELETE n")
    for label in schema().labels.values():
        if not label.internal:
            nodes += _delete(store, f"(n:{label.name})", load_id, "DETACH DELETE n")
    with store.transaction() as transaction:
        for name, id_, start, before in changes:
            statement = _update(name, _start_label(store, name, start))
            transaction.run(statement, {"rows": [{"id": id_, "a": start, "p": _revived(name, before)}]})
        transaction.run("MATCH (l:Load {id: $id}) DELETE l", {"id": load_id})
    return nodes, relationships, len(changes)


def _built_upon(store: Store, load_id: str) -> list[str]:
    """Loads whose relationships touch nodes of this one."""
    later: set[str] = set()
    for label in schema().labels.values():
        if not label.internal:
            match = f"MATCH (n:{label.name})-[r]-() WHERE n.load = $id AND r.load <> $id"
            query = f"{match} RETURN DISTINCT r.load AS l"
            later.update(store.read(query, {"id": load_id}).column("l"))
    return sorted(later)


def _delete(store: Store, pattern: str, load_id: str, delete: str) -> int:
    total = 0
    while True:
        query = f"MATCH {pattern} WHERE n.load = $id WITH n LIMIT $limit {delete} RETURN count(*) AS c"
        count = int(store.write(query, {"id": load_id, "limit": 4 * BATCH}).value() or 0)
        total += count
        if count < 4 * BATCH:
            return total


def _start_label(store: Store, name: str, start: str) -> str:
    if name in schema().labels:
        return ""
    for label in sorted({a for a, _ in schema().relationships[name].ends}):
        if store.read(f"MATCH (n:{label} {{id: $id}}) RETURN 1 AS one", {"id": start}).rows:
            return label
    return next(a for a, _ in schema().relationships[name].ends)


def _revived(name: str, before: Properties) -> Properties:
    """Dates come back from the JSON record as text; the schema says which are dates."""
    kind = schema().labels.get(name) or schema().relationships[name]
    result = dict(before)
    for each, value in before.items():
        known = kind.properties.get(each)
        if known is not None and known.type == "date" and isinstance(value, str):
            result[each] = dt.date.fromisoformat(value)
    return result
