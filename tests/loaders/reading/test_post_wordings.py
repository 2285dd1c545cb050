"""How posts, memberships and models of concurrent posts are worded: who holds what, and what is nobody's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.reading.document import make_document
from loaders.reading.read import read_document
from loaders.reading.scoring import score

FIXTURES = Path(__file__).parents[2] / "fixtures" / "reading"
FRAME = "Tin về công tác cán bộ ở tỉnh Hòa Sơn\n\nCập nhật: 20/12/2025\n\n{}\n"
FILES = (
    *("wordings-posts", "wordings-posts-later", "wordings-posts-moves", "wordings-posts-subjects"),
    *("wordings-posts-press", "wordings-posts-lists", "wordings-posts-given", "wordings-posts-units"),
    *("wordings-posts-histories", "wordings-posts-ended"),
)
ROWS: list[dict[str, Any]] = [
    row for name in FILES for row in yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))
]
OLDER: list[dict[str, Any]] = yaml.safe_load((FIXTURES / "wordings-holdings.yaml").read_text(encoding="utf-8"))
COLUMNS = {"holds": ("person", "title", "unit"), "members": ("person", "kind")}


def _row(kind: str, text: str) -> dict[str, Any]:
    """A row of a key from one line of the fixture; "nguyên" before a person marks a post of former times."""
    optional = text.startswith("?")
    if kind == "models":
        code, status, *number = text.split()
        return {"model": code, "status": status} | ({"n": int(number[0])} if number else {})
    said = text.removeprefix("?").strip()
    parts = [part.strip() for part in said.removeprefix("nguyên ").split(" | ")]
    row = {**dict(zip(COLUMNS[kind], parts, strict=False)), "optional": optional}
    return row | ({"former": said.startswith("nguyên ")} if kind == "holds" else {})


def _key(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "file": "wording.txt",
        "holdings": [_row("holds", text) for text in row.get("holds") or ()],
        "memberships": [_row("members", text) for text in row.get("members") or ()],
        "models": [_row("models", text) for text in row.get("models") or ()],
    }


def _compared(text: str, key: dict[str, Any]) -> tuple[list[str], list[str]]:
    reading = read_document(make_document("wording.txt", FRAME.format(text)))
    found = score([reading], {"wording.txt": key})
    return [m for s in found for m in s.missed], [w for s in found for w in s.wrong]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_wording(row: dict[str, Any]) -> None:
    assert _compared(row["text"], _key(row)) == ([], [])


@pytest.mark.parametrize("row", OLDER, ids=lambda row: row["text"][:60])
def test_posts(row: dict[str, Any]) -> None:
    holdings = [{"former": False, **each} for each in row["holdings"]]
    assert _compared(row["text"], {"file": "wording.txt", "holdings": holdings}) == ([], [])
