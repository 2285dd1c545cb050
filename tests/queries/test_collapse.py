"""Collapsing: the same statements as parsing one by one finds, whatever the texts and however they come."""

import unicodedata
from array import array
from itertools import islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.statements.corpus import corpus
from queries import collapse as module
from queries.collapse import Collapser, collapse
from queries.statements import parse

PLACES = ["xã Tân An", "tỉnh Gia Lai", "phường 5", "thị xã Bản Qua", "Xã Tân An", "xã tân an", "sở Nội vụ", ""]
# Words and signs that change what their neighbours stand for, beside ordinary ones
LINES = """
tham mưu công tác quản lý nhà nước về bưu chính trên địa bàn của và hoà hòa uỷ thuỷ
xã Xã XÃ tỉnh TP tp. thành phố Phố thị khu đặc tổ dân Tân An, (An) Bình-Định 5 5a Huế; Tân1 xã Tân
UBND HĐND TU TT TT&TT NN và & - – + * / • ( ) ; . , ... 01/2019/NĐ-CP VH,TT&DL LĐ-TB XH ǁ Aq Aqh
“Tân An” "một cửa." (xã), a), v.v. 150/2025/NĐ-CP 01-NQ/TU hóa/xã kinh-tế TT-TT &TT và/hoặc 5/ VH&TT CNTT 'tổ' An’
công tac thuy loi bao ve moi truong qản tham muu ﬁ ß İ ǅ
"""
WORDS = [*LINES.split(), "\u0301", "n\u0302", "\u200b", "\u00ad", "\n", "\r\n", "\u00a0", "\u2028", ""]
EVERY_PLACE = [" xã Tân An", " Xã Tân An", " tỉnh Gia Lai", " phường 5", " thị xã Bản Qua"]
texts = st.lists(st.sampled_from(WORDS + EVERY_PLACE), max_size=14).flatmap(
    lambda words: st.sampled_from([" ", " ", " ", ""]).map(lambda between: between.join(words))
)


def agree(found: list[str], given_texts: list[str]) -> None:
    assert found == [parse(text).key for text in given_texts]


@given(st.lists(st.one_of(texts, texts.map(str.upper), texts.map(lambda t: unicodedata.normalize("NFD", t)))))
@settings(max_examples=400, deadline=None)
@example(["quản lý bưu chính xã Tân An\u0302c d", "quản lý bưu chính xã Aq Aq\u0302c d"])
@example(["tỉnh xã A B C D Xã E G", "tỉnh xã A B C Xã E G"])
@example([" phường 5tham"])
@example(["quản lý bưu chính TT và TT", "quản lý bưu chính TT&TT", "quản lý bưu chính TT, và TT"])
@example(["quản lý hóa/xã Tân An bưu chính", 'quản lý bưu chính xã "Tân An công tác'])
@example(["UBND TP Huế", "UBND TP"])
@example(["- bảo vệ rừng;", "bảo vệ rừng .", "bảo vệ rừng . . . . . . . . . . . . . . . . . . . . . . . . . . . ."])
def test_the_key_is_that_of_parsing(given_texts: list[str]) -> None:
    collapser = Collapser()
    numbers = collapser.add(given_texts, PLACES)
    agree([collapser.keys[number] for number in numbers], given_texts)
    plainly = collapse(given_texts)
    agree([plainly.keys[number] for number in plainly.of], given_texts)


def test_on_statements_as_they_are_written() -> None:
    collapser = Collapser()
    for locality in islice(corpus(), 0, 120, 8):
        sample = locality.texts[::6]
        numbers = collapser.add(sample, [locality.name, locality.province])
        agree([collapser.keys[number] for number in numbers], sample)
    assert len(set(collapser.keys)) == len(collapser.keys)


def test_the_same_statement_of_two_places_is_one() -> None:
    collapser = Collapser()
    first = collapser.add(["Tham mưu quản lý rừng trên địa bàn xã Tân An;"], ["xã Tân An"])
    second = collapser.add(["- Tham mưu quản lý rừng trên địa bàn xã Bình Lộc"], ["xã Bình Lộc"])
    other = collapser.add(["Tham mưu quản lý chợ trên địa bàn xã Bình Lộc"], ["xã Bình Lộc"])
    assert first == second == array("i", [0])
    assert other == array("i", [1])


def test_collapsed_says_which_texts_belong_to_a_statement() -> None:
    found = collapse(iter(["bảo vệ rừng", "đăng ký tàu cá", "Bảo vệ rừng."]))
    assert len(found.keys) == 2
    assert found.members() == [[0, 2], [1]]


def test_what_is_forgotten_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REMEMBERED", 5)
    some = [text for locality in islice(corpus(), 0, 60, 20) for text in locality.texts[::20]] * 2
    found = collapse(some)
    agree([found.keys[number] for number in found.of], some)
    assert list(found.of[: len(some) // 2]) == list(found.of[len(some) // 2 :])


def test_a_long_text_and_many_equal_ones() -> None:
    found = collapse(["quản lý đê điều và " * 2_500, *["quản lý rừng"] * 10_000])
    assert len(found.keys) == 2
    assert found.of[0] == 0 and set(found.of[1:]) == {1}
