"""A drawing as PNG: the SVG, rendered by resvg with the bundled font files."""

from __future__ import annotations

import math
from dataclasses import replace

from viz import fonts
from viz.drawing import Drawing, Rect
from viz.page import PX_PER_MM, Page
from viz.sheet import Sheet
from viz.svg import write_svg

_ZOOM = 2.0  # pixels per px on screen
_PAPER_DPI = 180
_MOST = 25_000_000  # pixels; larger charts get fewer per px
_GROUND = "#ffffff"
_LONGEST = 16_000  # pixels on a side


def png(sheet: Sheet) -> bytes:
    """The PNG file of a chart."""
    return write_png(sheet.drawing, sheet.page)


def zoom(page: Page) -> float:
    """Pixels for a px of the page."""
    wanted = _PAPER_DPI / 25.4 / PX_PER_MM if page.mm else _ZOOM
    return min(wanted, math.sqrt(_MOST / (page.width * page.height)), _LONGEST / max(page.width, page.height))


def _white_sheet(drawing: Drawing) -> bool:
    """Whether the drawing begins with a rectangle that is all of it, in the colour of the ground."""
    first = drawing.items[0] if drawing.items else None
    return isinstance(first, Rect) and first[:5] == (0, 0, drawing.width, drawing.height, _GROUND) and not first.stroke


def write_png(drawing: Drawing, page: Page) -> bytes:
    """The PNG, at twice the size on screen, or at 180 dpi on paper; less for very large charts."""
    import resvg_py

    # a white sheet on a white ground would be painted for nothing, pixel by pixel
    shown = replace(drawing, items=drawing.items[_white_sheet(drawing) :])
    picture = resvg_py.svg_to_bytes(
        svg_string=write_svg(shown, page._replace(mm=None), embed=False),
        width=max(1, round(page.width * zoom(page))),
        background=_GROUND,
        skip_system_fonts=True,
        font_files=[str(fonts.path(face)) for face in fonts.FACES],
        font_family=fonts.FAMILY,
        sans_serif_family=fonts.FAMILY,
    )
    return bytes(picture)
