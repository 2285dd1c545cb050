"""Findings of the analyses in the graph: runs, candidates, and what people judged of them.

A candidate is known by its kind and key; the key is made of what it is about, so that it is the
same in every run. A run is known by what was asked (kind, day, place, parameters): recording it
again replaces it with all its candidates. A candidate that another run finds too belongs to the
newest. A judgement stands on kind and key alone, so it survives new runs and new loads; a later
judgement ends the earlier one, and none is ever erased.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.errors import NothingFound, UserError
from graph.facts import fact_id
from graph.ingest import revision_of
from graph.schema import schema
from graph.store import Store, Transaction
from graph.stored import batches

BATCH = 1_000
VERDICTS = ("accept", "reject", "unsure")
Member = tuple[str, str, str]  # label, id, role


@dataclass(frozen=True)
class Run:
    """One run of an analysis; `weights` is a digest of the weights and word lists that it used."""

    kind: str  # code of finding_kinds
    on: dt.date
    version: str
    weights: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""  # id; empty: everywhere

    @property
    def id(self) -> str:
        """The same for the same question."""
        return fact_id("run", self.kind, self.on, self.place, _json(self.parameters))


@dataclass(frozen=True)
class Candidate:
    """What an analysis proposes. `members` are what it is about: label, id and role of each."""

    kind: str  # code of finding_kinds
    key: str
    score: float
    cls: str
    members: tuple[Member, ...]
    parts: Any = ()  # what JSON can hold
    note: str = ""
    summary: str = ""
    place: str = ""

    @property
    def id(self) -> str:
        """The node's id."""
        return candidate_id(self.kind, self.key)


@dataclass(frozen=True)
class Judgement:
    """A verdict on the finding with this kind and key: who, when, why, and whether it still counts."""

    kind: str
    key: str
    verdict: str  # code of verdicts
    by: str = ""
    on: dt.date = dt.date.min
    reason: str = ""
    members: tuple[Member, ...] = ()
    summary: str = ""
    id: str = ""
    made_at: str = ""
    ended: dt.date | None = None
    ended_why: str = ""  # code of judgement_ends
    ended_by: str = ""
    ended_reason: str = ""


def finding_key(prefix: str, *parts: Iterable[str]) -> str:
    """A key made of ids: each part is sorted, so that the order in which they were found is of no matter."""
    return fact_id(prefix, *("\x1e".join(sorted(part)) for part in parts))


def candidate_id(kind: str, key: str) -> str:
    """The id of a candidate's node."""
    return fact_id("cand", kind, key)


# ---------------------------------------------------------------------- writing runs


def record(store: Store, run: Run, candidates: Sequence[Candidate]) -> None:
    """Write a run with its candidates, best first, in one transaction; an earlier one of the same question goes.

    Members that the graph does not have are left out. Judgements of these keys are joined again.
    Raises UserError where two candidates have one key.
    """
    ids = [candidate.id for candidate in candidates]
    if len(set(ids)) < len(ids):
        raise UserError("two candidates of one run have the same key")
    before = store.read(
        "MATCH (c:Candidate)-[:FOUND_IN]->(r:Run {id: $run}) RETURN c.id AS id", {"run": run.id}
    ).column("id")
    stale = sorted(set(before) - set(ids))
    node = {
        "id": run.id,
        "kind": run.kind,
        "as_of": run.on,
        "place": run.place or None,
        "parameters": _json(run.parameters),
        "version": run.version,
        "weights": run.weights,
        "revision": revision_of(store),
        "made": dt.datetime.now().isoformat(timespec="seconds"),
        "candidates": len(candidates),
    }
    rows = [_candidate_row(candidate, rank) for rank, candidate in enumerate(candidates, 1)]
    links = _known_members(store, [(c.id, c.members) for c in candidates])
    judged = _judgements_of(store, run.kind, {c.key: c.id for c in candidates})

    def write(transaction: Transaction) -> None:
        _each(transaction, "UNWIND $rows AS row MATCH (c:Candidate {id: row}) DETACH DELETE c", stale)
        transaction.run("MERGE (r:Run {id: $id}) SET r = $node", {"id": run.id, "node": _filled(node)})
        _each(transaction, "UNWIND $rows AS row MERGE (c:Candidate {id: row.id}) SET c = row", rows)
        for type_ in ("FOUND_IN", "CONCERNS"):
            match = f"UNWIND $rows AS row MATCH (c:Candidate {{id: row}})-[x:{type_}]->() DELETE x"
            _each(transaction, match, ids)
        _each(transaction, "UNWIND $rows AS row MATCH (c:Candidate {id: row})<-[x:JUDGES]-() DELETE x", ids)
        found_in = [{"a": id_, "b": run.id, "p": {"id": fact_id("r", "FOUND_IN", id_)}} for id_ in ids]
        _link(transaction, "Candidate", "FOUND_IN", "Run", found_in)
        for label, members in links.items():
            _link(transaction, "Candidate", "CONCERNS", label, members)
        _link(transaction, "Judgement", "JUDGES", "Candidate", judged)

    store.execute(write)


