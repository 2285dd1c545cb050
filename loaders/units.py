"""Rows about places, units and the relations between units, made into facts."""

from __future__ import annotations

from collections.abc import Sequence

from graph.dates import Interval, as_properties, interval_of
from graph.facts import Properties, fact_id
from graph.text import key, search_key
from graph.vocabulary import codes, unit_kind, unit_kind_of
from loaders.builder import Builder, chosen, date_of, text_of, texts_of
from loaders.directory import Entry
from loaders.parse import Record
from loaders.references import bare_place

_LEVEL_OF_PLACE = {
    "nuoc": "central",
    "tinh": "province",
    "thanh_pho_tw": "province",
    "huyen": "district",
    "quan": "district",
    "thi_xa": "district",
    "thanh_pho": "district",
    "xa": "commune",
    "phuong": "commune",
    "thi_tran": "commune",
    "dac_khu": "commune",
    "thon": "hamlet",
    "to_dan_pho": "hamlet",
}


def names_of(name: str) -> Properties:
    """A name with the keys under which it is found."""
    return {"name": name, "name_key": key(name), "search_key": search_key(name)}


def add_places(builder: Builder, records: Sequence[Record]) -> None:
    """Places first, each known by its name with and without the word for its kind.

    A row without an id and dates is the place that the graph has already, where name and kind are the same and
    both lie in the same place; provinces have their names alone.
    """
    directory = builder.directory
    made: list[tuple[Record, str]] = []
    stored: set[str] = set()  # the places of the graph that rows of the file are
    for row, record in sorted(enumerate(records), key=lambda each: _rank(each[1])):
        name = text_of(record, "name")
        properties = {**names_of(name), **builder.common(record), **chosen(record, "kind", "level", "code")}
        properties.setdefault("level", _LEVEL_OF_PLACE[properties["kind"]])
        known = _known_place(builder, record, properties, stored)
        if known is not None:
            stored.add(known.id)
            known.row = row  # of those called so, the file means this one
            builder.state(record, "Place", known.id, known.id)
            continue
        id_ = text_of(record, "id") or fact_id("place", properties["kind"], key(name), _start(properties))
        entry = Entry("Place", id_, name, interval=interval_of(properties), row=row, level=properties["level"])
        directory.add(entry, [name, bare_place(name)])
        builder.facts.add_node("Place", id_, properties)
        made.append((record, id_))
    for record, id_ in made:
        builder.state(record, "Place", id_, id_)
        outer = builder.resolve(record, "within", ["Place"])
        if outer:
            builder.state(record, "Place", id_, builder.relate("WITHIN", id_, outer.id, builder.common(record)))


def _rank(record: Record) -> int:
    """What others lie in comes first."""
    levels = ("central", "province", "district", "commune", "hamlet")
    return levels.index(_LEVEL_OF_PLACE[text_of(record, "kind")])


def _known_place(builder: Builder, record: Record, properties: Properties, stored: set[str]) -> Entry | None:
    """The stored place that the row surely is, also where a row before it is the same; None where it says anything of
    its own."""
    if any(record.values.get(column) for column in ("id", "valid_from", "valid_to", "code")):
        return None
    directory = builder.directory
    folded = key(text_of(record, "name"))
    free = (e for e in directory.candidates("Place", folded) if not e.own or e.id in stored)
    found = [e for e in free if key(e.name) == folded]
    if properties["level"] not in ("central", "province"):
        outer = directory.resolve(text_of(record, "within"), ["Place"]) if text_of(record, "within") else None
        found = [e for e in found if isinstance(outer, Entry) and e.parent == outer.id]
    return found[0] if len(found) == 1 else None


def _start(properties: Properties) -> object:
    return properties.get("valid_from")


