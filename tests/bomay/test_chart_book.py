"""bomay chart: when a chart becomes a book, and what is said about it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from bomay.commands.chart_book import write_chart
from graph.errors import UserError
from queries.structure import Structure
from tests.viz import samples
from viz.chart import Options, model


def pages(structure: Structure, options: Options | None = None, **values: bool) -> list[tuple[float, float]]:
    options = options or Options()
    content = write_chart(model(structure, options), "pdf", structure.on, options, **values)
    return [(float(page.mediabox.width), float(page.mediabox.height)) for page in PdfReader(BytesIO(content)).pages]


def test_a_small_chart_stays_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(pages(samples.department())) == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("fit", "width"), [("chart", 1190.55), ("A3", 1190.55), ("A4", 841.89), ("screen", 1190.55)])
def test_many_units_become_a_book(fit: str, width: float, capsys: pytest.CaptureFixture[str]) -> None:
    book = pages(samples.tree(160), Options(fit=fit))
    assert len(book) > 2 and {page[0] for page in book} == {width}
    said = capsys.readouterr().err
    assert "160 units" in said and "book" in said and "--poster" in said


def test_small_text_on_the_paper_makes_a_book(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(pages(samples.tree(110, 30), Options(fit="A4"))) > 2
    assert "pt high" in capsys.readouterr().err


def test_a_book_or_a_poster_if_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(pages(samples.department(), book=True)) == 2 + 1
    assert len(pages(samples.tree(160), poster=True)) == 1
    poster = pages(samples.tree(160), Options(fit="A4"), poster=True)
    assert poster[0][0] > 900, "as large as the chart"
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("form", "values"), [("svg", {"book": True}), ("pdf", {"book": True, "poster": True})])
def test_what_cannot_be_is_refused(form: str, values: dict[str, bool]) -> None:
    structure = samples.flat(2)
    with pytest.raises(UserError) as error:
        write_chart(model(structure, Options()), form, structure.on, Options(), **values)
    assert "leave out" in error.value.remedy


@pytest.mark.parametrize("form", ["svg", "png"])
def test_large_pictures_come_with_advice(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    structure = samples.tree(200)
    options = Options(fit="A4")
    assert write_chart(model(structure, options), form, structure.on, options)
    said = capsys.readouterr().err
    assert "200 units" in said and ".pdf" in said and "--depth" in said


def test_a_picture_that_nobody_can_read_is_called_so(capsys: pytest.CaptureFixture[str]) -> None:
    structure = samples.tree(400)
    options = Options(fit="A4")
    assert write_chart(model(structure, options), "png", structure.on, options)
    assert "cannot be read" in capsys.readouterr().err
