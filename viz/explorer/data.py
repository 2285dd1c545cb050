"""Everything that the page to explore is made from, as one JSON value.

`tables` are those of `viz/explorer/tables.py`; `states` are the boxes (`viz/explorer/states.py`) and
`rows` their lines of text; `arrangement` is how they stand on the first day when all are shown
(`viz/arrangement.py`), with the number of the unit for each slot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from queries.timeline.at import Days
from viz.arrangement import Arrangement
from viz.boxes import SizedBox, row_x
from viz.chart import Options, model
from viz.explorer.states import States, states
from viz.explorer.tables import Tables, Texts, day
from viz.labels import Labels
from viz.layout import Layout, place
from viz.model import Chart
from viz.paint import connector_ways
from viz.positions import positions
from viz.style import Style, load_style

_PREFIX = "explorer_"  # of the labels that only the page has
_SHARED_LABELS = ("as_of", "hidden", "legend", "concurrents", "more", "no_holder", "post_of")


@dataclass(frozen=True)
class Overlap:
    """Functions of several units that are the same or alike: (unit id, text) each, class and score."""

    cls: str
    score: float
    sides: tuple[tuple[str, str], ...]


def explorer_data(
    days: Days,
    on: dt.date,
    options: Options,
    depth: int | None = None,
    overlaps: Sequence[Overlap] = (),
    chart: Chart | None = None,
) -> dict[str, Any]:
    """The page's data; `depth` is the number of levels that are open at first (None: what can be read).

    `chart` is the chart model of the day where it was amended with findings.

    Raises:
        UserError: as `build` and `place`.
    """
    style, labels = load_style(options.style), Labels(options.lang)
    today = days.structure(on)
    drawn = model(today, options)
    placed = place(drawn, style, options.layout)
    found = states(days, today, options)
    return put_together(days, on, chart or drawn, placed, found, style, labels, depth, overlaps)


def put_together(
    days: Days,
    on: dt.date,
    chart: Chart,
    placed: Layout,
    found: States,
    style: Style,
    labels: Labels,
    depth: int | None = None,
    overlaps: Sequence[Overlap] = (),
) -> dict[str, Any]:
    """The data from its parts; the chart's connectors, findings and tables are those of its day."""
    tables = Tables(days, found, labels)
    looks = _Looks(style)
    data: dict[str, Any] = {
        "tables": tables.tables(),
        "states": _states(found, tables, looks),
        "arrangement": _arrangement(placed, tables),
        "overlaps": _overlaps(overlaps, tables, labels),
        "chart": {
            **_about(chart, placed, tables, style),
            "lang": labels.lang,
            "on": day(on),
            "depth": depth,
            "territory": days.timeline.territory,
        },
        "style": {**_style(style), "looks": looks.list, "borders": looks.borders, "borderNames": looks.names},
        "labels": _labels(labels),
    }
    data["strings"] = tables.text.list
    return data


class _Looks:
    """Colours of boxes, each once."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.list: list[dict[str, str]] = []
        self._numbers: dict[str, int] = {}
        self.names = list(style.borders)
        self.borders = [asdict(border) for border in style.borders.values()]

    def __call__(self, key: str) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.list)
            self.list.append({"key": key, **asdict(self.style.look(key))})
        return self._numbers[key]


def _states(found: States, tables: Tables, looks: _Looks) -> dict[str, Any]:
    """Boxes as columns; `first` is the number of a box's first row, `more` what few boxes have."""
    names = ("unit", "day", "width", "height", "header", "footer", "left", "look", "border", "aside", "first")
    columns: dict[str, list[int]] = {name: [] for name in names}
    rows: dict[str, list[int]] = {name: [] for name in ("text", "style", "top", "left", "width")}
    marks: dict[int, list[int]] = {}
    flags: dict[int, int] = {}
    more: dict[int, dict[str, Any]] = {}
    kinds = {name: number for number, name in enumerate(looks.style.text)}
    for unit in tables.units:
        for start, sized in found.boxes.get(unit, ()):
            number = len(columns["unit"])
            values = (
                tables.unit[unit],
                day(start),
                sized.width,
                sized.height,
                sized.header,
                sized.footer,
                round(sized.header_left),
                looks(sized.box.look),
                looks.names.index("ghost" if sized.box.ghost and sized.box.border == "solid" else sized.box.border),
                ("", "office", "staff").index(sized.box.aside),
                len(rows["text"]),
            )
            for name, value in zip(names, values, strict=True):
                columns[name].append(value)
            extra = _extra(sized, tables.text)
            if extra:
                more[number] = extra
            for row in sized.rows:
                at = len(rows["text"])
                rows["text"].append(tables.text(row.text))
                rows["style"].append(kinds[row.style])
                rows["top"].append(round(row.top * 2))
                rows["left"].append(round(row_x(row, sized, sized.width, looks.style) * 10))
                rows["width"].append(round(row.width * 10))
                if row.marks:
                    marks[at] = list(row.marks)
                if row.column or row.struck:
                    flags[at] = row.column + 2 * row.struck
    return {**columns, "more": more, "rows": {**rows, "marks": marks, "flags": flags}}


