"""What the files for Word and PowerPoint share: the libraries, files of the same bytes, tables of a chart."""

from __future__ import annotations

import datetime as dt
import zipfile
from importlib import import_module
from io import BytesIO
from itertools import zip_longest
from types import ModuleType
from typing import Any

from graph.errors import UserError
from viz.exports.text import plain, row_text
from viz.labels import Labels
from viz.model import Box, Chart, Row, Table, TableRow

FALLBACK = "Arial"  # where the chart's font is not installed: it has all Vietnamese letters
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def office(name: str) -> ModuleType:
    """The library `pptx` or `docx`.

    Raises:
        UserError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        raise UserError(
            f"a chart as .{name} needs python-{name}, which is not installed", "pip install 'bomay[office]'"
        ) from None


def describe(properties: Any, chart: Chart, on: dt.date, lang: str) -> None:
    """Fill in the core properties; their dates are the date of the data, so that bytes do not change."""
    day = dt.datetime.combine(on, dt.time())
    properties.title, properties.subject = plain(chart.title)[:255], plain(chart.subtitle)[:255]
    properties.author = properties.last_modified_by = "bomay"
    properties.comments = plain(chart.source)[:255]
    properties.keywords = ""
    properties.language = LANGUAGES.get(lang, lang)
    properties.created = properties.modified = properties.last_printed = day
    properties.revision = 1


def same_bytes(written: bytes) -> bytes:
    """The package with its parts in the order of their names, the first one first, and no times of day."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(written)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        first = "[Content_Types].xml"
        for name in [first, *sorted(set(old.namelist()) - {first})]:
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()


def tables(chart: Chart, labels: Labels) -> list[Table]:
    """The chart's own tables, then those of its units and people."""
    found = [*chart.tables, unit_table(chart, labels)]
    people = people_table(chart, labels)
    return [*found, people] if people.rows else found


def unit_table(chart: Chart, labels: Labels) -> Table:
    """All units in the order of the chart, with whom they are under and what their boxes say."""
    keys = ["col_number", "col_unit", "col_parent", "col_head", "col_note"]
    shares = [0.06, 0.29, 0.24, 0.17, 0.24]
    listed = []
    for number, box in enumerate(chart.boxes.values(), 1):
        parent = chart.boxes[box.parent].name if box.parent else ""
        listed.append(([str(number), box.name, parent, "; ".join(box.facts.heads), _notes(box, labels)], box.look))
    if not any(cells[3] for cells, _ in listed):
        del keys[3], shares[3]
        for cells, _ in listed:
            del cells[3]
    rows = tuple(TableRow(tuple(plain(cell) for cell in cells), look) for cells, look in listed)
    return Table(labels("chart_units"), tuple(labels(key) for key in keys), rows, tuple(shares))


def _notes(box: Box, labels: Labels) -> str:
    """What a box says besides the name and the people."""
    parts = [box.tag, *(word for _, word in box.signs), box.footer]
    if box.border == "temporary":
        parts.append(labels("temporary_unit"))
    elif box.border == "inferred" and labels("inferred") not in box.footer:
        parts.append(labels("inferred"))
    parts += [box.badge, ", ".join(f"[{number}]" for number in box.findings)]
    return " · ".join(part for part in parts if part)


def people_table(chart: Chart, labels: Labels) -> Table:
    """Those whom the boxes name, with their posts; a number stands for the same person everywhere."""
    rows = []
    for box in chart.boxes.values():
        for person, post in _held([*box.rows, *box.beside]):
            rows.append(TableRow((row_text(person), plain(post), plain(box.name))))
    columns = tuple(labels(key) for key in ("col_person", "col_post", "col_unit"))
    return Table(labels("chart_people"), columns, tuple(rows), (0.3, 0.32, 0.38))


def _held(rows: list[Row]) -> list[tuple[Row, str]]:
    """People with what stands below their names."""
    held: list[tuple[Row, str]] = []
    for row, below in zip_longest(rows, rows[1:]):
        if row.style == "person":
            held.append((row, below.text if below and below.style == "post" else ""))
    return held
