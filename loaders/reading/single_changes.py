"""Changes one by one: what happens to each of several units by itself is compared for each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from loaders.reading.facts import Fact

# kind of change → the side whose units it happens to, each by itself
_OF_EACH = {"create": "outputs", "dissolve": "inputs", "move": "inputs", "transfer": "outputs"}


def single_facts(facts: list[Fact]) -> list[Fact]:
    """The changes found; one that creates, ends or moves several units is as many."""
    return [replace(fact, values=values) for fact in facts for values in _single(fact.values)]


def single_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The changes of a key, taken apart like those that are found."""
    return [values for row in rows for values in _single(row)]


def _single(values: dict[str, Any]) -> list[dict[str, Any]]:
    side = _OF_EACH.get(values["kind"], "")
    units = values.get(side) or []
    return [{**values, side: [unit]} for unit in units] if len(units) > 1 else [values]
