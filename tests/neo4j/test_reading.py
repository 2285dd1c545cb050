"""On a real Neo4j: what an analyst's own Cypher may not do, and errors that say what to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.errors import BomayError, QueryError, StoreError, StoreFailed
from graph.store import Store, connect
from tests.stores import credentials, needs_neo4j

REFUSED = [
    "CREATE (:Unit {id: 'x'})",
    "CREATE (:Anything)",
    "MERGE (:Unit {id: 'x'})",
    "MATCH (u:Unit) SET u.name = 'x'",
    "MATCH (u:Unit) SET u:Other",
    "MATCH (u:Unit) REMOVE u.name",
    "MATCH (u:Unit) DETACH DELETE u",
    "MATCH ()-[r]->() DELETE r",
    "UNWIND [1] AS i CREATE (:Unit {id: toString(i)})",
    "FOREACH (i IN [1] | CREATE (:Unit {id: 'x'}))",
    "CALL { CREATE (:Unit {id: 'x'}) RETURN 1 AS one } RETURN one",
    "MATCH (u:Unit) CALL { WITH u CREATE (:Unit {id: 'y'}) } IN TRANSACTIONS RETURN 1",
    "CREATE INDEX other FOR (u:Unit) ON (u.short_name)",
    "CREATE CONSTRAINT other FOR (u:Unit) REQUIRE u.name IS UNIQUE",
    "DROP CONSTRAINT unit_id",
    "DROP INDEX unit_kind",
    "CREATE USER eve SET PASSWORD 'whatever123'",
    "ALTER USER neo4j SET PASSWORD 'whatever123'",
    "DROP USER neo4j",
    "CREATE DATABASE other",
    "STOP DATABASE neo4j",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "LOAD CSV FROM 'file:///facts.csv' AS line RETURN line",
    "LOAD CSV FROM 'http://127.0.0.1:9/x' AS line RETURN line",
    "MATCH (u:Unit) LOAD CSV FROM 'file:///facts.csv' AS line RETURN u, line",
    "SHOW USERS",
    "SHOW SETTINGS",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "CALL dbms.listConfig()",
    "CALL db.clearQueryCaches()",
    "CALL db.createLabel('Anything')",
    "CALL db.prepareForReplanning()",
    "CALL db.stats.collect('QUERIES')",
    "CALL dbms.killConnection('bolt-1')",
    "CALL tx.setMetaData({a: 1})",
    "CALL apoc.export.csv.all('x.csv', {})",
    "CALL apoc.cypher.doIt('CREATE (:Unit)', {})",
    "CALL db.resampleOutdatedIndexes()",
    "EXPLAIN CREATE (:Unit)",
    "PROFILE MATCH (u:Unit) SET u.name = 'x'",
    "CYPHER runtime=slotted CREATE (:Unit)",
]
ALLOWED = [
    "MATCH (u:Unit) RETURN u.name",
    "CALL db.labels() YIELD label RETURN label ORDER BY label",
    "SHOW INDEXES YIELD name RETURN name ORDER BY name",
    "MATCH p = (a:Unit)-[:PART_OF*0..3]->(b) RETURN [n IN nodes(p) | n.id] AS ids ORDER BY ids",
]


@pytest.fixture(scope="module")
def server():
    needs_neo4j()
    from tests.neo4j.server import running_neo4j

    with running_neo4j() as found, credentials(found.user, found.password):
        yield found


@pytest.fixture(scope="module")
def store(server) -> Iterator[Store]:
    with connect(server.url) as found:
        found.write("CREATE (:Unit {id: 'a', name: 'A'})<-[:PART_OF {id: 'r', kind: 'line'}]-(:Unit {id: 'b'})")
        yield found


def content(store: Store):
    return (
        store.read("MATCH (n) RETURN labels(n) AS l, properties(n) AS p ORDER BY n.id").rows,
        store.read("MATCH ()-[r]->() RETURN type(r) AS t, properties(r) AS p").rows,
        store.read("SHOW INDEXES YIELD name RETURN name ORDER BY name").rows,
        store.read("SHOW USERS YIELD user RETURN user").rows,
    )


@pytest.mark.parametrize("statement", REFUSED)
def test_what_does_not_only_read_is_refused(statement: str, store: Store) -> None:
    before = content(store)
    with pytest.raises(QueryError):
        store.ask(statement)
    assert content(store) == before


@pytest.mark.parametrize("statement", ALLOWED)
def test_what_reads_is_answered(statement: str, store: Store) -> None:
    assert store.ask(statement).rows


def test_a_wrong_password_is_said(server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOMAY_PASSWORD", "wrong-password")
    with pytest.raises(StoreError, match="refused the user name or password"):
        connect(server.url)


def test_a_wrong_database_is_said(server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOMAY_DATABASE", "nowhere")
    with pytest.raises(BomayError, match="BOMAY_DATABASE"):
        connect(server.url)


def test_a_query_that_never_ends_is_ended_and_the_server_lives(server, store: Store) -> None:
    endless = "UNWIND range(1, 100000) AS i UNWIND range(1, 100000) AS j WITH i, j WHERE i * j = -1 RETURN count(*)"
    with connect(server.url, time_limit=1.0) as limited, pytest.raises(StoreFailed, match="time limit"):
        limited.ask(endless)
    assert store.read("RETURN 1 AS one").value() == 1


def test_a_wrong_query_points_at_its_place(store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        store.ask("MATCH (u:Unit) RETURN nothing")
    lines = str(caught.value).splitlines()
    assert "nothing" in lines[0]


def test_a_restart_between_two_reads_is_survived(server, store: Store) -> None:
    assert store.read("MATCH (u:Unit) RETURN count(u)").value() == 2
    server.restart()
    with connect(server.url) as again:
        assert again.read("MATCH (u:Unit) RETURN count(u)").value() == 2


def test_a_server_that_takes_no_changes_says_so(server) -> None:
    server.restart({"server.databases.default_to_read_only": "true"})
    try:
        with connect(server.url) as readable:
            assert readable.read("MATCH (u:Unit) RETURN count(u)").value() == 2
            with pytest.raises(StoreFailed, match="takes no changes"):
                readable.write("CREATE (:Unit {id: 'z'})")
    finally:
        server.restart({"server.databases.default_to_read_only": "false"})
