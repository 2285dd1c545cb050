"""Copies between stores: everything arrives, cuts are gone on with, nothing is created twice, differences are found."""

import datetime as dt
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import graph.copy
from graph.copy import copy
from graph.digest import digest
from graph.errors import NothingFound, StoreError, StoreFailed, StoreVersion, UserError
from graph.schema import schema
from graph.store import connect
from tests.stores import credentials, needs_neo4j

EDGES = {
    "date": dt.date(2019, 10, 9),
    "first day": dt.date(1, 1, 1),
    "before the calendar's reform": dt.date(1582, 10, 10),
    "last day": dt.date(9999, 12, 31),
    "text like a date": "2019-10-09",
    "text like a number": "007",
    "empty text": "",
    "NFC": "Sở Nội vụ tỉnh Đắk Nông",
    "NFD": "Sở Nô\u0323\u0302i vu\u0323",
    "quotes": "a\"b'c`d\\e\\u0041{}$x",
    "white space": " a\tb\nc\r\nd\u00a0\u2028 ",
    "emoji": "👩‍👩‍👧 😀",
    "long": "Ủy ban nhân dân " * 3_125,
    "true": True,
    "false": False,
    "one": 1,
    "one as a fraction": 1.0,
    "beyond 32 bit": 2**53 + 1,
    "largest": 2**63 - 1,
    "smallest": -(2**63),
    "fraction": 0.1,
    "tiny": 5e-324,
    "huge": 1.7976931348623157e308,
    "minus zero": -0.0,
    "endless": math.inf,
    "no number": math.nan,
    "list": ["Ủy ban", "", "ủy ban"],
    "empty list": [],
    "list of whole numbers": [3, 1, 2],
    "list of dates": [dt.date(2020, 1, 1)],
}


def content(store):
    """All facts as comparable text, with the types of their values."""
    nodes = store.read("MATCH (n) WHERE NOT n:Meta RETURN labels(n) AS l, properties(n) AS p").rows
    links = store.read("MATCH (a)-[r]->(b) RETURN type(r) AS t, a.id AS a, b.id AS b, properties(r) AS p").rows
    return sorted(repr([*row[:-1], sorted(row[-1].items())]) for row in [*nodes, *links])


