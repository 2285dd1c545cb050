"""Transfers from the text to the graph, and what a rejected one leaves behind: nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bomay.conftest import Outcome

Bomay = Callable[..., Outcome]
TEXT = """Sắp xếp bộ máy ở tỉnh Hòa Sơn

Cập nhật: 20/12/2025

Từ ngày 01/3/2025, tỉnh Hòa Sơn chuyển chức năng quản lý báo chí từ Sở Nội vụ sang Sở Y tế.
"""
MOVED = (
    "MATCH (e:Event)-[t:TRANSFERS]->(f:Function), (a:Unit), (b:Unit) WHERE a.id = t.from AND b.id = t.to "
    "RETURN a.name AS giver, f.text AS what, b.name AS taker"
)
HOSTS = "MATCH (u:Unit)-[p:PERFORMS]->(f:Function) RETURN u.name AS unit, p.valid_to AS until ORDER BY p.valid_from"


@pytest.fixture
def facts(bomay: Bomay, tmp_path: Path) -> Path:
    (tmp_path / "tin.txt").write_text(TEXT, encoding="utf-8")
    assert bomay("read", tmp_path / "tin.txt", "-o", tmp_path / "facts.yaml").code == 0
    return tmp_path / "facts.yaml"


def asked(bomay: Bomay, store: Path, cypher: str) -> list[dict[str, Any]]:
    done = bomay("query", cypher, "--store", store, "--format", "json")
    assert done.code == 0, done.err
    found: list[dict[str, Any]] = json.loads(done.out)
    return found


def test_the_function_changes_hands(bomay: Bomay, facts: Path, tmp_path: Path) -> None:
    store = tmp_path / "bomay.db"
    assert bomay("load", facts, "--store", store).code == 0
    assert asked(bomay, store, MOVED) == [{"giver": "Sở Nội vụ", "what": "Quản lý báo chí", "taker": "Sở Y tế"}]
    hosts = {row["unit"]: row["until"] for row in asked(bomay, store, HOSTS)}
    assert hosts == {"Sở Nội vụ": "2025-03-01", "Sở Y tế": None}


def test_without_a_giver_the_taker_has_it_once(bomay: Bomay, tmp_path: Path) -> None:
    text = TEXT.replace("báo chí từ Sở Nội vụ sang", "báo chí về")
    (tmp_path / "tin.txt").write_text(text, encoding="utf-8")
    assert bomay("read", tmp_path / "tin.txt", "-o", tmp_path / "facts.yaml").code == 0
    assert bomay("load", tmp_path / "facts.yaml", "--store", tmp_path / "bomay.db").code == 0
    assert asked(bomay, tmp_path / "bomay.db", HOSTS) == [{"unit": "Sở Y tế", "until": None}]
    counted = "MATCH (:Event)-[t:TRANSFERS]->(:Function) RETURN count(t) AS n"
    assert asked(bomay, tmp_path / "bomay.db", counted) == [{"n": 1}]


def applied(bomay: Bomay, facts: Path, verdicts: dict[str, str]) -> dict[str, Any]:
    draft = facts.with_name("decisions.json")
    digest = hashlib.sha256(facts.read_bytes()).hexdigest()
    decisions = {key: {"verdict": verdict} for key, verdict in verdicts.items()}
    draft.write_text(json.dumps({"facts": digest, "decisions": decisions}), encoding="utf-8")
    out = facts.with_name("accepted.yaml")
    done = bomay("review", facts, "--apply", draft, "-o", out)
    assert done.code == 0, done.err
    rows: dict[str, Any] = yaml.safe_load(out.read_text(encoding="utf-8"))
    return rows


def test_review_shows_what_moves(bomay: Bomay, facts: Path) -> None:
    done = bomay("review", facts)
    assert "Quản lý báo chí – Sở Nội vụ – Sở Y tế" in done.out


def test_a_transfer_goes_with_its_event(bomay: Bomay, facts: Path) -> None:
    assert len(applied(bomay, facts, {"events[0]": "accept"})["transfers"]) == 1
    left = applied(bomay, facts, {"events[0]": "reject"})
    assert not {"events", "transfers", "functions"} & set(left)


def test_a_function_that_was_accepted_stays(bomay: Bomay, facts: Path) -> None:
    left = applied(bomay, facts, {"events[0]": "reject", "functions[0]": "accept"})
    assert "transfers" not in left and len(left["functions"]) == 1
