"""Boxes and lines keep clear of each other, and every text is inside its box."""

import random
import time
from itertools import combinations

import pytest
from fontTools.ttLib import TTFont

from graph.errors import UserError
from queries.structure import Structure
from tests.viz import samples
from viz import fonts
from viz.boxes import mark_space
from viz.build import SHOW, build
from viz.labels import Labels
from viz.layout import LAYOUTS, Layout, Place, Segment, place
from viz.style import load_style

STYLE = load_style()


def laid(structure: Structure, layout: str = "auto", aspect: float = 1.5) -> Layout:
    return place(build(structure, STYLE, Labels("vi"), show=SHOW), STYLE, layout, aspect)


def overlap(a: Place, b: Place) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


def through(line: Segment, box: Place) -> bool:
    """The line has points inside the box, not only on its border."""
    return (
        min(line.x1, line.x2) < box.x + box.width
        and max(line.x1, line.x2) > box.x
        and min(line.y1, line.y2) < box.y + box.height
        and max(line.y1, line.y2) > box.y
    )


def meet(a: Segment, b: Segment) -> bool:
    return (
        min(a.x1, a.x2) <= max(b.x1, b.x2)
        and min(b.x1, b.x2) <= max(a.x1, a.x2)
        and min(a.y1, a.y2) <= max(b.y1, b.y2)
        and min(b.y1, b.y2) <= max(a.y1, a.y2)
    )


def random_tree(seed: int) -> Structure:
    make, chance = samples.Maker(seed), random.Random(seed)
    make.unit("u0", "Tỉnh ủy", None, "Bí thư", "party")
    for number in range(1, chance.choice((5, 30, 90))):
        parent = f"u{chance.randrange(max(0, number - 12), number)}"
        make.unit(f"u{number}", chance.choice(samples.SO), parent, hidden=chance.choice((0, 0, 3)))
    return make.structure("u0")


CASES = {
    "province": samples.province(),
    "department": samples.department(),
    "one": samples.tree(1),
    "flat": samples.flat(120),
    "chain": samples.chain(60),
    **{f"random {seed}": random_tree(seed) for seed in range(12)},
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("case", CASES)
def test_boxes_and_tree_lines_keep_clear(case: str, layout: str) -> None:
    result = laid(CASES[case], layout)
    boxes = list(result.places.values())
    assert len(boxes) == len(CASES[case].units)
    assert not [(a.sized.box.id, b.sized.box.id) for a, b in combinations(boxes, 2) if overlap(a, b)]
    assert not [(s, b.sized.box.id) for s in result.segments for b in boxes if through(s, b)]
    pairs = combinations(result.segments, 2)
    assert not [(a, b) for a, b in pairs if a.parent != b.parent and meet(a, b)]
    assert min(box.x for box in boxes) >= 0 and min(box.y for box in boxes) >= 0
    assert max(box.x + box.width for box in boxes) <= result.width
    assert max(box.y + box.height for box in boxes) <= result.height


@pytest.mark.parametrize("case", CASES)
def test_every_unit_is_linked_to_its_parent(case: str) -> None:
    result = laid(CASES[case])
    for unit, box in result.places.items():
        parent = box.sized.box.parent
        if parent is None:
            assert unit not in result.links
            continue
        way, above = result.links[unit], result.places[parent]
        assert way[0][1] == above.y + above.height and above.x <= way[0][0] <= above.x + above.width
        on_top = way[-1][1] == box.y and box.x <= way[-1][0] <= box.x + box.width
        on_side = way[-1][0] == box.x and box.y <= way[-1][1] <= box.y + box.height
        assert on_top or on_side


def generated_names(count: int) -> list[str]:
    chance = random.Random(7)
    words = " ".join(samples.SO + samples.PHONG + ["Ỷ Ễ Ữ WWWW", "–", "(thí điểm)"]).split()
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyẠẢỄỮỲWM"
    names = []
    for number in range(count):
        if number % 10 == 0:
            names.append("".join(chance.choice(letters) for _ in range(chance.randrange(1, 320))))
        else:
            names.append(" ".join(chance.choice(words) for _ in range(chance.randrange(1, 30))))
    return names


def test_every_text_is_inside_its_box() -> None:
    """1,000 generated names, measured with the font itself."""
    structure = samples.tree(1000)
    names = generated_names(3000)
    for number, unit in enumerate(structure.units.values()):
        unit.name = names[number]
        unit.posts[0].title = names[1000 + number]
        holder = unit.posts[0].holders[0]
        unit.posts[0].holders[0] = type(holder)(holder.person, names[2000 + number])
    faces = {face: TTFont(fonts.path(face)) for face in fonts.FACES}
    advance = {face: (font.getBestCmap(), font["hmtx"].metrics) for face, font in faces.items()}
    for box in laid(structure).places.values():
        assert box.sized.rows
        for row in box.sized.rows:
            look = STYLE.text[row.style]
            cmap, metrics = advance[look.face]
            wide = sum(metrics[cmap[ord(char)]][0] for char in row.text) / 1000 * look.size
            assert wide == pytest.approx(row.width)
            beside = len(row.marks) * mark_space(STYLE)
            if row.style in ("name", "root"):
                beside += box.sized.header_left
            assert wide + beside + 2 * STYLE.box["pad_x"] <= box.width
            assert row.top >= 0 and row.top + look.leading <= box.height


def test_the_header_is_as_high_as_its_lines() -> None:
    structure = samples.flat(2)
    structure.units["u1"].name = "Văn phòng Đoàn đại biểu Quốc hội, Hội đồng nhân dân và Ủy ban nhân dân tỉnh"
    box = laid(structure).places["u1"].sized
    assert len([row for row in box.rows if row.style == "name"]) == 3
    assert box.header > laid(structure).places["u2"].sized.header


def test_500_children_become_a_block_that_fits_a_page() -> None:
    result = laid(samples.flat(500))
    assert 0.6 < result.width / result.height < 4
    assert len({box.x for box in result.places.values()}) > 8


def test_auto_follows_the_page() -> None:
    structure = samples.tree(300)
    wide, tall = laid(structure, aspect=3.0), laid(structure, aspect=0.5)
    assert wide.width / wide.height > tall.width / tall.height


def test_leaves_under_one_rail_are_equally_wide() -> None:
    places = laid(samples.province()).places
    assert len({places[f"hdnd{n}"].width for n in range(3)}) == 1


def test_5000_units_take_seconds_at_most() -> None:
    """Far above what is measured (under a second), far below what a layout of squared cost takes."""
    structure = samples.tree(5000)
    start = time.process_time()
    laid(structure)
    assert time.process_time() - start < 4


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(UserError, match="circle"):
        laid(samples.flat(1), "circle")
