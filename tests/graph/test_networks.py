"""Networks of the graph as of a day and around a place or a unit."""

import datetime as dt
import subprocess
import sys
from collections import Counter

import networkx as nx
import pytest

import graph
from graph.errors import NothingFound, UnknownName
from graph.networks import to_networkx
from graph.schema import schema

DAYS = [dt.date(1990, 1, 1), dt.date(2017, 8, 30), dt.date(2017, 8, 31), dt.date(2025, 2, 28), dt.date(2025, 3, 1)]

# Sở A of place p has a Phòng and a post with two holders one after the other; B ended in 2020; C lies elsewhere.
SMALL = """
CREATE (p:Place {id: 'p', name: 'tỉnh Thử', kind: 'tinh', level: 'province', valid_to: date('2025-07-01')}),
       (q:Place {id: 'q', name: 'tỉnh Khác', kind: 'tinh', level: 'province'}),
       (a:Unit {id: 'a', name: 'Sở A', valid_from: date('2010-01-01')}),
       (s:Unit {id: 's', name: 'Phòng S'}),
       (b:Unit {id: 'b', name: 'Sở B', valid_to: date('2020-01-01')}),
       (c:Unit {id: 'c', name: 'Sở C'}),
       (x:Position {id: 'x', title: 'Giám đốc', seats: 1}),
       (m:Person {id: 'm', name: 'Mai', aliases: ['Mài', 'Mãi']}), (n:Person {id: 'n', name: 'Nam'}),
       (f:Function {id: 'f', text: 'Việc F'}), (g:Function {id: 'g', text: 'Việc G'}),
       (e:Event {id: 'e', kind: 'dissolve', date: date('2020-01-01')}),
       (o:Event {id: 'o', kind: 'create'}),
       (i:Figure {id: 'i', measure: 'staff', value: 7.5}),
       (k:ConcurrencyModel {id: 'k', name: 'CM1'}),
       (d:Document {id: 'd', title: 'Báo cáo'}), (u:Document {id: 'u', title: 'Khác'}),
       (:Load {id: 'l', file: 'x.yaml'}),
       (a)-[:LOCATED_IN {id: 'ap'}]->(p), (s)-[:LOCATED_IN {id: 'sp'}]->(p), (b)-[:LOCATED_IN {id: 'bp'}]->(p),
       (c)-[:LOCATED_IN {id: 'cq'}]->(q),
       (s)-[:PART_OF {id: 'sa', kind: 'line'}]->(a), (s)-[:PART_OF {id: 'sa2', kind: 'professional'}]->(a),
       (c)-[:PART_OF {id: 'ca', kind: 'professional'}]->(a),
       (x)-[:OF_UNIT {id: 'xa'}]->(a),
       (m)-[:HOLDS {id: 'mx', valid_to: date('2019-05-01')}]->(x),
       (n)-[:HOLDS {id: 'nx', valid_from: date('2019-05-01')}]->(x),
       (s)-[:PERFORMS {id: 'sf'}]->(f), (c)-[:PERFORMS {id: 'cg'}]->(g),
       (e)-[:INPUT {id: 'eb'}]->(b), (e)-[:TRANSFERS {id: 'ef', from: 'b', to: 's'}]->(f),
       (o)-[:OUTPUT {id: 'oc'}]->(c), (i)-[:ABOUT {id: 'ia'}]->(a), (k)-[:STATUS_IN {id: 'kp'}]->(p),
       (m)-[:STATED_IN {id: 'e1', fact: 'mx', basis: 'stated'}]->(d),
       (c)-[:STATED_IN {id: 'e2', fact: 'c', basis: 'stated'}]->(u),
       (d)-[:CITES {id: 'du', kind: 'implements'}]->(u)
"""


@pytest.fixture
def small(store):
    store.write(SMALL)
    return store


def keys(network: nx.MultiDiGraph) -> set[str]:
    return {key for *_, key in network.edges(keys=True)}


def holds(properties: dict, day: dt.date) -> bool:
    start, end = properties.get("valid_from"), properties.get("valid_to")
    return (start is None or start <= day) and (end is None or end > day)


def test_nodes_and_edges_carry_their_kind_and_properties(small):
    network = to_networkx(small)
    assert network.nodes["m"] == {"label": "Person", "id": "m", "name": "Mai", "aliases": ["Mài", "Mãi"]}
    assert network.nodes["a"]["valid_from"] == dt.date(2010, 1, 1)
    assert type(network.nodes["a"]["valid_from"]) is dt.date
    assert network.nodes["i"]["value"] == 7.5
    assert network.edges["e", "f", "ef"] == {"type": "TRANSFERS", "id": "ef", "from": "b", "to": "s"}


def test_two_relationships_between_the_same_two_units_are_two_edges(small):
    network = to_networkx(small)
    assert {data["kind"] for data in network["s"]["a"].values()} == {"line", "professional"}


