"""The Cypher of docs/neo4j.md, on the demo facts of either store."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import bomay
from graph.store import Store
from loaders.load import load
from tests.stores import store_of_kind

ROOT = Path(bomay.__file__).parents[1]
EXAMPLES = [
    block
    for block in re.findall(r"```cypher\n(.*?)```", (ROOT / "docs" / "neo4j.md").read_text(encoding="utf-8"), re.S)
    if block.startswith("MATCH")
]
ROWS = [
    [["state", 63], ["party", 9], ["front", 6], ["service", 5]],
    [
        ["Sở Giao thông vận tải", "merge", dt.date(2025, 3, 1), "Sở Xây dựng"],
    ],
    [["Trần Duy Đông", 3]],
    [["Phòng Pháp chế", None, dt.date(2017, 8, 31)], ["Thanh tra Sở", dt.date(2017, 8, 31), None]],
    [
        ["Chủ tịch", "Bình Phước ra mắt văn phòng các cơ quan tham mưu giúp việc Tỉnh ủy", "dòng 33, 35, 37", "stated"],
        [
            "Phó Bí thư Thường trực",
            "Bình Phước ra mắt văn phòng các cơ quan tham mưu giúp việc Tỉnh ủy",
            "dòng 33, 35, 37",
            "stated",
        ],
    ],
]
DAYS = ["2025-03-01", "2025-03-01", "2025-06-30", "2025-03-01", "2025-03-01"]


@pytest.fixture(scope="module")
def facts(store_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with store_of_kind(store_kind, tmp_path_factory.mktemp("examples")) as store:
        load(store, [Path(bomay.__file__).parent / "demo"])
        yield store


def test_there_are_five() -> None:
    assert len(EXAMPLES) == len(ROWS) == 5


@pytest.mark.parametrize("number", range(5))
def test_the_examples_answer(number: int, facts: Store) -> None:
    found = facts.read(EXAMPLES[number], {"on": dt.date.fromisoformat(DAYS[number])})
    assert found.rows == ROWS[number]


def test_the_compose_file_is_one_service_on_loopback() -> None:
    content = yaml.safe_load((ROOT / "examples" / "compose.yaml").read_text(encoding="utf-8"))
    service = content["services"]["neo4j"]
    assert service["image"].startswith("neo4j:5.26")
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
