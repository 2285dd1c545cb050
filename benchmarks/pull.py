"""The whole graph out of a store, as a networkx graph or as Arrow tables.

python -m benchmarks.pull networkx|arrow STORE    prints what it took as JSON
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from benchmarks.measure import taken
from graph import frames
from graph.networks import to_networkx
from graph.store import Store, connect


def networkx(store: Store) -> tuple[int, int]:
    """All nodes and relationships as a MultiDiGraph; how many of each."""
    network = to_networkx(store, evidence=True)
    return network.number_of_nodes(), network.number_of_edges()


def arrow(store: Store) -> tuple[int, int]:
    """All nodes and relationships as two Arrow tables; how many of each."""
    nodes = frames.nodes(store, evidence=True).to_arrow()
    edges = frames.edges(store, evidence=True).to_arrow()
    return nodes.num_rows, edges.num_rows


WAYS: dict[str, Callable[[Store], tuple[int, int]]] = {"networkx": networkx, "arrow": arrow}


def main(way: str, path: str) -> None:
    """One of the two, in this process."""
    found: list[tuple[int, int]] = []
    with connect(path, purpose="benchmark") as store:
        result: dict[str, Any] = taken(lambda: found.append(WAYS[way](store)))
    nodes, edges = found[0]
    print(json.dumps({**result, "nodes": nodes, "edges": edges}))


if __name__ == "__main__":
    main(*sys.argv[1:])
