"""DOT: read by a Graphviz, positions kept, text escaped."""

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from graph.errors import BomayError, UserError
from tests.viz import export_samples, samples
from tests.viz.test_layout import laid
from tests.viz.test_writers import awkward
from viz import chart, dot

PURE = Path(sys.executable).parent / "graphviz-pure"


def graphviz(source: bytes, *options: str) -> str:
    done = subprocess.run([PURE, *options], input=source, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def test_positions_are_kept() -> None:
    """Graphviz draws every node where the layout has put it, and every line."""
    structure = samples.department()
    result = laid(structure)
    source = chart.render(structure, "dot", show=("heads", "deputies", "staff"))
    plain = graphviz(source, "-Kneato", "-n2", "-Tplain").splitlines()
    nodes = {
        line.split()[1]: [float(part) for part in line.split()[2:4]]
        for line in plain
        if line.startswith("node") and not line.startswith('node "chart legend"')
    }
    assert set(nodes) == set(structure.units)
    first = nodes["so"]
    root = result.places["so"]
    for unit, box in result.places.items():
        right = (box.x + box.width / 2 - root.x - root.width / 2) / 72
        down = (box.y + box.height / 2 - root.y - root.height / 2) / 72
        assert nodes[unit] == pytest.approx([first[0] + right, first[1] - down], abs=0.02)
    edges = [line for line in plain if line.startswith("edge") and line.split()[-2] != "invis"]
    assert len(edges) == len(structure.units) - 1 + 3  # two ties and a concurrent holder


def test_awkward_names_are_text_for_graphviz() -> None:
    source = chart.render(awkward(), "dot")
    assert "&lt;script&gt;" in source.decode()
    root = ElementTree.fromstring(graphviz(source, "-Kneato", "-n2", "-Tsvg"))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any("<script>alert(1)</script>" in (text or "") for text in texts)
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))


def test_ids_with_colons_and_quotes_are_no_ports() -> None:
    structure = samples.flat(2)
    structure.units = {f'x:{key}"': unit for key, unit in structure.units.items()}
    for key, unit in structure.units.items():
        unit.id, unit.children = key, [f'x:{child}"' for child in unit.children]
    structure.root = 'x:u0"'
    plain = graphviz(chart.render(structure, "dot"), "-Kneato", "-n2", "-Tplain")
    assert len([line for line in plain.splitlines() if line.startswith("node")]) == 4  # and the legend


def test_dot_lays_it_out_again() -> None:
    svg = graphviz(chart.render(samples.department(), "dot"), "-Tsvg")
    assert "Trung tâm Hạ tầng thông tin" in svg


def test_what_charts_of_changes_and_findings_add() -> None:
    made, options = export_samples.marked()
    source = chart.render_chart(made, "dot", export_samples.ON, options)
    svg = graphviz(source, "-Kneato", "-n2", "-Tsvg")
    root = ElementTree.fromstring(svg)
    texts = ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]
    for words in ("giải thể", "hợp nhất", "2 dấu", "[1] · [2]"):
        assert any(words in text for text in texts), words
    assert "Chỉ đạo, điều phối chuyển đổi số" in " ".join(texts)
    assert 'text-decoration="line-through"' in svg  # the unit that is no more, and who left
    assert "#f1e6f6" in svg  # the colour of merged units
    lines = source.decode().splitlines()
    (merged,) = [line for line in lines if "tt -> vp" in line]
    assert "arrowhead=normal" in merged and "style=solid" in merged and "constraint=false" in merged
    (overlap,) = [line for line in lines if "bc -> cntt" in line and "invis" not in line]
    assert 'xlabel="(1)"' in overlap and "style=dashed" in overlap


def test_dot_stacks_leaves_when_it_lays_out_again() -> None:
    """Forty units in one row would be as wide as a wall."""
    plain = graphviz(chart.render(samples.flat(40), "dot"), "-Tplain").splitlines()
    width, height = (float(part) for part in plain[0].split()[2:4])
    assert width < 3 * height


def test_the_bundled_engine_draws_svg_and_png() -> None:
    svg = chart.render(samples.province(), "svg", engine="graphviz").decode()
    assert "Sở Nội vụ" in svg and svg.count('class="node"') == len(samples.province().units) + 1
    assert chart.render(samples.flat(2), "png", engine="graphviz").startswith(b"\x89PNG")
    laid_out = chart.render(samples.flat(2), "dot", engine="graphviz").decode()
    assert "bb=" in laid_out


def test_what_an_engine_cannot_do_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="pdf") as error:
        chart.render(samples.flat(1), "pdf", engine="graphviz")
    assert "own" in error.value.remedy
    with pytest.raises(UserError, match="graphml"):
        chart.render(samples.flat(1), "graphml", engine="graphviz")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(UserError, match="dot"):
        chart.render(samples.flat(1), "pdf", engine="dot")


def test_a_failing_engine_is_reported() -> None:
    with pytest.raises(BomayError, match="failed"):
        dot.run_graphviz("digraph {", "svg", "graphviz")
