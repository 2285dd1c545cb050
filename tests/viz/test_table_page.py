"""Tables: no text leaves its cell, every row is there once, and pages break where they must."""

import datetime as dt
import random
from itertools import pairwise

import pytest

from viz.chart import Options, sheet_of
from viz.drawing import Rect, Text
from viz.labels import Labels
from viz.model import Box, Chart, Table, TableRow
from viz.style import load_style
from viz.table_page import pages, paint_table, paint_tables

STYLE = load_style()
ON = dt.date(2025, 7, 1)
SENTENCE = "Sở Nông nghiệp và Môi trường quản lý nhà nước về bưu chính viễn thông khoáng sản thủy lợi"
SYLLABLES = SENTENCE.split()
COLUMNS = ("Số", "Đơn vị", "Nội dung", "Vì sao")


def long_table(count, seed=1, sample=True):
    """Rows of all lengths, each with its own number in the first cell."""
    choose = random.Random(seed)

    def words(most):
        return " ".join(choose.choice(SYLLABLES) for _ in range(choose.randint(0, most)))

    return Table(
        "Bảng dài",
        COLUMNS,
        tuple(
            TableRow((f"r{n:04}", words(12), words(60), words(8)), f"finding:{n}" if sample else "")
            for n in range(1, count + 1)
        ),
        (1, 3, 6, 2),
        "Ghi chú ở cuối bảng",
    )


def texts(items):
    return [item for item in items if isinstance(item, Text)]


def columns_of(items):
    """The left ends of the columns' texts, from the header."""
    return [next(item.x for item in texts(items) if item.text == name) for name in COLUMNS]


def assert_in_cells(items, right):
    """Each text of a row starts at a column (or behind a sample) and ends before the next one starts."""
    lefts = [*columns_of(items), right]
    pad = STYLE.table["pad_x"]
    for item in texts(items):
        if item.size != STYLE.text["cell"].size or item.face != STYLE.text["cell"].face:
            continue
        column = max(n for n, left in enumerate(lefts[:-1]) if left <= item.x + 0.2)
        assert item.x - lefts[column] < 0.2 or (column == 0 and item.x - lefts[0] < STYLE.table["sample"] + 0.2)
        assert item.x + item.width <= lefts[column + 1] - pad + 0.2, item.text


@pytest.mark.parametrize("width", [500, 900, 1600])
def test_no_text_leaves_its_cell_and_lines_do_not_overlap(width):
    items, height = paint_table(long_table(300), 40, 70, width, STYLE)
    assert_in_cells(items, 40 + width)
    cells = [item for item in texts(items) if item.size == STYLE.text["cell"].size and item.face == "regular"]
    by_column = {}
    for item in cells:
        by_column.setdefault(round(item.x), []).append(item.y)
    for heights in by_column.values():
        assert all(b - a >= STYLE.text["cell"].leading - 0.01 for a, b in pairwise(heights))
    assert max(item.y for item in texts(items)) <= 70 + height
    assert min(item.y for item in texts(items)) >= 70


def test_each_row_has_its_number_its_sample_and_its_rule():
    items, _ = paint_table(long_table(40), 0, 0, 1000, STYLE)
    said = [item.text for item in texts(items)]
    assert [text for text in said if text.startswith("r0")] == [f"r{n:04}" for n in range(1, 41)]
    assert sum(isinstance(item, Rect) and item.fill == STYLE.colour["finding"] for item in items) == 40
    assert said.count("Bảng dài") == 1 and said[-1] == "Ghi chú ở cuối bảng"


def test_nothing_is_lost_of_words_without_spaces_and_of_300_words():
    rows = (TableRow(("x" * 300, "từ " * 300)), TableRow(("đ", "")))
    items, _ = paint_table(Table("", ("a", "b"), rows, (1, 1)), 0, 0, 600, STYLE)
    assert sum(item.text.count("x") for item in texts(items)) == 300
    assert sum(item.text.split().count("từ") for item in texts(items)) == 300
    assert all(item.x + item.width <= 600 for item in texts(items))


def test_a_line_feed_starts_a_line_and_a_narrow_share_still_takes_its_longest_word():
    table = Table("", ("Loại", "Nội dung"), (TableRow(("o-bba5e1a8\nchồng", "a " * 200)),), (1, 60))
    items, _ = paint_table(table, 0, 0, 500, STYLE)
    assert {"o-bba5e1a8", "chồng"} <= {item.text for item in texts(items)}


def test_a_table_without_rows_is_its_title_header_and_note():
    items, height = paint_table(Table("T", ("a",), (), (), "không có"), 0, 0, 300, STYLE)
    assert [item.text for item in texts(items)] == ["T", "a", "không có"] and height > 0


