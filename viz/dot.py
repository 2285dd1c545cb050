"""A placed chart as Graphviz DOT: pinned nodes with fixed sizes, which users can edit.

`neato -n2` draws it as it is placed here; `dot` lays it out again. One point is one px.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html import escape
from itertools import pairwise
from pathlib import Path

from graph.errors import BomayError, UserError
from viz import fonts
from viz.boxes import TextRow
from viz.drawing import Points
from viz.layout import Place
from viz.model import Chart
from viz.paint import connector_colour, connector_ways
from viz.sheet import Sheet
from viz.style import Style

# characters that stand for a system's sign; of those that all common fonts have (WGL4)
_SIGNS = {
    "star": "☼",
    "square": "■",
    "triangle": "▲",
    "diamond": "♦",
    "hexagon": "◘",
    "circle": "●",
    "none": "",
}
_FORMATS = {
    "svg": ("graphviz", "dot"),
    "png": ("graphviz", "dot"),
    "dot": ("graphviz", "dot"),
    "pdf": ("dot",),
}
_SECONDS = 120


def dot(sheet: Sheet) -> bytes:
    """The DOT file of a chart."""
    return write_dot(sheet).encode("utf-8")


def write_dot(sheet: Sheet) -> str:
    """The DOT source: a node per unit, an edge per line, connectors as dashed edges."""
    import graphviz

    chart, layout, style = sheet.chart, sheet.layout, sheet.style

    graph = graphviz.Digraph(
        "chart",
        graph_attr={
            "label": graphviz.escape(f"{chart.title}\n{chart.subtitle}\n{chart.source}".strip()),
            "labelloc": "b",
            "labeljust": "l",
            "fontname": fonts.FAMILY,
            "fontsize": "11",
            "splines": "ortho",
            "rankdir": "TB",
            "outputorder": "edgesfirst",
        },
        node_attr={
            "shape": "none",
            "fontname": fonts.FAMILY,
            "fontsize": "11",
            "fixedsize": "true",
            "margin": "0",
        },
        edge_attr={"arrowhead": "none", "color": style.colour["line"]},
    )
    names = _names(chart)
    high = layout.height
    for unit, place in layout.places.items():
        graph.node(
            names[unit],
            label=_label(place, style),
            tooltip=graphviz.escape(place.sized.box.name),
            pos=f"{_n(place.x + place.width / 2)},{_n(high - place.y - place.height / 2)}!",
            width=_inches(place.width + 4),
            height=_inches(place.height + 4),
        )
    for unit, way in layout.links.items():
        graph.edge(names[chart.boxes[unit].parent or ""], names[unit], pos=_spline(way, high))
    for connector, way in connector_ways(chart, layout, style):
        graph.edge(
            names[connector.start],
            names[connector.end],
            pos=_spline(way, high),
            style="dashed",
            constraint="false",
            color=connector_colour(connector, style),
            tooltip=f"{connector.mark}" if connector.mark else graphviz.escape(connector.sign or connector.kind),
        )
    return str(graph.source)


def run_graphviz(source: str, fmt: str, engine: str) -> bytes:
    """Render DOT with pinned positions by the bundled graphviz-pure (`graphviz`) or a system `dot`.

    Raises:
        UserError: the engine cannot write the format, is not there, or took too long.
        BomayError: the engine failed.
    """
    if engine not in _FORMATS[fmt]:
        raise UserError(
            f"the engine {engine!r} cannot write {fmt}",
            f"take --engine {' or '.join(('own', *_FORMATS[fmt]))}",
        )
    command = [_binary(engine), "-Kneato", "-n2", f"-T{fmt}"]
    try:
        done = subprocess.run(command, input=source.encode("utf-8"), capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise UserError(f"{command[0]} took more than {_SECONDS} s", "take --engine own") from error
    if done.returncode:
        raise BomayError(f"{command[0]} failed: {done.stderr.decode('utf-8', 'replace').strip()[-500:]}")
    return done.stdout


def _binary(engine: str) -> str:
    if engine == "dot":
        found = shutil.which("dot")
        if found is None:
            raise UserError("there is no dot on the path", "install Graphviz, or take --engine graphviz")
        return found
    # the wheel puts its program beside this Python's
    beside = Path(sys.executable).parent / ("graphviz-pure.exe" if os.name == "nt" else "graphviz-pure")
    found = str(beside) if beside.exists() else shutil.which("graphviz-pure")
    if found is None:
        raise UserError("graphviz-pure is not installed", "pip install graphviz-pure, or take --engine own")
    return found


def _names(chart: Chart) -> dict[str, str]:
    """Node names: the unit's id where it is a plain word, else a number, since ':' means a port."""
    return {
        unit: unit if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", unit) else f"unit {number}"
        for number, unit in enumerate(chart.boxes, 1)
    }


def _label(place: Place, style: Style) -> str:
    sized = place.sized
    look = style.look(sized.box.look)
    header = [row for row in sized.rows if row.style in ("name", "root")]
    body = [row for row in sized.rows if row.style in ("person", "post")]
    footer = [row for row in sized.rows if row.style == "footer"]
    if sized.box.badge:
        words = " · ".join([*(row.text for row in footer), sized.box.badge])
        footer = [TextRow(words, "footer", 0, 0)]
    width = round(place.width) - 2  # the table's border is outside its cells
    cells = []
    for rows, height, fill, ink in (
        (header, sized.header - 1, look.fill, look.ink),
        (body, sized.height - sized.header - sized.footer - 1, style.colour["body"], style.colour["ink"]),
        (footer, max(sized.footer, 12), style.colour["footer"], style.colour["quiet"]),
    ):
        if not rows:
            continue
        lines = []
        for row in rows:
            marks = "".join(f" ({mark})" for mark in row.marks)
            words = escape(row.text + marks)
            if rows is header and row is header[0] and _SIGNS[look.symbol]:
                words = f"{_SIGNS[look.symbol]} {words}"
            face = style.text[row.style].face
            words = f"<B>{words}</B>" if face == "bold" else f"<I>{words}</I>" if face == "italic" else words
            lines.append(f'<FONT POINT-SIZE="{style.text[row.style].size}" COLOR="{ink}">{words}</FONT>')
        cells.append(
            f'<TR><TD FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{height}" BGCOLOR="{fill}">'
            f"{'<BR/>'.join(lines)}</TD></TR>"
        )
    line = {"inferred": "DASHED", "temporary": "DOTTED"}.get(sized.box.border, "SOLID")
    return (
        f'<<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" COLOR="{look.edge}" '
        f'STYLE="{line}">{"".join(cells)}</TABLE>>'
    )


def _spline(way: Points, high: float) -> str:
    """A way as the control points of straight Bézier pieces, y upwards."""
    points = [(x, high - y) for x, y in way]
    text = [f"{_n(points[0][0])},{_n(points[0][1])}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        for share in (1 / 3, 2 / 3, 1):
            text.append(f"{_n(x1 + (x2 - x1) * share)},{_n(y1 + (y2 - y1) * share)}")
    return " ".join(text)


def _inches(px: float) -> str:
    return f"{px / 72:.4f}"


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
