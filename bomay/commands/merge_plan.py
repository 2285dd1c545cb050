"""Proposals of mergers as a plan: a file to change, then for `bomay plan check` and `diff`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from bomay.commands.merge_rows import reasons, shown
from bomay.labels import label
from loaders.plan_write import Merger, write_plan
from queries.merges.model import Proposal


def plan_of(found: Sequence[Proposal], place: str, on: dt.date, lang: str) -> str:
    """The text of a plan with a step for each proposal; names of new units are provisional and say so."""
    mergers = [
        Merger(
            [unit.id for unit in each.units],
            label("merges.plan_name", lang).format(name=joint_name([unit.name for unit in each.units])),
            note=label("merges.plan_note", lang).format(
                n=number, score=shown(each.score, lang), why="; ".join(reasons(each.parts, lang))
            ),
            called=[unit.name for unit in each.units],
        )
        for number, each in enumerate(found, 1)
    ]
    title = label("merges.plan_title", lang)
    return write_plan(mergers, f"{title}: {place}" if place else title, on, place)


def joint_name(names: Sequence[str]) -> str:
    """What all begin and end with, once, around what each has of its own: "Ban Dân vận - Tuyên giáo Tỉnh ủy"."""
    if len(set(names)) == 1:
        return names[0]
    words = [name.split() for name in names]
    least = min(map(len, words)) - 1  # each keeps a word of its own
    first = _same(words, least)
    last = _same([each[::-1] for each in words], least - first)
    own = [" ".join(each[first : len(each) - last]) for each in words]
    return " ".join([*words[0][:first], " - ".join(own), *words[0][len(words[0]) - last :]])


def _same(words: Sequence[Sequence[str]], most: int) -> int:
    """How many of the first words all have."""
    same = 0
    while same < most and len({each[same] for each in words}) == 1:
        same += 1
    return same


def write(found: Sequence[Proposal], place: str, on: dt.date, lang: str, path: Path) -> None:
    """Write the plan to the file, or for `-` to standard output."""
    from viz.tables import write_bytes

    write_bytes(plan_of(found, place, on, lang).encode("utf-8"), path)
