"""bomay read: documents to facts, and scores against a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomay.cli import run

FIXTURES = Path(__file__).parents[1] / "fixtures" / "reading"


def test_what_is_read_can_be_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts, store = tmp_path / "facts.yaml", tmp_path / "bomay.db"
    texts = [str(path) for path in sorted(FIXTURES.glob("facts-*.txt"))]
    assert run(["read", *texts, "-o", str(facts)]) == 0
    assert "units" in capsys.readouterr().out
    assert run(["load", str(facts), "--store", str(store)]) == 0
    capsys.readouterr()
    assert run(["load", str(facts), "--store", str(store)]) == 0
    assert run(["query", "--store", str(store), "MATCH (e:Event {kind: 'merge'}) RETURN count(e) AS n"]) == 0
    assert "4" in capsys.readouterr().out


def test_scores_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "--key", str(FIXTURES / "facts-key.yaml"), str(FIXTURES / "facts-gia-lai.txt")]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].split() == ["right", "missed", "wrong", "precision", "recall", "F1"]


def test_a_key_for_other_texts(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "--key", str(FIXTURES / "held-key.yaml"), str(FIXTURES / "facts-gia-lai.txt")]) == 2
    assert "none of the documents is in the key" in capsys.readouterr().err


def test_what_cannot_be_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    good = str(FIXTURES / "facts-gia-lai.txt")
    assert run(["read", str(tmp_path / "empty.txt"), good, "-o", str(tmp_path / "facts.yaml")]) == 0
    assert "not read: empty.txt: the file is empty" in capsys.readouterr().err
    assert run(["read", str(tmp_path / "empty.txt")]) == 2
    assert run(["read"]) == 2
