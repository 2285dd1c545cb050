"""Units that are said to be called as another, and plans that a list is told under."""

from __future__ import annotations

import pytest

from loaders.reading.document import make_document
from loaders.reading.read import read_document


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (
            "Hội Nhà báo tỉnh Quảng Nam nhập với hội cùng tên của tỉnh Đắk Lắk.",
            [("Hội Nhà báo tỉnh", "tỉnh Quảng Nam"), ("Hội Nhà báo tỉnh", "tỉnh Đắk Lắk")],
        ),
        (
            "Trường Tiểu học Kim Đồng nhập với đơn vị cùng tên ở xã An Hạ.",
            [("Trường Tiểu học Kim Đồng", None), ("Trường Tiểu học Kim Đồng", "xã An Hạ")],
        ),
        ("Hội Nhà báo tỉnh Quảng Nam và hội cùng tên", [("Hội Nhà báo tỉnh", "tỉnh Quảng Nam")]),
        ("Hội Nhà báo tỉnh Quảng Nam và hội cùng tên của", [("Hội Nhà báo tỉnh", "tỉnh Quảng Nam")]),
        ("Hội Nhà báo tỉnh Quảng Nam gặp đội cùng tên của tỉnh Đắk Lắk.", [("Hội Nhà báo tỉnh", "tỉnh Quảng Nam")]),
        ("Hội Nhà báo tỉnh Quảng Nam, trường cùng tên của Đắk Lắk.", [("Hội Nhà báo tỉnh", "tỉnh Quảng Nam")]),
    ],
)
def test_the_unit_of_the_same_name_elsewhere(text: str, units: list[tuple[str, str | None]]) -> None:
    reading = read_document(make_document("bai.txt", f"Chuyện hai nơi\n\n{text}\n"))
    assert [(unit.name, unit.place) for unit in reading.units.units] == units


def test_a_plan_told_in_an_item_covers_the_items_under_it_and_ends_with_the_next_of_its_level() -> None:
    text = (
        "Báo cáo của huyện Sơn Khê\n\n1. Dự kiến phương án sắp xếp lại:\n\na) Tách Phòng Kinh tế - Nội vụ thành Phòng "
        "Kinh tế và Phòng Nội vụ.\n\nb) Hợp nhất Phòng Dân tộc và Phòng Y tế thành Phòng Xã hội.\n\n2. Năm 2019, sáp "
        "nhập Trạm Thú y vào Trạm Khuyến nông.\n\n3. Hợp nhất Ban Quản lý chợ và Ban Quản lý bến xe thành Ban Quản lý "
        "công trình công cộng."
    )
    events = read_document(make_document("bao-cao.txt", text)).of("events")
    assert [(event.values["kind"], event.values["status"]) for event in events] == [
        ("split", "scheme"),
        ("merge", "scheme"),
        ("absorb", "in_force"),
        ("merge", "in_force"),
    ]
