"""The embedded store: an ArcadeDB server over one folder, in this process or in one that serves it.

    bomay.db/
        bomay.json      format of the folder
        access.json     the passwords of the two accounts, readable by the owner only
        lock, owner.json    held while a process has the folder open, and who that is
        commits, commits.lock    how processes that share the folder keep commits whole
        config/  databases/  log/    the engine's own

The `reader` account has no right but readRecord: the engine does not enforce a session's
read access mode, but it does enforce that.
"""

from __future__ import annotations

import base64
import datetime as dt
import errno
import hashlib
import json
import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph.errors import StoreError, StoreFailed, StoreInUse, StoreVersion, UserError
from graph.store.base import Store
from graph.store.serving import (
    DATABASE,
    LOOPBACK,
    READER,
    RETRY,
    WRITER,
    Owner,
    accounts,
    answers,
    join,
    read_json,
    read_owner,
    write_owner,
)
from graph.store.text_index import make_text_index

FORMAT = 1
WAIT_SECONDS = 5.0
STOP_SECONDS = 20.0
_POLL_SECONDS = 0.05
_PART = ".part"
_PLUGIN = "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"


def open_folder(folder: Path, *, create: bool, purpose: str, time_limit: float | None = None) -> Store:
    """Start the engine on the folder and connect to it, or join the process that serves the folder.

    Raises StoreError (no database there), StoreInUse, StoreVersion, StoreFailed (cannot be
    written, damaged) and UserError (the path is something else).
    """
    folder = folder.absolute()
    with _file_errors(folder):
        if _check_folder(folder, create=create):
            _make_folder(folder)
        _check_rights(folder)
        found = _lock_or_join(folder, _owner(purpose), lambda: join(folder, time_limit))
        if isinstance(found, Store):
            return found
        return _start(folder, found, time_limit=time_limit)[0]


@dataclass
class Served:
    """A folder that this process serves, until it is stopped."""

    folder: Path
    port: int
    reader_password: str
    writer_password: str
    store: Store

    @property
    def address(self) -> str:
        """The Bolt address where the server answers."""
        return f"bolt://{LOOPBACK}:{self.port}"

    def stop(self) -> bool:
        """Stop the engine and free the folder.

        False where a query of a client did not end in time: then the engine and its lock end with
        the process. What was committed is safe.
        """
        closed = threading.Event()

        def close() -> None:
            with suppress(Exception):  # whatever the engine says against it, the process ends
                self.store.close()
                closed.set()

        stopping = threading.Thread(target=close, daemon=True)
        stopping.start()
        stopping.join(STOP_SECONDS)
        if not closed.is_set():
            (self.folder / "owner.json").unlink(missing_ok=True)
        return closed.is_set()


def serve_folder(folder: Path, *, port: int | None, purpose: str) -> Served:
    """Start the engine on the folder for other processes; `port` None takes a free one.

    Raises what open_folder raises; StoreInUse also where the folder is served already, and
    UserError where the port is taken.
    """
    from graph.store import setup

    folder = folder.absolute()
    if port is not None:
        _check_port(port)
    owner = replace(_owner(purpose), shared=True)
    with _file_errors(folder):
        _check_folder(folder, create=False)
        _check_rights(folder)
        lock = _lock_or_join(folder, owner, lambda: _refuse_second(folder))
        store, port = _start(folder, lock, port=port)
        try:
            setup.prepare(store)
            access = read_json(folder / "access.json")
            write_owner(folder, replace(owner, port=port))
        except BaseException:
            store.close()
            raise
    return Served(folder, port, access[READER], access[WRITER], store)


def _owner(purpose: str) -> Owner:
    return Owner(os.getpid(), purpose, dt.datetime.now().isoformat(timespec="seconds"))


