"""The columns that the analysis of overlaps works on: who performs what, in the scope, on the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.packaged import packaged_yaml
from graph.store import Store
from queries.holdings import batches, places_from
from queries.line import above, line_parents


class Host(NamedTuple):
    """A unit that performs functions."""

    id: str
    name: str  # official name on the day
    kind: str
    level: str
    system: str
    place: str  # id; empty where neither the unit nor one above it has one
    place_name: str


class Performed(NamedTuple):
    """One function in one unit's hands. `certain` is false where the sources leave open whether it already was."""

    unit: str
    function: str
    fact: str  # id of the PERFORMS relationship
    role: str  # code of performing_roles; empty where no source says
    certain: bool = True


@dataclass(frozen=True)
class Columns:
    """All that the analysis reads; from here on nothing is asked of the store."""

    hosts: Mapping[str, Host]
    texts: Mapping[str, str]  # by function
    fields: Mapping[str, tuple[str, ...]]  # by function
    performed: tuple[Performed, ...]
    parents: Mapping[str, set[str]] = field(default_factory=dict)  # in the line, upwards
    faces: Mapping[str, set[str]] = field(default_factory=dict)  # working organisation of a legal person
    units_in_scope: int = 0  # units of the scope, with functions or without

    def above(self, unit: str) -> set[str]:
        """All units that the unit is under in the line."""
        return above(unit, self.parents)


# a start known only as "not later than" may lie before the day that is asked about
_MAY_HOLD = (
    "({0}.valid_from IS NULL OR {0}.valid_from <= $on OR {0}.valid_from_earliest <= $on "
    "OR ({0}.valid_from_precision = 'by' AND {0}.valid_from_earliest IS NULL AND {0}.valid_from <= $latest)) "
    "AND ({0}.valid_to IS NULL OR {0}.valid_to > $on)"
)
_COLUMNS = f"""
WHERE {_MAY_HOLD.format("r")} AND {_MAY_HOLD.format("u")}
RETURN u.id, u.name, u.former_names, u.former_until, u.kind, u.level, u.system, u.valid_from,
       f.id, f.text, f.fields, r.id, r.role, r.valid_from
"""
_EVERYWHERE = "MATCH (u:Unit)-[r:PERFORMS]->(f:Function)" + _COLUMNS
_IN_PLACES = f"""
UNWIND $places AS place
MATCH (:Place {{id: place}})<-[l:LOCATED_IN]-(u:Unit)
WHERE {_MAY_HOLD.format("l")}
WITH DISTINCT u
MATCH (u)-[r:PERFORMS]->(f:Function)
{_COLUMNS}"""
_UNITS_IN_PLACES = f"""
UNWIND $places AS place
MATCH (:Place {{id: place}})<-[l:LOCATED_IN]-(u:Unit)
WHERE {_MAY_HOLD.format("l")} AND {_MAY_HOLD.format("u")}
RETURN count(DISTINCT u)
"""
_UNITS = f"MATCH (u:Unit) WHERE {_MAY_HOLD.format('u')} RETURN count(u)"
_PLACES = f"""
UNWIND $units AS unit
MATCH (u:Unit {{id: unit}})-[l:LOCATED_IN]->(p:Place)
WHERE {_MAY_HOLD.format("l")}
RETURN u.id, p.id, p.name, l.valid_from
"""
_FACES = f"MATCH (u:Unit)-[r:FACE_OF]->(w:Unit) WHERE {_MAY_HOLD.format('r')} RETURN u.id, w.id"


def pull(
    store: Store, on: dt.date, place: str | None = None, level: str | None = None, *, certain: bool = False
) -> Columns:
    """Who performs what on the day: in a place (id) and all within it, or everywhere; of one level, or all.

    What a source dates only as "not later than" some later day may already hold (within the years of
    overlaps.yaml): it is marked as not certain, and left out with `certain`. A unit without a place has
    that of the unit above it.
    """
    days = _days(on)
    if place is None:
        rows = store.read(_EVERYWHERE, days).rows
        units = int(store.read(_UNITS, days).value() or 0)
    else:
        places = places_from(store, place, on)
        rows = store.read(_IN_PLACES, {**days, "places": places}).rows
        units = int(store.read(_UNITS_IN_PLACES, {**days, "places": places}).value() or 0)
    hosts: dict[str, Host] = {}
    texts: dict[str, str] = {}
    fields: dict[str, tuple[str, ...]] = {}
    performed = []
    for unit, name, names, until, kind, lvl, system, start, function, text, codes, fact, role, since in rows:
        sure = _sure(start, on) and _sure(since, on)
        if level not in (None, lvl) or (certain and not sure):
            continue
        named = _name_on(name, names, until, on)
        hosts[unit] = Host(unit, named, kind or "", lvl or "", system or "", "", "")
        texts[function] = text or ""
        fields[function] = tuple(codes or ())
        performed.append(Performed(unit, function, fact or "", role or "", sure))
    performed = _without_handed_over(performed)
    parents = line_parents(store, on, sorted(hosts))
    faces: dict[str, set[str]] = {}
    for unit, whole in store.read(_FACES, days).rows:
        faces.setdefault(unit, set()).add(whole)
    where = _places(store, on, {*hosts, *parents, *(p for above_ in parents.values() for p in above_)})
    located = {id_: _located(host, where, parents) for id_, host in hosts.items()}
    return Columns(located, texts, fields, tuple(sorted(set(performed))), parents, faces, units)


def _without_handed_over(performed: list[Performed]) -> list[Performed]:
    """Without hosts that may already have had a function which another certainly still had: it went over later."""
    held = {row.function for row in performed if row.certain}
    return [row for row in performed if row.certain or row.function not in held]


def _days(on: dt.date) -> dict[str, dt.date]:
    """The day, and the last day "not later than" which a start may be dated to count as possible on it."""
    years = packaged_yaml("queries", "data", "overlaps.yaml")["possible_years"]
    return {"on": on, "latest": on + dt.timedelta(days=round(365.25 * years))}


def _sure(start: dt.date | None, on: dt.date) -> bool:
    return start is None or start <= on


def _name_on(name: str, former: list[str] | None, until: list[str] | None, on: dt.date) -> str:
    for each, day in zip(former or [], until or [], strict=False):
        if dt.date.fromisoformat(day) > on:
            return each
    return name or ""


def _places(store: Store, on: dt.date, units: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Place and its name by unit; the one that began last, where the dates leave several open."""
    found: dict[str, tuple[dt.date, str, str]] = {}
    days = _days(on)
    for batch in batches(sorted(units)):
        for unit, place, name, start in store.read(_PLACES, {"units": batch, **days}).rows:
            # what certainly holds goes before what may
            rank = start or dt.date.min
            rank = rank if rank <= on else dt.date.min
            if unit not in found or (rank, place) > found[unit][:2]:
                found[unit] = (rank, place, name)
    return {unit: (place, name) for unit, (_, place, name) in found.items()}


def _located(host: Host, where: Mapping[str, tuple[str, str]], parents: Mapping[str, set[str]]) -> Host:
    edge, seen = {host.id}, set[str]()
    while edge:
        for unit in sorted(edge):
            if unit in where:
                return host._replace(place=where[unit][0], place_name=where[unit][1])
        seen |= edge
        edge = {p for unit in edge for p in parents.get(unit, ())} - seen
    return host
