"""The chart's font, Be Vietnam Pro (OFL): files, advance widths, coverage and subsets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from pathlib import Path

FAMILY = "Be Vietnam Pro"
ASCENT = 0.74  # height of capitals, as a share of the size
FACES = {"regular": "Regular", "italic": "Italic", "bold": "SemiBold"}
WEIGHTS = {"regular": 400, "italic": 400, "bold": 600}


def path(face: str) -> Path:
    """The TTF file of a face."""
    root = Path(str(resources.files("fontpkg_be_vietnam_pro")))
    return root / "files" / f"BeVietnamPro-{FACES[face]}.ttf"


@lru_cache(maxsize=len(FACES))
def advances(face: str) -> dict[str, float]:
    """Advance width of every character that the face has, as a share of the size."""
    from fontTools.ttLib import TTFont

    with TTFont(path(face), lazy=True) as font:
        widths = font["hmtx"].metrics
        em = font["head"].unitsPerEm
        return {chr(code): widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}


@lru_cache(maxsize=1)
def covered() -> frozenset[str]:
    """The characters that every face has."""
    return frozenset.intersection(*(frozenset(advances(face)) for face in FACES))


def subset(face: str, characters: Iterable[str]) -> bytes:
    """A TTF with only these characters, without kerning (see measure.py); the same bytes every time."""
    return _subset(face, "".join(sorted(set(characters))))


@lru_cache(maxsize=32)
def _subset(face: str, characters: str) -> bytes:
    from io import BytesIO

    from fontTools import subset as tools

    # the licence stays in the name table
    options = tools.Options(hinting=False, layout_features=[], name_IDs=[0, 1, 2, 13, 14])
    options.notdef_outline = True
    font = tools.load_font(str(path(face)), options)
    font.recalcTimestamp = False
    worker = tools.Subsetter(options)
    worker.populate(text=characters)
    worker.subset(font)
    out = BytesIO()
    font.save(out)
    return out.getvalue()
