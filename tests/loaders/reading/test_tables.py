"""Rows of tables: heads, figures by what the heads say, people, what is not understood."""

from __future__ import annotations

import pytest

from loaders.reading.document import make_document
from loaders.reading.facts import Reading
from loaders.reading.read import read_document
from loaders.reading.table_text import table_lines

LEAD = "Tỉnh Bình Sơn sắp xếp tổ chức bộ máy các cơ quan\n\nUBND tỉnh Bình Sơn báo cáo kết quả như bảng sau.\n\n"
Rows = list[tuple[str, ...]]


def read(rows: Rows, caption: str = "") -> Reading:
    lines = [caption, *table_lines(rows, 1)]
    return read_document(make_document("t.txt", LEAD + "\n\n".join(line for line in lines if line)))


def figures(reading: Reading) -> list[tuple[object, ...]]:
    return [
        (
            *(fact.values.get(n) for n in ("measure", "direction", "value", "from_value", "to_value", "state")),
            [unit.name for unit in fact.values["about"]],
            reading.document.address(fact.evidence.paragraph),
        )
        for fact in reading.of("figures")
    ]


def test_before_and_after() -> None:
    reading = read(
        [
            ("TT", "Đơn vị", "Số phòng trước", "Số phòng sau", "Biên chế giảm", "Ghi chú"),
            ("1", "Sở Nội vụ", "7", "5", "12", ""),
            ("2", "Sở Y tế", "9", "9", "0", "giữ nguyên"),
        ]
    )
    assert figures(reading) == [
        ("divisions", "decrease", 2, 7, 5, "achieved", ["Sở Nội vụ"], "Bảng 1 hàng 2"),
        ("staff_quota", "decrease", 12, None, None, "achieved", ["Sở Nội vụ"], "Bảng 1 hàng 2"),
        ("divisions", "level", 9, None, None, "achieved", ["Sở Y tế"], "Bảng 1 hàng 3"),
    ]
    assert reading.unread == []


def test_the_caption_says_what_is_counted() -> None:
    rows = [("Đơn vị", "Trước", "Sau"), ("Sở Nội vụ", "7", "5"), ("Tổng cộng", "1.207", "1.190")]
    assert figures(read(rows, "Số phòng của các sở")) == [
        ("divisions", "decrease", 2, 7, 5, "achieved", ["Sở Nội vụ"], "Bảng 1 hàng 2"),
        ("divisions", "decrease", 17, 1207, 1190, "achieved", [], "Bảng 1 hàng 3"),
    ]
    planned = figures(read(rows, "Phương án sắp xếp số phòng của các sở"))
    assert {row[5] for row in planned} == {"planned"}


@pytest.mark.parametrize(
    "rows",
    [
        [("Đơn vị", "Trước", "Sau"), ("Sở Nội vụ", "7", "5")],  # of what?
        [("Nội dung", "Số phòng trước", "Số phòng sau"), ("Khoản mục khác", "7", "5")],  # whose?
        [("Đơn vị", "Số phòng"), ("Sở Nội vụ và Sở Y tế", "7")],  # whose?
    ],
)
def test_what_the_heads_leave_open_is_no_figure_but_shown(rows: Rows) -> None:
    reading = read(rows)
    assert figures(reading) == []
    assert [(reading.document.address(e.paragraph), e.rule) for _, e in reading.unread] == [
        ("Bảng 1 hàng 2", "table-row")
    ]


def test_people_and_their_posts() -> None:
    rows = [("TT", "Họ và tên", "Chức vụ", "Đơn vị công tác"), ("1", "Trần Thị Lan", "Phó Giám đốc", "Sở Y tế")]
    assert list(table_lines(rows, 1))[1] == "[Bảng 1 hàng 2] Trần Thị Lan, Phó Giám đốc Sở Y tế | TT: 1"
    assert [fact.evidence.rule for fact in read(rows).of("holdings")] == ["post-behind-name"]


def test_two_posts_of_which_one_is_new_stay_apart() -> None:
    rows = [("Họ và tên", "Chức vụ cũ", "Chức vụ mới"), ("Trần Thị Lan", "Trưởng phòng", "Giám đốc")]
    expected = "[Bảng 1 hàng 2] Họ và tên: Trần Thị Lan | Chức vụ cũ: Trưởng phòng | Chức vụ mới: Giám đốc"
    assert list(table_lines(rows, 1))[1] == expected


def test_tables_without_heads() -> None:
    assert list(table_lines([("Sở Y tế", "7"), ("Sở Nội vụ", "5")], 2)) == [
        "[Bảng 2 hàng 1] Sở Y tế | 7",
        "[Bảng 2 hàng 2] Sở Nội vụ | 5",
    ]
    assert list(table_lines([("", " "), ("một", "")], 1)) == ["[Bảng 1 hàng 1] một"]


def test_tables_of_an_annex_behind_the_signature() -> None:
    decision = "QUYẾT ĐỊNH\nVề việc giao số phòng của các sở tỉnh Bình Sơn\nĐiều 1. Giao số phòng như phụ lục."
    decision += "\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nĐỗ Văn Trường\n\n"
    rows = [("Đơn vị", "Số phòng trước", "Số phòng sau"), ("Sở Nội vụ", "7", "5"), ("Khoản mục khác", "1", "2")]
    reading = read_document(make_document("t.txt", decision + "\n\n".join(table_lines(rows, 1))))
    assert [row[:5] for row in figures(reading)] == [("divisions", "decrease", 2, 7, 5)]
    assert [text for text, _ in reading.unread] == ["Đơn vị: Khoản mục khác | Số phòng trước: 1 | Số phòng sau: 2"]
