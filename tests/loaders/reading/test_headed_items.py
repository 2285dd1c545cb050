"""Items of a list that begin with what the others become, and those that begin with who decides."""

from __future__ import annotations

import pytest

from loaders.reading.document import make_document
from loaders.reading.read import read_document

FRAME = "Sắp xếp bộ máy ở tỉnh Hòa Sơn\n\nNội dung như sau:\n\n{}\n"


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (
            "- Sở Tài chính: hợp nhất Sở Kế hoạch và Đầu tư, Sở Tài chính.",
            [("merge", ["Sở Kế hoạch và Đầu tư", "Sở Tài chính"], ["Sở Tài chính"])],
        ),
        (
            "- Trung tâm Dịch vụ nông nghiệp: hợp nhất Trạm Thú y và Trạm Khuyến nông.",
            [("merge", ["Trạm Thú y", "Trạm Khuyến nông"], ["Trung tâm Dịch vụ nông nghiệp"])],
        ),
        (  # the department decides on its divisions, which do not become it
            "Sở Y tế: hợp nhất Phòng Nghiệp vụ Y và Phòng Nghiệp vụ Dược.",
            [("merge", ["Phòng Nghiệp vụ Y", "Phòng Nghiệp vụ Dược"], [])],
        ),
        (
            "- Sở Dân tộc và Tôn giáo: thành lập trên cơ sở Ban Dân tộc, nhận thêm nhiệm vụ về công tác tôn giáo "
            "từ Sở Nội vụ.",
            [
                ("rename", ["Ban Dân tộc"], ["Sở Dân tộc và Tôn giáo"]),
                ("transfer", ["Sở Nội vụ"], ["Sở Dân tộc và Tôn giáo"]),
            ],
        ),
        (  # they are what came of the mergers, not what merges
            "Các chi cục khác hình thành sau sáp nhập gồm: Chi cục Thuế khu vực I; Chi cục Thuế khu vực II.",
            [("create", [], ["Chi cục Thuế khu vực I", "Chi cục Thuế khu vực II"])],
        ),
        ("- Sở Tài chính: hợp nhất dữ liệu của Sở Kế hoạch và Đầu tư, Sở Tài chính.", []),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_item_with_a_head(text: str, changes: list[tuple[str, list[str], list[str]]]) -> None:
    found = [fact.values for fact in read_document(make_document("bai.txt", FRAME.format(text))).of("events")]
    named = [
        (each["kind"], [unit.name for unit in each["inputs"]], [unit.name for unit in each["outputs"]])
        for each in found
    ]
    assert sorted(named) == sorted(changes)
