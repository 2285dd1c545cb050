"""A database folder that another process has open: who that is, and how to join it if it serves.

owner.json says which process holds the folder's lock. A process that serves (`bomay serve`) also
writes its port there; another process of the same user then connects to that port with the
passwords of access.json instead of starting an engine of its own.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from graph.errors import BomayError, QueryError, StoreError, StoreFailed, StoreInUse
from graph.store.base import Account, Parameters, Result, Store, Transaction
from graph.store.errors import translated

DATABASE = "bomay"
WRITER, READER = "root", "reader"
LOOPBACK = "127.0.0.1"
# Two transactions that touch the same record collide, and the engine refuses the later one: it is
# run again soon. A server that is gone is waited for no longer than this.
RETRY: dict[str, Any] = {"max_transaction_retry_time": 10.0, "initial_retry_delay": 0.1}
# the first bytes of every Bolt connection: what it is, and four versions to choose from
_HANDSHAKE = bytes.fromhex("6060b017 00040405 00000404 00000004 00000003")
_POLL_SECONDS = 0.005
_ENDING_SECONDS = 5.0
_GATE_SECONDS = 60.0
_READ_TRIES = 3
T = TypeVar("T")

# the driver tells of every attempt that it makes again; without a handler that goes to the screen
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Owner:
    """The process that has a folder open; `port` is where it answers if it is `shared`."""

    pid: int
    purpose: str
    since: str
    port: int | None = None
    shared: bool = False

    def __str__(self) -> str:
        return f"process {self.pid} ({self.purpose or 'bomay'}, since {self.since})"

    @property
    def address(self) -> str:
        """The Bolt address of a process that serves."""
        return f"bolt://{LOOPBACK}:{self.port}"


def write_owner(folder: Path, owner: Owner) -> None:
    """Say who has the folder; another process sees the old file or the new one, never a part."""
    part = folder / "owner.json.part"
    part.write_text(json.dumps(asdict(owner)), encoding="utf-8")
    part.replace(folder / "owner.json")


def read_owner(folder: Path) -> Owner | None:
    """Who says to have the folder; None where nobody does or the file is damaged.

    It proves nothing: a process that was killed leaves the file behind. The lock is the proof.
    """
    try:
        return Owner(**read_json(folder / "owner.json"))
    except (StoreFailed, TypeError):
        return None


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file of the folder; raises StoreFailed where it cannot be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreFailed(f"{path.parent.name}/{path.name} cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise StoreFailed(f"{path.parent.name}/{path.name} is damaged")
    return content


def join(folder: Path, time_limit: float | None) -> Store | None:
    """Connect to the process that serves the folder; None where none does (or not yet)."""
    owner = read_owner(folder)
    if owner is None or not owner.shared or owner.port is None or not _alive(owner.pid):
        return None
    if not answers(owner.port, 1.0):
        return None
    store = JoinedStore(folder, owner, read_json(folder / "access.json"), time_limit)
    try:
        # another program may have got the port: it does not know the password
        store.read("RETURN 1")
    except StoreError:
        store.close()
        return None
    return store


def answers(port: int, seconds: float = 5.0) -> bool:
    """Whether something on this machine speaks Bolt on the port."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=seconds) as connection:
            connection.sendall(_HANDSHAKE)
            return len(connection.recv(4)) == 4
    except OSError:
        return False


def _alive(pid: int) -> bool:
    if os.name == "nt":
        return True  # a signal would end the process there; the lock and the port are proof enough
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def accounts(address: str, access: Mapping[str, str]) -> tuple[Account, Account]:
    """The reading and the writing account of a folder's engine."""
    reader, writer = (Account(address, user, access[user], DATABASE) for user in (READER, WRITER))
    return reader, writer


