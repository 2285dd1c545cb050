"""From what a person types to the one thing that it names, on the demo facts."""

from __future__ import annotations

import datetime as dt

import pytest

from graph.errors import AmbiguousName, UnknownName
from graph.store import Store
from queries.find import find, find_document, find_function, find_model, find_person, find_place, find_unit

IN_2019 = dt.date(2019, 10, 9)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("place-vinh-phuc", "place-vinh-phuc"),
        ("tỉnh Vĩnh Phúc", "place-vinh-phuc"),
        ("Vĩnh Phúc", "place-vinh-phuc"),
        ("TỈNH VĨNH PHÚC", "place-vinh-phuc"),
        ("vinh phuc", "place-vinh-phuc"),
        ("Phước Long", "place-thi-xa-phuoc-long"),
        ("huyện Lộc Ninh @ Bình Phước", "place-huyen-loc-ninh"),
    ],
)
def test_places(demo: Store, text: str, id_: str) -> None:
    assert find_place(demo, text, IN_2019).id == id_


@pytest.mark.parametrize("text", ["huyện Lộc Ninh @ Gia Lai", "tỉnh Phước Long", "", "x" * 10_000])
def test_no_such_place(demo: Store, text: str) -> None:
    with pytest.raises(UnknownName):
        find_place(demo, text)


def test_nearest_places(demo: Store) -> None:
    with pytest.raises(UnknownName) as caught:
        find_place(demo, "tỉnh Vĩnh Phú")
    assert "tỉnh Vĩnh Phúc" in caught.value.nearest


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("vp-so-tttt", "vp-so-tttt"),
        ("Sở Thông tin và Truyền thông @ tỉnh Vĩnh Phúc", "vp-so-tttt"),
        ("Sở TT&TT tỉnh Vĩnh Phúc", "vp-so-tttt"),
        ("Sở TT&TT Vĩnh Phúc", "vp-so-tttt"),
        ("so tttt @ vinh phuc", "vp-so-tttt"),
        ("So Thong tin va Truyen thong vinh phuc", "vp-so-tttt"),
        ("Sở TT&TT @ Đồng Tháp", "dt-so-tttt"),
        ("Sở TT&TT tỉnh Gia Lai", "gl-so-tttt"),
        ("Phòng Bưu chính < Sở TT&TT @ Vĩnh Phúc", "vp-so-tttt-phong-buu-chinh"),
        ("Phòng Pháp chế < Sở TT&TT tỉnh Vĩnh Phúc", "vp-so-tttt-phong-phap-che"),
        ("UBND tỉnh Vĩnh Phúc", "vp-ubnd"),
        ("UBND Vĩnh Phúc", "vp-ubnd"),
        ("Tỉnh ủy Bình Phước", "bp-tinh-uy"),
        ("Tỉnh uỷ Bình Phước", "bp-tinh-uy"),
        ("Thường vụ Tỉnh ủy @ Bình Phước", "bp-btv"),
        ("VP Tỉnh ủy Bình Phước", "bp-van-phong-tinh-uy"),
        ("Văn phòng các cơ quan tham mưu giúp việc Tỉnh ủy", "bp-van-phong-tinh-uy"),
        ("Thị ủy Phước Long", "bp-thi-uy-phuoc-long"),
        ("Thanh tra Sở < vp-so-tttt", "vp-so-tttt-thanh-tra"),
        ("Sở Y tế @ tỉnh Bình Phước [bp-so-y-te]", "bp-so-y-te"),
    ],
)
def test_units(demo: Store, text: str, id_: str) -> None:
    assert find_unit(demo, text, dt.date(2017, 6, 1)).id == id_


def test_of_one_name_the_unit_that_exists_on_the_day(demo: Store) -> None:
    text = "Sở Xây dựng tỉnh Vĩnh Phúc"
    assert find_unit(demo, text, dt.date(2020, 1, 1)).id == "vp-so-xay-dung"
    assert find_unit(demo, text, dt.date(2025, 3, 1)).id == "vp-so-xay-dung-2025"