def _candidate_row(candidate: Candidate, rank: int) -> dict[str, Any]:
    return _filled(
        {
            "id": candidate.id,
            "kind": candidate.kind,
            "key": candidate.key,
            "cls": candidate.cls,
            "score": float(candidate.score),
            "place": candidate.place or None,
            "parts": _json(candidate.parts),
            "summary": candidate.summary or None,
            "note": candidate.note or None,
            "rank": rank,
        }
    )


def _known_members(store: Store, owners: Iterable[tuple[str, Sequence[Member]]]) -> dict[str, list[dict[str, Any]]]:
    """Rows of CONCERNS by the label of their ends, without those that the graph does not have."""
    wanted: dict[str, list[dict[str, Any]]] = {}
    for owner, members in owners:
        for label, id_, role in dict.fromkeys(members):
            properties = {"id": fact_id("r", "CONCERNS", owner, id_, role), "role": role}
            wanted.setdefault(label, []).append({"a": owner, "b": id_, "p": properties})
    found: dict[str, list[dict[str, Any]]] = {}
    for label, rows in wanted.items():
        if label not in schema().labels:
            raise UserError(f"{label!r} is not a label of the schema")
        query = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id"
        ids = sorted({row["b"] for row in rows})
        there = {id_ for batch in batches(ids) for id_ in store.read(query, {"ids": batch}).column("id")}
        found[label] = [row for row in rows if row["b"] in there]
    return found


