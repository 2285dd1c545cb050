"""Where the two posts of a model could go to one person, what favours it, what forbids it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest

from graph import vocabulary
from graph.store import Store
from queries.concurrency_candidates import (
    Opening,
    candidates,
    find_openings,
    nation_wide,
    openings,
    settings,
)
from queries.coverage import Seat, Status
from queries.holdings import Holding
from queries.models import KnownModel
from tests.queries.analysis_fixtures import Facts, span

ON = dt.date(2020, 6, 1)
CM1 = KnownModel("CM1", "Bí thư = CT HĐND", "unified_heads", frozenset({"district"}), frozenset({"huyen_uy"}),
                 frozenset({"bi_thu"}), frozenset({"hdnd"}), frozenset({"chu_tich"}))  # fmt: skip
CM2 = KnownModel("CM2", "Bí thư = CT UBND", "unified_heads", frozenset({"district"}), frozenset({"huyen_uy"}),
                 frozenset({"bi_thu"}), frozenset({"ubnd"}), frozenset({"chu_tich"}))  # fmt: skip
RULES = [rule for rule in vocabulary.rules() if rule.holds_on(ON)]
POLICY = {("CM1", "top"): [Status("policy", "", None, None, "18-NQ/TW")]}


def seat(place: str, kind: str, title: str, *holders: str) -> Seat:
    held = tuple((holder, holder) for holder in holders)
    return Seat(place, "district", kind, kind, title, held, f"{kind}-{place}", kind, f"{title}-{kind}-{place}")


def holding(person: str, of: Seat) -> Holding:
    return Holding(f"h-{person}-{of.position}", person, person, of.position, of.title, of.title, "head", of.unit,
                   of.unit_name, of.unit_kind, of.level, "state", of.place, "full", "", "", "stated", None)  # fmt: skip


def find(
    seats: Sequence[Seat],
    *,
    models: Sequence[KnownModel] = (CM1,),
    statuses: Mapping[tuple[str, str], Sequence[Status]] = POLICY,
    national: Mapping[str, Sequence[Status]] | None = None,
) -> list[Opening]:
    above = {seat.place: ["top"] for seat in seats}
    held = [holding(person, each) for each in seats for person, _ in each.holders]
    return find_openings(models, seats, statuses, above, held, RULES, national or {})


def points(opening: Opening) -> dict[str, float]:
    return {point.what: point.amount for point in opening.points}


def test_two_people_in_two_posts_are_an_opening_and_one_in_both_is_not() -> None:
    two = [seat("p", "huyen_uy", "bi_thu", "An"), seat("p", "hdnd", "chu_tich", "Bình")]
    one = [seat("q", "huyen_uy", "bi_thu", "Chi"), seat("q", "hdnd", "chu_tich", "Chi")]
    (found,) = find([*two, *one])
    assert found.place == "p" and found.cls == "proposed"
    assert points(found) == {"policy": 1.0, "elsewhere": settings()["elsewhere"] / 2}
    assert found.score == sum(points(found).values())


def test_vacancies_favour() -> None:
    base = settings()
    (one,) = find([seat("p", "huyen_uy", "bi_thu", "An"), seat("p", "hdnd", "chu_tich")])
    (both,) = find([seat("p", "huyen_uy", "bi_thu"), seat("p", "hdnd", "chu_tich")])
    assert points(one)["one_vacant"] == base["one_vacant"] and points(both)["both_vacant"] == base["both_vacant"]


def test_a_model_that_is_not_in_force_opens_nothing() -> None:
    seats = [seat("p", "huyen_uy", "bi_thu"), seat("p", "hdnd", "chu_tich")]
    assert find(seats, statuses={}) == []
    other_level = {("CM1", "top"): [Status("policy", "province", None, None, "")]}
    assert find(seats, statuses=other_level) == []


def test_what_is_said_of_the_place_weighs_more_and_a_stop_goes_last() -> None:
    seats = [seat(p, kind, title) for p in "pqr" for kind, title in (("huyen_uy", "bi_thu"), ("hdnd", "chu_tich"))]
    statuses = {
        **POLICY,
        ("CM1", "q"): [Status("mandatory", "district", None, None, "")],
        ("CM1", "r"): [Status("not_expanded", "", None, None, "")],
    }
    found = find(seats, statuses=statuses)
    assert [each.place for each in found] == ["q", "p", "r"]
    assert points(found[0])["mandatory"] == settings()["status"]["mandatory"] * settings()["here"]
    assert found[2].score < 0


def test_the_packaged_models_count_where_the_graph_says_nothing_of_one() -> None:
    seats = [seat("p", "huyen_uy", "bi_thu"), seat("p", "hdnd", "chu_tich")]
    national = {"CM1": (Status("policy", "", None, None, "18-NQ/TW"),)}
    (found,) = find(seats, statuses={}, national=national)
    assert found.points[0].scope == "vocabulary"
    assert find(seats, statuses={("CM1", "far"): [Status("pilot", "", None, None, "")]}, national=national) == []


def test_who_may_not_take_the_second_post_is_named() -> None:
    """The secretary heads the people's committee already, so he cannot chair the council."""
    seats = [
        seat("p", "huyen_uy", "bi_thu", "An"),
        seat("p", "ubnd", "chu_tich", "An"),
        seat("p", "hdnd", "chu_tich", "Bình"),
    ]
    (found,) = find(seats)
    assert ("An", "standing_council_not_government") in found.barred
    assert found.forbidden == ()  # the other may become secretary


