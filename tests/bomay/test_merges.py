"""bomay merges as its users meet it."""

import csv
import io
import json
import shutil

import pytest
import yaml

from bomay.commands.merge_plan import joint_name


@pytest.fixture
def db(demo, tmp_path):
    """A demo of one's own: findings are recorded in it."""
    folder = tmp_path / "bomay.db"
    shutil.copytree(demo / "bomay.db", folder)
    return ["--store", folder]


ASK = ["--in", "tỉnh Vĩnh Phúc", "--on", "2025-02-28"]


def test_proposals_in_all_forms(bomay, db, tmp_path):
    table = bomay("merges", *db, *ASK)
    assert table.code == 0 and "Sở Kế hoạch và Đầu tư" in table.out and "cấp trưởng" in table.out
    found = json.loads(bomay("merges", *db, *ASK, "--format", "json").out)
    ids = [unit for each in found for unit in each["ids"]]
    assert len(ids) == len(set(ids))
    for each in found:
        assert sum(each["parts"].values()) == pytest.approx(each["odds"], abs=1e-12)
    rows = list(csv.DictReader(io.StringIO(bomay("merges", *db, *ASK, "--format", "csv", "--most", "2").out)))
    assert [row["key"] for row in rows] == [each["key"] for each in found[:2]]
    assert bomay("merges", *db, *ASK, "-o", tmp_path / "merges.xlsx").code == 0
    assert "Units that could merge" in bomay("merges", *db, *ASK, "--lang", "en").out


def test_one_proposal_is_explained_as_text_and_as_a_picture(bomay, db, tmp_path):
    said = bomay("merges", *db, *ASK, "--explain", "1")
    assert said.code == 0 and "mức nền" in said.out and "Giả định" in said.out
    picture = tmp_path / "why.png"
    assert bomay("merges", *db, *ASK, "--explain", "1", "-o", picture).code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    wrong = bomay("merges", *db, *ASK, "--explain", "99")
    assert wrong.code == 2 and "not 99" in wrong.err


def test_a_judgement_survives_the_next_run(bomay, db):
    bomay("merges", *db, *ASK, "--record")
    first = json.loads(bomay("merges", *db, *ASK, "--format", "json").out)[0]
    assert bomay("judge", *db, first["key"], "reject", "--why", "thử").code == 0
    again = json.loads(bomay("merges", *db, *ASK, "--format", "json", "--record").out)
    assert first["key"] not in {each["key"] for each in again}
    count = "MATCH (c:Candidate {kind: 'merge'})-[:CONCERNS]->(u:Unit) RETURN count(DISTINCT c) AS n"
    assert bomay("query", *db, count, "--format", "csv").out == f"n\n{len(again)}\n"


def test_scope_and_nothing_found(bomay, db):
    none = bomay("merges", *db, *ASK, "--level", "xã")
    assert none.code == 1 and "--least" in none.err
    assert bomay("merges", *db, *ASK, "--level", "làng xóm").code == 2
    assert bomay("merges", *db, *ASK, "--kind", "Sởo").code == 2
    assert bomay("merges", *db, "--in", "tỉnh Vĩnh Phúc", "--on", "1800-01-01", "--certain").code == 1
    only = json.loads(bomay("merges", *db, *ASK, "--kind", "Sở", "--size", "2", "--format", "json").out)
    assert all(any(name.startswith("Sở") for name in each["units"]) and len(each["ids"]) == 2 for each in only)


TRUTH = """đơn vị a,đơn vị b,địa bàn
Sở Kế hoạch và Đầu tư,Sở Tài chính,tỉnh Vĩnh Phúc
Sở Giao thông vận tải,Sở Xây dựng,tỉnh Vĩnh Phúc
Sở Nội vụ,Sở Lao động - Thương binh và Xã hội,tỉnh Vĩnh Phúc
"""


def test_known_mergers_are_measured(bomay, db, tmp_path):
    file = tmp_path / "truth.csv"
    file.write_text(TRUTH, encoding="utf-8")
    said = bomay("merges", *db, "--truth", file)
    assert said.code == 0
    assert all(word in said.out for word in ("AP", "P@20", "R@5", "Jaccard", "28/02/2025", "Ngoài tầm của văn bản"))
    ranked = json.loads(bomay("merges", *db, "--truth", file, "--format", "json").out)
    assert sum(each["right"] for each in ranked) == 3
    assert ranked[0]["right"] and {ranked[0]["a"], ranked[0]["b"]} == {"vp-so-khdt", "vp-so-tai-chinh"}


def test_unknown_units_in_the_truth_are_listed_and_can_be_left_out(bomay, db, tmp_path):
    file = tmp_path / "truth.csv"
    file.write_text(TRUTH + "Sở Nội vụu,Sở Y tế,tỉnh Vĩnh Phúc\nSở X,Sở Y,tỉnh Không\n", encoding="utf-8")
    said = bomay("merges", *db, "--truth", file)
    assert said.code == 2
    assert "2 rows not understood, 3 understood" in said.err and "Sở Nội vụ @ tỉnh Vĩnh Phúc" in said.err
    assert "truth!5" in said.err and "truth!6" in said.err
    rest = bomay("merges", *db, "--truth", file, "--known-only")
    assert rest.code == 0 and "truth!5" in rest.err
    file.write_text("tên,ngày\nx,y\n", encoding="utf-8")
    assert "columns a, b" in bomay("merges", *db, "--truth", file).err


def test_proposals_become_a_plan_that_can_be_checked(bomay, db, tmp_path):
    plan = tmp_path / "plan.yaml"
    table = bomay("merges", *db, *ASK, "--most", "3", "--as-plan", plan)
    assert table.code == 0
    steps = yaml.safe_load(plan.read_text(encoding="utf-8"))["các bước"]
    found = json.loads(bomay("merges", *db, *ASK, "--most", "3", "--format", "json").out)
    assert [step["đơn vị"] for step in steps] == [each["ids"] for each in found]
    assert all("(tên tạm)" in step["kết quả"] for step in steps)
    checked = bomay("plan", "check", plan, *db)
    assert "tên tạm" in checked.out and "Traceback" not in checked.err


@pytest.mark.parametrize(
    ("names", "joint"),
    [
        (["Sở Tài chính", "Sở Kế hoạch và Đầu tư"], "Sở Tài chính - Kế hoạch và Đầu tư"),
        (["Ban Dân vận Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy"], "Ban Dân vận - Tuyên giáo Tỉnh ủy"),
        (["Sở Nội vụ", "Ban Tổ chức", "Ban Dân tộc"], "Sở Nội vụ - Ban Tổ chức - Ban Dân tộc"),
        (["Sở Y tế", "Sở Y tế"], "Sở Y tế"),
    ],
)
def test_a_provisional_name_says_once_what_all_have(names, joint):
    assert joint_name(names) == joint
