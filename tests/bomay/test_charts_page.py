"""docs/charts.md says what runs."""

import re
import shlex
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_command_in_the_page_runs(bomay, demo, tmp_path, monkeypatch):
    page = (ROOT / "docs" / "charts.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(demo, tmp_path / "demo")
    commands = re.findall(r"^\$ (bomay .+)$", page, re.M)
    assert len(commands) >= 10
    for command in commands:
        words = shlex.split(command)
        done = bomay(*words[1:])
        assert done.code == 0, (command, done.err)
        assert (tmp_path / words[-1]).stat().st_size > 1000, command


def test_the_page_names_all_formats_and_options(bomay):
    from bomay.commands.chart import command
    from viz.chart import formats

    page = (ROOT / "docs" / "charts.md").read_text(encoding="utf-8")
    endings = re.findall(r"^\| ([a-z, ]+) \|", page.split("## Formats")[1].split("##")[0], re.M)
    named = {word for cell in endings for word in cell.split(", ")} - {"ending"}
    assert named == set(formats())
    for parameter in command.params:
        for option in parameter.opts:
            assert not option.startswith("--") or option in ("--store", "--output") or f"`{option}" in page, option
