"""Statements as parsed: keys, roles, objects, lists, what is set aside."""

from __future__ import annotations

import unicodedata

import pytest

from queries.statements import parse

SAME = [
    ("QLNN về bưu chính trên địa bàn tỉnh", "Quản lý nhà nước về bưu chính theo quy định của pháp luật"),
    ("Quản lý hoà giải ở cơ sở", "Quản lí hòa giải ở cơ sở"),
    ("Quản lý nhà ở tại tỉnh Vĩnh Phúc", "Quản lý nhà ở tại tỉnh Gia Lai"),
    ("Quản lý bến xe", "QUẢN LÝ BẾN XE"),
    ("Quan ly nha nuoc ve bien che cong chuc", "Quản lý nhà nước về biên chế công chức"),
    ("Quản lý hộ tịch", unicodedata.normalize("NFD", "Quản lý hộ tịch")),
    ("Phòng, chống thiên tai", "Phòng chống thiên tai"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_key_for_what_says_the_same(one: str, other: str) -> None:
    assert parse(one).key == parse(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [("Quản lý xã Văn Lang và thuế", "Quản lý thuê"), ("Quản lý bến xe", "Quản lý bến thủy"), ("Cấp phép", "Cấp nước")],
)
def test_other_keys_for_other_things(one: str, other: str) -> None:
    assert parse(one).key != parse(other).key


def test_a_list_is_split_and_the_action_governs_all_of_it() -> None:
    items = parse("Thanh tra lĩnh vực thủy sản, chăn nuôi và thú y").items
    assert [item.concepts for item in items] == [{"thuy_san"}, {"chan_nuoi"}, {"thu_y"}]
    assert {item.role for item in items} == {"inspect"}


def test_the_first_telling_action_of_a_chain_governs() -> None:
    terms = {term.name: term.roles for term in parse("Kiểm tra việc quản lý bến xe").terms}
    assert terms["ben_xe"] == ("inspect",)
    terms = {term.name: term.roles for term in parse("Tham mưu quản lý nhà nước về bến xe").terms}
    assert terms["ben_xe"] == ("state_management",)
    terms = {term.name: term.roles for term in parse("Quản lý, vận hành bến xe").terms}
    assert terms["ben_xe"] == ("manage", "operate")


def test_building_is_a_field_where_nothing_is_built() -> None:
    assert any(term.name == "xay_dung" for term in parse("Quản lý nhà nước về xây dựng").terms)
    assert not any(term.name == "xay_dung" for term in parse("Xây dựng đội ngũ giáo viên").terms)


def test_boilerplate_and_places_are_set_aside_and_shown() -> None:
    aside = parse("Chủ trì, phối hợp quản lý bến xe trên địa bàn huyện Lập Thạch theo quy định của pháp luật").set_aside
    assert "huyện Lập Thạch" in aside
    assert any("quy định" in text for text in aside)


def test_names_of_units_say_whose_not_what() -> None:
    assert not any(t.kind == "concept" and t.name == "y_te" for t in parse("Kế toán của Sở Y tế").terms)


def test_a_place_is_masked_by_its_capitals_only() -> None:
    assert any(t.name == "do_dac_ban_do" for t in parse("Lập bản đồ số").terms)


@pytest.mark.parametrize("text", ["", " ", "!!!", "😀", "xe", "ǁ", "1.2.3", "theo quy định", "\n\n", "a" * 50_000])
def test_any_text_is_parsed(text: str) -> None:
    assert parse(text).raw == text