def test_one_name_in_three_provinces(demo: Store) -> None:
    with pytest.raises(AmbiguousName) as caught:
        find_unit(demo, "Sở Thông tin và Truyền thông", dt.date(2020, 6, 1))
    shown = " ".join(caught.value.choices)
    assert all(each in shown for each in ("[vp-so-tttt]", "[dt-so-tttt]", "[gl-so-tttt]"))
    assert "Sở Thông tin và Truyền thông @ tỉnh Gia Lai [gl-so-tttt]" in caught.value.choices
    # every choice can be given back as it is shown
    assert find_unit(demo, caught.value.choices[0]).id in shown


def test_a_tinh_and_a_city_of_one_name(small: Store) -> None:
    assert find_unit(small, "Văn phòng tỉnh Hai").id == "u1"
    assert find_unit(small, "Văn phòng thành phố Hai").id == "u2"
    with pytest.raises(AmbiguousName) as caught:
        find_unit(small, "Văn phòng Hai")
    assert len(caught.value.choices) == 2


def test_a_unit_that_has_ended_is_found_without_a_day(demo: Store) -> None:
    assert find_unit(demo, "Phòng Pháp chế @ Vĩnh Phúc").id == "vp-so-tttt-phong-phap-che"


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Sở Nội vự", "Sở Nội vụ"),
        ("Sở Nội Vự @ Vĩnh Phúc", "Sở Nội vụ @ tỉnh Vĩnh Phúc"),
        ("Sở Y tế @ Vĩnh Phú", "Sở Y tế @ tỉnh Vĩnh Phúc"),
    ],
)
def test_unknown_units_get_the_nearest(demo: Store, text: str, near: str) -> None:
    with pytest.raises(UnknownName) as caught:
        find_unit(demo, text)
    assert near in caught.value.nearest


@pytest.mark.parametrize(
    "text", ["Sở Y tế @ Gia Lai", "Phòng Pháp chế < Sở Y tế @ Vĩnh Phúc", "@", "<", "", "[]", "y" * 10_000]
)
def test_no_such_unit(demo: Store, text: str) -> None:
    with pytest.raises(UnknownName):
        find_unit(demo, text)


def test_other_diacritics_are_another_name(demo: Store) -> None:
    assert find_place(demo, "Vinh Phúc").id == "place-vinh-phuc"
    with pytest.raises(UnknownName):
        find_place(demo, "Vịnh Phúc")
    with pytest.raises(UnknownName):
        find_person(demo, "Trần Tuệ Hiến")
    with pytest.raises(UnknownName):
        find_unit(demo, "Tỉnh ủy Bính Phước")


@pytest.mark.parametrize("text", ["p-tran-tue-hien", "Trần Tuệ Hiền", "tran tue hien", "TRẦN TUỆ HIỀN"])
def test_people(demo: Store, text: str) -> None:
    assert find_person(demo, text).id == "p-tran-tue-hien"


def test_unknown_person_gets_the_nearest(demo: Store) -> None:
    with pytest.raises(UnknownName) as caught:
        find_person(demo, "Trần Tuệ Hiến Anh")
    assert caught.value.nearest[0] == "Trần Tuệ Hiền"


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("18-NQ/TW", "doc-nq-18-tw"),
        ("18 – nq/tw", "doc-nq-18-tw"),
        ("30-CTr/TU", "doc-dn-ctr-30"),
        ("Đề án 01 của BTV", "art-vinh-phuc-2017"),
    ],
)
def test_documents(demo: Store, text: str, id_: str) -> None:
    assert find_document(demo, text).id == id_


def test_several_documents_with_a_part_of_the_number(demo: Store) -> None:
    with pytest.raises(AmbiguousName):
        find_document(demo, "NQ/TW")


def test_functions_by_a_part_of_their_text(demo: Store) -> None:
    assert find_function(demo, "công tác pháp chế").id == "fn-vp-phap-che"
    with pytest.raises(AmbiguousName):
        find_function(demo, "quản lý")


def test_models(demo: Store) -> None:
    assert find_model(demo, "cm4").name.startswith("CM4 ")
    assert "chức năng tương đồng" in find_model(demo, "CM-TUONG-DONG").name
    assert find_model(demo, "trưởng thôn").name.startswith("CM11 ")
    with pytest.raises(UnknownName):
        find_model(demo, "CM99")


def test_the_kind_of_thing_is_chosen_by_its_word(demo: Store) -> None:
    assert find(demo, "place", "Gia Lai").id == "place-gia-lai"
    assert find(demo, "document", "19-NQ/TW").id == "doc-nq-19-tw"
