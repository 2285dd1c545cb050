"""Finding models: numbers on small data by hand, and against brute force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.store import Store
from queries.mining import FoundModel, Held, PostKind, find_models, mine
from queries.models import KnownModel
from tests.queries.analysis_fixtures import Facts, store_of

SECRETARY = PostKind("district", "huyen_uy", "bi_thu")
CHAIR = PostKind("district", "hdnd", "chu_tich")
CHIEF = PostKind("district", "ubnd", "chu_tich")
CM1 = KnownModel(
    "CM1",
    "Bí thư là Chủ tịch HĐND",
    "unified_heads",
    frozenset({"district"}),
    frozenset({"huyen_uy"}),
    frozenset({"bi_thu"}),
    frozenset({"hdnd"}),
    frozenset({"chu_tich"}),
)


def day(year: int, month: int = 1) -> dt.date:
    return dt.date(year, month, 1)


def test_numbers_of_a_small_table_by_hand() -> None:
    table = [
        Held("p1", "A", SECRETARY, day(2016), day(2020)),
        Held("p1", "A", CHAIR, day(2018), None),
        Held("p2", "B", SECRETARY, day(2017), None),
        Held("p2", "B", CHAIR, day(2015), day(2019)),
        Held("p3", "C", SECRETARY, None, None),
        Held("p4", "C", CHAIR, None, None),
        Held("p5", "C", CHIEF, None, None),
        Held("p6", "D", SECRETARY, None, None),
    ]
    found = find_models(table, known=[CM1])
    assert [(m.a, m.b) for m in found] == [(CHAIR, SECRETARY)]
    model = found[0]
    # 6 people, 4 of them secretary, 3 chair, 2 both; both posts exist in A, B and C
    assert model.support == 2
    assert (model.places, model.places_with_both, model.share) == (2, 3, 2 / 3)
    assert model.lift == pytest.approx(2 * 6 / (4 * 3))
    assert (model.first_year, model.last_year) == (2017, 2019)
    assert model.known == ("CM1",)


def test_posts_held_one_after_the_other_are_no_pair() -> None:
    table = [Held("p", "A", SECRETARY, day(2010), day(2015)), Held("p", "A", CHAIR, day(2015), None)]
    assert find_models(table, min_support=1) == []


def test_posts_in_two_places_are_no_pair() -> None:
    table = [Held("p", "A", SECRETARY), Held("p", "B", CHAIR)]
    assert find_models(table, min_support=1) == []


def test_an_open_pair_has_no_last_year_and_an_unknown_start_no_first() -> None:
    table = [Held("p", "A", SECRETARY), Held("p", "A", CHAIR, None, None)]
    (model,) = find_models(table, min_support=1)
    assert (model.first_year, model.last_year) == (None, None)


def test_support_below_the_threshold_is_left_out() -> None:
    table = [Held(p, p, post) for p in ("p1", "p2") for post in (SECRETARY, CHAIR)]
    assert len(find_models(table, min_support=2)) == 1
    assert find_models(table, min_support=3) == []


def test_posts_that_nobody_holds_count_in_the_share_of_places() -> None:
    table = [Held("p", "A", SECRETARY), Held("p", "A", CHAIR)]
    (model,) = find_models(table, posts=[("B", SECRETARY), ("B", CHAIR), ("C", CHAIR)], min_support=1)
    assert (model.places, model.places_with_both) == (1, 2)


POSTS = [SECRETARY, CHAIR, CHIEF, PostKind("commune", "dang_uy", "bi_thu")]
DATES = st.one_of(st.none(), st.integers(2010, 2016).map(day))
ROWS = st.builds(
    Held,
    st.sampled_from(["p1", "p2", "p3", "p4"]),
    st.sampled_from(["A", "B"]),
    st.sampled_from(POSTS),
    DATES,
    DATES,
)


def overlap(one: Held, other: Held) -> bool:
    """True if some month of a range wider than the data lies in both."""
    months = [dt.date(year, month, 1) for year in range(2008, 2019) for month in range(1, 13)]
    return any(
        all((h.start is None or h.start <= m) and (h.end is None or m < h.end) for h in (one, other)) for m in months
    )


def by_brute_force(table: list[Held]) -> dict[tuple[PostKind, PostKind], tuple[int, int, int, float]]:
    transactions = {(h.person, h.place) for h in table}
    found = {}
    for a, b in combinations(sorted(POSTS), 2):
        both = {
            (x.person, x.place)
            for x in table
            for y in table
            if x.post == a and y.post == b and (x.person, x.place) == (y.person, y.place) and overlap(x, y)
        }
        if not both:
            continue
        have = [{(h.person, h.place) for h in table if h.post == post} for post in (a, b)]
        there = [{h.place for h in table if h.post == post} for post in (a, b)]
        found[a, b] = (
            len(both),
            len({place for _, place in both}),
            len(there[0] & there[1]),
            len(both) * len(transactions) / (len(have[0]) * len(have[1])),
        )
    return found


@given(st.lists(ROWS, max_size=14))
def test_the_same_as_brute_force(table: list[Held]) -> None:
    found = find_models(table, min_support=1)
    assert {(m.a, m.b): (m.support, m.places, m.places_with_both, m.lift) for m in found} == by_brute_force(table)
    assert found == sorted(found, key=lambda m: (-m.support, -m.lift, m.a, m.b))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    facts = Facts()
    for number in range(3):
        place = facts.place(f"d{number}", f"huyện {number}", "district", "huyen")
        common = {"place": place, "level": "district"}
        facts.unit(f"hu{number}", "Huyện ủy", "huyen_uy", system="party", **common)
        facts.unit(f"btc{number}", "Ban Tổ chức Huyện ủy", "ban_to_chuc", system="party", **common)
        facts.unit(f"pnv{number}", "Phòng Nội vụ", "phong", **common)
        facts.unit(f"pyt{number}", "Phòng Y tế", "phong", **common)
        facts.post(f"btc{number}-x", f"btc{number}", "Trưởng ban", "truong_ban")
        facts.post(f"pnv{number}-x", f"pnv{number}", "Trưởng phòng", "truong_phong")
        facts.post(f"pyt{number}-x", f"pyt{number}", "Trưởng phòng", "truong_phong")
        person = facts.person(f"p{number}", f"Nguyễn Văn {number}")
        facts.holds(person, f"btc{number}-x", "2018-09-01")
        facts.holds(person, f"pnv{number}-x" if number < 2 else f"pyt{number}-x", "2018-10-01", "2020-01-01")
    with store_of(tmp_path_factory.mktemp("mining"), facts) as opened:
        yield opened


def rows(found: list[FoundModel]) -> list[tuple[str, str, int, int, tuple[str, ...]]]:
    return [(m.a.title, m.b.unit, m.support, m.places_with_both, m.known) for m in found]


def test_divisions_are_told_apart_by_their_names(store: Store) -> None:
    found = mine(store, dt.date(2021, 1, 1), min_support=1)
    assert rows(found) == [
        ("truong_ban", "phòng nội vụ", 2, 3, ("CM5",)),
        ("truong_ban", "phòng y tế", 1, 3, ()),
    ]
    assert (found[0].first_year, found[0].last_year) == (2018, 2019)


def test_holdings_that_begin_later_are_not_counted(store: Store) -> None:
    assert mine(store, dt.date(2018, 9, 15), min_support=1) == []
    assert mine(store, dt.date(2021, 1, 1), min_support=1, level="province") == []
