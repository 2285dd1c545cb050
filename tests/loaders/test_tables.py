"""Files of every kind become the same tables, with addresses that a person can find."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from graph.errors import InputErrors
from loaders.parse import parse
from loaders.read import read_tables
from loaders.tables import Table, column_letters

HEADER = ["mã", "tên đơn vị", "địa bàn"]
ROWS = [["u1", "Sở Nội vụ", "tỉnh Ví Dụ"], ["u2", "Phòng Tổ chức; cán bộ", "tỉnh Ví Dụ"]]


def cells(table: Table) -> list[list[object]]:
    return [row.cells for row in table.rows]


def write_csv(path: Path, encoding: str, separator: str = ",", end: str = "\r\n") -> Path:
    def quoted(cell: str) -> str:
        return f'"{cell}"' if separator in cell else cell

    lines = [separator.join(quoted(c) for c in row) for row in [HEADER, *ROWS]]
    path.write_bytes((end.join(lines) + end).encode(encoding))
    return path


def test_column_letters() -> None:
    assert [column_letters(i) for i in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_workbook_keeps_types_positions_and_hidden_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Đơn vị"
    page["B3"] = "tên"
    page["C3"] = dt.date(2019, 10, 9)
    page["D3"] = 1381
    page["E3"] = True
    page.merge_cells("B4:C5")
    page["B4"] = "gộp"
    book.create_sheet("Nháp").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    table, hidden = read_tables(tmp_path / "a.xlsx")
    assert (table.name, table.file, table.form) == ("Đơn vị", "a.xlsx", "workbook")
    row = table.rows[2]
    assert row.number == 3
    assert row.cells[1:5] == ["tên", dt.date(2019, 10, 9), 1381.0, True]
    assert table.address(row, 1) == "B3"
    assert table.at(row) == "Đơn vị!3"
    assert table.merged == [((3, 1), (4, 2))]
    assert (table.hidden, hidden.hidden) == (False, True)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with mark"),
        ("utf-16", "UTF-16 with mark"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_encodings_and_separators(tmp_path: Path, encoding: str, said: str, separator: str) -> None:
    (table,) = read_tables(write_csv(tmp_path / "Đơn vị.csv", encoding, separator))
    assert cells(table) == [HEADER, *ROWS]
    assert (table.encoding, table.name) == (said, "Đơn vị")


def test_csv_utf16_big_endian(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "units.csv", "utf-16-be")
    path.write_bytes(b"\xfe\xff" + path.read_bytes())
    assert cells(read_tables(path)[0])[1] == ROWS[0]


def as_windows_1258(text: str) -> bytes:
    """Windows-1258 as programs write it: base letters, then the tone as a mark of its own."""
    import unicodedata

    out = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", letter)
            tone = next(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", apart.replace(tone, ""))
            out += base.encode("cp1258") + tone.encode("cp1258")
    return out


def test_csv_windows_1258_becomes_composed_and_is_said(tmp_path: Path) -> None:
    text = "mã,tên đơn vị\nu1,Sở Nội vụ\nu2,Ủy ban Mặt trận Tổ quốc\nu3,Chi cục Thủy lợi và đường\n"
    path = tmp_path / "units.csv"
    path.write_bytes(as_windows_1258(text))
    (table,) = read_tables(path)
    assert table.encoding == "Windows-1258"
    assert [row.cells[1] for row in table.rows[1:]] == [
        "Sở Nội vụ",
        "Ủy ban Mặt trận Tổ quốc",
        "Chi cục Thủy lợi và đường",
    ]
    parsed = parse([table])
    assert any("Windows-1258" in notice for notice in parsed.notices)


def test_csv_addresses_name_row_column_and_header(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text('mã,tên đơn vị\nu1,"Sở\nNội vụ"\n\nu2,Sở Y tế\n', encoding="utf-8")
    tables = read_tables(path)
    last = parse(tables).records[-1]
    assert last.values["name"] == "Sở Y tế"
    assert last.addresses["name"] == "row 4, column 2 (tên đơn vị)"
    assert last.at == "units!4"


def test_csv_line_with_the_separator(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("sep=;\nmã;tên đơn vị\nu1;Phòng A, B, C\n", encoding="utf-8")
    (table,) = read_tables(path)
    assert [row.cells for row in table.rows] == [["mã", "tên đơn vị"], ["u1", "Phòng A, B, C"]]
    assert table.rows[1].number == 3


def test_folder_of_csv(tmp_path: Path) -> None:
    write_csv(tmp_path / "Đơn vị.csv", "utf-8")
    (tmp_path / "people.csv").write_text("họ và tên\nNguyễn Văn Ví Dụ\n", encoding="utf-8")
    (tmp_path / "readme.txt").write_text("no table")
    assert sorted(t.name for t in read_tables(tmp_path)) == ["people", "Đơn vị"]
    assert {r.sheet for r in parse(read_tables(tmp_path)).records} == {"people", "units"}


def test_yaml_keeps_what_is_written_and_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(
        "units:\n"
        "  - name: Sở Nội vụ\n"
        "    temporary: no\n"
        "  - name: 1.10\n"
        "    aliases: [SNV, Sở NV]\n"
        "    staff_quota: 07\n"
        "people:\n",
        encoding="utf-8",
    )
    units, people = read_tables(path)
    assert units.header == ["name", "temporary", "aliases", "staff_quota"]
    assert cells(units) == [["Sở Nội vụ", "no"], [Decimal("1.10"), None, ["SNV", "Sở NV"], "07"]]
    assert units.address(units.rows[1], 3) == "units[1].staff_quota (line 6)"
    assert units.at(units.rows[1]) == "units[1]"
    assert people.rows == []
    first, second = parse([units]).records
    assert first.values["temporary"] is False
    assert second.values["name"] == "1.10"
    assert second.values["staff_quota"] == 7


def test_json_is_as_yaml(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(
        json.dumps(
            {"units": [{"name": "Sở Nội vụ"}, {"staff_quota": 60, "name": "Sở Y tế", "temporary": True}]}
        ),
        encoding="utf-8",
    )
    (table,) = read_tables(path)
    assert table.address(table.rows[1], 1) == "units[1].staff_quota"
    second = parse([table]).records[1]
    assert second.values["staff_quota"] == 60
    assert second.values["temporary"] is True


def test_nearest_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "don-vi.csv").write_text("mã\n")
    with pytest.raises(InputErrors) as error:
        read_tables(tmp_path / "don_vi.csv")
    assert "no such file" in str(error.value)
    assert "don-vi.csv" in str(error.value)
