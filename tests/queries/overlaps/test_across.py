"""Who hosts a function in which place: the usual host, the odd ones, the absent."""

from __future__ import annotations

from queries.overlaps.across import across
from queries.overlaps.pull import Columns
from tests.queries.overlaps.made import columns, host

DRUGS = "Quản lý cai nghiện ma túy"
POST = "Quản lý nhà nước về bưu chính"


def table() -> Columns:
    hosts, does = [], {}
    for number in range(1, 6):
        name = "Sở Y tế" if number < 5 else "Công an tỉnh"
        kind = "so" if number < 5 else "cong_an"
        hosts.append(host(f"u{number}", name, kind=kind, place=f"p{number}"))
        does[f"u{number}"] = [DRUGS]
    hosts.append(host("v", "Sở Khoa học và Công nghệ", place="p6"))
    does["v"] = [POST]
    hosts.append(host("w", "Sở Khoa học và Công nghệ", place="p1"))
    does["w"] = [POST]
    return columns(hosts, does)


def test_the_place_where_another_kind_of_unit_has_it_is_odd() -> None:
    first, second = across(table())
    assert first.text == DRUGS and first.usual_name == "Sở Y tế"
    assert first.odd == ("p5",) and first.absent == ("p6",)
    assert first.share == 0.8
    assert second.text == POST and second.odd == () and second.share == 1


def test_departments_of_other_names_are_other_kinds() -> None:
    hosts = [host("a", "Sở Nội vụ", place="p"), host("b", "Sở Nội vụ", place="q"), host("c", "Sở Y tế", place="r")]
    (row,) = across(columns(hosts, {"a": [POST], "b": [POST], "c": [POST]}))
    assert row.odd == ("r",)


def test_a_unit_and_its_part_are_one_host_and_levels_are_kept_apart() -> None:
    hosts = [host("a", place="p"), host("part", "Phòng", kind="phong", place="p"), host("b", "a", place="q")]
    hosts.append(host("low", level="commune", place="x"))
    does = {unit: [POST] for unit in ("a", "part", "b", "low")}
    (row,) = across(columns(hosts, does, parents={"part": {"a"}}))
    assert [side.host.id for side in row.hosts["p"]] == ["a"]
    assert set(row.hosts) == {"p", "q"}
