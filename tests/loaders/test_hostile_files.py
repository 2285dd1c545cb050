"""Damaged, hostile and merely unlucky files: always a message with what to do, never a traceback."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputErrors
from loaders.parse import parse
from loaders.read import read_tables

COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")


def refused(path: Path) -> str:
    """The message about a file that must be refused; every problem has the file and a remedy."""
    with pytest.raises(InputErrors) as error:
        read_tables(path)
    for problem in error.value.problems:
        assert problem.file
        assert problem.remedy
    return str(error.value)


def workbook(
    path: Path, fill: Callable[[openpyxl.worksheet.worksheet.Worksheet], None] | None = None
) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Đơn vị"
    page.append(["tên đơn vị", "biên chế"])
    page.append(["Sở Nội vụ", 60])
    if fill:
        fill(page)
    book.save(path)
    return path


def repack(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Replace one part of a zipped workbook."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


# ---------------------------------------------------------------- files


def test_not_there_and_not_of_a_kind(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "a.xlsx")
    assert "no such file" in refused(tmp_path / "a.docx")
    (tmp_path / "a.docx").write_bytes(b"PK")
    assert "'.docx' are not read" in refused(tmp_path / "a.docx")
    (tmp_path / "empty").mkdir()
    assert "no .csv" in refused(tmp_path / "empty")
    (tmp_path / "folder.xlsx").mkdir()
    assert "no .csv" in refused(tmp_path / "folder.xlsx")


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.csv", "a.yaml", "a.json"])
def test_empty(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert "empty (0 bytes)" in refused(tmp_path / name)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "a.xlsx")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert "no permission" in refused(path)


def test_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    message = refused(path)
    assert "200 MB; files of up to 100 MB" in message
    assert "BOMAY_MAX_FILE_MB" in message
    small = workbook(tmp_path / "b.xlsx")
    monkeypatch.setenv("BOMAY_MAX_FILE_MB", "0.001")
    assert "up to 0 MB" in refused(small)
    monkeypatch.setenv("BOMAY_MAX_FILE_MB", "300")
    assert len(read_tables(small)) == 1


@pytest.mark.parametrize("written", ["viel", "-1", "nan", "1e99"])
def test_a_limit_that_is_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("BOMAY_MAX_FILE_MB", written)
    with pytest.raises(InputErrors, match="BOMAY_MAX_FILE_MB"):
        read_tables(workbook(tmp_path / "a.xlsx"))


# ---------------------------------------------------------------- workbooks


@pytest.mark.parametrize("kept", [100, 1000, 4000])
def test_truncated(tmp_path: Path, kept: int) -> None:
    path = workbook(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:kept])
    assert "damaged or cut off" in refused(path)


def test_a_damaged_part(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    repack(path, "xl/worksheets/sheet1.xml", lambda data: data[:-40])
    assert "damaged" in refused(path)


def test_a_part_that_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("hello.txt", "hello")
    assert "damaged" in refused(path)


def test_password_protected(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(COMPOUND + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000))
    message = refused(path)
    assert "the workbook is password-protected" in message
    assert "remove the password" in message
    path.write_bytes(COMPOUND + bytes(2000))
    assert "rename it to .xls" in refused(path)


def test_password_protected_zip_and_ods(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02")
    struct.pack_into("<H", data, entry + 8, 1)
    path.write_bytes(data)
    assert "password-protected" in refused(path)
    ods = tmp_path / "a.ods"
    with zipfile.ZipFile(ods, "w") as package:
        package.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        package.writestr("content.xml", "")
    assert "password-protected" in refused(ods)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"hello", "not a workbook"),
        ("a.ods", b"\x00\x01", "not a workbook"),
        ("a.xls", b"hello", "not a workbook"),
        ("a.xls", b"  <html><table></table></html>", "web page"),
        ("a.xls", b"PK\x03\x04", "under the name .xls"),
        ("a.xls", COMPOUND + bytes(3000), "damaged"),
        ("a.xls", b"\x09\x08\x10\x00", "damaged"),
    ],
)
def test_not_a_workbook(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert said in refused(tmp_path / name)


def test_zip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.png", bytes(30_000_000))
    assert path.stat().st_size < 100_000
    monkeypatch.setenv("BOMAY_MAX_FILE_MB", "2")
    assert "unpacks to 30 MB" in refused(path)


def test_a_package_of_too_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for number in range(10_001):
            package.writestr(f"{number}", "")
    assert "in 10001 parts" in refused(path)


def test_a_stray_cell_at_the_end_of_the_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda page: page.cell(1_048_576, 16_384, "x"))
    message = refused(path)
    assert "XFD1048576" in message
    assert "Delete stray cells" in message


def test_formatted_empty_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Đơn vị")
    page.write_row(0, 0, ["tên đơn vị"])
    page.write_row(1, 0, ["Sở Nội vụ"])
    page.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    book.close()
    parsed = parse(read_tables(path))
    assert [r.values["name"] for r in parsed.records] == ["Sở Nội vụ"]


def ods(path: Path, rows: str) -> Path:
    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="units">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr("content.xml", content)
    return path


def ods_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell {more} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def test_ods_is_read_and_its_repetitions_do_not_blow_up(tmp_path: Path) -> None:
    plain = (
        f"<table:table-row>{ods_cell('name')}</table:table-row>"
        f"<table:table-row>{ods_cell('Sở Nội vụ')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert parse(read_tables(ods(tmp_path / "a.ods", plain))).records[0].values["name"] == "Sở Nội vụ"
    rows = f'<table:table-row table:number-rows-repeated="1048576">{ods_cell("x")}</table:table-row>'
    assert "repeated 1048576 times" in refused(ods(tmp_path / "b.ods", rows))
    repeated = ods_cell("x", 'table:number-columns-repeated="16384"')
    wide = f"<table:table-row>{repeated}</table:table-row>"
    assert "repeated 16384 times" in refused(ods(tmp_path / "c.ods", wide))


def test_error_values_and_formulas_never_calculated(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Đơn vị")
    page.write_row(0, 0, ["tên đơn vị", "biên chế", "# riêng"])
    page.write_row(1, 0, ["Sở A"])
    page.write_formula("B2", "=1/0", None, "#DIV/0!")
    page.write_formula("C2", "=1/0", None, "#DIV/0!")
    page.write_row(2, 0, ["Sở B"])
    page.write_formula("B3", "=30*2", None, 60)
    page.write_formula("A4", '=IF(1=2,"x","")', None, "")
    book.close()
    # a formula whose result is an empty text, as Excel writes it
    repack(path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b'<c r="A4">', b'<c r="A4" t="str">'))
    parsed = parse(read_tables(path))
    assert [(p.cell, p.message) for p in parsed.problems] == [("B2", "the cell shows the error #DIV/0!")]
    assert parsed.records[1].values["staff_quota"] == 60

    def formula(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
        page["B3"] = "=30*2"

    (problem,) = parse(read_tables(workbook(tmp_path / "b.xlsx", formula))).problems
    assert (problem.cell, problem.message) == ("B3", "the formula has no result")


def test_percent_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Số liệu")
    page.write_row(0, 0, ["về", "đếm gì", "giá trị"])
    for row, pattern in enumerate(["0%", "0.00%", '0.0" %"', "0.00"], start=1):
        page.write_row(row, 0, ["x", "tỷ lệ"])
        page.write_number(row, 2, 0.29, book.add_format({"num_format": pattern}))
    book.close()
    assert [r.values["value"] for r in parse(read_tables(path)).records] == [29.0, 29.0, 29.0, 0.29]


def test_merged_cells_of_a_real_workbook(tmp_path: Path) -> None:
    def merge(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
        page.append(["", 5])
        page.merge_cells("A2:A3")

    parsed = parse(read_tables(workbook(tmp_path / "a.xlsx", merge)))
    assert ("A2:A3", "Unmerge them and write the value into every row.") in [
        (p.cell, p.remedy) for p in parsed.problems
    ]


def test_cypher_html_and_formulas_stay_text(tmp_path: Path) -> None:
    names = ["'}) DETACH DELETE n //", "<img src=x onerror=alert(1)>", "@SUM(1+1)", "`; MATCH (n)"]

    def add(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
        for name in names:
            page.append([name])

    records = parse(read_tables(workbook(tmp_path / "a.xlsx", add))).records
    assert [r.values["name"] for r in records] == ["Sở Nội vụ", *names]


def test_a_very_long_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda page: page.append(["Á" * 10_000]))
    (problem,) = parse(read_tables(path)).problems
    assert problem.cell == "A3"
    assert "10,000 characters" in problem.message
    assert len(str(problem)) < 400


# ---------------------------------------------------------------- anything at all


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    content=st.binary(min_size=1, max_size=400),
    kind=st.sampled_from(["csv", "yaml", "json", "xlsx", "xls", "ods"]),
)
def test_any_bytes_are_tables_or_input_errors(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / f"units.{kind}"
    path.write_bytes(content)
    try:
        tables = read_tables(path)
    except InputErrors:
        return
    parse(tables)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_workbook_with_a_changed_byte_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "a.xlsx"
    if not (whole := tmp_path / "whole.xlsx").exists():
        workbook(whole)
    content = bytearray(whole.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        tables = read_tables(path)
    except InputErrors:
        return
    parse(tables)
