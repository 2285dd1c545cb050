"""Dates and intervals: examples as people type them, and laws that hold for all."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import FuzzyDate, Interval, as_properties, from_properties, parse_date, parse_day

D = dt.date


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("18/9/2017", D(2017, 9, 18), D(2017, 9, 18), "day"),
        ("18-09-2017", D(2017, 9, 18), D(2017, 9, 18), "day"),
        ("2017-09-18", D(2017, 9, 18), D(2017, 9, 18), "day"),
        ("2017-09-18 00:00:00", D(2017, 9, 18), D(2017, 9, 18), "day"),
        ("ngày 18 tháng 9 năm 2017", D(2017, 9, 18), D(2017, 9, 18), "day"),
        ("9/2017", D(2017, 9, 1), D(2017, 9, 30), "month"),
        ("Tháng 2/2020", D(2020, 2, 1), D(2020, 2, 29), "month"),
        ("2017-09", D(2017, 9, 1), D(2017, 9, 30), "month"),
        ("quý III/2017", D(2017, 7, 1), D(2017, 9, 30), "quarter"),
        ("quí 3 năm 2017", D(2017, 7, 1), D(2017, 9, 30), "quarter"),
        ("Quý\u00a0IV/2018", D(2018, 10, 1), D(2018, 12, 31), "quarter"),
        ("năm 2017", D(2017, 1, 1), D(2017, 12, 31), "year"),
        ("8 tháng đầu năm 2017", D(2017, 1, 1), D(2017, 8, 31), "period"),
        ("6 tháng cuối năm 2019", D(2019, 7, 1), D(2019, 12, 31), "period"),
        ("1/2017..8/2017", D(2017, 1, 1), D(2017, 8, 31), "period"),
        ("từ 4/2018 đến 1/6/2018", D(2018, 4, 1), D(2018, 6, 1), "period"),
        ("trước 9/10/2019", None, D(2019, 10, 8), "by"),
        ("trước 2018", None, D(2017, 12, 31), "by"),
        ("≤ 2019-10-09", None, D(2019, 10, 9), "by"),
    ],
)
def test_dates_as_people_type_them(text, earliest, latest, precision):
    found = parse_date(text)
    assert (found.earliest, found.latest, found.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31/2/2019", "has no day 31"),
        ("29/2/2019", "has no day 29"),
        ("1/13/2019", "no month 13"),
        ("14 tháng đầu năm 2019", "no month 14"),
        ("1/1/0019", "out of range"),
        ("hôm qua", "is not a date"),
        ("", "is not a date"),
        ("8/2018..1/2018", "ends before it starts"),
    ],
)
def test_impossible_dates_say_what_is_wrong(text, said):
    with pytest.raises(ValueError, match=said):
        parse_date(text)


def test_text_keeps_the_writing_and_dates_of_excel_are_exact():
    assert parse_date("quí III/2017").text == "quí III/2017"
    assert parse_date(dt.datetime(2017, 9, 18)).precision == "day"
    assert parse_day("9/10/2019") == D(2019, 10, 9)
    with pytest.raises(ValueError, match="not one day"):
        parse_day("2019")


days = st.dates(min_value=D(1900, 1, 1), max_value=D(2100, 12, 31))


@st.composite
def fuzzy(draw):
    first, last = sorted([draw(days), draw(days)])
    kind = draw(st.sampled_from(["day", "period", "by"]))
    if kind == "day":
        return FuzzyDate.exact(first)
    return FuzzyDate(None if kind == "by" else first, last, kind, "x")


@st.composite
def intervals(draw):
    start, end = draw(st.none() | fuzzy()), draw(st.none() | fuzzy())
    if start and end and end.certainly_before(start):
        start, end = end, start
    return Interval(start, end)


@given(intervals(), days)
def test_what_is_certain_is_possible(interval, on):
    if interval.certainly(on):
        assert interval.possibly(on)


@given(intervals(), intervals())
def test_overlap_is_symmetric(a, b):
    assert a.overlaps(b) == b.overlaps(a)


@given(intervals(), intervals(), days)
def test_a_common_day_is_an_overlap(a, b, on):
    if a.certainly(on) and b.certainly(on):
        assert a.overlaps(b)


@given(intervals(), intervals())
def test_an_overlap_has_a_common_day(a, b):
    starts = [i.start.latest for i in (a, b) if i.start]
    if a.overlaps(b):
        on = max(starts, default=D(1850, 1, 1))
        assert a.certainly(on) and b.certainly(on)


@given(intervals())
def test_start_is_inclusive_and_end_exclusive(interval):
    if interval.end:
        assert not interval.certainly(interval.end.latest)
    if interval.start and not interval.is_empty():
        assert interval.certainly(interval.start.latest)


@given(fuzzy(), fuzzy())
def test_ordering_is_strict(a, b):
    assert not (a.certainly_before(b) and b.certainly_before(a))
    assert not a.certainly_before(a)


@given(fuzzy())
def test_handover_leaves_no_gap_and_no_double(change):
    before, after = Interval(None, change), Interval(change, None)
    for on in (change.latest - dt.timedelta(1), change.latest, change.latest + dt.timedelta(1)):
        assert before.certainly(on) != after.certainly(on)


@given(st.none() | fuzzy())
def test_properties_round_trip(value):
    back = from_properties("valid_from", as_properties("valid_from", value))
    if value is None:
        assert back is None
    else:
        assert back is not None and back.same_as(value) and back.precision == value.precision


def test_an_interval_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        Interval(FuzzyDate.exact(D(2020, 1, 1)), FuzzyDate.exact(D(2019, 1, 1)))
