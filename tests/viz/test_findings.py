"""Findings on a chart: numbers, lines, tables and what is honestly not shown."""

import pytest

from viz.drawing import Rect, Text
from viz.findings import Finding, Findings, amend
from viz.labels import Labels
from viz.model import Box, Chart
from viz.style import load_style

STYLE, VI, EN = load_style(), Labels("vi"), Labels("en")


def chart(count=12, summary=""):
    boxes = {"root": Box("root", "Ủy ban nhân dân tỉnh", "state", 0)}
    for n in range(count):
        boxes[f"u{n}"] = Box(f"u{n}", f"Sở số {n}", "state", 1, "root")
        boxes["root"].children.append(f"u{n}")
    return Chart("T", "S", "", boxes, summary=summary)


def pair(a, b):
    return Finding((f"u{a}", f"u{b}"), (f"{a}-{b}", "vì"))


def kind(name, *found, **more):
    return Findings(name, ("Đơn vị", "Vì sao"), (1, 1), found, **more)


def test_both_units_and_the_row_of_a_finding_have_its_number():
    found = amend(chart(), [kind("overlap", pair(3, 1), pair(3, 4))], STYLE, VI)
    assert {unit: box.findings for unit, box in found.boxes.items() if box.findings} == {
        "u1": (1,),
        "u3": (1, 2),
        "u4": (2,),
    }
    assert [(row.sample, row.cells[0]) for row in found.tables[0].rows] == [("finding:1", "3-1"), ("finding:2", "3-4")]
    # in the order of the chart, so that the line does not depend on the order of the units
    assert [(c.kind, c.start, c.end, c.mark) for c in found.connectors] == [
        ("overlap", "u1", "u3", 1),
        ("overlap", "u3", "u4", 2),
    ]
    assert {"connector:overlap:", "finding:1"} <= {sign.sample for sign in found.legend.signs}


def test_the_given_chart_stays_as_it_is():
    given = chart(summary="Tóm tắt")
    found = amend(given, [kind("merge", pair(0, 1))], STYLE, VI)
    assert not given.tables and not given.connectors and not given.legend.signs
    assert all(not box.findings for box in given.boxes.values())
    assert found.summary == "Tóm tắt · Nhóm đơn vị có thể hợp nhất: 1"


def test_numbers_go_on_from_one_kind_to_the_next():
    found = amend(chart(), [kind("overlap", pair(0, 1)), kind("merge", pair(0, 1))], STYLE, VI)
    assert found.boxes["u0"].findings == (1, 2)
    assert [row.sample for table in found.tables for row in table.rows] == ["finding:1", "finding:2"]


def test_pairs_with_a_unit_that_is_not_shown_are_counted_and_not_drawn():
    outside = Finding(("u0", "x"), ("0-x", ""))
    found = amend(chart(), [kind("overlap", outside, pair(0, 1), outside, command="bomay overlaps")], STYLE, VI)
    assert [row.cells[0] for row in found.tables[0].rows] == ["0-1"]
    assert "2 phát hiện khác" in found.tables[0].note and "bomay overlaps" in found.tables[0].note
    assert found.summary.endswith(": 1")


def test_a_vacancy_or_check_is_shown_if_one_of_its_units_is():
    found = amend(chart(), [kind("check", Finding(("u0", "x"), ("a", "")), Finding((), ("b", "")))], STYLE, EN)
    assert found.boxes["u0"].findings == (1,) and not found.connectors
    assert "about no unit on the chart: 1" in found.tables[0].note
    found = amend(chart(), [kind("vacancy", Finding(("x",), ("a", "")))], STYLE, EN)
    assert found.tables[0].rows == () and "units that are not on the chart: 1" in found.tables[0].note


