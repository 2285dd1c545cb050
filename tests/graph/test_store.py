"""The embedded store: read-only reads, one process at a time, and clear errors for whatever is wrong."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from graph.errors import (
    BomayError,
    QueryError,
    StoreConflict,
    StoreError,
    StoreFailed,
    StoreInUse,
    StoreVersion,
    UserError,
)
from graph.store import connect

WRITES = [
    "CREATE (:Unit {id: 'x'})",
    "CREATE (:Anything {id: 'x'})",
    "MERGE (u:Unit {id: 'x'})",
    "MATCH (u:Unit) SET u.name = 'x'",
    "MATCH (u:Unit) SET u += {name: 'x'}",
    "MATCH (u:Unit) SET u:Other",
    "MATCH (u:Unit) REMOVE u.name",
    "MATCH (u:Unit) DETACH DELETE u",
    "MATCH ()-[r:PART_OF]->() DELETE r",
    "MATCH ()-[r:PART_OF]->() SET r.kind = 'x'",
    "MATCH (a:Unit {id: 'a'}), (b:Unit {id: 'b'}) CREATE (b)-[:PART_OF]->(a)",
    "MATCH (a:Unit {id: 'a'}) MERGE (a)-[:PART_OF]->(:Unit {id: 'new'})",
    "UNWIND [1, 2] AS i CREATE (:Unit {id: toString(i)})",
    "FOREACH (i IN [1] | CREATE (:Unit {id: 'x'}))",
    "CALL { CREATE (:Unit {id: 'x'}) RETURN 1 AS one } RETURN one",
    "MATCH (u:Unit) WITH u LIMIT 1 CREATE (:Unit {id: u.id + 'x'}) RETURN 1",
    "CREATE INDEX other IF NOT EXISTS FOR (u:Unit) ON (u.short_name)",
    "CREATE CONSTRAINT other IF NOT EXISTS FOR (u:Unit) REQUIRE u.name IS UNIQUE",
    "DROP CONSTRAINT unit_id",
    "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
]


@pytest.fixture
def filled(store):
    store.write("CREATE (:Unit {id: 'a', name: 'A'})<-[:PART_OF {id: 'r', kind: 'line'}]-(:Unit {id: 'b', name: 'B'})")
    return store


@pytest.mark.parametrize("statement", WRITES)
def test_reads_cannot_write(filled, statement):
    def content():
        return (
            filled.read("MATCH (n) RETURN labels(n) AS l, properties(n) AS p ORDER BY n.id").rows,
            filled.read("MATCH ()-[r]->() RETURN type(r) AS t, properties(r) AS p").rows,
            filled.read("SHOW INDEXES YIELD name RETURN name ORDER BY name").rows,
        )

    before = content()
    with pytest.raises(QueryError):
        filled.read(statement)
    assert content() == before


def test_a_write_that_is_refused_says_what_to_do_instead(filled):
    with pytest.raises(QueryError, match=r"read-only\n.*bomay load"):
        filled.read("CREATE (:Unit {id: 'x'})")


def test_a_failed_transaction_leaves_nothing(store):
    def work(transaction):
        transaction.run("CREATE (:Unit {id: 'x'})")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.execute(work)
    assert store.read("MATCH (u:Unit) RETURN u.id").rows == []


def test_the_same_id_twice_is_refused(filled):
    with pytest.raises(StoreConflict, match="same id"):
        filled.write("CREATE (:Unit {id: 'a'})")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("MATCH (u:Unit RETURN u", r"line 1[\s\S]*\n {4}MATCH \(u:Unit RETURN u\n {18}\^"),
        ("MATCH (u:Unit) RETURN nothing", "nothing"),
        ("RETURN $name", "name=value"),
        ("RETURN date('2019-02-31')", "2019-02-31|FEBRUARY 31"),
        ("", "query"),
    ],
)
def test_a_wrong_query_says_where(store, query, said):
    with pytest.raises(QueryError, match=said):
        store.read(query)


def test_values_come_back_as_plain_python(filled):
    import datetime as dt

    row = filled.read("RETURN date('2019-10-09') AS d, 'Sở Nội vụ' AS s, [1, null] AS l, {a: 1.5} AS m").dicts()[0]
    assert row == {"d": dt.date(2019, 10, 9), "s": "Sở Nội vụ", "l": [1, None], "m": {"a": 1.5}}
    node, edge = filled.read("MATCH (u:Unit {id: 'b'})-[r]->() RETURN u, r").rows[0]
    assert (node.labels, node.properties["name"], edge.type) == (("Unit",), "B", "PART_OF")


def test_no_database_says_how_to_make_one(tmp_path):
    with pytest.raises(StoreError, match=r"no database at bomay\.db\n.*bomay load"):
        connect(str(tmp_path / "bomay.db"))


def test_a_file_is_not_a_database(tmp_path):
    path = tmp_path / "facts.xlsx"
    path.write_text("x")
    with pytest.raises(UserError, match="is a file"):
        connect(str(path), create=True)


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(UserError, match="other files"):
        connect(str(tmp_path), create=True)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("content", ['{"format": 99}', "not json", "[]", "{}"])
def test_a_newer_or_damaged_folder_is_refused(tmp_path, content):
    (tmp_path / "bomay.json").write_text(content)
    with pytest.raises((StoreVersion, StoreFailed)):
        connect(str(tmp_path))


def test_a_newer_schema_is_refused(tmp_path):
    path = str(tmp_path / "bomay.db")
    with connect(path, create=True) as store:
        store.write("MATCH (m:Meta) SET m.schema_version = 99")
    with pytest.raises(StoreVersion, match="version 99"):
        connect(path)


def test_a_folder_that_cannot_be_written_says_so(tmp_path, monkeypatch):
    path = tmp_path / "bomay.db"
    connect(str(path), create=True).close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StoreFailed, match="cannot be written"):
        connect(str(path))


def test_a_folder_in_use_names_the_process(tmp_path, monkeypatch):
    path = str(tmp_path / "bomay.db")
    monkeypatch.setenv("BOMAY_WAIT", "0.2")
    with connect(path, create=True, purpose="bomay load"):
        code = f"from graph.store import connect; connect({path!r}, purpose='other')"
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert f"process {os.getpid()} (bomay load" in other.stderr
    with pytest.raises(StoreInUse), connect(path):
        connect(path)


def test_the_passwords_are_the_owners_only(tmp_path):
    path = tmp_path / "bomay.db"
    connect(str(path), create=True).close()
    for name in ("access.json", "config/server-users.jsonl"):
        assert (path / name).stat().st_mode & 0o077 == 0
    access = json.loads((path / "access.json").read_text())
    assert len(set(access.values())) == 2 and all(len(p) >= 32 for p in access.values())


@pytest.mark.differs("neo4j", reason="the server is a process of its own")
@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="looks into Linux's /proc")
def test_nothing_listens_beyond_this_machine(store):
    sockets = {str(fd.readlink()) for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink()}
    tables = [Path(f"/proc/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    rows = [line.split() for table in tables for line in table]
    mine = [row[1].split(":")[0] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in sockets]
    assert mine and set(mine) <= {"0100007F", "0000000000000000FFFF00000100007F"}


def test_what_was_committed_survives_a_kill(tmp_path):
    path = str(tmp_path / "bomay.db")
    code = textwrap.dedent(f"""
        import os, signal
        from graph.store import connect
        store = connect({path!r}, create=True)
        store.write("CREATE (:Unit {{id: 'kept'}})")
        def work(transaction):
            transaction.run("CREATE (:Unit {{id: 'lost'}})")
            os.kill(os.getpid(), signal.SIGKILL)
        store.execute(work)
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == -9, done.stderr
    with connect(path) as store:
        assert store.read("MATCH (u:Unit) RETURN u.id").rows == [["kept"]]


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path):
    """The disk is full for the process alone: no file of it may grow past a few hundred KB."""
    path = str(tmp_path / "bomay.db")
    connect(path, create=True).close()
    code = textwrap.dedent(f"""
        import resource, signal, sys
        from graph.errors import BomayError
        from graph.store import connect
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        store = connect({path!r})
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
        try:
            rows = [{{"id": str(i), "name": "x" * 200}} for i in range(20_000)]
            store.write("UNWIND $rows AS row CREATE (u:Unit) SET u = row", {{"rows": rows}})
        except BomayError as error:
            print("SAID", error)
        sys.stdout.flush()
        import os; os._exit(0)
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout.startswith("SAID"), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    with connect(path) as store:
        assert store.read("MATCH (u:Unit) RETURN count(u)").value() == 0


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://example.org", "is not an address of a store"),
        ("bolt://me:secret@localhost", "BOMAY_PASSWORD"),
        ("bolt://localhost:1", "BOMAY_PASSWORD"),
    ],
)
def test_addresses_that_cannot_be_used(url, said, monkeypatch):
    monkeypatch.delenv("BOMAY_PASSWORD", raising=False)
    with pytest.raises(BomayError, match=said):
        connect(url)


def test_a_server_that_does_not_answer_is_a_store_error(monkeypatch):
    monkeypatch.setenv("BOMAY_PASSWORD", "x")
    with pytest.raises(StoreError, match="does not answer"):
        connect("bolt://127.0.0.1:9")
