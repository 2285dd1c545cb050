"""A load of many facts gives the same graph as the same load in one transaction, whatever happens in between."""

import threading
from pathlib import Path

import pytest

import loaders.csvfile
import loaders.records
import loaders.workbook
from graph import ingest
from graph.conflicts import again_on_conflict
from graph.digest import digest
from graph.errors import Contradiction, InputErrors
from graph.undo import undo
from loaders.load import load

DEMO = sorted((Path(__file__).parents[2] / "bomay" / "demo").glob("*.yaml"))

BASE = """
documents: [{id: d, kind: báo cáo, title: Báo cáo}]
places:
  - {id: x, name: tỉnh Xuân, kind: tinh}
  - {id: y, name: tỉnh Yên, kind: tinh}
units:
  - {id: u, name: UBND tỉnh, place: x, document: d}
  - {id: v, name: UBND tỉnh, place: y}
  - {id: a, name: Sở Nội vụ, parent: u, valid_from: 2000, document: d, staff_quota: 30}
  - {id: b, name: Sở Lao động, parent: u, valid_from: 2000}
  - {id: c, name: Sở Nội vụ và Lao động, parent: u}
  - {id: a1, name: Phòng Tổ chức, parent: a}
positions: [{unit: a, title: Giám đốc}, {unit: b, title: Giám đốc}]
people: [{id: n, name: Lê An, document: d}]
holdings:
  - {person: n, title: Giám đốc, unit: a, valid_from: 2015, document: d, at: trang 1}
  - {person: Lê Bình, title: Giám đốc, unit: b, note: tạm}
functions:
  - {id: f, unit: a, text: Quản lý cán bộ, document: d}
  - {unit: b, text: Quản lý lao động}
evidence: [{fact: f, document: d, at: trang 2, says: khác}, {fact: n, document: d, at: trang 3}]
"""
MERGER = """
events:
  - {id: e, kind: merge, status: in_force, date: 2017-08-31, inputs: a; b, outputs: c, document: d}
documents: [{id: d, kind: báo cáo, title: Báo cáo}]
transfers: [{event: e, what: f, from: a, to: c}]
evidence: [{fact: e, document: d, at: trang 9}]
figures: [{about: e, measure: units, value: 2, document: d}]
"""
LATE = """
units:
  - {id: a, name: Sở Nội vụ, parent: u, valid_from: 2000, note: thêm sau}
  - {id: a1, name: Phòng Tổ chức và Cán bộ, parent: a, place: y}
functions: [{id: g, unit: a, text: Quản lý hội}, {id: f, unit: a, text: Quản lý cán bộ, note: rõ hơn}]
holdings: [{person: n, title: Giám đốc, unit: a, valid_from: 2015, valid_to: 2016}]
"""
IMPOSSIBLE = MERGER.replace("2017-08-31", "1999-01-01")


def streaming(monkeypatch) -> None:
    """Everything is many: facts, rows of a sheet, rows of a file."""
    monkeypatch.setattr(ingest, "ONE_TRANSACTION", 10)
    monkeypatch.setattr(ingest, "BATCH", 2)
    for module in (loaders.records, loaders.csvfile, loaders.workbook):
        monkeypatch.setattr(module, "MANY_ROWS", 3)
    monkeypatch.setattr(loaders.records, "CHUNK", 2)
    monkeypatch.setattr(loaders.records, "KEPT", 1)


def empty(store) -> None:
    store.write("MATCH (n) WHERE NOT n:Meta DETACH DELETE n")


def content(store) -> dict[str, tuple[int, str]]:
    """The digest of all facts, without which load brought them."""
    store.write("MATCH (n) WHERE NOT n:Meta AND NOT n:Load AND NOT n:LoadPart SET n.load = 'x'")
    store.write("MATCH ()-[r]->() SET r.load = 'x'")
    found = digest(store)
    return {name: value for name, value in found.items() if name not in ("Load", "LoadPart")}


