"""The records of a load by sheet: in memory while they are few, on disk where they are many."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

from graph.spool import Block, Spool
from loaders.headers import Column
from loaders.parse import Record
from loaders.tables import MANY_ROWS, Row, Table

CHUNK = 1_000
# chunks that are kept in memory for those who jump between rows, as units and their parents do
KEPT = 32


class Records(Sequence[Record]):
    """The records of one sheet, in the order of the files."""

    def __init__(self, sheet: str, spool: Spool) -> None:
        self.sheet = sheet
        self._spool = spool
        self._last: list[Record] = []  # those that are not on disk
        self._blocks: list[Block] = []
        self._sources: list[tuple[Table, dict[int, Column]]] = []
        self._read: OrderedDict[int, list[Record]] = OrderedDict()

    def append(self, record: Record) -> None:
        """Add a record at the end."""
        self._last.append(record)
        if len(self._last) >= (CHUNK if self._blocks else MANY_ROWS):
            whole = len(self._last) - len(self._last) % CHUNK
            for start in range(0, whole, CHUNK):
                self._blocks.append(self._spool.put([self._packed(r) for r in self._last[start : start + CHUNK]]))
            self._last = self._last[whole:]

    def __len__(self) -> int:
        return len(self._blocks) * CHUNK + len(self._last)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Sequence[Record]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        number, place = divmod(index, CHUNK)
        if number >= len(self._blocks):
            return self._last[index - len(self._blocks) * CHUNK]
        if number not in self._read:
            self._read[number] = self._unpacked(number)
            if len(self._read) > KEPT:
                self._read.popitem(last=False)
        return self._read[number][place]

    def __iter__(self) -> Iterator[Record]:
        for number in range(len(self._blocks)):
            yield from self._unpacked(number)
        yield from self._last

    def _packed(self, record: Record) -> tuple[Any, ...]:
        if not self._sources or self._sources[-1][0] is not record.table:
            self._sources.append((record.table, record.columns))
        row = record.row
        return len(self._sources) - 1, record.values, row.number, row.cells, row.lines

    def _unpacked(self, number: int) -> list[Record]:
        found = []
        for source, values, row, cells, lines in self._spool.get(self._blocks[number]):
            table, columns = self._sources[source]
            found.append(Record(self.sheet, table.file, values, Row(row, cells, lines), table, columns))
        return found


class Sheets(Mapping[str, Records]):
    """The records of all sheets by their English key; a sheet without records is empty."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._sheets: dict[str, Records] = {}

    def keep(self, record: Record) -> None:
        """Add a record to its sheet."""
        sheet = self._sheets.get(record.sheet)
        if sheet is None:
            sheet = self._sheets[record.sheet] = Records(record.sheet, self._spool)
        sheet.append(record)

    def __getitem__(self, sheet: str) -> Records:
        return self._sheets.get(sheet) or Records(sheet, self._spool)

    def __iter__(self) -> Iterator[str]:
        return iter(self._sheets)

    def __len__(self) -> int:
        return len(self._sheets)
