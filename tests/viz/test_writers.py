"""SVG, PNG and PDF: read back by other programs."""

import base64
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from graph.errors import UserError
from queries.structure import Structure
from tests.viz import samples
from viz import chart
from viz.drawing import Drawing, Link, Text
from viz.measure import clean
from viz.page import page_for
from viz.pdf import Bookmark, write_pages
from viz.svg import write_svg

SVG = "{http://www.w3.org/2000/svg}"


def svg_of(structure: Structure, **values: Any) -> ElementTree.Element:
    return ElementTree.fromstring(chart.render(structure, "svg", **values))


def svg_texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def pdf_of(structure: Structure, **values: Any) -> PdfReader:
    return PdfReader(BytesIO(chart.render(structure, "pdf", **values)))


def awkward() -> Structure:
    structure = samples.flat(8)
    names = [
        "<script>alert(1)</script>", 'Phòng "A" & \'B\'', "]]> <!-- \\N \\\" {x|y}", "Tổ 🚀 中国",
        "\u202eשלום", "a\x00\x07b", "", "ữ" * 10_000,
    ]  # fmt: skip
    for number, name in enumerate(names, 1):
        structure.units[f"u{number}"].name = name
    return structure


def test_the_svg_has_every_name_as_text() -> None:
    structure = samples.province()
    said = " ".join(svg_texts(svg_of(structure)))
    for unit in structure.units.values():
        for word in clean(unit.name).split():
            assert word in said
        for post in unit.posts:
            assert post.holders[0].name in said


def test_the_svg_embeds_just_the_letters_it_shows() -> None:
    root = svg_of(samples.province())
    style = root.find(f"{SVG}style")
    assert style is not None and style.text
    fonts = re.findall(r"font-weight:(\d+);font-style:(\w+);src:url\(data:font/ttf;base64,([^)]+)\)", style.text)
    assert [(weight, slant) for weight, slant, _ in fonts] == [
        ("600", "normal"), ("400", "italic"), ("400", "normal"),
    ]  # fmt: skip
    covered: dict[tuple[str, str], set[str]] = {}
    for weight, slant, data in fonts:
        font = TTFont(BytesIO(base64.b64decode(data)))
        covered[weight, slant] = {chr(code) for code in font.getBestCmap()}
    for element in root.iter(f"{SVG}text"):
        face = (element.get("font-weight", "400"), element.get("font-style", "normal"))
        assert covered[face] >= set(element.text or "")
    assert "Ж" not in covered["400", "normal"] and "§" not in covered["400", "normal"]


def test_the_svg_says_what_it_is() -> None:
    root = svg_of(samples.department())
    assert root.findtext(f"{SVG}title") == "Sở Thông tin và Truyền thông, tỉnh Vĩnh Phúc"
    assert "ngày 09/10/2019" in (root.findtext(f"{SVG}desc") or "")
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    assert root.get("viewBox") == f"0 0 {width:g} {height:g}"


def test_awkward_names_are_shown_as_text() -> None:
    root = svg_of(awkward())
    texts = svg_texts(root)
    assert "<script>alert(1)</script>" in texts
    assert "Phòng \"A\" & 'B'" in texts
    assert "Tổ ? ??" in texts and "????" in texts and "ab" in texts and "?" in texts
    assert not list(root.iter(f"{SVG}script"))


def test_missing_glyphs_are_the_same_in_all_writers() -> None:
    structure = awkward()
    assert "Tổ ? ??" in pdf_of(structure).pages[0].extract_text()
    assert "Tổ ? ??" in chart.render(structure, "dot").decode()
    assert chart.render(structure, "png")


@pytest.mark.parametrize(("fit", "size"), [("A4", ("297mm", "210mm")), ("A3", ("420mm", "297mm"))])
def test_paper_in_svg(fit: str, size: tuple[str, str]) -> None:
    root = svg_of(samples.province(), fit=fit)
    assert (root.get("width"), root.get("height")) == size


