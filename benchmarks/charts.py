"""How long charts take, and what they take of memory and disk; the layout against Graphviz's `dot`.

Each measurement is made in a process of its own, so that nothing is warm: fonts are read and texts
measured for the first time. `dot` gets the same tree with plain labels of the same texts, and writes
neither colours nor fonts.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.generate import rows
from benchmarks.measure import in_own_process, taken
from graph.vocabulary import unit_kind, unit_kind_of
from queries.structure import Holder, Post, Structure, UnitNode
from queries.timeline.at import Days
from queries.timeline.types import Count, Life, Tenure, TimedPost, TimedTie, TimedUnit, Timeline

RESULTS = Path(__file__).parent / "CHARTS.md"
SIZES = (500, 5_000, 20_000, 50_000)
OF_DOT = (500, 5_000, 20_000)
COMPARED = 5_000
PAGE, PROVINCE, EXPLORED = 120, 1_500, 20_000  # units of the A3 page, the book and the HTML file
_ON = dt.date(2021, 1, 15)
_LEVELS = ("country", "province", "district", "commune")


def apparatus(units: int) -> Structure:
    """The made-up country of the benchmarks with so many units, as a structure with one first unit."""
    made = rows(units - 1)
    names = {str(row[0]): str(row[1]) for row in made["people"]}
    places = {str(row[0]): str(row[1]) for row in made["places"]}
    held = {(row[3], row[2], row[1]): str(row[0]) for row in made["holdings"]}
    heads: dict[str, str] = {}
    for unit, title, *_ in made["positions"]:
        heads.setdefault(str(unit), str(title))
    nodes = {"country": UnitNode("country", "Bộ máy các tỉnh", "", "country", "")}
    councils: dict[str, str] = {}  # a place's first unit without one above it
    for unit, name, place, parent, *_ in made["units"]:
        id_, called, where = str(unit), str(name), str(place)
        if not parent:
            parent = councils.get(where.rpartition("-")[0], "country")
            councils.setdefault(where, id_)
        kind = unit_kind_of(called) or ""
        level = _LEVELS[where.count("-")]
        node = UnitNode(id_, called, kind, level, unit_kind(kind).system if kind else "", str(parent))
        if parent == "country":
            node.name = f"{called} {places[where].removeprefix('tỉnh ')}"
        title = heads[id_]
        above = nodes[str(parent)].name
        person = held.get((where, called, title)) or held.get((where, f"{called} < {above}", title))
        holders = [Holder(person, names[person])] if person else []
        node.posts = [Post(f"{id_}/head", title, "head", holders)]
        node.staff = len(called) + len(heads) % 7
        nodes[id_] = node
        nodes[node.parent or ""].children.append(id_)
    return Structure("country", _ON, nodes)


def run(say: Callable[[str], None], result: Path | None, limit: int) -> None:
    """Measure, print the page and keep it in CHARTS.md, or where `result` says."""
    found: dict[str, Any] = {"svg": {}, "dot": {}}
    for size in SIZES:
        say(f"layout and SVG, {size:,} units …")
        found["svg"][size] = in_own_process("benchmarks.charts", "svg", str(size))
    for name, size in (("png", PAGE), ("book", PROVINCE), ("html", EXPLORED)):
        say(f"{name}, {size:,} units …")
        found[name] = in_own_process("benchmarks.charts", name, str(size))
    if shutil.which("dot") is None:
        say("dot is NOT measured: there is no `dot` on the path (Debian: apt-get install graphviz)")
    else:
        found["version"] = subprocess.run(["dot", "-V"], capture_output=True, text=True).stderr.strip()
        for size in OF_DOT:
            say(f"dot, {size:,} units …")
            found["dot"][size] = _dot(_plain(apparatus(size)), limit)
        say(f"dot, the chart's own DOT file, {COMPARED:,} units …")
        found["same"] = _dot(_own(apparatus(COMPARED)), limit)
    text = page(found, limit)
    print(text)
    target = result or RESULTS
    target.write_text(text, encoding="utf-8")
    say(f"written to {target}")


def _plain(structure: Structure) -> str:
    """The tree in DOT with plain labels of the chart's texts."""
    lines = ["digraph {", "node [shape=box]"]
    for node in structure.units.values():
        post = node.posts[0] if node.posts else Post("", "", "head")
        texts = [node.name, *[holder.name for holder in post.holders], post.title, f"{node.staff} biên chế"]
        label = r"\n".join(texts)
        lines.append(f'"{node.id}" [label="{label}"]')
        lines += [f'"{node.id}" -> "{child}"' for child in node.children]
    return "\n".join([*lines, "}"])


