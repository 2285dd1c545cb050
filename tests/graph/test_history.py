"""Events applied to facts in memory: what ends, what starts, what moves, what collides."""

import datetime as dt

import pytest

from graph.dates import as_properties, interval_of, parse_date
from graph.errors import Contradiction
from graph.facts import Facts
from graph.history import apply_events


class World(Facts):
    """Facts with short ways to state them."""

    def unit(self, id_, start=None, end=None, **more):
        dates = {
            **as_properties("valid_from", start and parse_date(start)),
            **as_properties("valid_to", end and parse_date(end)),
        }
        self.add_node("Unit", id_, {"id": id_, "name": more.pop("name", id_.upper()), **dates, **more})

    def part(self, child, parent, kind="line", **more):
        return self.add_relationship("PART_OF", child, parent, {"kind": kind, **more})

    def performs(self, unit, function):
        self.add_node("Function", function, {"id": function, "text": function})
        self.add_relationship("PERFORMS", unit, function, {})

    def post(self, id_, unit, holder=None):
        self.add_node("Position", id_, {"id": id_, "title": "Trưởng phòng", "role": "head"})
        self.add_relationship("OF_UNIT", id_, unit, {})
        if holder:
            self.add_node("Person", holder, {"id": holder, "name": holder})
            self.add_relationship("HOLDS", holder, id_, {})

    def event(self, id_, kind, date, inputs=(), outputs=(), status="in_force", transfers=(), **more):
        properties = {"id": id_, "kind": kind, "status": status, **as_properties("date", parse_date(date)), **more}
        self.add_node("Event", id_, properties)
        for unit in inputs:
            self.add_relationship("INPUT", id_, unit, {})
        for unit in outputs:
            self.add_relationship("OUTPUT", id_, unit, {})
        for what, giver, taker in transfers:
            self.add_relationship("TRANSFERS", id_, what, {"from": giver, "to": taker})

    def apply(self):
        return apply_events(self, [node.id for node in list(self.of_label("Event"))])

    def on(self, day, type_, start=None, end=None):
        """(start, end) of the relationships of a type that hold on a day."""
        day = dt.date.fromisoformat(day)
        return sorted(
            (r.start, r.end)
            for r in self.relationships.values()
            if r.type == type_
            and interval_of(r.properties).certainly(day)
            and start in (None, r.start)
            and end in (None, r.end)
        )

    def lives(self, id_, day):
        return interval_of(self.nodes[id_].properties).certainly(dt.date.fromisoformat(day))

    def snapshot(self):
        return (
            {n.id: dict(n.properties) for n in self.nodes.values()},
            {r.id: dict(r.properties) for r in self.relationships.values()},
        )


@pytest.fixture
def world():
    found = World()
    for unit in ("so", "a", "b", "c", "d"):
        found.unit(unit)
    for unit in ("a", "b", "d"):
        found.part(unit, "so")
    found.unit("a1")
    found.part("a1", "a")
    found.performs("a", "f-a")
    found.performs("b", "f-b")
    found.post("p-a", "a", "An")
    return found


def test_a_merger_ends_its_inputs_and_opens_its_result(world):
    world.event("e", "merge", "2017-08-31", ["a", "b"], ["c"])
    world.apply()
    assert world.lives("a", "2017-08-30") and not world.lives("a", "2017-08-31")
    assert not world.lives("c", "2017-08-30") and world.lives("c", "2017-08-31")
    assert world.on("2017-08-30", "PERFORMS") == [("a", "f-a"), ("b", "f-b")]
    assert world.on("2017-08-31", "PERFORMS") == [("c", "f-a"), ("c", "f-b")]
    # the result takes the parent that the inputs had in common, and their sub-units
    assert world.on("2017-08-31", "PART_OF") == [("a1", "c"), ("c", "so"), ("d", "so")]
    # the posts of an ended unit end, and so does holding them
    assert world.on("2017-08-30", "HOLDS") == [("An", "p-a")]
    assert world.on("2017-08-31", "HOLDS") == []
    assert not world.lives("p-a", "2017-08-31")


