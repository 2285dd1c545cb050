"""bomay judge: verdicts by key, by names and from a sheet; taken back, listed, respected."""

import json
import shutil

import pytest
from openpyxl import load_workbook

DAY = ("--in", "tỉnh Vĩnh Phúc", "--on", "2017-01-01")
AS_OF = ("--in", "tỉnh Vĩnh Phúc", "--as-of", "2017-01-01")


@pytest.fixture
def own(demo, tmp_path):
    shutil.copytree(demo / "bomay.db", tmp_path / "own.db")
    return ["--store", tmp_path / "own.db"]


def listed(bomay, own, *more):
    return json.loads(bomay("overlaps", *own, *DAY, *more, "--format", "json").out)


def verdicts(bomay, own, *more):
    done = bomay("judge", *own, "--list", *more, "--format", "json")
    return [] if done.code else json.loads(done.out)


def test_a_rejected_finding_is_hidden_until_asked_for_and_an_accepted_one_marked(bomay, own):
    first, second = (row["key"] for row in listed(bomay, own, "--record")[:2])
    assert bomay("judge", *own, first, "reject", "--why", "khác phạm vi", "--by", "An", "--on", "2020-02-01").code == 0
    assert bomay("judge", *own, second[:9], "chấp nhận", "--by", "An").code == 0
    keys = {row["key"]: row for row in listed(bomay, own)}
    assert first not in keys and keys[second]["verdict"] == "accept"
    everything = {row["key"]: row for row in listed(bomay, own, "--all")}
    assert (everything[first]["verdict"], everything[first]["reason"]) == ("reject", "khác phạm vi")
    table = bomay("overlaps", *own, *DAY, "--all", "--most", "2").out
    assert "bác bỏ, An" in " ".join(table.split())
    assert "--all" in bomay("overlaps", *own, *DAY, "--most", "1").out
    listed(bomay, own, "--record")
    assert first not in {row["key"] for row in listed(bomay, own)}, "a new run changes no verdict"


def test_it_survives_that_the_facts_are_taken_away_and_loaded_again(bomay, own, demo):
    key = listed(bomay, own)[0]["key"]
    assert bomay("judge", *own, key, "reject", *AS_OF).code == 0, "without having been recorded"
    (load,) = json.loads(bomay("loads", *own, "--format", "json").out)
    assert bomay("load", *own, "--undo", load["id"]).code == 0
    assert bomay("query", *own, "MATCH (u:Unit) RETURN u.id").code == 1
    from importlib import resources

    with resources.as_file(resources.files("bomay") / "demo") as folder:
        assert bomay("load", *own, folder).code == 0
    assert key not in {row["key"] for row in listed(bomay, own)}
    assert key in {row["key"] for row in listed(bomay, own, "--all")}


def test_a_later_verdict_replaces_undo_opens_again_and_all_is_kept(bomay, own):
    key = listed(bomay, own, "--record")[0]["key"]
    bomay("judge", *own, key, "accept", "--by", "An")
    bomay("judge", *own, key, "unsure", "--by", "Bình")
    assert [(row["verdict"], row["by"]) for row in verdicts(bomay, own)] == [("unsure", "Bình")]
    done = bomay("judge", *own, "--undo", key[:8], "--why", "nhầm", "--by", "Chi")
    assert done.code == 0 and key in done.out
    assert verdicts(bomay, own) == []
    history = verdicts(bomay, own, "--history")
    assert [(row["verdict"], row["ended_why"], row["ended_by"]) for row in history] == [
        ("unsure", "undone", "Chi"),
        ("accept", "replaced", "Bình"),
    ]
    asked = json.loads(bomay("query", *own, "judgements", "--format", "json").out)
    assert [row["ended_why"] for row in asked] == ["undone", "replaced"]
    assert bomay("judge", *own, "--undo", key).code == 1


def test_by_the_names_of_two_units_or_two_functions(bomay, own):
    party, state = "Ban Tổ chức Tỉnh ủy @ Vĩnh Phúc", "Sở Nội vụ @ Vĩnh Phúc"
    done = bomay("judge", *own, party, state, "unsure", *AS_OF)
    pairs = [r for r in listed(bomay, own) if {r["a_unit"], r["b_unit"]} == {"Ban Tổ chức Tỉnh ủy", "Sở Nội vụ"}]
    pairs = [r for r in pairs if r["class"] != "fragmentation"]
    assert done.code == 0 and len(done.out.splitlines()) == len(pairs) > 1
    one = pairs[0]
    done = bomay("judge", *own, one["a_function_id"], one["b_function_id"], "accept", *AS_OF)
    assert done.code == 0 and one["key"] in done.out
    done = bomay("judge", *own, party, state, "reject", "--kind", "hợp nhất", "--as-of", "2017-01-01")
    assert done.code == 0 and done.out.startswith("bác bỏ: m-")
    assert {row["kind"] for row in verdicts(bomay, own)} == {"overlap", "merge"}
    assert [row["kind"] for row in verdicts(bomay, own, "--kind", "merge")] == ["merge"]


