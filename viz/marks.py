"""Small signs on a chart: numbered marks, short labels, arrow heads."""

from __future__ import annotations

from viz import measure
from viz.drawing import Circle, Item, Polygon, Rect, Text, baseline
from viz.style import Style


def text(x: float, top: float, words: str, name: str, style: Style, fill: str) -> Text:
    """A line of text whose band starts at `top`."""
    look = style.text[name]
    wide = measure.width(words, look.face, look.size)
    return Text(x, baseline(top, look.size, look.leading), words, look.face, look.size, fill, wide)


def person_colour(mark: int, style: Style) -> str:
    """The colour of a numbered mark and of its connector."""
    return style.people[(mark - 1) % len(style.people)]


def mark_sign(x: float, y: float, mark: int, style: Style) -> list[Item]:
    """A person's number in a circle around the point (x, y)."""
    return [Circle(x, y, style.limits["mark"], person_colour(mark, style)), _figure(x, y, str(mark), style)]


def finding_sign(x: float, y: float, number: int | str, style: Style) -> list[Item]:
    """A finding's number in a square around the point (x, y), about as large as a person's circle."""
    half = style.limits["mark"] - 0.3
    square = Rect(x - half, y - half, 2 * half, 2 * half, style.colour["finding"], style.colour["paper"], 0.8, (), 1.5)
    return [square, _figure(x, y, str(number), style)]


def _figure(x: float, y: float, words: str, style: Style) -> Text:
    """A number in a mark: the longer, the smaller."""
    look = style.text["mark"]
    size = look.size * (1.0 if len(words) < 2 else 0.85 if len(words) < 3 else 0.62)
    wide = measure.width(words, look.face, size)
    base = baseline(y - look.leading / 2, size, look.leading)
    return Text(x - wide / 2, base, words, look.face, size, "#ffffff", wide)


def sign_label(x: float, y: float, words: str, colour: str, style: Style) -> list[Item]:
    """A short label on a connector or a box, around the point (x, y)."""
    look = style.text["sign"]
    wide = measure.width(words, look.face, look.size)
    return [
        Rect(x - wide / 2 - 2, y - 6.5, wide + 4, 13, colour, "", 0, (), 2.5),
        text(x - wide / 2, y - look.leading / 2, words, "sign", style, "#ffffff"),
    ]


def arrow_head(before: tuple[float, float], tip: tuple[float, float], colour: str, style: Style) -> Polygon:
    """The head of an arrow at `tip`, which a horizontal or vertical line reaches from `before`."""
    long = style.limits["arrow"]
    far = max(abs(tip[0] - before[0]) + abs(tip[1] - before[1]), 0.01)
    dx, dy = (tip[0] - before[0]) / far, (tip[1] - before[1]) / far
    x, y, half = tip[0] - dx * long, tip[1] - dy * long, long * 0.42
    return Polygon((tip, (x - dy * half, y + dx * half), (x + dy * half, y - dx * half)), colour)
