"""The part of a store that a network or a table is made of: as of a day, around a place or a unit.

Nodes are read label by label and relationships type by type, each in one stream. A whole store
costs one pass over each; a scope costs by its own size, since all its reads start at ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from graph.errors import NothingFound, UnknownName
from graph.schema import Kind, schema
from graph.store import Store
from graph.stored import batches

Node = tuple[str, dict[str, Any]]
Edge = tuple[str, str, str, dict[str, Any]]

# what only says where facts come from
EVIDENCE_LABELS = ("Document",)
# STATED_IN comes last: it is read when the facts are known
EVIDENCE_TYPES = ("CITES", "ISSUED_BY", "STATED_IN")

# What comes with a scope: from a label that is there already, over relationships (< where they
# point at it), to the label that comes. Later lines also start at what earlier ones found.
_HANGING = (
    ("Unit", "<OF_UNIT", "Position"),
    ("Position", "<HOLDS", "Person"),
    ("Unit", "<MEMBER_OF", "Person"),
    ("Unit", "PERFORMS", "Function"),
    ("Unit", "<INPUT|OUTPUT|TRANSFERS", "Event"),
    ("Position", "<INPUT|OUTPUT|TRANSFERS", "Event"),
    ("Function", "<TRANSFERS", "Event"),
    ("Place", "<INPUT|OUTPUT", "Event"),
    ("Place", "<STATUS_IN", "ConcurrencyModel"),
    *((near, "<ABOUT", far) for near in ("Unit", "Place", "Event") for far in ("Figure", "Principle")),
    # last: a unit's territory comes along, but not what else hangs on that
    ("Unit", "LOCATED_IN", "Place"),
)


class Selection:
    """Nodes and relationships of a store that hold on a day, within a scope.

    `on` None: on whatever day. `scope` is the id of a place (the units located there on the day,
    and what hangs on them), of a unit (the same for its subtree by line), or None (all).
    `evidence` adds documents and what is stated in them. Undated facts hold always. A
    relationship comes where both its ends do. Labels for internal use never come.
    Raises UnknownName where neither a place nor a unit has the id of the scope, NothingFound
    where it does not exist on the day.
    """

    def __init__(self, store: Store, *, on: dt.date | None, scope: str | None, evidence: bool) -> None:
        self._store = store
        self._on = on
        self._scoped = scope is not None
        self.labels = [
            name
            for name, kind in schema().labels.items()
            if not kind.internal and (evidence or name not in EVIDENCE_LABELS)
        ]
        facts = [name for name in schema().relationships if name not in EVIDENCE_TYPES]
        self.types = [*facts, *EVIDENCE_TYPES] if evidence else facts
        self._node_ids: dict[str, set[str]] = {}
        self._edge_ids: dict[str, set[str]] = {}
        if scope is not None:
            self._node_ids = self._around(scope)
            if evidence:
                self._node_ids["Document"] = {end for _, _, end, _ in self._stated()}

    def nodes(self, label: str | None = None) -> Iterator[Node]:
        """(label, properties) of every node, or of those with one label."""
        for name in self.labels if label is None else [label]:
            ids = set()
            for (properties,) in self._read_nodes(name, "properties(n)"):
                ids.add(properties["id"])
                yield name, properties
            self._node_ids[name] = ids

    def edges(self, type_: str | None = None) -> Iterator[Edge]:
        """(type, id of the start, id of the end, properties) of every relationship, or of one type."""
        for name in self.types if type_ is None else [type_]:
            ids = set()
            for edge in self._stated() if name == "STATED_IN" else self._read_edges(name):
                if any(edge[2] in self._ids(label) for label in _end_labels(name)):
                    ids.add(edge[3]["id"])
                    yield edge
            self._edge_ids[name] = ids

    def _ids(self, label: str) -> set[str]:
        """Ids of the nodes of a label that belong to the selection; read once."""
        if label not in self._node_ids:
            known = label in self.labels and not self._scoped
            self._node_ids[label] = {id_ for (id_,) in self._read_nodes(label, "n.id")} if known else set()
        return self._node_ids[label]

    def _stated(self) -> Iterator[Edge]:
        """The evidence of the facts that belong to the selection."""
        facts: set[str] = set()
        for label in self.labels:
            facts |= self._ids(label)
        for name in self.types:
            if name not in EVIDENCE_TYPES:
                if name not in self._edge_ids:
                    for _ in self.edges(name):
                        pass
                facts |= self._edge_ids[name]
        return (edge for edge in self._read_edges("STATED_IN") if edge[3]["fact"] in facts)

    def _read_nodes(self, label: str, returned: str) -> Iterator[list[Any]]:
        if self._scoped:
            query = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN {returned}"
            return self._stream(query, self._node_ids.get(label, ()))
        return self._stream(f"MATCH (n:{label}){_where(self._holds('n', schema().labels[label]))} RETURN {returned}")

    def _read_edges(self, type_: str) -> Iterator[Edge]:
        """The relationships of a type that hold on the day and whose start belongs to the selection."""
        holds = _where(self._holds("r", schema().relationships[type_]))
        back = f"-[r:{type_}]->(b){holds} RETURN a.id, b.id, properties(r)"
        for label in sorted({start for start, _ in schema().relationships[type_].ends}):
            ids = self._ids(label)
            if self._scoped:
                rows = self._stream(f"UNWIND $ids AS id MATCH (a:{label} {{id: id}}){back}", ids)
            else:
                rows = self._stream(f"MATCH (a:{label}){back}")
            for start, end, properties in rows:
                if start in ids:
                    yield type_, start, end, properties

    def _around(self, scope: str) -> dict[str, set[str]]:
        """Ids of the nodes of a scope by label, documents left out."""
        found: dict[str, set[str]] = {label: set() for label in self.labels}
        kind = self._kind_of_scope(scope)
        if kind == "Place":
            found["Unit"] = self._reached({scope}, "Place", "<LOCATED_IN", "Unit")
        found[kind].add(scope)
        edge = {scope} if kind == "Unit" else set()
        while edge:
            edge = self._reached(edge, "Unit", "<PART_OF", "Unit", "r.kind = 'line'") - found["Unit"]
            found["Unit"] |= edge
        for near, step, far in _HANGING:
            found[far] |= self._reached(found[near], near, step, far)
        return found

    def _kind_of_scope(self, scope: str) -> str:
        for label in ("Place", "Unit"):
            holds = " AND ".join(self._holds("n", schema().labels[label])) or "true"
            query = f"MATCH (n:{label} {{id: $id}}) RETURN {holds} AS holds, n.name AS name"
            rows = self._store.read(query, {"id": scope, "on": self._on}).rows
            if rows and not rows[0][0]:
                raise NothingFound(f"{rows[0][1]} does not exist on {self._on}", "take another day for `on`")
            if rows:
                return label
        raise UnknownName("place or unit", scope)

    def _reached(self, ids: Collection[str], near: str, step: str, far: str, *conditions: str) -> set[str]:
        """Ids of the nodes one step away over relationships that hold on the day."""
        types = step.lstrip("<")
        kind = schema().relationships[types.split("|")[0]]
        arrow = f"<-[r:{types}]-" if step.startswith("<") else f"-[r:{types}]->"
        where = _where([*self._holds("r", kind), *self._holds("m", schema().labels[far]), *conditions])
        query = f"UNWIND $ids AS id MATCH (n:{near} {{id: id}}){arrow}(m:{far}){where} RETURN DISTINCT m.id"
        return {id_ for (id_,) in self._stream(query, ids)}

    def _stream(self, query: str, ids: Collection[str] | None = None) -> Iterator[list[Any]]:
        if ids is None:
            yield from self._store.stream(query, {"on": self._on})
            return
        for batch in batches(sorted(ids)):
            yield from self._store.stream(query, {"ids": batch, "on": self._on})

    def _holds(self, name: str, kind: Kind) -> list[str]:
        """The conditions on a node or relationship for the day."""
        if self._on is None or not kind.validity:
            return []
        return [
            f"({name}.valid_from IS NULL OR {name}.valid_from <= $on)",
            f"({name}.valid_to IS NULL OR {name}.valid_to > $on)",
        ]


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _end_labels(type_: str) -> list[str]:
    return sorted({end for _, end in schema().relationships[type_].ends})
