"""The made-up statements: the same every time, place by place, as its description says."""

import subprocess
import sys
import unicodedata
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.statements.corpus import COMMUNES, Locality, corpus
from queries.collapse import Collapser


@pytest.fixture(scope="module")
def places() -> list[Locality]:
    return list(corpus(60_000))


def test_the_same_seed_gives_the_same_statements(places: list[Locality]) -> None:
    assert list(corpus(60_000)) == places
    assert next(corpus(10, seed=1)).texts != places[0].texts[:10]


def test_there_are_as_many_as_asked_for(places: list[Locality]) -> None:
    assert sum(len(place.texts) for place in places) == 60_000
    assert len(places[0].texts) == 940
    assert {len(place.texts) for place in places[1:90]} == {292}


def test_a_place_does_not_depend_on_how_many_are_asked_for(places: list[Locality]) -> None:
    assert list(islice(corpus(), 20)) == places[:20]


def test_the_whole_country_has_its_places() -> None:
    names = [(place.province, place.name) for place in corpus(10**7)]
    assert len(set(names)) == len(names) == COMMUNES + 34


def test_it_is_written_as_people_write(places: list[Locality]) -> None:
    texts = [text for place in places for text in place.texts]
    joined = "\n".join(texts)
    assert "{" not in joined
    for sign in ("UBND", "Ủy ban nhân dân", "- ", " .", "hoà", "hòa", ", giúp "):
        assert sign in joined
    assert any(not unicodedata.is_normalized("NFC", text) for text in texts)
    assert any(place.texts[0].isascii() for place in corpus())
    assert any(place.texts[0].isupper() for place in corpus())


def test_most_statements_are_those_of_others_too(places: list[Locality]) -> None:
    collapser = Collapser()
    for place in places:
        collapser.add(place.texts, [place.name, place.province])
    assert 0.05 < len(collapser.keys) / 60_000 < 0.2


def test_it_is_measured_against_its_peers(tmp_path: Path) -> None:
    for module in ("numba", "sparse_dot_topn", "datasketch"):
        pytest.importorskip(module)
    page = tmp_path / "page.md"
    command = [sys.executable, "-m", "benchmarks", "statements", "--statements", "3000", "--result", str(page)]
    subprocess.run(command, check=True, capture_output=True)
    said = page.read_text(encoding="utf-8")
    assert "0 of 3,000 texts have another key" in said
    assert "| sparse_dot_topn |" in said and "| 100.0% |" in said
    assert "**100.0000%** are found (goal 99.9%: met), and 0 that it does not find" in said
