"""Texts in memory → distinct statements → vectors → all pairs: what each step takes; prints JSON.

python -m benchmarks.statements.ours FOLDER STATEMENTS keeps vectors and pairs in FOLDER for the others.
"""

from __future__ import annotations

import json
import random
import sys
from array import array
from pathlib import Path

from benchmarks.measure import peak_mb, taken
from benchmarks.statements.corpus import corpus
from queries.collapse import Collapser
from queries.join import Pairs, similar_pairs
from queries.statements import parse
from queries.vectors import Vectors, word_vectors

THRESHOLDS = (0.9, 0.8, 0.7)
GOAL = 0.8
SAMPLE = 3_000


def measure(folder: Path, statements: int) -> dict[str, object]:
    """Seconds of each step, sizes, and how many of a sample of texts have another key when parsed."""
    places = list(corpus(statements))
    before = peak_mb()
    collapser = Collapser()
    of: list[array[int]] = []
    steps = {"collapse": taken(lambda: of.extend(collapser.add(p.texts, [p.name, p.province]) for p in places))}
    vectors: list[Vectors] = []
    steps["vectors"] = taken(lambda: vectors.append(word_vectors(collapser.keys)))
    pairs: dict[float, Pairs] = {}
    steps["loading numba"] = taken(lambda: similar_pairs(word_vectors(["a b", "a c"]), GOAL, compiled=True))
    # the goal first, so that its memory is its own
    for threshold in (GOAL, *(t for t in THRESHOLDS if t != GOAL)):
        steps[f"join {threshold}"] = taken(lambda t=threshold: pairs.update({t: similar_pairs(vectors[0], t)}))
    columns = {**vectors[0]._asdict(), **pairs[GOAL]._asdict()}
    del columns["size"]
    for name, column in columns.items():
        (folder / f"{name}.{column.typecode}").write_bytes(column.tobytes())
    (folder / "keys.json").write_text(json.dumps(collapser.keys, ensure_ascii=False), encoding="utf-8")
    numbers = [number for found in of for number in found]
    texts = list(zip((text for place in places for text in place.texts), numbers, strict=True))
    sample = random.Random(0).sample(texts, min(SAMPLE, len(texts)))
    return {
        "texts": len(texts),
        "places": len(places),
        "distinct": len({text for text, _ in texts}),
        "statements": len(collapser.keys),
        "entries": len(vectors[0].features),
        "features": vectors[0].size,
        "pairs": {str(t): len(found.i) for t, found in pairs.items()},
        "steps": steps,
        "before_mb": before,
        "other_keys": sum(parse(text).key != collapser.keys[number] for text, number in sample),
        "sample": len(sample),
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
