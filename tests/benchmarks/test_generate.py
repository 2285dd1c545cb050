"""The made-up country: the same every time, and its files load without a problem."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.generate import generate
from graph.store import Store
from loaders.load import load

UNITS = 200


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    generate(folder, UNITS)
    return folder


def _content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _rows(folder: Path, sheet: str) -> list[dict[str, str]]:
    with (folder / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_seed_gives_the_same_files(country: Path, tmp_path: Path) -> None:
    generate(tmp_path / "again", UNITS)
    generate(tmp_path / "other", UNITS, seed=1)
    assert _content(tmp_path / "again") == _content(country)
    assert _content(tmp_path / "other") != _content(country)


def test_it_has_the_units_asked_for_and_what_hangs_on_them(country: Path) -> None:
    units = {row["id"] for row in _rows(country, "units")}
    assert len(units) == UNITS
    assert {row["unit"] for row in _rows(country, "positions")} == units
    functions = Counter(row["unit"] for row in _rows(country, "functions"))
    assert set(functions) == units
    assert max(functions.values()) == 3


def test_it_has_about_five_positions_and_people_to_a_unit(tmp_path: Path) -> None:
    generate(tmp_path, 3_000)
    assert 4.8 < (len(_rows(tmp_path, "positions")) + len(_rows(tmp_path, "people"))) / 3_000 < 5.5


def test_about_one_person_in_forty_holds_two_posts(tmp_path: Path) -> None:
    generate(tmp_path, 3_000)
    posts = Counter(row["person"] for row in _rows(tmp_path, "holdings"))
    assert set(posts.values()) == {1, 2}
    assert 0.015 < sum(n == 2 for n in posts.values()) / len(posts) < 0.04


def test_it_loads(country: Path, store: Store) -> None:
    load(store, [country])
    units = store.read("MATCH (u:Unit) RETURN count(u) AS n").value()
    held = store.read("MATCH (:Person)-[h:HOLDS]->(:Position)-[:OF_UNIT]->(:Unit) RETURN count(h) AS n").value()
    assert units == UNITS
    assert held == len(_rows(country, "holdings"))
