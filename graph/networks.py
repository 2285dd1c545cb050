"""A store, or a part of it, as a networkx graph."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from graph.selection import Selection
from graph.store import Store

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(
    store: Store, on: dt.date | None = None, scope: str | None = None, *, evidence: bool = False
) -> nx.MultiDiGraph[str]:
    """The graph as of a day, for the algorithms of networkx.

    A node's key is its id, its attributes are `label` and its properties; an edge's key is the
    relationship's id, its attributes are `type` and its properties. Dates are datetime.date.

    `on`: only what holds on that day, where an unknown start counts as always; None: whatever
    was ever recorded. People, functions, events, figures and models have no validity of their
    own and come as they are. `scope`: id of a place (the units located there on the day) or of
    a unit (its subtree by line), with the posts, holders, members, functions, events, figures,
    principles and models that hang on them; None: all. `evidence=True` adds the documents.
    An edge comes where both its ends do.

    Raises UnknownName where neither a place nor a unit has the id of the scope, NothingFound
    where it does not exist on the day. Reads each label and relationship type once, in a stream.
    """
    import networkx as nx

    selection = Selection(store, on=on, scope=scope, evidence=evidence)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for label, properties in selection.nodes():
        network.add_node(properties["id"], label=label, **properties)
    for type_, start, end, properties in selection.edges():
        network.add_edge(start, end, properties["id"], type=type_, **properties)
    return network
