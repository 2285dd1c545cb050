"""The tables of changes: a row for each, what went into one result in one row.

One table, or three where it would be long: what became of units, what changed of those that live
on, and what went along with its parent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from queries.changes.types import Change, Changes
from viz.changes.words import Words
from viz.labels import Labels
from viz.measure import clean
from viz.model import Table, TableRow

_SHARES = (0.185, 0.08, 0.185, 0.165, 0.085, 0.16, 0.135, 0.075)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NONE = "–"
_LONG = 14  # rows; more are put in three tables
_BECOME = ("merged", "received", "split", "split_off", "created", "absorbed", "ended")
_COLUMNS = ("col_unit", "col_change", "col_from", "col_to", "col_date", "col_event", "col_document", "col_basis")


@dataclass(frozen=True)
class ChangeRow:
    """A row of the table: the change, and the units at whose boxes its number stands."""

    change: Change
    units: tuple[str, ...]
    along: tuple[str, ...] = ()  # units that went along, where the row is about them


def rows_of(changes: Changes) -> list[ChangeRow]:
    """The rows in the order of the changes; what a result's row says is not said again for what went into it."""
    told = {unit for c in changes.changes if c.kind in ("merged", "received") for unit in c.partners}
    parted = {unit for c in changes.changes if c.kind == "split" for unit in c.partners}
    along: defaultdict[tuple[str, str], list[Change]] = defaultdict(list)
    rows = []
    for change in changes.changes:
        if change.kind == "followed":
            along[change.before, change.partners[0]].append(change)
        elif (change.kind == "absorbed" and change.unit in told) or (
            change.kind == "split_off" and change.unit in parted
        ):
            continue
        else:
            linked = change.partners if change.kind in ("merged", "received", "split") else ()
            rows.append(ChangeRow(change, (change.unit, *linked)))
    for followers in along.values():
        rows.append(ChangeRow(followers[0], (), tuple(each.unit for each in followers)))
    return rows


def tables_of(rows: list[ChangeRow], words: Words, labels: Labels) -> list[Table]:
    """The tables, their rows numbered through as the boxes are."""
    parts: dict[str, list[TableRow]] = {}
    for number, row in enumerate(rows, 1):
        part = "change_table" if len(rows) <= _LONG else _part(row)
        sample = f"finding:{number}" if row.units else ""
        parts.setdefault(part, []).append(TableRow(_cells(row, words, labels), sample))
    columns = tuple(labels(column) for column in _COLUMNS)
    tables = [Table(labels(part), columns, tuple(found), _SHARES) for part, found in parts.items()]
    note = " ".join(labels(key) for key in ("change_basis_note", "change_events_note"))
    return [*tables[:-1], replace(tables[-1], note=note)] if tables else []


def _part(row: ChangeRow) -> str:
    if row.along:
        return "change_table_along"
    return "change_table_units" if row.change.kind in _BECOME else "change_table_details"


def _cells(row: ChangeRow, words: Words, labels: Labels) -> tuple[str, ...]:
    change = row.change
    return (
        words.names(row.along) if row.along else words.name(change.unit),
        labels("row_over" if change.kind == "ended" and not change.event else f"row_{change.kind}"),
        _before(change, words) or _NONE,
        _after(change, words) or _NONE,
        _date(change) or _NONE,
        clean(change.title) or _NONE,
        "; ".join(clean(source) for source in change.sources) or _NONE,
        labels("change_stated" if change.basis == "stated" else change.basis),
    )


def _before(change: Change, words: Words) -> str:
    if change.kind in ("merged", "received", "split_off"):
        return words.names(change.partners)
    if change.kind in ("moved", "followed"):
        node = words.changes.before.units.get(change.unit)
        return words.name(node.parent) if node is not None and node.parent else clean(change.before)
    if change.kind in ("absorbed", "ended"):
        return words.name(change.unit)
    return clean(change.before)


def _after(change: Change, words: Words) -> str:
    if change.kind in ("moved", "followed", "absorbed", "ended"):
        return words.names(change.partners)
    if change.kind == "split":
        return words.names([*((change.unit,) if change.unit in words.changes.after.units else ()), *change.partners])
    if change.kind in ("merged", "received", "split_off", "created"):
        return words.name(change.unit)
    return clean(change.after)


def _date(change: Change) -> str:
    if change.date_text:
        return clean(_ISO.sub(r"\3/\2/\1", change.date_text))
    return f"{change.date:%d/%m/%Y}" if change.date else ""
