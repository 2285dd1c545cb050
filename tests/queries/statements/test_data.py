"""The data files are whole: every reference exists, every phrase can be found."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from queries.statements.concepts import ancestors, concepts, nearness
from queries.statements.corpus import background
from queries.statements.features import role_likeness
from queries.statements.lexicon import canonical_phrase, data, lexicon


def test_concepts_have_parents_that_exist_and_no_circle() -> None:
    assert len(concepts()) > 350
    for name in concepts():
        assert name not in [above for above, steps in ancestors(name).items() if steps]


def test_every_phrase_is_found_as_written() -> None:
    for name, concept in concepts().items():
        for phrase in concept.phrases:
            syllables = canonical_phrase(phrase)
            assert syllables, (name, phrase)
            hits = lexicon().find(syllables)
            assert any(name in hit.names for hit in hits) or len(hits) > 1, (name, phrase)


def test_roles_are_known_and_named() -> None:
    actions = data("actions")
    roles = set(actions["roles"])
    assert roles == set(actions["names"])
    assert roles >= {*actions["weak"], *actions["unnamed"], *actions["as_concept"], *actions["split_off"]}
    pairs = [frozenset(pair.split(" + ")) for pair in actions["likeness"]]
    assert not [pair for pair, count in Counter(pairs).items() if count > 1]
    assert all(pair <= roles for pair in pairs)
    assert all(-1 <= value <= 1 for value in actions["likeness"].values())
    assert {*actions["as_concept"].values(), *actions["closing"].values()} <= concepts().keys()


def test_weights_name_concepts_and_fields_that_exist() -> None:
    weights = data("weights")
    assert set(weights["frames"]["concepts"]) <= concepts().keys()
    assert set(weights["fields"]) <= {concept.field for concept in concepts().values()}


def test_nearness_falls_with_the_distance() -> None:
    steps = [("thuy_loi", "thuy_loi"), ("de_dieu", "thien_tai"), ("de_dieu", "thuy_loi"), ("cho", "quan_ly_thi_truong")]
    values = [nearness(a, b)[0] for a, b in steps]
    assert all(one > next_ for one, next_ in pairwise(values))
    assert nearness("thuy_loi", "ho_tich") == (0.0, "")
    assert nearness("bao_chi", "phat_thanh_truyen_hinh") == nearness("phat_thanh_truyen_hinh", "bao_chi")


def test_regulator_and_provider_are_contrary_roles() -> None:
    assert role_likeness(("state_management",), ("operate",)) == -1
    assert role_likeness(("state_management",), ("advise",)) > 0.5
    assert role_likeness(("inspect",), ("inspect",)) == 1
    assert role_likeness((), ("inspect",)) < role_likeness((), ("plan",))


def test_the_background_speaks_of_most_fields() -> None:
    found = {concepts()[t.name].field for statement in background() for t in statement.terms if t.kind == "concept"}
    assert found == {concept.field for concept in concepts().values()}
