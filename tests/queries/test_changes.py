"""What changed between two structures: invented cases one by one, then the demo facts against what is known."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

import bomay
from graph.errors import NothingFound, UserError
from graph.store import Store
from loaders.plan import read_plan
from queries.changes.compare import compare
from queries.changes.plan import plan_changes
from queries.changes.pull import fetch_changes
from queries.changes.reach import became, came_from, join
from queries.changes.types import JOINED, Changes, Event, Life, Lineage
from queries.plans.trial import try_plan
from queries.structure_types import Holder, Post, Structure, UnitNode

BEFORE, AFTER = dt.date(2024, 12, 31), dt.date(2025, 7, 1)
DAY = dt.date(2025, 3, 1)
PLANS = Path(bomay.__file__).parent / "plans"


def structure(on: dt.date, tree: dict[str, str | None], **more: UnitNode) -> Structure:
    """Units by id with their parents; the first is the root, an id's capital letters are its name."""
    units = {id_: more.get(id_) or UnitNode(id_, id_.upper(), "so", "province", "state") for id_ in tree}
    for id_, parent in tree.items():
        units[id_].parent = parent
        if parent is not None:
            units[parent].children.append(id_)
    return Structure(next(iter(tree)), on, units)


def event(kind: str, inputs: str, outputs: str, day: dt.date = DAY) -> Event:
    taken, made = tuple(inputs.split()), tuple(outputs.split())
    return Event(f"e-{kind}-{inputs}", kind, day, kind, inputs=taken, outputs=made)


def changes(
    before: dict[str, str | None], after: dict[str, str | None], *events: Event, lives: dict[str, Life] | None = None
) -> Changes:
    return compare(structure(BEFORE, before), structure(AFTER, after), Lineage(list(events), lives or {}))


def test_units_that_merge_end_and_name_their_heir_and_the_result_names_them():
    found = changes(
        {"r": None, "a": "r", "b": "r", "c": "r"}, {"r": None, "n": "r", "c": "r"}, event("merge", "a b", "n")
    )
    assert found.fates == {"r": "kept", "a": "absorbed", "b": "absorbed", "c": "kept", "n": "merged"}
    assert found.heirs == {"a": ("n",), "b": ("n",)}
    result = found.of("n", "merged")
    assert result is not None and result.partners == ("a", "b") and (result.before, result.after) == ("A; B", "N")
    assert (result.date, result.event, result.basis) == (DAY, "e-merge-a b", "stated")


def test_a_unit_that_takes_another_in_lives_on_and_is_not_new():
    found = changes({"r": None, "a": "r", "b": "r"}, {"r": None, "b": "r"}, event("absorb", "a", "b"))
    assert found.fates == {"r": "kept", "a": "absorbed", "b": "received"}


def test_heirs_are_followed_through_what_began_and_ended_in_between():
    chain = (event("merge", "a b", "x"), event("absorb", "x", "y", dt.date(2025, 6, 1)))
    found = changes({"r": None, "a": "r", "b": "r", "y": "r"}, {"r": None, "y": "r"}, *chain)
    assert found.heirs["a"] == found.heirs["b"] == ("y",)
    received = found.of("y", "received")
    assert received is not None and received.partners == ("a", "b")


def test_events_in_a_circle_end():
    found = changes({"r": None, "a": "r"}, {"r": None}, event("merge", "a", "x"), event("absorb", "x", "a"))
    assert found.heirs["a"] == () and found.fates["a"] == "ended"


def test_a_dissolved_unit_ends_though_its_work_goes_elsewhere():
    found = changes({"r": None, "a": "r", "b": "r"}, {"r": None, "b": "r"}, event("dissolve", "a", "b"))
    assert found.fates["a"] == "ended" and found.heirs["a"] == ("b",)


def test_what_splits_ends_or_lives_on_and_its_parts_are_new():
    split = changes({"r": None, "a": "r"}, {"r": None, "x": "r", "y": "r"}, event("split", "a", "x y"))
    assert split.fates == {"r": "kept", "a": "split", "x": "split_off", "y": "split_off"}
    apart = changes({"r": None, "a": "r"}, {"r": None, "a": "r", "x": "r"}, event("separate", "a", "x"))
    assert apart.fates == {"r": "kept", "a": "split", "x": "split_off"}
    part = apart.of("x", "split_off")
    assert part is not None and part.partners == ("a",)


def test_a_new_unit_without_an_event_is_new_only_if_it_certainly_began_in_between():
    lives = {"a": Life("A", start=DAY, began=DAY), "b": Life("B", start=None, began=DAY, parent_before="r")}
    found = changes({"r": None}, {"r": None, "a": "r", "b": "r"}, lives=lives)
    assert found.fates["a"] == "created" and found.fates["b"] == "kept"  # b: not later than that day


