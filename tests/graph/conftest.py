"""The packaged real facts, loaded once a worker and kind of store."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import bomay
from graph.store import Store
from loaders.load import load
from tests.stores import CREDENTIALS, store_of_kind


@pytest.fixture(scope="session")
def loaded_demo(store_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, dict[str, str]]]:
    """A store with the facts of the demo, and what the environment says of its account."""
    with store_of_kind(store_kind, tmp_path_factory.mktemp("demo")) as store:
        load(store, [Path(bomay.__file__).parent / "demo"])
        yield store, {name: os.environ[name] for name in CREDENTIALS if name in os.environ}


@pytest.fixture
def demo(loaded_demo: tuple[Store, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with the facts of the demo, to be left as it is."""
    store, account = loaded_demo
    for name, value in account.items():
        # another fixture's server may have been started since
        monkeypatch.setenv(name, value)
    return store