def test_wide_sheets_have_tables_side_by_side():
    two = [long_table(3), long_table(4, 2)]
    narrow, high = paint_tables(two, 0, 0, 900, STYLE)
    wide, low = paint_tables(two, 0, 0, 1800, STYLE)
    assert low < high
    titles = [item for item in texts(wide) if item.text == "Bảng dài"]
    assert titles[0].y == titles[1].y and titles[1].x >= 900
    assert all(item.x + item.width <= 900 for item in texts(narrow))
    assert paint_tables([], 0, 0, 900, STYLE) == ([], 0.0)


def all_pages(tables, lang="vi", height=794, **more):
    return pages(tables, 1123, height, STYLE, Labels(lang), "Sở Nội vụ", ON, **more)


def test_a_thousand_rows_are_each_on_one_page_and_inside_its_margins():
    found = all_pages([long_table(1000), long_table(5, 3)])
    assert len(found) > 10
    numbers = [item.text for page in found for item in texts(page.items) if item.text.startswith("r0")]
    numbers += [item.text for page in found for item in texts(page.items) if item.text == "r1000"]
    assert numbers == [f"r{n:04}" for n in range(1, 1000)] + [f"r{n:04}" for n in range(1, 6)] + ["r1000"]
    edge = STYLE.table["page_margin"]
    for page in found:
        assert_in_cells(page.items, 1123 - edge)
        for item in texts(page.items):
            assert edge - 0.2 <= item.x and item.x + item.width <= 1123 - edge + 0.2
            cell = (item.face, item.size) == (STYLE.text["cell"].face, STYLE.text["cell"].size)
            assert not cell or edge <= item.y <= 794 - edge


def test_each_page_repeats_the_header_and_has_its_number():
    found = all_pages([long_table(200)], before=1)
    last = len(found) + 1
    for number, page in enumerate(found, 2):
        said = [item.text for item in texts(page.items)]
        assert f"Trang {number}/{last}" in said and "Theo dữ liệu đến ngày 01/07/2025" in said
        assert all(said.count(name) == 1 for name in COLUMNS)
        assert ("Bảng dài" in said) == (number == 2) and ("Bảng dài (tiếp)" in said) == (number > 2)
    assert "Ghi chú ở cuối bảng" in [item.text for item in texts(found[-1].items)]
    english = all_pages([long_table(3)], "en", before=4, total=9)
    assert "Page 5 of 9" in [item.text for item in texts(english[0].items)]


def test_a_row_that_is_higher_than_a_page_goes_on_on_the_next_one():
    table = Table("T", ("a", "b"), (TableRow(("một", " ".join(f"w{n}" for n in range(3000)))),), (1, 4))
    found = all_pages([table])
    assert len(found) > 1
    said = [word for page in found for item in texts(page.items) for word in item.text.split() if word[0] == "w"]
    assert said == [f"w{n}" for n in range(3000)]
    assert all(item.y <= 794 for page in found for item in texts(page.items))


def test_a_title_does_not_stand_alone_at_the_foot_of_a_page():
    for count in range(1, 40):
        found = all_pages([long_table(count, 5, sample=False), long_table(2, 6, sample=False)], height=500)
        for page in found:
            said = [item for item in texts(page.items) if item.text == "Bảng dài"]
            for title in said:
                assert any(item.y > title.y and item.text.startswith("r0") for item in texts(page.items))


def chart_with(tables, summary=""):
    root = Box("a", "Sở Nội vụ", "state", 0)
    return Chart("Sở Nội vụ", "Ngày 01/07/2025", "", {"a": root}, summary=summary, tables=tables)


def test_tables_go_below_the_chart_or_on_pages_after_it():
    chart = chart_with([long_table(60)], "Có 3 phát hiện")
    below = sheet_of(chart, ON, Options(fit="A3"))
    after = sheet_of(chart, ON, Options(fit="A3"), paged=True)
    one = [item.text for item in texts(below.drawing.items)]
    assert "r0060" in one and "Có 3 phát hiện" in one and below.after == ()
    first = [item.text for item in texts(after.drawing.items)]
    assert "r0060" not in first and "Có 3 phát hiện" in first
    assert "r0060" in [item.text for page in after.after for item in texts(page.items)]
    assert {(page.width, page.height) for page in after.after} == {(after.page.width, after.page.height)}
    assert sheet_of(chart, ON, Options(fit="chart"), paged=True).after == ()


def test_a_long_summary_wraps():
    summary = "Nhóm đơn vị có chức năng trùng lắp, chồng chéo: 13 · " * 4
    drawing = sheet_of(chart_with([], summary), ON, Options()).drawing
    bold = [item for item in texts(drawing.items) if item.size == STYLE.text["summary"].size and item.face == "bold"]
    assert len([item for item in bold if "chồng chéo" in item.text]) > 1
    assert all(item.x + item.width <= drawing.width for item in bold)