class UnitRows:
    """The unit rows of a load; an id may depend on the parent's, whichever row that is in."""

    def __init__(self, builder: Builder, records: Sequence[Record]) -> None:
        self.builder = builder
        self.records = records
        self.places: list[str] = []
        self.parents: dict[int, str] = {}
        self.entries: list[Entry] = []

    def add(self) -> None:
        """Make all units, their parents and places."""
        for row, record in enumerate(self.records):
            self.places.append(self.builder.place(record))
            self._announce(row, record)
        for row in range(len(self.records)):
            self._settle(row, ())
        for row, record in enumerate(self.records):
            self._make(row, record)

    def _announce(self, row: int, record: Record) -> None:
        """Make the row's names known, so that other rows can refer to it."""
        name = text_of(record, "name")
        entry = Entry(
            "Unit",
            text_of(record, "id") or f"row {row}",
            name,
            self.places[row],
            interval=self._interval(record),
            row=row,
        )
        self.entries.append(entry)
        names = [name, text_of(record, "short_name"), *texts_of(record, "aliases")]
        self.builder.directory.add(entry, names)

    def _interval(self, record: Record) -> Interval:
        try:
            return Interval(date_of(record, "valid_from"), date_of(record, "valid_to"))
        except ValueError:
            return Interval()  # `common` reports it

    def _settle(self, row: int, path: tuple[int, ...]) -> None:
        """Find the row's parent, its place and its id, those of the parent first."""
        if row in self.parents:
            return
        record, entry = self.records[row], self.entries[row]
        if row in path:
            names = " → ".join(text_of(self.records[r], "name") for r in (*path[path.index(row) :], row))
            self.builder.problem(
                record, "parent", f"a unit is its own parent: {names}", "correct one of the rows"
            )
            self.parents[row] = ""
            return
        parent = self._parent(row, record)
        if parent is not None and parent.own:
            self._settle(parent.row, (*path, row))
            if row in self.parents:
                return
        self.parents[row] = parent.id if parent else ""
        if parent is not None:
            entry.parent = parent.id
            if not entry.place:
                self.builder.directory.locate(entry, parent.place)
        if not text_of(record, "id"):
            self._name(row, record, entry)

    def _parent(self, row: int, record: Record) -> Entry | None:
        return self.builder.resolve(
            record,
            "parent",
            ["Unit"],
            place=self.places[row],
            when=date_of(record, "valid_from"),
            prefer=lambda other: other is not self.entries[row],
        )

    def _name(self, row: int, record: Record, entry: Entry) -> None:
        """An id for a unit whose row gives none: that of the stored unit it is, or one made of its parts."""
        same = [
            other
            for other in self.builder.directory.candidates("Unit", entry.name)
            if not other.own
            and (other.place, other.parent) == (entry.place, entry.parent)
            and other.interval.overlaps(entry.interval)
        ]
        if len(same) == 1:
            self.builder.directory.settle(entry, same[0].id)
            return
        start = date_of(record, "valid_from")
        kind = text_of(record, "kind") or unit_kind_of(entry.name) or ""
        parts = (kind, key(entry.name), entry.place, entry.parent, start.latest if start else "")
        self.builder.directory.settle(entry, fact_id("unit", *parts))

    def _make(self, row: int, record: Record) -> None:
        entry = self.entries[row]
        kind = text_of(record, "kind") or unit_kind_of(entry.name)
        if not kind:
            self.builder.problem(
                record,
                "name",
                "the kind of unit cannot be told from the name",
                "fill in the column loại (kind)",
            )
            return
        properties = {
            **names_of(entry.name),
            **self.builder.common(record),
            **chosen(record, "system", "level", "short_name", "aliases", "temporary"),
            "kind": kind,
        }
        if entry.place:
            properties["place"] = entry.place
        others = [*properties.get("aliases", ()), *filter(None, [properties.get("short_name")])]
        if others:
            properties["alias_keys"] = list(dict.fromkeys(key(name) for name in others))
        entry_kind = unit_kind(kind)
        properties.setdefault("system", entry_kind.system)
        if "level" not in properties:
            level = self._level(row, entry_kind.levels)
            if level is None:
                self.builder.problem(
                    record,
                    "level",
                    "the level cannot be told from kind, place or parent",
                    "fill in the column cấp",
                )
                return
            properties["level"] = level
        entry.level = properties["level"]
        self.builder.facts.add_node("Unit", entry.id, properties)
        self._tie(row, record, entry)

    def _level(self, row: int, usual: Sequence[str]) -> str | None:
        """The only usual level of the kind, or the level of the place, or that of the parent."""
        if len(usual) == 1:
            return usual[0]
        directory = self.builder.directory
        place = directory.get(self.places[row])
        if place is not None and place.level:
            return place.level
        parent = directory.get(self.parents[row])
        if parent is not None and parent.level:
            return parent.level
        if parent is not None and parent.own and parent.row != row:
            return text_of(self.records[parent.row], "level") or self._level_of_row(parent.row)
        place = directory.get(self.entries[row].place)
        return _level_of_name(place.name) if place else None

    def _level_of_row(self, row: int) -> str | None:
        record = self.records[row]
        kind = text_of(record, "kind") or unit_kind_of(text_of(record, "name"))
        return self._level(row, unit_kind(kind).levels) if kind else None

    def _tie(self, row: int, record: Record, entry: Entry) -> None:
        builder = self.builder
        common = builder.common(record)
        stated = [entry.id]
        if entry.place:
            located = {**common, "basis": record.values.get("place_basis", common["basis"])}
            builder.relate("LOCATED_IN", entry.id, entry.place, located)
        if self.parents[row]:
            stated.append(
                builder.relate("PART_OF", entry.id, self.parents[row], {**common, "kind": "line"}),
            )
        builder.state(record, "Unit", entry.id, *stated)
        quota = record.values.get("staff_quota")
        if isinstance(quota, int):
            self._figure(record, entry, quota)

    def _figure(self, record: Record, entry: Entry, quota: int) -> None:
        start = date_of(record, "valid_from")
        id_ = fact_id("figure", entry.id, "staff_quota", start.latest if start else "", quota)
        properties = {
            **self.builder.common(record, validity=False),
            **as_properties("date", start),
            "measure": "staff_quota",
            "value": float(quota),
            "direction": "level",
            "state": "achieved",
            "unit_of_count": "biên chế",
        }
        self.builder.facts.add_node("Figure", id_, properties)
        self.builder.relate("ABOUT", id_, entry.id, {"basis": properties["basis"]}, ("Figure", "Unit"))
        self.builder.state(record, "Figure", id_, id_)


