"""How surely two statements are a duplicate or an overlap, with the reasons.

A logistic model over a few features that a reader can check (`queries.statements.features`); its
weights and thresholds are in `queries/data/weights.yaml` and are fitted by
`python -m benchmarks.calibrate_statements`. Words and concepts weigh by their inverse document
frequency (K. Spärck Jones, Journal of Documentation 28, 1972) in the packaged background and in the
user's own statements.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log1p
from typing import Any

from queries.statements.corpus import Frequencies
from queries.statements.details import detail
from queries.statements.features import Features, compare
from queries.statements.lexicon import data
from queries.statements.model import Class, Part, Score, Statement, Term
from queries.statements.prepare import Prepared, prepare

MOST_KEPT = 200_000


class Scorer:
    """Scores pairs against the frequencies of a corpus.

    Making one costs the length of the corpus; a pair costs less than a tenth of a millisecond.
    """

    def __init__(self, corpus: Iterable[Statement] = (), lang: str = "vi") -> None:
        self.frequencies = Frequencies(corpus)
        self._lang = lang
        self._weights: dict[str, Any] = data("weights")
        self._kept: dict[tuple[str, tuple[Term, ...]], Prepared] = {}

    def prepared(self, statement: Statement) -> Prepared:
        """The weighted terms of a statement, computed once."""
        known_as = statement.key, statement.terms
        found = self._kept.get(known_as)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[known_as] = prepare(statement, self.frequencies)
        return found

    def compare(self, a: Statement, b: Statement) -> Features:
        """The features of a pair, before weighing."""
        return compare(self.prepared(a), self.prepared(b))

    def score(self, a: Statement, b: Statement) -> Score:
        """Score one pair; symmetric but for the order of what is shown."""
        features = self.compare(a, b)
        intercept = self._weights["intercept"]
        parts = [Part("intercept", 1.0, intercept, intercept, "")]
        for name, weight in self._weights["weights"].items():
            value = features.values[name]
            parts.append(Part(name, value, weight, value * weight, detail(name, features, self._lang)))
        value = logistic(sum(part.contribution for part in parts))
        return Score(value, self.classify(value, features), tuple(parts))

    def features(self, statement: Statement) -> dict[str, float]:
        """Weighted terms of one statement, for a join that looks for candidates by cosine."""
        return dict(self.prepared(statement).vector)

    def classify(self, value: float, features: Features) -> Class:
        """The class by the thresholds in weights.yaml."""
        thresholds = self._weights["thresholds"]
        if value >= thresholds["overlap"]:
            return "duplicate" if features.likeness >= thresholds["duplicate"] else "overlap"
        return "related" if features.relatedness >= thresholds["related"] else "unrelated"


def logistic(odds: float) -> float:
    """1 / (1 + exp(-odds)), without overflow."""
    return 1 / (1 + exp(-odds)) if odds >= 0 else exp(odds - log1p(exp(odds)))