def _judgements_of(store: Store, kind: str, ids: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows of JUDGES for all judgements, ended ones too, of these keys."""
    query = "MATCH (j:Judgement {kind: $kind}) RETURN j.id AS id, j.key AS key"
    return [
        {"a": judgement, "b": ids[key], "p": {"id": fact_id("r", "JUDGES", judgement)}}
        for judgement, key in store.read(query, {"kind": kind}).rows
        if key in ids
    ]


# ---------------------------------------------------------------------- judgements


def judge(store: Store, judgements: Sequence[Judgement]) -> None:
    """Write judgements in one transaction; each ends the one that counted before for its key.

    Raises UserError for an unknown verdict.
    """
    for each in judgements:
        if each.verdict not in VERDICTS:
            raise UserError(f"{each.verdict!r} is not a verdict", f"one of: {', '.join(VERDICTS)}")
    now = dt.datetime.now()
    # in the order given: of two on one key the later counts
    new = [
        replace(each, made_at=at, id=fact_id("j", each.kind, each.key, at))
        for i, each in enumerate(judgements)
        if (at := (now + dt.timedelta(microseconds=i)).isoformat(timespec="microseconds"))
    ]
    last = {(each.kind, each.key): each for each in new}
    ends = [
        # one that is entered late may be dated before the one it replaces
        {"id": old.id, "p": _ending(max(old.on, later.on), "replaced", later.by, "")}
        for old in judgements_in(store)
        if old.ended is None and (later := last.get((old.kind, old.key)))
    ]
    rows = [_judgement_row(each, last[each.kind, each.key]) for each in new]
    links = _known_members(store, [(each.id, each.members) for each in new])
    query = "MATCH (c:Candidate) RETURN c.id AS id"
    recorded = set(store.read(query).column("id"))
    judges = [
        {"a": each.id, "b": id_, "p": {"id": fact_id("r", "JUDGES", each.id)}}
        for each in new
        if (id_ := candidate_id(each.kind, each.key)) in recorded
    ]

    def write(transaction: Transaction) -> None:
        _each(transaction, _END, ends)
        _each(transaction, "UNWIND $rows AS row CREATE (j:Judgement) SET j = row", rows)
        for label, members in links.items():
            _link(transaction, "Judgement", "CONCERNS", label, members)
        _link(transaction, "Judgement", "JUDGES", "Candidate", judges)

    store.execute(write)


def undo_judgement(store: Store, kind: str, key: str, *, by: str = "", on: dt.date, reason: str = "") -> Judgement:
    """End the judgement that counts for the key, so that the finding is open again; it stays on record.

    Raises NothingFound where none counts.
    """
    for old in judgements_in(store):
        if (old.kind, old.key) == (kind, key) and old.ended is None:
            store.write(_END, {"rows": [{"id": old.id, "p": _ending(max(old.on, on), "undone", by, reason)}]})
            return old
    raise NothingFound(f"no judgement of {key} counts at present", "`bomay judge --list --history` shows them all")


_END = "UNWIND $rows AS row MATCH (j:Judgement {id: row.id}) SET j += row.p"

_JUDGEMENTS = """
MATCH (j:Judgement)
RETURN j.kind AS kind, j.key AS key, j.verdict AS verdict, j.by AS by, j.made AS on, j.reason AS reason,
       j.members AS members, j.summary AS summary, j.id AS id, j.made_at AS made_at, j.ended AS ended,
       j.ended_why AS ended_why, j.ended_by AS ended_by, j.ended_reason AS ended_reason
"""


def judgements_in(store: Store) -> list[Judgement]:
    """All judgements, ended ones too, in the order in which they were made."""
    found = []
    for row in store.read(_JUDGEMENTS).dicts():
        ended = row.pop("ended")
        members = tuple(_member(text) for text in row.pop("members") or ())
        on = row.pop("on")
        values = {name: value or "" for name, value in row.items()}
        found.append(Judgement(**values, on=on, members=members, ended=ended))
    return sorted(found, key=lambda j: j.made_at)


def _judgement_row(each: Judgement, last: Judgement) -> dict[str, Any]:
    row = {
        "id": each.id,
        "kind": each.kind,
        "key": each.key,
        "verdict": each.verdict,
        "by": each.by or None,
        "made": each.on,
        "made_at": each.made_at,
        "reason": each.reason or None,
        "summary": each.summary or None,
        "members": ["|".join(member) for member in each.members],
    }
    if each is not last:
        row |= _ending(max(each.on, last.on), "replaced", last.by, "")
    return _filled(row)


def _ending(on: dt.date, why: str, by: str, reason: str) -> dict[str, Any]:
    return _filled({"ended": on, "ended_why": why, "ended_by": by or None, "ended_reason": reason or None})


def _member(text: str) -> Member:
    """Label and role have no bar in them; an id may."""
    label, _, rest = text.partition("|")
    id_, _, role = rest.rpartition("|")
    return label, id_, role


# ---------------------------------------------------------------------- statements


def _each(transaction: Transaction, statement: str, rows: Sequence[Any]) -> None:
    for batch in batches(rows, BATCH):
        transaction.run(statement, {"rows": list(batch)})


def _link(transaction: Transaction, start: str, type_: str, end: str, rows: Sequence[Any]) -> None:
    statement = (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}}) "
        f"CREATE (a)-[r:{type_}]->(b) SET r = row.p"
    )
    _each(transaction, statement, rows)


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_jsonable)


def _jsonable(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if hasattr(value, "_asdict"):
        return value._asdict()
    if hasattr(value, "__dataclass_fields__"):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")
