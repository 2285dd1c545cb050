"""Loading: by the loader from files, and the same facts by plain UNWIND, which is as fast as Cypher gets.

python -m benchmarks.load loader FOLDER STORE   files to facts to an empty store, as `bomay load` does
python -m benchmarks.load read STORE FILE       the facts of a loaded store, kept for the next
python -m benchmarks.load raw FILE STORE        the same facts, written by nothing but UNWIND

Each runs in a process of its own and prints what it took as JSON. The raw one has its rows in
memory before its time starts.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measure import in_own_process, taken
from benchmarks.stores import opened
from graph import ingest
from graph.schema import schema
from graph.store import Store, connect
from loaders.load import load

Rows = list[dict[str, Any]]
Steps = list[tuple[str, Rows]]


def compare(folder: Path, work: Path, kinds: list[str]) -> dict[str, dict[str, Any]]:
    """Load the folder into each kind of store both ways: {kind: {"loader": …, "raw": …}}."""
    facts = str(work / "facts.pickle")
    found: dict[str, dict[str, Any]] = {}
    for kind in kinds:
        with opened(kind, work / "peer-loader.db") as place:
            found[kind] = {"loader": in_own_process("benchmarks.load", "loader", str(folder), place.url)}
            in_own_process("benchmarks.load", "read", place.url, facts)
        with opened(kind, work / "peer-raw.db") as place:
            found[kind]["raw"] = in_own_process("benchmarks.load", "raw", facts, place.url)
    return found


def by_loader(store: Store, folder: str) -> dict[str, Any]:
    """The real way in; `before_writing` is the time until the first batch was written."""
    first: list[float] = []
    start = time.perf_counter()

    def progress(done: int, total: int) -> None:
        if not first:
            first.append(time.perf_counter() - start)

    result = taken(lambda: load(store, [Path(folder)], progress=progress))
    return {**result, "facts": _count(store), "before_writing": first[0]}


def read(store: Store, file: str) -> dict[str, Any]:
    """Keep what the store has as statements with their rows."""
    with Path(file).open("wb") as target:
        pickle.dump(list(_statements(store)), target)
    return {}


def by_unwind(store: Store, file: str) -> dict[str, Any]:
    """The rows with one statement a label or type, as short as Cypher allows."""
    with Path(file).open("rb") as source:
        steps: Steps = pickle.load(source)
    return {**taken(lambda: _write(store, steps)), "facts": _count(store)}


def _count(store: Store) -> int:
    """How many facts a store has, what it keeps for itself left out."""
    kept = [name for name, label in schema().labels.items() if not label.internal]
    nodes = sum(store.read(f"MATCH (n:{label}) RETURN count(n)").value() for label in kept)
    return int(nodes + sum(store.read(f"MATCH ()-[r:{t}]->() RETURN count(r)").value() for t in schema().relationships))


def _statements(store: Store) -> Iterator[tuple[str, Rows]]:
    for name, label in schema().labels.items():
        rows = [p for (p,) in store.stream(f"MATCH (n:{name}) RETURN properties(n)")] if not label.internal else []
        if rows:
            yield f"UNWIND $rows AS row CREATE (n:{name}) SET n = row", rows
    for type_, kind in schema().relationships.items():
        for start, end in kind.ends:
            found = store.stream(f"MATCH (a:{start})-[r:{type_}]->(b:{end}) RETURN a.id, b.id, properties(r)")
            rows = [{"a": a, "b": b, "p": p} for a, b, p in found]
            if rows:
                yield (
                    f"UNWIND $rows AS row MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}}) "
                    f"CREATE (a)-[r:{type_}]->(b) SET r = row.p",
                    rows,
                )


def _write(store: Store, steps: Steps) -> None:
    for statement, rows in steps:
        for start in range(0, len(rows), ingest.BATCH):
            store.write(statement, {"rows": rows[start : start + ingest.BATCH]})


def main(way: str, *arguments: str) -> None:
    """One of the ways, in this process."""
    work = {"loader": by_loader, "read": read, "raw": by_unwind}[way]
    path, other = (arguments[0], arguments[1]) if way == "read" else (arguments[1], arguments[0])
    with connect(path, create=True, purpose="benchmark") as store:
        print(json.dumps(work(store, other)))


if __name__ == "__main__":
    main(*sys.argv[1:])
