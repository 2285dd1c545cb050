"""Coverage of a model: in force, two people, vacant, not recorded, and what sources say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from graph.errors import UnknownName
from graph.store import Store
from queries.coverage import coverage
from tests.queries.analysis_fixtures import Facts, span, store_of

ON = dt.date(2019, 12, 1)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    facts = Facts()
    for id_ in ("mot", "hai", "ba", "bon", "nam", "sau"):
        facts.place(id_, f"huyện {id_}", "district", "huyen")
        common = {"place": id_, "level": "district"}
        if id_ == "nam":
            continue
        facts.unit(f"{id_}-tc", "Ban Tổ chức", "ban_to_chuc", system="party", **common)
        facts.unit(f"{id_}-nv", "Phòng Y tế" if id_ == "sau" else "Phòng Nội vụ", "phong", **common)
        facts.post(f"{id_}-tb", f"{id_}-tc", "Trưởng ban", "truong_ban")
        if id_ != "bon":
            facts.post(f"{id_}-tp", f"{id_}-nv", "Trưởng phòng", "truong_phong")
    facts.person("an", "Lê An")
    facts.person("binh", "Vũ Bình")
    facts.person("chi", "Hồ Chi")
    facts.holds("an", "mot-tb", "2019-01-01")
    facts.holds("an", "mot-tp", "2019-01-01", "2020-01-01")
    facts.holds("binh", "hai-tb")
    facts.holds("chi", "hai-tp")
    facts.holds("binh", "ba-tb", None, "2019-06-01")
    facts.node("ConcurrencyModel", "CM5", code="CM5", name="CM5")
    facts.edge("STATUS_IN", "CM5", "mot", id="s1", status="lagging", **span("2019-10-09"))
    facts.edge("STATUS_IN", "CM5", "nam", id="s2", status="in_force", n=4.0, m=23.0)
    facts.edge("STATUS_IN", "CM5", "hai", id="s3", status="pilot", **span(until="2019-01-01"))
    facts.document("d", "", "Bài báo")
    facts.stated("CM5", "s1", "d", "đoạn 29")
    with store_of(tmp_path_factory.mktemp("coverage"), facts) as opened:
        yield opened


def test_each_place_once(store: Store) -> None:
    found = coverage(store, ON, "CM5")
    assert [(c.place, c.place_name, c.state) for c in found] == [
        ("mot", "huyện mot", "in_force"),
        ("hai", "huyện hai", "two_people"),
        ("ba", "huyện ba", "vacant"),
        ("nam", "huyện nam", "unrecorded"),
        ("bon", "huyện bon", "unrecorded"),
    ]
    assert [c.both for c in found] == [(("an", "Lê An"),), (), (), (), ()]
    assert (found[1].a_holders, found[1].b_holders) == (("Vũ Bình",), ("Hồ Chi",))


def test_the_status_that_sources_give(store: Store) -> None:
    by_place = {c.place: c.statuses for c in coverage(store, ON, "CM5")}
    assert [(s.status, s.source) for s in by_place["mot"]] == [("lagging", "Bài báo, đoạn 29")]
    assert [(s.status, s.n, s.m) for s in by_place["nam"]] == [("in_force", 4.0, 23.0)]
    assert by_place["hai"] == ()


def test_after_one_of_the_posts_ends(store: Store) -> None:
    states = {c.place: c.state for c in coverage(store, dt.date(2020, 1, 1), "CM5")}
    assert states["mot"] == "vacant"


def test_all_models_are_covered_and_an_unknown_one_is_refused(store: Store) -> None:
    assert {c.model for c in coverage(store, ON)} == {"CM5"}
    with pytest.raises(UnknownName, match="CM99"):
        coverage(store, ON, "CM99")
