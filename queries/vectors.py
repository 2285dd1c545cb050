"""Weighted terms as sparse unit vectors, ready for `queries.join`: plain arrays of the standard library."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from math import isfinite, log, sqrt
from typing import NamedTuple, TypeVar

_Name = TypeVar("_Name", bound=Hashable)


class Csr(NamedTuple):
    """Rows of terms in compressed form, as scipy and others keep them: row r has the entries
    starts[r] … starts[r + 1] - 1 of `terms` (numbers from 0, each once in a row) and `weights`."""

    starts: Sequence[int]
    terms: Sequence[int]
    weights: Sequence[float]


class Vectors(NamedTuple):
    """Unit vectors, the features of each row from the rarest to the most frequent (feature 0 is the rarest).

    A row without weight has no entries. numpy takes each array as it is, without a copy.
    """

    starts: array[int]  # q, one more than rows
    features: array[int]  # i
    weights: array[float]  # d; the squares of a row sum to 1
    size: int  # number of features

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.starts) - 1


def vectors(rows: Sequence[Mapping[str, float]] | Csr) -> Vectors:
    """Unit vectors of weighted terms. Cost: entries, and their sorting within each row.

    Raises ValueError for a weight that is negative or not a finite number.
    """
    if isinstance(rows, Csr):
        starts, terms, values = rows
        names = [list(terms[a:b]) for a, b in pairwise(starts)]
        listed: Iterable[Iterable[float]] = (values[a:b] for a, b in pairwise(starts))
        return _packed(names, listed)
    return _packed([list(row) for row in rows], (row.values() for row in rows))


def word_vectors(texts: Sequence[str]) -> Vectors:
    """Unit vectors of the words of texts (between spaces), each word of a text by its inverse document frequency.

    K. Spärck Jones, "A statistical interpretation of term specificity and its application in
    retrieval", Journal of Documentation 28, 1972. A word that is in every text weighs next to nothing, not
    nothing, so that texts of such words alone can still be compared.
    """
    split = [list(dict.fromkeys(text.split())) for text in texts]
    frequency = Counter(word for words in split for word in words)
    ranked = _ranked(frequency)
    weight = [log((len(texts) + 1) / frequency[word]) for word in ranked]
    rank = {word: number for number, word in enumerate(ranked)}
    starts, features, weights = array("q", [0]), array("i"), array("d")
    for words in split:
        row = sorted(map(rank.__getitem__, words))
        own = [weight[feature] for feature in row]
        length = sqrt(sum(w * w for w in own))
        features.extend(row)
        weights.extend([w / length for w in own])
        starts.append(len(features))
    return Vectors(starts, features, weights, len(ranked))


def _packed(names: Sequence[Sequence[Hashable]], values: Iterable[Iterable[float]]) -> Vectors:
    frequency = Counter(name for row in names for name in row)
    rank = {name: number for number, name in enumerate(_ranked(frequency))}
    starts, features, weights = array("q", [0]), array("i"), array("d")
    for row, own in zip(names, values, strict=True):
        entries = sorted((rank[name], float(weight)) for name, weight in zip(row, own, strict=True) if weight)
        # the largest first taken out, so that no square overflows or vanishes
        most = max((weight for _, weight in entries), default=1.0)
        for _, weight in entries:
            if not isfinite(weight) or weight < 0:
                raise ValueError(f"weights must be finite numbers and not negative, found {weight}")
        length = sqrt(sum((weight / most) ** 2 for _, weight in entries))
        features.extend([feature for feature, _ in entries])
        weights.extend([weight / most / length for _, weight in entries])
        starts.append(len(features))
    return Vectors(starts, features, weights, len(rank))


def _ranked(frequency: Counter[_Name]) -> list[_Name]:
    """The rarest first; those equally rare in the order of their first appearance."""
    return sorted(frequency, key=frequency.__getitem__)
