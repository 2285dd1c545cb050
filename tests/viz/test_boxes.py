"""Boxes: no text leaves its box or its band, whatever the text is; checked from the font's own tables."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from tests.viz.samples import PHONG, SO
from viz import fonts
from viz.boxes import SizedBox, row_x, size_box, split_at
from viz.drawing import Text, baseline
from viz.layout import Place
from viz.marks import finding_sign
from viz.measure import clean
from viz.model import Box, Row
from viz.paint import paint_box
from viz.style import load_style

STYLE = load_style()
_SYLLABLES = (
    "Ủy Ban Nhân Dân Hội Đồng Tỉnh Phòng Tổ Chức Trung Tâm Chi Cục Nghiệp Phát Triển Nông Thôn Kiểm Lâm Quỹ Đầu Tư "
    "Bảo Vệ Thực Vật Giường Ườn Nguyễn Ễnh Ẫm Ỗ Ặt Quốc Lộ Nghiêng Ngả và thuộc - , ("
)
SYLLABLES = _SYLLABLES.split()
AWKWARD = (
    "x" * 300,
    "Ủ" * 300,
    "W" * 97,
    "مكتب التنظيم والإدارة المحلية",
    "משרד הארגון",
    "🏛️ Văn phòng 👩🏽‍💼 số 1",
    "局 組織 ការិយាល័យ",
    "Sở\u200bNội\u00advụ\u202e ngược",
    "<script>alert('x')</script> & ]]>",
    "\t\n  Sở   Y  tế \r\n",
    "i",
    "…",
    " ".join(["Phòng Nghiệp vụ"] * 20),
)
COUNT = 1000


def names() -> list[str]:
    """A thousand names: real ones, awkward ones, and syllables put together in all lengths."""
    source = random.Random(20250701)
    made = [*SO, *PHONG, *AWKWARD]
    while len(made) < COUNT:
        words = [source.choice(SYLLABLES) for _ in range(source.randint(1, 28))]
        made.append(source.choice((" ", " ", " ", "", "-")).join(words))
    return [clean(name) or "?" for name in made]


def boxes() -> Iterator[Box]:
    """Every name in every kind of row, with and without deputies, marks, tags, functions and signs."""
    for number, name in enumerate(names()):
        box = Box(f"u{number}", name, ("party", "state", "other")[number % 3], number % 7 and 1)
        kind = number % 5
        marks = tuple(range(1, number % 4))
        box.rows = [Row(name, "person", marks), Row(name, "post", struck=number % 11 == 0)]
        if kind in (1, 3):
            box.beside = [Row(name[::-1], "person", marks[:1]), Row(name[:40], "post"), Row(name[:25], "vacant")]
        if kind in (2, 3):
            box.rows += [Row(f"– {name}", "function"), Row("+3 chức năng khác", "function")]
        if kind == 4:
            box.rows = [Row(name, "unknown"), Row(name, "vacant")]
        box.footer = name if number % 2 else ""
        box.tag = name[:60] if number % 3 == 0 else ""
        box.badge = "+1.234 đơn vị" if number % 6 == 0 else ""
        box.ghost = number % 9 == 0
        yield box


@lru_cache(maxsize=3)
def ink(face: str) -> dict[str, tuple[float, float]]:
    """How far each character reaches above and below the baseline, as shares of the size."""
    with TTFont(fonts.path(face)) as font:
        em, glyphs = font["head"].unitsPerEm, font["glyf"]
        found = {}
        for code, name in font.getBestCmap().items():
            glyph = glyphs[name]
            drawn = glyph.numberOfContours != 0
            found[chr(code)] = (glyph.yMax / em, -glyph.yMin / em) if drawn else (0.0, 0.0)
        return found


def advance(text: str, face: str, size: float) -> float:
    table = fonts.advances(face)
    return sum(table[char] for char in text) * size


@pytest.mark.parametrize("wider", [0, 37, 400])
def test_no_text_leaves_its_box(wider: int) -> None:
    checked = 0
    for box in boxes():
        sized = size_box(box, STYLE)
        width = sized.width + wider
        for row in sized.rows:
            look = STYLE.text[row.style]
            left = row_x(row, sized, width, STYLE)
            right = left + advance(row.text, look.face, look.size)
            right += len(row.marks) * (2 * STYLE.limits["mark"] + 3)
            assert left >= 2 and right <= width - 2, (box.id, row)
            if row.style in ("name", "root", "tag"):
                assert left >= sized.header_left + STYLE.box["pad_x"] - 0.01, (box.id, row)
            if sized.split and row.style not in ("name", "root", "tag", "footer", "function"):
                rule = split_at(sized, width)
                assert right <= rule if row.column == 0 else left >= rule, (box.id, row)
            checked += 1
    assert checked > 5 * COUNT


def test_no_letter_leaves_its_band() -> None:
    for box in boxes():
        sized = size_box(box, STYLE)
        body = sized.height - sized.footer
        for row in sized.rows:
            look = STYLE.text[row.style]
            base = baseline(row.top, look.size, look.leading)
            above = max(ink(look.face)[char][0] for char in row.text) * look.size
            below = max(ink(look.face)[char][1] for char in row.text) * look.size
            if row.style in ("name", "root", "tag"):
                band = (0, sized.header)
            elif row.style == "footer":
                band = (body, sized.height)
            else:
                band = (sized.header, body)
            assert band[0] <= base - above and base + below <= band[1], (box.id, row, band)


def test_lines_of_a_column_do_not_overlap() -> None:
    for box in boxes():
        sized = size_box(box, STYLE)
        for column in (0, 1):
            rows = [row for row in sized.rows if row.column == column or row.style in ("name", "function", "footer")]
            tops = sorted((row.top, STYLE.text[row.style].leading) for row in rows)
            assert all(a + leading <= b + 0.01 for (a, leading), (b, _) in pairwise(tops)), box.id


def test_painted_texts_are_where_they_were_measured() -> None:
    for box in list(boxes())[::10]:
        sized = size_box(box, STYLE)
        place = Place(1000, 500, sized.width + 64, sized.height, sized)
        texts = [item for item in paint_box(place, STYLE) if isinstance(item, Text)]
        words = [row.text for row in sized.rows] + ([box.badge] if box.badge else [])
        shown = [item.text for item in texts if item.text in words]
        assert sorted(shown) == sorted(words)
        for item in texts:
            assert place.x <= item.x and item.x + item.width <= place.x + place.width, (box.id, item)


def sized(**values: object) -> SizedBox:
    return size_box(Box("u", "Sở Nội vụ", "state", 1, **values), STYLE)  # type: ignore[arg-type]


def test_deputies_stand_beside_the_head() -> None:
    head = [Row("Nguyễn Văn An", "person"), Row("Giám đốc", "post")]
    deputies = [Row("Lê Thị Bình", "person"), Row("Phó Giám đốc", "post")] * 3
    both = sized(rows=head, beside=deputies)
    assert both.split and {row.column for row in both.rows if row.style == "person"} == {0, 1}
    assert both.height < sized(rows=head + deputies).height
    heads = [row.top for row in both.rows if row.column == 0 and row.style == "person"]
    others = [row.top for row in both.rows if row.column == 1 and row.style == "person"]
    assert heads[0] == pytest.approx(others[1], abs=1)  # at half their height
    assert sized(beside=deputies).split == 0  # without a head there is one column


def test_functions_are_below_a_rule() -> None:
    box = sized(rows=[Row("– Quản lý biên chế", "function"), Row("Nguyễn Văn An", "person")])
    person, function = (next(row for row in box.rows if row.style == style) for style in ("person", "function"))
    assert person.top < box.rules[0] < function.top
    assert sized(rows=[Row("– Quản lý biên chế", "function")]).rules == []


def test_a_number_fits_its_square() -> None:
    for number in (1, 12, 999):
        square, figure = finding_sign(50, 50, number, STYLE)
        assert isinstance(figure, Text)
        assert square.x <= figure.x and figure.x + figure.width <= square.x + square.width  # type: ignore[union-attr]
