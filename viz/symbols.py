"""The small sign of each system, which tells them apart without colour."""

from __future__ import annotations

import math
from functools import lru_cache

from viz.drawing import Circle, Item, Points, Polygon

NAMES = ("star", "square", "triangle", "diamond", "hexagon", "circle", "none")


def symbol(name: str, x: float, y: float, size: float, fill: str) -> list[Item]:
    """A sign of `size` px around the point (x, y); `none` is no sign."""
    half = size / 2
    if name == "none":
        return []
    if name == "circle":
        return [Circle(x, y, half * 0.95, fill)]
    if name == "square":
        half *= 0.85
        left, right, top, bottom = x - half, x + half, y - half, y + half
        return [Polygon(((left, top), (right, top), (right, bottom), (left, bottom)), fill)]
    if name == "star":
        return [Polygon(_ring(x, y + 0.3, half * 1.12, 10, inner=0.42), fill)]
    corners = {"triangle": 3, "diamond": 4, "hexagon": 6}[name]
    lower = half * 0.2 if corners == 3 else 0.0
    return [Polygon(_ring(x, y + lower, half * 1.08, corners), fill)]


def _ring(x: float, y: float, radius: float, corners: int, inner: float = 1.0) -> Points:
    """Corners on a circle, from the top clockwise; every second one at `inner` times the radius."""
    return tuple([(round(x + across, 2), round(y + down, 2)) for across, down in _around(radius, corners, inner)])


@lru_cache(maxsize=64)
def _around(radius: float, corners: int, inner: float) -> Points:
    points = []
    for number in range(corners):
        angle = 2 * math.pi * number / corners - math.pi / 2
        far = radius * (inner if number % 2 else 1.0)
        points.append((far * math.cos(angle), far * math.sin(angle)))
    return tuple(points)
