"""The chart model: what a box says, which lines and legend entries there are."""

import datetime as dt

import pytest

from graph.errors import UserError
from queries.structure import Concurrent, Holder, Post, Structure, Tie, UnitNode
from tests.viz import samples
from viz.build import build
from viz.labels import Labels
from viz.model import Chart
from viz.style import load_style


def chart(structure: Structure, lang: str = "vi", **values: object) -> Chart:
    return build(structure, load_style(), Labels(lang), **values)  # type: ignore[arg-type]


def texts(built: Chart, unit: str) -> list[str]:
    return [row.text for row in built.boxes[unit].rows]


def test_a_box_has_head_title_and_staff() -> None:
    built = chart(samples.province())
    box = built.boxes["tu"]
    assert [(row.text, row.style, row.marks) for row in box.rows] == [
        ("Huỳnh Công Trưởng", "person", (1,)),
        ("Bí thư", "post", ()),
    ]
    assert box.footer == f"{samples.province().units['tu'].staff} biên chế"
    assert built.boxes["tinh"].rows == []


def test_thousands_are_written_as_the_language_does() -> None:
    assert chart(samples.department()).boxes["so"].footer == "1.381 biên chế"
    assert chart(samples.department(), "en").boxes["so"].footer == "staff quota 1,381"


def test_no_holder_modes_and_basis() -> None:
    built = chart(samples.department())
    assert texts(built, "tt") == ["(chưa ghi người giữ)", "Chánh Thanh tra"]
    assert texts(built, "bc") == ["Lý Quang Đạt", "Quyền Trưởng phòng – suy ra"]
    assert built.boxes["bc"].footer.endswith("· suy ra")
    assert (built.boxes["cntt"].border, built.boxes["bcd"].border) == ("inferred", "temporary")
    assert built.boxes["cntt"].badge == "+12 đơn vị"


def test_deputies_are_shown_when_asked() -> None:
    assert len(texts(chart(samples.department()), "so")) == 2
    shown = texts(chart(samples.department(), show=("heads", "deputies")), "so")
    assert shown[2:] == ["Đỗ Hữu Ước", "Phó Giám đốc (phụ trách)", "Vũ Ngọc Quỳnh", "Phó Giám đốc – suy đoán"]
    assert chart(samples.department(), show=("heads",)).boxes["so"].footer == ""


def test_a_concurrent_deputy_is_shown_unasked() -> None:
    units = {
        "a": UnitNode("a", "Tỉnh ủy", "k", "province", "party", children=["b"]),
        "b": UnitNode("b", "HĐND tỉnh", "k", "province", "state"),
    }
    who = Holder("p", "Trần Tuệ Hiền")
    units["a"].posts = [Post("a1", "Bí thư", "head"), Post("a2", "Phó Bí thư", "deputy", [who])]
    units["b"].posts = [Post("b1", "Chủ tịch", "head", [who])]
    held = [
        Concurrent("p", who.name, ("a2", "b1"), "dual", "CM7"),
        Concurrent("q", "X", ("a1", "off"), "dual"),
    ]
    built = chart(Structure("a", dt.date(2019, 1, 1), units, concurrents=held))
    assert texts(built, "a")[2:] == ["Trần Tuệ Hiền", "Phó Bí thư"]
    assert [(c.kind, c.start, c.end, c.mark) for c in built.connectors] == [("concurrent", "a", "b", 1)]
    heading, entries = built.legend.lists[0]
    assert heading == "Người giữ nhiều chức danh"
    assert len(entries) == 1  # a person with one post on the chart needs no mark
    assert entries[0].text.startswith("Trần Tuệ Hiền – Phó Bí thư, Tỉnh ủy; Chủ tịch, HĐND tỉnh (đồng thời, CM7")


def test_many_concurrent_holders_get_marks_without_connectors() -> None:
    structure = samples.flat(8)
    structure.concurrents = [Concurrent(f"p{n}", f"Người {n}", (f"u{n}/head", "u0/head"), "dual") for n in range(1, 9)]
    for n in range(1, 9):
        structure.units[f"u{n}"].posts[0].holders = [Holder(f"p{n}", f"Người {n}")]
    built = chart(structure)
    assert built.connectors == []
    assert [built.boxes[f"u{n}"].rows[0].marks for n in range(1, 9)] == [(n,) for n in range(1, 9)]
    assert len(built.legend.lists[0][1]) == 8


def test_ties() -> None:
    built = chart(samples.department())
    assert {(c.kind, c.start, c.end) for c in built.connectors} >= {
        ("serves", "vp", "tt"),
        ("party", "bc", "cb"),
    }
    assert built.legend.lists[-1][0] == "Quan hệ khác"
    assert "Phòng Công nghệ thông tin – Trung tâm Hạ tầng thông tin" in built.legend.lists[-1][1][0].text


def test_a_tie_to_a_unit_off_the_chart_is_left_out() -> None:
    structure = samples.flat(2)
    structure.ties = [Tie("serves", "u1", "elsewhere")]
    built = chart(structure)
    assert built.connectors == [] and built.legend.lists == []


def test_the_legend_has_what_is_used_and_nothing_else() -> None:
    samples_of = {entry.sample for entry in chart(samples.province()).legend.signs}
    assert samples_of == {
        "system:party", "system:state", "system:front", "system:service", "connector:concurrent:",
    }  # fmt: skip
    assert [e.sample for e in chart(samples.flat(3)).legend.signs] == ["system:state"]


def test_title_date_and_sources() -> None:
    built = chart(samples.department())
    assert built.title == "Sở Thông tin và Truyền thông, tỉnh Vĩnh Phúc"
    assert built.subtitle == "Theo dữ liệu đến ngày 09/10/2019"
    assert built.source.startswith("Nguồn: Quyết định số 1/QĐ-UBND;")
    assert built.source.endswith("và 3 văn bản khác")
    assert chart(samples.province()).title == "Tỉnh Đồng Tháp"  # the place is in the name
    assert chart(samples.province(), title="Bộ máy").title == "Bộ máy"
    assert chart(samples.department(), "en").subtitle == "Data as of 9 October 2019"


def test_a_cycle_is_named() -> None:
    structure = samples.chain(4)
    structure.units["u3"].children.append("u1")
    structure.units["u1"].name, structure.units["u3"].name = "Phòng A", "Phòng C"
    with pytest.raises(UserError) as error:
        chart(structure)
    assert "Phòng A" in error.value.message and "Phòng C" in error.value.message


def test_a_unit_under_two_parents_is_drawn_once() -> None:
    structure = samples.flat(3)
    structure.units["u1"].children.append("u3")
    built = chart(structure)
    assert built.boxes["u3"].parent == "u1"
    assert built.boxes["u0"].children == ["u1", "u2"]


def test_what_cannot_be_drawn() -> None:
    with pytest.raises(UserError, match="deputys"):
        chart(samples.flat(1), show=("deputys",))
    structure = samples.flat(1)
    structure.root = "nowhere"
    with pytest.raises(UserError, match="nowhere"):
        chart(structure)
    with pytest.raises(UserError, match="fr"):
        Labels("fr")
