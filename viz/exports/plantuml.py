"""A chart as PlantUML WBS text, for wikis: the tree by stars, colours by stereotypes, ties as arrows."""

from __future__ import annotations

import re

from viz.exports.text import box_lines, box_name, codes, connector_words, entries, headings, numbered, plain
from viz.model import Box, Chart
from viz.sheet import Sheet
from viz.style import Style

# besides letters, digits and spaces; what else is ASCII could be markup and is written as its code
_PLAIN = frozenset(",.()/+-–")


def plantuml(sheet: Sheet) -> bytes:
    """The PlantUML file of a chart."""
    return write_plantuml(sheet.chart, sheet.style).encode("utf-8")


def write_plantuml(chart: Chart, style: Style) -> str:
    """The PlantUML source. A line under the unit's name, since WBS has no dashed borders, says what is inferred."""
    ids = {unit: f"u{number}" for number, unit in enumerate(chart.boxes, 1)}
    looks = codes(box.look for box in chart.boxes.values())
    lines = ["@startwbs", "<style>", "wbsDiagram {"]
    for key, name in looks.items():
        look = style.look(key)
        lines += [
            f"  .{name} {{",
            f"    BackgroundColor {look.fill}",
            f"    FontColor {look.ink}",
            f"    LineColor {look.edge}",
            "  }",
        ]
    lines += ["}", "</style>", f"title {_title(chart)}"]
    above = headings(chart)
    if above:  # the language has one tree only
        lines.append(f"* {_escape(chart.title)}")
    for unit, box in chart.boxes.items():
        stars = "*" * (box.depth + (2 if above else 1))
        lines.append(f"{stars}({ids[unit]}) {_label(box, above.get(unit))} <<{looks[box.look]}>>")
    for connector in chart.connectors:
        lines.append(f"{ids[connector.start]} {'->' if connector.arrow else '..>'} {ids[connector.end]}")
    if legend := _legend(chart, looks, style):
        lines += ["legend", *legend, "endlegend"]
    if chart.source:
        lines.append(f"caption {_escape(chart.source)}")
    return "\n".join([*lines, "@endwbs"]) + "\n"


def _legend(chart: Chart, looks: dict[str, str], style: Style) -> list[str]:
    """Colours that occur, signs in words, and each tie in words: all arrows look the same."""
    lines = []
    for entry in entries(chart):
        kind = entry.sample.partition(":")[0]
        if entry.sample in looks:
            lines.append(f"<back:{style.look(entry.sample).fill}>    </back> {_escape(entry.text)}")
        elif kind in ("mark", "finding", ""):
            lines.append(_escape(numbered(entry)))
    for connector in chart.connectors:
        if connector.kind != "concurrent":
            start, end = chart.boxes[connector.start].name, chart.boxes[connector.end].name
            lines.append(f"{_escape(start)} → {_escape(end)}, {_escape(connector_words(connector, chart))}")
    return lines


def _title(chart: Chart) -> str:
    return r"\n".join(_escape(text) for text in (chart.title, chart.subtitle, chart.summary) if text)


def _label(box: Box, heading: str | None) -> str:
    name = f"<b>{_escape(box_name(box))}</b>"
    if box.ghost:
        name = f"<s>{name}</s>"
    return r"\n".join([*([_escape(heading)] if heading else []), name, *(_escape(line) for line in box_lines(box))])


def _escape(text: str) -> str:
    """Text without meaning for PlantUML: no markup, no variables, no directives, no comments."""
    text = plain(text)
    return "".join(
        char if _is_plain(char, text[index - 1 : index], index) else f"<U+{ord(char):04X}>"
        for index, char in enumerate(text)
    )


def _is_plain(char: str, before: str, index: int) -> bool:
    if char.isascii():
        # -- and // are markup, and a line may not begin with a sign
        return char.isalnum() or (index > 0 and (char == " " or (char in _PLAIN and char != before)))
    return not re.match(r"[\u2028\u2029]", char)
