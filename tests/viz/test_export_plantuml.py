"""PlantUML WBS: each line is one of the forms that the language allows, and says what it must."""

import re

from queries.structure import Structure
from tests.viz import export_samples, samples
from tests.viz.test_writers import awkward
from viz import chart

# letters, single harmless signs, codes of others; tags and line ends of our own
TEXT = r"(?:[^\W_]|[^\x00-\x7f]|[ ,.()/+\-]|<U\+[0-9A-F]{4,6}>|</?[bs]>|\\n)+"
FORMS = [
    rf"title {TEXT}",
    rf"caption {TEXT}",
    rf"\*+\(u\d+\) {TEXT} <<\w+>>",
    r"u\d+ (?:->|\.\.>) u\d+",
    r"legend",
    rf"<back:#[0-9a-f]{{6}}>    </back> {TEXT}",
    TEXT,
    r"endlegend",
]


def source_of(structure: Structure, **values: object) -> str:
    return chart.render(structure, "puml", **values).decode("utf-8")  # type: ignore[arg-type]


def nodes_of(source: str) -> list[tuple[int, str, list[str]]]:
    """Depth, id and lines of each node, as a reader shows them."""
    nodes = []
    for stars, name, words in re.findall(r"^(\*+)\((u\d+)\) (.*) <<\w+>>$", source, re.M):
        words = re.sub(r"</?[bs]>", "", words)
        lines = [re.sub(r"<U\+([0-9A-F]+)>", lambda code: chr(int(code[1], 16)), line) for line in words.split(r"\n")]
        nodes.append((len(stars) - 1, name, lines))
    return nodes


def check_grammar(source: str) -> None:
    lines = source.splitlines()
    assert (lines[0], lines[-1]) == ("@startwbs", "@endwbs")
    end = lines.index("</style>")
    assert lines[1:3] == ["<style>", "wbsDiagram {"] and lines[end - 1] == "}"
    for line in lines[3 : end - 1]:
        assert re.fullmatch(r"  \.\w+ \{|    (?:BackgroundColor|FontColor|LineColor) #[0-9a-f]{6}|  \}", line), line
    for line in lines[end + 1 : -1]:
        assert any(re.fullmatch(form, line) for form in FORMS), line
        assert not re.search(r"--|//|\*\*.*\*\*|''|!|\$|%", re.sub(r"^\*+", "", line)), line


def test_every_line_is_a_form_of_the_language() -> None:
    for structure in (samples.department(), samples.province(), samples.tree(1), samples.chain(30), awkward()):
        check_grammar(source_of(structure, show=("heads", "deputies", "staff")))


def test_the_tree_is_the_structure() -> None:
    structure = samples.province()
    path: list[str] = []
    parents = {}
    for depth, _, lines in nodes_of(source_of(structure)):
        assert depth <= len(path)  # no level is left out
        del path[depth:]
        parents[lines[0]] = path[-1] if path else None
        path.append(lines[0])
    assert len(nodes_of(source_of(structure))) == len(structure.units)
    assert parents["Sở Nội vụ"] == "Ủy ban nhân dân tỉnh"
    assert parents["Tỉnh ủy"] == "Tỉnh Đồng Tháp"


def test_ties_are_arrows_and_explained() -> None:
    source = source_of(samples.department())
    names = {name: lines[0] for _, name, lines in nodes_of(source)}
    arrows = {(names[a], names[b]) for a, b in re.findall(r"^(u\d+) \.\.> (u\d+)$", source, re.M)}
    assert arrows == {
        ("Văn phòng Sở", "Trung tâm Hạ tầng thông tin"),
        ("Văn phòng Sở", "Thanh tra Sở"),
        ("Phòng Bưu chính, Viễn thông", "Chi bộ Văn phòng"),
    }
    legend = source.split("\nlegend\n")[1].split("\nendlegend\n")[0]
    assert "Văn phòng Sở → Thanh tra Sở, văn phòng phục vụ chung" in legend
    assert "1) Bùi Thị Hiền – Chánh Văn phòng, Văn phòng Sở" in legend
    assert "<back:#8c1a20>    </back> Đảng" in legend


def test_colours_are_stereotypes() -> None:
    source = source_of(samples.department())
    assert "  .system_party {\n    BackgroundColor #8c1a20\n    FontColor #ffffff" in source
    assert re.search(r"Chi bộ Văn phòng.* <<system_party>>", source)


def test_awkward_names_are_text() -> None:
    names = {lines[0] for _, _, lines in nodes_of(source_of(awkward()))}
    assert {"<script>alert(1)</script>", "Phòng \"A\" & 'B'", "ab"} <= names
    assert "<script>" not in source_of(awkward())


def test_markup_and_directives_in_names_are_text() -> None:
    structure = samples.flat(4)
    names = ["!include /etc/passwd", "**a** __b__ --c-- //d//", "@endwbs", "$x %date() <<other>> 'no"]
    for number, name in enumerate(names, 1):
        structure.units[f"u{number}"].name = name
    source = source_of(structure)
    check_grammar(source)
    assert {lines[0] for _, _, lines in nodes_of(source)} >= set(names)
    assert source.count("@endwbs") == 1


def test_trees_side_by_side_are_one_tree_since_the_language_has_one() -> None:
    made, options = export_samples.side_by_side(4)
    source = chart.render_chart(made, "puml", export_samples.ON, options).decode()
    assert len([line for line in source.splitlines() if line.startswith("* ")]) == 1
    tops = [lines[0] for depth, _, lines in nodes_of(source) if depth == 1]
    assert tops == ["Trước", "Sau"]


def test_what_charts_of_changes_and_findings_add() -> None:
    made, options = export_samples.marked()
    source = chart.render_chart(made, "puml", export_samples.ON, options).decode()
    names = {name: lines for _, name, lines in nodes_of(source)}
    assert names["u3"][:2] == ["Thanh tra Sở", "giải thể"] and "<s><b>Thanh tra Sở</b></s>" in source
    assert "u3 -> u2" in source
    assert "title Sở Thông tin và Truyền thông, tỉnh Vĩnh Phúc\\nTheo dữ liệu đến ngày 09/10/2019\\n2 đơn vị" in source