@pytest.mark.parametrize(("counts", "given"), [((30, 2), (18, 2)), ((30, 30), (10, 10)), ((3, 4), (3, 4))])
def test_at_most_twenty_numbers_are_shared_fairly_and_the_rest_is_counted(counts, given):
    kinds = [
        kind(name, *(Finding((f"u{n % 12}",), (f"{n}", "")) for n in range(count)))
        for name, count in zip(("vacancy", "check"), counts, strict=True)
    ]
    found = amend(chart(), kinds, STYLE, VI)
    assert tuple(len(table.rows) for table in found.tables) == given
    for table, count, few in zip(found.tables, counts, given, strict=True):
        assert (f"Còn {count - few} phát hiện yếu hơn" in table.note) == (count > few)
        assert [row.cells[0] for row in table.rows] == [str(n) for n in range(few)]  # the strongest


def test_what_concerns_very_many_boxes_is_listed_without_a_number():
    everywhere = Finding(tuple(f"u{n}" for n in range(12)), ("tất cả", ""))
    found = amend(chart(), [kind("check", everywhere)], STYLE, VI)
    assert [row.sample for row in found.tables[0].rows] == [""] and not found.boxes["u0"].findings
    assert "không đánh dấu" in found.tables[0].note
    assert "finding:1" not in {sign.sample for sign in found.legend.signs}


def test_lines_are_few_and_two_boxes_are_joined_once_in_a_kind():
    twice = amend(chart(), [kind("overlap", pair(0, 1), pair(1, 0))], STYLE, VI)
    assert [c.mark for c in twice.connectors] == [1] and twice.boxes["u0"].findings == (1, 2)
    pairs = [pair(a, b) for a in range(5) for b in range(a + 1, 5)]
    many = amend(chart(), [kind("overlap", *pairs), kind("merge", *pairs)], STYLE, VI)
    lines = [c.kind for c in many.connectors]
    assert lines.count("overlap") == lines.count("merge") == STYLE.limits["most_finding_lines"] / 2
    large = amend(chart(int(STYLE.limits["most_boxes"])), [kind("overlap", pair(0, 1))], STYLE, VI)
    assert not large.connectors and large.boxes["u0"].findings == (1,)


def test_a_group_is_joined_from_box_to_box():
    group = Finding(("u4", "u0", "u2"), ("nhóm", ""))
    found = amend(chart(), [kind("merge", group)], STYLE, VI)
    assert [(c.start, c.end) for c in found.connectors] == [("u0", "u2"), ("u2", "u4")]


def test_that_nothing_was_found_is_said():
    found = amend(chart(), [kind("overlap")], STYLE, VI)
    assert found.tables[0].rows == () and "Không có phát hiện nào" in found.tables[0].note
    assert "chồng chéo: 0" in found.summary


def test_rows_without_a_number_and_notes_are_kept():
    found = amend(chart(), [kind("vacancy", plain=(("Sở A", "?"),), notes=("Lưu ý",), also="chưa rõ: 1")], STYLE, VI)
    assert [row.cells for row in found.tables[0].rows] == [("Sở A", "?")]
    assert found.tables[0].note == "Lưu ý" and found.summary.endswith(": 0, chưa rõ: 1")


def test_numbers_stand_at_the_boxes_and_do_not_hide_their_names():
    import datetime as dt

    from viz.chart import Options, sheet_of

    found = amend(chart(), [kind("overlap", *(pair(n, n + 1) for n in range(11)))], STYLE, VI)
    sheet = sheet_of(found, dt.date(2025, 7, 1), Options())
    squares = [item for item in sheet.drawing.items if isinstance(item, Rect) and item.fill == STYLE.colour["finding"]]
    numbers = [item.text for item in sheet.drawing.items if isinstance(item, Text) and item.text.isdigit()]
    assert set(numbers) == {str(n) for n in range(1, 12)}
    names = [item for item in sheet.drawing.items if isinstance(item, Text) and item.text.startswith("Sở số")]
    capital = 0.72  # of the size: the height of capitals
    for name in names:
        top = name.y - capital * name.size
        for square in squares:
            beside = square.x >= name.x + name.width or square.x + square.width <= name.x
            assert beside or square.y + square.height <= top or square.y >= name.y
