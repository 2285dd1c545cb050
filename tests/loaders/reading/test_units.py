"""Units as texts name them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.reading.document import Paragraph, make_document
from loaders.reading.read import read_document
from loaders.reading.scan import scan_paragraph
from loaders.reading.unit_names import Unit

FIXTURES = Path(__file__).parents[2] / "fixtures" / "reading"
NAMED = [
    row
    for name in ("wordings-unit-names", *(f"wordings-unit-names-{more}" for more in ("later", "whole", "press")))
    for row in yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))
]


def units(text: str) -> list[Unit]:
    paragraph = Paragraph(1, 0, len(text), text)
    return [
        i.value for s in scan_paragraph(paragraph) for i in s.items if i.symbol == "U" and isinstance(i.value, Unit)
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("phòng Bưu chính - Viễn thông", ["Phòng Bưu chính - Viễn thông"]),
        ("Sở VH-TT&DL", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("Sở Nông nhiệp và PT Nông thôn, Y tế", ["Sở Nông nghiệp và Phát triển nông thôn", "Sở Y tế"]),
        ("Chi cục Chăn nuôi và Thú y và Chi cục Thủy sản", ["Chi cục Chăn nuôi và Thú y", "Chi cục Thủy sản"]),
        ("các phòng: Nội vụ; Tư pháp và Y tế", ["Phòng Nội vụ", "Phòng Tư pháp", "Phòng Y tế"]),
        ("thôn Tân Lập và thôn Tân Tiến", ["Thôn Tân Lập", "Thôn Tân Tiến"]),
        ("Đài Phát thanh - Truyền hình tỉnh", ["Đài Phát thanh - Truyền hình tỉnh"]),
        ("Trung tâm Phòng, chống HIV/AIDS", ["Trung tâm Phòng, chống HIV/AIDS"]),
        (
            "Trường cao đẳng nghề Phú Yên và Trường đại học Hùng Vương",
            ["Trường cao đẳng nghề Phú Yên", "Trường đại học Hùng Vương"],
        ),
        ("Trường Tiểu học số 1 Hoài Tân", ["Trường Tiểu học số 1 Hoài Tân"]),
        ("Trường Mầm non 19/5", ["Trường Mầm non 19/5"]),
        ("Sở Nội vụ Thành phố đề xuất", ["Sở Nội vụ"]),
        (
            "Hội Nạn nhân chất độc da cam/dioxin và Hội Khuyến học",
            ["Hội Nạn nhân chất độc da cam/dioxin", "Hội Khuyến học"],
        ),
        ("Trung tâm Kiểm nghiệm thuốc, mỹ phẩm, thực phẩm", ["Trung tâm Kiểm nghiệm thuốc, mỹ phẩm, thực phẩm"]),
        ("Đội quản lý trật tự xây dựng huyện", ["Đội quản lý trật tự xây dựng"]),
        ("thôn Bản Phiệt và thôn Bản Mới", ["Thôn Bản Phiệt", "Thôn Bản Mới"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [unit.name for unit in units(text)] == names


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row["text"])
def test_where_names_begin_and_end(row: dict[str, Any]) -> None:
    assert [unit.name for unit in units(row["text"]) if unit.basis != "short"] == row["names"]


@pytest.mark.parametrize(
    "text",
    [
        "các sở, ngành và huyện ủy, thị ủy",
        "nhiệm vụ của bộ máy, cơ sở vật chất, hội nghị, báo cáo, phòng chống dịch",
        "Tổ chức hội nghị tại hội trường",
        "UBND các cấp, UBND cấp huyện",
        "các Ban Quản lý rừng phòng hộ được giao đất",
        "các thôn bản",
    ],
)
def test_no_units(text: str) -> None:
    assert units(text) == []


def test_a_committee_is_not_its_town() -> None:
    found = units("thị ủy Phước Long")
    assert [(unit.kind, unit.place) for unit in found] == [("thi_uy", "thị xã Phước Long")]


def test_a_person_behind_a_committee_is_no_place() -> None:
    reading = read_document(make_document("t", "Chánh Văn phòng Tỉnh ủy Nguyễn Văn Khánh phát biểu."))
    assert [f.values["person"] for f in reading.of("holdings")] == ["Nguyễn Văn Khánh"]
    assert [unit.place for unit in reading.units.units] == [None]


def test_units_of_one_name_in_several_places() -> None:
    found = units("Trung tâm Pháp y tỉnh Sóc Trăng và tỉnh Hậu Giang")
    assert [(unit.name, unit.place) for unit in found] == [
        ("Trung tâm Pháp y", "tỉnh Sóc Trăng"),
        ("Trung tâm Pháp y", "tỉnh Hậu Giang"),
    ]
    assert [unit.place for unit in units("UBND xã Tân Lập, xã Tân Hòa")] == ["xã Tân Lập"]


def test_a_name_that_brackets_introduce() -> None:
    text = (
        "UBND tỉnh Lạng Sơn thành lập Ban Quản lý dự án giao thông tỉnh Lạng Sơn (gọi tắt là Ban Dự án tỉnh). "
        "Ban Dự án tỉnh có 12 người."
    )
    found = {unit.name: unit for unit in read_document(make_document("t", text)).units.units}
    assert list(found) == ["Ủy ban nhân dân tỉnh", "Ban Quản lý dự án giao thông"]
    assert len(found["Ban Quản lý dự án giao thông"].mentions) == 3


def test_what_a_paragraph_speaks_of() -> None:
    text = (
        "Tại Lào Cai, Tỉnh ủy họp sáng 3/4. Ban Tổ chức Tỉnh ủy báo cáo.\n\n"
        "Tại Yên Bái, Tỉnh ủy họp sáng 4/4. Ban Tổ chức Tỉnh ủy báo cáo."
    )
    found = read_document(make_document("t", text)).units.units
    places = [unit.place for unit in found if unit.name == "Ban Tổ chức Tỉnh ủy"]
    assert places == ["tỉnh Lào Cai", "tỉnh Yên Bái"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Báo Kim Sơn mới và Báo An Khê Giải phóng", ["Báo Kim Sơn mới", "Báo An Khê Giải phóng"]),
        ("Báo Kim Sơn mới đưa tin", ["Báo Kim Sơn"]),
        ("Trường THPT Võ Trường Lâm", ["Trường trung học phổ thông Võ Trường Lâm"]),
        ("Trường THCS Trần Hội nghỉ học", ["Trường trung học cơ sở Trần Hội"]),
        ("Trường THPT Vũ Đình Phòng", ["Trường trung học phổ thông Vũ Đình Phòng"]),
        ("Đảng bộ các cơ quan Đảng ở Trung ương", ["Đảng bộ các cơ quan Đảng ở Trung ương"]),
        ("Đảng ủy Khối Doanh nghiệp Trung ương", ["Đảng ủy Khối Doanh nghiệp Trung ương"]),
        ("Đảng bộ Mặt trận Tổ quốc, các đoàn thể Trung ương", ["Đảng bộ Mặt trận Tổ quốc, các đoàn thể Trung ương"]),
        ("Vụ Môi trường và phát triển bền vững", ["Vụ Môi trường và phát triển bền vững"]),
        ("Trường Đảng tỉnh nhập với Trường Hành chính", ["Trường Đảng tỉnh", "Trường Hành chính"]),
        ("tách khoa Nội Nhi thành khoa Nội và khoa Nhi", ["Khoa Nội Nhi", "Khoa Nội", "Khoa Nhi"]),
        ("cơ sở cai nghiện ma túy Khe Tre", ["Cơ sở cai nghiện ma túy Khe Tre"]),
        ("cơ sở cai nghiện ma túy số 1", ["Cơ sở cai nghiện ma túy số 1"]),
        ("đồn công an khu công nghiệp Khe Tre", ["Đồn công an khu công nghiệp Khe Tre"]),
        ("Tòa án Quân sự khu vực 1 Quân khu 4", ["Tòa án Quân sự khu vực 1 Quân khu 4"]),
        ("Trường Mầm non 1 tháng 6", ["Trường Mầm non 1 tháng 6"]),
        ("cán bộ Hải quan cửa khẩu Sóc Khê", ["Hải quan cửa khẩu Sóc Khê"]),
        ("sóc Bưng Tre nhập vào bon Bu Tre", ["Sóc Bưng Tre", "Bon Bu Tre"]),
    ],
)
def test_names_are_read_whole(text: str, names: list[str]) -> None:
    assert [unit.name for unit in units(text) if not unit.group] == names


@pytest.mark.parametrize(
    "text",
    [
        "bác sĩ chuyên khoa Nội",
        "công tác chăm sóc Bà mẹ",
        "các cơ sở cai nghiện ma túy",
        "cơ sở kinh doanh Khe Tre",
        "sách giáo khoa Toán",
    ],
)
def test_heads_in_small_letters_that_name_none(text: str) -> None:
    assert [unit.name for unit in units(text) if not unit.group] == []
