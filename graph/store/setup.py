"""Constraints, indexes and the schema version of a store, from the schema file."""

from __future__ import annotations

from graph.errors import StoreVersion
from graph.names import folded_property, searched_labels, text_index
from graph.schema import schema
from graph.store.base import Store
from graph.store.migrations import META_ID, version_of


def prepare(store: Store, *, migrating: bool = False) -> None:
    """Make the store ready for this version: a new one gets its schema.

    Raises StoreVersion for a newer one, and for an older one unless it is being migrated.
    """
    found = version_of(store)
    if found is None:
        define(store)
        store.write(
            "MERGE (m:Meta {id: $id}) SET m.schema_version = $version",
            {"id": META_ID, "version": schema().version},
        )
    elif found > schema().version:
        raise StoreVersion(
            f"the graph has schema version {found}; this bomay knows versions up to {schema().version}",
            "install a newer bomay",
        )
    elif found < schema().version and not migrating:
        raise StoreVersion(
            f"the graph has schema version {found}; this bomay works with version {schema().version}",
            "run `bomay migrate` (first with --dry-run to see what it does)",
        )


def statements() -> list[str]:
    """The schema statements in Cypher; every one can be run again without harm."""
    result = []
    for label in schema().labels.values():
        name = label.name.lower()
        result.append(f"CREATE CONSTRAINT {name}_id IF NOT EXISTS FOR (n:{label.name}) REQUIRE n.id IS UNIQUE")
        result += [
            f"CREATE INDEX {name}_{each.name} IF NOT EXISTS FOR (n:{label.name}) ON (n.{each.name})"
            for each in label.properties.values()
            if each.index
        ]
    for kind in schema().relationships.values():
        result += [
            f"CREATE INDEX {kind.name.lower()}_{each.name} IF NOT EXISTS FOR ()-[r:{kind.name}]-() ON (r.{each.name})"
            for each in kind.properties.values()
            if each.index
        ]
    return result


def define(store: Store) -> None:
    """Create what is missing of constraints and indexes."""
    for statement in statements():
        store.define(statement)
    for label in searched_labels():
        kept = folded_property(label)
        assert kept is not None
        store.define_text_index(text_index(label), label, kept.name)
