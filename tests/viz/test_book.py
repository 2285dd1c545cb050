"""A large structure as a PDF book: every unit once, references both ways, indexes, nothing outside."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from graph.errors import UserError
from queries.structure import Structure
from tests.viz import samples
from viz import chart
from viz.arrows import arrows, spaced, with_arrows
from viz.book.book import Book
from viz.book.columns import Heading, Listed, flow
from viz.book.index import people, person_index
from viz.book.page import page_title
from viz.drawing import Circle, Drawing, Item, Lines, Polygon, Rect, Text
from viz.marks import text
from viz.model import Table, TableRow
from viz.style import load_style

SHAPES: dict[str, Callable[[], Structure]] = {
    "province": samples.large_province,
    "small": samples.department,
    "one": lambda: samples.tree(1),
    "flat": lambda: samples.flat(300),
    "chain": lambda: samples.chain(60),
    "tree": lambda: samples.tree(700, 25),
}


def make(structure: Structure, paper: str = "A3", **values: Any) -> Book:
    return Book(chart.model(structure, chart.Options()), structure.on, paper=paper, **values)


@cache
def made(shape: str, paper: str) -> tuple[Book, list[Drawing]]:
    book = make(SHAPES[shape](), paper)
    return book, book.drawings()


@cache
def province_pdf() -> tuple[Book, PdfReader]:
    structure = samples.large_province(3)
    model = chart.model(structure, chart.Options())
    content = chart.render_book(model, structure.on, chart.Options())
    return Book(model, structure.on), PdfReader(BytesIO(content))


both_papers = pytest.mark.parametrize("paper", ["A3", "A4"])
all_shapes = pytest.mark.parametrize("shape", SHAPES)


@both_papers
@all_shapes
def test_every_unit_is_drawn_in_full_once(shape: str, paper: str) -> None:
    book, _ = made(shape, paper)
    drawn = Counter(key for page in book.pages for key in page.shown if key not in page.repeated)
    assert drawn == Counter(list(book.chart.boxes))
    for page in book.pages:
        assert list(page.chart.boxes) == page.shown
        assert len(set(page.shown)) == len(page.shown)
        assert page.layout is not None and list(page.layout.places) == page.shown


@both_papers
@all_shapes
def test_every_unit_stands_under_its_parent(shape: str, paper: str) -> None:
    book, _ = made(shape, paper)
    for page in book.pages:
        for key, box in page.chart.boxes.items():
            parent = book.chart.boxes[key].parent
            assert box.parent == (None if key == page.root else parent)
        # what is repeated is the page's branches and the way to them
        boxes = book.chart.boxes
        assert page.root in page.repeated or not page.repeated
        for key in page.repeated - {page.root}:
            assert key in page.branches or any(boxes[child].parent == key for child in page.repeated)


@both_papers
@all_shapes
def test_references_agree_both_ways(shape: str, paper: str) -> None:
    book, _ = made(shape, paper)
    forward, back = set(), set()
    for index, page in enumerate(book.pages):
        for key, box in page.chart.boxes.items():
            if key in page.repeated:
                first = int(re.findall(r"\d+", box.tag)[-1])
                assert key in book.pages[book.pages.index(page_numbered(book, first))].shown
                if key in page.branches:
                    back.add((key, first, book.number(index)))
            elif not box.children and book.chart.boxes[key].children:
                numbers = [int(each) for each in re.findall(r"\d+", box.badge.rsplit("tr.")[-1])]
                forward |= {(key, book.number(index), each) for each in range(numbers[0], numbers[-1] + 1)}
            elif page.parts > 1 and key == page.root:
                numbers = [int(each) for each in re.findall(r"\d+", box.tag)]
                forward |= {(key, book.number(index), each) for each in range(numbers[0], numbers[-1] + 1)}
    assert forward == back
    if shape == "province":
        assert len(forward) > 50


def page_numbered(book: Book, number: int) -> Any:
    return next(page for index, page in enumerate(book.pages) if book.number(index) == number)


def edges(item: Item) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    if isinstance(item, Text):
        return item.x, item.y - item.size, item.x + item.width, item.y + item.size * 0.25
    if isinstance(item, Rect):
        return item.x, item.y, item.x + item.width, item.y + item.height
    if isinstance(item, Circle):
        return item.x - item.radius, item.y - item.radius, item.x + item.radius, item.y + item.radius
    points = [point for path in item.paths for point in path] if isinstance(item, Lines) else list(item.points)
    assert isinstance(item, Lines | Polygon)
    return min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)


@both_papers
@all_shapes
def test_nothing_is_outside_the_edges(shape: str, paper: str) -> None:
    book, drawings = made(shape, paper)
    free = book.sheets.edge - 8  # signs stand a little over the corners of boxes
    for drawing in drawings:
        for item in drawing.items[1:]:
            left, top, right, bottom = edges(item)
            assert free <= left and right <= drawing.width - free, item
            assert free <= top and bottom <= drawing.height - free, item


@both_papers
@all_shapes
def test_the_tree_leaves_head_and_foot_free(shape: str, paper: str) -> None:
    book, drawings = made(shape, paper)
    for index, page in enumerate(book.pages):
        texts = [item for item in drawings[book.number(index) - 1].items if isinstance(item, Text)]
        legend = [item.y for item in texts if item.text == book.labels("legend")]
        rows = {row.text for box in page.chart.boxes.values() for row in box.rows}
        inside = [item.y for item in texts if item.text in rows]
        assert len(inside) >= len(page.shown) - 1
        assert book.sheets.top < min(inside) and max(inside) < min([*legend, book.sheets.bottom])


@both_papers
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "one"])
def test_texts_are_large_enough_to_read(shape: str, paper: str) -> None:
    book, drawings = made(shape, paper)
    sizes = [
        item.size * 0.75
        for drawing in drawings
        for item in drawing.items
        if isinstance(item, Text) and len(item.text) > 3
    ]
    assert min(sizes) >= book.style.book["least_whole"] - 0.01
    readable = sum(1 for size in sizes if size >= book.style.book["least"] - 0.01)
    assert readable >= 0.7 * len(sizes)


def test_a_box_larger_than_the_page_is_drawn_smaller() -> None:
    structure = samples.flat(200)
    structure.units["u0"].posts[0].holders *= 90
    book = make(structure, "A4")
    drawings = book.drawings()
    assert all(edges(item)[3] <= drawing.height for drawing in drawings for item in drawing.items)


def test_the_pdf_is_on_paper_with_an_outline_and_labels() -> None:
    book, reader = province_pdf()
    assert {(float(page.mediabox.width), float(page.mediabox.height)) for page in reader.pages} == {(1190.55, 841.89)}
    assert list(reader.page_labels) == [str(number) for number in range(1, len(reader.pages) + 1)]
    found: dict[str, int] = {}
    levels: list[int] = []

    def walk(entries: Any, level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, level + 1)
            else:
                found[entry.title] = (reader.get_destination_page_number(entry) or 0) + 1
                levels.append(level)

    walk(reader.outline, 0)
    assert found["Tổng quan"] == 1
    for index, page in enumerate(book.pages):
        if index and page.parts == 1:
            assert found[page_title(page, book.sheets)] == book.number(index)
    assert found["Mục lục đơn vị"] < found["Mục lục người"] <= len(reader.pages)
    assert max(levels) >= 2


def test_the_links_lead_where_the_references_say() -> None:
    book, reader = province_pdf()
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}  # type: ignore[union-attr]
    leads: set[tuple[int, int]] = set()
    for number, page in enumerate(reader.pages, 1):
        for annotation in page.get("/Annots", []):
            leads.add((number, numbers[annotation.get_object()["/Dest"][0].idnum]))
    for key, pages in book.branch.items():
        for page_number in pages:
            assert (page_number, book.first[key]) in leads, "back to where the unit is drawn"
        assert (book.first[key], pages[0]) in leads, "down to its branch"


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_indexes_name_the_pages_on_which_units_and_people_are() -> None:
    book, reader = province_pdf()
    texts = [words(page.extract_text()) for page in reader.pages]
    for key, pages in book.unit_pages().items():
        name = book.chart.boxes[key].name
        for number in pages:
            assert all(word in texts[number - 1] for word in name.split()), (name, number)
    index = " ".join(text for text in texts if "Mục lục đơn vị" in text)
    for box in book.chart.boxes.values():
        above = book.chart.boxes[box.parent].name if box.parent else ""
        where = ", ".join(map(str, book.unit_pages()[box.id]))
        # an entry is cut into texts: name, addition, pages
        pattern = rf"{re.escape(box.name)}\s*(– )?{re.escape(above)}\s*" + re.escape(where).replace(r",\ ", r",\s*")
        assert re.search(pattern.replace(r"\ ", r"\s+"), index), (box.name, above, where)


def test_everybody_is_in_the_index_once_with_all_posts() -> None:
    book, _ = made("province", "A3")
    everybody = people(book.chart, book.labels)
    structure = samples.large_province()
    holders = {holder.person for unit in structure.units.values() for post in unit.posts for holder in post.holders}
    marked = [person for person in everybody if person.mark]
    assert len(marked) == len(structure.concurrents)
    assert all(len(person.posts) == 2 for person in marked)
    posts = sum(len(unit.posts) for unit in structure.units.values())
    assert sum(len(person.posts) for person in everybody) == posts >= len(holders)
    entries = person_index(everybody, book.chart, book.labels, book.unit_pages())
    listed = [entry for entry in entries if isinstance(entry, Listed)]
    first = structure.concurrents[0]
    at = next(number for number, entry in enumerate(listed) if entry.mark == 1)
    assert listed[at].text == first.name
    assert [entry.text for entry in listed[at + 1 : at + 3]] == ["Bí thư, Tỉnh ủy", "Chủ tịch, Hội đồng nhân dân tỉnh"]
    assert [entry.pages for entry in listed[at + 1 : at + 3]] == [(book.first["tu"],), (book.first["hdnd"],)]


def test_the_text_can_be_searched_in_vietnamese() -> None:
    _, reader = province_pdf()
    text = reader.pages[0].extract_text()
    assert unicodedata.is_normalized("NFC", text)
    for said in ("Tỉnh Đồng Tháp", "Theo dữ liệu đến ngày 09/10/2019", "Hội đồng nhân dân tỉnh", "Trang 1/"):
        assert said in text


def test_pages_say_where_they_are() -> None:
    book, reader = province_pdf()
    number = book.branch["h1"][0]
    text = words(reader.pages[number - 1].extract_text())
    assert "Tỉnh Đồng Tháp" in text and "Ủy ban nhân dân huyện Số 1" in text
    assert f"Trang {number}/{len(reader.pages)}" in text
    assert "Nguồn: Nghị định 24/2014/NĐ-CP" in text


def test_signs_are_explained_on_each_page_and_all_at_the_front() -> None:
    book, drawings = made("province", "A3")
    front = {item.text for item in drawings[0].items if isinstance(item, Text)}
    assert {"Đảng", "Nhà nước"} <= front
    party = next(index for index, page in enumerate(book.pages) if page.root == "tu" and index)
    said = {item.text for item in drawings[book.number(party) - 1].items if isinstance(item, Text)}
    assert "Đảng" in said and "Nhà nước" not in said


def test_arrows_are_drawn_where_the_font_has_none() -> None:
    """The font has no arrows: a space is left for each, and the arrow drawn there."""
    assert with_arrows("17 → 12  đơn vị ← 3") == spaced("17 → 12 đơn vị ← 3")
    assert "?" not in with_arrows("→ tr. 5") and "?" in with_arrows("\u2603")
    run = text(100, 20, with_arrows("17 → 12"), "name", load_style(), "#000000")
    line, head = arrows([run])
    left, _, right, _ = edges(line)
    assert 100 < left < right < run.x + run.width
    tip = edges(head)[2]
    assert right < tip < run.x + run.width
    back = arrows([text(100, 20, with_arrows("← tr. 2"), "name", load_style(), "#000000")])[1]
    assert isinstance(back, Polygon) and back.points[0][0] == edges(back)[0]


def test_tables_follow_the_branches() -> None:
    structure = samples.large_province(1)
    model = chart.model(structure, chart.Options())
    rows = tuple(TableRow((str(number), f"Thay đổi {number}")) for number in range(1, 200))
    model.tables.append(Table("Các thay đổi", ("Số", "Nội dung"), rows))
    reader = PdfReader(BytesIO(chart.render_book(model, structure.on, chart.Options())))
    texts = [page.extract_text() for page in reader.pages]
    with_table = [number for number, text in enumerate(texts, 1) if "Các thay đổi" in text]
    assert len(with_table) >= 2 and with_table == list(range(with_table[0], with_table[-1] + 1))
    assert "Mục lục đơn vị" in texts[with_table[-1]]
    assert all(f"Trang {number}/{len(texts)}" in texts[number - 1] for number in with_table)


def test_the_same_chart_gives_the_same_book() -> None:
    structure = samples.large_province(1)
    model = chart.model(structure, chart.Options())
    books = [chart.render_book(model, structure.on, chart.Options()) for _ in range(2)]
    assert books[0] == books[1]


def test_in_english() -> None:
    structure = samples.large_province(1)
    options = chart.Options(lang="en")
    reader = PdfReader(BytesIO(chart.render_book(chart.model(structure, options), structure.on, options, "A4")))
    texts = " ".join(page.extract_text() for page in reader.pages)
    for said in ("Index of units", "Index of people", "Page 1 of", "Data as of 9 October 2019", "p. 3"):
        assert said in texts


def test_another_paper_is_refused() -> None:
    with pytest.raises(UserError) as error:
        make(samples.tree(1), "A0")
    assert "A3" in error.value.remedy


def test_long_ways_down_are_shortened_in_the_head() -> None:
    structure = samples.chain(40)
    for unit in structure.units.values():
        unit.name += " có tên rất dài, dài đến nỗi không đủ chỗ trên một dòng"
    book = make(structure, "A4")
    text = [[item.text for item in drawing.items if isinstance(item, Text)] for drawing in book.drawings()]
    assert any("…" in texts for texts in text)


def test_what_belongs_together_stands_in_one_column() -> None:
    style = load_style()
    entries: list[Listed | Heading] = [Heading("A")]
    for number in range(100):
        entries += [Listed(f"Người {number}", mark=number + 1), *(Listed(f"Chức {n}", "", (n,), True) for n in (1, 2))]
    pages = flow(entries, 40, 50, 700, 400, style)
    assert len(pages) > 2
    for page in pages:
        texts = [item for item in page.items if isinstance(item, Text)]
        names = [item for item in texts if item.text.startswith("Người")]
        for name in names:
            below = [item.text for item in texts if name.x <= item.x < name.x + 20 and 0 < item.y - name.y < 32]
            assert below[:2] == ["Chức 1", "Chức 2"]
        assert max(item.y for item in texts) <= 400


def test_an_index_entry_is_never_wider_than_its_column() -> None:
    entry = Listed("Ủy ban " * 60, "thuộc " * 30, (1, 22, 333), mark=4)
    for page in flow([entry] * 5, 40, 50, 700, 600, load_style()):
        assert all(edges(item)[2] <= 740 for item in page.items)
        numbers = {link.target for link in page.links}
        assert numbers == {1, 22, 333}
