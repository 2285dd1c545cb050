"""A store on a server whose reads see a load's commit whole or not at all.

Neo4j isolates statements as "read committed": while a commit is brought into the store, a reader
can meet changed nodes whose new neighbours are not in the indexes yet (measured: two reads in a
thousand beside two writers). So a load says before its commit that it begins, and after it that it
has ended, in a node of their own; a read is made again where commits went on beside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from graph.errors import BomayError
from graph.store.base import Parameters, Result, Store, Transaction

T = TypeVar("T")

MARK = "commits"  # id of the node
# A writer that died has not said that it ended; no commit takes longer than this.
STALE_SECONDS = 60
_PAUSES = (0.0, 0.01, 0.03, 0.1, 0.3)
# a read that takes long is not made again and again while loads go on
_PATIENCE_SECONDS = 5.0

_BEGIN = (
    "MERGE (m:Meta {id: $id}) ON CREATE SET m.begun = 0, m.ended = 0, m.since = 0 "
    "SET m.ended = CASE WHEN timestamp() - m.since > $stale THEN m.begun ELSE m.ended END "
    "SET m.begun = m.begun + 1, m.since = timestamp()"
)
_END = "MATCH (m:Meta {id: $id}) SET m.ended = CASE WHEN m.ended < m.begun THEN m.ended + 1 ELSE m.ended END"
_STATE = (
    "MATCH (m:Meta {id: $id}) RETURN m.begun AS begun, m.begun = m.ended OR timestamp() - m.since > $stale AS quiet"
)
_VALUES = {"id": MARK, "stale": STALE_SECONDS * 1000}
State = tuple[int, bool]


class ServerStore(Store):
    """A store on a Neo4j server."""

    _seen: State | None = None  # after the last read: a state that is still so has been so all the time

    def execute(self, work: Callable[[Transaction], T]) -> T:
        """As of any store; what a load commits is seen whole or not at all by other reads."""
        begun = False

        def end() -> None:
            nonlocal begun
            if begun:
                begun = False
                # where the server is gone, the mark is stale soon
                with suppress(BomayError):
                    super(ServerStore, self).execute(lambda transaction: transaction.run(_END, _VALUES))

        def marked(transaction: Transaction) -> T:
            nonlocal begun
            end()  # of an attempt that the server refused
            result = work(transaction)
            if transaction.seen_whole:
                super(ServerStore, self).execute(lambda mark: mark.run(_BEGIN, _VALUES))
                begun = True
            return result

        try:
            return super().execute(marked)
        finally:
            end()

    def _read(self, cypher: str, parameters: Parameters | None) -> Result:
        before = self._seen or self._state()
        started = time.monotonic()
        for pause in _PAUSES:
            result = super()._read(cypher, parameters)
            after = self._seen = self._state()
            if (after == before and after[1]) or time.monotonic() - started > _PATIENCE_SECONDS:
                break
            before = after
            time.sleep(pause)
        return result

    def _state(self) -> State:
        """How many commits of loads have begun, and whether all of them have ended."""
        rows = super()._read(_STATE, _VALUES).rows
        return (rows[0][0], rows[0][1]) if rows else (0, True)
