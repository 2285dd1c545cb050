"""Every error that bomay raises for its users, in one tree.

    BomayError                 message, and a remedy: what to do about it
    ├── UserError              the user's mistake                       exit code 2
    │   ├── InputErrors        one or more problems in a file, all at once
    │   ├── UnknownName        no such unit, place, query … with the nearest ones
    │   ├── AmbiguousName      several fit
    │   ├── QueryError         Cypher that does not parse or run, or that would write
    │   └── Contradiction      facts that collide (an event against the graph)
    ├── NothingFound           the question was fine, the answer is empty   exit code 1
    └── StoreError             the store cannot be reached or used      exit code 3
        ├── StoreInUse         another process has the folder open
        ├── StoreConflict    another process wrote the same facts at the same time
        ├── StoreVersion       written by a newer (or an unknown) bomay
        └── StoreFailed        the engine refused or failed

Errors of the driver and of the engine are turned into these in one place, `graph.store.errors`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class BomayError(Exception):
    """Base of all of them; `str()` is the message and the remedy, for a person to read."""

    exit_code = 2

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n  → {self.remedy}" if self.remedy else self.message


class UserError(BomayError):
    """Something that the user can mend."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a user's file: where, what was found, and what to do."""

    file: str
    sheet: str
    cell: str
    message: str
    found: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        where = " ".join(part for part in (self.file, self.sheet, self.cell) if part)
        text = f"{where}: {self.message}" if where else self.message
        if self.found:
            shown = self.found if len(self.found) <= 80 else self.found[:77] + "…"
            text += f"; found: {shown!r}"
        if self.remedy:
            text += f"\n    → {self.remedy}"
        return text


class InputErrors(UserError):
    """All problems of an input, reported together; nothing of it was loaded."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        count = len(self.problems)
        head = f"{count} problem{'s' if count != 1 else ''} found; nothing was loaded."
        super().__init__("\n".join([head, *(f"  {p}" for p in self.problems)]))


class UnknownName(UserError):
    """A name that is not there, with the nearest that are."""

    def __init__(self, what: str, name: str, nearest: Sequence[str] = ()) -> None:
        self.nearest = list(nearest)
        remedy = f"nearest: {'; '.join(nearest)}" if nearest else ""
        super().__init__(f"no {what} is called {name!r}", remedy)


class AmbiguousName(UserError):
    """A name that fits several; `choices` says how to name each of them."""

    def __init__(self, what: str, name: str, choices: Sequence[str]) -> None:
        self.choices = list(choices)
        shown = "; ".join(self.choices[:8]) + (" …" if len(self.choices) > 8 else "")
        super().__init__(f"{len(self.choices)} {what}s are called {name!r}", f"say which: {shown}")


class QueryError(UserError):
    """A query that does not parse, does not run, or would write on a read path."""


class Contradiction(UserError):
    """An event or a fact that collides with others; the message names them."""


class NothingFound(BomayError):
    """Nothing fits the question."""

    exit_code = 1


class StoreError(BomayError):
    """The store cannot be reached or used."""

    exit_code = 3


class StoreInUse(StoreError):
    """Another process has the database folder open."""


class StoreConflict(StoreError):
    """Another process wrote facts with the same ids at the same time."""


class StoreVersion(StoreError):
    """The store was written with a schema that this version does not know."""


class StoreFailed(StoreError):
    """The engine refused or failed (disk full, lost connection, damaged file)."""
