"""Constraints, indexes and the schema version of a store, from the schema file."""

from __future__ import annotations

from graph.errors import StoreVersion
from graph.schema import schema
from graph.store.base import Store

META_ID = "bomay"


def prepare(store: Store) -> None:
    """Make the store ready for this version: a new one gets its schema, a newer one is refused."""
    found = store.read("MATCH (m:Meta {id: $id}) RETURN m.schema_version AS version", {"id": META_ID}).value()
    if found is None:
        _define(store)
    elif not isinstance(found, int) or found > schema().version:
        raise StoreVersion(
            f"the graph has schema version {found}; this bomay knows versions up to {schema().version}",
            "install a newer bomay",
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


def _define(store: Store) -> None:
    for statement in statements():
        store.define(statement)
    store.write(
        "MERGE (m:Meta {id: $id}) SET m.schema_version = $version",
        {"id": META_ID, "version": schema().version},
    )
