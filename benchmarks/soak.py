"""Readers and writers on one store at the same time: no update is lost, no event is seen in part.

    python -m benchmarks.soak                               50 readers, 2 writers, 2 minutes, `bomay serve`
    python -m benchmarks.soak --store neo4j://localhost     the same on a server

Each writer loads one merger after the other with graph.ingest, and adds one to a counter that all
writers share. A reader asks for all effects of one merger, or counts the effects of all of them.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph import ingest
from graph.dates import as_properties, parse_date
from graph.errors import BomayError, StoreConflict
from graph.facts import Facts
from graph.store import Store, connect

FUNCTIONS = 12  # of each unit that merges
READERS_IN_PROCESS = 10
START_SECONDS = 120
DATE = "2017-08-31"
TEXT = "Tham mưu, giúp cấp ủy trong công tác tổ chức xây dựng đảng. " * 12
COUNTER = "soak-counter"

ONE = (
    "MATCH (a:Unit {id: $a}) MATCH (b:Unit {id: $b}) "
    "OPTIONAL MATCH (a)-[old:PERFORMS]->() WHERE old.valid_to IS NOT NULL "
    "WITH a, b, count(old) AS closed "
    "OPTIONAL MATCH (e:Event {id: $e})-[:OUTPUT]->(c:Unit)-[new:PERFORMS]->() "
    "RETURN a.ended_by IS NOT NULL AS a, b.ended_by IS NOT NULL AS b, closed, count(new) AS opened"
)
ALL = (
    "MATCH (u:Unit) WHERE u.ended_by IS NOT NULL WITH count(u) AS ended "
    "MATCH (e:Event) WITH ended, count(e) AS events RETURN ended, events"
)


@dataclass
class Report:
    """What happened; `torn` are reads that saw a part of an event, `lost` updates that are gone."""

    seconds: float = 0.0
    reads: int = 0
    writes: int = 0
    again: int = 0  # loads that were planned again, since another writer was quicker
    torn: int = 0
    lost: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        lines = [
            f"{self.reads} reads ({self.reads / self.seconds:.0f}/s), {self.writes} events written "
            f"({self.writes / self.seconds:.1f}/s, {self.again} loads planned again) in {self.seconds:.0f} s",
            f"torn reads {self.torn}, lost updates {self.lost}, errors {self.errors.total()}",
        ]
        return "\n".join([*lines, *(f"  {count} × {text}" for text, count in self.errors.most_common(10))])

    def add(self, other: Report) -> None:
        """Count another process's part in."""
        self.reads += other.reads
        self.writes += other.writes
        self.again += other.again
        self.torn += other.torn
        self.errors += other.errors


def soak(url: str, *, readers: int, writers: int, seconds: float) -> Report:
    """Read and write for so long, in processes of their own, then compare the store with what was written."""
    context = multiprocessing.get_context("spawn")
    stop, results = context.Event(), context.Queue()
    groups = [min(READERS_IN_PROCESS, readers - n) for n in range(0, readers, READERS_IN_PROCESS)]
    # the time begins when all of them are connected, and this process is ready too
    ready = context.Barrier(writers + len(groups) + 1)
    counters = [context.Value("i", 0) for _ in range(writers)]
    with connect(url) as store:
        ingest.write(store, ingest.plan(store, _counter()), {"id": COUNTER, "file": "soak", "digest": COUNTER})
    processes = [
        *(context.Process(target=_write, args=(url, n, counters[n], ready, stop, results)) for n in range(writers)),
        *(context.Process(target=_read, args=(url, size, counters, ready, stop, results)) for size in groups),
    ]
    for process in processes:
        process.start()
    ready.wait(START_SECONDS)
    started = time.monotonic()
    time.sleep(seconds)
    stop.set()
    total = Report(seconds=time.monotonic() - started)
    for _ in processes:
        total.add(results.get(timeout=120))
    for process in processes:
        process.join()
    with connect(url) as store:
        counted = store.read("MATCH (p:Position {id: $id}) RETURN p.seats", {"id": COUNTER}).value()
        events = store.read("MATCH (e:Event) WHERE e.id STARTS WITH 'soak-' RETURN count(e)").value()
    total.lost = abs(total.writes - counted) + abs(total.writes - events)
    return total


def _counter() -> Facts:
    facts = Facts()
    facts.add_node("Position", COUNTER, {"title": "soak", "role": "member", "seats": 0})
    return facts


