"""Mergers of the past that are like a proposal: same level, same kinds, near in name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from queries.merges.model import Happened, Unit
from queries.merges.texts import topic_of

MOST = 3
# shared words of the names, over all of them, from which a past merger is like the proposal
ALIKE = 0.34


class Precedents:
    """Past mergers by the kinds of their units. They are shown, and count nothing in the score."""

    def __init__(self, happened: Iterable[Happened]) -> None:
        self._by_kinds: defaultdict[tuple[str, ...], list[Happened]] = defaultdict(list)
        for event in happened:
            self._by_kinds[_kinds(event.units)].append(event)

    def like(self, units: Sequence[Unit]) -> tuple[Happened, ...]:
        """The most alike, the latest first among equals; not those of these units themselves."""
        own = {unit.id for unit in units}
        found = [
            (alike, event)
            for event in self._by_kinds[_kinds(units)]
            if not own & {unit.id for unit in event.units} and (alike := _alike(units, event.units)) >= ALIKE
        ]
        found.sort(key=lambda each: (-each[0], -each[1].date.toordinal(), each[1].id))
        return tuple(event for _, event in found[:MOST])


def _kinds(units: Iterable[Unit]) -> tuple[str, ...]:
    return tuple(sorted(f"{unit.level}/{unit.kind}" for unit in units))


def _alike(one: Iterable[Unit], other: Iterable[Unit]) -> float:
    a, b = _words(one), _words(other)
    union = sum((a | b).values())
    return sum((a & b).values()) / union if union else 1.0


def _words(units: Iterable[Unit]) -> Counter[str]:
    return Counter(word for unit in units for word in topic_of(unit.name).split() if word not in ("và", "-"))
