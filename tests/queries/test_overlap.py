"""Units that share fields: pairs, scores, what is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from math import log

import pytest

from graph.store import Store
from queries.overlap import SharedFields, shared_fields
from tests.queries.analysis_fixtures import Facts, span, store_of

ON = dt.date(2020, 6, 1)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    facts = Facts()
    facts.place("t", "tỉnh Thử")
    facts.place("b", "tỉnh Bên")
    facts.place("h", "huyện Trong", "district", "huyen")
    facts.edge("WITHIN", "h", "t")
    facts.unit("nc", "Ban Nội chính", "ban_noi_chinh", system="party", place="t")
    facts.unit("tt", "Thanh tra tỉnh", "thanh_tra_tinh", place="t")
    facts.unit("so", "Sở Nội vụ", "so", place="t")
    facts.unit("p", "Phòng Thi đua", "phong", place="t", parent="so")
    facts.unit("q", "Tổ Thi đua", "phong", place="t", parent="p")
    facts.unit("tth", "Thanh tra huyện", "thanh_tra_huyen", level="district", place="h")
    facts.unit("ttb", "Thanh tra tỉnh", "thanh_tra_tinh", place="b")
    facts.unit("het", "Sở Hết", "so", place="t", **span(until="2020-01-01"))
    for id_, unit, fields in (
        ("f-nc", "nc", ["chong_tham_nhung", "thanh_tra"]),
        ("f-tt", "tt", ["thanh_tra", "chong_tham_nhung"]),
        ("f-tt2", "tt", ["tiep_dan"]),
        ("f-so", "so", ["thi_dua", "thanh_tra"]),
        ("f-p", "p", ["thi_dua"]),
        ("f-q", "q", ["thi_dua"]),
        ("f-tth", "tth", ["thanh_tra"]),
        ("f-ttb", "ttb", ["chong_tham_nhung"]),
        ("f-het", "het", ["tiep_dan"]),
    ):
        facts.node("Function", id_, text=f"chức năng {id_}", fields=fields)
        facts.edge("PERFORMS", unit, id_)
    facts.node("Function", "f-chung", text="không rõ lĩnh vực")
    facts.edge("PERFORMS", "nc", "f-chung")
    facts.edge("PERFORMS", "p", "f-chung", **span("2019-01-01"))
    facts.document("d", "24/2014/NĐ-CP")
    facts.stated("f-tt", "f-tt", "d")
    with store_of(tmp_path_factory.mktemp("overlap"), facts) as opened:
        yield opened


def names(found: list[SharedFields]) -> list[set[str]]:
    return [{p.a.id, p.b.id} for p in found]


def test_pairs_of_one_place_the_rarest_shared_fields_first(store: Store) -> None:
    found = shared_fields(store, ON)
    assert {"nc", "tt"} == names(found)[0]
    first = found[0]
    # 7 units: 3 in chong_tham_nhung, 4 in thanh_tra
    assert first.fields == ("chong_tham_nhung", "thanh_tra")
    assert first.score == pytest.approx(log(1 + 7 / 3) + log(1 + 7 / 4))
    assert first.cross_system and first.place == "t" and first.level == "province"
    assert (first.a_functions, first.b_functions) == (
        (("f-nc", "chức năng f-nc"),),
        (("f-tt", "chức năng f-tt"),),
    )
    assert first.documents == ("d",)
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)


def test_every_pair_and_no_other(store: Store) -> None:
    assert sorted(map(sorted, names(shared_fields(store, ON)))) == [
        ["nc", "p"],
        ["nc", "so"],
        ["nc", "tt"],
        ["so", "tt"],
    ]


def test_the_same_function_counts_without_any_field(store: Store) -> None:
    (pair,) = [p for p in shared_fields(store, ON) if {p.a.id, p.b.id} == {"nc", "p"}]
    assert pair.same_functions == ("f-chung",) and pair.fields == ()
    assert pair.score == pytest.approx(log(1 + 7 / 2))
    before = shared_fields(store, dt.date(2018, 1, 1))
    assert {"nc", "p"} not in names(before)


def test_ended_units_count_only_while_they_last(store: Store) -> None:
    assert {"het", "tt"} in names(shared_fields(store, dt.date(2019, 12, 31)))
    assert {"het", "tt"} not in names(shared_fields(store, dt.date(2020, 1, 1)))


def test_the_scope(store: Store) -> None:
    assert len(shared_fields(store, ON, place="t")) == 4
    assert shared_fields(store, ON, place="b") == []
    assert shared_fields(store, ON, place="h") == []
    assert shared_fields(store, ON, level="district") == []
    assert len(shared_fields(store, ON, level="province")) == 4
