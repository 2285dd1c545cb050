"""A drawing as SVG: real text in an embedded subset of the font."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any

from viz import fonts
from viz.drawing import Circle, Drawing, Lines, Polygon, Rect, Text
from viz.page import Page
from viz.sheet import Sheet

_FACE = {"regular": "", "italic": ' font-style="italic"', "bold": f' font-weight="{fonts.WEIGHTS["bold"]}"'}


def svg(sheet: Sheet) -> bytes:
    """The SVG file of a chart."""
    return write_svg(sheet.drawing, sheet.page).encode("utf-8")


def write_svg(drawing: Drawing, page: Page, embed: bool = True) -> str:
    """The SVG document; without `embed` the reader must have the font."""
    if page.mm:
        size = f'width="{_n(page.mm[0])}mm" height="{_n(page.mm[1])}mm"'
    else:
        size = f'width="{_n(page.width)}" height="{_n(page.height)}"'
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_n(page.width)} {_n(page.height)}" '
        f'role="img" xml:lang="{escape(drawing.language)}">',
        f"<title>{escape(drawing.title)}</title>",
        f"<desc>{escape(drawing.description)}</desc>",
    ]
    if embed:
        parts.append(f"<style>{_font_faces(drawing)}</style>")
    move = ""
    if page.scale != 1 or page.x or page.y:
        move = f' transform="translate({_n(page.x)} {_n(page.y)}) scale({page.scale:.5f})"'
    parts.append(
        f'<g font-family="{fonts.FAMILY}, sans-serif" style="font-kerning:none;font-variant-ligatures:none"{move}>'
    )
    if page.mm:
        parts.insert(-1, f'<rect width="{_n(page.width)}" height="{_n(page.height)}" fill="#ffffff"/>')
    parts += [_WRITE[type(item)](item) for item in drawing.items]
    parts.append("</g>\n</svg>\n")
    return "\n".join(parts)


def _font_faces(drawing: Drawing) -> str:
    used: dict[str, set[str]] = {}
    for item in drawing.items:
        if isinstance(item, Text):
            used.setdefault(item.face, set()).update(item.text)
    rules = []
    for face in sorted(used):
        data = base64.b64encode(fonts.subset(face, used[face])).decode("ascii")
        slant = "italic" if face == "italic" else "normal"
        rules.append(
            f'@font-face{{font-family:"{fonts.FAMILY}";font-weight:{fonts.WEIGHTS[face]};font-style:{slant};'
            f'src:url(data:font/ttf;base64,{data}) format("truetype")}}'
        )
    return "\n".join(rules)


def _text(item: Text) -> str:
    x, y, words, face, size, fill, _ = item
    return f'<text x="{_n(x)}" y="{_n(y)}" {_look(face, size, fill)}>{escape(words, quote=False)}</text>'


def _rect(item: Rect) -> str:
    x, y, width, height, fill, stroke, thick, dash, round_ = item
    radius = f' rx="{_n(round_)}"' if round_ else ""
    line = _line(stroke, thick, dash) if stroke else ""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{radius} '
        f'fill="{fill or "none"}"{line}/>'
    )


def _lines(item: Lines) -> str:
    ways = "".join(["M" + "L".join([f"{_n(x)} {_n(y)}" for x, y in path]) for path in item.paths])
    cap = "" if item.dash else ' stroke-linecap="square"'
    return f'<path d="{ways}" fill="none"{_line(item.stroke, item.line, item.dash)}{cap}/>'


def _polygon(item: Polygon) -> str:
    corners = " ".join([f"{_n(x)},{_n(y)}" for x, y in item.points])
    return f'<polygon points="{corners}" fill="{item.fill}"/>'


def _circle(item: Circle) -> str:
    line = f' stroke="{item.stroke}"' if item.stroke else ""
    return f'<circle cx="{_n(item.x)}" cy="{_n(item.y)}" r="{_n(item.radius)}" fill="{item.fill}"{line}/>'


# a large chart has a hundred thousand items: how each is written is looked up, not tried out
_WRITE: dict[type, Callable[[Any], str]] = {
    Text: _text,
    Rect: _rect,
    Lines: _lines,
    Polygon: _polygon,
    Circle: _circle,
}


@lru_cache(maxsize=256)
def _look(face: str, size: float, fill: str) -> str:
    return f'font-size="{_n(size)}"{_FACE[face]} fill="{fill}"'


@lru_cache(maxsize=256)
def _line(stroke: str, width: float, dash: tuple[float, ...]) -> str:
    dashes = f' stroke-dasharray="{" ".join(map(_n, dash))}"' if dash else ""
    return f' stroke="{stroke}" stroke-width="{_n(width)}"{dashes}'


@lru_cache(maxsize=65_536)
def _n(value: float) -> str:
    """A number with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))
