"""Candidates of the graph for what is proposed, on the demo facts: reasons, and no join on a name alone."""

from __future__ import annotations

from graph.dates import Interval, parse_date
from graph.store import Store
from graph.text import key
from queries.likely import (
    Wanted,
    WantedChange,
    WantedDocument,
    WantedHolder,
    likely,
    likely_changes,
    likely_documents,
    other_holders,
)

SO = "Sở Thông tin và Truyền thông"


def test_the_unit_of_the_place_is_first(demo: Store) -> None:
    (found,) = likely(demo, [Wanted("Unit", "Sở TT&TT", "so", "tỉnh Vĩnh Phúc")])
    assert found[0].id == "vp-so-tttt" and not found[0].by_name_only
    assert {"name", "place", "kind"} <= set(found[0].reasons)
    assert len(found) == 1  # those of other provinces are out of the question


def test_a_place_that_the_graph_does_not_have(demo: Store) -> None:
    (found,) = likely(demo, [Wanted("Unit", "Sở TT&TT", "so", "tỉnh Không Có")])
    assert len(found) > 1 and all(each.by_name_only for each in found)
    assert {c.what for each in found for c in each.contradictions} == {"place"}


def test_a_name_alone_is_not_enough(demo: Store) -> None:
    (found,) = likely(demo, [Wanted("Unit", SO)])
    assert len(found) > 1 and all(each.by_name_only for each in found)


def test_another_kind_contradicts(demo: Store) -> None:
    (found,) = likely(demo, [Wanted("Unit", SO, "ban", "tỉnh Vĩnh Phúc")])
    (against,) = found[0].contradictions
    assert (against.what, against.proposed, against.stored) == ("kind", "ban", "so")


def test_another_parent_contradicts(demo: Store) -> None:
    (found,) = likely(demo, [Wanted("Unit", "Phòng Bưu chính", "phong", "tỉnh Vĩnh Phúc", "Sở Nội vụ")])
    assert [c.what for c in found[0].contradictions] == ["parent"]


def test_a_province_and_an_unknown_place(demo: Store) -> None:
    wanted = [Wanted("Place", "tỉnh Vĩnh Phúc", "tinh"), Wanted("Place", "tỉnh Không Có", "tinh")]
    province, unknown = likely(demo, wanted)
    assert [each.id for each in province] == ["place-vinh-phuc"] and not province[0].by_name_only
    assert unknown == []


def test_a_person_needs_a_post(demo: Store) -> None:
    name = "Ngô Thanh Danh"
    post = (key("Phó Bí thư Thường trực"), key("Tỉnh ủy"))
    alone, with_post = likely(demo, [Wanted("Person", name), Wanted("Person", name, posts=frozenset([post]))])
    assert alone[0].by_name_only
    assert "post" in with_post[0].reasons and not with_post[0].by_name_only


def test_another_holder_of_a_post_with_one_seat(small: Store) -> None:
    wanted = [
        WantedHolder("Phạm Ba", "Bí thư", ("hu",), Interval(parse_date("2021-01-01"))),
        WantedHolder("Phạm Ba", "Bí thư", ("hu",), Interval(parse_date("2010-01-01"), parse_date("2011-01-01"))),
        WantedHolder("Phạm Ba", "Ủy viên", ("hu",), Interval()),
    ]
    now, before, member = other_holders(small, wanted)
    assert {c.what for c in now} == {"holder"}
    assert sorted(c.stored[:10] for c in now) == ["Lê Thị Một", "Lê Văn Hai"]
    assert before == [] and member == []


def test_a_document_is_told_by_its_day(demo: Store) -> None:
    wanted = [
        WantedDocument("18-NQ/TW", parse_date("25/10/2017")),
        WantedDocument("18-NQ/TW", None),
        WantedDocument("18-NQ/TW", parse_date("1/2/2003")),
        WantedDocument("99999/QĐ-UBND", None),
    ]
    same, undated, other, unknown = likely_documents(demo, wanted)
    assert [each.id for each in same] == ["doc-nq-18-tw"] and not same[0].by_name_only
    assert undated[0].by_name_only
    assert [c.what for c in other[0].contradictions] == ["date"] and other[0].by_name_only
    assert unknown == []


def test_a_change_on_another_day(small: Store) -> None:
    inputs = frozenset(("kt", "tt"))
    same, other, less = likely_changes(
        small,
        [
            WantedChange("merge", inputs, parse_date("2018-01-01")),
            WantedChange("merge", inputs, parse_date("2020-05-05")),
            WantedChange("merge", frozenset(("kt",)), None),
        ],
    )
    assert ("e1", True) in [(each.id, "dates" in each.reasons) for each in same]
    assert all(each.contradictions[0].what == "date" for each in other) and len(other) == 2
    assert less == []
