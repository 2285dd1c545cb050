"""The generated pages are fresh, and what README shows is what runs."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bomay.docs import pages

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(pages()))
def test_generated_pages_are_fresh(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


def blocks():
    """(command, shown lines) of every console block; `…` stands for lines left out."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", README, re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, shown = part.partition("\n")
            found.append((command, [line.rstrip() for line in shown.splitlines()]))
    return found


def matches(shown: list[str], printed: list[str]) -> str:
    """Empty if the shown lines are in the printed ones in their order; else the first that is not.

    Ids and times of loads differ from run to run and are shown as they were.
    """

    def plain(line: str) -> str:
        line = re.sub(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", "TIME", line)
        return re.sub(r"\d{8}-\d{6}-[0-9a-f]{6}", "LOAD", line).strip()

    rest = iter([plain(line) for line in printed])
    for line in shown:
        if plain(line) not in ("", "…") and plain(line) not in rest:
            return line
    return ""


def test_readme_has_the_two_commands():
    assert {"make demo", "make test"} <= set(re.findall(r"^\$ (make \w+)$", README, re.M))


def test_every_command_in_readme_prints_what_it_shows(demo, tmp_path):
    """In order, in one folder, as a reader would type them; `make` itself is what CI runs."""
    environment = {**os.environ, "COLUMNS": "120", "PYTHONPATH": str(ROOT)}
    environment.pop("BOMAY_STORE", None)
    (tmp_path / "demo").symlink_to(demo)
    ran = 0
    for command, shown in blocks():
        if command == "make test":
            continue
        if command == "make demo":
            printed = (demo.parent / "output.txt").read_text(encoding="utf-8")
        else:
            words = shlex.split(command)
            assert words[0] == "bomay", command
            done = subprocess.run(
                [sys.executable, "-m", "bomay.cli", *words[1:]],
                cwd=tmp_path, env=environment, capture_output=True, text=True,
            )
            assert done.returncode == 0, (command, done.stderr)
            printed = done.stdout
        ran += 1
        missing = matches(shown, printed.splitlines())
        assert not missing, f"{command} does not print: {missing}"
    assert ran >= 6


def test_links_in_readme_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target
