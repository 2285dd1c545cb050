"""The template loads as it is, explains itself, and never overwrites a file unasked."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from graph.errors import UserError
from graph.vocabulary import codes
from loaders.headers import GUIDE_SHEETS, sheets
from loaders.parse import parse
from loaders.read import read_tables
from loaders.resolve import resolve
from loaders.template import write_template


@pytest.fixture(scope="module", params=["vi", "en"])
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    lang: str = request.param
    return lang, write_template(tmp_path_factory.mktemp(lang) / "facts.xlsx", lang)


def fact_pages(path: Path) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(path)
    return {name: book[name] for name in book.sheetnames if name not in GUIDE_SHEETS}


def test_it_loads_as_it_is(template: tuple[str, Path]) -> None:
    parsed = parse(read_tables(template[1]))
    assert [str(p) for p in parsed.problems] == []
    assert parsed.notices == []
    assert {r.sheet for r in parsed.records} == set(sheets())


def test_its_references_resolve(template: tuple[str, Path]) -> None:
    facts, problems, _ = resolve(parse(read_tables(template[1])).records, None)
    assert [str(p) for p in problems] == []
    holders = [r for r in facts.relationships.values() if r.type == "HOLDS"]
    assert len(holders) == 3
    assert len({r.start for r in holders}) == 2


def test_both_languages_hold_the_same_example(tmp_path: Path) -> None:
    values = [
        [
            (r.sheet, r.values)
            for r in parse(read_tables(write_template(tmp_path / f"{lang}.xlsx", lang))).records
        ]
        for lang in ("vi", "en")
    ]
    assert values[0] == values[1]


def test_the_example_hangs_together(template: tuple[str, Path]) -> None:
    """Every reference is the name, number or id of a row of the example."""
    records = parse(read_tables(template[1])).records
    known = {
        str(r.values[key])
        for r in records
        for key in ("id", "name", "number", "title", "text", "model")
        if key in r.values and (key != "title" or r.sheet == "positions")
    }
    for record in records:
        for column in sheets()[record.sheet].columns.values():
            given = record.values.get(column.key)
            if column.type in ("ref", "refs") and given is not None:
                for reference in given if isinstance(given, list) else [given]:
                    for name in str(reference).replace(" @ ", " < ").split(" < "):
                        assert name in known, (record.at, column.key, name)


def test_people_are_plainly_fictitious(template: tuple[str, Path]) -> None:
    people = [r for r in parse(read_tables(template[1])).records if r.sheet == "people"]
    assert people
    assert all("Ví Dụ" in str(r.values["name"]) for r in people)


def test_headers_are_the_names_of_sheets_yaml_with_notes(template: tuple[str, Path]) -> None:
    lang, path = template
    pages = fact_pages(path)
    assert len(pages) == len(sheets())
    by_name = {s.label(lang).lower(): s for s in sheets().values()}
    for name, page in pages.items():
        sheet = by_name[name.lower()]
        header = next(page.iter_rows(max_row=1))
        assert [c.value for c in header] == [c.label(lang) for c in sheet.columns.values()]
        fills = {
            c.fill.fgColor.rgb
            for c, column in zip(header, sheet.columns.values(), strict=True)
            if column.required
        }
        others = {
            c.fill.fgColor.rgb
            for c, column in zip(header, sheet.columns.values(), strict=True)
            if not column.required
        }
        assert len(fills) <= 1
        assert not fills & others
        assert all(c.comment and len(c.comment.text) > 3 for c in header)
        assert page.freeze_panes == "A2"


def test_code_columns_have_drop_downs_of_all_labels(template: tuple[str, Path]) -> None:
    lang, path = template
    book = openpyxl.load_workbook(path)
    for name, page in fact_pages(path).items():
        sheet = next(s for s in sheets().values() if s.label(lang).lower() == name.lower())
        rules = {
            str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation
        }
        for index, column in enumerate(sheet.columns.values(), start=1):
            cell = page.cell(2, index).coordinate
            if column.type == "code":
                list_name, area = rules[cell].split("!")
                labels = [c[0].value for c in book[list_name.strip("'")][area.replace("$", "")]]
                assert labels == [getattr(e, lang) for e in codes(column.vocabulary).values()]
            else:
                assert (cell in rules) == (column.type == "bool")


def test_dates_and_numbers_stay_as_typed(template: tuple[str, Path]) -> None:
    """Text format: Excel then neither swaps day and month nor reads 1.381 as a fraction."""
    for page in fact_pages(template[1]).values():
        assert {c.number_format for row in page.iter_rows(min_row=2) for c in row} == {"@"}


def test_the_guide_tells_of_every_sheet(template: tuple[str, Path]) -> None:
    lang, path = template
    guide = openpyxl.load_workbook(path).worksheets[0]
    assert guide.title == {"vi": "Hướng dẫn", "en": "Guide"}[lang]
    told = {str(row[0].value).lower(): row[1].value for row in guide.iter_rows(max_col=2)}
    for sheet in sheets().values():
        assert told[sheet.label(lang).lower()]
    text = " ".join(str(v) for v in told.values())
    assert " < " in text
    assert " @ " in text


def test_vietnamese_notes_cover_every_explained_column() -> None:
    from loaders.template import _data

    docs = _data("template_guide.yaml")["vi"]["docs"]
    wanted = {(s.key, c.key) for s in sheets().values() for c in s.columns.values() if c.doc}
    assert {(s, c) for s, c in wanted if f"{s}.{c}" not in docs and c not in docs} == set()
    known = {f"{s.key}.{c}" for s in sheets().values() for c in s.columns} | {
        c for s in sheets().values() for c in s.columns
    }
    assert set(docs) <= known


def test_it_overwrites_only_when_told(tmp_path: Path) -> None:
    path = tmp_path / "facts.xlsx"
    path.write_text("mine")
    with pytest.raises(UserError, match="is there already") as error:
        write_template(path)
    assert "--force" in error.value.remedy
    assert path.read_text() == "mine"
    write_template(path, force=True)
    assert read_tables(path)
    assert [p.name for p in tmp_path.iterdir()] == ["facts.xlsx"]


def test_where_it_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        write_template(tmp_path / "none" / "facts.xlsx")
    with pytest.raises(UserError, match="Excel workbook"):
        write_template(tmp_path / "facts.csv")
    with pytest.raises(UserError, match="not there in 'fr'"):
        write_template(tmp_path / "facts.xlsx", "fr")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UserError, match="No space left"):
        write_template(tmp_path / "facts.xlsx")
    assert list(tmp_path.iterdir()) == []
