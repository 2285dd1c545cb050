"""The one way in: files to facts in a store, all or nothing.

load(store, paths, dry_run=True)  → Report: what the files say and what would change
load(store, paths)                → Report: the same, written
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from graph.bulk import finish_undoing, preview, write_parts
from graph.collected import Collected
from graph.conflicts import again_on_conflict
from graph.errors import InputErrors, Problem, UserError
from graph.ingest import Plan, Progress, part_size, plan, unfinished, write
from graph.store import Store
from loaders.parse import Parsed, read_records
from loaders.read import read_tables
from loaders.records import Sheets
from loaders.resolve import collect, to_go_through
from loaders.tables import Table

TRIES = 5
RowProgress = Callable[[str, int, int], None]
# rows between two calls of it
ROWS_SAID = 1_000


@dataclass
class Report:
    """What a load did, or would do."""

    load: str  # id; empty where nothing changed or nothing was written
    rows: Counter[str] = field(default_factory=Counter)  # records by sheet
    plan: Plan = field(default_factory=Plan)
    notices: list[str] = field(default_factory=list)


def load(
    store: Store,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    rows: RowProgress | None = None,
) -> Report:
    """Read the files, check them, and write what is new; `dry_run` only says what would change.

    `rows` is told how many rows are read ("reading") and made into facts ("checking"), `progress`
    how many facts are written. Raises InputErrors with all problems at once, Contradiction where
    events collide with facts; then nothing is written.
    """
    tables, unreadable = _tables(paths)
    sheets, parsed = Sheets(), Parsed()
    read_records(tables, parsed, sheets.keep, _counter("reading", sum(len(t.rows) for t in tables), rows))
    parsed.problems[:0] = unreadable
    if not sheets and not parsed.problems:
        raise UserError(
            f"there are no facts in {', '.join(path.name for path in paths)}",
            "`bomay template facts.xlsx` writes a workbook to fill in",
        )
    # another load may bring the same facts meanwhile: then what is left to do is planned anew
    return again_on_conflict(
        lambda: _load_parsed(store, paths, sheets, parsed, dry_run=dry_run, progress=progress, rows=rows), TRIES
    )


def _load_parsed(
    store: Store,
    paths: Sequence[Path],
    sheets: Sheets,
    parsed: Parsed,
    *,
    dry_run: bool,
    progress: Progress | None,
    rows: RowProgress | None,
) -> Report:
    digest = _digest(paths)
    if not dry_run:
        finish_undoing(store, digest)
    begun = unfinished(store, digest)
    # a load that was cut off goes on in parts, however many are few now
    facts = Collected(limit=0 if begun else None, part=part_size(store))
    collected, problems, notices = collect(sheets, store, facts, _counter("checking", to_go_through(sheets), rows))
    all_problems = [*parsed.problems, *problems]
    if all_problems:
        raise InputErrors(all_problems)
    report = Report("", Counter({name: len(each) for name, each in sheets.items()}))
    report.notices = [*parsed.notices, *notices]
    load = {
        "id": begun or _new_id(store, digest),
        "file": ", ".join(path.name for path in paths),
        "digest": digest,
    }
    if collected.many:
        report.plan = preview(store, collected) if dry_run else write_parts(store, collected, load, progress)
    else:
        report.plan = plan(store, collected.few)
        if report.plan.size and not dry_run:
            write(store, report.plan, load, progress)
    if report.plan.size and not dry_run:
        report.load = load["id"]
    return report


def _new_id(store: Store, digest: str) -> str:
    """Time and content; a number too, where the same was loaded in the same second."""
    wanted = f"{dt.datetime.now():%Y%m%d-%H%M%S}-{digest[:6]}"
    query = "MATCH (l:Load) WHERE l.digest = $digest RETURN l.id AS id"
    taken = store.read(query, {"digest": digest}).column("id")
    return next(id_ for id_ in chain([wanted], (f"{wanted}-{n}" for n in count(2))) if id_ not in taken)


def _counter(stage: str, total: int, progress: RowProgress | None) -> Callable[[], None]:
    """Counts rows, and tells of every thousandth and the last."""
    numbers = count(1)

    def one() -> None:
        number = next(numbers)
        if progress and (number % ROWS_SAID == 0 or number == total):
            progress(stage, number, total)

    return one


def _tables(paths: Sequence[Path]) -> tuple[list[Table], list[Problem]]:
    """The tables of all files that can be read, and what is wrong with the others."""
    tables: list[Table] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            tables += read_tables(path)
        except InputErrors as error:
            problems += error.problems
    return tables, problems


def _digest(paths: Iterable[Path]) -> str:
    """One digest over the files' contents, by which a load can be told later."""
    total = hashlib.blake2b(digest_size=16)
    for path in paths:
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            if file.is_file():
                with file.open("rb") as content:
                    total.update(hashlib.file_digest(content, "sha256").digest())
    return total.hexdigest()
