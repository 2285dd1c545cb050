"""Fit the weights of queries/data/merges.yaml and say what they come to: `python -m benchmarks.merges`.

Logistic regression with a ridge towards the weights that were set before any fitting (PRIOR), on the pairs of
tuned.yaml in tests/queries/merges/families; the families and the wording of untouched.yaml are only measured. Weights
keep the sign that their meaning has. The weights under `set` are kept.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import combinations
from math import log

import numpy as np
import numpy.typing as npt

from queries.merges.groups import candidate_pairs
from queries.merges.model import World, settings
from queries.merges.score import Model
from queries.merges.texts import Texts
from queries.merges.truth import Evaluation, Known, evaluate
from tests.queries.merges.families import part

RIDGE = 4.0
PRIOR = {
    "covers_more": 2.0,
    "covers_less": 2.0,
    "near": 3.0,
    "words": 3.0,
    "topic": 2.0,
    "field": 1.0,
    "same_parent": 1.0,
    "same_kind": 0.5,
    "paired": 3.0,
}
# all right pairs together weigh as much as this part of the wrong ones: few of many pairs are ever merged
BALANCE = 0.2
STEPS, RATE = 20_000, 0.5
Array = npt.NDArray[np.float64]


def main() -> None:
    """Fit, print the weights, measure both parts with those of the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only-measure", action="store_true")
    if not parser.parse_args().only_measure:
        intercept, weights = fit(part("tuned"))
        print(f"intercept: {intercept:.2f}")
        for name, weight in weights.items():
            print(f"  {name}: {weight:.2f}")
    for name in ("tuned", "untouched"):
        print(report(name, evaluate(part(name))))


def fit(cells: Sequence[tuple[World, Sequence[Known]]]) -> tuple[float, dict[str, float]]:
    """Intercept and weights of the `fitted` facts."""
    names = list(settings()["fitted"])
    rows, right = [], []
    for world, known in cells:
        model = Model(world, Texts(world))
        merged = {frozenset(p) for k in known if k.label == "merged" for p in combinations(k.units, 2)}
        skip = {frozenset(p) for k in known if k.label == "skip" for p in combinations(k.units, 2)}
        for pair in candidate_pairs(world, model.texts):
            if frozenset(pair) not in skip:
                facts = model.facts(*pair)
                rows.append([1.0, *(facts[name].value for name in names)])
                right.append(float(frozenset(pair) in merged))
    found = _descend(np.array(rows), np.array(right), np.array([PRIOR[name] for name in names]))
    return float(found[0]), dict(zip(names, map(float, found[1:]), strict=True))


def _descend(x: Array, y: Array, prior: Array) -> Array:
    """Projected gradient descent: every weight but the intercept stays at 0 or above."""
    each = np.where(y == 1, BALANCE * (y == 0).sum() / (y == 1).sum(), 1.0)
    each /= each.sum()
    w = np.zeros(x.shape[1])
    w[0], w[1:] = log(BALANCE), prior
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(x @ w)))
        slope = x.T @ (each * (p - y))
        slope[1:] += RIDGE / len(y) * (w[1:] - prior)
        w -= RATE * slope
        w[1:] = np.maximum(w[1:], 0.0)
    return w


def report(name: str, found: Evaluation) -> str:
    """One line of measures, ours against plain word Jaccard."""
    ours, base = found.ours, found.baseline
    at = " ".join(f"P@{k} {ours.precision[k]:.2f}/{base.precision[k]:.2f}" for k in ours.precision)
    return (
        f"{name}: {len(found.pairs)} pairs, {sum(r.right for r in found.pairs)} merged; AP {ours.average_precision:.3f}"
        f" (Jaccard {base.average_precision:.3f}); in reach of text {found.in_reach.average_precision:.3f}"
        f" ({found.baseline_in_reach.average_precision:.3f}); {at}"
    )


if __name__ == "__main__":
    main()
