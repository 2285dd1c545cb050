"""Findings on a chart: numbers at the boxes, lines between them, and tables that say what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from viz.labels import Labels
from viz.model import Chart, Connector, Entry, Legend, Table, TableRow
from viz.style import Style

KINDS = ("overlap", "merge", "vacancy", "check")
_LINKED = ("overlap", "merge")  # kinds whose units are joined by lines


@dataclass(frozen=True)
class Finding:
    """What was found of some units (ids), and the cells of its row in the table."""

    units: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """All findings of one kind (see KINDS), the strongest first.

    `columns` head the table and `shares` are their parts of its width. `plain` are rows without a
    number, below the numbered ones. `notes` are sentences below the table, besides those on what
    is not shown, `command` lists everything, and `also` stands behind their number in the summary.
    """

    kind: str
    columns: tuple[str, ...]
    shares: tuple[float, ...] = ()
    found: tuple[Finding, ...] = ()
    plain: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    command: str = ""
    also: str = ""


@dataclass(frozen=True)
class _Sorted:
    """Findings of a kind by what the chart can do with them."""

    kind: str
    shown: list[Finding]  # numbered, should there be numbers enough
    wide: list[Finding]  # of too many boxes to be numbered
    elsewhere: int  # of units that are not on the chart


def amend(chart: Chart, kinds: Sequence[Findings], style: Style, labels: Labels) -> Chart:
    """The chart with findings: the strongest of each kind have numbers, the others are counted.

    A finding that links units is on the chart if all its units are; any other one if one unit is.
    The given chart stays as it is.
    """
    sorted_ = [_sort(each, chart, style) for each in kinds]
    counts = _fair([len(each.shown) for each in sorted_], int(style.limits["most_findings"]))
    numbers: dict[str, list[int]] = {}
    connectors = list(chart.connectors)
    tables = list(chart.tables)
    signs: list[Entry] = []
    first = 1
    linked = [
        sum(len(set(finding.units)) - 1 for finding in split.shown[:count]) if split.kind in _LINKED else 0
        for split, count in zip(sorted_, counts, strict=True)
    ]
    lines = _fair(linked, int(style.limits["most_finding_lines"]))
    for each, split, count, most in zip(kinds, sorted_, counts, lines, strict=True):
        numbered = list(enumerate(split.shown[:count], first))
        first += count
        for number, finding in numbered:
            for unit in _on(finding, chart):
                numbers.setdefault(unit, []).append(number)
        drawn = _lines(each.kind, numbered, chart, most, style)
        connectors += drawn
        if drawn:
            signs.append(Entry(f"connector:{each.kind}:", labels(f"{each.kind}_line")))
        tables.append(_table(each, split, numbered, labels))
    if first > 1:
        signs.append(Entry("finding:1", labels("finding_number")))
    summary = [_count(each, split, labels) for each, split in zip(kinds, sorted_, strict=True)]
    boxes = {
        key: replace(box, findings=(*box.findings, *numbers[key])) if key in numbers else box
        for key, box in chart.boxes.items()
    }
    return replace(
        chart,
        boxes=boxes,
        connectors=connectors,
        legend=Legend([*chart.legend.signs, *signs], chart.legend.lists),
        summary=" · ".join([*filter(None, [chart.summary]), *summary]),
        tables=tables,
    )


def _on(finding: Finding, chart: Chart) -> list[str]:
    return [unit for unit in dict.fromkeys(finding.units) if unit in chart.boxes]


def _sort(findings: Findings, chart: Chart, style: Style) -> _Sorted:
    shown: list[Finding] = []
    wide: list[Finding] = []
    elsewhere = 0
    for finding in findings.found:
        on = len(_on(finding, chart))
        if not on or (findings.kind in _LINKED and on < len(set(finding.units))):
            elsewhere += 1
        elif on > style.limits["most_numbered"]:
            wide.append(finding)
        else:
            shown.append(finding)
    return _Sorted(findings.kind, shown, wide, elsewhere)


def _fair(wanted: Sequence[int], most: int) -> list[int]:
    """How many numbers each kind gets of `most`: equal parts, and what one leaves goes to the others."""
    given = [0] * len(wanted)
    left = most
    while left and (short := [i for i, count in enumerate(wanted) if given[i] < count]):
        for i in short[:left]:
            given[i] += 1
        left -= min(left, len(short))
    return given


def _lines(
    kind: str, numbered: Sequence[tuple[int, Finding]], chart: Chart, most: int, style: Style
) -> list[Connector]:
    """Lines between the boxes of the strongest findings; two boxes are joined once in a kind."""
    if kind not in _LINKED or len(chart.boxes) > style.limits["most_boxes"]:
        return []
    drawn: dict[frozenset[str], Connector] = {}
    places = {unit: place for place, unit in enumerate(chart.boxes)}
    for number, finding in numbered:
        units = sorted(_on(finding, chart), key=places.__getitem__)
        new = {
            frozenset(pair): Connector(kind, *pair, mark=number)
            for pair in pairwise(units)
            if frozenset(pair) not in drawn
        }
        if len(drawn) + len(new) > most:
            break
        drawn |= new
    return list(drawn.values())


def _table(findings: Findings, split: _Sorted, numbered: Sequence[tuple[int, Finding]], labels: Labels) -> Table:
    kind = findings.kind
    rows = [TableRow(finding.cells, f"finding:{number}") for number, finding in numbered]
    rows += [TableRow(finding.cells) for finding in split.wide]
    rows += [TableRow(cells) for cells in findings.plain]
    more = len(split.shown) - len(numbered)
    notes = [] if rows or more else [labels("finding_none")]
    if more:
        notes.append(labels("finding_more", n=labels.number(more)))
    if split.elsewhere:
        key = "check_elsewhere" if kind == "check" else "finding_elsewhere"
        notes.append(labels(key, n=labels.number(split.elsewhere)))
    if split.wide:
        notes.append(labels("finding_wide"))
    notes += findings.notes
    if findings.command and (more or split.elsewhere):
        notes.append(labels("finding_command", command=findings.command))
    return Table(labels(f"{kind}_table"), findings.columns, tuple(rows), findings.shares, " ".join(notes))


def _count(findings: Findings, split: _Sorted, labels: Labels) -> str:
    count = labels(f"{split.kind}_count", n=labels.number(len(split.shown) + len(split.wide)))
    return f"{count}, {findings.also}" if findings.also else count
