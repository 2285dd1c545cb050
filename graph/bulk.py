"""A load of more facts than memory holds: planned and written part by part, and gone on with after a cut.

Each part is one transaction that also leaves a record of itself (`LoadPart`), so that the same
load, run again, skips it. What events do is planned last, when all that they concern is stored;
where they contradict the facts, the whole load is taken back.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from graph import ingest
from graph.collected import LINKS, NODES, Collected, Part
from graph.conflicts import again_on_conflict
from graph.errors import Contradiction, StoreConflict, UserError
from graph.facts import Facts, Properties
from graph.ingest import Change, Plan, Progress
from graph.schema import schema
from graph.store import Store, Transaction
from graph.stored import ending_events, stored_part
from graph.undo import undo

TRIES = 10
# changes of a load that are kept to be shown
EXAMPLES = 20
UNDOING = "undoing"
# Transactions at once; one more thread than writers plans the next part meanwhile. Two writers of the
# embedded engine collide at their commit, on pages that have nothing to do with each other's facts.
WRITERS_EMBEDDED, WRITERS_SERVER = 1, 2


@dataclass
class Summary(Plan):
    """What a load of many parts did: numbers of all, and examples of the changes."""

    numbers: Counter[str] = field(default_factory=Counter)  # added, by label or type
    ended_facts: int = 0
    changed_facts: int = 0

    @property
    def size(self) -> int:
        return sum(self.numbers.values()) + self.ended_facts + self.changed_facts

    def added(self) -> Counter[str]:
        return self.numbers

    def count_ended(self) -> int:
        return self.ended_facts

    def count_changed(self) -> int:
        return self.changed_facts

    def include(self, part: Plan) -> None:
        """Count what a part adds and changes."""
        self.numbers.update(part.added())
        self.ended_facts += part.count_ended()
        self.changed_facts += part.count_changed()
        for few, more in ((self.ended(), part.ended()), (self.changed(), part.changed())):
            for change in more[: max(0, EXAMPLES - len(few))]:
                self.changes.append(change)
                self.labels[change.start] = part.labels.get(change.start, "")
                if change.id in part.names:
                    self.names[change.id] = part.names[change.id]


@dataclass
class _Todo:
    """The plan of a part, and what is left for the end."""

    plan: Plan
    amended: list[Change] = field(default_factory=list)  # of facts that this load brought itself
    events: set[str] = field(default_factory=set)  # that ended something which the part adds to
    left: list[str] = field(default_factory=list)  # units that are planned together with the events


def preview(store: Store, collected: Collected) -> Summary:
    """What writing the facts would add and change; what events do is seen only when they are stored."""
    run = _Run(store, collected, {"id": "(none)", "digest": ""})
    repeated = set(collected.ids_again())
    told: set[str] = set()
    for part in run.in_order():
        todo = run.planned(part).plan
        # of a fact that is in several parts only the first counts
        todo.nodes = [n for n in todo.nodes if n.id not in told]
        todo.relationships = [r for r in todo.relationships if r.id not in told]
        told |= repeated.intersection(n.id for n in todo.nodes)
        told |= repeated.intersection(r.id for r in todo.relationships)
        run.summary.include(todo)
    run.summary.numbers.update(n.label for n in collected.events.nodes.values())
    run.summary.numbers.update(r.type for r in collected.events.relationships.values())
    return run.summary


def write_parts(store: Store, collected: Collected, load: Properties, progress: Progress | None = None) -> Summary:
    """Write all parts, then what the events do; a part that an earlier run wrote is not written again.

    Raises Contradiction where events collide with facts: nothing of the load is left then.
    """
    run = _Run(store, collected, load, progress)
    run.begin()
    for kind in (NODES, LINKS):
        run.write([p for p in run.todo if p.kind == kind and not p.again], threads=run.writers + 1)
        run.write([p for p in run.todo if p.kind == kind and p.again], threads=1)
    try:
        run.apply_events()
    except Contradiction as error:
        run.take_back(error)
        raise
    return run.finish()


class _Run:
    """One run over the parts of a load."""

    def __init__(self, store: Store, collected: Collected, load: Properties, progress: Progress | None = None) -> None:
        self.store = store
        self.collected = collected
        self.load = load
        self.progress = progress
        self.summary = Summary()
        self.todo = self.in_order()
        self.done = 0
        self.revision = ingest.revision_of(store)
        # nothing is compared with a store that has nothing
        self.fresh = not store.read("MATCH (l:Load) RETURN l.id LIMIT 1").rows
        self.with_events = bool(collected.events.nodes) or bool(store.read("MATCH (e:Event) RETURN e.id LIMIT 1").rows)
        self.writers = WRITERS_EMBEDDED if store.embedded else WRITERS_SERVER
        self._turn = threading.Semaphore(self.writers)
        self._committing = threading.RLock()  # one that only the thread which has it can release
        self._seen = 0  # how often another load was found to have changed the graph

    def in_order(self) -> list[Part]:
        """Nodes before relationships, what comes again after what comes first."""
        return sorted(self.collected.parts, key=lambda p: (p.kind != NODES, p.again, p.number))

    # ------------------------------------------------------------------ begin and end

    def begin(self) -> None:
        """Record that the load runs, or take up where it was cut off."""
        known = {(row["number"], row["sum"]) for row in self._records("p.number AS number, p.checksum AS sum")}
        first = not self.store.read("MATCH (l:Load {id: $id}) RETURN l.id", {"id": self.load["id"]}).rows

        def claim(transaction: Transaction) -> None:
            ingest.claim(transaction, self.revision, self.load["id"])
            if first:
                ingest.record_load(transaction, {**self.load, "started": ingest.now(), "state": "running"})

        self.store.execute(claim)
        self.revision += 1
        self.done = sum(part.size for part in self.todo if (part.number, part.checksum) in known)
        self.todo = [part for part in self.todo if (part.number, part.checksum) not in known]

    def finish(self) -> Summary:
        """Sum up all parts, also those of earlier runs, and record that the load is done."""
        summary = self.summary
        summary.numbers.clear()
        summary.ended_facts = summary.changed_facts = 0
        for row in self._records("p.added AS added, p.ended AS ended, p.changed AS changed"):
            summary.numbers.update(json.loads(row["added"]))
            summary.ended_facts += row["ended"]
            summary.changed_facts += row["changed"]
        nodes = sum(n for name, n in summary.numbers.items() if name in schema().labels)
        totals = {
            "nodes": nodes,
            "relationships": sum(summary.numbers.values()) - nodes,
            "changes": summary.ended_facts + summary.changed_facts,
        }

        def close(transaction: Transaction) -> None:
            if summary.size:
                ingest.record_load(transaction, {"id": self.load["id"], **totals, "state": "done"})
                transaction.run("MATCH (p:LoadPart {load: $id}) WHERE p.undo = '[]' DELETE p", {"id": self.load["id"]})
            else:
                transaction.run("MATCH (p:LoadPart {load: $id}) DELETE p", {"id": self.load["id"]})
                transaction.run("MATCH (l:Load {id: $id}) DELETE l", {"id": self.load["id"]})

        self.store.execute(close)
        return summary

    def _records(self, columns: str) -> list[dict[str, Any]]:
        query = f"MATCH (p:LoadPart {{load: $id}}) RETURN {columns}"
        return self.store.read(query, {"id": self.load["id"]}).dicts()

    # ------------------------------------------------------------------ parts

    def write(self, parts: Sequence[Part], threads: int) -> None:
        """Plan and write the parts; several at once where none of them depends on another."""
        with ThreadPoolExecutor(max_workers=threads) as pool:
            waiting = [pool.submit(self._write_part, part) for part in parts]
            try:
                for each in waiting:
                    each.result()
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _write_part(self, part: Part) -> None:
        def commit() -> None:
            seen = self._seen
            todo = self.planned(part)
            self._commit(part.number, part.checksum, part.size, todo, seen, whole=False)

        self._again_on_conflict(commit)

    def planned(self, part: Part) -> _Todo:
        """What the part would add and change."""
        facts = self.collected.facts_of(part)
        if self.fresh and not part.again:
            return _Todo(ingest.difference(Facts(), facts))
        old = stored_part(self.store, facts)
        world = Facts()
        world.include(old)
        world.include(facts)
        todo = _Todo(ingest.difference(old, world))
        self._set_own_apart(todo)
        if self.with_events:
            self._leave_for_events(todo, facts, old)
        return todo

    def _set_own_apart(self, todo: _Todo) -> None:
        """A fact that this load brought itself and says more about later is no change."""
        changes = todo.plan.changes
        todo.plan.changes = [c for c in changes if c.load != self.load["id"]]
        todo.amended = [c for c in changes if c.load == self.load["id"]]

    def _leave_for_events(self, todo: _Todo, facts: Facts, old: Facts) -> None:
        """What earlier events did to the facts is not undone in between by what a row says."""
        ended = {node.properties.get("ended_by") for node in old.nodes.values()} - {None}
        todo.events = {str(event) for event in ended} | ending_events(self.store, facts)
        moved = [c.id for c in (*todo.plan.changes, *todo.amended) if c.name == "Unit" and c.before.get("place")]
        todo.left = moved
        todo.plan.changes = [c for c in todo.plan.changes if c.id not in moved]
        todo.amended = [c for c in todo.amended if c.id not in moved]

    def _commit(self, number: int, checksum: int, size: int, todo: _Todo, seen: int, *, whole: bool) -> None:
        """Write the plan of a part and the record of it; `whole`: so that readers see all of it or nothing."""
        plan = todo.plan
        ingest.mark(plan, self.load["id"])
        steps = list(ingest.steps_of(plan))
        if todo.amended:
            steps += ingest.steps_of(Plan(changes=todo.amended, labels=plan.labels))
        rows = sum(len(each) for _, each in steps)
        record = {
            "id": f"{self.load['id']}/{number}-{checksum:08x}",
            "load": self.load["id"],
            "number": number,
            "checksum": checksum,
            "added": json.dumps(plan.added()),
            "ended": plan.count_ended(),
            "changed": plan.count_changed(),
            "undo": ingest.former_values(plan.changes),
            "events": sorted(todo.events),
            "left": todo.left,
        }

        def work(transaction: Transaction) -> None:
            self._let_go()
            ingest.write_steps(transaction.run, steps, rows)
            # last, for only one transaction at a time can have it
            self._committing.acquire()
            if self._seen != seen:
                raise StoreConflict("another load changed the graph at the same time", "run it again")
            if rows:
                ingest.claim(transaction, self.revision, self.load["id"])
            transaction.seen_whole = whole
            transaction.run("MERGE (p:LoadPart {id: $id}) SET p += $values", {"id": record["id"], "values": record})

        with self._turn:
            try:
                self.store.execute(work)
                self.revision += bool(rows)
                self.done += size
                self.summary.include(plan)
                if self.progress:
                    self.progress(self.done, self.collected.size)
            finally:
                self._let_go()

    def _let_go(self) -> None:
        """Let others commit, if it is this thread that kept them from it."""
        with suppress(RuntimeError):
            self._committing.release()

    def _again_on_conflict(self, work: Callable[[], None]) -> None:
        again_on_conflict(work, TRIES, self._look_again)

    def _look_again(self) -> None:
        with self._committing:
            self.fresh = False
            self._seen += 1
            self.revision = ingest.revision_of(self.store)

    # ------------------------------------------------------------------ events

    def apply_events(self) -> None:
        """Plan and write what the events of the load, and those behind what had ended, do to the facts."""
        self._again_on_conflict(self._apply_events)

    def _apply_events(self) -> None:
        seen = self._seen
        facts = Facts()
        facts.include(self.collected.events)
        events: set[str] = set()
        left: set[str] = set()
        for row in self._records("p.events AS events, p.left AS left"):
            events.update(row["events"] or ())
            left.update(row["left"] or ())
        for part in self.collected.parts if left else ():
            if part.kind == NODES:
                for node in self.collected.facts_of(part).nodes.values():
                    if node.id in left:
                        facts.add_node(node.label, node.id, node.properties)
        if facts.nodes or events:
            todo = _Todo(ingest.plan(self.store, facts, sorted(events)))
            self._set_own_apart(todo)
            self.summary.applied = todo.plan.applied
            size = len(self.collected.events.nodes) + len(self.collected.events.relationships)
            self._commit(len(self.collected.parts), 0, size, todo, seen, whole=True)

    def take_back(self, error: Contradiction) -> None:
        """Undo the load; a load that is cut off even in this is undone when it is run again."""
        ingest.record_load(self.store, {"id": self.load["id"], "state": UNDOING})
        try:
            undo(self.store, self.load["id"])
        except UserError as refused:
            error.remedy = f"{refused.message}: {refused.remedy}, then `bomay load --undo {self.load['id']}`"


def finish_undoing(store: Store, digest: str) -> None:
    """Take back to the end a load of the same content whose taking back was cut off."""
    query = "MATCH (l:Load {digest: $digest}) WHERE l.state = $state RETURN l.id AS id"
    for load in store.read(query, {"digest": digest, "state": UNDOING}).column("id"):
        undo(store, load)