def test_two_models_that_exclude_each_other() -> None:
    seats = [
        seat("p", "huyen_uy", "bi_thu", "An"),
        seat("p", "ubnd", "chu_tich", "An"),
        seat("p", "hdnd", "chu_tich", "Bình"),
    ]
    (found,) = find(seats, models=[CM1, CM2])
    assert found.model == "CM1" and "secretary_heads_one_of_two" in found.forbidden and found.cls == "forbidden"
    assert points(found)["other_model"] == settings()["other_model"]


def test_forbidden_ones_go_last() -> None:
    seats = [
        seat("p", "huyen_uy", "bi_thu", "An"),
        seat("p", "ubnd", "chu_tich", "An"),
        seat("p", "hdnd", "chu_tich", "Bình"),
        seat("q", "huyen_uy", "bi_thu", "Chi"),
        seat("q", "ubnd", "chu_tich", "Dung"),
        seat("q", "hdnd", "chu_tich", "Em"),
    ]
    found = find(seats, models=[CM1, CM2])
    assert [(each.place, each.model) for each in found][-1] == ("p", "CM1")


def test_candidates_for_the_graph() -> None:
    (found,) = find([seat("p", "huyen_uy", "bi_thu", "An"), seat("p", "hdnd", "chu_tich", "Bình")])
    (candidate,) = candidates([found])
    assert candidate.kind == "concurrency" and candidate.key == found.key
    assert ("Position", "bi_thu-huyen_uy-p", "a") in candidate.members
    assert ("Unit", "hdnd-p", "unit") in candidate.members


@pytest.mark.parametrize(
    ("day", "has"),
    [("2017-10-24", set()), ("2018-01-01", {"policy"}), ("2020-01-01", {"mandatory"}), ("2025-07-01", set())],
)
def test_the_packaged_history_of_a_model(day: str, has: set[str]) -> None:
    found = {status.status for status in nation_wide(dt.date.fromisoformat(day))["CM4"]}
    assert found >= has if has else found == set()


def test_on_a_store_with_its_dates_and_places(store: Store) -> None:
    facts = Facts()
    facts.place("vn", "Việt Nam", "central", "nuoc")
    facts.place("t", "tỉnh Thử")
    facts.edge("WITHIN", "t", "vn")
    facts.node("ConcurrencyModel", "m", code="CM1", name="x")
    facts.edge("STATUS_IN", "m", "vn", status="policy", **span("2017-10-25"))
    facts.unit("tu", "Tỉnh ủy", "tinh_uy", system="party", place="t")
    facts.unit("hd", "Hội đồng nhân dân tỉnh", "hdnd", place="t")
    facts.post("bt", "tu", "Bí thư", "bi_thu")
    facts.post("ct", "hd", "Chủ tịch", "chu_tich")
    facts.person("a", "Trần Thị An")
    facts.person("b", "Lê Văn Bình")
    facts.holds("a", "bt", "2019-01-01")
    facts.holds("b", "ct", "2019-01-01", "2020-01-01")
    facts.write(store)
    (found,) = [o for o in openings(store, dt.date(2019, 6, 1), "t") if o.model == "CM1"]
    assert found.place_name == "tỉnh Thử" and "one_vacant" not in points(found)
    (later,) = [o for o in openings(store, dt.date(2020, 6, 1)) if o.model == "CM1"]
    assert points(later)["one_vacant"] > 0 and later.key == found.key
    assert [o for o in openings(store, dt.date(2016, 6, 1)) if o.model == "CM1"] == []
    assert openings(store, dt.date(2019, 6, 1), "nowhere") == []
