"""Which pairs of statements are worth a score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from graph.packaged import packaged_yaml
from queries.statements import Scorer, Statement

# more candidates than this are not scored one by one: the scope is too wide to read
MOST_PAIRS = 3_000_000


def candidate_pairs(
    statements: Mapping[str, Statement], places: Sequence[Iterable[str]], scorer: Scorer
) -> Iterator[tuple[str, str]]:
    """Pairs of keys, the smaller first, that occur in one place and may be an overlap.

    All of them where they are few; otherwise those with similar weighted terms (see queries.join).
    Raises TooManyPairs where even these are too many.
    """
    limits = packaged_yaml("queries", "data", "overlaps.yaml")["candidates"]
    sets = [sorted(set(keys)) for keys in places]
    distinct = {tuple(keys) for keys in sets}
    if sum(len(keys) * (len(keys) - 1) // 2 for keys in distinct) <= limits["all_pairs"]:
        yield from sorted({pair for keys in distinct for pair in combinations(keys, 2)})
        return
    together = _Together(sets)
    for a, b in _similar(sorted(set().union(*sets)), statements, scorer, limits["least_cosine"]):
        if together(a, b):
            yield a, b


def _similar(
    keys: Sequence[str], statements: Mapping[str, Statement], scorer: Scorer, least: float
) -> Iterator[tuple[str, str]]:
    from queries.join import similar_pairs

    found = similar_pairs([scorer.features(statements[key]) for key in keys], least, most=MOST_PAIRS)
    for i, j, _ in zip(*found, strict=True):
        a, b = keys[i], keys[j]
        yield (a, b) if a < b else (b, a)


class _Together:
    """Whether two keys occur in one place."""

    def __init__(self, sets: Sequence[Sequence[str]]) -> None:
        self.places: dict[str, set[int]] = {}
        for number, keys in enumerate(sets):
            for key in keys:
                self.places.setdefault(key, set()).add(number)

    def __call__(self, a: str, b: str) -> bool:
        return not self.places[a].isdisjoint(self.places[b])
