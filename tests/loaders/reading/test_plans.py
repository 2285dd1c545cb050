"""What is planned is never read as done, nor what is done as planned."""

from __future__ import annotations

import pytest

from loaders.reading.document import make_document
from loaders.reading.modality import PLANNED
from loaders.reading.read import read_document

TO_COME = """
Theo phương án, Sở Tài chính được hợp nhất với Sở Kế hoạch và Đầu tư.
Theo phương án được thống nhất, Sở Xây dựng hợp nhất với Sở Giao thông vận tải, lấy tên là Sở Xây dựng.
Theo dự thảo đề án, Phòng Y tế được sáp nhập vào Văn phòng HĐND và UBND huyện.
Phương án sắp xếp như sau: Sở Nội vụ hợp nhất với Sở Lao động - Thương binh và Xã hội; Ban Dân tộc nhận thêm việc.
Ban Thường vụ Tỉnh ủy đã họp bàn phương án hợp nhất Ban Tuyên giáo Tỉnh ủy và Ban Dân vận Tỉnh ủy.
UBND tỉnh đã trình HĐND tỉnh đề án thành lập Sở Du lịch.
Tỉnh đang xây dựng đề án sáp nhập Trung tâm Khuyến nông vào Trung tâm Giống.
Lộ trình đến năm 2021, Báo Hòa Sơn và Đài Phát thanh - Truyền hình tỉnh hợp nhất thành Trung tâm Truyền thông tỉnh.
Theo kế hoạch, trong tháng 12, Phòng Dân tộc huyện được nhập về Văn phòng UBND huyện.
Huyện đề xuất nhập xã Tân Thành và xã Tân Lợi thành xã Tân Lập.
Tỉnh định hướng giải thể Ban Quản lý Quảng trường.
Ông Lê Văn Lâm cho rằng nên hợp nhất Sở Khoa học và Công nghệ với Sở Thông tin và Truyền thông.
Đại biểu đã thống nhất chủ trương hợp nhất Sở Tài chính và Sở Kế hoạch và Đầu tư.
Đề nghị Trung ương cho phép thành lập Sở An toàn thực phẩm.
Bộ Nội vụ đang lấy ý kiến về dự thảo nghị định, theo đó Sở Xây dựng được hợp nhất với Sở Giao thông vận tải.
Từ nay đến cuối năm, tỉnh hoàn thành việc giải thể Quỹ Bảo vệ môi trường.
HĐND tỉnh thông qua đề án sáp nhập xã Tân Thành và xã Tân Lợi thành xã Tân Lập.
"""
DONE = """
Theo Quyết định số 12/QĐ-UBND, Sở Tài chính được hợp nhất với Sở Kế hoạch và Đầu tư.
Thực hiện Đề án 01-ĐA/TU, huyện đã sáp nhập Trung tâm Khuyến nông vào Trung tâm Giống.
Theo Nghị quyết vừa được HĐND tỉnh thông qua, Sở Xây dựng hợp nhất với Sở Giao thông vận tải.
Theo đề án được duyệt, năm 2018 huyện đã hợp nhất Phòng Y tế với Văn phòng HĐND và UBND huyện.
Sáng 1/3, UBND tỉnh công bố quyết định thành lập Sở Du lịch.
Thực hiện kế hoạch sắp xếp, Trạm Thú y và Trạm Khuyến nông được hợp nhất thành Trung tâm Dịch vụ nông nghiệp huyện.
Ngày 1/7, Bệnh viện Đa khoa huyện chính thức sáp nhập với Trung tâm Y tế huyện.
Đến nay, tỉnh giải thể Ban Quản lý Quảng trường.
Tỉnh đã hoàn thành việc hợp nhất Ban Tuyên giáo Tỉnh ủy và Ban Dân vận Tỉnh ủy.
Theo lộ trình, tỉnh vừa hợp nhất Trường Trung cấp Y tế với Trường Cao đẳng Cộng đồng.
Báo Hòa Sơn và Đài Phát thanh - Truyền hình tỉnh về chung một nhà từ 1/7/2019.
Sau khi hợp nhất Sở Tài chính và Sở Kế hoạch và Đầu tư, Sở Tài chính còn 11 phòng.
"""


def statuses(text: str) -> list[str]:
    """The statuses of the changes read in an article that says the text."""
    before = "Tin sắp xếp bộ máy tỉnh Hòa Sơn\n\nTỉnh Hòa Sơn họp ngày 5/3/2020.\n\n"
    facts = read_document(make_document("tin.txt", f"{before}{text}\n\nHội nghị kết thúc cùng ngày.\n")).facts
    return [fact.values["status"] for fact in facts if fact.sheet == "events"]


@pytest.mark.parametrize("text", TO_COME.strip().splitlines())
def test_what_is_to_come(text: str) -> None:
    found = statuses(text)
    assert found
    assert set(found) <= PLANNED


@pytest.mark.parametrize("text", DONE.strip().splitlines())
def test_what_is_done(text: str) -> None:
    found = statuses(text)
    assert found
    assert not set(found) & PLANNED


def test_a_plan_goes_on_through_its_paragraph() -> None:
    said = (
        "Theo phương án, tỉnh hợp nhất Sở Tài chính và Sở Kế hoạch và Đầu tư. "
        "Báo Hòa Sơn và Đài Phát thanh - Truyền hình tỉnh được nhập nguyên trạng."
    )
    found = statuses(said)
    assert len(found) == 2
    assert set(found) <= PLANNED


def test_a_plan_in_one_item_of_a_list_is_not_that_of_the_next() -> None:
    said = (
        "Nghị quyết nêu:\n\n- Hợp nhất Sở Tài chính và Sở Kế hoạch và Đầu tư, phòng Giá sẽ chuyển về Sở Tài chính.\n\n"
        "- Thành lập Sở Xây dựng trên cơ sở hợp nhất Sở Xây dựng và Sở Giao thông vận tải."
    )
    found = statuses(said)
    assert len(found) == 2
    assert found[-1] not in PLANNED


def test_the_time_in_which_the_apparatus_is_rearranged_is_no_plan() -> None:
    said = (
        "Ông Lê Văn Lâm cho hay việc làm đề án sắp xếp bộ máy diễn ra gấp rút.\n\n"
        "Theo đó, Sở Nội vụ được tổ chức lại từ việc hợp nhất Sở Nội vụ với Sở Lao động - Thương binh và Xã hội."
    )
    found = statuses(said)
    assert found
    assert not set(found) & PLANNED
