"""Rows become typed records; everything wrong is reported at once, each with its cell."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path

import openpyxl
import pytest

from graph.errors import Problem
from loaders.headers import sheets
from loaders.parse import Parsed, parse
from loaders.read import read_tables
from loaders.tables import Row, Table


def table(name: str, *rows: list[object], form: str = "workbook", **more: object) -> Table:
    made = Table(
        file="f.xlsx", name=name, form=form, rows=[Row(n, list(r)) for n, r in enumerate(rows, start=1)]
    )
    for key, value in more.items():
        setattr(made, key, value)
    return made


def only(parsed: Parsed) -> Problem:
    assert len(parsed.problems) == 1, [str(p) for p in parsed.problems]
    return parsed.problems[0]


# ---------------------------------------------------------------- sheets.yaml


def test_no_two_columns_of_a_sheet_share_a_name() -> None:
    from loaders.headers import _header_key

    for sheet in sheets().values():
        owner: dict[str, str] = {}
        for column in sheet.columns.values():
            for name in {_header_key(n) for n in (column.vi, column.en, column.key)}:
                assert owner.setdefault(name, column.key) == column.key, (sheet.key, name)


def test_common_columns_are_added() -> None:
    units = list(sheets()["units"].columns)
    assert units[-7:] == ["valid_from", "valid_to", "document", "at", "basis", "quote", "note"]
    assert "valid_from" not in sheets()["people"].columns
    assert sheets()["citations"].columns["document"].required


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize(
    "header",
    [
        ["mã", "tên đơn vị", "đơn vị cấp trên"],
        ["id", "name", "parent"],
        ["MÃ", "Tên đơn vị *", "Đơn vị  cấp trên:"],
        [unicodedata.normalize("NFD", h) for h in ("mã", "tên đơn vị", "đơn vị cấp trên")],
    ],
)
@pytest.mark.parametrize("sheet", ["Đơn vị", "ĐƠN VỊ", "units", "don-vi", "02. Đơn vị"])
def test_sheets_and_headers_in_either_language(sheet: str, header: list[object]) -> None:
    parsed = parse([table(sheet, header, ["u1", "Sở Nội vụ", "UBND tỉnh"])])
    assert parsed.problems == []
    (record,) = parsed.records
    assert record.sheet == "units"
    assert record.values == {"id": "u1", "name": "Sở Nội vụ", "parent": "UBND tỉnh", "basis": "stated"}
    assert record.addresses == {"id": "A2", "name": "B2", "parent": "C2"}
    assert record.raw == {"id": "u1", "name": "Sở Nội vụ", "parent": "UBND tỉnh"}
    assert record.at == f"{sheet}!2"


def test_header_in_english_with_underscores_or_spaces() -> None:
    for title in ("short_name", "short name", "Short Name"):
        parsed = parse([table("units", ["name", title], ["Sở Nội vụ", "SNV"])])
        assert parsed.records[0].values["short_name"] == "SNV"


def test_title_lines_above_the_header() -> None:
    parsed = parse(
        [
            table(
                "Đơn vị",
                ["DANH SÁCH ĐƠN VỊ", "", ""],
                ["tên", "", ""],
                [],
                ["tên đơn vị", "địa bàn", "biên chế"],
                ["Sở Nội vụ", "tỉnh Ví Dụ", 60.0],
            )
        ]
    )
    assert parsed.problems == []
    assert parsed.records[0].values["staff_quota"] == 60
    assert parsed.records[0].at == "Đơn vị!5"


def test_no_header_at_all() -> None:
    problem = only(parse([table("Đơn vị", ["a", "b"], ["c", "d"])]))
    assert "no header" in problem.message
    assert "tên đơn vị" in problem.remedy


def test_unknown_column_with_the_nearest() -> None:
    problem = only(parse([table("Đơn vị", ["tên đơn vị", "đơn vị cấp trênn"], ["Sở Nội vụ", "x"])]))
    assert (problem.cell, problem.found) == ("B1", "đơn vị cấp trênn")
    assert "đơn vị cấp trên" in problem.remedy.split(". ")[0]


def test_own_columns_are_passed_over() -> None:
    parsed = parse([table("Đơn vị", ["tên đơn vị", "# của tôi", ""], ["Sở Nội vụ", "abc", "rời"])])
    assert parsed.problems == []
    assert set(parsed.records[0].values) == {"name", "basis"}
    assert any("column 3 has no header" in notice for notice in parsed.notices)


def test_missing_and_repeated_columns() -> None:
    problem = only(parse([table("Đơn vị", ["mã", "địa bàn"], ["u1", "x"])]))
    assert "'tên đơn vị' (name) is missing" in problem.message
    problem = only(parse([table("Đơn vị", ["tên đơn vị", "name"], ["a", "b"])]))
    assert problem.cell == "B1"
    assert "twice, first in A1" in problem.message


def test_unknown_sheet_is_matched_by_its_headers_or_reported() -> None:
    by_headers = parse(
        [table("Sheet1", ["person", "title", "unit", "weight"], ["A", "Giám đốc", "Sở", "chính"])]
    )
    assert by_headers.records[0].sheet == "holdings"
    assert any("read as" in notice for notice in by_headers.notices)
    problem = only(parse([table("Đơn vi trực thuộc", ["abc"], ["1"])]))
    assert problem.message == "unknown sheet"
    assert "Đơn vị" in problem.remedy.split(". ")[0]
    assert parse([table("Sheet2")]).problems == []


def test_guide_and_hidden_sheets_are_passed_over() -> None:
    header, row = ["tên đơn vị"], ["Sở Nội vụ"]
    parsed = parse(
        [
            table("Hướng dẫn", ["bất kỳ"]),
            table("DANH MỤC", ["bất kỳ"]),
            table("Guide", ["x"]),
            table("Đơn vị", header, row, hidden=True),
        ]
    )
    assert (parsed.records, parsed.problems) == ([], [])
    assert [n for n in parsed.notices if "hidden" in n and "Đơn vị" in n]


# ---------------------------------------------------------------- rows


def test_all_problems_of_all_sheets_at_once() -> None:
    parsed = parse(
        [
            table(
                "Đơn vị",
                ["tên đơn vị", "cấp", "từ ngày"],
                ["Sở A", "hành tinh", "31/2/2019"],
                ["", "tỉnh", ""],
            ),
            table("Cán bộ", ["họ và tên", "tuổi"], ["A", 40.0]),
        ]
    )
    assert [(p.sheet, p.cell) for p in parsed.problems] == [
        ("Đơn vị", "B2"),
        ("Đơn vị", "C2"),
        ("Đơn vị", "A3"),
        ("Cán bộ", "B1"),
    ]
    assert parsed.problems[0].found == "hành tinh"
    assert "Allowed: trung ương; tỉnh; huyện" in parsed.problems[0].remedy
    assert "no day 31" in parsed.problems[1].message
    assert "required" in parsed.problems[2].message


def test_empty_rows_are_passed_over_and_numbers_stay() -> None:
    parsed = parse([table("Đơn vị", ["tên đơn vị", "mã"], [], ["", None], ["  ", ""], ["Sở A", "a"])])
    assert parsed.problems == []
    assert [(r.at, r.values["name"]) for r in parsed.records] == [("Đơn vị!5", "Sở A")]


def test_ids_once_in_a_sheet() -> None:
    one = table("Đơn vị", ["mã", "tên đơn vị"], ["a", "Sở A"], ["b", "Sở B"], ["a", "Sở C"])
    problem = only(parse([one]))
    assert problem.cell == "A4"
    assert "already in A2" in problem.message
    other = Table("g.xlsx", "units", "workbook", [Row(1, ["id", "name"]), Row(2, ["b", "Sở D"])])
    messages = [p.message for p in parse([one, other]).problems]
    assert "already in f.xlsx Đơn vị A3" in messages[1]
    people = table("Cán bộ", ["mã", "họ và tên"], ["a", "A"])
    assert len(parse([one, people]).problems) == 1


def test_merged_cells_are_reported_below_the_header_only() -> None:
    merged = table(
        "Đơn vị",
        ["TIÊU ĐỀ", "", ""],
        ["tên đơn vị", "mã", "# riêng"],
        ["Sở A", "a", ""],
        ["", "b", ""],
        merged=[((0, 0), (0, 2)), ((2, 0), (3, 0)), ((2, 2), (3, 2))],
    )
    problems = parse([merged]).problems
    assert [(p.cell, p.message.split(":")[0]) for p in problems] == [
        ("A3:A4", "merged cells"),
        ("A4", "'tên đơn vị' is required and empty"),
    ]


def test_ragged_csv_rows() -> None:
    ragged = table("units", ["name", "kind"], ["Sở A", "sở"], ["Sở B", "sở", "thừa"], ["Sở C"], form="csv")
    assert [(p.cell, p.message) for p in parse([ragged]).problems] == [
        ("row 3", "3 cells where the header has 2"),
        ("row 4", "1 cells where the header has 2"),
    ]


def test_defaults_are_filled_in_but_not_in_raw() -> None:
    parsed = parse([table("Số liệu", ["về", "đếm gì", "giá trị"], ["Sở A", "số phòng", "1.381"])])
    (record,) = parsed.records
    assert record.values["direction"] == "level"
    assert record.values["state"] == "achieved"
    assert record.values["value"] == 1381
    assert record.raw == {"about": "Sở A", "measure": "số phòng", "value": "1.381"}
    assert record.problem("value", "m").found == "1.381"
    assert record.problem("value", "m").cell == "C2"
    assert record.problem("state", "m").cell == "Số liệu!2"


def test_records_do_not_share_lists() -> None:
    parsed = parse([table("Cán bộ", ["họ và tên", "tên khác"], ["A", "x; y"], ["B", "x; y"])])
    first, second = (r.values["aliases"] for r in parsed.records)
    assert first == second
    assert first is not second


def test_a_workbook_from_end_to_end(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Người giữ"
    page.append(["họ và tên", "chức danh", "đơn vị", "từ ngày"])
    page.append(["Nguyễn Văn Ví Dụ", "Giám đốc", "Sở Nội vụ", dt.date(2019, 10, 9)])
    book.save(tmp_path / "a.xlsx")
    (record,) = parse(read_tables(tmp_path / "a.xlsx")).records
    assert record.values["valid_from"].latest == dt.date(2019, 10, 9)  # type: ignore[union-attr]
    assert record.raw["valid_from"] == "2019-10-09"
    assert record.addresses["valid_from"] == "D2"


def test_percent_cells_read_as_they_are_shown() -> None:
    shown = table(
        "Số liệu", ["về", "đếm gì", "giá trị"], ["x", "tỷ lệ", 0.2], ["x", "tỷ lệ", 0.3], percent={(2, 2)}
    )
    assert [r.values["value"] for r in parse([shown]).records] == [20.0, 0.3]