def test_without_a_day_everything_comes_but_evidence_and_internal_labels(small):
    network = to_networkx(small)
    assert set(network) == set("pqasbcxmnfgeoik")
    assert not keys(network) & {"e1", "e2", "du"}


@pytest.mark.parametrize(
    ("day", "holder"), [(dt.date(2019, 4, 30), "mx"), (dt.date(2019, 5, 1), "nx"), (dt.date(2030, 1, 1), "nx")]
)
def test_a_start_is_inclusive_and_an_end_exclusive(small, day, holder):
    assert keys(to_networkx(small, day)) & {"mx", "nx"} == {holder}


def test_an_unknown_start_counts_as_always(small):
    network = to_networkx(small, dt.date(1800, 1, 1))
    assert "b" in network and "a" not in network


def test_edges_go_with_the_node_that_ended(small):
    before, after = to_networkx(small, dt.date(2019, 12, 31)), to_networkx(small, dt.date(2020, 1, 1))
    assert keys(before) - keys(after) == {"bp", "eb"}
    assert set(before) - set(after) == {"b"}


def test_a_place_has_its_units_and_what_hangs_on_them(small):
    network = to_networkx(small, dt.date(2019, 6, 1), "p")
    assert set(network) == set("pasbxnfeik")
    assert keys(network) == {"ap", "sp", "bp", "sa", "sa2", "xa", "nx", "sf", "eb", "ef", "ia", "kp"}


def test_a_unit_has_its_subtree_by_line_only(small):
    network = to_networkx(small, dt.date(2020, 6, 1), "a")
    assert set(network) == set("pasxnfei")
    assert "c" not in network


def test_evidence_comes_with_the_facts_that_hold(small):
    early, late = (to_networkx(small, day, "p", evidence=True) for day in (dt.date(2019, 4, 1), dt.date(2019, 6, 1)))
    assert "d" in early and "e1" in keys(early)
    # u speaks of a unit outside the scope; from May the fact that d speaks of does not hold
    assert not {"u"} & set(early) and not {"d", "u"} & set(late)
    whole = to_networkx(small, dt.date(2019, 6, 1), evidence=True)
    assert {"e2", "du"} <= keys(whole) and "e1" not in keys(whole)


def test_a_scope_that_is_not_there(small):
    with pytest.raises(UnknownName, match="'nowhere'"):
        to_networkx(small, scope="nowhere")
    with pytest.raises(UnknownName, match="'m'"):
        to_networkx(small, scope="m")
    with pytest.raises(NothingFound, match="Sở B does not exist on 2020-01-01"):
        to_networkx(small, dt.date(2020, 1, 1), "b")
    with pytest.raises(NothingFound, match="tỉnh Thử"):
        to_networkx(small, dt.date(2025, 7, 1), "p")


def test_units_below_each_other_in_a_circle_end(small):
    small.write("MATCH (a:Unit {id: 'a'}), (s:Unit {id: 's'}) CREATE (a)-[:PART_OF {id: 'as', kind: 'line'}]->(s)")
    assert {"a", "s"} <= set(to_networkx(small, scope="a"))


def test_an_empty_store_gives_an_empty_network(store):
    assert len(to_networkx(store)) == 0


def test_the_whole_demo_comes_once(demo):
    network = to_networkx(demo, evidence=True)
    internal = {name for name, kind in schema().labels.items() if kind.internal}
    counted = dict(demo.read("MATCH (n) RETURN labels(n)[0] AS label, count(*) AS n").rows)
    assert Counter(dict(network.nodes(data="label")).values()) == {
        label: count for label, count in counted.items() if label not in internal
    }
    counted = dict(demo.read("MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS n").rows)
    assert Counter(type_ for *_, type_ in network.edges(data="type")) == counted


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_as_of_a_day_is_what_the_whole_says_of_that_day(demo, day):
    """Against the same rule in Python on everything that is recorded."""
    whole = to_networkx(demo)
    nodes = {key for key, data in whole.nodes(data=True) if holds(data, day)}
    edges = {
        key
        for start, end, key, data in whole.edges(keys=True, data=True)
        if holds(data, day) and start in nodes and end in nodes
    }
    network = to_networkx(demo, day)
    assert set(network) == nodes
    assert keys(network) == edges


@pytest.mark.parametrize("scope", ["place-vinh-phuc", "place-binh-phuoc", "vp-so-tttt", "vp-ubnd"])
def test_a_scope_is_a_part_with_all_that_joins_its_nodes(demo, scope):
    day = dt.date(2018, 6, 1)
    whole, part = to_networkx(demo, day), to_networkx(demo, day, scope)
    assert scope in part and len(part) < len(whole)
    assert dict(part.nodes(data=True)) == {key: whole.nodes[key] for key in part}
    assert keys(part) == keys(whole.subgraph(part))


def test_graph_offers_it_without_importing_networkx():
    code = "import sys, graph; graph.to_networkx; assert 'networkx' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert graph.to_networkx is to_networkx
    with pytest.raises(AttributeError, match="nothing_such"):
        graph.nothing_such
