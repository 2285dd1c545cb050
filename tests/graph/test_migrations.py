"""A graph of an older schema version is refused, migrated step by step, and then the same as a new one."""

import pytest

from graph.errors import StoreVersion
from graph.names import searched_labels, text_index
from graph.schema import schema
from graph.search import search
from graph.store import connect, migrations, setup
from tests.stores import credentials

# Version 1 is from before short names were findable; 2 from before names had full-text indexes.
FACTS = [
    "CREATE (:Unit {id: 'a', name: 'Sở Thông tin và Truyền thông', short_name: 'Sở TT&TT'})",
    "CREATE (:Unit {id: 'b', name: 'Sở Nội vụ', short_name: 'SNV', alias_keys: ['x', 'snv']})",
    "CREATE (:Place {id: 'p', name: 'tỉnh Ví Dụ', search_key: 'tinh vi du'})<-[:LOCATED_IN]-(:Unit {id: 'c'})",
    "CREATE (:Person {id: 'w', name: 'Lê Văn Một', aliases: ['Lê Một']}), (:Person {id: 'v', name: 'Lê Thị Hai'})",
    "CREATE (:Document {id: 'd', number: '1/QĐ', title: 'Quyết định'}), (:Meta {id: 'bomay', schema_version: 1})",
]
FOLDED = 6  # things with a name


@pytest.fixture
def old(store_kind, tmp_path, monkeypatch, request):
    """The address of a graph of version 1."""
    if store_kind == "neo4j":
        store = request.getfixturevalue("engine")
        for label in searched_labels():
            store.define(f"DROP INDEX {text_index(label)} IF EXISTS")
        store.write("MATCH (n) DETACH DELETE n")
        fill(store)
        account = store.account(writable=True)
        # another fixture's server may have been started since
        with credentials(account.user, account.password):
            yield store.url
        store.write("MATCH (n) DETACH DELETE n")
        setup.prepare(store)
        return
    path = str(tmp_path / "bomay.db")
    with monkeypatch.context() as before:
        before.setattr(setup, "searched_labels", list)
        with connect(path, create=True) as store:
            store.write("MATCH (m:Meta) DELETE m")
            fill(store)
    yield path


def fill(store):
    for statement in FACTS:
        store.write(statement)


def text_indexes(store):
    return [name for (name,) in store.read("SHOW INDEXES YIELD name RETURN name").rows if name.endswith("_search")]


def test_an_older_graph_is_refused_with_the_way_out(old):
    with pytest.raises(StoreVersion, match=r"version 1[\s\S]*bomay migrate"):
        connect(old)


@pytest.mark.parametrize("version", [1, 2])
def test_the_steps_bring_it_to_the_present_version(old, version):
    with connect(old, migrating=True) as store:
        assert text_indexes(store) == []
        if version == 2:
            migrations.STEPS[0].run(store)
            store.write("MATCH (m:Meta) SET m.schema_version = 2")
        assert [step.to for step in migrations.pending(version)] == list(range(version + 1, schema().version + 1))
        done = migrations.migrate(store, version)
        assert [(step.to, changed) for step, changed in done] == [(2, 1), (3, FOLDED), (4, 0)][version - 1 :]
    with connect(old) as store:
        rows = store.read("MATCH (u:Unit) RETURN u.alias_keys AS keys ORDER BY u.id").column("keys")
        assert rows == [["sở thông tin và truyền thông"], ["x", "snv"], None]
        assert migrations.version_of(store) == schema().version
        assert sorted(text_indexes(store)) == sorted(map(text_index, searched_labels()))


def test_names_are_searched_after_the_migration(old):
    with connect(old, migrating=True) as store:
        migrations.migrate(store, 1)
    with connect(old) as store:
        for text, id_ in {"so tttt": "a", "snv": "b", "le mot": "w", "vi du": "p", "1/qd": "d"}.items():
            assert [hit.id for hit in search(store, text)] == [id_], text


def test_a_step_that_was_cut_off_can_be_run_again(old):
    with connect(old, migrating=True) as store:
        migrations.STEPS[0].run(store)
        store.write("MATCH (u:Unit {id: 'a'}) SET u.search_keys = ['so thong tin va truyen thong']")
        setup.define(store)
    with connect(old, migrating=True) as store:
        assert [changed for _, changed in migrations.migrate(store, 1)] == [0, FOLDED - 1, 0]
    with connect(old) as store:
        assert [hit.id for hit in search(store, "so thong tin")] == ["a"]


def test_every_version_has_its_step():
    assert [step.to for step in migrations.STEPS] == list(range(2, schema().version + 1))
