"""A placed chart as Graphviz DOT: pinned nodes with fixed sizes, which users can edit.

`neato -n2` draws it as it is placed here; `dot` lays it out again. One point is one px.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import BomayError, UserError
from viz import fonts, measure
from viz.boxes import TextRow
from viz.drawing import Points
from viz.exports.text import connector_words, entries, numbered
from viz.layout import Place
from viz.model import Chart, Connector, Entry
from viz.paint import connector_colour, connector_ways
from viz.routes import length
from viz.sheet import Sheet
from viz.style import Style

if TYPE_CHECKING:
    import graphviz

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
_BORDERS = {"inferred": "DASHED", "temporary": "DOTTED", "ghost": "DASHED"}
_HEADER = ("name", "root", "tag")
# where the chart's font is not installed: fonts that have all Vietnamese letters
_FONT = f"{fonts.FAMILY},Arial,sans-serif"
# when `dot` lays the chart out again: so many leaves of the first unit, and of others, stand side by
# side; more are set in stacks of at least so many
_ROW, _FEW, _STACK = 5, 2, 6
_LINE = 640.0  # px; longer lines of title, source and legend wrap
_MOST_LINES = 6
_SPACE = 30.0  # px from the tree to the legend
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
    """The DOT source: a node per unit, an edge per line, connectors and legend beside the tree."""
    import graphviz

    chart, layout, style = sheet.chart, sheet.layout, sheet.style
    texts = [text for text in (chart.title, chart.subtitle, chart.summary, chart.source) if text]
    graph = graphviz.Digraph(
        "chart",
        graph_attr={
            # each line is closed by \\l: set at the left
            "label": "".join(f"{_escaped(line)}\\l" for text in texts for line in _lines(text, style)),
            "labelloc": "b",
            "labeljust": "l",
            "fontname": _FONT,
            "fontsize": "11",
            "splines": "ortho",
            "rankdir": "TB",
            "outputorder": "edgesfirst",
        },
        # where another font is wider, a box grows and is not cut
        node_attr={"shape": "none", "fontname": _FONT, "fontsize": "11", "fixedsize": "shape", "margin": "0"},
        edge_attr={"arrowhead": "none", "color": style.colour["line"], "fontname": _FONT, "fontsize": "9"},
    )
    names = _names(layout.places)
    high = layout.height
    for unit, place in layout.places.items():
        graph.node(
            names[unit],
            label=node_label(place, style),
            tooltip=_escaped(place.sized.box.name),
            pos=f"{_n(place.x + place.width / 2)},{_n(high - place.y - place.height / 2)}!",
            width=_inches(place.width + 4),
            height=_inches(place.height + 4),
        )
    _add_legend(graph, sheet)
    for unit, way in layout.links.items():
        graph.edge(names[chart.boxes[unit].parent or ""], names[unit], pos=_spline(way, high))
    for above, below in _stacks(chart):
        ends = [layout.places[unit] for unit in (above, below)]
        way = tuple((place.x + place.width / 2, place.y + place.height / 2) for place in ends)
        graph.edge(names[above], names[below], pos=_spline(way, high), style="invis")
    for connector, way in connector_ways(chart, layout, style):
        graph.edge(names[connector.start], names[connector.end], **_connector(connector, way, sheet))
    return str(graph.source)


def _stacks(chart: Chart) -> list[tuple[str, str]]:
    """Pairs of leaves that `dot` should set one under the other, by edges that are not seen: units side
    by side in a row would make the chart too wide to read."""
    pairs = []
    for box in chart.boxes.values():
        leaves = [child for child in box.children if not chart.boxes[child].children]
        if len(leaves) <= (_ROW if box.parent is None else _FEW):
            continue
        tall = max(_STACK, math.ceil(math.sqrt(2 * len(leaves))))
        pairs += [pair for number, pair in enumerate(pairwise(leaves), 1) if number % tall]
    return pairs


def _connector(connector: Connector, way: Points, sheet: Sheet) -> dict[str, str]:
    """Attributes of a connector's edge."""
    style, high = sheet.style, sheet.layout.height
    line, colour = style.connectors[connector.kind], connector_colour(connector, style)
    words = connector_words(connector, sheet.chart)
    values = {
        "pos": _arrow(way, high, style) if connector.arrow else _spline(way, high),
        "style": "dashed" if line.dash else "solid",
        "penwidth": f"{line.width:g}",
        "constraint": "false",
        "color": colour,
        "tooltip": _escaped(words or connector.kind),
    }
    if connector.arrow:
        values["arrowhead"] = "normal"
    shown = f"({connector.mark})" if connector.mark else connector.sign
    if shown:
        (x1, y1), (x2, y2) = max(pairwise(way), key=length)
        values |= {"xlabel": _escaped(shown), "fontcolor": colour}
        values["xlp"] = f"{_n((x1 + x2) / 2)},{_n(high - (y1 + y2) / 2)}"
    return values


