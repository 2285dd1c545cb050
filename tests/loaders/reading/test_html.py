"""Web pages: the article alone, nothing that is hidden, encodings whatever the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import UserError
from loaders.reading import html
from loaders.reading.sources import Source, read_bytes, read_source

FIRST = "Ngày 12/8/2019, UBND tỉnh Bình Sơn quyết định sáp nhập Phòng Y tế vào Văn phòng HĐND và UBND huyện An Hòa."
SECOND = "Huyện giảm 5 đầu mối và 46 biên chế so với năm 2017, bảo đảm tinh gọn bộ máy, hoạt động hiệu lực hơn."
THIRD = "Đồng chí Nguyễn Văn Khánh, Bí thư Huyện ủy An Hòa, cho biết việc sắp xếp được làm từng bước, công khai."


def page(inside: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inside}</body></html>"


def article(inside: str = "") -> str:
    return f"<h1>Huyện An Hòa sắp xếp các phòng chuyên môn</h1><p>{FIRST}</p>{inside}<p>{SECOND}</p><p>{THIRD}</p>"


def read(markup: str) -> Source:
    return read_bytes(markup.encode(), "a.html")


@pytest.mark.parametrize(
    "around",
    [
        '<figure><img src="x"><figcaption>Sở Một. Ảnh: Văn Tư</figcaption></figure>',
        '<table class="picture"><tr><td><img src="x"></td></tr><tr><td class="pCaption">Sở Một họp</td></tr></table>',
        '<div class="box-related"><ul><li><a href="/1">Sáp nhập Sở Một vào Sở Hai</a></li></ul></div>',
        '<p><a href="/x">Tỉnh hợp nhất Sở Một và Sở Hai trong năm nay</a></p>',
        '<ul><li><a href="/1">Giải thể Sở Một của tỉnh</a></li><li><a href="/2">Chia tách Sở Hai</a></li></ul>',
        '<div class="comment-list"><p>Bạn đọc: cần giải thể Sở Một ngay!</p></div>',
        "<script>var a = 'giải thể Sở Một';</script>",
        "<footer>Cơ quan chủ quản: Sở Một</footer>",
        "<aside>Sở Một tuyển dụng</aside>",
    ],
)
def test_what_stands_around_the_article_is_left_out(around: str) -> None:
    text = read(page(article(around))).text
    assert "Sở Một" not in text
    assert FIRST in text and SECOND in text and THIRD in text


@pytest.mark.parametrize(
    ("head", "hidden"),
    [
        ("", '<p style="display:none">Giải thể Sở Một.</p>'),
        ("", '<p style="visibility: hidden">Giải thể Sở Một.</p>'),
        ("", '<p style="color:#ffffff">Giải thể Sở Một.</p>'),
        ("", '<p><font color="white">Giải thể Sở Một.</font></p>'),
        ("", '<p style="font-size:0">Giải thể Sở Một.</p>'),
        ("", '<p style="position:absolute;left:-9999px">Giải thể Sở Một.</p>'),
        ("", "<p hidden>Giải thể Sở Một.</p>"),
        ("", "<!-- Giải thể Sở Một. -->"),
        ("<style>.note, .gone{display:none}</style>", '<p class="x gone">Giải thể Sở Một.</p>'),
        ("<style>#w{color:white}</style>", '<p id="w">Giải thể Sở Một.</p>'),
    ],
)
def test_hidden_text_is_not_read(head: str, hidden: str) -> None:
    source = read(page(article(hidden), head))
    assert "Sở Một" not in source.text and SECOND in source.text
    assert ("no reader sees" in " ".join(source.notices)) == ("<!--" not in hidden)


@pytest.mark.parametrize(
    ("head", "seen"),
    [
        ("", '<div style="background:#003366"><p style="color:#fff">Sở Một còn đây, hoạt động như trước.</p></div>'),
        ("<style>@media print{.a{display:none}}</style>", '<p class="a">Sở Một còn đây, hoạt động như trước.</p>'),
        ("", '<p style="border-color:white">Sở Một còn đây, hoạt động như trước.</p>'),
    ],
)
def test_what_only_looks_hidden_is_read(head: str, seen: str) -> None:
    source = read(page(article(seen), head))
    assert "Sở Một còn đây" in source.text and source.notices == []


def test_characters_that_no_page_has_are_left_out() -> None:
    text = read(page(article("<p>Sở\x01 Nội\x0c vụ&#1;&#x1f; còn đây.</p>"))).text
    assert "Sở Nội vụ còn đây." in text


def test_a_table_has_its_heads() -> None:
    rows = "<tr><th>Đơn vị</th><th>Trước</th></tr><tr><td>Sở <b>Y tế</b></td><td>7</td></tr>"
    text = read(page(article(f"<table>{rows}</table>"))).text
    assert "[Bảng 1 hàng 1] Đơn vị | Trước\n\n[Bảng 1 hàng 2] Đơn vị: Sở Y tế | Trước: 7" in text


def test_lines_of_a_paragraph_and_the_date() -> None:
    head = '<meta property="article:published_time" content="2019-08-15T08:00:00+07:00">'
    text = read(page(article("<p>Thứ nhất.<br>Thứ hai.</p>"), head)).text
    assert "Thứ nhất.\n\nThứ hai." in text and text.splitlines()[2] == "15/08/2019"


def test_a_decision_keeps_all_its_articles() -> None:
    articles = "".join(f"<p>Điều {n}. Việc thứ {n} của Sở Nội vụ</p><p>Ngắn.</p>" for n in range(1, 12))
    text = read(page(f"<div>{articles}</div>")).text
    assert [line.split(".")[0] for line in text.splitlines() if line.startswith("Điều")] == [
        f"Điều {n}" for n in range(1, 12)
    ]


@pytest.mark.parametrize(
    ("charset", "data", "notice"),
    [
        ("iso-8859-1", "utf-8", "says it is iso-8859-1; read as UTF-8"),
        ("utf-8", "utf-16", "read as UTF-16"),
        ("utf-8", "utf-8", None),
    ],
)
def test_the_bytes_decide_the_encoding(charset: str, data: str, notice: str | None) -> None:
    source = read_bytes(page(article(), f'<meta charset="{charset}">').encode(data), "a.html")
    assert FIRST in source.text
    assert source.notices == ([f"a.html: {notice}"] if notice else [])


def test_letters_of_an_old_font_are_put_right() -> None:
    words = "ñaõ ban haønh quyeát ñònh veà toå chöùc boä maùy cuûa caùc ñôn vò vaø tænh"
    source = read_bytes(page(f"<p>{words}</p>").encode(), "a.html")
    assert source.text == "đã ban hành quyết định về tổ chức bộ máy của các đơn vị và tỉnh"
    assert "read as VNI" in source.notices[-1]


def test_pictures_and_scripts_inside_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_MARKUP", 20_000)
    inside = f'<img src="data:image/png;base64,{"QUJD" * 50_000}"><script>{"a=1;" * 50_000}</script>'
    source = read(page(article(inside)))
    assert THIRD in source.text and source.notices == []


def test_a_page_of_too_much_markup_is_cut_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_MARKUP", 2_000_000)
    source = read(page(article(f"<p>{FIRST}</p>" * 30_000)))
    assert source.notices[0] == "a.html: only the first 2 MB of 3 MB were read"
    assert SECOND not in source.text


@pytest.mark.parametrize("markup", ["<html></html>", "<html><body><p></p></body></html>", "<html>" + "<" * 10_000])
def test_pages_without_text(markup: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(markup, encoding="utf-8")
    with pytest.raises(UserError, match=r"no text|no page"):
        read_source(tmp_path / "a.html")