def _level_of_name(name: str) -> str | None:
    """The level of a place that is only known by its full name."""
    folded = key(name)
    for code, entry in codes("place_kinds").items():
        if folded.startswith(key(entry.vi) + " "):
            return _LEVEL_OF_PLACE[code]
    return None


def add_relations(builder: Builder, records: Sequence[Record]) -> None:
    """Parents of other kinds than the line, ties, shared offices, legal faces; of places what they lie in."""
    for record in records:
        place = builder.place(record)
        when = date_of(record, "valid_from")
        ends = "Place" if text_of(record, "kind") == "within" else "Unit"
        start = builder.resolve(record, "from", [ends], place=place, when=when)
        end = builder.resolve(record, "to", [ends], place=place, when=when)
        if start is None or end is None:
            continue
        if start.id == end.id:
            builder.problem(record, "to", "nothing can be related to itself")
            continue
        kind = text_of(record, "kind")
        type_ = _type_of(kind)
        properties = builder.common(record)
        if type_ in ("PART_OF", "RELATED"):
            properties["kind"] = kind
        if type_ in ("SERVES", "RELATED"):
            properties.update(chosen(record, "scope"))
        builder.state(record, ends, start.id, builder.relate(type_, start.id, end.id, properties))


def _type_of(kind: str) -> str:
    if kind in codes("parent_kinds"):
        return "PART_OF"
    return {"serves": "SERVES", "face": "FACE_OF", "within": "WITHIN"}.get(kind, "RELATED")
