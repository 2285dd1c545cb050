"""Known mergers by family, with units as decrees set them: one file to tune to, one that stays untouched."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from graph.vocabulary import unit_kind, unit_kind_of
from queries.merges.model import Posts, Unit, World
from queries.merges.truth import Known


def part(name: str) -> list[tuple[World, list[Known]]]:
    """Each place of `tuned` or `untouched` as a world, on the day before its mergers."""
    content: dict[str, Any] = yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))
    cells = []
    for place in content["places"]:
        mergers = [each for each in content["mergers"] if each["place"] == place["id"]]
        on = dt.date.fromisoformat(max(each["date"] for each in mergers)) - dt.timedelta(days=1)
        rows = [row for row in content["libraries"][place["library"]] if row["unit"] not in place.get("without", ())]
        world = _world(place, rows, on, content)
        ids = {unit.name: unit.id for unit in world.units.values()}
        known = [
            Known(tuple(ids[name] for name in each["units"]), on, place["id"], "merged", each["family"])
            for each in mergers
        ]
        known += [
            Known(tuple(ids[name] for name in each["units"]), on, place["id"], "skip")
            for each in content.get("elsewhere", ())
            if each["place"] == place["id"]
        ]
        cells.append((world, known))
    return cells


def _world(place: dict[str, Any], rows: list[dict[str, Any]], on: dt.date, content: dict[str, Any]) -> World:
    level = "province" if place["library"] == "province" else "district"
    units, functions, staff, parents = {}, {}, {}, {}
    ids = {row["unit"]: f"{place['id']}-{n:02}" for n, row in enumerate(rows, 1)}
    for row in rows:
        id_ = ids[row["unit"]]
        kind = row.get("kind") or unit_kind_of(row["unit"]) or "don_vi_su_nghiep"
        units[id_] = Unit(id_, row["unit"], kind, level, unit_kind(kind).system, place["id"], place["name"])
        said = _said(row, content, len(functions), place)
        functions[id_] = tuple((f"{id_}-{n}", text) for n, text in enumerate(said, 1))
        if "staff" in row:
            staff[id_] = float(row["staff"])
        if row.get("parent") in ids:
            parents[id_] = {ids[row["parent"]]}
    return World(
        on=on,
        units=units,
        functions={unit: texts for unit, texts in functions.items() if texts},
        parents=parents,
        staff=staff,
        posts={unit: Posts(1, 2) for unit in units},
    )


def _said(row: dict[str, Any], content: dict[str, Any], place_in_list: int, place: dict[str, Any]) -> list[str]:
    """The tasks of a unit: as listed or in other words; in short, or as full statutes have them."""
    own: list[str] = row.get("functions", [])
    if place.get("reworded"):
        own = [content["reworded"].get(text, text) for text in own]
    if not own or place.get("statutes") != "full":
        return own
    said = [content["opening"] + text[0].lower() + text[1:] if i % 3 == 0 else text for i, text in enumerate(own)]
    common = content["common"]
    return said + [common[(place_in_list * step) % len(common)] for step in (1, 2, 3)]