def test_moving_within_out_of_and_into_the_chart():
    lives = {"o": Life("O", parent_after="z"), "i": Life("I", parent_before="z"), "z": Life("Z")}
    found = changes(
        {"r": None, "a": "r", "b": "r", "m": "a", "o": "a"},
        {"r": None, "a": "r", "b": "r", "m": "b", "i": "b"},
        event("move", "m", "b"),
        lives=lives,
    )
    assert {unit: found.fates[unit] for unit in "moi"} == {"m": "moved", "o": "moved", "i": "moved"}
    assert [(c.before, c.after, c.event) for c in found.changes] == [
        ("A", "B", "e-move-m"), ("A", "Z", ""), ("Z", "B", ""),
    ]  # fmt: skip


def test_parts_follow_the_unit_that_took_over_and_only_others_are_moved():
    found = changes(
        {"r": None, "a": "r", "b": "r", "c": "r", "p": "a", "q": "a"},
        {"r": None, "n": "r", "c": "r", "p": "n", "q": "c"},
        event("merge", "a b", "n"),
    )
    assert found.fates["p"] == "followed" and found.fates["q"] == "moved"
    assert [c.kind for c in found.changes if c.kind == "followed"] == ["followed"]


def test_names_heads_deputies_quota_and_staff_that_differ():
    def unit(name: str, head: str, deputies: tuple[str, ...], quota: int | None, staff: int | None) -> UnitNode:
        posts = [
            Post("h", "Giám đốc", "head", [Holder(head, head)] if head else []),
            Post("d", "Phó Giám đốc", "deputy", [Holder(each, each) for each in deputies]),
        ]
        return UnitNode("a", name, "so", "province", "state", posts=posts, quota=quota, staff=staff)

    old = structure(BEFORE, {"r": None, "a": "r"}, a=unit("Cũ", "An", ("Bình", "Chi"), 120, 90))
    new = structure(AFTER, {"r": None, "a": "r"}, a=unit("Mới", "Dũng", ("Bình",), 95, None))
    found = compare(old, new, Lineage([event("rename", "a", "")]))
    assert [(c.kind, c.before, c.after) for c in found.changes] == [
        ("renamed", "Cũ", "Mới"),
        ("head", "An", "Dũng"),
        ("deputies", "Bình; Chi", "Bình"),
        ("quota", "120", "95"),  # the people at work are not known afterwards: no change is claimed
    ]
    assert found.fates["a"] == "renamed" and found.of("a", "renamed").event  # type: ignore[union-attr]
    same = compare(
        old, structure(AFTER, {"r": None, "a": "r"}, a=unit("Cũ", "An", ("Chi", "Bình"), 120, 90)), Lineage()
    )
    assert same.changes == []


def test_what_a_unit_was_and_has_become():
    events = [event("merge", "a b", "n"), event("absorb", "n", "m")]
    assert became("a", events, {"m"}) == ["m"]
    assert became("m", events, {"m"}) == ["m"]
    assert became("a", [event("transfer", "a", "m")], {"m"}) == []  # functions went there, not the unit
    assert came_from("n", events, {"a", "b", "m"}) == ["a", "b"]
    assert came_from("m", events, {"m", "a"}) == ["m"]
    assert came_from("m", events, {"m", "n"}) == ["m", "n"]  # itself, and what it took in


def test_several_structures_hang_under_one_that_stands_for_them():
    joined = join([structure(BEFORE, {"a": None, "x": "a"}), structure(BEFORE, {"b": None})])
    assert joined.root == JOINED and joined.units[JOINED].children == ["a", "b"] and "x" in joined.units
    found = compare(joined, structure(AFTER, {"n": None, "x": "n"}), Lineage([event("merge", "a b", "n")]))
    assert found.fates == {"a": "absorbed", "b": "absorbed", "x": "followed", "n": "merged"}


# ---------------------------------------------------------------- the demo facts


def test_the_departments_of_vinh_phuc_go_from_17_to_12_as_the_figures_say(demo: Store):
    found = fetch_changes(demo, "vp-ubnd", dt.date(2025, 2, 28), dt.date(2025, 3, 1))
    counted = tuple(len(side.units["vp-ubnd"].children) for side in (found.before, found.after))
    figures = demo.read(
        "MATCH (f:Figure)-[:ABOUT]->(:Place {id: 'place-vinh-phuc'}) WHERE f.measure = 'departments' "
        "RETURN f.value AS value ORDER BY f.date"
    ).column("value")
    assert counted == tuple(int(value) for value in figures) == (17, 12)
    assert Counter(found.fates.values()) == {
        "absorbed": 11, "merged": 4, "received": 3, "moved": 3, "followed": 25, "kept": 22,
    }  # fmt: skip
    merged = {c.unit: c.partners for c in found.changes if c.kind == "merged"}
    assert merged["vp-so-nnmt"] == ("vp-so-nnptnt", "vp-so-tnmt") and len(merged) == 4
    # as many departments fewer as went in, less the results
    assert sum(map(len, merged.values())) + 1 - len(merged) == 17 - 12
    moved = {c.unit: c.after for c in found.changes if c.kind == "moved"}
    assert moved["vp-so-ldtbxh-phong-gdnn"] == "Sở Giáo dục và Đào tạo"
    stated = found.of("vp-so-nnmt", "merged")
    assert stated is not None and stated.sources == ("45/2025/NĐ-CP",) and stated.basis == "deduced"


