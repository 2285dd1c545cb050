"""Copying a whole graph from one store to another, in parts that a second run need not repeat.

The parts are the nodes of each label, then the relationships that start at each label. A part is
read by ids in their order: a stream of ids, and for a batch of them the facts of both stores.
Facts that the target has already are left, those that differ are overwritten, missing ones are
created. Where a run is cut off, a node `(:Meta {id: "copy:…"})` in the target says how far it
was; it is written in the same transaction as the facts and removed at the end. Without it the
result would be the same: nothing is created twice.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graph.digest import Tally, canonical_link, canonical_node, tallies
from graph.errors import NothingFound, QueryError, StoreFailed, StoreVersion, UserError
from graph.parts import batches, content_labels, count, counts, ids_of, known_label, links_from, size, start_labels
from graph.store import Store, Transaction

# nodes, or start nodes of relationships, in one transaction
BATCH = 1_000
# a load keeps all that it changed in one long text
BATCH_OF = {"Load": 10}
CURSOR = "copy:"
WRITE_REMEDY = "use an account that may write (BOMAY_USER, BOMAY_PASSWORD), or another target"
Progress = Callable[[str, int, int], None]
Steps = list[tuple[str, list[Any]]]


@dataclass(frozen=True)
class Line:
    """One label or relationship type after a copy: how many rows there are, and what was done."""

    name: str
    source: int
    target: int
    created: int
    changed: int
    extra: int  # in the target and not in the source
    removed: int  # of these, with `exact`
    digest: str  # of the source
    equal: bool  # count and digest of the target, without what is extra


@dataclass
class Report:
    """What a copy did, by label and relationship type."""

    lines: list[Line]
    resumed: bool
    outside: tuple[int, int]  # nodes and relationships of the source that the schema does not know

    @property
    def equal(self) -> bool:
        """Whether all of the source is in the target, fact by fact."""
        return all(line.equal for line in self.lines)


def copy(
    source: Store,
    target: Store,
    *,
    into_existing: bool = False,
    exact: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Copy all facts of the source, loads included, and compare both by counts and digests.

    The target must be empty or hold an unfinished copy of the same source, unless `into_existing`.
    What it has beyond the source is counted, and removed with `exact`. `progress` is called with
    "copy" or "verify", what is done and what there is in all. Raises UserError (the target is the
    source, is not empty), NothingFound (empty source), StoreVersion and StoreError.
    """
    _check_writable_and_different(source, target)
    if _is_empty(source):
        raise NothingFound("the source is empty", "name the store that has the facts first, the target second")
    cursor = _cursor(source, target, into_existing)
    _match_versions(source, target)
    run = _Run(source, target, cursor, progress or (lambda stage, done, total: None))
    resumed = bool(cursor.done or cursor.part)
    run.copy()
    report = _compared(run, exact, resumed)
    if resumed and not report.equal:
        # the source changed between the two runs: what the first one finished is compared again
        run.restart()
        run.copy()
        report = _compared(run, exact, resumed)
    if report.equal:
        target.write("MATCH (m:Meta {id: $id}) DELETE m", {"id": cursor.id})
    else:
        run.restart()
    return report


# ---------------------------------------------------------------- before: may this be copied there?


@dataclass
class _Cursor:
    """How far a copy has come: the finished parts, and the last id of the unfinished one."""

    id: str
    source: str
    done: list[str] = field(default_factory=list)
    part: str = ""
    after: str = ""

    def step(self) -> tuple[str, dict[str, Any]]:
        """The statement that keeps it, with its parameters."""
        state = {"source": self.source, "done": self.done, "part": self.part, "after": self.after}
        text = json.dumps(state, ensure_ascii=False)
        return "MERGE (m:Meta {id: $id}) SET m.cursor = $cursor", {"id": self.id, "cursor": text}


def _check_writable_and_different(source: Store, target: Store) -> None:
    """A mark in the target must be possible, and must not be seen in the source.

    Addresses do not tell: one server has many (names, bolt:// and neo4j://).
    """
    mark = {"id": f"mark:{secrets.token_hex(8)}"}
    try:
        target.write("CREATE (:Meta {id: $id})", mark)
    except (QueryError, StoreFailed) as error:
        raise StoreFailed(f"the target cannot be written: {error.message}", WRITE_REMEDY) from error
    try:
        seen = source.read("MATCH (m:Meta {id: $id}) RETURN m.id AS id", mark).rows
    finally:
        target.write("MATCH (m:Meta {id: $id}) DELETE m", mark)
    if seen:
        raise UserError("source and target are the same store", "name another store as the target")


def _is_empty(store: Store) -> bool:
    return not store.read("MATCH (n) WHERE NOT n:Meta RETURN 1 AS one LIMIT 1").rows


