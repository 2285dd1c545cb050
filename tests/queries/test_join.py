"""All pairs above a threshold: what comparing all with all finds, compiled and not."""

import subprocess
import sys
from itertools import combinations
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries import join
from queries.join import TooManyPairs, similar_groups, similar_pairs
from queries.vectors import Csr, vectors, word_vectors

Row = dict[str, float]
WAYS = [False, True]

weights = st.one_of(st.floats(0.01, 10), st.sampled_from([0.0, 1.0, 2.0, 1e-200, 1e200]))
rows = st.lists(st.dictionaries(st.sampled_from("abcdefgh"), weights, max_size=6), max_size=25)
thresholds = st.one_of(st.floats(0.05, 1), st.sampled_from([0.5, 0.8, 1.0]))


@pytest.fixture(params=WAYS, ids=["plain", "compiled"])
def compiled(request: pytest.FixtureRequest) -> bool:
    if request.param:
        pytest.importorskip("numba")
    return bool(request.param)


def cosine(a: Row, b: Row) -> float:
    # scaled, as squares of very large or small weights leave the range of numbers
    a, b = ({term: weight / max(row.values()) for term, weight in row.items()} for row in (a, b))
    dot = sum(weight * b[term] for term, weight in a.items() if term in b)
    return dot / sqrt(sum(w * w for w in a.values())) / sqrt(sum(w * w for w in b.values()))


def brute(table: list[Row]) -> dict[tuple[int, int], float]:
    filled = [i for i, row in enumerate(table) if any(row.values())]
    return {(i, j): cosine(table[i], table[j]) for i, j in combinations(filled, 2)}


def check(table: list[Row], threshold: float, compiled: bool) -> None:
    found = similar_pairs(table, threshold, compiled=compiled)
    pairs = dict(zip(zip(found.i, found.j, strict=True), found.cosine, strict=True))
    assert len(pairs) == len(found.i)
    expected = brute(table)
    assert all(i < j for i, j in pairs)
    assert {pair for pair, value in expected.items() if value >= threshold} <= set(pairs)
    assert all(expected[pair] >= threshold - 1e-8 and abs(expected[pair] - pairs[pair]) < 1e-8 for pair in pairs)


@given(rows, thresholds)
@settings(max_examples=300, deadline=None)
def test_all_pairs_and_no_others(table: list[Row], threshold: float) -> None:
    check(table, threshold, compiled=False)


@given(rows, thresholds)
@settings(max_examples=300, deadline=None)
def test_all_pairs_and_no_others_compiled(table: list[Row], threshold: float) -> None:
    pytest.importorskip("numba")
    check(table, threshold, compiled=True)


def texts(count: int) -> list[str]:
    """Made of forty words, some in every text, so that there are pairs of every likeness."""
    words = [f"w{n}" for n in range(40)]
    rows = ([words[(i * k * k + k) % (i % 37 + 3)] for k in range(i % 9 + 2)] for i in range(count))
    return [" ".join(["a", "b", *row]) for row in rows]


def test_both_ways_find_the_same_to_the_last_digit() -> None:
    pytest.importorskip("numba")
    table = word_vectors(texts(3_000))
    assert similar_pairs(table, 0.7, compiled=False) == similar_pairs(table, 0.7, compiled=True)


