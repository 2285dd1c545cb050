"""A graph of an older schema version is refused, migrated step by step, and then the same as a new one."""

import pytest

from graph.errors import StoreVersion
from graph.schema import schema
from graph.store import connect, migrations


@pytest.fixture
def old(tmp_path):
    """A graph of version 1, as it was written before short names were findable."""
    path = str(tmp_path / "bomay.db")
    with connect(path, create=True) as store:
        store.write("CREATE (:Unit {id: 'a', name: 'Sở Thông tin và Truyền thông', short_name: 'Sở TT&TT'})")
        store.write("CREATE (:Unit {id: 'b', name: 'Sở Nội vụ', short_name: 'SNV', alias_keys: ['x', 'snv']})")
        store.write("MATCH (m:Meta) SET m.schema_version = 1")
    return path


def test_an_older_graph_is_refused_with_the_way_out(old):
    with pytest.raises(StoreVersion, match=r"version 1[\s\S]*bomay migrate"):
        connect(old)


def test_the_steps_bring_it_to_the_present_version(old):
    with connect(old, migrating=True) as store:
        assert [step.to for step in migrations.pending(1)] == list(range(2, schema().version + 1))
        done = migrations.migrate(store, 1)
        assert [(step.to, changed) for step, changed in done] == [(2, 1)]
    with connect(old) as store:
        rows = store.read("MATCH (u:Unit) RETURN u.alias_keys ORDER BY u.id").column("u.alias_keys")
        assert rows == [["sở thông tin và truyền thông"], ["x", "snv"]]
        assert migrations.version_of(store) == schema().version


def test_a_step_that_was_cut_off_can_be_run_again(old):
    with connect(old, migrating=True) as store:
        migrations.STEPS[0].run(store)
    with connect(old, migrating=True) as store:
        assert migrations.migrate(store, 1)[0][1] == 0


def test_every_version_has_its_step():
    assert [step.to for step in migrations.STEPS] == list(range(2, schema().version + 1))