def test_the_pdf_has_vietnamese_text_that_can_be_selected() -> None:
    structure = samples.province()
    reader = pdf_of(structure)
    text = reader.pages[0].extract_text()
    for word in ("Tỉnh ủy", "Huỳnh Công Trưởng", "Sở Nội vụ", "Chánh Văn phòng", "ngày 09/10/2019", "Nguyễn"):
        assert word in text, word
    for unit in structure.units.values():
        assert unit.posts == [] or unit.posts[0].holders[0].name in text
    assert reader.metadata is not None
    assert reader.metadata.title == "Tỉnh Đồng Tháp"
    assert len(reader.pages) == 1


def test_the_pdf_embeds_subsets_of_its_fonts() -> None:
    fonts = pdf_of(samples.province()).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert len(fonts) == 3
    for reference in fonts.values():
        font = reference.get_object()
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"]), font["/BaseFont"]
        assert 1_000 < len(descriptor["/FontFile2"].get_data()) < 60_000


def pages_of_two() -> tuple[bytes, list[Drawing]]:
    drawings = [chart.draw(samples.flat(3)), chart.draw(samples.department())]
    drawings[0].links.append(Link(10, 20, 30, 40, 2))
    pages = [(drawing, page_for(drawing, fit)) for drawing, fit in zip(drawings, ("A4", "chart"), strict=True)]
    return write_pages(pages, [Bookmark("Đầu", 1), Bookmark("Sở Thông tin", 2, 1)]), drawings


