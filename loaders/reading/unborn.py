"""Changes that a bare word gives to a unit that the text itself says was set up only later.

In the history of an agency "Ban", "Trường" are what it was called then, which the text may not have named; read as the
unit of today they would have it act before it was there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from graph.dates import FuzzyDate
from loaders.reading.entities import parsed
from loaders.reading.facts import Fact
from loaders.reading.known import Known
from loaders.reading.same_events import parties

_MAKES = frozenset(("create", "merge", "rename", "split", "separate"))


def without_unborn(found: list[Fact]) -> list[Fact]:
    """The changes without those of a unit, meant by a bare word, before the day on which the text has it set up."""
    born: dict[int, date] = {}
    for fact in found:
        when = _stated(fact) if fact.values["kind"] in _MAKES else None
        first = when.earliest if when is not None else None
        if first is not None:
            made = (unit for unit in fact.values["outputs"] if unit not in fact.values["inputs"])
            born |= {id(unit): min(first, born.get(id(unit), first)) for unit in made}
    return [fact for fact in found if not any(_before(fact, born[id(u)]) for u in _meant_short(fact) if id(u) in born)]


def _stated(fact: Fact) -> FuzzyDate | None:
    """The date that the text gives for the change itself, which the day of the text is not."""
    date_ = fact.values["date"]
    return parsed(date_) if date_ and not str(date_).startswith("≤") else None


def _before(fact: Fact, day: date) -> bool:
    when = _stated(fact)
    return when is not None and when.latest < day


def _meant_short(fact: Fact) -> Iterator[Known]:
    """The units that take part by a bare word (tách khỏi *Ban*)."""
    where = fact.evidence
    for unit in parties(fact):
        mentions = unit.mentions if unit is not None else ()
        if unit is not None and any(m.rule == "short-form" and where.start <= m.start < where.end for m in mentions):
            yield unit
