"""Scores as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from graph.errors import UserError
from loaders.reading.answer_keys import read_keys
from loaders.reading.facts import Reading
from loaders.reading.scoring import Score, score


def show_scores(readings: Sequence[Reading], keys: Iterable[Path]) -> str:
    """A table of the scores, then each miss and false alarm. Raises UserError where no text has a key."""
    wanted = read_keys(keys)
    unkeyed = [r.document.name for r in readings if r.document.name not in wanted]
    if len(unkeyed) == len(readings):
        raise UserError("none of the documents is in the key", f"the key has: {', '.join(wanted)}")
    lines = _table(score(readings, wanted))
    lines += [f"not in the key: {name}" for name in unkeyed]
    return "\n".join(lines)


def _table(scores: list[Score]) -> list[str]:
    lines = [f"{'':12} {'right':>6} {'missed':>7} {'wrong':>6} {'precision':>10} {'recall':>7} {'F1':>6}"]
    for each in scores:
        counts = f"{each.right:6} {len(each.missed):7} {len(each.wrong):6}"
        lines.append(f"{each.kind:12} {counts} {each.precision:10.2f} {each.recall:7.2f} {each.f1:6.2f}")
    for each in scores:
        lines += [f"missed {each.kind}: {text}" for text in each.missed]
        lines += [f"wrong {each.kind}: {text}" for text in each.wrong]
    return lines
