"""The embedded store: an ArcadeDB server inside this process, on loopback, over one folder.

    bomay.db/
        bomay.json      format of the folder
        access.json     the passwords of the two accounts, readable by the owner only
        lock, owner.json    held while a process has the folder open, and who that is
        config/  databases/  log/    the engine's own

The `reader` account has no right but readRecord: the engine does not enforce a session's
read access mode, but it does enforce that.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import os
import secrets
import socket
import sys
from pathlib import Path
from typing import Any

from graph.errors import StoreError, StoreFailed, StoreInUse, StoreVersion, UserError
from graph.store.base import Store

FORMAT = 1
DATABASE = "bomay"
WRITER, READER = "root", "reader"
WAIT_SECONDS = 5.0
_PLUGIN = "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"


def open_folder(folder: Path, *, create: bool, purpose: str, time_limit: float | None = None) -> Store:
    """Start the engine on the folder and connect to it.

    Raises StoreError (no database there), StoreInUse, StoreVersion, StoreFailed (cannot be
    written, damaged) and UserError (the path is something else).
    """
    folder = folder.absolute()
    new = _check_folder(folder, create=create)
    try:
        if new:
            _make_folder(folder)
        elif not os.access(folder, os.W_OK):
            raise StoreFailed(
                f"the database folder {folder.name} cannot be written",
                "the engine needs to write its log there",
            )
        lock = _take_lock(folder, purpose)
    except OSError as error:
        raise _file_error(folder, error) from error
    try:
        if new:
            _write_accounts(folder)
        access = _read_json(folder / "access.json")
        engine, port = _start_engine(folder, access)
    except OSError as error:
        lock.release()
        raise _file_error(folder, error) from error
    except BaseException:
        lock.release()
        raise

    def stop() -> None:
        engine.stop()
        (folder / "owner.json").unlink(missing_ok=True)
        lock.release()

    from neo4j import GraphDatabase

    address = f"bolt://127.0.0.1:{port}"
    return Store(
        str(folder),
        writer=GraphDatabase.driver(address, auth=(WRITER, access[WRITER])),
        reader=GraphDatabase.driver(address, auth=(READER, access[READER])),
        database=DATABASE,
        embedded=True,
        time_limit=time_limit,
        on_close=stop,
    )


def _check_folder(folder: Path, *, create: bool) -> bool:
    """Whether the database is still to be made there; refuses what is not a bomay database."""
    if folder.is_file():
        raise UserError(f"{folder.name} is a file, not a database folder", "name another place with --store")
    manifest = folder / "bomay.json"
    if manifest.is_file():
        found = _read_json(manifest).get("format")
        if not isinstance(found, int) or found > FORMAT:
            raise StoreVersion(
                f"{folder.name} has folder format {found}; this bomay knows formats up to {FORMAT}",
                "install a newer bomay",
            )
        return False
    if folder.is_dir() and any(folder.iterdir()):
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
    (folder / "config").mkdir(exist_ok=True)
    (folder / "bomay.json").write_text(json.dumps(manifest), encoding="utf-8")


def _take_lock(folder: Path, purpose: str) -> Any:
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=float(os.environ.get("BOMAY_WAIT", WAIT_SECONDS)))
    except Timeout:
        raise StoreInUse(_in_use(folder), "wait until it is done, or stop it") from None
    owner = {"pid": os.getpid(), "purpose": purpose, "since": dt.datetime.now().isoformat(timespec="seconds")}
    (folder / "owner.json").write_text(json.dumps(owner), encoding="utf-8")
    return lock


def _in_use(folder: Path) -> str:
    try:
        owner = _read_json(folder / "owner.json")
        who = f"process {owner['pid']} ({owner['purpose'] or 'bomay'}, since {owner['since']})"
    except (StoreFailed, KeyError):
        who = "another process"
    return f"the database {folder.name} is open in {who}"


def _write_accounts(folder: Path) -> None:
    """Two accounts with random passwords: one that writes, one that can only read."""
    access = {WRITER: secrets.token_urlsafe(32), READER: secrets.token_urlsafe(32)}
    _write_private(folder / "access.json", json.dumps(access))
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


def _start_engine(folder: Path, access: dict[str, str]) -> tuple[Any, int]:
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
    port, http_port = _free_ports(2)
    engine = arcadedb.create_server(
        str(folder),
        access[WRITER],
        config={
            "host": "127.0.0.1",
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


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreFailed(f"{path.parent.name}/{path.name} cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise StoreFailed(f"{path.parent.name}/{path.name} is damaged")
    return content


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _file_error(folder: Path, error: OSError) -> StoreFailed:
    return StoreFailed(
        f"the database folder {folder.name} cannot be used: {error.strerror or error}",
        "check the disk's free space and the folder's permissions, or name another place with --store",
    )