def test_several_pages_in_one_pdf() -> None:
    content, drawings = pages_of_two()
    reader = PdfReader(BytesIO(content))
    first, second = reader.pages
    assert float(first.mediabox.width) == pytest.approx(841.89, abs=0.01)
    assert float(second.mediabox.width) == pytest.approx(drawings[1].width * 0.75, abs=0.01)
    assert "Ủy ban nhân dân tỉnh" in first.extract_text() and "Bùi Thị Hiền" in second.extract_text()
    assert list(reader.page_labels) == ["1", "2"]
    assert reader.metadata is not None and reader.metadata.title == drawings[0].title
    fonts = {font.idnum for page in reader.pages for font in page["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert len(fonts) == 3, "the fonts are embedded once"


def test_links_and_outline_of_a_pdf() -> None:
    reader = PdfReader(BytesIO(pages_of_two()[0]))
    outline: list[Any] = reader.outline
    first, (below,) = outline
    assert first.title == "Đầu" and reader.get_destination_page_number(first) == 0
    assert below.title == "Sở Thông tin" and reader.get_destination_page_number(below) == 1
    link = reader.pages[0]["/Annots"][0].get_object()  # type: ignore[index]
    assert link["/Dest"][0].idnum == reader.pages[1].indirect_reference.idnum  # type: ignore[union-attr]
    page = page_for(chart.draw(samples.flat(3)), "A4")
    left, bottom, right, top = (float(each) for each in link["/Rect"])
    assert (left, right) == pytest.approx(((page.x + 10) * 0.75, (page.x + 40) * 0.75), abs=0.01)
    assert (841.89 * 210 / 297 - top, top - bottom) == pytest.approx(((page.y + 20) * 0.75, 30), abs=0.01)


def test_pictures_have_no_links() -> None:
    drawing = pages_of_two()[1][0]
    page = page_for(drawing, "chart")
    plain = replace(drawing, links=[])
    assert write_svg(drawing, page) == write_svg(plain, page)


def test_what_is_set_once_is_right_on_every_page() -> None:
    """Colours, dashes and fonts are written only where they change: also across pages."""
    structure = samples.department()
    drawing = chart.draw(structure)
    page = page_for(drawing, "chart")
    alone = PdfReader(BytesIO(write_pages([(drawing, page)]))).pages[0]
    second = PdfReader(BytesIO(write_pages([(drawing, page)] * 2))).pages[1]
    assert looks(alone) == looks(second)


SAID = {"f": ("rg",), "S": ("RG", "w", "d"), "B": ("rg", "RG", "w", "d"), "Tj": ("rg", "Tf")}


def looks(page: PageObject) -> list[tuple[str, ...]]:
    """The painting operators of a page with the colours, width, dashes and font that hold for them."""
    state = {"d": "[[], 0]"}
    found = []
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        name = {"g": "rg", "G": "RG"}.get(operator.decode(), operator.decode())
        if name in ("rg", "RG", "w", "d", "Tf"):
            state[name] = str(operands)
        elif name in SAID:
            found.append((name, *(state[key] for key in SAID[name])))
    assert len(found) > 50
    return found


def test_pdf_pages() -> None:
    drawing = chart.draw(samples.province())
    box = pdf_of(samples.province()).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((drawing.width * 0.75, drawing.height * 0.75))
    a3 = pdf_of(samples.province(), fit="A3").pages[0].mediabox
    assert (float(a3.width), float(a3.height)) == pytest.approx((1190.55, 841.89), abs=0.01)
    a4 = pdf_of(samples.chain(20), fit="A4").pages[0].mediabox
    assert (float(a4.width), float(a4.height)) == pytest.approx((595.28, 841.89), abs=0.01)


def test_a_pdf_page_is_never_longer_than_readers_take() -> None:
    box = pdf_of(samples.chain(400), layout="wide").pages[0].mediabox
    assert float(box.height) <= 14_400


def test_on_paper_everything_is_on_the_page() -> None:
    drawing = chart.draw(samples.tree(200), fit="A4")
    page = page_for(drawing, "A4")
    assert page.x > 0 and page.x + drawing.width * page.scale < page.width
    assert page.y > 0 and page.y + drawing.height * page.scale < page.height


def test_a_small_chart_is_not_blown_up() -> None:
    assert page_for(chart.draw(samples.tree(1)), "A3").scale == 1


def test_the_png_shows_the_text_where_the_drawing_has_it() -> None:
    structure = samples.department()
    drawing = chart.draw(structure)
    image = Image.open(BytesIO(chart.render(structure, "png"))).convert("RGB")
    assert image.size == (drawing.width * 2, drawing.height * 2)
    grey = image.convert("L")
    for item in drawing.items:
        if isinstance(item, Text):
            edges = (item.x, item.y - 0.74 * item.size, item.x + item.width, item.y)
            left, top, right, bottom = (round(edge * 2) for edge in edges)
            extrema: Any = grey.crop((left, top, right, bottom)).getextrema()
            assert extrema[1] - extrema[0] > 60, item.text


def test_the_pngs_text_is_as_wide_as_measured() -> None:
    """The renderer uses the bundled font, without kerning: the title's last letter ends where it must."""
    structure = samples.flat(1)
    structure.units["u0"].name = "AVAVAV Tỷ Tự Ỷ"
    title = next(item for item in chart.draw(structure).items if isinstance(item, Text))
    assert title.text == "AVAVAV Tỷ Tự Ỷ"
    grey = Image.open(BytesIO(chart.render(structure, "png"))).convert("L")
    top, bottom = round((title.y - title.size * 0.7) * 2), round(title.y * 2)
    row = grey.crop((0, top, grey.width, bottom)).point(lambda value: 255 if value < 128 else 0)
    box = row.getbbox()
    assert box is not None
    assert box[2] / 2 == pytest.approx(title.x + title.width, abs=2.5)


def test_large_pngs_stay_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    structure = samples.flat(40)
    before = Image.open(BytesIO(chart.render(structure, "png")))
    monkeypatch.setattr("viz.png._MOST", 1_000_000)
    after = Image.open(BytesIO(chart.render(structure, "png")))
    assert before.width * before.height > 2_000_000
    assert 900_000 < after.width * after.height < 1_010_000


@pytest.mark.parametrize("fmt", chart.formats())
def test_the_same_structure_gives_the_same_bytes(fmt: str) -> None:
    assert chart.render(samples.department(), fmt) == chart.render(samples.department(), fmt)


@pytest.mark.parametrize("fmt", ["svg", "pdf", "dot"])
def test_bytes_do_not_depend_on_the_process(fmt: str) -> None:
    code = (
        "import sys; from tests.viz import samples; from viz import chart;"
        f"sys.stdout.buffer.write(chart.render(samples.department(), {fmt!r}))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True)
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout != b""


@pytest.mark.parametrize(
    "values",
    [
        {"fmt": "gif"},
        {"fmt": "svg", "engine": "paint"},
        {"fmt": "svg", "fit": "A0"},
        {"fmt": "pdf", "lang": "fr"},
    ],
)
def test_unknown_choices_are_explained(values: dict[str, str]) -> None:
    with pytest.raises(UserError) as error:
        chart.render(samples.flat(1), **values)
    assert "allowed" in error.value.remedy
