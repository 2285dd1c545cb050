"""Fits the weights of the statement scorer to labelled pairs: python -m benchmarks.calibrate_statements [FILE.csv ...]

Logistic regression with an L2 penalty by Newton's method, on the pairs as they are and with random
quarters of the phrases of concepts.yaml left out, so that the weights also suit texts whose words the
vocabulary does not know. Prints what belongs in queries/data/weights.yaml and how the fit does on the
files, leaving one family of units out at a time, and on the pairs that were held out. Needs numpy
(it comes with the development tools).
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import queries.statements.concepts as concepts_module
from queries.pairs import POSITIVE, average_precision, baseline, score_pairs
from queries.pairs_file import read_pairs
from queries.statements import CLASSES, Scorer
from queries.statements.concepts import concepts
from queries.statements.corpus import background
from queries.statements.features import Features
from queries.statements.lexicon import data, lexicon
from queries.statements.parse import parse

FIXTURES = Path("tests/fixtures/statements")
NAMES = ("object_both", "object_one", "role_agrees", "role_differs", "characters", "both_lose")
PENALTY = 4.0
LEFT_OUT = 0.25
SEEDS = (1, 2, 3)
# wanted of what is flagged: 0.85 with a margin for pairs that nobody has tuned to
PRECISION = 0.88
Array = np.ndarray[Any, np.dtype[np.float64]]


class Sample(NamedTuple):
    """The features of some pairs, and what people said of them."""

    x: Array
    positive: Array
    features: list[Features]
    labels: list[str]
    families: list[str]


def sample(files: Sequence[Path]) -> Sample:
    """The pairs of files, each file with the frequencies of its own texts."""
    features: list[Features] = []
    labels: list[str] = []
    families: list[str] = []
    for file in files:
        pairs = read_pairs(file)
        parsed = [(parse(pair.a), parse(pair.b)) for pair in pairs]
        scorer = Scorer(statement for both in parsed for statement in both)
        features += [scorer.compare(a, b) for a, b in parsed]
        labels += [pair.label or "" for pair in pairs]
        families += _families(file, len(pairs))
    x = np.array([[f.values[name] for name in NAMES] for f in features])
    return Sample(x, np.array([float(label in POSITIVE) for label in labels]), features, labels, families)


def _families(file: Path, count: int) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        found = [row.get("family") or file.stem for row in csv.DictReader(opened)]
    return found if len(found) == count else [file.stem] * count


@contextmanager
def fewer_phrases(seed: int) -> Iterator[None]:
    """The vocabulary without a random part of its phrases."""
    dice = random.Random(seed)
    whole = concepts()
    part = {
        name: concept._replace(phrases=tuple(p for p in concept.phrases if dice.random() >= LEFT_OUT))
        for name, concept in whole.items()
    }
    caches = (lexicon, parse, background)
    kept = concepts_module.concepts
    # for the type checker a function of a module is not to be replaced
    concepts_module.concepts = lambda: part  # type: ignore[assignment]
    try:
        for cached in caches:
            cached.cache_clear()
        yield
    finally:
        concepts_module.concepts = kept
        for cached in caches:
            cached.cache_clear()


def fit(x: Array, positive: Array, penalty: float = PENALTY) -> Array:
    """Intercept and weights."""
    rows = np.c_[np.ones(len(x)), x]
    weights = np.zeros(rows.shape[1])
    ridge = np.diag([1e-6, *[penalty] * x.shape[1]])
    for _ in range(100):
        p = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (positive - p) - ridge @ weights
        step = np.linalg.solve((rows * (p * (1 - p))[:, None]).T @ rows + ridge, slope)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def odds(weights: Array, x: Array) -> Array:
    """Log-odds of pairs."""
    found: Array = np.c_[np.ones(len(x)), x] @ weights
    return found


def precision_of(weights: Array, found: Sample) -> float | None:
    """Average precision of a fit on a sample."""
    return average_precision(list(found.positive > 0), list(odds(weights, found.x)))


def leaving_out(found: Sample) -> float | None:
    """Average precision where each family is scored by weights fitted to the others."""
    scores = np.zeros(len(found.labels))
    for family in sorted(set(found.families)):
        inside = np.array([f == family for f in found.families])
        scores[inside] = odds(fit(found.x[~inside], found.positive[~inside]), found.x[inside])
    return average_precision(list(found.positive > 0), list(scores))


def thresholds(weights: Array, found: Sample) -> dict[str, float]:
    """The lowest value that reaches the wanted precision, and the best bounds between the classes (mean F1)."""
    values = 1 / (1 + np.exp(-odds(weights, found.x)))
    steps = [t / 20 for t in range(4, 20)]
    overlap = next((t for t in steps if _precision(found.positive, values, t) >= PRECISION), 0.5)
    _, duplicate, related = max(
        (_mean_f1(found, values, overlap, duplicate, related), duplicate, related)
        for duplicate in (0.5, 0.6, 0.7, 0.8, 0.9)
        for related in (0.05, 0.08, 0.1, 0.13, 0.16, 0.2, 0.25)
    )
    return {"overlap": overlap, "duplicate": duplicate, "related": related}


def _precision(positive: Array, values: Array, threshold: float) -> float:
    flagged = values >= threshold
    return float(positive[flagged].mean()) if flagged.any() else 1.0


def _mean_f1(found: Sample, values: Array, overlap: float, duplicate: float, related: float) -> float:
    given = [
        ("duplicate" if f.likeness >= duplicate else "overlap")
        if value >= overlap
        else ("related" if f.relatedness >= related else "unrelated")
        for f, value in zip(found.features, values, strict=True)
    ]
    scores = []
    for cls in CLASSES:
        hits = sum(g == label == cls for g, label in zip(given, found.labels, strict=True))
        scores.append(2 * hits / max(1, given.count(cls) + found.labels.count(cls)))
    return sum(scores) / len(scores)


def main(files: Sequence[str]) -> None:
    """Print the fit and how well it does."""
    chosen = [Path(file) for file in files] or [FIXTURES / "tuned_pairs.csv"]
    whole = sample(chosen)
    thinned = []
    for seed in SEEDS:
        with fewer_phrases(seed):
            thinned.append(sample(chosen))
    samples = [whole] * len(SEEDS) + thinned
    weights = fit(np.concatenate([s.x for s in samples]), np.concatenate([s.positive for s in samples]))
    print(f"intercept: {weights[0]:.2f}")
    print("weights: {" + ", ".join(f"{n}: {w:.2f}" for n, w in zip(NAMES, weights[1:], strict=True)) + "}")
    print(f"thresholds: {thresholds(weights, whole)}")
    print(f"same_key is not fitted: {data('weights')['weights']['same_key']}")
    print(f"average precision, fitted on these pairs: {precision_of(weights, whole):.3f}")
    print(f"leaving one family out at a time: {leaving_out(whole):.3f}")
    held = [FIXTURES / "held_out_pairs.csv"]
    print(f"held-out pairs: {precision_of(weights, sample(held)):.3f}")
    for seed in SEEDS:
        with fewer_phrases(100 + seed):
            print(f"held-out pairs, a quarter of the phrases left out: {precision_of(weights, sample(held)):.3f}")
    for file in [*chosen, *held]:
        scored = score_pairs(read_pairs(file))
        positive = [one.pair.label in POSITIVE for one in scored]
        print(f"{file.name}: character TF-IDF {average_precision(positive, baseline(scored)):.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