def test_a_merger_known_to_a_period_is_certain_at_its_end(world):
    world.event("e", "merge", "8 tháng đầu năm 2017", ["a", "b"], ["c"])
    world.apply()
    assert world.lives("a", "2017-01-01") and not world.lives("c", "2017-01-01")
    ended = world.nodes["a"].properties
    assert (ended["valid_to_earliest"], ended["valid_to"]) == (dt.date(2017, 1, 1), dt.date(2017, 8, 31))
    assert ended["valid_to_precision"] == "period"


def test_positions_go_over_where_the_event_says_so(world):
    world.event("e", "merge", "2017-08-31", ["a", "b"], ["c"], moves=["positions"])
    world.apply()
    assert world.on("2017-08-31", "OF_UNIT") == [("p-a", "c")]
    assert world.on("2017-08-31", "HOLDS") == [("An", "p-a")]
    # and what it does not say stays where it was, ended with the unit or still open
    assert world.on("2017-08-31", "PERFORMS", start="c") == []
    assert world.on("2017-08-31", "PART_OF", start="a1") == [("a1", "a")]


def test_an_absorbing_merger_keeps_the_absorber(world):
    world.event("e", "absorb", "2018-01-01", ["a", "b"], ["b"])
    world.apply()
    assert world.lives("b", "2018-01-01") and not world.lives("a", "2018-01-01")
    assert world.on("2018-01-01", "PERFORMS") == [("b", "f-a"), ("b", "f-b")]
    assert "valid_from" not in world.nodes["b"].properties


def test_a_merger_whose_result_is_an_input_is_an_absorption(world):
    world.event("e", "merge", "2018-01-01", ["a", "b"], ["b"])
    world.apply()
    assert world.lives("b", "2017-12-31") and world.lives("b", "2018-01-01")


def test_dissolution_with_transfer_ends_one_and_moves_its_functions(world):
    world.event("e1", "dissolve", "2017-08-31", ["a"])
    world.event("e2", "transfer", "2017-08-31", ["a"], ["d"], transfers=[("f-a", "a", "d")])
    world.apply()
    assert not world.lives("a", "2017-08-31") and world.lives("d", "2017-08-31")
    assert world.on("2017-08-30", "PERFORMS", end="f-a") == [("a", "f-a")]
    assert world.on("2017-08-31", "PERFORMS", end="f-a") == [("d", "f-a")]


def test_functions_named_in_a_transfer_do_not_follow_the_rest(world):
    world.performs("a", "f-a2")
    world.event("e", "absorb", "2018-01-01", ["a"], ["b"], transfers=[("f-a2", "a", "d")])
    world.apply()
    assert world.on("2018-01-01", "PERFORMS", end="f-a2") == [("d", "f-a2")]
    assert world.on("2018-01-01", "PERFORMS", end="f-a") == [("b", "f-a")]


def test_two_seals_leave_the_legal_persons_alive(world):
    world.event("e", "merge_two_seals", "2019-01-01", ["a", "b"], ["c"])
    world.apply()
    assert world.lives("a", "2019-06-01") and world.lives("b", "2019-06-01") and world.lives("c", "2019-06-01")
    assert world.on("2019-06-01", "FACE_OF") == [("a", "c"), ("b", "c")]
    assert world.on("2019-06-01", "PERFORMS") == [("c", "f-a"), ("c", "f-b")]


def test_splitting_ends_the_whole_and_separating_does_not(world):
    world.event("e", "split", "2020-01-01", ["a"], ["c"], transfers=[("f-a", "a", "c")])
    world.unit("n")
    world.event("e2", "separate", "2020-01-01", ["b"], ["n"], transfers=[("f-b", "b", "n")])
    world.apply()
    assert not world.lives("a", "2020-01-01") and world.lives("c", "2020-01-01")
    assert world.lives("b", "2020-01-01") and world.lives("n", "2020-01-01")
    assert world.on("2020-01-01", "PERFORMS") == [("c", "f-a"), ("n", "f-b")]


