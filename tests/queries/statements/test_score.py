"""Scores of pairs: the known failures of plain likeness, the parts, degenerate input."""

from __future__ import annotations

from math import log

import pytest

from queries.statements import Scorer, parse
from queries.statements.boilerplate import mine
from queries.statements.explain import explanation


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer()


FLAGGED = [
    ("Quản lý, tu sửa kênh mương, trạm bơm", "Khai thác công trình thủy lợi"),  # no word in common
    ("Quản lý nhà nước về thú y, chăn nuôi, thủy sản, lâm nghiệp, trồng trọt", "Quản lý nhà nước về thú y"),  # a list
    ("Quan ly nha nuoc ve ho tich", "Quản lý nhà nước về đăng ký khai sinh, khai tử"),  # no diacritics
    ("Tham mưu QLNN về GTVT", "Giúp Sở quản lý nhà nước về giao thông vận tải"),  # abbreviations
    ("Kiểm tra, giám sát đảng viên", "Giám sát, kiểm tra tổ chức đảng và đảng viên"),
]
NOT_FLAGGED = [
    ("Quản lý nhà nước về khám bệnh, chữa bệnh", "Trực tiếp khám, điều trị cho người bệnh"),  # another role
    ("Quản lý hồ sơ công chức", "Quản lý hồ sơ bệnh án"),  # a head noun in common
    ("Tham mưu, giúp UBND tỉnh quản lý nhà nước về dược", "Tham mưu, giúp UBND tỉnh quản lý nhà nước về nhà ở"),
    ("Thực hiện các nhiệm vụ khác do Giám đốc giao", "Thực hiện các nhiệm vụ khác do Giám đốc giao"),
    ("Quản lý hồ sơ", "Quản lý hồ sơ"),
    ("Báo cáo định kỳ về dân số", "Báo cáo định kỳ về khoáng sản"),
]


@pytest.mark.parametrize(("a", "b"), FLAGGED)
def test_flagged(scorer: Scorer, a: str, b: str) -> None:
    assert scorer.score(parse(a), parse(b)).cls in ("duplicate", "overlap")


@pytest.mark.parametrize(("a", "b"), NOT_FLAGGED)
def test_not_flagged(scorer: Scorer, a: str, b: str) -> None:
    assert scorer.score(parse(a), parse(b)).cls in ("related", "unrelated")


def test_the_same_object_in_another_role_is_related(scorer: Scorer) -> None:
    score = scorer.score(parse("Quản lý nhà nước về vận tải"), parse("Vận hành tuyến xe buýt"))
    assert score.cls == "related"
    parts = {part.name: part for part in score.parts}
    assert parts["role_differs"].contribution < -0.5
    assert "quản lý nhà nước" in parts["role_differs"].detail


@pytest.mark.parametrize(("a", "b"), [*FLAGGED, *NOT_FLAGGED, ("", ""), ("xe", "!!"), ("a" * 5000, "a b " * 500)])
def test_parts_sum_to_the_log_odds_and_order_does_not_matter(scorer: Scorer, a: str, b: str) -> None:
    score = scorer.score(parse(a), parse(b))
    assert sum(part.contribution for part in score.parts) == pytest.approx(log(score.value / (1 - score.value)))
    assert all(part.contribution == part.value * part.weight for part in score.parts)
    assert scorer.score(parse(b), parse(a)).value == pytest.approx(score.value, abs=1e-12)


def test_the_explanation_names_what_is_shared_and_set_aside(scorer: Scorer) -> None:
    a, b = parse("Thanh tra bến xe trên địa bàn tỉnh Vĩnh Phúc"), parse("Quản lý nhà nước về bến xe")
    text = explanation(a, b, scorer.score(a, b))
    assert "bến xe" in text
    assert "thanh tra, kiểm tra / quản lý nhà nước" in text
    assert "tỉnh Vĩnh Phúc" in text
    english = Scorer(lang="en").score(a, b)
    assert "inspection / state management" in explanation(a, b, english, "en")


def test_features_are_near_where_scores_are_high(scorer: Scorer) -> None:
    a, b = (scorer.features(parse(text)) for text in ("Quản lý kênh mương", "Vận hành công trình thủy lợi"))
    shared = sum(weight * b.get(term, 0.0) for term, weight in a.items())
    lengths = sum(w * w for w in a.values()) ** 0.5 * sum(w * w for w in b.values()) ** 0.5
    assert shared / lengths > 0.8


def test_boilerplate_is_mined_from_the_corpus() -> None:
    endings = ["xe", "đò", "nhà", "cửa", "chim", "cá", "hoa", "lá", "mây"]
    rows = [["kính", "thưa", "quí", "vị", word, "hay"] for word in endings]
    mined = mine(rows)
    assert mined.cut(["kính", "thưa", "quí", "vị", "gió", "mát"])[0] == 4
    assert mine(rows[:3]).cut(rows[0]) == (0, 0)


def test_mined_words_do_not_count() -> None:
    words = ["xe", "đò", "chim", "hoa", "lá", "mây", "gió", "nắng", "sông"]
    texts = [f"Xuyên suốt nhịp nhàng {word} tưng bừng" for word in words]
    a, b = parse("Xuyên suốt nhịp nhàng bàn"), parse("Xuyên suốt nhịp nhàng ghế")
    plain = Scorer([a, b]).score(a, b).value
    assert Scorer([*map(parse, texts), a, b]).score(a, b).value < plain
