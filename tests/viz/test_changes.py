"""Charts of changes: where boxes and arrows are, what they say, and the tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from queries.changes.compare import compare
from queries.changes.types import Changes, Event, Lineage
from queries.structure_types import Holder, Post, Structure, UnitNode
from viz.changes.pages import render_changes
from viz.changes.union import changed_units, changes_chart
from viz.changes.words import quota_of
from viz.chart import Options, sheet_of
from viz.labels import Labels
from viz.model import Chart
from viz.paint import connector_ways
from viz.style import load_style

BEFORE, AFTER = dt.date(2024, 12, 31), dt.date(2025, 7, 1)
DAY = dt.date(2025, 3, 1)


def unit(id_: str, name: str, parent: str | None, head: str = "", quota: int | None = None) -> UnitNode:
    posts = [Post(f"{id_}-gd", "Giám đốc", "head", [Holder(head, head)])] if head else []
    kind = "ubnd" if parent is None else "so"
    return UnitNode(id_, name, kind, "province", "state", parent, posts=posts, quota=quota)


def side(on: dt.date, *units: UnitNode) -> Structure:
    found = Structure(units[0].id, on, {each.id: each for each in units}, place="tỉnh Thử")
    for each in units:
        if each.parent is not None:
            found.units[each.parent].children.append(each.id)
    return found


def event(kind: str, inputs: str, outputs: str, **more: str) -> Event:
    taken, made = tuple(inputs.split()), tuple(outputs.split())
    return Event(f"e-{kind}", kind, DAY, f"Việc {kind}", inputs=taken, outputs=made, sources=("1/QĐ",), **more)  # type: ignore[arg-type]


def province(plan: str = "") -> Changes:
    """Two departments merge, one is absorbed, one is dissolved, one is new, one part moves, a head changes."""
    before = side(
        BEFORE,
        unit("u", "UBND tỉnh", None),
        unit("tc", "Sở Tài chính", "u", quota=80),
        unit("kh", "Sở Kế hoạch", "u", quota=60),
        unit("yt", "Sở Y tế", "u", head="Lê An", quota=120),
        unit("ld", "Sở Lao động", "u", quota=50),
        unit("nv", "Sở Nội vụ", "u", quota=40),
        unit("td", "Ban Thi đua", "u", quota=10),
        unit("p1", "Phòng Ngân sách", "tc"),
        unit("p2", "Phòng Bảo trợ", "ld"),
    )
    after = side(
        AFTER,
        unit("u", "UBND tỉnh", None),
        unit("tc2", "Sở Tài chính", "u", quota=130),
        unit("yt", "Sở Y tế", "u", head="Trần Bình", quota=95),
        unit("nv", "Sở Nội vụ", "u", quota=85),
        unit("dt", "Sở Dân tộc", "u", quota=30),
        unit("p1", "Phòng Ngân sách", "tc2"),
        unit("p2", "Phòng Bảo trợ", "yt"),
    )
    events = [
        event("merge", "tc kh", "tc2", basis="inferred"),
        event("absorb", "ld", "nv"),
        event("dissolve", "td", ""),
        event("create", "", "dt"),
    ]
    return compare(before, after, Lineage(events), plan)


def chart(changes: Changes, lang: str = "vi", **limits: float) -> Chart:
    style = load_style()
    return changes_chart(
        changes, replace(style, limits={**style.limits, **limits}), Labels(lang), None, ("heads", "staff")
    )


def test_what_went_into_a_result_stands_on_both_sides_of_it_struck_through():
    drawn = chart(province())
    root = drawn.boxes["u"].children
    at = root.index("tc2")
    assert root[at - 1 : at + 2] == ["old:tc", "tc2", "old:kh"]
    assert root.index("old:ld") == root.index("nv") - 1
    assert drawn.boxes["old:tc"].ghost and not drawn.boxes["tc2"].ghost
    assert next(iter(drawn.boxes)) == "u" and all(
        list(drawn.boxes).index(box.parent) < number for number, box in enumerate(drawn.boxes.values()) if box.parent
    )


def test_where_another_unit_took_over_its_parts_stand_beside_theirs():
    before = side(BEFORE, unit("a", "Sở Cũ", None), unit("p", "Phòng Một", "a"), unit("q", "Phòng Hai", "a"))
    after = side(AFTER, unit("b", "Sở Nhận", None), unit("x", "Phòng Nhận", "b"))
    events = [event("absorb", "a", "b"), replace(event("absorb", "p", "x"), id="e2")]
    boxes = chart(compare(before, after, Lineage(events))).boxes
    assert boxes["old:p"].parent == "b" and boxes["b"].children[:2] == ["old:p", "x"]
    assert boxes["old:a"].parent == "b" and boxes["old:q"].parent == "old:a"


def test_arrows_lead_into_what_took_over_and_from_former_places():
    drawn = chart(province())
    assert {(c.kind, c.start, c.end) for c in drawn.connectors} == {
        ("merged", "old:tc", "tc2"),
        ("merged", "old:kh", "tc2"),
        ("merged", "old:ld", "nv"),
        ("moved", "old:p2", "p2"),
    }
    assert all(c.arrow for c in drawn.connectors)


def test_with_too_many_arrows_the_words_and_numbers_lead_there():
    drawn = chart(province(), most_arrows=2)
    assert drawn.connectors == []
    assert drawn.boxes["old:ld"].tag == "SÁP NHẬP VÀO Sở Nội vụ"
    assert drawn.boxes["old:ld"].findings == drawn.boxes["nv"].findings[:1] != ()


def test_every_box_says_what_happened_and_inferred_changes_are_marked():
    boxes = chart(province()).boxes
    assert {box.id: (box.colour, box.tag) for box in boxes.values()} == {
        "u": ("change:kept", ""),
        "tc2": ("change:merged", "HỢP NHẤT *"),
        "old:tc": ("change:absorbed", "SÁP NHẬP *"),
        "old:kh": ("change:absorbed", "SÁP NHẬP *"),
        "yt": ("change:changed", "THAY NGƯỜI ĐỨNG ĐẦU"),
        "nv": ("change:merged", "NHẬN SÁP NHẬP"),
        "old:ld": ("change:absorbed", "SÁP NHẬP"),
        "old:td": ("change:ended", "GIẢI THỂ"),
        "dt": ("change:created", "MỚI"),
        "p1": ("change:followed", "từ Sở Tài chính (cũ) *"),
        "p2": ("change:moved", "CHUYỂN TỪ Sở Lao động"),
        "old:p2": ("change:former", "CHUYỂN ĐẾN Sở Y tế"),
    }


def test_the_old_head_and_the_old_quota_are_struck_over_the_new_ones():
    rows = chart(province()).boxes["yt"].rows
    assert [(row.text, row.struck) for row in rows] == [
        ("Lê An", True), ("Trần Bình", False), ("Giám đốc", False), ("120 biên chế", True), ("95 biên chế", False),
    ]  # fmt: skip


def test_the_summary_counts_what_the_tables_list():
    assert chart(province()).summary == (
        "6 → 4 cơ quan chuyên môn; tổng số 9 → 7 đơn vị; 1 hợp nhất từ 2; 1 sáp nhập vào 1 đơn vị đang có; 1 mới; "
        "1 giải thể, kết thúc; 1 chuyển; 1 chuyển theo đơn vị cấp trên; 1 thay người đứng đầu; biên chế 360 → 340"
    )
    assert "staff quota 360 → 340" in chart(province(), "en").summary


def test_a_quota_that_is_lost_on_the_way_is_not_added_up():
    changes = province()
    changes.after.units["tc2"].quota = None
    assert quota_of(changes.after) == 210 and "biên chế" not in chart(changes).summary


def test_the_table_has_a_row_for_each_change_numbered_as_the_boxes():
    drawn = chart(province())
    (table,) = drawn.tables
    rows = {row.cells[0]: row for row in table.rows}
    merged = rows["Sở Tài chính"]
    assert merged.cells[1:] == (
        "hợp nhất", "Sở Tài chính (cũ); Sở Kế hoạch", "Sở Tài chính", "01/03/2025", "Việc merge", "1/QĐ", "suy đoán",
    )  # fmt: skip
    number = int(merged.sample.removeprefix("finding:"))
    assert {box.id for box in drawn.boxes.values() if number in box.findings} == {"tc2", "old:tc", "old:kh"}
    assert [row.cells[1] for row in table.rows].count("biên chế") == 2
    assert {row.cells[7] for row in chart(province("Phương án 1")).tables[0].rows} == {"dự kiến"}


def test_the_legend_explains_what_occurs_and_nothing_else():
    signs = {entry.sample for entry in chart(province()).legend.signs}
    assert {"change:merged", "change:former", "connector:merged:", "connector:moved:", "finding:1", ""} <= signs
    assert not {"change:split", "change:renamed", "connector:split:"} & signs
    none = compare(side(BEFORE, unit("u", "UBND", None)), side(AFTER, unit("u", "UBND", None)), Lineage())
    empty = chart(none)
    assert [entry.sample for entry in empty.legend.signs] == ["change:kept"] and empty.tables == []
    assert empty.summary == "Không có thay đổi nào giữa hai ngày theo dữ liệu" and list(empty.boxes) == ["u"]


def test_many_changes_stand_side_by_side_with_matched_numbers():
    changes = province()
    drawn = chart(changes, most_changes=changed_units(changes) - 1)
    assert [part.root for part in drawn.sides] == ["before:u", "after:u"] and drawn.connectors == []
    assert drawn.boxes["before:ld"].tag == "SÁP NHẬP VÀO Sở Nội vụ" and not drawn.boxes["before:ld"].ghost
    assert drawn.boxes["before:ld"].findings == drawn.boxes["after:nv"].findings[:1] != ()
    assert drawn.boxes["before:nv"].colour == "change:kept" and drawn.boxes["after:nv"].colour == "change:merged"
    sheet = sheet_of(drawn, AFTER, Options())
    left = max(place.x + place.width for key, place in sheet.layout.places.items() if key.startswith("before:"))
    right = min(place.x for key, place in sheet.layout.places.items() if key.startswith("after:"))
    assert left < right and len(sheet.layout.places) == len(drawn.boxes) + 2
    overlapping = [
        (a.sized.box.id, b.sized.box.id)
        for a, b in combinations(sheet.layout.places.values(), 2)
        if a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height
    ]
    assert overlapping == []


def test_arrows_go_round_boxes():
    drawn = chart(province())
    sheet = sheet_of(drawn, AFTER, Options())
    ways = connector_ways(drawn, sheet.layout, sheet.style)
    assert len(ways) == len(drawn.connectors)
    for connector, way in ways:
        for (x1, y1), (x2, y2) in pairwise(way):
            for key, place in sheet.layout.places.items():
                if key in (connector.start, connector.end):
                    continue
                inside = (
                    max(x1, x2) > place.x
                    and min(x1, x2) < place.x + place.width
                    and max(y1, y2) > place.y
                    and min(y1, y2) < place.y + place.height
                )
                assert not inside, f"{connector.start} → {connector.end} goes through {key}"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("fmt", ["svg", "pdf", "dot"])
def test_both_kinds_are_written_the_same_every_time(fmt: str, lang: str):
    for most in (40, 2):
        drawn = chart(province(), lang, most_changes=most)
        options = Options(lang, fit="A4" if fmt == "pdf" else "chart")
        written = render_changes(drawn, fmt, AFTER, options)
        assert written and written == render_changes(drawn, fmt, AFTER, options)


def test_on_paper_that_is_too_small_before_and_after_get_a_page_each():
    many = [unit("u", "UBND tỉnh", None)]
    before = side(BEFORE, *many, *(unit(f"a{n}", f"Sở rất dài tên số {n}", "u") for n in range(150)))
    after = side(AFTER, unit("u", "UBND tỉnh", None), *(unit(f"b{n}", f"Sở mới tên số {n}", "u") for n in range(150)))
    events = [Event(f"e{n}", "merge", DAY, inputs=(f"a{n}",), outputs=(f"b{n}",)) for n in range(150)]
    drawn = chart(compare(before, after, Lineage(events)))
    pages = render_changes(drawn, "pdf", AFTER, Options(fit="A4")).count(b"/Type /Page\n")
    wide = render_changes(drawn, "pdf", AFTER, Options(fit="chart")).count(b"/Type /Page\n")
    assert wide == 1 and pages > 2
