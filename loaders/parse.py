"""Tables to records: every row of facts with typed values, or every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from graph.errors import Problem
from loaders.cells import CellError, Converter, Value, converter, written
from loaders.headers import Column, Layout, find_layout
from loaders.tables import Row, Table

# a row and its table are one number
_MOST_TABLES = 1 << 20


@dataclass(slots=True)
class Record:
    """One row of a sheet: its typed values by column key, without the empty ones.

    `values` has: text, id, code, ref as str; refs and list as list[str]; date as FuzzyDate; int, float,
    bool. References are not resolved yet. Defaults of sheets.yaml are filled in; `raw` has only
    what the file has.
    """

    sheet: str
    file: str
    values: dict[str, Value]
    row: Row
    table: Table
    columns: dict[int, Column]

    @property
    def at(self) -> str:
        """Sheet and row: `Đơn vị!5`, or `units[3]`."""
        return self.table.at(self.row)

    @property
    def addresses(self) -> dict[str, str]:
        """The cell of every column of the sheet that the table has, also where it is empty."""
        return {column.key: self.table.address(self.row, i) for i, column in self.columns.items()}

    @property
    def raw(self) -> dict[str, str]:
        """The original text of every filled cell."""
        cells = self.row.cells
        return {
            column.key: text
            for i, column in self.columns.items()
            if i < len(cells) and (text := written(cells[i])).strip()
        }

    def address(self, column: str) -> str:
        """The cell of one column; the row where the table has no such column."""
        for i, known in self.columns.items():
            if known.key == column:
                return self.table.address(self.row, i)
        return self.at

    def problem(self, column: str, message: str, remedy: str = "") -> Problem:
        """A problem in one of the row's cells, with what was found there."""
        cell = self.address(column)
        return Problem(self.file, self.table.name, cell, message, self.raw.get(column, ""), remedy)


@dataclass
class Parsed:
    """All records in the order of the files; all problems; what was passed over."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def parse(tables: Iterable[Table]) -> Parsed:
    """The records of all tables. Nothing is raised: problems are collected for the caller to raise."""
    parsed = Parsed()
    read_records(tables, parsed, parsed.records.append)
    return parsed


def read_records(
    tables: Iterable[Table], parsed: Parsed, keep: Callable[[Record], None], read: Callable[[], None] = lambda: None
) -> None:
    """Hand every record to `keep`, and note in `parsed` what is wrong; `read` is called after each row."""
    ids: dict[str, _Ids] = {}
    recognised = False
    for table in tables:
        found = find_layout(table)
        parsed.problems += found.problems
        parsed.notices += found.notices
        if table.encoding.startswith("Windows"):
            parsed.notices.append(f"{table.file}: read as {table.encoding}")
        if found.layout is not None:
            recognised = True
            known = ids.setdefault(found.layout.sheet.key, _Ids())
            for record in _records(table, found.layout, parsed, read):
                known.check(record, parsed.problems)
                keep(record)
    if not recognised and not parsed.problems:
        parsed.notices.append("no sheet with facts was found")


def _records(table: Table, layout: Layout, parsed: Parsed, read: Callable[[], None]) -> Iterator[Record]:
    columns = layout.columns
    problems = parsed.problems
    work: list[tuple[int, str, Converter]] = [(i, c.key, converter(c)) for i, c in columns.items()]
    required = [c.key for c in layout.sheet.columns.values() if c.required and c in columns.values()]
    defaults = [
        (c.key, value)
        for c in layout.sheet.columns.values()
        if c.default and (value := converter(c)(c.default)) is not None
    ]
    width = max(columns, default=-1) + 1
    in_percent = {
        (row, i) for row, i in table.percent if i in columns and columns[i].type in ("number", "int")
    }
    untitled: set[int] = set()
    _check_cells(table, layout, problems)
    for row in layout.rows:
        read()
        cells = row.cells
        short = len(cells) < width
        untitled.update(i for i in layout.untitled if i < len(cells) and written(cells[i]).strip())
        _check_width(table, row, problems)
        values: dict[str, Value] = {}
        failed: list[str] = []
        for i, key, convert in work:
            if short and i >= len(cells):
                continue
            cell = cells[i]
            if cell is None or cell == "":
                continue
            if in_percent and (row.number, i) in in_percent and isinstance(cell, float):
                cell = round(cell * 100, 10)
            try:
                value = convert(cell)
            except CellError as error:
                failed.append(key)
                problems.append(
                    Problem(
                        table.file,
                        table.name,
                        table.address(row, i),
                        error.message,
                        written(cell),
                        error.remedy,
                    )
                )
                continue
            if value is not None:
                values[key] = list(value) if type(value) is list else value
        if not values and not failed:
            continue
        record = Record(layout.sheet.key, table.file, values, row, table, columns)
        for key in required:
            if key not in values and key not in failed:
                title = layout.sheet.columns[key].vi
                problems.append(
                    record.problem(key, f"{title!r} is required and empty", "Fill it in, or empty the row.")
                )
        for key, default in defaults:
            values.setdefault(key, default)
        yield record
    parsed.notices += [
        f"{table.file} {table.name}: column {i + 1} has no header and was not read" for i in sorted(untitled)
    ]


def _check_cells(table: Table, layout: Layout, problems: list[Problem]) -> None:
    """Cells that the reader cannot hand out, and merged cells."""
    for (number, index), why in sorted(table.unreadable.items()):
        if index in layout.columns and number > layout.header_row:
            address = table.address(Row(number, []), index)
            problems.append(
                Problem(
                    table.file,
                    table.name,
                    address,
                    why,
                    remedy="Mend the formula, open and save the workbook in Excel, or type the value.",
                )
            )
    for (top, left), (bottom, right) in table.merged:
        below_header = bottom + 1 > layout.header_row and (top, left) != (bottom, right)
        if below_header and any(left <= i <= right for i in layout.columns):
            corners = (table.address(Row(top + 1, []), left), table.address(Row(bottom + 1, []), right))
            problems.append(
                Problem(
                    table.file,
                    table.name,
                    ":".join(corners),
                    "merged cells: only the first has the value",
                    remedy="Unmerge them and write the value into every row.",
                )
            )


def _check_width(table: Table, row: Row, problems: list[Problem]) -> None:
    """CSV rows of another width than the header."""
    width = len(table.header)
    if table.form == "csv" and len(row.cells) != width:
        problems.append(
            Problem(
                table.file,
                table.name,
                f"row {row.number}",
                f"{len(row.cells)} cells where the header has {width}",
                "; ".join(map(str, row.cells)),
                'Put a text that contains the separator or a line end in quotation marks ("…").',
            )
        )


class _Ids:
    """The ids of a sheet and where each came first: table and row, for a record each would be too much memory."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._tables: list[tuple[Table, dict[int, Column]]] = []

    def check(self, record: Record, problems: list[Problem]) -> None:
        own = record.values.get("id")
        if not isinstance(own, str):
            return
        if not self._tables or self._tables[-1][0] is not record.table:
            self._tables.append((record.table, record.columns))
        here = record.row.number * _MOST_TABLES + len(self._tables) - 1
        first = self._first.setdefault(own, here)
        if first == here:
            return
        number, place = divmod(first, _MOST_TABLES)
        table, columns = self._tables[place]
        row = Row(number, [])
        if table.form == "structured":  # its address has the line
            row = next(row for row in table.rows if row.number == number)
        other = Record(record.sheet, table.file, {}, row, table, columns).address("id")
        if table is not record.table:
            other = f"{table.file} {table.name} {other}"
        problems.append(
            record.problem("id", f"the id {own!r} is already in {other}", "Give each row its own id.")
        )
