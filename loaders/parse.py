"""Tables to records: every row of facts with typed values, or every problem at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.errors import Problem
from loaders.cells import CellError, Converter, Value, converter, written
from loaders.headers import Column, Layout, find_layout
from loaders.tables import Row, Table


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
    ids: dict[tuple[str, str], Record] = {}
    recognised = False
    for table in tables:
        found = find_layout(table)
        parsed.problems += found.problems
        parsed.notices += found.notices
        if table.encoding.startswith("Windows"):
            parsed.notices.append(f"{table.file}: read as {table.encoding}")
        if found.layout is not None:
            recognised = True
            _check_shape(table, found.layout, parsed.problems)
            records = _records(table, found.layout, parsed.problems)
            _check_ids(records, ids, parsed.problems)
            parsed.records += records
    if not recognised and not parsed.problems:
        parsed.notices.append("no sheet with facts was found")
    return parsed


def _records(table: Table, layout: Layout, problems: list[Problem]) -> list[Record]:
    columns = layout.columns
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
    records: list[Record] = []
    for row in layout.rows:
        cells = row.cells
        short = len(cells) < width
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
        records.append(record)
    return records


def _check_shape(table: Table, layout: Layout, problems: list[Problem]) -> None:
    """Cells that the reader cannot hand out, merged cells, and CSV rows of another width than the header."""
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
    if table.form == "csv":
        width = len(table.header)
        for row in layout.rows:
            if len(row.cells) != width:
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


def _check_ids(records: list[Record], ids: dict[tuple[str, str], Record], problems: list[Problem]) -> None:
    for record in records:
        own = record.values.get("id")
        if not isinstance(own, str):
            continue
        first = ids.setdefault((record.sheet, own), record)
        if first is not record:
            other = first.address("id")
            if first.table is not record.table:
                other = f"{first.file} {first.table.name} {other}"
            problems.append(
                record.problem("id", f"the id {own!r} is already in {other}", "Give each row its own id.")
            )
