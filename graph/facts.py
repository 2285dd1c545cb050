"""Facts in memory: the nodes and relationships of a load, or of a part of the store."""

from __future__ import annotations

import gc
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Properties = dict[str, Any]

# what a fact keeps of its first load, whatever later loads say again
ORIGIN = ("load", "load_at", "event")
_STRENGTH = {"stated": 0, "deduced": 1, "inferred": 2}


@dataclass(slots=True)
class Node:
    """A node with its label; `id` is also among the properties when it is stored."""

    label: str
    id: str
    properties: Properties


@dataclass(slots=True)
class Relationship:
    """A relationship between two node ids; `id` tells it from others between the same two."""

    type: str
    id: str
    start: str
    end: str
    properties: Properties
    labels: tuple[str, str] = ("", "")  # of its ends, where it is known without the nodes


def fact_id(prefix: str, *parts: object) -> str:
    """An id made of what identifies a fact; the same parts always give the same id."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{prefix}-{hashlib.blake2b(joined.encode(), digest_size=8).hexdigest()}"


# The properties that tell relationships of one type between the same two nodes apart.
_IDENTITY: dict[str, tuple[str, ...]] = {
    "PART_OF": ("kind", "valid_from"),
    "RELATED": ("kind", "valid_from"),
    "MEMBER_OF": ("kind", "valid_from"),
    "STATUS_IN": ("status", "level", "valid_from"),
    "TRANSFERS": ("from", "to"),
    "CITES": ("kind",),
    "STATED_IN": ("fact", "at"),
    "INPUT": (),
    "OUTPUT": (),
    "ABOUT": (),
    "ISSUED_BY": (),
}
_DATED = ("valid_from",)


def relationship_id(type_: str, start: str, end: str, properties: Properties) -> str:
    """The id of a relationship, from its ends and the properties that identify it."""
    identity = _IDENTITY.get(type_, _DATED)
    return fact_id("r", type_, start, end, *[properties.get(name) for name in identity])


@dataclass
class Facts:
    """Nodes and relationships by id, with the ways between them."""

    nodes: dict[str, Node] = field(default_factory=dict)
    relationships: dict[str, Relationship] = field(default_factory=dict)
    _leaving: dict[str, list[Relationship]] | None = field(default=None, repr=False)
    _arriving: dict[str, list[Relationship]] | None = field(default=None, repr=False)

    def add_node(self, label: str, id_: str, properties: Properties) -> Node:
        """Add a node, or merge what is new into the one that is there."""
        node = self.nodes.get(id_)
        if node is None:
            node = self.nodes[id_] = Node(label, id_, properties)
        else:
            merge_properties(node.properties, properties)
        return node

    def add_relationship(self, type_: str, start: str, end: str, properties: Properties) -> Relationship:
        """Add a relationship, or merge what is new into the one that is there."""
        id_ = relationship_id(type_, start, end, properties)
        relationship = self.relationships.get(id_)
        if relationship is None:
            relationship = Relationship(type_, id_, start, end, properties)
            self._link(relationship)
        else:
            merge_properties(relationship.properties, properties)
        return relationship

    def take(self, relationship: Relationship) -> None:
        """Add a relationship that has its id already, or merge it into the one that is there."""
        known = self.relationships.get(relationship.id)
        if known is None:
            self._link(relationship)
        else:
            merge_properties(known.properties, relationship.properties)

    def include(self, other: Facts) -> None:
        """Merge all of the other facts into these, without sharing their properties."""
        for node in other.nodes.values():
            self.add_node(node.label, node.id, dict(node.properties))
        for each in other.relationships.values():
            self.take(Relationship(each.type, each.id, each.start, each.end, dict(each.properties), each.labels))

    def leaving(self, id_: str, *types: str) -> list[Relationship]:
        """Relationships of the types that start at the node."""
        self._connect()
        assert self._leaving is not None
        return [r for r in self._leaving.get(id_, ()) if r.type in types]

    def arriving(self, id_: str, *types: str) -> list[Relationship]:
        """Relationships of the types that end at the node."""
        self._connect()
        assert self._arriving is not None
        return [r for r in self._arriving.get(id_, ()) if r.type in types]

    def of_label(self, label: str) -> Iterator[Node]:
        """All nodes with the label."""
        return (node for node in self.nodes.values() if node.label == label)

    def _link(self, relationship: Relationship) -> None:
        self.relationships[relationship.id] = relationship
        if self._leaving is not None and self._arriving is not None:
            self._leaving[relationship.start].append(relationship)
            self._arriving[relationship.end].append(relationship)

    def _connect(self) -> None:
        if self._leaving is not None:
            return
        leaving: dict[str, list[Relationship]] = defaultdict(list)
        arriving: dict[str, list[Relationship]] = defaultdict(list)
        for relationship in self.relationships.values():
            leaving[relationship.start].append(relationship)
            arriving[relationship.end].append(relationship)
        self._leaving, self._arriving = leaving, arriving


def merge_properties(known: Properties, new: Properties) -> None:
    """Bring what a further statement says into a fact that is already known.

    Nothing is erased: a value that is not given again stays. Lists are joined, the stronger
    basis wins, the origin stays, an end that an event set stays, and a former official name
    does not come back as the present one.
    """
    for name, value in new.items():
        if value is None or name in ORIGIN or _stays(name, known, new):
            continue
        old = known.get(name)
        if old is None:
            known[name] = value
        elif name == "basis":
            known[name] = min(old, value, key=lambda basis: _STRENGTH.get(basis, 9))
        elif isinstance(old, list) and isinstance(value, list):
            known[name] = old + [item for item in value if item not in old]
        else:
            known[name] = value


def _stays(name: str, known: Properties, new: Properties) -> bool:
    """Whether the value was set by an event, which a plain row does not take back."""
    if name.startswith("valid_to"):
        return "ended_by" in known and "ended_by" not in new
    return name in ("name", "name_key", "search_key") and new.get("name") in known.get("former_names", ())


@contextmanager
def collector_off() -> Iterator[None]:
    """No search for reference cycles while facts are made; also usable as a decorator.

    Facts are kept, by the hundred thousand, and searching them over and over takes a sixth of the
    time of a large load.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def by_label(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    """The nodes in groups of one label, in the order in which the labels come."""
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        groups[node.label].append(node)
    return groups
