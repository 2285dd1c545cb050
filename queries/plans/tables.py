"""What a world has on its day, as plain tables: units, posts, holdings, hosts of functions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.facts import Facts, Node, Properties, Relationship
from graph.vocabulary import unit_kinds
from queries.plans.world import World

HEAD, DEPUTY = ("head",), ("deputy", "standing_deputy")


class Unit(NamedTuple):
    """A unit that exists on the day."""

    id: str
    name: str
    kind: str
    level: str
    system: str
    place: str
    parent: str  # line parent, empty where there is none
    in_scope: bool
    depth: int  # 0 for a unit without a parent
    span: int  # units directly below
    heads: tuple[str, ...]  # posts of head
    holders: tuple[str, ...]  # people in them
    deputies: int  # seats of deputies; where their number is open, the people in them
    people: int
    quota: float | None  # the staff quota that is stated for the unit itself
    functions: tuple[str, ...]


class Post(NamedTuple):
    """A position that exists on the day."""

    id: str
    title: str
    kind: str
    role: str
    unit: str
    seats: int | None
    holders: tuple[str, ...]


@dataclass
class Tables:
    """A world on its day. `hosts` are the units of each function, `posts_of` the posts of each person."""

    on: dt.date
    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    hosts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    posts_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)  # text by id
    people: dict[str, str] = field(default_factory=dict)  # name by id
    places: dict[str, str] = field(default_factory=dict)  # name by id

    def scope(self) -> list[Unit]:
        """The units in scope."""
        return [unit for unit in self.units.values() if unit.in_scope]

    def above(self, unit: str) -> list[str]:
        """The unit's line, its parent first; a cycle is gone through once."""
        found: list[str] = []
        up = self.units[unit].parent if unit in self.units else ""
        while up and up in self.units and up not in found:
            found.append(up)
            up = self.units[up].parent
        return found

    def called(self, unit: str) -> str:
        """The unit's name, with its parent where the kind alone says little (Văn phòng Sở, Phòng …)."""
        known = self.units.get(unit)
        if known is None:
            return unit
        parent = self.units.get(known.parent)
        inner = parent is not None and bool(unit_kinds()[known.kind].parents) and parent.kind not in _TOPS
        return f"{known.name} < {parent.name}" if inner and parent is not None else known.name


_TOPS = ("tinh_uy", "thanh_uy", "huyen_uy", "dang_uy", "ubnd", "hdnd", "mttq")


def tables(world: World) -> Tables:
    """The tables of a world on its day; linear in its facts."""
    return _Maker(world).make()


