"""Functions that prose states: who has them, in which words; and what is none."""

from __future__ import annotations

import pytest

from loaders.reading.document import make_document
from loaders.reading.facts import Fact
from loaders.reading.output import rows
from loaders.reading.read import read_document

FRAME = "Tổ chức bộ máy ở tỉnh Hòa Sơn\n\nCập nhật: 20/12/2025\n\n{}\n"


def read(text: str) -> list[Fact]:
    return read_document(make_document("tin.txt", FRAME.format(text))).of("functions")


def said(text: str) -> list[tuple[str, str, str]]:
    return [(f.values["unit"].name, f.values["kind"], f.values["text"]) for f in read(text)]


@pytest.mark.parametrize(
    ("text", "unit", "kind", "function"),
    [
        (
            "Sở Nội vụ là cơ quan chuyên môn thuộc UBND tỉnh, thực hiện chức năng quản lý nhà nước về nội vụ.",
            *("Sở Nội vụ", "function", "Quản lý nhà nước về nội vụ"),
        ),
        (
            "Trung tâm Ứng phó sự cố đi vào hoạt động từ 1.3.2019, có nhiệm vụ cứu hộ trên sông và ven biển.",
            *("Trung tâm Ứng phó sự cố", "task", "Cứu hộ trên sông và ven biển"),
        ),
        (
            "Phòng Kinh tế xã Tân Lập tham mưu, giúp UBND xã quản lý nhà nước về nông nghiệp, xây dựng.",
            *("Phòng Kinh tế", "function", "Tham mưu, giúp UBND xã quản lý nhà nước về nông nghiệp, xây dựng"),
        ),
        (
            "Trung tâm Phục vụ hành chính công xã Tân Lập là đầu mối tiếp nhận, giải quyết thủ tục hành chính.",
            *("Trung tâm Phục vụ hành chính công", "function"),
            "Đầu mối tiếp nhận, giải quyết thủ tục hành chính",
        ),
        (
            "Trung tâm Kiểm soát bệnh tật tỉnh có chức năng phòng, chống dịch; chịu sự quản lý của Sở Y tế.",
            *("Trung tâm Kiểm soát bệnh tật", "function", "Phòng, chống dịch"),
        ),
        (
            "Thực hiện chức năng quản lý nhà nước về du lịch, năm 2024, Sở Du lịch đã cấp 12 giấy phép.",
            *("Sở Du lịch", "function", "Quản lý nhà nước về du lịch"),
        ),
        (
            "Sở Du lịch với chức năng quản lý nhà nước về du lịch, đã cấp 12 giấy phép.",
            *("Sở Du lịch", "function", "Quản lý nhà nước về du lịch"),
        ),
        (
            "Ban Dân tộc tỉnh được giao thực hiện chức năng quản lý nhà nước về dân tộc.",
            *("Ban Dân tộc tỉnh", "function", "Quản lý nhà nước về dân tộc"),
        ),
    ],
)
def test_what_is_found(text: str, unit: str, kind: str, function: str) -> None:
    assert said(text) == [(unit, kind, function)]


def test_two_units_in_one_sentence() -> None:
    found = said(
        "Văn phòng Đảng ủy xã có chức năng tham mưu tổng hợp; Ban Xây dựng Đảng có chức năng tham mưu về cán bộ."
    )
    assert found == [
        ("Văn phòng Đảng ủy", "function", "Tham mưu tổng hợp"),
        ("Ban Xây dựng Đảng", "function", "Tham mưu về cán bộ"),
    ]


def test_the_new_unit_and_this_unit() -> None:
    merged = "UBND tỉnh đã hợp nhất Trạm Giống lúa và Trạm Giống ngô thành Trung tâm Giống cây trồng Hòa Sơn. "
    wanted = [("Trung tâm Giống cây trồng", "task", "Sản xuất giống lúa, giống ngô")]
    for pointing in ("Đơn vị mới", "Đơn vị này", "Trung tâm"):
        found = said(f"{merged}{pointing} có nhiệm vụ sản xuất giống lúa, giống ngô.")
        assert [(unit.removesuffix(" Hòa Sơn"), kind, text) for unit, kind, text in found] == wanted


