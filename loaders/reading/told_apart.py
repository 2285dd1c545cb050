"""Counted units of one name that brackets tell apart: 3 Ban Quản lý dự án (Giao thông; Nông nghiệp; Y tế)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from loaders.reading.places import shown
from loaders.reading.unit_heads import begins_unit, number_before
from loaders.reading.unit_names import Unit
from loaders.reading.words import Word

_LONGEST_NAME = 20  # words


def told_apart(words: Sequence[Word], at: int, first: Unit, after: int) -> tuple[list[Unit], int] | None:
    """The units that the brackets behind a counted one name, as many as the number says, and the index after them."""
    number = number_before(words, at)
    if number == 0 or after >= len(words) or words[after].gap != "(" or not words[after].capital:
        return None
    inside = range(after + 1, min(len(words), after + number * _LONGEST_NAME))
    end = next((i for i in inside if ")" in words[i].gap), len(words))
    mark = ";" if any(word.gap == ";" for word in words[after:end]) else ","
    ends = [*(i for i in range(after + 1, end) if words[i].gap == mark), end]
    starts = [after, *ends[:-1]]
    joint = next((i for i in range(starts[-1] + 1, end) if words[i].key == "và"), end)
    if len(starts) + 1 == number and joint + 1 < end:
        starts, ends = [*starts, joint + 1], [*ends[:-1], joint, end]
    if len(starts) != number or any(not words[i].capital or begins_unit(words, i) for i in starts):
        return None
    found = []
    for start, until in zip(starts, ends, strict=True):
        name = f"{first.name} {shown(words, start, until)}"
        span = (words[start].start, words[until - 1].end)
        found.append(replace(first, name=name, basis="deduced", start=span[0], end=span[1]))
    return found, end
