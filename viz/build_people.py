"""The people of a chart: who is in which row, who has several posts, which posts are empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from queries.structure import Holder, Post, Structure, UnitNode
from viz.labels import Labels
from viz.measure import clean
from viz.model import Entry, Row
from viz.style import Style

_DEPUTIES = ("standing_deputy", "deputy")
_SPARSE = 0.5  # with fewer than this share of head posts held, the others are not each drawn as unknown


class Person(NamedTuple):
    """Somebody in several posts of the chart: the number, the positions' ids, form and models."""

    mark: int
    name: str
    posts: tuple[str, ...]
    form: str
    model: str


class People:
    """The rows of people; `used` collects the notes that the legend needs."""

    def __init__(self, structure: Structure, style: Style, labels: Labels, show: frozenset[str]) -> None:
        self.structure, self.style, self.labels, self.show = structure, style, labels, show
        self.used: set[str] = set()
        self.unit_of: dict[str, str] = {}
        self.post_of: dict[str, Post] = {}
        self.marks: dict[str, list[tuple[str, int]]] = {}  # position id -> (person id, mark)
        self.heads = 0  # head posts on the chart, and those of them with a holder
        self.held = 0

    def number(self, nodes: list[UnitNode]) -> list[Person]:
        """Who is in two or more posts of these units, numbered from 1 in the given order."""
        for node in nodes:
            for post in node.posts:
                self.unit_of[post.id] = node.id
                self.post_of[post.id] = post
                if post.role == "head":
                    self.heads += 1
                    self.held += bool(post.holders)
        people: list[Person] = []
        for holding in self.structure.concurrents:
            posts = tuple(id_ for id_ in holding.posts if id_ in self.unit_of)
            if len(posts) < 2:
                continue
            mark = len(people) + 1
            people.append(Person(mark, clean(holding.name), posts, holding.form, holding.model))
            for id_ in posts:
                self.marks.setdefault(id_, []).append((holding.person, mark))
        return people

    # rows

    def rows(self, node: UnitNode) -> tuple[list[Row], list[Row]]:
        """What stands in the box of a unit, and what stands beside the head.

        Concurrent holders are shown in any case, so that their marks have a place: without being
        asked for, they stand below the head.
        """
        main: list[list[Row]] = []
        beside: list[list[Row]] = []
        for post in node.posts:
            asked = self._asked(post)
            if post.role == "head" or not asked:
                main += self._entries(post, asked)
            else:
                beside += self._entries(post, asked)
        return self._shortened(main), self._shortened(beside)

    def _asked(self, post: Post) -> bool:
        if "people" in self.show:
            return True
        if post.role == "head":
            return "heads" in self.show
        return post.role in _DEPUTIES and "deputies" in self.show

    def _entries(self, post: Post, asked: bool) -> Iterator[list[Row]]:
        """The rows of each holder of a post, and of what is not held."""
        title = self.labels.title(clean(post.title))
        marked = self.marks.get(post.id, [])
        for holder in post.holders:
            marks = tuple(mark for person, mark in marked if person == holder.person)
            if asked or marks:
                yield [Row(clean(holder.name), "person", marks), Row(self._held(title, holder), "post")]
        if not post.holders:
            if post.left and ("vacant" in self.show or (asked and post.role == "head")):
                yield [Row(self._note("vacant_post"), "vacant"), Row(title, "post")]
            elif "vacant" in self.show or (asked and post.role == "head" and not self.sparse):
                yield [Row(self._note("no_holder"), "unknown"), Row(title, "post")]
            elif asked and post.role == "head":
                self.used.add("sparse")
        elif "vacant" in self.show and (post.seats or 0) > len(post.holders):
            free = self.labels("open_seats", n=(post.seats or 0) - len(post.holders), seats=post.seats)
            self.used.add("no_holder")
            yield [Row(free, "unknown"), Row(title, "post")]

    @property
    def sparse(self) -> bool:
        """True where so few holders are recorded that "not recorded" would stand in most boxes."""
        return self.held < self.heads * _SPARSE

    def _shortened(self, entries: list[list[Row]]) -> list[Row]:
        """The first entries and those with a mark; the number of the others."""
        most = self.style.most["people"]
        if len(entries) <= most:
            return [row for entry in entries for row in entry]
        kept = [entry for place, entry in enumerate(entries) if place < most - 1 or entry[0].marks]
        rows = [row for entry in kept for row in entry]
        if len(kept) < len(entries):
            rows.append(Row(self.labels("more_people", n=len(entries) - len(kept)), "post"))
        return rows

    def _held(self, title: str, holder: Holder) -> str:
        text = title if holder.mode == "full" else self._mode(title, holder.mode)
        return f"{text} – {self._note(holder.basis)}" if holder.basis in ("inferred", "deduced") else text

    def _mode(self, title: str, mode: str) -> str:
        if mode in ("acting", "in_charge", "provisional"):
            return self.labels(mode, title=title)
        return f"{title} ({self.labels.code('holding_modes', mode)})"

    def _note(self, key: str) -> str:
        self.used.add(key)
        return self.labels(key)

    # legend

    def entry(self, person: Person, names: Mapping[str, str]) -> Entry:
        """A person's posts, with form and model, as a line of the legend; `names` are those of the units."""
        held = []
        for post_id in person.posts:
            unit = names[self.unit_of[post_id]]
            title = self.labels.title(clean(self.post_of[post_id].title))
            # "Bí thư Tỉnh ủy" says its unit already
            named = unit.casefold() in title.casefold()
            held.append(title if named else self.labels("post_of", title=title, unit=unit))
        how = [self.labels.code("concurrency_forms", person.form)] if person.form else []
        for code in person.model.split(", ") if person.model else ():
            how.append(self.labels.model(code, clean(self.structure.models.get(code, ""))))
        text = f"{person.name} – {'; '.join(held)}"
        return Entry(f"mark:{person.mark}", f"{text} ({', '.join(how)})" if how else text)