def _arrow(way: Points, high: float, style: Style) -> str:
    """A way with the tip of its arrow, where the line itself ends before."""
    (x1, y1), (x2, y2) = way[-2:]
    far = max(length(way[-2:]), 0.01)
    share = max(far - style.limits["arrow"], 0) / far
    before = (x1 + (x2 - x1) * share, y1 + (y2 - y1) * share)
    return f"e,{_n(x2)},{_n(high - y2)} {_spline((*way[:-1], before), high)}"


def _add_legend(graph: graphviz.Digraph, sheet: Sheet) -> None:
    """The legend as a node below the tree: what the colours and signs mean, and who holds several posts."""
    style = sheet.style
    rows = []
    for entry in entries(sheet.chart):
        sample = _sample(entry, style)
        lines = '<BR ALIGN="LEFT"/>'.join(escape(line) for line in _lines(numbered(entry), style))
        rows.append(f'<TR><TD WIDTH="26"{sample}</TD><TD ALIGN="LEFT" BALIGN="LEFT">{lines}</TD></TR>')
    if not rows:
        return
    look = style.text["legend"]
    high = len(rows) * (look.leading + 2) + look.leading * sum(row.count("<BR") for row in rows)
    label = f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="2" CELLPADDING="1">{"".join(rows)}</TABLE>>'
    middle = _LINE / 2, -_SPACE - high / 2
    width, height = _inches(_LINE), _inches(high)
    graph.node(
        "chart legend",
        label,
        pos=f"{_n(middle[0])},{_n(middle[1])}!",
        width=width,
        height=height,
        fontsize=f"{look.size}",
    )


def _sample(entry: Entry, style: Style) -> str:
    """The rest of a sample's TD tag, and what is in it."""
    kind, _, key = entry.sample.partition(":")
    if kind in style.palettes:
        look = style.look(entry.sample)
        ink = f'<FONT COLOR="{look.ink}">{_SIGNS[look.symbol] or " "}</FONT>'
        return f' BORDER="1" COLOR="{look.edge}" BGCOLOR="{look.fill}">{ink}'
    if kind == "border":
        return f' BORDER="1" HEIGHT="12" STYLE="{_BORDERS.get(key, "SOLID")}"> '
    if kind in ("connector", "sign"):
        name, _, sign = key.partition(":")
        colour = style.connectors[name].colour or style.people[0]
        return f'><FONT COLOR="{colour}">{escape(sign) or "– –"}</FONT>'
    return ">"


def _lines(text: str, style: Style) -> tuple[str, ...]:
    look = style.text["legend"]
    return measure.wrap(measure.clean(text), look.face, look.size, _LINE, _MOST_LINES)


