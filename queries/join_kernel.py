"""The inner loops of `queries.join`, in the part of Python that numba compiles and that lists also run.

Rows are unit vectors without negative weights, in compressed form: row r has the entries starts[r] …
starts[r + 1] - 1 of `features` (the rarest first) and `weights`. Nothing is allocated here, so that the same
text works on lists (without numba) and on arrays.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

Ints = Sequence[int]
Floats = Sequence[float]


def bounds(
    starts: Ints, weights: Floats, least: float, norms: MutableSequence[float], prefixes: MutableSequence[int]
) -> None:
    """For each entry the norm of its row from there on; for each row where that sinks below `least`.

    Two rows that reach `least` share a feature in both of their prefixes: from the rarest feature that
    they share on, the norm of each is at least their cosine.
    """
    for row in range(len(starts) - 1):
        square = 0.0
        end = starts[row]
        for at in range(starts[row + 1] - 1, starts[row] - 1, -1):
            square += weights[at] * weights[at]
            norms[at] = square**0.5
            if end == starts[row] and norms[at] >= least:
                end = at + 1
        prefixes[row] = end


def find(
    row: int,
    least: float,
    starts: Ints,
    features: Ints,
    weights: Floats,
    norms: Floats,
    prefixes: Ints,
    lists: Ints,
    ends: MutableSequence[int],
    listed_row: MutableSequence[int],
    listed_at: MutableSequence[int],
    listed_weight: MutableSequence[float],
    listed_rest: MutableSequence[float],
    own: MutableSequence[float],
    rest: MutableSequence[float],
    met: MutableSequence[int],
    found_i: MutableSequence[int],
    found_j: MutableSequence[int],
    found_cosine: MutableSequence[float],
) -> tuple[int, int]:
    """Pairs of each row from `row` on with the rows before it, until the room for pairs may not do for the next.

    `lists` is where the list of each feature begins, `ends` where it ends so far (`listed_…` hold the row,
    its next entry, the weight, and the norm of what follows). `own` and `rest` have a place for each feature,
    zero at first; `met` one for each row, -1 at first. Returns the row to go on with and the number of pairs.
    """
    count = 0
    rows, room = len(starts) - 1, len(found_i)
    while row < rows and count + row <= room:
        first, last = starts[row], starts[row + 1]
        for at in range(first, last):
            own[features[at]] = weights[at]
            rest[features[at]] = norms[at + 1] if at + 1 < last else 0.0
        for at in range(first, prefixes[row]):
            feature = features[at]
            weight, after = weights[at], rest[feature]
            for listed in range(lists[feature], ends[feature]):
                cosine = weight * listed_weight[listed]
                # Pairs that share a rarer feature had their turn there; as no weight is negative, they only lose here
                if cosine + after * listed_rest[listed] < least:
                    continue
                other = listed_row[listed]
                if met[other] == row:
                    continue
                met[other] = row
                # All that they share comes after this entry: it is the rarest that they share
                there, beyond = listed_at[listed], starts[other + 1]
                left = after
                while there < beyond and cosine + norms[there] * left >= least:
                    shared = own[features[there]]
                    if shared != 0.0:
                        cosine += shared * weights[there]
                        left = rest[features[there]]
                    there += 1
                if there == beyond and cosine >= least:
                    found_i[count] = other
                    found_j[count] = row
                    found_cosine[count] = min(cosine, 1.0)
                    count += 1
            listed_row[ends[feature]] = row
            listed_at[ends[feature]] = at + 1
            listed_weight[ends[feature]] = weight
            listed_rest[ends[feature]] = after
            ends[feature] += 1
        for at in range(first, last):
            own[features[at]] = 0.0
        row += 1
    return row, count
