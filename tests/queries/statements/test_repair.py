"""Diacritics given back, slips mended, other languages left alone."""

from __future__ import annotations

import pytest

from queries.statements.repair import repaired


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quan li nha nuoc ve thuy loi", "quản lí nhà nước về thủy lợi"),
        ("giai quyet khieu nai to cao", "giải quyết khiếu nại tố cáo"),
        ("phong chay chua chay", "phòng cháy chữa cháy"),
    ],
)
def test_diacritics_come_back(typed: str, meant: str) -> None:
    assert " ".join(repaired(typed.split())) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("quản lí viễn thôg", "quản lí viễn thông"), ("đăng kí hộ tich", "đăng kí hộ tịch")]
)
def test_slips_are_mended_beside_a_known_neighbour(typed: str, meant: str) -> None:
    assert " ".join(repaired(typed.split())) == meant


@pytest.mark.parametrize(
    "text", ["state management of postal services", "zzz qqq www", "2017 18", "quản lí khu Xyzt", "ban hành"]
)
def test_what_is_no_slip_stays(text: str) -> None:
    assert " ".join(repaired(text.split())) == text
