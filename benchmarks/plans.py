"""A plan of hundreds of steps on a made-up province: `python -m benchmarks.plans`.

The province is that of `benchmarks.generate`, 1,500 units in three levels. The plan merges divisions two by two,
sets quotas and dissolves associations, so that every part of the check has something to find.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.generate import FIRST_PROVINCE, generate
from graph.store import Store, connect
from loaders.load import load
from loaders.plan import read_plan
from queries.plans.trial import try_plan

UNITS, STEPS, MERGERS = 1_500, 300, 200
_UNITS = "MATCH (u:Unit)-[:PART_OF]->(p:Unit) RETURN u.id, u.kind, p.id ORDER BY u.id"


def write_plan(store: Store, path: Path, steps: int = STEPS) -> None:
    """A plan of so many steps on the units of the store's first province."""
    place = store.read("MATCH (p:Place {id: $id}) RETURN p.name", {"id": FIRST_PROVINCE}).value()
    parts: defaultdict[str, list[str]] = defaultdict(list)
    ended: list[str] = []
    for unit, kind, parent in store.read(_UNITS).rows:
        if kind in ("phong", "chi_cuc", "trung_tam", "van_phong"):
            parts[parent].append(unit)
        elif kind in ("hoi_nong_dan", "hoi_ccb"):
            ended.append(unit)
    lines: list[str] = []
    for inner in parts.values():
        for a, b in zip(inner[::2], inner[1::2], strict=False):
            if len(lines) < min(MERGERS, steps):
                result = f"{{name: Phòng số {len(lines)}, staff quota: {4 + len(lines) % 17}, deputies: 2}}"
                lines.append(f"  - {{kind: merge, units: [{a}, {b}], result: {result}}}")
        if len(inner) % 2 and len(lines) < steps:
            lines.append(f"  - {{kind: set_quota, units: {inner[-1]}, staff quota: {3 + len(lines) % 27}}}")
    lines += [f"  - {{kind: dissolve, units: {unit}}}" for unit in ended[: max(0, steps - len(lines))]]
    head = f"title: Benchmark\ndate: 2027-01-01\nin: {place}\nsteps:\n"
    path.write_text(head + "\n".join(lines[:steps]) + "\n", encoding="utf-8")


def measure(folder: Path) -> dict[str, tuple[float, float]]:
    """CPU seconds and wall seconds of reading the plan, trying it, checking it and comparing before and after."""
    generate(folder / "facts", UNITS)
    found: dict[str, tuple[float, float]] = {}
    with connect(str(folder / "bomay.db"), create=True) as store:
        load(store, [folder / "facts"])
        write_plan(store, folder / "plan.yaml")
        cpu, wall = time.process_time(), time.perf_counter()

        def note(name: str) -> None:
            nonlocal cpu, wall
            now, clock = time.process_time(), time.perf_counter()
            found[name] = (now - cpu, clock - wall)
            cpu, wall = now, clock

        scenario = read_plan(store, folder / "plan.yaml")
        note("read")
        trial = try_plan(store, scenario)
        note("pull and apply")
        trial.check()
        note("check")
        trial.diff()
        note("diff")
    return found


def main() -> int:
    """Print the measurements as a table."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder))
    print(f"| {UNITS} units, {STEPS} steps | CPU s | wall s |\n|---|---|---|")
    for name, (cpu, wall) in {**found, "all": tuple(map(sum, zip(*found.values(), strict=True)))}.items():
        print(f"| {name} | {cpu:.2f} | {wall:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
