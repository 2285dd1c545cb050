"""The score of a group: facts about its pairs, weighed, and a waterfall that sums exactly.

Log-odds of a logistic model, so that each line is what one fact adds or takes away, as in the match
weights of record linkage (I. Fellegi and A. Sunter, "A theory for record linkage", JASA 64, 1969).
A group of three or four has the average of its pairs; its least tied member and every member beyond two
count against it, so that it must be better than its best pair to be worth it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import exp, fsum
from typing import NamedTuple

from graph import vocabulary
from queries.merges import against, sizes
from queries.merges.model import Part, Unit, World, settings
from queries.merges.texts import Likeness, Texts


class Fact(NamedTuple):
    """One thing that counts for a pair: 0 to 1, with what it rests on."""

    value: float
    detail: str = ""
    source: str = ""


Facts = Mapping[str, Fact]


class Model:
    """Scores pairs and groups of one world."""

    def __init__(self, world: World, texts: Texts) -> None:
        self.world = world
        self.texts = texts
        self.intercept: float = settings()["intercept"]
        self.weights: dict[str, float] = {**settings()["fitted"], **settings()["set"]}
        self._parted = against.parted(world)
        self._crowded = sizes.crowded(world)
        self._small = {unit.id: sizes.small(world, unit) for unit in world.units.values()}
        self._facts: dict[tuple[str, str], Facts] = {}
        self.likenesses: dict[tuple[str, str], Likeness] = {}

    def facts(self, a: str, b: str) -> Facts:
        """What is known of the pair, computed once; symmetric."""
        pair = (a, b) if a <= b else (b, a)
        found = self._facts.get(pair)
        if found is None:
            found = self._facts[pair] = self._pair_facts(self.world.units[pair[0]], self.world.units[pair[1]])
        return found

    def pair_odds(self, a: str, b: str) -> float:
        """Log-odds of a pair; the sum of its waterfall."""
        return fsum([self.intercept, *(self.weights[name] * fact.value for name, fact in self.facts(a, b).items())])

    def parts(self, members: Sequence[str]) -> tuple[Part, ...]:
        """The waterfall of a group: intercept first, then what counts most."""
        pairs = list(combinations(sorted(members), 2))
        facts = [self.facts(a, b) for a, b in pairs]
        lines = []
        for name in facts[0]:
            value = fsum(each[name].value for each in facts) / len(facts)
            if value:
                strongest = max((each[name] for each in facts), key=lambda fact: fact.value)
                lines.append((name, value, strongest.detail, strongest.source))
        if len(members) > 2:
            lines.append(("weakest", *self._weakest(members), ""))
            lines.append(("larger", float(len(members) - 2), "", ""))
        parts = [Part(n, v, self.weights[n], self.weights[n] * v, detail, source) for n, v, detail, source in lines]
        parts.sort(key=lambda part: -abs(part.contribution))
        return (Part("intercept", 1.0, self.intercept, self.intercept), *parts)

    def _weakest(self, members: Sequence[str]) -> tuple[float, str]:
        """How far the member with the weakest ties falls short of the average, in log-odds (negative)."""
        odds = {frozenset(pair): self.pair_odds(*pair) for pair in combinations(members, 2)}
        tie = {m: fsum(v for pair, v in odds.items() if m in pair) / (len(members) - 1) for m in members}
        member = min(sorted(tie), key=lambda m: tie[m])
        return tie[member] - fsum(odds.values()) / len(odds), self.world.units[member].name

    def _pair_facts(self, a: Unit, b: Unit) -> Facts:
        like = self.texts.likeness(a.id, b.id)
        self.likenesses[a.id, b.id] = like
        said = f"“{like.best[0]}” – “{like.best[1]}”" if like.best[2] > 0.1 else ""
        parents = self.world.parents.get(a.id, set()) & self.world.parents.get(b.id, set())
        named = ", ".join(sorted(self.world.units[p].name for p in parents if p in self.world.units))
        # one parent and one kind say something only of units that have something to do with each other
        tied = min(1.0, (like.covers_more + like.near + like.words + like.topic) / TIED)
        found = {
            "covers_more": Fact(like.covers_more, said),
            "covers_less": Fact(like.covers_less),
            "near": Fact(like.near, ", ".join(like.shared)),
            "words": Fact(like.words, ", ".join(like.shared_words)),
            "topic": Fact(like.topic),
            "field": Fact(like.fields, ", ".join(vocabulary.label("fields", f) for f in like.shared_fields[:4])),
            "same_parent": Fact(tied * bool(parents), named),
            "same_kind": _one_kind(a, b, tied),
            "paired": self._paired(a, b),
            "small": self._smallness(a, b),
            "span": self._span(a, b, parents),
            "clients": self._clients(a, b),
            "one_head": self._one_head(a, b),
            "legal_form": Fact(*against.legal_form(a, b)),
            "systems_apart": Fact(*against.systems_apart(a, b)),
        }
        event = self._parted.get(frozenset((a.id, b.id)))
        found["split"] = Fact(1.0, event.title or event.id, "; ".join(event.documents)) if event else Fact(0.0)
        return found

    def _paired(self, a: Unit, b: Unit) -> Fact:
        pair = against.pair_of(a, b)
        if pair is None:
            return Fact(0.0)
        policy = pair["since"] <= self.world.on < pair.get("until", dt.date.max)
        return Fact(1.0 if policy else 0.5, "", pair["source"])

    def _smallness(self, a: Unit, b: Unit) -> Fact:
        reasons = [reason for reason in (self._small[a.id], self._small[b.id]) if reason]
        return Fact(len(reasons) / 2, "; ".join(reasons))

    def _span(self, a: Unit, b: Unit, parents: set[str]) -> Fact:
        found = [self._crowded[p, k] for p in parents for k in (a.kind, b.kind) if (p, k) in self._crowded]
        return Fact(*max(found, default=(0.0, "")))

    def _clients(self, a: Unit, b: Unit) -> Fact:
        one, other = self.world.serves.get(a.id, frozenset()), self.world.serves.get(b.id, frozenset())
        if not one & other:
            return Fact(0.0)
        names = sorted(self.world.units[c].name for c in one & other if c in self.world.units)
        return Fact(len(one & other) / len(one | other), ", ".join(names))

    def _one_head(self, a: Unit, b: Unit) -> Fact:
        people = self.world.heads.get(a.id, frozenset()) & self.world.heads.get(b.id, frozenset())
        return Fact(float(bool(people)))


# coverage, nearness, words and names together, from which one parent and one kind count in full
TIED = 0.5
# two kinds of one system whose heads have one title stand on one footing: the commissions of a party committee
FOOTING = 0.75


def _one_kind(a: Unit, b: Unit, tied: float) -> Fact:
    if a.kind == b.kind:
        return Fact(tied, vocabulary.label("unit_kinds", a.kind))
    one, other = vocabulary.unit_kinds().get(a.kind), vocabulary.unit_kinds().get(b.kind)
    if a.system != b.system or one is None or other is None or one.heads[:1] != other.heads[:1] or not one.heads:
        return Fact(0.0)
    return Fact(FOOTING * tied, f"{one.vi} / {other.vi}")


def total(parts: Sequence[Part]) -> float:
    """Log-odds of a waterfall: the exact sum of its contributions."""
    return fsum(part.contribution for part in parts)


def logistic(odds: float) -> float:
    """1 / (1 + exp(-odds)), without overflow."""
    return 1 / (1 + exp(-odds)) if odds >= 0 else exp(odds) / (1 + exp(odds))
