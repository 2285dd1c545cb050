"""The loader against the engine: the same rows, once from the files, once by plain UNWIND.

python -m benchmarks.load loader FOLDER STORE   files to facts to a fresh store, as `bomay load` does
python -m benchmarks.load raw FOLDER STORE      the rows of the same plan, written by nothing but UNWIND

Both run in a process of their own and print what they took as JSON. The raw one makes its plan
before its time starts, and writes in the same order, batches and transactions as the loader.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measure import in_own_process, taken
from graph import ingest
from graph.ingest import Plan, plan
from graph.store import Store, Transaction, connect
from loaders.load import load
from loaders.parse import parse
from loaders.read import read_tables
from loaders.resolve import resolve

Rows = list[dict[str, Any]]


def compare(folder: Path, work: Path) -> dict[str, Any]:
    """Load the folder both ways into `work`/loader.db and `work`/raw.db."""
    result = {
        way: in_own_process("benchmarks.load", way, str(folder), str(work / f"{way}.db")) for way in ("raw", "loader")
    }
    return {**result, "ratio": result["loader"]["seconds"] / result["raw"]["seconds"]}


def by_loader(folder: Path, store: Store) -> dict[str, Any]:
    """The real way in; `before_writing` is the time until the first batch was written."""
    first: list[float] = []
    start = time.perf_counter()

    def progress(done: int, total: int) -> None:
        if not first:
            first.append(time.perf_counter() - start)

    facts: list[int] = []
    result = taken(lambda: facts.append(load(store, [folder], progress=progress).plan.size))
    return {**result, "facts": facts[0], "before_writing": first[0]}


def by_unwind(folder: Path, store: Store) -> dict[str, Any]:
    """The same rows with one statement a label or type, as short as Cypher allows."""
    todo = planned(folder, store)
    steps = list(_statements(todo))
    return {**taken(lambda: _write(store, steps)), "facts": todo.size}


def planned(folder: Path, store: Store | None = None) -> Plan:
    """What loading the folder into the store would write. Raises AssertionError if it has problems."""
    parsed = parse(read_tables(folder))
    facts, problems, _ = resolve(parsed.records, store)
    assert not parsed.problems and not problems, [*parsed.problems, *problems][:5]
    assert store is not None
    return plan(store, facts)


def _statements(todo: Plan) -> Iterator[tuple[str, Rows]]:
    for node in todo.nodes:
        node.properties["load"] = "raw"
    for relationship in todo.relationships:
        relationship.properties["load"] = "raw"
    nodes: dict[str, Rows] = {}
    for node in todo.nodes:
        nodes.setdefault(node.label, []).append(node.properties)
    for label, rows in nodes.items():
        yield f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows
    relationships: dict[tuple[str, str, str], Rows] = {}
    for r in todo.relationships:
        group = (todo.labels[r.start], r.type, todo.labels[r.end])
        relationships.setdefault(group, []).append({"a": r.start, "b": r.end, "p": r.properties})
    for (start, type_, end), rows in relationships.items():
        yield (
            (
                f"UNWIND $rows AS row MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}}) "
                f"CREATE (a)-[r:{type_}]->(b) SET r = row.p"
            ),
            rows,
        )


def _write(store: Store, steps: list[tuple[str, Rows]]) -> None:
    """In one transaction, or in many of one statement each, as graph.ingest does it."""

    def whole(transaction: Transaction) -> None:
        for statement, rows in steps:
            for part in _parts(rows, ingest.BATCH):
                transaction.run(statement, {"rows": part})

    if sum(len(rows) for _, rows in steps) <= ingest.ONE_TRANSACTION:
        store.execute(whole)
        return
    for statement, rows in steps:
        for part in _parts(rows, ingest.BATCH):
            store.write(statement, {"rows": part})


def _parts(rows: Rows, size: int) -> Iterator[Rows]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def main(way: str, folder: str, path: str) -> None:
    """One of the two ways, in this process."""
    with connect(path, create=True, purpose="benchmark") as store:
        work = {"loader": by_loader, "raw": by_unwind}[way]
        print(json.dumps(work(Path(folder), store)))


if __name__ == "__main__":
    main(*sys.argv[1:])