def _start(folder: Path, lock: Any, *, port: int | None = None, time_limit: float | None = None) -> tuple[Store, int]:
    """The engine on a folder whose lock is held; the lock is released with the store, or here if it fails."""
    try:
        if not (folder / "access.json").exists():
            _write_accounts(folder)
        access = read_json(folder / "access.json")
        engine, port = _start_engine(folder, access, port)
    except BaseException:
        _release(folder, lock)
        raise

    def stop() -> None:
        try:
            engine.stop()
        finally:
            _release(folder, lock)

    from neo4j import GraphDatabase

    address = f"bolt://{LOOPBACK}:{port}"
    store = Store(
        str(folder),
        writer=GraphDatabase.driver(address, auth=(WRITER, access[WRITER]), **RETRY),
        reader=GraphDatabase.driver(address, auth=(READER, access[READER]), **RETRY),
        database=DATABASE,
        embedded=True,
        accounts=accounts(address, access),
        time_limit=time_limit,
        text_index=lambda *index: make_text_index(engine, *index),
        on_close=stop,
    )
    return store, port


def _check_folder(folder: Path, *, create: bool) -> bool:
    """Whether the database is still to be made there; refuses what is not a bomay database."""
    if folder.is_file():
        raise UserError(f"{folder.name} is a file, not a database folder", "name another place with --store")
    manifest = folder / "bomay.json"
    if manifest.is_file():
        found = read_json(manifest).get("format")
        if not isinstance(found, int) or found > FORMAT:
            raise StoreVersion(
                f"{folder.name} has folder format {found}; this bomay knows formats up to {FORMAT}",
                "install a newer bomay",
            )
        return False
    if folder.is_dir() and any(entry.suffix != _PART for entry in folder.iterdir()):
        raise UserError(
            f"{folder.name} holds other files and is not a bomay database", "name another place with --store"
        )
    if not create:
        raise StoreError(
            f"there is no database at {folder.name}",
            "make one with `bomay load FILE` or `bomay demo`, or name it with --store (or BOMAY_STORE)",
        )
    return True


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    manifest = {
        "format": FORMAT,
        "engine": "arcadedb",
        "made": dt.datetime.now().isoformat(timespec="seconds"),
    }
    # first of all files, and whole: another process may look at this moment
    part = folder / f"bomay.json.{os.getpid()}{_PART}"
    part.write_text(json.dumps(manifest), encoding="utf-8")
    part.replace(folder / "bomay.json")


def _check_rights(folder: Path) -> None:
    if not os.access(folder, os.W_OK):
        raise StoreFailed(
            f"the database folder {folder.name} cannot be written",
            "the engine needs to write its log there",
        )