def test_renaming_keeps_the_identity_and_the_former_name(world):
    world.event("e", "rename", "2019-11-08", ["a"], new_name="Trung tâm chính trị")
    world.apply()
    unit = world.nodes["a"].properties
    assert (unit["name"], unit["former_names"], unit["former_until"]) == ("Trung tâm chính trị", ["A"], ["2019-11-08"])
    assert "valid_to" not in unit and unit["name_key"] == "trung tâm chính trị"


def test_moving_changes_the_line_parent_only(world):
    world.part("a1", "d", kind="professional")
    world.event("e", "move", "2020-01-01", ["a1"], ["b"])
    world.apply()
    assert world.on("2020-01-01", "PART_OF", start="a1") == [("a1", "b"), ("a1", "d")]
    assert world.on("2019-12-31", "PART_OF", start="a1") == [("a1", "a"), ("a1", "d")]


def test_a_shared_office_serves_and_nobody_ends(world):
    world.event("e", "shared_office", "2018-06-01", ["a", "b"], ["d"])
    world.apply()
    assert world.on("2018-06-01", "SERVES") == [("d", "a"), ("d", "b")]
    assert world.lives("a", "2018-06-01") and world.lives("b", "2018-06-01")


@pytest.mark.parametrize("status", ["policy", "scheme", "adopted", "announced", "paused", "reversed"])
def test_what_is_not_in_force_changes_nothing(world, status):
    before = world.snapshot()
    world.event("e", "merge", "2020-01-01", ["a", "b"], ["c"], status=status)
    links = {r.id for r in world.relationships.values()} - set(before[1])
    assert world.apply() == []
    after = world.snapshot()
    assert {k: v for k, v in after[0].items() if k != "e"} == before[0]
    assert {k: v for k, v in after[1].items() if k not in links} == before[1]


def test_applying_again_changes_nothing(world):
    world.event("e1", "merge", "2017-08-31", ["a", "b"], ["c"])
    world.event("e2", "rename", "2019-01-01", ["c"], new_name="Phòng Mới")
    world.event("e3", "absorb", "2020-01-01", ["c"], ["d"])
    world.apply()
    first = world.snapshot()
    world.apply()
    assert world.snapshot() == first


def test_a_function_that_is_told_later_goes_the_same_way(world):
    world.event("e", "merge", "2017-08-31", ["a", "b"], ["c"])
    world.apply()
    world.performs("a", "f-late")
    world.apply()
    assert world.on("2017-08-31", "PERFORMS", end="f-late") == [("c", "f-late")]


def test_a_chain_of_events_keeps_the_functions(world):
    world.event("e2", "absorb", "2020-01-01", ["c"], ["d"])
    world.event("e1", "merge", "2017-08-31", ["a", "b"], ["c"])
    world.apply()
    assert world.on("2020-01-01", "PERFORMS") == [("d", "f-a"), ("d", "f-b")]


def test_what_ends_on_the_same_day_is_not_handed_on_first():
    world = World()
    for unit in ("old", "old-so", "new", "new-so"):
        world.unit(unit)
    world.part("old-so", "old")
    world.part("new-so", "new")
    world.event("e1", "absorb", "2025-07-01", ["old"], ["new"])
    world.event("e2", "absorb", "2025-07-01", ["old-so"], ["new-so"])
    world.apply()
    assert world.on("2025-07-01", "PART_OF") == [("new-so", "new")]
    assert ("old-so", "new") not in {(r.start, r.end) for r in world.relationships.values() if r.type == "PART_OF"}


def test_a_sub_unit_follows_its_new_parent_to_another_place():
    world = World()
    for place in ("x", "y"):
        world.add_node("Place", place, {"id": place, "name": place})
    world.unit("a", place="x")
    world.unit("a1", place="x")
    world.unit("b", place="y")
    world.part("a1", "a")
    for unit in ("a", "a1"):
        world.add_relationship("LOCATED_IN", unit, "x", {})
    world.event("e", "absorb", "2025-07-01", ["a"], ["b"])
    world.apply()
    assert world.on("2025-06-30", "LOCATED_IN", start="a1") == [("a1", "x")]
    assert world.on("2025-07-01", "LOCATED_IN", start="a1") == [("a1", "y")]


