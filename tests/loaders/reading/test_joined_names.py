"""Names of results that join the names of what became them, and names that do not go on."""

from __future__ import annotations

import pytest

from loaders.reading.document import make_document
from loaders.reading.read import read_document

FRAME = "Sắp xếp bộ máy ở tỉnh Hòa Sơn\n\n{}\n"


@pytest.mark.parametrize(
    ("text", "results"),
    [
        (
            "Hợp nhất: Sở Giao thông vận tải với Sở Xây dựng thành Sở Xây dựng và Giao thông; Sở Nội vụ với Sở Lao "
            "động - Thương binh và Xã hội thành Sở Nội vụ và Lao động.",
            ["Sở Nội vụ và Lao động", "Sở Xây dựng và Giao thông"],
        ),
        (
            "Sở Khoa học và Công nghệ và Sở Thông tin và Truyền thông hợp nhất thành Sở Khoa học, Công nghệ và Truyền "
            "thông theo đề án.",
            ["Sở Khoa học, Công nghệ và Truyền thông"],
        ),
        (
            "Thành lập Phòng Văn hóa, Khoa học và Thông tin trên cơ sở hợp nhất Phòng Văn hóa và Thông tin với Phòng "
            "Khoa học.",
            ["Phòng Văn hóa, Khoa học và Thông tin"],
        ),
        (
            "Hội Khuyến học hợp nhất với Hội Cựu giáo chức thành Hội Khuyến học - cựu giáo chức.",
            ["Hội Khuyến học - cựu giáo chức"],
        ),
        (  # what is behind the comma begins something else
            "Sở Y tế và Sở Nội vụ hợp nhất thành Sở Nội vụ, Xây dựng là ngành được đầu tư.",
            ["Sở Nội vụ"],
        ),
        (  # the words are of one that merges, and of small letters: no name
            "Sở Y tế và Sở Lao động hợp nhất thành Sở Y tế và lao động được bảo đảm.",
            ["Sở Y tế"],
        ),
    ],
)
def test_result_is_called_after_what_became_it(text: str, results: list[str]) -> None:
    events = read_document(make_document("bai.txt", FRAME.format(text))).of("events")
    assert sorted(unit.name for event in events for unit in event.values["outputs"]) == results


def test_each_merger_of_places_has_its_own_result() -> None:
    text = (
        "Xã An Hạ và xã An Thượng hợp nhất thành xã An Bình, xã Khê Lộc và xã Khê Đông hợp nhất thành xã Khê Bình, "
        "nên huyện còn 5 xã."
    )
    events = read_document(make_document("bai.txt", FRAME.format(text))).of("events")
    assert [[unit.name for unit in event.values["outputs"]] for event in events] == [["xã An Bình"], ["xã Khê Bình"]]
