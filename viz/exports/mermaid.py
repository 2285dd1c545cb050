"""A chart as Mermaid flowchart text, for wikis: a node per unit, lines, and dashed links beside them."""

from __future__ import annotations

import json
import re

from viz.exports.text import box_lines, box_name, codes, connector_words, entries, headings, numbered, plain
from viz.model import Box, Chart, Connector
from viz.paint import connector_colour
from viz.sheet import Sheet
from viz.style import Style

# what viewers take without settings of their own
MOST_EDGES = 500
MOST_TEXT = 50_000
_PLAIN = frozenset(" ,-–…()/+“”")  # beside letters and digits; everything else is written as its code
_SOLID = {"merged", "split"}


def mermaid(sheet: Sheet) -> bytes:
    """The Mermaid file of a chart."""
    return write_mermaid(sheet.chart, sheet.style).encode("utf-8")


def write_mermaid(chart: Chart, style: Style) -> str:
    """The Mermaid source. Colours are classes by look; positions are the viewer's own."""
    ids = {unit: f"n{number}" for number, unit in enumerate(chart.boxes, 1)}
    above, looks = headings(chart), codes(box.look for box in chart.boxes.values())
    title = json.dumps(" · ".join(plain(text) for text in (chart.title, chart.subtitle) if text), ensure_ascii=False)
    lines = ["---", f"title: {title}", "---", "flowchart TD"]
    lines += [
        f'  {ids[unit]}["{_label(box, above.get(unit))}"]:::{looks[box.look]}' for unit, box in chart.boxes.items()
    ]
    edges = [f"  {ids[box.parent]} --- {ids[unit]}" for unit, box in chart.boxes.items() if box.parent]
    colours = []
    for connector in chart.connectors:
        colours.append(f"  linkStyle {len(edges)} {_link_style(connector, style)}")
        link = _arrow(connector) + _said(connector, chart)
        edges.append(f"  {ids[connector.start]} {link} {ids[connector.end]}")
    lines += [*edges, *_legend(chart, looks)]
    for key, name in looks.items():
        look = style.look(key)
        lines.append(f"  classDef {name} fill:{look.fill},color:{look.ink},stroke:{look.edge}")
    for border, line in style.borders.items():
        if line.dash and (units := [ids[unit] for unit, box in chart.boxes.items() if box.border == border]):
            lines.append(f"  classDef border_{border} stroke-dasharray:{' '.join(f'{part:g}' for part in line.dash)}")
            lines.append(f"  class {','.join(units)} border_{border}")
    if ghosts := [ids[unit] for unit, box in chart.boxes.items() if box.ghost]:
        lines += ["  classDef ghost opacity:0.6,text-decoration:line-through", f"  class {','.join(ghosts)} ghost"]
    lines += colours
    lines += [f"  %% {_comment(text)}" for text in (chart.summary, chart.source) if text]
    text = "\n".join(lines) + "\n"
    if len(edges) > MOST_EDGES or len(text) > MOST_TEXT:
        note = f"{len(edges)} edges, {len(text)} characters: set maxEdges and maxTextSize of Mermaid above these"
        text = f"{text}  %% {note}\n"
    return text


def _label(box: Box, heading: str | None) -> str:
    parts = [f"<b>{_escape(box_name(box))}</b>", *(_escape(line) for line in box_lines(box))]
    if heading:
        parts.insert(0, _escape(heading))
    return "<br/>".join(parts)


def _legend(chart: Chart, looks: dict[str, str]) -> list[str]:
    """What the colours mean, as a column of nodes beside the tree, where there are several."""
    shown = [entry for entry in entries(chart) if entry.sample in looks]
    if len(shown) < 2:
        return []
    nodes = [
        f'  l{number}["{_escape(numbered(entry))}"]:::{looks[entry.sample]}' for number, entry in enumerate(shown, 1)
    ]
    return [*nodes, "  " + " ~~~ ".join(f"l{number}" for number in range(1, len(shown) + 1))]


def _arrow(connector: Connector) -> str:
    if connector.kind in _SOLID:
        return "==>" if connector.arrow else "==="
    return "-.->" if connector.arrow else "-.-"


def _said(connector: Connector, chart: Chart) -> str:
    words = connector_words(connector, chart)
    return f'|"{_escape(words)}"|' if words else ""


def _link_style(connector: Connector, style: Style) -> str:
    line = style.connectors[connector.kind]
    return f"stroke:{connector_colour(connector, style)},stroke-width:{line.width:g}px"


def _escape(text: str) -> str:
    """Text for a quoted label: what could mean something to Mermaid, Markdown or HTML is written as #code;."""
    start = re.match(r"(\d+)([.)])\s|([-+])\s", text)  # would begin a list
    listed = (start.end() - 2) if start else -1
    return "".join(
        char if (char.isalnum() or char in _PLAIN or (char == "." and index)) and index != listed else f"#{ord(char)};"
        for index, char in enumerate(text)
    )


def _comment(text: str) -> str:
    return plain(text).replace("{", "(").replace("}", ")")  # %%{ would begin a directive
