"""Like units of different places: who hosts a function here, and who elsewhere.

Units of different territories do not overlap; but where most places give a function to one kind
of unit and a few to another, the few are worth a look. The table is functions by places; a cell
holds the units that perform the function there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from graph.text import key
from queries.mining import NAMED_KINDS
from queries.overlaps.candidates import candidate_pairs
from queries.overlaps.find import parsed, side_of
from queries.overlaps.groups import clusters
from queries.overlaps.model import Side
from queries.overlaps.nature import SUPPORTING, Nature
from queries.overlaps.pull import Columns
from queries.statements import Scorer

# what a unit is compared by: its kind, and its name where the kind stands for many
KindOfHost = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One function (all statements that say it) over the places of one level.

    `usual` is the kind of unit that has it in most places, `share` the part of the places with the
    function where it does; `odd` are places where others have it, `absent` places of the level
    that perform functions, but not this one.
    """

    text: str
    level: str
    hosts: Mapping[str, tuple[Side, ...]]  # by place
    usual: KindOfHost
    usual_name: str
    share: float
    odd: tuple[str, ...]
    absent: tuple[str, ...]


def across(columns: Columns, scorer: Scorer | None = None, *, least_places: int = 2) -> list[Row]:
    """The functions that at least so many places have, those hosted unevenly first.

    Two statements are one function if they are duplicates; groups are without chains (see
    `clusters`). Of a unit and one under it only the upper one counts as the host.
    """
    statements = parsed(columns)
    by_key = {s.key: s for _, s in sorted(statements.items())}
    scorer = scorer or Scorer(by_key.values())
    nature = Nature(columns)
    postings: defaultdict[str, defaultdict[str, list[Side]]] = defaultdict(lambda: defaultdict(list))
    places: defaultdict[str, set[str]] = defaultdict(set)
    for row in columns.performed:
        host = columns.hosts[row.unit]
        statement = statements.get(row.function)
        if statement is not None and host.place and row.role not in SUPPORTING:
            side = side_of(columns, row)
            postings[host.level][statement.key].append(side)
            places[host.level].add(host.place)
    found: list[Row] = []
    for level, keys in postings.items():
        edges = {}
        for a, b in candidate_pairs(by_key, [keys.keys()], scorer):
            score = scorer.score(by_key[a], by_key[b])
            if score.cls == "duplicate":
                edges[a, b] = score.value
        for cluster in clusters(keys, edges):
            hosts = _hosts([side for key_ in cluster for side in keys[key_]], nature)
            if len(hosts) >= least_places:
                found.append(_row(level, hosts, places[level]))
    return sorted(found, key=lambda row: (-len(row.odd), -len(row.absent), -len(row.hosts), row.level, row.text))


def _hosts(sides: list[Side], nature: Nature) -> dict[str, tuple[Side, ...]]:
    by_place: defaultdict[str, dict[str, Side]] = defaultdict(dict)
    for side in sides:
        by_place[side.host.place].setdefault(side.host.id, side)
    return {place: tuple(here[unit] for unit in nature.independent(here)) for place, here in sorted(by_place.items())}


def kind_of(side: Side) -> KindOfHost:
    """What the host is compared by."""
    return side.host.kind, key(side.host.name) if side.host.kind in NAMED_KINDS else ""


def _row(level: str, hosts: Mapping[str, tuple[Side, ...]], places: set[str]) -> Row:
    counts = Counter(kind for sides in hosts.values() for kind in {kind_of(side) for side in sides})
    usual, number = min(counts.items(), key=lambda item: (-item[1], item[0]))
    sides = [side for here in hosts.values() for side in here]
    names = Counter(side.host.name for side in sides if kind_of(side) == usual)
    texts = Counter(side.text for side in sides)
    return Row(
        min(texts.items(), key=lambda item: (-item[1], item[0]))[0],
        level,
        hosts,
        usual,
        min(names.items(), key=lambda item: (-item[1], item[0]))[0],
        number / len(hosts),
        tuple(place for place, here in hosts.items() if {kind_of(side) for side in here} != {usual}),
        tuple(sorted(places - hosts.keys())),
    )
