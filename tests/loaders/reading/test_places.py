"""Places read with the map of the text's day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from loaders.load import load
from loaders.reading.atlas import Atlas
from loaders.reading.document import make_document
from loaders.reading.facts import Reading
from loaders.reading.output import rows, to_yaml
from loaders.reading.read import read_document

OLD, NEW, OPEN = Atlas(dt.date(2019, 5, 1)), Atlas(dt.date(2025, 8, 1)), Atlas()


def read(text: str, published: str = "") -> Reading:
    title = "Một tiêu đề đủ dài cho bài báo về sắp xếp bộ máy"
    return read_document(make_document("bai.txt", "\n\n".join([title, f"Ngày {published}" if published else "", text])))


def placed(reading: Reading) -> dict[str, tuple[str | None, str]]:
    return {unit.name: (unit.place, unit.place_basis) for unit in reading.units.units}


def place_rows(*readings: Reading) -> dict[str, dict[str, Any]]:
    return {row.get("id", row["name"]): row for row in rows(readings)["places"]}


@pytest.mark.parametrize(
    ("atlas", "name", "home", "full"),
    [
        (OLD, "Lộc Ninh", "tỉnh Bình Phước", "huyện Lộc Ninh"),
        (NEW, "Lộc Ninh", "tỉnh Đồng Nai", "xã Lộc Ninh"),
        (OPEN, "Lộc Ninh", "tỉnh Bình Phước", "huyện Lộc Ninh"),  # a province that only one map has
        (OPEN, "Đông Anh", "thành phố Hà Nội", None),  # a district then, a commune now
        (OLD, "Lộc Ninh", "tỉnh Hà Lâm", None),  # a province that is on no map
        (OLD, "Lộc Ninh", None, None),
        (OLD, "Rừng Thơm", "tỉnh Bình Phước", None),
    ],
)
def test_a_name_without_its_kind(atlas: Atlas, name: str, home: str | None, full: str | None) -> None:
    assert atlas.full_name(name, home) == full


@pytest.mark.parametrize(
    ("atlas", "full", "home", "above"),
    [
        (OLD, "huyện Lộc Ninh", None, "tỉnh Bình Phước"),
        (OLD, "huyện Châu Thành", None, None),
        (OLD, "huyện Châu Thành", "tỉnh Long An", "tỉnh Long An"),
        (OLD, "huyện Lộc Ninh", "tỉnh Đồng Nai", None),  # another one, in a province that has none
        (NEW, "huyện Lộc Ninh", "tỉnh Đồng Nai", "tỉnh Bình Phước"),  # what it was
        (NEW, "xã Lộc Ninh", "tỉnh Đồng Nai", "tỉnh Đồng Nai"),
        (OLD, "phường Tân Đồng", "tỉnh Bình Phước", "thành phố Đồng Xoài"),
        (OLD, "huyện Phú Vang", None, "tỉnh Thừa Thiên Huế"),
        (OLD, "thành phố Cần Thơ", None, None),
        (Atlas(dt.date(2026, 6, 1)), "xã Lộc Ninh", "tỉnh Đồng Nai", "thành phố Đồng Nai"),  # renamed on 30 April
        (OLD, "khu vực Lộc Ninh", "tỉnh Bình Phước", None),
    ],
)
def test_what_a_place_lies_in(atlas: Atlas, full: str, home: str | None, above: str | None) -> None:
    found = atlas.above(full, home)
    assert (found.full if found else None) == above


def test_the_province_is_that_of_all_named_districts() -> None:
    assert OLD.province_of(["huyện Lộc Ninh", "thị xã Phước Long"]) == "tỉnh Bình Phước"
    assert NEW.province_of(["huyện Lộc Ninh"]) == "tỉnh Đồng Nai"
    assert OPEN.province_of(["huyện Lộc Ninh"]) == "tỉnh Bình Phước"
    assert OPEN.province_of(["xã Lộc Ninh", "xã Phú Riềng"]) == "tỉnh Đồng Nai"
    assert OLD.province_of(["huyện Châu Thành"]) is None
    assert OLD.province_of(["huyện Lộc Ninh", "huyện Mường La"]) is None
    assert OLD.province_of(["huyện Lộc Ninh", "huyện Rừng Thơm"]) is None  # made up: nothing is sure
    assert OLD.province_of(["xã Lộc Hòa"]) is None


TEXT = (
    "Huyện ủy Lộc Ninh và thị xã Phước Long đã họp. Phòng Nội vụ Lộc Ninh có 5 biên chế. "
    "Đảng ủy Tân Đồng có 8 biên chế. Sở Y tế cũng vậy."
)


def test_a_text_of_2019_is_read_with_the_map_of_2019() -> None:
    reading = read(TEXT, "5/3/2019")
    assert reading.units.home == "tỉnh Bình Phước"
    assert placed(reading) == {
        "Huyện ủy": ("huyện Lộc Ninh", "stated"),
        "Phòng Nội vụ": ("huyện Lộc Ninh", "stated"),
        "Đảng ủy phường": ("phường Tân Đồng", "deduced"),
        "Sở Y tế": ("tỉnh Bình Phước", "deduced"),
    }
    found = place_rows(reading)
    assert (found["phường Tân Đồng"]["within"], found["phường Tân Đồng"]["#rule"]) == (
        "thành phố Đồng Xoài",
        "place-map",
    )
    assert found["thành phố Đồng Xoài"]["within"] == "tỉnh Bình Phước"
    assert {row["basis"] for row in found.values()} == {"deduced"}


def test_a_text_after_the_day_is_read_with_the_new_map() -> None:
    text = "Hội Nông dân Phú Riềng, tỉnh Đồng Nai có 3 biên chế. Đảng ủy Lộc Ninh có 20 biên chế."
    assert placed(read(text, "5/9/2025")) == {
        "Hội Nông dân xã": ("xã Phú Riềng", "deduced"),
        "Đảng ủy xã": ("xã Lộc Ninh", "deduced"),
    }


def test_homonyms_of_two_documents_are_two_places(store: Any, tmp_path: Any) -> None:
    one = read("UBND huyện Châu Thành, tỉnh Long An có 90 biên chế.", "5/3/2018")
    other = read("UBND huyện Châu Thành, tỉnh Tiền Giang có 80 biên chế.", "5/3/2018")
    third = read("UBND huyện Châu Thành có 70 biên chế.", "5/3/2018")
    found = place_rows(one, other, third)
    towns = {name: row.get("within") for name, row in found.items() if row["name"] == "huyện Châu Thành"}
    assert sorted(str(within) for within in towns.values()) == ["None", "tỉnh Long An", "tỉnh Tiền Giang"]
    assert next(row for row in found.values() if "within" not in row and row["kind"] == "huyen")["note"]
    assert len({row["id"] for row in rows([one, other, third])["units"]}) == 3
    file = tmp_path / "facts.yaml"
    file.write_text(to_yaml(rows([one, other])), encoding="utf-8")
    load(store, [file])
    within = "MATCH (u:Unit)-[:LOCATED_IN]->(p:Place)-[:WITHIN]->(q:Place) RETURN q.name ORDER BY q.name"
    assert store.read(within).rows == [["tỉnh Long An"], ["tỉnh Tiền Giang"]]


def test_of_homonyms_in_the_graph_the_one_in_the_province_is_taken(store: Any, tmp_path: Any) -> None:
    known = tmp_path / "known.yaml"
    known.write_text(
        "places:\n  - {id: dn, name: tỉnh Đồng Nai, kind: tinh}\n  - {id: tn, name: tỉnh Tây Ninh, kind: tinh}\n"
        "  - {id: dn-ln, name: xã Lộc Ninh, kind: xa, within: dn}\n"
        "  - {id: tn-ln, name: xã Lộc Ninh, kind: xa, within: tn}\n",
        encoding="utf-8",
    )
    load(store, [known])
    file = tmp_path / "facts.yaml"
    reading = read("UBND xã Lộc Ninh, tỉnh Đồng Nai có 40 biên chế.", "5/9/2025")
    file.write_text(to_yaml(rows([reading])), encoding="utf-8")
    load(store, [file])
    assert store.read("MATCH (u:Unit)-[:LOCATED_IN]->(p:Place) RETURN p.id").rows == [["dn-ln"]]
    assert store.read("MATCH (p:Place) RETURN count(p)").rows == [[4]]


def test_what_the_text_says_goes_before_the_map() -> None:
    reading = read("UBND xã Tân Lập, huyện Bù Đăng, tỉnh Bình Phước có 20 biên chế.", "5/3/2019")
    row = place_rows(reading)["xã Tân Lập"]
    assert (row["within"], row["basis"]) == ("huyện Bù Đăng", "stated")


def test_names_of_a_list_get_the_kind_that_the_map_has() -> None:
    text = "Tỉnh Bình Phước: tại thị xã Phước Long, Bù Đăng đã xong; các huyện, thị xã: Lộc Ninh, Bình Long đang làm."
    items = [i.value for s in read_items(text) for i in s.items if i.symbol == "P"]
    assert [place.full for place in items] == [
        *("tỉnh Bình Phước", "thị xã Phước Long", "huyện Bù Đăng"),
        *("huyện Lộc Ninh", "thị xã Bình Long"),
    ]


def read_items(text: str) -> Any:
    from loaders.reading.register import register
    from loaders.reading.scan import sentences

    found = list(sentences(make_document("t", text)))
    register(found, OLD)
    return found


def test_places_with_numbers_and_places_called_like_people() -> None:
    reading = read("Đảng ủy Phường 6, Quận 3 và Đảng ủy phường Võ Thị Sáu chung văn phòng. Quận ủy Quận 3 họp.")
    assert [u.place for u in reading.units.units] == ["phường 6", "phường Võ Thị Sáu", "quận 3"]
    assert place_rows(reading)["phường 6"]["within"] == "quận 3"


def test_a_hospital_keeps_a_name_that_is_only_a_place() -> None:
    reading = read("Bệnh viện Đống Đa, thành phố Hà Nội có 300 biên chế. Trung tâm Y tế Đống Đa có 90.", "5/3/2019")
    assert placed(reading) == {
        "Bệnh viện Đống Đa": ("quận Đống Đa", "deduced"),
        "Trung tâm Y tế": ("quận Đống Đa", "deduced"),
    }


def test_posts_are_in_the_units_that_the_map_placed() -> None:
    text = (
        "Đồng Nai có 95 xã, phường. Ông Lê Minh Chánh, Bí thư Đảng ủy Bù Đăng, chủ trì. UBND Phú Riềng có 9 biên chế. "
        "Thành ủy Huế cử đoàn đến. Thị xã Phước Long và huyện Phú Riềng là tên cũ."
    )
    reading = read(text, "2/10/2025")
    assert reading.units.home == "tỉnh Đồng Nai"  # in which the two former districts lie, not Huế
    (held,) = reading.of("holdings")
    assert (held.values["unit"].name, held.values["unit"].place) == ("Đảng ủy xã", "xã Bù Đăng")
    assert placed(reading)["Ủy ban nhân dân xã"] == ("xã Phú Riềng", "deduced")
    assert [u.level for u in reading.units.units if u.kind == "thanh_uy"] == ["province"]


@pytest.mark.parametrize("name", ["Rừng Thơm", "Lộc Nin"])
def test_a_place_that_the_map_does_not_know_is_read_as_the_text_has_it(name: str) -> None:
    reading = read(f"Huyện ủy {name}, tỉnh Bình Phước có 30 biên chế.", "5/3/2019")
    assert placed(reading)["Huyện ủy"] == (f"huyện {name}", "stated")
    assert place_rows(reading)[f"huyện {name}"]["within"] == "tỉnh Bình Phước"


def test_people_and_hamlets_called_like_places_are_none() -> None:
    reading = read(
        "Huyện ủy Lộc Ninh, tỉnh Bình Phước họp. Trưởng phòng Nội vụ Lê Thành Tâm phát biểu. Thôn Tân Lập đã sáp nhập.",
        "5/3/2019",
    )
    assert "Thôn Tân Lập" in placed(reading)
    assert [f.values["person"] for f in reading.of("holdings")] == ["Lê Thành Tâm"]
    assert set(reading.units.places) == {"tỉnh Bình Phước", "huyện Lộc Ninh"}


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("UBND tỉnh Quảng ngãi", "tỉnh Quảng Ngãi"),
        ("UBND tỉnh Hoà Bình", "tỉnh Hòa Bình"),
        ("Tỉnh ủy Hoà Bình", "tỉnh Hòa Bình"),
        ("UBND tỉnh Thừa Thiên - Huế", "tỉnh Thừa Thiên Huế"),
        ("UBND tỉnh Bà Rịa-Vũng Tàu", "tỉnh Bà Rịa - Vũng Tàu"),
        ("UBND huyện Hoà Vang", "huyện Hòa Vang"),
        ("UBND huyện Hoà Bắc Sơn", "huyện Hoà Bắc Sơn"),  # on no map
        ("UBND xã Mỹ Quí", "xã Mỹ Quí"),  # the map has Mỹ Quý and Mỹ Quí
    ],
)
def test_a_place_is_spelled_as_on_the_map(written: str, place: str) -> None:
    reading = read(f"{written} có 70 biên chế.", "5/3/2018")
    assert {where for where, _ in placed(reading).values()} == {place}
    assert place in place_rows(reading)


def test_further_places_of_a_list_are_spelled_as_on_the_map() -> None:
    text = "Nhập huyện Hoà Vang, Hoà An. Tại các huyện: Hoà Vang, Tân Hoà có 3 xã."
    places = [i.value.full for s in read_items(text) for i in s.items if i.symbol == "P"]
    assert places == ["huyện Hòa Vang", "huyện Hòa An", "huyện Hòa Vang", "huyện Tân Hòa"]


def test_a_place_in_two_spellings_is_one(store: Any, tmp_path: Any) -> None:
    known = tmp_path / "known.yaml"
    known.write_text("places:\n  - {id: qn, name: tỉnh Quảng Ngãi, kind: tinh}\n", encoding="utf-8")
    load(store, [known])
    one = read("Tỉnh Quảng Ngãi: UBND huyện Hoà Bắc Sơn có 70 biên chế.", "5/3/2018")
    other = read("Sở Nội vụ tỉnh Quảng ngãi họp. HĐND huyện Hòa Bắc Sơn có 5 biên chế.", "6/3/2018")
    assert list(place_rows(one, other)) == ["tỉnh Quảng Ngãi", "huyện Hoà Bắc Sơn"]  # what is on no map as first read
    file = tmp_path / "facts.yaml"
    file.write_text(to_yaml(rows([one, other])), encoding="utf-8")
    load(store, [file])
    located = "MATCH (u:Unit)-[:LOCATED_IN]->(p:Place) RETURN u.name, p.id = 'qn' ORDER BY u.name"
    assert store.read(located).rows == [
        *(["Hội đồng nhân dân huyện", False], ["Sở Nội vụ", True]),
        *(["Ủy ban nhân dân huyện", False],),
    ]
    assert store.read("MATCH (p:Place) RETURN count(p)").rows == [[2]]
