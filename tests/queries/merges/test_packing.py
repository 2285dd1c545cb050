"""Exact set packing against all choices."""

import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.merges.packing import pack

GROUPS = st.lists(
    st.tuples(st.sets(st.integers(0, 7), min_size=2, max_size=4), st.integers(-2, 50)), min_size=1, max_size=9
)


def best(groups, weights):
    """By trying all choices."""
    found = 0
    for size in range(1, len(groups) + 1):
        for choice in combinations(range(len(groups)), size):
            members = [m for i in choice for m in groups[i]]
            if len(members) == len(set(members)):
                found = max(found, sum(weights[i] for i in choice))
    return found


@settings(max_examples=40, deadline=None)
@given(GROUPS)
def test_the_choice_weighs_as_much_as_the_best_of_all_and_no_member_is_in_two(rows):
    groups, weights = [g for g, _ in rows], [w for _, w in rows]
    packing = pack(groups, weights)
    members = [m for i in packing.chosen for m in groups[i]]
    assert packing.proven
    assert len(members) == len(set(members))
    assert sum(weights[i] for i in packing.chosen) == pytest.approx(best(groups, weights))


def test_two_middling_pairs_beat_the_best_one_between_them():
    assert pack([("a", "b"), ("b", "c"), ("c", "d")], [3.0, 5.0, 3.0]).chosen == [0, 2]


def test_what_is_fixed_is_chosen_though_it_weighs_nothing_and_pushes_others_out():
    assert pack([("a", "b"), ("b", "c")], [9.0, -1.0], fixed=[1]).chosen == [1]
    assert pack([("a", "b"), ("b", "c")], [9.0, 1.0], fixed=[1, 0]).chosen == [1]


def test_nothing_to_choose():
    assert pack([], []).chosen == []
    assert pack([("a", "b")], [0.0]).chosen == []


def test_the_solver_writes_nothing_before_the_answer_that_is_printed():
    # a process of its own, since it would write only where it is made for the first time
    code = "from queries.merges.packing import pack; print(pack([('a', 'b'), ('b', 'c')], [2.0, 1.0]).chosen)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("[0]\n", "")
