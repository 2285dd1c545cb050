"""The one way to the data: `connect(url)` hands out a `Store`, whatever is behind it.

    a folder (default bomay.db)                  the embedded engine, started in this process
    bolt://, neo4j://, neo4j+s://, bolt+s://     a Neo4j server, a cluster or Aura

Nobody outside this package imports `neo4j` or `arcadedb`.
"""

from __future__ import annotations

from pathlib import Path

from graph.store.base import Result, Store, Transaction

__all__ = ["Result", "Store", "Transaction", "connect"]

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def connect(
    url: str,
    *,
    create: bool = False,
    purpose: str = "",
    time_limit: float | None = None,
    migrating: bool = False,
) -> Store:
    """Open the store behind a folder name or a Bolt URL, its schema set up and of the right version.

    `create` makes a new database folder where there is none. `purpose` is shown to another
    process that finds the folder in use. `time_limit` (seconds) ends reads that take longer,
    `migrating` opens a graph of an older schema version. Raises StoreError (unreachable, in
    use, no database, another version) and UserError (not a store at all).
    """
    from graph.store import setup

    scheme = url.split("://", 1)[0] if "://" in url else ""
    if scheme:
        from graph.store.server import open_server

        store = open_server(url, scheme, time_limit)
    else:
        from graph.store.embedded import open_folder

        store = open_folder(Path(url), create=create, purpose=purpose, time_limit=time_limit)
    try:
        setup.prepare(store, migrating=migrating)
    except BaseException:
        store.close()
        raise
    return store
