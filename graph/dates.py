"""Dates that are known to the day, the month, a period, or only as "not later than", and intervals of them.

A change that is known to have happened some time in a period is *certain* only from the period's
last day on. Therefore comparisons use the latest possible day, and the earliest is kept beside
it: `certainly` and `possibly` never give the same answer by rounding.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, order=False)
class FuzzyDate:
    """A day that lies between `earliest` and `latest`, both included.

    `earliest` is None where only an upper bound is known ("by"). `precision` is a code of the
    list `precision`; `text` is the date as it was written.
    """

    earliest: dt.date | None
    latest: dt.date
    precision: str = "day"
    text: str = ""

    def __post_init__(self) -> None:
        if self.earliest is not None and self.earliest > self.latest:
            raise ValueError(f"earliest {self.earliest} is after latest {self.latest}")

    @classmethod
    def exact(cls, day: dt.date) -> FuzzyDate:
        """A date known to the day."""
        return cls(day, day, "day", day.isoformat())

    def certainly_before(self, other: FuzzyDate) -> bool:
        """True if every possible day of this one is before every possible day of the other."""
        return other.earliest is not None and self.latest < other.earliest

    def same_as(self, other: FuzzyDate) -> bool:
        """True if both have the same bounds, however they were written."""
        return self.earliest == other.earliest and self.latest == other.latest

    def __str__(self) -> str:
        return self.text or self.latest.isoformat()


@dataclass(frozen=True)
class Interval:
    """From `start` (inclusive; None: unknown, taken as always) to `end` (exclusive; None: still so)."""

    start: FuzzyDate | None = None
    end: FuzzyDate | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end.certainly_before(self.start):
            raise ValueError(f"ends ({self.end}) before it starts ({self.start})")

    def certainly(self, on: dt.date) -> bool:
        """True if the change in has certainly happened by `on`, and the change out is not yet certain.

        This is what every query means by "as of": valid_from <= on and on < valid_to.
        """
        return (self.start is None or self.start.latest <= on) and (self.end is None or on < self.end.latest)

    def possibly(self, on: dt.date) -> bool:
        """True if it may hold on that day, given all that is known of both ends."""
        started = self.start is None or self.start.earliest is None or self.start.earliest <= on
        return started and (self.end is None or on < self.end.latest)

    def overlaps(self, other: Interval) -> bool:
        """True if there is a day on which both hold (in the sense of `certainly`)."""
        return (
            _before_end(self.start, other.end)
            and _before_end(other.start, self.end)
            and (not self.is_empty() and not other.is_empty())
        )

    def is_empty(self) -> bool:
        """True if it holds on no day at all (an end on the day of the start)."""
        return self.start is not None and self.end is not None and self.end.latest <= self.start.latest


def _before_end(start: FuzzyDate | None, end: FuzzyDate | None) -> bool:
    return start is None or end is None or start.latest < end.latest


def as_properties(name: str, value: FuzzyDate | None) -> dict[str, object]:
    """The properties that store a date under `name`: the compared day, and what is known beside it."""
    if value is None:
        return {}
    properties: dict[str, object] = {name: value.latest}
    if value.precision != "day":
        properties[f"{name}_precision"] = value.precision
    if value.earliest is not None and value.earliest != value.latest:
        properties[f"{name}_earliest"] = value.earliest
    if value.text and value.text != value.latest.isoformat():
        properties[f"{name}_text"] = value.text
    return properties


def from_properties(name: str, properties: dict[str, object]) -> FuzzyDate | None:
    """The date stored under `name` by `as_properties`; None where there is none."""
    latest = properties.get(name)
    if not isinstance(latest, dt.date):
        return None
    precision = str(properties.get(f"{name}_precision") or "day")
    earliest = properties.get(f"{name}_earliest")
    if not isinstance(earliest, dt.date):
        earliest = None if precision == "by" else latest
    return FuzzyDate(earliest, latest, precision, str(properties.get(f"{name}_text") or latest.isoformat()))


def interval_of(properties: dict[str, object]) -> Interval:
    """The validity stored on a node or relationship."""
    return Interval(from_properties("valid_from", properties), from_properties("valid_to", properties))


# ---------------------------------------------------------------- reading dates as people type them

_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_BY = re.compile(r"^(?:<=|≤|by|không muộn hơn|muộn nhất|chậm nhất)\s*(?:ngày\s+)?(.+)$")
_BEFORE = re.compile(r"^(?:<|before|trước)\s*(?:ngày\s+)?(.+)$")
_DAY = re.compile(r"^(?:ngày\s+)?(\d{1,2})\s*[/\-. ]\s*(\d{1,2})\s*[/\-. ]\s*(\d{4})$")
_DAY_WORDS = re.compile(r"^(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})$")
_ISO_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?)?$")
_MONTH = re.compile(r"^(?:tháng\s+)?(\d{1,2})\s*(?:[/\-.]|\s+năm\s+)\s*(\d{4})$")
_ISO_MONTH = re.compile(r"^(\d{4})-(\d{1,2})$")
_QUARTER = re.compile(r"^(?:qu[ýí]|quarter|q)\s*(iv|i{1,3}|[1-4])\s*(?:[/\-., ]|năm)*\s*(\d{4})$")
_YEAR = re.compile(r"^(?:năm\s+)?(\d{4})$")
_FIRST_MONTHS = re.compile(r"^(\d{1,2})\s+tháng\s+đầu\s+năm\s+(\d{4})$")
_LAST_MONTHS = re.compile(r"^(\d{1,2})\s+tháng\s+cuối\s+năm\s+(\d{4})$")
_SPAN = re.compile(r"^(?:từ\s+)?(.+?)\s*(?:\.\.|→|–|\bđến\b)\s*(.+)$")

ALLOWED = (
    "18/9/2017, 2017-09-18, 9/2017, quý III/2017, 2017, 8 tháng đầu năm 2017, "
    "trước 18/9/2017, ≤ 18/9/2017, 1/2017..8/2017"
)


def parse_date(value: str | dt.date | dt.datetime) -> FuzzyDate:
    """The date that a person typed, with the precision that it has.

    Raises ValueError saying what is wrong; `ALLOWED` lists the accepted forms.
    """
    if isinstance(value, dt.datetime):
        return FuzzyDate.exact(value.date())
    if isinstance(value, dt.date):
        return FuzzyDate.exact(value)
    return _parse_text(value)


@lru_cache(maxsize=65536)
def _parse_text(value: str) -> FuzzyDate:
    text = unicodedata.normalize("NFC", value).replace("\u00a0", " ").strip()
    found = _parse_folded(re.sub(r"\s+", " ", text.casefold()))
    return FuzzyDate(found.earliest, found.latest, found.precision, text)


def _parse_folded(text: str) -> FuzzyDate:
    if match := _BY.match(text):
        return FuzzyDate(None, _parse_folded(match[1]).latest, "by")
    if match := _BEFORE.match(text):
        bound = _parse_folded(match[1])
        return FuzzyDate(None, (bound.earliest or bound.latest) - ONE_DAY, "by")
    if match := _ISO_DAY.match(text):
        return FuzzyDate.exact(_day(int(match[1]), int(match[2]), int(match[3])))
    if match := _DAY.match(text) or _DAY_WORDS.match(text):
        return FuzzyDate.exact(_day(int(match[3]), int(match[2]), int(match[1])))
    if match := _QUARTER.match(text):
        first = 3 * _QUARTERS[match[1]] - 2
        return _months(int(match[2]), first, first + 2, "quarter")
    if match := _FIRST_MONTHS.match(text):
        return _months(int(match[2]), 1, int(match[1]), "period")
    if match := _LAST_MONTHS.match(text):
        return _months(int(match[2]), 13 - int(match[1]), 12, "period")
    if match := _ISO_MONTH.match(text):
        return _months(int(match[1]), int(match[2]), int(match[2]), "month")
    if match := _MONTH.match(text):
        return _months(int(match[2]), int(match[1]), int(match[1]), "month")
    if match := _YEAR.match(text):
        return _months(int(match[1]), 1, 12, "year")
    if match := _SPAN.match(text):
        first_part, last_part = _parse_folded(match[1]), _parse_folded(match[2])
        if first_part.earliest is None or first_part.earliest > last_part.latest:
            raise ValueError(f"the period {text!r} ends before it starts")
        return FuzzyDate(first_part.earliest, last_part.latest, "period")
    raise ValueError(f"{text!r} is not a date; allowed: {ALLOWED}")


def _day(year: int, month: int, day: int) -> dt.date:
    _check_year(year)
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(f"month {month}/{year} has no day {day} (it ends on {last}/{month}/{year})")
    return dt.date(year, month, day)


def _months(year: int, first: int, last: int, precision: str) -> FuzzyDate:
    _check_year(year)
    for month in (first, last):
        if not 1 <= month <= 12:
            raise ValueError(f"there is no month {month}")
    end = dt.date(year, last, calendar.monthrange(year, last)[1])
    return FuzzyDate(dt.date(year, first, 1), end, precision)


def _check_year(year: int) -> None:
    if not 1800 <= year <= 2200:
        raise ValueError(f"the year {year} is out of range (1800 to 2200)")


def parse_day(text: str) -> dt.date:
    """One exact day, for `--on`; a month or a year is refused, since a query needs a day.

    Raises ValueError saying what is allowed.
    """
    found = parse_date(text)
    if found.precision != "day":
        raise ValueError(f"{text!r} is not one day; write for example 9/10/2019 or 2019-10-09")
    return found.latest
