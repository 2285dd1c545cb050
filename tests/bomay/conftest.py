"""Running the command line in the test process, and a demo made once a worker."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bomay.cli import run


@dataclass
class Outcome:
    """What a command printed and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture
def bomay(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Runs `bomay` with arguments and returns its outcome; a traceback fails the test."""
    monkeypatch.setenv("COLUMNS", "160")  # tables as wide wherever the test runs

    def call(*arguments: object) -> Outcome:
        capfdbinary.readouterr()
        code = run([str(a) for a in arguments])
        out, err = (text.decode("utf-8") for text in capfdbinary.readouterr())
        assert "Traceback" not in err
        return Outcome(code, out, err)

    return call


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo folder, made by the command itself; its output is in output.txt beside it."""
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [sys.executable, "-m", "bomay.cli", "demo", "demo"], cwd=folder, capture_output=True, text=True,
        env={**os.environ, "COLUMNS": "120"},
    )
    assert done.returncode == 0, done.stderr
    (folder / "output.txt").write_text(done.stdout, encoding="utf-8")
    return folder / "demo"
