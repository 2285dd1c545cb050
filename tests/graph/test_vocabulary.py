"""The vocabulary is whole, agrees with itself, and is found by the names that people write."""

from __future__ import annotations

import datetime as dt
from itertools import chain

import pytest

from graph import vocabulary as v
from graph.text import key


# answer_words is only written, never read
@pytest.mark.parametrize("name", sorted({*v.list_names()} - {"answer_words"}))
def test_a_spelling_means_one_code(name: str) -> None:
    owner: dict[str, str] = {}
    for entry in v.codes(name).values():
        for text in (entry.code, entry.vi, entry.en, *entry.also):
            assert owner.setdefault(key(text), entry.code) == entry.code, text
        assert {v.code_of(name, text) for text in (entry.code, entry.vi, entry.en)} == {entry.code}


def test_an_unknown_list_names_those_there_are() -> None:
    with pytest.raises(ValueError, match="unit_kinds"):
        v.codes("no_such_list")


def test_code_of() -> None:
    assert v.code_of("levels", "Cấp tỉnh") == "province"
    assert v.code_of("relation_kinds", "phục vụ") == "serves"
    assert v.code_of("relation_kinds", "trực thuộc") == "line"
    assert v.code_of("relation_kinds", "chỉ đạo") == "directs"
    assert v.code_of("titles", "phó bí thư thường trực") == "pho_bi_thu_thuong_truc"
    assert v.code_of("models", "cm4") == "CM4"
    assert v.code_of("levels", "hành tinh") is None


def test_label() -> None:
    assert v.label("unit_kinds", "so") == "Sở"
    assert v.label("unit_kinds", "so", "en") == "provincial department"
    assert v.label("unit_kinds", "nothing") == "nothing"


@pytest.mark.parametrize(
    ("name", "kind", "level"),
    [
        ("Sở Nội vụ", "so", "province"),
        ("Sở TT&TT tỉnh Gia Lai", "so", "province"),
        ("Chi cục Thủy lợi", "chi_cuc", "province"),
        ("Chi cục Thuế huyện Lộc Ninh", "thue", "district"),
        ("Thanh tra Sở", "thanh_tra_so", "province"),
        ("Thanh tra tỉnh", "thanh_tra_tinh", "province"),
        ("Văn phòng", "van_phong", None),
        ("Văn phòng Tỉnh uỷ", "van_phong_cap_uy", "province"),
        ("VP HĐND và UBND huyện", "vp_hdnd_ubnd", "district"),
        ("Văn phòng Đoàn ĐBQH, HĐND và UBND tỉnh", "vp_doan_dbqh_hdnd_ubnd", "province"),
        ("UBND tỉnh", "ubnd", "province"),
        ("UBND thị xã Phước Long", "ubnd", "district"),
        ("Ủy ban nhân dân xã Tân Lập", "ubnd", "commune"),
        ("UBND thành phố", "ubnd", None),
        ("UBND thành phố Đà Nẵng", "ubnd", "province"),
        ("UBND thành phố Vĩnh Yên", "ubnd", "district"),
        ("Thành ủy Huế", "thanh_uy", None),
        ("Thành ủy TP.HCM", "thanh_uy", "province"),
        ("Phòng Văn hóa - Xã hội", "phong", None),
        ("Phòng Phát triển nông thôn", "phong", None),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "ban_tuyen_giao_dan_van", "province"),
        ("Ban Tuyên giáo Huyện ủy", "ban_tuyen_giao", "district"),
        ("Ban Tổ chức Trung ương", "ban_dang_tw", "central"),
        ("Ban Dân tộc HĐND tỉnh", "ban_hdnd", "province"),
        ("Đảng ủy UBND tỉnh", "dang_uy_ubnd", "province"),
        ("TTBDCT huyện", "trung_tam_chinh_tri", "district"),
        ("Trung tâm Công nghệ thông tin và Truyền thông", "trung_tam", None),
        ("Trung tâm Phục vụ hành chính công", "ttpvhcc", None),
        ("Báo Vĩnh Phúc", "bao", None),
        ("CĐCS Sở TT&TT", "cong_doan_co_so", None),
        ("Tổ dân phố 5", "to_dan_pho", "hamlet"),
        ("Thôn 3", "thon", "hamlet"),
        ("so noi vu", "so", "province"),
        ("Uy ban MTTQ", "mttq", None),
        ("Giám đốc", None, None),
        ("", None, None),
    ],
)
def test_the_name_says_kind_and_level(name: str, kind: str | None, level: str | None) -> None:
    assert v.unit_kind_of(name) == kind
    assert v.level_of(name) == level


def test_kinds_name_what_exists() -> None:
    systems, levels = v.codes("systems"), v.codes("levels")
    for kind in v.unit_kinds().values():
        assert kind.system in systems
        assert kind.levels
        assert set(kind.levels) <= set(levels)
        assert set(kind.heads + kind.deputies) <= set(v.titles()), kind.code
        assert set(kind.parents) <= set(v.unit_kinds()), kind.code
        assert all(v.title(t).role == "head" for t in kind.heads), kind.code
        assert all(v.title(t).role in ("deputy", "standing_deputy") for t in kind.deputies), kind.code
        for prefix in kind.prefixes:
            assert v.unit_kind_of(prefix) == kind.code, prefix
        # nothing that is run from the centre sits under a people's committee
        assert not (kind.vertical and "ubnd" in kind.parents)


