"""bomay chart --before --after and --plan as users meet them, on the demo facts."""

from pathlib import Path

import pytest

import bomay as package

PLANS = Path(package.__file__).parent / "plans"
UBND = "UBND tỉnh Vĩnh Phúc"


@pytest.fixture
def chart(bomay, demo, tmp_path):
    """Draws into a file of a format; returns the outcome and the file's text."""

    def draw(*arguments, form="svg"):
        out = tmp_path / f"x.{form}"
        outcome = bomay("chart", *arguments, "--store", demo / "bomay.db", "-o", out)
        text = out.read_bytes().decode("utf-8", "replace") if out.exists() else ""
        return outcome, text.replace("\u00a0", " ")

    return draw


def test_the_departments_of_vinh_phuc_before_and_after(chart):
    outcome, text = chart(UBND, "--before", "28/2/2025", "--after", "2025-03-01")
    assert outcome.code == 0, outcome.err
    for words in ("12 cơ quan chuyên môn", "4 hợp nhất từ 8", "HỢP NHẤT", "45/2025/NĐ-CP", "Hợp nhất, sáp nhập"):
        assert words in text
    assert "SÁP NHẬP" in text and "CHUYỂN TỪ" in text


@pytest.mark.parametrize("form", ["png", "pdf", "dot"])
def test_the_other_formats(chart, form):
    outcome, text = chart("Sở TTTT tỉnh Vĩnh Phúc", "--before", "2016-01-01", "--after", "2018-01-01", form=form)
    assert outcome.code == 0 and text, outcome.err


def test_a_province_that_went_into_another_stands_beside_it(chart):
    outcome, text = chart("tỉnh Vĩnh Phúc", "--before", "2024-12-31", "--after", "2025-07-01", "--lang", "en")
    assert outcome.code == 0, outcome.err
    assert "BEFORE – 31 December 2024" in text and "AFTER – 1 July 2025" in text
    assert "the after side is tỉnh Phú Thọ" in text


def test_a_plan_is_drawn_like_what_happened(chart):
    outcome, text = chart(UBND, "--plan", PLANS / "vinh-phuc-2025.yaml")
    assert outcome.code == 0, outcome.err
    assert "12 cơ quan chuyên môn" in text and "4 hợp nhất từ 8" in text and "dự kiến" in text


def test_a_unit_that_only_the_plan_makes_can_be_asked_for(chart):
    outcome, text = chart("Trung tâm Chuyển đổi số", "--plan", PLANS / "phu-tho.yaml")
    assert outcome.code == 0, outcome.err
    assert "MỚI" in text


def test_a_unit_that_is_dissolved_is_drawn_as_gone(chart):
    outcome, text = chart("vp-so-tttt-phong-phap-che", "--before", "2016-01-01", "--after", "2018-01-01")
    assert outcome.code == 0, outcome.err
    assert "không có đơn vị tiếp nhận" in text and "GIẢI THỂ" in text


def test_nothing_changed_is_said_and_drawn(chart):
    outcome, text = chart("Sở Y tế tỉnh Vĩnh Phúc", "--before", "2024-01-01", "--after", "2024-02-01")
    assert outcome.code == 0 and "Không có thay đổi nào" in outcome.err
    assert "Không có thay đổi nào" in text and "Sở Y tế" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--before", "2025-01-01"], "--before alone compares nothing"),
        (["--after", "2025-01-01"], "--after alone compares nothing"),
        (["--before", "2025-01-01", "--after", "2025-01-01"], "is not earlier than"),
        (["--before", "2025-01-01", "--plan", "x.yaml"], "a plan has its own days"),
        (["--plan", "nowhere.yaml"], "nowhere.yaml"),
        (["--before", "2025-01-01", "--after", "2025-02-01", "--overlaps"], "findings are about one day"),
        (["--before", "2020-01-01", "--after", "2021-02-01"], "there is nothing of Phòng Pháp chế"),
    ],
)
def test_what_cannot_be_compared_is_said_and_nothing_is_written(chart, arguments, message):
    outcome, text = chart("vp-so-tttt-phong-phap-che", *arguments)
    assert outcome.code in (1, 2) and message in outcome.err and not text


def test_an_unknown_unit_gets_the_nearest_names(chart):
    outcome, _ = chart("Sở Tài chinh Vĩnh Phú", "--before", "2025-01-01", "--after", "2025-07-01")
    assert outcome.code == 2 and "Sở Tài chính" in outcome.err


def test_all_mistakes_of_a_plan_are_shown(chart, tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "tên: Thử\nngày: 2027-01-01\nđịa bàn: tỉnh Phú Thọ\ncác bước:\n"
        "  - {loại: giải thể, đơn vị: Sở Không Có}\n  - {loại: bay lên, đơn vị: Sở Y tế}\n",
        encoding="utf-8",
    )
    outcome, _ = chart("tỉnh Phú Thọ", "--plan", plan)
    assert outcome.code == 2 and "Sở Không Có" in outcome.err and "bay lên" in outcome.err


def test_a_unit_outside_the_plan_is_refused(chart):
    outcome, _ = chart("Sở Nội vụ tỉnh Đắk Nông", "--plan", PLANS / "phu-tho.yaml")
    assert outcome.code == 2 and ("scope" in outcome.err or "no unit" in outcome.err)
