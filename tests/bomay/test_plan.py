"""bomay plan as its users meet it, on the demo facts; docs/plans.md says what runs."""

import csv
import io
import json
import re
import shlex
import shutil
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).parents[2]
PLANS = ROOT / "bomay" / "plans"


@pytest.fixture
def db(demo):
    return ["--store", demo / "bomay.db"]


def test_the_template_runs_on_the_demo_from_check_to_adopt_and_back(bomay, demo, tmp_path):
    own = tmp_path / "own.db"
    shutil.copytree(demo / "bomay.db", own)
    plan = tmp_path / "plan.yaml"
    assert bomay("plan", "template", "-o", plan).code == 0
    assert "is there already" in bomay("plan", "template", "-o", plan).err
    checked = bomay("plan", "check", plan, "--store", own)
    assert checked.code == 0 and "0 lỗi, 0 cảnh báo" in checked.out and "158/2018/NĐ-CP" in checked.out
    diff = bomay("plan", "diff", plan, "--store", own)
    assert diff.code == 0 and "Chi cục Thủy lợi và Phát triển nông thôn" in diff.out
    assert len(json.loads(bomay("loads", "--store", own, "--format", "json").out)) == 1  # nothing was written
    adopted = bomay("plan", "adopt", plan, "--yes", "--store", own, "--status", "in_force")
    assert adopted.code == 0, adopted.err
    after = bomay("query", "units", "-p", "place=tỉnh Phú Thọ", "--on", "2027-01-01", "--store", own, "--format", "csv")
    assert "Trung tâm Chuyển đổi số" in after.out and "Chi cục Thủy lợi," not in after.out
    again = bomay("plan", "adopt", plan, "--yes", "--store", own, "--status", "in_force")
    assert "Không có gì mới" in again.out
    load = re.search(r"load --undo (\S+)", adopted.out)[1]
    assert bomay("load", "--undo", load, "--store", own).code == 0
    assert "Trung tâm Chuyển đổi số" not in bomay("query", "units", "--on", "2027-01-01", "--store", own).out


def test_the_example_has_every_kind_of_step():
    from graph.vocabulary import code_of
    from loaders.plan_file import read_raw
    from loaders.plan_steps import kinds

    used = {code_of("event_kinds", step.cells["kind"].value) for step in read_raw(PLANS / "phu-tho.yaml").steps}
    assert used == kinds().keys() - {"split", "merge_two_seals"}


def test_the_real_rearrangement_as_a_plan_gives_what_the_graph_has(bomay, db):
    """17 → 12 on 1 March 2025: the plan's result is what the recorded events made of the same units."""
    from graph.store import connect
    from loaders.plan import read_plan
    from queries.plans.trial import try_plan

    with connect(str(db[1])) as store:
        trial = try_plan(store, read_plan(store, PLANS / "vinh-phuc-2025.yaml"))
        query = """
        MATCH (u:Unit)-[l:LOCATED_IN]->(:Place {id: 'place-vinh-phuc'})
        WHERE (l.valid_to IS NULL OR l.valid_to > $on) AND (u.valid_from IS NULL OR u.valid_from <= $on)
          AND (u.valid_to IS NULL OR u.valid_to > $on)
        OPTIONAL MATCH (u)-[r:PART_OF]->(p:Unit)
        WHERE r.kind = 'line' AND (r.valid_from IS NULL OR r.valid_from <= $on)
          AND (r.valid_to IS NULL OR r.valid_to > $on)
        RETURN u.name, p.name
        """
        recorded = sorted((u, p or "") for u, p in store.read(query, {"on": trial.scenario.end}).rows)
    tables = trial.tables_after
    made = sorted((u.name, tables.units[u.parent].name if u.parent else "") for u in tables.scope() if u.place)
    assert made == recorded
    departments = [u for u in tables.scope() if u.parent == "vp-ubnd"]
    assert len(departments) == 12
    found = bomay("plan", "check", PLANS / "vinh-phuc-2025.yaml", *db)
    assert found.code == 0 and "sơ đồ đã ghi 11 đơn vị" in found.out
    refused = bomay("plan", "adopt", PLANS / "vinh-phuc-2025.yaml", "--yes", *db)
    assert refused.code == 2 and "ended on 2025-03-01 by event e-vp-2025-tai-chinh" in refused.err


BAD = """tên: Thử
ngày: 2027-01-01
địa bàn: tỉnh Phú Thọ
các bước:
  - {loại: hợp nhất, đơn vị: [Chi cục Thủy lợi, Chi cục Kiểm lâm], kết quả: Chi cục Mới, biên chế: 10}
  - {loại: đổi tên, đơn vị: vp-so-nnptnt-cc-thuy-loi, tên mới: Chi cục Khác}
"""