def _lock_or_join(folder: Path, owner: Owner, joined: Callable[[], Store | None]) -> Any:
    """The folder's lock, or the store that `joined` gives while another process has it.

    Waits BOMAY_WAIT seconds: for a short command to end, or for a server to start. Raises StoreInUse.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "lock", thread_local=False)  # a server is stopped from another thread
    deadline = time.monotonic() + _patience()
    while True:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if store := joined():
                return store
        else:
            try:
                write_owner(folder, owner)
            except OSError:
                lock.release()
                raise
            return lock
        if time.monotonic() >= deadline:
            raise StoreInUse(
                f"the database {folder.name} is open in {read_owner(folder) or 'another process'}",
                "wait until it is done, or stop it; `bomay serve` opens a database to several processes",
            )
        time.sleep(_POLL_SECONDS)


def _patience() -> float:
    """Seconds to wait for another process: BOMAY_WAIT."""
    text = os.environ.get("BOMAY_WAIT", str(WAIT_SECONDS))
    try:
        return float(text)
    except ValueError:
        raise UserError(f"BOMAY_WAIT is {text!r}, not a number of seconds", "for example BOMAY_WAIT=30") from None


def _refuse_second(folder: Path) -> None:
    """A second server is told where the first one answers."""
    owner = read_owner(folder)
    if owner and owner.port and answers(owner.port):
        raise StoreInUse(
            f"the database {folder.name} is served already by {owner} at {owner.address}",
            "use that address, or stop it first",
        )


def _release(folder: Path, lock: Any) -> None:
    (folder / "owner.json").unlink(missing_ok=True)
    lock.release()


def _write_accounts(folder: Path) -> None:
    """Two accounts with random passwords: one that writes, one that can only read."""
    access = {WRITER: secrets.token_urlsafe(32), READER: secrets.token_urlsafe(32)}
    users = [
        {"name": WRITER, "databases": {"*": ["admin"]}, "password": _encoded(access[WRITER])},
        {"name": READER, "databases": {"*": ["reader"]}, "password": _encoded(access[READER])},
    ]
    _write_private(folder / "config" / "server-users.jsonl", "\n".join(map(json.dumps, users)) + "\n")
    everything = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
    groups = {
        "admin": _group(["updateSecurity", "updateSchema", "updateDatabaseSettings"], everything),
        "reader": _group([], ["readRecord"]),
        "*": _group([], []),
    }
    content = {"databases": {"*": {"groups": groups}}, "version": 2}
    _write_private(folder / "config" / "server-groups.json", json.dumps(content))
    # last: a folder that has it has all of them
    _write_private(folder / "access.json", json.dumps(access))


def _group(rights: list[str], on_records: list[str]) -> dict[str, Any]:
    return {
        "resultSetLimit": -1,
        "readTimeout": -1,
        "access": rights,
        "types": {"*": {"access": on_records}},
    }


def _encoded(password: str) -> str:
    """The engine's form of a stored password. Few rounds do: the password is 256 random bits."""
    rounds = 1000
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), rounds, 32)
    return f"PBKDF2WithHmacSHA256${rounds}${salt}${base64.b64encode(key).decode()}"


def _start_engine(folder: Path, access: dict[str, str], port: int | None) -> tuple[Any, int]:
    # the engine reads these when it is first imported: its log goes into the folder, not to the screen
    os.environ["ARCADEDB_LOG_CONSOLE"] = "0"
    os.environ["ARCADEDB_LOG_DIR"] = str(folder / "log")
    try:
        import arcadedb
    except (ImportError, OSError) as error:
        raise StoreFailed(
            f"the embedded engine does not run on this machine: {error}",
            f"it needs CPython 3.11+ on Linux (glibc), macOS arm64 or Windows x64 (this is {sys.platform}); "
            "or use a Neo4j server: --store neo4j://HOST",
        ) from error
    free, http_port = _free_ports(2)
    port = port or free
    engine = arcadedb.create_server(
        str(folder),
        access[WRITER],
        config={
            "host": LOOPBACK,
            "http_port": http_port,
            "server_plugins": _PLUGIN,
            "bolt_port": port,
            # in production mode the engine hides what is wrong with a query
            "mode": "development",
        },
    )
    try:
        engine.start()
        engine.create_database(DATABASE)
    except arcadedb.ArcadeDBError as error:
        if engine.is_started():
            engine.stop()
        raise StoreFailed(
            f"the database {folder.name} could not be opened: {error}",
            "is the disk full, or the folder read-only or damaged? The engine's log is in its log/ folder",
        ) from error
    return engine, port


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        if os.name != "nt":
            # connections of an earlier server that are just ending do not count
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            taken = error.errno in (errno.EADDRINUSE, errno.EACCES) and port >= 1024
            why = "is taken by another program" if taken else f"cannot be used: {error.strerror or error}"
            raise UserError(
                f"port {port} {why}", "name another with --port, or leave --port out: a free one is taken"
            ) from error


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


@contextmanager
def _file_errors(folder: Path) -> Iterator[None]:
    """What the file system refuses inside comes out as StoreFailed."""
    try:
        yield
    except OSError as error:
        raise StoreFailed(
            f"the database folder {folder.name} cannot be used: {error.strerror or error}",
            "check the disk's free space and the folder's permissions, or name another place with --store",
        ) from error
