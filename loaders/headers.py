"""The sheets and columns that a user fills in (sheets.yaml), and finding them in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice

from graph.errors import Problem
from graph.packaged import packaged_yaml
from graph.text import fold, nearest, search_key
from loaders.tables import Row, Table

# Title lines may stand above the header
HEADER_SEARCH_ROWS = 10
# Sheets of the template that hold no facts
GUIDE_SHEETS = ("Hướng dẫn", "Danh mục", "Guide", "Lists")
# A plan is tried and adopted by `bomay plan`, not loaded
PLAN_SHEETS = ("Kế hoạch", "Plan")


@dataclass(frozen=True)
class Column:
    """One column of a sheet. `type` is a column type of sheets.yaml; `default` is text as a user types it."""

    key: str
    type: str
    vi: str
    en: str
    required: bool = False
    vocabulary: str = ""
    default: str = ""
    to: tuple[str, ...] = ()
    doc: str = ""

    def label(self, lang: str) -> str:
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True)
class Sheet:
    """One sheet: its English key, its names, what its rows make, and its columns in their order."""

    key: str
    vi: str
    makes: str
    columns: dict[str, Column]
    en: str = ""
    doc: str = ""

    def label(self, lang: str) -> str:
        return self.vi if lang == "vi" else self.en or self.key


@dataclass
class Layout:
    """Where the columns of a sheet are in a table: their keys by position, and the rows of facts.

    `rows` can be gone through once. `untitled` are the columns without a header.
    """

    sheet: Sheet
    columns: dict[int, Column]
    rows: Iterator[Row]
    header_row: int = 0
    untitled: list[int] = field(default_factory=list)


@dataclass
class Found:
    """What was found of a table: its layout (None: not to be read), what is wrong, what to say."""

    layout: Layout | None = None
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@lru_cache(maxsize=1)
def sheets() -> dict[str, Sheet]:
    """All sheets of sheets.yaml by their English key, the common columns added to each."""
    raw = packaged_yaml("loaders", "sheets.yaml")
    common = raw["common"]
    found: dict[str, Sheet] = {}
    for key, entry in raw["sheets"].items():
        columns = dict(entry["columns"])
        added = [*(("valid_from", "valid_to") if entry.get("validity") else ())]
        added += ["document", "at", "basis", "quote"] if entry.get("evidence") else []
        for name in (*added, "note"):
            columns.setdefault(name, common[name])
        found[key] = Sheet(
            key=key,
            vi=entry["vi"],
            en=entry.get("en", ""),
            doc=entry.get("doc", ""),
            makes=entry["makes"],
            columns={
                name: Column(key=name, **{**c, "to": tuple(c.get("to", ()))}) for name, c in columns.items()
            },
        )
    return found


def find_layout(table: Table) -> Found:
    """The sheet that the table is, and its columns. Hidden sheets, the guide and sheets called #… are passed over."""
    found = Found()
    name = _sheet_key(table.name)
    if name in _guide_keys() or table.name.startswith("#"):
        return found
    if table.form == "workbook" and name in {_sheet_key(each) for each in PLAN_SHEETS}:
        found.notices.append(f"{table.file}: the sheet {table.name!r} is a plan and was not loaded: bomay plan check")
        return found
    following = (row for row in table.rows if any(_text(v) for v in row.cells))
    filled = list(islice(following, HEADER_SEARCH_ROWS + 1))  # one more: is there a row after the header?
    if table.hidden:
        if filled:
            found.notices.append(f"{table.file}: the hidden sheet {table.name!r} was not read")
        return found
    sheet = _by_name().get(name)
    if sheet is None:
        if not filled and not table.header:
            return found
        sheet = _by_headers(table, filled)
        if sheet is None:
            found.problems.append(_unknown_sheet(table))
            return found
        found.notices.append(
            f"{table.file}: the sheet {table.name!r} was read as {sheet.vi!r}, by its columns"
        )
    if table.form == "structured":
        header, first, header_row = table.header, filled, 0
    else:
        if not filled:
            return found
        position = _header_position(sheet, filled)
        if position is None:
            found.problems.append(_no_header(table, sheet))
            return found
        header_row = filled[position].number
        header = [_text(v) for v in filled[position].cells]
        first = filled[position + 1 :]
        table.header = header
    found.layout = Layout(sheet, {}, chain(first, following), header_row)
    _match_columns(table, found, found.layout, header, filled=bool(first))
    return found