def test_a_sheet_of_verdicts(bomay, own, tmp_path):
    path = tmp_path / "list.xlsx"
    assert bomay("overlaps", *own, *DAY, "--most", "6", "--record", "-o", path).code == 0
    book = load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    key, verdict, reason, on = (heads.index(name) + 1 for name in ("mã", "kết luận", "lý do", "ngày kết luận"))
    for row, (said, why) in enumerate([("chấp nhận", "rõ"), ("Bác bỏ", "khác"), (None, None), ("unsure", None)], 2):
        sheet.cell(row, verdict, said)
        sheet.cell(row, reason, why)
    sheet.cell(2, on, "1/3/2025")
    book.save(path)
    done = bomay("judge", *own, "--from", path, "--by", "An")
    assert done.code == 0 and "3 kết luận mới" in done.out
    assert {(row["verdict"], row["reason"]) for row in verdicts(bomay, own)} == {
        ("accept", "rõ"), ("reject", "khác"), ("unsure", ""),
    }  # fmt: skip
    assert "2025-03-01" in {row["on"] for row in verdicts(bomay, own)}
    assert "0 kết luận mới, 3 như cũ" in bomay("judge", *own, "--from", path).out
    sheet.cell(2, verdict, "có lẽ")
    sheet.cell(3, key, "o-zz")
    book.save(path)
    done = bomay("judge", *own, "--from", path)
    assert done.code == 2 and "có lẽ" in done.err and len(verdicts(bomay, own, "--history")) == 3


def test_a_csv_of_another_hand_and_files_that_are_none(bomay, own, tmp_path):
    key = listed(bomay, own, "--record")[0]["key"]
    path = tmp_path / "v.csv"
    path.write_text(f"key,verdict,why\n{key},reject,x\n,accept,\n{key},,\n", encoding="utf-8")
    assert bomay("judge", *own, "--from", path).code == 0
    assert [row["verdict"] for row in verdicts(bomay, own)] == ["reject"]
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "columns key and verdict" in bomay("judge", *own, "--from", path).err
    path.write_text(f"key,verdict\n{key},\n", encoding="utf-8")
    assert "no row has a verdict" in bomay("judge", *own, "--from", path).err


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (["accept"], 2, "nothing to judge"),
        ([], 2, "nothing to judge"),
        (["o-1", "maybe"], 2, "not a verdict"),
        (["o-ffff", "accept"], 2, "no finding has the key"),
        (["Sở Nội vụ @ Vĩnh Phúc", "Sở Y tế @ Vĩnh Phúc", "accept", *AS_OF], 1, "no overlap between these two"),
        (["Sở Không", "Sở Có", "accept"], 2, "no unit or function"),
        (["--undo", "o-1"], 1, "no verdict"),
        (["--list"], 1, "no verdict is recorded"),
        (["--list", "--kind", "lạ"], 2, "one of:"),
        (["o-1", "accept", "--on", "2190-01-01"], 2, "is not yet"),
        (["--from", "none.xlsx"], 2, "does not exist"),
    ],
)
def test_mistakes_are_explained(bomay, demo, given, code, said):
    done = bomay("judge", "--store", demo / "bomay.db", *given)
    assert (done.code, said in done.err) == (code, True), done.err


def test_concurrency_candidates_are_listed_recorded_and_judged(bomay, own):
    ask = ["concurrent", *own, "--candidates", "--on", "2025-06-30", "--in", "Vĩnh Phúc"]
    found = json.loads(bomay(*ask, "--record", "--format", "json").out)
    row = next(row for row in found if row["model"].startswith("CM7"))
    assert "Trần Duy Đông" in " ".join(row["a"]) and any("UBND cùng cấp" in text for text in row["against"])
    assert bomay("judge", *own, row["key"], "reject", "--why", "đã là Chủ tịch UBND").code == 0
    assert row["key"] not in {r["key"] for r in json.loads(bomay(*ask, "--format", "json").out)}
    assert row["key"] in {r["key"] for r in json.loads(bomay(*ask, "--all", "--format", "json").out)}
    new = json.loads(bomay("concurrent", *own, "--candidates", "--on", "2025-06-30", "--min-support", "1",
                           "--format", "json").out)  # fmt: skip
    assert any(r["kind"] == "new_model" and "1 người" in r["for"][0] for r in new)
    assert bomay("concurrent", *own, "--candidates", "--model", "CM12", "--on", "2019-01-01").code == 1
    table = bomay(*ask, "--all").out
    assert "bác bỏ" in table and "−1,0" in table
