"""PPTX: read back by python-pptx, and drawn by LibreOffice where it is there."""

import builtins
import shutil
import subprocess
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Emu
from pypdf import PdfReader

from graph.errors import UserError
from tests.viz import export_samples, samples
from viz import chart
from viz.exports.pptx_shapes import EMU, elbow

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def deck_of(made: chart.Chart, options: chart.Options) -> Any:
    return Presentation(BytesIO(chart.render_chart(made, "pptx", export_samples.ON, options)))


def rendered(structure: Any, **values: Any) -> Any:
    return Presentation(BytesIO(chart.render(structure, "pptx", **values)))


def groups(slide: Any) -> dict[str, Any]:
    return {shape.name: shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP}


def texts(shape: Any) -> list[str]:
    found = []
    for paragraph in shape._element.iter(f"{A}p"):
        words = "".join(run.text or "" for run in paragraph.iter(f"{A}t")).replace("\u00a0", " ").strip()
        if words:
            found.append(words)
    return found


def connectors(slide: Any) -> list[Any]:
    return list(slide._element.iter(f"{P}cxnSp"))


def shapes_by_id(slide: Any) -> dict[int, Any]:
    return {int(element.get("id")): element.getparent().getparent() for element in slide._element.iter(f"{P}cNvPr")}


def test_each_unit_is_a_group_of_shapes_with_text() -> None:
    structure = samples.department()
    (slide,) = rendered(structure, show=("heads", "deputies", "quota")).slides
    found = groups(slide)
    assert set(found) == {unit.name for unit in structure.units.values()}
    office = found["Văn phòng Sở"]
    assert texts(office) == [
        "Bùi Thị Hiền",
        "Chánh Văn phòng",
        f"{structure.units['vp'].quota} biên chế",
        "Văn phòng Sở",
        "1",
    ]
    about = office._element.find(f"{P}nvGrpSpPr/{P}cNvPr").get("descr")
    assert about.startswith("Văn phòng Sở. Bùi Thị Hiền (1). Chánh Văn phòng")
    fills = [each.get("val") for each in office._element.iter(f"{A}srgbClr")]
    assert "2A6AB0" in fills
    head = found["Sở Thông tin và Truyền thông"]
    assert {"Đỗ Hữu Ước", "Phó Giám đốc (phụ trách)"} <= set(texts(head))  # beside the head
    dashes = [each.get("val") for each in found["Phòng Công nghệ thông tin"]._element.iter(f"{A}prstDash")]
    assert "dash" in dashes


def test_lines_are_connectors_glued_to_shapes() -> None:
    """From each unit one can follow glued connectors up to the unit above."""
    structure = samples.department()
    (slide,) = rendered(structure).slides
    shapes = shapes_by_id(slide)
    group_of = {}
    for group in slide._element.iter(f"{P}grpSp"):
        for element in group.iter(f"{P}cNvPr"):
            group_of[int(element.get("id"))] = group.find(f"{P}nvGrpSpPr/{P}cNvPr").get("name")
    above: dict[int | str, set[int | str]] = {}
    for line in connectors(slide):
        start, end = line.find(f".//{A}stCxn"), line.find(f".//{A}endCxn")
        if start is None or end is None:
            continue
        ids = [int(each.get("id")) for each in (start, end)]
        assert set(ids) <= set(shapes)
        a, b = (group_of.get(number, number) for number in ids)
        above.setdefault(b, set()).add(a)
    for child in structure.units["so"].children:
        reached: set[int | str] = set()
        waiting: list[int | str] = [structure.units[child].name]
        while waiting:
            here = waiting.pop()
            if here not in reached:
                reached.add(here)
                waiting += above.get(here, ())
        assert "Sở Thông tin và Truyền thông" in reached, child


def test_a_person_in_two_posts_is_joined_by_dashes() -> None:
    (slide,) = rendered(samples.department()).slides
    dashed = [line for line in connectors(slide) if line.find(f".//{A}prstDash") is not None]
    named = {line.find(f".//{P}cNvPr").get("name") for line in dashed}
    assert "(1) Bùi Thị Hiền" in named
    colours = {line.find(f".//{A}ln/{A}solidFill/{A}srgbClr").get("val") for line in dashed}
    assert "B3470B" in colours


