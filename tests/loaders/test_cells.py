"""Cells become typed values: numbers, dates, codes and lists as people type them."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.cells import CellError, converter, parse_number, written
from loaders.headers import Column


def convert(type_: str, value: object, vocabulary: str = "", key: str = "x") -> object:
    return converter(Column(key, type_, "x", "x", vocabulary=vocabulary))(value)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.381", 1381),
        ("1.381,5", 1381.5),
        ("1.234.567", 1234567),
        ("88,79", 88.79),
        ("20%", 20),
        ("3,5 %", 3.5),
        ("07", 7),
        ("1.38", 1.38),
        ("0.125", 0.125),
        ("0,125", 0.125),
        ("1234.567", 1234.567),
        ("1\u00a0381", 1381),
        ("1 381,25", 1381.25),
        ("1,381,000", 1381000),
        ("1,381.5", 1381.5),
        ("-5", -5),
        ("−5", -5),
        ("+5", 5),
    ],
)
def test_numbers_as_vietnamese_type_them(text: str, number: float) -> None:
    assert parse_number(text) == number
    assert convert("number", text) == number


@pytest.mark.parametrize(
    "text", ["1,381", "1.381.5", "1.38.381", "abc", "1e5", "--5", "%", "12a", "٣", "1 2", "nan"]
)
def test_not_a_number(text: str) -> None:
    with pytest.raises(CellError):
        parse_number(text)


def test_the_ambiguous_comma_says_both_readings() -> None:
    with pytest.raises(CellError, match=r"1381 or 1\.381") as error:
        parse_number("1,381")
    assert error.value.remedy == "Write 1381, or 1,3810"
    assert parse_number("1,3810") == 1.381


def vietnamese(number: float, decimals: int) -> str:
    return f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_round_trip(number: int) -> None:
    assert parse_number(vietnamese(number, 0)) == number
    assert parse_number(str(number)) == number
    assert convert("int", vietnamese(number, 0)) == number


@given(st.integers(-(10**9), 10**9), st.sampled_from([1, 2, 4, 5]))
def test_decimals_round_trip(scaled: int, decimals: int) -> None:
    number = scaled / 10**decimals
    assert parse_number(vietnamese(number, decimals)) == pytest.approx(number, abs=1e-9)


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_a_cell_error(text: str) -> None:
    try:
        number = parse_number(text)
    except CellError:
        return
    assert number == number
    assert abs(number) != float("inf")


def test_native_numbers_are_taken_as_they_are() -> None:
    assert convert("number", 1.381) == 1.381
    assert convert("int", 60.0) == 60
    assert convert("text", 7.0) == "7"
    assert convert("id", 12) == "12"
    for value in (60.5, True, dt.date(2019, 1, 1)):
        with pytest.raises(CellError):
            convert("int", value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("x", True),
        ("Có", True),
        ("không", False),
        ("KHÔNG", False),
        ("yes", True),
        (0.0, False),
        (1, True),
        (True, True),
    ],
)
def test_yes_and_no(value: object, expected: bool) -> None:
    assert convert("bool", value) is expected


def test_neither_yes_nor_no() -> None:
    with pytest.raises(CellError, match="neither yes nor no"):
        convert("bool", "có thể")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("18/9/2017", "2017-09-18", "2017-09-18"),
        ("9/2017", "2017-09-01", "2017-09-30"),
        (dt.date(2017, 9, 18), "2017-09-18", "2017-09-18"),
        (dt.datetime(2017, 9, 18, 10, 30), "2017-09-18", "2017-09-18"),
        (42996.0, "2017-09-18", "2017-09-18"),
        ("42996", "2017-09-18", "2017-09-18"),
        (42996.75, "2017-09-18", "2017-09-18"),
        (2017.0, "2017-01-01", "2017-12-31"),
        (2017, "2017-01-01", "2017-12-31"),
        ("quý III/2017", "2017-07-01", "2017-09-30"),
    ],
)
def test_dates(value: object, first: str, last: str) -> None:
    date = convert("date", value)
    assert (date.earliest.isoformat(), date.latest.isoformat()) == (first, last)  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", ["31/2/2019", "hôm qua", 9.2017, 3.0, True, "123456"])
def test_not_a_date(value: object) -> None:
    with pytest.raises(CellError) as error:
        convert("date", value)
    assert "18/9/2017" in error.value.remedy


def test_codes_by_label_in_either_language_and_other_spellings() -> None:
    for text in ("hợp nhất", "HỢP NHẤT", "merge", "sáp nhập", "merger into a new unit"):
        assert convert("code", text, "event_kinds") == "merge"
    with pytest.raises(CellError) as error:
        convert("code", "hợp nhát", "event_kinds")
    assert error.value.remedy.startswith("Nearest: hợp nhất")
    assert "giải thể" in error.value.remedy


def test_lists() -> None:
    assert convert("list", "a; b\nc;; a") == ["a", "b", "c"]
    assert convert("list", ["a", 2]) == ["a", "2"]
    assert convert("refs", "Phòng A, B; Phòng C") == ["Phòng A, B", "Phòng C"]
    assert convert("list", " ; ") is None


def test_codes_in_a_list_by_comma_only_if_all_are_codes() -> None:
    assert convert("list", "chức năng, nhân sự", "move_kinds") == ["functions", "positions"]
    assert convert("list", "functions; units", "move_kinds") == ["functions", "units"]
    with pytest.raises(CellError):
        convert("list", "chức năng, đồ đạc", "move_kinds")


def test_text_is_composed_and_formulas_are_only_text() -> None:
    assert convert("text", unicodedata.normalize("NFD", "Sở  Nội\u00a0vụ")) == "Sở Nội vụ"
    for text in (
        "=1+1",
        '=HYPERLINK("x")',
        "<script>alert(1)</script>",
        "') DETACH DELETE n //",
        "+CMD|' /C calc'!A0",
    ):
        assert convert("text", text) == text


def test_texts_that_are_refused() -> None:
    for value in ("a\x00b", "a\x1bb", "a\u202eb", "\ud800"):
        with pytest.raises(CellError, match="control character"):
            convert("text", value)
    with pytest.raises(CellError, match="10,000 characters"):
        convert("text", "á" * 10_000, key="name")
    assert convert("text", "á" * 10_000, key="quote") == "á" * 10_000
    with pytest.raises(CellError, match="20,001"):
        convert("text", "a" * 20_001, key="quote")
    with pytest.raises(CellError, match="error value"):
        convert("text", "#REF!")
    with pytest.raises(CellError, match="id has none"):
        convert("id", "a < b")
    with pytest.raises(CellError, match="a list"):
        convert("text", ["a"])


def test_written_is_what_the_file_shows() -> None:
    values = [50.0, 0.5, dt.datetime(2019, 1, 2), dt.date(2019, 1, 2), True, None, ["a", 2]]
    assert [written(v) for v in values] == ["50", "0.5", "2019-01-02", "2019-01-02", "true", "", "a; 2"]