def _write(url: str, writer: int, done: Any, ready: Any, stop: Any, results: Any) -> None:
    report = Report()
    with connect(url, purpose="soak") as store:
        ready.wait(START_SECONDS)
        while not stop.is_set():
            family = f"soak-{writer}-{done.value}"
            try:
                _load(store, _units(family), f"{family}-units", report)
                _load(store, _merger(family), f"{family}-event", report)
                store.write("MATCH (p:Position {id: $id}) SET p.seats = p.seats + 1", {"id": COUNTER})
            except BomayError as error:
                report.errors[f"write: {error.message}"] += 1
                break
            report.writes += 1
            done.value += 1
    results.put(report)


def _load(store: Store, facts: Facts, name: str, report: Report) -> None:
    """As loaders.load does it: planned again where another writer changed the graph meanwhile."""
    while True:
        try:
            ingest.write(store, ingest.plan(store, facts), {"id": name, "file": name, "digest": name})
        except StoreConflict:
            report.again += 1
        else:
            return


def _units(family: str) -> Facts:
    facts = Facts()
    for unit in ("a", "b"):
        id_ = f"{family}-{unit}"
        kind = {"kind": "phong", "level": "province", "system": "state"}
        facts.add_node("Unit", id_, {"name": f"Phòng {id_}", **kind})
        for number in range(FUNCTIONS):
            facts.add_node("Function", f"{id_}-{number}", {"text": f"{number}. {TEXT}"})
            facts.add_relationship("PERFORMS", id_, f"{id_}-{number}", {})
    return facts


def _merger(family: str) -> Facts:
    facts = _units(family)
    facts.add_node("Event", family, {"kind": "merge", "status": "in_force", **as_properties("date", parse_date(DATE))})
    name = f"{family}-c"
    facts.add_node("Unit", name, {"name": f"Phòng {name}", "kind": "phong", "level": "province", "system": "state"})
    for unit in ("a", "b"):
        facts.add_relationship("INPUT", family, f"{family}-{unit}", {})
    facts.add_relationship("OUTPUT", family, name, {})
    return facts


def _read(url: str, size: int, counters: Any, ready: Any, stop: Any, results: Any) -> None:
    report, lock = Report(), threading.Lock()
    with connect(url, purpose="soak") as store:
        ready.wait(START_SECONDS)
        shared = (store, counters, stop, report, lock)
        threads = [threading.Thread(target=_one_reader, args=shared) for _ in range(size)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    results.put(report)


def _one_reader(store: Store, counters: Any, stop: Any, report: Report, lock: Any) -> None:
    mine = Report()
    while not stop.is_set():
        writer = random.randrange(len(counters))
        # the family that is being written just now, or the one before
        family = f"soak-{writer}-{max(0, counters[writer].value - random.randrange(2))}"
        try:
            if random.random() < 0.5:
                whole = _whole(store.read(ONE, {"a": f"{family}-a", "b": f"{family}-b", "e": family}).rows)
            else:
                # no row: the store has no event yet
                whole = all(ended == 2 * events for ended, events in store.read(ALL).rows)
        except BomayError as error:
            mine.errors[f"read: {error.message}"] += 1
            time.sleep(0.1)
            continue
        mine.reads += 1
        mine.torn += not whole
    with lock:
        report.add(mine)


def _whole(rows: list[list[Any]]) -> bool:
    """Whether a read saw all effects of an event or none of them."""
    none, every = [False, False, 0, 0], [True, True, FUNCTIONS, 2 * FUNCTIONS]
    return all(row in (none, every) for row in rows)


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """A new database in the folder, and `bomay serve` on it."""
    connect(str(folder), create=True).close()
    server = subprocess.Popen(
        [sys.executable, "-m", "bomay.cli", "serve", "--store", str(folder), "--lang", "en"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        while "Ctrl+C" not in (line := server.stdout.readline()):
            if not line:
                raise SystemExit("bomay serve did not start")
        yield
    finally:
        server.terminate()
        server.wait()


def main() -> int:
    """Run it and print the report; exit code 1 where something was torn, lost or refused."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__.splitlines()[0])
    parser.add_argument("--store", help="address of a Neo4j server (default: a new folder through `bomay serve`)")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--writers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=120)
    options = parser.parse_args()
    wanted = {"readers": options.readers, "writers": options.writers, "seconds": options.seconds}
    if options.store:
        report = soak(options.store, **wanted)
    else:
        work = Path(tempfile.mkdtemp(prefix="bomay-soak-"))
        try:
            with served(work / "bomay.db"):
                report = soak(str(work / "bomay.db"), **wanted)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    print(report)
    return int(bool(report.torn or report.lost or report.errors))


if __name__ == "__main__":
    sys.exit(main())