def _cursor(source: Store, target: Store, into_existing: bool) -> _Cursor:
    """The cursor of an unfinished copy of this source in the target, or a new one."""
    key = CURSOR + hashlib.blake2b(source.url.encode(), digest_size=8).hexdigest()
    query = "MATCH (m:Meta) WHERE m.id STARTS WITH $prefix RETURN m.id AS id, m.cursor AS cursor"
    found = {id_: json.loads(text) for id_, text in target.read(query, {"prefix": CURSOR}).rows}
    if key in found:
        return _Cursor(id=key, **found[key])
    if not into_existing and not _is_empty(target):
        others = ", ".join(sorted(state["source"] for state in found.values()))
        raise UserError(
            f"the target holds an unfinished copy of {others}" if others else "the target is not empty",
            "name an empty target, or merge the copy into what is there with --into-existing",
        )
    return _Cursor(key, source.url)


def _match_versions(source: Store, target: Store) -> None:
    """The schema version goes with the facts, so a copy can be kept before a migration.

    Raises StoreVersion where the target has facts of another version.
    """
    query = "MATCH (m:Meta {id: 'bomay'}) RETURN m.schema_version AS version"
    wanted, found = source.read(query).value(), target.read(query).value()
    if wanted == found:
        return
    if not _is_empty(target):
        raise StoreVersion(
            f"the source has schema version {wanted}, the target version {found}",
            "run `bomay migrate` on the older one first",
        )
    target.write("MATCH (m:Meta {id: 'bomay'}) SET m.schema_version = $version", {"version": wanted})


# ---------------------------------------------------------------- the copy itself


