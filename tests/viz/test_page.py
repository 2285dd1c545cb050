"""Paper is turned and scaled so that the text is as large as it can be."""

import datetime as dt

import pytest

from graph.errors import UserError
from tests.viz import samples
from viz.build import SHOW
from viz.chart import draw
from viz.drawing import Drawing, Text
from viz.layout import LAYOUTS
from viz.page import PX_PER_MM, aspect, frames, page_for, text_size


def drawing(width: float, height: float, *texts: Text) -> Drawing:
    return Drawing(width, height, "", "", "vi", dt.date(2020, 1, 1), list(texts))


def run(words: str, size: float) -> Text:
    return Text(0, 0, words, "regular", size, "#000000", 10)


@pytest.mark.parametrize(
    ("width", "height", "turned"), [(2000, 1000, (420, 297)), (1000, 2000, (297, 420)), (1400, 1500, (297, 420))]
)
def test_paper_is_turned_as_the_drawing_needs_it(width: float, height: float, turned: tuple[float, float]) -> None:
    page = page_for(drawing(width, height), "A3")
    assert page.mm == turned
    assert page.width == turned[0] * PX_PER_MM
    assert page.x >= 0 and page.x + width * page.scale <= page.width
    assert page.y >= 0 and page.y + height * page.scale <= page.height


def test_a_small_drawing_keeps_its_size() -> None:
    assert page_for(drawing(300, 200), "A4").scale == 1
    assert page_for(drawing(5000, 200), "chart")[:3] == (5000, 200, 1)


def test_the_smallest_text_is_told_in_points() -> None:
    made = drawing(3000, 2000, run("Sở Nội vụ", 12), run("3 biên chế", 10), run("12", 4), run("PV", 4))
    assert text_size(made, page_for(made, "chart")) == pytest.approx(7.5)
    page = page_for(made, "A3")
    assert page.scale < 1
    assert text_size(made, page) == pytest.approx(7.5 * page.scale)
    assert text_size(drawing(100, 100), page) == 0


def test_frames_are_both_ways_of_turning_paper() -> None:
    (wide, low), (narrow, high) = frames("A4")
    assert wide > low and narrow < high and wide > narrow
    assert frames("chart") == ()
    ((width, height),) = frames("screen")
    assert width / height == aspect("screen")


@pytest.mark.parametrize("fit", ["A3", "A4"])
def test_auto_shows_larger_text_on_paper_than_any_other_layout(fit: str) -> None:
    sizes = {}
    for layout in LAYOUTS:
        made = draw(samples.province(), layout=layout, fit=fit, show=SHOW)
        sizes[layout] = text_size(made, page_for(made, fit))
    assert sizes["auto"] >= 0.9 * max(sizes.values())  # a little is given for order


def test_an_unknown_page_is_refused() -> None:
    with pytest.raises(UserError, match="A7"):
        aspect("A7")
