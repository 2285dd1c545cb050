"""The facts of one load while they are being made: in memory as long as they are few, then on disk.

Up to `ingest.ONE_TRANSACTION` they are a `Facts`. Beyond, they are parts: lists of some thousand
facts in the order in which they were made, nodes apart from relationships, which `graph.bulk`
writes one after the other. A fact that may have been made before goes into a part of its own
kind, which is compared with what is stored by then; every other fact is in exactly one part.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from graph import ingest
from graph.facts import Facts, Properties, Relationship, relationship_id
from graph.schema import schema
from graph.spool import Block, Spool

# Events are looked at as a whole, with all that they concern: they stay in memory.
EVENT = "Event"
# A filter of 2^28 bits (32 MB) is wrong about one fact in a hundred of three million.
FILTER_BITS = 28
PART = 1_000
NODES, LINKS = "nodes", "links"


@dataclass(frozen=True)
class Part:
    """Facts that are written together; the checksum of their ids tells them from those of another run."""

    number: int
    kind: str  # NODES or LINKS
    again: bool
    size: int
    checksum: int
    block: Block


@dataclass
class _Queue:
    kind: str
    again: bool
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    checksum: int = 0


class _Filter:
    """Whether an id may have come before: never a wrong no, seldom a wrong yes."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def seen(self, checksum: int) -> bool:
        if not self._bits:
            self._bits = bytearray(1 << (FILTER_BITS - 3))
        place = checksum & ((1 << FILTER_BITS) - 1)
        byte, bit = place >> 3, 1 << (place & 7)
        if self._bits[byte] & bit:
            return True
        self._bits[byte] |= bit
        return False


class Collected:
    """Takes the facts of a load: `few` has them all, or, where they are `many`, `parts` and `events` have.

    `limit` is how many are few: `ingest.ONE_TRANSACTION`, if not given; `part` is the size of the parts.
    """

    def __init__(self, limit: float | None = None, part: int = PART) -> None:
        self._limit = ingest.ONE_TRANSACTION if limit is None else limit
        self._part_size = part
        self.few = Facts()
        self.events = Facts()
        self.parts: list[Part] = []
        self._spool: Spool | None = None
        self._queues: dict[tuple[str, bool], _Queue] = {}
        self._filters = {NODES: _Filter(), LINKS: _Filter()}

    @property
    def many(self) -> bool:
        """Whether the facts are in parts."""
        return self._spool is not None

    @property
    def size(self) -> int:
        """Number of facts; of many, a fact that was made twice counts twice."""
        held = self.events if self.many else self.few
        return sum(part.size for part in self.parts) + len(held.nodes) + len(held.relationships)

    def add_node(self, label: str, id_: str, properties: Properties) -> None:
        """Add a node, or merge what is new into the one that is there."""
        if self._spool is None:
            self.few.add_node(label, id_, properties)
            self._divide()
        elif label == EVENT:
            self.events.add_node(label, id_, properties)
        else:
            self._queue(NODES, id_, (label, id_, properties))

    def add_relationship(
        self, type_: str, start: str, end: str, properties: Properties, labels: tuple[str, str] | None = None
    ) -> str:
        """Add a relationship, or merge what is new into the one that is there; returns its id.

        `labels` of its ends are needed for a type that the schema has with several.
        """
        labels = labels or _only_labels(type_)
        if self._spool is None:
            relationship = self.few.add_relationship(type_, start, end, properties)
            relationship.labels = labels
            self._divide()
            return relationship.id
        id_ = relationship_id(type_, start, end, properties)
        if EVENT in labels:
            self.events.add_relationship(type_, start, end, properties)
        else:
            self._queue(LINKS, id_, (type_, id_, start, end, properties, labels))
        return id_

    def close(self) -> None:
        """All facts are there: what is left over becomes the last parts."""
        for queue in self._queues.values():
            self._cut(queue)
        self._filters.clear()

    def facts_of(self, part: Part) -> Facts:
        """The facts of a part; those that were made twice in it are merged."""
        assert self._spool is not None
        facts = Facts()
        for row in self._spool.get(part.block):
            if part.kind == NODES:
                facts.add_node(*row)
            else:
                facts.take(Relationship(*row))
        return facts

    def ids_again(self) -> Iterator[str]:
        """The ids of all facts that may be in an earlier part too."""
        assert self._spool is not None
        for part in self.parts:
            if part.again:
                yield from (row[1] for row in self._spool.get(part.block))

    # ------------------------------------------------------------------ to disk

    def _divide(self) -> None:
        """Go on with parts once the facts are too many for one transaction."""
        if len(self.few.nodes) + len(self.few.relationships) <= self._limit:
            return
        self._spool = Spool()
        few, self.few = self.few, Facts()
        for node in few.nodes.values():
            self.add_node(node.label, node.id, node.properties)
        for each in few.relationships.values():
            self.add_relationship(each.type, each.start, each.end, each.properties, each.labels)

    def _queue(self, kind: str, id_: str, row: tuple[Any, ...]) -> None:
        code = id_.encode()
        again = self._filters[kind].seen(zlib.crc32(code))
        queue = self._queues.get((kind, again))
        if queue is None:
            queue = self._queues[(kind, again)] = _Queue(kind, again)
        queue.rows.append(row)
        queue.checksum = zlib.crc32(code, queue.checksum)
        if len(queue.rows) >= self._part_size:
            self._cut(queue)

    def _cut(self, queue: _Queue) -> None:
        if not queue.rows:
            return
        assert self._spool is not None
        block = self._spool.put(queue.rows)
        self.parts.append(
            Part(len(self.parts), queue.kind, queue.again, len(queue.rows), queue.checksum, block)
        )
        queue.rows.clear()
        queue.checksum = 0


@lru_cache(maxsize=64)
def _only_labels(type_: str) -> tuple[str, str]:
    """The labels of the ends of a type that has no choice of them."""
    ends = schema().relationships[type_].ends
    starts, targets = {a for a, _ in ends}, {b for _, b in ends}
    if starts == {EVENT}:
        return EVENT, ""
    (start,), (end,) = starts, targets
    return start, end