def _own(structure: Structure) -> str:
    """The chart as `bomay chart -o x.dot` writes it: the same boxes, with colours, signs and sizes."""
    from viz.chart import Options, model, render_chart

    return render_chart(model(structure, Options()), "dot", _ON, Options()).decode("utf-8")


def _dot(source: str, limit: int) -> dict[str, float] | None:
    """Seconds and processor seconds of `dot -Tsvg`; None: it was stopped."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tree.dot"
        path.write_text(source, encoding="utf-8")
        before, wall = _children_cpu(), time.perf_counter()
        try:
            subprocess.run(["dot", "-Tsvg", str(path), "-o", f"{folder}/tree.svg"], check=True, timeout=limit)
        except subprocess.TimeoutExpired:
            return None
        return {"seconds": time.perf_counter() - wall, "cpu": _children_cpu() - before}


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# in a process of its own


def measure(what: str, units: int) -> dict[str, float]:
    """What one file takes: seconds, processor seconds, peak MB of the process, size in bytes."""
    from viz.chart import Options, model, render_book, render_chart

    structure = apparatus(units)
    made: list[bytes] = []
    if what == "svg":
        chart = model(structure, Options())
        spent = taken(lambda: made.append(render_chart(chart, "svg", _ON, Options())))
        spent["again"] = taken(lambda: render_chart(chart, "svg", _ON, Options()))["cpu"]
    elif what == "png":
        options = Options(fit="A3")
        spent = taken(lambda: made.append(render_chart(model(structure, options), "png", _ON, options)))
    elif what == "book":
        spent = taken(lambda: made.append(render_book(model(structure, Options()), _ON, Options())))
    else:
        from viz.explorer.explorer import explorer

        days = history(structure)
        spent = taken(lambda: made.append(explorer(days, _ON, Options())))
    return {**spent, "bytes": len(made[0])}


def history(structure: Structure) -> Days:
    """The same units, posts and people as a history in which nothing changes, from one report."""
    always, units = Life(), structure.units.values()
    timeline = Timeline(structure.root, {}, place=structure.place)
    timeline.units = {
        unit.id: TimedUnit(unit.id, ((None, unit.name),), unit.kind, unit.level, unit.system, always) for unit in units
    }
    timeline.lines = [TimedTie(f"l-{unit.id}", "line", unit.id, unit.parent, always) for unit in units if unit.parent]
    for unit in units:
        for post in unit.posts:
            timeline.posts[post.id] = TimedPost(post.id, unit.id, post.title, "", post.role, None, always)
            timeline.tenures += [
                Tenure(f"t-{post.id}", holder.person, holder.name, post.id, "full", "full", "stated", "", always)
                for holder in post.holders
            ]
        if unit.staff is not None:
            timeline.counts.append(Count(unit.id, False, unit.staff, _ON))
    return Days(timeline)


# the page


def page(found: dict[str, Any], limit: int) -> str:
    """The results in Markdown."""
    return "\n\n".join(
        [
            "# What `python -m benchmarks charts` measured",
            f"{dt.date.today().isoformat()}, {_machine()}. Trees of the made-up country of the other benchmarks, with "
            "the heads' names and staff figures on the charts. Everything cold, in a process of its own.",
            "## Layout and SVG",
            _against_dot(found, limit),
            "## Files",
            _files(found),
            "",
        ]
    )


def _machine() -> str:
    load, cores = os.getloadavg()[1], os.cpu_count() or 1
    shared = " (**other work was running on it:** processor seconds say more than wall time)" if load > cores else ""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{cores} cores, {memory:.0f} GB memory, {platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}, average load of the last five minutes {load:.1f}{shared}"
    )


def _against_dot(found: dict[str, Any], limit: int) -> str:
    lines = [
        "| units | CPU s | once more | seconds | MB of SVG | peak MB | dot: CPU s | seconds | dot : bomay, CPU |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for size, ours in found["svg"].items():
        theirs = found["dot"].get(size)
        stopped = "stopped" if size in found["dot"] else ""
        cells = [
            f"{size:,}",
            f"{ours['cpu']:.2f}",
            f"{ours['again']:.2f}",
            f"{ours['seconds']:.2f}",
            f"{ours['bytes'] / 1e6:.1f}",
            f"{ours['peak_mb']:,.0f}",
            f"{theirs['cpu']:.2f}" if theirs else stopped,
            f"{theirs['seconds']:.1f}" if theirs else "",
            f"{theirs['cpu'] / ours['cpu']:.1f}" if theirs else "",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    said = [
        "Once more: the second time in the same process. Goals: at most a twentieth of dot's time at 5,000 units; time "
        "in proportion to the units up to 50,000."
    ]
    at = found["dot"].get(COMPARED)
    if not found["dot"]:
        said.append("**dot was not measured:** it is not installed.")
    elif at:
        ours = found["svg"][COMPARED]
        times = f"dot takes {at['cpu'] / ours['cpu']:.0f} times as long, {at['cpu'] / ours['again']:.0f} once more"
        said.append(f"A twentieth: {_met(ours['cpu'] * 20 <= at['cpu'])}: {times} ({found['version']}).")
        said.append(_same(found["same"], ours["cpu"]))
    if any(each is None for each in found["dot"].values()):
        said.append(f"dot was stopped after {limit} s where the table says so.")
    growth = found["svg"][50_000]["cpu"] / found["svg"][5_000]["cpu"] / 10
    said.append(f"50,000 units take {growth:.2f} times as long for each unit as 5,000.")
    return "\n".join([*lines, "", *said])


def _same(theirs: dict[str, float] | None, ours: float) -> str:
    chart = f"The chart's own DOT file of {COMPARED:,} units, with its colours, signs and sizes, laid out anew by dot:"
    if theirs is None:
        return f"{chart} stopped."
    return f"{chart} {theirs['cpu']:.0f} CPU s, {theirs['cpu'] / ours:.0f} times as long."


def _files(found: dict[str, Any]) -> str:
    png, book, html = found["png"], found["book"], found["html"]
    lines = [
        "| file | CPU s | seconds | peak MB | MB | goal |",
        "| --- | --- | --- | --- | --- | --- |",
        _file(
            f"PNG of an A3 page, {PAGE:,} units",
            png,
            f"1 s: {_met(png['cpu'] <= 1)}, 300 MB: {_met(png['peak_mb'] <= 300)}",
        ),
        _file(f"PDF book of a province, {PROVINCE:,} units", book, f"10 s: {_met(book['cpu'] <= 10)}"),
        _file(f"HTML, {EXPLORED:,} units", html, f"3 MB: {_met(html['bytes'] < 3e6)}"),
    ]
    return "\n".join(lines)


def _file(name: str, spent: dict[str, float], goal: str) -> str:
    return (
        f"| {name} | {spent['cpu']:.2f} | {spent['seconds']:.2f} | {spent['peak_mb']:,.0f} | "
        f"{spent['bytes'] / 1e6:.2f} | {goal} |"
    )


def _met(met: bool) -> str:
    return "met" if met else "**missed**"


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
