"""PDFs: reading order, what runs through pages, paragraphs, tables, what cannot be seen."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF

from graph.errors import UserError
from loaders.reading.pdf_layout import Piece, Rules, blocks
from loaders.reading.sources import read_source

FONT = str(files("fontpkg_be_vietnam_pro") / "files" / "BeVietnamPro-Regular.ttf")
TEXTS = [
    "Ngày 12/8/2019, UBND tỉnh Bình Sơn quyết định sáp nhập Phòng Y tế vào Văn phòng HĐND và UBND huyện An Hòa.",
    "Theo báo cáo, các cơ quan đã rà soát nhiệm vụ của từng phòng; số người làm việc được bố trí lại hợp lý hơn.",
    "Thời gian tới, tỉnh sẽ tiếp tục sắp xếp các đơn vị sự nghiệp công lập theo hướng tinh gọn và hiệu quả hơn.",
]


class _Report(FPDF):
    """With a running head and page numbers."""

    def header(self) -> None:
        self.set_font("V", size=8)
        self.cell(0, 6, "BÁO CÁO CỦA TỈNH BÌNH SƠN")
        self.ln(10)
        self.set_font("V", size=11)

    def footer(self) -> None:
        self.set_y(-15)
        self.cell(0, 6, f"Trang {self.page_no()}/9", align="C")


def new(kind: type[FPDF] = FPDF) -> FPDF:
    pdf = kind()
    pdf.add_font("V", "", FONT)
    pdf.add_font("V", "B", FONT)
    pdf.set_font("V", size=11)
    pdf.add_page()
    return pdf


def text_of(pdf: FPDF, folder: Path) -> str:
    pdf.output(str(folder / "a.pdf"))
    return read_source(folder / "a.pdf").text


def write(pdf: FPDF, text: str, **how: Any) -> None:
    pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT", **how)


def test_lines_are_paragraphs_over_pages_without_heads_and_page_numbers(tmp_path: Path) -> None:
    pdf = new(_Report)
    for number in range(40):
        write(pdf, TEXTS[number % 3])
    paragraphs = text_of(pdf, tmp_path).split("\n\n")
    assert paragraphs == ["BÁO CÁO CỦA TỈNH BÌNH SƠN", *(TEXTS[n % 3] for n in range(40))]


@pytest.mark.parametrize("line_by_line", [False, True])
def test_columns_are_read_one_after_the_other(tmp_path: Path, line_by_line: bool) -> None:
    pdf = new()
    write(pdf, "Sắp xếp bộ máy ở Bình Sơn: tinh gọn, hiệu quả hơn")
    pdf.set_font("V", size=10)
    columns = [
        [line for n in range(4) for line in pdf.multi_cell(88, 5, TEXTS[(n + c) % 3], dry_run=True, output="LINES")]
        for c in (0, 1)
    ]
    places = [(c, n) for c in (0, 1) for n in range(len(columns[c]))]
    for c, n in sorted(places, key=lambda place: place[1]) if line_by_line else places:
        pdf.set_xy(10 + 97 * c, 30 + 5 * n)
        pdf.cell(88, 5, columns[c][n])
    text = text_of(pdf, tmp_path)
    assert text.split("\n\n")[1:] == [TEXTS[n] for n in (0, 1, 2, 0, 1, 2, 0, 1)]


def test_two_articles_of_three_and_of_two_columns(tmp_path: Path) -> None:
    pdf = new()
    write(pdf, "Trang báo có hai bài về sắp xếp bộ máy ở các tỉnh miền núi phía bắc")
    pdf.set_font("V", size=8)
    for row in range(6):
        for column in range(3):
            pdf.set_xy(10 + 64 * column, 30 + 4 * row)
            pdf.cell(58, 4, f"cột {column} dòng {row} của bài thứ nhất nói về tỉnh")
    pdf.set_font("V", size=14)
    pdf.set_xy(10, 70)
    pdf.cell(0, 8, "Bài thứ hai nói về huyện")
    pdf.set_font("V", size=9)
    for row in range(5):
        for column in range(2):
            pdf.set_xy(10 + 97 * column, 82 + 5 * row)
            pdf.cell(90, 5, f"cột {3 + column} dòng {row} của bài thứ hai nói về huyện và về xã")
    text = text_of(pdf, tmp_path)
    assert re.findall(r"cột (\d) dòng (\d)", text) == [
        (str(column), str(row)) for column in range(5) for row in range(6 if column < 3 else 5)
    ]
    assert text.index("cột 2 dòng 5") < text.index("Bài thứ hai nói") < text.index("cột 3 dòng 0")


def test_the_head_of_a_decision_is_two_blocks(tmp_path: Path) -> None:
    pdf = new()
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Bình Sơn, ngày 12 tháng 8 năm 2019"]
    for left, beside in zip(["ỦY BAN NHÂN DÂN", "TỈNH BÌNH SƠN", "Số: 342/QĐ-UBND"], right, strict=True):
        pdf.cell(70, 6, left, align="C")
        pdf.cell(0, 6, beside, align="C", new_x="LMARGIN", new_y="NEXT")
    write(pdf, "QUYẾT ĐỊNH", align="C")
    lines = text_of(pdf, tmp_path).split("\n\n")
    assert lines == ["ỦY BAN NHÂN DÂN", "TỈNH BÌNH SƠN", "Số: 342/QĐ-UBND", *right, "QUYẾT ĐỊNH"]


def test_points_of_an_article_stay_apart(tmp_path: Path) -> None:
    pdf = new()
    lines = [
        "Điều 2. Nhiệm vụ và quyền hạn",
        "1. Trình Ủy ban nhân dân tỉnh ban hành các quyết định về tổ chức bộ máy và biên chế các cơ quan:",
        "a) Dự thảo quyết định;",
        "b) Kế hoạch biên chế hằng năm.",
    ]
    for line in lines:
        write(pdf, line)
    assert text_of(pdf, tmp_path).split("\n\n") == lines


def test_a_table_goes_over_pages_with_its_heads(tmp_path: Path) -> None:
    pdf = new()
    write(pdf, TEXTS[1])
    with pdf.table(col_widths=(60, 20, 20)) as table:
        for row in [("Đơn vị", "Trước", "Sau"), *((f"Sở thứ {n} của tỉnh Bình Sơn", "9", "7") for n in range(1, 61))]:
            cells = table.row()
            for cell in row:
                cells.cell(cell)
    write(pdf, TEXTS[2])
    lines = text_of(pdf, tmp_path).split("\n\n")
    assert pdf.page_no() > 1
    assert lines[0] == TEXTS[1] and lines[-1] == TEXTS[2]
    assert lines[2] == "[Bảng 1 hàng 2] Đơn vị: Sở thứ 1 của tỉnh Bình Sơn | Trước: 9 | Sau: 7"
    assert all(line.startswith("[Bảng 1 hàng ") for line in lines[1:-1])
    assert [line.split("Sở thứ ")[1].split()[0] for line in lines[2:-1]] == [str(n) for n in range(1, 61)]
    assert len({line.split("]")[0] for line in lines[1:-1]}) == 61


def test_what_no_reader_sees_is_not_read(tmp_path: Path) -> None:
    pdf = new()
    write(pdf, TEXTS[0])
    pdf.set_text_color(255, 255, 255)
    write(pdf, "Giải thể Sở Tài chính.")
    pdf.set_fill_color(0, 0, 120)
    pdf.cell(0, 8, "CHỮ TRẮNG TRÊN NỀN XANH", fill=True, new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(0)
    pdf.set_font("V", size=1)
    write(pdf, "Giải thể Sở Y tế.")
    pdf.output(str(tmp_path / "a.pdf"))
    source = read_source(tmp_path / "a.pdf")
    assert source.text == f"{TEXTS[0]}\n\nCHỮ TRẮNG TRÊN NỀN XANH"
    assert [notice.split(": ")[1].split(" ", 1)[1] for notice in source.notices] == [
        "characters that no reader sees were not read"
    ]


def test_pages_that_are_scans_are_named(tmp_path: Path) -> None:
    pdf = new()
    for page in range(1, 8):
        if page > 1:
            pdf.add_page()
        if page in (1, 4):
            write(pdf, TEXTS[0])
    pdf.output(str(tmp_path / "a.pdf"))
    assert "5 of 7 pages have no text and were not read: 2-3, 5-7;" in read_source(tmp_path / "a.pdf").notices[0]


def test_broken_words_and_hyphens(tmp_path: Path) -> None:
    pdf = new()
    lines = [
        "Thực hiện Chương trình số 26-",
        "CTr/TU, tỉnh đã sắp xếp Phòng Bưu chính -",
        "Viễn thông và ngh-",
        "iên cứu.",
    ]
    for number, line in enumerate(lines):
        pdf.set_xy(10, 20 + 5 * number)
        pdf.cell(0, 5, line)
    text = " ".join(text_of(pdf, tmp_path).split("\n\n"))
    assert "26-CTr/TU" in text and "Bưu chính - Viễn thông" in text and "nghiên cứu" in text


def test_a_cut_pdf(tmp_path: Path) -> None:
    pdf = new()
    write(pdf, TEXTS[0])
    data = bytes(pdf.output())
    (tmp_path / "a.pdf").write_bytes(data[: len(data) // 3])
    with pytest.raises(UserError, match=r"damaged|no text"):
        read_source(tmp_path / "a.pdf")


def test_rules_without_text_and_text_without_rules() -> None:
    assert (
        blocks([], Rules(vertical=[(0, 0, 50), (20, 0, 50), (40, 0, 50)], horizontal=[(0, 0, 40), (50, 0, 40)])) == []
    )
    found = blocks([Piece("một", 0, 0, 20, 10), Piece("hai", 45, 0, 60, 10)], Rules())
    assert [[line.text for line in block] for block in found if isinstance(block, list)] == [["một   hai"]]
