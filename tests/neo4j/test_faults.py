"""A real Neo4j that is killed or full, and loads and readers that meet: the result is as if nothing had happened."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.soak import soak
from graph import ingest
from graph.errors import StoreError, StoreFailed
from graph.store import Store, connect
from graph.store.commits import MARK, STALE_SECONDS
from loaders.load import load
from tests.stores import credentials, needs_neo4j


@pytest.fixture
def server():
    needs_neo4j()
    from tests.neo4j.server import running_neo4j

    with running_neo4j() as found, credentials(found.user, found.password):
        yield found


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return facts_of(tmp_path / "facts.yaml", "s", 400)


def facts_of(path: Path, prefix: str, number: int) -> Path:
    """A small sở with so many phòng, one person in each."""
    units = "\n".join(f"  - {{id: {prefix}{i}, name: Phòng {prefix} {i}, parent: so}}" for i in range(number))
    posts = "\n".join(f"  - {{person: Người {i}, title: Trưởng phòng, unit: {prefix}{i}}}" for i in range(number))
    path.write_text(
        "places: [{id: x, name: tỉnh Xuân, kind: tinh}]\n"
        f"units:\n  - {{id: so, name: Sở Nội vụ, place: x}}\n{units}\nholdings:\n{posts}\n",
        encoding="utf-8",
    )
    return path


def content(store: Store) -> tuple[list[str], list[str]]:
    nodes = store.read("MATCH (n) WHERE NOT n:Load AND NOT n:Meta RETURN n.id AS id ORDER BY id").column("id")
    edges = store.read("MATCH ()-[r]->() RETURN r.id AS id ORDER BY id").column("id")
    return nodes, edges


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[str], list[str]]]:
    """What a store holds after an undisturbed load of the facts."""
    needs_neo4j()
    folder = tmp_path_factory.mktemp("whole")
    with connect(str(folder / "bomay.db"), create=True) as store:
        load(store, [facts_of(folder / "facts.yaml", "s", 400)])
        yield content(store)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_server_that_is_killed_during_a_load(server, facts, whole, at_once, monkeypatch) -> None:
    monkeypatch.setattr(ingest, "BATCH", 100)
    monkeypatch.setattr(ingest, "ONE_TRANSACTION", 10**9 if at_once else 50)
    monkeypatch.setattr("graph.store.server.RETRY_SECONDS", 1.0)

    def kill(done: int, total: int) -> None:
        if done >= 500:
            server.kill()

    with connect(server.url) as store, pytest.raises(StoreError):
        load(store, [facts], progress=kill)
    server.start()
    with connect(server.url) as store:
        assert content(store) != whole
        load(store, [facts])
        assert content(store) == whole
        assert load(store, [facts]).plan.size == 0


def test_two_loads_at_once_lose_nothing(server, tmp_path: Path) -> None:
    files = [facts_of(tmp_path / "a.yaml", "a", 150), facts_of(tmp_path / "b.yaml", "b", 150)]
    errors: list[BaseException] = []

    def run(path: Path) -> None:
        try:
            with connect(server.url) as store:
                load(store, [path])
        except BaseException as error:
            errors.append(error)

    with connect(server.url):  # the schema is there before the two begin
        threads = [threading.Thread(target=run, args=(path,)) for path in [*files, files[0]]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not errors
    with connect(server.url) as store:
        assert store.read("MATCH (u:Unit) RETURN count(u)").value() == 301
        assert store.read("MATCH (:Person)-[h:HOLDS]->() RETURN count(h)").value() == 300
        for path in files:
            assert load(store, [path]).plan.size == 0


def test_a_server_without_memory_for_the_load(server, facts, whole, monkeypatch) -> None:
    """The server stays healthy: what is too large for it is refused, and anything else goes on."""
    monkeypatch.setattr("graph.store.server.RETRY_SECONDS", 1.0)
    with connect(server.url):  # its indexes need more memory than what follows
        pass
    server.restart({"dbms.memory.transaction.total.max": "10m"})
    with connect(server.url) as store:
        with pytest.raises(StoreFailed, match="too little memory") as caught:
            load(store, [facts])
        assert "dbms.memory.transaction.total.max" in caught.value.remedy
        assert content(store) == ([], [])
    server.restart({})
    with connect(server.url) as store:
        load(store, [facts])
        assert content(store) == whole
        assert load(store, [facts]).plan.size == 0


@pytest.mark.skipif(sys.platform != "linux", reason="sets the limit of another process (prlimit)")
def test_a_server_with_a_full_disk(server, facts, whole) -> None:
    """Its files cannot grow: nothing is half loaded, and after a restart with room the load goes through."""
    import resource

    with connect(server.url) as store:
        logs = server.home / "data" / "transactions" / "neo4j"
        size = max(file.stat().st_size for file in logs.iterdir())
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        for _ in range(2):
            with pytest.raises(StoreFailed, match="disk is full") as caught:
                load(store, [facts])
            assert "restart the server" in caught.value.remedy
    server.restart()
    with connect(server.url) as store:
        assert content(store) == ([], [])
        load(store, [facts])
        assert content(store) == whole
        assert load(store, [facts]).plan.size == 0


def test_fifty_readers_beside_a_load_see_each_event_whole(server) -> None:
    report = soak(server.url, readers=50, writers=2, seconds=10)
    assert report.reads > 50
    assert report.writes > 0
    assert (report.torn, report.lost, report.errors.total()) == (0, 0, 0), str(report)


def test_a_writer_that_was_killed_at_its_commit_keeps_nobody_waiting(server, facts, whole) -> None:
    """Reads are made again while a commit goes on, but not for ever; the next load sets the mark right."""
    with connect(server.url) as store:
        mark = {"id": MARK, "since": -2 * STALE_SECONDS * 1000}
        store.write("CREATE (:Meta {id: $id, begun: 1, ended: 0, since: timestamp()})", mark)
        assert store.read("RETURN 1 AS one").value() == 1
        store.write("MATCH (m:Meta {id: $id}) SET m.since = timestamp() + $since", mark)
        load(store, [facts])
        assert content(store) == whole
        assert store.read("MATCH (m:Meta {id: $id}) RETURN m.begun - m.ended AS open", mark).value() == 0
