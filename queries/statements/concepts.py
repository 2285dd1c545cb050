"""The concepts of government and party work: their phrases and how near two of them are."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from queries.statements.lexicon import data


class Concept(NamedTuple):
    """A thing that functions are about."""

    name: str
    field: str
    broader: tuple[str, ...]  # its parents
    phrases: tuple[str, ...]


@cache
def concepts() -> dict[str, Concept]:
    """All of concepts.yaml: field → "name" or "name < parent, parent" → phrases separated by semicolons."""
    found: dict[str, Concept] = {}
    for field, entries in data("concepts").items():
        for head, phrases in entries.items():
            name, _, parents = (part.strip() for part in head.partition("<"))
            broader = tuple(parent.strip() for parent in parents.split(",") if parent.strip())
            listed = tuple(phrase.strip() for phrase in phrases.split(";") if phrase.strip())
            if name in found:
                raise ValueError(f"concepts.yaml has {name} twice")
            found[name] = Concept(name, field, broader, listed)
    for concept in found.values():
        for parent in concept.broader:
            if parent not in found:
                raise ValueError(f"concepts.yaml: {concept.name} is under {parent}, which is not there")
    return found


@cache
def ancestors(name: str) -> dict[str, int]:
    """The concept itself (0) and all that are broader, with the number of steps."""
    steps = {name: 0}
    level = [name]
    while level:
        above = [parent for below in level for parent in concepts()[below].broader if parent not in steps]
        for parent in above:
            steps[parent] = 1 + min(steps[below] for below in level if parent in concepts()[below].broader)
        level = list(dict.fromkeys(above))
    return steps


@lru_cache(maxsize=200_000)
def nearness(a: str, b: str) -> tuple[float, str]:
    """How much of one concept the other covers (0 to 1), and the name of the relation.

    `weights.yaml` has the numbers: same, one or two steps broader, siblings, same field.
    """
    near = data("weights")["nearness"]
    if a == b:
        return near["same"], "same"
    above_a, above_b = ancestors(a), ancestors(b)
    if b in above_a or a in above_b:
        steps = above_a.get(b) or above_b[a]
        return (near["broader"], "broader") if steps == 1 else (near["broader_by_two"], "broader")
    if any(steps == 1 and above_b.get(parent) == 1 for parent, steps in above_a.items()):
        return near["siblings"], "siblings"
    if above_a.keys() & above_b.keys():
        return near["cousins"], "cousins"
    if concepts()[a].field == concepts()[b].field:
        return near["field"], "field"
    return 0.0, ""
