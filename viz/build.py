"""From the structure on a date to the chart model: which boxes, texts, marks and lines there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from graph.errors import UserError
from queries.structure import Holder, Post, Structure, UnitNode
from viz.labels import Labels
from viz.measure import clean
from viz.model import Box, Chart, Connector, Entry, Legend, Row
from viz.style import Style

SHOW = ("heads", "deputies", "staff")
DEFAULT_SHOW = ("heads", "staff")
_DEPUTIES = ("standing_deputy", "deputy")
_DRAWN_TIES = ("serves", "party")
_LISTED = 12  # the most entries of a list in the legend
_SOURCES = 4


def build(
    structure: Structure,
    style: Style,
    labels: Labels,
    title: str | None = None,
    show: Collection[str] = DEFAULT_SHOW,
) -> Chart:
    """The chart of a structure.

    Raises:
        UserError: the units form a cycle, the root is missing, or `show` has an unknown word.
    """
    unknown = sorted(set(show) - set(SHOW))
    if unknown:
        raise UserError(f"unknown content of a chart: {', '.join(unknown)}", f"allowed: {', '.join(SHOW)}")
    builder = _Builder(structure, style, labels, frozenset(show))
    return builder.chart(title)


def preorder(structure: Structure) -> Iterator[tuple[UnitNode, str | None, int]]:
    """Units from the root down, each once, with parent and depth; children in their order.

    Raises:
        UserError: a unit is below itself, or the root is not among the units.
    """
    units = structure.units
    if structure.root not in units:
        raise UserError(f"the chart's first unit {structure.root!r} is not in the structure")
    seen: set[str] = set()
    path: list[str] = []
    stack: list[tuple[str, str | None, int]] = [(structure.root, None, 0)]
    while stack:
        unit_id, parent, depth = stack.pop()
        del path[depth:]
        if unit_id in seen:
            if unit_id in path:
                names = [units[step].name for step in [*path[path.index(unit_id) :], unit_id]]
                raise UserError(
                    f"units are under themselves: {' < '.join(reversed(names))}",
                    "end one of these parent relations",
                )
            continue  # a second line parent: the unit stays where it came first
        seen.add(unit_id)
        path.append(unit_id)
        yield units[unit_id], parent, depth
        stack.extend((child, unit_id, depth + 1) for child in reversed(units[unit_id].children) if child in units)


class _Person(NamedTuple):
    """Somebody in several posts of the chart: the number, the positions' ids, form and model."""

    mark: int
    name: str
    posts: tuple[str, ...]
    form: str
    model: str


