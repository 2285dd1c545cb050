"""Which pairs and groups are found, and which are none: the pure part."""

from __future__ import annotations

from math import exp
from time import process_time

import pytest

from queries.overlaps.find import find
from queries.overlaps.groups import clusters
from queries.overlaps.model import Finding, Found
from queries.overlaps.nature import settings
from tests.queries.overlaps.made import columns, host

POST = "Quản lý nhà nước về bưu chính"
ARCHIVE = "Quản lý nhà nước về văn thư, lưu trữ"
FORESTS = "Quản lý nhà nước về lâm nghiệp, bảo vệ và phát triển rừng"


def units(found: Found, *, cls: str | None = None) -> set[frozenset[str]]:
    return {frozenset(f.units) for f in found.findings if not f.relation and cls in (None, f.cls)}


def only(found: Found) -> Finding:
    (finding,) = found.findings
    return finding


def test_the_same_function_in_two_units_is_a_duplicate_with_parts_that_add_up() -> None:
    finding = only(find(columns([host("a"), host("b")], {"a": [POST], "b": [POST, FORESTS]})))
    assert finding.cls == "duplicate" and {side.text for side in finding.sides} == {POST}
    odds = sum(part.contribution for part in finding.parts)
    assert finding.score == pytest.approx(1 / (1 + exp(-odds)))


def test_other_functions_make_no_pair() -> None:
    assert find(columns([host("a"), host("b")], {"a": [POST], "b": [FORESTS]})).findings == ()


def test_one_unit_is_no_pair_with_itself() -> None:
    assert find(columns([host("a")], {"a": [POST, POST]})).findings == ()


def test_units_of_different_places_are_no_overlap() -> None:
    hosts = [host("a", place="t"), host("b", place="h")]
    assert find(columns(hosts, {"a": [POST], "b": [POST]})).findings == ()


def test_without_a_place_units_of_one_line_are_compared() -> None:
    hosts = [host("a", place=""), host("b", place=""), host("c", place="")]
    parents = {"a": {"top"}, "b": {"top"}}
    assert units(find(columns(hosts, {key: [POST] for key in "abc"}, parents=parents))) == {frozenset("ab")}


def test_party_and_state_are_compared_and_marked() -> None:
    hosts = [host("ban", system="party", kind="ban_to_chuc"), host("so")]
    finding = only(find(columns(hosts, {"ban": [ARCHIVE], "so": [ARCHIVE]})))
    assert finding.cross_system
    assert [side.host.id for side in finding.sides] == ["ban", "so"]


@pytest.mark.parametrize(
    ("more", "relation"),
    [
        ({"parents": {"b": {"x"}, "x": {"a"}}}, "line"),
        ({"faces": {"a": {"b"}}}, "face"),
        ({"faces": {"a": {"w"}, "b": {"w"}}}, "face"),
    ],
)
def test_what_belongs_together_by_nature_says_so(more: dict[str, dict[str, set[str]]], relation: str) -> None:
    found = find(columns([host("a"), host("b")], {"a": [POST], "b": [POST]}, **more))  # type: ignore[arg-type]
    assert only(found).relation == relation


def test_units_beside_each_other_under_one_parent_are_an_overlap() -> None:
    found = find(columns([host("a"), host("b")], {"a": [POST], "b": [POST]}, parents={"a": {"x"}, "b": {"x"}}))
    assert only(found).relation == ""


def test_the_standing_committee_stands_for_its_committee() -> None:
    hosts = [host("btv", kind="ban_thuong_vu", system="party"), host("ban", kind="ban_to_chuc", system="party")]
    parents = {"btv": {"tinh_uy"}, "ban": {"tinh_uy"}}
    assert only(find(columns(hosts, {"btv": [ARCHIVE], "ban": [ARCHIVE]}, parents=parents))).relation == "line"


def test_one_function_led_by_one_and_supported_by_another_is_arranged() -> None:
    does = {"a": [f"=f {POST}"], "b": [f"=f {POST}"]}
    roles = {"a": "leads", "b": "supports"}
    assert only(find(columns([host("a"), host("b")], does, roles=roles))).relation == "arranged"
    assert only(find(columns([host("a"), host("b")], does, roles={"a": "leads", "b": "leads"}))).relation == ""


