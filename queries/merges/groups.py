"""Candidate groups of two to four units, from pairs that may be merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from queries.merges import against
from queries.merges.model import World, settings
from queries.merges.score import Model, logistic, total
from queries.merges.texts import Texts, blocks

# a unit takes part in groups of three and four with this many of its best partners
PARTNERS = 8
# units of one system under one parent are compared in any case where there are no more than this
FAMILY = 24


class Group(NamedTuple):
    """Members in the order of their ids, with the log-odds of the whole."""

    members: tuple[str, ...]
    odds: float


def candidate_pairs(world: World, texts: Texts) -> list[tuple[str, str]]:
    """Pairs of one place and one level that share something rare, are of one system under one parent, or are
    known to do the same work side by side; without those that a rule keeps apart."""
    free = {unit.id for unit in world.units.values() if against.stopped_alone(unit) is None}
    found: set[tuple[str, str]] = set()
    for block in blocks(world.units[unit] for unit in free).values():
        found |= texts.near_pairs(block)
        found |= _counterparts(world, block) | _siblings(world, block)
    # of units without a place only those under one parent are known to be of one place
    found = {
        (a, b) for a, b in found if world.units[a].place or world.parents.get(a, set()) & world.parents.get(b, set())
    }
    return sorted(pair for pair in found if against.stopped(world, world.units[pair[0]], world.units[pair[1]]) is None)


def _siblings(world: World, block: Sequence[str]) -> set[tuple[str, str]]:
    """Units of one system under one parent, where they are few."""
    families: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for unit in sorted(block):
        for parent in world.parents.get(unit, ()):
            families[parent, world.units[unit].system].append(unit)
    return {pair for own in families.values() if len(own) <= FAMILY for pair in combinations(own, 2)}


def _counterparts(world: World, block: Sequence[str]) -> set[tuple[str, str]]:
    """Pairs of the kinds that `pairs` names, by kind."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for unit in block:
        by_kind[world.units[unit].kind].append(unit)
    found = set()
    for entry in settings()["pairs"]:
        for a in (unit for kind in entry["a"]["kinds"] for unit in by_kind[kind]):
            for b in (unit for kind in entry["b"]["kinds"] for unit in by_kind[kind]):
                if against.pair_of(world.units[a], world.units[b]) is not None:
                    found.add((a, b) if a < b else (b, a))
    return found


def candidate_groups(
    model: Model,
    pairs: Iterable[tuple[str, str]],
    *,
    size: int = 4,
    least: float = 0.5,
    rejected: Collection[frozenset[str]] = (),
) -> list[Group]:
    """Pairs and, where all their pairs are linked, groups up to `size`, that reach the least score.

    A group that contains a rejected one is no candidate. Groups grow from each unit's best partners
    only: cost is linear in the pairs.
    """
    linked = settings()["linked"]
    ties: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for a, b in pairs:
        odds = model.pair_odds(a, b)
        if logistic(odds) >= min(linked, least):
            ties[a][b] = ties[b][a] = odds
    best = {
        unit: set(sorted(own, key=lambda other: (-own[other], other))[:PARTNERS]) for unit, own in sorted(ties.items())
    }
    members: set[tuple[str, ...]] = {(a, b) for a in ties for b in ties[a] if a < b}
    grown = members
    for _ in range(size - 2):
        grown = {
            tuple(sorted((*group, unit)))
            for group in grown
            for unit in best[group[0]] & best[group[1]]
            if unit not in group and all(unit in ties[other] for other in group)
        }
        members = members | grown
    kept = [group for group in sorted(members) if not any(no <= set(group) for no in rejected)]
    found = [Group(group, total(model.parts(group))) for group in kept]
    return [group for group in found if logistic(group.odds) >= least]
