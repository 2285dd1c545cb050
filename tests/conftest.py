"""Stores for tests: one engine a worker and kind, emptied before each test that asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Store
from tests.stores import KINDS, store_of_kind


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "differs(kind, reason): the store of this kind is known to behave otherwise; strict"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A declared difference is expected to fail on its store, and an unexpected pass is an error."""
    for item in items:
        kind = getattr(item, "callspec", None) and item.callspec.params.get("store_kind")
        for mark in item.iter_markers("differs"):
            if mark.args[0] == kind:
                item.add_marker(pytest.mark.xfail(reason=mark.kwargs["reason"], strict=True))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if "neo4j" not in KINDS:
        terminalreporter.write_line("The Neo4j half was not run; `make test-neo4j` runs it (needs Java 17 and Maven).")


@pytest.fixture(scope="session", params=KINDS)
def store_kind(request: pytest.FixtureRequest) -> str:
    """The kind of store that the test runs on: embedded or neo4j."""
    return str(request.param)


@pytest.fixture(scope="session")
def engine(store_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that lives as long as the worker."""
    with store_of_kind(store_kind, tmp_path_factory.mktemp("engine")) as store:
        yield store


@pytest.fixture
def store(engine: Store) -> Store:
    """An empty store."""
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
