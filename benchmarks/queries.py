"""The named queries on one province of the big graph, warm.

python -m benchmarks.queries STORE    prints the medians as JSON

Measured are the queries that take a place, a unit or a person: on the province's own units, and
where the query has `below`, on all units of the province. The time is that of the whole answer,
rows converted to Python, without the opening of the store and the finding of names. Beside it
stands the processor time of this process, which other work on the machine lengthens less; on the
embedded store the engine's is in it.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import time
from typing import Any

from benchmarks.generate import FIRST_PROVINCE
from graph.store import Store, connect
from queries.named import NamedQuery, answer, catalogue, parameters_for

ON = dt.date(2021, 6, 1)
GOAL_MS = 100
WARM, RUNS = 10, 15  # a Neo4j server compiles a query's plan anew until it has run a while
# a query this slow is told from one that meets the goal by fewer runs
SLOW_SECONDS, SLOW_RUNS = 1.0, 3


def measure(store: Store) -> list[dict[str, Any]]:
    """One row a query and scope: name, scope, rows, median milliseconds, and of processor time."""
    known = _examples(store)
    found = []
    for query in catalogue().values():
        for scope, values in _calls(query, known):
            found.append({"query": query.name, "scope": scope, **_timed(store, query, values)})
    return found


def _examples(store: Store) -> dict[str, str]:
    """A place, a unit and a person of the province to ask about."""
    unit = "MATCH (u:Unit {place: $place, name: 'UBND tỉnh'}) RETURN u.id"
    person = (
        "MATCH (u:Unit {place: $place})<-[:OF_UNIT]-(:Position)<-[:HOLDS]-(p:Person) "
        "WITH p.id AS id, count(*) AS n RETURN id ORDER BY n DESC, id LIMIT 1"
    )
    place = {"place": FIRST_PROVINCE}
    return {
        **place,
        "unit": store.read(unit, place).value(),
        "person": store.read(person, place).value(),
    }


def _calls(query: NamedQuery, known: dict[str, str]) -> list[tuple[str, dict[str, object]]]:
    parameters = {p.name: p for p in query.parameters}
    about = [p for p in query.parameters if p.what in known]
    if not about:
        return []
    values: dict[str, object] = {p.name: known[p.what] for p in about}
    if "since" in parameters:
        values["since"] = "2015-01-01"
    calls = [(about[0].what, values)]
    if "below" in parameters:
        calls.append(("whole province", {**values, "below": True}))
    return calls


def _timed(store: Store, query: NamedQuery, values: dict[str, object]) -> dict[str, Any]:
    parameters = parameters_for(store, query, values, ON)
    times: list[float] = []
    processor: list[float] = []
    wanted = WARM + RUNS
    rows = 0
    while len(times) < wanted:
        start, cpu = time.perf_counter(), time.process_time()
        rows = len(answer(store, query, parameters).rows)
        times.append(time.perf_counter() - start)
        processor.append(time.process_time() - cpu)
        if times[-1] > SLOW_SECONDS:
            wanted = 1 + SLOW_RUNS
    first = WARM if wanted > WARM + 1 else 1
    medians = [statistics.median(each[first:]) * 1000 for each in (times, processor)]
    return {"rows": rows, "ms": medians[0], "cpu_ms": medians[1]}


def main(path: str) -> None:
    """Measure on the store, in this process."""
    with connect(path, purpose="benchmark") as store:
        print(json.dumps({"queries": measure(store)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
