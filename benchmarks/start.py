"""How long until the command line answers, each time in a fresh process, on the demo database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT, median_seconds

RUNS = 9
PLACE = "tỉnh Vĩnh Phúc"
_ENGINE = "import sys; from graph.store import connect; connect(sys.argv[1]).read('RETURN 1')"
_GOALS = {"bomay --help": 0.25, "bomay query heads": 1.2}


def measure(work: Path) -> list[dict[str, Any]]:
    """One row a command: median seconds, its goal, and how many times `python -c pass` and the engine take."""
    bomay = str(Path(sys.executable).parent / "bomay")
    demo = work / "demo"
    subprocess.run([bomay, "demo", str(demo)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    store = str(demo / "bomay.db")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "engine and driver: RETURN 1": [sys.executable, "-c", _ENGINE, store],
        "bomay --help": [bomay, "--help"],
        "bomay query heads": [
            bomay,
            "--store",
            store,
            "query",
            "heads",
            "-p",
            f"place={PLACE}",
            "--on",
            "2020-01-01",
        ],
    }
    seconds = {name: median_seconds(command, RUNS) for name, command in commands.items()}
    python, engine = list(seconds.values())[:2]
    return [
        {
            "command": name,
            "seconds": found,
            "goal": _GOALS.get(name),
            "of_python": found / python,
            "of_engine": found / engine,
        }
        for name, found in seconds.items()
    ]
