"""Which proposals say the same, which contradict each other, and which are left apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.errors import BomayError
from loaders.review.groups import Groups
from loaders.review.proposals import Proposals


def proposals(folder: Path, sheets: dict[str, Any]) -> Proposals:
    path = folder / "facts.yaml"
    path.write_text(yaml.safe_dump(sheets, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return Proposals(path)


def unit(id_: str, name: str, **more: str) -> dict[str, str]:
    return {"id": id_, "name": name, **more}


def same(folder: Path, sheets: dict[str, Any]) -> list[list[str]]:
    return [[p.key for p in group] for group in Groups(proposals(folder, sheets)).same]


def test_units_are_one_by_name_and_place(tmp_path: Path) -> None:
    units = [
        unit("a", "Sở Nội vụ", place="tỉnh Một"),
        unit("b", "Sở Nội vụ", place="tỉnh Một"),
        unit("c", "Sở Nội vụ", place="tỉnh Hai"),
        unit("d", "Sở Nội vụ"),
        unit("e", "Sở Nội vụ"),
    ]
    assert same(tmp_path, {"units": units}) == [["units[0]", "units[1]"]]


def test_people_of_one_name_need_a_post_in_common(tmp_path: Path) -> None:
    units = [unit("a", "Sở Y tế", place="tỉnh Một"), unit("b", "Sở Y tế", place="tỉnh Hai")]
    people = [{"id": id_, "name": "Lê Văn Một"} for id_ in ("p", "q", "r")]
    held = [("p", "a"), ("q", "a"), ("r", "b")]
    holdings = [{"person": person, "unit": of, "title": "Giám đốc"} for person, of in held]
    found = same(tmp_path, {"units": units, "people": people, "holdings": holdings})
    assert found == [["people[0]", "people[1]"], ["holdings[0]", "holdings[1]"]]


def test_changes_that_name_no_unit_are_not_one(tmp_path: Path) -> None:
    event = {"kind": "merge", "status": "policy"}
    assert same(tmp_path, {"events": [{"id": "e", **event}, {"id": "f", **event}]}) == []


def conflicts(folder: Path, sheets: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(c.what, *c.values) for c in Groups(proposals(folder, sheets)).conflicts]


def test_two_heads_at_one_time(tmp_path: Path) -> None:
    people = [{"id": "p", "name": "Lê Văn Một"}, {"id": "q", "name": "Trần Thị Hai"}]
    head = {"unit": "a", "title": "Giám đốc"}
    units = [unit("a", "Sở Y tế", place="tỉnh Một")]
    both = [{"person": "p", **head, "valid_from": "2017-01-01"}, {"person": "q", **head, "valid_from": "2019-01-01"}]
    sheets = {"units": units, "people": people, "holdings": both}
    assert conflicts(tmp_path, sheets) == [("holder", "Lê Văn Một", "Trần Thị Hai")]
    both[0]["valid_to"] = "2018-06-01"
    assert conflicts(tmp_path, sheets) == []


def test_other_kind_date_and_value(tmp_path: Path) -> None:
    units = [
        unit("a", "Văn phòng Một", place="tỉnh Một", kind="van_phong"),
        unit("b", "Văn phòng Một", place="tỉnh Một", kind="phong"),
    ]
    events = [
        {"id": "e", "kind": "dissolve", "status": "in_force", "inputs": ["a"], "date": "2017-01-01"},
        {"id": "f", "kind": "dissolve", "status": "in_force", "inputs": ["a"], "date": "tháng 3/2018"},
    ]
    figures = [{"id": id_, "measure": "units", "about": ["a"], "value": n} for id_, n in (("g", 5), ("h", 7), ("i", 7))]
    units[1]["kind"] = "van_phong"
    assert {c[0] for c in conflicts(tmp_path, {"units": units, "events": events, "figures": figures})} == {
        "date",
        "value",
    }
    units[0]["kind"], units[1]["kind"] = "so", "cuc"
    assert conflicts(tmp_path, {"units": units}) == [("kind", "so", "cuc")]


def test_a_unit_under_itself_ends(tmp_path: Path) -> None:
    units = [unit("a", "Phòng Một", place="tỉnh Một", kind="phong", parent="a") for _ in range(2)]
    assert same(tmp_path, {"units": units}) == []


@pytest.mark.parametrize("text", ["", "a: [", "units: &x [*x]", "other: [{a: 1}]", "units: []"])
def test_what_is_no_file_of_proposals(tmp_path: Path, text: str) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BomayError):
        Proposals(path)
