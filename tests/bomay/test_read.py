"""bomay read: documents to facts, and scores against a key."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bomay.cli import run
from loaders.reading.document import Document
from loaders.reading.facts import Reading

FIXTURES = Path(__file__).parents[1] / "fixtures" / "reading"
# of which each row is a node of its own
SHEETS = {
    **{"Document": "documents", "Event": "events", "Figure": "figures", "Function": "functions", "Person": "people"},
    **{"Place": "places", "Principle": "principles", "Unit": "units"},
}


def test_what_is_read_can_be_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts, store = tmp_path / "facts.yaml", tmp_path / "bomay.db"
    texts = [str(path) for path in sorted(FIXTURES.glob("facts-*.txt"))]
    assert run(["read", *texts, "-o", str(facts), "--lang", "en"]) == 0
    assert f"{len(texts)} of {len(texts)} documents were read" in capsys.readouterr().out

    def asked(query: str) -> list[dict[str, object]]:
        capsys.readouterr()
        assert run(["query", "--store", str(store), query, "--format", "json"]) == 0
        found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
        return found

    assert run(["load", str(facts), "--store", str(store), "--lang", "en"]) == 0
    rows = yaml.safe_load(facts.read_text(encoding="utf-8"))
    counted = {row["label"]: row["n"] for row in asked("MATCH (n) RETURN labels(n)[0] AS label, count(n) AS n")}
    assert {label: counted[label] for label in SHEETS} == {label: len(rows[sheet]) for label, sheet in SHEETS.items()}
    events = asked("MATCH (e:Event) RETURN e.kind AS kind, e.status AS status, count(e) AS n")
    assert {(row["kind"], row["status"]): row["n"] for row in events} == {
        ("absorb", "in_force"): 1,
        ("autonomy", "in_force"): 1,
        ("dissolve", "in_force"): 1,
        ("merge", "in_force"): 1,
        ("merge", "scheme"): 3,
        ("rearrange", "scheme"): 1,
        ("transfer", "in_force"): 2,
    }
    (merged,) = asked("MATCH (e:Event {kind: 'merge', status: 'in_force'}) RETURN e.title AS title")
    assert merged["title"] == "Hợp nhất: Phòng Bưu chính; Phòng Viễn thông → Phòng Bưu chính - Viễn thông"
    capsys.readouterr()
    assert run(["load", str(facts), "--store", str(store), "--lang", "en"]) == 0
    assert "Nothing new; the database is as it was." in capsys.readouterr().out


def test_scores_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "--key", str(FIXTURES / "facts-key.yaml"), str(FIXTURES / "facts-gia-lai.txt")]) == 0
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["right", "missed", "wrong", "precision", "recall", "F1"],
        ["units", "5", "0", "0", "1.00", "1.00", "1.00"],
        ["figures", "2", "0", "0", "1.00", "1.00", "1.00"],
        ["documents", "4", "0", "0", "1.00", "1.00", "1.00"],
    ]


def test_a_key_for_other_texts(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "--key", str(FIXTURES / "held-key.yaml"), str(FIXTURES / "facts-gia-lai.txt")]) == 2
    assert "none of the documents is in the key" in capsys.readouterr().err


def test_what_cannot_be_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    good = str(FIXTURES / "facts-gia-lai.txt")
    assert run(["read", str(tmp_path / "empty.txt"), good, "-o", str(tmp_path / "facts.yaml")]) == 2
    assert (tmp_path / "facts.yaml").exists()
    assert "not read: empty.txt: the file is empty" in capsys.readouterr().err
    assert run(["read", str(tmp_path / "empty.txt")]) == 2
    assert run(["read"]) == 2


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_bytes((FIXTURES / "facts-gia-lai.txt").read_bytes())
    return path


def test_all_mistakes_at_once_and_the_good_files_are_read(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 no more")
    facts = tmp_path / "facts.yaml"
    assert run(["read", str(tmp_path / "bad.pdf"), str(tmp_path / "none.txt"), str(good), "-o", str(facts)]) == 2
    said = capsys.readouterr()
    assert "not read: bad.pdf: the PDF is damaged" in said.err and "none.txt: there is no such file" in said.err
    assert "đã đọc 1 trong 3 văn bản" in said.out
    assert run(["load", str(facts), "--store", str(tmp_path / "bomay.db"), "--dry-run"]) == 0


def test_nothing_is_written_where_nothing_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "poem.txt").write_text(
        "Trăm năm trong cõi người ta\nChữ tài chữ mệnh khéo là ghét nhau", encoding="utf-8"
    )
    assert run(["read", str(tmp_path / "poem.txt"), "-o", str(tmp_path / "facts.yaml")]) == 1
    assert "no facts were found in poem.txt" in capsys.readouterr().err
    assert not (tmp_path / "facts.yaml").exists()


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("good.txt", "facts are written as YAML"),
        ("none/facts.yaml", "there is no folder"),
        ("folder.yaml", "is a folder"),
        ("source.yaml", "is one of the documents"),
    ],
)
def test_outputs_that_are_refused_before_the_work(
    tmp_path: Path, good: Path, output: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "source.yaml").write_bytes(good.read_bytes())
    before = good.read_bytes()
    assert run(["read", str(good), str(tmp_path / "source.yaml"), "-o", str(tmp_path / output)]) == 2
    assert message in capsys.readouterr().err
    assert good.read_bytes() == before == (tmp_path / "source.yaml").read_bytes()


def test_folders_patterns_and_the_same_text_twice(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.txt").write_bytes(good.read_bytes())
    (tmp_path / "in" / "a\tsố 1’.txt").write_text("Sở Nội vụ và Sở Y tế tỉnh Bình Sơn hợp nhất.", encoding="utf-8")
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG")
    facts = str(tmp_path / "facts.yaml")
    assert run(["read", str(tmp_path / "in"), str(good), str(tmp_path / "*.txt"), "-o", facts]) == 0
    said = capsys.readouterr()
    assert "good.txt: named twice, read once" in said.err
    assert "good.txt: the same text as b.txt; read once" in said.err
    assert "a số 1’.txt" in said.out and "\t" not in said.out
    assert run(["read", str(tmp_path / "*.html"), str(tmp_path / "in" / "picture.png")]) == 2
    assert "no file fits this pattern" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "darwin", reason="its file system takes no names that are not UTF-8")
def test_file_names_of_any_bytes(tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / os.fsdecode(b"\xff\x1b[31m\n.txt")).write_bytes(good.read_bytes() + b"\nx")
    (tmp_path / "link.txt").symlink_to(tmp_path / "none")
    facts = tmp_path / "facts.yaml"
    assert run(["read", str(tmp_path), "-o", str(facts)]) == 2
    said = capsys.readouterr()
    assert "link.txt: there is no such file" in said.err
    assert "� [31m .txt" in said.out and "\x1b" not in said.out
    assert run(["load", str(facts), "--store", str(tmp_path / "bomay.db"), "--dry-run"]) == 0


def test_a_pipe(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(good.read_bytes())))
    assert run(["read", "-", "-o", "-"]) == 0
    assert yaml.safe_load(capsysbinary.readouterr().out)["documents"][0]["note"] == "Đọc từ stdin"


def test_the_report_says_counts_what_is_unread_and_what_is_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "[Bảng 1 hàng 1] Đơn vị | Trước | Sau\n\n[Bảng 1 hàng 2] Đơn vị: Sở Nội vụ | Trước: 7 | Sau: 5"
    (tmp_path / "a.txt").write_text(f"Tỉnh Bình Sơn sắp xếp các sở\n\n{rows}", encoding="utf-8")
    assert run(["read", str(tmp_path / "a.txt"), "-o", str(tmp_path / "f.yaml"), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "1 of 1 documents were read" in out
    assert "seen and not understood: 1 (see #unread)\n  a.txt, Bảng 1 hàng 2: Đơn vị: Sở Nội vụ" in out
    assert f"bomay review {tmp_path / 'f.yaml'}" in out and f"bomay load {tmp_path / 'f.yaml'} --dry-run" in out


def test_the_same_bytes_whatever_the_order_of_hashes(tmp_path: Path) -> None:
    texts = [str(path) for path in sorted(FIXTURES.glob("facts-*.txt"))]
    written = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "bomay.cli", "read", *texts, "-o", "-"]
        done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
        written.append(done.stdout)
    assert written[0] == written[1] and len(written[0]) > 1_000


def test_a_fault_at_one_document_does_not_cost_the_others(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from loaders.reading import read

    def fails(document: Document) -> Reading:
        if document.name == "bad.txt":
            raise KeyError("x")
        return whole(document)

    whole = read.read_document
    monkeypatch.setattr(read, "read_document", fails)
    (tmp_path / "bad.txt").write_text("Sở Nội vụ tỉnh Bình Sơn", encoding="utf-8")
    assert run(["read", str(tmp_path / "bad.txt"), str(good), "-o", str(tmp_path / "f.yaml")]) == 2
    assert "a fault of bomay (KeyError: 'x')" in capsys.readouterr().err
    assert (tmp_path / "f.yaml").exists()
