"""People, their posts and memberships."""

from __future__ import annotations

from loaders.reading.document import make_document
from loaders.reading.output import rows
from loaders.reading.read import read_document


def holdings(text: str) -> list[tuple[str, str, str]]:
    found = read_document(make_document("t", text)).of("holdings")
    return [(f.values["person"], f.values["title"], f.values["unit"].name) for f in found if not f.values["former"]]


def test_posts_behind_and_before_the_name() -> None:
    assert holdings("Ông Trần Văn Bình, Giám đốc Sở Nội vụ, phát biểu.") == [("Trần Văn Bình", "Giám đốc", "Sở Nội vụ")]
    assert holdings("Giám đốc Sở Nội vụ Trần Văn Bình phát biểu.") == [("Trần Văn Bình", "Giám đốc", "Sở Nội vụ")]


def test_a_post_that_is_given() -> None:
    found = holdings("Bà Vũ Thị Hằng được bổ nhiệm giữ chức Phó Giám đốc Sở Y tế.")
    assert found == [("Vũ Thị Hằng", "Phó Giám đốc", "Sở Y tế")]


def test_a_post_that_is_only_planned() -> None:
    assert holdings("Dự kiến giới thiệu bà Vũ Thị Hằng để bầu giữ chức Chủ tịch HĐND tỉnh.") == []


def test_former_posts_are_not_held() -> None:
    assert holdings("Nguyên Giám đốc Sở Y tế Đặng Quốc Bảo cùng dự.") == []


def test_authors_are_not_officials() -> None:
    reading = read_document(
        make_document("t", "Sở Nội vụ họp giao ban tháng Mười\n\nSở Nội vụ đã họp.\n\nTin, ảnh: Phan Tân")
    )
    assert reading.of("people") == []


def test_a_lost_capital_is_mended() -> None:
    found = holdings("Ông Nguyễn Văn khánh – Chánh Văn phòng Tỉnh ủy, cho biết. Ông Khánh nói thêm.")
    assert found == [("Nguyễn Văn Khánh", "Chánh Văn phòng", "Văn phòng Tỉnh ủy")]


def test_what_stands_for_a_place_but_has_no_kind_is_no_place() -> None:
    for text, place in (
        ("Phó Chủ tịch UBND T.HCM Trần Văn Bình đã ký quyết định.", "thành phố Hồ Chí Minh"),
        ("QUYẾT ĐỊNH CỦA THỦ TƯỚNG CHÍNH PHỦ VỀ VIỆC GIẢI THỂ BAN QUẢN LÝ AN TOÀN THỰC PHẨM TP HÒA SƠN", None),
    ):
        reading = read_document(make_document("t", text))
        assert [row.get("place") for row in rows([reading])["units"]] == [place]


def test_a_history_says_from_when_to_when() -> None:
    text = "Giám đốc Sở Nội vụ qua các thời kỳ: ông Trần Văn Một (1990 - 1999), bà Lê Thị Hai (từ 5/1999 đến nay)."
    found = rows([read_document(make_document("t", f"Tin\n\n{text}"))])["holdings"]
    assert [(row.get("valid_from"), row.get("valid_to")) for row in found] == [("1990", "1999"), ("5/1999", None)]


def test_a_report_is_signed_by_a_deputy_of_who_issues_it() -> None:
    head = "TỈNH ỦY HÒA SƠN\n\nBAN TỔ CHỨC\n\nBÁO CÁO\n\nBan Tổ chức Tỉnh ủy báo cáo kết quả năm 2019 như sau."
    reading = read_document(make_document("t", f"{head}\n\nK/T TRƯỞNG BAN\n\nPHÓ TRƯỞNG BAN\n\nDương Công Trí"))
    (found,) = reading.of("holdings")
    assert (found.values["title"], found.values["unit"].name) == ("Phó Trưởng ban", "Ban Tổ chức Tỉnh ủy")


def test_a_post_without_unit_is_of_the_one_unit_of_the_title_that_has_it() -> None:
    page = "{}\n\nSở Y tế và Phòng Đào tạo tặng hoa.\n\n- Phó Hiệu trưởng: TS. Lê Hữu Tài\n"

    def units(title: str) -> list[tuple[str, str]]:
        found = read_document(make_document("trang.txt", page.format(title))).of("holdings")
        return [(fact.values["unit"].name, fact.evidence.basis) for fact in found]

    assert units("Trường Cao đẳng Y tế Hòa Sơn khai giảng năm học mới") == [("Trường Cao đẳng Y tế Hòa Sơn", "deduced")]
    assert units("Trường Cao đẳng Y tế và Trường Cao đẳng Nghề Hòa Sơn gặp mặt đầu năm") == []
    assert units("Sở Giáo dục và Đào tạo Hòa Sơn gặp mặt đầu năm học mới") == []
