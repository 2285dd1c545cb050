"""A load that is killed, and files of users in a hurry: before or completable, never half a fact."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from graph.store import connect
from loaders.load import load

# Kills the process when so many facts are written; the limits make the load one transaction or many.
KILLED = """
    import os, signal, sys
    from pathlib import Path
    from graph import ingest, stored
    from graph.store import connect
    from loaders.load import load
    ingest.BATCH = stored.BATCH = 50
    ingest.ONE_TRANSACTION = {limit}
    def kill(done, total):
        if done >= {after}:
            os.kill(os.getpid(), signal.SIGKILL)
    load(connect({db!r}, create=True), [Path({file!r})], progress=kill)
"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    units = "\n".join(f"  - {{id: s{i}, name: Sở {i}, kind: so, parent: ubnd}}" for i in range(200))
    posts = "\n".join(f"  - {{person: Người {i}, title: Giám đốc, unit: s{i}}}" for i in range(200))
    path = tmp_path / "facts.yaml"
    path.write_text(
        "places: [{id: x, name: tỉnh Xuân, kind: tinh}]\n"
        "documents: [{id: d, kind: báo cáo, title: Báo cáo}]\n"
        f"units:\n  - {{id: ubnd, name: UBND tỉnh, place: x}}\n{units}\nholdings:\n{posts}\n",
        encoding="utf-8",
    )
    return path


def kill_a_load(facts: Path, db: Path, *, limit: int, after: int) -> None:
    code = textwrap.dedent(KILLED.format(limit=limit, after=after, db=str(db), file=str(facts)))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == -9, done.stderr


def content(store):
    nodes = store.read("MATCH (n) WHERE NOT n:Load AND NOT n:Meta RETURN n.id ORDER BY n.id").column("n.id")
    edges = store.read("MATCH ()-[r]->() RETURN r.id ORDER BY r.id").column("r.id")
    return nodes, edges


@pytest.fixture
def whole(store, facts):
    """What the database holds after an undisturbed load."""
    load(store, [facts])
    return content(store)


@pytest.mark.parametrize("after", [1, 500, 1000])
def test_a_killed_load_of_one_transaction_leaves_the_database_as_before(tmp_path, facts, whole, after):
    db = tmp_path / "bomay.db"
    kill_a_load(facts, db, limit=10**9, after=after)
    with connect(str(db)) as store:
        assert store.read("MATCH (n) WHERE NOT n:Meta RETURN count(n)").value() == 0
        load(store, [facts])
        assert content(store) == whole


@pytest.mark.parametrize("after", [300, 900])
def test_a_killed_load_of_many_transactions_is_completed_by_the_next(tmp_path, facts, whole, after):
    db = tmp_path / "bomay.db"
    kill_a_load(facts, db, limit=100, after=after)
    with connect(str(db)) as store:
        assert store.read("MATCH (l:Load) RETURN l.state").rows == [["running"]]
        partly = content(store)
        assert len(partly[0]) > 0 and partly != whole
        report = load(store, [facts])
        assert content(store) == whole
        assert store.read("MATCH (l:Load) RETURN l.id, l.state").rows == [[report.load, "done"]]
        assert load(store, [facts]).plan.size == 0
