"""Readings as rows that `bomay load` takes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from graph.history import try_events
from loaders.parse import parse
from loaders.read import read_tables
from loaders.reading.document import make_document
from loaders.reading.output import rows, to_yaml
from loaders.reading.read import read_document
from loaders.resolve import resolve

FIXTURES = Path(__file__).parents[2] / "fixtures" / "reading"
TEXTS = sorted(path.name for path in FIXTURES.glob("*.txt"))


def written(tmp_path: Path, *names: str) -> Path:
    texts = [(name, (FIXTURES / name).read_text(encoding="utf-8")) for name in names]
    path = tmp_path / "facts.yaml"
    path.write_text(to_yaml(rows([read_document(make_document(n, t)) for n, t in texts])), encoding="utf-8")
    return path


@pytest.mark.parametrize("names", [[name] for name in TEXTS] + [TEXTS])
def test_load_takes_every_row(tmp_path: Path, names: list[str]) -> None:
    parsed = parse(read_tables(written(tmp_path, *names)))
    facts, problems, _ = resolve(parsed.records, None)
    assert [*map(str, parsed.problems), *map(str, problems)] == []
    assert facts.nodes
    # what is said to be done can be done
    _, collisions = try_events(facts, [node.id for node in facts.nodes.values() if node.label == "Event"])
    assert [str(each) for each in collisions] == []


def test_every_fact_has_its_words_in_the_source(tmp_path: Path) -> None:
    source = (FIXTURES / "facts-dak-nong.txt").read_text(encoding="utf-8")
    sheets = yaml.safe_load(written(tmp_path, "facts-dak-nong.txt").read_text(encoding="utf-8"))
    checked = 0
    for sheet, listed in sheets.items():
        for row in listed:
            if "#span" not in row or "quote" not in row:
                continue
            start, end = map(int, row["#span"].split("-"))
            assert " ".join(source[start:end].replace("¬", "").split())[:600] == row["quote"], (sheet, row)
            assert 0 < row["#confidence"] <= 1
            assert row["#rule"]
            assert row["basis"] in ("stated", "deduced", "inferred")
            checked += 1
    assert checked > 20


def test_two_readings_are_the_same(tmp_path: Path) -> None:
    first = written(tmp_path, *TEXTS).read_text(encoding="utf-8")
    assert written(tmp_path, *TEXTS).read_text(encoding="utf-8") == first


def test_a_decision_gives_addresses(tmp_path: Path) -> None:
    sheets = yaml.safe_load(written(tmp_path, "decision-so-noi-vu.txt").read_text(encoding="utf-8"))
    assert [row["at"] for row in sheets["functions"]] == [
        *("Điều 1 khoản 1", "Điều 2 khoản 1 điểm a", "Điều 2 khoản 1 điểm b", "Điều 2 khoản 2"),
        *("Điều 2 khoản 3 điểm a", "Điều 2 khoản 3 điểm b", "Điều 2 khoản 4", "Điều 2 khoản 5"),
    ]
    assert {row["title"]: row.get("seats") for row in sheets["positions"]} == {"Giám đốc": 1, "Phó Giám đốc": 3}
    own = sheets["documents"][0]
    assert (own["number"], own["issued"], own["in_force"]) == ("14/2025/QĐ-UBND", "2025-02-26", "2025-03-01")
    replaced = [row["#quote"] for row in sheets["citations"] if row.get("kind") == "replaces"]
    assert replaced == ["Quyết định số 21/2021/QĐ-UBND"]


def test_both_dates_are_kept(tmp_path: Path) -> None:
    sheets = yaml.safe_load(written(tmp_path, "facts-vinh-phuc.txt").read_text(encoding="utf-8"))
    autonomy = next(row for row in sheets["events"] if row["kind"] == "autonomy")
    assert autonomy["date"] == "8 tháng đầu năm 2017"
    assert [row["says"] for row in sheets["evidence"] if row["fact"] == autonomy["id"]] == ["quý III/2017"]
