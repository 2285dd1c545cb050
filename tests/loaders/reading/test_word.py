"""Word files: automatic numbers, tables, changes, notes, text boxes, hidden text, files of other kinds."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from graph.errors import UserError
from loaders.reading.document import make_document
from loaders.reading.read import read_document
from loaders.reading.sources import read_source
from loaders.reading.word_numbers import written

W = nsdecls("w")
LEVELS = (("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "·"))


def numbered() -> Any:
    """A document with a list of articles, clauses, points and dashes."""
    document = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(LEVELS)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return document


def add(document: Any, text: str, level: int | None = None) -> Any:
    paragraph = document.add_paragraph(text)
    if level is not None:
        number = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(number))
    return paragraph


def lines(document: Any, folder: Path) -> list[str]:
    document.save(str(folder / "a.docx"))
    return read_source(folder / "a.docx").text.split("\n\n")


def run(paragraph: Any, text: str, look: str = "") -> None:
    paragraph._p.append(parse_xml(f"<w:r {W}><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"))


def test_numbers_that_word_counts_are_rebuilt(tmp_path: Path) -> None:
    document = numbered()
    for text, level in [("Vị trí", 0), ("Một", 1), ("Hai", 1), ("Nhiệm vụ", 0), ("Trình:", 1), ("Dự thảo;", 2)]:
        add(document, text, level)
    for text, level in [("Kế hoạch;", 2), ("Việc nhỏ", 3), ("Hướng dẫn.", 1), ("Không đánh số", None), ("Ba", 0)]:
        add(document, text, level)
    assert lines(document, tmp_path) == [
        *("Điều 1. Vị trí", "1. Một", "2. Hai", "Điều 2. Nhiệm vụ", "1. Trình:", "a) Dự thảo;", "b) Kế hoạch;"),
        *("- Việc nhỏ", "2. Hướng dẫn.", "Không đánh số", "Điều 3. Ba"),
    ]


def test_a_decision_with_automatic_numbers_has_addresses(tmp_path: Path) -> None:
    document = numbered()
    add(document, "QUYẾT ĐỊNH")
    add(document, "Quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Nội vụ tỉnh Bình Sơn")
    add(document, "Vị trí và chức năng", 0)
    add(document, "Sở Nội vụ là cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, tham mưu về tổ chức bộ máy.", 1)
    add(document, "Nhiệm vụ và quyền hạn", 0)
    add(document, "Trình Ủy ban nhân dân tỉnh:", 1)
    add(document, "Dự thảo quyết định về tổ chức bộ máy;", 2)
    document.save(str(tmp_path / "a.docx"))
    source = read_source(tmp_path / "a.docx")
    reading = read_document(make_document(source.name, source.text))
    found = [reading.document.address(fact.evidence.paragraph) for fact in reading.of("functions")]
    assert found == ["Điều 1 khoản 1", "Điều 2 khoản 1 điểm a"]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [(3, "decimal", "3"), (28, "lowerLetter", "bb"), (4, "upperRoman", "IV"), (19, "lowerRoman", "xix")],
)
def test_forms_of_numbers(number: int, form: str, shown: str) -> None:
    assert written(number, form) == shown


def test_deleted_moved_and_hidden_text_is_not_read(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Giữ Sở Tư pháp. ")
    change = 'w:id="1" w:author="a"'
    for markup in (
        f"<w:del {W} {change}><w:r><w:delText>Bỏ Sở A.</w:delText></w:r></w:del>",
        f"<w:moveFrom {W} {change}><w:r><w:t>Bỏ Sở B.</w:t></w:r></w:moveFrom>",
        f"<w:ins {W} {change}><w:r><w:t>Thêm Sở C.</w:t></w:r></w:ins>",
    ):
        paragraph._p.append(parse_xml(markup))
    run(paragraph, "Bỏ Sở D.", "<w:vanish/>")
    run(paragraph, "Bỏ Sở E.", '<w:color w:val="FFFFFF"/>')
    run(paragraph, "Bỏ Sở G.", '<w:sz w:val="2"/>')
    run(paragraph, " Thấy Sở H.", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000080"/>')
    assert lines(document, tmp_path) == ["Giữ Sở Tư pháp. Thêm Sở C. Thấy Sở H."]
    notices = read_source(tmp_path / "a.docx").notices
    assert notices == [
        "a.docx: 24 characters of hidden text were not read",
        "a.docx: has tracked changes; read as if they were accepted",
    ]


def test_text_boxes_once_and_line_breaks(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Bên ngoài")
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    box = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    markup = (
        f"<w:r {W} {spaces}><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    paragraph._p.append(parse_xml(markup))
    assert lines(document, tmp_path) == ["Bên ngoài", "Trong khung"]


def test_tables_have_their_heads_and_layout_tables_are_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN"
    head.cell(0, 0).add_paragraph("Số: 5/QĐ-UBND")
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    table = document.add_table(rows=3, cols=3)
    for y, row in enumerate([("Đơn vị", "Trước", "Sau"), ("Sở Y tế", "9 phòng", "6 phòng"), ("Sở Nội vụ", "7", "")]):
        for x, cell in enumerate(row):
            table.cell(y, x).text = cell
    assert lines(document, tmp_path) == [
        *("ỦY BAN NHÂN DÂN", "Số: 5/QĐ-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        *("[Bảng 1 hàng 1] Đơn vị | Trước | Sau", "[Bảng 1 hàng 2] Đơn vị: Sở Y tế | Trước: 9 phòng | Sau: 6 phòng"),
        "[Bảng 1 hàng 3] Đơn vị: Sở Nội vụ | Trước: 7",
    ]


def archive(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return path


BODY = f"<w:document {W}><w:body>%s</w:body></w:document>"
PARAGRAPH = "<w:p><w:r><w:t>Sở Nội vụ</w:t></w:r>%s</w:p>"


def test_notes_stand_behind_their_paragraph(tmp_path: Path) -> None:
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Theo Nghị quyết 18-NQ/TW.</w:t></w:r></w:p></w:footnote>'
    path = archive(
        tmp_path / "a.docx",
        {
            "word/document.xml": BODY % (PARAGRAPH % '<w:r><w:footnoteReference w:id="2"/></w:r>' + PARAGRAPH % ""),
            "word/footnotes.xml": f"<w:footnotes {W}>{note}</w:footnotes>",
        },
    )
    assert read_source(path).text.split("\n\n") == ["Sở Nội vụ", "Theo Nghị quyết 18-NQ/TW.", "Sở Nội vụ"]


def test_a_file_with_macros_is_read_and_said(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.docm", {"word/document.xml": BODY % (PARAGRAPH % ""), "word/vbaProject.bin": "x"})
    source = read_source(path)
    assert (source.text, source.notices) == ("Sở Nội vụ", ["a.docm: has macros; only its text was read"])


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    body = BODY % "<w:p><w:r><w:t>Sở Nội vụ &b;</w:t></w:r></w:p>"
    path = archive(tmp_path / "a.docx", {"word/document.xml": bomb + body})
    assert "aaa" not in read_source(path).text


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"xl/workbook.xml": "<x/>"}, "a workbook, not a document\n  → .*bomay load"),
        ({"ppt/presentation.xml": "<x/>"}, "a presentation"),
        ({"content.xml": "<x/>"}, r"OpenDocument file\n  → .*\.docx"),
        ({"a.txt": "x"}, "a zip file, not a .docx"),
        ({"word/document.xml": "<w:document"}, "damaged"),
        ({"word/document.xml": "<x/>"}, "damaged"),
    ],
)
def test_other_archives(tmp_path: Path, parts: dict[str, str], message: str) -> None:
    with pytest.raises(UserError, match=message):
        read_source(archive(tmp_path / "a.docx", parts))


def test_letters_of_an_old_font(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("®· ban hµnh quyÕt ®Þnh vÒ tæ chøc bé m¸y cña c¸c ®¬n vÞ vµ tØnh")
    assert lines(document, tmp_path) == ["đã ban hành quyết định về tổ chức bộ máy của các đơn vị và tỉnh"]
    assert read_source(tmp_path / "a.docx").notices == ["a.docx: read as TCVN3"]
