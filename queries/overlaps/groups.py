"""Which statements say nearly the same, each with each: groups without chains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Edges = Mapping[tuple[str, str], float]


def clusters(keys: Iterable[str], edges: Edges) -> list[tuple[str, ...]]:
    """Groups in which every two are joined by an edge, the strongest edges first.

    Complete linkage (T. Sørensen, Biologiske Skrifter 5, 1948), so that a row of neighbours, each
    near the next, is not taken for one group. A key without an edge is a group of its own. The
    cost is that of sorting the edges, and of the edges between the groups that are joined.
    """
    group: dict[str, list[str]] = {key: [key] for key in sorted(keys)}
    joined = {frozenset(pair) for pair in edges}
    for (a, b), _ in sorted(edges.items(), key=lambda item: (-item[1], item[0])):
        one, other = group[a], group[b]
        if one is other or not all(frozenset((x, y)) in joined for x in one for y in other):
            continue
        one.extend(other)
        for key in other:
            group[key] = one
    return sorted({tuple(sorted(members)) for members in group.values()})
