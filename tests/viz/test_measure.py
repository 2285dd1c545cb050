"""Texts are cleaned, measured and broken as the font has it."""

from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from viz import fonts
from viz.measure import ELLIPSIS, clean, width, wrap


def test_width_is_the_sum_of_the_fonts_advances() -> None:
    font = TTFont(fonts.path("bold"))
    cmap, metrics = font.getBestCmap(), font["hmtx"].metrics
    text = "Ủy ban Kiểm tra Tỉnh ủy Đắk Nông"
    expected = sum(metrics[cmap[ord(char)]][0] for char in text) / font["head"].unitsPerEm * 11.5
    assert width(text, "bold", 11.5) == pytest.approx(expected)
    assert width(text, "bold", 11.5) > width(text, "regular", 11.5)


def test_every_vietnamese_letter_is_in_every_face() -> None:
    vowels = "aăâeêioôơuưy"
    marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = "đĐ" + "".join(v + m for v in vowels + vowels.upper() for m in marks)
    assert "?" not in clean(letters)
    assert len(clean(letters)) == 2 + 24 * 6


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sở  Nội\u00a0vụ\n", "Sở Nội vụ"),
        ("So\u031b\u0309 Y te\u0302\u0301", "Sở Y tế"),
        ("a\x00b\x07c\u200bd\ufeff", "abcd"),
        ("Phòng 🚀", "Phòng ?"),
        ("中国", "??"),
        ("\u202eשלום", "????"),
        ("❤\ufe0f", "?"),
        ("a\ud800b", "ab"),
        ("", ""),
    ],
)
def test_clean(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_wrap_keeps_the_words_and_the_limit() -> None:
    text = "Sở Văn hóa, Thể thao và Du lịch"
    lines = wrap(text, "bold", 11.5, 150, 4)
    assert lines == ("Sở Văn hóa,", "Thể thao và Du lịch")
    assert all(width(line, "bold", 11.5) <= 150 for line in lines)


def test_a_break_before_a_capital_is_preferred() -> None:
    assert wrap("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "bold", 11.5, 168, 4) == (
        "Ủy ban Mặt trận",
        "Tổ quốc Việt Nam tỉnh",
    )


def test_a_word_of_300_letters_is_broken_by_width() -> None:
    lines = wrap("ạ" * 300, "regular", 10, 100, 100)
    assert "".join(lines) == "ạ" * 300
    assert all(width(line, "regular", 10) <= 100 for line in lines)


@pytest.mark.parametrize("text", ["ừ" * 10_000, "Phòng Tổ chức " * 800, "x " + "W" * 9_000])
def test_a_name_of_10000_characters_is_cut_with_an_ellipsis(text: str) -> None:
    lines = wrap(clean(text), "bold", 11.5, 168, 4)
    assert len(lines) == 4
    assert lines[-1].endswith(ELLIPSIS)
    assert all(width(line, "bold", 11.5) <= 168 for line in lines)


def test_a_subset_has_just_the_characters_and_is_always_the_same() -> None:
    from io import BytesIO

    data = fonts.subset("regular", "Ủễ")
    assert {chr(code) for code in TTFont(BytesIO(data)).getBestCmap()} == {"Ủ", "ễ"}
    fonts._subset.cache_clear()
    assert fonts.subset("regular", "ễỦỦ") == data


def test_texts_at_the_left_fill_their_lines() -> None:
    text = "Triệu tập và chuẩn bị nội dung kỳ họp Hội đồng nhân dân tỉnh"
    full = wrap(text, "regular", 10, 160, 4, even=False)
    assert " ".join(full) == text
    for line, after in pairwise(full):
        assert width(line, "regular", 10) <= 160 < width(f"{line} {after.split()[0]}", "regular", 10)
