"""How well the scores find mergers that are known, against plain word Jaccard on the same pairs.

Ranked are all pairs of one place and level among the kinds of units that the known mergers there are of;
a pair is right if both stand in one known merger. Average precision is the mean of the precisions at the
right pairs (M. Buckland and F. Gey, 1994; the usual step-wise form), with those that were never ranked
counted as zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from queries.merges import against
from queries.merges.groups import candidate_groups, candidate_pairs
from queries.merges.model import Part, Stop, Unit, World, settings
from queries.merges.propose import choose
from queries.merges.score import Model, logistic
from queries.merges.texts import Texts, blocks, jaccard, words_of

AT = (5, 10, 20)
# groups from this score on are weighed against each other; a pair outside of the chosen ones counts by LOST
WEIGHED, LOST = 0.1, 0.5
Pair = tuple[str, str]


@dataclass(frozen=True)
class Known:
    """A merger that is known: the ids of its units, and the day as of which they are to be compared."""

    units: tuple[str, ...]
    on: dt.date
    place: str = ""  # id
    label: str = "merged"  # merged | apart | skip
    name: str = ""


class Ranked(NamedTuple):
    """A pair in the ranking; `jaccard` is the baseline's value for it."""

    a: str
    b: str
    a_name: str
    b_name: str
    place: str
    on: dt.date
    score: float
    rank: float  # the score, less where a better group takes one of the two
    jaccard: float
    right: bool
    parts: tuple[Part, ...]
    why: str = ""  # of a right pair: out_of_reach, a stop's code, not_a_candidate, low


class Measures(NamedTuple):
    """The usual measures of one ranking."""

    average_precision: float
    precision: dict[int, float]  # at k
    recall: dict[int, float]


@dataclass(frozen=True)
class Evaluation:
    """The rankings of both methods on the same pairs."""

    pairs: tuple[Ranked, ...]  # best first, by our score
    ours: Measures
    baseline: Measures
    in_reach: Measures  # ours, without the right pairs that no text could tell
    baseline_in_reach: Measures
    set_aside: int  # functions left out because they were written down only later


def evaluate(cells: Iterable[tuple[World, Sequence[Known]]], kinds: frozenset[str] = frozenset()) -> Evaluation:
    """Rank the pairs of each world against what is known there; `kinds` replaces those of the truth.

    One pair of units counts once: where it was merged, else on the last of the days.
    """
    ranked: dict[Pair, Ranked] = {}
    set_aside = 0
    for world, known in cells:
        set_aside += world.set_aside
        for each in _ranked(world, known, kinds):
            pair = (each.a, each.b)
            old = ranked.get(pair)
            if old is None or (each.right, each.on) > (old.right, old.on):
                ranked[pair] = each
    pairs = sorted(ranked.values(), key=lambda r: (-r.rank, r.a_name, r.b_name, r.a, r.b))
    reach = [each for each in pairs if each.why != "out_of_reach"]
    return Evaluation(
        tuple(pairs),
        measure(pairs, lambda r: r.rank),
        measure(pairs, lambda r: r.jaccard),
        measure(reach, lambda r: r.rank),
        measure(reach, lambda r: r.jaccard),
        set_aside,
    )


def _ranked(world: World, known: Sequence[Known], kinds: frozenset[str]) -> list[Ranked]:
    merged = {_pair(a, b) for each in known if each.label == "merged" for a, b in combinations(each.units, 2)}
    apart = {_pair(a, b) for each in known if each.label == "apart" for a, b in combinations(each.units, 2)}
    skip = {_pair(a, b) for each in known if each.label == "skip" for a, b in combinations(each.units, 2)} - merged
    model = Model(world, Texts(world))
    if apart:
        # the file says itself which pairs were not merged: these are the universe
        universe = merged | apart
    else:
        of = kinds or {world.units[u].kind for each in known if each.label == "merged" for u in each.units}
        mine = [unit for unit in world.units.values() if unit.kind in of and against.stopped_alone(unit) is None]
        universe = {_pair(a, b) for block in blocks(mine).values() for a, b in combinations(sorted(block), 2)} | merged
    candidates = set(candidate_pairs(world, model.texts))
    chosen = _chosen(model, candidates)
    words = {unit: words_of(world, unit) for pair in universe for unit in pair}
    found = []
    for a, b in sorted(universe - skip):
        right = (a, b) in merged
        scored = (a, b) in candidates
        stop = None
        if right and not scored:
            stop = _stop(world, world.units[a], world.units[b])
        score = logistic(model.pair_odds(a, b)) if scored else 0.0
        # a pair that loses a unit to a better group counts less
        rank = score if (a, b) in chosen else LOST * score
        parts = model.parts((a, b)) if scored or right else ()
        found.append(
            Ranked(
                a,
                b,
                world.units[a].name,
                world.units[b].name,
                world.units[a].place_name,
                world.on,
                score,
                rank,
                jaccard(words[a], words[b]),
                right,
                parts,
                _why(model, (a, b), score, scored, stop.code if stop else "") if right else "",
            )
        )
    return found


def _chosen(model: Model, candidates: Iterable[Pair]) -> set[Pair]:
    """The pairs of the groups that would be proposed together, with a low bar."""
    groups = candidate_groups(model, sorted(candidates), least=WEIGHED)
    return {_pair(a, b) for group in choose(groups, WEIGHED).groups for a, b in combinations(group.members, 2)}


def _stop(world: World, a: Unit, b: Unit) -> Stop | None:
    """What kept a right pair out."""
    if (a.place, a.level) != (b.place, b.level):
        return Stop("apart", "")
    return against.stopped_alone(a) or against.stopped_alone(b) or against.stopped(world, a, b)


def _why(model: Model, pair: Pair, score: float, scored: bool, stop: str) -> str:
    """Why a right pair is not found, or empty."""
    like = model.texts.likeness(*pair)
    limit = settings()["out_of_reach"]
    if stop:
        return stop
    paired = model.facts(*pair)["paired"].value
    if not paired and all(getattr(like, name) < value for name, value in limit.items()):
        return "out_of_reach"
    if not scored:
        return "not_a_candidate"
    return "" if score >= settings()["least"] else "low"


def measure(pairs: Sequence[Ranked], by: Callable[[Ranked], float]) -> Measures:
    """Average precision, precision and recall at k; ties are broken against the method (right ones last)."""
    order = sorted(pairs, key=lambda r: (-by(r), r.right))
    right = sum(r.right for r in order)
    hits, total = 0, 0.0
    at: dict[int, int] = {}
    for rank, each in enumerate(order, 1):
        if each.right:
            hits += 1
            # what has no score at all was not found
            total += hits / rank if by(each) > 0 else 0.0
        at[rank] = hits
    ks = sorted({*AT, right} - {0})
    found = {k: at.get(k, hits) for k in ks}
    return Measures(
        total / right if right else 0.0,
        {k: found[k] / k for k in ks},
        {k: found[k] / right if right else 0.0 for k in ks},
    )


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)
