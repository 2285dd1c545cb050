"""Reading a whole graph in parts: the nodes of each label, the relationships that start at each label."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from graph.schema import schema
from graph.store import Store

# what a relationship is read as, from its start node `a` to its end node `b`
LINK_COLUMNS = "type(r) AS type, a.id AS start, labels(b) AS labels, b.id AS end, properties(r) AS p"


def content_labels() -> list[str]:
    """The labels whose nodes are content: all but Meta."""
    return [name for name in schema().labels if name != "Meta"]


def start_labels() -> list[str]:
    """The labels from which relationships may start."""
    starts = {start for kind in schema().relationships.values() for start, _ in kind.ends}
    return [name for name in content_labels() if name in starts]


def known_label(labels: list[str]) -> str:
    """The one of a node's labels that the schema has; empty where it has none."""
    return next((name for name in labels if name in schema().labels), "")


def counts(store: Store) -> dict[str, dict[str, int]]:
    """Rows of every part by label or relationship type."""
    nodes = {label: count(store, label, label) for label in content_labels()}
    links = {f"{label}->": count(store, f"{label}->", label) for label in start_labels()}
    return {**nodes, **links}


def count(store: Store, part: str, label: str) -> dict[str, int]:
    """Rows of one part: `Unit` are the nodes of that label, `Unit->` the relationships that start there."""
    if part == label:
        return {label: store.read(f"MATCH (n:{label}) RETURN count(n) AS c").value() or 0}
    rows = store.read(f"MATCH (a:{label})-[r]->() RETURN type(r) AS t, count(r) AS c").rows
    return {type_: found for type_, found in rows if type_ in schema().relationships}


def size(parts: dict[str, dict[str, int]]) -> int:
    """Rows of all these parts together."""
    return sum(sum(part.values()) for part in parts.values())


def links_from(store: Store, label: str, ids: list[str]) -> dict[tuple[str, str, str], list[Any]]:
    """The relationships that start at these nodes, by (type, start, id); rows of LINK_COLUMNS."""
    query = f"UNWIND $ids AS id MATCH (a:{label} {{id: id}})-[r]->(b) RETURN {LINK_COLUMNS}"
    known = schema().relationships
    return {
        (row[0], row[1], row[4]["id"]): row
        for row in store.read(query, {"ids": ids}).rows
        if row[0] in known and known_label(row[2]) and "id" in row[4]
    }


def ids_of(store: Store, label: str, after: str = "") -> Iterator[str]:
    """The ids of a label in their order, those after one of them.

    Only the ids are sorted by the engine, and one after the other is fetched: pages with a LIMIT
    would make the embedded engine sort all that is left for each of them.
    """
    query = f"MATCH (n:{label}) WHERE n.id > $after RETURN n.id AS id ORDER BY id"
    for (id_,) in store.stream(query, {"after": after}):
        yield id_


def batches(ids: Iterator[str], size: int) -> Iterator[list[str]]:
    """The ids in lists of at most `size`."""
    while batch := list(islice(ids, size)):
        yield batch
