"""Every finding on a made graph that has exactly one of each, and none on a clean one."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from queries.check import Finding, check
from queries.checks.numbers import change_of
from queries.labels import LANGUAGES, labels
from tests.queries.analysis_fixtures import Facts, day, span, store_of

ON = dt.date(2020, 6, 1)


def clean() -> Facts:
    """A province without any fault: every fact is stated in one document."""
    facts = Facts()
    facts.place("t", "tỉnh Thử")
    facts.unit("ub", "UBND tỉnh", "ubnd", place="t")
    facts.unit("so", "Sở Nội vụ", "so", place="t", parent="ub", **span("2010-01-01"))
    facts.post("so-gd", "so", "Giám đốc", "giam_doc")
    facts.person("an", "Lê An")
    facts.holds("an", "so-gd", "2015-01-01")
    facts.node("Function", "f", text="quản lý nhà nước về nội vụ")
    facts.edge("PERFORMS", "so", "f")
    return facts


def with_evidence(facts: Facts) -> Facts:
    facts.document("d", "01/QĐ")
    for label, rows in list(facts.nodes.items()):
        for row in rows:
            if label not in ("Document", "Load"):
                facts.stated(row["id"], row["id"], "d")
    for (type_, _, _), edges in list(facts.edges.items()):
        for edge in edges:
            if type_ in ("PART_OF", "HOLDS", "PERFORMS", "MEMBER_OF", "STATUS_IN"):
                facts.stated(edge["start"], edge["p"]["id"], "d")
    return facts


def faulty() -> Facts:
    facts = clean()
    facts.place("cu", "tỉnh Cũ", **span(until="2020-01-01"))
    facts.place("b", "tỉnh Bên")
    facts.person("a", "Người Một")
    facts.person("b1", "Người Hai")
    # heads
    facts.unit("trong", "Sở Trống", "so", place="t", parent="ub")
    facts.post("trong-gd", "trong", "Giám đốc", "giam_doc")
    facts.person("truoc", "Người Trước")
    facts.holds("truoc", "trong-gd", "2015-01-01", "2020-06-01")
    for id_ in ("m1", "m2"):
        facts.unit(id_, f"Sở {id_}", "so", place="b")
        facts.post(f"{id_}-gd", id_, "Giám đốc", "giam_doc")
    facts.unit("pho", "Sở Phó", "so", place="t", parent="ub")
    facts.post("pho-pgd", "pho", "Phó Giám đốc", "pho_giam_doc", "deputy")
    facts.unit("hai", "Sở Hai", "so", place="t", parent="ub")
    facts.post("hai-gd", "hai", "Giám đốc", "giam_doc")
    facts.holds("a", "hai-gd", "2019-01-01")
    facts.holds("b1", "hai-gd", "2020-01-01")
    # parents
    facts.unit("doi", "Phòng Đôi", "phong", place="t", parent="so")
    facts.edge("PART_OF", "doi", "hai", kind="line")
    facts.unit("v1", "Vòng Một", "to_chuc_khac", place="t")
    facts.unit("v2", "Vòng Hai", "to_chuc_khac", place="t", parent="v1")
    facts.edge("PART_OF", "v1", "v2", kind="line")
    facts.edge("PART_OF", "so", "ub", kind="party")
    facts.edge("PART_OF", "ub", "so", kind="union")
    # an ended unit with a child, an open post and its holder
    facts.unit("het", "Sở Hết", "so", place="t", **span(until="2020-01-01"))
    facts.unit("con", "Phòng Con", "phong", place="t", parent="het")
    facts.post("het-gd", "het", "Giám đốc", "giam_doc")
    facts.person("c", "Người Ba")
    facts.holds("c", "het-gd", "2015-01-01")
    # holdings outside lives
    facts.post("moi", "so", "Phó Giám đốc", "pho_giam_doc", "deputy", **span("2018-01-01"))
    facts.holds("c", "moi", "2017-01-01", "2019-01-01")
    facts.post("som", "so", "Chánh Văn phòng", "chanh_van_phong", "deputy")
    facts.holds("c", "som", "2009-12-31", "2011-01-01")
    # only perhaps outside: some day of 2010, the unit from 2010-01-01; no finding
    facts.holds("c", "so-gd", None, "2011-01-01", valid_from=day("2010-12-31"), valid_from_earliest=day("2009-06-01"))
    # place, kinds, function
    facts.unit("song", "Sở Sống Lâu", "so", place="cu")
    facts.unit("la", "Đơn vị Lạ", "soo", place="t", parent="ub")
    facts.node("Function", "mo-coi", text="lưu trữ")
    facts.edge("PERFORMS", "het", "mo-coi")
    facts.node("Function", "sau-nay", text="chuyển đổi số")
    facts.edge("PERFORMS", "so", "sau-nay", **span("2021-01-01"))
    # people
    facts.person("k1", "Nguyễn Văn Khánh")
    facts.person("k2", "Nguyễn Văn Khanh")
    facts.person("k3", "Nguyễn Văn Khánh")
    facts.post("v1-a", "v1", "Chuyên viên", "chuyen_vien", "staff")
    facts.post("v1-b", "v1", "Kế toán", "ke_toan", "staff")
    facts.holds("k1", "v1-a", "2016-01-01", "2017-01-01")
    facts.holds("k2", "v1-b", "2016-01-01", "2017-01-01")
    facts.unit("ben", "Sở Bên", "so", place="b")
    facts.post("ben-gd", "ben", "Giám đốc", "giam_doc")
    facts.holds("k3", "ben-gd", "2016-01-01")
    facts.post("ben-pgd", "ben", "Phó Giám đốc", "pho_giam_doc", "deputy")
    facts.holds("an", "ben-pgd", "2016-01-01")
    # numbers
    figure = {"measure": "divisions", "direction": "decrease"}
    figures: dict[str, dict[str, Any]] = {
        "n-sai": {"from_value": 7.0, "to_value": 5.0, "value": 3.0},
        "n-dung": {"from_value": 7.0, "to_value": 5.0, "value": 2.0},
        "n-khoang": {"from_value": 100.0, "to_value": 0.0, "value": 98.0, "approximate": True},
        "n-nguoc": {"from_value": 5.0, "to_value": 7.0},
        "n-qua": {"value": 10.0, "of": 9.0, "direction": "level"},
        "n-muc": {"from_value": 7.0, "to_value": 5.0, "value": 5.0, "direction": "level"},
    }
    for id_, numbers in figures.items():
        facts.node("Figure", id_, **{**figure, **numbers})
    facts.node("Event", "e-nhap", kind="merge", status="policy", title="Hợp nhất ba phòng")
    for unit in ("doi", "con"):
        facts.edge("INPUT", "e-nhap", unit)
    facts.edge("OUTPUT", "e-nhap", "so")
    facts.edge("ABOUT", "n-dung", "e-nhap")
    # events, loads, models, evidence
    facts.node("Event", "e-ket", kind="merge", status="in_force", title="Kẹt", date=day("2019-01-01"))
    facts.node("Event", "e-ngay", kind="merge", status="in_force", title="Không ngày")
    facts.node("Event", "e-xong", kind="merge", status="in_force", date=day("2019-01-01"), applied=True)
    facts.node("Load", "l1", file="tệp.xlsx", state="running", started="2020-01-01T00:00:00")
    facts.node("Load", "l2", file="tệp.xlsx", state="done")
    facts.node("ConcurrencyModel", "CM1", code="CM1", name="CM1")
    facts.edge("STATUS_IN", "CM1", "t", status="in_force", id="s1")
    facts.edge("STATUS_IN", "CM1", "t", status="not_done", id="s2")
    facts.edge("STATUS_IN", "CM1", "b", status="in_force", id="s3")
    facts.edge("STATUS_IN", "CM1", "b", status="not_done", id="s4", **span(until="2019-01-01"))
    facts.unit("hu", "Tỉnh ủy", "tinh_uy", system="party", place="t")
    facts.unit("hd", "HĐND tỉnh", "hdnd", place="t")
    facts.post("hu-bt", "hu", "Bí thư", "bi_thu")
    facts.post("hd-ct", "hd", "Chủ tịch", "chu_tich")
    facts.person("bt", "Đỗ Bí Thư")
    facts.holds("bt", "hu-bt")
    facts.holds("bt", "hd-ct")
    with_evidence(facts)
    facts.place("khong", "tỉnh Không Nguồn")
    facts.node("Place", "tu-su-kien", name="tỉnh Mới", kind="tinh", level="province", event="e-xong")
    return facts


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Finding]]:
    with store_of(tmp_path_factory.mktemp("check"), faulty()) as store:
        yield check(store, ON)


EXPECTED = {
    "head_vacant": [{"trong", "trong-gd"}],
    "head_unrecorded": [{"m1", "m2"}],
    "no_head_post": [{"pho"}, {"v1"}],
    "two_heads": [{"hai", "hai-gd", "a", "b1"}],
    "two_line_parents": [{"doi", "so", "hai"}],
    "part_of_cycle": [{"v1", "v2"}],
    "child_of_ended_unit": [{"con", "het"}],
    "ended_unit_open_post": [{"het", "het-gd"}],
    "ended_unit_holding": [{"c", "h:c:het-gd", "het-gd", "het"}],
    "holding_outside_post": [{"c", "h:c:moi", "moi", "so"}],
    "holding_outside_unit": [{"c", "h:c:som", "som", "so"}],
    "unit_outlives_place": [{"song", "cu"}],
    "unknown_kind": [{"la"}],
    "function_without_host": [{"mo-coi"}],
    "same_person_two_spellings": [{"k1", "k2"}],
    "same_name_two_places": [{"k1", "k3"}],
    "one_person_two_places": [{"an"}],
    "figure_arithmetic": [{"n-sai"}],
    "figure_direction": [{"n-nguoc"}],
    "figure_over_whole": [{"n-qua"}],
    "event_figure": [{"e-nhap", "n-dung"}],
    "event_not_applied": [{"e-ket"}],
    "event_without_date": [{"e-ngay"}],
    "interrupted_load": [{"l1"}],
    "model_status_conflict": [{"t", "s1", "s2"}],
    "model_status_instance": [{"t", "bt"}],
    "fact_without_evidence": [{"khong"}],
}


@pytest.mark.parametrize("code", sorted(EXPECTED))
def test_a_fault_is_found_once_and_where_it_is(found: list[Finding], code: str) -> None:
    wanted = EXPECTED[code]
    ids = [set(f.ids) for f in found if f.code == code]
    assert len(ids) == len(wanted)
    for has, must in zip(ids, wanted, strict=True):
        assert must <= has


def test_a_vacancy_begins_on_the_day_the_last_holder_left(tmp_path_factory: pytest.TempPathFactory) -> None:
    with store_of(tmp_path_factory.mktemp("vacancy"), faulty()) as store:
        before = check(store, dt.date(2020, 5, 31))
    assert [f for f in before if f.code == "head_vacant"] == []


def test_every_code_of_the_labels_is_tested() -> None:
    assert set(labels()["checks"]) == set(EXPECTED)


def test_nothing_is_found_in_a_clean_graph(tmp_path_factory: pytest.TempPathFactory) -> None:
    with store_of(tmp_path_factory.mktemp("clean"), with_evidence(clean())) as store:
        assert check(store, ON) == []


def test_an_empty_store_has_no_findings(tmp_path_factory: pytest.TempPathFactory) -> None:
    with store_of(tmp_path_factory.mktemp("empty"), Facts()) as store:
        assert check(store, ON) == []


def test_errors_come_first(found: list[Finding]) -> None:
    order = [f.severity for f in found]
    assert order == sorted(order, key=("error", "warning", "info").index)
    assert set(Counter(order)) == {"error", "warning", "info"}


def test_every_finding_says_in_both_languages_what_is_wrong_and_how_to_mend_it(found: list[Finding]) -> None:
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for finding in found:
        for lang in LANGUAGES:
            for text in (finding.message(lang), finding.remedy(lang)):
                assert text and "{" not in text
                texts[finding.code].add(text)
    assert all(len(different) >= 4 for different in texts.values())


def test_the_words_of_a_message(found: list[Finding]) -> None:
    (two,) = [f for f in found if f.code == "two_heads"]
    assert two.message() == ("Sở Hai (tỉnh Thử): 2 người cùng giữ chức danh cấp trưởng: Người Một; Người Hai")
    (figure,) = [f for f in found if f.code == "event_figure"]
    assert figure.message("en") == (
        "Hợp nhất ba phòng: the event changes the number of units by −1, but the figure about it says −2"
    )
    (outside,) = [f for f in found if f.code == "holding_outside_post"]
    assert "2017-01-01 – 2019-01-01" in outside.message("en") and "2018-01-01 – …" in outside.message("en")
    (kind,) = [f for f in found if f.code == "unknown_kind"]
    assert "so" in kind.remedy("en").split("nearest: ")[1].split("; ")


@pytest.mark.parametrize(
    ("kind", "inputs", "outputs", "change"),
    [
        ("merge", "abc", "d", -2),
        ("merge", "abc", "a", -2),
        ("merge", "", "a", None),
        ("absorb", "ab", "b", -1),
        ("absorb", "a", "b", -1),
        ("dissolve", "a", "b", -1),
        ("split", "a", "bc", 1),
        ("separate", "a", "ab", 1),
        ("separate", "a", "b", 1),
        ("create", "", "ab", 2),
        ("rename", "a", "a", None),
        ("merge", "", "", None),
    ],
)
def test_the_change_that_an_event_makes(kind: str, inputs: str, outputs: str, change: int | None) -> None:
    assert change_of(kind, set(inputs), set(outputs)) == change
