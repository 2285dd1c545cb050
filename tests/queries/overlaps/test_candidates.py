"""Looking for candidates loses few of the pairs that scoring all of them finds."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from graph.packaged import packaged_yaml
from queries.overlaps import candidates
from queries.overlaps.candidates import candidate_pairs
from queries.overlaps.find import find
from queries.statements import Scorer, parse
from tests.queries.overlaps.made import columns, host


@pytest.fixture
def no_full_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Candidates are looked for however few the pairs are."""

    def changed(*path: str) -> Any:
        found = packaged_yaml(*path)
        return {**found, "candidates": {**found["candidates"], "all_pairs": 0}}

    monkeypatch.setattr(candidates, "packaged_yaml", changed)


def statements() -> dict[str, Any]:
    texts = [text for group in packaged_yaml("queries", "data", "background.yaml").values() for text in group]
    parsed = [parse(text) for text in texts]
    return {each.key: each for each in parsed if each.terms}


def test_nearly_all_overlaps_are_among_the_candidates(no_full_scan: None) -> None:
    known = statements()
    scorer = Scorer(known.values())
    found = set(candidate_pairs(known, [known], scorer))
    wanted = {
        (a, b)
        for a, b in combinations(sorted(known), 2)
        if scorer.score(known[a], known[b]).cls in ("duplicate", "overlap")
    }
    assert len(wanted) > 50
    assert len(wanted & found) >= 0.95 * len(wanted)
    assert len(found) < len(known) * (len(known) - 1) // 2


def test_only_pairs_of_one_place_and_only_those_that_occur(no_full_scan: None) -> None:
    known = statements()
    scorer = Scorer(known.values())
    keys = sorted(known)
    half = len(keys) // 2
    found = set(candidate_pairs(known, [keys[:half], keys[half : half + 20]], scorer))
    assert found and all((a in keys[:half]) == (b in keys[:half]) for a, b in found)
    assert {key for pair in found for key in pair} <= set(keys[: half + 20])


def test_the_same_findings_either_way_for_what_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = [host("a"), host("b")]
    does = {
        "a": ["Quản lý nhà nước về bưu chính", "Quản lý nhà nước về văn thư, lưu trữ"],
        "b": ["Tham mưu quản lý nhà nước về bưu chính", "Quản lý nhà nước về lâm nghiệp"],
    }
    table = columns(hosts, does)
    plain = {each.key for each in find(table).findings}
    changed = {**packaged_yaml("queries", "data", "overlaps.yaml"), "candidates": {"all_pairs": 0, "least_cosine": 0.1}}
    monkeypatch.setattr(candidates, "packaged_yaml", lambda *_: changed)
    assert plain and {each.key for each in find(table).findings} == plain