def run_graphviz(source: str, fmt: str, engine: str) -> bytes:
    """Render DOT with pinned positions by the bundled graphviz-pure (`graphviz`) or a system `dot`.

    Raises:
        UserError: the engine cannot write the format, is not there, or took too long.
        BomayError: the engine failed.
    """
    engines = _FORMATS.get(fmt, ())
    if engine not in engines:
        raise UserError(
            f"the engine {engine!r} cannot write {fmt}",
            f"take --engine {' or '.join(('own', *engines))}",
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


def _names(units: Iterable[str]) -> dict[str, str]:
    """Node names: the unit's id where it is a plain word, else a number, since ':' means a port."""
    return {
        unit: unit if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", unit) else f"unit {number}"
        for number, unit in enumerate(units, 1)
    }


def node_label(place: Place, style: Style) -> str:
    """A box as an HTML-like label: header, body (people beside the head in a column of their own), footer."""
    sized, box = place.sized, place.sized.box
    look = style.look(box.look)
    header = [row for row in sized.rows if row.style in _HEADER]
    footer = [row for row in sized.rows if row.style == "footer"]
    body = [row for row in sized.rows if row not in header and row not in footer]
    width = round(place.width) - 2  # the table's border is outside its cells
    ink, quiet = style.colour["pale" if box.ghost else "ink"], style.colour["quiet"]
    head = _texts(header, look.ink, style, _SIGNS[look.symbol])
    # what the chart has on the box's upper edge
    if above := " · ".join([*(word for _, word in box.signs), *(f"[{number}]" for number in box.findings)]):
        size = style.text["sign"].size
        head = f'<FONT POINT-SIZE="{size}" COLOR="{look.ink}"><B>{escape(above)}</B></FONT><BR/>{head}'
    cells = [_cell(head, width, sized.header - 1, look.fill)]
    if body:
        high = sized.height - sized.header - sized.footer - 1
        cells.append(_cell(_body(body, ink, style), width, high, style.colour["body"]))
    if footer or box.badge:
        words = _texts(footer, quiet, style)
        if box.badge:
            badge = (
                f'<FONT POINT-SIZE="{style.text["badge"].size}" COLOR="{look.edge}"><B>{escape(box.badge)}</B></FONT>'
            )
            words = "<BR/>".join(part for part in (words, badge) if part)
        cells.append(_cell(words, width, max(sized.footer, 12), style.colour["footer"]))
    border = "ghost" if box.ghost and box.border == "solid" else box.border
    return (
        f'<<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" COLOR="{look.edge}" '
        f'STYLE="{_BORDERS.get(border, "SOLID")}">{"".join(cells)}</TABLE>>'
    )


def _cell(words: str, width: int, height: int, fill: str) -> str:
    return f'<TR><TD WIDTH="{width}" HEIGHT="{height}" BGCOLOR="{fill}">{words}</TD></TR>'


def _body(rows: list[TextRow], ink: str, style: Style) -> str:
    """People and functions; with people beside the head as a table in the cell."""
    functions = [row for row in rows if row.style == "function"]
    people = [[row for row in rows if row.column == column and row not in functions] for column in (0, 1)]
    parts = [_texts(column, ink, style) for column in people if column]
    if len(parts) < 2 and not (parts and functions):
        return parts[0] if parts else _texts(functions, ink, style)
    cells = "".join(f'<TD CELLPADDING="3">{part}</TD>' for part in parts)
    table = f"<TR>{cells}</TR>"
    if functions:
        words = _texts(functions, ink, style).replace("<BR/>", '<BR ALIGN="LEFT"/>')
        table += f'<HR/><TR><TD COLSPAN="{len(parts)}" ALIGN="LEFT" BALIGN="LEFT" CELLPADDING="3">{words}</TD></TR>'
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0">{table}</TABLE>'


def _texts(rows: list[TextRow], ink: str, style: Style, before: str = "") -> str:
    """Lines of text in their sizes, with the sign ahead of the first."""
    lines = []
    for number, row in enumerate(rows, 1):
        words = escape(row.text) + "".join(f" ({mark})" for mark in row.marks)
        if number == 1 and before:
            words = f"{before} {words}"
        if row.struck:
            words = f"<S>{words}</S>"
        look = style.text[row.style]
        tag = {"bold": "B", "italic": "I"}.get(look.face)
        words = f"<{tag}>{words}</{tag}>" if tag else words
        colour = style.colour["vacant"] if row.style == "vacant" and ink == style.colour["ink"] else ink
        lines.append(f'<FONT POINT-SIZE="{look.size}" COLOR="{colour}">{words}</FONT>')
    return "<BR/>".join(lines)


def _escaped(text: str) -> str:
    """A text that Graphviz shows as it is; of a kind that is never taken for an HTML-like label."""
    import graphviz

    quoted: str = graphviz.escape(text)
    return quoted


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
