"""make bench: measures loading, named queries and start, prints it and keeps it in RESULTS.md.

`python -m benchmarks statements` measures the comparison of a country's statements instead.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import load, report, start
from benchmarks.generate import generate
from benchmarks.measure import in_own_process

RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> None:
    """Measure everything, print the page; a full run overwrites RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("part", nargs="?", choices=["graph", "statements"], default="graph", help="what to measure")
    parser.add_argument("--statements", type=int, default=1_000_000, help="size of the corpus (default 1000000)")
    parser.add_argument("--units", type=int, default=100_000, help="size of the graph (default 100000)")
    parser.add_argument("--result", type=Path, help="where to write the page (default: RESULTS.md in a full run)")
    parser.add_argument("--work", type=Path, help="a new folder for the databases, which are then kept")
    options = parser.parse_args()
    if options.part == "statements":
        # It needs the dependency group bench
        from benchmarks.statements.run import run

        run(options.statements, _say, options.result)
        return
    work = options.work or Path(tempfile.mkdtemp(prefix="bomay-bench-"))
    work.mkdir(exist_ok=True)
    try:
        _say("start …")
        started = start.measure(work)
        _say(f"generating {options.units:,} units …")
        counts = generate(work / "country", options.units)
        _say("load …")
        loaded = load.compare(work / "country", work)
        _say("queries …")
        asked = in_own_process("benchmarks.queries", str(work / "loader.db"))["queries"]
    finally:
        if options.work is None:
            shutil.rmtree(work, ignore_errors=True)
    page = report.page(counts, loaded, asked, started)
    print(page)
    target = options.result or (RESULTS if options.units >= 100_000 else None)
    if target is not None:
        target.write_text(page, encoding="utf-8")
        _say(f"written to {target}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