class _Builder:
    def __init__(self, structure: Structure, style: Style, labels: Labels, show: frozenset[str]) -> None:
        self.structure = structure
        self.style = style
        self.labels = labels
        self.show = show
        self.unit_of: dict[str, str] = {}
        self.post_of: dict[str, Post] = {}
        self.marks: dict[str, list[tuple[str, int]]] = {}  # position id -> (person id, mark)
        self.used: set[str] = set()  # entries that the legend needs

    def chart(self, title: str | None) -> Chart:
        nodes = list(preorder(self.structure))
        for node, _, _ in nodes:
            for post in node.posts:
                self.unit_of[post.id] = node.id
                self.post_of[post.id] = post
        people = self._number_people()
        boxes: dict[str, Box] = {}
        for node, parent, depth in nodes:
            boxes[node.id] = self._box(node, parent, depth)
            if parent is not None:
                boxes[parent].children.append(node.id)
        for box in boxes.values():
            if box.badge and box.children:  # below the box its children's lines start
                box.footer = " · ".join(part for part in (box.footer, box.badge) if part)
                box.badge = ""
        connectors = self._connectors(people)
        return Chart(
            title=clean(title) if title else self._title(),
            subtitle=self.labels("as_of", date=self.labels.date(self.structure.on)),
            source=self._source(),
            boxes=boxes,
            connectors=connectors,
            legend=self._legend(nodes, people, connectors),
        )

    def _title(self) -> str:
        name, place = clean(self.structure.units[self.structure.root].name), clean(self.structure.place)
        return f"{name}, {place}" if place and place.casefold() not in name.casefold() else name

    def _source(self) -> str:
        sources = [clean(source) for source in self.structure.sources]
        if not sources:
            return ""
        listed = "; ".join(sources[:_SOURCES])
        if len(sources) > _SOURCES:
            listed += " " + self.labels("more_sources", n=len(sources) - _SOURCES)
        return self.labels("source", list=listed)

    # boxes

    def _box(self, node: UnitNode, parent: str | None, depth: int) -> Box:
        footer = []
        if "staff" in self.show and node.staff is not None:
            footer.append(self.labels("staff", n=self.labels.number(node.staff)))
        border = "solid"
        if node.temporary:
            border = "temporary"
        elif node.basis == "inferred":
            border = "inferred"
        if node.basis in ("inferred", "deduced"):
            footer.append(self._basis(node.basis))
        self.used.add(f"border:{border}")
        badge = ""
        if node.hidden:
            badge = self.labels("hidden", n=node.hidden)
            self.used.add("hidden")
        return Box(
            id=node.id,
            name=clean(node.name) or "?",
            system=node.system,
            depth=depth,
            parent=parent,
            rows=[row for post in self._posts(node) for row in self._rows(post)],
            footer=" · ".join(footer),
            badge=badge,
            border=border,
        )

    def _posts(self, node: UnitNode) -> list[Post]:
        """The posts to show, head first; those of concurrent holders always, so that marks have a place."""
        wanted = []
        for role in ("head", *_DEPUTIES):
            asked = ("heads" if role == "head" else "deputies") in self.show
            wanted += [post for post in node.posts if post.role == role and (asked or post.id in self.marks)]
        roles = ("head", *_DEPUTIES)
        return wanted + [post for post in node.posts if post.role not in roles and post.id in self.marks]

    def _rows(self, post: Post) -> list[Row]:
        title = clean(post.title)
        if not post.holders:
            if post.role != "head":
                return []
            return [Row(self.labels("no_holder"), "person"), Row(title, "post")]
        rows = []
        for holder in post.holders:
            marks = tuple(mark for person, mark in self.marks.get(post.id, []) if person == holder.person)
            rows += [Row(clean(holder.name), "person", marks), Row(self._held(title, holder), "post")]
        return rows

    def _held(self, title: str, holder: Holder) -> str:
        text = title if holder.mode == "full" else self._mode(title, holder.mode)
        return f"{text} – {self._basis(holder.basis)}" if holder.basis in ("inferred", "deduced") else text

    def _mode(self, title: str, mode: str) -> str:
        if mode in ("acting", "in_charge", "provisional"):
            return self.labels(mode, title=title)
        return f"{title} ({self.labels.code('holding_modes', mode)})"

    def _basis(self, basis: str) -> str:
        self.used.add(basis)
        return self.labels(basis)

    # one person in several posts

    def _number_people(self) -> list[_Person]:
        """Who is in two or more posts of the chart, numbered from 1 in the given order."""
        people: list[_Person] = []
        for holding in self.structure.concurrents:
            posts = tuple(post for post in holding.posts if post in self.unit_of)
            if len(posts) < 2:
                continue
            mark = len(people) + 1
            people.append(_Person(mark, clean(holding.name), posts, holding.form, holding.model))
            for post in posts:
                self.marks.setdefault(post, []).append((holding.person, mark))
        return people

    def _connectors(self, people: list[_Person]) -> list[Connector]:
        if len(self.structure.units) > self.style.limits["most_boxes"]:
            return []  # marks and legend say it; lines would be a tangle
        connectors = []
        if len(people) <= self.style.limits["most_people"]:
            for person in people:
                units = dict.fromkeys(self.unit_of[post] for post in person.posts)
                connectors += [Connector("concurrent", a, b, person.mark) for a, b in pairwise(units)]
        for kind in _DRAWN_TIES:
            ties = [tie for tie in self._ties if tie[0] == kind]
            if len(ties) <= self.style.limits["most_ties"]:
                sign = self.labels("serves_sign") if kind == "serves" else ""
                connectors += [Connector(kind, start, end, 0, sign) for _, start, end in ties]
        return connectors

    @cached_property
    def _ties(self) -> list[tuple[str, str, str]]:
        units = self.structure.units
        line = {(child, unit.id) for unit in units.values() for child in unit.children}
        return [
            (tie.kind, tie.start, tie.end)
            for tie in self.structure.ties
            if tie.start in units
            and tie.end in units
            and tie.start != tie.end
            and not (tie.kind == "party" and (tie.start, tie.end) in line)
        ]

    # legend

    def _legend(
        self,
        nodes: list[tuple[UnitNode, str | None, int]],
        people: list[_Person],
        connectors: list[Connector],
    ) -> Legend:
        labels, legend = self.labels, Legend()
        present = {node.system for node, _, _ in nodes if node.system}
        systems = [code for code in self.style.palettes["system"] if code in present]
        systems += sorted(present - set(systems))
        legend.signs = [Entry(f"system:{code}", labels.code("systems", code)) for code in systems]
        for border in ("inferred", "temporary"):
            if f"border:{border}" in self.used:
                legend.signs.append(Entry(f"border:{border}", labels(f"{border}_unit")))
        drawn = {connector.kind for connector in connectors}
        for kind in ("concurrent", *_DRAWN_TIES):
            if kind in drawn:
                sign = labels("serves_sign") if kind == "serves" else ""
                legend.signs.append(Entry(f"connector:{kind}:{sign}", labels(kind)))
        for key in ("inferred", "deduced", "hidden"):
            if key in self.used:
                legend.signs.append(Entry("", labels(f"{key}_note")))
        if people:
            legend.lists.append((labels("concurrents"), [self._person(person) for person in people]))
        others = [tie for tie in self._ties if tie[0] not in drawn]
        if others:
            legend.lists.append((labels("ties"), self._listed_ties(others)))
        return legend

    def _person(self, person: _Person) -> Entry:
        held = []
        for post_id in person.posts:
            unit = clean(self.structure.units[self.unit_of[post_id]].name)
            title = clean(self.post_of[post_id].title)
            # "Bí thư Tỉnh ủy" says its unit already
            named = unit.casefold() in title.casefold()
            held.append(title if named else self.labels("post_of", title=title, unit=unit))
        how = [self.labels.code("concurrency_forms", person.form)] if person.form else []
        if person.model:
            how.append(self.labels.model(person.model))
        text = f"{person.name} – {'; '.join(held)}"
        return Entry(f"mark:{person.mark}", f"{text} ({', '.join(how)})" if how else text)

    def _listed_ties(self, ties: list[tuple[str, str, str]]) -> list[Entry]:
        entries = [
            Entry(
                "",
                self.labels(
                    "tie",
                    kind=self.labels.code("relation_kinds", kind),
                    start=clean(self.structure.units[start].name),
                    end=clean(self.structure.units[end].name),
                ),
            )
            for kind, start, end in ties[:_LISTED]
        ]
        if len(ties) > _LISTED:
            entries.append(Entry("", self.labels("more", n=len(ties) - _LISTED)))
        return entries
