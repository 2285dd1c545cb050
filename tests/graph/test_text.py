"""Text as it is kept, and the keys by which names are compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.text import fold, key, meaning_of, nearest, nfc, search_key, strip_diacritics


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (unicodedata.normalize("NFD", "Sở Nội vụ"), "Sở Nội vụ"),
        ("Sở\u00a0Nội\u202fvụ", "Sở Nội vụ"),
        ("  Sở \t Nội\n vụ ", "Sở Nội vụ"),
        ("Tỉ\u00adnh \u200bủy\ufeff", "Tỉnh ủy"),
        ("30\u00ac-CTr/TU", "30-CTr/TU"),
        ("\u00d0ảng ủy", "Đảng ủy"),
        ("Ban ch\u1ec9 \u00f0ạo", "Ban chỉ đạo"),
        ("\u0189oàn", "Đoàn"),
        # the form that Windows-1258 leaves: a letter and a tone of its own
        ("Vi\u00ea\u0323t", "Việt"),
        ("", ""),
    ],
)
def test_nfc(raw: str, kept: str) -> None:
    assert nfc(raw) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Uỷ ban", "Ủy ban"),
        ("khoẻ", "khỏe"),
        ("thuý", "thúy"),
        ("hòan tòan", "hoàn toàn"),
        ("hùynh", "huỳnh"),
        ("trừơng", "trường"),
        ("qúy", "quý"),
        ("Bưu chính – Viễn thông", "Bưu chính-Viễn thông"),
        ("Phòng “Một cửa”", 'phòng "một cửa"'),
    ],
)
def test_fold_unifies(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Văn Lang", "Văn Lăng"), ("UBND", "Ủy ban nhân dân"), ("mỹ", "mĩ"), ("thủy", "thủi"), ("hoàn", "hoan")],
)
def test_fold_keeps_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_the_tone_of_qu_stays_on_the_vowel() -> None:
    assert fold("Quý quả quỳnh") == "quý quả quỳnh"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh", "Uỷ ban nhân dân tỉnh"),
        ("HDND tỉnh", "Hội đồng nhân dân tỉnh"),
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("Sở TT & TT", "Sở TT và TT"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở LĐTBXH", "Sở Lao động, Thương binh và Xã hội"),
        ("Sở NN và PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Sở Nông nghiệp & PT Nông thôn", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("phòng Tài chính kế hoạch", "Phòng Tài chính - Kế hoạch"),
        ("Mỹ Đức", "Mĩ Đức"),
        ("quí III", "Quý III"),
        ("UVTVTU", "Ủy viên Ban Thường vụ Tỉnh ủy"),
        ("Văn phòng TU", "Văn phòng Tỉnh ủy"),
    ],
)
def test_key_equals(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("thúy", "thúi"), ("Văn Lang", "Văn Lăng"), ("tu bổ", "Tỉnh ủy bổ"), ("mai", "may")],
)
def test_key_keeps_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_capitals_that_are_words_in_a_text_of_capitals() -> None:
    assert key("SỞ TƯ PHÁP") == key("Sở Tư pháp")
    assert key("Ban Tổ chức TƯ") == key("Ban Tổ chức Trung ương")


def test_search_key_has_no_diacritics() -> None:
    assert search_key("Đắk Nông, HĐND") == "dak nong hoi dong nhan dan"
    assert search_key("so tt&tt") == search_key("Sở TT&TT")


def test_meaning_of_an_abbreviation() -> None:
    assert meaning_of("ubnd") == "Ủy ban nhân dân"
    assert meaning_of("TU") == "Tỉnh ủy"
    assert meaning_of("tu") is None
    assert meaning_of("TU", capitals=False) is None
    assert meaning_of("Sở") is None


def test_nearest() -> None:
    choices = ["Sở Tài chính", "Sở Nội vụ", "Sở Ngoại vụ", "Chi cục Kiểm lâm"]
    assert nearest("so noi vu", choices)[0] == "Sở Nội vụ"
    assert nearest("Sở Nôi vụ", choices, n=1) == ["Sở Nội vụ"]
    assert "Chi cục Kiểm lâm" not in nearest("Sở Nội vụ", choices)
    # the same without diacritics: the one that is written alike comes first
    assert nearest("Văn Lăng", ["Văn Lang", "Văn Lăng"])[0] == "Văn Lăng"
    assert nearest("zzzzzz", choices) == []
    assert nearest("Sở" * 5000, []) == []


@given(st.text())
def test_steps_never_fail_and_are_stable(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert strip_diacritics(search_key(text)) == search_key(text)


_SYLLABLES = st.sampled_from(["hoà", "quý", "thuỷ", "UBND", "tỉnh", "Mỹ", "TT&TT", "-", ",", "xã", "toán"])


@given(st.lists(_SYLLABLES, max_size=8))
def test_case_and_form_do_not_matter_for_the_key(words: list[str]) -> None:
    text = " ".join(words)
    assert key(text) == key(text.upper()) == key(unicodedata.normalize("NFD", text))
