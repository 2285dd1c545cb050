"""Models of concurrent posts: how they are worded, how far they are carried out, and where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.reading.document import make_document
from loaders.reading.facts import Reading
from loaders.reading.read import read_document

FIXTURES = Path(__file__).parents[2] / "fixtures" / "reading"
FRAME = "Tin về công tác cán bộ ở tỉnh Hòa Sơn\n\nCập nhật: 20/12/2025\n\n{}\n"
WORDINGS = (FIXTURES / "wordings-models.yaml", FIXTURES / "wordings-models-later.yaml")
ROWS: list[dict[str, Any]] = [row for path in WORDINGS for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _read(text: str) -> Reading:
    return read_document(make_document("wording.txt", FRAME.format(text)))


def _told(reading: Reading) -> list[str]:
    """Code, state and number of places of each model that was found."""
    rows = [fact.values for fact in reading.of("models")]
    return sorted(
        f"{row['model']} {row['status']}" + (f" {row['n']:.0f}" if row.get("n") is not None else "") for row in rows
    )


@pytest.mark.parametrize("row", [r for r in ROWS if "models" in r], ids=lambda row: row["text"][:60])
def test_wording(row: dict[str, Any]) -> None:
    assert _told(_read(row["text"])) == sorted(row["models"])


@pytest.mark.parametrize("row", [r for r in ROWS if "places" in r], ids=lambda row: row["text"][:60])
def test_place(row: dict[str, Any]) -> None:
    found = {int(fact.values["n"]): fact.values["place"] for fact in _read(row["text"]).of("models")}
    assert found == row["places"]


def test_a_policy_gives_way_to_what_is_told_of_it_later() -> None:
    reading = _read("Huyện chủ trương bố trí bí thư chi bộ kiêm trưởng ấp. Đến nay 45/60 ấp thực hiện chủ trương này.")
    assert _told(reading) == ["CM11 in_force 45"]


def test_the_same_state_is_told_once_with_its_number() -> None:
    reading = _read(
        "Xã đã bố trí bí thư chi bộ kiêm trưởng thôn. Hiện 8/10 thôn có bí thư chi bộ kiêm trưởng thôn.\n\n"
        "Theo báo cáo, 8/10 thôn có bí thư chi bộ kiêm trưởng thôn."
    )
    (fact,) = reading.of("models")
    assert (fact.values["n"], fact.values["m"], len(fact.also)) == (8, 10, 2)


def test_the_posts_of_a_model_are_not_those_of_who_tells_of_them() -> None:
    reading = _read("Bà Lê Thị Bảy cho hay, số trưởng ban dân vận đồng thời là chủ tịch MTTQ cấp huyện hiện là 9/12.")
    assert _told(reading) == ["CM3 in_force 9"]
    assert reading.of("holdings") == []
