"""Mergers that a user knows, from rows with names to units of the graph and a day before the merger."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from graph.dates import parse_date
from graph.errors import AmbiguousName, UnknownName, UserError
from graph.store import Store
from graph.text import key
from queries.find import find_unit
from queries.merges.model import World
from queries.merges.pull import MERGERS, mergers_until, pull
from queries.merges.truth import Known

# what a header may be called, folded; the first of each is the name used here
HEADERS: dict[str, tuple[str, ...]] = {
    "a": ("a", "đơn vị a", "đơn vị 1", "đơn vị thứ nhất", "unit a", "unit 1"),
    "b": ("b", "đơn vị b", "đơn vị 2", "đơn vị thứ hai", "unit b", "unit 2"),
    "c": ("c", "đơn vị c", "đơn vị 3", "đơn vị thứ ba", "unit c", "unit 3"),
    "d": ("d", "đơn vị d", "đơn vị 4", "đơn vị thứ tư", "unit d", "unit 4"),
    "units": ("units", "đơn vị", "các đơn vị", "đơn vị sáp nhập", "units merged", "inputs", "đầu vào"),
    "in": ("in", "place", "nơi", "địa bàn", "ở", "tỉnh"),
    "on": ("on", "date", "ngày", "ngày sáp nhập", "thời điểm", "merged on"),
    "result": ("result", "kết quả", "đơn vị mới", "output"),
    "label": ("label", "nhãn", "đúng", "merged", "sáp nhập"),
}
_MERGED = ("", "1", "merged", "merge", "yes", "true", "đúng", "có", "sáp nhập", "hợp nhất", "x")
_APART = ("0", "apart", "no", "false", "sai", "không", "negative")
_SKIP = ("skip", "?", "bỏ qua")


class Row(NamedTuple):
    """A row of the user's file: its address, and its cells by the names of HEADERS."""

    at: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Unknown:
    """A row that names what the graph does not have."""

    at: str
    message: str


def columns(header: Sequence[str]) -> list[str]:
    """The names of HEADERS that the header's cells mean, empty for others. Raises UserError without units."""
    meaning = {key(spelled): name for name, all_ in HEADERS.items() for spelled in all_}
    found = [meaning.get(key(cell), "") for cell in header]
    if "units" not in found and not {"a", "b"} <= set(found):
        raise UserError(
            f"the file has no units: its columns are {', '.join(header) or 'empty'}",
            "columns a, b (c, d), or one column units with names separated by ;",
        )
    return found


def resolve(store: Store, rows: Iterable[Row], on: dt.date) -> tuple[list[Known], list[Unknown]]:
    """The known mergers, and the rows that are not understood, all of them."""
    events = _merge_days(store)
    known: list[Known] = []
    unknown: list[Unknown] = []
    for row in rows:
        try:
            known.append(_resolve(store, row, on, events))
        except (UnknownName, AmbiguousName, UserError, ValueError) as error:
            unknown.append(Unknown(row.at, " ".join(str(error).split())))
    return known, unknown


def _resolve(store: Store, row: Row, on: dt.date, events: Mapping[frozenset[str], tuple[dt.date, ...]]) -> Known:
    cells = row.cells
    names = [name.strip() for name in cells.get("units", "").replace("\n", ";").split(";") if name.strip()]
    names += [cells[each].strip() for each in ("a", "b", "c", "d") if cells.get(each, "").strip()]
    if len(names) == 1 and cells.get("result", "").strip():
        # one unit that went into another
        names.append(cells["result"].strip())
    if len(names) < 2:
        raise UserError("names fewer than two units")
    label = _label(cells.get("label", ""))
    given = parse_date(cells["on"]) if cells.get("on", "").strip() else None
    days = _days_before(given.earliest, given.latest) if given else ()
    place = cells.get("in", "").strip()
    asked = days[0] if days else on
    named = [_with_place(name, place) for name in names]
    if given is None:
        named = _of_one_merger(store, named, asked, events)
    found = [find_unit(store, name, asked) for name in named]
    ids = tuple(each.id for each in found)
    if len(set(ids)) < len(ids):
        raise UserError(f"names one unit twice: {'; '.join(names)}")
    if not days and label == "merged":
        days = events.get(frozenset(ids), ())
    day = next((day for day in days if all(each.holds(day) for each in found)), days[-1] if days else on)
    gone = [each.name for each in found if not each.holds(day)]
    if gone:
        raise UserError(f"{'; '.join(gone)}: not there on {day:%d/%m/%Y}", "another date in the file, or with --on")
    return Known(ids, day, "", label, "; ".join(each.name for each in found))