def test_a_plan_with_errors_ends_with_1_and_is_not_adopted(bomay, db, tmp_path):
    plan = tmp_path / "bad.yaml"
    plan.write_text(BAD, encoding="utf-8")
    found = bomay("plan", "check", plan, *db)
    assert found.code == 1 and "LỖI" in found.out and "2 lỗi" in found.out
    rows = json.loads(bomay("plan", "check", plan, *db, "--format", "json").out)
    assert {(r["severity"], r["code"], r["steps"], r["rule"]) for r in rows if r["severity"] == "error"} == {
        ("error", "contradiction", "2", ""),
        ("error", "min_staff", "1", "min_staff_sub_department"),
    }
    adopted = bomay("plan", "adopt", plan, "--yes", *db)
    assert adopted.code == 2 and "2 errors and was not adopted" in adopted.err


def test_mistakes_in_the_file_are_told_with_lines_and_code_2(bomay, db, tmp_path):
    plan = tmp_path / "bad.yaml"
    plan.write_text(BAD.replace("Chi cục Kiểm lâm", "Chi cục Kiểm lăm").replace("tên mới", "tên mói"), encoding="utf-8")
    for verb in ("check", "diff", "adopt"):
        told = bomay("plan", verb, plan, *db)
        assert told.code == 2 and "line 5" in told.err and "nearest: Chi cục Kiểm lâm" in told.err
        assert "line 6" in told.err and "unknown key 'tên mói'" in told.err
    assert bomay("plan", "check", tmp_path / "none.yaml", *db).code == 2


def test_not_adopted_without_a_yes(bomay, db, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    asked = bomay("plan", "adopt", PLANS / "phu-tho.yaml", *db)
    assert asked.code == 1 and "Không ghi gì" in asked.out


def test_diff_and_compare_in_all_forms(bomay, db, tmp_path):
    plan, other = PLANS / "phu-tho.yaml", tmp_path / "other.yaml"
    other.write_text(BAD.rpartition("  - ")[0].replace("biên chế: 10", "biên chế: 40"), encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(bomay("plan", "diff", plan, *db, "--format", "csv").out)))
    assert {row["part"] for row in rows} == {"measures", "units", "functions", "people"}
    units = next(r for r in rows if r["part"] == "measures" and r["name"] == "units" and not r["system"])
    assert (units["before"], units["after"], units["change"]) == ("82", "78", "−4")
    book = tmp_path / "diff.xlsx"
    assert bomay("plan", "diff", plan, *db, "-o", book).code == 0
    assert load_workbook(book).worksheets[0]["A1"].value == "bảng"
    english = bomay("plan", "diff", plan, *db, "--lang", "en")
    assert "Before and after" in english.out and "posts of head" in english.out
    both = bomay("plan", "compare", plan, other, *db)
    assert both.code == 0 and "A: Phương án ví dụ" in both.out and "Chi cục Mới" in both.out
    found = json.loads(bomay("plan", "compare", plan, other, *db, "--format", "json").out)
    assert {"measures", "findings", "units", "only_a"} <= {row["part"] for row in found}
    same = bomay("plan", "compare", plan, plan, *db)
    assert "Hai phương án cho cùng một kết quả" in same.out


def test_two_places_are_not_compared_by_accident(bomay, db):
    told = bomay("plan", "compare", PLANS / "phu-tho.yaml", PLANS / "vinh-phuc-2025.yaml", *db)
    assert told.code == 2 and "two places" in told.err


def test_three_hundred_steps_on_one_place_take_seconds(bomay, db, tmp_path):
    plan = tmp_path / "long.yaml"
    steps = [
        f"  - {{loại: thành lập, kết quả: {{tên: Phòng Số {n}, đơn vị cấp trên: Sở Y tế, biên chế: 6}}}}"
        for n in range(150)
    ]
    steps += [f"  - {{loại: sáp nhập vào, đơn vị: Phòng Số {n}, kết quả: Phòng Số {n - 1}}}" for n in range(149, 0, -1)]
    plan.write_text("\n".join([*BAD.splitlines()[:4], *steps]) + "\n", encoding="utf-8")
    start = time.process_time()
    found = bomay("plan", "check", plan, *db)
    assert found.code == 0, found.err
    assert time.process_time() - start < 20
    rows = json.loads(bomay("plan", "diff", plan, *db, "--format", "json").out)
    assert [(r["name"], r["after"]) for r in rows if r["change"] == "quota"] == [("Phòng Số 0 < Sở Y tế", 900.0)]


def test_every_command_in_the_page_runs(bomay, demo, tmp_path, monkeypatch):
    page = (ROOT / "docs" / "plans.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(demo, tmp_path / "demo")
    commands = re.findall(r"^\$ (bomay .+)$", page, re.M)
    for command in commands:
        done = bomay(*shlex.split(command)[1:])
        assert done.code == 0, (command, done.err)
    for block in re.findall(r"```yaml\n(.*?)```", page, re.S):
        (tmp_path / "page.yaml").write_text(block, encoding="utf-8")
        checked = bomay("plan", "check", "page.yaml", "--store", "demo/bomay.db")
        assert checked.code == 0, checked.err + checked.out
    assert len(commands) >= 6