def test_a_council_that_oversees_is_no_overlap_but_two_that_oversee_are() -> None:
    oversee = "Giám sát việc thực hiện chính sách lao động, tiền lương"
    carry_out = "Thực hiện chính sách lao động, tiền lương"
    council = host("hd", kind="hdnd")
    assert {
        f.relation for f in find(columns([council, host("so")], {"hd": [oversee], "so": [carry_out]})).findings
    } == {"oversight"}
    both = columns([council, host("front", kind="mttq", system="front")], {"hd": [oversee], "front": [oversee]})
    assert only(find(both)).relation == ""
    # an inspectorate has the words too, and they are its work
    inspect = columns([host("tt", kind="thanh_tra_tinh"), host("so")], {"tt": [oversee], "so": [oversee]})
    assert only(find(inspect)).relation == ""


def test_three_units_make_a_group_and_its_pairs_name_it() -> None:
    found = find(columns([host(u) for u in "abc"], {key: [POST] for key in "abc"}))
    (group,) = [f for f in found.findings if f.cls == "fragmentation"]
    assert set(group.units) == set("abc")
    pairs = [f for f in found.findings if f.cls == "duplicate"]
    assert len(pairs) == 3 and {f.group for f in pairs} == {group.key}


def test_a_unit_and_its_parts_count_once_in_a_group() -> None:
    parents = {"b": {"a"}, "c": {"a"}}
    found = find(columns([host(u) for u in "abc"], {key: [POST] for key in "abc"}, parents=parents))
    assert units(found, cls="fragmentation") == set()
    found = find(columns([host(u) for u in "abcde"], {key: [POST] for key in "abcde"}, parents=parents))
    assert units(found, cls="fragmentation") == {frozenset("ade")}


def test_a_row_of_neighbours_is_no_group() -> None:
    edges = {("a", "b"): 0.9, ("b", "c"): 0.8, ("c", "d"): 0.7}
    assert clusters("abcd", edges) == [("a", "b"), ("c", "d")]
    full = {**edges, ("a", "c"): 0.6}
    assert clusters("abcd", full) == [("a", "b", "c"), ("d",)]


def test_keys_are_the_same_in_any_order_and_change_with_the_functions() -> None:
    one = only(find(columns([host("a"), host("b")], {"a": [POST], "b": [POST]})))
    other = only(find(columns([host("b", "Ất"), host("a", "Giáp")], {"b": [POST], "a": [POST]})))
    assert one.key == other.key
    assert one.key != only(find(columns([host("a"), host("c")], {"a": [POST], "c": [POST]}))).key


def test_what_cannot_be_compared_is_said() -> None:
    found = find(columns([host("a"), host("b")], {"a": ["", POST], "b": ["  ", POST]}))
    assert len(found.findings) == 1
    assert found.empty == ("a:0", "b:0")


def test_uncertain_hosts_are_marked() -> None:
    found = find(columns([host("a"), host("b")], {"a": [POST], "b": [POST]}, uncertain=("b",)))
    assert not only(found).certain and found.uncertain == 1


def test_related_pairs_only_where_asked_and_never_in_groups() -> None:
    hosts = [host("a"), host("b")]
    does = {
        "a": ["Quản lý hồ sơ công chức"],
        "b": ["Quản lý hồ sơ, đánh giá công chức và tiền lương"],
    }
    plain, wide = find(columns(hosts, does)), find(columns(hosts, does), related=True)
    assert set(plain.findings) <= set(wide.findings)
    assert all(f.cls != "related" for f in plain.findings)


def test_many_units_with_one_text_are_one_group_and_not_a_million_pairs() -> None:
    names = [f"u{i}" for i in range(10_000)]
    table = columns([host(name) for name in names], {key: [POST] for key in names})
    start = process_time()
    found = find(table)
    assert process_time() - start < 10
    assert len(only(found).sides) == 10_000
    assert found.left_to_groups == 10_000 * 9_999 // 2


def test_pairs_are_listed_up_to_the_limit_of_hands() -> None:
    most = settings()["most_hands"]
    names = [f"u{i}" for i in range(most)]
    found = find(columns([host(name) for name in names], {key: [POST] for key in names}))
    assert sum(f.cls == "duplicate" for f in found.findings) == most * (most - 1) // 2 and found.left_to_groups == 0


def test_very_long_and_very_short_texts() -> None:
    long = "Quản lý nhà nước về đất đai, " * 1800
    found = find(
        columns([host("a"), host("b"), host("c")], {"a": [long], "b": ["Quản lý nhà nước về đất đai"], "c": ["x"]})
    )
    assert frozenset("ab") in units(found)


def test_text_in_either_normal_form_is_the_same() -> None:
    import unicodedata

    found = find(columns([host("a"), host("b")], {"a": [POST], "b": [unicodedata.normalize("NFD", POST)]}))
    assert only(found).cls == "duplicate"
