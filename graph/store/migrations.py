"""Numbered steps from one schema version to the next; `bomay migrate` runs them.

A step is idempotent: one that was cut off can be run again. Version 0 is a graph that has no
version: an empty store gets the present schema at once and is never migrated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.schema import schema
from graph.store.base import Store
from graph.text import key

META_ID = "bomay"
BATCH = 5_000


@dataclass(frozen=True)
class Step:
    """One migration: the version it leads to, what it does, and the doing of it (facts changed)."""

    to: int
    doc: str
    run: Callable[[Store], int]


def _keys_of_short_names(store: Store) -> int:
    """Short names are found like aliases: their folded form joins alias_keys."""
    query = (
        "MATCH (u:Unit) WHERE u.short_name IS NOT NULL "
        "RETURN u.id AS id, u.short_name AS name, coalesce(u.alias_keys, []) AS keys"
    )
    rows = [
        {"id": id_, "keys": [*keys, key(name)]} for id_, name, keys in store.read(query).rows if key(name) not in keys
    ]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        store.write("UNWIND $rows AS row MATCH (u:Unit {id: row.id}) SET u.alias_keys = row.keys", {"rows": batch})
    return len(rows)


STEPS = (Step(2, "short names become findable (alias_keys); evidence gets an index by fact", _keys_of_short_names),)


def version_of(store: Store) -> int | None:
    """The schema version of the graph; None for a store that has none yet."""
    query = "MATCH (m:Meta {id: $id}) RETURN m.schema_version AS version"
    found = store.read(query, {"id": META_ID}).value()
    return found if isinstance(found, int) else None


def pending(version: int) -> list[Step]:
    """The steps that a graph of that version still needs, in their order."""
    return [step for step in STEPS if version < step.to <= schema().version]


def migrate(store: Store, version: int) -> list[tuple[Step, int]]:
    """Run what is pending; returns each step with the number of facts it changed."""
    from graph.store.setup import define

    done = []
    for step in pending(version):
        define(store)
        done.append((step, step.run(store)))
        store.write("MATCH (m:Meta {id: $id}) SET m.schema_version = $version", {"id": META_ID, "version": step.to})
    return done
