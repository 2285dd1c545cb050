"""Numbers that do not agree with each other are told, with the words of both."""

from __future__ import annotations

import pytest

from loaders.reading.document import make_document
from loaders.reading.facts import Reading
from loaders.reading.output import rows
from loaders.reading.read import read_document

FRAME = "{title}\n\nCập nhật: 20/12/2020\n\n{text}\n"


def _read(text: str, title: str = "Sắp xếp bộ máy ở tỉnh Hòa Sơn") -> Reading:
    return read_document(make_document("sums.txt", FRAME.format(title=title, text=text)))


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Số sở giảm từ 19 xuống còn 14 sở, giảm 6 đầu mối.", "từ 19 còn 14 là giảm 5, nguồn ghi giảm 6"),
        ("Huyện đã sáp nhập 6 trường thành 3 trường, giảm 4 trường.", "từ 6 còn 3 là giảm 3, nguồn ghi giảm 4"),
        ("Giảm 40 thôn, từ 214 xuống còn 176 thôn.", "từ 214 còn 176 là giảm 38, nguồn ghi giảm 40"),
        ("Số phòng giảm từ 134 xuống 98 phòng, tương đương 36,9%.", "từ 134 còn 98 là 26,9%, nguồn ghi 36,9%"),
        ("Có 15/14 huyện đã hoàn thành.", "15 trên 14: phần nhiều hơn tổng"),
        ("Tỉnh tinh giản 500 người, trong đó có 600 người nghỉ hưu.", "phần 600 nhiều hơn tổng 500"),
        ("Tỉnh còn 60 đơn vị hành chính cấp xã, gồm 50 xã, 14 phường.", "các phần cộng lại là 64, nguồn ghi tổng 60"),
        (
            "Huyện đã sáp nhập Phòng Nội vụ và Phòng Lao động thành Phòng Nội vụ và Lao động, giảm 2 phòng.",
            "2 đơn vị nhập thành 1 là giảm 1, nguồn ghi giảm 2",
        ),
    ],
)
def test_what_does_not_add_up(text: str, remark: str) -> None:
    assert [each.text for each in _read(text).remarks] == [remark]


@pytest.mark.parametrize(
    "text",
    [
        "Số sở giảm từ 19 xuống còn 14 sở, giảm 5 đầu mối.",
        "Huyện đã sáp nhập 6 trường thành 3 trường, giảm 3 trường.",
        "Số sở giảm từ 19 xuống còn 14 sở, giảm 38 phòng.",
        "Số phòng giảm từ 134 xuống 98 phòng, tương đương 26,9%.",
        "Số phòng giảm từ 134 xuống 98 phòng, đạt 102% kế hoạch.",
        "Số thôn giảm từ 214 xuống còn 176 thôn, giảm khoảng 40 thôn.",
        "Tỉnh tinh giản 500 người, trong đó 300 người nghỉ hưu, 200 người thôi việc.",
        "Tỉnh còn 65 đơn vị hành chính cấp xã, gồm 50 xã, 14 phường và 1 đặc khu.",
        "Huyện đã sáp nhập Phòng Nội vụ và Phòng Lao động thành Phòng Nội vụ và Lao động, giảm 1 phòng.",
        "Huyện đã sáp nhập Phòng Nội vụ và Phòng Lao động thành Phòng Nội vụ và Lao động, giảm 6 biên chế.",
        "Số sở giảm từ 19 xuống còn 14 sở; cấp huyện giảm 38 đầu mối.",
    ],
)
def test_what_adds_up(text: str) -> None:
    assert [each.text for each in _read(text).remarks] == []


def test_a_title_with_another_number() -> None:
    reading = _read("Đến nay, tỉnh đã giảm 26 đơn vị sự nghiệp.", "Hòa Sơn giảm 27 đơn vị sự nghiệp")
    assert [each.text for each in reading.remarks] == ["tiêu đề ghi 27 đơn vị sự nghiệp, trong bài là 26"]
    assert _read("Đến nay, tỉnh đã giảm 27 đơn vị sự nghiệp.", "Hòa Sơn giảm 27 đơn vị sự nghiệp").remarks == []


def test_both_sides_stay_and_are_quoted() -> None:
    sheets = rows([_read("Số sở giảm từ 19 xuống còn 14 sở, giảm 6 đầu mối.")])
    assert [row["value"] for row in sheets["figures"]] == [5, 6]
    (remark,) = sheets["#remarks"]
    assert remark["facts"] == [row["id"] for row in sheets["figures"]]
    assert remark["quotes"] == ["giảm từ 19 xuống còn 14 sở", "giảm 6 đầu mối"]
