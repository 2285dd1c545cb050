"""A made-up country for measuring: the same seed gives the same files, byte for byte.

Assumed: provinces of 11 districts of 15 communes, about 1,800 units each, as many as give the
number of units (the last one is cut off). Every unit has a head's post and one or two seats of
experts, larger ones one to three seats of deputies: about five positions and people to a unit.
Nineteen seats of twenty are held, by a person each; in some places two heads are one person, so
that about one person in forty holds two posts. A unit has one to three functions, one in eight
of them of another unit's topic. Units, people and places have ids, as from a register; holdings
name the unit and its parent in words, as people type them. Units and holdings cite the report of
their province.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from graph.vocabulary import title, unit_kind, unit_kind_of

DISTRICTS, COMMUNES = 11, 15
SEED = 2026
HELD, TOGETHER, OTHER_TOPIC = 0.95, 0.6, 0.125
EXPERTS = (1, 2)
FIRST_PROVINCE = "p-001"

_HEADERS = {
    "documents": ["id", "kind", "title", "issuer", "issued"],
    "places": ["id", "name", "kind", "within"],
    "units": ["id", "name", "place", "parent", "valid from", "document", "at"],
    "positions": ["unit", "title", "seats"],
    "people": ["id", "name"],
    "holdings": ["person", "title", "unit", "place", "valid from", "document", "at"],
    "functions": ["id", "unit", "text"],
}
_LEVELS = ("province", "district", "commune")
_KINDS = {"province": "tinh", "district": "huyen", "commune": "xa"}
_WORDS = {"province": "tỉnh", "district": "huyện", "commune": "xã"}
_SYLLABLES = [
    "An",
    "Bình",
    "Châu",
    "Đông",
    "Gia",
    "Hòa",
    "Hưng",
    "Khánh",
    "Lâm",
    "Lộc",
    "Long",
    "Mai",
    "Minh",
    "Mỹ",
    "Nam",
    "Nghĩa",
    "Ninh",
    "Phong",
    "Phú",
    "Phước",
    "Quang",
    "Quế",
    "Sơn",
    "Tân",
    "Tây",
    "Thạnh",
    "Thanh",
    "Thành",
    "Thuận",
    "Tiên",
    "Trung",
    "Vân",
    "Vĩnh",
    "Xuân",
    "Yên",
]
_SURNAMES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Trịnh",
    "Mai",
    "Tô",
]
_MIDDLE = [
    "Văn",
    "Thị",
    "Đức",
    "Minh",
    "Quốc",
    "Thanh",
    "Ngọc",
    "Hữu",
    "Xuân",
    "Thành",
    "Công",
    "Hồng",
    "Kim",
    "Bá",
    "Đình",
    "Quang",
]
_GIVEN = [
    "An",
    "Anh",
    "Bảo",
    "Bình",
    "Châu",
    "Cường",
    "Dũng",
    "Dung",
    "Đạt",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hiền",
    "Hòa",
    "Hùng",
    "Hương",
    "Khánh",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Minh",
    "Nam",
    "Nga",
    "Nghĩa",
    "Nhung",
    "Phong",
    "Phúc",
    "Phương",
    "Quân",
    "Sơn",
    "Tâm",
    "Thảo",
    "Thắng",
    "Thủy",
    "Tiến",
    "Trang",
    "Trung",
    "Tuấn",
    "Tùng",
    "Vinh",
    "Yến",
]


@dataclass(frozen=True)
class _Place:
    id: str
    name: str
    level: str
    document: str


@dataclass
class _Country:
    """What is being written, and what later rows refer to."""

    random: random.Random
    rows: dict[str, list[list[object]]] = field(default_factory=lambda: {name: [] for name in _HEADERS})
    heads: dict[tuple[str, str], str] = field(default_factory=dict)  # (place, unit name) → person
    units: dict[tuple[str, str], str] = field(default_factory=dict)  # (place, unit name) → id


def generate(folder: Path, units: int = 100_000, seed: int = SEED) -> dict[str, int]:
    """Write the CSV files of a country of `units` units; returns the number of rows by sheet."""
    made = rows(units, seed)
    folder.mkdir(parents=True, exist_ok=True)
    for sheet, lines in made.items():
        with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_HEADERS[sheet])
            writer.writerows(lines)
    return {sheet: len(lines) for sheet, lines in made.items()}


def rows(units: int, seed: int = SEED) -> dict[str, list[list[object]]]:
    """The rows of a country of `units` units, by sheet, with the columns of the CSV files."""
    country = _Country(random.Random(seed))
    todo = _apparatus_of(country)
    for _ in range(units):
        place, above, spec, parent = next(todo)
        _add_unit(country, place, above, spec, parent)
    return country.rows


def _apparatus_of(country: _Country) -> Iterator[tuple[_Place, _Place | None, dict[str, Any], str]]:
    """Place after place without end: (place, the one above, unit as described, name of its parent)."""
    number = 0
    while True:
        number += 1
        province = _place(country, f"p-{number:03}", "province", None)
        yield from _in_place(province, None)
        for d in range(1, DISTRICTS + 1):
            district = _place(country, f"{province.id}-{d:02}", "district", province)
            yield from _in_place(district, province)
            for c in range(1, COMMUNES + 1):
                commune = _place(country, f"{district.id}-{c:02}", "commune", district)
                yield from _in_place(commune, district)


def _in_place(place: _Place, above: _Place | None) -> Iterator[tuple[_Place, _Place | None, dict[str, Any], str]]:
    for spec in _file()[place.level]:
        yield place, above, spec, spec.get("parent", "")
        for name, topic in spec.get("rooms", {}).items():
            yield place, above, {"name": name, "topic": topic, "room": True}, spec["name"]


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    text = (Path(__file__).parent / "apparatus.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def _place(country: _Country, id_: str, level: str, above: _Place | None) -> _Place:
    name = f"{_WORDS[level]} {' '.join(country.random.sample(_SYLLABLES, 2))}"
    document = above.document if above else f"d-{id_}"
    if above is None:
        issuer = f"UBND {name}"
        about = f"Báo cáo về tổ chức bộ máy của {name}"
        country.rows["documents"].append([document, "report", about, issuer, "2021-01-15"])
    country.rows["places"].append([id_, name, _KINDS[level], above.id if above else ""])
    return _Place(id_, name, level, document)


def _add_unit(country: _Country, place: _Place, above: _Place | None, spec: dict[str, Any], parent: str) -> None:
    name = spec["name"]
    id_ = f"u-{len(country.rows['units']) + 1:06}"
    parent_id = ""
    if parent.startswith("above/") and above is not None:
        parent_id = country.units[(above.id, parent.removeprefix("above/"))]
    elif parent:
        parent_id = country.units[(place.id, parent)]
    if not spec.get("room"):
        country.units[(place.id, name)] = id_
    start = _day(country, 1997, 2014)
    at = f"mục {len(country.rows['units']) % 60 + 1}"
    country.rows["units"].append([id_, name, place.id, parent_id, start, place.document, at])
    reference = f"{name} < {parent}" if spec.get("room") else name
    _add_posts(country, place, id_, name, reference, int(spec.get("deputies", 0)))
    _add_functions(country, place, id_, spec["topic"])


def _add_posts(country: _Country, place: _Place, unit: str, name: str, reference: str, deputies: int) -> None:
    head, deputy = _titles(name)
    country.rows["positions"].append([unit, head, 1])
    if country.random.random() < HELD:
        person = _partner(country, place, name) or _person(country)
        country.heads[(place.id, name)] = person
        _hold(country, place, person, head, reference)
    if deputies and deputy:
        _add_seats(country, place, unit, deputy, deputies, reference)
    _add_seats(country, place, unit, title("chuyen_vien").vi, country.random.randint(*EXPERTS), reference)


def _add_seats(country: _Country, place: _Place, unit: str, post: str, seats: int, reference: str) -> None:
    country.rows["positions"].append([unit, post, seats])
    for _ in range(seats):
        if country.random.random() < HELD:
            _hold(country, place, _person(country), post, reference)


@lru_cache(maxsize=2_000)
def _titles(name: str) -> tuple[str, str]:
    """The usual titles of a unit's head and deputies, as the vocabulary has them."""
    kind = unit_kind_of(name)
    assert kind is not None, name
    known = unit_kind(kind)
    head = title(known.heads[0]).vi if known.heads else "Trưởng ban"
    return head, title(known.deputies[-1]).vi if known.deputies else ""


