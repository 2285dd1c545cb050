"""Stores for tests: one engine a worker, emptied before each test that asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Store, connect


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store that lives as long as the worker."""
    with connect(str(tmp_path_factory.mktemp("engine") / "bomay.db"), create=True) as store:
        yield store


@pytest.fixture
def store(engine: Store) -> Store:
    """An empty embedded store."""
    engine.write("MATCH (n) WHERE NOT n:Meta DETACH DELETE n")
    return engine


@pytest.fixture
def facts_file(tmp_path: Path):
    """Writes a YAML file of facts and gives its path."""

    def write(text: str, name: str = "facts.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
