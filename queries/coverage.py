"""Where a known concurrency model is carried out, where two people hold the posts, and what sources say."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from graph.errors import UnknownName
from graph.store import Store
from graph.text import key
from queries.holdings import batches, place_names
from queries.models import KnownModel, known_models

# how the two posts stand in a place, in the order in which they are listed
STATES = ("in_force", "two_people", "vacant", "unrecorded")


class Status(NamedTuple):
    """What a source says of a model in a place."""

    status: str  # code of model_statuses
    level: str
    n: float | None
    m: float | None
    source: str  # number or title of the documents, and where in them


@dataclass(frozen=True)
class Coverage:
    """One model in one place on a date."""

    model: str
    place: str  # id; empty where the units have no place
    place_name: str
    level: str  # of the posts; empty where only a status is recorded
    state: str  # one of STATES
    both: tuple[tuple[str, str], ...]  # id and name of those who hold both posts
    a_holders: tuple[str, ...]  # names
    b_holders: tuple[str, ...]
    statuses: tuple[Status, ...]


class Seat(NamedTuple):
    """A position of a place with its holders on the date; a unit without positions has an empty title."""

    place: str
    level: str
    unit_kind: str
    unit_key: str
    title: str
    holders: tuple[tuple[str, str], ...]  # id and name
    unit: str = ""  # id
    unit_name: str = ""
    position: str = ""  # id; empty for a unit without positions


_UNITS = """
UNWIND $wanted AS w
MATCH (u:Unit {kind: w.kind})
WHERE (size(w.levels) = 0 OR u.level IN w.levels) AND (w.name = '' OR u.name_key STARTS WITH w.name)
  AND (u.valid_from IS NULL OR u.valid_from <= $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(place:Place)
WHERE (l.valid_from IS NULL OR l.valid_from <= $on) AND (l.valid_to IS NULL OR l.valid_to > $on)
RETURN DISTINCT u.id AS id, u.kind AS kind, u.name AS name, u.level AS level, place.id AS place
"""

_POSTS = """
UNWIND $units AS unit
MATCH (u:Unit {id: unit})<-[o:OF_UNIT]-(x:Position)
WHERE (o.valid_from IS NULL OR o.valid_from <= $on) AND (o.valid_to IS NULL OR o.valid_to > $on)
  AND (x.valid_from IS NULL OR x.valid_from <= $on) AND (x.valid_to IS NULL OR x.valid_to > $on)
  AND x.kind IN $titles
RETURN u.id AS unit, x.id AS id, x.kind AS title
"""

_HOLDERS = """
UNWIND $posts AS post
MATCH (x:Position {id: post})<-[h:HOLDS]-(p:Person)
WHERE (h.valid_from IS NULL OR h.valid_from <= $on) AND (h.valid_to IS NULL OR h.valid_to > $on)
RETURN x.id AS post, p.id AS person, p.name AS name
"""

_STATUSES = """
MATCH (m:ConcurrencyModel)-[s:STATUS_IN]->(p:Place)
WHERE (s.valid_from IS NULL OR s.valid_from <= $on) AND (s.valid_to IS NULL OR s.valid_to > $on)
RETURN m.code AS model, p.id AS place, s.id AS id, s.status AS status, s.level AS level,
       s.n AS n, s.m AS m
ORDER BY coalesce(s.valid_from, date('0001-01-01')), s.id
"""

_STATUS_SOURCES = """
MATCH (m:ConcurrencyModel)-[e:STATED_IN]->(d:Document)
RETURN e.fact AS fact, d.number AS number, d.title AS title, d.id AS document, e.at AS at
"""


def coverage(store: Store, on: dt.date, model: str | None = None) -> list[Coverage]:
    """Each known model in each place that has a unit of both its posts' kinds, or a recorded status.

    Sorted by model, state, level and place. Raises UnknownName for an unknown model code.
    """
    models = known_models(store)
    if model is not None:
        chosen = [m for m in models if m.code == model]
        if not chosen:
            raise UnknownName("concurrency model", model, [m.code for m in models])
        models = chosen
    found = cover(models, seats_of(store, on, models), statuses_of(store, on))
    names = place_names(store, [row.place for row in found])
    return [replace(row, place_name=names.get(row.place, row.place)) for row in found]


def cover(
    models: Sequence[KnownModel], seats: Iterable[Seat], statuses: dict[tuple[str, str], list[Status]]
) -> list[Coverage]:
    """The pure part: seats of one date and statuses by (model, place), to rows without place names."""
    by_place: defaultdict[tuple[str, str], list[Seat]] = defaultdict(list)
    for seat in seats:
        by_place[seat.place, seat.level].append(seat)
    found = []
    for order, model in enumerate(models):
        stated = {place: rows for (code, place), rows in statuses.items() if code == model.code}
        rows = []
        for (place, level), here in by_place.items():
            row = _cover_place(model, place, level, here, tuple(stated.get(place, ())))
            if row is not None:
                rows.append(row)
        shown = {row.place for row in rows}
        rows += [
            Coverage(model.code, place, "", "", "unrecorded", (), (), (), tuple(said))
            for place, said in stated.items()
            if place not in shown
        ]
        found += [(order, STATES.index(row.state), row.level, row.place, row) for row in rows]
    return [row for *_, row in sorted(found, key=lambda item: item[:4])]


def _cover_place(
    model: KnownModel, place: str, level: str, seats: list[Seat], statuses: tuple[Status, ...]
) -> Coverage | None:
    if model.levels and level not in model.levels:
        return None
    has_a = any(s.unit_kind in model.a_kinds for s in seats)
    has_b = any(s.unit_kind in model.b_kinds and model.names_b(s.unit_key) for s in seats)
    if not (has_a and has_b):
        return None
    a_seats = [s for s in seats if model.is_a(level, s.unit_kind, s.title)]
    b_seats = [s for s in seats if model.is_b(level, s.unit_kind, s.title, s.unit_key)]
    a = {holder for seat in a_seats for holder in seat.holders}
    b = {holder for seat in b_seats for holder in seat.holders}
    if a & b:
        state = "in_force"
    elif a and b:
        state = "two_people"
    else:
        state = "vacant" if a_seats and b_seats else "unrecorded"
    return Coverage(
        model.code,
        place,
        "",
        level,
        state,
        tuple(sorted(a & b)),
        tuple(sorted(name for _, name in a)),
        tuple(sorted(name for _, name in b)),
        statuses,
    )


def seats_of(store: Store, on: dt.date, models: Sequence[KnownModel]) -> list[Seat]:
    """The posts of the models on the date with their holders, and the units that may have such posts."""
    wanted = [
        {"kind": kind, "levels": sorted(model.levels), "name": name}
        for model in models
        for kinds, name in ((model.a_kinds, ""), (model.b_kinds, model.b_name))
        for kind in sorted(kinds)
    ]
    titles = sorted({title for m in models for title in m.a_titles | m.b_titles})
    units = store.read(_UNITS, {"wanted": wanted, "on": on}).dicts()
    posts = [
        row
        for batch in batches([unit["id"] for unit in units])
        for row in store.read(_POSTS, {"units": batch, "titles": titles, "on": on}).dicts()
    ]
    holders: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for batch in batches([post["id"] for post in posts]):
        for post, person, name in store.read(_HOLDERS, {"posts": batch, "on": on}).rows:
            holders[post].append((person, name))
    by_unit: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in posts:
        by_unit[row["unit"]].append(row)
    seats = []
    for unit in units:
        where = (unit["place"] or "", unit["level"] or "", unit["kind"], key(unit["name"]))
        named = (unit["id"], unit["name"])
        seats.append(Seat(*where, "", (), *named))
        for post in by_unit[unit["id"]]:
            seats.append(Seat(*where, post["title"], tuple(sorted(holders[post["id"]])), *named, post["id"]))
    return seats


def statuses_of(store: Store, on: dt.date) -> dict[tuple[str, str], list[Status]]:
    """What sources say of models on the date, by code of the model and id of the place."""
    sources: defaultdict[str, list[str]] = defaultdict(list)
    for fact, number, title, document, at in store.read(_STATUS_SOURCES).rows:
        named = number or title or document
        sources[fact].append(f"{named}, {at}" if at else named)
    found: defaultdict[tuple[str, str], list[Status]] = defaultdict(list)
    for row in store.read(_STATUSES, {"on": on}).dicts():
        source = "; ".join(sorted(sources[row["id"]]))
        status = Status(row["status"], row["level"] or "", row["n"], row["m"], source)
        found[row["model"], row["place"]].append(status)
    return dict(found)
