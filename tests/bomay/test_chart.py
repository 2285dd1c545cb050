"""bomay chart: its options, and what it says to mistakes; the drawings have tests of their own (tests/viz)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from viz.build import DEFAULT_SHOW, SHOW
from viz.chart import formats


@pytest.fixture
def chart(bomay, demo, tmp_path, monkeypatch):
    """Runs `bomay chart` on the demo in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: bomay("--store", demo / "bomay.db", "chart", *arguments)


def svg(chart, *arguments: object) -> str:
    outcome = chart(*arguments, "-o", "-")
    assert outcome.code == 0, outcome.err
    return outcome.out


PLACE = ("tỉnh Bình Phước", "--on", "1/6/2018")


def test_content_by_choice(chart):
    assert "Chánh Văn phòng" in svg(chart, *PLACE)
    assert "Chánh Văn phòng" not in svg(chart, *PLACE, "--show", "staff")
    functions = svg(chart, "vp-so-tttt", "--on", "18/9/2017", "--show", "functions")
    assert "Bảo đảm an toàn thông tin mạng" in functions and "chức năng khác" in functions
    assert "(chưa ghi người giữ)" in svg(chart, "vp-so-tttt", "--on", "18/9/2017", "--show", "Heads, vacant")


def test_colours_language_title_and_depth(chart):
    plain = svg(chart, *PLACE)
    assert "đơn vị do suy đoán" in plain and "Nguồn:" in plain and "01/06/2018" in plain
    assert "CM7: Phó Bí thư đồng thời là Chủ tịch HĐND" in plain
    level = svg(chart, *PLACE, "--colour", "level", "--lang", "en", "--title", "Two offices")
    assert "province" in level and "Two offices" in level and "Data as of 1 June 2018" in level
    assert "+8 đơn vị" in svg(chart, *PLACE, "--depth", "1")


def test_a_style_of_ones_own(chart, tmp_path):
    (tmp_path / "mine.yaml").write_text("systems: {party: {fill: '#123456'}}\n", encoding="utf-8")
    assert "#123456" in svg(chart, *PLACE, "--style", "mine.yaml")
    (tmp_path / "mine.yaml").write_text("systems: {party: {fill: red}}\n", encoding="utf-8")
    outcome = chart(*PLACE, "--style", "mine.yaml", "-o", "x.svg")
    assert outcome.code == 2 and "mine.yaml: systems: party: fill is 'red'" in outcome.err
    assert chart(*PLACE, "--style", "none.yaml", "-o", "x.svg").code == 2
    assert not (tmp_path / "x.svg").exists()


@pytest.mark.parametrize("layout", ["wide", "stacked", "left-right"])
@pytest.mark.parametrize("fit", ["screen", "A4", "A3"])
def test_layouts_and_pages(chart, tmp_path, layout, fit):
    assert chart(*PLACE, "--layout", layout, "--fit", fit, "-o", "x.pdf").code == 0
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((*PLACE, "--show", "heads,deputys", "-o", "x.svg"), 2, "heads, deputies, people"),
        ((*PLACE, "--show", "", "-o", "x.svg"), 2, "heads, deputies, people"),
        ((*PLACE, "--colour", "rainbow", "-o", "x.svg"), 2, "system"),
        ((*PLACE, "-o", "x.bmp"), 2, "svg, png, pdf"),
        ((*PLACE, "-o", "x"), 2, "svg, png, pdf"),
        ((*PLACE, "--format", "bmp", "-o", "x.svg"), 2, "svg, png, pdf"),
        (PLACE, 2, "svg, png, pdf"),
        ((*PLACE, "-o", "no/where/x.svg"), 2, "no folder"),
        (("tỉnh Bình Phướt", "-o", "x.svg"), 2, "Bình Phước"),
        (("tỉnh Phú Thọ", "--on", "1/1/1900", "-o", "x.svg"), 1, "its units are recorded from 2021"),
        (("vp-so-tttt", "--on", "1/1/1900", "-o", "x.svg"), 1, "it existed"),
    ],
)
def test_mistakes_are_told_before_anything_is_written(chart, tmp_path, arguments, code, said):
    outcome = chart(*arguments)
    assert (outcome.code, said in outcome.err) == (code, True), outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(chart, tmp_path):
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked").chmod(0o500)
    outcome = chart(*PLACE, "-o", "locked/x.svg")
    assert outcome.code == 2 and "cannot be written" in outcome.err


def test_the_help_names_the_words_and_the_layouts(bomay):
    shown = bomay("chart", "--help").out
    assert all(word in shown for word in (*SHOW, *DEFAULT_SHOW, "left-right", "A3", "status"))


def test_the_same_question_gives_the_same_bytes(chart, tmp_path):
    for form in ("svg", "pdf"):
        files = [Path(f"{number}.{form}") for number in (1, 2)]
        for file in files:
            assert chart(*PLACE, "--show", ",".join(SHOW), "-o", file).code == 0
        assert files[0].read_bytes() == files[1].read_bytes()


def test_all_formats_are_known_by_their_endings(chart):
    assert {"svg", "png", "pdf", "dot"} <= set(formats())
