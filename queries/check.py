"""Everything that the owner of the data must mend, found in the store as of a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from graph.store import Store
from queries.checks import holdings, numbers, people, records, units
from queries.checks.finding import SEVERITIES, Finding
from queries.checks.tables import Tables

__all__ = ["Finding", "check"]

CHECKS: tuple[Callable[[Tables], Iterator[Finding]], ...] = (
    units.heads,
    units.parents,
    units.places,
    units.kinds,
    units.functions,
    holdings.open_posts,
    holdings.lives,
    people.spellings,
    people.places,
    numbers.figures,
    numbers.events,
    records.evidence,
    records.events,
    records.loads,
    records.models,
    records.instances,
)


def check(store: Store, on: dt.date) -> list[Finding]:
    """All findings, errors first, then by code and name.

    Each check reads whole columns once and compares them in memory: the time is linear in the
    facts, and no query joins more than two labels.
    """
    tables = Tables(store, on)
    found = [finding for each in CHECKS for finding in each(tables)]
    return sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.code, f.what, f.ids))