def metas(store):
    return store.read("MATCH (m:Meta) RETURN m.id AS id").column("id")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Two embedded stores: one to copy from, one to copy back to."""
    folder = tmp_path_factory.mktemp("copies")
    with connect(str(folder / "a.db"), create=True) as a, connect(str(folder / "b.db"), create=True) as b:
        yield a, b


def empty(store):
    store.write("MATCH (n) WHERE NOT n:Meta OR n.id <> 'bomay' DETACH DELETE n")


@pytest.fixture
def source(folders):
    empty(folders[0])
    return folders[0]


@pytest.fixture
def back(folders):
    empty(folders[1])
    return folders[1]


@pytest.fixture
def target(store):
    """The other store: embedded as well, or a Neo4j."""
    empty(store)
    return store


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(graph.copy, "BATCH", 2)


def fill(store, units=7):
    """A chain of units in a place, with evidence of the relationships, a load and a person."""
    store.write("CREATE (:Place {id: 'p', name: 'tỉnh Thử'}), (:Document {id: 'd', kind: 'report'})")
    store.write("CREATE (:Load {id: 'l', state: 'done', undo: '[]'})")
    rows = [{"id": f"u{i}", "below": f"u{i // 2}", "name": f"Đơn vị {i}"} for i in range(units)]
    store.write("UNWIND $rows AS row CREATE (:Unit {id: row.id, name: row.name})", {"rows": rows})
    store.write(
        "UNWIND $rows AS row MATCH (a:Unit {id: row.id}) MATCH (b:Unit {id: row.below}) MATCH (p:Place {id: 'p'}) "
        "MATCH (d:Document {id: 'd'}) CREATE (a)-[:PART_OF {id: 'r' + row.id, kind: 'line'}]->(b), "
        "(a)-[:LOCATED_IN {id: 'l' + row.id}]->(p), (a)-[:STATED_IN {id: 's' + row.id, fact: 'r' + row.id}]->(d)",
        {"rows": rows},
    )


def by_name(report):
    return {line.name: line for line in report.lines}


# ---------------------------------------------------------------- nothing is lost


def test_every_kind_of_value_survives_the_way_there_and_back(source, target, back):
    rows = [{"id": f"f-{name}", "note": value, "lang": "vi"} for name, value in EDGES.items()]
    source.write("CREATE (:Unit {id: 'u'})")
    source.write("UNWIND $rows AS row CREATE (n:Function) SET n = row", {"rows": rows})
    source.write(
        "UNWIND $rows AS row MATCH (a:Unit {id: 'u'}) MATCH (b:Function {id: row.id}) "
        "CREATE (a)-[r:PERFORMS]->(b) SET r = row",
        {"rows": rows},
    )
    assert copy(source, target).equal
    assert copy(target, back).equal
    assert content(back) == content(source) and len(content(source)) == 1 + 2 * len(EDGES)
    assert digest(back) == digest(target) == digest(source)
    expected = {row["id"]: repr(row["note"]) for row in rows}
    got = target.read("MATCH (:Unit)-[r:PERFORMS]->(n) RETURN n.id AS id, n.note AS a, r.note AS b").rows
    assert {id_: repr(a) for id_, a, _ in got} == {id_: repr(b) for id_, _, b in got} == expected


letters = st.characters(exclude_categories=["Cs"])
texts = st.one_of(
    st.text(letters, max_size=20),
    st.text("aăâắậáàảãạdđiíìỉĩịoôơồuưứyýAĂÂĐ \u0301\u0323\u0302'\"\\\n", max_size=30),
)
ids = st.text(letters, min_size=1, max_size=8)
values = st.one_of(
    texts,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.dates(),
    st.lists(texts, max_size=3),
    st.none(),
)
properties = st.dictionaries(st.sampled_from(["note", "load_at", "basis", "valid_from", "short_name"]), values)
NODE_LABELS = ("Unit", "Place", "Event", "Load", "Document")
LINKS = [
    (name, start, end)
    for name, kind in schema().relationships.items()
    for start, end in kind.ends
    if start in NODE_LABELS and end in NODE_LABELS
]


@st.composite
def graphs(draw):
    """Nodes by label and id, and relationships between them, many of them parallel."""
    nodes = {label: draw(st.dictionaries(ids, properties, min_size=0, max_size=6)) for label in NODE_LABELS}
    nodes["Unit"].setdefault("u", {})
    links = {}
    for name, start, end in draw(st.lists(st.sampled_from(LINKS), max_size=20)):
        if nodes[start] and nodes[end]:
            a, b = draw(st.sampled_from(sorted(nodes[start]))), draw(st.sampled_from(sorted(nodes[end])))
            links.setdefault((name, start, a, draw(ids)), (end, b, draw(properties)))
    return nodes, links


def write_graph(store, drawn):
    nodes, links = drawn
    for label, members in nodes.items():
        rows = [{**kept(own), "id": id_} for id_, own in members.items()]
        store.write(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", {"rows": rows})
    for (name, start, a, id_), (end, b, own) in links.items():
        store.write(
            f"MATCH (a:{start} {{id: $a}}) MATCH (b:{end} {{id: $b}}) CREATE (a)-[r:{name}]->(b) SET r = $p",
            {"a": a, "b": b, "p": {**kept(own), "id": id_}},
        )


def kept(own):
    """A missing value is not stored."""
    return {name: value for name, value in own.items() if value is not None}


@given(graphs())
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_graph_survives_the_way_there_and_back(folders, store, drawn):
    source, back = folders
    for each in (source, store, back):
        empty(each)
    write_graph(source, drawn)
    there = copy(source, store)
    assert there.equal and there.outside == (0, 0)
    assert copy(store, back).equal
    assert content(back) == content(source)
    assert len(content(source)) == sum(map(len, drawn[0].values())) + len(drawn[1])


def test_ids_of_all_alphabets_are_copied_in_batches(source, target, small_batches):
    odd = ["0", "B", "_", "a", "a b", "aa", "z", "~", "à", "đ", "ắ", "a\u0306\u0301", "中", "\ue000", "\uff21", "😀"]
    source.write("UNWIND $ids AS id CREATE (:Unit {id: id})", {"ids": odd})
    assert copy(source, target).equal
    assert sorted(target.read("MATCH (u:Unit) RETURN u.id AS id").column("id")) == sorted(odd)


# ---------------------------------------------------------------- the digest


def test_a_digest_does_not_depend_on_order_but_on_everything_else(source, target):
    for store, order in ((source, [1, 2, 3]), (target, [3, 1, 2])):
        for i in order:
            store.write("CREATE (:Unit {id: $id, seats: $i})", {"id": f"u{i}", "i": i})
        store.write("MATCH (a:Unit {id: 'u1'}) MATCH (b:Unit {id: 'u2'}) CREATE (a)-[:PART_OF {id: 'r'}]->(b)")
    assert digest(source) == digest(target)
    assert digest(source)["Unit"][0] == 3 and digest(source)["Place"] == (0, "0" * 32)
    before = digest(target)
    for change, name in (
        ("MATCH (u:Unit {id: 'u1'}) SET u.seats = 1.0", "Unit"),
        ("MATCH (u:Unit {id: 'u1'}) SET u.seats = true", "Unit"),
        ("MATCH (u:Unit {id: 'u1'}) SET u.name = ''", "Unit"),
        ("MATCH (:Unit)-[r:PART_OF]->() SET r.kind = 'line'", "PART_OF"),
        ("MATCH (:Unit)-[r:PART_OF]->() DELETE r", "PART_OF"),
    ):
        target.write(change)
        after = digest(target)
        assert after[name] != before[name] and {**after, name: 0} == {**before, name: 0}
        before = after


def test_a_digest_tells_a_date_from_its_text_and_one_end_from_another(source):
    source.write("CREATE (:Unit {id: 'a', note: date('2019-10-09')}), (:Unit {id: 'b'}), (:Unit {id: 'c'})")
    source.write("MATCH (a:Unit {id: 'a'}) MATCH (b:Unit {id: 'b'}) CREATE (a)-[:PART_OF {id: 'r'}]->(b)")
    before = digest(source)
    source.write("MATCH (a:Unit {id: 'a'}) SET a.note = '2019-10-09'")
    assert digest(source)["Unit"] != before["Unit"]
    source.write("MATCH (:Unit)-[r:PART_OF]->() DELETE r")
    source.write("MATCH (a:Unit {id: 'a'}) MATCH (b:Unit {id: 'c'}) CREATE (a)-[:PART_OF {id: 'r'}]->(b)")
    assert digest(source)["PART_OF"] != before["PART_OF"]


# ---------------------------------------------------------------- cuts and second runs


class Cut(Exception):
    pass


def cut_after(batches):
    """A progress that breaks the copy off, and counts what it was told."""

    def progress(stage, done, total):
        nonlocal batches
        assert 0 <= done <= total
        batches -= 1
        if batches < 0:
            raise Cut

    return progress


@pytest.mark.parametrize("batches", [0, 1, 3, 5, 9, 14])
def test_a_copy_that_was_cut_off_goes_on(source, target, small_batches, batches):
    fill(source, 9)
    with pytest.raises(Cut):
        copy(source, target, progress=cut_after(batches))
    assert any(id_.startswith("copy:") for id_ in metas(target))
    again = copy(source, target)
    assert again.equal
    assert content(target) == content(source)
    assert metas(target) == ["bomay"]
    written = sum(line.created for line in again.lines)
    assert written < len(content(source)) if batches > 2 else written > 0


def test_a_second_run_does_not_write_again_what_the_first_one_finished(source, target, small_batches):
    fill(source, 9)
    with pytest.raises(Cut):
        copy(source, target, progress=cut_after(3))
    there = target.read("MATCH (u:Unit) RETURN count(u) AS n").value()
    assert 0 < there < 9
    again = by_name(copy(source, target))
    assert again["Unit"].created == 9 - there and again["Unit"].changed == 0


def test_a_copy_goes_on_also_when_its_cursor_is_lost(source, target, small_batches):
    fill(source, 9)
    with pytest.raises(Cut):
        copy(source, target, progress=cut_after(9))
    target.write("MATCH (m:Meta) WHERE m.id <> 'bomay' DELETE m")
    with pytest.raises(UserError, match="not empty"):
        copy(source, target)
    assert copy(source, target, into_existing=True).equal
    assert content(target) == content(source)


def test_what_changed_in_the_source_between_two_runs_arrives_as_well(source, target, small_batches):
    fill(source, 9)
    with pytest.raises(Cut):
        copy(source, target, progress=cut_after(12))
    source.write("MATCH (u:Unit {id: 'u0'}) SET u.name = 'khác'")
    source.write("CREATE (:Place {id: 'a new one'})")
    report = copy(source, target)
    assert report.equal and report.resumed
    assert content(target) == content(source)


def test_a_copy_into_the_same_target_again_changes_nothing(source, target):
    fill(source)
    assert copy(source, target).equal
    again = copy(source, target, into_existing=True)
    assert again.equal
    assert all((line.created, line.changed, line.extra) == (0, 0, 0) for line in again.lines)
    assert content(target) == content(source)


def test_facts_that_differ_are_overwritten_whole(source, target):
    fill(source)
    copy(source, target)
    target.write("MATCH (u:Unit {id: 'u1'}) SET u.name = 'khác', u.more = 1")
    target.write("MATCH (:Unit {id: 'u1'})-[r:PART_OF]->() SET r.kind = 'party', r.more = true")
    target.write("MATCH (:Unit {id: 'u2'})-[r:PART_OF]->() DELETE r")
    target.write("MATCH (a:Unit {id: 'u2'}) MATCH (b:Unit {id: 'u6'}) CREATE (a)-[:PART_OF {id: 'ru2'}]->(b)")
    report = copy(source, target, into_existing=True)
    assert report.equal
    lines = by_name(report)
    assert (lines["Unit"].changed, lines["PART_OF"].changed, lines["PART_OF"].created) == (1, 2, 0)
    assert content(target) == content(source)


# ---------------------------------------------------------------- what the target has more


def with_more(source, target):
    fill(source)
    copy(source, target)
    target.write("CREATE (:Unit {id: 'more'}), (:Figure {id: 'figure'})")
    target.write(
        "MATCH (a:Unit {id: 'more'}) MATCH (b:Unit {id: 'u1'}) "
        "CREATE (a)-[:PART_OF {id: 'm1'}]->(b), (b)-[:PART_OF {id: 'm2'}]->(a), (b)-[:RELATED {id: 'm3'}]->(b)"
    )


def test_what_the_target_has_more_is_counted_and_kept(source, target, small_batches):
    with_more(source, target)
    report = copy(source, target, into_existing=True)
    lines = by_name(report)
    assert report.equal
    assert {n: (line.extra, line.removed) for n, line in lines.items() if line.extra} == {
        "Unit": (1, 0),
        "Figure": (1, 0),
        "PART_OF": (2, 0),
        "RELATED": (1, 0),
    }
    assert lines["Unit"].target == lines["Unit"].source + 1
    assert len(content(target)) == len(content(source)) + 5


def test_what_the_target_has_more_is_removed_when_it_is_to_be_exact(source, target, small_batches):
    with_more(source, target)
    report = copy(source, target, into_existing=True, exact=True)
    assert report.equal and sum(line.removed for line in report.lines) == 5
    assert content(target) == content(source)


def test_a_difference_that_remains_is_found_and_named(source, target, monkeypatch):
    fill(source)
    real = graph.copy.tallies

    def meddled(store, progress=None):
        if store is target:
            target.write("MATCH (u:Unit {id: 'u3'}) SET u.name = 'khác'")
        return real(store, progress)

    monkeypatch.setattr(graph.copy, "tallies", meddled)
    report = copy(source, target)
    assert not report.equal
    assert [line.name for line in report.lines if not line.equal] == ["Unit"]
    monkeypatch.undo()
    # the next run compares all of it again
    assert copy(source, target).equal
    assert metas(target) == ["bomay"]


def test_what_the_schema_does_not_know_is_counted(source, target):
    fill(source)
    source.write("CREATE (:Other {id: 'x'})")
    source.write("MATCH (a:Unit {id: 'u1'}) MATCH (b:Other {id: 'x'}) CREATE (a)-[:LIKES {id: 'y'}]->(b)")
    report = copy(source, target)
    assert report.equal and report.outside == (1, 1)


# ---------------------------------------------------------------- mistakes


def test_a_target_with_facts_is_left_alone(source, target):
    fill(source)
    target.write("CREATE (:Unit {id: 'mine'})")
    before = content(target)
    with pytest.raises(UserError, match="--into-existing"):
        copy(source, target)
    assert content(target) == before and metas(target) == ["bomay"]


def test_an_unfinished_copy_of_another_source_is_named(source, target, back, small_batches):
    fill(source)
    fill(back)
    with pytest.raises(Cut):
        copy(source, target, progress=cut_after(2))
    with pytest.raises(UserError, match=r"unfinished copy of .*a\.db"):
        copy(back, target)


def test_a_store_is_not_copied_onto_itself(target):
    target.write("CREATE (:Unit {id: 'u'})")
    with pytest.raises(UserError, match="the same store"):
        copy(target, target, into_existing=True)
    assert metas(target) == ["bomay"]


def test_an_empty_source_is_a_mistake(source, target):
    with pytest.raises(NothingFound, match="empty"):
        copy(source, target)


def test_a_read_only_target_is_said_to_be_one(source, target, monkeypatch):
    fill(source)
    if not target.embedded:
        pytest.skip("the account that can only read is the embedded store's")
    monkeypatch.setattr(target, "_writer", target._reader)
    with pytest.raises(StoreFailed, match="cannot be written"):
        copy(source, target)


def test_the_schema_version_goes_with_the_facts(source, target):
    def versioned(store, version=None):
        if version is not None:
            store.write("MATCH (m:Meta {id: 'bomay'}) SET m.schema_version = $v", {"v": version})
        return store.read("MATCH (m:Meta {id: 'bomay'}) RETURN m.schema_version AS v").value()

    fill(source)
    try:
        versioned(source, 1)
        assert copy(source, target).equal and versioned(target) == 1
        versioned(target, 0)
        with pytest.raises(StoreVersion, match="version 1, the target version 0"):
            copy(source, target, into_existing=True)
    finally:
        for each in (source, target):
            versioned(each, schema().version)


# ---------------------------------------------------------------- a server that dies, or that takes no writes


def test_a_copy_goes_on_after_the_server_was_killed_and_is_refused_by_a_read_only_one(
    source, back, small_batches, monkeypatch
):
    needs_neo4j()
    from tests.neo4j.server import running_neo4j

    fill(source, 60)
    with running_neo4j() as server, credentials(server.user, server.password):

        def kill(stage, done, total):
            if done > total / 3:
                server.kill()

        with connect(server.url) as killed, pytest.raises(StoreError):
            # by default a write waits half a minute for a server that comes back
            monkeypatch.setattr(killed._writer._default_workspace_config, "max_transaction_retry_time", 0.5)
            copy(source, killed, progress=kill)
        server.start()
        with connect(server.url) as target:
            found = len(content(target))
            assert 0 < found < len(content(source))
            report = copy(source, target)
            assert report.equal and report.resumed
            assert content(target) == content(source)
            assert sum(line.created for line in report.lines) == len(content(source)) - found
        server.restart({"server.databases.default_to_read_only": "true"})
        with connect(server.url) as target:
            with pytest.raises(StoreFailed, match="cannot be written"):
                copy(source, target, into_existing=True)
            assert copy(target, back).equal
            assert content(back) == content(source)