def test_the_room_for_pairs_runs_out_and_nothing_is_lost(compiled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    table = word_vectors(texts(300))
    whole = similar_pairs(table, 0.3, compiled=compiled)
    assert len(whole.i) > 3_000
    monkeypatch.setattr(join, "_ROOM", 1)
    assert similar_pairs(table, 0.3, compiled=compiled) == whole


def test_compressed_rows_are_the_same_as_mappings() -> None:
    table = [{0: 1.0, 3: 2.0}, {3: 1.0}, {}, {1: 5.0, 0: 0.5}]
    starts, terms, values = [0, 2, 3, 3, 5], [0, 3, 3, 1, 0], [1.0, 2.0, 1.0, 5.0, 0.5]
    assert vectors(Csr(starts, terms, values)) == vectors(table)  # type: ignore[arg-type]


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    table = word_vectors(["x a", "x b", "x b", "x"])
    first = dict(zip(table.features[0:2], table.weights[0:2], strict=True))
    assert first[0] > first[2] > 0  # a is the rarest, x in all
    assert [table.starts[r + 1] - table.starts[r] for r in range(4)] == [2, 2, 2, 1]


def test_a_word_said_twice_counts_once() -> None:
    assert word_vectors(["x a a", "x a"])[:3] == word_vectors(["x a", "x a"])[:3]


def test_equal_rows_count_as_one(compiled: bool) -> None:
    table: list[Row] = [{"a": 1.0, "b": 1.0}, {}, {"a": 1.0, "b": 1.0, "c": 0.1}, {}, {"b": 1.0, "a": 1.0}]
    groups = similar_groups(table, 0.9, compiled=compiled)
    assert list(groups.first) == [0, 1, 2, 3, 0]
    assert list(zip(groups.pairs.i, groups.pairs.j, strict=True)) == [(0, 2)]
    pairs = similar_pairs(table, 0.9, compiled=compiled)
    assert sorted(zip(pairs.i, pairs.j, strict=True)) == [(0, 2), (0, 4), (2, 4)]


def test_ten_thousand_equal_rows_make_no_pair(compiled: bool) -> None:
    groups = similar_groups(word_vectors(["quản lý rừng"] * 10_000 + ["quản lý chợ"]), 0.9, compiled=compiled)
    assert set(groups.first) == {0, 10_000}
    assert not groups.pairs.i


def test_a_term_that_all_share_is_not_looked_at(compiled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = []
    real = join._list_starts
    monkeypatch.setattr(join, "_list_starts", lambda *args: listed.append(real(*args)) or listed[-1])
    table = word_vectors([f"quản lý {i} {i + 1}" for i in range(10_000)])
    assert not similar_pairs(table, 0.8, compiled=compiled).i
    # the lists of the two words that are in every row are empty: those end where they begin
    assert listed[0][-3:] == listed[0][-3:][:1] * 3


def test_no_rows_and_one_row(compiled: bool) -> None:
    assert similar_pairs([], 0.5, compiled=compiled) == similar_pairs([{"a": 1.0}], 0.5, compiled=compiled)
    assert not similar_pairs([{}, {}, {"a": 0.0}], 0.5, compiled=compiled).i


@pytest.mark.parametrize("threshold", [0, -0.5, 1.01, float("nan")])
def test_a_threshold_is_above_nothing_and_at_most_one(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        similar_pairs([{"a": 1.0}], threshold)


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), -1.0])
def test_weights_are_finite_and_not_negative(weight: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        similar_pairs([{"a": weight, "b": 1.0}], 0.5)


def test_too_many_pairs_are_said_before_memory_is_full(compiled: bool) -> None:
    with pytest.raises(TooManyPairs, match="raise the threshold"):
        similar_pairs(word_vectors(["x"] * 2_000), 0.5, most=10_000, compiled=compiled)


def test_small_inputs_import_neither_numpy_nor_numba() -> None:
    code = (
        "import sys; from queries.join import similar_pairs;"
        "print(len(similar_pairs([{str(i % 50): 1.0} for i in range(100)], 0.8).i),"
        "[m for m in ('numpy', 'numba', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "50 []"


def test_large_inputs_are_compiled_where_numba_is(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[int] = []
    monkeypatch.setattr(join, "_compiled", lambda: used.append(1) or join._PLAIN)
    monkeypatch.setattr(join, "_WORTH_COMPILING", 6)
    monkeypatch.setattr(join, "find_spec", lambda name: None)
    few, many = word_vectors(["a b", "a c"]), word_vectors(["a b", "a c", "d"] * 2)
    assert similar_pairs(many, 0.9).i and not used
    monkeypatch.setattr(join, "find_spec", lambda name: name)
    similar_pairs(few, 0.9)
    assert not used
    similar_pairs(many, 0.9)
    assert used
