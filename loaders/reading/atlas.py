"""What the map of a text's day knows of the places that the text names.

The map is of before or after 1 July 2025, by the day of the text. A text without a day is read with
both; where they differ nothing is said. A homonym is told by the province of the text, else it stays open,
and a place that the map does not know is left as the text has it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import TypeVar

from graph.text import key
from loaders.reading.document import Document
from loaders.reading.entities import parsed
from loaders.registers.gazetteer import DAY, LEVELS, Known, cut, find, formed_of, names_of, province_name, provinces

_BEFORE = DAY - dt.timedelta(days=1)
_ENDED = frozenset(("huyện", "quận", "thị xã", "thành phố", "thị trấn"))  # kinds without a place since the day
_INNER = ("district", "commune")
_T = TypeVar("_T")


class Atlas:
    """The map of a day; of both sides of 1 July 2025 where the day is not known."""

    def __init__(self, day: dt.date | None = None) -> None:
        self.days = (_BEFORE, DAY) if day is None else (day,)

    def is_province(self, full: str) -> bool:
        """Whether a full name is that of a province on the day."""
        return any(key(full) in _names(day) for day in self.days)

    def on_day(self, full: str) -> str:
        """The province that a former province is part of on the text's day; any other as it is."""
        if len(self.days) > 1 or self.is_province(full):
            return full
        return next((each.full for each in provinces(self.days[0]) if full in formed_of(each.full)), full)

    def has_districts(self) -> bool:
        """Whether there may be districts on the text's day."""
        return self.days[0] < DAY

    def above(self, full: str, home: str | None) -> Known | None:
        """The place that a place lies in; None where the map does not know it, or knows several.

        With a province as `home`, only what lies in it counts.
        """
        kind, name = cut(full)
        if LEVELS.get(kind) not in _INNER or self.is_province(full):
            return None
        return self._agreed(lambda day: _above(name, kind, home, day))

    def several(self, full: str, home: str | None) -> bool:
        """Whether the map has several places of this name, and the province does not tell which."""
        kind, name = cut(full)
        return kind in LEVELS and any(len(_above(name, kind, home, day)) > 1 for day in self.days)

    def full_name(self, name: str, home: str | None, level: str | None = None) -> str | None:
        """The full name of what is called so in the province: the district where one is. None without a
        province that the map knows, and where several places are called so."""
        if home is None:
            return None
        return self._agreed(lambda day: _called(name, home, day, level))

    def province_of(self, named: Collection[str]) -> str | None:
        """The one province in which all these districts and communes lie; districts date a text that has no date."""
        named = [full for full in named if LEVELS.get(cut(full)[0]) in _INNER]
        days = self.days[:1] if any(cut(full)[0] in _ENDED for full in named) else self.days
        return self._agreed(lambda day: _common(named, day), days)

    def provinces_of(self, full: str) -> set[str]:
        """All provinces in which there is a place of this full name."""
        kind, name = cut(full)
        return {
            _provinces_of(known, on, day)
            for day in self.days
            for on in (_map_of(kind, day),)
            for known in find(name, on, kind=kind)
        }

    def _agreed(self, ask: Callable[[dt.date], set[_T]], days: Collection[dt.date] = ()) -> _T | None:
        """The one answer of all maps that have any; None where they differ, or one has several."""
        answers = [found for day in days or self.days if (found := ask(day))]
        if not answers or any(found != answers[0] for found in answers):
            return None
        return next(iter(answers[0])) if len(answers[0]) == 1 else None


def atlas_of(document: Document) -> Atlas:
    """The map for a document: of the day on which it was issued or published."""
    text = document.issued or document.published
    day = parsed(text) if text else None
    return Atlas(day.latest if day is not None else None)


@lru_cache(maxsize=64)
def _names(day: dt.date) -> frozenset[str]:
    return frozenset(key(province_name(each.full, day)) for each in provinces(day))


def _map_of(kind: str, day: dt.date) -> dt.date:
    """The day whose map has places of the kind: a text of after names districts as what they were."""
    return _BEFORE if kind in _ENDED and day >= DAY else day


def _provinces_of(known: Known, on: dt.date, day: dt.date) -> str:
    """The province in which a place of the map of one day lies on another."""
    full = known.province.full
    if on < DAY <= day:
        full = next((each.full for each in provinces(day) if full in formed_of(each.full)), full)
    return province_name(full, day)


def _above(name: str, kind: str, home: str | None, day: dt.date) -> set[Known]:
    on = _map_of(kind, day)
    found = find(name, on, kind=kind)
    if home is not None:
        # where the kind was another then (a district that became a town), the level tells
        found = [k for k in found or find(name, on, level=LEVELS[kind]) if _lies_in(k, home, on, day)]
    return {_dated(each.within, on) for each in found if each.within is not None}


def _lies_in(known: Known, home: str, on: dt.date, day: dt.date) -> bool:
    return any(key(name) == key(home) for name in names_of(_provinces_of(known, on, day)))


def _dated(known: Known, on: dt.date) -> Known:
    """The place with its province as it was called then."""
    if known.within is not None:
        return known._replace(within=_dated(known.within, on))
    kind, name = cut(province_name(known.full, on))
    return known._replace(kind=kind, name=name)


def _called(name: str, home: str, day: dt.date, level: str | None) -> set[str]:
    found = [k for k in find(name, day, level=level) if k.within is not None and _lies_in(k, home, day, day)]
    districts = [k for k in found if k.level == "district"]
    if len(districts) == 1 and all(k is districts[0] or k.within is districts[0] for k in found):
        return {districts[0].full}  # its chief town has the same name
    return {k.full for k in found}


def _common(named: Collection[str], day: dt.date) -> set[str]:
    """The provinces in which all named districts lie; without districts, all communes, if there are two.

    None where the map does not know one of them: the text is of another time, or made up.
    """
    by_level: dict[str, list[set[str]]] = {"district": [], "commune": []}
    for full in named:
        kind, name = cut(full)
        on = _map_of(kind, day)
        by_level[LEVELS[kind]].append({_provinces_of(k, on, day) for k in find(name, on, kind=kind)})
    told = by_level["district"] or (by_level["commune"] if len(by_level["commune"]) > 1 else [])
    return set.intersection(*told) if told else set()
