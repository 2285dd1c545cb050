"""The stores that tests run on: the embedded one, and a real Neo4j where it is asked for.

BOMAY_TEST_STORES names them (embedded, neo4j; default embedded). `make test-neo4j` asks for both.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.store import Store, connect

KINDS = tuple(os.environ.get("BOMAY_TEST_STORES", "embedded").split(","))
CREDENTIALS = ("BOMAY_USER", "BOMAY_PASSWORD")


@contextmanager
def store_of_kind(kind: str, folder: Path) -> Iterator[Store]:
    """A new and empty store; Neo4j gets a server of its own, ended with the block."""
    if kind == "embedded":
        with connect(str(folder / "bomay.db"), create=True) as store:
            yield store
        return
    from tests.neo4j.server import running_neo4j

    with running_neo4j() as server, credentials(server.user, server.password), connect(server.url) as store:
        yield store


@contextmanager
def credentials(user: str, password: str) -> Iterator[None]:
    """The environment that says who connects, as a user would set it."""
    before = {name: os.environ.get(name) for name in CREDENTIALS}
    os.environ.update(zip(CREDENTIALS, (user, password), strict=True))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def needs_neo4j() -> None:
    """Skip the test where Neo4j is not asked for; fail where it is and cannot be had."""
    if "neo4j" not in KINDS:
        pytest.skip("runs with `make test-neo4j`")
    from tests.neo4j.server import available

    reason = available()
    if reason:
        pytest.fail(f"Neo4j cannot be started: {reason}")
