"""Tables of nodes and relationships: their columns, and how other libraries get them."""

import datetime as dt
import sys

import pytest

from graph import frames
from graph.errors import NothingFound, UnknownName, UserError
from graph.networks import to_networkx
from graph.schema import schema

DAY = dt.date(2018, 6, 1)
FIRST = {"label", "type", "start", "end"}  # columns that are not properties


def known(row: dict) -> dict:
    return {name: value for name, value in row.items() if value is not None}


@pytest.mark.parametrize("scope", [None, "place-vinh-phuc"])
@pytest.mark.parametrize("evidence", [False, True])
def test_tables_and_network_say_the_same(demo, scope, evidence):
    network = to_networkx(demo, DAY, scope, evidence=evidence)
    nodes = frames.nodes(demo, DAY, scope, evidence=evidence)
    assert len(nodes) == len(network)
    for row in nodes.rows():
        assert known(row) == network.nodes[row["id"]]
    edges = frames.edges(demo, DAY, scope, evidence=evidence)
    assert len(edges) == network.number_of_edges()
    for row in edges.rows():
        start, end = row.pop("start"), row.pop("end")
        assert known(row) == network.edges[start, end, row["id"]]


def test_one_label_has_all_its_columns_and_only_them(demo):
    table = frames.nodes(demo, label="Person")
    assert list(table.columns)[:2] == ["id", "label"]
    assert set(table.columns) == {"label", *schema().labels["Person"].properties}
    assert set(table.columns["label"]) == {"Person"}
    assert len(table) == demo.read("MATCH (p:Person) RETURN count(p)").value()


def test_one_type_has_all_its_columns_and_only_them(demo):
    table = frames.edges(demo, type="HOLDS")
    assert list(table.columns)[:4] == ["id", "type", "start", "end"]
    assert set(table.columns) == {"type", "start", "end", *schema().relationships["HOLDS"].properties}
    assert len(table) == demo.read("MATCH ()-[h:HOLDS]->() RETURN count(h)").value()


@pytest.mark.parametrize("day", [DAY, dt.date(2025, 3, 1)])
@pytest.mark.parametrize("type_", ["PART_OF", "STATED_IN", "CITES"])
def test_one_type_is_that_part_of_all(demo, day, type_):
    whole = frames.edges(demo, day, evidence=True)
    wanted = {row["id"] for row in whole.rows() if row["type"] == type_}
    assert wanted and set(frames.edges(demo, day, type=type_).columns["id"]) == wanted


def test_documents_come_by_label_within_a_scope(demo):
    within = frames.nodes(demo, DAY, "place-vinh-phuc", label="Document")
    assert 0 < len(within) < len(frames.nodes(demo, DAY, label="Document"))


def test_all_labels_have_the_columns_that_have_a_value(demo):
    columns = frames.nodes(demo, DAY).columns
    assert all(any(value is not None for value in column) for column in columns.values())
    assert {len(column) for column in columns.values()} == {len(columns["id"])}


def test_a_property_has_one_type_whatever_the_label():
    """Columns are shared by labels, so that a name must mean one kind of value."""
    for kinds in (schema().labels, schema().relationships):
        types: dict[str, set[str]] = {}
        for kind in kinds.values():
            for each in kind.properties.values():
                assert each.name not in FIRST
                if not kind.internal:
                    alike = {"text": "string", "code": "string"}
                    types.setdefault(each.name, set()).add(alike.get(each.type, each.type))
        assert {name: found for name, found in types.items() if len(found) > 1} == {}


def test_unknown_names_are_refused_with_the_nearest(demo):
    with pytest.raises(UnknownName, match="Position"):
        frames.nodes(demo, label="Positon")
    with pytest.raises(UnknownName, match="HOLDS"):
        frames.edges(demo, type="HOLD")
    with pytest.raises(UnknownName):
        frames.nodes(demo, label="Load")
    with pytest.raises(NothingFound):
        frames.nodes(demo, dt.date(2030, 1, 1), "vp-so-tttt")


def test_pandas_has_typed_columns(demo):
    pandas = pytest.importorskip("pandas")
    table = frames.nodes(demo, label="Unit")
    frame = table.to_pandas()
    assert frame["valid_from"].dtype == "datetime64[s]"
    assert frame["temporary"].dtype == "boolean"
    assert frame["name"].tolist() == table.columns["name"]
    ended = frame[frame["valid_to"] <= pandas.Timestamp(2017, 8, 31)]
    expected = {row["id"] for row in table.rows() if row["valid_to"] and row["valid_to"] <= dt.date(2017, 8, 31)}
    assert set(ended["id"]) == expected != set()
    assert frames.nodes(demo, label="Position").to_pandas()["seats"].dtype == "Int64"


def test_polars_has_typed_columns(demo):
    polars = pytest.importorskip("polars")
    table = frames.nodes(demo, label="Unit")
    frame = table.to_polars()
    assert frame.schema["valid_from"] == polars.Date
    assert frame.schema["aliases"] == polars.List(polars.String)
    assert frame.to_dict(as_series=False) == table.columns


def test_arrow_has_typed_columns(demo):
    pyarrow = pytest.importorskip("pyarrow")
    table = frames.edges(demo, DAY)
    arrow = table.to_arrow()
    assert arrow.schema.field("valid_from").type == pyarrow.date32()
    assert arrow.to_pydict() == table.columns


@pytest.mark.parametrize("package", ["pandas", "polars", "pyarrow"])
def test_no_rows_have_the_same_types(demo, package):
    pytest.importorskip(package)
    convert = {"pandas": "to_pandas", "polars": "to_polars", "pyarrow": "to_arrow"}[package]
    none = frames.edges(demo, dt.date(1900, 1, 1), type="HOLDS")
    some = frames.edges(demo, DAY, type="HOLDS")
    assert len(none) == 0 < len(some)
    kinds = "dtypes" if package == "pandas" else "schema"
    empty, full = getattr(getattr(none, convert)(), kinds), getattr(getattr(some, convert)(), kinds)
    assert empty.equals(full) if hasattr(empty, "equals") else empty == full


@pytest.mark.parametrize("package", ["pandas", "polars", "pyarrow"])
def test_a_missing_package_is_named(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    table = frames.Table({"id": ["a"]}, {"id": "string"})
    convert = {"pandas": table.to_pandas, "polars": table.to_polars, "pyarrow": table.to_arrow}[package]
    with pytest.raises(UserError, match=f"pip install {package}"):
        convert()
