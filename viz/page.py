"""Paper sizes, and how a drawing is put on them."""

from __future__ import annotations

from typing import NamedTuple

from graph.errors import UserError
from viz.drawing import Drawing, Text

# width and height in mm, long side first; a page is turned as the drawing needs it
PAPER = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
FITS = ("chart", "screen", *PAPER)
PX_PER_MM = 96 / 25.4
_EDGE = 6.0  # mm of paper left free
_SCREEN = 16 / 9
_SCREEN_HEIGHT = 800.0  # px of a usual screen that a browser leaves for a page
_MARGINS = 0.04  # share of a sheet's width that the drawing's margins take
_HEADINGS = 0.2  # share of its height that title, legend and source line take
_PT_PER_PX = 0.75


class Page(NamedTuple):
    """A page in px; the drawing is scaled and its corner put at (x, y). `mm` is set for paper."""

    width: float
    height: float
    scale: float
    x: float
    y: float
    mm: tuple[float, float] | None = None


def aspect(fit: str) -> float:
    """Width to height that a layout should have for this fit.

    Raises:
        UserError: an unknown fit.
    """
    if fit not in FITS:
        raise UserError(f"unknown page {fit!r}", f"allowed: {', '.join(FITS)}")
    if fit in PAPER:
        return PAPER[fit][0] / PAPER[fit][1]
    return _SCREEN if fit == "screen" else 1.5


def frames(fit: str) -> tuple[tuple[float, float], ...]:
    """Width and height in px of what a tree may fill on a page: on paper both ways of turning it.

    Empty where only the aspect counts.
    """
    if fit == "screen":
        return ((_SCREEN_HEIGHT * _SCREEN, _SCREEN_HEIGHT),)
    return tuple((_inside(width) * (1 - _MARGINS), _inside(height) * (1 - _HEADINGS)) for width, height in _turns(fit))


def page_for(drawing: Drawing, fit: str) -> Page:
    """A page as large as the drawing, or paper onto which the drawing is scaled down to fit.

    Paper is turned so that the text is larger; where both ways show it at the same size, as the drawing is.
    """
    if fit not in PAPER:
        return Page(drawing.width, drawing.height, 1.0, 0.0, 0.0)
    turns = _turns(fit) if drawing.width >= drawing.height else _turns(fit)[::-1]
    scale, wide, high = max(((_scale(drawing, *turn), *turn) for turn in turns), key=lambda found: found[0])
    width, height = wide * PX_PER_MM, high * PX_PER_MM
    edge = _EDGE * PX_PER_MM
    x = (width - drawing.width * scale) / 2
    y = max(edge, (height - drawing.height * scale) / 2) if scale < 1 else edge
    return Page(width, height, scale, x, y, (wide, high))


def text_size(drawing: Drawing, page: Page) -> float:
    """The size in pt of the smallest text on the page; 0 without text.

    Numbers and signs of one or two characters are not counted: they are read at a glance.
    """
    sizes = [item.size for item in drawing.items if isinstance(item, Text) and len(item.text) > 2]
    return min(sizes, default=0.0) * page.scale * _PT_PER_PX


def _turns(fit: str) -> tuple[tuple[float, float], ...]:
    """Width and height in mm: landscape, portrait; none without paper."""
    return (PAPER[fit], PAPER[fit][::-1]) if fit in PAPER else ()


def _inside(size: float) -> float:
    return (size - 2 * _EDGE) * PX_PER_MM


def _scale(drawing: Drawing, width: float, height: float) -> float:
    # a small chart is not blown up: its text stays at its size
    return min(_inside(width) / drawing.width, _inside(height) / drawing.height, 1.0)
