"""Posts of a structure that nobody holds, told apart from those whose holders were never recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from graph.store import Store
from queries.holdings import batches
from queries.structure_types import Holder, Post, Structure

ROLES = ("head", "standing_deputy", "deputy")
VACANT, ACTING, SHORT, UNRECORDED = "vacant", "acting", "short", "unrecorded"
_ORDER = (VACANT, ACTING, SHORT, UNRECORDED)

_LAST = """
UNWIND $posts AS post
MATCH (x:Position {id: post})<-[h:HOLDS]-(p:Person)
WHERE h.valid_to IS NOT NULL AND h.valid_to <= $on
RETURN x.id, p.name, h.valid_to
ORDER BY x.id, h.valid_to, p.name
"""


@dataclass(frozen=True)
class Vacancy:
    """A post of a head or deputy without somebody who holds it fully.

    `state` is vacant (its last holder left and nobody is recorded since), acting (somebody acts, or is
    in charge), short (fewer holders than seats) or unrecorded (nobody is recorded in it up to the
    day, which does not say that it is vacant).
    """

    unit: str
    post: Post
    state: str


def vacancies(structure: Structure) -> list[Vacancy]:
    """The posts of the structure, by state, then heads before deputies, then in the order of the chart."""
    places = {unit: place for place, unit in enumerate(_preorder(structure))}
    found = [
        Vacancy(unit, post, state)
        for unit in places
        for post in structure.units[unit].posts
        if post.role in ROLES and (state := _state(post))
    ]
    return sorted(found, key=lambda v: (_ORDER.index(v.state), ROLES.index(v.post.role), places[v.unit]))


def last_holders(store: Store, posts: list[str], on: dt.date) -> dict[str, tuple[str, dt.date]]:
    """Who held these posts (ids) last and left by the day, and when."""
    return {
        post: (name, until)
        for batch in batches(posts)
        for post, name, until in store.read(_LAST, {"posts": batch, "on": on}).rows
    }


def acting(post: Post) -> list[Holder]:
    """Those who act for the holder, are in charge, or hold it provisionally."""
    return [holder for holder in post.holders if holder.mode in ("acting", "in_charge", "provisional")]


def _state(post: Post) -> str:
    if not post.holders:
        return VACANT if post.left else UNRECORDED
    if len(acting(post)) == len(post.holders):
        return ACTING
    return SHORT if post.seats and len(post.holders) < post.seats else ""


def _preorder(structure: Structure) -> Iterator[str]:
    seen: set[str] = set()
    stack = [structure.root]
    while stack:
        unit = stack.pop()
        if unit in structure.units and unit not in seen:
            seen.add(unit)
            yield unit
            stack.extend(reversed(structure.units[unit].children))
