"""GraphML: read back by networkx, and as XML for what yEd draws."""

import datetime as dt
from io import BytesIO
from xml.etree import ElementTree

import networkx as nx
import pytest

from queries.structure import Structure
from tests.viz import export_samples, samples
from tests.viz.test_writers import awkward
from viz import chart

Y = "{http://www.yworks.com/xml/graphml}"
G = "{http://graphml.graphdrawing.org/xmlns}"


def graph_of(structure: Structure, **values: object) -> "nx.MultiDiGraph[str]":
    return nx.read_graphml(BytesIO(chart.render(structure, "graphml", **values)))  # type: ignore[arg-type]


def xml_of(structure: Structure) -> ElementTree.Element:
    return ElementTree.fromstring(chart.render(structure, "graphml"))


def test_nodes_carry_what_is_recorded() -> None:
    structure = samples.department()
    structure.units["vp"].valid_from, structure.units["vp"].valid_to = dt.date(2014, 5, 20), dt.date(2025, 3, 1)
    nodes = {data["unit"]: data for _, data in graph_of(structure).nodes(data=True)}
    assert set(nodes) == set(structure.units)
    office = nodes["vp"]
    assert office["name"] == office["label"] == "Văn phòng Sở"
    assert (office["kind"], office["level"], office["system"]) == ("kind", "province", "state")
    assert office["head"] == "Bùi Thị Hiền"
    assert office["quota"] == structure.units["vp"].quota
    assert (office["valid_from"], office["valid_to"]) == ("2014-05-20", "2025-03-01")
    assert (office["colour"], office["r"], office["g"], office["b"]) == ("#2a6ab0", 0x2A, 0x6A, 0xB0)
    assert "quota" not in nodes["tdp"] and "head" not in nodes["tt"] and "valid_to" not in nodes["tt"]


def test_edges_say_what_they_are() -> None:
    structure = samples.department()
    graph = graph_of(structure)
    unit = nx.get_node_attributes(graph, "unit")
    edges = [(unit[start], unit[end], data) for start, end, data in graph.edges(data=True)]
    lines = {(start, end) for start, end, data in edges if data["kind"] == "line"}
    assert lines == {("so", child) for child in structure.units["so"].children}
    beside = {data["kind"]: (start, end, data.get("mark")) for start, end, data in edges if data["kind"] != "line"}
    assert beside == {
        "concurrent": ("vp", "tm", 1),
        "serves": ("vp", "tt", None),
        "party": ("bc", "cb", None),
    }
    (person,) = [data["label"] for _, _, data in edges if data["kind"] == "concurrent"]
    assert person == "(1) Bùi Thị Hiền"


def test_positions_are_those_of_the_chart() -> None:
    """In px with y upwards for Gephi, and as geometry from the upper left corner for yEd."""
    structure = samples.department()
    options = chart.Options()
    layout = chart.sheet_of(chart.model(structure, options), structure.on, options).layout
    places, high = layout.places, layout.height
    for _, data in graph_of(structure).nodes(data=True):
        place = places[data["unit"]]
        assert data["x"] == pytest.approx(place.x + place.width / 2, abs=0.1)
        assert data["y"] == pytest.approx(high - place.y - place.height / 2, abs=0.1)
    shapes = [
        [float(each.get(key, "")) for key in ("x", "y", "width", "height")]
        for each in xml_of(structure).iter(f"{Y}Geometry")
    ]
    assert shapes == [list(place[:4]) for place in places.values()]


def test_yed_shows_names_and_lines() -> None:
    structure = samples.department()
    root = xml_of(structure)
    keys = {key.get("id"): key.get("yfiles.type") for key in root.iter(f"{G}key")}
    for kind, shape in (("node", "ShapeNode"), ("edge", "PolyLineEdge")):
        for element in root.iter(f"{G}{kind}"):
            first = next(iter(element))
            assert keys[first.get("key")] == f"{kind}graphics" and first[0].tag == f"{Y}{shape}"
    labels = [" ".join((label.text or "").split()) for label in root.iter(f"{Y}NodeLabel")]
    for unit in structure.units.values():
        assert unit.name in labels
    assert any("Bùi Thị Hiền (1)" in label for label in labels)
    assert "+12 đơn vị" in labels
    styles = [line.get("type") for line in root.iter(f"{Y}LineStyle")]
    assert styles.count("dashed") == 3 and styles.count("line") == len(structure.units) - 1
    borders = [line.get("type") for line in root.iter(f"{Y}BorderStyle")]
    assert borders.count("dashed") == 2  # inferred and temporary


def test_lines_begin_and_end_at_the_boxes() -> None:
    root = xml_of(samples.province())
    boxes = {}
    for node in root.iter(f"{G}node"):
        shape = next(node.iter(f"{Y}Geometry"))
        boxes[node.get("id")] = [float(shape.get(key, "")) for key in ("x", "y", "width", "height")]
    for edge in root.iter(f"{G}edge"):
        path = next(edge.iter(f"{Y}Path"))
        for end, side in (("source", "s"), ("target", "t")):
            _, _, width, height = boxes[edge.get(end)]
            dx, dy = float(path.get(f"{side}x", "")), float(path.get(f"{side}y", ""))
            assert abs(dx) == pytest.approx(width / 2, abs=1) or abs(dy) == pytest.approx(height / 2, abs=1)


def test_awkward_names_are_text() -> None:
    structure = awkward()
    names = {data.get("name") for _, data in graph_of(structure).nodes(data=True)}
    assert {"<script>alert(1)</script>", "Phòng \"A\" & 'B'", ']]> <!-- \\N \\" {x|y}', "ab"} <= names
    assert b"<script>" not in chart.render(structure, "graphml")


def test_ids_are_safe_whatever_the_units_are_called() -> None:
    structure = samples.flat(2)
    structure.units = {f'<x> {key}\x01"': unit for key, unit in structure.units.items()}
    for key, unit in structure.units.items():
        unit.id, unit.children = key, [f'<x> {child}\x01"' for child in unit.children]
    structure.root = '<x> u0\x01"'
    graph = graph_of(structure)
    assert sorted(graph) == ["n1", "n2", "n3"]
    assert graph.nodes["n1"]["unit"] == '<x> u0"'


def test_trees_side_by_side_are_told_apart() -> None:
    made, options = export_samples.side_by_side(4)
    graph = nx.read_graphml(BytesIO(chart.render_chart(made, "graphml", export_samples.ON, options)))
    assert [data["side"] for _, data in graph.nodes(data=True)] == ["Trước"] * 4 + ["Sau"] * 4
