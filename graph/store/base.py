"""The small protocol that every store has: read, stream, write, execute, define, close."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from graph.errors import StoreFailed
from graph.store.errors import translated

if TYPE_CHECKING:
    from neo4j import Driver, Session

Parameters = Mapping[str, Any]
T = TypeVar("T")
FETCH_SIZE = 2_000
# a new index over millions of names is filled within this time
INDEX_SECONDS = 3_600


@dataclass(frozen=True)
class GraphNode:
    """A node as a query returns it."""

    labels: tuple[str, ...]
    properties: dict[str, Any]


@dataclass(frozen=True)
class GraphRelationship:
    """A relationship as a query returns it."""

    type: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class Result:
    """The rows of an answer; values are plain Python (dates are datetime.date)."""

    columns: list[str]
    rows: list[list[Any]]
    counters: dict[str, int] = field(default_factory=dict)

    def dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> list[Any]:
        """One column as a list."""
        if not self.rows:
            # the embedded engine names no columns where there are no rows
            return []
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def value(self) -> Any:
        """The single value of a single row; None where there is no row."""
        return self.rows[0][0] if self.rows else None


@dataclass(frozen=True)
class Account:
    """Where another driver would connect, and as whom. Not to be shown or logged."""

    url: str
    user: str
    password: str = field(repr=False)
    database: str | None


class Transaction:
    """Statements that are kept together or not at all."""

    seen_whole = False  # set where other readers must not see a part of it, however shortly

    def __init__(self, run: Callable[[str, dict[str, Any]], Any]) -> None:
        self._run = run

    def run(self, cypher: str, parameters: Parameters | None = None) -> Result:
        """Run one statement inside the transaction."""
        return _collect(self._run(cypher, dict(parameters or {})))


class Store:
    """An open store. Reads go through an account or session that cannot write."""

    def __init__(
        self,
        url: str,
        *,
        writer: Driver,
        reader: Driver,
        database: str | None,
        embedded: bool,
        accounts: tuple[Account, Account],
        time_limit: float | None = None,
        text_index: Callable[[str, str, str], None] | None = None,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        from neo4j import GraphDatabase

        self.url = url
        self.embedded = embedded
        self._accounts = accounts  # the one that reads, the one that writes
        self._time_limit = time_limit
        self._writer = writer
        self._reader = reader
        self._database = database
        self._text_index = text_index  # where the engine makes full-text indexes in a way of its own
        self._on_close = on_close
        self._closed = False
        # writers of this process take turns where the engine would let them collide at their commit
        self._turn: AbstractContextManager[Any] = threading.RLock() if embedded else nullcontext()
        self._abandoned: threading.Thread | None = None  # the read that took longer than its time limit
        # on a cluster a read goes to any member: the bookmarks make it see what was written before
        self._bookmarks = None if embedded else GraphDatabase.bookmark_manager()

    def account(self, *, writable: bool = False) -> Account:
        """For a driver of another kind (py2neo): the account that reads, or the one that writes."""
        return self._accounts[writable]

    def read(self, cypher: str, parameters: Parameters | None = None) -> Result:
        """Run one statement that cannot change anything, and return all its rows.

        Raises QueryError where the statement is wrong or tries to write, StoreFailed where it
        takes longer than the time limit.
        """
        if self.embedded and self._time_limit:
            return self._within_limit(lambda: self._read(cypher, parameters), self._time_limit)
        return self._read(cypher, parameters)

    def ask(self, cypher: str, parameters: Parameters | None = None) -> Result:
        """As `read`, for Cypher that a person typed: what reaches outside the graph is refused too.

        On the embedded store its read-only account does that; a Neo4j server is asked for its plan.
        """
        if not self.embedded:
            from graph.store.guard import refuse_what_does_not_read

            with translated(cypher), self._session(self._reader, read_only=True) as session:
                summary = session.run(f"EXPLAIN {cypher}", dict(parameters or {})).consume()
            refuse_what_does_not_read(summary.query_type, summary.plan)
        return self.read(cypher, parameters)

    def stream(self, cypher: str, parameters: Parameters | None = None) -> Iterator[list[Any]]:
        """The rows of a reading statement one by one, never all in memory."""
        with translated(cypher), self._session(self._reader, read_only=True) as session:
            for record in session.run(cypher, dict(parameters or {})):
                yield [_plain(value) for value in record.values()]

    def write(self, cypher: str, parameters: Parameters | None = None) -> Result:
        """Run one statement in a transaction of its own."""
        return self.execute(lambda transaction: transaction.run(cypher, parameters))

    def execute(self, work: Callable[[Transaction], T]) -> T:
        """Run the work in one transaction: committed at its end, or rolled back if it raises.

        It is run again where the store asks for that (a deadlock, a change of leader), so it must
        not change anything else.
        """
        with self._turn, translated(""), self._session(self._writer) as session:
            return session.execute_write(lambda transaction: work(Transaction(transaction.run)))

    def define(self, statement: str) -> None:
        """Run a schema statement (constraint, index), which takes no transaction."""
        with translated(statement), self._session(self._writer) as session:
            session.run(statement).consume()

    def define_text_index(self, name: str, label: str, property: str) -> None:
        """Create the full-text index on a list of texts where it is missing, and wait until it answers.

        Neo4j and the embedded engine then both answer `CALL db.index.fulltext.queryNodes(name, words)`.
        """
        if self._text_index:
            self._text_index(name, label, property)
            return
        self.define(f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON EACH [n.{property}]")
        self.define(f"CALL db.awaitIndex('{name}', {INDEX_SECONDS})")

    def close(self) -> None:
        """Close the connections, and the engine where it runs in this process; can be called twice."""
        if self._closed:
            return
        self._closed = True
        if self._abandoned and self._abandoned.is_alive():
            # the engine would wait for its last reader; what was committed is safe in its log
            return
        self._reader.close()
        if self._writer is not self._reader:
            self._writer.close()
        self._on_close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _session(self, driver: Driver, *, read_only: bool = False) -> Session:
        from neo4j import READ_ACCESS, WRITE_ACCESS

        return driver.session(
            database=self._database,
            default_access_mode=READ_ACCESS if read_only else WRITE_ACCESS,
            bookmark_manager=self._bookmarks,
            fetch_size=FETCH_SIZE,
        )

    def _read(self, cypher: str, parameters: Parameters | None) -> Result:
        from neo4j import Query

        with translated(cypher), self._session(self._reader, read_only=True) as session:
            query = Query(cypher, timeout=self._time_limit)
            return _collect(session.run(query, dict(parameters or {})))

    def _within_limit(self, work: Callable[[], Result], seconds: float) -> Result:
        """Wait for the work so long and no longer: the embedded engine does not heed a driver's limit.

        What goes on in the engine after that is only reading; it ends with the process.
        """
        outcome: list[Result | BaseException] = []

        def run() -> None:
            try:
                outcome.append(work())
            except BaseException as error:
                outcome.append(error)

        worker = threading.Thread(target=run, daemon=True)
        worker.start()
        worker.join(seconds)
        if not outcome:
            self._abandoned = worker
            raise StoreFailed(
                f"no answer within {seconds:g} seconds", "narrow the query, or allow more time with --timeout"
            )
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        return outcome[0]


def _collect(answer: Any) -> Result:
    columns: Sequence[str] = answer.keys()
    rows = [[_plain(value) for value in record.values()] for record in answer]
    summary = answer.consume()
    counters = {
        name: amount
        for name, amount in vars(summary.counters).items()
        if isinstance(amount, int) and not isinstance(amount, bool) and amount
    }
    return Result(list(columns), rows, counters)


_SCALARS = frozenset((type(None), str, int, float, bool))


def _plain(value: Any) -> Any:
    """The driver's temporal and graph values as plain Python, all others as they are."""
    if type(value) in _SCALARS:
        return value
    if isinstance(value, list):
        # most of what comes are lists of these: not a call for each
        return [item if type(item) in _SCALARS else _plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if hasattr(value, "to_native"):
        native = value.to_native()
        return native if isinstance(native, dt.date | dt.time | dt.timedelta) else value.iso_format()
    if hasattr(value, "labels"):
        return GraphNode(tuple(sorted(value.labels)), {k: _plain(v) for k, v in value.items()})
    if hasattr(value, "relationships"):
        return [_plain(part) for part in _path_parts(value)]
    if hasattr(value, "type"):
        return GraphRelationship(value.type, {k: _plain(v) for k, v in value.items()})
    if hasattr(value, "iso_format"):
        return value.iso_format()
    return value


def _path_parts(path: Any) -> Iterator[Any]:
    yield path.nodes[0]
    for relationship, node in zip(path.relationships, path.nodes[1:], strict=True):
        yield relationship
        yield node
