"""How well the statement scorer does on pairs that people have labelled, with a baseline in the same run.

Average precision with positive = duplicate or overlap: the mean of the precision at each positive of
the ranking; tied scores count as one step (C. Buckley and E. Voorhees, SIGIR 2000). The baseline is the
cosine of TF-IDF vectors of character n-grams of the same texts with the boilerplate stripped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt
from typing import NamedTuple

from queries.statements import CLASSES, Class, Score, Scorer, Statement, parse
from queries.statements.lexicon import data

POSITIVE: tuple[Class, ...] = ("duplicate", "overlap")
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_SIZES = (3, 4, 5)
_LONGEST = 5_000  # characters of a text that the baseline looks at


class Pair(NamedTuple):
    """Two statements that a user wants compared."""

    id: str
    a: str
    b: str
    label: Class | None = None


class Scored(NamedTuple):
    """A pair with its score."""

    pair: Pair
    a: Statement
    b: Statement
    score: Score


class Point(NamedTuple):
    """What comes of flagging every pair with at least this score."""

    threshold: float
    flagged: int
    precision: float  # of the flagged; 1 where none is flagged
    recall: float
    operating: bool  # this is the threshold of weights.yaml


class Evaluation(NamedTuple):
    """How the scores agree with the labels."""

    pairs: int
    positives: int
    average_precision: float | None  # None without both positives and negatives
    baseline: float | None  # the same of the character n-grams
    points: tuple[Point, ...]
    confusion: dict[tuple[Class, Class], int]  # (label, class given) → pairs
    worst: tuple[Scored, ...]  # furthest from their label, the worst first


def score_pairs(pairs: Sequence[Pair], lang: str = "vi") -> list[Scored]:
    """Score pairs, in their order; frequencies and boilerplate are those of all their texts."""
    parsed = [(pair, parse(pair.a), parse(pair.b)) for pair in pairs]
    scorer = Scorer((statement for _, a, b in parsed for statement in (a, b)), lang)
    return [Scored(pair, a, b, scorer.score(a, b)) for pair, a, b in parsed]


def evaluate(scored: Sequence[Scored]) -> Evaluation:
    """Compare scores with labels; pairs without a label are left out."""
    labelled = [one for one in scored if one.pair.label is not None]
    positive = [one.pair.label in POSITIVE for one in labelled]
    values = [one.score.value for one in labelled]
    operating: float = data("weights")["thresholds"]["overlap"]
    confusion: Counter[tuple[Class, Class]] = Counter(
        (one.pair.label, one.score.cls) for one in labelled if one.pair.label is not None
    )
    return Evaluation(
        len(labelled),
        sum(positive),
        average_precision(positive, values),
        average_precision(positive, baseline(labelled)),
        tuple(_point(t, positive, values, operating) for t in sorted({*THRESHOLDS, operating})),
        {(label, given): confusion[label, given] for label in CLASSES for given in CLASSES},
        tuple(sorted((one for one in labelled if _distance(one) >= 0.5), key=lambda one: -_distance(one))),
    )


def average_precision(positive: Sequence[bool], values: Sequence[float]) -> float | None:
    """Average precision of a ranking by value; None if all pairs or none are positive."""
    total = sum(positive)
    if not 0 < total < len(positive):
        return None
    ranked = sorted(zip(values, positive, strict=True), key=lambda row: -row[0])
    hits = seen = 0
    summed = 0.0
    start = 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        found = sum(is_positive for _, is_positive in ranked[start:end])
        hits, seen = hits + found, end
        summed += found * hits / seen
        start = end
    return summed / total


def baseline(scored: Sequence[Scored]) -> list[float]:
    """Cosine of TF-IDF vectors of character 3- to 5-grams within words, per pair.

    Of the texts without boilerplate and without the words for actions, which made the baseline strongest on the
    pairs it was tried on.
    """
    texts = [(_object(one.a), _object(one.b)) for one in scored]
    counts = {text: _grams(text) for pair in texts for text in pair}
    present = Counter(gram for grams in counts.values() for gram in grams)
    vectors: dict[str, dict[str, float]] = {}
    for text, grams in counts.items():
        weighed = {gram: n * (1 + log((1 + len(counts)) / (1 + present[gram]))) for gram, n in grams.items()}
        length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        vectors[text] = {gram: weight / length for gram, weight in weighed.items()}
    return [sum(weight * vectors[b].get(gram, 0.0) for gram, weight in vectors[a].items()) for a, b in texts]


def _object(statement: Statement) -> str:
    return " ".join(syllable for item in statement.items for syllable in item.object)


def _grams(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in text[:_LONGEST].split():
        padded = f" {word} "
        for size in _SIZES:
            found.update(padded[i : i + size] for i in range(max(1, len(padded) - size + 1)))
    return found


def _point(threshold: float, positive: Sequence[bool], values: Sequence[float], operating: float) -> Point:
    flagged = [is_positive for is_positive, value in zip(positive, values, strict=True) if value >= threshold]
    hits, total = sum(flagged), sum(positive)
    precision = hits / len(flagged) if flagged else 1.0
    return Point(threshold, len(flagged), precision, hits / total if total else 0.0, threshold == operating)


def _distance(one: Scored) -> float:
    """How far the value is from its label, in classes apart first."""
    wanted = 1.0 if one.pair.label in POSITIVE else 0.0
    apart = abs(CLASSES.index(one.score.cls) - CLASSES.index(one.pair.label or one.score.cls))
    wrong_side = (one.score.cls in POSITIVE) != (wanted == 1.0)
    return wrong_side + abs(wanted - one.score.value) / 2 + (apart > 1) / 2 if wrong_side or apart > 1 else 0.0
