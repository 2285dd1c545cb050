"""Checks of units: heads, parents, places, kinds, and functions that nobody performs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from graph import text, vocabulary
from queries.checks.finding import Finding, listed
from queries.checks.tables import Tables


def heads(tables: Tables) -> Iterator[Finding]:
    """Head posts that are empty or held by too many, and units with posts but no head post.

    Where nobody was ever recorded in the head posts of a place, that is one finding for the
    place: the people have not been entered, which says nothing of vacancies.
    """
    posts: defaultdict[str, set[str]] = defaultdict(set)
    for link in tables.of_unit:
        alive = tables.positions[link.start].life.holds(tables.on) and link.life.holds(tables.on)
        if alive and tables.units[link.end].life.holds(tables.on):
            posts[link.end].add(link.start)
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for held in tables.holds:
        if held.life.holds(tables.on):
            holders[held.end].add(held.start)
    ever_held = {held.end for held in tables.holds}
    never_held: defaultdict[str, list[str]] = defaultdict(list)
    for unit, ids in posts.items():
        head_posts = [tables.positions[id_] for id_ in sorted(ids) if tables.positions[id_].role == "head"]
        what = tables.unit_name(unit)
        people = sorted({person for post in head_posts for person in holders[post.id]})
        found = (unit, *(post.id for post in head_posts))
        if not head_posts:
            yield Finding("no_head_post", what, (unit,), {"count": str(len(ids))})
        elif len(people) > max(post.seats or 1 for post in head_posts):
            names = listed([tables.people[person].name for person in people])
            values = {"count": str(len(people)), "people": names}
            yield Finding("two_heads", what, (*found, *people), values)
        elif not people and ever_held.isdisjoint(found):
            never_held[tables.units[unit].place or ""].append(unit)
        elif not people:
            titles = listed([post.title for post in head_posts])
            yield Finding("head_vacant", what, found, {"title": titles})
    for place, units in sorted(never_held.items()):
        names = listed(sorted(tables.units[unit].name for unit in units))
        values = {"count": str(len(units)), "units": names}
        yield Finding("head_unrecorded", tables.place_name(place) or "…", tuple(sorted(units)), values)


def parents(tables: Tables) -> Iterator[Finding]:
    """Units with two line parents at once, under an ended parent, or in a cycle."""
    line: defaultdict[str, set[str]] = defaultdict(set)
    for link in tables.part_of:
        child, parent = tables.units[link.start], tables.units[link.end]
        if not link.life.holds(tables.on) or not child.life.holds(tables.on):
            continue
        if parent.life.over(tables.on):
            values = {"parent": tables.unit_name(parent.id), "ended": str(parent.life.end)}
            yield Finding("child_of_ended_unit", tables.unit_name(child.id), (child.id, parent.id, link.id), values)
        elif link.kind == "line":
            line[child.id].add(parent.id)
    for unit, above in line.items():
        if len(above) > 1:
            names = listed([tables.unit_name(parent) for parent in sorted(above)])
            yield Finding("two_line_parents", tables.unit_name(unit), (unit, *sorted(above)), {"parents": names})
    yield from cycles(tables)


def cycles(tables: Tables) -> Iterator[Finding]:
    """Units that are, over some steps of one kind of parent, parts of themselves.

    Strongly connected components (R. Tarjan, "Depth-first search and linear graph algorithms",
    SIAM J. Comput. 1, 1972), linear in units and parents.
    """
    import networkx

    kinds: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for link in tables.part_of:
        if link.life.holds(tables.on):
            kinds[link.kind].append((link.start, link.end))
    for kind, edges in sorted(kinds.items()):
        graph: networkx.DiGraph[str] = networkx.DiGraph(edges)
        for component in networkx.strongly_connected_components(graph):
            members = sorted(component)
            if len(members) > 1 or graph.has_edge(members[0], members[0]):
                names = listed([tables.unit_name(unit) for unit in members])
                yield Finding("part_of_cycle", names, tuple(members), {"kind": kind})


def places(tables: Tables) -> Iterator[Finding]:
    """Units that go on in a place that has ended."""
    for unit in tables.units.values():
        name, end = tables.places.get(unit.place or "", ("", None))
        if end is not None and end <= tables.on and unit.life.holds(tables.on):
            yield Finding(
                "unit_outlives_place",
                unit.name,
                (unit.id, unit.place or ""),
                {"place": name, "ended": str(end)},
            )


def kinds(tables: Tables) -> Iterator[Finding]:
    """Codes of unit kinds and titles that the vocabulary does not have."""
    used: dict[str, defaultdict[str, list[str]]] = {
        "unit_kinds": defaultdict(list),
        "titles": defaultdict(list),
    }
    for unit in tables.units.values():
        used["unit_kinds"][unit.kind or ""].append(unit.id)
    for position in tables.positions.values():
        if position.kind:
            used["titles"][position.kind].append(position.id)
    for name, codes in used.items():
        allowed = vocabulary.codes(name)
        for code, ids in sorted(codes.items()):
            if code not in allowed:
                near = listed(text.nearest(code, list(allowed)))
                values = {"value": code, "list": name, "count": str(len(ids)), "nearest": near}
                yield Finding("unknown_kind", code, tuple(ids), values)


_WITHOUT_HOST = """
MATCH (f:Function)
OPTIONAL MATCH (u:Unit)-[r:PERFORMS]->(f)
WHERE (r.valid_to IS NULL OR r.valid_to > $on) AND (u.valid_to IS NULL OR u.valid_to > $on)
WITH f, count(r) AS hosts
WHERE hosts = 0
RETURN f.id, f.text
"""


def functions(tables: Tables) -> Iterator[Finding]:
    """Functions that no living unit performs on the date, or is going to."""
    for id_, words in tables.rows(_WITHOUT_HOST, on=tables.on):
        yield Finding("function_without_host", words, (id_,))