@pytest.mark.parametrize(
    "way",
    [
        ((0, 0), (0, 40)),
        ((0, 0), (0, 20), (50, 20), (50, 40)),
        ((90, 0), (90, 20), (10, 20), (10, 60)),
        ((0, 100), (0, 60), (30, 60), (30, 0)),
        ((50, 90), (50, 60), (20, 60), (20, 0)),
        ((0, 0), (30, 0), (30, 50)),
        ((60, 50), (20, 50), (20, 0)),
        ((0, 0), (0, 30), (25, 30)),
        ((0, 0), (10, 0), (10, 40), (70, 40)),
        ((70, 40), (10, 40), (10, 0), (0, 0)),
    ],
)
def test_the_geometry_of_a_connector_is_its_way(way: tuple[tuple[float, float], ...]) -> None:
    """Computed back from the preset by the rules of DrawingML: mirrored first, then turned."""
    from pptx.oxml import parse_xml

    spaces = f'xmlns:a="{A[1:-1]}" xmlns:p="{P[1:-1]}"'
    element = parse_xml(f"<p:spPr {spaces}>{elbow(way)}</p:spPr>")
    frame = element.find(f"{A}xfrm")
    x, y = (int(frame.find(f"{A}off").get(key)) / EMU for key in ("x", "y"))
    width, height = (int(frame.find(f"{A}ext").get(key)) / EMU for key in ("cx", "cy"))
    name = element.find(f"{A}prstGeom").get("prst")
    guides = [int(guide.get("fmla").split()[1]) / 100_000 for guide in element.iter(f"{A}gd")]
    points = {
        "straightConnector1": [(0, 0), (width, height)],
        "bentConnector2": [(0, 0), (width, 0), (width, height)],
        "bentConnector3": [(0, 0), *((width * share, at) for share in guides for at in (0, height)), (width, height)],
    }[name]
    if frame.get("flipH"):
        points = [(width - a, b) for a, b in points]
    if frame.get("flipV"):
        points = [(a, height - b) for a, b in points]
    quarters = int(frame.get("rot", "0")) // 5_400_000
    middle = (x + width / 2, y + height / 2)
    turned = []
    for a, b in points:
        dx, dy = a - width / 2, b - height / 2
        for _ in range(quarters):
            dx, dy = -dy, dx
        turned.append((middle[0] + dx, middle[1] + dy))
    for got, wanted in zip(turned, way, strict=True):
        assert got == pytest.approx(wanted, abs=0.1)


@pytest.mark.parametrize(
    ("fit", "size"),
    [("screen", (13.333, 7.5)), ("chart", (13.333, 7.5)), ("A4", (11.693, 8.268)), ("A3", (16.535, 11.693))],
)
def test_the_slide_is_the_page_asked_for(fit: str, size: tuple[float, float]) -> None:
    deck = rendered(samples.department(), fit=fit)
    assert (Emu(deck.slide_width).inches, Emu(deck.slide_height).inches) == pytest.approx(size, abs=0.01)
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.shape_type == MSO_SHAPE_TYPE.LINE:
                continue  # turned ones have frames that are not turned
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width * 1.03, shape.name
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height * 1.01, shape.name


def test_boxes_do_not_overlap_and_lines_end_at_them() -> None:
    (slide,) = rendered(samples.department()).slides
    boxes = [(g.left, g.top, g.left + g.width, g.top + g.height) for g in groups(slide).values()]
    for index, a in enumerate(boxes):
        for b in boxes[:index]:
            assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]


def test_a_large_chart_is_an_overview_and_its_branches() -> None:
    structure = samples.tree(180)
    deck = rendered(structure)
    assert len(deck.slides) > 3
    drawn: set[str] = set()
    for number, slide in enumerate(deck.slides, 1):
        assert slide.shapes.title.text.startswith(f"Sơ đồ {number}/{len(deck.slides)}: ")
        for group in (shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP):
            sizes = [int(run.get("sz")) for run in group._element.iter(f"{A}rPr")]
            assert min(sizes) >= 480  # numbers in circles are smaller than the rest
            drawn.update(texts(group))
    assert {post.holders[0].name for unit in structure.units.values() for post in unit.posts} <= drawn
    assert any("xem trang 2" in text for text in drawn)


def test_trees_side_by_side_follow_each_other_where_they_are_too_large() -> None:
    (slide,) = deck_of(*export_samples.side_by_side(4)).slides
    words = {text for shape in slide.shapes for text in texts(shape)}
    assert {"Trước", "Sau"} <= words
    titles = [slide.shapes.title.text for slide in deck_of(*export_samples.side_by_side(60)).slides]
    count = len(titles)
    assert titles[0] == f"Sơ đồ 1/{count}: Trước"
    assert [title.endswith(": Sau") for title in titles].count(True) == 1


