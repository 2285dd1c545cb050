"""The two stores that are measured: the embedded engine, and a Neo4j server that is started for it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

EMBEDDED, NEO4J = "embedded", "Neo4j"
# of a small server; its memory is said apart from that of bomay's process
HEAP, PAGE_CACHE = "3g", "2g"


@dataclass(frozen=True)
class Place:
    """A new, empty store: what `connect` takes, and the process id of its server (None: it has none)."""

    kind: str
    url: str
    pid: int | None = None

    def server_mb(self) -> float | None:
        """The most memory that the server has had, in MB; None where it is not told (not Linux)."""
        status = Path(f"/proc/{self.pid}/status")
        if self.pid is None or not status.is_file():
            return None
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        return int(found[1]) / 1e3 if found else None


def missing() -> str | None:
    """Why no Neo4j server can be started here; None where one can."""
    from tests.neo4j.server import available

    return available()


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Place]:
    """A store of this kind; a server ends with the block, a database folder stays."""
    if kind == EMBEDDED:
        yield Place(kind, str(folder))
        return
    from tests.neo4j.server import running_neo4j

    settings = {"server.memory.pagecache.size": PAGE_CACHE}
    before = {name: os.environ.get(name) for name in ("BOMAY_USER", "BOMAY_PASSWORD", "BOMAY_DATABASE")}
    with running_neo4j(settings=settings, heap=HEAP, measured=True) as server:
        os.environ |= {"BOMAY_USER": server.user, "BOMAY_PASSWORD": server.password}
        os.environ.pop("BOMAY_DATABASE", None)
        try:
            yield Place(kind, server.url, server.pid)
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value
