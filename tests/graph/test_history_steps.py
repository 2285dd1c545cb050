"""Steps of a plan applied in memory: their order within a day, quotas, appointments, cycles, both languages."""

import datetime as dt

import pytest

from graph.dates import parse_date
from graph.errors import Contradiction
from graph.history import quota_figure, try_events
from tests.graph.test_history import World

DAY = "2027-01-01"


def world(*units):
    w = World()
    for unit in units:
        w.unit(unit)
    return w


def test_a_result_of_one_step_is_merged_by_the_next_on_the_same_day():
    w = world("a", "b", "d")
    w.unit("c"), w.unit("e")
    w.performs("a", "f")
    w.event("z", "merge", DAY, ["a", "b"], ["c"], step=1)
    w.event("y", "merge", DAY, ["c", "d"], ["e"], step=2)
    w.apply()
    assert w.on(DAY, "PERFORMS") == [("e", "f")]
    assert w.lives("e", DAY) and not w.lives("c", DAY)


def test_steps_of_one_day_keep_their_order_whatever_their_ids():
    w = world("a", "b")
    w.event("e2", "rename", DAY, ["a"], new_name="Mới", step=1)
    w.event("e1", "absorb", DAY, ["a"], ["b"], step=2)
    _, collisions = try_events(w, ["e1", "e2"])
    assert not collisions and w.nodes["a"].properties["name"] == "Mới"


def test_a_unit_that_an_earlier_step_ended_is_not_used_on_the_same_day():
    w = world("a", "b")
    w.event("e1", "absorb", DAY, ["a"], ["b"], step=1)
    w.event("e2", "rename", DAY, ["a"], new_name="Mới", step=2)
    _, (collision,) = try_events(w, ["e1", "e2"])
    assert (collision.event, collision.code, collision.units) == ("e2", "ended_before", ("a",))
    assert "đã kết thúc trước đó do sự kiện e1" in collision.why("vi")


def test_a_unit_merged_twice_collides_once():
    w = world("a", "b", "c")
    w.event("e1", "absorb", DAY, ["a"], ["b"], step=1)
    w.event("e2", "absorb", DAY, ["a"], ["c"], step=2)
    _, collisions = try_events(w, ["e1", "e2"])
    assert [(c.event, c.code) for c in collisions] == [("e2", "ended_by")]


def test_a_cycle_of_moves_is_a_contradiction():
    w = world("a", "b")
    w.event("e1", "move", DAY, ["a"], ["b"], step=1)
    w.event("e2", "move", DAY, ["b"], ["a"], step=2)
    with pytest.raises(Contradiction, match=r"B .*would come under itself: A → B"):
        w.apply()
    assert w.on(DAY, "PART_OF") == [("a", "b")]


def test_a_quota_is_a_figure_from_its_day_on_and_setting_it_again_adds_none():
    w = world("a")
    w.event("e", "set_quota", DAY, ["a"], staff_quota=40)
    w.apply()
    before = w.snapshot()
    (figure,) = w.of_label("Figure")
    assert (figure.properties["measure"], figure.properties["value"]) == ("staff_quota", 40.0)
    assert figure.properties["date"] == dt.date(2027, 1, 1)
    assert [(r.start, r.end) for r in w.relationships.values() if r.type == "ABOUT"] == [(figure.id, "a")]
    assert figure.id == quota_figure("a", parse_date(DAY), 40)[0]
    w.apply()
    assert w.snapshot() == before


def test_a_quota_needs_its_number():
    w = world("a")
    w.event("e", "set_quota", DAY, ["a"])
    with pytest.raises(Contradiction, match="needs the number"):
        w.apply()


def appointment(**more):
    w = world("a", "b")
    w.post("head-a", "a", "old")
    w.post("head-b", "b")
    w.add_node("Person", "new", {"id": "new", "name": "new"})
    w.add_node("Event", "e", {"id": "e", "kind": "appoint", "status": "in_force", "date": dt.date(2027, 1, 1), **more})
    w.add_relationship("INPUT", "e", "new", {})
    return w


def test_an_appointment_to_two_posts_puts_the_old_head_out():
    w = appointment()
    for post in ("head-a", "head-b"):
        w.add_relationship("OUTPUT", "e", post, {})
    w.apply()
    assert w.on(DAY, "HOLDS") == [("new", "head-a"), ("new", "head-b")]
    assert w.on("2026-12-31", "HOLDS") == [("old", "head-a")]


def test_a_post_with_several_seats_is_shared_and_one_that_is_left_is_left():
    w = appointment()
    w.nodes["head-a"].properties.update(role="deputy", seats=3)
    w.add_relationship("HOLDS", "new", "head-b", {})
    w.add_relationship("OUTPUT", "e", "head-a", {})
    w.add_relationship("INPUT", "e", "head-b", {})
    w.apply()
    assert w.on(DAY, "HOLDS") == [("new", "head-a"), ("old", "head-a")]


def test_an_appointment_that_names_units_only_is_a_record():
    w = world("a")
    w.event("e", "appoint", DAY, ["a"], ["a"])
    before = {k: dict(r.properties) for k, r in w.relationships.items()}
    w.apply()
    assert {k: dict(r.properties) for k, r in w.relationships.items()} == before
