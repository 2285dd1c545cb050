"""The page to explore, in a browser: places as in Python, search, folding, days, the panel, keys, pictures."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from graph.text import search_key
from queries.timeline.at import Days
from tests.viz import samples
from tests.viz.browser import CHROMIUM, Browser
from tests.viz.histories import EVIL, ON, large, province
from viz.chart import Options, model, sheet_of
from viz.explorer.data import Overlap
from viz.explorer.explorer import explorer
from viz.explorer.still import html
from viz.explorer.tables import day

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path")

_PLACES = """({
  boxes: bomay.scene.units.map((unit, n) => [bomay.data.text(bomay.data.units.id[unit]), bomay.scene.x[n],
    bomay.scene.y[n], bomay.scene.slots[n].width, bomay.scene.slots[n].height]),
  lines: [...bomay.scene.lines],
})"""
# the middle of a unit's box on the canvas
_CENTRE = """(() => {{
  const {{ scene, view }} = bomay;
  const slot = scene.slotOf[{0}];
  const box = scene.slots[slot];
  return view.toScreen(scene.x[slot] + box.width / 2, scene.y[slot] + box.height / 2);
}})()"""
_OPTIONS = Options(show=("heads", "deputies", "staff"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser(1200, 800) as found:
        found.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
        yield found


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Browser:
    """The province, opened anew."""
    overlaps = [Overlap("overlap", 0.9, (("snv", "một"), ("stc", "hai")))]
    return _open(browser, tmp_path, explorer(Days(province()), ON, _OPTIONS, overlaps=overlaps))


def _open(browser: Browser, folder: Path, content: bytes) -> Browser:
    path = folder / "page.html"
    path.write_bytes(content)
    browser.events.clear()
    browser.open(path)
    return browser


def _unit(page: Browser, id_: str) -> int:
    return int(page.js(f"bomay.data.units.id.findIndex((text) => bomay.data.text(text) === {json.dumps(id_)})"))


def _panel(page: Browser) -> str:
    return str(page.js("document.getElementById('panel').innerText"))


@pytest.mark.parametrize("layout", ["auto", "wide", "stacked", "left-right"])
@pytest.mark.parametrize("name", ["province", "signs", "large"])
def test_places_are_the_same_as_in_python(browser: Browser, tmp_path: Path, name: str, layout: str) -> None:
    structure = Days(large(300)).structure(ON) if name == "large" else _sample(name)
    options = Options(layout=layout)
    sheet = sheet_of(model(structure, options), structure.on, options)
    page = _open(browser, tmp_path, html(sheet))
    page.js("bomay.scene.openTo(Infinity)")
    found = page.js(_PLACES)
    places = {id_: place[:4] for id_, place in sheet.layout.places.items()}
    assert {id_: tuple(place) for id_, *place in found["boxes"]} == places
    lines = sorted(tuple(found["lines"][at : at + 4]) for at in range(0, len(found["lines"]), 4))
    assert lines == sorted(tuple(segment[:4]) for segment in sheet.layout.segments)
    assert not browser.problems() and not browser.requests()


def _sample(name: str) -> Any:
    return samples.province() if name == "province" else Days(province()).structure(ON)


def test_nothing_overlaps_whatever_is_closed(browser: Browser, tmp_path: Path) -> None:
    page = _open(browser, tmp_path, explorer(Days(large(400)), ON, _OPTIONS, depth=99))
    overlapping = """(() => {
      const { scene } = bomay;
      const boxes = scene.units.map((_, n) => [scene.x[n], scene.y[n], scene.x[n] + scene.slots[n].width,
        scene.y[n] + scene.slots[n].height + scene.slots[n].hang]);
      let found = 0;
      boxes.forEach((a, n) => boxes.slice(n + 1).forEach((b) => {
        if (a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]) found++;
      }));
      return [found, boxes.length, Math.min(...boxes.map((box) => Math.min(box[0], box[1])))];
    })()"""
    counts = set()
    branch = "scene.toggle(bomay.scene.tree.order.filter((unit) => bomay.scene.tree.children[unit].length)[{}])"
    for change in ("scene.place()", "scene.openTo(1)", branch.format(3), branch.format(9), "scene.openTo(2)"):
        page.js(f"bomay.{change}")
        found, count, least = page.js(overlapping)
        assert (found, least >= 0) == (0, True)
        counts.add(count)
    assert len(counts) > 2


@pytest.mark.parametrize("query", ["so noi vu", "Sở Nội vụ", "SỞ NỘI VỤ", "snv", "noi vu", "Ban To chuc chinh quyen"])
def test_search_finds_a_unit_and_goes_there(page: Browser, query: str) -> None:
    page.js("document.getElementById('query').focus()")
    page.send("Input.insertText", text=query)
    assert "Sở Nội vụ" in page.js("document.getElementById('results').children[0].innerText") or "Ban Tổ chức" in query
    page.key("Enter")
    assert page.js("bomay.scene.selected") == _unit(page, "snv")
    assert "Sở Nội vụ" in _panel(page)
    x, y = page.js(_CENTRE.format(page.js("bomay.scene.selected")))
    width, height = page.js("[bomay.view.width, bomay.view.height]")
    assert (x, y) == pytest.approx((width / 2, height / 2), abs=2)


def test_search_finds_people_and_what_is_no_more(page: Browser) -> None:
    page.js("document.getElementById('query').focus()")
    page.send("Input.insertText", text="nguyen van an")
    page.key("Enter")
    assert "Nguyễn Văn Ân" in _panel(page) and "Chủ tịch" in _panel(page) and "Tỉnh ủy" in _panel(page)
    assert page.js("bomay.highlights.person") >= 0
    page.js(f"bomay.actions.goTo({_unit(page, 'a')})")
    assert page.js("bomay.scene.day") == day(dt.date(2018, 5, 31))
    assert "Phòng Bưu chính" in _panel(page)


def test_a_query_is_folded_as_names_are(page: Browser) -> None:
    names = ["Sở Nội vụ", "Đoàn Thanh niên", "Mỹ Đức", "Quý Kỳ", "Thúy Hà", "Ủy ban  Mặt trận", "Kế hoạch - Tài chính"]
    names += [unit.names[-1][1] for unit in large(120).units.values()]
    assert page.js(f"{json.dumps(names)}.map(bomay.fold)") == [search_key(name) for name in names]


def test_the_slider_shows_another_day(page: Browser) -> None:
    ids = "bomay.scene.tree.order.map((unit) => bomay.data.text(bomay.data.units.id[unit]))"
    assert set(page.js(ids)) == {"ub", "snv", "stc", "evil", "ab", "m", "tu"}
    page.js("document.getElementById('day').focus()")
    page.key("ArrowLeft")
    assert page.js("bomay.scene.day") == day(dt.date(2018, 6, 1))
    assert page.js("document.getElementById('day-text').textContent") == "01/06/2018"
    assert "Hợp nhất hai phòng" in page.js("document.getElementById('day-events').textContent")
    assert page.js(f"bomay.scene.marked.get({_unit(page, 'ab')})") == "created"
    page.key("ArrowLeft")  # 1/1/2018: moved, another head
    assert page.js(f"bomay.scene.marked.get({_unit(page, 'm')})") == "moved"
    assert page.js(f"bomay.scene.marked.get({_unit(page, 'snv')})") == "changed"
    assert set(page.js(ids)) == {"ub", "snv", "stc", "evil", "a", "b", "m", "tu"}
    page.key("ArrowLeft")
    page.js(f"bomay.actions.select({_unit(page, 'snv')})")
    assert "Trần Thị Bình" in _panel(page)
    page.js(f"bomay.actions.setDay({day(dt.date(2016, 6, 1))})")
    assert _panel(page).startswith("×\nBan Tổ chức chính quyền")


def test_a_selected_unit_that_ends_leaves_the_chart_in_sight(page: Browser) -> None:
    page.js(f"bomay.actions.setDay({day(dt.date(2018, 5, 1))})")
    page.js(f"bomay.actions.goTo({_unit(page, 'a')})")
    page.js("bomay.slider.step(1)")
    assert not page.js(f"bomay.scene.tree.has({_unit(page, 'a')})")
    assert "không có trong ngày này" in _panel(page)
    x, y = page.js(_CENTRE.format(_unit(page, "stc")))
    width, height = page.js("[bomay.view.width, bomay.view.height]")
    assert 0 < x < width and 0 < y < height


def test_the_panel_shows_functions_events_and_evidence(page: Browser) -> None:
    page.js(f"bomay.actions.select({_unit(page, 'snv')})")
    text = _panel(page)
    for part in ("Lê Đức Cường", "Giám đốc", "văn thư, lưu trữ", "18-NQ/TW", "Điều 3", "suy đoán", "nêu rõ", "90 %"):
        assert part in text
    assert page.js("document.querySelectorAll('#panel a[href]').length") == 0  # the address was no web address


def test_closing_keeps_the_unit_where_it_is(page: Browser) -> None:
    unit = _unit(page, "stc")
    where = f"bomay.view.toScreen(bomay.scene.x[bomay.scene.slotOf[{unit}]], bomay.scene.y[bomay.scene.slotOf[{unit}]])"
    before, count = page.js(where), page.js("bomay.scene.units.length")
    page.js(f"bomay.actions.toggle({unit})")
    assert page.js("bomay.scene.units.length") == count - 1
    assert page.js(where) == pytest.approx(before)
    assert page.js(f"bomay.scene.isClosed({unit})")
    page.js(f"bomay.actions.toggle({unit})")
    assert page.js("bomay.scene.units.length") == count


def test_a_click_selects_and_a_drag_moves(page: Browser) -> None:
    unit = _unit(page, "tu")
    x, y = page.js(_CENTRE.format(unit))
    left, top = page.js("(({left, top}) => [left, top])(bomay.view.canvas.getBoundingClientRect())")
    x, y = x + left, y + top
    page.click(x, y)
    assert page.js("bomay.scene.selected") == unit
    page.key("Escape")
    assert page.js("document.getElementById('panel').hidden") is True
    before = page.js("bomay.view.camera.x")
    page.send("Input.dispatchMouseEvent", type="mousePressed", x=60, y=600, button="left", clickCount=1)
    page.send("Input.dispatchMouseEvent", type="mouseMoved", x=160, y=600, button="left", buttons=1)
    page.send("Input.dispatchMouseEvent", type="mouseReleased", x=160, y=600, button="left", clickCount=1)
    scale = page.js("bomay.view.camera.scale")
    assert page.js("bomay.view.camera.x") == pytest.approx(before - 100 / scale)


# the corner of the canvas at the end of the frame in which it got another size
_AFTER_RESIZE = """new Promise((done) => {
  const { canvas } = bomay.view;
  canvas.style.width = `${canvas.clientWidth - 100}px`;
  requestAnimationFrame(() => setTimeout(() => done([...canvas.getContext("2d").getImageData(2, 2, 1, 1).data])));
})"""


def test_another_size_is_never_black(page: Browser) -> None:
    assert page.js(_AFTER_RESIZE) == [255, 255, 255, 255]


def test_keys_zoom_and_move(page: Browser) -> None:
    page.js("bomay.view.canvas.focus()")
    first = page.js("bomay.view.camera")
    page.key("+")
    assert page.js("bomay.view.camera.scale") == pytest.approx(first["scale"] * 1.25)
    page.key("ArrowRight")
    page.key("0")
    assert page.js("bomay.view.camera") == pytest.approx(first)
    page.send("Input.dispatchMouseEvent", type="mouseWheel", x=500, y=400, deltaX=0, deltaY=-200)
    assert page.js("bomay.view.camera.scale") > first["scale"]


def test_the_tree_is_there_for_screen_readers(page: Browser) -> None:
    items = (
        "[...document.querySelectorAll('[role=treeitem]')].map((item) => "
        "['aria-level', 'aria-expanded', 'aria-label'].map((name) => item.getAttribute(name)))"
    )
    level, expanded, label = page.js(items)[0]
    assert (level, expanded) == ("1", "true") and label == "Ủy ban nhân dân tỉnh. Chủ tịch: Nguyễn Văn Ân"
    assert {level for level, _, _ in page.js(items)} == {"1", "2"}  # the third level is built when it is opened
    page.js("document.querySelector('[role=treeitem]').focus()")
    for _ in range(4):
        page.key("ArrowDown")
    page.key("ArrowRight")
    assert "3" in {level for level, _, _ in page.js(items)}
    page.key("Enter")
    assert page.js("bomay.scene.selected") == int(page.js("document.activeElement.dataset.unit"))


def test_a_hostile_name_is_text(page: Browser) -> None:
    page.js(f"bomay.actions.select({_unit(page, 'evil')})")
    assert page.js("document.getElementById('panel-title').textContent") == EVIL
    assert page.js("document.querySelectorAll('script').length") == 2
    svg = page.js("bomay.exporter.svg()")
    texts = [element.text for element in ElementTree.fromstring(svg).iter() if element.text]
    assert any("<script>alert(1)" in text for text in texts)
    assert not page.problems()


def test_pictures_of_the_view(page: Browser) -> None:
    from PIL import Image

    root = ElementTree.fromstring(page.js("bomay.exporter.svg()"))
    texts = {"".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Sở Nội vụ", "Lê Đức Cường", "Theo dữ liệu đến 09/10/2019"} <= texts
    content = page.js(
        "bomay.exporter.png().then((blob) => new Promise((done) => { const reader = new FileReader();"
        "reader.onload = () => done(reader.result.split(',')[1]); reader.readAsDataURL(blob); }))"
    )
    picture = Image.open(BytesIO(base64.b64decode(content)))
    assert picture.width > 1500
    assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 20


def test_printing_is_one_landscape_page_with_text(page: Browser) -> None:
    from pypdf import PdfReader

    content = base64.b64decode(page.send("Page.printToPDF", preferCSSPageSize=True)["data"])
    pages = PdfReader(BytesIO(content)).pages
    assert len(pages) == 1
    assert pages[0].mediabox.width > pages[0].mediabox.height
    assert "Sở Nội vụ" in pages[0].extract_text()


def test_overlaps_are_drawn_and_listed(page: Browser) -> None:
    page.js("document.getElementById('overlaps').click()")
    assert "chồng chéo, 90 %" in _panel(page)
    assert page.js("bomay.highlights.overlaps") is True


def test_a_packed_page_opens_from_disk(browser: Browser, tmp_path: Path) -> None:
    content = explorer(Days(large(6000)), ON, _OPTIONS)
    assert b"data-packed" in content
    page = _open(browser, tmp_path, content)
    assert page.js("bomay.data.count") == 6000
    assert page.js("bomay.scene.units.length") <= 400  # what can be read
    page.js("bomay.actions.openTo(Infinity)")
    assert page.js("bomay.scene.units.length") == 6000
    assert not page.problems() and not page.requests()
