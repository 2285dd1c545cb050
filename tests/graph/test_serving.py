"""A folder that one process serves and others join: who may, what they see, and what a killed server leaves."""

import datetime as dt
import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import replace
from pathlib import Path

import neo4j
import pytest

from benchmarks import soak
from graph.errors import QueryError, StoreError, StoreFailed, StoreInUse, UserError
from graph.store import connect
from graph.store.embedded import serve_folder
from graph.store.serving import Gate, JoinedStore, Owner, answers, read_owner, write_owner

SERVE = """
    import sys, time
    from pathlib import Path
    from graph.store.embedded import serve_folder
    served = serve_folder(Path({path!r}), port=None, purpose="test")
    print(served.port, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "bomay.db"
    connect(str(path), create=True).close()
    return path


@pytest.fixture
def served(path):
    served = serve_folder(path, port=None, purpose="bomay serve")
    yield served
    served.stop()


@pytest.fixture
def server(path):
    """The same in another process, which a test may kill."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SERVE.format(path=str(path)))], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline().strip().isdigit()
    yield process
    process.kill()
    process.wait()


def python(code, path):
    """Another process that runs the code with `store` and `time` at hand."""
    start = f"import sys, time; from graph.store import connect; store = connect({str(path)!r}, purpose='other')\n"
    return subprocess.Popen(
        [sys.executable, "-c", start + textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_process_joins_reads_and_writes(path, served):
    other = python("store.write(\"CREATE (:Unit {id: 'x', name: 'Sở Nội vụ'})\"); print(type(store).__name__)", path)
    out, err = other.communicate(timeout=60)
    assert out.strip() == "JoinedStore", err
    with connect(str(path)) as store:
        assert isinstance(store, JoinedStore) and store.embedded
        assert store.read("MATCH (u:Unit) RETURN u.name").rows == [["Sở Nội vụ"]]
        assert list(store.stream("MATCH (u:Unit) RETURN u.id")) == [["x"]]
        with pytest.raises(QueryError, match="read-only"):
            store.read("CREATE (:Unit {id: 'y'})")
    # the first one is still there after the others have closed
    assert served.store.read("MATCH (u:Unit) RETURN count(u)").value() == 1


def test_the_official_driver_reads_with_the_account_that_is_printed(path, served):
    served.store.write("CREATE (:Unit {id: 'x', name: 'Sở Nội vụ'})")
    with neo4j.GraphDatabase.driver(served.address, auth=("reader", served.reader_password)) as driver:
        answer = driver.execute_query("MATCH (u:Unit) RETURN u.name AS name", database_="bomay")
        assert [record["name"] for record in answer.records] == ["Sở Nội vụ"]
        for statement in (
            "CREATE (:Unit {id: 'y'})",
            "MATCH (u:Unit) SET u.name = ''",
            "MATCH (u:Unit) DETACH DELETE u",
            "CREATE INDEX other IF NOT EXISTS FOR (u:Unit) ON (u.other)",
        ):
            with pytest.raises(neo4j.exceptions.Neo4jError):
                driver.execute_query(statement, database_="bomay")
        # what cypher-shell asks for before its first prompt
        assert driver.execute_query("CALL dbms.components() YIELD versions", database_="bomay").records
        assert driver.execute_query("CALL db.ping()", database_="system").records
    assert served.store.read("MATCH (u:Unit) RETURN u.id, u.name").rows == [["x", "Sở Nội vụ"]]
    with (
        neo4j.GraphDatabase.driver(served.address, auth=("reader", "wrong")) as driver,
        pytest.raises(neo4j.exceptions.AuthError),
    ):
        driver.verify_connectivity()


ENDLESS = "UNWIND range(1, 20000) AS a UNWIND range(1, 20000) AS b WITH a WHERE a % 7 = 9 RETURN count(a)"


def is_running(served):
    """Whether the server still works on the endless query."""
    running = served.store.read("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery").column("currentQuery")
    return any(ENDLESS in query for query in running)


def test_the_time_limit_holds_and_the_server_goes_on(path, served):
    with connect(str(path), time_limit=1) as store, pytest.raises(StoreFailed, match="within 1 second"):
        store.read(ENDLESS)
    assert not is_running(served), "the server still works for a client that has gone"
    with connect(str(path), time_limit=30) as store:
        assert store.read("RETURN 1").value() == 1
        with pytest.raises(QueryError, match=r"line 1:10[\s\S]*RETURN 1 \+\n +\^"):
            store.read("RETURN 1 +")


def test_a_query_that_reaches_the_engine_late_is_ended_too(path, served, monkeypatch):
    with connect(str(path), time_limit=0.2) as store:
        read = store._gate.read
        monkeypatch.setattr(store._gate, "read", lambda work: time.sleep(0.6) or read(work))
        with pytest.raises(StoreFailed, match=r"within 0\.2 seconds"):
            store.read(ENDLESS)
        # not when it was given up, but when it arrived
        time.sleep(1)
        assert not is_running(served)


def test_a_second_server_is_told_where_the_first_is(path, served):
    with pytest.raises(StoreInUse, match=rf"served already by process {os.getpid()} .* at {served.address}"):
        serve_folder(path, port=None, purpose="second")


def test_a_port_that_is_taken(path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UserError, match=r"is taken by another program\n.*--port"):
            serve_folder(path, port=taken.getsockname()[1], purpose="test")
    connect(str(path)).close()


def test_the_same_port_again_at_once(path):
    first = serve_folder(path, port=None, purpose="test")
    with connect(str(path)) as store:
        store.read("RETURN 1")
        assert first.stop()
    again = serve_folder(path, port=first.port, purpose="test")
    assert (again.port, again.stop()) == (first.port, True)


def test_stopping_frees_the_folder(path):
    serve_folder(path, port=None, purpose="test").stop()
    assert not (path / "owner.json").exists()
    with connect(str(path)) as store:
        assert not isinstance(store, JoinedStore)


def test_there_is_nothing_to_serve(tmp_path):
    with pytest.raises(StoreError, match=r"no database at bomay\.db"):
        serve_folder(tmp_path / "bomay.db", port=None, purpose="test")
    assert not (tmp_path / "bomay.db").exists()


# ---------------------------------------------------------------------- who is believed


def owner(**values):
    return replace(Owner(os.getpid(), "other", dt.datetime.now().isoformat()), **values)


def ended_process():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.fixture
def port():
    """A port on which something answers that is not bomay."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.mark.parametrize("content", ["not json", "[]", '{"pid": 1}', '{"pid": 1, "other": 2}'])
def test_a_damaged_owner_file_is_ignored(path, content):
    (path / "owner.json").write_text(content)
    connect(str(path)).close()


def test_what_a_killed_server_leaves_is_ignored(path, port):
    write_owner(path, owner(pid=ended_process(), port=port, shared=True))
    with connect(str(path)) as store:
        assert not isinstance(store, JoinedStore)
        assert read_owner(path).pid == os.getpid() and not read_owner(path).shared


def test_a_process_that_does_not_serve_is_not_joined(path, port, monkeypatch):
    monkeypatch.setenv("BOMAY_WAIT", "0.3")
    with connect(str(path), purpose="bomay load"):
        with pytest.raises(StoreInUse, match=r"bomay load.*\n.*bomay serve"):
            connect(str(path))
        # left by a server before, and read before the present one wrote its own
        for stale in (owner(pid=ended_process(), port=port, shared=True), owner(port=port), owner(shared=True)):
            write_owner(path, stale)
            with pytest.raises(StoreInUse):
                connect(str(path))


def test_a_port_that_another_program_has_is_not_joined(path, port, monkeypatch):
    monkeypatch.setenv("BOMAY_WAIT", "0.3")
    with connect(str(path)):
        write_owner(path, owner(port=port, shared=True))
        with pytest.raises(StoreInUse):
            connect(str(path))


def test_what_answers_on_a_port(served, port):
    assert answers(served.port)
    assert not answers(port, 0.2)


def test_a_server_that_is_starting_is_waited_for(path, served):
    ready = read_owner(path)
    write_owner(path, replace(ready, port=None))
    threading.Timer(0.5, write_owner, (path, ready)).start()
    started = time.monotonic()
    with connect(str(path)) as store:
        assert isinstance(store, JoinedStore)
    assert time.monotonic() - started >= 0.4


def test_another_user_cannot_join(path, monkeypatch):
    def refused(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", refused)
    with pytest.raises(StoreFailed, match=r"Permission denied\n.*permissions"):
        connect(str(path))


# ---------------------------------------------------------------------- a server that goes away


def test_a_killed_server_is_said_and_loses_nothing(path, server):
    store = connect(str(path))
    assert isinstance(store, JoinedStore)
    store.write("CREATE (:Unit {id: 'kept'})")
    rows = store.stream("UNWIND range(1, 100000) AS i RETURN i")
    next(rows)

    def kill(transaction):
        transaction.run("CREATE (:Unit {id: 'lost'})")
        server.kill()
        server.wait()

    said = rf"process {server.pid} \(test, since .*\), which served the database bomay\.db, has stopped\n.*run the"
    started = time.monotonic()
    with pytest.raises(StoreError, match=said):
        store.execute(kill)
    with pytest.raises(StoreError, match=said):
        store.read("RETURN 1")
    with pytest.raises(StoreError, match=said):
        list(rows)
    assert time.monotonic() - started < 30
    store.close()
    with connect(str(path)) as again:
        assert not isinstance(again, JoinedStore)
        assert again.read("MATCH (u:Unit) RETURN u.id").rows == [["kept"]]


def test_a_server_that_is_restarted_between_two_queries(path, server):
    with connect(str(path)) as store:
        store.write("CREATE (:Unit {id: 'x'})")
        port = read_owner(path).port
        server.kill()
        server.wait()
        again = serve_folder(path, port=port, purpose="test")
        assert store.read("MATCH (u:Unit) RETURN u.id").rows == [["x"]]
        store.write("CREATE (:Unit {id: 'y'})")
    again.stop()


def test_a_client_that_is_killed_in_its_commit_holds_nobody_up(path, served):
    code = """
        from graph.store.serving import Commit
        commit = Commit(store._gate)
        commit.begin()
        print("begun", flush=True)
        time.sleep(600)
    """
    client = python(code, path)
    assert client.stdout.readline() == "begun\n"
    client.send_signal(signal.SIGKILL)
    client.wait()
    assert Gate(path).count() % 2 == 1
    with connect(str(path)) as store:
        assert store.read("RETURN 1").value() == 1
        store.write("CREATE (:Unit {id: 'x'})")
    assert Gate(path).count() % 2 == 0


# ---------------------------------------------------------------------- several at once


def test_no_update_is_lost_between_processes(path, served):
    served.store.write("CREATE (:Position {id: 'n', seats: 0})")
    code = """
        for _ in range(40):
            store.write("MATCH (p:Position {id: 'n'}) SET p.seats = p.seats + 1")
    """
    others = [python(code, path) for _ in range(3)]
    for other in others:
        assert other.wait(timeout=120) == 0, other.stderr.read()
    assert served.store.read("MATCH (p:Position {id: 'n'}) RETURN p.seats").value() == 120


def test_readers_never_see_a_part_of_an_event(path, server):
    report = soak.soak(str(path), readers=10, writers=1, seconds=10)
    assert (report.torn, report.lost, dict(report.errors)) == (0, 0, {}), report
    assert report.reads > 100 and report.writes > 2


def test_what_the_soak_would_call_torn():
    every, none = [True, True, soak.FUNCTIONS, 2 * soak.FUNCTIONS], [False, False, 0, 0]
    assert soak._whole([every]) and soak._whole([none]) and soak._whole([])
    assert not soak._whole([[True, False, soak.FUNCTIONS, 2 * soak.FUNCTIONS]])
    assert not soak._whole([[True, True, 3, 2 * soak.FUNCTIONS]])


def test_the_files_of_a_served_folder_are_the_owners(path, served):
    served.store.write("CREATE (:Unit {id: 'x'})")
    with connect(str(path)) as store:
        store.write("CREATE (:Unit {id: 'y'})")
    assert path.stat().st_mode & 0o077 == 0
    content = json.loads((path / "owner.json").read_text())
    assert (content["shared"], content["port"], content["pid"]) == (True, served.port, os.getpid())
    assert served.reader_password not in (path / "owner.json").read_text()