def _extra(sized: SizedBox, text: Texts) -> dict[str, Any]:
    """Rules in the body and signs on the edge."""
    extra: dict[str, Any] = {}
    if sized.split:
        extra["split"] = [sized.split, sized.split_bottom]
    if sized.rules:
        extra["rules"] = sized.rules
    if sized.box.signs:
        extra["signs"] = [[kind, text(words)] for kind, words in sized.box.signs]
    return extra


def _arrangement(placed: Layout, tables: Tables) -> dict[str, Any]:
    """The slots in their order, and by what rules others are made where units are hidden or another day is shown."""
    arrangement = placed.arrangement
    slots = arrangement.slots
    numbers = [tables.unit[id_] for id_ in placed.places]
    return {
        "right": arrangement.right,
        "gaps": arrangement.gaps._asdict(),
        "units": numbers,
        "slots": [
            [
                slot.width,
                slot.height,
                slot.hang,
                slot.middle,
                slot.tap,
                [[list(column.items), int(column.rail), column.gap, int(column.apart)] for column in slot.columns],
                list(slot.asides),
                int(slot.hung),
                int(slot.centred),
            ]
            for slot in slots
        ],
        **_rules(arrangement, placed),
    }


def _rules(arrangement: Arrangement, placed: Layout) -> dict[str, float]:
    """How many levels have a bus, and the length of a stack, as they can be seen in an arrangement."""
    slots = arrangement.slots
    depths = [place.sized.box.depth for place in placed.places.values()]
    rows = max((depth + 1 for slot, depth in zip(slots, depths, strict=True) if slot.centred), default=0)
    first = slots[0].columns
    if rows == 1 and any(column.rail and any(slots[i].columns for i in column.items) for column in first):
        rows = 0
    corners = positions(arrangement).corners
    axis = 0 if arrangement.right else 1
    longest = 0.0
    for slot in slots:
        for column in slot.columns:
            if column.rail:
                first_item, last_item = column.items[0], column.items[-1]
                longest = max(longest, corners[last_item][axis] - corners[first_item][axis] + slots[last_item].height)
    return {"rows": rows, "length": longest or max(placed.height, 1.0)}


def _overlaps(overlaps: Sequence[Overlap], tables: Tables, labels: Labels) -> list[list[Any]]:
    """Those of which at least two units are on the page: class, score in per cent, units, texts."""
    found = []
    for each in overlaps:
        sides = [(tables.unit[unit], tables.text(text)) for unit, text in each.sides if unit in tables.unit]
        if len({unit for unit, _ in sides}) > 1:
            cls = tables.text(labels.code("finding_classes", each.cls))
            found.append([cls, round(each.score * 100), [unit for unit, _ in sides], [text for _, text in sides]])
    return found


def _about(chart: Chart, placed: Layout, tables: Tables, style: Style) -> dict[str, Any]:
    """What is said of the chart, and what only its day has; connectors with their ways, where they are drawn."""
    ways = {id(connector): points for connector, points in connector_ways(chart, placed, style)}
    return {
        "title": chart.title,
        "source": chart.source,
        "summary": chart.summary,
        "legend": [[entry.sample, entry.text] for entry in chart.legend.signs if not entry.sample.startswith("mark")],
        "connectors": [
            {
                "kind": each.kind,
                "start": tables.unit[each.start],
                "end": tables.unit[each.end],
                "mark": each.mark,
                "sign": tables.text(each.sign),
                "arrow": each.arrow,
                "way": ways.get(id(each)),
            }
            for each in chart.connectors
        ],
        "findings": {tables.unit[box.id]: list(box.findings) for box in chart.boxes.values() if box.findings},
        "reports": [
            [table.title, list(table.columns), [[row.sample.partition(":")[2], *row.cells] for row in table.rows]]
            for table in chart.tables
        ],
    }


def _style(style: Style) -> dict[str, Any]:
    return {
        "text": {name: asdict(look) for name, look in style.text.items()},
        "kinds": list(style.text),
        "box": style.box,
        "gap": style.gap,
        "colour": style.colour,
        "connectors": {name: asdict(look) for name, look in style.connectors.items()},
        "people": list(style.people),
        "mark": style.limits["mark"],
        "arrow": style.limits["arrow"],
        "change": {name: asdict(look) for name, look in style.palettes["change"].items()},
    }


def _labels(labels: Labels) -> dict[str, str]:
    """The page's own words, and those that it shares with the static charts."""
    return labels.beginning(_PREFIX) | {key: labels(key) for key in _SHARED_LABELS}
