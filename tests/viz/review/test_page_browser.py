"""The page of a review in a browser: highlights, the keyboard, editing, what is saved and kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.viz.browser import CHROMIUM, Browser
from tests.viz.review.test_page import EVIL, review
from viz.review.page import review_page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path")

# what would be downloaded
_SAVED = """(async () => {
  let blob;
  const make = URL.createObjectURL;
  URL.createObjectURL = (given) => { blob = given; return "#"; };
  document.getElementById("save").click();
  URL.createObjectURL = make;
  return await blob.text();
})()"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser(1300, 800) as found:
        yield found


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Browser:
    path = tmp_path / "review.html"
    path.write_bytes(review_page(review(), "vi"))
    browser.open(path)
    browser.js("localStorage.clear()")
    browser.events.clear()
    browser.open(path)
    return browser


def saved(page: Browser) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.js(_SAVED))
    return found


def test_source_and_proposals_as_text(page: Browser) -> None:
    assert page.js("document.querySelector('.text').textContent") == "Sở Nội vụ sáp nhập."
    marks = page.js("[...document.querySelectorAll('.text mark')].map((mark) => mark.textContent)")
    assert marks == ["Sở ", "Nội vụ", "sáp nhập"]
    assert page.js("document.querySelectorAll('article h3')[1].textContent") == EVIL
    assert page.js("document.querySelectorAll('main img').length") == 0
    assert page.problems() == [] and page.requests() == []


def test_the_keyboard_decides(page: Browser) -> None:
    page.key("a")
    page.key("x")
    assert page.js("document.getElementById('done').textContent") == "2/2 đã duyệt"
    assert saved(page) == {
        "facts": "d" * 64,
        "file": "facts.yaml",
        "decisions": {"units[0]": {"verdict": "accept"}, "units[1]": {"verdict": "reject"}},
    }
    page.key("u")
    assert list(saved(page)["decisions"]) == ["units[0]"]
    page.key("k")
    page.key("g")
    assert saved(page)["decisions"] == {"units[0]": {"verdict": "use", "use": "g-2"}}


def test_what_is_sure_is_taken_at_once(page: Browser) -> None:
    assert page.js("document.getElementById('sure').textContent") == "Lấy 1 mục khớp chắc của đồ thị"
    page.js("document.getElementById('sure').click()")
    assert saved(page)["decisions"] == {"units[0]": {"verdict": "use", "use": "g-2"}}
    assert page.js("document.getElementById('sure').hidden") is True


def test_an_edit_keeps_what_was_changed(page: Browser) -> None:
    page.key("e")
    page.js("document.querySelector('article textarea').value = 'Sở Y tế <b>'")
    page.js("document.querySelector('article .buttons button').click()")
    assert saved(page)["decisions"] == {"units[0]": {"verdict": "accept", "edit": {"name": "Sở Y tế <b>"}}}
    assert page.js("document.querySelector('dd.changed').textContent") == "Sở Y tế <b>"
    assert page.problems() == []


def test_decisions_are_kept_until_the_page_is_opened_again(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "kept.html"
    path.write_bytes(review_page(review(), "en"))
    browser.open(path)
    browser.js("localStorage.clear()")
    browser.open(path)
    browser.key("x")
    browser.js("document.body.classList.remove('ready'); location.reload()")
    browser.open(path)
    assert browser.js("document.getElementById('done').textContent") == "1/2 decided"
    browser.js("localStorage.clear()")
