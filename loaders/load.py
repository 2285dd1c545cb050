"""The one way in: files to facts in a store, all or nothing.

load(store, paths, dry_run=True)  → Report: what the files say and what would change
load(store, paths)                → Report: the same, written
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import InputErrors, Problem, StoreConflict, UserError
from graph.ingest import Plan, Progress, plan, unfinished, write
from graph.store import Store
from loaders.parse import Parsed, parse
from loaders.read import read_tables
from loaders.resolve import resolve
from loaders.tables import Table

TRIES = 3


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
) -> Report:
    """Read the files, check them, and write what is new; `dry_run` only says what would change.

    Raises InputErrors with all problems at once, Contradiction where events collide with facts;
    then nothing is written.
    """
    tables, unreadable = _tables(paths)
    parsed = parse(tables)
    parsed.problems[:0] = unreadable
    if not parsed.records and not parsed.problems:
        raise UserError(
            f"there are no facts in {', '.join(path.name for path in paths)}",
            "`bomay template facts.xlsx` writes a workbook to fill in",
        )
    for _ in range(TRIES - 1):
        # another load may bring the same facts meanwhile: then what is left to do is planned anew
        with suppress(StoreConflict):
            return _load_parsed(store, paths, parsed, dry_run=dry_run, progress=progress)
    return _load_parsed(store, paths, parsed, dry_run=dry_run, progress=progress)


def _load_parsed(
    store: Store, paths: Sequence[Path], parsed: Parsed, *, dry_run: bool, progress: Progress | None
) -> Report:
    facts, problems, notices = resolve(parsed.records, store)
    all_problems = [*parsed.problems, *problems]
    if all_problems:
        raise InputErrors(all_problems)
    todo = plan(store, facts)
    report = Report("", Counter(r.sheet for r in parsed.records), todo, [*parsed.notices, *notices])
    if dry_run or not todo.size:
        return report
    digest = _digest(paths)
    report.load = unfinished(store, digest) or f"{dt.datetime.now():%Y%m%d-%H%M%S}-{digest[:6]}"
    names = ", ".join(path.name for path in paths)
    write(store, todo, {"id": report.load, "file": names, "digest": digest}, progress)
    return report


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
