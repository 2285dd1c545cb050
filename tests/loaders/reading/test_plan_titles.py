"""What a headline and a line of publication say of the changes under them."""

from __future__ import annotations

from loaders.reading.document import make_document
from loaders.reading.read import read_document


def _statuses(text: str) -> list[str]:
    return [fact.values["status"] for fact in read_document(make_document("tin.txt", text)).of("events")]


def test_a_plan_that_a_headline_says_was_passed_is_no_plan() -> None:
    said = "Thành lập Sở Tài chính trên cơ sở hợp nhất Sở Kế hoạch và Đầu tư và Sở Tài chính"
    article = f"{{}}\n\n20/02/2025 - 19:44\n\nCụ thể: {said}.\n"
    assert _statuses(article.format("Tỉnh Hòa Sơn thông qua phương án sắp xếp các cơ quan chuyên môn")) == ["in_force"]
    plan = "Phương án sắp xếp các cơ quan chuyên môn của tỉnh Hòa Sơn"
    assert _statuses(article.format(plan)) == ["scheme"]
    decided = article.replace("Cụ thể", "HĐND tỉnh thông qua Nghị quyết số 07/NQ-HĐND.\n\nCụ thể")
    assert _statuses(decided.format(plan)) == ["in_force"]


def test_the_column_may_stand_before_the_day_of_publication() -> None:
    text = "Huyện Sơn Khê giảm trường học\n\nGiáo dục và đào tạo - Đăng lúc 14:26, 19/09/2018\n\nHuyện giảm 2 trường.\n"
    assert make_document("tin.txt", text).published == "19/09/2018"
    said = "Huyện Sơn Khê giảm trường học\n\nHuyện Sơn Khê họp ngày 19/09/2018.\n\nHuyện giảm 2 trường.\n"
    assert make_document("tin.txt", said).published == ""
