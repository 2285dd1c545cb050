"""A file of proposed facts as `bomay read` writes it: its rows with where they come from and what they refer to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from graph.errors import UserError
from graph.text import key
from loaders.headers import sheets
from loaders.read import read_tables

Row = dict[str, Any]
Span = tuple[int, int]
# what a reference may be written as, beside the id
_NAMES = ("name", "number")
_EVIDENCE = ("document", "at", "basis", "quote")


@dataclass(frozen=True)
class Proposal:
    """A row that is proposed; `key` is its address in the file, units[0] the first of the units."""

    key: str
    sheet: str
    row: Row = field(hash=False)

    @property
    def id(self) -> str:
        """The row's own id; empty where it has none."""
        return str(self.row.get("id") or "")

    @property
    def label(self) -> str:
        """The label of the node that the row makes, or the type of the relationship."""
        return sheets()[self.sheet].makes

    @property
    def confidence(self) -> float | None:
        """0 to 1, as the reader gave it."""
        try:
            return float(self.row["#confidence"])
        except (KeyError, TypeError, ValueError):
            return None

    @property
    def quote(self) -> str:
        """The words of the source."""
        return str(self.row.get("quote") or self.row.get("#quote") or "")

    @property
    def spans(self) -> list[Span]:
        """Half-open spans of the source's characters; the first is the quote's, the others say the same."""
        written = [self.row.get("#span"), *_listed(self.row.get("#also"))]
        return [span for text in written if (span := _span(text)) is not None]

    @property
    def facts(self) -> Row:
        """The columns that are loaded, without those of the evidence."""
        return {name: value for name, value in self.row.items() if not name.startswith("#") and name not in _EVIDENCE}

    def references(self) -> list[tuple[str, str]]:
        """(column, what it refers to) for each reference of the row."""
        columns = sheets()[self.sheet].columns
        named = [name for name in self.row if name in columns and columns[name].type in ("ref", "refs")]
        return [(name, str(text)) for name in named for text in _listed(self.row[name])]


class Proposals:
    """All rows of a file, in its order.

    Raises:
        InputErrors: the file cannot be read.
        UserError: it has no sheet of facts.
    """

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.rest: dict[str, list[Row]] = {}  # sheets that hold no facts: #unread
        self.all: list[Proposal] = []
        for table in read_tables(path):
            found = [
                {name: _value(value) for name, value in zip(table.header, row.cells, strict=False) if value is not None}
                for row in table.rows
            ]
            if table.name in sheets():
                self.all += [Proposal(f"{table.name}[{n}]", table.name, row) for n, row in enumerate(found)]
            else:
                self.rest[table.name] = found
        if not self.all:
            raise UserError(f"{path.name}: no proposed facts in it", "`bomay read FILE… -o facts.yaml` writes them")
        self.digest = hashlib.sha256(path.read_bytes()).hexdigest()
        self.by_key = {proposal.key: proposal for proposal in self.all}
        self._sheets: dict[str, list[Proposal]] = {}
        self._named: dict[str, list[Proposal]] = {}
        for proposal in self.all:
            self._sheets.setdefault(proposal.sheet, []).append(proposal)
            for text in names_of(proposal):
                self._named.setdefault(text, []).append(proposal)

    def sheet(self, name: str) -> list[Proposal]:
        """The rows of a sheet."""
        return self._sheets.get(name, [])

    def meant(self, sheet: str, column: str, text: str) -> Proposal | None:
        """The row that a reference of a column means; None where it is of the graph."""
        described = sheets()[sheet].columns.get(column)
        found = [p for p in self._named.get(text, []) if described is not None and p.label in described.to]
        return next((p for p in found if p.id == text), found[0] if found else None)

    def shown(self, proposal: Proposal, column: str, text: str) -> str:
        """The name of what a reference means; the reference itself where it is not in the file."""
        found = self.meant(proposal.sheet, column, text)
        return name_of(found) if found is not None else text


def names_of(proposal: Proposal) -> list[str]:
    """All that refers to the row."""
    return [str(proposal.row[name]) for name in ("id", *_NAMES) if proposal.row.get(name)]


def name_of(proposal: Proposal) -> str:
    """What a person calls the row's fact, from the row alone."""
    row = proposal.row
    told = (row.get(name) for name in ("name", "number", "title", "text", "as_written", "id"))
    return str(next((text for text in told if text), proposal.key))


def name_key(proposal: Proposal) -> str:
    """The folded name."""
    return key(name_of(proposal))


def _value(value: object) -> object:
    if isinstance(value, list):
        return [_value(each) for each in value]
    if isinstance(value, Decimal):
        return float(value)
    return value


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [] if value in (None, "") else [value]


def _span(text: object) -> Span | None:
    start, dash, end = str(text or "").partition("-")
    if not (dash and start.isdigit() and end.isdigit() and int(start) < int(end)):
        return None
    return int(start), int(end)
