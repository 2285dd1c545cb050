"""Where units are: short texts, every unit that they name with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.reading.document import Paragraph, make_document
from loaders.reading.read import read_document
from loaders.reading.scan import scan_paragraph
from loaders.reading.unit_names import Unit

FIXTURE = Path(__file__).parents[2] / "fixtures" / "reading" / "wordings-places.yaml"


@pytest.mark.parametrize(
    "row", yaml.safe_load(FIXTURE.read_text(encoding="utf-8")), ids=lambda row: row["about"].split(";")[0]
)
def test_units_and_their_places(row: dict[str, Any]) -> None:
    reading = read_document(make_document("bai.txt", row["text"]))
    found = sorted((fact.values["unit"].name, fact.values["unit"].place or "") for fact in reading.of("units"))
    assert found == sorted((unit["name"], unit["place"] or "") for unit in row["units"])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Tỉnh ủy Trường Lâm họp", [("Tỉnh ủy", "tỉnh Trường Lâm")]),
        ("Thường trực Tỉnh ủy Bắc Sơn Hạ họp", [("Thường trực Tỉnh ủy", "tỉnh Bắc Sơn Hạ")]),
        ("đại biểu HĐND tỉnh Kim Lương Hạ chất vấn; UBND tỉnh giải trình", [("Ủy ban nhân dân tỉnh", None)]),
        ("Thành ủy Lào Cai", [("Thành ủy", "thành phố Lào Cai")]),
        ("Bí thư Thành ủy Hội An Lê Tâm; Thành ủy Hội An Lê Tâm", [("Thành ủy", "thành phố Hội An")]),
        ("các trường: Tiểu học Sơn Ca, MN Ban Mai", [("Trường Tiểu học Sơn Ca", None), ("Trường MN Ban Mai", None)]),
        ("Trường Tiểu học Nguyễn Thái Bình", [("Trường Tiểu học Nguyễn Thái Bình", None)]),
        ("Trường Trung cấp nghề Nam Quảng Nam", [("Trường Trung cấp nghề Nam Quảng Nam", "tỉnh Quảng Nam")]),
        ("Sở Kế hoạch - đầu tư", [("Sở Kế hoạch - đầu tư", None)]),
        ("Sở Y tế - báo cáo tháng 5", [("Sở Y tế", None)]),
        ("Bệnh viện Quận Kim Lạc", [("Bệnh viện Quận", "quận Kim Lạc")]),
        ("Trung tâm Y tế Thành phố Sơn Khê", [("Trung tâm Y tế", "thành phố Sơn Khê")]),
        ("Phòng Quản lý đô thị Thị xã Sơn Khê", [("Phòng Quản lý đô thị", "thị xã Sơn Khê")]),
        ("Công an Xã An Khê", [("Công an Xã", "xã An Khê")]),
        ("Sở Lao động - Thương binh và Xã Hội", [("Sở Lao động - Thương binh và Xã hội", None)]),
        ("Công an hai tỉnh Lào Cai và Yên Bái", [("Công an tỉnh", "tỉnh Lào Cai"), ("Công an tỉnh", "tỉnh Yên Bái")]),
        ("Trạm Y tế các xã An Khê, Kim Khê", [("Trạm Y tế xã", "xã An Khê"), ("Trạm Y tế xã", "xã Kim Khê")]),
        ("hợp nhất 2 đảng bộ xã: An Khê, Kim Khê", [("Đảng bộ xã", "xã An Khê"), ("Đảng bộ xã", "xã Kim Khê")]),
        ("Đảng bộ các xã An Khê và Kim Khê", [("Đảng bộ xã", "xã An Khê"), ("Đảng bộ xã", "xã Kim Khê")]),
        ("Công an phường 4 và phường 5", [("Công an phường", "phường 4"), ("Công an phường", "phường 5")]),
        (
            "Hội Chữ thập đỏ các phường An Khê (cũ), Kim Khê (cũ) hợp nhất",
            [("Hội Chữ thập đỏ phường", "phường An Khê"), ("Hội Chữ thập đỏ phường", "phường Kim Khê")],
        ),
        (
            "Tòa án nhân dân huyện An Sơn và thị xã Kim Lạc",
            [("Tòa án nhân dân huyện", "huyện An Sơn"), ("Tòa án nhân dân thị xã", "thị xã Kim Lạc")],
        ),
        ("Công an các huyện, thị xã phối hợp", []),
        (
            "lập từ tòa án nhân dân các huyện: An Sơn, Kim Lạc; dân tin",
            [("Tòa án nhân dân huyện", "huyện An Sơn"), ("Tòa án nhân dân huyện", "huyện Kim Lạc")],
        ),
        ("gồm viện kiểm sát nhân dân huyện An Sơn", [("Viện kiểm sát nhân dân huyện", "huyện An Sơn")]),
        ("cùng công an hai xã An Hạ và An Khê", [("Công an xã", "xã An Hạ"), ("Công an xã", "xã An Khê")]),
        ("cùng công an huyện, công an xã, phường", []),
    ],
)
def test_names_and_places_beside_them(text: str, named: list[tuple[str, str | None]]) -> None:
    paragraph = Paragraph(1, 0, len(text), text)
    units = [item.value for sentence in scan_paragraph(paragraph) for item in sentence.items if item.symbol == "U"]
    found = [(unit.name, unit.place) for unit in units if isinstance(unit, Unit)]
    assert found == named


def test_a_person_behind_an_organ_is_no_place() -> None:
    text = "Phó Chủ tịch UBND tỉnh Kim Minh Hạ và Chánh Văn phòng Tỉnh ủy Lâm Sơn Hà cùng dự."
    reading = read_document(make_document("bai.txt", text))
    assert sorted(fact.values["person"] for fact in reading.of("holdings")) == ["Kim Minh Hạ", "Lâm Sơn Hà"]
    assert [unit.place for unit in reading.units.units] == [None, None]


def test_a_place_of_the_text_behind_a_post_is_no_person() -> None:
    text = "Thường trực Tỉnh ủy Kim Sơn Hạ họp sáng nay. Chủ tịch HĐND tỉnh Kim Sơn Hạ giao Ban Pháp chế giám sát."
    reading = read_document(make_document("bai.txt", text))
    assert reading.of("holdings") == []
    council = next(unit for unit in reading.units.units if unit.kind == "hdnd")
    assert council.place == "tỉnh Kim Sơn Hạ"


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        (  # the title lists two provinces: the one spoken of last counts, not the one named most
            "Bệnh viện ở Quảng Nam, Đắk Lắk mang tên mới\n\nUBND tỉnh Quảng Nam đã ban hành Quyết định số 12/QĐ-UBND."
            "\n\nTheo đó, Bệnh viện Đa khoa khu vực Khe Tre đổi tên thành Bệnh viện Đa khoa Khe Tre.\n\n"
            "UBND tỉnh Đắk Lắk cũng đổi tên Bệnh viện Tâm thần. Sở Y tế tỉnh Đắk Lắk, HĐND tỉnh Đắk Lắk đồng ý.",
            [
                ("Bệnh viện Đa khoa khu vực Khe Tre", "tỉnh Quảng Nam"),
                ("Bệnh viện Đa khoa Khe Tre", "tỉnh Quảng Nam"),
                ("Bệnh viện Tâm thần", "tỉnh Đắk Lắk"),
            ],
        ),
        (  # what a council of another province decides on is there
            "Quảng Nam hợp nhất hai ban\n\nTỉnh ủy Quảng Nam hợp nhất Ban Dân vận Tỉnh ủy vào Ban Tuyên giáo Tỉnh ủy. "
            "Ngày 12/2/2025, HĐND tỉnh Đắk Lắk thông qua nghị quyết thành lập Ban Dân tộc.",
            [("Ban Dân vận Tỉnh ủy", "tỉnh Quảng Nam"), ("Ban Dân tộc", "tỉnh Đắk Lắk")],
        ),
        (  # the district behind the province with which a sentence begins
            "Sắp xếp ở cơ sở\n\nCòn ở Đắk Lắk, ngày 4/2/2020, huyện Sơn Khê công bố quyết định. "
            "Trung tâm Văn hóa nhập với Đài Truyền thanh - Truyền hình huyện.",
            [("Trung tâm Văn hóa", "huyện Sơn Khê"), ("Đài Truyền thanh - Truyền hình huyện", "huyện Sơn Khê")],
        ),
        (  # hamlets of the commune that is said of what they become
            "Nhập thôn ở huyện Sơn Khê\n\nNhập thôn Đồng Mít và thôn Khe Lá thành một thôn mới của xã An Hạ.",
            [("Thôn Đồng Mít", "xã An Hạ"), ("Thôn Khe Lá", "xã An Hạ")],
        ),
        (  # a look-alike: the hamlet goes to another commune
            "Điều chỉnh địa giới\n\nHuyện Sơn Khê chuyển thôn Đồng Mít về xã An Hạ. Xã Kim Khê giữ nguyên.",
            [("Thôn Đồng Mít", None)],
        ),
        (  # units of the centre are of no province
            "Quảng Nam sắp xếp bộ máy\n\nTỉnh ủy Quảng Nam gặp Văn phòng Quốc hội và Đảng bộ Khối Doanh nghiệp "
            "Trung ương.",
            [("Văn phòng Quốc hội", None), ("Đảng bộ Khối Doanh nghiệp Trung ương", None)],
        ),
        (  # a commune's office
            "Phường làm trước\n\nChiều 3/7/2018, phường An Hạ hợp nhất Văn phòng Đảng ủy với Văn phòng HĐND - UBND.",
            [("Văn phòng Đảng ủy", "phường An Hạ")],
        ),
        (  # the title names two districts: divisions are of the one spoken of last, over paragraphs
            "Sơn Khê, Kim Lĩnh sắp xếp các phòng\n\nChiều 19/2/2025, UBND huyện Sơn Khê (tỉnh Quảng Nam) công bố nghị "
            "quyết.\n\nPhòng Y tế giữ nguyên.\n\nHuyện Kim Lĩnh cũng công bố.\n\nPhòng Dân tộc huyện Kim Lĩnh và "
            "Phòng Y tế huyện Kim Lĩnh hợp nhất.",
            [("Phòng Y tế", "huyện Sơn Khê"), ("Phòng Y tế", "huyện Kim Lĩnh")],
        ),
        (  # a look-alike: the title names one, the other is only an aside
            "Huyện Sơn Khê sắp xếp các phòng\n\nUBND huyện Kim Lĩnh từng đi trước.\n\nNay Phòng Y tế huyện Sơn Khê và "
            "Phòng Dân tộc huyện Sơn Khê hợp nhất. Phòng Tư pháp giữ nguyên.",
            [("Phòng Tư pháp", "huyện Sơn Khê")],
        ),
        (  # a text without a date that names communes, and no district: schools are the commune's
            "Quảng Nam nhập trường\n\nTại phường An Hạ, Trường Mầm non Hoa Lan nhập với Trường Mầm non Hoa Hồng.",
            [("Trường Mầm non Hoa Lan", "phường An Hạ"), ("Trường Mầm non Hoa Hồng", "phường An Hạ")],
        ),
        (  # a look-alike: a district is named, so that it may be of a day when there were districts
            "Quảng Nam làm trước\n\nTại xã An Hạ, huyện Sơn Khê, Phòng Y tế nhập với Phòng Dân tộc.",
            [("Phòng Y tế", "huyện Sơn Khê"), ("Phòng Dân tộc", "huyện Sơn Khê")],
        ),
        (  # of which of the two districts of the title is not said
            "Chuyện ở Sơn Khê, Kim Lĩnh\n\nBan Dân vận Huyện ủy Sơn Khê có 4 người. Huyện ủy Sơn Khê, Huyện ủy "
            "Kim Lĩnh nói vậy.\n\nPhòng Y tế giải thể.",
            [("Phòng Y tế", None)],
        ),
        (  # no council: a department of another province decides nothing for this one
            "Đắk Lắk và Quảng Nam họp\n\nTỉnh ủy Quảng Nam họp. Nguyên Giám đốc Sở Y tế tỉnh Đắk Lắk thống nhất, "
            "Sở Nội vụ báo cáo. Tỉnh Quảng Nam.",
            [("Sở Nội vụ", "tỉnh Quảng Nam")],
        ),
        (  # in a text about several provinces, a unit beside one that says its own
            "Ba đề án\n\nMột là nhập Đài PT-TH Đồng Tháp với Báo Đồng Tháp để thành lập Trung tâm Báo chí. Hai là nhập "
            "Đài PT-TH Cà Mau với Báo Cà Mau để thành lập Trung tâm Truyền thông.",
            [("Trung tâm Báo chí", "tỉnh Đồng Tháp"), ("Trung tâm Truyền thông", "tỉnh Cà Mau")],
        ),
        (  # branches in a text about several provinces are in the one of the office named before
            "Bộ Tài chính tổ chức lại các chi cục hải quan\n\nQuyết định số 12/QĐ-BTC tổ chức lại Cục Hải quan tỉnh "
            "Quảng Nam: Chi cục Hải quan cửa khẩu Khe Tre nhập vào Chi cục Hải quan cửa khẩu Khe Lá.\n\nVới Cục Hải "
            "quan tỉnh Đắk Lắk, Chi cục Hải quan Kim Lĩnh được giữ nguyên.",
            [
                ("Chi cục Hải quan cửa khẩu Khe Tre", "tỉnh Quảng Nam"),
                ("Chi cục Hải quan cửa khẩu Khe Lá", "tỉnh Quảng Nam"),
                ("Chi cục Hải quan Kim Lĩnh", "tỉnh Đắk Lắk"),
            ],
        ),
    ],
)
def test_unit_is_where_the_text_speaks_of(text: str, placed: list[tuple[str, str | None]]) -> None:
    reading = read_document(make_document("bai.txt", text))
    found = [(fact.values["unit"].name, fact.values["unit"].place) for fact in reading.of("units")]
    assert [each for each in placed if each not in found] == [], found


def test_a_newspaper_of_a_province_is_on_its_level() -> None:
    text = "Hai đề án\n\nBáo Đồng Tháp nhập với đài. Báo Cà Mau không nhập."
    reading = read_document(make_document("bai.txt", text))
    assert [(unit.name, unit.level) for unit in reading.units.units] == [
        ("Báo Đồng Tháp", "province"),
        ("Báo Cà Mau", "province"),
    ]


def test_a_place_that_is_now_only_in_the_name_stays_in_it() -> None:
    text = "Tỉnh Quảng Nam đổi tên\n\nTrung tâm Y tế huyện Sơn Khê đổi tên thành Trung tâm Y tế Sơn Khê."
    reading = read_document(make_document("bai.txt", text))
    (event,) = reading.of("events")
    (old,), (new,) = event.values["inputs"], event.values["outputs"]
    assert (event.values["kind"], old.name, old.place) == ("rename", "Trung tâm Y tế", "huyện Sơn Khê")
    assert (new.name, new.place_basis) == ("Trung tâm Y tế Sơn Khê", "deduced")


def test_a_unit_behind_what_it_takes_in_is_the_one_of_its_place() -> None:
    text = "Tỉnh Quảng Nam\n\nSáp nhập Trạm Thú y huyện Sơn Khê vào Trung tâm Y tế Sơn Khê."
    reading = read_document(make_document("bai.txt", text))
    assert [unit.name for unit in reading.units.units] == ["Trạm Thú y", "Trung tâm Y tế"]