@pytest.mark.parametrize(
    ("kind", "head", "deputy"),
    [
        ("tinh_uy", "bi_thu", "pho_bi_thu_thuong_truc"),
        ("ubnd", "chu_tich", "pho_chu_tich_thuong_truc"),
        ("uy_ban_kiem_tra", "chu_nhiem", "pho_chu_nhiem_thuong_truc"),
        ("so", "giam_doc", "pho_giam_doc"),
        ("chi_cuc", "chi_cuc_truong", "pho_chi_cuc_truong"),
        ("phong", "truong_phong", "pho_truong_phong"),
        ("bao", "tong_bien_tap", "pho_tong_bien_tap"),
        ("to_chuc_hop_nhat", "thu_truong", "pho_thu_truong"),
    ],
)
def test_head_and_deputy_titles(kind: str, head: str, deputy: str) -> None:
    assert v.unit_kind(kind).heads[0] == head
    assert v.unit_kind(kind).deputies[0] == deputy


def test_titles_name_what_exists() -> None:
    for title in v.titles().values():
        assert title.role in v.codes("roles")
        assert not title.kind or title.kind in v.unit_kinds()


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Quản lý nhà nước về báo chí; xuất bản; bưu chính, viễn thông, CNTT",
         ["bao_chi", "xuat_ban", "buu_chinh", "vien_thong", "cong_nghe_thong_tin"]),
        ("giáo dục nghề nghiệp", ["giao_duc_nghe_nghiep"]),
        ("giáo dục mầm non và giáo dục phổ thông", ["giao_duc"]),
        # "tài sản, công nghệ" is not "tài sản công"
        ("quản lý tài sản, công nghệ thông tin", ["tai_san_cong", "cong_nghe_thong_tin"]),
        ("theo dõi thi hành pháp luật", ["phap_che"]),
        ("Thanh tra, tiếp công dân, giải quyết khiếu nại, tố cáo", ["thanh_tra", "khieu_nai_to_cao"]),
        ("CẢI CÁCH HÀNH CHÍNH", ["cai_cach_hanh_chinh"]),
        ("làm việc khác", []),
        ("", []),
    ],
)  # fmt: skip
def test_fields_of(text: str, fields: list[str]) -> None:
    assert v.fields_of(text) == fields


def test_a_phrase_is_of_one_field() -> None:
    phrases = list(chain.from_iterable(row["phrases"] for row in v.data("fields").values()))
    assert len({key(p) for p in phrases}) == len(phrases)
    assert all(v.fields_of(phrase) for phrase in phrases)
    assert len(v.codes("fields")) >= 60


def test_models_name_what_exists() -> None:
    models = v.models()
    assert [m.code for m in models] == [f"CM{n}" for n in range(1, 14)]
    for model in models:
        assert model.form in v.codes("concurrency_forms")
        assert set(model.levels) <= set(v.codes("levels"))
        for kinds, titles in ((model.a_kinds, model.a_titles), (model.b_kinds, model.b_titles)):
            assert kinds
            assert titles
            posts = set(chain.from_iterable(v.unit_kind(k).heads + v.unit_kind(k).deputies for k in kinds))
            assert set(titles) <= posts, model.code
        for status in model.history:
            assert status.status in v.codes("model_statuses")
            assert status.confidence in ("stated", "press", "own knowledge")
            assert status.place_basis in v.codes("basis")


def test_the_history_of_a_model_is_in_order() -> None:
    from graph.dates import parse_date

    for model in v.models():
        days = [parse_date(status.date).latest for status in model.history]
        assert days == sorted(days), model.code


def test_rules_name_what_exists() -> None:
    known = {"incompatible_posts", "incompatible_models", "min_staff", "max_deputies", "average_deputies"}
    rules = v.rules()
    assert known <= {rule.kind for rule in rules}
    for rule in rules:
        assert rule.confidence in ("stated", "press", "own knowledge")
        assert rule.source
        assert rule.valid_from is None or rule.valid_to is None or rule.valid_from < rule.valid_to
        found = rule.parameters
        for part in (found, found.get("a", {}), found.get("b", {})):
            assert set(part.get("kinds", ())) <= {*v.unit_kinds(), *v.codes("place_kinds")}, rule.id
            assert set(part.get("titles", ())) <= set(v.titles()), rule.id
        assert set(found.get("parents", ())) <= set(v.unit_kinds()), rule.id
        assert set(found.get("levels", ())) <= set(v.codes("levels")), rule.id


def test_standing_council_members_are_not_in_the_government() -> None:
    rule = next(r for r in v.rules() if r.id == "standing_council_not_government")
    assert rule.holds_on(dt.date(2019, 10, 9))
    assert not rule.holds_on(dt.date(2015, 12, 31))
    assert rule.parameters["a"] == {
        "kinds": ["hdnd"], "titles": ["chu_tich", "pho_chu_tich", "pho_chu_tich_thuong_truc"],
    }  # fmt: skip
    assert "government" in rule.parameters["b"]["memberships"]


def test_deputy_rules_change_with_the_date() -> None:
    def average(on: dt.date) -> list[str]:
        return [r.source for r in v.rules() if r.kind == "average_deputies"
                and r.parameters["kinds"] == ["so"] and r.holds_on(on)]  # fmt: skip

    assert average(dt.date(2017, 9, 18)) == []
    assert average(dt.date(2021, 1, 1)) == ["107/2020/NĐ-CP"]
    assert average(dt.date(2025, 12, 31)) == ["370/2025/NĐ-CP"]
