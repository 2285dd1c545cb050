"""Titles as people write them, and the posts and memberships they mean."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.titles import Membership, ParsedPosts, Post, parse_posts

# Text → posts as "title | unit | kind of unit | level | place", memberships likewise with
# their kind, and the parts that are not understood.
CASES = {
    "Phó Bí thư Thường trực Tỉnh ủy, Chủ tịch HĐND tỉnh": [
        "pho_bi_thu_thuong_truc | Tỉnh ủy | tinh_uy | province | -",
        "chu_tich | HĐND tỉnh | hdnd | province | -",
    ],
    "Phó Bí thư thường trực Tỉnh uỷ, Chủ tịch HĐND tỉnh Bình Phước": [
        "pho_bi_thu_thuong_truc | Tỉnh uỷ | tinh_uy | province | -",
        "chu_tich | HĐND tỉnh | hdnd | province | tỉnh Bình Phước",
    ],
    "UVTVTU, Trưởng Ban Tổ chức Tỉnh ủy": [
        "truong_ban | Ban Tổ chức Tỉnh ủy | ban_to_chuc | province | -",
        "member standing | Ban Thường vụ Tỉnh ủy | ban_thuong_vu | province | -",
    ],
    "Phó Bí thư Thường trực Tỉnh ủy, Trưởng Đoàn đại biểu Quốc hội tỉnh": [
        "pho_bi_thu_thuong_truc | Tỉnh ủy | tinh_uy | province | -",
        "truong_doan | Đoàn đại biểu Quốc hội tỉnh | doan_dbqh | province | -",
    ],
    "Chánh Văn phòng Tỉnh ủy Bình Phước": [
        "chanh_van_phong | Văn phòng Tỉnh ủy | van_phong_cap_uy | province | tỉnh Bình Phước",
    ],
    "Giám đốc Sở TT&TT tỉnh Gia Lai": [
        "giam_doc | Sở TT&TT | so | province | tỉnh Gia Lai",
    ],
    "Giám đốc Sở Văn hóa, Thể thao và Du lịch": [
        "giam_doc | Sở Văn hóa, Thể thao và Du lịch | so | province | -",
    ],
    "Giám đốc Sở Lao động - Thương binh và Xã hội tỉnh Bình Phước": [
        "giam_doc | Sở Lao động - Thương binh và Xã hội | so | province | tỉnh Bình Phước",
    ],
    "Giám đốc Sở Nông nghiệp và PT Nông thôn": [
        "giam_doc | Sở Nông nghiệp và PT Nông thôn | so | province | -",
    ],
    "Giám đốc Sở Nội vụ Bà Rịa - Vũng Tàu": [
        "giam_doc | Sở Nội vụ | so | province | tỉnh Bà Rịa - Vũng Tàu",
    ],
    "Giám đốc Sở Nội vụ Gia Lai": [
        "giam_doc | Sở Nội vụ | so | province | tỉnh Gia Lai",
    ],
    "Trưởng phòng Tài chính - Kế hoạch huyện Phú Riềng": [
        "truong_phong | Phòng Tài chính - Kế hoạch | phong | district | huyện Phú Riềng",
    ],
    "Trưởng phòng Bưu chính - Viễn thông Sở TT&TT tỉnh Vĩnh Phúc": [
        "truong_phong | Phòng Bưu chính - Viễn thông | phong | province | tỉnh Vĩnh Phúc",
    ],
    "Trưởng Phòng Nội vụ thị xã Phước Long, tỉnh Bình Phước": [
        "truong_phong | Phòng Nội vụ | phong | district | thị xã Phước Long",
    ],
    "Trưởng phòng Phòng Nội vụ": [
        "truong_phong | Phòng Nội vụ | phong | - | -",
    ],
    "Phó phòng Nội vụ": [
        "pho_truong_phong | Phòng Nội vụ | phong | - | -",
    ],
    "Giám đốc Trung tâm Văn hóa, Thông tin và Thể thao huyện Lộc Ninh": [
        "giam_doc | Trung tâm Văn hóa, Thông tin và Thể thao | trung_tam | district | huyện Lộc Ninh",
    ],
    "Bí thư kiêm Chủ tịch UBND xã Tân Lập": [
        "bi_thu | - | - | commune | xã Tân Lập",
        "chu_tich | UBND xã | ubnd | commune | xã Tân Lập",
    ],
    "Bí thư, Chủ tịch HĐND thị xã": [
        "bi_thu | - | - | district | -",
        "chu_tich | HĐND thị xã | hdnd | district | -",
    ],
    "Bí thư Huyện ủy, Chủ tịch UBND huyện Lộc Ninh": [
        "bi_thu | Huyện ủy | huyen_uy | district | -",
        "chu_tich | UBND huyện | ubnd | district | huyện Lộc Ninh",
    ],
    "Bí thư Đảng ủy, Chủ tịch UBND xã Tân Lập": [
        "bi_thu | Đảng ủy | dang_uy | - | -",
        "chu_tich | UBND xã | ubnd | commune | xã Tân Lập",
    ],
    "Bí thư và Chủ tịch HĐND huyện Lộc Ninh": [
        "bi_thu | - | - | district | huyện Lộc Ninh",
        "chu_tich | HĐND huyện | hdnd | district | huyện Lộc Ninh",
    ],
    "Chủ tịch, Phó Chủ tịch HĐND tỉnh": [
        "chu_tich | HĐND tỉnh | hdnd | province | -",
        "pho_chu_tich | HĐND tỉnh | hdnd | province | -",
    ],
    "Trưởng phòng, Phó Trưởng phòng Nội vụ huyện Lộc Ninh": [
        "truong_phong | Phòng Nội vụ | phong | district | huyện Lộc Ninh",
        "pho_truong_phong | Phòng Nội vụ | phong | district | huyện Lộc Ninh",
    ],
    "Bí thư xã Tân Lập": [
        "bi_thu | - | - | commune | xã Tân Lập",
    ],
    "Chủ tịch tỉnh": [
        "chu_tich | - | - | province | -",
    ],
    "Bí thư chi bộ, Trưởng thôn": [
        "bi_thu | Chi bộ | chi_bo | - | -",
        "truong_thon | - | thon | hamlet | -",
    ],
    "Bí thư Chi bộ thôn 3, Trưởng thôn 3 xã Tân Lập": [
        "bi_thu | Chi bộ thôn 3 | chi_bo | hamlet | -",
        "truong_thon | Thôn 3 | thon | hamlet | xã Tân Lập",
    ],
    "Tổ trưởng tổ dân phố 5 phường Hòa Lợi": [
        "to_truong_to_dan_pho | Tổ dân phố 5 | to_dan_pho | hamlet | phường Hòa Lợi",
    ],
    "Tổ trưởng dân phố": [
        "to_truong_to_dan_pho | - | to_dan_pho | hamlet | -",
    ],
    "Trưởng ấp 2": [
        "truong_thon | Ấp 2 | thon | hamlet | -",
    ],
    "Bí thư Thành ủy Hà Nội": [
        "bi_thu | Thành ủy | thanh_uy | province | thành phố Hà Nội",
    ],
    "Bí thư Thành ủy TP.HCM": [
        "bi_thu | Thành ủy | thanh_uy | province | thành phố HCM",
    ],
    "Chủ tịch UBND TP. Hồ Chí Minh": [
        "chu_tich | UBND TP | ubnd | province | thành phố Hồ Chí Minh",
    ],
    "Bí thư Thành ủy Vĩnh Yên": [
        "bi_thu | Thành ủy | thanh_uy | district | thành phố Vĩnh Yên",
    ],
    "Bí thư Thị ủy Phước Long": [
        "bi_thu | Thị ủy | thi_uy | district | thị xã Phước Long",
    ],
    "Chủ tịch UBND thành phố Thủ Đức": [
        "chu_tich | UBND thành phố | ubnd | district | thành phố Thủ Đức",
    ],
    "Chủ tịch UBND quận 1": [
        "chu_tich | UBND quận | ubnd | district | quận 1",
    ],
    "Chủ tịch UBND xã Hội Sơn, huyện Anh Sơn, tỉnh Nghệ An": [
        "chu_tich | UBND xã | ubnd | commune | xã Hội Sơn",
    ],
    "Phó Chủ tịch Thường trực UBND tỉnh": [
        "pho_chu_tich_thuong_truc | UBND tỉnh | ubnd | province | -",
    ],
    "PCT UBND tỉnh": [
        "pho_chu_tich | UBND tỉnh | ubnd | province | -",
    ],
    "Phó Trưởng ban Thường trực Ban Tổ chức Tỉnh ủy": [
        "pho_truong_ban_thuong_truc | Ban Tổ chức Tỉnh ủy | ban_to_chuc | province | -",
    ],
    "Chủ nhiệm UBKT Tỉnh ủy": [
        "chu_nhiem | UBKT Tỉnh ủy | uy_ban_kiem_tra | province | -",
    ],
    "Chủ nhiệm UBKT - Chánh Thanh tra huyện Lý Sơn": [
        "chu_nhiem | UBKT | uy_ban_kiem_tra | - | -",
        "chanh_thanh_tra | Thanh tra huyện | thanh_tra_huyen | district | huyện Lý Sơn",
    ],
    "Chánh Thanh tra tỉnh": [
        "chanh_thanh_tra | Thanh tra tỉnh | thanh_tra_tinh | province | -",
    ],
    "Chánh Thanh tra Sở": [
        "chanh_thanh_tra | Thanh tra Sở | thanh_tra_so | province | -",
    ],
    "Chánh Văn phòng Văn phòng UBND tỉnh Bình Phước": [
        "chanh_van_phong | Văn phòng UBND tỉnh | van_phong_ubnd | province | tỉnh Bình Phước",
    ],
    "Chánh Văn phòng Sở Nội vụ": [
        "chanh_van_phong | Văn phòng | van_phong | province | -",
    ],
    "Chi cục trưởng Chi cục Thủy lợi": [
        "chi_cuc_truong | Chi cục Thủy lợi | chi_cuc | province | -",
    ],
    "Tổng Biên tập Báo Vĩnh Phúc": [
        "tong_bien_tap | Báo Vĩnh Phúc | bao | - | -",
    ],
    "Giám đốc Đài Phát thanh - Truyền hình tỉnh": [
        "giam_doc | Đài Phát thanh - Truyền hình tỉnh | dai_pttth | province | -",
    ],
    "Chủ tịch Ủy ban MTTQ Việt Nam tỉnh Gia Lai": [
        "chu_tich | Ủy ban MTTQ Việt Nam tỉnh | mttq | province | tỉnh Gia Lai",
    ],
    "Chủ tịch Hội LHPN huyện Lộc Ninh": [
        "chu_tich | Hội LHPN huyện | hoi_phu_nu | district | huyện Lộc Ninh",
    ],
    "Bí thư Tỉnh đoàn Gia Lai": [
        "bi_thu | Tỉnh đoàn | doan_tn | province | tỉnh Gia Lai",
    ],
    "Bí thư Huyện đoàn, Giám đốc Nhà thiếu nhi huyện": [
        "bi_thu | Huyện đoàn | doan_tn | district | -",
        "giam_doc | Nhà thiếu nhi huyện | nha_thieu_nhi | district | -",
    ],
    "Trưởng Công an xã Tân Lập; Chỉ huy trưởng Ban CHQS xã": [
        "truong_cong_an | Công an xã | cong_an | commune | xã Tân Lập",
        "chi_huy_truong | Ban CHQS xã | quan_su | commune | -",
    ],
    "Giám đốc Công an tỉnh": [
        "giam_doc | Công an tỉnh | cong_an | province | -",
    ],
    "Viện trưởng VKSND huyện Lộc Ninh": [
        "vien_truong | VKSND huyện | vien_kiem_sat | district | huyện Lộc Ninh",
    ],
    "Hiệu trưởng Trường Chính trị tỉnh": [
        "hieu_truong | Trường Chính trị tỉnh | truong_chinh_tri | province | -",
    ],
    "Trưởng Ban Pháp chế HĐND tỉnh": [
        "truong_ban | Ban Pháp chế HĐND tỉnh | ban_hdnd | province | -",
    ],
    "Trưởng Ban Chỉ đạo cải cách hành chính tỉnh": [
        "truong_ban | Ban Chỉ đạo cải cách hành chính | ban_chi_dao | province | -",
    ],
    "Trưởng ban An toàn giao thông tỉnh": [
        "truong_ban | Ban An toàn giao thông tỉnh | - | province | -",
    ],
    "Bí thư Đảng ủy UBND tỉnh": [
        "bi_thu | Đảng ủy UBND tỉnh | dang_uy_ubnd | province | -",
    ],
    "Tổng Bí thư, Chủ tịch nước": [
        "tong_bi_thu | Ban Chấp hành Trung ương Đảng | bch_trung_uong | central | -",
        "chu_tich_nuoc | Chủ tịch nước | chu_tich_nuoc | central | -",
    ],
    "Thủ tướng Chính phủ": [
        "thu_tuong | Chính phủ | chinh_phu | central | -",
    ],
    "Bộ trưởng Bộ Nội vụ": [
        "bo_truong | Bộ Nội vụ | bo | central | -",
    ],
    "Tỉnh ủy viên, Bí thư Thị ủy Phước Long": [
        "bi_thu | Thị ủy | thi_uy | district | thị xã Phước Long",
        "member committee | Tỉnh ủy | tinh_uy | province | -",
    ],
    "Ủy viên BTV Tỉnh ủy, Giám đốc Sở Y tế": [
        "giam_doc | Sở Y tế | so | province | -",
        "member standing | Ban Thường vụ Tỉnh ủy | ban_thuong_vu | province | -",
    ],
    "Ủy viên Thường vụ Huyện ủy Lộc Ninh": [
        "member standing | Ban Thường vụ Huyện ủy | ban_thuong_vu | district | huyện Lộc Ninh",
    ],
    "Ủy viên BCH Đảng bộ tỉnh": [
        "member committee | Tỉnh ủy | tinh_uy | province | -",
    ],
    "Ủy viên BCH, Ủy viên BTV Huyện ủy Lộc Ninh": [
        "member committee | Huyện ủy | huyen_uy | district | huyện Lộc Ninh",
        "member standing | Ban Thường vụ Huyện ủy | ban_thuong_vu | district | huyện Lộc Ninh",
    ],
    "Huyện ủy viên, Trưởng phòng Nội vụ": [
        "truong_phong | Phòng Nội vụ | phong | - | -",
        "member committee | Huyện ủy | huyen_uy | district | -",
    ],
    "Ủy viên dự khuyết Trung ương Đảng, Bí thư Tỉnh ủy Bình Phước": [
        "bi_thu | Tỉnh ủy | tinh_uy | province | tỉnh Bình Phước",
        "member committee | Ban Chấp hành Trung ương Đảng | bch_trung_uong | central | -",
    ],
    "Ủy viên Bộ Chính trị, Bí thư Trung ương Đảng": [
        "member standing | Bộ Chính trị | bo_chinh_tri | central | -",
        "member standing | Ban Bí thư | ban_bi_thu | central | -",
    ],
    "đại biểu Quốc hội khóa XIV": [
        "member assembly | Quốc hội | quoc_hoi | central | -",
    ],
    "Đại biểu Quốc hội tỉnh Gia Lai": [
        "member assembly | Quốc hội | quoc_hoi | central | tỉnh Gia Lai",
    ],
    "Đại biểu HĐND tỉnh khóa IX, nhiệm kỳ 2016 - 2021": [
        "member council | HĐND tỉnh | hdnd | province | -",
    ],
    "Ủy viên UBND tỉnh, Giám đốc Sở Tư pháp": [
        "giam_doc | Sở Tư pháp | so | province | -",
        "member government | UBND tỉnh | ubnd | province | -",
    ],
    "Ủy viên UBKT Tỉnh ủy, Chánh Thanh tra tỉnh": [
        "chanh_thanh_tra | Thanh tra tỉnh | thanh_tra_tinh | province | -",
        "member inspection | UBKT Tỉnh ủy | uy_ban_kiem_tra | province | -",
    ],
    "Ủy viên Ban cán sự đảng UBND tỉnh": [
        "member board | Ban cán sự đảng UBND tỉnh | ban_can_su_dang | province | -",
    ],
    "Ủy viên BTV": [
        "member standing | Ban Thường vụ | ban_thuong_vu | - | -",
    ],
    "PHÓ BÍ THƯ THƯỜNG TRỰC TỈNH ỦY, CHỦ TỊCH HĐND TỈNH BÌNH PHƯỚC": [
        "pho_bi_thu_thuong_truc | TỈNH ỦY | tinh_uy | province | -",
        "chu_tich | HĐND TỈNH | hdnd | province | tỉnh BÌNH PHƯỚC",
    ],
    "GIÁM ĐỐC SỞ TƯ PHÁP": [
        "giam_doc | SỞ TƯ PHÁP | so | province | -",
    ],
    "giám đốc sở nội vụ tỉnh gia lai": [
        "giam_doc | Sở nội vụ | so | province | tỉnh gia lai",
    ],
    "Pho Bi thu Tinh uy, Chu tich HDND tinh": [
        "pho_bi_thu | Tinh uy | tinh_uy | province | -",
        "chu_tich | HDND tinh | hdnd | province | -",
    ],
    "Truong ban To chuc Tinh uy": [
        "unknown Truong ban To chuc Tinh uy",
    ],
    "Đồng chí Nguyễn Văn A, Ủy viên BTV Tỉnh ủy": [
        "member standing | Ban Thường vụ Tỉnh ủy | ban_thuong_vu | province | -",
        "unknown Nguyễn Văn A",
    ],
    "bà Trần Tuệ Hiền - Phó Bí thư thường trực Tỉnh ủy - Chủ tịch HĐND tỉnh Bình Phước": [
        "pho_bi_thu_thuong_truc | Tỉnh ủy | tinh_uy | province | -",
        "chu_tich | HĐND tỉnh | hdnd | province | tỉnh Bình Phước",
        "unknown Trần Tuệ Hiền",
    ],
    "Bí thư Huyện ủy\nTrưởng Đoàn kiểm tra": [
        "bi_thu | Huyện ủy | huyen_uy | district | -",
        "truong_doan | Đoàn kiểm tra | to_kiem_tra | - | -",
    ],
    "Phó Chủ tịch phụ trách kinh tế": [
        "pho_chu_tich | - | - | - | -",
        "unknown phụ trách kinh tế",
    ],
    "Giám đốc Sở Y tế, Thầy thuốc nhân dân": [
        "giam_doc | Sở Y tế | so | province | -",
        "unknown Thầy thuốc nhân dân",
    ],
    "Giám đốc Nhà máy Z": [
        "giam_doc | - | - | - | -",
        "unknown Nhà máy Z",
    ],
    "Chánh Văn phòng Tỉnh ủy chuyên ngành luật": [
        "chanh_van_phong | Văn phòng Tỉnh ủy | van_phong_cap_uy | province | -",
        "unknown chuyên ngành luật",
    ],
    "Bảo tàng Chủ tịch Hồ Chí Minh": [
        "unknown Bảo tàng Chủ tịch Hồ Chí Minh",
    ],
    "Chức vụ: Bí thư Huyện ủy": [
        "bi_thu | Huyện ủy | huyen_uy | district | -",
    ],
    "xyz abc": [
        "unknown xyz abc",
    ],
    "Trưởng Ban": [
        "truong_ban | - | - | - | -",
    ],
}


def _told(parsed: ParsedPosts) -> list[str]:
    def line(code: str, item: Post | Membership) -> str:
        parts = (item.unit_name, item.unit_kind, item.level, item.place)
        return " | ".join([code, *(part or "-" for part in parts)])

    return [
        *(line(post.title_code, post) for post in parsed.posts),
        *(line(f"member {membership.kind}", membership) for membership in parsed.memberships),
        *(f"unknown {text}" for text, _ in parsed.unknown),
    ]


@pytest.mark.parametrize("text", CASES)
def test_cases(text: str) -> None:
    assert _told(parse_posts(text)) == CASES[text]


@pytest.mark.parametrize("text", CASES)
def test_the_form_of_unicode_does_not_matter(text: str) -> None:
    decomposed = parse_posts(unicodedata.normalize("NFD", text.replace(" ", "\u00a0")))
    assert _told(decomposed)[: len(decomposed.posts)] == CASES[text][: len(decomposed.posts)]
    assert len(decomposed.posts) == len(parse_posts(text).posts)


@pytest.mark.parametrize(
    ("text", "mode", "former", "weight"),
    [
        ("Giám đốc Sở Nội vụ", "full", False, None),
        ("nguyên Giám đốc Sở Nội vụ", "full", True, None),
        ("Nguyên là Giám đốc Sở Nội vụ", "full", True, None),
        ("đồng chí nguyên Giám đốc Sở Nội vụ", "full", True, None),
        ("Quyền Giám đốc Sở Nội vụ", "acting", False, None),
        ("Q. Giám đốc Sở Nội vụ", "acting", False, None),
        ("Q.Giám đốc Sở Nội vụ", "acting", False, None),
        ("nguyên Quyền Giám đốc Sở Nội vụ", "acting", True, None),
        ("Phó Giám đốc phụ trách Sở Nội vụ", "in_charge", False, None),
        ("Phó Giám đốc Sở Nội vụ phụ trách", "in_charge", False, None),
        ("Phó Giám đốc Sở Nội vụ (phụ trách)", "in_charge", False, None),
        ("Phụ trách Giám đốc Sở Nội vụ", "in_charge", False, None),
        ("Bí thư lâm thời Sở Nội vụ", "provisional", False, None),
        ("Phó Chủ tịch HĐND tỉnh chuyên trách", "full", False, "main"),
        ("Trưởng ban (kiêm nhiệm)", "full", False, "extra"),
    ],
)
def test_qualifiers(text: str, mode: str, former: bool, weight: str | None) -> None:
    parsed = parse_posts(text)
    assert parsed.unknown == []
    assert [(post.mode, post.former, post.weight) for post in parsed.posts] == [(mode, former, weight)]


@pytest.mark.parametrize(
    ("text", "word", "weight"),
    [
        ("Bí thư Huyện ủy kiêm Chủ tịch HĐND huyện", "kiêm", "extra"),
        ("Bí thư Huyện ủy, kiêm nhiệm Chủ tịch HĐND huyện", "kiêm nhiệm", "extra"),
        ("Bí thư Huyện ủy đồng thời là Chủ tịch HĐND huyện", "đồng thời là", None),
        ("Bí thư Huyện ủy, Chủ tịch HĐND huyện", "", None),
    ],
)
def test_the_word_that_joins_two_posts_is_kept(text: str, word: str, weight: str | None) -> None:
    first, second = parse_posts(text).posts
    assert (first.joined_by, first.weight) == ("", None)
    assert (second.joined_by, second.weight) == (word, weight)


def test_places_from_narrow_to_wide() -> None:
    (post,) = parse_posts("Chủ tịch UBND xã Hội Sơn, huyện Anh Sơn, tỉnh Nghệ An").posts
    assert (post.place, post.within) == ("xã Hội Sơn", ("huyện Anh Sơn", "tỉnh Nghệ An"))


def test_the_unit_above() -> None:
    (post,) = parse_posts("Trưởng phòng Bưu chính - Viễn thông Sở TT&TT tỉnh Vĩnh Phúc").posts
    assert (post.unit_name, post.parent) == ("Phòng Bưu chính - Viễn thông", "Sở TT&TT")
    (post,) = parse_posts("Chánh Thanh tra Sở Nội vụ").posts
    assert (post.unit_name, post.parent) == ("Thanh tra Sở", "Sở Nội vụ")


def test_what_is_shared_is_marked() -> None:
    first, second = parse_posts("Bí thư, Chủ tịch HĐND thị xã").posts
    assert first.shared
    assert not second.shared
    first, second = parse_posts("Bí thư; Chủ tịch HĐND thị xã").posts
    assert first.level is None


def test_an_alternate_member() -> None:
    alternate, full = parse_posts("Ủy viên dự khuyết Trung ương Đảng; Ủy viên Trung ương Đảng").memberships
    assert alternate.alternate
    assert not full.alternate


def test_default_place() -> None:
    first, second = parse_posts("Bí thư Huyện ủy, Chủ tịch UBND huyện Lộc Ninh", "huyện Phú Riềng").posts
    assert (first.place, second.place) == ("huyện Phú Riềng", "huyện Lộc Ninh")


def test_role_and_standard_title() -> None:
    (post,) = parse_posts("phó bí thư THƯỜNG TRỰC Huyện ủy").posts
    assert (post.title, post.role) == ("Phó Bí thư Thường trực", "standing_deputy")


def test_spans() -> None:
    text = "Ông Lê A, nguyên Bí thư Huyện ủy Lộc Ninh; UVTVTU, Trưởng Ban Tổ chức"
    parsed = parse_posts(text)
    assert [(post.raw, text[slice(*post.span)]) for post in parsed.posts] == [
        ("nguyên Bí thư Huyện ủy Lộc Ninh", "nguyên Bí thư Huyện ủy Lộc Ninh"),
        ("Trưởng Ban Tổ chức", "Trưởng Ban Tổ chức"),
    ]
    assert [text[slice(*m.span)] for m in parsed.memberships] == ["UVTVTU"]
    assert [text[slice(*span)] for _, span in parsed.unknown] == ["Lê A"]


_TITLES = ["Bí thư", "Chủ tịch", "Phó", "Trưởng ban", "Trưởng phòng", "UVTVTU", "Ủy viên"]
_UNITS = ["Tỉnh ủy", "UBND", "HĐND", "Sở", "tỉnh", "huyện", "xã", "Lộc Ninh", "Văn hóa", "Xã hội", "TT&TT"]
_QUALIFIERS = ["nguyên", "Q.", "phụ trách", "lâm thời", "kiêm", "và", "là", "ông", "khóa", "XIV", "abc"]
_MARKS = [",", ";", "-", "(", ")", ".", "&", "\u00a0", "\u00ad", "\u00ac", "\n"]
_PIECES = st.sampled_from([*_TITLES, *_UNITS, *_QUALIFIERS, *_MARKS])


def _slices_are_right(text: str) -> None:
    parsed = parse_posts(text)
    for item in (*parsed.posts, *parsed.memberships):
        assert text[slice(*item.span)] == item.raw != ""
    for part, span in parsed.unknown:
        assert text[slice(*span)] == part != ""


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    _slices_are_right(text)


@given(st.lists(_PIECES, max_size=20))
def test_any_mixture_of_words_of_titles(pieces: list[str]) -> None:
    text = " ".join(pieces)
    _slices_are_right(text)
    parsed = parse_posts(text)
    # no word is both understood and reported, and none stands in two posts
    spans = [item.span for item in (*parsed.posts, *parsed.memberships)]
    spans = sorted([*spans, *(span for _, span in parsed.unknown)])
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_a_name_of_ten_thousand_characters() -> None:
    assert parse_posts("Giám đốc " + "Sở " * 3000).posts[0].title_code == "giam_doc"
    assert parse_posts("").posts == []
