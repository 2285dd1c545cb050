"""Holdings that the dated rules on incompatible posts forbid.

The rules are data (`graph.vocabulary.rules`), each with its source, its dates and how surely it
is known. What is found is a question to put, not a verdict: a rule may have exceptions, and two
people of one name may have been taken for one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from graph import vocabulary
from graph.store import Store
from graph.vocabulary import Rule
from queries import holdings as read
from queries.holdings import Holding, Membership
from queries.line import above, line_parents

KIND = "incompatible_posts"


@dataclass(frozen=True)
class Violation:
    """One person with two posts, or a post and a membership, that a rule of the day excludes."""

    rule: Rule
    person: str
    name: str
    a: Holding
    b: Holding | Membership
    basis: str  # the weakest of the two facts

    @property
    def exceptions(self) -> tuple[str, ...]:
        """What the rule itself excepts and the graph does not know."""
        return tuple(self.rule.parameters.get("exceptions", ()))


def violations(store: Store, on: dt.date, place: str | None = None) -> list[Violation]:
    """The violations on the date, by rule and name; `place` is the id of a place, with all within it."""
    rules = [rule for rule in vocabulary.rules() if rule.kind == KIND and rule.holds_on(on)]
    kinds = sorted({kind for rule in rules for kind in rule.parameters["b"].get("memberships", ())})
    if place is not None:
        people = read.people_of_places(store, on, read.places_from(store, place, on))
    else:
        several = read.people_with_several_posts(store, on)
        people = sorted({*several, *(read.members(store, on, kinds) if kinds else ())})
    held = read.holdings_of(store, on, people)
    memberships = [m for m in read.memberships_of(store, on, people) if m.kind in kinds]
    return judge(held, memberships, rules, line_parents(store, on, [h.unit for h in held]))


def judge(
    holdings: Iterable[Holding],
    memberships: Iterable[Membership],
    rules: Sequence[Rule],
    parents: Mapping[str, set[str]],
) -> list[Violation]:
    """The pure part, over the facts of one date, the rules in force on it and the line parents of units."""
    by_person: defaultdict[str, tuple[list[Holding], list[Membership]]] = defaultdict(lambda: ([], []))
    for held in holdings:
        by_person[held.person][0].append(held)
    for membership in memberships:
        by_person[membership.person][1].append(membership)
    found: dict[tuple[str, frozenset[str]], Violation] = {}
    for posts, members in by_person.values():
        for rule in rules:
            pairs: list[tuple[Holding, Holding | Membership]] = list(permutations(posts, 2))
            pairs += [(post, member) for post in posts for member in members]
            for a, b in pairs:
                if _excluded(rule.parameters, a, b, parents):
                    basis = read.weakest([a.basis, b.basis])
                    violation = Violation(rule, a.person, a.name, a, b, basis)
                    found.setdefault((rule.id, frozenset((a.id, b.id))), violation)
    return sorted(found.values(), key=lambda v: (v.rule.id, v.name, v.a.id, v.b.id))


def _excluded(
    parameters: Mapping[str, Any], a: Holding, b: Holding | Membership, parents: Mapping[str, set[str]]
) -> bool:
    levels = parameters.get("levels")
    if levels and a.level not in levels:
        return False
    if not _is_post(parameters["a"], a) or not _is_second(parameters["b"], b):
        return False
    match parameters["relation"]:
        case "same_unit":
            return a.unit == b.unit
        case "same_level":
            return a.level == b.level and a.place == b.place
        case "below":
            return a.unit != b.unit and a.unit in above(b.unit, parents)
    return False


def _is_second(side: Mapping[str, Any], b: Holding | Membership) -> bool:
    if isinstance(b, Holding):
        return _is_post(side, b)
    return b.kind in side.get("memberships", ()) and _of_kind(side, b.unit_kind)


def _is_post(side: Mapping[str, Any], post: Holding) -> bool:
    return post.title_kind in side["titles"] and _of_kind(side, post.unit_kind)


def _of_kind(side: Mapping[str, Any], unit_kind: str) -> bool:
    """A rule without kinds is for units of every kind."""
    return not side["kinds"] or unit_kind in side["kinds"]