def both_ways(store, monkeypatch, *loads) -> None:
    """The loads one after the other, each in one transaction; then the same in parts."""
    for files in loads:
        load(store, files)
    told = [store.read("MATCH (l:Load) RETURN l.nodes, l.relationships, l.changes ORDER BY l.started, l.id").rows]
    expected = content(store)
    empty(store)
    streaming(monkeypatch)
    for files in loads:
        load(store, files)
    told.append(store.read("MATCH (l:Load) RETURN l.nodes, l.relationships, l.changes ORDER BY l.started, l.id").rows)
    assert content(store) == expected
    assert sorted(told[0]) == sorted(told[1])


@pytest.fixture
def files(facts_file):
    """Base, merger, and what is told after it, a file each."""
    return [[facts_file(text, f"{i}.yaml")] for i, text in enumerate((BASE, MERGER, LATE))]


def test_the_demonstration_facts(store, monkeypatch):
    both_ways(store, monkeypatch, DEMO)
    assert load(store, DEMO).plan.size == 0
    assert len(store.read("MATCH (l:Load) RETURN l.id").rows) == 1


@pytest.mark.parametrize("order", [(0,), (0, 1), (0, 1, 2), (0, 2, 1), (0, 1, 0, 2, 1)])
def test_files_that_change_what_others_brought(store, monkeypatch, files, order):
    both_ways(store, monkeypatch, *(files[i] for i in order))


def test_all_in_one_load(store, monkeypatch, files):
    both_ways(store, monkeypatch, [path for each in files[:2] for path in each][:1] + files[2][:0], files[1])


def test_the_report_is_the_same(store, monkeypatch, files):
    told = []
    for _ in range(2):
        empty(store)
        plans = [load(store, each).plan for each in files]
        told.append([(p.added(), p.count_ended(), p.count_changed(), p.applied, p.size) for p in plans])
        streaming(monkeypatch)
    assert told[0] == told[1]


def test_a_dry_run_counts_what_a_load_would_write(store, monkeypatch, files):
    streaming(monkeypatch)
    counted = load(store, files[0], dry_run=True).plan.added()
    assert store.read("MATCH (n:Unit) RETURN n.id").rows == []
    assert load(store, files[0]).plan.added() == counted


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_large_tables_are_read_row_by_row(store, monkeypatch, tmp_path, kind):
    people = [["id", "name", "note"], *([f"n{i}", f"Lê {i}", "a; b"] for i in range(50))]
    path = tmp_path / f"people.{kind}"
    if kind == "csv":
        path.write_text("\n".join(",".join(row) for row in people), encoding="utf-8")
    else:
        import openpyxl

        book = openpyxl.Workbook()
        book.active.title = "people"
        for row in [[], *people]:  # an empty row first: rows keep their numbers
            book.active.append(row)
        book.save(path)
    both_ways(store, monkeypatch, [path])
    query = "MATCH (p:Person {id: 'n49'}) RETURN p.load_at"
    assert store.read(query).value() == f"people.{kind} people!{51 if kind == 'csv' else 52}"


def test_all_problems_are_told_and_nothing_is_written(store, monkeypatch, facts_file):
    broken = BASE.replace("{unit: b, text", "{unit: không có, text").replace("valid_from: 2015", "valid_from: mai")
    path = facts_file(broken.replace("- {id: a1,", "- {id: b,"))
    with pytest.raises(InputErrors) as expected:
        load(store, [path])
    streaming(monkeypatch)
    with pytest.raises(InputErrors) as found:
        load(store, [path])
    assert [str(p) for p in found.value.problems] == [str(p) for p in expected.value.problems]
    assert len(found.value.problems) == 3
    assert store.read("MATCH (n) WHERE NOT n:Meta RETURN n").rows == []


def test_events_that_contradict_the_facts_take_the_load_back(store, monkeypatch, files, facts_file):
    streaming(monkeypatch)
    load(store, files[0])
    before = content(store)
    impossible = facts_file(IMPOSSIBLE + LATE, "impossible.yaml")
    for _ in range(2):
        with pytest.raises(Contradiction, match="starts"):
            load(store, [impossible])
        assert content(store) == before
        assert store.read("MATCH (l:Load) RETURN l.state").rows == [["done"]]
        assert store.read("MATCH (p:LoadPart) RETURN p").rows == []


