"""The measurements of reading: their texts, and their page."""

from __future__ import annotations

from benchmarks import reading


def test_texts_are_as_long_as_asked_for_and_have_facts() -> None:
    assert len(reading.long_text(5_000, decisions=False)) == 5_000
    assert "Điều 2" in reading.long_text(20_000, decisions=True)
    found = reading.measure("prose", 5_000)
    assert found["characters"] == 5_000 and found["facts"] > 5


def test_a_pdf_is_measured_against_its_plain_text() -> None:
    found = reading.measure("pdf", 2)
    assert found["characters"] > 3_000 and found["source_cpu"] > 0 and found["plain_cpu"] > 0


def test_the_page_says_whether_the_goal_is_met_and_what_is_linear() -> None:
    spent = {"seconds": 30.0, "cpu": 10.0, "peak_mb": 50.0, "characters": 300_000.0, "facts": 9.0}
    pdf = {
        pages: {**spent, "source_cpu": pages / 100, "source_peak_mb": 20.0, "plain_cpu": 0.5} for pages in (100, 500)
    }
    growing = {length: {**spent, "cpu": length / 1e5} for length in reading.LENGTHS}
    text = reading.page({"documents": spent, "prose": growing, "decision": growing, "pdf": pdf, "html": spent})
    assert "600 a minute. Goal: 300 a minute on two cores: met." in text
    assert "takes 1.00 times (prose) and 1.00 times (decisions)" in text
    assert "A page of the PDF of 500 takes 1.00 times as long" in text
    slow = {**spent, "seconds": 90.0}
    text = reading.page({"documents": slow, "prose": growing, "decision": growing, "pdf": pdf, "html": spent})
    assert "200 a minute. Goal: 300 a minute on two cores: **missed**." in text
