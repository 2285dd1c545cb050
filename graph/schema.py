"""The schema, read from data/schema.yaml: what labels, relationships and properties there are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graph.packaged import packaged_yaml


@dataclass(frozen=True)
class Property:
    """One property: its type, whether it must be there, whether the stores index it.

    `folds` names the properties whose folded text it keeps; it has a full-text index then.
    """

    name: str
    type: str
    required: bool = False
    index: bool = False
    vocabulary: str = ""
    folds: tuple[str, ...] = ()
    doc: str = ""


@dataclass(frozen=True)
class Kind:
    """A label or a relationship type with its properties."""

    name: str
    doc: str
    properties: dict[str, Property]
    validity: bool
    evidence: bool
    internal: bool = False
    ends: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Schema:
    """All labels and relationship types, and the schema's version."""

    version: int
    labels: dict[str, Kind]
    relationships: dict[str, Kind]
    common: dict[str, Property]
    validity: dict[str, Property]


@lru_cache(maxsize=1)
def schema() -> Schema:
    """The schema of this version."""
    raw = packaged_yaml("graph", "data", "schema.yaml")
    common = _properties(raw["common"])
    validity = _properties(raw["validity"])

    def kind(name: str, entry: dict[str, Any]) -> Kind:
        dated = bool(entry.get("validity"))
        own = _properties(entry.get("properties", {}))
        return Kind(
            name,
            entry["doc"],
            {**common, **(validity if dated else {}), **own},
            dated,
            bool(entry.get("evidence")),
            bool(entry.get("internal")),
            tuple((start, end) for start, end in entry.get("ends", [])),
        )

    return Schema(
        raw["version"],
        {name: kind(name, entry) for name, entry in raw["labels"].items()},
        {name: kind(name, entry) for name, entry in raw["relationships"].items()},
        common,
        validity,
    )


def _properties(raw: dict[str, Any]) -> dict[str, Property]:
    return {
        name: Property(name=name, **{**entry, "folds": tuple(entry.get("folds", ()))}) for name, entry in raw.items()
    }
