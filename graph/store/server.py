"""A store on a Neo4j server, a cluster or Aura."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import Any

from graph.errors import StoreError, UserError
from graph.store.base import Account, Store
from graph.store.commits import ServerStore
from graph.store.errors import translated

# one write may wait so long for locks and leaders before the driver gives up, in seconds
RETRY_SECONDS = 60.0


def open_server(url: str, scheme: str, time_limit: float | None = None) -> Store:
    """Connect to a Bolt URL; who and where else comes from the environment.

    BOMAY_USER (default neo4j), BOMAY_PASSWORD (asked for where a person sits at the terminal),
    BOMAY_DATABASE, BOMAY_CA (a PEM file of an own certificate authority, with neo4j:// or bolt://).
    Raises UserError for a wrong scheme or a password inside the URL, StoreError where the server
    cannot be reached or refuses the password.
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
    account = Account(
        url,
        user := os.environ.get("BOMAY_USER", "neo4j"),
        _password(url, user),
        os.environ.get("BOMAY_DATABASE"),
    )
    from neo4j import GraphDatabase

    with translated("connect"):
        driver = GraphDatabase.driver(
            url,
            auth=(account.user, account.password),
            connection_timeout=10,
            # a server that hangs is noticed no sooner than this
            connection_acquisition_timeout=15,
            max_transaction_retry_time=RETRY_SECONDS,
            # hints about deprecated syntax are for whoever writes the queries, not for their readers
            notifications_min_severity="OFF",
            **_own_authority(scheme),
        )
    try:
        with translated("connect"):
            driver.verify_connectivity()
    except BaseException:
        driver.close()
        raise
    # On Neo4j the session's access mode is enforced, so one driver serves both.
    return ServerStore(
        url,
        writer=driver,
        reader=driver,
        database=account.database,
        embedded=False,
        accounts=(account, account),
        time_limit=time_limit,
    )


def _password(url: str, user: str) -> str:
    password = os.environ.get("BOMAY_PASSWORD")
    if password is not None:
        return password
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass(f"Password of {user} at {url}: ")
    raise StoreError(f"no password for {user} at {url}", "set BOMAY_PASSWORD (and BOMAY_USER if it is not neo4j)")


def _own_authority(scheme: str) -> dict[str, Any]:
    """Driver settings for a server whose certificate an own authority signed."""
    path = os.environ.get("BOMAY_CA")
    if not path:
        return {}
    if "+" in scheme:
        raise UserError(
            f"BOMAY_CA goes with {scheme.split('+')[0]}://, since {scheme}:// already says whom to trust",
            f"write {scheme.split('+')[0]}:// and keep BOMAY_CA: the connection is encrypted all the same",
        )
    if not Path(path).is_file():
        raise UserError(f"BOMAY_CA names {path}, and there is no such file", "name a PEM file")
    from neo4j import TrustCustomCAs

    return {"encrypted": True, "trusted_certificates": TrustCustomCAs(path)}
