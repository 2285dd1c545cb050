"""DOCX: read back by python-docx, and drawn by LibreOffice where it is there."""

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Emu
from PIL import Image
from pypdf import PdfReader

from tests.viz import export_samples, samples
from viz import chart


def document_of(made: chart.Chart, options: chart.Options) -> Any:
    return Document(BytesIO(chart.render_chart(made, "docx", export_samples.ON, options)))


def rendered(structure: Any, **values: Any) -> Any:
    return Document(BytesIO(chart.render(structure, "docx", **values)))


def pictures(document: Any) -> list[Any]:
    return list(document.inline_shapes)


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_title_date_legend_and_source_are_text() -> None:
    document = rendered(samples.department())
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert paragraphs[:2] == ["Sở Thông tin và Truyền thông, tỉnh Vĩnh Phúc", "Theo dữ liệu đến ngày 09/10/2019"]
    assert document.paragraphs[0].style.name == "Title"
    said = "\n".join(paragraphs)
    for words in (
        "Chú giải: ",
        "văn phòng phục vụ chung",
        "(1)\u00a0Bùi Thị Hiền – ",
        "Nguồn: Quyết định số 1/QĐ-UBND",
    ):
        assert words in said, words
    assert "“suy đoán”: không có trong nguồn" in paragraphs
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == ["Các đơn vị trên sơ đồ", "Những người trên sơ đồ", "Nguồn và mức chắc chắn"]


def test_the_picture_is_crisp_and_described() -> None:
    document = rendered(samples.department())
    (shape,) = pictures(document)
    blob = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].blob
    image = Image.open(BytesIO(blob))
    assert image.width / Emu(shape.width).inches > 200
    section = document.sections[0]
    assert shape.width <= section.page_width - section.left_margin - section.right_margin
    assert shape.height <= section.page_height - section.top_margin - section.bottom_margin
    about = shape._inline.docPr.get("descr")
    assert about == (
        "Sơ đồ tổ chức: Sở Thông tin và Truyền thông, tỉnh Vĩnh Phúc, 11 đơn vị. Theo dữ liệu đến ngày 09/10/2019."
    )


@pytest.mark.parametrize(("fit", "long"), [("A4", 297), ("A3", 420), ("chart", 297)])
def test_the_chart_lies_across_and_the_tables_upright(fit: str, long: int) -> None:
    document = rendered(samples.tree(5), fit=fit)
    first, second = document.sections
    assert first.orientation == WD_ORIENT.LANDSCAPE and second.orientation == WD_ORIENT.PORTRAIT
    assert Emu(first.page_width).mm == pytest.approx(long, abs=0.5)
    assert Emu(second.page_width).mm == pytest.approx(210, abs=0.5)


def test_units_and_people_are_tables_with_header_rows() -> None:
    structure = samples.department()
    units, people = rendered(structure, show=("heads", "deputies", "quota")).tables
    rows = cells(units)
    assert rows[0] == ["", "TT", "Đơn vị", "Trực thuộc", "Người đứng đầu", "Ghi chú"]
    assert len(rows) == len(structure.units) + 1
    office = ["", "2", "Văn phòng Sở", "Sở Thông tin và Truyền thông", "Bùi Thị Hiền"]
    assert rows[2] == [*office, f"{structure.units['vp'].quota} biên chế"]
    inferred = next(row for row in rows if row[2] == "Phòng Công nghệ thông tin")
    assert "suy đoán" in inferred[5] and "+12 đơn vị" in inferred[5]
    assert ["Vũ Ngọc Quỳnh", "Phó Giám đốc – suy đoán", "Sở Thông tin và Truyền thông"] in cells(people)
    assert ["Bùi Thị Hiền (1)", "Giám đốc", "Trung tâm Hạ tầng thông tin"] in cells(people)
    for table in (units, people):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    shades = [cell._tc.tcPr.find(qn("w:shd")) for cell in units.columns[0].cells[1:]]
    assert {shade.get(qn("w:fill")) for shade in shades} >= {"2a6ab0", "8c1a20"}


def test_the_tables_of_changes_and_findings_come_first() -> None:
    document = document_of(*export_samples.marked())
    assert cells(document.tables[0]) == [
        ["", "Loại", "Đơn vị", "Nội dung"],
        ["", "hợp nhất", "Thanh tra Sở", "vào Văn phòng Sở"],
        ["1", "trùng lắp", "Phòng Bưu chính, Viễn thông; Phòng Công nghệ thông tin", "0,82"],
    ]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "2 đơn vị hợp nhất" in texts and "Theo quyết định." in texts
    assert any(row[2] == "Thanh tra Sở" and row[-1].startswith("giải thể") for row in cells(document.tables[1]))


def test_a_large_chart_is_several_pictures() -> None:
    document = rendered(samples.tree(90), fit="A4")
    assert len(pictures(document)) > 2
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[0].startswith(f"Sơ đồ 1/{len(pictures(document))}: ")


def test_language_fonts_and_dates() -> None:
    content = chart.render(samples.department(), "docx")
    document = Document(BytesIO(content))
    lang = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "vi-VN"
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:ascii")) == "Be Vietnam Pro"
    assert document.core_properties.created.date() == samples.ON
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert 'w:altName w:val="Arial"' in package.read("word/fontTable.xml").decode()
    english = Document(BytesIO(chart.render(samples.department(), "docx", lang="en")))
    lang = english.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "en-GB"


def test_hostile_texts_are_text() -> None:
    document = document_of(*export_samples.hostile())
    found = {text for table in document.tables for row in cells(table) for text in row}
    assert {"<script>alert(1)</script>", "Phòng \"A\" & 'B'", "=cmd|' /C calc'!A0"} <= found


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not there")
def test_libreoffice_draws_it(tmp_path: Path) -> None:
    source = tmp_path / "chart.docx"
    source.write_bytes(chart.render(samples.province(), "docx"))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    reader = PdfReader(tmp_path / "chart.pdf")
    first = reader.pages[0]
    assert "Tỉnh Đồng Tháp" in " ".join(first.extract_text().split())
    assert first.images and first.mediabox.width > first.mediabox.height
    everything = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert "Huỳnh Công Trưởng (1)" in everything and "Nguồn và mức chắc chắn" in everything
