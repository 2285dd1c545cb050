"""bomay chart with --overlaps, --merges, --vacancies and --checks on the demo facts."""

import json
import re
import shutil
import xml.etree.ElementTree as ET

import pytest

UNIT = "UBND tỉnh Vĩnh Phúc"
DAY = ("--on", "2017-01-01")


@pytest.fixture
def db(demo):
    return ["--store", demo / "bomay.db"]


@pytest.fixture
def chart(bomay, tmp_path):
    """Draws and gives the runs of text in the SVG."""

    def draw(db, *more, day=DAY):
        path = tmp_path / "chart.svg"
        done = bomay("chart", *db, UNIT, *day, *more, "-o", path)
        assert done.code == 0, done.err
        return [each.text for each in ET.parse(path).iter("{http://www.w3.org/2000/svg}text")]

    return draw


def overlaps(bomay, db, *more):
    """The pairs and groups of `bomay overlaps`, best first."""
    done = bomay("overlaps", *db, "--in", "tỉnh Vĩnh Phúc", *DAY, *more, "--format", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def strongest(bomay, db):
    """The best pair of two departments of the province."""
    return next(row for row in overlaps(bomay, db) if all(row[key].startswith("Sở ") for key in ("a_unit", "b_unit")))


def test_overlaps_and_mergers_are_numbered_and_explained_below(bomay, db, chart):
    found = chart(db, "--overlaps", "--merges")
    best = strongest(bomay, db)
    assert best["key"][:10] in found and best["a_unit"] in " ".join(found)
    assert "Chức năng trùng lắp, chồng chéo, phân tán" in found and "Đơn vị có thể hợp nhất" in found
    numbers = [int(text) for text in found if text.isdigit()]
    last = max(numbers)
    assert 2 < last <= 20
    # in the table and at the boxes of at least two units (a box that has very many shows the first)
    assert all(numbers.count(number) >= 2 for number in range(1, last + 1))
    summary = next(text for text in found if text.startswith("Nhóm đơn vị có chức năng"))
    assert re.search(r"chồng chéo: [1-9]", summary) and re.search(r"hợp nhất: [1-9]", summary)


def test_findings_with_units_that_are_not_shown_are_counted(bomay, db, chart):
    words = " ".join(chart(db, "--overlaps"))
    assert re.search(r"[1-9]\d* phát hiện khác liên quan đến đơn vị không có trên sơ đồ", words)
    assert "Văn phòng Tỉnh ủy:" not in words  # is not under the people's committee


def test_what_was_rejected_is_left_out_and_counted(bomay, demo, chart, tmp_path):
    shutil.copytree(demo / "bomay.db", tmp_path / "own.db")
    own = ["--store", tmp_path / "own.db"]
    best = strongest(bomay, own)
    assert best["key"][:10] in chart(own, "--overlaps")
    done = bomay("overlaps", *own, "--in", "tỉnh Vĩnh Phúc", *DAY, "--record", "--most", "1")
    assert done.code == 0, done.err
    done = bomay("judge", *own, best["key"], "reject", "--why", "khác đối tượng")
    assert done.code == 0, done.err
    found = chart(own, "--overlaps")
    assert best["key"][:10] not in found
    assert "1 phát hiện đã bị bác" in " ".join(found)


def test_vacancies_tell_what_is_vacant_from_what_is_not_recorded(db, chart):
    words = " ".join(chart(db, "--vacancies"))
    assert "Chức danh chưa có người giữ" in words and "chưa có dữ liệu về người giữ" in words
    assert "không có nghĩa là khuyết" in words


def test_who_held_a_vacant_post_last_is_said_once(bomay, db, tmp_path):
    path = tmp_path / "x.svg"
    both = ("--vacancies", "--checks", "-o", path)
    assert bomay("chart", *db, "tỉnh Đắk Nông", "--on", "2022-01-01", *both).code == 0
    found = [each.text for each in ET.parse(path).iter("{http://www.w3.org/2000/svg}text")]
    assert "khuyết từ ngày 30/06/2021" in found and "Lê Diễn, thôi giữ ngày 30/06/2021" in found
    assert "chức danh cấp trưởng không có người giữ" not in " ".join(found)


def test_checks_name_what_concerns_units_of_the_chart(db, chart):
    english = " ".join(chart(db, "--checks", "--lang", "en"))
    assert "What the owner of the data should look at" in english
    assert "about no unit on the chart" in english and "How to mend it" in english


def test_findings_of_two_days_are_refused(bomay, db, tmp_path):
    days = ("--before", "2024-12-31", "--after", "2025-07-01")
    done = bomay("chart", *db, UNIT, *days, "--overlaps", "-o", tmp_path / "x.svg")
    assert done.code == 2 and "--overlaps" in done.err and "--on" in done.err


def test_without_the_flags_there_is_no_table(db, chart):
    found = chart(db)
    assert "Đơn vị có thể hợp nhất" not in found and not any("hợp nhất" in text for text in found)


def test_a_day_without_functions_is_said_and_no_error(bomay, db, tmp_path):
    path = tmp_path / "x.svg"
    done = bomay("chart", *db, "Ban Tiếp công dân @ tỉnh Vĩnh Phúc", *DAY, "--overlaps", "--merges", "-o", path)
    assert done.code == 0, done.err
    assert "Không có phát hiện nào về các đơn vị trên sơ đồ." in path.read_text(encoding="utf-8")


def test_on_paper_the_tables_are_pages_after_the_chart(bomay, db, tmp_path):
    path = tmp_path / "x.pdf"
    done = bomay("chart", *db, UNIT, "--depth", "1", *DAY, "--overlaps", "--merges", "--fit", "A4", "-o", path)
    assert done.code == 0, done.err
    assert len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) >= 3


def test_other_formats_have_the_numbers_at_the_names(bomay, db, tmp_path):
    path = tmp_path / "x.dot"
    done = bomay("chart", *db, UNIT, *DAY, "--overlaps", "-o", path)
    assert done.code == 0, done.err
    assert "[1]" in path.read_text(encoding="utf-8")
