"""What a unit or territory was and what it has become: itself, or what events made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from queries.changes.types import JOINED, Event
from queries.structure_types import Structure, UnitNode

_TAKING = ("merge", "absorb")
_ENDING = (*_TAKING, "dissolve", "split")  # what takes over is their output
_MAKING = (*_TAKING, "merge_two_seals", "split", "separate")


def became(start: str, events: Iterable[Event], alive: Collection[str]) -> list[str]:
    """What there is of it on the second day (`alive` has the ids of that day): itself, or what took over."""
    return _walk(start, [(event.inputs, event.outputs) for event in events if event.kind in _ENDING], alive)


def came_from(start: str, events: Sequence[Event], alive: Collection[str]) -> list[str]:
    """What there was of it on the first day: itself, or what it was made of, and what it took in."""
    found = _walk(start, [(event.outputs, event.inputs) for event in events if event.kind in _MAKING], alive)
    for event in events:
        if event.kind in _TAKING and start in event.outputs:
            found += [unit for unit in event.inputs if unit in alive]
    return list(dict.fromkeys(found))


def _walk(start: str, steps: Sequence[tuple[Sequence[str], Sequence[str]]], alive: Collection[str]) -> list[str]:
    found: list[str] = []
    seen, edge = {start}, [start]
    while edge:
        found += [unit for unit in edge if unit in alive]
        gone = {unit for unit in edge if unit not in alive}
        reached = [unit for near, far in steps if gone.intersection(near) for unit in far]
        edge = [unit for unit in dict.fromkeys(reached) if unit not in seen]
        seen.update(edge)
    return found


def nothing(on: dt.date) -> Structure:
    """The structure of a day on which there is nothing of what is compared."""
    return Structure(JOINED, on, {JOINED: UnitNode(JOINED, "–", "", "", "")})


def join(parts: Sequence[Structure]) -> Structure:
    """Several structures of one day as one, under a unit that stands for all of them."""
    if len(parts) == 1:
        return parts[0]
    tops = [part.units[part.root] for part in parts]
    root = UnitNode(JOINED, " + ".join(top.name for top in tops), "", tops[0].level, "")
    joined = Structure(JOINED, parts[0].on, {JOINED: root}, place=parts[0].place)
    for part, top in zip(parts, tops, strict=True):
        if top.id in joined.units:
            continue  # it lies under another of them
        top.parent = JOINED
        root.children.append(top.id)
        for unit in part.units.values():
            joined.units.setdefault(unit.id, unit)
        joined.ties += part.ties
        joined.concurrents += part.concurrents
        joined.sources += [source for source in part.sources if source not in joined.sources]
    return joined
