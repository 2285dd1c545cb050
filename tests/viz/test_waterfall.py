"""The waterfall of a score: as text, as a picture."""

from __future__ import annotations

import datetime as dt
import io
import re
from xml.etree import ElementTree

import pytest
from PIL import Image

from graph.errors import UserError
from viz.drawing import Rect, Text
from viz.waterfall import Step, Waterfall, as_text, draw, render

ON = dt.date(2020, 1, 1)
FALL = Waterfall(
    "Trùng lắp · o-1",
    "điểm gốc",
    -3.0,
    (Step("đối tượng chung", 2.73, "bưu chính, chuyển phát"), Step("khác loại việc", -0.5), Step("chữ viết", 1.0)),
    "tổng",
    "xác suất 0,56",
    ("Sở A: quản lý bưu chính", "Sở B: quản lý bưu chính"),
)


def test_the_steps_add_up() -> None:
    assert FALL.total == pytest.approx(0.23)
    text = as_text(FALL, 100)
    numbers = [float(n.replace("−", "-").replace(",", ".")) for n in re.findall(r"[+−]\d+,\d\d", text)]
    assert numbers[-1] == pytest.approx(sum(numbers[:-1]))


def test_text_is_no_wider_than_the_terminal_and_has_every_line() -> None:
    text = as_text(FALL, 80)
    lines = text.splitlines()
    assert max(map(len, lines)) <= 80
    for said in ("điểm gốc", "đối tượng chung", "bưu chính, chuyển phát", "khác loại việc", "tổng", "xác suất 0,56"):
        assert said in text
    up = next(line for line in lines if "đối tượng chung" in line)
    down = next(line for line in lines if "khác loại việc" in line)
    assert up.count("█") > 5 * down.count("░") > 0


def test_english_has_points() -> None:
    text = as_text(Waterfall("x", "base", 1.5, (), "total", lang="en"))
    assert "+1.50" in text and "," not in text


def test_each_bar_begins_where_the_last_one_ended() -> None:
    bars = [item for item in draw(FALL, ON).items if isinstance(item, Rect)][1:]
    base, first, second, third, total = bars
    assert base.x == pytest.approx(first.x)  # to −3 and back up
    assert first.x + first.width == pytest.approx(second.x + second.width)
    assert second.x == pytest.approx(third.x)
    zero = base.x + base.width
    assert total.x == pytest.approx(zero) and total.x + total.width == pytest.approx(third.x + third.width)


def test_texts_stay_on_the_picture() -> None:
    drawing = draw(FALL, ON)
    long = Waterfall("Dài " * 60, "gốc", 0.0, (Step("phần " * 20, 5.0, "chi tiết " * 80),), "tổng", "", ("bên " * 90,))
    for each in (drawing, draw(long, ON)):
        for item in each.items:
            if isinstance(item, Text):
                assert item.x >= 0 and item.x + item.width <= each.width and item.y <= each.height


def test_svg_and_png() -> None:
    svg = render(FALL, "svg", ON)
    root = ElementTree.fromstring(svg)
    assert "đối tượng chung" in " ".join(root.itertext())
    assert svg == render(FALL, "svg", ON)
    png = Image.open(io.BytesIO(render(FALL, "png", ON)))
    assert png.width > 1000 and len(png.convert("RGB").getcolors(1_000_000)) > 4


def test_other_formats_are_refused() -> None:
    with pytest.raises(UserError, match="pdf"):
        render(FALL, "pdf", ON)


def test_no_steps_and_all_zero() -> None:
    empty = Waterfall("x", "gốc", 0.0, (), "tổng")
    assert "+0,00" in as_text(empty)
    assert render(empty, "svg", ON)
