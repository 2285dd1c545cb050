"""Every named query: its header, its columns, and its rows on known facts."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.errors import AmbiguousName, QueryError, UnknownName, UserError
from graph.schema import schema
from graph.store import Store
from queries.named import FOLDER, NamedQuery, Parameter, catalogue, convert, named, parameters_for, parse, run

EXPECTED = Path(__file__).parent / "expected"
NAMES = sorted(path.stem for path in FOLDER.glob("*.cypher"))


@lru_cache
def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((EXPECTED / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def all_cases() -> list[Any]:
    return [
        pytest.param(name, number, id=f"{name}-{number}")
        for name in NAMES
        if (EXPECTED / f"{name}.yaml").exists()
        for number in range(len(cases(name)))
    ]


def test_at_least_as_many_queries_as_promised() -> None:
    assert len(NAMES) >= 26


@pytest.mark.parametrize("name", NAMES)
def test_every_query_has_expected_rows(name: str) -> None:
    assert any(case.get("rows") or case.get("contains") for case in cases(name))


@pytest.mark.parametrize(("name", "number"), all_cases())
def test_rows(name: str, number: int, store_kind: str, request: pytest.FixtureRequest) -> None:
    case = cases(name)[number]
    store: Store = request.getfixturevalue(case.get("store", "demo"))
    result = run(store, name, case.get("parameters", {}), case.get("day"))
    assert result.columns == [column.name for column in named(name).columns]
    places = [result.columns.index(column) for column in case["columns"]]
    rows = [[row[place] for place in places] for row in result.rows]
    assert {"rows", "contains", "absent"} & case.keys()
    if "rows" in case:
        assert rows == case["rows"]
    for row in case.get("contains", []):
        assert row in rows
    for row in case.get("absent", []):
        assert row not in rows


@pytest.mark.parametrize("name", NAMES)
def test_header_is_complete(name: str) -> None:
    query = named(name)
    assert query.doc and query.doc_vi
    for parameter in query.parameters:
        assert parameter.doc
        if parameter.name == "on":
            assert (parameter.type, parameter.default) == ("date", "today")


@pytest.mark.parametrize("name", NAMES)
def test_code_lists_and_labels_exist(name: str) -> None:
    """What a header names in brackets is a code list; a label or type in the Cypher is in the schema."""
    import re

    from graph.vocabulary import codes

    query = named(name)
    from queries.find import WAYS

    for column in query.columns:
        assert not column.vocabulary or codes(column.vocabulary)
    for parameter in query.parameters:
        assert not parameter.what or parameter.what in WAYS or codes(parameter.what)
    known = schema().labels.keys() | schema().relationships.keys()
    used = re.findall(r"(?<=[:|])([A-Z][A-Za-z_]+)", query.text)
    assert set(used) <= known


@pytest.mark.parametrize("name", NAMES)
def test_query_cannot_write(name: str) -> None:
    words = set(named(name).text.replace("(", " ").split())
    assert not words & {"CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "LOAD"}


# ---------------------------------------------------------------- reading a file

GOOD = """// thing: What it answers
// vi: Trả lời gì
// param unit: string (unit) -- the unit
// param depth: int = 3 -- how deep
// param on: date = today -- the day
// column name: tên
// column kind: loại (unit_kinds)

