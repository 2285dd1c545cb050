"""bomay overlaps on the demo facts: what is listed, explained, exported, recorded; mistakes explained."""

import csv
import io
import json
import shutil

import pytest
from openpyxl import load_workbook
from PIL import Image

DAY = ("--in", "tỉnh Vĩnh Phúc", "--on", "2017-01-01")


@pytest.fixture
def db(demo):
    return ["--store", demo / "bomay.db"]


@pytest.fixture
def own(demo, tmp_path):
    """A copy that a test may write into."""
    shutil.copytree(demo / "bomay.db", tmp_path / "own.db")
    return ["--store", tmp_path / "own.db"]


def rows(bomay, db, *more):
    done = bomay("overlaps", *db, *DAY, *more, "--format", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_pairs_of_party_and_state_are_listed_with_their_reasons(bomay, db):
    found = rows(bomay, db)
    pair = next(
        row
        for row in found
        if (row["a_unit"], row["b_unit"]) == ("Ban Tổ chức Tỉnh ủy", "Sở Nội vụ")
        and row["a_function"].startswith("Thẩm định đề án tổ chức bộ máy")
        and row["b_function"].startswith("Thẩm định đề án tổ chức bộ máy")
    )
    assert pair["class"] in ("duplicate", "overlap") and pair["cross_system"] is True
    assert (pair["a_system"], pair["b_system"]) == ("Đảng", "Nhà nước")
    assert "tổ chức bộ máy" in " ".join(pair["words"])
    assert any(text.startswith("04-QĐi/TW") for text in pair["a_documents"]) and pair["b_documents"]
    assert pair["certain"] is False  # the source of the party organ is of 2018
    assert [row["score"] for row in found] == sorted((row["score"] for row in found), reverse=True)
    assert [row["n"] for row in found] == list(range(1, len(found) + 1))


def test_what_is_no_overlap_is_not_listed(bomay, db):
    pairs = {frozenset((row["a_unit"], row["b_unit"])) for row in rows(bomay, db)}
    for pair in (("Sở Y tế", "Sở Giao thông vận tải"), ("Sở Tư pháp", "Sở Công Thương")):
        assert frozenset(pair) not in pairs
    assert all(not row["relation"] for row in rows(bomay, db))


def test_within_shows_a_unit_with_those_above_it(bomay, db):
    plain, wide = rows(bomay, db), rows(bomay, db, "--within")
    assert {row["key"] for row in plain} < {row["key"] for row in wide}
    line = [row for row in wide if row["relation"] == "line"]
    units = {frozenset((r["a_unit"], r["b_unit"])) for r in line}
    assert frozenset(("Chi cục Thủy lợi", "Sở Nông nghiệp và Phát triển nông thôn")) in units


def test_the_filters(bomay, db):
    found = rows(bomay, db)
    assert {r["key"] for r in rows(bomay, db, "--cross-system")} == {r["key"] for r in found if r["cross_system"]}
    assert {r["class"] for r in rows(bomay, db, "--class", "phân tán")} == {"fragmentation"}
    least = found[len(found) // 2]["score"]
    assert {r["key"] for r in rows(bomay, db, "--least", str(least))} >= {r["key"] for r in found if r["score"] > least}
    assert rows(bomay, db, "--most", "3") == found[:3]
    assert all(row["certain"] for row in rows(bomay, db, "--certain"))
    archive = rows(bomay, db, "--field", "lưu trữ")
    assert archive and all("lưu trữ" in " ".join([*r["a_fields"], *r["b_fields"]]) for r in archive)


def test_a_table_for_reading_fits_the_screen(bomay, db, monkeypatch):
    for width in (100, 120, 140):
        monkeypatch.setenv("COLUMNS", str(width))
        done = bomay("overlaps", *db, *DAY, "--most", "4")
        assert max(map(len, done.out.splitlines())) <= width + 40, "only the notes below may be longer"
        table = done.out.split("\n\n")[1].splitlines()
        assert max(map(len, table)) <= width
    assert "khác khối" in " ".join(done.out.split()) and "bomay judge" in done.out


def test_english(bomay, db):
    done = bomay("overlaps", *db, *DAY, "--most", "2", "--lang", "en")
    assert "Functions of different units" in done.out and "trùng lắp" not in done.out


def test_one_row_explained_by_number_and_by_key(bomay, db, tmp_path):
    first = rows(bomay, db)[0]
    by_number = bomay("overlaps", *db, *DAY, "--explain", "1")
    by_key = bomay("overlaps", *db, *DAY, "--explain", first["key"][:8])
    assert by_number.code == 0 and by_number.out == by_key.out
    for said in (first["key"], first["a_function"], first["b_unit"], "điểm gốc", "tổng (log-odds)", "nguồn:"):
        assert said in by_number.out
    picture = tmp_path / "why.png"
    assert bomay("overlaps", *db, *DAY, "--explain", "1", "-o", picture).code == 0
    assert Image.open(picture).width > 1000
    assert bomay("overlaps", *db, *DAY, "--explain", "1", "-o", tmp_path / "why.svg").code == 0
    assert first["key"] in (tmp_path / "why.svg").read_text(encoding="utf-8")


def test_csv_and_xlsx(bomay, db, tmp_path):
    out = bomay("overlaps", *db, *DAY, "--format", "csv", "--most", "5").out
    table = list(csv.DictReader(io.StringIO(out)))
    assert len(table) == 5 and {"a_unit_id", "b_function_id", "set_aside", "parts", "verdict"} <= table[0].keys()
    assert bomay("overlaps", *db, *DAY, "-o", tmp_path / "list.xlsx").code == 0
    sheet = load_workbook(tmp_path / "list.xlsx").active
    assert "kết luận" in [cell.value for cell in sheet[1]]
    assert sheet.max_row == len(rows(bomay, db)) + 1


def test_recorded_findings_are_asked_in_cypher_and_a_second_run_replaces_the_first(bomay, own):
    found = rows(bomay, own, "--record")
    count = "MATCH (c:Candidate)-[:FOUND_IN]->(r:Run) RETURN count(c) AS n, count(DISTINCT r) AS runs"
    assert bomay("query", *own, count, "--format", "csv").out == f"n,runs\n{len(found)},1\n"
    again = bomay("overlaps", *own, *DAY, "--record", "--most", "1")
    assert str(len(found)) in again.err, "--most narrows what is shown, not what is kept"
    assert bomay("query", *own, count, "--format", "csv").out == f"n,runs\n{len(found)},1\n"
    both = bomay(
        "query", *own, "candidates", "-p", "unit=Sở Nội vụ @ Vĩnh Phúc", "--on", "2017-01-01", "--format", "json"
    )
    assert 0 < len(json.loads(both.out)) < len(found)


def test_nothing_is_written_without_record(bomay, own):
    rows(bomay, own)
    assert bomay("query", *own, "MATCH (c:Candidate) RETURN c.key").code == 1


def test_across_compares_places(bomay, tmp_path, facts_file):
    units, functions = [], []
    for n, (name, system) in enumerate([("Sở Y tế", "state")] * 3 + [("Công an tỉnh", "state")], 1):
        units.append(f"  - {{id: u{n}, name: {name}, level: province, system: {system}, place: p{n}}}")
        functions.append(f"  - {{id: f{n}, unit: u{n}, text: Quản lý cai nghiện ma túy}}")
    places = [f"  - {{id: p{n}, name: tỉnh Thử {n}, kind: tinh, level: province}}" for n in range(1, 5)]
    text = "\n".join(["places:", *places, "units:", *units, "functions:", *functions]) + "\n"
    store = ["--store", tmp_path / "across.db"]
    assert bomay("load", *store, facts_file(text)).code == 0
    assert bomay("overlaps", *store).code == 1, "units of different places are no overlap"
    table = bomay("overlaps", *store, "--across")
    assert "3/4" in table.out and "tỉnh Thử 4: Công an tỉnh" in table.out
    (row,) = csv.DictReader(io.StringIO(bomay("overlaps", *store, "--across", "--format", "csv").out))
    assert row["tỉnh Thử 1"] == "Sở Y tế" and row["tỉnh Thử 4"] == "* Công an tỉnh"


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (["--in", "tỉnh Không Có"], 2, "no place is called"),
        (["--in", "Đắk Nông", "--on", "2018-01-01"], 1, "none of them with a function"),
        (["--in", "huyện Cao Lộc", "--on", "2018-01-01"], 1, "no unit is recorded"),
        (["--class", "lạ"], 2, "one of: trùng lắp"),
        (["--field", "bay vào vũ trụ"], 2, "is not a field"),
        (["--on", "31/2/2017"], 2, "Invalid value"),
        ([*DAY, "--explain", "9999"], 2, "rows, not 9999"),
        ([*DAY, "--explain", "o-zz"], 2, "no findings of the list"),
        ([*DAY, "--least", "2"], 2, "Invalid value"),
        ([*DAY, "-o", "x.doc"], 2, "not a format"),
        (["--in", "Vĩnh Phúc", "--across", "--on", "2017-01-01"], 1, "compares places"),
    ],
)
def test_mistakes_are_explained(bomay, db, given, code, said):
    done = bomay("overlaps", *db, *given)
    assert (done.code, said in done.err) == (code, True), done.err
