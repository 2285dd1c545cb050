"""What is read for the analysis: dates, places, scope, evidence; and the whole way on a store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from graph.errors import NothingFound
from graph.store import Store
from queries.overlaps.evidence import evidence
from queries.overlaps.pull import pull
from queries.overlaps.run import overlaps
from tests.queries.analysis_fixtures import Facts, span, store_of

ON = dt.date(2020, 6, 1)
ARCHIVE = "Quản lý nhà nước về văn thư, lưu trữ"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    facts = Facts()
    facts.place("t", "tỉnh Thử")
    facts.place("b", "tỉnh Bên")
    facts.place("h", "huyện Trong", "district", "huyen")
    facts.edge("WITHIN", "h", "t")
    facts.unit("vp", "Văn phòng Tỉnh ủy", "van_phong_cap_uy", system="party", place="t")
    facts.unit(
        "so", "Sở Nội vụ", "so", place="t", former_names=["Ban Tổ chức chính quyền"], former_until=["2019-01-01"]
    )
    facts.unit("p", "Phòng Lưu trữ", "phong", parent="so")  # its place is that of the department
    facts.unit("ph", "Phòng Nội vụ", "phong", level="district", place="h")
    facts.unit("nb", "Sở Nội vụ", "so", place="b")
    facts.unit("het", "Chi cục Lưu trữ", "chi_cuc", place="t", **span(until="2020-01-01"))
    facts.unit("khong", "Sở Không", "so", place="t")
    for unit in ("vp", "so", "p", "ph", "nb", "het"):
        facts.node("Function", f"f-{unit}", text=ARCHIVE, fields=["luu_tru"])
        dates = span("≤ 2021-01-01") if unit == "vp" else {}
        facts.edge("PERFORMS", unit, f"f-{unit}", id=f"r-{unit}", **dates)
    # handed over between 1/1/2020 and 31/12/2020: on the day the former host still has it
    facts.node("Function", "f-chuyen", text="Quản lý tem thư", fields=[])
    facts.edge("PERFORMS", "so", "f-chuyen", valid_to=dt.date(2020, 12, 31))
    later = {"valid_from": dt.date(2020, 12, 31), "valid_from_earliest": dt.date(2020, 1, 1)}
    facts.edge("PERFORMS", "vp", "f-chuyen", **later)
    facts.document("d", "24/2014/NĐ-CP")
    facts.stated("f-so", "f-so", "d", "Điều 8")
    facts.stated("so", "r-so", "d", "Điều 9", basis="deduced")
    with store_of(tmp_path_factory.mktemp("overlaps"), facts) as opened:
        yield opened


def listed(store: Store, on: dt.date, place: str | None = None, level: str | None = None) -> set[frozenset[str]]:
    return {frozenset(f.units) for f in overlaps(store, on, place, level).findings if not f.relation}


def test_pairs_of_one_place(store: Store) -> None:
    assert listed(store, ON, "t") == {frozenset({"vp", "so"})}
    assert listed(store, ON) == {frozenset({"vp", "so"}), frozenset({"vp", "p"})}


def test_a_unit_and_its_part_are_said_to_be_of_one_line(store: Store) -> None:
    found = overlaps(store, ON).findings
    assert [f.relation for f in found if set(f.units) == {"so", "p"}] == ["line"]


def test_an_ended_unit_counts_while_it_lasts(store: Store) -> None:
    assert any("het" in pair for pair in listed(store, dt.date(2019, 12, 31), "t"))
    assert not any("het" in pair for pair in listed(store, dt.date(2020, 1, 1), "t"))


def test_a_start_known_only_as_not_later_than_is_marked_and_can_be_left_out(store: Store) -> None:
    (finding,) = [f for f in overlaps(store, ON, "t").findings if set(f.units) == {"vp", "so"}]
    assert not finding.certain
    (later,) = [f for f in overlaps(store, dt.date(2021, 1, 1), "t").findings if set(f.units) == {"vp", "so"}]
    assert later.certain
    assert all("vp" not in f.units for f in overlaps(store, ON, "t", certain=True).findings)


def test_a_start_not_later_than_is_no_reason_to_go_back_for_ever(store: Store) -> None:
    assert "vp" in pull(store, dt.date(2012, 1, 1)).hosts
    assert "vp" not in pull(store, dt.date(2010, 1, 1)).hosts


def test_what_is_handed_over_in_a_span_is_in_one_hand_only(store: Store) -> None:
    hosts = {row.unit for row in pull(store, ON).performed if row.function == "f-chuyen"}
    assert hosts == {"so"}
    hosts = {row.unit for row in pull(store, dt.date(2021, 1, 1)).performed if row.function == "f-chuyen"}
    assert hosts == {"vp"}


def test_the_name_of_the_day_and_the_place_of_the_unit_above(store: Store) -> None:
    columns = pull(store, dt.date(2018, 1, 1))
    assert columns.hosts["so"].name == "Ban Tổ chức chính quyền"
    # it has no place of its own, so that a scope cannot find it; without one it is compared where it belongs
    assert columns.hosts["p"].place == "t" and columns.hosts["p"].place_name == "tỉnh Thử"


def test_level_and_place_narrow(store: Store) -> None:
    assert set(pull(store, ON, "t").hosts) == {"vp", "so", "ph"}
    assert set(pull(store, ON, "h").hosts) == {"ph"}
    assert set(pull(store, ON, level="district").hosts) == {"ph"}


def test_an_empty_scope_says_why(store: Store) -> None:
    with pytest.raises(NothingFound, match="none of them with a function"):
        overlaps(store, ON, "t", "commune")
    with pytest.raises(NothingFound, match="no unit is recorded"):
        overlaps(store, ON, "nowhere")


def test_evidence_of_the_function_and_of_its_host(store: Store) -> None:
    sides = [side for f in overlaps(store, ON, "t").findings for side in f.sides]
    found = evidence(store, sides)
    assert [(s.name, s.at, s.basis) for s in found["so/f-so"]] == [
        ("24/2014/NĐ-CP", "Điều 8", "stated"),
        ("24/2014/NĐ-CP", "Điều 9", "deduced"),
    ]
    assert found["vp/f-vp"] == ()
