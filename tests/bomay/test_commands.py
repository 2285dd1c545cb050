"""The command line as its users meet it: their own data in, answers and charts out, mistakes explained."""

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bomay.cli import COMMANDS


@pytest.fixture
def db(demo):
    return ["--store", demo / "bomay.db"]


def test_a_users_own_workbook_from_template_to_chart(bomay, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert bomay("template", "facts.xlsx").code == 0
    first = bomay("load", "facts.xlsx")
    assert first.code == 0 and "đơn vị" in first.out
    again = bomay("load", "facts.xlsx")
    assert again.code == 0 and "Không có gì mới" in again.out
    assert "Nguyễn Văn Ví Dụ" in bomay("concurrent").out
    assert bomay("query", "MATCH (u:Unit) RETURN count(u) AS n", "--format", "csv").out == "n\n7\n"
    assert bomay("chart", "tỉnh Ví Dụ", "-o", "chart.png").code == 0
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


def test_a_load_is_shown_before_it_is_made_and_can_be_undone(bomay, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    bomay("template", "facts.xlsx", "--lang", "en")
    dry = bomay("load", "--dry-run", "facts.xlsx", "--lang", "en")
    assert dry.code == 0 and "dry run" in dry.out
    assert bomay("loads").code == 3  # a trial leaves no database behind
    bomay("load", "facts.xlsx")
    loads = json.loads(bomay("loads", "--format", "json").out)
    assert [load["state"] for load in loads] == ["done"]
    undone = bomay("load", "--undo", loads[0]["id"])
    assert undone.code == 0 and "taken back" in undone.out
    assert bomay("query", "MATCH (u:Unit) RETURN u.name").code == 1


def test_one_query_in_all_forms(bomay, db, tmp_path):
    ask = [*db, "query", "heads", "-p", "place=tỉnh Bình Phước", "--on", "1/6/2018"]
    table = bomay(*ask)
    assert table.code == 0 and "Nguyễn Văn Khánh" in table.out and "bp-van-phong-tinh-uy" not in table.out
    rows = json.loads(bomay(*ask, "--format", "json").out)
    assert {row["person"] for row in rows} == {"Nguyễn Văn Khánh", "Trần Tuệ Hiền"}
    out = list(csv.DictReader(io.StringIO(bomay(*ask, "--format", "csv").out)))
    assert [row["person"] for row in out] == [row["person"] for row in rows]
    assert bomay(*ask, "-o", tmp_path / "heads.xlsx").code == 0
    sheet = load_workbook(tmp_path / "heads.xlsx").active
    assert sheet.max_row == 3 and "người giữ" in [cell.value for cell in sheet[1]]
    assert bomay(*ask, "-o", tmp_path / "heads.csv").code == 0
    assert (tmp_path / "heads.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_options_may_stand_before_or_after_the_command(bomay, demo):
    before = bomay("--store", demo / "bomay.db", "--on", "9/10/2019", "--format", "json", "concurrent")
    after = bomay("concurrent", "--store", demo / "bomay.db", "--on", "2019-10-09", "--format", "json")
    assert before.code == 0 and before.out == after.out


def test_the_store_may_be_named_by_the_environment(bomay, demo, monkeypatch):
    monkeypatch.setenv("BOMAY_STORE", str(demo / "bomay.db"))
    assert bomay("query", "MATCH (u:Unit) RETURN count(u) AS n").code == 0


def test_models_found_covered_and_forbidden(bomay, db):
    found = bomay(*db, "concurrent", "--models", "--on", "2020-01-01", "--min-support", "1", "--format", "json")
    assert any("CM1" in row["known"] for row in json.loads(found.out))
    coverage = bomay(*db, "concurrent", "--coverage", "--model", "CM4", "--on", "2019-10-09")
    assert coverage.code == 0 and "còn chậm" in " ".join(coverage.out.split())
    forbidden = bomay(*db, "concurrent", "--forbidden", "--on", "2020-10-10")
    assert forbidden.code == 1 and "nothing found" in forbidden.err


def test_things_are_found_by_words_of_their_names(bomay, db, tmp_path):
    ask = [*db, "find", "so", "noi", "vu", "--on", "30/6/2025"]
    table = bomay(*ask)
    assert table.code == 0 and "Sở Nội vụ" in table.out and "tỉnh Vĩnh Phúc" in table.out
    assert table.out.index("pt-so-noi-vu") < table.out.index("vp-so-noi-vu")
    later = bomay(*ask[:-1], "1/7/2025", "--format", "json")
    rows = json.loads(later.out)
    assert [row["id"] for row in rows] == ["pt-so-noi-vu", "vp-so-noi-vu"]
    assert rows[1] == {
        "what": "Unit", "id": "vp-so-noi-vu", "name": "Sở Nội vụ", "matched": "Sở Nội vụ", "kind": "so",
        "place": ["tỉnh Vĩnh Phúc"], "about": ["Ủy ban nhân dân tỉnh"], "since": "2014-05-19",
        "since_text": "trước 2014-05-20", "until": "2025-07-01", "until_text": "2025-07-01", "score": 0.9,
    }  # fmt: skip
    out = list(csv.DictReader(io.StringIO(bomay(*ask, "--format", "csv").out)))
    assert [row["id"] for row in out] == [row["id"] for row in rows]
    assert bomay(*ask, "-o", tmp_path / "found.xlsx").code == 0
    assert "id" in [cell.value for cell in load_workbook(tmp_path / "found.xlsx").active[1]]
    person = bomay(*db, "find", "trần duy đông", "--on", "30/6/2025", "--lang", "en").out
    assert "person" in person and "Phó Bí thư Tỉnh ủy" in person and "tỉnh Vĩnh Phúc" in person
    assert "18-NQ/TW" in bomay(*db, "find", "nq/tw", "--what", "document", "--most", "1").out
    assert bomay(*db, "find", "so noi vu", "--what", "person", "--format", "json").out == "[]\n"


def test_ids_are_never_broken_into_lines(bomay, db, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    assert "vp-so-noi-vu-phong-to-chuc" in bomay(*db, "find", "phòng tổ chức", "--what", "unit").out


def test_a_query_cannot_change_anything(bomay, db):
    before = bomay(*db, "query", "MATCH (n) RETURN count(n) AS n", "--format", "csv").out
    refused = bomay(*db, "query", "MATCH (u:Unit) DETACH DELETE u")
    assert refused.code == 2 and "read-only" in refused.err
    assert bomay(*db, "query", "MATCH (n) RETURN count(n) AS n", "--format", "csv").out == before


def test_check_ends_with_one_only_for_errors(bomay, db):
    outcome = bomay(*db, "check", "--on", "2019-10-09", "--format", "json")
    findings = json.loads(outcome.out)
    assert outcome.code == int(any(f["severity"] == "error" for f in findings))
    assert findings and all(f["message"] and f["remedy"] for f in findings)


def test_charts_to_files_and_to_standard_output(bomay, db, tmp_path):
    for form in ("svg", "png", "pdf", "dot"):
        assert bomay(*db, "chart", "tỉnh Bình Phước", "--on", "1/6/2018", "-o", tmp_path / f"c.{form}").code == 0
        assert (tmp_path / f"c.{form}").stat().st_size > 1000
    out = bomay(*db, "chart", "tỉnh Bình Phước", "--on", "1/6/2018", "--format", "svg", "-o", "-")
    assert out.out.startswith("<") and "Trần Tuệ Hiền" in out.out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["qurey"], 2, "nearest: query"),
        (["query", "heds"], 2, "nearest: heads"),
        (["query", "heads", "-p", "plaec=x"], 2, "nearest: place"),
        (["query", "heads", "-p", "place"], 2, "NAME=VALUE"),
        (["query", "heads", "-p", "place=tỉnh Vĩn Phúc"], 2, "Vĩnh Phúc"),
        (["query", "lineage"], 2, "-p unit="),
        (["query", "MATCH (u:Unit RETURN u"], 2, "line 1"),
        (["query", "MATCH (u:Unit) WHERE u.id = $id RETURN u"], 2, "-p name=value"),
        (["query", "MATCH (u:Unit {id: 'nothing'}) RETURN u"], 1, "no rows"),
        (["chart", "Sở Xây dựg", "-o", "x.png", "--on", "1/1/2020"], 2, "Sở Xây dựng"),
        (["chart", "UBND tỉnh", "-o", "x.bmp"], 2, "not a format"),
        (["chart", "UBND tỉnh"], 2, "say in which format"),
        (["chart", "vp-ubnd", "-o", "nowhere/x.png", "--on", "1/1/2020"], 2, "no folder"),
        (["concurrent", "--on", "31/2/2019"], 2, "no day 31"),
        (["concurrent", "--on", "2019"], 2, "not one day"),
        (["concurrent", "--in", "tỉnh Không Có"], 2, "tỉnh Không Có"),
        (["concurrent", "--on", "1/1/1900"], 1, "nothing found"),
        (["concurrent", "--on", "9/10/2019", "--format", "xlsx"], 2, "-o FILE.xlsx"),
        (["concurrent", "-o", "x.docx"], 2, "not a format"),
        (["overlaps", "--level", "liên bang"], 2, "one of:"),
        (["load"], 2, "at least one file"),
        (["load", "nothing.xlsx"], 2, "nothing.xlsx"),
        (["load", "--undo", "nothing"], 1, "no load"),
        (["queries", "nothing"], 2, "no query"),
        (["find", "Trần Tuệ Hiến Anh"], 1, "nearest: Trần Tuệ Hiền"),
        (["find", "***"], 1, "nothing is called"),
        (["find", "so", "--what", "post"], 2, "'person'"),
    ],
)
def test_mistakes_are_explained_with_the_right_exit_code(bomay, db, tmp_path, monkeypatch, arguments, code, said):
    monkeypatch.chdir(tmp_path)
    outcome = bomay(*db, *arguments)
    assert (outcome.code, said in outcome.err) == (code, True), outcome.err


@pytest.mark.parametrize(
    ("store", "said"),
    [
        ("nothing.db", "bomay load"),
        ("bolt://127.0.0.1:9", "does not answer"),
        ("gopher://x", "not an address"),
        ("", "--store is empty"),
    ],
)
def test_a_store_that_cannot_be_reached(bomay, tmp_path, monkeypatch, store, said):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOMAY_PASSWORD", "x")
    outcome = bomay("--store", store, "concurrent")
    assert outcome.code == (2 if said in ("not an address", "--store is empty") else 3) and said in outcome.err


def test_help_knows_every_command_and_every_command_has_help(bomay):
    text = bomay("--help").out
    for name in COMMANDS:
        assert f"  {name} " in text
        assert bomay(name, "--help").code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_for_this_command(bomay, shell):
    assert "_BOMAY_COMPLETE" in bomay("completion", shell).out


def test_completion_knows_commands_and_named_queries():
    def complete(line):
        words = line.split(" ")
        environment = {**os.environ, "_BOMAY_COMPLETE": "bash_complete", "COMP_WORDS": line}
        environment["COMP_CWORD"] = str(len(words) - 1)
        code = "from bomay.cli import main; main()"
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
        return {row.split(",")[-1] for row in done.stdout.split()}

    assert {"concurrent", "completion"} <= complete("bomay co")
    assert {"heads"} <= complete("bomay query he")


def test_english_labels(bomay, db):
    text = bomay(*db, "--lang", "en", "concurrent", "--on", "9/10/2019").out
    assert "person" in text and "họ và tên" not in text


def test_a_query_that_never_ends_is_given_up(demo):
    """In a process of its own: what nobody waits for ends with the process."""
    endless = "MATCH (a:Unit), (b:Unit), (c:Function), (d:Unit) WHERE a.name + b.name + c.text = d.name RETURN count(*)"
    command = [sys.executable, "-m", "bomay.cli", "--store", str(demo / "bomay.db"), "query", endless, "--timeout", "1"]
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3 and "no answer within 1 seconds" in done.stderr
    assert time.monotonic() - started < 20
    again = subprocess.run([*command[:-3], "MATCH (u:Unit) RETURN count(u)"], capture_output=True, text=True)
    assert again.returncode == 0, again.stderr


def test_a_disk_that_is_full_for_the_answer(demo):
    ask = "MATCH (u:Unit) RETURN u.name"
    command = [sys.executable, "-m", "bomay.cli", "--store", str(demo / "bomay.db"), "query", ask]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 3 and "could not be written" in done.stderr and "Traceback" not in done.stderr


def test_a_reader_that_has_seen_enough_is_no_error(demo):
    ask = "'MATCH (n)-[r]->(m) RETURN n, r, m'"
    command = f"{sys.executable} -m bomay.cli --store {demo / 'bomay.db'} query {ask} | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert done.stderr == "", done.stderr
