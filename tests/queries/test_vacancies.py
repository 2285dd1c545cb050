"""Posts without a holder: vacant, acting, short and unrecorded are told apart."""

import datetime as dt

from queries.structure import Holder, Post, Structure, UnitNode
from queries.vacancies import last_holders, vacancies

ON = dt.date(2020, 6, 1)


def structure(*posts):
    units = {
        "a": UnitNode("a", "Sở A", "so", "province", "state", children=["b"]),
        "b": UnitNode("b", "Phòng B", "phong", "province", "state", parent="a"),
    }
    for unit, post in posts:
        units[unit].posts.append(post)
    return Structure("a", ON, units)


def states(*posts):
    return [(each.unit, each.post.id, each.state) for each in vacancies(structure(*posts))]


def held(*modes):
    return [Holder(f"p{n}", f"Người {n}", mode) for n, mode in enumerate(modes)]


def test_a_post_that_somebody_left_is_vacant_and_one_never_recorded_is_not():
    found = states(
        ("a", Post("x", "Giám đốc", "head")),
        ("b", Post("y", "Trưởng phòng", "head", left=dt.date(2020, 1, 1))),
    )
    assert found == [("b", "y", "vacant"), ("a", "x", "unrecorded")]


def test_who_acts_does_not_fill_a_post_and_who_holds_it_does():
    assert states(("a", Post("x", "Giám đốc", "head", held("acting")))) == [("a", "x", "acting")]
    assert states(("a", Post("x", "Giám đốc", "head", held("acting", "full")))) == []
    assert states(("a", Post("x", "Giám đốc", "head", held("full")))) == []


def test_seats_without_a_holder_are_short():
    assert states(("a", Post("x", "Phó Giám đốc", "deputy", held("full", "full"), 3))) == [("a", "x", "short")]
    assert states(("a", Post("x", "Phó Giám đốc", "deputy", held("full", "full"), 2))) == []


def test_heads_come_before_deputies_and_other_posts_do_not_count():
    left = dt.date(2020, 1, 1)
    found = states(
        ("a", Post("w", "Chuyên viên", "member", left=left)),
        ("a", Post("x", "Phó Giám đốc", "deputy", left=left)),
        ("b", Post("y", "Trưởng phòng", "head", left=left)),
    )
    assert [post for _, post, _ in found] == ["y", "x"]


def test_the_last_holder_is_the_one_who_left_last_before_the_day(store):
    store.write("CREATE (:Position {id: 'x', title: 'Giám đốc'})")
    for name, start, end in (
        ("Trước", "2010-01-01", "2015-01-01"),
        ("Sau", "2015-01-01", "2019-05-01"),
        ("Nữa", "2019-05-01", "2021-01-01"),
    ):
        store.write(
            "MATCH (x:Position {id: 'x'}) CREATE (:Person {id: $name, name: $name})"
            "-[:HOLDS {valid_from: $start, valid_to: $end}]->(x)",
            {"name": name, "start": dt.date.fromisoformat(start), "end": dt.date.fromisoformat(end)},
        )
    assert last_holders(store, ["x", "none"], ON) == {"x": ("Sau", dt.date(2019, 5, 1))}
    assert last_holders(store, [], ON) == {}
