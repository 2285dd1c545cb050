"""Paper sizes, and how a drawing is put on them."""

from __future__ import annotations

from typing import NamedTuple

from graph.errors import UserError
from viz.drawing import Drawing

# width and height in mm, long side first; a page is turned as the drawing needs it
PAPER = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
FITS = ("chart", "screen", *PAPER)
PX_PER_MM = 96 / 25.4
_EDGE = 6.0  # mm of paper left free
_SCREEN = 16 / 9


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


def page_for(drawing: Drawing, fit: str) -> Page:
    """A page as large as the drawing, or paper onto which the drawing is scaled down to fit."""
    if fit not in PAPER:
        return Page(drawing.width, drawing.height, 1.0, 0.0, 0.0)
    long, short = PAPER[fit]
    wide, high = (long, short) if drawing.width >= drawing.height else (short, long)
    width, height = wide * PX_PER_MM, high * PX_PER_MM
    edge = _EDGE * PX_PER_MM
    # a small chart is not blown up: its text stays at its size
    scale = min((width - 2 * edge) / drawing.width, (height - 2 * edge) / drawing.height, 1.0)
    x = (width - drawing.width * scale) / 2
    y = max(edge, (height - drawing.height * scale) / 2) if scale < 1 else edge
    return Page(width, height, scale, x, y, (wide, high))
