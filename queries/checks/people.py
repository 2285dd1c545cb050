"""Checks of people: one person under two spellings, one name for two people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from queries.checks.finding import Finding, listed
from queries.checks.tables import Person, Tables

# of 100, on names without diacritics (normalised Indel similarity of rapidfuzz)
NEAR = 88.0


def spellings(tables: Tables) -> Iterator[Finding]:
    """Different people with the same or nearly the same name who share a post or a place."""
    posts, places = _where(tables)
    seen: set[tuple[str, str]] = set()
    for shared, groups in (("chức danh", _groups(posts)), ("địa bàn", _groups(places))):
        for where, members in sorted(groups.items()):
            for one, other in _alike([tables.people[id_] for id_ in sorted(members)]):
                if (one.id, other.id) in seen:
                    continue
                seen.add((one.id, other.id))
                name = tables.positions[where].title if shared == "chức danh" else tables.place_name(where)
                yield Finding(
                    "same_person_two_spellings",
                    f"{one.name} / {other.name}",
                    (one.id, other.id),
                    {"shared": name},
                )


def places(tables: Tables) -> Iterator[Finding]:
    """One name in several places as several people, and one person with posts in several places at once."""
    _, everywhere = _where(tables)
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for person in tables.people.values():
        by_name[person.name_key].append(person.id)
    for ids in by_name.values():
        where = [everywhere.get(id_, set()) for id_ in ids]
        if len(ids) > 1 and all(where) and not set.intersection(*where):
            names = listed([tables.place_name(place) for place in sorted(set.union(*where))])
            what = tables.people[ids[0]].name
            yield Finding("same_name_two_places", what, tuple(sorted(ids)), {"places": names})
    now: defaultdict[str, set[str]] = defaultdict(set)
    for held in tables.holds:
        if held.life.holds(tables.on) and held.end in tables.place_of:
            now[held.start].add(tables.place_of[held.end])
    for id_, found in sorted(now.items()):
        if len(found) > 1:
            names = listed([tables.place_name(place) for place in sorted(found)])
            yield Finding("one_person_two_places", tables.people[id_].name, (id_,), {"places": names})


def _where(tables: Tables) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The posts, and the places, of each person at any time."""
    posts: defaultdict[str, set[str]] = defaultdict(set)
    places: defaultdict[str, set[str]] = defaultdict(set)
    for held in tables.holds:
        posts[held.start].add(held.end)
        if held.end in tables.place_of:
            places[held.start].add(tables.place_of[held.end])
    return posts, places


def _groups(where: dict[str, set[str]]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for person, things in where.items():
        for thing in things:
            found[thing].add(person)
    return found


def _alike(people: list[Person]) -> Iterator[tuple[Person, Person]]:
    """Pairs with near names; only those are compared whose first and last words are the same."""
    from rapidfuzz import fuzz

    blocks: defaultdict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        words = person.search_key.split()
        if words:
            blocks[words[0], words[-1]].append(person)
    for block in blocks.values():
        for one, other in combinations(block, 2):
            if fuzz.ratio(one.search_key, other.search_key) >= NEAR:
                yield one, other