class JoinedStore(Store):
    """A store whose engine runs in another process. Closing it leaves that process alone."""

    def __init__(self, folder: Path, owner: Owner, access: Mapping[str, str], time_limit: float | None) -> None:
        from neo4j import GraphDatabase

        super().__init__(
            str(folder),
            writer=GraphDatabase.driver(owner.address, auth=(WRITER, access[WRITER]), **RETRY),
            reader=GraphDatabase.driver(owner.address, auth=(READER, access[READER]), **RETRY),
            database=DATABASE,
            embedded=True,
            accounts=accounts(owner.address, access),
            time_limit=time_limit,
        )
        self._folder = folder
        self._owner = owner
        self._gate = Gate(folder)

    def read(self, cypher: str, parameters: Parameters | None = None) -> Result:
        """As of any store. What takes longer than the time limit is ended in the server as well."""
        if not self._time_limit:
            return super().read(cypher, parameters)
        mark = f"// bomay {os.getpid()} {threading.get_ident()}"
        try:
            return super().read(f"{cypher}\n{mark}", parameters)
        except StoreFailed:
            if self._abandoned:
                self._terminate(mark, self._abandoned)
            raise
        except QueryError as error:
            if mark not in error.message:
                raise
            # what is wrong is at the end of the query: say so about the query as it was written
            return super().read(cypher, parameters)

    def stream(self, cypher: str, parameters: Parameters | None = None) -> Iterator[list[Any]]:
        """As of any store. It may see a part of what is committed while it runs."""
        with self._lost():
            yield from super().stream(cypher, parameters)

    def execute(self, work: Callable[[Transaction], T]) -> T:
        """As of any store; the commit is seen whole or not at all by the reads of other bomay processes."""
        commit = self._gate.commit()

        def gated(transaction: Transaction) -> T:
            commit.end()  # of an attempt that the engine refused
            result = work(transaction)
            commit.begin()
            return result

        with self._lost():
            try:
                return super().execute(gated)
            finally:
                commit.end()

    def define(self, statement: str) -> None:
        """As of any store."""
        with self._lost():
            super().define(statement)

    def define_text_index(self, name: str, label: str, property: str) -> None:
        """Only the process that has the engine can make one; raises StoreInUse where it is missing."""
        found = self.read("SHOW INDEXES YIELD name RETURN name").column("name")
        if name not in found:
            raise StoreInUse(
                f"the full-text index {name} is missing, and only {self._owner} could make it",
                "stop that process, then run the command again",
            )

    def _read(self, cypher: str, parameters: Parameters | None) -> Result:
        def read() -> Result:
            return super(JoinedStore, self)._read(cypher, parameters)

        with self._lost():
            try:
                return self._gate.read(read)
            except StoreError as error:
                # a connection of before the server was started anew: the next one is of now
                if type(error) is not StoreError or not self._answers():
                    raise
                return self._gate.read(read)

    def _terminate(self, mark: str, waiting: threading.Thread) -> None:
        """End the queries that carry the mark: the engine does not by itself when nobody waits for them.

        On a busy machine the query may not even have reached the engine yet, so it is looked for until
        the thread that waits for its answer has got one.
        """
        deadline = time.monotonic() + _ENDING_SECONDS
        with suppress(BomayError), translated(""), self._session(self._writer) as session:
            while waiting.is_alive() and time.monotonic() < deadline:
                for row in session.run("SHOW TRANSACTIONS").data():
                    if str(row["currentQuery"]).endswith(mark):
                        session.run(f"TERMINATE TRANSACTIONS '{row['transactionId']}'").consume()
                waiting.join(0.05)

    def _answers(self) -> bool:
        return self._owner.port is not None and answers(self._owner.port)

    @contextmanager
    def _lost(self) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            if isinstance(error, StoreInUse) or self._answers():
                raise
            raise StoreError(
                f"{self._owner}, which served the database {self._folder.name}, has stopped",
                "run the command again: what was committed is safe, and it opens the folder itself if nobody serves it",
            ) from error


class Gate:
    """Makes a commit visible to reads as one step, between processes on one folder.

    The engine makes the pages of a commit visible one after the other, so that a read of many
    records can see some of them before and some after (measured: two reads in a thousand beside a
    writer of 600 records). A counter in the folder is odd while a commit goes on; a read during which
    it moved is made again, and after a few of those once more with commits held back.
    """

    def __init__(self, folder: Path) -> None:
        self._counter = folder / "commits"
        self._lock = folder / "commits.lock"

    def read(self, work: Callable[[], T]) -> T:
        """The result of the work, with no commit during it."""
        for _ in range(_READ_TRIES):
            before = self._settled()
            try:
                result = work()
            except BomayError:
                if self.count() == before:
                    raise
                continue
            if self.count() == before:
                return result
        with self.held():
            return work()

    def commit(self) -> Commit:
        """A commit to begin and to end."""
        return Commit(self)

    def count(self) -> int:
        """The counter; 0 where nothing was committed through a gate yet."""
        try:
            return int(self._counter.read_bytes() or b"0")
        except FileNotFoundError:
            return 0

    def step(self, count: int) -> None:
        """Set the counter. Its digits are of one width, so that it is overwritten in one go."""
        descriptor = os.open(self._counter, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, b"%020d" % count)
        finally:
            os.close(descriptor)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Commits wait; raises StoreInUse where another process holds them back for too long."""
        from filelock import FileLock, Timeout

        lock = FileLock(self._lock)
        try:
            lock.acquire(timeout=_GATE_SECONDS, poll_interval=_POLL_SECONDS)
        except Timeout:
            raise StoreInUse(
                "another process has held back all commits for a minute", "wait until it is done, or stop it"
            ) from None
        try:
            yield
        finally:
            lock.release()

    def _settled(self) -> int:
        """The counter when no commit goes on; one whose process was killed is taken as ended."""
        count = self.count()
        if count % 2 == 0:
            return count
        with self.held():
            count = self.count()
            if count % 2:
                count += 1
                self.step(count)
            return count


class Commit:
    """One commit through a gate; `end` can be called at any time."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._held: Any = None

    def begin(self) -> None:
        """Wait for other commits, and say that this one goes on."""
        held = self._gate.held()
        held.__enter__()
        self._held = held
        self._gate.step((self._gate.count() + 1) | 1)

    def end(self) -> None:
        """The commit is made, or given up."""
        if self._held is not None:
            held, self._held = self._held, None
            try:
                self._gate.step(self._gate.count() + 1)
            finally:
                held.__exit__(None, None, None)
