"""Tables below a chart, or on pages of their own after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from viz import measure
from viz.arrows import arrows, with_arrows
from viz.drawing import Drawing, Item, Lines, Rect
from viz.labels import Labels
from viz.legend import paint_sample
from viz.marks import text
from viz.model import Table, TableRow
from viz.style import Style

_MOST_LINES = 100_000  # of a cell: what is in a table is never cut


class _Grid(NamedTuple):
    """The columns of a table: left edges and widths in px."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]


@dataclass
class _Row:
    """A row broken into lines: those of each cell, and its height in px."""

    cells: list[tuple[str, ...]]
    height: float
    sample: str = ""


def paint_table(table: Table, x: float, y: float, width: float, style: Style) -> tuple[list[Item], float]:
    """The whole table from (x, y) on, and its height in px. Rows without end make it as long as needed."""
    grid = _grid(table, x, width, style)
    items, top = _title(table.title, x, y, width, style)
    header = _header(table, grid, style)
    items += _paint_header(header, grid, top, style)
    top += header.height
    for row in table.rows:
        laid = _row(row, grid, style)
        items += _paint_row(laid, grid, top, style)
        top += laid.height
    note, top = _note(table.note, x, top, width, style)
    return items + note, top - y


def paint_tables(tables: Sequence[Table], x: float, y: float, width: float, style: Style) -> tuple[list[Item], float]:
    """Tables from (x, y) on, side by side where there is room for it, and the height of all in px."""
    gap, least = style.table["gap"], style.table["least_width"]
    columns = max(1, min(len(tables), int((width + gap) // (least + gap))))
    wide = min((width - gap * (columns - 1)) / columns, style.table["most_width"])
    tops = [y] * columns
    items: list[Item] = []
    for table in tables:
        column = tops.index(min(tops))
        painted, height = paint_table(table, x + column * (wide + gap), tops[column], wide, style)
        items += painted
        tops[column] += height + gap
    return items, max(tops) - gap - y if tables else 0.0


def pages(
    tables: Sequence[Table],
    width: float,
    height: float,
    style: Style,
    labels: Labels,
    title: str,
    on: dt.date,
    before: int = 1,
    total: int | None = None,
) -> list[Drawing]:
    """Tables on pages of width by height px, one after the other; the header is repeated on each page.

    `title` stands at the head of each page and `on` is the date of the data. `before` is the number
    of pages that come before these, `total` that of all pages (None: these are the last). A row that
    is higher than a page goes on on the next one.
    """
    flow = _Flow(width, height, style)
    for table in tables:
        flow.add(table, labels("continued"))
    total = total or before + len(flow.sheets)
    look = style.text["source"]
    edge = style.table["page_margin"]
    drawings = []
    for number, sheet in enumerate(flow.sheets, before + 1):
        counter = labels("page", n=number, total=total)
        wide = measure.width(counter, look.face, look.size)
        room = width - 2 * edge
        head = measure.wrap(measure.clean(title), look.face, look.size, room, 1)[0]
        day = measure.wrap(labels("as_of", date=labels.date(on)), look.face, look.size, room - wide - 12, 1)[0]
        quiet = style.colour["quiet"]
        items: list[Item] = [
            Rect(0, 0, width, height, style.colour["paper"]),
            text(edge, edge - look.leading - 4, head, "source", style, quiet),
            text(edge, height - edge + 6, day, "source", style, quiet),
            text(width - edge - wide, height - edge + 6, counter, "source", style, quiet),
        ]
        drawings.append(
            Drawing(width, height, head, f"{head}, {counter}", labels.lang, on, [*items, *sheet, *arrows(sheet)])
        )
    return drawings


class _Flow:
    """Fills pages from above; `sheets` are the items of each."""

    def __init__(self, width: float, height: float, style: Style) -> None:
        self.style = style
        self.edge = style.table["page_margin"]
        self.wide = width - 2 * self.edge
        self.bottom = height - self.edge
        self.sheets: list[list[Item]] = []
        self.top = 0.0

    def add(self, table: Table, continued: str) -> None:
        """Put a table on, from where the last one ends."""
        grid = _grid(table, self.edge, self.wide, self.style)
        header = _header(table, grid, self.style)
        rows = [_row(row, grid, self.style) for row in table.rows]
        first = rows[0].height if rows else 0.0
        _, below = _title(table.title, self.edge, 0, self.wide, self.style)
        if not self.sheets or self.top + below + header.height + min(first, self.bottom / 3) > self.bottom:
            self._new_page()
        self._head(table.title, header, grid)
        again = f"{table.title} {continued}".strip()
        _, noted = _note(table.note, self.edge, 0, self.wide, self.style)
        for number, row in enumerate(rows, 1):
            self._row(row, again, header, grid, noted if number == len(rows) else 0.0)
        if self.top + noted > self.bottom:
            self._new_page()
            self._head(again, header, grid)
        note, end = _note(table.note, self.edge, self.top, self.wide, self.style)
        self.sheets[-1] += note
        self.top = end + self.style.table["gap"]

    def _new_page(self) -> None:
        self.sheets.append([])
        self.top = self.edge

    def _head(self, title: str, header: _Row, grid: _Grid) -> None:
        items, self.top = _title(title, self.edge, self.top, self.wide, self.style)
        self.sheets[-1] += [*items, *_paint_header(header, grid, self.top, self.style)]
        self.top += header.height

    def _row(self, row: _Row, title: str, header: _Row, grid: _Grid, below: float = 0.0) -> None:
        """Put a row on this page or the next, so that `below` px are left under it, if they can be."""
        rest: _Row | None = row
        fresh = False  # nothing but the header is on the page
        while rest is not None:
            if self.top + rest.height + below > self.bottom and not fresh:
                self._new_page()
                self._head(title, header, grid)
                fresh = True
                continue
            if self.top + rest.height > self.bottom:
                part, rest = _split(rest, self.bottom - self.top, self.style)
            else:
                part, rest = rest, None
            self.sheets[-1] += _paint_row(part, grid, self.top, self.style)
            self.top += part.height
            fresh = False


def _split(row: _Row, room: float, style: Style) -> tuple[_Row, _Row | None]:
    """The lines of a row that go into a height of `room` px, at least one, and the rest."""
    pad, leading = style.table["pad_y"], style.text["cell"].leading
    count = max(1, int((room - 2 * pad) // leading))
    head = [lines[:count] for lines in row.cells]
    tail = [lines[count:] for lines in row.cells]
    part = _Row(head, max(map(len, head)) * leading + 2 * pad, row.sample)
    if not any(tail):
        return part, None
    return part, _Row(tail, max(map(len, tail)) * leading + 2 * pad)


def _grid(table: Table, x: float, width: float, style: Style) -> _Grid:
    least, wish = _needs(table, width, style)
    widths = _divide(width, least, table.shares or wish)
    lefts = [x + sum(widths[:index]) for index in range(len(widths))]
    return _Grid(tuple(lefts), tuple(widths))


def _needs(table: Table, width: float, style: Style) -> tuple[list[float], list[float]]:
    """The width of each column's longest word, as far as there is room for all, and of its longest text."""
    head, cell, pad = style.text["cell_head"], style.text["cell"], 2 * style.table["pad_x"]
    least, wish = [], []
    for index, column in enumerate(table.columns):
        lead = max((_lead(row, style) for row in table.rows), default=0.0) if index == 0 else 0.0
        title = with_arrows(column)
        texts = {with_arrows(part) for row in table.rows for part in row.cells[index].split("\n")}
        words = {word for each in texts for word in each.split()}
        longest = max(
            [measure.width(word, head.face, head.size) for word in title.split()]
            + [measure.width(word, cell.face, cell.size) for word in words],
            default=0.0,
        )
        whole = max(
            [measure.width(title, head.face, head.size)]
            + [measure.width(each, cell.face, cell.size) for each in texts],
        )
        least.append(min(longest + 1 + pad + lead, width / len(table.columns)))
        wish.append(whole + pad + lead)
    return least, wish


def _divide(width: float, least: Sequence[float], shares: Sequence[float]) -> list[float]:
    """The width in these shares, but no column below its least width."""
    widths = list(least)
    free = set(range(len(shares)))
    while free:
        room = (width - sum(widths[i] for i in range(len(shares)) if i not in free)) / sum(shares[i] for i in free)
        small = {i for i in free if shares[i] * room < least[i]}
        if not small:
            for i in free:
                widths[i] = shares[i] * room
            break
        free -= small
    return widths


def _lead(row: TableRow, style: Style) -> float:
    return style.table["sample"] if row.sample else 0.0


def _header(table: Table, grid: _Grid, style: Style) -> _Row:
    look, pad = style.text["cell_head"], style.table["pad_x"]
    cells = [
        _wrapped(column, look.face, look.size, wide - 2 * pad)
        for column, wide in zip(table.columns, grid.widths, strict=True)
    ]
    return _Row(cells, max(map(len, cells)) * look.leading + 2 * style.table["pad_y"])


def _row(row: TableRow, grid: _Grid, style: Style) -> _Row:
    look, pad = style.text["cell"], style.table["pad_x"]
    cells = []
    for index, (words, wide) in enumerate(zip(row.cells, grid.widths, strict=True)):
        lead = _lead(row, style) if index == 0 else 0.0
        cells.append(_wrapped(words, look.face, look.size, wide - 2 * pad - lead))
    return _Row(cells, max(map(len, cells)) * look.leading + 2 * style.table["pad_y"], row.sample)


def _wrapped(words: str, face: str, size: float, room: float) -> tuple[str, ...]:
    """Lines of a cell; a line feed in the text starts a new one."""
    lines: list[str] = []
    for part in words.split("\n"):
        lines += measure.wrap(with_arrows(part), face, size, room, _MOST_LINES, False)
    return tuple(lines)


def _title(title: str, x: float, y: float, width: float, style: Style) -> tuple[list[Item], float]:
    look = style.text["table_title"]
    items: list[Item] = []
    if title:
        for line in _wrapped(title, look.face, look.size, width):
            items.append(text(x, y, line, "table_title", style, style.colour["ink"]))
            y += look.leading
        y += style.table["pad_y"]
    return items, y


def _note(note: str, x: float, y: float, width: float, style: Style) -> tuple[list[Item], float]:
    look = style.text["source"]
    items: list[Item] = []
    if note:
        y += style.table["pad_y"]
        for line in _wrapped(note, look.face, look.size, width):
            items.append(text(x, y, line, "source", style, style.colour["quiet"]))
            y += look.leading
    return items, y


def _paint_header(header: _Row, grid: _Grid, top: float, style: Style) -> list[Item]:
    left, wide = grid.lefts[0], sum(grid.widths)
    bottom = top + header.height
    items: list[Item] = [
        Rect(left, top, wide, header.height, style.colour["footer"]),
        Lines((((left, top), (left + wide, top)), ((left, bottom), (left + wide, bottom))), style.colour["line"], 1),
    ]
    return items + _cells(header, grid, top, "cell_head", 0.0, style)


def _paint_row(row: _Row, grid: _Grid, top: float, style: Style) -> list[Item]:
    left, bottom = grid.lefts[0], top + row.height
    items: list[Item] = [
        Lines((((left, bottom), (left + sum(grid.widths), bottom)),), style.colour["rule"], 0.8),
    ]
    lead = 0.0
    if row.sample:
        lead = style.table["sample"]
        middle = top + style.table["pad_y"] + style.text["cell"].leading / 2
        items += paint_sample(row.sample, left + style.table["pad_x"], middle, style)
    return items + _cells(row, grid, top, "cell", lead, style)


def _cells(row: _Row, grid: _Grid, top: float, name: str, lead: float, style: Style) -> list[Item]:
    pad_x, leading = style.table["pad_x"], style.text[name].leading
    items: list[Item] = []
    for index, (lines, left) in enumerate(zip(row.cells, grid.lefts, strict=True)):
        x = left + pad_x + (lead if index == 0 else 0.0)
        y = top + style.table["pad_y"]
        for line in lines:
            if line:
                items.append(text(round(x, 1), y, line, name, style, style.colour["ink"]))
            y += leading
    return items
