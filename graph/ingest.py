"""Bringing facts into a store: what is there already, what would change, and writing it.

    plan(store, incoming)   → Plan: what would be added, changed, ended; nothing is written
    write(store, plan, …)   all of it or nothing (very large plans: in batches under a load id,
                            which a second run of the same load completes)

`graph.bulk` does both part by part where the facts are too many for memory; `graph.undo` takes a
load back.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.errors import StoreConflict, UserError
from graph.facts import Facts, Node, Properties, Relationship, by_label, collector_off
from graph.history import apply_events
from graph.names import fold_names
from graph.schema import schema
from graph.store import Result, Store, Transaction
from graph.store.migrations import META_ID
from graph.stored import batches, events_concerned, stored

# Up to here a load is one transaction; above, the engine's memory for one would be too much.
ONE_TRANSACTION = 300_000
# Facts in one statement, and in one transaction of a load that is too large for one: measured,
# the embedded engine takes up to half as long again with transactions of 20,000.
BATCH = 1_000
Progress = Callable[[int, int], None]


def part_size(store: Store) -> int:
    """Facts that a load of many parts plans together and writes in one transaction.

    Measured: the embedded engine needs 120 to 150 µs of processor time a fact in transactions of
    1,000, and 200 µs in those of 10,000; a server is quicker with larger ones.
    """
    return BATCH if store.embedded else 5 * BATCH


@dataclass(frozen=True)
class Change:
    """Properties of a stored fact that change; `before` has the former values (None: was absent)."""

    name: str  # label or relationship type
    id: str
    start: str  # start node of a relationship; empty for a node
    before: Properties
    after: Properties
    load: str = ""  # that brought the fact


@dataclass
class Plan:
    """What a load would do."""

    nodes: list[Node] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)  # label of every node that a relationship touches
    names: dict[str, str] = field(default_factory=dict)  # name of every changed node, for the report
    applied: list[str] = field(default_factory=list)
    revision: int = 0  # of the graph when it was read; a plan made of an older graph is not written

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

    def changed(self) -> list[Change]:
        """The changes that do not set an end."""
        ended = {change.id for change in self.ended()}
        return [change for change in self.changes if change.id not in ended]

    def count_ended(self) -> int:
        """How many facts would end."""
        return len(self.ended())

    def count_changed(self) -> int:
        """How many facts would change in another way."""
        return len(self.changed())


@collector_off()
def plan(store: Store, incoming: Facts, events: Iterable[str] = ()) -> Plan:
    """Compare the facts with the store and apply their events, and further stored `events`, in memory.

    Raises Contradiction where events collide with facts. `incoming` is not changed.
    """
    revision = revision_of(store)
    old = stored(store, incoming, events)
    world = Facts()
    world.include(old)
    world.include(incoming)
    due = dict.fromkeys([*events_concerned(incoming, old), *events])
    applied = apply_events(world, [e for e in due if e in world.nodes])
    result = difference(old, world)
    result.applied = applied
    result.revision = revision
    return result


def revision_of(store: Store) -> int:
    """How many loads and undos the graph has seen."""
    query = "MATCH (m:Meta {id: $id}) RETURN coalesce(m.revision, 0) AS revision"
    return int(store.read(query, {"id": META_ID}).value() or 0)


def claim(transaction: Transaction, seen: int, load: str) -> None:
    """Take the next revision, first of all in a transaction that changes the graph.

    Raises StoreConflict if another load or undo was written since the graph was read: what was
    planned may contradict it. The first SET takes the store's lock before the revision is looked at.
    """
    transaction.seen_whole = True
    taken = transaction.run(
        "MATCH (m:Meta {id: $id}) SET m.writing = $load WITH m WHERE coalesce(m.revision, 0) = $seen "
        "SET m.revision = $seen + 1 RETURN m.revision AS revision",
        {"id": META_ID, "load": load, "seen": seen},
    )
    if not taken.rows:
        raise StoreConflict("another load changed the graph at the same time", "run it again")


# ---------------------------------------------------------------------- the difference


def difference(old: Facts, world: Facts) -> Plan:
    """What is to be written so that a store with the old facts has those of the world."""
    result = Plan()
    for node in world.nodes.values():
        known = old.nodes.get(node.id)
        node.properties["id"] = node.id
        fold_names(node.label, node.properties)
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
            for end, label in zip((each.start, each.end), each.labels, strict=True):
                result.labels[end] = world.nodes[end].label if end in world.nodes else label
        elif change := _change(each.type, each.id, each.start, stored.properties, each.properties):
            result.changes.append(change)
            start = world.nodes.get(each.start)
            result.labels[each.start] = start.label if start else each.labels[0]
    return result


def _change(name: str, id_: str, start: str, old: Properties, new: Properties) -> Change | None:
    names = [k for k in {**old, **new} if old.get(k) != new.get(k)]
    if not names:
        return None
    before, after = {k: old.get(k) for k in names}, {k: new.get(k) for k in names}
    return Change(name, id_, start, before, after, old.get("load") or "")


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
    mark(todo, load["id"])
    record = {
        **load,
        "started": now(),
        "nodes": len(todo.nodes),
        "relationships": len(todo.relationships),
        "changes": len(todo.changes),
        "undo": former_values(todo.changes),
    }
    steps = list(steps_of(todo))
    total = sum(len(rows) for _, rows in steps)
    if total <= ONE_TRANSACTION and not unfinished(store, load["digest"]):

        def whole(transaction: Transaction) -> None:
            claim(transaction, todo.revision, load["id"])
            write_steps(transaction.run, steps, total, progress)
            record_load(transaction, {**record, "state": "done"})

        store.execute(whole)
        return
    # a load that goes on after a cut keeps its first record: that one knows all former values
    first = load["id"] != unfinished(store, load["digest"])

    def begin(transaction: Transaction) -> None:
        claim(transaction, todo.revision, load["id"])
        if first:
            record_load(transaction, {**record, "state": "running"})

    store.execute(begin)
    write_steps(store.write, steps, total, progress)
    record_load(store, {"id": load["id"], "state": "done"})


def mark(todo: Plan, load: str) -> None:
    """Give what is new the id of the load that brings it."""
    for node in todo.nodes:
        node.properties.setdefault("load", load)
    for relationship in todo.relationships:
        relationship.properties.setdefault("load", load)


def write_steps(
    run: Callable[[str, Properties], Result],
    steps: Sequence[tuple[str, list[Properties]]],
    total: int,
    progress: Progress | None = None,
) -> None:
    """Run the statements with their rows, some rows at a time."""
    done = 0
    for statement, rows in steps:
        for batch in batches(rows, BATCH):
            run(statement, {"rows": batch})
            done += len(batch)
            if progress:
                progress(done, total)


def record_load(target: Store | Transaction, record: Properties) -> None:
    """Write the record of a load, or add to it."""
    values = {**record, **({"finished": now()} if record["state"] == "done" else {})}
    run = target.write if isinstance(target, Store) else target.run
    run("MERGE (l:Load {id: $id}) SET l += $values", {"id": record["id"], "values": values})


def now() -> str:
    """The time to the second, in ISO form."""
    return dt.datetime.now().isoformat(timespec="seconds")


def steps_of(todo: Plan) -> Iterator[tuple[str, list[Properties]]]:
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
        changes.setdefault(update_statement(change.name, todo.labels.get(change.start, "")), []).append(row)
    yield from changes.items()


def update_statement(name: str, start_label: str) -> str:
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


def former_values(changes: Iterable[Change]) -> str:
    """What `graph.undo` needs to restore what the changes replace, as JSON."""
    entries: list[list[Any]] = [[c.name, c.id, c.start, c.before] for c in changes]
    return json.dumps(entries, ensure_ascii=False, default=str)
