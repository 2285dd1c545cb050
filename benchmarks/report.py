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
from benchmarks.stores import EMBEDDED, HEAP, PAGE_CACHE

RATIO_GOAL = 1.5


def page(results: dict[str, Any], missing: str | None) -> str:
    """The whole page in Markdown; `missing` says why Neo4j was not measured."""
    said = f"**Neo4j was not measured:** {missing}." if missing else ""
    parts = [
        "# What `make bench` measured",
        f"{dt.date.today().isoformat()}, {_machine()}. The goals are those of a quiet machine of this size.",
        said,
        _stores_part(results["counts"], results["stores"]),
        _query_part(results["stores"], results["counts"]["units"]),
        _peer_part(results["peer_counts"], results["peers"]),
        _start_part(results["start"]),
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


def _stores_part(counts: dict[str, int], found: dict[str, Any]) -> str:
    kinds = list(found)
    loads = [found[kind]["load"] for kind in kinds]
    rows = [
        _row("load: facts a second", [each["facts"] / each["seconds"] for each in loads]),
        _row("load: seconds", [each["seconds"] for each in loads]),
        _row("load: processor seconds of bomay's process", [each["cpu"] for each in loads]),
        _row("load: peak memory of bomay's process, MB", [each["peak_mb"] for each in loads]),
        _row("load: peak memory of the server, MB", [found[kind]["server_mb"] for kind in kinds]),
    ]
    for way, name in (("networkx", "networkx"), ("arrow", "Arrow")):
        pulls = [found[kind][way] for kind in kinds]
        rows += [
            _row(f"whole graph to {name}: seconds", [each["seconds"] for each in pulls]),
            _row(f"whole graph to {name}: peak memory of bomay's process, MB", [each["peak_mb"] for each in pulls]),
        ]
    said = ", ".join(f"{count:,} {sheet}" for sheet, count in counts.items())
    pulled = found[kinds[0]]["networkx"]
    return "\n".join(
        [
            "## Both stores, one graph",
            "",
            f"{said}: {loads[0]['facts']:,} facts, of them {pulled['nodes']:,} nodes and {pulled['edges']:,} "
            f"relationships{_same(found)}. The embedded engine works inside bomay's process"
            + (
                f"; the Neo4j server has a heap of {HEAP} and a page cache of {PAGE_CACHE}. A ratio above 1 says that "
                "the embedded store has the larger figure."
                if len(kinds) > 1
                else "."
            ),
            "",
            _table(["", *kinds, *(["embedded : Neo4j"] if len(kinds) > 1 else [])], rows),
        ]
    )


def _same(found: dict[str, Any]) -> str:
    """Whether the stores gave back the same number of everything."""
    sizes = {(each[way]["nodes"], each[way]["edges"]) for each in found.values() for way in ("networkx", "arrow")}
    if len(sizes) > 1:
        return f" (**not the same everywhere**: {sorted(sizes)})"
    return ", the same in both" if len(found) > 1 else ""


def _row(name: str, values: Sequence[float | None]) -> list[str]:
    """A line of the table: the figures, and the first as a multiple of the second."""
    shown = ["" if value is None else f"{value:,.0f}" for value in values]
    if len(values) < 2:
        return [name, *shown]
    first, second = values[:2]
    return [name, *shown, f"{first / second:.2f}" if first and second else ""]


def _query_part(found: dict[str, Any], units: int) -> str:
    kinds = list(found)
    # (query, scope) → kind → row
    answers: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for kind in kinds:
        for row in found[kind]["queries"]:
            answers.setdefault((row["query"], row["scope"]), {})[kind] = row
    order = sorted(answers.items(), key=lambda item: -max(row["ms"] for row in item[1].values()))
    lines = []
    for (query, scope), rows in order:
        times = [rows[kind]["ms"] for kind in kinds]
        shown = [f"{ms:.0f}" + (" **above**" if ms > GOAL_MS else "") for ms in times]
        numbers = {row["rows"] for row in rows.values()}
        number = f"{numbers.pop():,}" if len(numbers) == 1 else f"**{sorted(numbers)}**"
        lines.append(
            [
                query,
                scope,
                number,
                *shown,
                *([f"{times[0] / times[1]:.1f}"] if len(kinds) > 1 else []),
                f"{rows[EMBEDDED]['cpu_ms']:.0f}",
            ]
        )
    within = ", ".join(
        f"{sum(rows[kind]['ms'] <= GOAL_MS for rows in answers.values())} of {len(answers)} ({kind})" for kind in kinds
    )
    heads = ["query", "scope", "rows", *kinds, *(["embedded : Neo4j"] if len(kinds) > 1 else [])]
    return "\n".join(
        [
            "## Named queries on one province, warm",
            "",
            f"Graph of {units:,} units. Medians in milliseconds; the last column is processor time, of engine and "
            f"driver. Goal: each within {GOAL_MS} ms: {within}.",
            "",
            _table([*heads, "embedded, processor"], lines),
        ]
    )


def _peer_part(counts: dict[str, int], peers: dict[str, dict[str, Any]]) -> str:
    names = {"loader": "the loader, from CSV files", "raw": "plain UNWIND of the same facts"}
    lines = [
        [
            kind,
            names[way],
            f"{taken['facts']:,}",
            f"{taken['seconds']:.1f}",
            f"{taken['facts'] / taken['seconds']:,.0f}",
            f"{taken['cpu']:.1f}",
            f"{taken['peak_mb']:,.0f}",
        ]
        for kind, ways in peers.items()
        for way, taken in ways.items()
    ]
    ratios = [
        f"**Loader to raw, {kind}: {ways['loader']['seconds'] / ways['raw']['seconds']:.2f}** (goal: at most "
        f"{RATIO_GOAL}: {_met(ways['loader']['seconds'] <= RATIO_GOAL * ways['raw']['seconds'])}); in processor time "
        f"of bomay's process {ways['loader']['cpu'] / ways['raw']['cpu']:.2f}. Before the first batch was written, "
        f"the loader took {ways['loader']['before_writing']:.1f} s."
        for kind, ways in peers.items()
    ]
    return "\n".join(
        [
            "## The loader against plain UNWIND",
            "",
            f"{counts['units']:,} units, {sum(counts.values()):,} rows of CSV.",
            "",
            _table(["store", "way", "facts", "seconds", "facts/s", "CPU s", "peak MB"], lines),
            "",
            *ratios,
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
