"""The alphabetical order of Vietnamese."""

import random

import pytest

from viz.book.order import initial, order, person_order


@pytest.mark.parametrize(
    "right",
    [
        ["An", "Ăn", "Ân", "Ban", "Dương", "Đặng", "Em", "Êm", "Oanh", "Ông", "Ơn", "Uyên", "Ước", "Vân"],
        ["Ha", "Hà", "Hả", "Hã", "Há", "Hạ"],  # the tones in the order of the dictionaries
        ["Hà Nội", "Hạ Long", "Hải Dương"],  # syllable by syllable
        ["Phòng 2", "Phòng 10", "Phòng A"],
        ["Sở", "Sở Nội vụ", "Sở Tư pháp", "Sở Y tế"],
        ["Quyên", "Quỳnh"],
        ["Ban Dân vận", "Ban - Đối ngoại"],
    ],
)
def test_order(right: list[str]) -> None:
    mixed = right[:]
    random.Random(1).shuffle(mixed)
    assert sorted(mixed, key=order) == right


def test_order_does_not_depend_on_case_or_normal_form() -> None:
    assert order("ĐẶNG ƯỚC") == order("đặng ước") == order("đặng ước")


def test_people_are_sorted_by_their_given_names() -> None:
    people = ["Nguyễn Văn Bảy", "Trần Ân", "Đỗ Văn An", "Bùi Văn An", "An"]
    assert sorted(people, key=person_order) == ["An", "Bùi Văn An", "Đỗ Văn An", "Trần Ân", "Nguyễn Văn Bảy"]


@pytest.mark.parametrize(
    ("text", "letter"),
    [("ước", "Ư"), ("Ẩn", "Â"), ("đỗ", "Đ"), ("12 phòng", "0–9"), ("“Quế”", "Q"), ("???", "…"), ("", "…")],
)
def test_the_letter_of_a_text(text: str, letter: str) -> None:
    assert initial(text) == letter
