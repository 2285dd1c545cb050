"""What an analyst's own Cypher may do on a Neo4j server.

Read access mode refuses every change of the graph, but a session in it can still read files and
addresses (LOAD CSV), list users and settings (SHOW …), stop other people's transactions, and call
procedures that do more than read. So the server is asked for its plan first, and a plan with any
of these is refused. The text of the query is not looked at: the plan says what would be run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.errors import QueryError
from graph.store.errors import READ_ONLY, READ_ONLY_REMEDY

# what a plan may contain beside the operators that read the graph and compute
ALLOWED_PROCEDURES = (
    "db.labels",
    "db.relationshiptypes",
    "db.propertykeys",
    "db.schema.visualization",
    "db.schema.nodetypeproperties",
    "db.schema.reltypeproperties",
    "db.index.fulltext.querynodes",
    "db.index.fulltext.queryrelationships",
)
ALLOWED_SHOWS = ("showindexes", "showconstraints", "showfunctions", "showprocedures")
REFUSED_OPERATORS = ("loadcsv", "terminate")


def refuse_what_does_not_read(query_type: str | None, plan: Mapping[str, Any] | None) -> None:
    """Raise QueryError for a query whose plan does anything but read the graph.

    `query_type` and `plan` are those of the driver's summary of an EXPLAIN.
    """
    if query_type != "r":
        raise QueryError(READ_ONLY, READ_ONLY_REMEDY)
    for step in _steps(plan):
        operator = str(step.get("operatorType", "")).split("@")[0].lower()
        if operator.startswith(REFUSED_OPERATORS):
            raise QueryError(f"queries may not use {operator!r}: it reaches outside the graph")
        if operator.startswith("show") and operator not in ALLOWED_SHOWS:
            raise QueryError("queries may not list users, settings or transactions")
        if "procedurecall" in operator:
            _check_procedure(str((step.get("args") or {}).get("Details", "")))


def _check_procedure(details: str) -> None:
    name = details.split("(")[0].strip().lower()
    if name not in ALLOWED_PROCEDURES:
        raise QueryError(
            f"queries may not call {details.split('(')[0].strip() or 'procedures'}",
            f"allowed: {', '.join(ALLOWED_PROCEDURES)}",
        )


def _steps(plan: Mapping[str, Any] | None) -> Iterator[Mapping[str, Any]]:
    if plan is None:
        return
    yield plan
    for child in plan.get("children") or ():
        yield from _steps(child)
