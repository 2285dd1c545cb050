"""The chart model: what a box says, which lines and legend entries there are."""

import datetime as dt

import pytest

from graph.errors import UserError
from queries.structure import Concurrent, Holder, OuterTie, Post, Structure, Tie, UnitNode
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
    assert box.footer == f"{samples.province().units['tu'].quota} biên chế"
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
    shown = [row.text for row in chart(samples.department(), show=("heads", "deputies")).boxes["so"].beside]
    assert shown == ["Đỗ Hữu Ước", "Phó Giám đốc (phụ trách)", "Vũ Ngọc Quỳnh", "Phó Giám đốc – suy đoán"]
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


def test_characters_that_the_font_lacks_are_explained() -> None:
    structure = samples.flat(2)
    structure.units["u1"].name = "مكتب"
    built = chart(structure)
    assert built.boxes["u1"].name == "????"
    assert any("phông chữ" in entry.text for entry in built.legend.signs)
    structure.units["u1"].name = "Sở nào?"
    assert not any("phông chữ" in entry.text for entry in chart(structure).legend.signs)


def test_titles_are_translated_where_the_vocabulary_knows_them() -> None:
    structure = samples.department()
    structure.units["vp"].posts[0].title = "Chánh Văn phòng Sở"
    built = chart(structure, "en", show=("heads", "deputies"))
    assert texts(built, "so")[1] == "Director"
    assert [row.text for row in built.boxes["so"].beside][1] == "Deputy director (in charge)"
    assert texts(built, "vp")[1] == "Chánh Văn phòng Sở"  # as it is recorded


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


def test_show_people_functions_and_figures() -> None:
    structure = samples.department()
    so = structure.units["so"]
    so.staff, so.functions = 1300, [f"Chức năng {n}" for n in range(6)]
    so.posts.append(Post("so/cv", "Chuyên viên", "staff", [Holder("s", "Hồ Văn Bảy")]))
    box = chart(structure, show=("heads", "people", "staff", "quota", "functions")).boxes["so"]
    assert [row.text for row in box.beside][-2:] == ["Hồ Văn Bảy", "Chuyên viên"]
    assert box.footer == "1.381 biên chế · 1.300 người"
    functions = [row.text for row in box.rows if row.style == "function"]
    assert functions == ["– Chức năng 0", "– Chức năng 1", "– Chức năng 2", "+3 chức năng khác"]
    assert chart(structure, show=("staff",)).boxes["so"].footer == "1.300 người"
    assert chart(structure, show=("quota",)).boxes["so"].footer == "1.381 biên chế"
    assert chart(structure, show=("heads",)).boxes["so"].beside == []


def test_many_people_are_shortened_and_marked_ones_kept() -> None:
    structure = samples.department()
    posts = structure.units["so"].posts
    posts[1].holders = [Holder(f"d{n}", f"Người {n}") for n in range(30)]
    structure.concurrents = [Concurrent("d25", "Người 25", ("so/pgd", "vp/head"), "extra")]
    structure.units["vp"].posts[0].holders = [Holder("d25", "Người 25")]
    beside = chart(structure, show=("heads", "deputies")).boxes["so"].beside
    people = [row for row in beside if row.style == "person"]
    most = load_style().most["people"]
    assert len(people) == most and people[-1].marks == (1,)
    assert beside[-1].text == f"+{30 - most} người"


def test_vacant_is_not_the_same_as_not_recorded() -> None:
    structure = samples.department()
    structure.units["vp"].posts[0].holders = []
    structure.units["vp"].posts[0].left = dt.date(2019, 1, 1)
    structure.units["so"].posts[1].seats = 3
    structure.units["tm"].posts.append(Post("tm/pgd", "Phó Giám đốc", "deputy"))
    built = chart(structure)
    assert next((row.text, row.style) for row in built.boxes["vp"].rows) == ("(khuyết)", "vacant")
    assert next((row.text, row.style) for row in built.boxes["tt"].rows) == ("(chưa ghi người giữ)", "unknown")
    assert built.boxes["tm"].beside == []
    notes = {entry.text.partition(":")[0] for entry in built.legend.signs if not entry.sample}
    assert {"“khuyết”", "“chưa ghi người giữ”"} <= notes
    asked = chart(structure, show=("heads", "vacant"))
    assert [row.text for row in asked.boxes["tm"].beside or asked.boxes["tm"].rows][-2:] == [
        "(chưa ghi người giữ)",
        "Phó Giám đốc",
    ]
    deputies = chart(structure, show=("heads", "deputies", "vacant")).boxes["so"].beside
    assert deputies[-2].text == "(chưa ghi 1/3 người)"


def test_where_hardly_anybody_is_recorded_the_legend_says_it_once() -> None:
    structure = samples.flat(5)
    for number in range(1, 6):
        structure.units[f"u{number}"].posts[0].holders = []
    structure.units["u5"].posts[0].left = dt.date(2018, 1, 1)
    built = chart(structure)
    assert [len(built.boxes[f"u{n}"].rows) for n in range(6)] == [2, 0, 0, 0, 0, 2]
    assert any("1/6 chức danh" in entry.text for entry in built.legend.signs)
    assert len(chart(structure, show=("heads", "vacant")).boxes["u1"].rows) == 2


