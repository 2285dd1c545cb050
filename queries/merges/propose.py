"""The proposals of a world: candidates, scored, and chosen together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from graph.findings import Judgement
from queries.merges.groups import Group, candidate_groups, candidate_pairs
from queries.merges.model import Proposal, World, settings
from queries.merges.packing import pack
from queries.merges.precedents import Precedents
from queries.merges.savings import saving
from queries.merges.score import Model, logistic, total
from queries.merges.texts import Texts


@dataclass(frozen=True)
class Scope:
    """What is asked for; codes, empty for all."""

    levels: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    size: int = 4
    least: float | None = None

    def has(self, world: World, members: Sequence[str]) -> bool:
        """Whether a group is asked for: all of the level, one at least of the system and of the kind."""
        units = [world.units[unit] for unit in members]
        return (
            (not self.levels or all(unit.level in self.levels for unit in units))
            and (not self.systems or any(unit.system in self.systems for unit in units))
            and (not self.kinds or any(unit.kind in self.kinds for unit in units))
        )


class Proposals(NamedTuple):
    """The chosen groups, best first, and whether no better choice is possible."""

    found: list[Proposal]
    proven: bool


class Choice(NamedTuple):
    """The same before the details are worked out."""

    groups: list[Group]
    proven: bool


def propose(world: World, scope: Scope, judged: Mapping[str, Judgement] | None = None) -> Proposals:
    """Groups of two to `scope.size` units, no unit in two of them, best first.

    `judged` are recorded judgements: rejected groups, and all that contain them, are out; accepted ones
    are in.
    """
    least = settings()["least"] if scope.least is None else scope.least
    model = Model(world, Texts(world))
    pairs = [pair for pair in candidate_pairs(world, model.texts) if scope.has(world, pair)]
    accepted, rejected = _judged(world, judged or {})
    groups = candidate_groups(model, pairs, size=scope.size, least=least, rejected=rejected)
    known = {group.members for group in groups}
    groups += [
        Group(members, total(model.parts(members)))
        for members in accepted
        if members not in known and scope.has(world, members)
    ]
    precedents = Precedents(world.happened)
    found = []
    choice = choose(groups, least, accepted)
    for members, _ in choice.groups:
        parts = model.parts(members)
        odds = total(parts)
        units = tuple(world.units[unit] for unit in members)
        found.append(
            Proposal(
                units,
                logistic(odds),
                odds,
                parts,
                members in accepted,
                saving(world, members),
                precedents.like(units),
            )
        )
    found.sort(key=lambda p: (not p.accepted, -p.odds, [unit.name for unit in p.units], p.key))
    return Proposals(found, choice.proven)


def choose(groups: Sequence[Group], least: float, accepted: Collection[tuple[str, ...]] = ()) -> Choice:
    """The groups that are proposed together. What a group weighs is how far its log-odds are above those
    of `least`, times the units it saves."""
    line = _odds(least)
    weights = [(group.odds - line) * (len(group.members) - 1) + 1e-6 for group in groups]
    fixed = [index for index, group in enumerate(groups) if group.members in accepted]
    packing = pack([group.members for group in groups], weights, fixed)
    return Choice([groups[index] for index in packing.chosen], packing.proven)


def _odds(least: float) -> float:
    inside = min(max(least, 1e-9), 1 - 1e-9)
    return log(inside / (1 - inside))


def _judged(world: World, judged: Mapping[str, Judgement]) -> tuple[list[tuple[str, ...]], list[frozenset[str]]]:
    """Accepted groups of this world, the latest first, and rejected ones."""
    accepted: list[tuple[str, ...]] = []
    rejected: list[frozenset[str]] = []
    for each in sorted(judged.values(), key=lambda j: j.made_at, reverse=True):
        members = tuple(sorted(id_ for label, id_, _ in each.members if label == "Unit"))
        if each.verdict == "reject":
            rejected.append(frozenset(members))
        elif each.verdict == "accept" and len(members) > 1 and all(unit in world.units for unit in members):
            accepted.append(members)
    return accepted, rejected
