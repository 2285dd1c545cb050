"""The structure on one day of a history: the same as reading it from the store as of that day."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property

from graph import vocabulary
from queries import concurrency
from queries.furnish import MOST_SOURCES
from queries.holdings import Holding
from queries.models import KnownModel
from queries.structure_types import Concurrent, Holder, OuterTie, Post, Structure, Tie, UnitNode
from queries.timeline.pull import OUTER_KINDS, child_rank
from queries.timeline.types import Duty, Tenure, TimedPost, TimedTie, Timeline


class Days:
    """A history, to be looked at on any day; `order` is that of the units, where they have one of their own."""

    def __init__(
        self, timeline: Timeline, models: Sequence[KnownModel] = (), order: Sequence[str] | None = None
    ) -> None:
        self.timeline = timeline
        self.models = models
        self.rank = {unit: place for place, unit in enumerate(order or self._usual_order())}

    def _usual_order(self) -> list[str]:
        kinds = {code: place for place, code in enumerate(vocabulary.codes("unit_kinds"))}
        return [unit.id for unit in sorted(self.timeline.units.values(), key=lambda unit: child_rank(unit, kinds))]

    @cached_property
    def lines(self) -> list[TimedTie]:
        """Lines to a parent in the order of children, those that only say the territory last."""
        units = self.timeline.units
        known = [line for line in self.timeline.lines if line.start in units and line.end in units]
        return sorted(known, key=lambda line: (self.rank[line.start], self.rank[line.end], line.id))

    @cached_property
    def _lines_of(self) -> dict[str, list[TimedTie]]:
        found = defaultdict(list)
        for line in self.lines:
            found[line.start].append(line)
        return found

    @cached_property
    def _posts_of(self) -> dict[str, list[TimedPost]]:
        found = defaultdict(list)
        for post in self.timeline.posts.values():
            found[post.unit].append(post)
        return found

    @cached_property
    def _tenures_of(self) -> dict[str, list[Tenure]]:
        found = defaultdict(list)
        for tenure in self.timeline.tenures:
            found[tenure.post].append(tenure)
        return found

    def exists(self, unit: str, on: dt.date) -> bool:
        """Whether the unit is there on the day."""
        return self.timeline.units[unit].life.holds(on)

    def parents(self, unit: str, on: dt.date) -> list[str]:
        """Its line parents on the day; the territory only where it has no other in the territory."""
        root = self.timeline.root
        found = [line.end for line in self._lines_of[unit] if line.life.holds(on) and self.exists(line.end, on)]
        if not self.timeline.territory:
            return found
        others = [parent for parent in found if parent != root]
        here = [parent for parent in others if self._in_place(parent, on)]
        return others if here or root not in found else [root]

    def _in_place(self, unit: str, on: dt.date) -> bool:
        root = self.timeline.root
        return any(line.end == root and line.life.holds(on) for line in self._lines_of[unit])

    def children(self, on: dt.date) -> dict[str, list[str]]:
        """Every parent's children on the day, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for unit in sorted(self.timeline.units, key=self.rank.__getitem__):
            if unit != self.timeline.root and self.exists(unit, on):
                for parent in self.parents(unit, on):
                    found[parent].append(unit)
        return found

    def structure(self, on: dt.date) -> Structure:
        """The root and all that is under it; a unit with two line parents is under the one nearer to the root."""
        root = self.timeline.root
        structure = Structure(root, on, {root: self._node(root, on)}, place=self.timeline.place)
        children, edge = self.children(on), [root]
        while edge:
            below = []
            for parent in edge:
                for child in children.get(parent, ()):
                    if child in structure.units:
                        structure.ties.append(Tie("line", child, parent))
                        continue
                    structure.units[child] = self._node(child, on, parent)
                    structure.units[parent].children.append(child)
                    below.append(child)
            edge = below
        self._add_rest(structure)
        structure.sources = self._sources(structure)
        return structure

    def part(self, on: dt.date, wanted: Collection[str]) -> Structure:
        """Some units of the day with those above them; what has nobody above it hangs from the root."""
        root = self.timeline.root
        structure = Structure(root, on, {root: self._node(root, on)}, place=self.timeline.place)
        for unit in wanted:
            below: str | None = None
            above: str | None = unit
            while above is not None:
                known = above in structure.units
                if not known:
                    structure.units[above] = self._node(above, on)
                if below is not None:
                    structure.units[below].parent = above
                    structure.units[above].children.append(below)
                if known:
                    break
                below, above = above, next(iter(self.parents(above, on)), root)
                if above in structure.units and above != root and self._is_above(structure, below, above):
                    above = root  # a circle of parents
        self._add_rest(structure)
        return structure

    @staticmethod
    def _is_above(structure: Structure, unit: str, other: str) -> bool:
        step: str | None = other
        while step is not None:
            if step == unit:
                return True
            step = structure.units[step].parent
        return False

    def _node(self, unit: str, on: dt.date, parent: str | None = None) -> UnitNode:
        known = self.timeline.units[unit]
        return UnitNode(
            id=unit,
            name=known.name(on),
            kind=known.kind,
            level=known.level,
            system=known.system,
            parent=parent,
            posts=self._posts(unit, on),
            staff=self._count(unit, on, False),
            quota=self._count(unit, on, True),
            functions=self._functions(unit, on),
            basis=known.basis,
            temporary=known.temporary,
            valid_from=known.life.start,
            valid_to=known.life.end,
        )

    def _posts(self, unit: str, on: dt.date) -> list[Post]:
        posts = []
        for known in self._posts_of[unit]:
            if not known.life.holds(on):
                continue
            post = Post(known.id, known.title, known.role, [], known.seats)
            for tenure in self._tenures_of[known.id]:
                if tenure.life.holds(on) and all(holder.person != tenure.person for holder in post.holders):
                    post.holders.append(Holder(tenure.person, tenure.name, tenure.mode, tenure.basis))
            if not post.holders:
                ends = [t.life.end for t in self._tenures_of[known.id] if t.life.end and t.life.end <= on]
                post.left = max(ends, default=None)
            posts.append(post)
        roles = concurrency.ROLES
        return sorted(posts, key=lambda p: (roles.index(p.role) if p.role in roles else len(roles), p.title, p.id))

    @cached_property
    def _counts(self) -> dict[tuple[str, bool], list[tuple[dt.date | None, float]]]:
        found = defaultdict(list)
        for count in self.timeline.counts:
            found[count.unit, count.quota].append((count.date, count.value))
        return found

    def _count(self, unit: str, on: dt.date, quota: bool) -> int | None:
        known = [value for date, value in self._counts.get((unit, quota), ()) if date is None or date <= on]
        return round(known[-1]) if known else None

    @cached_property
    def _duties_of(self) -> dict[str, list[Duty]]:
        found = defaultdict(list)
        for duty in self.timeline.duties:
            found[duty.unit].append(duty)
        return found

    def _functions(self, unit: str, on: dt.date) -> list[str]:
        """Texts of its functions, those that it leads first."""
        here = [duty for duty in self._duties_of.get(unit, ()) if duty.life.holds(on)]
        here.sort(key=lambda duty: (duty.role not in ("", "leads"), duty.text, duty.function))
        return list(dict.fromkeys(duty.text for duty in here))

    def _add_rest(self, structure: Structure) -> None:
        on, units = structure.on, structure.units
        ties = {
            Tie(tie.kind, tie.start, tie.end)
            for tie in self.timeline.ties
            if tie.start in units and tie.end in units and tie.life.holds(on)
        }
        structure.ties += sorted(ties, key=lambda tie: (tie.kind, tie.start, tie.end))
        outer = {
            OuterTie(tie.kind, tie.unit, tie.other, tie.inwards)
            for tie in self.timeline.outer
            if tie.unit in units and tie.life.holds(on)
        }
        for tie in self.timeline.ties:
            if tie.kind not in OUTER_KINDS or not tie.life.holds(on) or (tie.start in units) == (tie.end in units):
                continue
            if tie.start in units:
                outer.add(OuterTie(tie.kind, tie.start, self._present_name(tie.end)))
            elif tie.kind != "party":
                outer.add(OuterTie(tie.kind, tie.end, self._present_name(tie.start), inwards=True))
        structure.outer_ties = sorted(outer, key=lambda tie: (tie.kind, tie.unit, tie.other, tie.inwards))
        structure.concurrents = self.concurrents(structure)
        used = {code for each in structure.concurrents for code in each.model.split(", ")}
        structure.models = {model.code: model.name for model in self.models if model.code in used}

    def _present_name(self, unit: str) -> str:
        return self.timeline.units[unit].names[-1][1]

    def concurrents(self, structure: Structure) -> list[Concurrent]:
        """The people who are in several posts of the structure."""
        posts = {post.id: unit.id for unit in structure.units.values() for post in unit.posts}
        held = Counter(h.person for unit in structure.units.values() for post in unit.posts for h in post.holders)
        several = {person for person, number in held.items() if number > 1}
        if not several:
            return []
        holdings = [
            self._holding(tenure, structure.on)
            for tenure in self.timeline.tenures
            if tenure.person in several and tenure.post in posts and tenure.life.holds(structure.on)
        ]
        return [
            Concurrent(each.person, each.name, tuple(h.position for h in each.posts), each.form, ", ".join(each.models))
            for each in concurrency.judge(holdings, self.models)
        ]

    def _holding(self, tenure: Tenure, on: dt.date) -> Holding:
        post = self.timeline.posts[tenure.post]
        unit = self.timeline.units[post.unit]
        return Holding(
            id=tenure.id,
            person=tenure.person,
            name=tenure.name,
            position=post.id,
            title=post.title,
            title_kind=post.kind,
            role=post.role,
            unit=unit.id,
            unit_name=unit.names[-1][1],
            unit_kind=unit.kind,
            level=unit.level,
            system=unit.system,
            place=self.timeline.places.get(unit.id, ""),
            mode=tenure.mode,
            weight=tenure.weight,
            as_written=tenure.as_written,
            basis=tenure.basis,
            start=None,
        )

    def _sources(self, structure: Structure) -> list[str]:
        """The documents that state most of what is shown, at most a few."""
        shown = set(structure.units)
        facts = shown | {line.id for line in self.timeline.lines if line.start in shown}
        facts |= {tie.id for tie in self.timeline.ties if tie.start in shown}
        facts |= {t.id for t in self.timeline.tenures if t.life.holds(structure.on)}
        facts |= {duty.id for duty in self.timeline.duties if duty.unit in shown}
        counts: Counter[str] = Counter()
        for citation in self.timeline.citations:
            if citation.fact in facts:
                source = self.timeline.sources[citation.document]
                counts[", ".join(part for part in (source.number, source.title) if part) or source.id] += 1
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [citation for citation, _ in ranked[:MOST_SOURCES]]
