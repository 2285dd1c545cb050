"""A chart without a history as a page to explore: changes between two days, or any chart model."""

from __future__ import annotations

from graph.errors import UserError
from queries.timeline.at import Days
from queries.timeline.types import Life, TimedTie, TimedUnit, Timeline
from viz.explorer.data import put_together
from viz.explorer.explorer import page
from viz.explorer.states import BEGINNING, States
from viz.sheet import Sheet


def html(sheet: Sheet) -> bytes:
    """The page of a sheet: its boxes, lines, connectors and tables.

    Raises:
        UserError: the sheet has two charts side by side.
    """
    chart = sheet.chart
    if chart.sides:
        raise UserError("two charts side by side cannot be one page", "choose svg, png, pdf or docx, or a smaller unit")
    boxes = chart.boxes
    units = {
        id_: TimedUnit(id_, ((None, box.name),), box.facts.kind, box.facts.level, box.system, Life())
        for id_, box in boxes.items()
    }
    lines = [
        TimedTie(f"{parent.id}/{child}", "line", child, parent.id, Life())
        for parent in boxes.values()
        for child in parent.children
    ]
    days = Days(Timeline(next(iter(boxes)), units, lines=lines), order=list(boxes))
    found = States({id_: [(BEGINNING, place.sized)] for id_, place in sheet.layout.places.items()})
    data = put_together(days, sheet.on, chart, sheet.layout, found, sheet.style, sheet.labels)
    return page(data, sheet.labels)
