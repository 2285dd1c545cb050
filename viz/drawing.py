"""A drawing: a short list of shapes and text runs, which every writer can put on paper.

Coordinates are px from the upper left corner, y downwards.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from viz.fonts import ASCENT

Points = tuple[tuple[float, float], ...]


class Rect(NamedTuple):
    """A rectangle; an empty colour means none."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    line: float = 1.0
    dash: tuple[float, ...] = ()
    radius: float = 0.0


class Lines(NamedTuple):
    """Open polylines of one look, drawn together."""

    paths: tuple[Points, ...]
    stroke: str
    line: float = 1.0
    dash: tuple[float, ...] = ()


class Polygon(NamedTuple):
    """A filled polygon."""

    points: Points
    fill: str


class Circle(NamedTuple):
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str = ""


class Text(NamedTuple):
    """A run of cleaned text (see measure.py); y is the baseline, x the left end and width the run's."""

    x: float
    y: float
    text: str
    face: str
    size: float
    fill: str
    width: float


class Link(NamedTuple):
    """A rectangle that leads to a page (from 1) of the same document, where the format has links."""

    x: float
    y: float
    width: float
    height: float
    target: int


Item = Rect | Lines | Polygon | Circle | Text


@dataclass
class Drawing:
    """Items in the order of painting, on a canvas of width by height px."""

    width: float
    height: float
    title: str
    description: str
    language: str
    date: dt.date
    items: list[Item] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def baseline(top: float, size: float, leading: float) -> float:
    """The baseline of a line of text whose band starts at `top`: capitals are centred in the band."""
    return top + (leading + size * ASCENT) / 2
