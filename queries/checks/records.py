"""Checks of what stands behind the facts: evidence, events, loads, the status of models."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from graph import vocabulary
from graph.schema import schema
from queries.checks.finding import Finding, listed
from queries.checks.tables import Tables

EXAMPLES = 5

# statuses that say that a model is being carried out, and those that say that it is not
CARRIED_OUT = frozenset({"in_force", "expanded"})
NOT_CARRIED_OUT = frozenset({"not_done", "ended"})


def evidence(tables: Tables) -> Iterator[Finding]:
    """Facts that no document states, one finding for each type; what an event made is not counted."""
    for label in schema().labels.values():
        if not label.evidence:
            continue
        # labels and types come from the schema, never from data
        yield from _unstated(tables, label.name, f"(n:{label.name})", "n")
        for type_ in schema().relationships.values():
            if type_.evidence and any(start == label.name for start, _ in type_.ends):
                yield from _unstated(tables, type_.name, f"(n:{label.name})-[r:{type_.name}]->()", "r")


def events(tables: Tables) -> Iterator[Finding]:
    """Events in force that have not been applied, or cannot be for want of a date."""
    query = """
    MATCH (e:Event {status: 'in_force'})
    WHERE e.applied IS NULL OR e.applied = false
    RETURN e.id, e.kind, e.title, e.date
    """
    for id_, kind, title, date in tables.rows(query):
        what = title or vocabulary.label("event_kinds", kind or "")
        yield Finding("event_without_date" if date is None else "event_not_applied", what, (id_,))


def loads(tables: Tables) -> Iterator[Finding]:
    """Loads that were interrupted."""
    query = "MATCH (l:Load {state: 'running'}) RETURN l.id, l.file, l.started"
    for id_, file, started in tables.rows(query):
        yield Finding("interrupted_load", file or id_, (id_,), {"id": id_, "started": started or ""})


def models(tables: Tables) -> Iterator[Finding]:
    """Models that are carried out and not carried out in one place, level and day, by what sources say."""
    query = """
    MATCH (m:ConcurrencyModel)-[s:STATUS_IN]->(p:Place)
    WHERE (s.valid_from IS NULL OR s.valid_from <= $on) AND (s.valid_to IS NULL OR s.valid_to > $on)
    RETURN m.code, p.id, coalesce(s.level, ''), s.status, s.id
    """
    said: defaultdict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for code, place, level, status, id_ in tables.rows(query, on=tables.on):
        said[code, place, level].append((status, id_))
    for (code, place, _), statuses in sorted(said.items()):
        codes = {status for status, _ in statuses}
        if codes & CARRIED_OUT and codes & NOT_CARRIED_OUT:
            shown = listed([vocabulary.label("model_statuses", c) for c in sorted(codes)])
            values = {"model": code, "place": tables.place_name(place), "statuses": shown}
            ids = (place, *sorted(id_ for _, id_ in statuses))
            yield Finding("model_status_conflict", code, ids, values)


def instances(tables: Tables) -> Iterator[Finding]:
    """Models that are recorded as not carried out in a place where one person holds both posts."""
    from queries.coverage import coverage

    for row in coverage(tables.store, tables.on):
        against = [s for s in row.statuses if s.status in NOT_CARRIED_OUT]
        if row.state == "in_force" and against:
            values = {
                "model": row.model,
                "place": row.place_name,
                "status": vocabulary.label("model_statuses", against[0].status),
                "people": listed([name for _, name in row.both]),
            }
            ids = (row.place, *(id_ for id_, _ in row.both))
            yield Finding("model_status_instance", row.model, ids, values)


def _unstated(tables: Tables, what: str, pattern: str, fact: str) -> Iterator[Finding]:
    """The facts of a pattern whose start node `n` has no evidence for them, with some as examples."""
    query = f"""
    MATCH {pattern}
    WHERE {fact}.event IS NULL
    OPTIONAL MATCH (n)-[e:STATED_IN]->(:Document)
    WHERE e.fact = {fact}.id
    WITH {fact}.id AS id, count(e) AS documents
    WHERE documents = 0
    RETURN count(id), collect(id)[0..{EXAMPLES}]
    """
    for count, examples in tables.rows(query):
        if count:
            values = {"count": str(count), "examples": listed(sorted(examples), EXAMPLES)}
            yield Finding("fact_without_evidence", what, tuple(sorted(examples)), values)
