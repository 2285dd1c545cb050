"""All pairs of statements whose cosine reaches a threshold: exact, without comparing all with all.

The rows are sorted from the rarest term to the most frequent. Two unit vectors can only reach the
threshold t if the rarest term that they share lies where the norm of what follows it is still at least t
in both (prefix filtering with the Cauchy-Schwarz bound); only these prefixes are listed by term, and the
product of the two norms from that term on is tested before, and again during, the multiplication.

R. J. Bayardo, Y. Ma and R. Srikant, "Scaling up all pairs similarity search", WWW 2007;
D. C. Anastasiu and G. Karypis, "L2AP: Fast cosine similarity search with prefix L-2 norm bounds",
ICDE 2014.

Cost: the pairs that meet in a prefix, times the terms until a bound ends the comparison; on inverse
document frequencies the prefixes are the two to four rarest words of a statement. `similar_groups` compares
equal rows once. The inner loops are in `queries.join_kernel`; large inputs run them compiled where numba is
installed (`bomay[fast]`), 20 to 35 times faster on 2,000 to 7,000 statements; what is compiled is kept on disk.
Neither numpy nor numba is imported for small ones.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from typing import Any, NamedTuple

from graph.errors import UserError
from queries import join_kernel
from queries.vectors import Csr, Vectors, vectors

# Sums of rounded numbers differ in their last digits
_SLACK = 1e-9
# Entries from about which on loading numba (a second) is less than what it saves, at low thresholds
_WORTH_COMPILING = 50_000
_ROOM = 1 << 16
MOST_PAIRS = 20_000_000


class TooManyPairs(UserError):
    """More pairs than anyone can read, or memory hold."""


class Pairs(NamedTuple):
    """Row numbers i < j and the cosine of the two, in the order of j. numpy takes the arrays without a copy."""

    i: array[int]
    j: array[int]
    cosine: array[float]


class Groups(NamedTuple):
    """Rows that are equal count as one: `first[r]` is the first row equal to r, and `pairs` has first rows only."""

    first: array[int]
    pairs: Pairs


def similar_pairs(
    rows: Sequence[Mapping[str, float]] | Csr | Vectors,
    threshold: float,
    *,
    most: int = MOST_PAIRS,
    compiled: bool | None = None,
) -> Pairs:
    """All pairs of rows with a cosine of at least `threshold` (more than 0, at most 1).

    `rows` are weighted terms; a row without weights is in no pair. `compiled` forces the choice of the
    inner loops, which is otherwise by size. Where many rows may be equal, `similar_groups` says the
    same without a pair for every two of them.

    Raises ValueError for a threshold or weight out of range, TooManyPairs above `most`.
    """
    return _run(_checked(rows, threshold), threshold - _SLACK, most, compiled)


def similar_groups(
    rows: Sequence[Mapping[str, float]] | Csr | Vectors,
    threshold: float,
    *,
    most: int = MOST_PAIRS,
    compiled: bool | None = None,
) -> Groups:
    """`similar_pairs` with equal rows counted as one: never quadratic in the number of equal rows."""
    table = _checked(rows, threshold)
    first = _first_equal(table)
    kept = [row for row in range(table.rows) if first[row] == row]
    distinct = table if len(kept) == table.rows else _only(table, kept)
    pairs = _run(distinct, threshold - _SLACK, most, compiled)
    if distinct is not table:
        i, j = (array("i", map(kept.__getitem__, column)) for column in pairs[:2])
        pairs = Pairs(i, j, pairs.cosine)
    return Groups(first, pairs)


def _checked(rows: Sequence[Mapping[str, float]] | Csr | Vectors, threshold: float) -> Vectors:
    if not 0 < threshold <= 1:
        raise ValueError(f"a threshold is more than 0 and at most 1, found {threshold}")
    return rows if isinstance(rows, Vectors) else vectors(rows)


def _first_equal(table: Vectors) -> array[int]:
    """For each row the first row with the same entries; a row without entries equals no other."""
    seen: dict[tuple[bytes, bytes], int] = {}
    features, weights = memoryview(table.features), memoryview(table.weights)
    found = array("i")
    for row, (start, end) in enumerate(zip(table.starts, table.starts[1:], strict=False)):
        if start == end:
            found.append(row)
        else:
            found.append(seen.setdefault((features[start:end].tobytes(), weights[start:end].tobytes()), row))
    return found


def _only(table: Vectors, rows: Sequence[int]) -> Vectors:
    starts, features, weights = array("q", [0]), array("i"), array("d")
    for row in rows:
        start, end = table.starts[row], table.starts[row + 1]
        features += table.features[start:end]
        weights += table.weights[start:end]
        starts.append(len(features))
    return Vectors(starts, features, weights, table.size)


class _Loops(NamedTuple):
    """The inner loops and the kind of rows of numbers that they run on."""

    bounds: Callable[..., None]
    find: Callable[..., tuple[int, int]]
    ready: Callable[[array[Any]], Any]
    kept: Callable[[Any], bytes | list[Any]]


_PLAIN = _Loops(join_kernel.bounds, join_kernel.find, array.tolist, list)


def _run(table: Vectors, least: float, most: int, compiled: bool | None) -> Pairs:
    if compiled is None:
        compiled = len(table.features) >= _WORTH_COMPILING and find_spec("numba") is not None
    loops = _compiled() if compiled else _PLAIN
    ready = loops.ready
    starts, features, weights = ready(table.starts), ready(table.features), ready(table.weights)
    norms, prefixes = ready(_zeros("d", len(table.features))), ready(_zeros("q", table.rows))
    loops.bounds(starts, weights, least, norms, prefixes)
    lists = _list_starts(table, prefixes)
    work = [
        *(ready(array("q", part)) for part in (lists, lists[:-1])),
        *(ready(_zeros(kind, lists[-1])) for kind in "iqdd"),
        *(ready(_zeros("d", table.size)) for _ in range(2)),
        ready(array("i", [-1]) * table.rows),
    ]
    found = [ready(_zeros(kind, max(_ROOM, table.rows))) for kind in "iid"]
    pairs = Pairs(array("i"), array("i"), array("d"))
    columns: tuple[array[Any], ...] = pairs
    row = 0
    while row < table.rows:
        row, count = loops.find(row, least, starts, features, weights, norms, prefixes, *work, *found)
        if len(pairs.i) + count > most:
            raise TooManyPairs(
                f"more than {most:,} pairs of statements reach the threshold",
                "raise the threshold, or compare a smaller place",
            )
        for column, part in zip(columns, found, strict=True):
            column.extend(array(column.typecode, loops.kept(part[:count])))
    return pairs


def _list_starts(table: Vectors, prefixes: Sequence[int]) -> array[int]:
    """Where the list of each feature begins, and at the end the length of all."""
    sizes = [0] * (table.size + 1)
    for start, end in zip(table.starts, prefixes, strict=False):
        for feature in table.features[start:end]:
            sizes[feature + 1] += 1
    return array("q", accumulate(sizes))


def _zeros(kind: str, count: int) -> array[Any]:
    return array(kind, bytes(array(kind).itemsize * count))


@cache
def _compiled() -> _Loops:
    import numba
    import numpy as np

    loops = (join_kernel.bounds, join_kernel.find)
    try:
        made = [numba.njit(cache=True)(loop) for loop in loops]
    except RuntimeError:
        # No folder that can be written to: then they are compiled in every process
        made = [numba.njit(loop) for loop in loops]

    def ready(values: array[Any]) -> Any:
        # A copy: numpy asks for large pages of memory, and the loops read here and there
        return np.array(values, dtype=values.typecode)

    return _Loops(made[0], made[1], ready, lambda part: part.tobytes())