def test_colours_by_level_and_status() -> None:
    structure = samples.department()
    structure.units["cb"].level = "commune"
    structure.units["tdp"].level = "hamlet"
    by_level = chart(structure, colour="level")
    assert {id_: by_level.boxes[id_].look for id_ in ("so", "cb", "tdp")} == {
        "so": "level:province", "cb": "level:commune", "tdp": "level:other",
    }  # fmt: skip
    assert [(e.sample, e.text) for e in by_level.legend.signs[:3]] == [
        ("level:province", "cấp tỉnh"), ("level:commune", "cấp xã"), ("level:other", "cấp khác"),
    ]  # fmt: skip
    by_status = chart(structure, "en", colour="status")
    assert [by_status.boxes[id_].look for id_ in ("so", "bc", "cntt", "bcd")] == [
        "status:official", "status:deduced", "status:inferred", "status:temporary",
    ]  # fmt: skip
    assert {"official unit", "temporary, coordinating"} <= {entry.text for entry in by_status.legend.signs}
    with pytest.raises(UserError, match="rainbow"):
        chart(structure, colour="rainbow")


def two_seals() -> Structure:
    units = {
        "h": UnitNode("h", "Huyện", "huyen", "district", "", children=["tu", "ub"]),
        "tu": UnitNode("tu", "Huyện ủy", "huyen_uy", "district", "party", children=["btc", "cq"]),
        "ub": UnitNode("ub", "UBND huyện", "ubnd", "district", "state", children=["nv"]),
        "btc": UnitNode("btc", "Ban Tổ chức Huyện ủy", "ban_to_chuc", "district", "party"),
        "cq": UnitNode("cq", "Cơ quan Tổ chức - Nội vụ", "to_chuc_hop_nhat", "district", "party"),
        "nv": UnitNode("nv", "Phòng Nội vụ", "phong", "district", "state"),
    }
    ties = [Tie("face", "btc", "cq"), Tie("face", "nv", "cq"), Tie("party", "ub", "tu")]
    return Structure("h", dt.date(2019, 1, 1), units, ties=ties)


def test_a_body_with_two_seals_has_its_sign_and_its_lines() -> None:
    built = chart(two_seals())
    assert built.boxes["cq"].signs == (("face", "2 dấu"),)
    assert {(c.kind, c.start, c.end) for c in built.connectors} == {
        ("face", "btc", "cq"), ("face", "nv", "cq"), ("party", "ub", "tu"),
    }  # fmt: skip
    shown = {entry.sample: entry.text for entry in built.legend.signs}
    assert shown["sign:face:2 dấu"] == "cơ quan hai con dấu"
    assert shown["connector:face:"] == "pháp nhân giữ con dấu riêng"


def test_many_ties_become_signs_on_the_boxes_and_one_entry_a_target() -> None:
    structure = samples.flat(8)
    structure.ties = [Tie("party", f"u{n}", "u8") for n in range(1, 8)]
    for number in range(1, 8):
        structure.units[f"u{number}"].name = f"Sở {number}"
    built = chart(structure)
    assert built.connectors == []
    assert all(built.boxes[f"u{n}"].signs == (("party", "Đảng"),) for n in range(1, 8))
    assert built.boxes["u8"].signs == ()
    ((_, entries),) = built.legend.lists
    assert len(entries) == 1 and "Sở 1, Sở 2, Sở 3" in entries[0].text
    assert "sign:party:Đảng" in {entry.sample for entry in built.legend.signs}


def test_ties_with_units_that_are_not_shown_have_signs() -> None:
    structure = samples.flat(2)
    structure.outer_ties = [
        OuterTie("party", "u1", "Đảng ủy UBND tỉnh"),
        OuterTie("face", "u2", "Phòng Nội vụ", inwards=True),
        OuterTie("serves", "u2", "Văn phòng chung", inwards=True),
    ]
    built = chart(structure)
    assert built.boxes["u1"].signs == (("party", "Đảng"),)
    assert built.boxes["u2"].signs == (("face", "2 dấu"),)  # being served is no sign of its own
    text = "; ".join(entry.text for entry in built.legend.lists[0][1])
    assert "Đảng ủy UBND tỉnh" in text and "Văn phòng chung – " in text


def test_units_of_one_name_are_told_apart_in_the_lists() -> None:
    structure = samples.chain(3)
    for id_, name in (("u0", "Sở Y tế"), ("u1", "Thanh tra"), ("u2", "Thanh tra")):
        structure.units[id_].name = name
    structure.ties = [Tie("guides", "u1", "u0")]
    assert "Thanh tra (Sở Y tế)" in chart(structure).legend.lists[0][1][0].text


def test_offices_and_units_set_apart() -> None:
    structure = samples.department()
    structure.units["vp"].kind = "van_phong"
    structure.units["tm"].children, structure.units["so"].children = ["cty"], ["vp", "tm"]
    built = chart(structure)
    assert {id_: built.boxes[id_].aside for id_ in built.boxes} == {"so": "", "vp": "office", "tm": "staff", "cty": ""}
    place = samples.province()
    place.units["tinh"].system = ""
    place.units["mttq"].system = "service"
    assert chart(place).boxes["mttq"].aside == ""  # under a place all is in the line


def test_models_are_named_in_both_languages() -> None:
    structure = samples.province()
    structure.concurrents[0] = Concurrent("Huỳnh Công Trưởng", "X", ("tu/head", "hdnd/head"), "dual", "CM1, VD1")
    structure.models = {"VD1": "Mô hình riêng"}
    text = chart(structure).legend.lists[0][1][0].text
    assert "CM1: Bí thư cấp ủy đồng thời là Chủ tịch HĐND" in text and "VD1: Mô hình riêng" in text
    assert "CM1: Secretary" in chart(structure, "en").legend.lists[0][1][0].text
