"""Several posts of one person: form, model, since when, evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from graph.store import Store, connect
from loaders.load import load
from queries.concurrency import Concurrency, concurrent
from queries.incompatible import violations
from tests.queries.analysis_fixtures import Facts, span, store_of

ON = dt.date(2019, 10, 9)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    facts = Facts()
    facts.place("t", "tỉnh Đắk Nông")
    facts.place("h", "huyện Đắk Mil", "district", "huyen")
    facts.place("k", "tỉnh Khác")
    facts.edge("WITHIN", "h", "t")
    facts.unit("tu", "Tỉnh ủy", "tinh_uy", system="party", place="t")
    facts.unit("hdnd", "HĐND tỉnh", "hdnd", place="t")
    facts.unit("doan", "Đoàn đại biểu Quốc hội tỉnh", "doan_dbqh", place="t")
    facts.unit("so", "Sở Nội vụ", "so", place="t")
    facts.unit("btg", "Ban Tuyên giáo", "ban_tuyen_giao", system="party", level="district", place="h")
    facts.unit("tt", "Trung tâm Bồi dưỡng chính trị", "trung_tam_chinh_tri", level="district", place="h")
    facts.unit("hdnd-k", "HĐND tỉnh", "hdnd", place="k", basis="inferred")
    facts.unit("cu", "Sở Cũ", "so", place="t", **span(until="2018-01-01"))
    facts.post("tu-bt", "tu", "Bí thư", "bi_thu")
    facts.post("tu-pbttt", "tu", "Phó Bí thư Thường trực", "pho_bi_thu_thuong_truc", "standing_deputy")
    facts.post("tu-pbt", "tu", "Phó Bí thư", "pho_bi_thu", "deputy")
    facts.post("hdnd-ct", "hdnd", "Chủ tịch", "chu_tich")
    facts.post("hdnd-pct", "hdnd", "Phó Chủ tịch", "pho_chu_tich", "deputy")
    facts.post("doan-td", "doan", "Trưởng Đoàn", "truong_doan")
    facts.post("so-gd", "so", "Giám đốc", "giam_doc")
    facts.post("so-pgd", "so", "Phó Giám đốc", "pho_giam_doc", "deputy")
    facts.post("btg-tb", "btg", "Trưởng ban", "truong_ban")
    facts.post("tt-gd", "tt", "Giám đốc", "giam_doc")
    facts.post("hdnd-k-ct", "hdnd-k", "Chủ tịch", "chu_tich")
    facts.post("cu-gd", "cu", "Giám đốc", "giam_doc")
    facts.document("d", "", "Bài báo 001")

    facts.person("danh", "Ngô Thanh Danh")
    facts.holds("danh", "tu-pbttt", "≤ 2019-10-09", as_written="Phó Bí thư Thường trực Tỉnh ủy")
    fact = facts.holds("danh", "doan-td", "2016-07-20")
    facts.stated("danh", fact, "d", "đoạn 13")
    facts.person("dien", "Lê Diễn")
    facts.holds("dien", "tu-bt", "2015-10-01")
    facts.holds("dien", "hdnd-ct", "2016-06-01", "2021-01-01")
    facts.person("hien", "Trần Tuệ Hiền")
    facts.holds("hien", "tu-pbt", "2017-01-01")
    facts.holds("hien", "so-gd", "2017-02-01")
    facts.person("lan", "Lê Thị Lan")
    facts.holds("lan", "btg-tb", "2018-01-01", weight="main")
    facts.holds("lan", "tt-gd", "2018-05-01", weight="extra")
    facts.person("nam", "Vũ Nam")
    facts.holds("nam", "so-gd", "2017-01-01", "2019-10-09")
    facts.holds("nam", "hdnd-pct", "2017-01-01")
    facts.person("do", "Đỗ Tư")
    facts.holds("do", "so-pgd", "2017-01-01")
    facts.holds("do", "doan-td", "2017-01-01", "2018-01-01")
    facts.holds("do", "hdnd-k-ct", "2017-06-01")
    facts.person("tc", "Trần Cũ")
    facts.holds("tc", "cu-gd", "2010-01-01")
    facts.holds("tc", "hdnd-pct", "2010-01-01")
    facts.unit("phong", "Phòng Tổ chức", "phong", place="t")
    facts.post("phong-tp", "phong", "Trưởng phòng", "truong_phong")
    facts.person("tam", "Hồ Tám")
    facts.holds("tam", "so-gd", "2019-01-01")
    facts.holds("tam", "phong-tp", "2019-01-01")
    facts.person("chin", "Lý Chín")
    facts.holds("chin", "so-pgd", "2019-01-01")
    facts.holds("chin", "hdnd-pct", "2019-01-01")
    facts.person("muoi", "Mai Mười")
    facts.holds("muoi", "so-pgd", "2019-01-01", weight="extra")
    facts.holds("muoi", "hdnd-pct", "2019-01-01")
    facts.person("hung", "Trương Công Hùng")
    facts.holds("hung", "btg-tb", "2019-01-01")
    facts.edge("MEMBER_OF", "hung", "tu", kind="standing", id="m:hung", **span("2019-02-01"))
    with store_of(tmp_path_factory.mktemp("concurrency"), facts) as opened:
        yield opened


def by_name(found: list[Concurrency]) -> dict[str, Concurrency]:
    assert len({c.person for c in found}) == len(found)
    return {c.name: c for c in found}


def test_a_standing_deputy_secretary_who_leads_a_delegation_holds_dual_posts_of_no_model(
    store: Store,
) -> None:
    danh = by_name(concurrent(store, ON))["Ngô Thanh Danh"]
    assert [(p.title, p.unit_name, p.level, p.system, p.mode, p.weight) for p in danh.posts] == [
        ("Trưởng Đoàn", "Đoàn đại biểu Quốc hội tỉnh", "province", "state", "full", ""),
        ("Phó Bí thư Thường trực", "Tỉnh ủy", "province", "party", "full", ""),
    ]
    assert (danh.form, danh.model, danh.since_text) == ("dual", "none", "≤ 2019-10-09")
    assert [str(e) for e in danh.evidence] == ["Bài báo 001, đoạn 13"]
    assert danh.place_names == {"t": "tỉnh Đắk Nông"}


def test_a_secretary_who_chairs_the_council_is_cm1(store: Store) -> None:
    dien = by_name(concurrent(store, ON))["Lê Diễn"]
    assert (dien.form, dien.models, dien.since_text) == ("unified_heads", ("CM1",), "2016-06-01")


def test_after_one_post_ends_it_is_over(store: Store) -> None:
    assert "Lê Diễn" not in by_name(concurrent(store, dt.date(2021, 1, 1)))
    assert "Lê Diễn" in by_name(concurrent(store, dt.date(2020, 12, 31)))
    assert "Vũ Nam" not in by_name(concurrent(store, ON))


def test_a_deputy_secretary_is_no_lesser_post_than_the_head_of_a_department(store: Store) -> None:
    assert by_name(concurrent(store, ON))["Trần Tuệ Hiền"].form == "dual"


def test_a_known_model_decides_the_form_whatever_the_source_calls_it(store: Store) -> None:
    lan = by_name(concurrent(store, ON))["Lê Thị Lan"]
    assert (lan.form, lan.models) == ("unified_heads", ("CM4",))
    assert [p.weight for p in lan.posts] == ["main", "extra"]


def test_head_and_deputy_elsewhere_is_extra(store: Store) -> None:
    nam = by_name(concurrent(store, dt.date(2019, 10, 8)))["Vũ Nam"]
    assert (nam.form, nam.model) == ("extra", "none")


def test_the_head_of_a_unit_and_of_a_part_of_it_is_extra(store: Store) -> None:
    tam = by_name(concurrent(store, ON))["Hồ Tám"]
    assert (tam.form, tam.model) == ("extra", "none")


def test_two_deputies_are_dual_unless_the_source_marks_one_as_extra(store: Store) -> None:
    found = by_name(concurrent(store, ON))
    assert (found["Lý Chín"].form, found["Mai Mười"].form) == ("dual", "extra")


def test_posts_in_different_places_are_flagged_and_fit_no_model(store: Store) -> None:
    tu = by_name(concurrent(store, ON))["Đỗ Tư"]
    assert tu.several_places
    assert (tu.form, tu.model, tu.basis) == ("extra", "none", "inferred")


def test_a_post_of_an_ended_unit_is_not_held(store: Store) -> None:
    assert "Trần Cũ" not in by_name(concurrent(store, ON))
    assert "Trần Cũ" in by_name(concurrent(store, dt.date(2017, 12, 31)))


def test_the_scope_of_a_place_takes_in_the_places_within(store: Store) -> None:
    assert sorted(by_name(concurrent(store, ON, place="h"))) == ["Lê Thị Lan"]
    whole = by_name(concurrent(store, ON, place="t"))
    assert "Lê Thị Lan" in whole and "Đỗ Tư" in whole
    assert sorted(by_name(concurrent(store, ON, place="k"))) == ["Đỗ Tư"]


def test_one_person(store: Store) -> None:
    assert [c.name for c in concurrent(store, ON, person="dien")] == ["Lê Diễn"]
    assert concurrent(store, ON, person="hung") == []


def test_a_post_and_a_membership_are_listed_on_demand(store: Store) -> None:
    assert "Trương Công Hùng" not in by_name(concurrent(store, ON))
    hung = by_name(concurrent(store, ON, include_memberships=True))["Trương Công Hùng"]
    assert (hung.form, hung.model, hung.since_text) == ("membership", "none", "2019-02-01")
    assert [(m.kind, m.unit_name) for m in hung.memberships] == [("standing", "Tỉnh ủy")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    packaged = sorted(Path(str(resources.files("bomay").joinpath("demo"))).glob("*.yaml"))
    with connect(str(tmp_path_factory.mktemp("demo") / "demo.db"), create=True) as opened:
        load(opened, packaged)
        yield opened


def test_ngo_thanh_danh_on_the_day_of_the_article(demo: Store) -> None:
    danh = by_name(concurrent(demo, ON))["Ngô Thanh Danh"]
    assert {p.title for p in danh.posts} == {"Phó Bí thư Thường trực", "Trưởng Đoàn"}
    assert (danh.form, danh.model, danh.since_text, danh.basis) == ("dual", "none", "≤ 2019-10-09", "inferred")
    assert danh.evidence and set(danh.place_names.values()) == {"tỉnh Đắk Nông"}


def test_tran_tue_hien_chairs_the_council_as_a_deputy_secretary_not_as_the_secretary(demo: Store) -> None:
    hien = by_name(concurrent(demo, dt.date(2018, 6, 1)))["Trần Tuệ Hiền"]
    # CM1 is for the secretary; CM10 is the case of CM7 where the deputy is the standing one
    assert (hien.form, hien.models) == ("dual", ("CM7", "CM10"))


def test_le_dien_is_secretary_and_chair_in_2020(demo: Store) -> None:
    dien = by_name(concurrent(demo, dt.date(2020, 12, 31)))["Lê Diễn"]
    assert (dien.form, dien.models) == ("unified_heads", ("CM1",))


def test_tran_duy_dong_has_three_posts_in_june_2025(demo: Store) -> None:
    dong = by_name(concurrent(demo, dt.date(2025, 6, 30)))["Trần Duy Đông"]
    assert len(dong.posts) == 3 and dong.models == ("CM9",) and dong.form == "dual"


def test_a_membership_is_no_second_post(demo: Store) -> None:
    assert "Trương Công Hùng" not in by_name(concurrent(demo, ON))
    hung = by_name(concurrent(demo, ON, include_memberships=True))["Trương Công Hùng"]
    assert (hung.form, [m.kind for m in hung.memberships]) == ("membership", ["standing"])


@pytest.mark.parametrize("on", [ON, dt.date(2018, 6, 1), dt.date(2020, 12, 31), dt.date(2025, 6, 30)])
def test_no_holding_of_the_demo_breaks_a_rule(demo: Store, on: dt.date) -> None:
    assert violations(demo, on) == []
