"""What the next sentence tells of that is no result of the merger before it."""

from __future__ import annotations

import pytest

from loaders.reading.document import make_document
from loaders.reading.read import read_document

MERGED = "Tỉnh đã sáp nhập Trung tâm Giống cây trồng và Trung tâm Giống vật nuôi."
NEXT = "Trung tâm Giống nông nghiệp chính thức đi vào hoạt động từ ngày 1/4/2019."


@pytest.mark.parametrize(
    ("text", "results"),
    [
        (f"{MERGED} {NEXT}", ["Trung tâm Giống nông nghiệp"]),
        (f"Trung tâm Giống nông nghiệp họp đầu năm. {MERGED} {NEXT}", []),  # it was there before
        (
            f"{MERGED} Trung tâm Giống nông nghiệp chính thức đi vào hoạt động từ việc hợp nhất Trạm Giống lúa và Trạm "
            "Giống ngô.",
            [],
        ),
    ],
)
def test_only_what_is_new_and_made_of_nothing_else_is_the_result(text: str, results: list[str]) -> None:
    document = make_document("bai.txt", f"Sắp xếp bộ máy ở tỉnh Hòa Sơn\n\n{text}\n")
    events = read_document(document).of("events")
    merger = next(each for each in events if each.values["inputs"][0].name.endswith("cây trồng"))
    assert [unit.name for unit in merger.values["outputs"]] == results
