"""Decisions on functions and organisation, of several forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loaders.load import load
from loaders.reading.answer_keys import read_keys
from loaders.reading.articles import parts
from loaders.reading.document import make_document
from loaders.reading.facts import Reading
from loaders.reading.output import rows, to_yaml
from loaders.reading.read import read_document
from loaders.reading.scoring import score

FIXTURES = Path(__file__).parents[2] / "fixtures" / "reading"
KEYS = ("statutes-key.yaml", "decisions-key.yaml")


def read(name: str) -> Reading:
    return read_document(make_document(name, (FIXTURES / name).read_text(encoding="utf-8")))


def read_text(*lines: str) -> Reading:
    head = ["SỞ Y TẾ TỈNH HÀ LÂM", "Số: 77/QĐ-SYT", "Hà Lâm, ngày 9 tháng 1 năm 2026", "QUYẾT ĐỊNH"]
    about = "Quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Trung tâm Kiểm soát bệnh tật tỉnh Hà Lâm"
    return read_document(make_document("qd.txt", "\n".join([*head, about, *lines])))


def addresses(*lines: str) -> list[tuple[str, str]]:
    return [(part.address, part.text) for part in parts(make_document("t", "\n".join(lines)).paragraphs)]


def inner(reading: Reading) -> list[str]:
    return [u.name for u in reading.units.units if u.parent == "Trung tâm Kiểm soát bệnh tật"]


@pytest.mark.parametrize("key", KEYS)
def test_all_that_the_keys_name_is_found(key: str) -> None:
    keys = read_keys([FIXTURES / key])
    for found in score([read(name) for name in keys], keys):
        assert not found.missed and not found.wrong, found


def test_clauses_of_all_forms_have_an_address() -> None:
    assert addresses(
        *("Điều 1. Nhiệm vụ", "1. Một;", "2) Hai:", "a) A;", "b. Bê:", "b.1) Bê một;", "- gạch;"),
        *("Điều 2. Nhiệm vụ", "1- Ba:", "1.1- Ba một.", "1.2. Ba hai.", "a- A của ba hai;"),
    ) == [
        ("Điều 1 khoản 1", "Một;"),
        ("Điều 1 khoản 2", "Hai:"),
        ("Điều 1 khoản 2 điểm a", "A;"),
        ("Điều 1 khoản 2 điểm b", "Bê:"),
        ("Điều 1 khoản 2 điểm b.1", "Bê một;"),
        ("Điều 1 khoản 2 điểm b.1", "gạch;"),
        ("Điều 2 khoản 1", "Ba:"),
        ("Điều 2 khoản 1.1", "Ba một."),
        ("Điều 2 khoản 1.2", "Ba hai."),
        ("Điều 2 khoản 1.2 điểm a", "A của ba hai;"),
    ]


def test_a_number_or_a_date_at_the_beginning_is_no_clause() -> None:
    assert [a for a, _ in addresses("Điều 1. Nhiệm vụ", "1. Một.", "12/2019 là hạn.", "3.500 người được giao.")] == [
        "Điều 1 khoản 1"
    ] * 3


def test_an_attached_regulation_numbers_its_articles_anew() -> None:
    found = addresses(
        *("Điều 1. Ban hành kèm theo Quyết định này Quy định về Sở.", "Điều 2. Hiệu lực từ ngày ký.", "TM. UBND"),
        *("QUY ĐỊNH", "Về Sở", "Điều 1. Chức năng", "1. Tham mưu."),
    )
    assert [address for address, _ in found] == ["Điều 1", "Điều 2", "Điều 1 khoản 1 (Quy định kèm theo)"]


def test_a_line_that_is_broken_in_a_clause_is_no_heading() -> None:
    clause = "1. Trung tâm giám sát, điều tra, xử lý dịch bệnh trên địa bàn, tham mưu, giúp"
    reading = read_text("Điều 1. Nhiệm vụ", clause, "Sở Y tế quản lý nhà nước về y tế dự phòng.", "Điều 2. Khác")
    assert [f.values["text"].partition("địa ")[2] for f in reading.of("functions")] == [
        "bàn, tham mưu, giúp Sở Y tế quản lý nhà nước về y tế dự phòng"
    ]


def test_columns_side_by_side_are_told_apart() -> None:
    reading = read_document(
        make_document(
            "qd.txt",
            "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH VÂN ĐÀI Độc lập - Tự do - Hạnh phúc\n"
            "Số: 52/2025/QĐ-UBND Vân Đài, ngày 28 tháng 8 năm 2025\nQUYẾT ĐỊNH\nQuy định chức năng của Sở Tài chính\n"
            "Điều 1. Chức năng\nSở Tài chính tham mưu về ngân sách.\nĐiều 2. Hiệu lực từ ngày 10 tháng 9 năm 2025.\n"
            "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như Điều 2; KT. CHỦ TỊCH\n- Sở Nội vụ; PHÓ CHỦ TỊCH\nLương Thế Khải",
        )
    )
    assert (reading.document.issuer, reading.units.home) == ("Ủy ban nhân dân tỉnh Vân Đài", "tỉnh Vân Đài")
    (held,) = reading.of("holdings")
    assert (held.values["person"], held.values["title"]) == ("Lương Thế Khải", "Phó Chủ tịch")


def test_headings_without_text_are_nothing() -> None:
    reading = read_text("Điều 1. Chức năng", "Điều 2. Cơ cấu tổ chức")
    assert reading.of("functions") == reading.of("positions") == []


def test_further_paragraphs_of_a_clause_belong_to_its_function() -> None:
    reading = read_text(
        *("Điều 1. Nhiệm vụ", "1. Giám sát dịch bệnh trên địa bàn tỉnh.", "Báo cáo kết quả hằng tháng."),
        *("2. Về y tế dự phòng:", "Triển khai tiêm chủng mở rộng.", "Kiểm dịch y tế tại cửa khẩu.", "Điều 2. Khác"),
    )
    assert [(f.values["address"], f.values["text"]) for f in reading.of("functions")] == [
        ("Điều 1 khoản 1", "Giám sát dịch bệnh trên địa bàn tỉnh. Báo cáo kết quả hằng tháng"),
        ("Điều 1 khoản 2", "Về y tế dự phòng: Triển khai tiêm chủng mở rộng"),
        ("Điều 1 khoản 2", "Về y tế dự phòng: Kiểm dịch y tế tại cửa khẩu"),
    ]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("2. Phòng chuyên môn: Phòng Dược; Phòng Thanh tra, Pháp chế.", ["Phòng Dược", "Phòng Thanh tra, Pháp chế"]),
        ("2. Gồm 02 phòng: Phòng Dược và Phòng Tài vụ.", ["Phòng Dược", "Phòng Tài vụ"]),
        (
            "2. Các phòng chức năng (03 phòng): Tổ chức - Hành chính, Kế hoạch, Dược.",
            ["Phòng Tổ chức - Hành chính", "Phòng Kế hoạch", "Phòng Dược"],
        ),
        (
            "2. Các khoa: Phòng, chống bệnh lao; Xét nghiệm.",
            ["Khoa Phòng, chống bệnh lao", "Khoa Xét nghiệm"],
        ),
        ("2. Đơn vị trực thuộc Trung tâm là Trạm Cấp cứu Đèo Mây.", ["Trạm Cấp cứu Đèo Mây"]),
        ("2. Văn phòng;", ["Văn phòng Trung tâm Kiểm soát bệnh tật"]),
        ("2. Trưởng phòng chịu trách nhiệm trước Giám đốc Trung tâm.", []),
    ],
)
def test_units_inside(line: str, names: list[str]) -> None:
    reading = read_text("Điều 1. Chức năng", "Giám sát dịch bệnh.", "Điều 2. Cơ cấu tổ chức", line)
    assert inner(reading) == names


@pytest.mark.parametrize(
    ("lines", "posts"),
    [
        (["1. Trung tâm có Giám đốc và không quá 03 Phó Giám đốc."], [("Giám đốc", 1), ("Phó Giám đốc", 3)]),
        (["1. Lãnh đạo: 01 Giám đốc, 02 (hai) Phó Giám đốc."], [("Giám đốc", 1), ("Phó Giám đốc", 2)]),
        (
            ["1. Ban Giám đốc:", "a) Giám đốc: 01 người;", "b) Phó Giám đốc: không quá 02 người."],
            [("Giám đốc", 1), ("Phó Giám đốc", 2)],
        ),
        (["1. Trung tâm có Giám đốc và các Phó Giám đốc."], [("Giám đốc", 1), ("Phó Giám đốc", None)]),
        (["1. Bệnh viện Đồi Chè có Giám đốc và 02 Phó Giám đốc."], []),
        (["1. Giám đốc do Giám đốc Sở Y tế bổ nhiệm, lãnh đạo Trung tâm."], []),
    ],
)
def test_posts(lines: list[str], posts: list[tuple[str, int | None]]) -> None:
    reading = read_text("Điều 1. Chức năng", "Giám sát dịch bệnh.", "Điều 2. Cơ cấu tổ chức", *lines)
    assert [(f.values["title"], f.values["seats"]) for f in reading.of("positions")] == posts


@pytest.mark.parametrize(
    ("foot", "held"),
    [
        (["GIÁM ĐỐC", "(Đã ký)", "Đinh Quang Thụ"], ("Đinh Quang Thụ", "Giám đốc", "Sở Y tế", None)),
        (["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Hà Thị Mơ"], ("Hà Thị Mơ", "Phó Giám đốc", "Sở Y tế", None)),
        (["Q. GIÁM ĐỐC", "Hà Thị Mơ"], ("Hà Thị Mơ", "Giám đốc", "Sở Y tế", "acting")),
        (
            ["TL. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ", "Võ Minh Tường"],
            ("Võ Minh Tường", "Giám đốc", "Sở Nội vụ", None),
        ),
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Võ Minh Tường"], None),  # of which place is not said
        (["Nơi nhận: | GIÁM ĐỐC", "- Sở Xây dựng; | Hà Thị Mơ"], ("Hà Thị Mơ", "Giám đốc", "Sở Y tế", None)),
        (["Nơi nhận:", "- Như Điều 2;", "- Lưu: VT."], None),
    ],
)
def test_who_signed(foot: list[str], held: tuple[str, str, str, str | None] | None) -> None:
    reading = read_text("Điều 1. Chức năng", "Giám sát dịch bệnh.", "Điều 2. Có hiệu lực kể từ ngày ký.", *foot)
    found = [f.values for f in reading.of("holdings")]
    assert [(v["person"], v["title"], v["unit"].name, v["mode"]) for v in found] == ([held] if held else [])
    assert "Sở Xây dựng" not in [unit.name for unit in reading.units.units]


def test_the_unit_above_is_the_one_that_the_first_article_names() -> None:
    above = {u.name: u.parent for u in read("statute-so-khcn.txt").units.units}
    assert above["Sở Khoa học và Công nghệ"] == "Ủy ban nhân dân tỉnh"
    assert above["Chi cục Tiêu chuẩn Đo lường Chất lượng"] == "Sở Khoa học và Công nghệ"
    assert above["Sở Nội vụ"] is None


def test_an_annex_behind_the_signature_is_read() -> None:
    foot = ["Nơi nhận:", "- Sở Xây dựng;", "GIÁM ĐỐC", "Hà Thị Mơ", "PHỤ LỤC", "Danh sách: Sở Tài chính."]
    reading = read_text("Điều 1. Chức năng", "Giám sát dịch bệnh.", "Điều 2. Có hiệu lực từ ngày ký.", *foot)
    assert {"Sở Tài chính", "Sở Xây dựng"} & {unit.name for unit in reading.units.units} == {"Sở Tài chính"}


def test_head_dates_and_what_is_replaced() -> None:
    reading = read("statute-so-khcn.txt")
    document = reading.document
    assert (document.issuer, document.in_force) == ("Ủy ban nhân dân tỉnh Vân Đài", "10 tháng 9 năm 2025")
    replaced = [f.values["number"] for f in reading.of("documents") if f.values["citation"] == "replaces"]
    assert replaced == ["08/2022/QĐ-UBND", "31/2023/QĐ-UBND"]
    branch = read("statute-kiem-lam.txt").document
    assert (branch.issuer, branch.in_force) == ("Sở Nông nghiệp và Phát triển nông thôn", "14 tháng 5 năm 2019")
    party = read("statute-ban-to-chuc.txt").document
    assert (party.issuer, party.title.partition(" của ")[2]) == ("Tỉnh ủy Hà Lâm", "Ban Tổ chức Tỉnh ủy")


def test_a_decision_is_loaded_with_functions_structure_and_posts(store: Any, tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(to_yaml(rows([read("statute-kiem-lam.txt")])), encoding="utf-8")
    load(store, [file])
    parts = "MATCH (u:Unit)-[:PART_OF]->(c:Unit {name: 'Chi cục Kiểm lâm'}) RETURN count(DISTINCT u)"
    assert store.read(parts).rows == [[8]]