MATCH (u:Unit {id: $unit}) WHERE $depth > 0 AND u.valid_from <= $on
RETURN u.name AS name, u.kind AS kind
"""


def written(folder: Path, text: str, name: str = "thing") -> Path:
    path = folder / f"{name}.cypher"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file(tmp_path: Path) -> None:
    query = parse(written(tmp_path, GOOD))
    assert (query.name, query.doc, query.doc_vi) == ("thing", "What it answers", "Trả lời gì")
    assert query.parameters[0] == Parameter("unit", "string", "the unit", "unit", None, required=True)
    assert query.parameters[1] == Parameter("depth", "int", "how deep", "", "3")
    assert [(c.name, c.vi, c.vocabulary) for c in query.columns] == [
        ("name", "tên", ""),
        ("kind", "loại", "unit_kinds"),
    ]
    assert query.text.startswith("MATCH")


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("// thing: ", "// other: ", "thing.cypher:1", "first line"),
        ("// vi: Trả lời gì\n", "", "thing.cypher:6", "vi"),
        ("depth: int = 3", "depth: number = 3", "thing.cypher:4", "number"),
        ("depth: int = 3", "depth: int = three", "thing.cypher:4", "three"),
        ("-- how deep", "how deep", "thing.cypher:4", "param"),
        ("// column kind: loại (unit_kinds)", "// column name: loại", "thing.cypher:7", "twice"),
        ("$depth > 0", "$deep > 0", "thing.cypher:7", "$deep"),
        ("$depth > 0", "true", "thing.cypher:7", "never used"),
        ("\nRETURN", " RETURN", "thing.cypher:8", "RETURN"),
    ],
)
def test_a_wrong_header_is_named_by_file_and_line(tmp_path: Path, old: str, new: str, place: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(QueryError) as caught:
        parse(written(tmp_path, GOOD.replace(old, new)))
    assert place in str(caught.value)
    assert said in str(caught.value)


def test_catalogue_of_a_folder(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, GOOD.replace("// thing", "// a_thing"), "a_thing")
    assert list(catalogue(tmp_path)) == ["a_thing", "thing"]


def test_unknown_query_gets_the_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        named("vacancy")
    assert "vacancies" in caught.value.nearest


# ---------------------------------------------------------------- values


def parameter(kind: str) -> Parameter:
    return Parameter("x", kind, "")


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("int", "3", 3),
        ("float", "0,5", 0.5),
        ("bool", "có", True),
        ("bool", "false", False),
        ("date", "9/10/2019", dt.date(2019, 10, 9)),
        ("date", dt.date(2019, 10, 9), dt.date(2019, 10, 9)),
        ("list", "a; b", ["a", "b"]),
        ("string", "a; b", "a; b"),
    ],
)
def test_values_are_converted(kind: str, given: object, value: object) -> None:
    assert convert(parameter(kind), given) == value


def test_today_is_the_day_of_the_question() -> None:
    before = dt.date.today()
    assert before <= convert(parameter("date"), "today") <= dt.date.today()


@pytest.mark.parametrize(
    ("kind", "given"),
    [("int", "three"), ("float", "much"), ("bool", "maybe"), ("date", "10/2019"), ("date", "31/2/2019")],
)
def test_wrong_values_say_what_is_allowed(kind: str, given: str) -> None:
    with pytest.raises(UserError) as caught:
        convert(parameter(kind), given)
    assert given in str(caught.value)
    assert caught.value.remedy


def test_unknown_parameter_gets_the_nearest(demo: Store) -> None:
    with pytest.raises(UnknownName) as caught:
        run(demo, "heads", {"plase": "Vĩnh Phúc"})
    assert "place" in caught.value.nearest


def test_missing_parameter_says_how_to_give_it(demo: Store) -> None:
    with pytest.raises(UserError, match="unit") as caught:
        run(demo, "tree_down")
    assert "-p unit=" in caught.value.remedy


def test_a_label_stands_for_its_code_and_an_unknown_one_is_refused(demo: Store) -> None:
    query = named("heads")
    values = parameters_for(demo, query, {"level": "huyện"}, dt.date(2020, 1, 1))
    assert values == {"place": None, "below": False, "level": "district", "on": dt.date(2020, 1, 1)}
    with pytest.raises(UnknownName):
        parameters_for(demo, query, {"level": "galaxy"})


def test_on_among_the_values_counts_more_than_the_day_of_the_call(demo: Store) -> None:
    values = parameters_for(demo, named("heads"), {"on": "1/6/2018"}, dt.date(2020, 1, 1))
    assert values["on"] == dt.date(2018, 6, 1)


def test_names_are_resolved_as_of_the_day(demo: Store) -> None:
    query = named("tree_down")
    old = parameters_for(demo, query, {"unit": "Sở Tài chính @ Vĩnh Phúc"}, dt.date(2020, 1, 1))
    new = parameters_for(demo, query, {"unit": "Sở Tài chính @ Vĩnh Phúc"}, dt.date(2025, 4, 1))
    assert (old["unit"], new["unit"]) == ("vp-so-tai-chinh", "vp-so-tai-chinh-2025")
    with pytest.raises(AmbiguousName):
        parameters_for(demo, query, {"unit": "Tỉnh ủy"}, dt.date(2020, 1, 1))


def test_an_empty_answer_still_has_its_columns(demo: Store) -> None:
    result = run(demo, "heads", {"place": "Việt Nam", "level": "hamlet"})
    assert result.rows == []
    assert result.columns == [column.name for column in named("heads").columns]


def test_the_rows_are_those_of_the_text_as_it_is_written(demo: Store) -> None:
    """Rows are asked for in one list; the Cypher of the file, run by anybody else, gives the same."""
    for name, values in (("heads", {}), ("tree_down", {"unit": "vp-tinh-uy"}), ("lineage", {"unit": "vp-so-gtvt"})):
        query = named(name)
        as_written = demo.read(query.text, parameters_for(demo, query, values, dt.date(2025, 4, 1)))
        result = run(demo, name, values, dt.date(2025, 4, 1))
        assert as_written.rows
        assert (result.columns, result.rows) == (as_written.columns, as_written.rows)


def test_a_name_with_cypher_in_it_is_only_a_name(demo: Store) -> None:
    with pytest.raises(UnknownName):
        run(demo, "heads", {"place": "x'}) MATCH (n) DETACH DELETE n //"})
    assert run(demo, "counts").rows


def test_two_queries_have_no_same_text() -> None:
    queries: list[NamedQuery] = list(catalogue().values())
    assert len({query.text for query in queries}) == len(queries)
