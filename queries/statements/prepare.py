"""A statement as weighted terms, ready to be compared many times."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from queries.statements.concepts import ancestors
from queries.statements.concepts import concepts as known_concepts
from queries.statements.corpus import Frequencies
from queries.statements.lexicon import data
from queries.statements.model import Statement


class Prepared(NamedTuple):
    """Weights of terms; n-grams of what is left after stripping."""

    key: str
    concepts: dict[str, float]
    words: dict[str, float]
    roles: dict[str, tuple[str, ...]]  # of each concept
    all_roles: tuple[str, ...]
    syllables: frozenset[str]
    unknown: float  # share of the weight that no concept has
    grams: dict[str, float]  # of length 1
    vector: dict[str, float]


def prepare(statement: Statement, frequencies: Frequencies) -> Prepared:
    """Weigh the terms of a statement. Cost: linear in its length."""
    weights, fields = data("weights")["terms"], data("weights")["fields"]
    concepts_known = known_concepts()
    key = statement.key.split(" ")
    start, end = frequencies.mined.cut(key)
    middle = key[start : len(key) - end]
    usual = {*key[:start], *key[len(key) - end :]}.difference(middle)
    concepts: dict[str, float] = {}
    words: dict[str, float] = {}
    roles: dict[str, tuple[str, ...]] = {}
    frames = data("weights")["frames"]
    named = {t.name for t in statement.terms if t.kind == "concept" and concepts_known[t.name].field not in fields}
    framed = frames["concepts"] if named - set(frames["concepts"]) else ()
    for term in statement.terms:
        weight = weights[term.kind] * max(weights["least"], frequencies.rarity(term.kind, term.name))
        if term.kind == "concept" or (term.kind == "activity" and term.name not in concepts):
            factor = fields.get(concepts_known[term.name].field, 1.0)
            if term.kind == "concept" and term.name in framed:
                factor = frames["weight"]
            concepts[term.name] = max(weight * factor, concepts.get(term.name, 0.0))
            roles[term.name] = term.roles
        elif term.kind == "activity":
            continue
        elif term.name not in usual:
            words[term.name] = weight
    syllables = frozenset(s for item in statement.items for s in item.object)
    stripped = " ".join(s for item in statement.items for s in item.object) or statement.key
    outside = sum(words.values())
    total = outside + sum(concepts.values())
    return Prepared(
        statement.key,
        concepts,
        words,
        roles,
        statement.roles,
        syllables,
        outside / total if total else 1.0,
        _grams(stripped),
        _vector(concepts, words),
    )


def _grams(text: str) -> dict[str, float]:
    padded = f" {text[:2000]} "
    counts: dict[str, float] = {}
    for size in (3, 4):
        for i in range(len(padded) - size + 1):
            gram = padded[i : i + size]
            counts[gram] = counts.get(gram, 0.0) + 1.0
    length = sqrt(sum(count * count for count in counts.values())) or 1.0
    return {gram: count / length for gram, count in counts.items()}


def _vector(concepts: dict[str, float], words: dict[str, float]) -> dict[str, float]:
    broader: float = data("weights")["broader_in_vector"]
    found = {f"w:{word}": weight for word, weight in words.items()}
    for name, weight in concepts.items():
        for above, steps in ancestors(name).items():
            key = f"c:{above}"
            found[key] = max(found.get(key, 0.0), weight * broader**steps)
    return found