def _match_columns(table: Table, found: Found, layout: Layout, header: list[str], *, filled: bool) -> None:
    known = _column_keys(layout.sheet)
    seen: dict[str, int] = {}
    for index, title in enumerate(header):
        if title.startswith("#"):
            continue
        if not title:
            layout.untitled.append(index)
            continue
        column = known.get(_header_key(title))
        where = _header_address(table, layout, index)
        if column is None:
            near = nearest(title, [c.vi for c in layout.sheet.columns.values()])
            remedy = f"Nearest: {'; '.join(near)}. " if near else ""
            remedy += f"All columns: {'; '.join(c.vi for c in layout.sheet.columns.values())}. "
            remedy += 'Put "#" before the header of a column that is not to be read.'
            found.problems.append(Problem(table.file, table.name, where, "unknown column", title, remedy))
        elif column.key in seen:
            first = _header_address(table, layout, seen[column.key])
            found.problems.append(
                Problem(
                    table.file,
                    table.name,
                    where,
                    f"the column {column.vi!r} is there twice, first in {first}",
                    title,
                    'Keep one, or put "#" before the other header.',
                )
            )
        else:
            seen[column.key] = index
            layout.columns[index] = column
    if not filled:
        return
    missing = [c for c in layout.sheet.columns.values() if c.required and c.key not in seen]
    for column in missing:
        cell = f"row {layout.header_row}" if layout.header_row else ""
        found.problems.append(
            Problem(
                table.file,
                table.name,
                cell,
                f"the required column {column.vi!r} ({column.key}) is missing",
                remedy=f"Add a column with the header {column.vi!r}.",
            )
        )


def _header_address(table: Table, layout: Layout, index: int) -> str:
    if table.form == "structured":
        return table.name
    return table.address(Row(layout.header_row, []), index)


def _header_position(sheet: Sheet, filled: list[Row]) -> int | None:
    """Which of the first filled rows has the most headers of the sheet; None if none has any."""
    known = _column_keys(sheet)
    best, most = None, 0
    for position, row in enumerate(filled[:HEADER_SEARCH_ROWS]):
        titles = {known[k].key for v in row.cells if (k := _header_key(_text(v))) in known}
        if len(titles) > most:
            best, most = position, len(titles)
    return best


def _by_headers(table: Table, filled: list[Row]) -> Sheet | None:
    """The only sheet that has all the headers of the table and whose required columns are all there."""
    rows = (
        [table.header]
        if table.form == "structured"
        else [[_text(v) for v in r.cells] for r in filled[:HEADER_SEARCH_ROWS]]
    )
    fitting: list[Sheet] = []
    for titles in rows:
        keys = {_header_key(t) for t in titles if t and not t.startswith("#")}
        if len(keys) < 2:
            continue
        for sheet in sheets().values():
            known = _column_keys(sheet)
            if keys <= known.keys() and {c.key for c in sheet.columns.values() if c.required} <= {
                known[k].key for k in keys
            }:
                fitting.append(sheet)
    return fitting[0] if len(fitting) == 1 else None


def _unknown_sheet(table: Table) -> Problem:
    names = [s.vi for s in sheets().values()]
    english = {s.key: s.vi for s in sheets().values()}
    near = list(dict.fromkeys(english.get(n, n) for n in nearest(table.name, [*names, *english])))
    remedy = f"Nearest: {'; '.join(near)}. " if near else ""
    remedy += f"Sheets: {'; '.join(names)}. A sheet that is not to be read: hide it."
    return Problem(table.file, table.name, "", "unknown sheet", table.name, remedy)


def _no_header(table: Table, sheet: Sheet) -> Problem:
    required = "; ".join(c.vi for c in sheet.columns.values() if c.required)
    return Problem(
        table.file,
        table.name,
        "",
        f"no header was found in the first {HEADER_SEARCH_ROWS} rows",
        remedy=f"Write the headers in one row; required: {required}.",
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _header_key(title: str) -> str:
    """Headers are equal whatever their case, underscores, line ends and marks of being required."""
    return fold(title.replace("_", " ")).rstrip(" *:")


def _sheet_key(name: str) -> str:
    """Sheet names are equal without diacritics and without a number before them: `02_don-vi`, `Đơn vị`."""
    return search_key(re.sub(r"^[\d\s._)-]+", "", name).replace("_", " ").replace("-", " "))


@lru_cache(maxsize=1)
def _guide_keys() -> frozenset[str]:
    return frozenset(_sheet_key(name) for name in GUIDE_SHEETS)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Sheet]:
    return {_sheet_key(n): s for s in sheets().values() for n in (s.vi, s.key, s.label("en"))}


@lru_cache(maxsize=64)
def _column_keys_of(sheet_key: str) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in sheets()[sheet_key].columns.values():
        for name in (column.vi, column.en, column.key):
            found[_header_key(name)] = column
    return found


def _column_keys(sheet: Sheet) -> dict[str, Column]:
    return _column_keys_of(sheet.key)
