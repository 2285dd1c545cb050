"""py2neo on a store: the object mapper, and that it only reads unless it is told otherwise."""

import datetime as dt
import importlib
import sys

import pytest

pytest.importorskip("py2neo")

from py2neo.errors import Neo4jError

from graph.errors import StoreError, StoreFailed, UserError
from graph.py2neo_models import (
    MODELS,
    Document,
    Event,
    Fact,
    Function,
    Person,
    Place,
    Position,
    Repository,
    Unit,
    py2neo_graph,
)
from graph.schema import schema

WRITES = [
    "CREATE (n:Person {id: 'zz'})",
    "MATCH (n:Person) SET n.name = 'z'",
    "MATCH (n:Person) SET n += {name: 'z'}",
    "MATCH (n:Person) REMOVE n.name",
    "MATCH (n:Person) DETACH DELETE n",
    "MATCH ()-[h:HOLDS]->() DELETE h",
    "MERGE (n:Person {id: 'zz'})",
    "MATCH (a:Person), (b:Position) CREATE (a)-[:HOLDS {id: 'zz'}]->(b)",
]


@pytest.fixture
def repository(demo):
    return Repository.wrap(py2neo_graph(demo))


@pytest.fixture
def people(demo):
    """The demo with one person in one post more, whose ids start with zz."""
    demo.write(
        "CREATE (u:Unit {id: 'zz-u', name: 'Sở A'}), (x:Position {id: 'zz-x', title: 'Giám đốc'}), "
        "(p:Person {id: 'zz-p', name: 'Trần Thị Mười'}), (x)-[:OF_UNIT {id: 'zz-xu'}]->(u), "
        "(p)-[:HOLDS {id: 'zz-px', valid_from: date('2019-05-01')}]->(x)"
    )
    yield demo
    demo.write("MATCH (n) WHERE n.id STARTS WITH 'zz' DETACH DELETE n")


def ids(objects) -> set[str]:
    return {each.id for each in objects}


def state(store):
    nodes = store.read("MATCH (n) RETURN n.id, properties(n)").rows
    edges = store.read("MATCH ()-[r]->() RETURN r.id, properties(r)").rows
    return sorted(nodes, key=str), sorted(edges, key=str)


def test_objects_are_found_by_id_and_by_property(repository):
    person = repository.get(Person, "p-tran-duy-dong")
    assert person.name == "Trần Duy Đông"
    assert repository.get(Person, "nobody") is None
    found = repository.match(Unit).where(name="Sở Thông tin và Truyền thông", place="place-vinh-phuc")
    assert ids(found) == {"vp-so-tttt"}
    assert [each.id for each in repository.match(Person).order_by("_.id").limit(2)] == [
        "p-le-dien",
        "p-le-viet-chu",
    ]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_label_is_counted_as_in_cypher(repository, demo, model):
    assert len(repository.match(model)) == demo.read(f"MATCH (n:{model.__name__}) RETURN count(n)").value() > 0


def test_people_posts_and_units_lead_to_each_other(repository):
    person = repository.get(Person, "p-tran-duy-dong")
    assert {position.title for position in person.holds} == {"Bí thư", "Phó Bí thư", "Chủ tịch"}
    units = {unit.id for position in person.holds for unit in position.unit}
    assert "vp-ubnd" in units
    ubnd = repository.get(Unit, "vp-ubnd")
    assert person.id in {holder.id for position in ubnd.positions for holder in position.holders}


def test_dates_are_plain_and_days_are_judged(repository):
    unit = repository.get(Unit, "vp-so-tttt-phong-phap-che")
    assert type(unit.valid_to) is dt.date and unit.valid_to == dt.date(2017, 8, 31)
    assert unit.holds_on(dt.date(2017, 8, 30)) and not unit.holds_on(dt.date(2017, 8, 31))


def test_relationships_come_with_their_properties(repository, demo):
    person = repository.get(Person, "p-tran-tue-hien")
    found = {position.id: properties["id"] for _, (_, properties), position in person.holds.triples()}
    query = "MATCH (:Person {id: 'p-tran-tue-hien'})-[h:HOLDS]->(x) RETURN x.id, h.id"
    assert found == dict(demo.read(query).rows) and found


def test_a_relationship_to_several_labels_gives_the_right_classes(repository, demo):
    rows = demo.read("MATCH (e:Event)-[:INPUT]->(x) RETURN e.id, labels(x)[0], x.id").rows
    assert {label for _, label, _ in rows} >= {"Unit", "Place"}
    for label in ("Unit", "Place"):
        event, _, end = next(row for row in rows if row[1] == label)
        inputs = {each.id: type(each) for each in repository.get(Event, event).inputs}
        assert inputs[end] is {"Unit": Unit, "Place": Place}[label]
    stated = demo.read("MATCH (f:Figure)-[:STATED_IN]->(d) RETURN d.id, f.id LIMIT 1").rows[0]
    states = {each.id: type(each) for each in repository.get(Document, stated[0]).states}
    assert states[stated[1]] is Fact