def test_an_earlier_event_applied_again_takes_no_unit_back_to_its_former_place():
    world = World()
    for place in ("x", "y"):
        world.add_node("Place", place, {"id": place, "name": place})
    for unit, place in {"a": "x", "a1": "x", "b": "x", "c": "y"}.items():
        world.unit(unit, place=place)
        world.add_relationship("LOCATED_IN", unit, place, {})
    world.part("a1", "a")
    world.event("e1", "absorb", "2020-01-01", ["a"], ["b"])
    world.event("e2", "absorb", "2025-07-01", ["b"], ["c"])
    world.apply()
    assert world.nodes["a1"].properties["place"] == "y"
    before = {edge.id for edge in world.relationships.values()}
    apply_events(world, ["e1"])
    assert world.nodes["a1"].properties["place"] == "y"
    assert {edge.id for edge in world.relationships.values()} == before
    assert world.on("2021-01-01", "LOCATED_IN", start="a1") == [("a1", "x")]


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda w: w.unit("a", end="2016-01-01"), r"A \[a\] ended on 2016-01-01"),
        (lambda w: w.unit("a", start="2019-01-01"), r"A \[a\] starts only on 2019-01-01"),
        (lambda w: w.unit("c", start="2010-01-01"), r"C \[c\] starts on 2010-01-01.*absorb"),
        (lambda w: w.unit("c", start="2018-01-01"), r"C \[c\] starts on 2018-01-01"),
    ],
)
def test_contradictions_say_which_facts_collide(prepare, said):
    world = World()
    for unit in ("a", "b", "c"):
        world.unit(unit)
    prepare(world)
    world.event("e", "merge", "2017-08-31", ["a", "b"], ["c"])
    with pytest.raises(Contradiction, match=said):
        world.apply()


def test_all_contradictions_are_said_at_once():
    world = World()
    world.unit("a", end="2016-01-01")
    world.unit("b", end="2015-01-01")
    world.unit("c")
    world.event("e", "merge", "2017-08-31", ["a", "b"], ["c"])
    with pytest.raises(Contradiction) as caught:
        world.apply()
    assert "ended on 2016-01-01" in str(caught.value) and "ended on 2015-01-01" in str(caught.value)


def test_a_unit_cannot_be_merged_twice(world):
    world.event("e1", "absorb", "2017-01-01", ["a"], ["b"])
    world.event("e2", "absorb", "2018-01-01", ["a"], ["d"])
    with pytest.raises(Contradiction, match="ended on 2017-01-01 by event e1"):
        world.apply()


def test_an_end_that_the_file_gave_itself_is_explained_by_the_event(world):
    world.unit("a", end="2017-08-31")
    world.event("e", "merge", "2017-08-31", ["a", "b"], ["c"])
    world.apply()
    assert world.nodes["a"].properties["ended_by"] == "e"


@pytest.mark.parametrize(("kind", "outputs"), [("merge", []), ("absorb", ["b", "c"]), ("split", []), ("move", [])])
def test_an_event_without_its_units_says_what_it_needs(world, kind, outputs):
    world.event("e", kind, "2017-08-31", ["a"], outputs)
    with pytest.raises(Contradiction, match=f"a {kind} needs"):
        world.apply()


def test_what_had_left_before_does_not_follow():
    world = World()
    for place in ("x", "y"):
        world.add_node("Place", place, {"id": place, "name": place})
    world.unit("a", place="x")
    world.unit("gone", place="x", end="2020-01-01")
    world.unit("b", place="y")
    world.part("gone", "a", **as_properties("valid_to", parse_date("2020-01-01")))
    world.add_relationship("LOCATED_IN", "gone", "x", {})
    world.event("e", "absorb", "2025-07-01", ["a"], ["b"])
    world.apply()
    assert world.nodes["gone"].properties["place"] == "x"
    assert {r.end for r in world.leaving("gone", "LOCATED_IN")} == {"x"}
