"""Rules as data: each has a name, a pattern, an example in which it must find something, and one in which not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

Row = Mapping[str, Any]
_R = TypeVar("_R", bound="NamedRule")
# columns that are called by a word of Python
_FIELDS = {"not": "counter", "from": "start"}


@dataclass(frozen=True, kw_only=True)
class NamedRule:
    """A rule of a data file; by it something must be found in `example`, nothing in `counter`."""

    name: str
    pattern: re.Pattern[str]
    example: str
    counter: str


@dataclass(frozen=True, kw_only=True)
class TextRule(NamedRule):
    """A rule over the words of a sentence, not its symbols; `gives` is what it finds in `example`."""

    kind: str
    gives: str


def named_rules(make: type[_R], rows: Iterable[Row], **compiled: Callable[[Row], Any]) -> tuple[_R, ...]:
    """The rules of a data file, in their order; the fields in `compiled` are made from the whole row.

    Raises TypeError where a row has a column that is no field, or lacks one.
    """
    return tuple(
        make(
            **{_FIELDS.get(name, name): value for name, value in row.items()}
            | {name: pattern(row) for name, pattern in compiled.items()}
        )
        for row in rows
    )
