"""python -m benchmarks statements: a country's statements collapsed and joined, with peers, in one run."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.measure import in_own_process
from benchmarks.statements.corpus import STATEMENTS

RESULTS = Path(__file__).parent / "RESULTS.md"
GOAL_CPU, GOAL_MB, GOAL_RATIO, GOAL_RECALL = 25.0, 1_024, 2.5, 0.999
PEERS = ("brute force", "sparse_dot_topn", "scipy", "MinHash")


def run(statements: int, say: Callable[[str], None], result: Path | None) -> None:
    """Measure and print; a run on the whole country is added to RESULTS.md (or to `result`)."""
    folder = Path(tempfile.mkdtemp(prefix="bomay-statements-"))
    try:
        say(f"{statements:,} statements …")
        # Once to have the inner loops compiled, as they are from the second use on
        in_own_process("benchmarks.statements.ours", str(folder), "20000")
        ours = in_own_process("benchmarks.statements.ours", str(folder), str(statements))
        peers = {}
        for name in PEERS:
            say(f"{name} …")
            peers[name] = in_own_process("benchmarks.statements.peers", name, str(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    page = _page(ours, peers)
    print(page)
    target = result or (RESULTS if statements >= STATEMENTS else None)
    if target is not None:
        with target.open("a", encoding="utf-8") as file:
            file.write(page)
        say(f"added to {target}")


def _page(ours: dict[str, Any], peers: dict[str, Any]) -> str:
    steps = ours["steps"]
    counted = [steps[name] for name in ("collapse", "vectors", "loading numba", "join 0.8")]
    total, peak = sum(step["cpu"] for step in counted), counted[-1]["peak_mb"]
    join, topn, exact = steps["join 0.8"]["cpu"], peers["sparse_dot_topn"]["cpu"], peers["brute force"]
    ratio, recall = topn / join, exact["both"] / max(1, exact["pairs"])
    lines = [
        f"\n## {dt.date.today().isoformat()}: {ours['texts']:,} texts\n",
        f"{os.cpu_count()} cores, average load of the last quarter of an hour {os.getloadavg()[2]:.1f}; "
        + ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "scipy", "sparse-dot-topn", "datasketch"))
        + f". {ours['texts']:,} texts ({ours['distinct']:,} different) of {ours['places']:,} places collapsed to "
        f"{ours['statements']:,} statements, {ours['entries']:,} words in their vectors, "
        f"{ours['features']:,} different. "
        f"{ours['other_keys']} of {ours['sample']:,} texts have another key when parsed alone.\n",
        "| step | CPU s | peak MB | pairs |",
        "| --- | --- | --- | --- |",
        f"| texts in memory |  | {ours['before_mb']:,.0f} |  |",
        f"| collapse | {steps['collapse']['cpu']:.1f} | {steps['collapse']['peak_mb']:,.0f} |  |",
        f"| vectors | {steps['vectors']['cpu']:.1f} | {steps['vectors']['peak_mb']:,.0f} |  |",
        f"| loading numba | {steps['loading numba']['cpu']:.1f} | {steps['loading numba']['peak_mb']:,.0f} |  |",
        *(
            f"| all pairs at {t} | {steps[f'join {t}']['cpu']:.1f} | {steps[f'join {t}']['peak_mb']:,.0f} | {count:,} |"
            for t, count in ours["pairs"].items()
        ),
        "",
        "| the same pairs at 0.8, one thread | CPU s | times ours | of our pairs |",
        "| --- | --- | --- | --- |",
        *(
            f"| {name} | {peers[name]['cpu']:.1f} | {peers[name]['cpu'] / join:.1f} | "
            f"{peers[name]['both'] / max(1, peers[name]['ours']):.1%} |"
            for name in PEERS[1:]
        ),
        "",
        f"- Whole way to the pairs at 0.8: **{total:.1f} CPU s** (goal {GOAL_CPU:.0f}: {_met(total <= GOAL_CPU)}), "
        f"{peak:,.0f} MB (goal {GOAL_MB:,}: {_met(peak <= GOAL_MB)}).",
        f"- sparse_dot_topn takes **{ratio:.1f} times** as long (goal {GOAL_RATIO}: {_met(ratio >= GOAL_RATIO)}).",
        f"- Of the {exact['pairs']:,} pairs that brute force finds for a sample of rows, **{recall:.4%}** are found "
        f"(goal {GOAL_RECALL:.1%}: {_met(recall >= GOAL_RECALL)}), and {exact['ours'] - exact['both']} "
        "that it does not find.",
    ]
    return "\n".join(lines) + "\n"


def _met(met: bool) -> str:
    return "met" if met else "**missed**"