def test_a_province_that_ended_is_followed_into_the_one_that_took_over(demo: Store):
    found = fetch_changes(demo, "place-vinh-phuc", dt.date(2025, 6, 30), dt.date(2025, 7, 1), place=True)
    assert (found.before.root, found.after.root) == ("place-vinh-phuc", "place-phu-tho")
    assert found.heirs["vp-so-tai-chinh-2025"] == ("pt-so-tai-chinh",)
    assert found.fates["pt-so-tai-chinh"] == "received" and found.fates["pt-so-dan-toc-ton-giao"] == "kept"
    both = fetch_changes(demo, "place-phu-tho", dt.date(2025, 6, 30), dt.date(2025, 7, 1), place=True)
    assert both.before.units[JOINED].children == ["place-phu-tho", "place-vinh-phuc"]


def test_a_change_without_an_event_has_the_date_and_the_source_of_what_is_new(demo: Store):
    found = fetch_changes(demo, "place-phu-tho", dt.date(2025, 6, 30), dt.date(2025, 7, 1), place=True)
    moved = found.of("pt-ldld", "moved")
    assert moved is not None and not moved.event and moved.date == dt.date(2025, 7, 1)
    assert moved.sources == ("97/2025/QH15",) and moved.basis == "deduced"


def test_a_unit_that_was_absorbed_and_one_that_is_new_are_found_on_both_days(demo: Store):
    gone = fetch_changes(demo, "vp-so-ldtbxh", dt.date(2025, 2, 28), dt.date(2025, 3, 1))
    assert (gone.before.root, gone.after.root) == ("vp-so-ldtbxh", "vp-so-noi-vu")
    new = fetch_changes(demo, "vp-so-nnmt", dt.date(2025, 2, 28), dt.date(2025, 3, 1))
    assert new.before.root == JOINED and new.fates["vp-so-nnptnt"] == "absorbed" and new.fates["vp-so-nnmt"] == "merged"
    assert set(new.fates.values()) <= {"absorbed", "merged", "received", "followed"}


def test_a_fuzzy_date_is_told_as_it_was_written(demo: Store):
    found = fetch_changes(demo, "vp-so-tttt", dt.date(2016, 1, 1), dt.date(2018, 1, 1))
    result = found.of("vp-so-tttt-phong-buu-chinh-vien-thong", "merged")
    assert result is not None and result.date_text == "8 tháng đầu năm 2017" and result.basis == "stated"


def test_nothing_changed_and_days_that_cannot_be_compared(demo: Store):
    assert fetch_changes(demo, "vp-so-y-te", dt.date(2024, 1, 1), dt.date(2024, 2, 1)).changes == []
    with pytest.raises(UserError, match="is not before"):
        fetch_changes(demo, "vp-so-y-te", dt.date(2024, 2, 1), dt.date(2024, 2, 1))
    with pytest.raises(NothingFound):
        fetch_changes(demo, "vp-so-tttt-phong-phap-che", dt.date(2020, 1, 1), dt.date(2024, 2, 1))


def test_a_plan_gives_what_happened(demo: Store):
    happened = fetch_changes(demo, "vp-ubnd", dt.date(2025, 2, 28), dt.date(2025, 3, 1))
    planned = plan_changes(try_plan(demo, read_plan(demo, PLANS / "vinh-phuc-2025.yaml")), "vp-ubnd")
    assert Counter(planned.fates.values()) == Counter(happened.fates.values())
    assert planned.plan and {c.basis for c in planned.changes} == {"planned"}
    moved = [{c.unit for c in found.changes if c.kind == "moved"} for found in (planned, happened)]
    assert moved[0] == moved[1]


def test_a_plan_with_every_kind_of_step(demo: Store):
    trial = try_plan(demo, read_plan(demo, PLANS / "phu-tho.yaml"))
    found = plan_changes(trial, "place-phu-tho", place=True)
    kinds = Counter(c.kind for c in found.changes)
    assert kinds == {
        "absorbed": 7, "created": 2, "head": 2, "merged": 1, "received": 1, "split": 1, "split_off": 1, "moved": 1,
        "renamed": 1, "ended": 1,
    }  # fmt: skip
    heads = [c for c in found.changes if c.kind == "head"]
    assert all("Trần Thị Ví Dụ" in c.after and c.event for c in heads)
    with pytest.raises(UserError, match="not in the scope"):
        plan_changes(trial, "vp-ubnd")
