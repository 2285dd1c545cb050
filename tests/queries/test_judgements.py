"""Runs, candidates and judgements in the graph: what survives, what is replaced, what is kept as ended."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from graph.errors import NothingFound, UnknownName, UserError
from graph.findings import Candidate, Judgement, Run, finding_key, judge, record, undo_judgement
from graph.store import Store
from queries.candidates import recorded
from queries.judgements import by_prefix, history, judgements
from tests.queries.analysis_fixtures import Facts

ON = dt.date(2020, 6, 1)
RUN = Run("overlap", ON, "0.1", "abc", {"level": "province"}, "t")
A = Candidate("overlap", "o-aa", 0.9, "duplicate", (("Unit", "u", "a"), ("Function", "f", "a")), [{"name": "x"}])
B = Candidate("overlap", "o-bb", 0.6, "overlap", (("Unit", "v", "a"),), summary="hai")


@pytest.fixture
def graph(store: Store) -> Store:
    """Two units and a function."""
    facts = Facts()
    facts.unit("u", "Sở U", "so")
    facts.unit("v", "Sở V", "so")
    facts.node("Function", "f", text="Quản lý nhà nước về bưu chính")
    facts.write(store)
    return store


def said(store: Store, kind: str = "overlap") -> dict[str, str]:
    return {key: each.verdict for key, each in judgements(store, kind).items()}


def verdict(key: str = "o-aa", word: str = "accept", **more: object) -> Judgement:
    return replace(Judgement("overlap", key, word, "An", ON, "vì thế", A.members, "một"), **more)  # type: ignore[arg-type]


def keys(store: Store) -> list[str]:
    return [each.key for each in recorded(store)]


def rows(store: Store, cypher: str) -> Sequence[Sequence[object]]:
    return store.read(cypher).rows


def test_a_run_with_its_candidates_and_what_they_concern(graph: Store) -> None:
    record(graph, RUN, [A, B])
    assert recorded(graph) == [
        replace(recorded(graph)[0], key="o-aa", cls="duplicate", score=0.9, members=A.members[::-1]),
        replace(recorded(graph)[1], key="o-bb", cls="overlap", score=0.6, members=B.members, summary="hai"),
    ]
    ((day, parameters, version, weights, count),) = rows(
        graph, "MATCH (r:Run) RETURN r.as_of, r.parameters, r.version, r.weights, r.candidates"
    )
    assert (day, json.loads(str(parameters)), version, weights, count) == (ON, {"level": "province"}, "0.1", "abc", 2)
    ranks = rows(graph, "MATCH (c:Candidate)-[:FOUND_IN]->(:Run) RETURN c.key, c.rank ORDER BY c.rank")
    assert ranks == [["o-aa", 1], ["o-bb", 2]]


def test_the_same_question_again_replaces_and_leaves_nothing_behind(graph: Store) -> None:
    record(graph, RUN, [A, B])
    record(graph, replace(RUN, version="0.2"), [replace(A, score=0.7)])
    assert [(each.key, each.score) for each in recorded(graph)] == [("o-aa", 0.7)]
    assert rows(graph, "MATCH (r:Run) RETURN r.version") == [["0.2"]]
    assert rows(graph, "MATCH (:Candidate)-[r]->() RETURN type(r), count(*) ORDER BY type(r)") == [
        ["CONCERNS", 2],
        ["FOUND_IN", 1],
    ]


def test_a_candidate_that_another_run_finds_belongs_to_the_newest(graph: Store) -> None:
    later = replace(RUN, on=dt.date(2021, 1, 1))
    record(graph, RUN, [A, B])
    record(graph, later, [A])
    found = dict(map(tuple, rows(graph, "MATCH (c:Candidate)-[:FOUND_IN]->(r:Run) RETURN c.key, r.id")))  # type: ignore[arg-type]
    assert found == {"o-aa": later.id, "o-bb": RUN.id}


def test_kinds_do_not_mix(graph: Store) -> None:
    record(graph, RUN, [A])
    record(graph, replace(RUN, kind="merge"), [replace(A, kind="merge")])
    judge(graph, [verdict(kind="merge")])
    assert len(recorded(graph)) == 2 and [each.kind for each in recorded(graph, "merge")] == ["merge"]
    assert said(graph) == {} and said(graph, "merge") == {"o-aa": "accept"}


def test_members_that_are_not_in_the_graph_are_left_out(graph: Store) -> None:
    record(graph, RUN, [replace(A, members=(("Unit", "u", "a"), ("Unit", "gone", "b")))])
    assert recorded(graph)[0].members == (("Unit", "u", "a"),)


def test_two_candidates_of_one_key_are_a_mistake(graph: Store) -> None:
    with pytest.raises(UserError, match="same key"):
        record(graph, RUN, [A, A])
    assert keys(graph) == []


def test_a_judgement_before_and_after_the_run_is_joined_to_the_candidate(graph: Store) -> None:
    judge(graph, [verdict()])
    record(graph, RUN, [A, B])
    judge(graph, [verdict("o-bb", "reject")])
    joined = "MATCH (j:Judgement)-[:JUDGES]->(c:Candidate) RETURN c.key, j.verdict ORDER BY c.key"
    assert rows(graph, joined) == [["o-aa", "accept"], ["o-bb", "reject"]]
    record(graph, RUN, [A, B])
    assert rows(graph, joined) == [["o-aa", "accept"], ["o-bb", "reject"]]
    concerns = "MATCH (j:Judgement {key: 'o-aa'})-[r:CONCERNS]->(n) RETURN n.id ORDER BY n.id"
    assert rows(graph, concerns) == [["f"], ["u"]]


def test_it_outlives_runs_and_the_facts_it_is_about(graph: Store) -> None:
    record(graph, RUN, [A])
    judge(graph, [verdict()])
    record(graph, RUN, [])
    assert keys(graph) == [] and said(graph) == {"o-aa": "accept"}
    graph.write("MATCH (n) WHERE n:Unit OR n:Function DETACH DELETE n")
    kept = judgements(graph, "overlap")["o-aa"]
    assert (kept.members, kept.by, kept.on, kept.reason) == (A.members, "An", ON, "vì thế")


def test_a_later_verdict_replaces_and_both_are_kept(graph: Store) -> None:
    judge(graph, [verdict()])
    judge(graph, [verdict(word="reject", by="Bình", on=dt.date(2020, 7, 1))])
    assert said(graph) == {"o-aa": "reject"}
    new, old = history(graph)
    assert (new.verdict, new.ended) == ("reject", None)
    assert (old.verdict, old.ended, old.ended_why, old.ended_by) == ("accept", dt.date(2020, 7, 1), "replaced", "Bình")
    assert [each.verdict for each in history(graph, ended=False)] == ["reject"]


def test_of_two_on_one_key_in_one_batch_the_later_counts(graph: Store) -> None:
    judge(graph, [verdict(), verdict(word="unsure"), verdict("o-bb", "reject")])
    assert said(graph) == {"o-aa": "unsure", "o-bb": "reject"}
    assert len(history(graph)) == 3


def test_one_entered_late_does_not_end_the_other_before_it_began(graph: Store) -> None:
    judge(graph, [verdict()])
    judge(graph, [verdict(word="reject", on=dt.date(2019, 1, 1))])
    assert history(graph)[1].ended == ON


def test_undone_is_open_again_and_stays_on_record(graph: Store) -> None:
    judge(graph, [verdict()])
    undo_judgement(graph, "overlap", "o-aa", by="Chi", on=dt.date(2020, 8, 1), reason="nhầm")
    assert said(graph) == {}
    (old,) = history(graph)
    assert (old.ended, old.ended_why, old.ended_by, old.ended_reason) == (dt.date(2020, 8, 1), "undone", "Chi", "nhầm")
    with pytest.raises(NothingFound):
        undo_judgement(graph, "overlap", "o-aa", on=ON)
    judge(graph, [verdict(word="unsure")])
    assert said(graph) == {"o-aa": "unsure"} and len(history(graph)) == 2


def test_an_unknown_verdict_is_refused(graph: Store) -> None:
    with pytest.raises(UserError, match="maybe"):
        judge(graph, [verdict(word="maybe")])
    assert history(graph) == []


def test_keys() -> None:
    assert finding_key("o", ["b", "a"]) == finding_key("o", ["a", "b"]) != finding_key("m", ["a", "b"])
    assert finding_key("c", ["a"], ["b"]) != finding_key("c", ["b"], ["a"])
    assert by_prefix("o-a", ["o-ab", "o-b"]) == "o-ab"
    assert by_prefix("o-a", ["o-a", "o-ab"]) == "o-a"
    for given in ("o", "x"):
        with pytest.raises(UnknownName):
            by_prefix(given, ["o-ab", "o-ac"])


def test_a_thousand_candidates_are_one_transaction(graph: Store) -> None:
    many = [replace(A, key=f"o-{n}") for n in range(1200)]
    record(graph, RUN, many)
    assert len(keys(graph)) == 1200
    record(graph, RUN, many[:5])
    assert len(keys(graph)) == 5
