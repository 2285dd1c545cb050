"""Reading the structure for a chart: subtree, posts, staff, ties, sources, places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from graph.errors import NothingFound, UnknownName, UserError
from graph.store import Store
from queries.structure import Concurrent, OuterTie, Tie, fetch, fetch_place
from tests.queries.analysis_fixtures import Facts, day, span, store_of

ON = dt.date(2020, 6, 1)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    facts = Facts()
    facts.place("t", "tỉnh Thử")
    facts.place("rong", "tỉnh Rỗng")
    facts.unit("mt", "Ủy ban MTTQ", "mttq", system="front", place="t")
    facts.unit("ub", "UBND tỉnh", "ubnd", place="t")
    facts.unit("hd", "HĐND tỉnh", "hdnd", place="t")
    facts.unit("tu", "Tỉnh ủy", "tinh_uy", system="party", place="t")
    facts.unit("sy", "Sở Y tế", "so", place="t", parent="ub", basis="deduced")
    facts.unit(
        "sn",
        "Sở Nội vụ",
        "so",
        place="t",
        parent="ub",
        former_names=["Ban Tổ chức chính quyền"],
        former_until=["2004-01-01"],
    )
    facts.unit("p1", "Phòng Một", "phong", place="t", parent="sn")
    facts.unit("p2", "Phòng Hai", "phong", place="t", parent="sn", **span(until="2020-01-01"))
    facts.unit("p3", "Phòng Ba", "phong", place="t", parent="sn", **span("2020-01-01"))
    facts.unit("to", "Tổ công tác", "ban_chi_dao", place="t", parent="p1", temporary=True)
    facts.unit("ban", "Ban Thi đua", "to_chuc_khac", place="t")
    facts.edge("PART_OF", "ban", "sn", kind="line", **span("2010-01-01"))
    facts.edge("PART_OF", "ban", "ub", kind="line", **span(until="2010-01-01"))
    facts.unit("cd", "Công đoàn Sở Nội vụ", "cong_doan_co_so", system="front", place="t", parent="sn")
    facts.edge("PART_OF", "cd", "mt", kind="union")
    facts.edge("PART_OF", "sn", "tu", kind="party", **span(until="2019-01-01"))
    facts.edge("SERVES", "sn", "sy")
    facts.edge("RELATED", "sn", "sy", kind="guides")
    facts.post("sn-pgd", "sn", "Phó Giám đốc", "pho_giam_doc", "deputy", seats=3)
    facts.post("sn-gd", "sn", "Giám đốc", "giam_doc")
    facts.post("p1-tp", "p1", "Trưởng phòng", "truong_phong")
    facts.post("tu-bt", "tu", "Bí thư", "bi_thu")
    facts.post("hd-ct", "hd", "Chủ tịch", "chu_tich")
    facts.person("an", "Lê An")
    facts.person("binh", "Vũ Bình")
    facts.holds("an", "sn-gd", "2018-01-01", mode="acting")
    facts.holds("an", "p1-tp", "2018-01-01")
    facts.holds("binh", "sn-gd", "2010-01-01", "2018-01-01")
    facts.holds("binh", "sn-pgd", "2001-01-01", "2005-01-01")
    facts.holds("binh", "sn-pgd", "2006-01-01", "2009-01-01")
    for number, (text, role, since) in enumerate(
        (("Phối hợp thanh tra", "coordinates", None), ("Quản lý biên chế", "leads", None), ("Lưu trữ", None, None),
         ("Thi đua", "leads", "2021-01-01"))
    ):  # fmt: skip
        function = facts.node("Function", f"fn{number}", text=text)
        values = span(since) if since else {}
        facts.edge("PERFORMS", "sn", function, **({"role": role} if role else {}), **values)
    facts.unit("mat", "Phòng Nội vụ cũ", "phong")
    facts.edge("FACE_OF", "mat", "p1")
    facts.holds("binh", "tu-bt", "2018-01-01")
    bt = facts.holds("binh", "hd-ct", "2018-06-01")
    figures = (
        (40, "2018-01-01", "staff_quota"),
        (44, "2019-01-01", "staff_quota"),
        (39, "2021-01-01", "staff_quota"),
        (41, "2019-01-01", "staff"),
        (999, "2019-06-01", "units"),
    )
    for number, (value, date, measure) in enumerate(figures):
        figure = facts.node("Figure", f"f{number}", value=float(value), measure=measure, date=day(date))
        facts.edge("ABOUT", figure, "sn")
    planned = facts.node("Figure", "fp", value=1.0, measure="staff", date=day("2020-01-01"), state="planned")
    facts.edge("ABOUT", planned, "sn")
    facts.document("d1", "01/QĐ", "Quyết định")
    facts.document("d2", "", "Bài báo")
    facts.stated("sn", "sn", "d1")
    facts.stated("p1", "p1", "d1")
    facts.stated("binh", bt, "d2")
    facts.place("cu", "tỉnh Cũ")
    facts.unit("chuyen", "Sở Chuyển", "so", **span("2000-01-01"))
    facts.nodes["Unit"][-1]["place"] = "moi"
    facts.place("moi", "tỉnh Mới")
    facts.edge("LOCATED_IN", "chuyen", "cu", **span(until="2025-07-01"))
    facts.edge("LOCATED_IN", "chuyen", "moi", **span("2025-07-01"))
    facts.unit("c1", "Đơn vị A", "phong")
    facts.unit("c2", "Đơn vị B", "phong", parent="c1")
    facts.unit("c3", "Đơn vị C", "phong", parent="c2")
    facts.edge("PART_OF", "c1", "c3", kind="line")
    facts.unit("h1", "Sở Hai", "so")
    facts.unit("h2", "Phòng A", "phong", parent="h1")
    facts.unit("h3", "Phòng B", "phong", parent="h1")
    facts.unit("h4", "Tổ", "phong", parent="h2")
    facts.edge("PART_OF", "h4", "h3", kind="line")
    with store_of(tmp_path_factory.mktemp("structure"), facts) as opened:
        yield opened


def test_the_subtree_as_of_the_date(store: Store) -> None:
    found = fetch(store, "sn", ON)
    assert found.root == "sn" and found.place == "tỉnh Thử"
    assert list(found.units) == ["sn", "p3", "p1", "ban", "cd", "to"]
    assert found.units["sn"].children == ["p3", "p1", "ban", "cd"]
    assert (found.units["to"].parent, found.units["to"].temporary) == ("p1", True)
    before = fetch(store, "sn", dt.date(2009, 1, 1))
    assert before.units["sn"].children == ["p2", "p1", "cd"]


def test_posts_with_holders_heads_first(store: Store) -> None:
    posts = fetch(store, "sn", ON).units["sn"].posts
    assert [(p.title, p.role, p.seats, [(h.name, h.mode) for h in p.holders]) for p in posts] == [
        ("Giám đốc", "head", None, [("Lê An", "acting")]),
        ("Phó Giám đốc", "deputy", 3, []),
    ]


def test_staff_and_quota_are_the_latest_figures_by_the_date(store: Store) -> None:
    def figures(on: dt.date) -> tuple[int | None, int | None]:
        unit = fetch(store, "sn", on).units["sn"]
        return unit.staff, unit.quota

    assert figures(ON) == (41, 44)
    assert figures(dt.date(2018, 5, 1)) == (None, 40)
    assert figures(dt.date(2017, 5, 1)) == (None, None)


def test_an_empty_post_says_when_it_was_left(store: Store) -> None:
    head, deputy = fetch(store, "sn", ON).units["sn"].posts
    assert (head.left, deputy.left) == (None, dt.date(2009, 1, 1))
    earlier = fetch(store, "sn", dt.date(2005, 6, 1)).units["sn"].posts[1]
    assert earlier.left == dt.date(2005, 1, 1)
    unit = fetch(store, "sn", dt.date(2000, 1, 1)).units["sn"]
    assert [post.left for post in unit.posts] == [None, None]  # held later only


def test_functions_where_asked_for_led_ones_first(store: Store) -> None:
    assert fetch(store, "sn", ON).units["sn"].functions == []
    asked = fetch(store, "sn", ON, functions=True).units["sn"].functions
    assert asked == ["Lưu trữ", "Quản lý biên chế", "Phối hợp thanh tra"]


def test_ties_with_units_that_are_not_shown(store: Store) -> None:
    found = fetch(store, "sn", dt.date(2018, 6, 1)).outer_ties
    assert found == [
        OuterTie("face", "p1", "Phòng Nội vụ cũ", inwards=True),
        OuterTie("party", "sn", "Tỉnh ủy"),
        OuterTie("serves", "sn", "Sở Y tế"),
    ]
    assert [tie.kind for tie in fetch(store, "ub", ON).outer_ties] == ["face"]


def test_a_place_before_anything_existed_says_what_is_recorded(store: Store) -> None:
    with pytest.raises(NothingFound, match="1990") as error:
        fetch_place(store, "moi", dt.date(1990, 1, 1))
    assert "from 2025-07-01" in str(error.value)


def test_the_depth_limit_counts_what_it_hides(store: Store) -> None:
    shallow = fetch(store, "ub", ON, depth=1)
    assert list(shallow.units) == ["ub", "sn", "sy"]
    assert (shallow.units["sn"].hidden, shallow.units["sy"].hidden, shallow.units["ub"].hidden) == (5, 0, 0)
    alone = fetch(store, "ub", ON, depth=0)
    assert list(alone.units) == ["ub"] and alone.units["ub"].hidden == 7


def test_ties_among_the_units_shown(store: Store) -> None:
    assert fetch(store, "ub", ON).ties == [Tie("guides", "sn", "sy"), Tie("serves", "sn", "sy")]
    assert fetch(store, "sn", ON).ties == []
    whole = fetch_place(store, "t", dt.date(2018, 6, 1))
    assert Tie("party", "sn", "tu") in whole.ties and Tie("union", "cd", "mt") in whole.ties


def test_people_in_several_of_the_posts_shown(store: Store) -> None:
    assert fetch(store, "sn", ON).concurrents == [Concurrent("an", "Lê An", ("p1-tp", "sn-gd"), "extra")]
    assert fetch(store, "hd", ON).concurrents == []
    assert (
        Concurrent("binh", "Vũ Bình", ("hd-ct", "tu-bt"), "unified_heads", "CM1")
        in fetch_place(store, "t", ON).concurrents
    )


def test_the_name_of_the_date(store: Store) -> None:
    assert fetch(store, "sn", dt.date(2003, 1, 1)).units["sn"].name == "Ban Tổ chức chính quyền"
    assert fetch(store, "sn", dt.date(2004, 1, 1)).units["sn"].name == "Sở Nội vụ"


def test_sources_of_what_is_shown(store: Store) -> None:
    assert fetch(store, "sn", ON).sources == ["01/QĐ, Quyết định"]
    assert fetch_place(store, "t", ON).sources == ["01/QĐ, Quyết định", "Bài báo"]
    assert fetch(store, "hd", dt.date(2018, 1, 1)).sources == []


def test_a_place_is_a_virtual_root_over_party_state_and_front(store: Store) -> None:
    found = fetch_place(store, "t", ON)
    root = found.units["t"]
    assert (root.name, root.kind, root.level, root.system, root.posts) == (
        "tỉnh Thử",
        "tinh",
        "province",
        "",
        [],
    )
    assert root.children == ["tu", "hd", "ub", "mt"]
    assert found.units["ub"].children == ["sn", "sy"] and found.units["ub"].parent == "t"
    assert found.units["sy"].basis == "deduced"
    shallow = fetch_place(store, "t", ON, depth=1)
    assert list(shallow.units) == ["t", "tu", "hd", "ub", "mt"] and shallow.units["ub"].hidden == 7
    assert fetch_place(store, "t", ON, depth=0).units["t"].hidden == 11


def test_a_unit_is_in_the_place_of_the_date(store: Store) -> None:
    merged = dt.date(2025, 7, 1)
    assert fetch(store, "chuyen", ON).place == "tỉnh Cũ" and fetch(store, "chuyen", merged).place == "tỉnh Mới"
    assert list(fetch_place(store, "cu", ON).units) == ["cu", "chuyen"]
    assert list(fetch_place(store, "moi", merged).units) == ["moi", "chuyen"]
    with pytest.raises(NothingFound):
        fetch_place(store, "cu", merged)


def test_a_second_line_parent_is_a_tie(store: Store) -> None:
    found = fetch(store, "h1", ON)
    assert found.units["h4"].parent == "h2"
    assert found.ties == [Tie("line", "h4", "h3")]


def test_a_cycle_is_refused_with_its_names(store: Store) -> None:
    with pytest.raises(UserError, match="Đơn vị C → Đơn vị B → Đơn vị A → Đơn vị C"):
        fetch(store, "c1", ON)


def test_what_is_not_there(store: Store) -> None:
    with pytest.raises(UnknownName):
        fetch(store, "không có", ON)
    with pytest.raises(UnknownName):
        fetch_place(store, "không có", ON)
    with pytest.raises(NothingFound, match="does not exist on 2020-06-01"):
        fetch(store, "p2", ON)
    with pytest.raises(NothingFound):
        fetch_place(store, "rong", ON)
