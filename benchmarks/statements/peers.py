"""Other ways to the same pairs, on the same vectors, one thread each; prints JSON.

python -m benchmarks.statements.peers NAME FOLDER with the vectors and pairs that `ours` left in FOLDER.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from benchmarks.measure import taken
from benchmarks.statements.ours import GOAL

LEAST = GOAL - 1e-9
BLOCK = 1_000
SAMPLE = 1_000


def matrix(folder: Path) -> csr_matrix:
    """The vectors as scipy has them."""
    starts, features = (np.fromfile(folder / name, dtype=name[-1]) for name in ("starts.q", "features.i"))
    weights = np.fromfile(folder / "weights.d")
    return csr_matrix((weights, features, starts), shape=(len(starts) - 1, features.max() + 1))


def our_pairs(folder: Path, rows: int) -> np.ndarray[Any, Any]:
    """Each pair as one number, sorted."""
    i, j = (np.fromfile(folder / name, dtype="i").astype(np.int64) for name in ("i.i", "j.i"))
    return np.sort(i * rows + j)


def scipy_product(folder: Path, a: csr_matrix) -> np.ndarray[Any, Any]:
    """The sparse product in blocks of rows, then what reaches the threshold."""
    b = a.T.tocsr()
    return np.concatenate([_upper(a[at : at + BLOCK] @ b, at, a.shape[0]) for at in range(0, a.shape[0], BLOCK)])


def sparse_dot_topn(folder: Path, a: csr_matrix) -> np.ndarray[Any, Any]:
    """Its best n of each row above the threshold, n the most that any row has, so that none is lost."""
    from sparse_dot_topn import sp_matmul_topn

    rows = a.shape[0]
    pairs = our_pairs(folder, rows)
    most = np.bincount(np.concatenate([pairs // rows, pairs % rows]), minlength=rows).max() + 1
    return _upper(sp_matmul_topn(a, a.T.tocsr(), top_n=int(most), threshold=LEAST, n_threads=1), 0, rows)


def minhash(folder: Path, a: csr_matrix) -> np.ndarray[Any, Any]:
    """Locality-sensitive hashing of the sets of words (datasketch), candidates checked by their cosine."""
    from datasketch import MinHash, MinHashLSH

    keys = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    index = MinHashLSH(threshold=0.5, num_perm=64)
    hashed = MinHash.bulk([[word.encode() for word in set(key.split())] for key in keys], num_perm=64)
    found = []
    for row, one in enumerate(hashed):
        found += [(other, row) for other in index.query(one)]
        index.insert(row, one, check_duplication=False)
    i, j = np.array(found, dtype=np.int64).T
    cosine = np.concatenate(
        [
            np.asarray(a[i[at : at + 100_000]].multiply(a[j[at : at + 100_000]]).sum(axis=1)).ravel()
            for at in range(0, len(i), 100_000)
        ]
    )
    return (i * a.shape[0] + j)[cosine >= LEAST]


def brute_force(folder: Path, a: csr_matrix) -> np.ndarray[Any, Any]:
    """Every row of a sample against all, as a dense product; the pairs that have a row of the sample."""
    rows = a.shape[0]
    chosen = sample(rows)
    found = []
    for at in range(0, len(chosen), 50):
        some = chosen[at : at + 50]
        near, other = np.nonzero((a @ a[some].toarray().T).T >= LEAST)
        one = some[near]
        keep = one != other
        found.append(np.minimum(one, other)[keep] * rows + np.maximum(one, other)[keep])
    return np.unique(np.concatenate(found))


def sample(rows: int) -> np.ndarray[Any, Any]:
    """The rows that brute force looks at."""
    return np.sort(np.random.default_rng(0).choice(rows, min(SAMPLE, rows), replace=False))


PEERS: dict[str, Callable[[Path, csr_matrix], np.ndarray[Any, Any]]] = {
    "brute force": brute_force,
    "sparse_dot_topn": sparse_dot_topn,
    "scipy": scipy_product,
    "MinHash": minhash,
}


def _upper(product: csr_matrix, first: int, rows: int) -> np.ndarray[Any, Any]:
    found = product.tocoo()
    i, j = found.row.astype(np.int64) + first, found.col.astype(np.int64)
    keep = (found.data >= LEAST) & (i < j)
    return i[keep] * rows + j[keep]


def measure(name: str, folder: Path) -> dict[str, object]:
    """What it took, how many pairs it found, and how many of them and of ours the other has."""
    a = matrix(folder)
    ours = our_pairs(folder, a.shape[0])
    found: list[np.ndarray[Any, Any]] = []
    took = taken(lambda: found.append(PEERS[name](folder, a)))
    if name == "brute force":
        chosen = sample(a.shape[0])
        ours = ours[np.isin(ours // a.shape[0], chosen) | np.isin(ours % a.shape[0], chosen)]
    both = len(np.intersect1d(found[0], ours))
    return {**took, "pairs": len(found[0]), "both": both, "ours": len(ours)}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