def test_taking_back_that_was_cut_off_is_finished_by_the_next_run(store, monkeypatch, files, facts_file):
    streaming(monkeypatch)
    load(store, files[0])
    before = content(store)
    impossible = facts_file(IMPOSSIBLE + LATE, "impossible.yaml")
    with monkeypatch.context() as patched:
        patched.setattr("graph.bulk.undo", cut)
        with pytest.raises(KeyboardInterrupt):
            load(store, [impossible])
    assert store.read("MATCH (l:Load) WHERE l.state = 'undoing' RETURN l.file").rows == [["impossible.yaml"]]
    with pytest.raises(Contradiction):
        load(store, [impossible])
    assert content(store) == before


def cut(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("after", [1, 20, 40, 50])
def test_a_load_that_is_cut_off_goes_on_where_it_was(store, monkeypatch, files, facts_file, after):
    load(store, files[0])
    before = content(store)
    rooms = "".join(f"\n  - {{id: r{i}, name: Phòng {i}, parent: b, document: d}}" for i in range(9))
    both = [facts_file(MERGER + LATE.replace("units:", f"units:{rooms}"), "both.yaml")]
    load(store, both)
    expected = content(store)
    empty(store)
    streaming(monkeypatch)
    load(store, files[0])

    def stop(done: int, total: int) -> None:
        if done >= after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(store, both, progress=stop)
    unfinished = store.read("MATCH (l:Load) WHERE l.state = 'running' RETURN l.id").value()
    first = []
    report = load(store, both, progress=lambda done, total: first.append(done))
    assert report.load == unfinished
    assert first[0] > after  # what was written is not written again
    loads = [store.read(f"MATCH {each} RETURN r.id, r.load").rows for each in ("(r)", "()-[r]->()")]
    assert content(store) == expected
    assert load(store, both).plan.size == 0
    for pattern, rows in zip(("(r)", "()-[r]->()"), loads, strict=True):
        query = f"UNWIND $rows AS row MATCH {pattern} WHERE r.id = row[0] SET r.load = row[1]"
        store.write(query, {"rows": [row for row in rows if row[1]]})
    undo(store, report.load)
    assert content(store) == before
    assert store.read("MATCH (p:LoadPart) RETURN p.id").rows == []


def test_two_loads_at_once_lose_nothing(store, monkeypatch, files, facts_file):
    def of(prefix: str) -> Path:
        rows = "\n".join(f"  - {{id: {prefix}{i}, name: Phòng {prefix}{i}, parent: a}}" for i in range(40))
        return facts_file(f"units:\n{rows}\n", f"{prefix}.yaml")

    load(store, files[0])
    streaming(monkeypatch)
    monkeypatch.setattr(ingest, "BATCH", 3)
    together = facts_file((of("p").read_text() + of("q").read_text().replace("units:\n", "")), "together.yaml")
    errors: list[BaseException] = []

    def run(path: Path) -> None:
        try:
            again_on_conflict(lambda: load(store, [path]), 20)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(path,)) for path in (of("p"), of("q"), together)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    assert not any(thread.is_alive() for thread in threads)
    assert not errors
    below = "MATCH (u:Unit)-[r:PART_OF]->(:Unit {id: 'a'}) RETURN count(r), count(DISTINCT u)"
    assert store.read(below).rows == [[81, 81]]
    assert load(store, [together]).plan.size == 0


def test_the_progress_of_every_stage_ends_at_its_total(store, monkeypatch, files):
    streaming(monkeypatch)
    monkeypatch.setattr("loaders.load.ROWS_SAID", 1)
    rows: dict[str, list[tuple[int, int]]] = {}
    written: list[tuple[int, int]] = []

    def told(stage: str, done: int, total: int) -> None:
        rows.setdefault(stage, []).append((done, total))

    load(store, files[0], progress=lambda done, total: written.append((done, total)), rows=told)
    assert list(rows) == ["reading", "checking"]
    for each in (*rows.values(), written):
        assert [done for done, _ in each] == sorted({done for done, _ in each})
        assert {total for _, total in each} == {each[-1][0]}