def _partner(country: _Country, place: _Place, name: str) -> str:
    """The head of the unit that often has the same head, for some of the places."""
    for first, second in _file()["together"]:
        if second == name and country.random.random() < TOGETHER:
            return country.heads.get((place.id, first), "")
    return ""


def _person(country: _Country) -> str:
    choose = country.random.choice
    id_ = f"n-{len(country.rows['people']) + 1:06}"
    country.rows["people"].append([id_, f"{choose(_SURNAMES)} {choose(_MIDDLE)} {choose(_GIVEN)}"])
    return id_


def _hold(country: _Country, place: _Place, person: str, post: str, unit: str) -> None:
    rows = country.rows["holdings"]
    at = f"biểu {len(rows) % 200 + 1}"
    rows.append([person, post, unit, place.id, _day(country, 2015, 2020), place.document, at])


def _add_functions(country: _Country, place: _Place, unit: str, topic: str) -> None:
    topics: dict[str, list[str]] = _file()["topics"]
    statements = topics[topic]
    for text in country.random.sample(statements, country.random.randint(1, min(3, len(statements)))):
        if country.random.random() < OTHER_TOPIC:
            text = country.random.choice(topics[country.random.choice(sorted(topics))])
        id_ = f"f-{len(country.rows['functions']) + 1:06}"
        country.rows["functions"].append([id_, unit, text.format(place=place.name)])


def _day(country: _Country, first: int, last: int) -> str:
    day = dt.date(country.random.randint(first, last), country.random.randint(1, 12), country.random.randint(1, 28))
    return f"{day.day}/{day.month}/{day.year}"