class _Run:
    """One copy at work: what is read where, what was written, how far it is."""

    def __init__(self, source: Store, target: Store, cursor: _Cursor, progress: Progress) -> None:
        self.source = source
        self.target = target
        self.cursor = cursor
        self.progress = progress
        self.created: dict[str, int] = {}
        self.changed: dict[str, int] = {}
        self.counts = counts(source)
        self.total = size(self.counts)
        self._done = 0

    def restart(self) -> None:
        """Forget what is finished, so that everything is compared again."""
        self.cursor.done, self.cursor.part, self.cursor.after = [], "", ""
        self.target.write(*self.cursor.step())

    def copy(self) -> None:
        """Copy the parts that are not finished yet."""
        self.target.write(*self.cursor.step())
        self._done = 0
        for label in content_labels():
            self._part(label, label, self._node_steps)
        for label in start_labels():
            self._part(f"{label}->", label, self._link_steps)

    def _part(self, part: str, label: str, steps_of: Callable[[str, list[str], bool], tuple[Steps, int]]) -> None:
        if part in self.cursor.done:
            self._advance(size({part: self.counts[part]}))
            return
        if part != self.cursor.part:
            self.cursor.part, self.cursor.after = part, ""
        # where the target has nothing yet there is nothing to compare with
        fresh = not size({part: count(self.target, part, label)})
        for ids in batches(ids_of(self.source, label, self.cursor.after), BATCH_OF.get(label, BATCH)):
            steps, read = steps_of(label, ids, fresh)
            self.cursor.after = ids[-1]
            self._write(part, steps)
            self._advance(read)
        self.cursor.done.append(part)
        self.target.write(*self.cursor.step())

    def _write(self, part: str, steps: Steps) -> None:
        """The rows and the cursor in one transaction."""

        def work(transaction: Transaction) -> None:
            for statement, rows in steps:
                transaction.run(statement, {"rows": rows})
            transaction.run(*self.cursor.step())

        try:
            self.target.execute(work)
        except QueryError as error:
            last = self.cursor.after
            raise StoreFailed(
                f"the target refused facts of {part}, up to id {last}: {error.message}",
                "is a value too long for the server, or of a kind that it does not know?",
            ) from error

    def _node_steps(self, label: str, ids: list[str], fresh: bool) -> tuple[Steps, int]:
        query = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n) AS p"
        wanted = [row[0] for row in self.source.read(query, {"ids": ids}).rows]
        there = {} if fresh else {p["id"]: canonical_node(p) for (p,) in self.target.read(query, {"ids": ids}).rows}
        new = [p for p in wanted if p["id"] not in there]
        other = [p for p in wanted if p["id"] in there and canonical_node(p) != there[p["id"]]]
        self._note(label, len(new), len(other))
        steps = _filled(
            (f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", new),
            (f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n = row", other),
        )
        return steps, len(wanted)

    def _link_steps(self, label: str, ids: list[str], fresh: bool) -> tuple[Steps, int]:
        wanted = links_from(self.source, label, ids)
        there = {} if fresh else links_from(self.target, label, ids)
        new: dict[tuple[str, str], list[Any]] = {}
        other: dict[str, list[Any]] = {}
        gone: dict[str, list[Any]] = {}
        for key, link in wanted.items():
            type_, start, labels, end, properties = link
            row = {"a": start, "b": end, "id": properties["id"], "p": properties}
            old = there.get(key)
            changed = old is not None and canonical_link(label, old) != canonical_link(label, link)
            if old is None or (changed and _end(old) != _end(link)):
                new.setdefault((type_, known_label(labels)), []).append(row)
            elif changed:
                other.setdefault(type_, []).append(row)
            if changed and old is not None and _end(old) != _end(link):
                gone.setdefault(type_, []).append({"a": start, "id": properties["id"]})
            self._note(type_, int(old is None), int(changed))
        found = f"UNWIND $rows AS row MATCH (a:{label} {{id: row.a}})-[r:%s]->() WHERE r.id = row.id "
        steps = _filled(
            *((found % type_ + "DELETE r", rows) for type_, rows in gone.items()),
            *(
                (
                    f"UNWIND $rows AS row MATCH (a:{label} {{id: row.a}}) MATCH (b:{end} {{id: row.b}}) "
                    f"CREATE (a)-[r:{type_}]->(b) SET r = row.p",
                    rows,
                )
                for (type_, end), rows in new.items()
            ),
            *((found % type_ + "SET r = row.p", rows) for type_, rows in other.items()),
        )
        return steps, len(wanted)

    def _note(self, name: str, created: int, changed: int) -> None:
        self.created[name] = self.created.get(name, 0) + created
        self.changed[name] = self.changed.get(name, 0) + changed

    def _advance(self, count: int) -> None:
        self._done += count
        self.progress("copy", min(self._done, self.total), self.total)


def _end(link: list[Any]) -> tuple[str, str]:
    return known_label(link[2]), link[3]


def _filled(*steps: tuple[str, list[Any]]) -> Steps:
    return [step for step in steps if step[1]]


# ---------------------------------------------------------------- after: is it all there, and what else?


def _compared(run: _Run, exact: bool, resumed: bool) -> Report:
    """Find what the target has more, and compare the digests of the rest."""
    there = counts(run.target)
    extra: dict[str, Tally] = {}
    for label in start_labels():
        part = f"{label}->"
        if any(there[part].get(type_, 0) > run.counts[part].get(type_, 0) for type_ in there[part]):
            _extra_links(run, label, extra, exact)
    for label in content_labels():
        if there[label][label] > run.counts[label][label]:
            _extra_nodes(run, label, extra, exact)
    total, done = run.total + size(there), 0

    def advance(rows: int) -> None:
        nonlocal done
        done += rows
        run.progress("verify", min(done, total), total)

    wanted = tallies(run.source, advance)
    found = tallies(run.target, advance)
    lines = []
    for name, tally in wanted.items():
        more = extra.get(name, Tally())
        rest = found[name] if exact else found[name].without(more)
        lines.append(
            Line(
                name,
                tally.count,
                found[name].count,
                run.created.get(name, 0),
                run.changed.get(name, 0),
                more.count,
                more.count if exact else 0,
                tally.hex,
                rest == tally,
            )
        )
    return Report(lines, resumed, _outside(run))


def _extra_nodes(run: _Run, label: str, extra: dict[str, Tally], exact: bool) -> None:
    tally = extra.setdefault(label, Tally())
    find = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id"
    get = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n) AS p"
    delete = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n"
    for ids in batches(ids_of(run.target, label), BATCH_OF.get(label, BATCH)):
        known = {row[0] for row in run.source.read(find, {"ids": ids}).rows}
        more = [id_ for id_ in ids if id_ not in known]
        if not more:
            continue
        for (properties,) in run.target.read(get, {"ids": more}).rows:
            tally.add(canonical_node(properties))
        if exact:
            run.target.write(delete, {"ids": more})


def _extra_links(run: _Run, label: str, extra: dict[str, Tally], exact: bool) -> None:
    for ids in batches(ids_of(run.target, label), BATCH_OF.get(label, BATCH)):
        known = links_from(run.source, label, ids)
        gone: dict[str, list[Any]] = {}
        for key, link in links_from(run.target, label, ids).items():
            if key not in known:
                type_, start, id_ = key
                extra.setdefault(type_, Tally()).add(canonical_link(label, link))
                gone.setdefault(type_, []).append({"a": start, "id": id_})
        for type_, rows in gone.items() if exact else ():
            found = f"UNWIND $rows AS row MATCH (a:{label} {{id: row.a}})-[r:{type_}]->() WHERE r.id = row.id "
            run.target.write(found + "DELETE r", {"rows": rows})


def _outside(run: _Run) -> tuple[int, int]:
    """Nodes and relationships of the source that are of no label or type of the schema."""
    nodes = run.source.read("MATCH (n) WHERE NOT n:Meta RETURN count(n) AS c").value() or 0
    links = run.source.read("MATCH ()-[r]->() RETURN count(r) AS c").value() or 0
    known_nodes = sum(run.counts[label][label] for label in content_labels())
    return nodes - known_nodes, links - (run.total - known_nodes)
