"""How names fit what was typed, and that the score tells the better fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.fit import (
    ABOVE,
    ANYWHERE,
    BEGUN,
    LEFT_OUT,
    NAME,
    OTHER,
    SAME,
    SPREAD,
    START,
    TITLE,
    TOGETHER,
    WHOLE,
    WORDS,
    Fit,
    best_fit,
    covers,
    typed_words,
)
from graph.names import fold_names, place_words

FITS = st.builds(
    Fit,
    tier=st.integers(NAME, ABOVE),
    accents=st.integers(SAME, OTHER),
    begun=st.booleans(),
    order=st.integers(WHOLE, SPREAD),
    other=st.booleans(),
    extra=st.integers(0, 19),
)


def fit(typed, *names, **how):
    found = best_fit(typed_words(typed), names, **how)
    return found and found[0]


@pytest.mark.parametrize(
    ("typed", "name", "tier", "accents", "order"),
    [
        ("Sở Nội vụ", "Sở Nội vụ", NAME, SAME, WHOLE),
        ("SỞ NỘI VỤ", "Sở Nội vụ", NAME, SAME, WHOLE),
        ("so noi vu", "Sở Nội vụ", NAME, LEFT_OUT, WHOLE),
        ("sở noi vụ", "Sở Nội vụ", NAME, LEFT_OUT, WHOLE),
        ("Sở Nội vự", "Sở Nội vụ", NAME, OTHER, WHOLE),
        ("nội vụ", "Sở Nội vụ", WORDS, SAME, TOGETHER),
        ("vụ sở", "Sở Nội vụ", WORDS, SAME, ANYWHERE),
        ("sở nội", "Sở Nội vụ", WORDS, SAME, START),
        ("sở n", "Sở Nội vụ", BEGUN, SAME, START),
        ("so no", "Sở Nội vụ", BEGUN, LEFT_OUT, START),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh", NAME, SAME, WHOLE),
        ("Uỷ ban nhân dân tỉnh", "UBND tỉnh", NAME, SAME, WHOLE),
        ("sở tt&tt", "Sở Thông tin và Truyền thông", NAME, SAME, WHOLE),
        ("18-NQ/TW", "18 – NQ/TW", NAME, SAME, WHOLE),
        ("nq tw", "18-NQ/TW", WORDS, SAME, TOGETHER),
    ],
)
def test_how_a_name_fits(typed, name, tier, accents, order):
    found = fit(typed, name)
    assert (found.tier, found.accents, found.order) == (tier, accents, order)


@pytest.mark.parametrize("typed", ["sở nội vụ tỉnh", "nội vu sở y", "s nội vụ", "sởnội", "vụn"])
def test_a_name_without_one_of_the_words_does_not_fit(typed):
    assert fit(typed, "Sở Nội vụ") is None


def test_other_names_count_below_and_words_may_be_in_several():
    names = ("Trung tâm chính trị", "TTBDCT", "Trung tâm bồi dưỡng chính trị")
    found, matched = best_fit(typed_words("trung tâm bồi dưỡng chính trị"), names)
    assert (found.tier, found.order, found.other) == (WORDS, WHOLE, True)
    assert matched == "TTBDCT"  # of two names with the same words the first
    assert fit("bồi dưỡng trung tâm chính trị", *names).order == ANYWHERE
    assert fit("ví dụ sở", "Sở Nội vụ", "Ví Dụ").order == SPREAD


def test_a_place_is_called_by_its_name_with_or_without_its_kind():
    assert fit("vĩnh phúc", "tỉnh Vĩnh Phúc").tier == WORDS
    assert fit("vĩnh phúc", "tỉnh Vĩnh Phúc", place=True).tier == NAME
    assert fit("tỉnh vĩnh phúc", "tỉnh Vĩnh Phúc", place=True).extra == 0
    assert fit("tỉnh vĩnh", "tỉnh Vĩnh Phúc", place=True).tier == WORDS
    assert covers(typed_words("vinh ph"), "tỉnh Vĩnh Phúc") == (True, LEFT_OUT)
    assert covers(typed_words("buôn ma thuột"), "thành phố Buôn Ma Thuột") == (False, SAME)
    assert covers(typed_words("phúc"), "tỉnh Vĩnh Phúc") is None
    assert {"tỉnh", "thành phố", "ấp", "khu phố"} < set(place_words()) and "nước" not in place_words()


def test_a_title_is_no_name():
    number, title = "77/2015/QH13", "Tổ chức chính quyền địa phương"
    assert fit("tổ chức", number, title, titles=True).tier == TITLE
    assert fit("77/2015/QH13", number, title, titles=True).tier == NAME
    assert fit("tổ chức qh13", number, title, titles=True).tier == TITLE
    assert fit("tổ chức chính quyền địa phương", "", title, titles=True).tier == TITLE


@given(FITS, FITS)
def test_the_score_compares_the_fields_in_their_order(one, two):
    def order(each):
        accents = min(each.accents, LEFT_OUT)
        return each.accents == OTHER, each.tier, accents, each.begun, each.order, each.other, each.extra

    assert (one.score > two.score) == (order(one) < order(two))
    assert 0 < one.score <= 1


@pytest.mark.parametrize("typed", ["", "  ", "*", '+-!(){}[]^"~*?:\\/', "\x00", "x" * 61, "ệ" * 5_000])
def test_what_has_no_words_fits_nothing(typed):
    assert typed_words(typed) == ()


def test_folded_names_follow_the_names():
    unit = {"name": "Sở TT&TT", "short_name": "STTTT", "aliases": ["Sở TTTT", "Sở 4T"], "former_names": None}
    fold_names("Unit", unit)
    assert unit["search_keys"] == ["so thong tin va truyen thong", "stttt", "so 4t"]
    unit["name"] = "Sở Khoa học"
    fold_names("Unit", unit)
    assert unit["search_keys"][0] == "so khoa hoc"
    document = {"number": "18-NQ/TW"}
    fold_names("Document", document)
    assert document["search_keys"] == ["18 nq trung uong"]
    for label, properties in (("Function", {"text": "Quản lý"}), ("Unit", {"id": "x"})):
        fold_names(label, properties)
        assert "search_keys" not in properties
