"""What was measured, as a page of tables."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.queries import GOAL_MS

RATIO_GOAL = 1.5


def page(
    counts: dict[str, int], load: dict[str, Any], queries: list[dict[str, Any]], start: list[dict[str, Any]]
) -> str:
    """The whole page in Markdown."""
    parts = [
        "# What `make bench` measured",
        f"{dt.date.today().isoformat()}, {_machine()}. The goals are those of a quiet machine of this size.",
        _load_part(counts, load),
        _query_part(queries, counts["units"]),
        _start_part(start),
        notes(),
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def notes() -> str:
    """Findings that were measured once, by hand, with their dates."""
    return (Path(__file__).parent / "notes.md").read_text(encoding="utf-8")


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[2]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB memory, {platform.system()} {platform.machine()}, "
        f"average load of the last quarter of an hour {load:.1f}; Python {platform.python_version()}, "
        f"neo4j driver {version('neo4j')}, arcadedb {version('arcadedb')}"
    )


def _load_part(counts: dict[str, int], load: dict[str, Any]) -> str:
    rows = sum(counts.values())
    names = {"loader": "the loader, from CSV files", "raw": "plain UNWIND of the same rows"}
    lines = [
        [
            names[way],
            f"{load[way]['facts']:,}",
            f"{load[way]['seconds']:.1f}",
            f"{load[way]['facts'] / load[way]['seconds']:,.0f}",
            f"{load[way]['cpu']:.1f}",
            f"{load[way]['peak_mb']:,.0f}",
        ]
        for way in ("loader", "raw")
    ]
    said = ", ".join(f"{count:,} {sheet}" for sheet, count in counts.items())
    return "\n".join(
        [
            "## Load",
            "",
            f"{said}: {rows:,} rows of CSV.",
            "",
            _table(["way", "facts", "seconds", "facts/s", "CPU s", "peak MB"], lines),
            "",
            f"**Loader to raw: {load['ratio']:.2f}** (goal: at most {RATIO_GOAL}: "
            f"{_met(load['ratio'] <= RATIO_GOAL)}); in processor time, which other work on the machine "
            f"does not lengthen, {load['loader']['cpu'] / load['raw']['cpu']:.2f}. Before the first batch was "
            f"written, the loader took {load['loader']['before_writing']:.1f} s.",
        ]
    )


def _query_part(queries: list[dict[str, Any]], units: int) -> str:
    slow = [q for q in queries if q["ms"] > GOAL_MS]
    lines = [
        [q["query"], q["scope"], f"{q['rows']:,}", f"{q['ms']:.0f}" + (" **above**" if q in slow else "")]
        for q in sorted(queries, key=lambda q: -q["ms"])
    ]
    return "\n".join(
        [
            "## Named queries on one province, warm",
            "",
            f"Graph of {units:,} units. Goal: each within {GOAL_MS} ms: "
            f"{len(queries) - len(slow)} of {len(queries)} are.",
            "",
            _table(["query", "scope", "rows", "median ms"], lines),
        ]
    )


def _start_part(start: list[dict[str, Any]]) -> str:
    lines = [
        [
            s["command"],
            f"{s['seconds']:.2f}",
            f"{s['goal']} {_met(s['seconds'] <= s['goal'])}" if s["goal"] else "",
            f"{s['of_python']:.1f}",
            f"{s['of_engine']:.2f}",
        ]
        for s in start
    ]
    heads = ["command", "median s", "goal s", "times `python -c pass`", "times engine alone"]
    return "## Start\n\nFresh processes, on the demo database.\n\n" + _table(heads, lines)


def _met(met: bool) -> str:
    return "met" if met else "**missed**"


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [heads, ["---"] * len(heads), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
