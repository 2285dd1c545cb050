"""Finding what a reference means: among the rows of this load and the facts already stored.

A reference is an id, or `name`, `name < parent`, `name @ place`, `name < parent @ place`.
A name alone never decides where several fit: then the place, the parent and the dates of the
row must, or the user is told what to write.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graph.dates import FuzzyDate, Interval, interval_of
from graph.store import Store
from graph.text import key, nearest
from loaders.references import Reference, bare_place, cuts_at_place, place_words, read_reference

BATCH = 5_000
# beyond, comparing a name with all others takes longer than the user's patience
MOST_NAMES = 50_000


ALWAYS = Interval()
# what only rows of transfers and further evidence refer to; there are more of them than of all others
SELDOM = frozenset(("Function", "Position", "Figure", "Principle"))


@dataclass(slots=True)
class Entry:
    """A node that can be referred to, by its id or by one of its names."""

    label: str
    id: str
    name: str
    place: str = ""
    parent: str = ""
    interval: Interval = ALWAYS
    row: int = -1  # of a unit or place of this load: its row; stored facts have none
    level: str = ""
    keys: tuple[str, ...] = ()  # its folded names, once it is in the directory

    @property
    def own(self) -> bool:
        """Whether it is a unit or place of this load, not a stored fact."""
        return self.row >= 0


@dataclass(frozen=True)
class Miss:
    """Why a reference could not be resolved, and what to write instead."""

    message: str
    remedy: str = ""


class _Index:
    """Entries by a key. Most keys have one entry, and a million lists of one take a lot of memory."""

    def __init__(self) -> None:
        self._found: dict[str, Entry | list[Entry]] = {}

    def add(self, key_: str, entry: Entry) -> None:
        known = self._found.get(key_)
        if known is None:
            self._found[key_] = entry
        elif isinstance(known, list):
            known.append(entry)
        else:
            self._found[key_] = [known, entry]

    def get(self, key_: str) -> list[Entry]:
        known = self._found.get(key_)
        return known if isinstance(known, list) else [known] if known is not None else []

    def names(self) -> set[str]:
        """The names of all entries."""
        return {
            entry.name for known in self._found.values() for entry in (known if isinstance(known, list) else [known])
        }


class Directory:
    """All that can be referred to. `store` may be None or empty: then only this load's rows count.

    Of the labels that are not `referred` to by any row, those with many nodes are left out.
    """

    def __init__(self, store: Store | None, referred: Collection[str] = SELDOM) -> None:
        self._store = store if store and store.read("MATCH (l:Load) RETURN l.id LIMIT 1").rows else None
        self._by_id: dict[str, Entry] = {}
        self._left_out = SELDOM - set(referred)
        self._by_key: dict[str, _Index] = defaultdict(_Index)
        # ten thousand communes each have a UBND xã: a name alone is too long a list to go through
        self._by_key_there: dict[str, _Index] = defaultdict(_Index)
        self._asked: set[tuple[str, str]] = set()
        self._names: dict[str, list[str]] = {}

    @property
    def stored(self) -> bool:
        """Whether there is anything in the store to be found."""
        return self._store is not None

    def add(self, entry: Entry, names: Iterable[str]) -> None:
        """Make an entry known under its id and these names; the first with an id wins."""
        if entry.id in self._by_id or entry.label in self._left_out:
            return
        self._by_id[entry.id] = entry
        entry.keys = tuple(dict.fromkeys(key(name) for name in names if name))
        for folded in entry.keys:
            self._by_key[entry.label].add(folded, entry)
        if entry.place:
            self.locate(entry, entry.place)

    def locate(self, entry: Entry, place: str) -> None:
        """Give an entry that had no place its place."""
        entry.place = place
        for folded in entry.keys:
            self._by_key_there[entry.label].add(f"{folded}\x1f{place}", entry)

    def settle(self, entry: Entry, id_: str) -> None:
        """Give an entry that was known by its names its id."""
        self._by_id.pop(entry.id, None)
        entry.id = id_
        self._by_id[id_] = entry

    def get(self, id_: str) -> Entry | None:
        """The entry with this id, if it is known by now."""
        return self._by_id.get(id_)

    def candidates(self, label: str, name: str) -> list[Entry]:
        """The entries of a label with this name; places also without the word for their kind."""
        return self._by_key[label].get(key(name))

    def _candidates_there(self, labels: Sequence[str], name: str, place: str) -> list[Entry]:
        there = f"{key(name)}\x1f{place}"
        return [entry for label in labels for entry in self._by_key_there[label].get(there)]

    def preload(self, label: str, texts: Iterable[str]) -> None:
        """Fetch from the store, in a few reads, all that these references may mean."""
        if self._store is None:
            return
        wanted: set[str] = set()
        for text in texts:
            reference = read_reference(text)
            wanted.update(part for part in (text, reference.name) if part)
            if label == "Unit":
                wanted.update(unit for unit, _ in cuts_at_place(reference.name))
        new = [text for text in wanted if (label, text) not in self._asked]
        self._asked.update((label, text) for text in new)
        for start in range(0, len(new), BATCH):
            self._fetch(label, new[start : start + BATCH])

    def _fetch(self, label: str, texts: Sequence[str]) -> None:
        assert self._store is not None
        name = _NAME_KEY[label]
        above = _ABOVE.get(label)
        extra = (
            f"OPTIONAL MATCH (n)-[p:{above}]->(up) WITH n, collect([up.id, p.valid_from, p.valid_to]) AS parents "
            if above
            else "WITH n, [] AS parents "
        )
        back = "RETURN n.id AS id, properties(n) AS p, parents"
        rows = self._store.read(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) {extra}{back}", {"ids": list(texts)}
        ).rows
        keys = sorted({key(text) for text in texts})
        if label == "Place":
            keys += [f"{kind} {name}" for kind in place_words() for name in keys]
        rows += self._store.read(
            f"UNWIND $keys AS k MATCH (n:{label} {{{name}: k}}) {extra}{back}", {"keys": keys}
        ).rows
        if label == "Unit":
            rows += self._store.read(
                "MATCH (n:Unit) WHERE n.alias_keys IS NOT NULL AND any(k IN n.alias_keys WHERE k IN $keys) "
                f"{extra}{back}",
                {"keys": keys},
            ).rows
        for id_, p, parents in rows:
            shown = str(p.get("name") or p.get("number") or p.get("text") or p.get("title") or id_)
            names = [
                shown,
                *(p.get("aliases") or []),
                *(p.get("former_names") or []),
                p.get("short_name") or "",
            ]
            if label == "Place":
                names.append(bare_place(shown))
            issued = p.get("issued")
            interval = Interval(FuzzyDate.exact(issued)) if issued else interval_of(p)
            entry = Entry(label, id_, shown, p.get("place") or "", _latest(parents), interval)
            entry.level = p.get("level") or ""
            self.add(entry, names)

    def stored_positions(self, units: Sequence[str]) -> list[tuple[str, str, str]]:
        """(unit, title key, position id) of all stored positions of these units."""
        new = [unit for unit in dict.fromkeys(units) if ("positions", unit) not in self._asked]
        self._asked.update(("positions", unit) for unit in new)
        if self._store is None or not new:
            return []
        query = (
            "UNWIND $ids AS id MATCH (u:Unit {id: id})<-[:OF_UNIT]-(p:Position) "
            "RETURN u.id, p.title_key, p.id, p.title ORDER BY p.valid_from"
        )
        found: list[tuple[str, str, str]] = []
        for start in range(0, len(new), BATCH):
            for unit, title_key, id_, title in self._store.read(
                query, {"ids": new[start : start + BATCH]}
            ).rows:
                found.append((unit, title_key, id_))
                self.add(Entry("Position", id_, title, "", unit), [])
        return found

    def places_of_person(self, person: str) -> set[str]:
        """The places in which a stored person has or had a post."""
        if self._store is None:
            return set()
        query = (
            "MATCH (:Person {id: $id})-[:HOLDS]->(:Position)-[:OF_UNIT]->(u:Unit) RETURN u.place AS place "
            "UNION MATCH (:Person {id: $id})-[:MEMBER_OF]->(u:Unit) RETURN u.place AS place"
        )
        return {place for place in self._store.read(query, {"id": person}).column("place") if place}

    def resolve(
        self,
        text: str,
        labels: Sequence[str],
        *,
        place: str = "",
        when: FuzzyDate | None = None,
        prefer: Callable[[Entry], bool] | None = None,
    ) -> Entry | Miss:
        """The one entry that the reference means, or why there is none.

        `place` (an id) is used where the reference names none, `when` leaves out what had certainly
        ended or not begun, `prefer` breaks a tie at last.
        """
        known = self._by_id.get(text)
        if known is not None and known.label in labels:
            return known
        reference = read_reference(text)
        place_id = place
        if reference.place:
            named = self.resolve(reference.place, ["Place"])
            if isinstance(named, Miss):
                return named
            place_id = named.id
        strict = bool(reference.place)
        there = self._candidates_there(labels, reference.name, place_id) if place_id else []
        found = self._narrow(there, reference, place_id, strict, when, prefer) if there else []
        if len(found) == 1:
            return found[0]
        found = [entry for label in labels for entry in self.candidates(label, reference.name)]
        if not found and "Unit" in labels and not reference.place:
            found, split_place = self._with_trailing_place(reference.name)
            place_id = split_place or place_id
        if not found:
            return self._unknown(reference, labels)
        found = self._narrow(found, reference, place_id, strict, when, prefer)
        if len(found) == 1:
            return found[0]
        if not found:
            return Miss(f"no {_said(labels)} {reference.name!r} there", self._choices(reference, labels))
        return Miss(
            f"{len(found)} are called {reference.name!r}",
            "say which: " + "; ".join(self.described(entry) for entry in found[:6]),
        )

    def _narrow(
        self,
        found: list[Entry],
        reference: Reference,
        place: str,
        strict: bool,
        when: FuzzyDate | None,
        prefer: Callable[[Entry], bool] | None,
    ) -> list[Entry]:
        if reference.parent:
            parents = {e.id for e in self.candidates("Unit", reference.parent)} | {reference.parent}
            found = [entry for entry in found if entry.parent in parents]
        if place:
            there = [entry for entry in found if entry.place == place]
            found = there if strict or there or len(found) > 1 else found
        if when is not None and len(found) > 1:
            found = [entry for entry in found if _may_live(entry.interval, when)] or found
        if prefer is not None and len(found) > 1:
            found = [entry for entry in found if prefer(entry)] or found
        if len(found) > 1:
            # a name that the file defines itself means the file's own row
            found = [entry for entry in found if entry.own] or found
        return list({entry.id: entry for entry in found}.values())

    def _with_trailing_place(self, name: str) -> tuple[list[Entry], str]:
        """`Sở Nội vụ tỉnh Gia Lai` as the Sở Nội vụ of tỉnh Gia Lai, where no unit has the whole name."""
        for unit_name, place_name in cuts_at_place(name):
            places = self.candidates("Place", place_name)
            units = self.candidates("Unit", unit_name) if len(places) == 1 else []
            if units:
                return [unit for unit in units if unit.place == places[0].id], places[0].id
        return [], ""

    def _unknown(self, reference: Reference, labels: Sequence[str]) -> Miss:
        names: set[str] = set()
        for label in labels:
            names |= self._by_key[label].names()
            names.update(self._stored_names(label))
        close = nearest(reference.name, sorted(names), 3) if len(names) < MOST_NAMES else []
        remedy = f"nearest: {'; '.join(close)}" if close else "give it a row of its own on its sheet first"
        return Miss(f"no {_said(labels)} is called {reference.name!r}", remedy)

    def _choices(self, reference: Reference, labels: Sequence[str]) -> str:
        entries = [e for label in labels for e in self.candidates(label, reference.name)]
        return "there are: " + "; ".join(self.described(entry) for entry in entries[:6])

    def _stored_names(self, label: str) -> list[str]:
        """The names of a label in the store, for suggestions; asked for once."""
        if self._store is None or label not in ("Unit", "Place", "Person"):
            return []
        if label not in self._names:
            query = f"MATCH (n:{label}) RETURN DISTINCT n.name AS name LIMIT {MOST_NAMES}"
            self._names[label] = self._store.read(query).column("name")
        return self._names[label]

    def described(self, entry: Entry) -> str:
        """The entry as one would refer to it, with its id."""
        for label, id_ in ((entry.label, entry.parent), ("Place", entry.place)):
            self.preload(label, [id_] if id_ and id_ not in self._by_id else [])
        parent = self._by_id.get(entry.parent)
        place = self._by_id.get(entry.place)
        text = entry.name
        if parent is not None:
            text += f" < {parent.name}"
        if place is not None:
            text += f" @ {place.name}"
        return f"{text} [{entry.id}]"


# what leads from a node to the one above it
_ABOVE = {"Unit": "PART_OF {kind: 'line'}", "Place": "WITHIN"}
_NAME_KEY = {
    "Place": "name_key",
    "Unit": "name_key",
    "Person": "name_key",
    "Position": "title_key",
    "Document": "number_key",
    "ConcurrencyModel": "code",
    "Function": "text_key",
    "Event": "id",
    "Figure": "id",
    "Principle": "id",
}
_SAID = {
    "Unit": "unit",
    "Place": "place",
    "Person": "person",
    "Document": "document",
    "Event": "event",
    "Function": "function",
    "Position": "position",
    "ConcurrencyModel": "concurrency model",
    "Figure": "figure",
    "Principle": "principle",
}


def _said(labels: Sequence[str]) -> str:
    return " or ".join(_SAID[label] for label in labels)


def _may_live(interval: Interval, when: FuzzyDate) -> bool:
    ended = interval.end is not None and interval.end.certainly_before(when)
    begins_later = interval.start is not None and when.certainly_before(interval.start)
    return not ended and not begins_later


def _latest(parents: list[list[Any]]) -> str:
    """The unit's parent, of several over time the one that lasts, or began last."""
    known = [(until is None, since or dt.date.min, id_) for id_, since, until in parents if id_]
    return max(known)[2] if known else ""