def _of_one_merger(store: Store, names: list[str], on: dt.date, events: Iterable[frozenset[str]]) -> list[str]:
    """The names, or the ids where only one choice among units of a name makes a merger of the graph: a
    department and the one that took its place, and its name, are two units."""
    choices = []
    for name in names:
        try:
            choices.append({find_unit(store, name, on).id})
        except AmbiguousName as error:
            choices.append({choice.rpartition("[")[2].rstrip("]") for choice in error.choices})
    if all(len(own) == 1 for own in choices):
        return names
    # of each name the unit that the event has; a merger of all of them and no others
    picked = ((event, tuple(next(iter(own & event), "") for own in choices)) for event in events)
    fitting = {ids for event, ids in picked if set(ids) == event and len(ids) == len(event)}
    return list(fitting.pop()) if len(fitting) == 1 else names


def _with_place(name: str, place: str) -> str:
    return f"{name} @ {place}" if place and "@" not in name and "[" not in name else name


def _label(text: str) -> str:
    folded = key(text)
    for label, spelled in (("merged", _MERGED), ("apart", _APART), ("skip", _SKIP)):
        if folded in {key(each) for each in spelled}:
            return label
    raise UserError(f"{text!r} is not a label", "1 (merged), 0 (not merged) or skip")


def _days_before(earliest: dt.date | None, latest: dt.date) -> tuple[dt.date, ...]:
    """The day before the earliest and before the latest day on which it can have happened."""
    one = dt.timedelta(days=1)
    return tuple(dict.fromkeys(day - one for day in (earliest or latest, latest)))


_DAYS = """
MATCH (e:Event) WHERE e.kind IN $kinds AND e.date IS NOT NULL
MATCH (e)-[r:INPUT|OUTPUT]->(u:Unit)
RETURN e.id, e.date, e.date_earliest, type(r), u.id
"""


def _merge_days(store: Store) -> dict[frozenset[str], tuple[dt.date, ...]]:
    """For each set of units that a merger joined the days before it; the unit that absorbs is one of them."""
    inputs: defaultdict[str, set[str]] = defaultdict(set)
    outputs: defaultdict[str, set[str]] = defaultdict(set)
    days: dict[str, tuple[dt.date, ...]] = {}
    for event, date, earliest, end, unit in store.read(_DAYS, {"kinds": list(MERGERS)}).rows:
        (inputs if end == "INPUT" else outputs)[event].add(unit)
        days[event] = _days_before(earliest, date)
    found = {frozenset(units): days[event] for event, units in inputs.items()}
    found |= {frozenset(units | outputs[event]): days[event] for event, units in inputs.items()}
    return found


def cells(store: Store, known: Sequence[Known]) -> Iterator[tuple[World, list[Known]]]:
    """One world for each place and day of the known mergers, as strictly as of that day.

    What is known to be merged in a place at any time is no error on another of its days.
    """
    place_of = _places(store, sorted({unit for each in known for unit in each.units}))
    placed = [replace(each, place=place_of.get(each.units[0], "")) for each in known]
    for place, day in sorted({(each.place, each.on) for each in placed}):
        own = [each for each in placed if each.place == place]
        world = replace(pull(store, day, [place] if place else [], strict=True), happened=mergers_until(store, day))
        here = [each if each.on == day else replace(each, label="skip") for each in own if each.label != "apart"]
        here += [each for each in own if each.label == "apart" and each.on == day]
        yield world, [each for each in here if all(unit in world.units for unit in each.units)]


_PLACE_OF = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})-[l:LOCATED_IN]->(p:Place)
RETURN u.id, p.id, coalesce(l.valid_to, date('9999-12-31')) AS until ORDER BY until
"""


def _places(store: Store, units: Sequence[str]) -> dict[str, str]:
    """The place of each unit, the first one that it was in."""
    found: dict[str, str] = {}
    for unit, place, _ in store.read(_PLACE_OF, {"units": list(units)}).rows:
        found.setdefault(unit, place)
    return found
