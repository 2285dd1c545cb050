"""Finding concurrency models from the data alone: pairs of post kinds that one person tends to hold.

Association rules over pairs (R. Agrawal, T. Imieliński, A. Swami, "Mining association rules
between sets of items in large databases", SIGMOD 1993). A transaction is a person in a place, an
item is a kind of post (level, kind of unit, title), and a pair counts only if the two holdings
have a day in common: a post held after another is a career, not a concurrency.

    support   number of people who held both at once
    share     of the places where both kinds of post exist, the part where one person has held both
    lift      support · N / (nA · nB), with N transactions of which nA have post A and nB post B:
              above 1 the pair is more frequent than if posts were given out independently
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from graph.store import Store
from queries.models import KnownModel, known_models

# kinds that stand for many different units of one place: there the unit's name says which
NAMED_KINDS = frozenset({"so", "phong", "chi_cuc", "trung_tam", "to_chuc_khac", "don_vi_su_nghiep"})


class PostKind(NamedTuple):
    """A kind of post: the same title in the same kind of unit at the same level."""

    level: str  # code of levels
    unit_kind: str
    title: str  # code of titles; the folded title where it has no code
    unit: str = ""  # key of the unit's name, for NAMED_KINDS only


class Held(NamedTuple):
    """One row of the table of holdings: who, where, which kind of post, when."""

    person: str
    place: str
    post: PostKind
    start: dt.date | None = None  # inclusive; None: unknown, taken as always
    end: dt.date | None = None  # exclusive; None: still so


@dataclass(frozen=True)
class FoundModel:
    """A pair of post kinds that people hold together, with its numbers."""

    a: PostKind
    b: PostKind
    support: int
    places: int  # places where a person has held both at once
    places_with_both: int  # places where both kinds of post exist
    lift: float
    first_year: int | None  # of the earliest common day; None if it is unknown
    last_year: int | None  # of the latest common day; None if some are still so
    known: tuple[str, ...]  # codes of the known models that the pair fits; empty: new

    @property
    def share(self) -> float:
        """Part of the places with both posts in which one person has held both."""
        return self.places / self.places_with_both

    @property
    def level(self) -> str:
        """The level of both posts, or both levels."""
        return self.a.level if self.a.level == self.b.level else f"{self.a.level}+{self.b.level}"


_ALL_HOLDINGS = """
MATCH (p:Person)-[h:HOLDS]->(x:Position)
WHERE h.valid_from IS NULL OR h.valid_from <= $on
RETURN p.id AS person, x.id AS position, h.valid_from AS start, h.valid_to AS end
"""

_ALL_POSTS = """
MATCH (x:Position)-[o:OF_UNIT]->(u:Unit)
WHERE o.valid_from IS NULL OR o.valid_from <= $on
RETURN x.id AS position, x.kind AS kind, x.title_key AS title, u.kind AS unit_kind,
       u.name_key AS name, u.level AS level, u.id AS unit
"""

_PLACES = """
MATCH (u:Unit)-[l:LOCATED_IN]->(p:Place)
RETURN u.id AS unit, p.id AS place, l.valid_from AS start
"""


def mine(store: Store, on: dt.date, *, min_support: int = 2, level: str | None = None) -> list[FoundModel]:
    """The pairs among all holdings that began by the date; `level` keeps one level."""
    places = _first_places(store)
    posts: dict[str, tuple[str, PostKind]] = {}
    for position, kind, title, unit_kind, name, level_of, unit in store.read(_ALL_POSTS, {"on": on}).rows:
        if level in (None, level_of):
            unit_key = (name or "") if unit_kind in NAMED_KINDS else ""
            post = PostKind(level_of or "", unit_kind or "", kind or title or "", unit_key)
            posts[position] = (places.get(unit, ""), post)
    table = [
        Held(person, *posts[position], start, end)
        for person, position, start, end in store.read(_ALL_HOLDINGS, {"on": on}).rows
        if position in posts
    ]
    return find_models(table, posts=posts.values(), known=known_models(store), min_support=min_support)


def _first_places(store: Store) -> dict[str, str]:
    """The first place of each unit: places merge, and units of one place must stay together."""
    rows = store.read(_PLACES).rows
    return {unit: place for unit, place, _ in sorted(rows, key=lambda r: r[2] or dt.date.min, reverse=True)}


def find_models(
    holdings: Iterable[Held],
    *,
    posts: Iterable[tuple[str, PostKind]] = (),
    known: Sequence[KnownModel] = (),
    min_support: int = 2,
) -> list[FoundModel]:
    """Pairs held at once by at least `min_support` people, by support, then lift, then name.

    `posts` are (place, kind of post) that exist although nobody in `holdings` has them; they
    count in the share of places. Two posts of one kind make no pair. Linear in the holdings,
    but for the pairs of posts of one person.
    """
    people: defaultdict[tuple[str, str], list[Held]] = defaultdict(list)
    places_of: defaultdict[PostKind, set[str]] = defaultdict(set)
    for held in holdings:
        people[held.person, held.place].append(held)
        places_of[held.post].add(held.place)
    for place, post in posts:
        places_of[post].add(place)
    counts: defaultdict[PostKind, int] = defaultdict(int)
    pairs: defaultdict[tuple[PostKind, PostKind], _Tally] = defaultdict(_Tally)
    for (_, place), rows in people.items():
        for post in {row.post for row in rows}:
            counts[post] += 1
        if len(rows) > 1:
            for pair, days in _common_days(rows).items():
                pairs[pair].add(place, *days)
    found = [
        FoundModel(
            a,
            b,
            support=tally.people,
            places=len(tally.places),
            places_with_both=len(places_of[a] & places_of[b]),
            lift=tally.people * len(people) / (counts[a] * counts[b]),
            first_year=tally.first.year if tally.first and tally.first != dt.date.min else None,
            last_year=tally.last.year if tally.last and tally.last != dt.date.max else None,
            known=tuple(model.code for model in known if model.fits_kinds(a, b)),
        )
        for (a, b), tally in pairs.items()
        if tally.people >= min_support
    ]
    return sorted(found, key=lambda m: (-m.support, -m.lift, m.a, m.b))


class _Tally:
    """What has been counted of one pair so far."""

    __slots__ = ("first", "last", "people", "places")

    def __init__(self) -> None:
        self.people = 0
        self.places: set[str] = set()
        self.first: dt.date | None = None
        self.last: dt.date | None = None

    def add(self, place: str, first: dt.date, last: dt.date) -> None:
        self.people += 1
        self.places.add(place)
        self.first = first if self.first is None else min(self.first, first)
        self.last = last if self.last is None else max(self.last, last)


def _common_days(rows: list[Held]) -> dict[tuple[PostKind, PostKind], tuple[dt.date, dt.date]]:
    """The pairs of kinds that one person held at once: first and last common day of each.

    An unknown start gives date.min and an open end date.max.
    """
    found: dict[tuple[PostKind, PostKind], tuple[dt.date, dt.date]] = {}
    for one, other in combinations(rows, 2):
        if one.post == other.post:
            continue
        first = max(one.start or dt.date.min, other.start or dt.date.min)
        end = min(one.end or dt.date.max, other.end or dt.date.max)
        if first >= end:
            continue
        last = end if end == dt.date.max else end - dt.timedelta(days=1)
        pair = (one.post, other.post) if one.post < other.post else (other.post, one.post)
        known = found.get(pair)
        found[pair] = (min(known[0], first), max(known[1], last)) if known else (first, last)
    return found