def test_the_next_sentence_goes_on_without_a_subject() -> None:
    found = read("Chi cục Kiểm lâm có chức năng bảo vệ rừng trong tỉnh. Tổ chức tuyên truyền về phòng cháy rừng.")
    assert [(f.values["text"], f.evidence.rule) for f in found] == [
        ("Bảo vệ rừng trong tỉnh", "has-function"),
        ("Tổ chức tuyên truyền về phòng cháy rừng", "goes-on"),
    ]
    assert len(read("Chi cục Kiểm lâm có chức năng bảo vệ rừng trong tỉnh. Tổ chức thành công hội thi đầu năm.")) == 1
    assert len(read("Với chức năng quản lý, bảo vệ rừng, Chi cục Kiểm lâm đã mở lớp. Tổ chức tuần tra ở hai xã.")) == 1


def test_a_list_below() -> None:
    found = said(
        "Chi cục Thủy lợi có các nhiệm vụ sau:\n\n- Quản lý hồ chứa, đê điều;\n\n- Có con dấu riêng;\n\n"
        "- Dự báo hạn hán, xâm nhập mặn.\n\nHội nghị bế mạc cùng ngày."
    )
    assert [text for _, _, text in found] == ["Quản lý hồ chứa, đê điều", "Dự báo hạn hán, xâm nhập mặn"]


@pytest.mark.parametrize(
    "text",
    [
        "Sở Nội vụ có nhiệm vụ xây dựng đề án, hoàn thành trước ngày 20/5/2025.",
        "Chủ tịch UBND tỉnh yêu cầu Sở Y tế có nhiệm vụ kiểm tra các cơ sở.",
        "UBND tỉnh phân công Sở Nội vụ phụ trách công tác tuyển dụng.",
        "Ông Nguyễn Văn Sơn phụ trách lĩnh vực nông nghiệp của Sở Nội vụ.",
        "Giám đốc Sở Nội vụ chịu trách nhiệm quản lý hồ sơ.",
        "Sở Nội vụ đã thực hiện chức năng, nhiệm vụ được giao.",
        "Sở Nội vụ đã tham mưu, giúp UBND tỉnh ban hành 12 văn bản về công tác cán bộ.",
        "Các phòng của Sở Nội vụ có chức năng, nhiệm vụ tương đồng.",
        "Theo dự thảo, Sở Nội vụ có chức năng quản lý nhà nước về dân tộc.",
        "Sở Nội vụ sẽ thực hiện chức năng quản lý nhà nước về dân tộc.",
        "UBND huyện Tân Lập chịu trách nhiệm trước UBND tỉnh về kết quả sắp xếp.",
        "Sở Nội vụ là cơ quan chuyên môn thuộc UBND cấp tỉnh có chức năng quản lý nhà nước về tổ chức.",
        "Sở Nội vụ thực hiện nhiệm vụ năm 2019 trong điều kiện khó khăn.",
        "Sở Nội vụ và Sở Tài chính làm nhiệm vụ tổ chức phục vụ lễ hội.",
        "Trung tâm Y tế huyện có nhiệm vụ tiêm phòng cho 200 trẻ trong tháng 6.",
        "Đoàn kiểm tra làm việc với Sở Nội vụ, có nhiệm vụ kiểm tra hồ sơ cán bộ.",
    ],
)
def test_what_is_none(text: str) -> None:
    assert said(text) == []


def test_a_planned_unit_has_none_yet() -> None:
    planned = "UBND tỉnh dự kiến hợp nhất Sở Công Thương và Sở Xây dựng thành Sở Kinh tế. "
    assert said(f"{planned}Sở Kinh tế có chức năng quản lý nhà nước về thương mại.") == []


def test_said_again_it_is_one_function_with_further_places() -> None:
    once = "Báo Hòa Sơn là cơ quan ngôn luận của Đảng bộ tỉnh."
    (found,) = read(f"{once}\n\n{once}")
    assert len(found.also) == 1


def test_rows_have_their_words() -> None:
    text = FRAME.format("Nhiệm vụ chính của Chi cục Kiểm lâm là bảo vệ rừng trên địa bàn tỉnh.")
    (row,) = rows([read_document(make_document("tin.txt", text))])["functions"]
    start, end = map(int, row["#span"].split("-"))
    assert text[start:end] == row["quote"] == "Chi cục Kiểm lâm là bảo vệ rừng trên địa bàn tỉnh"
    assert (row["basis"], row["#rule"], "valid_from" in row) == ("stated", "task-is", False)
