"""The page of a review: only what it carries may run, hostile text stays text, spans as a browser counts."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest

from viz.review.page import Card, Choice, Review, Text, review_page, words

NAME = "Sở Nội vụ"
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)> <!-- \u2028 \"'&"


def review(text: str | None = "Sở Nội vụ sáp nhập.") -> Review:
    cards = [
        Card("units[0]", "units", NAME, [("name", "tên", NAME, NAME)], "vb", NAME, [(0, 9)], "0.9"),
        Card(
            "units[1]",
            "units",
            EVIL,
            [("name", "tên", EVIL, EVIL), ("note", "ghi chú", "", "")],
            "vb",
            EVIL,
            [(3, 9), (0, 999)],
            EVIL,
        ),
    ]
    cards[0].choices = [
        Choice("g-1", EVIL, EVIL, ["name"], weak=True),
        Choice("g-2", "Sở", "", ["name", "place"], sure=True),
    ]
    cards[1].conflicts = [EVIL]
    return Review("facts.yaml", "d" * 64, {"units": "Đơn vị"}, [Text("vb", EVIL, text, [(10, 18)])], cards)


def data(page: bytes) -> dict[str, object]:
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', page.decode(), re.S)
    assert found is not None
    content: dict[str, object] = json.loads(found[1])
    return content


def test_only_its_own_script_and_style_may_run() -> None:
    text = review_page(review(), "vi").decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    script = re.findall(r"<script>(.*?)</script>", text, re.S)
    style = re.findall(r"<style>(.*?)</style>", text, re.S)
    assert policy is not None and len(script) == len(style) == 1
    for source in (*script, *style):
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none'") and "unsafe" not in policy[1]


def test_hostile_text_ends_no_element() -> None:
    page = review_page(review(EVIL), "vi")
    assert page.count(b"</script>") == 2 and b"<img" not in page and b"<!--" not in page
    assert data(page)["cards"][1]["title"] == EVIL  # type: ignore[index]


def test_a_file_with_a_hostile_name() -> None:
    hostile = review()
    hostile.file = EVIL
    assert review_page(hostile, "en").count(b"</script>") == 2


def test_the_script_sets_no_html() -> None:
    script = review_page(review(), "vi").decode()
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert way not in script


def test_spans_are_counted_as_a_browser_counts() -> None:
    cards = data(review_page(review("𠀀𠀀𠀀Sở Nội vụ"), "vi"))["cards"]
    assert cards[0]["spans"] == [[0, 12]]  # type: ignore[index]
    assert cards[1]["spans"] == [[6, 12]]  # type: ignore[index]


def test_spans_outside_the_text_are_left_out() -> None:
    assert data(review_page(review("Sở"), "vi"))["cards"][0]["spans"] == []  # type: ignore[index]
    assert data(review_page(review(None), "vi"))["cards"][0]["spans"] == []  # type: ignore[index]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_words_of_both_languages(lang: str) -> None:
    assert words(lang).keys() == words("vi").keys()
    assert words(lang)["accept"].encode() in review_page(review(), lang)


def test_the_same_review_gives_the_same_bytes() -> None:
    assert review_page(review(), "vi") == review_page(review(), "vi")
