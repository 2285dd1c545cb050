"""Writing a plan, for analyses that propose one: what they write, `bomay plan check` reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import yaml

from loaders.plan_file import columns


@dataclass(frozen=True)
class Merger:
    """Units that a plan would merge. Units are references: ids, or names as a plan has them. With
    `into`, one of the units takes in the others and keeps its identity; otherwise a new unit `name` starts."""

    units: Sequence[str]
    name: str = ""
    into: str = ""
    note: str = ""  # why: goes into the plan as a note of the step
    called: Sequence[str] = ()  # names of the units where they are given by id, as a comment to read


def write_plan(
    mergers: Iterable[Merger],
    title: str,
    date: dt.date,
    place: str = "",
    *,
    note: str = "",
) -> str:
    """The text of a plan that makes these mergers on the day, with Vietnamese keys.

    A merger of one unit, or with neither `name` nor `into`, is a ValueError: it could not be read again.
    """
    header = {"title": title, "date": date.isoformat(), "place": place, "note": note}
    known = columns("header")
    top = {known[name].vi: value for name, value in header.items() if value}
    lines = [_yaml(top).rstrip(), "", f"{known['steps'].vi}:"]
    for merger in mergers:
        lines += _step(merger)
    if len(lines) == 3:
        lines[-1] += " []"
    return "\n".join(lines) + "\n"


def _step(merger: Merger) -> list[str]:
    others = [unit for unit in merger.units if unit != merger.into]
    if not (merger.name or merger.into) or len(merger.units) < 2 or not others:
        raise ValueError(f"not a merger of two units or more into one: {merger}")
    names = columns("steps")
    values: dict[str, object] = {
        names["kind"].vi: "sáp nhập vào" if merger.into else "hợp nhất",
        names["units"].vi: others,
        names["result"].vi: merger.into or merger.name,
    }
    if merger.note:
        values[names["note"].vi] = merger.note
    comment = [f"  # {' + '.join(' '.join(name.split()) for name in merger.called)}"] if merger.called else []
    return [*comment, *("  " + line for line in _yaml([values]).rstrip().splitlines())]


def _yaml(content: object) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
