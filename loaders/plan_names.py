"""What the names in a plan mean: in the graph, or among the units that earlier steps of the plan make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graph.dates import FuzzyDate
from graph.facts import fact_id
from graph.store import Store
from graph.text import key, nearest, search_key
from graph.titles import parse_posts
from loaders.directory import Directory, Entry, Miss
from loaders.plan_file import Item, RawPlan
from loaders.references import cuts_at_place, read_reference

_FUNCTIONS = """
UNWIND $units AS id
MATCH (u:Unit {id: id})-[r:PERFORMS]->(f:Function)
WHERE r.valid_to IS NULL OR r.valid_to >= $on
RETURN u.id AS unit, f.id AS id, f.text AS text
"""
_POSTS = """
UNWIND $units AS id
MATCH (u:Unit {id: id})<-[r:OF_UNIT]-(p:Position)
WHERE (r.valid_to IS NULL OR r.valid_to >= $on) AND (p.valid_to IS NULL OR p.valid_to >= $on)
RETURN u.id AS unit, p.id AS id, p.title_key AS title, p.role AS role ORDER BY p.valid_from
"""


class Names:
    """The directory of the graph, with what the plan itself makes and renames before it."""

    def __init__(self, plan: RawPlan, store: Store) -> None:
        self.plan = plan
        self.store = store
        self.directory = Directory(store)
        self.sources: dict[str, list[str]] = {}  # unit of the plan → the units it takes over from
        self.people: dict[str, str] = {}
        self._made: dict[str, list[Entry]] = defaultdict(list)
        self._posts: dict[tuple[str, str], str] = {}
        self._asked: set[str] = set()

    def preload(self) -> None:
        """Ask the store once for all that any text of the plan may mean."""
        texts = set(_texts(self.plan))
        posts = [parse_posts(text) for text in texts if "," in text or len(text.split()) > 2]
        units = {p.unit_name for found in posts for p in found.posts if p.unit_name}
        wanted = texts | units | {read_reference(text).parent for text in texts | units} - {""}
        places = {read_reference(text).place for text in texts}
        places |= {p.place or "" for found in posts for p in found.posts}
        places |= {place for text in texts for _, place in cuts_at_place(read_reference(text).name)}
        self.directory.preload("Place", texts | (places - {""}))
        for label in ("Unit", "Person", "Function", "Document"):
            self.directory.preload(label, wanted)

    def make(self, entry: Entry, sources: Sequence[str] = ()) -> None:
        """A unit that a step of the plan makes; from now on its name means it."""
        self.directory.add(entry, [entry.name])
        self._made[key(entry.name)].append(entry)
        self.sources[entry.id] = list(sources)

    def rename(self, entry: Entry, name: str) -> None:
        """From now on the unit is also found by its new name."""
        self._made[key(name)].append(Entry("Unit", entry.id, name, entry.place, entry.parent, entry.interval))

    def unit(self, text: str, place: str, when: FuzzyDate) -> Entry | Miss:
        """The unit that a reference means at a step of the plan."""
        made = self._own(text, place)
        if made is not None:
            return made

        def before(entry: Entry) -> bool:
            start = entry.interval.start
            return start is None or not start.same_as(when)

        return self.directory.resolve(text, ["Unit"], place=place, when=when, prefer=before)

    def _own(self, text: str, place: str) -> Entry | None:
        reference = read_reference(text)
        found = self._made.get(key(reference.name), [])
        if reference.place:
            named = self.directory.resolve(reference.place, ["Place"])
            place = named.id if isinstance(named, Entry) else "?"
        if place:
            found = [entry for entry in found if entry.place in (place, "")]
        if reference.parent:
            parents = {e.id for e in self.directory.candidates("Unit", reference.parent)} | {reference.parent}
            parents |= {e.id for e in self._made.get(key(reference.parent), [])}
            found = [entry for entry in found if entry.parent in parents]
        return found[-1] if found else None

    # ------------------------------------------------------------------ functions

    def function(self, text: str, givers: Sequence[str], when: FuzzyDate) -> str | Miss:
        """The id of a function: of those that the givers perform, by id, text or an unmistakable part."""
        performed = self._performed(givers, when)
        if text in performed:
            return text
        wanted = search_key(text)
        folded = {id_: search_key(statement) for id_, statement in performed.items()}
        found = [id_ for id_, statement in folded.items() if statement == wanted]
        found = found or [id_ for id_, statement in folded.items() if len(wanted) > 5 and wanted in statement]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            return Miss(f"{len(found)} functions fit {text!r}", "give its id: " + "; ".join(found[:6]))
        other = self.directory.resolve(text, ["Function"])
        if isinstance(other, Entry):
            return other.id
        close = nearest(text, sorted(performed.values()))
        known = "; ".join(sorted(performed.values())[:6]) or "none is recorded for the units that give it"
        return Miss(other.message, f"nearest: {'; '.join(close)}" if close else f"their functions: {known}")

    def _performed(self, givers: Sequence[str], when: FuzzyDate) -> dict[str, str]:
        units = list(givers)
        for unit in units:
            units += [source for source in self.sources.get(unit, ()) if source not in units]
        rows = self.store.read(_FUNCTIONS, {"units": units, "on": when.latest}).rows
        return {id_: text for _, id_, text in rows}

    # ------------------------------------------------------------------ posts and people

    def post(self, unit: str, title_key: str, when: FuzzyDate) -> str | None:
        """The id of the unit's post with the title, if it is known."""
        if unit not in self._asked and unit not in self.sources:
            self._asked.add(unit)
            for owner, id_, title, _ in self.store.read(_POSTS, {"units": [unit], "on": when.latest}).rows:
                self._posts[(owner, title)] = id_
        return self._posts.get((unit, title_key))

    def add_post(self, unit: str, title_key: str, id_: str) -> None:
        """A post that the plan makes."""
        self._posts[(unit, title_key)] = id_

    def person(self, text: str, place: str) -> tuple[str, bool] | Miss:
        """(id, whether the person is new to the graph) of a name or id."""
        if key(text) in self.people:
            return self.people[key(text)], False
        known = self.directory.get(text)
        if known is not None and known.label == "Person":
            return known.id, False
        found = self.directory.candidates("Person", text)
        if len(found) > 1:
            there = [each for each in found if place in self.directory.places_of_person(each.id)]
            found = there or found
        if len(found) > 1:
            return Miss(f"{len(found)} people are called {text!r}", "give the id: " + "; ".join(e.id for e in found))
        id_ = found[0].id if found else fact_id("person", key(text), place)
        self.people[key(text)] = id_
        return id_, not found

    def nearest_person(self, text: str) -> str:
        """People of nearly this name, for a notice."""
        missed = self.directory.resolve(text, ["Person"])
        return missed.remedy if isinstance(missed, Miss) and missed.remedy.startswith("nearest") else ""


def _texts(plan: RawPlan) -> Iterator[str]:
    yield from _inside(plan.header.values())
    for step in plan.steps:
        yield from _inside(item for name, item in step.cells.items() if name not in ("title", "note", "kind"))


def _inside(items: Iterable[Any]) -> Iterator[str]:
    """All texts, and the parts of those that may be lists in a cell or a transfer."""
    for item in items:
        value = item.value if isinstance(item, Item) else item
        if isinstance(value, str):
            yield value
            for part in value.replace("->", "→").replace("→", ";").replace("\n", ";").split(";"):
                if part.strip() and part.strip() != value:
                    yield part.strip()
        elif isinstance(value, list):
            yield from _inside(value)
        elif isinstance(value, dict):
            yield from _inside(value.values())
