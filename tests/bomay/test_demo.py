"""`bomay demo`: what it prints is what the sources say, and what it draws opens."""

import pytest
from PIL import Image
from pypdf import PdfReader


@pytest.fixture
def output(demo):
    return (demo.parent / "output.txt").read_text(encoding="utf-8")


def test_the_people_of_the_articles_are_found(output):
    flat = " ".join(output.split())
    assert "Trần Tuệ Hiền" in flat and "Ngô Thanh Danh" in flat and "Trần Duy Đông" in flat


def test_every_part_of_the_main_job_is_there(output):
    for number in range(1, 7):
        assert f"\n{number}. " in f"\n{output}", number


def test_the_charts_open_and_have_their_names_in_them(demo, output):
    paths = [line.strip() for line in output.splitlines() if line.strip().startswith("demo/")]
    assert {path.rsplit(".")[-1] for path in paths} == {"svg", "png", "pdf", "html"} and len(paths) >= 13
    for name in paths:
        path = demo.parent / name
        if path.suffix == ".png":
            with Image.open(path) as picture:
                assert picture.width > 600 and len(picture.convert("L").getcolors(256) or []) > 10
        elif path.suffix == ".pdf":
            text = "".join(page.extract_text() for page in PdfReader(path).pages)
            assert "Sở" in text or "Tỉnh ủy" in text
        elif path.suffix == ".html":
            assert path.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
        else:
            assert path.read_text(encoding="utf-8").rstrip().endswith("</svg>")


def test_before_and_after_the_re_arrangement(demo):
    before = (demo / "vinh-phuc-2025-02-28.svg").read_text(encoding="utf-8")
    changes = (demo / "vinh-phuc-2025-thay-doi.svg").read_text(encoding="utf-8")
    assert "Sở Giao thông vận tải" in before and "HỢP NHẤT" not in before
    assert "Sở Giao thông vận tải" in changes and "HỢP NHẤT" in changes


def test_a_demo_is_made_anew_and_leaves_other_folders_alone(bomay, demo, tmp_path):
    other = tmp_path / "mine"
    other.mkdir()
    (other / "letter.txt").write_text("x")
    outcome = bomay("demo", other)
    assert outcome.code == 2 and "no demo made" in outcome.err and (other / "letter.txt").exists()


def test_a_text_is_read_and_compared_with_the_graph(bomay, demo, output):
    assert "demo/so-tttt-2017.txt" in output and "demo/so-tttt-2017-duyet.html" in output
    row = next(line for line in output.split("so-tttt-2017.txt")[1].splitlines() if line.strip().startswith("Sự kiện"))
    found, known = map(int, row.split()[-2:])
    assert found >= 3 and known == found  # the demo's facts are those of the text
    done = bomay("--store", demo / "bomay.db", "load", demo / "so-tttt-2017.yaml", "--dry-run")
    assert done.code == 0, done.err
