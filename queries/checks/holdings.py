"""Checks of holdings against the lives of posts and units, and of posts that ended units left open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from queries.checks.finding import Finding, listed
from queries.checks.tables import Life, Link, Tables


def open_posts(tables: Tables) -> Iterator[Finding]:
    """Units that have ended while positions of theirs are open."""
    still_open: defaultdict[str, list[str]] = defaultdict(list)
    for link in tables.of_unit:
        ended = tables.units[link.end].life.over(tables.on)
        if ended and link.life.holds(tables.on) and tables.positions[link.start].life.holds(tables.on):
            still_open[link.end].append(link.start)
    for unit, posts in still_open.items():
        values = {
            "ended": str(tables.units[unit].life.end),
            "count": str(len(posts)),
            "titles": listed([tables.positions[post].title for post in posts]),
        }
        yield Finding("ended_unit_open_post", tables.unit_name(unit), (unit, *posts), values)


def lives(tables: Tables) -> Iterator[Finding]:
    """Holdings that go on in an ended unit, or that lie outside the life of their post or unit.

    A post that events have moved from unit to unit is only held against its own life.
    """
    units_of = Counter(link.start for link in tables.of_unit)
    for held in tables.holds:
        unit_id = tables.unit_of.get(held.end)
        if unit_id is None:
            continue
        unit, position = tables.units[unit_id], tables.positions[held.end]
        values = {"person": tables.people[held.start].name, "title": position.title}
        ids = (held.start, held.id, held.end, unit_id)
        if held.life.holds(tables.on) and unit.life.over(tables.on):
            ended = str(unit.life.end)
            yield Finding("ended_unit_holding", tables.unit_name(unit_id), ids, {**values, "ended": ended})
            continue
        values["held"] = str(held.life)
        if _outside(held, position.life):
            values["life"] = str(position.life)
            yield Finding("holding_outside_post", tables.unit_name(unit_id), ids, values)
        elif units_of[held.end] == 1 and _outside(held, unit.life):
            values["life"] = str(unit.life)
            yield Finding("holding_outside_unit", tables.unit_name(unit_id), ids, values)


def _outside(held: Link, life: Life) -> bool:
    """True if the holding certainly begins before the life, or certainly ends after it or not at all."""
    begins = life.start is not None and held.life.start is not None and held.life.start < life.start
    ends = life.end is not None and (held.life.end is None or held.life.end > life.end)
    if not begins and not ends:
        return False
    mine, whole = held.life.interval(), life.interval()
    early = bool(mine.start and whole.start and mine.start.certainly_before(whole.start))
    late = bool(whole.end and (mine.end is None or whole.end.certainly_before(mine.end)))
    return early or late
