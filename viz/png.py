"""A drawing as PNG: the SVG, rendered by resvg with the bundled font files."""

from __future__ import annotations

import math

from viz import fonts
from viz.drawing import Drawing
from viz.page import PX_PER_MM, Page
from viz.sheet import Sheet
from viz.svg import write_svg

_ZOOM = 2.0  # pixels per px on screen
_PAPER_DPI = 200
_MOST = 25_000_000  # pixels; larger charts get fewer per px
_LONGEST = 16_000  # pixels on a side


def png(sheet: Sheet) -> bytes:
    """The PNG file of a chart."""
    return write_png(sheet.drawing, sheet.page)


def write_png(drawing: Drawing, page: Page) -> bytes:
    """The PNG, at twice the size on screen, or at 200 dpi on paper; less for very large charts."""
    import resvg_py

    zoom = _PAPER_DPI / 25.4 / PX_PER_MM if page.mm else _ZOOM
    zoom = min(zoom, math.sqrt(_MOST / (page.width * page.height)), _LONGEST / max(page.width, page.height))
    picture = resvg_py.svg_to_bytes(
        svg_string=write_svg(drawing, page._replace(mm=None), embed=False),
        width=max(1, round(page.width * zoom)),
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(fonts.path(face)) for face in fonts.FACES],
        font_family=fonts.FAMILY,
        sans_serif_family=fonts.FAMILY,
    )
    return bytes(picture)
