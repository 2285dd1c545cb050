"""The graph: its model, vocabulary, schema, stores and history, and ways to other libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.networks import to_networkx

__all__ = ["to_networkx"]


def __getattr__(name: str) -> Any:
    # networkx takes longer to import than most commands to run
    if name == "to_networkx":
        from graph.networks import to_networkx

        return to_networkx
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
