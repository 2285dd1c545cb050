"""The page to explore, made from the sources in viz/explorer/page/; large data goes in compressed."""

from __future__ import annotations

import base64
import datetime as dt
import html
import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from queries.timeline.at import Days
from viz import fonts, webpage
from viz.chart import Options
from viz.explorer.data import Overlap, explorer_data
from viz.labels import Labels
from viz.model import Chart

# in this order: what is at the top level of a file may use what stands before it
SCRIPTS = (
    *("text", "dom", "data", "history", "positions", "arrange", "scene", "pens", "boxes", "picture", "view"),
    *("highlight", "input", "search", "slider", "outline", "minimap", "panel", "export", "main"),
)
_PLAIN = 400_000  # bytes; larger data is compressed
_ALWAYS = "0123456789 .,;:–-…/()%+?“”‹›·→×−abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def explorer(
    days: Days,
    on: dt.date,
    options: Options,
    depth: int | None = None,
    overlaps: Sequence[Overlap] = (),
    chart: Chart | None = None,
) -> bytes:
    """The page as the bytes of a file; the same history gives the same bytes.

    `on` is the day that is shown first, `depth` the number of levels that are open then, `chart` that
    day's chart model where it was amended with findings.

    Raises:
        UserError: as `explorer_data`.
    """
    return page(explorer_data(days, on, options, depth, overlaps, chart), Labels(options.lang))


def page(data: dict[str, Any], labels: Labels) -> bytes:
    """The page for some data."""
    content = webpage.json_text(data)
    packed = len(content) > _PLAIN
    if packed:
        content = base64.b64encode(zlib.compress(content.encode(), 9)).decode()
    script = webpage.script(*(f"explorer/page/{name}.js" for name in SCRIPTS))
    css = webpage.source("explorer/page/page.css")
    faces = font_faces([*data["strings"], *data["labels"].values(), json.dumps(data["chart"], ensure_ascii=False)])
    values = {
        "lang": labels.lang,
        "policy": webpage.policy(script, [faces, css], "font-src data:; "),
        "title": html.escape(data["chart"]["title"]),
        "fonts": faces,
        "css": css,
        "failed": html.escape(labels("explorer_failed")),
        "noscript": html.escape(labels("explorer_noscript")),
        "data_type": "text/plain" if packed else "application/json",
        "packed": " data-packed" if packed else "",
        "data": content,
        "script": script,
    }
    return webpage.fill(webpage.source("explorer/page/page.html"), values)


def font_faces(texts: Iterable[str]) -> str:
    """CSS of the chart's fonts with only the characters of some texts."""
    used = {*_ALWAYS, *"".join(texts)} & fonts.covered()
    used |= {*"".join(used).upper(), *"".join(used).lower()} & fonts.covered()
    return "".join(
        f'@font-face{{font-family:"{fonts.FAMILY}";font-weight:{fonts.WEIGHTS[face]};'
        f"font-style:{'italic' if face == 'italic' else 'normal'};"
        f"src:url(data:font/woff;base64,{base64.b64encode(_woff(face, used)).decode()})}}"
        for face in fonts.FACES
    )


def _woff(face: str, characters: Iterable[str]) -> bytes:
    """The subset as WOFF, which every browser reads and which needs nothing but zlib to be made."""
    from io import BytesIO

    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(fonts.subset(face, characters)), recalcTimestamp=False) as font:
        font.flavor = "woff"
        out = BytesIO()
        font.save(out, reorderTables=None)
    return out.getvalue()