def test_the_classes_follow_the_schema():
    """Every property and relationship named by a class is in the schema, with its direction."""
    for model in MODELS:
        kind = schema().labels[model.__name__]
        for name in dir(model):
            each = next((vars(base)[name] for base in model.__mro__ if name in vars(base)), None)
            if hasattr(each, "key"):
                assert each.key in kind.properties, (model, name)
            elif hasattr(each, "relationship_type"):
                ends = schema().relationships[each.relationship_type].ends
                assert model.__name__ in {pair[0 if each.direction > 0 else 1] for pair in ends}, (model, name)
                others = {pair[1 if each.direction > 0 else 0] for pair in ends if model.__name__ in pair}
                assert each.related_class == "Fact" or each.related_class in others, (model, name)


def test_every_relationship_between_the_classes_is_there():
    names = {model.__name__ for model in MODELS}
    reached = {
        (model.__name__, each.relationship_type)
        for model in MODELS
        for each in vars(model).values()
        if getattr(each, "direction", 0) > 0
    }
    for name, kind in schema().relationships.items():
        for start, end in kind.ends:
            if start in names and end in names:
                assert (start, name) in reached


@pytest.mark.parametrize("cypher", WRITES)
@pytest.mark.parametrize("explicit", [False, True], ids=["auto", "begin"])
def test_cypher_that_writes_is_refused_and_the_graph_goes_on(people, cypher, explicit):
    graph = py2neo_graph(people)
    before = state(people)
    with pytest.raises((Neo4jError, UserError)):
        if explicit:
            transaction = graph.begin()
            transaction.run(cypher)
            graph.commit(transaction)
        else:
            graph.run(cypher)
    assert state(people) == before
    assert graph.evaluate("MATCH (n:Person {id: 'zz-p'}) RETURN n.name") == "Trần Thị Mười"


def test_methods_that_write_are_refused(people):
    graph = py2neo_graph(people)
    repository = Repository.wrap(graph)
    before = state(people)
    node = graph.nodes.match("Person", id="zz-p").first()
    node["name"] = "z"
    person = repository.get(Person, "zz-p")
    person.holds.clear()
    refused = [
        lambda: graph.push(node),
        lambda: graph.create(node),
        lambda: graph.merge(node, "Person", "id"),
        lambda: graph.delete(node),
        lambda: graph.separate(graph.relationships.match().first()),
        lambda: repository.save(person),
        lambda: repository.save(Person(id="zz", name="zz")),
        lambda: repository.delete(person),
    ]
    for write in refused:
        with pytest.raises(UserError, match="open for reading only"):
            write()
    with pytest.raises((Neo4jError, UserError)):
        graph.delete_all()
    assert state(people) == before


def test_a_writable_graph_writes(people):
    repository = Repository.wrap(py2neo_graph(people, writable=True))
    person = Person(id="zz-n", name="Nguyễn Văn Ẩn")
    person.holds.add(repository.get(Position, "zz-x"), id="zz-nx", valid_from=dt.date(2020, 2, 29))
    repository.save(person)
    rows = people.read("MATCH (p:Person {id: 'zz-n'})-[h:HOLDS]->(x) RETURN p.name, h.id, h.valid_from, x.id").rows
    assert rows == [["Nguyễn Văn Ẩn", "zz-nx", dt.date(2020, 2, 29), "zz-x"]]


def test_a_refused_commit_is_said(people):
    """A fact with an id that is there; py2neo alone would take the refusal at the commit for done."""
    graph = py2neo_graph(people, writable=True)
    transaction = graph.begin()
    with pytest.raises((Neo4jError, StoreFailed)):
        transaction.run("CREATE (n:Person {id: 'zz-p'})")
        graph.commit(transaction)
    assert graph.evaluate("MATCH (n:Person {id: 'zz-p'}) RETURN count(n)") == 1


def test_only_an_open_store_or_an_address_will_do(monkeypatch, tmp_path):
    with pytest.raises(UserError, match="connect"):
        py2neo_graph(str(tmp_path))
    monkeypatch.delenv("BOMAY_PASSWORD", raising=False)
    with pytest.raises(StoreError, match="BOMAY_PASSWORD"):
        py2neo_graph("bolt://127.0.0.1:9")
    monkeypatch.setenv("BOMAY_PASSWORD", "p")
    with pytest.raises(StoreError, match="cannot connect"):
        py2neo_graph("neo4j://127.0.0.1:9")


def test_without_py2neo_the_import_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "py2neo", None)
    monkeypatch.delitem(sys.modules, "graph.py2neo_models")
    with pytest.raises(ImportError, match=r"bomay\[py2neo\]"):
        importlib.import_module("graph.py2neo_models")


def test_functions_and_documents(repository, demo):
    function, unit = demo.read("MATCH (u:Unit)-[:PERFORMS]->(f:Function) RETURN f.id, u.id LIMIT 1").rows[0]
    assert unit in ids(repository.get(Function, function).performed_by)
    document, cited = demo.read("MATCH (a:Document)-[:CITES]->(b:Document) RETURN a.id, b.id LIMIT 1").rows[0]
    assert cited in ids(repository.get(Document, document).cites)
    assert document in ids(repository.get(Document, cited).cited_by)
