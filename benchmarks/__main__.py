"""make bench: the same graph in both stores, measured; prints the page and keeps it in RESULTS.md.

A full run takes about an hour and 20 GB of disk. `python -m benchmarks --units 4000` takes minutes.
`python -m benchmarks statements` measures the comparison of a country's statements instead, `python -m
benchmarks charts` the charts, against Graphviz, `python -m benchmarks reading` the reading of documents.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import charts, load, reading, report, start, stores
from benchmarks.generate import generate
from benchmarks.measure import in_own_process
from benchmarks.pull import WAYS

RESULTS = Path(__file__).parent / "RESULTS.md"
UNITS, PEER_UNITS = 200_000, 20_000


def main() -> None:
    """Measure everything, print the page; a full run on both stores overwrites RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parts = ["graph", "statements", "charts", "reading"]
    parser.add_argument("part", nargs="?", choices=parts, default="graph", help="what to measure")
    parser.add_argument("--statements", type=int, default=1_000_000, help="size of the corpus (default 1000000)")
    parser.add_argument("--units", type=int, default=UNITS, help=f"size of the graph (default {UNITS})")
    parser.add_argument("--peer-units", type=int, help="size of the graph that is also written by plain UNWIND")
    parser.add_argument("--result", type=Path, help="where to write the page (default: RESULTS.md in a full run)")
    parser.add_argument("--work", type=Path, help="a new folder for the databases, which are then kept")
    parser.add_argument("--dot-limit", type=int, default=600, help="seconds after which dot is stopped (default 600)")
    options = parser.parse_args()
    if options.part == "charts":
        charts.run(_say, options.result, options.dot_limit)
        return
    if options.part == "reading":
        reading.run(_say, options.result)
        return
    if options.part == "statements":
        # It needs the dependency group bench
        from benchmarks.statements.run import run

        run(options.statements, _say, options.result)
        return
    missing = stores.missing()
    kinds = [stores.EMBEDDED] if missing else [stores.EMBEDDED, stores.NEO4J]
    if missing:
        _say(f"Neo4j is NOT measured: {missing}")
    work = options.work or Path(tempfile.mkdtemp(prefix="bomay-bench-"))
    work.mkdir(exist_ok=True)
    try:
        results = _measured(work, kinds, options.units, options.peer_units or min(options.units, PEER_UNITS))
    finally:
        if options.work is None:
            shutil.rmtree(work, ignore_errors=True)
    page = report.page(results, missing)
    print(page)
    target = options.result or (RESULTS if options.units >= UNITS and not missing else None)
    if target is not None:
        target.write_text(page, encoding="utf-8")
        _say(f"written to {target}")


def _measured(work: Path, kinds: list[str], units: int, peer_units: int) -> dict[str, Any]:
    results: dict[str, Any] = {}
    _say("start …")
    results["start"] = start.measure(work)
    _say(f"the loader and plain UNWIND, {peer_units:,} units …")
    results["peer_counts"] = generate(work / "small", peer_units)
    results["peers"] = load.compare(work / "small", work, kinds)
    _say(f"generating {units:,} units …")
    results["counts"] = generate(work / "country", units)
    results["stores"] = {kind: _measured_on(kind, work) for kind in kinds}
    return results


def _measured_on(kind: str, work: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with stores.opened(kind, work / "loader.db") as place:
        _say(f"{kind}: load …")
        found["load"] = in_own_process("benchmarks.load", "loader", str(work / "country"), place.url)
        found["server_mb"] = place.server_mb()
        _say(f"{kind}: queries …")
        found["queries"] = in_own_process("benchmarks.queries", place.url)["queries"]
        for way in WAYS:
            _say(f"{kind}: {way} …")
            found[way] = in_own_process("benchmarks.pull", way, place.url)
    return found


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
