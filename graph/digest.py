"""A short value for the content of a graph, by label and relationship type.

Two stores with the same facts have the same digests, whatever engine is behind them and in
whatever order they give their rows: a digest is the sum, modulo 2^128, of the BLAKE2b hashes of
the rows. Sums can be subtracted, so a part of a graph can be left out of a comparison.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.parts import LINK_COLUMNS, content_labels, known_label, start_labels
from graph.schema import schema
from graph.store import Store

BYTES = 16
MODULUS = 1 << (8 * BYTES)
# rows between two calls of the progress
STEP = 1_000
Progress = Callable[[int], None]


@dataclass
class Tally:
    """How many rows there are and the sum of their hashes."""

    count: int = 0
    total: int = 0

    def add(self, row: str) -> None:
        """Count one row, given in its canonical form."""
        hashed = hashlib.blake2b(row.encode("utf-8"), digest_size=BYTES).digest()
        self.count += 1
        self.total = (self.total + int.from_bytes(hashed, "big")) % MODULUS

    def without(self, part: Tally) -> Tally:
        """What is left when the rows of the part are taken out."""
        return Tally(self.count - part.count, (self.total - part.total) % MODULUS)

    @property
    def hex(self) -> str:
        """The sum as 32 hexadecimal digits."""
        return f"{self.total:0{2 * BYTES}x}"


def digest(store: Store) -> dict[str, tuple[int, str]]:
    """Number of rows and digest of every label and relationship type of the schema, read in one stream each.

    The schema version (Meta) is not content. Raises StoreError where the store cannot be read.
    """
    return {name: (tally.count, tally.hex) for name, tally in tallies(store).items()}


def tallies(store: Store, progress: Progress | None = None) -> dict[str, Tally]:
    """As `digest`, in a form that can be subtracted; `progress` is called with the rows since its last call."""
    result = {name: Tally() for name in (*content_labels(), *schema().relationships)}
    seen = 0

    def count() -> None:
        nonlocal seen
        seen += 1
        if progress and seen % STEP == 0:
            progress(STEP)

    for label in content_labels():
        for (properties,) in store.stream(f"MATCH (n:{label}) RETURN properties(n) AS p"):
            result[label].add(canonical_node(properties))
            count()
    for label in start_labels():
        for row in store.stream(f"MATCH (a:{label})-[r]->(b) RETURN {LINK_COLUMNS}"):
            type_ = row[0]
            if type_ in schema().relationships:
                result[type_].add(canonical_link(label, row))
                count()
    if progress:
        progress(seen % STEP)
    return result


def canonical_node(properties: Mapping[str, Any]) -> str:
    """A node as one text: equal for equal content only, also where Python's == is not (1 and True, NaN)."""
    return _canonical(properties)


def canonical_link(start_label: str, row: list[Any]) -> str:
    """A relationship as one text; the row has LINK_COLUMNS."""
    _, start, labels, end, properties = row
    return _canonical([start_label, start, known_label(labels), end, properties])


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_temporal)


def _temporal(value: Any) -> dict[str, str]:
    """A date, marked as one: the text '2019-10-09' is something else."""
    if isinstance(value, dt.date | dt.time):
        return {type(value).__name__: value.isoformat()}
    return {type(value).__name__: str(value)}
