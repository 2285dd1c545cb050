"""Plans, loads and undo on a real store."""

import pytest

from graph import ingest
from graph.dates import as_properties, parse_date
from graph.errors import Contradiction, NothingFound, StoreConflict, StoreError, UserError
from graph.facts import Facts, fact_id, merge_properties
from graph.ingest import plan, unfinished, write
from graph.undo import undo


def facts(*events, end=None):
    """Two units under a sở with a function and a holder, and what else is given."""
    found = Facts()
    for unit in ("so", "a", "b", "c"):
        found.add_node("Unit", unit, {"name": unit.upper(), "kind": "phong", "level": "province", "system": "state"})
    if end:
        found.nodes["a"].properties.update(as_properties("valid_to", parse_date(end)))
    for unit in ("a", "b"):
        found.add_relationship("PART_OF", unit, "so", {"kind": "line"})
    found.add_node("Function", "f", {"text": "f"})
    found.add_relationship("PERFORMS", "a", "f", {})
    for id_, kind, date, inputs, outputs in events:
        found.add_node("Event", id_, {"kind": kind, "status": "in_force", **as_properties("date", parse_date(date))})
        for unit in inputs:
            found.add_relationship("INPUT", id_, unit, {})
        for unit in outputs:
            found.add_relationship("OUTPUT", id_, unit, {})
    return found


MERGER = ("e", "merge", "2017-08-31", ["a", "b"], ["c"])


def dump(store):
    nodes = store.read("MATCH (n) WHERE NOT n:Load AND NOT n:Meta RETURN labels(n) AS l, properties(n) AS p").rows
    edges = store.read("MATCH (a)-[r]->(b) RETURN type(r) AS t, a.id AS a, b.id AS b, properties(r) AS p").rows
    return sorted(map(repr, nodes)), sorted(map(repr, edges))


def load(store, incoming, name="L1"):
    todo = plan(store, incoming)
    if todo.size:
        write(store, todo, {"id": name, "file": f"{name}.yaml", "digest": name})
    return todo


def test_a_second_load_of_the_same_finds_nothing_to_do(store):
    assert load(store, facts(MERGER)).size > 10
    before = dump(store)
    assert load(store, facts(MERGER), "L2").size == 0
    assert dump(store) == before
    assert store.read("MATCH (l:Load) RETURN l.id").rows == [["L1"]]


def test_an_event_that_comes_later_changes_what_is_stored(store):
    load(store, facts())
    todo = load(store, facts(MERGER), "L2")
    assert {change.id for change in todo.ended()} >= {"a", "b"}
    row = store.read("MATCH (u:Unit {id: 'c'})-[p:PERFORMS]->(f) RETURN f.id, p.valid_from, p.event").rows[0]
    assert (row[0], str(row[1]), row[2]) == ("f", "2017-08-31", "e")
    assert store.read("MATCH (u:Unit {id: 'a'}) RETURN u.ended_by").value() == "e"


def test_facts_told_after_the_event_are_handed_on_too(store):
    load(store, facts(MERGER))
    late = Facts()
    late.add_node("Unit", "a", {"name": "A", "kind": "phong", "level": "province", "system": "state"})
    late.add_node("Function", "late", {"text": "late"})
    late.add_relationship("PERFORMS", "a", "late", {})
    load(store, late, "L2")
    query = "MATCH (u:Unit)-[p:PERFORMS]->(:Function {id: 'late'}) WHERE p.valid_to IS NULL RETURN u.id"
    assert store.read(query).rows == [["c"]]


def test_a_contradiction_with_the_store_changes_nothing(store):
    load(store, facts(end="2016-01-01"))
    before = dump(store)
    with pytest.raises(Contradiction, match="ended on 2016-01-01"):
        load(store, facts(MERGER), "L2")
    assert dump(store) == before


def test_undo_restores_exactly_what_was_there(store):
    load(store, facts())
    before = dump(store)
    load(store, facts(MERGER), "L2")
    assert dump(store) != before
    undo(store, "L2")
    assert dump(store) == before
    undo(store, "L1")
    assert store.read("MATCH (n) WHERE NOT n:Meta RETURN n").rows == []


def test_undo_of_what_others_build_upon_is_refused(store):
    load(store, facts())
    load(store, facts(MERGER), "L2")
    with pytest.raises(UserError, match="built upon by L2"):
        undo(store, "L1")
    with pytest.raises(NothingFound):
        undo(store, "nothing")


def test_a_write_that_fails_leaves_nothing(store):
    load(store, facts())
    before = dump(store)
    todo = plan(store, facts(MERGER))
    todo.nodes.append(todo.nodes[0])  # the same id twice: refused by the store in the middle
    with pytest.raises(StoreError):
        write(store, todo, {"id": "L2", "file": "x", "digest": "x"})
    assert dump(store) == before


def test_a_plan_made_of_an_older_graph_is_not_written(store):
    load(store, facts())
    mergers = [("e1", "absorb", "2017-01-01", ["a"], ["b"]), ("e2", "absorb", "2018-01-01", ["a"], ["c"])]
    plans = [plan(store, facts(merger)) for merger in mergers]
    write(store, plans[0], {"id": "L2", "file": "x", "digest": "x"})
    before = dump(store)
    with pytest.raises(StoreConflict, match="another load"):
        write(store, plans[1], {"id": "L3", "file": "y", "digest": "y"})
    assert dump(store) == before
    with pytest.raises(Contradiction, match="ended on 2017-01-01 by event e1"):
        load(store, facts(mergers[1]), "L3")


def test_a_large_load_that_is_cut_off_is_completed_by_a_second_run(store, monkeypatch):
    monkeypatch.setattr(ingest, "ONE_TRANSACTION", 5)
    monkeypatch.setattr(ingest, "BATCH", 2)
    load(store, facts())
    whole = facts(MERGER)
    calls = iter(range(3))

    def cut(done, total):
        if next(calls, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        todo = plan(store, whole)
        write(store, todo, {"id": "L2", "file": "x", "digest": "d"}, cut)
    assert unfinished(store, "d") == "L2"
    todo = plan(store, whole)
    assert todo.size > 0
    write(store, todo, {"id": unfinished(store, "d"), "file": "x", "digest": "d"})
    assert plan(store, whole).size == 0 and not unfinished(store, "d")
    undo(store, "L2")
    assert plan(store, facts()).size == 0


def test_what_a_further_statement_may_and_may_not_change():
    known = {"name": "Mới", "former_names": ["Cũ"], "basis": "inferred", "aliases": ["x"], "load": "L1"}
    known |= {"valid_to": 1, "ended_by": "e", "kind": "so"}
    new = {"name": "Cũ", "basis": "stated", "aliases": ["y"], "load": "L2", "valid_to": 2, "kind": None, "note": "n"}
    merge_properties(known, new)
    assert known == {
        "name": "Mới",
        "former_names": ["Cũ"],
        "basis": "stated",
        "aliases": ["x", "y"],
        "load": "L1",
        "valid_to": 1,
        "ended_by": "e",
        "kind": "so",
        "note": "n",
    }


def test_ids_do_not_run_parts_together():
    assert fact_id("u", "ab", "c") != fact_id("u", "a", "bc")
    assert fact_id("u", None, "c") == fact_id("u", "", "c")
