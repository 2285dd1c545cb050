"""Taking a load back: what it added goes, what it changed is restored."""

from __future__ import annotations

import datetime as dt
import json

from graph.errors import NothingFound, UserError
from graph.facts import Properties
from graph.ingest import claim, revision_of, update_statement, write_steps
from graph.schema import schema
from graph.store import Store, Transaction

BATCH = 20_000


def undo(store: Store, load_id: str) -> tuple[int, int, int]:
    """Remove what a load added and restore what it changed; returns (nodes, relationships, changes).

    Raises NothingFound for an unknown load, UserError where a later load builds on it.
    """
    revision = revision_of(store)
    found = store.read("MATCH (l:Load {id: $id}) RETURN l.undo AS undo", {"id": load_id}).rows
    if not found:
        raise NothingFound(f"there is no load {load_id!r}", "`bomay loads` lists them")
    later = _built_upon(store, load_id)
    if later:
        raise UserError(f"load {load_id} is built upon by {', '.join(later)}", "undo those first")
    relationships = nodes = 0
    for type_ in schema().relationships.values():
        for start in sorted({a for a, _ in type_.ends}):
            relationships += _delete(store, f"(:{start})-[n:{type_.name}]->()", load_id, "DELETE n")
    for label in schema().labels.values():
        if not label.internal:
            nodes += _delete(store, f"(n:{label.name})", load_id, "DETACH DELETE n")
    changes = 0
    # what changed last is restored first; the load's own record goes with the last of its changes
    for part in store.read(_PARTS, {"id": load_id}).column("id"):
        undone = store.read("MATCH (p:LoadPart {id: $id}) RETURN p.undo AS undo", {"id": part}).value()
        changes += _restore(store, undone, revision, load_id, "MATCH (p:LoadPart {id: $id}) DELETE p", part)
        revision += 1
    changes += _restore(store, found[0][0], revision, load_id, "MATCH (l:Load {id: $id}) DELETE l", load_id)
    return nodes, relationships, changes


_PARTS = "MATCH (p:LoadPart {load: $id}) RETURN p.id AS id ORDER BY p.number DESC"


def _restore(store: Store, undone: str | None, revision: int, load_id: str, delete: str, record: str) -> int:
    """Restore the former values of one record and delete it, in one transaction; returns how many."""
    changes = json.loads(undone or "[]")
    steps: dict[str, list[Properties]] = {}
    for name, id_, start, before in changes:
        statement = update_statement(name, _start_label(store, name, start))
        steps.setdefault(statement, []).append({"id": id_, "a": start, "p": _revived(name, before)})

    def restore(transaction: Transaction) -> None:
        claim(transaction, revision, load_id)
        write_steps(transaction.run, list(steps.items()), len(changes))
        transaction.run(delete, {"id": record})

    store.execute(restore)
    return len(changes)


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
        count = int(store.write(query, {"id": load_id, "limit": BATCH}).value() or 0)
        total += count
        if count < BATCH:
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
