"""bomay copy as its users meet it: the demo copied and proven the same, mistakes explained."""

import csv
import io
import json

import pytest

import graph.copy
from graph.errors import StoreFailed
from graph.schema import schema
from graph.store import connect
from tests.stores import credentials, needs_neo4j


@pytest.fixture
def source(demo):
    return demo / "bomay.db"


def test_the_demo_is_copied_and_answers_the_same(bomay, source, tmp_path):
    copied = bomay("copy", source, tmp_path / "copy.db", "--lang", "en")
    assert copied.code == 0 and "Copied and compared" in copied.out and "positions" in copied.out
    ask = ["concurrent", "--on", "30/6/2025", "--format", "json", "--store"]
    assert bomay(*ask, tmp_path / "copy.db").out == bomay(*ask, source).out != ""
    assert json.loads(bomay("loads", "--format", "json", "--store", tmp_path / "copy.db").out)[0]["state"] == "done"


def test_the_comparison_goes_to_a_file_with_whole_digests(bomay, source, tmp_path):
    assert bomay("copy", source, tmp_path / "copy.db", "-o", tmp_path / "report.csv").code == 0
    text = (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
    rows = {row["kind"]: row for row in csv.DictReader(io.StringIO(text))}
    assert {"Unit", "HOLDS", "STATED_IN", "Load"} <= set(rows)
    assert all(row["equal"] == "True" and len(row["digest"]) == 32 for row in rows.values())


def test_a_target_that_is_in_use_is_not_touched_unless_asked_for(bomay, source, tmp_path):
    target = tmp_path / "copy.db"
    with connect(str(target), create=True) as store:
        store.write("CREATE (:Unit {id: 'mine', name: 'Của tôi'})")
    refused = bomay("copy", source, target)
    assert refused.code == 2 and "--into-existing" in refused.err
    merged = bomay("copy", source, target, "--into-existing", "--format", "json")
    lines = {row["kind"]: row for row in json.loads(merged.out)}
    assert merged.code == 0 and lines["Unit"]["extra"] == 1 and lines["Unit"]["removed"] == 0
    exact = bomay("copy", source, target, "--into-existing", "--exact", "--format", "json")
    lines = {row["kind"]: row for row in json.loads(exact.out)}
    assert exact.code == 0 and lines["Unit"]["removed"] == 1 and lines["Unit"]["created"] == 0
    left = bomay("query", "MATCH (u:Unit {id: 'mine'}) RETURN u.id", "--store", target)
    assert left.code == 1


def test_a_copy_that_fails_half_way_says_how_to_go_on(bomay, source, tmp_path, monkeypatch):
    monkeypatch.setattr(graph.copy, "BATCH", 50)
    write, calls = graph.copy._Run._write, []

    def failing(self, part, steps):
        calls.append(part)
        if len(calls) == 8:
            raise StoreFailed("the disk is full")
        write(self, part, steps)

    monkeypatch.setattr(graph.copy._Run, "_write", failing)
    broken = bomay("copy", source, tmp_path / "copy.db")
    assert broken.code == 3 and "the disk is full" in broken.err and "goes on" in broken.err
    again = bomay("copy", source, tmp_path / "copy.db", "--lang", "en")
    assert again.code == 0 and "unfinished copy" in again.err


def test_a_difference_ends_with_exit_code_1(bomay, source, tmp_path, monkeypatch):
    monkeypatch.setattr(graph.copy._Run, "_link_steps", lambda self, label, ids, fresh: ([], 0))
    found = bomay("copy", source, tmp_path / "copy.db", "--lang", "en", "--format", "json")
    equal = {row["kind"]: row["equal"] for row in json.loads(found.out)}
    assert found.code == 1 and equal["Unit"] and not equal["PART_OF"]
    monkeypatch.undo()
    assert "DIFFERS" not in bomay("copy", source, tmp_path / "copy.db", "--lang", "en").out


def test_mistakes_are_explained_and_change_nothing(bomay, source, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    missing = bomay("copy", "nowhere.db", "target.db")
    assert missing.code == 3 and "no database at nowhere.db" in missing.err
    same = bomay("copy", source, f"{source}/../{source.name}")
    assert same.code == 2 and "the same store" in same.err
    other = bomay("copy", source, "ftp://host")
    assert other.code == 2 and "the target ftp://host" in other.err
    (tmp_path / "file.txt").write_text("x")
    assert bomay("copy", source, "file.txt").code == 2
    with connect("new.db", create=True) as store:
        store.write("MATCH (m:Meta {id: 'bomay'}) SET m.schema_version = $v", {"v": schema().version + 1})
    newer = bomay("copy", source, "new.db")
    assert newer.code == 3 and "the target new.db: the graph has schema version" in newer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file.txt", "new.db"]


def test_the_demo_goes_to_neo4j_and_back(bomay, source, tmp_path):
    needs_neo4j()
    from tests.neo4j.server import running_neo4j

    with running_neo4j() as server, credentials(server.user, server.password):
        there = bomay("copy", source, server.url, "--format", "json")
        back = bomay("copy", server.url, tmp_path / "back.db", "--format", "json")
        assert there.code == back.code == 0
        assert json.loads(there.out) == json.loads(back.out)
        alias = server.url.replace("127.0.0.1", "localhost")
        same = bomay("copy", server.url, alias)
        assert same.code == 2 and "the same store" in same.err
