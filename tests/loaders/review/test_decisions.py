"""From decisions to the file that is loaded: rejected, edited, replaced; what refers to what is gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import UserError
from loaders.review.decisions import Accepted, apply, read_decisions, to_yaml
from loaders.review.proposals import Proposals
from tests.loaders.review.test_groups import proposals

SHEETS: dict[str, Any] = {
    "documents": [{"id": "vb", "kind": "article", "title": "Bài"}, {"number": "18-NQ/TW", "kind": "resolution"}],
    "citations": [{"document": "vb", "cites": "18-NQ/TW", "#span": "1-5"}],
    "places": [{"name": "tỉnh Một", "kind": "tinh", "document": "vb", "#confidence": 0.9}],
    "units": [
        {"id": "a", "name": "Sở Nội vụ", "place": "tỉnh Một", "document": "vb", "at": "đoạn 1", "quote": "Sở"},
        {"id": "b", "name": "Phòng Một", "parent": "a", "place": "tỉnh Một"},
    ],
    "events": [{"id": "e", "kind": "dissolve", "status": "in_force", "inputs": ["b"], "date": "2017-01-01"}],
    "figures": [{"id": "g", "measure": "units", "about": ["a", "b"], "value": 7.5}],
    "#unread": [{"document": "vb", "text": "?"}],
}


@pytest.fixture
def facts(tmp_path: Path) -> Proposals:
    return proposals(tmp_path, SHEETS)


def decide(facts: Proposals, folder: Path, decisions: dict[str, Any], **how: bool) -> Accepted:
    path = folder / "decisions.json"
    path.write_text(json.dumps({"facts": facts.digest, "decisions": decisions}), encoding="utf-8")
    return apply(facts, read_decisions(path, facts), **how)


def test_nothing_decided_keeps_all_but_what_is_for_the_reviewer(facts: Proposals, tmp_path: Path) -> None:
    done = decide(facts, tmp_path, {})
    assert "#unread" not in done.sheets
    assert done.sheets["places"] == [{"name": "tỉnh Một", "kind": "tinh", "document": "vb"}]
    assert done.undecided == len(facts.all)


def test_what_refers_to_a_rejected_row_is_refused_by_name(facts: Proposals, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        decide(facts, tmp_path, {"units[0]": {"verdict": "reject"}})
    said = str(caught.value)
    assert "3 rows refer to rows that were left out" in said
    assert "units[1] Phòng Một: parent Sở Nội vụ (units[0])" in said
    assert "events[0]" in said and "figures[0]" in said


def test_drop_leaves_out_what_refers_to_it(facts: Proposals, tmp_path: Path) -> None:
    done = decide(facts, tmp_path, {"units[0]": {"verdict": "reject"}}, drop=True)
    assert "units" not in done.sheets and "events" not in done.sheets
    assert sorted(done.dropped) == ["events[0]", "figures[0]", "units[1]"]


def test_citations_go_with_the_document(facts: Proposals, tmp_path: Path) -> None:
    done = decide(facts, tmp_path, {"documents[1]": {"verdict": "reject"}})
    assert "citations" not in done.sheets and done.dropped == ["citations[0]"]


def test_an_edited_reference_no_longer_depends(facts: Proposals, tmp_path: Path) -> None:
    edit = {"units[0]": {"verdict": "reject"}, "units[1]": {"verdict": "accept", "edit": {"parent": ""}}}
    edit["figures[0]"] = {"verdict": "accept", "edit": {"about": "b", "value": "8,5"}}
    done = decide(facts, tmp_path, edit)
    assert done.sheets["units"] == [{"id": "b", "name": "Phòng Một", "place": "tỉnh Một"}]
    assert done.sheets["figures"][0]["about"] == ["b"]
    assert done.sheets["figures"][0]["value"] == "8,5"


def test_a_renamed_place_is_renamed_where_it_is_referred_to(facts: Proposals, tmp_path: Path) -> None:
    done = decide(facts, tmp_path, {"places[0]": {"verdict": "accept", "edit": {"name": "tỉnh Hai"}}})
    assert done.sheets["places"][0]["name"] == "tỉnh Hai"
    assert {row["place"] for row in done.sheets["units"]} == {"tỉnh Hai"}


def test_the_units_of_the_graph_take_their_places(facts: Proposals, tmp_path: Path) -> None:
    use = {"units[0]": {"verdict": "use", "use": "g-so"}, "places[0]": {"verdict": "use", "use": "g-tinh"}}
    done = decide(facts, tmp_path, use)
    assert done.sheets["units"] == [{"id": "b", "name": "Phòng Một", "parent": "g-so", "place": "g-tinh"}]
    assert done.sheets["figures"][0]["about"] == ["g-so", "b"]
    assert {"fact": "g-so", "document": "vb", "at": "đoạn 1", "quote": "Sở"} in done.sheets["evidence"]
    assert "g-so" in to_yaml(done.sheets)


def test_rows_that_stand_for_each_other(facts: Proposals, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="circle"):
        decide(
            facts, tmp_path, {"units[0]": {"verdict": "use", "use": "b"}, "units[1]": {"verdict": "use", "use": "a"}}
        )


@pytest.mark.parametrize(
    "said",
    [
        {"units[9]": {"verdict": "accept"}},
        {"units[0]": {"verdict": "maybe"}},
        {"units[0]": "accept"},
        {"units[0]": {"verdict": "use"}},
        {"units[0]": {"verdict": "accept", "use": "x"}},
        {"units[0]": {"verdict": "accept", "edit": {"colour": "red"}}},
        {"units[0]": {"verdict": "accept", "edit": {"name": ["x"]}}},
        {"citations[0]": {"verdict": "use", "use": "x"}},
    ],
)
def test_decisions_that_cannot_be(facts: Proposals, tmp_path: Path, said: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        decide(facts, tmp_path, said)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"facts": "x", "decisions": {}}', "[" * 100_000])
def test_files_that_are_not_decisions_on_these_facts(facts: Proposals, tmp_path: Path, text: str) -> None:
    path = tmp_path / "decisions.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        read_decisions(path, facts)
