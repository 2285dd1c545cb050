"""A chart as GraphML: attributes for Gephi and networkx, shapes and positions for yEd.

networkx writes the graph with typed attributes; the elements by which yEd draws (the namespace y:)
are put beside them, as yEd does itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from viz import fonts
from viz.boxes import TextRow, row_x
from viz.drawing import Points
from viz.exports.text import box_lines, box_name, connector_words, headings, plain
from viz.layout import Place
from viz.model import Chart, Connector
from viz.paint import connector_colour, connector_ways
from viz.sheet import Sheet
from viz.style import LineStyle, Style

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_Y = "http://www.yworks.com/xml/graphml"
_NODE, _EDGE = "yn", "ye"  # keys of the elements for yEd


def graphml(sheet: Sheet) -> bytes:
    """The GraphML file of a chart.

    Nodes have label, unit, name, kind, level, system, head, staff (at work), quota, valid_from, valid_to (dates as
    YYYY-MM-DD), colour, r, g, b, and x, y: the middle in px, y upwards as Gephi has it. Edges have
    kind: line, or the connector's (concurrent, serves, party …), label and mark. What is not
    recorded is left out.
    """
    import networkx as nx

    graph = _graph(sheet)
    out = BytesIO()
    nx.write_graphml_xml(graph, out, encoding="utf-8")
    return _with_shapes(out.getvalue(), sheet)


def _graph(sheet: Sheet) -> MultiDiGraph[str]:
    import networkx as nx

    chart, style, high = sheet.chart, sheet.style, sheet.layout.height
    graph: MultiDiGraph[str] = nx.MultiDiGraph(title=plain(chart.title), date=sheet.on.isoformat())
    sides = _sides(sheet.chart)
    for unit, name in _ids(sheet).items():
        box, place = chart.boxes[unit], sheet.layout.places[unit]
        facts, look = box.facts, style.look(box.look)
        values = {
            "label": box_name(box),
            "unit": plain(unit),
            "name": plain(box.name),
            "kind": facts.kind,
            "level": facts.level,
            "system": plain(box.system),
            "head": "; ".join(plain(head) for head in facts.heads),
            "staff": facts.staff,
            "quota": facts.quota,
            "side": sides.get(unit, ""),
            "valid_from": facts.valid_from.isoformat() if facts.valid_from else "",
            "valid_to": facts.valid_to.isoformat() if facts.valid_to else "",
            "text": "\n".join(box_lines(box)),
            "colour": look.fill,
            **{part: int(look.fill[at : at + 2], 16) for part, at in (("r", 1), ("g", 3), ("b", 5))},
            "x": round(place.x + place.width / 2, 1),
            "y": round(high - place.y - place.height / 2, 1),
        }
        graph.add_node(name, **{key: value for key, value in values.items() if value not in ("", None)})
    for key, start, end, connector in _edges(sheet):
        graph.add_edge(start, end, key=key, **_edge_values(sheet, connector))
    return graph


def _sides(chart: Chart) -> dict[str, str]:
    """For each unit what its tree shows, where trees stand side by side."""
    above = headings(chart)
    sides: dict[str, str] = {}
    for unit, box in chart.boxes.items():
        sides[unit] = above.get(unit) or sides.get(box.parent or "", "")
    return sides


def _ids(sheet: Sheet) -> dict[str, str]:
    return {unit: f"n{number}" for number, unit in enumerate(sheet.chart.boxes, 1)}


def _edges(sheet: Sheet) -> Iterable[tuple[str, str, str, Connector | None]]:
    """Key, start, end of each edge, with the connector where it is none of the tree."""
    ids, number = _ids(sheet), 0
    for unit, box in sheet.chart.boxes.items():
        if box.parent:
            number += 1
            yield f"e{number}", ids[box.parent], ids[unit], None
    for connector in sheet.chart.connectors:
        number += 1
        yield f"e{number}", ids[connector.start], ids[connector.end], connector


def _edge_values(sheet: Sheet, connector: Connector | None) -> dict[str, object]:
    if connector is None:
        return {"kind": "line"}
    values: dict[str, object] = {"kind": connector.kind}
    if words := connector_words(connector, sheet.chart):
        values["label"] = words
    if connector.mark:
        values["mark"] = connector.mark
    return values


def _with_shapes(source: bytes, sheet: Sheet) -> bytes:
    """The file with the elements for yEd ahead of the other data of each node and edge."""
    ET.register_namespace("", _GRAPHML)
    ET.register_namespace("y", _Y)
    root = ET.fromstring(source)  # noqa: S314  (our own file)
    for number, (key, target) in enumerate(((_NODE, "node"), (_EDGE, "edge"))):
        attributes = {"id": key, "for": target, "yfiles.type": f"{target}graphics"}
        root.insert(number, ET.Element(f"{{{_GRAPHML}}}key", attributes))
    units = list(sheet.chart.boxes)
    for unit, node in zip(units, root.iter(f"{{{_GRAPHML}}}node"), strict=True):
        data = ET.Element(f"{{{_GRAPHML}}}data", {"key": _NODE})
        data.append(_shape(sheet.layout.places[unit], sheet.style))
        node.insert(0, data)
    ways = _ways(sheet)
    connectors = {key: connector for key, _, _, connector in _edges(sheet)}
    for edge in root.iter(f"{{{_GRAPHML}}}edge"):
        key = edge.get("id", "")
        data = ET.Element(f"{{{_GRAPHML}}}data", {"key": _EDGE})
        ends = [sheet.layout.places[units[int(edge.get(end, "")[1:]) - 1]] for end in ("source", "target")]
        data.append(_line(ways[key], ends, connectors[key], sheet.style))
        edge.insert(0, data)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _shape(place: Place, style: Style) -> ET.Element:
    box = place.sized.box
    look, border = style.look(box.look), style.borders[box.border]
    shape = ET.Element(f"{{{_Y}}}ShapeNode")
    size = {"x": place.x, "y": place.y, "width": place.width, "height": place.height}
    _add(shape, "Geometry", **{key: f"{value:g}" for key, value in size.items()})
    _add(shape, "Fill", color=look.fill, transparent="false")
    _add(shape, "BorderStyle", color=look.edge, type="dashed" if border.dash else "line", width=f"{border.width:g}")
    header = [row for row in place.sized.rows if row.style in ("root", "name")]
    below = [row for row in place.sized.rows if row.style not in ("root", "name")]
    columns = [[row for row in below if row.column == column] for column in (0, 1)]
    name = style.text["root" if box.depth == 0 else "name"]
    where = "t" if below or box.badge else "c"
    _label(shape, "\n".join(row.text for row in header), name.size, "bold", look.ink, where)
    if columns[1]:  # deputies beside the head: each column where the chart has it
        for rows in columns:
            left = min(row_x(row, place.sized, place.width, style) for row in rows)
            _label(shape, _words(rows), style.text["post"].size, "plain", look.ink, (left, rows[0].top))
    elif below:
        _label(shape, _words(below), style.text["post"].size, "plain", look.ink, "b")
    if box.badge:
        _label(shape, plain(box.badge), style.text["badge"].size, "bold", style.colour["ink"], "s", "sides")
    _add(shape, "Shape", type="rectangle")
    return shape


def _words(rows: list[TextRow]) -> str:
    return "\n".join(row.text + "".join(f" ({mark})" for mark in row.marks) for row in rows)


def _label(
    shape: ET.Element,
    words: str,
    size: float,
    face: str,
    ink: str,
    where: str | tuple[float, float],
    model: str = "internal",
) -> None:
    """A text of a node: at a side, or at a point from its upper left corner."""
    if isinstance(where, tuple):
        at = {"modelName": "free", "modelPosition": "anywhere", "x": f"{where[0]:g}", "y": f"{where[1]:g}"}
    else:
        at = {"modelName": model, "modelPosition": where}
    label = _add(
        shape,
        "NodeLabel",
        alignment="center",
        autoSizePolicy="content",
        fontFamily=fonts.FAMILY,
        fontSize=f"{round(size)}",
        fontStyle=face,
        hasBackgroundColor="false",
        hasLineColor="false",
        textColor=ink,
        visible="true",
        **at,
    )
    label.text = words


def _ways(sheet: Sheet) -> dict[str, Points]:
    """The way of each edge where it has one on the chart."""
    layout = sheet.layout
    drawn = list(connector_ways(sheet.chart, layout, sheet.style))
    ways: dict[str, Points] = {}
    units = {name: unit for unit, name in _ids(sheet).items()}
    for key, _, end, connector in _edges(sheet):
        if connector is None:
            ways[key] = layout.links.get(units[end], ())
        else:
            ways[key] = next((way for each, way in drawn if each is connector), ())
    return ways


def _line(way: Points, ends: list[Place], connector: Connector | None, style: Style) -> ET.Element:
    edge = ET.Element(f"{{{_Y}}}PolyLineEdge")
    line = style.connectors[connector.kind] if connector else LineStyle(1.2, ())
    colour = connector_colour(connector, style) if connector else style.colour["line"]
    path = _add(edge, "Path", **_ends(way, ends))
    for x, y in way[1:-1]:
        _add(path, "Point", x=f"{x:g}", y=f"{y:g}")
    _add(edge, "LineStyle", color=colour, type="dashed" if line.dash else "line", width=f"{line.width:g}")
    _add(edge, "Arrows", source="none", target="standard" if connector and connector.arrow else "none")
    if connector is not None and (connector.mark or connector.sign):
        label = _add(edge, "EdgeLabel", fontFamily=fonts.FAMILY, fontSize="9", textColor=colour, visible="true")
        label.text = f"({connector.mark})" if connector.mark else plain(connector.sign)
    _add(edge, "BendStyle", smoothed="false")
    return edge


def _ends(way: Points, ends: list[Place]) -> dict[str, str]:
    """Where the line begins and ends, from the middles of its boxes."""
    values = {}
    for side, point, place in zip("st", (way[:1], way[-1:]), ends, strict=True):
        for x, y in point or ((place.x + place.width / 2, place.y + place.height / 2),):
            values[f"{side}x"] = f"{x - place.x - place.width / 2:g}"
            values[f"{side}y"] = f"{y - place.y - place.height / 2:g}"
    return values


def _add(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{_Y}}}{name}", attributes)
