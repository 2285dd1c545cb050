"""Ties beside the line of command, from the text to the rows that are loaded."""

from __future__ import annotations

from loaders.reading.document import make_document
from loaders.reading.output import rows
from loaders.reading.read import read_document

TEXT = """Sở Nội vụ tỉnh Hòa Sơn

Ngày 3/4/2025

Sở Nội vụ tỉnh Hòa Sơn chịu sự chỉ đạo, quản lý về tổ chức, biên chế của UBND tỉnh Hòa Sơn; đồng thời chịu sự hướng dẫn,
kiểm tra về chuyên môn, nghiệp vụ của Bộ Nội vụ.

Văn phòng Tỉnh ủy phục vụ chung Ban Tổ chức Tỉnh ủy và Ban Nội chính Tỉnh ủy. {more}
"""


def ties(more: str = "") -> list[tuple[str, str, str]]:
    found = read_document(make_document("tin.txt", TEXT.format(more=more)))
    return [(f.values["from"].name, f.values["kind"], f.values["to"].name) for f in found.of("relations")]


def test_one_sentence_two_masters() -> None:
    assert ties()[:2] == [
        ("Sở Nội vụ", "managed", "Ủy ban nhân dân tỉnh"),
        ("Sở Nội vụ", "professional", "Bộ Nội vụ"),
    ]


def test_an_office_that_serves_several() -> None:
    served = [("Văn phòng Tỉnh ủy", "serves", f"Ban {name} Tỉnh ủy") for name in ("Tổ chức", "Nội chính")]
    assert ties()[2:] == served


def test_said_again_it_is_one_tie() -> None:
    assert ties("Văn phòng Tỉnh ủy giúp việc Ban Nội chính Tỉnh ủy.") == ties()


def test_what_is_done_together_once_is_no_tie() -> None:
    assert ties("Sở Nội vụ phối hợp với Văn phòng Tỉnh ủy tổ chức hội thi. Sở Nội vụ chỉ đạo thanh tra.") == ties()


def test_a_workplace_union_is_not_part_of_the_office() -> None:
    text = "Tin\n\nSở Nội vụ tỉnh Hòa Sơn có hội trường mới. Công đoàn cơ sở Sở Nội vụ tổng kết năm."
    sheets = rows([read_document(make_document("tin.txt", text))])
    (tie,) = sheets["relations"]
    assert (tie["from"], tie["kind"], tie["to"]) == (
        "tinh-hoa-son-cong-doan-co-so-so-noi-vu",
        "union",
        "tinh-hoa-son-so-noi-vu",
    )
    assert all("parent" not in row for row in sheets["units"] if row["kind"] == "cong_doan_co_so")