class _Maker:
    def __init__(self, world: World) -> None:
        self.facts: Facts = world.facts
        self.world = world
        self.on = world.on
        self.by_type: defaultdict[str, list[Relationship]] = defaultdict(list)
        for each in self.facts.relationships.values():
            if self.holds(each.properties):
                self.by_type[each.type].append(each)

    def holds(self, properties: Properties) -> bool:
        start, end = properties.get("valid_from"), properties.get("valid_to")
        return (start is None or start <= self.on) and (end is None or end > self.on)

    def living(self, label: str) -> dict[str, Node]:
        return {n.id: n for n in self.facts.of_label(label) if self.holds(n.properties)}

    def make(self) -> Tables:
        units = self.living("Unit")
        result = Tables(self.on, places=self.world.places)
        result.posts = self._posts(units)
        posts_of: defaultdict[str, list[str]] = defaultdict(list)
        for post in result.posts.values():
            for person in post.holders:
                posts_of[person].append(post.id)
        result.posts_of = {person: tuple(sorted(posts)) for person, posts in posts_of.items()}
        result.people = {n.id: str(n.properties.get("name") or n.id) for n in self.facts.of_label("Person")}
        result.functions = {n.id: str(n.properties.get("text") or n.id) for n in self.facts.of_label("Function")}
        hosts: defaultdict[str, list[str]] = defaultdict(list)
        performs: defaultdict[str, list[str]] = defaultdict(list)
        for each in self.by_type["PERFORMS"]:
            if each.start in units:
                hosts[each.end].append(each.start)
                performs[each.start].append(each.end)
        result.hosts = {function: tuple(sorted(found)) for function, found in hosts.items()}
        result.units = self._units(units, result.posts, performs)
        return result

    def _posts(self, units: dict[str, Node]) -> dict[str, Post]:
        positions = self.living("Position")
        holders: defaultdict[str, list[str]] = defaultdict(list)
        for each in self.by_type["HOLDS"]:
            holders[each.end].append(each.start)
        found: dict[str, Post] = {}
        for each in self.by_type["OF_UNIT"]:
            node = positions.get(each.start)
            if node is None or each.end not in units:
                continue
            p = node.properties
            people = tuple(sorted(set(holders[node.id])))
            title, kind, role = (str(p.get(name) or "") for name in ("title", "kind", "role"))
            found[node.id] = Post(node.id, title, kind, role, each.end, p.get("seats"), people)
        return found

    def _units(self, units: dict[str, Node], posts: dict[str, Post], performs: dict[str, list[str]]) -> dict[str, Unit]:
        parents: dict[str, str] = {}
        for each in sorted(self.by_type["PART_OF"], key=lambda r: str(r.properties.get("valid_from") or "")):
            if each.properties.get("kind") == "line" and each.start in units and each.end in units:
                parents[each.start] = each.end
        span: defaultdict[str, int] = defaultdict(int)
        for parent in parents.values():
            span[parent] += 1
        own: defaultdict[str, list[Post]] = defaultdict(list)
        for post in posts.values():
            own[post.unit].append(post)
        depth = _depths(units, parents)
        quotas = self._quotas()
        found: dict[str, Unit] = {}
        for id_, node in units.items():
            p = node.properties
            mine = own[id_]
            heads = [post for post in mine if post.role in HEAD]
            deputies = sum(post.seats or len(post.holders) for post in mine if post.role in DEPUTY)
            found[id_] = Unit(
                id_,
                str(p.get("name") or ""),
                str(p.get("kind") or ""),
                str(p.get("level") or ""),
                str(p.get("system") or ""),
                str(p.get("place") or ""),
                parents.get(id_, ""),
                id_ in self.world.units,
                depth[id_],
                span[id_],
                tuple(sorted(post.id for post in heads)),
                tuple(sorted({person for post in heads for person in post.holders})),
                deputies,
                len({person for post in mine for person in post.holders}),
                quotas.get(id_),
                tuple(sorted(performs.get(id_, ()))),
            )
        return found

    def _quotas(self) -> dict[str, float]:
        """The last staff quota that is stated for each unit alone, not as a change."""
        about: defaultdict[str, list[str]] = defaultdict(list)
        for each in self.by_type["ABOUT"]:
            about[each.start].append(each.end)
        dated: dict[str, tuple[tuple[dt.date, int], float]] = {}
        for figure, ends in about.items():
            p = self.facts.nodes[figure].properties
            day = p.get("date") or dt.date.min
            if p.get("measure") != "staff_quota" or p.get("direction", "level") != "level" or day > self.on:
                continue
            by = self.facts.nodes.get(p.get("event") or "")
            order = (day, by.properties.get("step", 0) if by else 0)
            value = p.get("value")
            if len(ends) == 1 and value is not None and (ends[0] not in dated or dated[ends[0]][0] <= order):
                dated[ends[0]] = (order, float(value))
        return {unit: value for unit, (_, value) in dated.items()}


def _depths(units: dict[str, Node], parents: dict[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for unit in units:
        path: list[str] = []
        at = unit
        while at not in found and at in parents and at not in path:
            path.append(at)
            at = parents[at]
        base = found.setdefault(at, 0)
        for steps, each in enumerate(reversed(path), start=1):
            found[each] = base + steps if each != at else base
    return found
