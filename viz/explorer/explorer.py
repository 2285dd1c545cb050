"""The page to explore: one HTML file that needs nothing else, made from the sources in viz/explorer/page/.

The page may run only the script and the styles that are written here (their digests are in its
content security policy) and may load nothing. Data goes in as JSON in which nothing can end the element
it is in; large data goes in compressed.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import json
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Any

from queries.timeline.at import Days
from viz import fonts
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
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


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
    content = json_text(data)
    packed = len(content) > _PLAIN
    if packed:
        content = base64.b64encode(zlib.compress(content.encode(), 9)).decode()
    script, css = _script(), _source("page.css")
    faces = font_faces([*data["strings"], *data["labels"].values(), json.dumps(data["chart"], ensure_ascii=False)])
    values = {
        "lang": labels.lang,
        "policy": _policy(script, [faces, css]),
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
    parts = _source("page.html").split("{{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("}}")
        filled += [values[name], rest]
    return "".join(filled).encode("utf-8", "replace")


def json_text(data: object) -> str:
    """Compact JSON that can stand in a script element: no `</script`, no `<!--`, no line separators."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


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


def _policy(script: str, styles: Sequence[str]) -> str:
    """Only what is in the page, by its digest; no network at all."""
    allowed = " ".join(_digest(style) for style in styles)
    return (
        f"default-src 'none'; script-src {_digest(script)}; style-src {allowed}; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _script() -> str:
    parts = [_source(f"{name}.js") for name in SCRIPTS]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


@cache
def _source(name: str) -> str:
    return resources.files("viz").joinpath("explorer", "page", name).read_text(encoding="utf-8")
