"""Holdings that dated rules forbid: on the day, in the place, in the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from graph.store import Store
from queries.incompatible import Violation, violations
from tests.queries.analysis_fixtures import Facts, span, store_of

ON = dt.date(2021, 6, 1)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    facts = Facts()
    facts.place("t", "tỉnh Thử")
    facts.place("b", "tỉnh Bên")
    facts.unit("hd", "HĐND tỉnh", "hdnd", place="t")
    facts.unit("ub", "UBND tỉnh", "ubnd", place="t")
    facts.unit("hd-b", "HĐND tỉnh", "hdnd", place="b", basis="inferred")
    facts.unit("so", "Sở Y tế", "so", place="t", parent="ub")
    facts.unit("cc", "Chi cục Dân số", "chi_cuc", place="t", parent="so")
    facts.unit("bv", "Bệnh viện", "benh_vien", place="t", system="service", parent="cc")
    facts.unit("khac", "Chi cục Khác", "chi_cuc", place="t", parent="ub")
    facts.post("hd-pct", "hd", "Phó Chủ tịch", "pho_chu_tich", "deputy")
    facts.post("hd-b-ct", "hd-b", "Chủ tịch", "chu_tich")
    facts.post("ub-ct", "ub", "Chủ tịch", "chu_tich")
    facts.post("so-gd", "so", "Giám đốc", "giam_doc")
    facts.post("cc-ct", "cc", "Chi cục trưởng", "chi_cuc_truong")
    facts.post("bv-gd", "bv", "Giám đốc", "giam_doc")
    facts.post("khac-ct", "khac", "Chi cục trưởng", "chi_cuc_truong")
    facts.post("so-kt", "so", "Kế toán", "ke_toan", "staff")
    facts.post("so-tq", "so", "Thủ quỹ", "thu_quy", "staff")
    facts.post("cc-tq", "cc", "Thủ quỹ", "thu_quy", "staff")
    for person, posts in {
        "hai-chu-tich": ["hd-pct", "ub-ct"],
        "hai-noi": ["hd-b-ct", "ub-ct"],
        "tren-duoi": ["so-gd", "bv-gd"],
        "hai-nhanh": ["so-gd", "khac-ct"],
        "ke-toan": ["so-kt", "so-tq"],
        "hai-quy": ["so-kt", "cc-tq"],
    }.items():
        facts.person(person, person)
        for post in posts:
            facts.holds(person, post, "2005-01-01")
    facts.person("uy-vien", "uy-vien")
    facts.holds("uy-vien", "hd-pct", "2005-01-01")
    facts.edge("MEMBER_OF", "uy-vien", "ub", kind="government", id="m1", **span(until="2022-01-01"))
    facts.person("dang-vien", "dang-vien")
    facts.holds("dang-vien", "hd-pct", "2005-01-01")
    facts.edge("MEMBER_OF", "dang-vien", "hd", kind="council", id="m2")
    with store_of(tmp_path_factory.mktemp("incompatible"), facts) as opened:
        yield opened


def rows(found: list[Violation]) -> list[tuple[str, str]]:
    return [(v.rule.id, v.name) for v in found]


def test_what_the_rules_of_the_day_forbid(store: Store) -> None:
    assert rows(violations(store, ON)) == [
        ("accountant_not_cashier", "ke-toan"),
        ("director_not_lower_head", "tren-duoi"),
        ("standing_council_not_government", "hai-chu-tich"),
        ("standing_council_not_government", "uy-vien"),
    ]


def test_a_violation_names_the_posts_the_rule_and_its_source(store: Store) -> None:
    (found,) = [v for v in violations(store, ON) if v.name == "hai-chu-tich"]
    assert (found.a.position, found.b.id) == ("hd-pct", "h:hai-chu-tich:ub-ct")
    assert "Thường trực HĐND" in found.rule.vi and found.rule.source.startswith("Luật Tổ chức chính quyền")
    assert found.rule.confidence == "own knowledge" and found.basis == "stated"
    (member,) = [v for v in violations(store, ON) if v.name == "uy-vien"]
    assert member.b.id == "m1"


def test_a_rule_does_not_judge_what_was_before_it(store: Store) -> None:
    assert rows(violations(store, dt.date(2015, 12, 31))) == [("accountant_not_cashier", "ke-toan")]
    before = rows(violations(store, dt.date(2020, 11, 24)))
    assert ("director_not_lower_head", "tren-duoi") not in before
    assert ("standing_council_not_government", "uy-vien") in before


def test_an_ended_membership_no_longer_counts(store: Store) -> None:
    after = rows(violations(store, dt.date(2022, 1, 1)))
    assert ("standing_council_not_government", "uy-vien") not in after


def test_the_scope_of_a_place(store: Store) -> None:
    assert rows(violations(store, ON, place="t")) == rows(violations(store, ON))
    assert violations(store, ON, place="b") == []