def test_legend_source_notes_and_tables() -> None:
    made, options = export_samples.marked("A3")
    deck = deck_of(made, options)
    first, *_, last = deck.slides
    words = [text for shape in first.shapes for text in texts(shape)]
    for text in ("Chú giải", "Nhà nước", "văn phòng phục vụ chung", "hợp nhất vào"):
        assert text in words, text
    assert any(text.startswith("Nguồn: Quyết định số 1") for text in words)
    assert any("Theo dữ liệu đến ngày 09/10/2019 · 2 đơn vị hợp nhất" in text for text in words)
    assert last.shapes.title.text == "Các thay đổi"
    (table,) = [shape.table for shape in last.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [
        ["", "Loại", "Đơn vị", "Nội dung"],
        ["", "hợp nhất", "Thanh tra Sở", "vào Văn phòng Sở"],
        ["1", "trùng lắp", "Phòng Bưu chính, Viễn thông; Phòng Công nghệ thông tin", "0,82"],
    ]
    notes = first.notes_slide.notes_text_frame.text
    assert "CÁC THAY ĐỔI" in notes and "Bùi Thị Hiền (1) | Chánh Văn phòng | Văn phòng Sở" in notes


def test_struck_and_vacant_and_ghost() -> None:
    made, options = export_samples.marked()
    found = groups(next(iter(deck_of(made, options).slides)))
    gone = found["Thanh tra Sở"]
    struck = [run for run in gone._element.iter(f"{A}rPr") if run.get("strike") == "sngStrike"]
    assert [run.getnext().text for run in struck] == ["Thanh tra Sở"]
    assert "giải thể" in texts(gone)
    assert {"1", "2"} <= set(texts(found["Phòng Bưu chính, Viễn thông [1] [2]"]))
    assert "2 dấu" in texts(found["Trung tâm Hạ tầng thông tin"])


def test_long_tables_go_over_several_slides() -> None:
    made, options = export_samples.marked()
    (table,) = made.tables
    made.tables = [chart.replace(table, rows=table.rows * 40)]
    deck = deck_of(made, options)
    tables = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) > 2
    assert sum(len(frame.table.rows) - 1 for frame in tables) == 80
    for before, after in pairwise(tables):
        assert len(after.table.rows) <= len(before.table.rows)
    assert all(frame.top + frame.height <= deck.slide_height for frame in tables)


def test_hostile_texts_are_text() -> None:
    made, options = export_samples.hostile()
    deck = deck_of(made, options)
    words = {text for slide in deck.slides for shape in slide.shapes for text in texts(shape)}
    assert {"<script>alert(1)</script>", "Phòng \"A\" & 'B'", "=cmd|' /C calc'!A0"} <= words


def test_fonts_language_and_dates() -> None:
    content = chart.render(samples.department(), "pptx")
    deck = Presentation(BytesIO(content))
    assert deck.core_properties.created.date() == samples.ON
    assert deck.core_properties.title == "Sở Thông tin và Truyền thông, tỉnh Vĩnh Phúc"
    (theme,) = [
        relation.target_part.blob.decode()
        for relation in deck.slide_master.part.rels.values()
        if relation.reltype.endswith("/theme")
    ]
    assert theme.count('<a:latin typeface="Be Vietnam Pro"') == 2
    languages = {run.get("lang") for slide in deck.slides for run in slide._element.iter(f"{A}rPr")}
    assert languages == {"vi-VN"}


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__
    monkeypatch.setattr("viz.exports.office.import_module", lambda name: real("no_such_library"))
    for fmt in ("pptx", "docx"):
        with pytest.raises(UserError, match=f"python-{fmt}") as error:
            chart.render(samples.flat(2), fmt)
        assert error.value.remedy == "pip install 'bomay[office]'"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not there")
def test_libreoffice_draws_it(tmp_path: Path) -> None:
    source = tmp_path / "chart.pptx"
    source.write_bytes(chart.render(samples.province(), "pptx", fit="A3"))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    reader = PdfReader(tmp_path / "chart.pdf")
    text = " ".join(reader.pages[0].extract_text().split())
    for words in ("Tỉnh Đồng Tháp", "Huỳnh Công Trưởng", "Nguồn:", "Chú giải"):
        assert words in text
