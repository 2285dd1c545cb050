"""Arrows in texts: the chart's font has none, so that they are drawn in a space left for them."""

from __future__ import annotations

import re

from viz import measure
from viz.drawing import Item, Lines, Polygon, Text
from viz.fonts import ASCENT

# no-break spaces: wide enough for an arrow, and told apart by their number
_SPACES = {"→": "\u00a0" * 5, "←": "\u00a0" * 6}
_RUN = re.compile("\u00a0{5,6}")
_LONG = 0.8  # of an arrow, as a share of the text's size
_HEAD = 0.36


def spaced(words: str) -> str:
    """The text with room for its arrows, as it is measured and drawn."""
    for arrow, space in _SPACES.items():
        words = words.replace(arrow, space)
    return words


def with_arrows(words: str) -> str:
    """A text of any origin, cleaned except for its arrows, with room for these."""
    parts = re.split("([→←])", words)
    return spaced(" ".join(part if part in _SPACES else measure.clean(part) for part in parts).strip())


def arrows(items: list[Item]) -> list[Item]:
    """The arrows that the spaces in these items are for."""
    drawn: list[Item] = []
    for item in items:
        if isinstance(item, Text) and "\u00a0\u00a0" in item.text:
            for run in _RUN.finditer(item.text):
                drawn += _arrow(item, run.start(), run.group())
    return drawn


def _arrow(item: Text, start: int, space: str) -> list[Item]:
    left = item.x + measure.width(item.text[:start], item.face, item.size)
    room = measure.width(space, item.face, item.size)
    long = min(_LONG * item.size, room)
    tail, tip = left + (room - long) / 2, left + (room + long) / 2
    if space == _SPACES["←"]:
        tail, tip = tip, tail
    y = item.y - item.size * ASCENT * 0.48
    head = _HEAD * item.size * (1 if tip > tail else -1)
    half = abs(head) * 0.62
    return [
        Lines((((tail, y), (tip - head, y)),), item.fill, max(item.size * 0.1, 0.7)),
        Polygon(((tip, y), (tip - head, y - half), (tip - head, y + half)), item.fill),
    ]
