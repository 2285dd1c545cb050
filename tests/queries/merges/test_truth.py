"""The evaluation on known mergers: its arithmetic, what it keeps from leaking, and how well the scores do."""

import datetime as dt

import pytest

from graph.errors import UserError
from loaders.load import load
from queries.merges.known import Row, cells, columns, resolve
from queries.merges.pull import pull
from queries.merges.truth import Known, Ranked, evaluate, measure
from tests.queries.merges.families import part
from tests.queries.merges.worlds import ON, farm

ON_2025 = dt.date(2025, 2, 28)


def ranking(*rows):
    """Rows of (score, right)."""
    return [Ranked(str(n), "", "", "", "", ON, s, s, s, right, ()) for n, (s, right) in enumerate(rows)]


def test_the_measures_of_a_ranking():
    found = measure(ranking((0.9, True), (0.8, False), (0.7, True), (0.6, False), (0.0, True)), lambda r: r.rank)
    # right at ranks 1 and 3; the one without a score was never found
    assert found.average_precision == pytest.approx((1 + 2 / 3) / 3)
    assert found.precision[3] == pytest.approx(2 / 3) and found.recall[3] == pytest.approx(2 / 3)
    assert found.precision[10] == pytest.approx(3 / 10)


def test_ties_are_broken_against_the_method():
    assert measure(ranking((0.5, True), (0.5, False)), lambda r: r.rank).average_precision == 0.5


@pytest.mark.parametrize(("name", "least"), [("tuned", 0.85), ("untouched", 0.8)])
def test_known_mergers_are_found_again_and_better_than_by_word_jaccard(name, least):
    found = evaluate(part(name))
    assert found.ours.average_precision >= least
    assert found.ours.precision[20] >= 0.9
    assert found.ours.average_precision > found.baseline.average_precision
    assert found.in_reach.average_precision >= found.ours.average_precision


def test_mergers_by_policy_are_listed_as_out_of_reach_and_not_forced():
    found = evaluate(part("untouched"))
    policy = [r for r in found.pairs if r.right and "Sở Nội vụ" in (r.a_name, r.b_name)]
    assert {r.why for r in policy} == {"out_of_reach"}
    assert all(r.score < 0.5 for r in policy)


def test_pairs_that_the_file_labels_are_the_whole_ranking():
    world = farm()
    ids = sorted(world.units)
    known = [Known((ids[0], ids[1]), ON, "p", "apart"), Known((ids[1], ids[2]), ON, "p", "merged")]
    assert len(evaluate([(world, known)]).pairs) == 2
    skipped = [Known((ids[0], ids[1]), ON, "p", "skip"), known[1]]
    assert (ids[0], ids[1]) not in {(r.a, r.b) for r in evaluate([(world, skipped)]).pairs}


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["a", "b", "on"], ["a", "b", "on"]),
        (["Đơn vị A", "Đơn vị B", "Địa bàn", "Ngày", "Nhãn", "khác"], ["a", "b", "in", "on", "label", ""]),
        (["Các đơn vị", "kết quả"], ["units", "result"]),
    ],
)
def test_headers_in_vietnamese_and_english(header, found):
    assert columns(header) == found


def test_a_file_without_units_says_what_it_needs():
    with pytest.raises(UserError, match="columns a, b"):
        columns(["tên", "ngày"])


# ---------------------------------------------------------------- on the demo's graph


def rows(*cells_):
    return [Row(f"truth!{n}", each) for n, each in enumerate(cells_, 2)]


VP = {"in": "tỉnh Vĩnh Phúc"}


def test_the_day_before_the_merger_is_found_in_the_graph_and_tells_units_of_one_name_apart(demo):
    known, unknown = resolve(demo, rows({"units": "Sở Kế hoạch và Đầu tư; Sở Tài chính", **VP}), dt.date(2026, 1, 1))
    assert unknown == []
    assert known[0].on == ON_2025
    assert set(known[0].units) == {"vp-so-khdt", "vp-so-tai-chinh"}


def test_a_date_in_the_file_is_that_of_the_merger(demo):
    known, _ = resolve(demo, rows({"a": "Sở Nội vụ", "b": "Sở Y tế", "on": "1/3/2025", **VP}), dt.date(2026, 1, 1))
    assert known[0].on == ON_2025


def test_all_rows_that_are_not_understood_are_told_at_once_with_the_nearest_names(demo):
    _, unknown = resolve(
        demo,
        rows(
            {"a": "Sở Nội vụu", "b": "Sở Y tế", **VP},
            {"a": "Sở Y tế", "b": "Sở Tài chính", "on": "31/31/2025", **VP},
            {"a": "Sở Y tế", **VP},
            {"a": "Sở Y tế", "b": "Sở Y tế", **VP},
            {"a": "Sở Y tế", "b": "Sở Nội vụ", "label": "có lẽ", **VP},
        ),
        ON_2025,
    )
    assert [each.at for each in unknown] == [f"truth!{n}" for n in range(2, 7)]
    assert "Sở Nội vụ @ tỉnh Vĩnh Phúc" in unknown[0].message


def test_what_the_successor_does_is_not_known_the_day_before(demo):
    known, _ = resolve(demo, rows({"units": "Sở Xây dựng [vp-so-xay-dung]; Sở Giao thông vận tải", **VP}), ON_2025)
    ((world, _),) = list(cells(demo, known))
    assert world.on == ON_2025
    assert "vp-so-xay-dung-2025" not in world.units
    assert all(event.date <= world.on for event in world.happened)


LATE = """
documents:
  - {id: before, kind: decree, number: 1/NĐ, issued: 2014-01-01}
  - {id: after, kind: article, title: Bài viết sau, published: 2020-01-01}
places:
  - {id: t, name: tỉnh Thử, kind: tinh}
units:
  - {id: s1, name: Sở Một, place: t, valid_from: 2010-01-01}
functions:
  - {id: f1, unit: s1, text: Quản lý đất đai, document: before, basis: deduced}
  - {id: f2, unit: s1, text: Quản lý rừng, document: after, basis: deduced}
  - {id: f3, unit: s1, text: Quản lý biển, document: after, basis: stated, valid_from: 2010-01-01}
  - {id: f4, unit: s1, text: Quản lý sông, document: before, valid_from: "≤ 2019-01-01"}
"""


def test_functions_deduced_from_later_writing_are_set_aside(store, facts_file):
    load(store, [facts_file(LATE)])
    day = dt.date(2018, 1, 1)
    strict, plain = pull(store, day, ["t"], strict=True), pull(store, day, ["t"])
    assert [f for f, _ in strict.functions["s1"]] == ["f1", "f3"]
    assert strict.set_aside == 1
    # what may have been so counts when it is not a test
    assert [f for f, _ in plain.functions["s1"]] == ["f1", "f2", "f3", "f4"]
