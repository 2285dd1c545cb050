"""A store on a Neo4j server, a cluster or Aura."""

from __future__ import annotations

import os

from graph.errors import StoreError, UserError
from graph.store.base import Store
from graph.store.errors import translated


def open_server(url: str, scheme: str, time_limit: float | None = None) -> Store:
    """Connect to a Bolt URL; user, password and database come from the environment.

    BOMAY_USER (default neo4j), BOMAY_PASSWORD, BOMAY_DATABASE. Raises UserError for a wrong
    scheme or a password inside the URL, StoreError where the server cannot be reached.
    """
    from graph.store import SCHEMES

    if scheme not in SCHEMES:
        raise UserError(
            f"{scheme}:// is not an address of a store",
            f"a folder, or one of {', '.join(f'{s}://' for s in SCHEMES)}",
        )
    if "@" in url:
        raise UserError(
            "a password in the address would stay in the shell's history",
            "set BOMAY_USER and BOMAY_PASSWORD instead",
        )
    password = os.environ.get("BOMAY_PASSWORD")
    if password is None:
        raise StoreError(f"no password for {url}", "set BOMAY_PASSWORD (and BOMAY_USER if it is not neo4j)")
    from neo4j import GraphDatabase

    with translated("connect"):
        driver = GraphDatabase.driver(
            url, auth=(os.environ.get("BOMAY_USER", "neo4j"), password), connection_timeout=10
        )
    try:
        with translated("connect"):
            driver.verify_connectivity()
    except BaseException:
        driver.close()
        raise
    # On Neo4j the session's access mode is enforced, so one driver serves both.
    return Store(
        url,
        writer=driver,
        reader=driver,
        database=os.environ.get("BOMAY_DATABASE"),
        embedded=False,
        time_limit=time_limit,
    )
