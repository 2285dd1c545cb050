"""Lists of plain values set aside on disk while a large load is read, checked and written."""

from __future__ import annotations

import pickle
import tempfile
import threading
from typing import Any

# where a list stands in the file: offset and length in bytes
Block = tuple[int, int]


class Spool:
    """A file without a name in the folder for temporary files (TMPDIR): it goes with the process, however that ends."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="bomay-")  # noqa: SIM115  (open as long as the spool is)
        self._end = 0
        self._lock = threading.Lock()

    def put(self, rows: list[Any]) -> Block:
        """Write the list; what it holds can be changed afterwards without harm."""
        data = pickle.dumps(rows, protocol=pickle.HIGHEST_PROTOCOL)
        with self._lock:
            self._file.seek(self._end)
            self._file.write(data)
            block = (self._end, len(data))
            self._end += len(data)
        return block

    def get(self, block: Block) -> list[Any]:
        """The list as it was put there."""
        offset, length = block
        with self._lock:
            self._file.seek(offset)
            data = self._file.read(length)
        rows: list[Any] = pickle.loads(data)  # noqa: S301  (only this process can write the file)
        return rows

    def close(self) -> None:
        """Give the disk space back."""
        self._file.close()
