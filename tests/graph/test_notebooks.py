"""The examples of docs/notebooks.md run in order and print what the page shows."""

import contextlib
import io
import re
from importlib.util import find_spec
from pathlib import Path

import graph.store

PAGE = (Path(__file__).parents[2] / "docs" / "notebooks.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", PAGE, re.S)


def test_examples_print_what_the_page_shows(demo, monkeypatch):
    absent = {name for name in ("pandas", "py2neo") if not find_spec(name)}
    if "py2neo" in absent:
        absent.add("driver")
    else:
        _say_who_connects(demo, monkeypatch)
    monkeypatch.setattr(graph.store, "connect", lambda url: demo)
    monkeypatch.setattr(demo, "close", lambda: None)  # other tests go on with it
    names: dict[str, object] = {}
    ran = 0
    for code, shown in BLOCKS:
        package = code.splitlines()[0].removeprefix("# ")
        if package in absent:
            continue
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(code, "docs/notebooks.md", "exec"), names)
        ran += 1
        assert printed.getvalue() == shown, code
    assert ran == len(BLOCKS) - len(absent) >= 6


def _say_who_connects(store, monkeypatch):
    """As `bomay serve` and a server's owner tell their users."""
    account = store.account()
    values = {"URL": account.url, "USER": account.user, "PASSWORD": account.password}
    for name, value in {**values, "DATABASE": account.database or "neo4j"}.items():
        monkeypatch.setenv(f"BOMAY_{name}", value)
