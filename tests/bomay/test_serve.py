"""bomay serve: what it prints, who can join, and that it ends cleanly."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import neo4j
import pytest

from graph.store import connect

COUNT = "MATCH (u:Unit) RETURN count(u) AS n"
ENDLESS = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a WHERE a % 7 = 9 RETURN count(a)"


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "bomay.db"
    with connect(str(path), create=True) as store:
        store.write("CREATE (:Unit {id: 'first', name: 'Sở Nội vụ'})")
    return path


@pytest.fixture
def serve(db):
    """Starts `bomay serve` and gives the process and what it printed until it was ready."""
    started = []

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "bomay.cli", "serve", "--store", str(db), "--lang", "en", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Ctrl+C reaches it whatever the process that runs the tests ignores
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        started.append(process)
        lines = []
        while "Ctrl+C" not in (line := process.stdout.readline()):
            assert line, process.stderr.read()
            lines.append(line)
        return process, "".join(lines)

    yield start
    for process in started:
        process.kill()
        process.communicate()


def values(printed):
    """What was printed after each label, in order."""
    rows = [line.split(None, 1) for line in printed.splitlines() if line.startswith("  ")]
    found = {}
    for name, value in rows:
        found.setdefault(name, []).append(value.split()[0])
    return found


def bomay_process(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "bomay.cli", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_printed_account_reads_and_cannot_write(db, serve):
    _, printed = serve()
    found = values(printed)
    assert found["user"] == ["reader"] and len(found["password"]) == 1
    assert (db / "access.json").read_text().count(found["password"][0]) == 1
    auth = (found["user"][0], found["password"][0])
    with neo4j.GraphDatabase.driver(found["address"][0], auth=auth) as driver:
        answer = driver.execute_query(COUNT, database_=found["database"][0])
        assert answer.records[0]["n"] == 1
        with pytest.raises(neo4j.exceptions.Neo4jError):
            driver.execute_query("CREATE (:Unit {id: 'x'})", database_=found["database"][0])
        assert driver.execute_query(COUNT, database_=found["database"][0]).records[0]["n"] == 1


def test_the_writing_account_is_printed_only_when_asked_for(serve):
    _, printed = serve("--write")
    found = values(printed)
    assert found["user"] == ["reader", "root"]
    with neo4j.GraphDatabase.driver(found["address"][0], auth=("root", found["password"][1])) as driver:
        driver.execute_query("CREATE (:Unit {id: 'x'})", database_="bomay")
        assert driver.execute_query(COUNT, database_="bomay").records[0]["n"] == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_it_ends_cleanly(db, serve, number):
    process, _ = serve()
    process.send_signal(getattr(signal, number))
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "Stopped.\n", "")
    assert not (db / "owner.json").exists()
    with connect(str(db)) as store:
        assert store.read(COUNT).value() == 1


def test_it_ends_while_a_query_of_a_client_goes_on(db, serve):
    process, printed = serve()
    found = values(printed)
    with neo4j.GraphDatabase.driver(found["address"][0], auth=("reader", found["password"][0])) as driver:
        ended = []

        def ask():
            with pytest.raises((neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError)):
                driver.session(database="bomay").run(ENDLESS).consume()
            ended.append(True)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        time.sleep(1)
        assert not ended
        process.terminate()
        assert process.wait(timeout=40) == 0
        thread.join(10)
        assert ended
    with connect(str(db)) as store:
        assert store.read(COUNT).value() == 1


def test_other_commands_join(bomay, db, serve, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    serve()
    assert bomay("query", COUNT, "--store", db, "--format", "csv").out == "n\n1\n"
    assert bomay("template", "facts.xlsx").code == 0
    assert bomay("load", "facts.xlsx", "--store", db).code == 0
    assert bomay("load", "facts.xlsx", "--store", db, "--lang", "en").out.startswith("Nothing new")
    assert bomay("query", COUNT, "--store", db, "--format", "csv").out == "n\n8\n"


def facts(name, units=40):
    lines = [
        f"  - {{id: {name}-{n}, name: Phòng {name} {n}, kind: phong, level: province, system: state}}\n"
        for n in range(units)
    ]
    return "units:\n" + "".join(lines)


def test_two_loads_at_once(db, serve, facts_file):
    serve()
    files = [facts_file(facts(name), f"{name}.yaml") for name in ("mot", "hai")]
    loads = [bomay_process("load", file, "--store", db) for file in files]
    for load in loads:
        _, err = load.communicate(timeout=60)
        assert (load.returncode, err) == (0, "")
    with connect(str(db)) as store:
        assert store.read(COUNT).value() == 81
        assert store.read("MATCH (l:Load {state: 'done'}) RETURN count(l)").value() == 2


def test_the_same_file_twice_at_once_is_as_if_once(db, serve, facts_file):
    serve()
    file = facts_file(facts("mot"))
    loads = [bomay_process("load", file, "--store", db) for _ in range(2)]
    for load in loads:
        _, err = load.communicate(timeout=60)
        assert "Traceback" not in err
    # the later one finds nothing to do, or is told so where both began at the same moment
    assert 0 in {load.returncode for load in loads}
    assert bomay_process("load", file, "--store", db).wait(timeout=60) == 0
    with connect(str(db)) as store:
        assert store.read(COUNT).value() == 41
        assert store.read("MATCH (l:Load) RETURN count(l)").value() == 1


def test_a_port_that_is_taken_is_said(bomay, db):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = bomay("serve", "--store", db, "--port", port)
    assert refused.code == 2 and f"port {port} is taken" in refused.err


def test_the_port_may_be_chosen(db, serve):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert values(serve("--port", port)[1])["address"] == [f"bolt://127.0.0.1:{port}"]


def test_what_cannot_be_served(bomay, tmp_path):
    server = bomay("serve", "--store", "neo4j://localhost")
    assert server.code == 2 and "is a server already" in server.err
    nothing = bomay("serve", "--store", tmp_path / "bomay.db")
    assert nothing.code == 3 and "no database" in nothing.err
    assert not (tmp_path / "bomay.db").exists()
