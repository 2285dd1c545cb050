"""Mermaid: each line is one of the few forms that the flowchart grammar allows, and says what it must."""

import json
import re

from queries.structure import Structure
from tests.viz import export_samples, samples
from tests.viz.test_writers import awkward
from viz import chart
from viz.exports.mermaid import MOST_EDGES

# letters and digits, harmless signs, codes of others, and the two tags of our own
LABEL = r"(?:[^\W_]|[ ,\-–….()/+“”]|#\d+;|<br/>|</?b>)*"
FORMS = [
    rf'[nl]\d+\["{LABEL}"\]:::\w+',
    r"n\d+ --- n\d+",
    rf'n\d+ (?:-\.-|-\.->|===|==>)(?:\|"{LABEL}"\|)? n\d+',
    r"l\d+(?: ~~~ l\d+)+",
    r"linkStyle \d+ stroke:#[0-9a-f]{6},stroke-width:[\d.]+px",
    r"classDef \w+ fill:#[0-9a-f]{6},color:#[0-9a-f]{6},stroke:#[0-9a-f]{6}",
    r"classDef \w+ stroke-dasharray:[\d. ]+",
    r"classDef ghost opacity:0.6,text-decoration:line-through",
    r"class n\d+(?:,n\d+)* \w+",
    r"%% [^{}]*",
]


def source_of(structure: Structure, **values: object) -> str:
    return chart.render(structure, "mmd", **values).decode("utf-8")  # type: ignore[arg-type]


def labels_of(source: str) -> dict[str, str]:
    """Each node's text as a viewer shows it, line by line."""
    labels = {}
    for node, label in re.findall(r'^  ([nl]\d+)\["(.*)"\]', source, re.M):
        words = re.sub(r"</?b>", "", label).replace("<br/>", "\n")
        labels[node] = re.sub(r"#(\d+);", lambda code: chr(int(code[1])), words)
    return labels


def check_grammar(source: str) -> list[str]:
    head, title, foot, kind, *lines = source.splitlines()
    assert (head, foot, kind) == ("---", "---", "flowchart TD")
    assert json.loads(title.removeprefix("title: "))
    for line in lines:
        assert any(re.fullmatch(form, line.removeprefix("  ")) for form in FORMS), line
    return lines


def test_every_line_is_a_form_of_the_grammar() -> None:
    for structure in (samples.department(), samples.province(), samples.tree(1), samples.chain(30), awkward()):
        check_grammar(source_of(structure, show=("heads", "deputies", "staff")))


def test_the_tree_and_what_is_beside_it() -> None:
    structure = samples.department()
    source = source_of(structure)
    labels = labels_of(source)
    named = {node: label.split("\n")[0] for node, label in labels.items() if node.startswith("n")}
    assert list(named.values()) == [unit.name for unit in structure.units.values()]
    children = {named[child] for child in re.findall(r"^  n1 --- (n\d+)$", source, re.M)}
    assert children == {structure.units[child].name for child in structure.units["so"].children}
    links = {
        (named[a], named[b], words) for a, words, b in re.findall(r'^  (n\d+) -\.-\|"(.*)"\| (n\d+)$', source, re.M)
    }
    assert links == {
        ("Văn phòng Sở", "Trung tâm Hạ tầng thông tin", "(1) Bùi Thị Hiền"),
        ("Văn phòng Sở", "Thanh tra Sở", "văn phòng phục vụ chung"),
        ("Phòng Bưu chính, Viễn thông", "Chi bộ Văn phòng", "cấp ủy lãnh đạo"),
    }
    assert labels["n2"] == f"Văn phòng Sở\nBùi Thị Hiền (1)\nChánh Văn phòng\n{structure.units['vp'].quota} biên chế"


def test_link_styles_belong_to_the_links_beside_the_tree() -> None:
    lines = check_grammar(source_of(samples.department()))
    links = [line for line in lines if re.match(r"  n\d+ [-=]", line)]
    styled = [links[int(line.split()[1])] for line in lines if line.startswith("  linkStyle")]
    assert styled == [link for link in links if "---" not in link]


def test_colours_are_those_of_the_systems_and_explained() -> None:
    source = source_of(samples.department())
    assert "classDef system_party fill:#8c1a20,color:#ffffff,stroke:#8c1a20" in source
    assert re.search(r"n10\[.*\]:::system_party", source)
    said = {label for node, label in labels_of(source).items() if node.startswith("l")}
    assert {"Đảng", "Nhà nước", "Mặt trận và đoàn thể"} <= said
    assert not any(node.startswith("l") for node in labels_of(source_of(samples.flat(3))))  # one colour


def test_awkward_names_are_text() -> None:
    structure = awkward()
    source = source_of(structure)
    names = {label.split("\n")[0] for label in labels_of(source).values()}
    assert {"<script>alert(1)</script>", "Phòng \"A\" & 'B'", ']]> <!-- \\N \\" {x|y}'} <= names
    assert "<script>" not in source


def test_a_name_that_would_begin_a_list_is_text() -> None:
    structure = samples.flat(3)
    for unit, name in zip(("u1", "u2", "u3"), ("1. Phòng Một", "- Phòng Hai", "end"), strict=True):
        structure.units[unit].name = name
    source = source_of(structure)
    assert "<b>1#46; Phòng Một</b>" in source and "<b>#45; Phòng Hai</b>" in source
    assert {"1. Phòng Một", "- Phòng Hai", "end"} <= {label.split("\n")[0] for label in labels_of(source).values()}


def test_what_viewers_do_not_take_by_themselves_is_said() -> None:
    assert "maxEdges" in source_of(samples.flat(MOST_EDGES + 1))
    assert "maxEdges" not in source_of(samples.flat(20))


def test_what_charts_of_changes_and_findings_add() -> None:
    made, options = export_samples.marked()
    source = chart.render_chart(made, "mmd", export_samples.ON, options).decode()
    labels = labels_of(source)
    assert labels["n3"].startswith("Thanh tra Sở\ngiải thể")
    assert labels["n4"].startswith("Phòng Bưu chính, Viễn thông [1] [2]\n")
    assert re.search(r'n3 ==>\|"hợp nhất vào"\| n2', source)
    assert re.search(r'n4 -\.-\|"#91;1#93;"\| n5', source)
    assert "class n3 ghost" in source


def test_hostile_texts_are_text() -> None:
    made, options = export_samples.hostile()
    check_grammar(chart.render_chart(made, "mmd", export_samples.ON, options).decode())
