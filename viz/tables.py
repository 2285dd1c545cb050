"""Answers as a table for people, or as csv, json or xlsx for other programs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.errors import StoreFailed, UserError

FORMATS = ("table", "csv", "json", "xlsx")
DEFAULT_WIDTH = 120
# longer items of a list stand on lines of their own
LONG_ITEM = 24


def format_for(chosen: str | None, output: Path | None) -> str:
    """The format that was asked for, or that the file's name says; a table otherwise.

    Raises UserError for a file name that says no format.
    """
    if chosen:
        return chosen
    if output is None or str(output) == "-":
        return "table"
    ending = output.suffix.lstrip(".").lower()
    if ending in ("txt", ""):
        return "table"
    if ending not in FORMATS:
        raise UserError(
            f"{output.name}: .{ending} is not a format for tables",
            f"use .csv, .json, .xlsx or --format {FORMATS}",
        )
    return ending


def emit(
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    format: str = "table",
    output: Path | None = None,
    labels: Mapping[str, str] | None = None,
    title: str = "",
    note: str = "",
    whole: Collection[str] = (),
) -> None:
    """Write rows to standard output or to a file.

    `labels` are headings for people (table and xlsx); csv and json keep the columns' own names.
    In a table the columns `whole` are never broken into lines: what is copied from there.
    Raises UserError where the file cannot be written or the format needs one.
    """
    headings = [(labels or {}).get(column, column) for column in columns]
    if format == "xlsx":
        content: bytes = _xlsx(headings, rows, title)
        if output is None or (str(output) == "-" and sys.stdout.isatty()):
            raise UserError("xlsx is a file format", "name the file with -o FILE.xlsx")
    elif format == "csv":
        content = _csv(columns, rows, for_excel=output is not None and str(output) != "-")
    elif format == "json":
        content = _json(columns, rows)
    else:
        unbroken = [column in whole for column in columns]
        content = _table(headings, rows, title, note, unbroken, to_screen=output is None).encode()
    write_bytes(content, output)


def write_bytes(content: bytes, output: Path | None) -> None:
    """Write to a file (through a neighbour that replaces it when complete) or to standard output."""
    if output is None or str(output) == "-":
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            # the reader (head, less) has seen enough; keep the interpreter from complaining at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(output)
    except FileNotFoundError as error:
        raise UserError(f"there is no folder {output.parent}", "make it first, or write elsewhere") from error
    except PermissionError as error:
        raise UserError(
            f"{output} cannot be written", "is it open in another program, or write-protected?"
        ) from error
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreFailed(f"{output} could not be written: {error.strerror}", "is the disk full?") from error


def shown(value: Any) -> str:
    """A value as a person reads it: dates day first, lists with semicolons, decimals with a comma."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.4g}".replace(".", ",")
    if isinstance(value, list | tuple):
        return "; ".join(shown(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {shown(item)}" for key, item in value.items() if item is not None)
    properties = getattr(value, "properties", None)
    if isinstance(properties, dict):
        name = next((properties[k] for k in ("name", "title", "text", "number") if properties.get(k)), "")
        kind = "/".join(getattr(value, "labels", ())) or getattr(value, "type", "")
        return f"{kind}: {name or properties.get('id', '')}"
    return str(value)


def _table(
    headings: Sequence[str],
    rows: Sequence[Sequence[Any]],
    title: str,
    note: str,
    unbroken: Sequence[bool],
    *,
    to_screen: bool,
) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    for i, heading in enumerate(headings):
        numeric = all(isinstance(row[i], int | float) or row[i] is None for row in rows) and bool(rows)
        days = all(isinstance(row[i], dt.date) or row[i] is None for row in rows)
        table.add_column(
            Text(heading),
            justify="right" if numeric else "left",
            overflow="fold",
            min_width=10 if days else None,
            no_wrap=unbroken[i],
        )
    for row in rows:
        table.add_row(*(Text(_in_cell(value)) for value in row))
    text = io.StringIO()
    tty = to_screen and sys.stdout.isatty()
    width = None if tty else int(os.environ.get("COLUMNS", DEFAULT_WIDTH))
    console = Console(file=text, width=width or screen_width(), force_terminal=tty, highlight=False)
    if title:
        console.print(Text(title, style="bold"))
    console.print(table)
    if note:
        console.print(Text(note))
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"


def _in_cell(value: Any) -> str:
    """As `shown`, with the items of a list of longer texts on lines of their own."""
    if isinstance(value, list | tuple) and any(len(shown(item)) > LONG_ITEM for item in value):
        return "\n".join(shown(item) for item in value)
    return shown(value)


def screen_width() -> int:
    """Columns of the terminal; of COLUMNS, or the default, where there is none."""
    import shutil

    return shutil.get_terminal_size((DEFAULT_WIDTH, 40)).columns


def _plain(value: Any) -> Any:
    """Numbers and texts as they are, dates as ISO, everything else as text or nested lists."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    properties = getattr(value, "properties", None)
    if isinstance(properties, dict):
        kind: Any = getattr(value, "labels", None) or getattr(value, "type", "")
        return {"kind": _plain(kind), **_plain(properties)}
    return value


def _json(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    objects = [dict(zip(columns, (_plain(value) for value in row), strict=True)) for row in rows]
    return (json.dumps(objects, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, for_excel: bool) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n" if for_excel else "\n")
    writer.writerow(columns)
    for row in rows:
        cells = [_cell(value) for value in row]
        writer.writerow([_harmless(cell) for cell in cells] if for_excel else cells)
    # Excel takes a file without the mark for the system's old code page
    return text.getvalue().encode("utf-8-sig" if for_excel else "utf-8")


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet program would run as a formula, made plain text by an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _cell(value: Any) -> Any:
    plain = _plain(value)
    if isinstance(plain, list):
        return "; ".join(str(item) for item in plain)
    if isinstance(plain, dict):
        return json.dumps(plain, ensure_ascii=False)
    return "" if plain is None else plain


def _xlsx(headings: Sequence[str], rows: Sequence[Sequence[Any]], title: str) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet("bomay")
        head = book.add_format({"bold": True, "bg_color": "#DDE7F3", "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 0)
        if title:
            sheet.set_header(f"&L{title.replace('&', '&&')}")
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, head)
            longest = max((len(str(_cell(row[column]))) for row in rows[:500]), default=0)
            sheet.set_column(column, column, min(60, max(len(heading), longest) + 2))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, column, dt.datetime.combine(value, dt.time()), day)
                elif isinstance(value, bool) or not isinstance(value, int | float):
                    sheet.write_string(number, column, str(_cell(value))[:32_000], plain)
                else:
                    sheet.write_number(number, column, value, plain)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    return buffer.getvalue()
