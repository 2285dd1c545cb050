"""Numbered steps from one schema version to the next; `bomay migrate` runs them.

A step is idempotent: one that was cut off can be run again. Version 0 is a graph that has no
version: an empty store gets the present schema at once and is never migrated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph.names import fold_names, folded_property, searched_labels
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
    return _set(store, "Unit", "alias_keys", rows)


def _folded_names(store: Store) -> int:
    """Names of all kinds are searched in their folded form: those that have none yet get it."""
    return sum(_folded_names_of(store, label) for label in searched_labels())


def _folded_names_of(store: Store, label: str) -> int:
    kept = folded_property(label)
    assert kept is not None
    read = ", ".join(f"n.{name}" for name in kept.folds)
    rows = []
    for id_, *values in store.stream(f"MATCH (n:{label}) WHERE n.{kept.name} IS NULL RETURN n.id, {read}"):
        properties = dict(zip(kept.folds, values, strict=True))
        fold_names(label, properties)
        if properties.get(kept.name):
            rows.append({"id": id_, "keys": properties[kept.name]})
    return _set(store, label, kept.name, rows)


def _nothing_stored(store: Store) -> int:
    """The step brings labels and properties that no older graph has: `define` is all there is to do."""
    return 0


def _set(store: Store, label: str, property: str, rows: list[dict[str, Any]]) -> int:
    statement = f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n.{property} = row.keys"
    for start in range(0, len(rows), BATCH):
        store.write(statement, {"rows": rows[start : start + BATCH]})
    return len(rows)


STEPS = (
    Step(2, "short names become findable (alias_keys); evidence gets an index by fact", _keys_of_short_names),
    Step(3, "full-text indexes on names, with and without diacritics (search_keys)", _folded_names),
    Step(4, "places for runs, candidates and judgements; staff quotas and steps of plans", _nothing_stored),
)


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
