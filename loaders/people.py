"""Rows about posts and people, made into facts: positions, persons, holdings, memberships."""

from __future__ import annotations

from collections.abc import Sequence

from graph.dates import Interval, interval_of
from graph.facts import Properties, fact_id
from graph.text import key
from graph.titles import Membership, Post, parse_posts
from graph.vocabulary import code_of, title
from loaders.builder import Builder, chosen, date_of, text_of
from loaders.directory import ALWAYS, Entry
from loaders.parse import Record
from loaders.units import names_of


class Positions:
    """The positions of units, found by title; those that holdings need and nobody listed are made."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.by_unit: dict[str, tuple[str, ...]] = {}  # unit and title key → ids
        self.lifetimes: dict[str, Interval] = {}  # of the positions of this load that have dates

    def add(self, records: Sequence[Record]) -> None:
        """The rows of the sheet of positions."""
        for record in records:
            place = self.builder.place(record)
            when = date_of(record, "valid_from")
            unit = self.builder.resolve(record, "unit", ["Unit"], place=place, when=when)
            if unit is None:
                continue
            properties = self._described(record, text_of(record, "title"))
            if properties is None:
                continue
            properties |= self.builder.common(record) | chosen(record, "role", "seats")
            id_ = text_of(record, "id") or self._id(
                unit.id, properties["title_key"], properties.get("valid_from")
            )
            self._make(record, unit, id_, properties)

    def find_or_make(self, record: Record, unit: Entry, name: str) -> str | None:
        """The id of the unit's position with the title; made, as deduced, where there is none."""
        described = self._described(record, name)
        if described is None:
            return None
        self._fetch(unit.id)
        known = self.by_unit.get(_of_unit(unit.id, described["title_key"]))
        if known:
            return self._living(record, known)
        id_ = self._id(unit.id, described["title_key"], None)
        described |= {"basis": "deduced", "load_at": f"{record.file} {record.at}"}
        self._make(record, unit, id_, described)
        return id_

    def _living(self, record: Record, ids: Sequence[str]) -> str:
        """Of several positions of one title, the one that lives when the holding starts."""
        when = date_of(record, "valid_from")
        for id_ in ids if len(ids) > 1 and when is not None else ():
            lifetime = self.lifetimes.get(id_)
            if lifetime is not None and when is not None and lifetime.possibly(when.latest):
                return id_
        return ids[0]

    def _described(self, record: Record, name: str) -> Properties | None:
        """The position's title in its standard form, with its role."""
        code = code_of("titles", name)
        if code is not None:
            known = title(code)
            return {"title": known.vi, "title_key": key(known.vi), "kind": code, "role": known.role}
        role = text_of(record, "role")
        if role:
            return {"title": name, "title_key": key(name), "role": role}
        self.builder.problem(
            record,
            "title",
            f"the title {name!r} is not known",
            "write it as in the list of titles, or list it on the sheet Chức danh with its role (vai trò)",
        )
        return None

    def _id(self, unit: str, title_key: str, start: object) -> str:
        return fact_id("position", unit, title_key, start)

    def _make(self, record: Record, unit: Entry, id_: str, properties: Properties) -> None:
        builder = self.builder
        builder.facts.add_node("Position", id_, properties)
        dates = {k: v for k, v in properties.items() if k.startswith("valid_")}
        part = {**dates, "basis": properties["basis"], "load_at": properties["load_at"]}
        builder.relate("OF_UNIT", id_, unit.id, part)
        builder.state(record, "Position", id_, id_)
        self._know(unit.id, properties["title_key"], id_)
        if dates or id_ not in self.lifetimes:
            self.lifetimes[id_] = interval_of(properties) if dates else ALWAYS
        builder.directory.add(Entry("Position", id_, properties["title"], unit.place, unit.id), [])

    def preload(self, units: Sequence[str]) -> None:
        """Fetch the stored positions of these units in one go."""
        for unit, title_key, id_ in self.builder.directory.stored_positions(units):
            self._know(unit, title_key, id_)

    def _know(self, unit: str, title_key: str, id_: str) -> None:
        place = _of_unit(unit, title_key)
        ids = self.by_unit.get(place, ())
        if id_ not in ids:
            self.by_unit[place] = (*ids, id_)

    def _fetch(self, unit: str) -> None:
        if self.builder.directory.stored:
            self.preload([unit])


def _of_unit(unit: str, title_key: str) -> str:
    return f"{unit}\x1f{title_key}"


class People:
    """The persons of a load: a name stands for one person in one load, an id everywhere."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.by_name: dict[str, str] = {}

    def add(self, records: Sequence[Record]) -> None:
        """The rows of the sheet of people."""
        for record in records:
            name = text_of(record, "name")
            given = text_of(record, "id")
            if not given and key(name) in self.by_name:
                self.builder.problem(
                    record, "name", "two people of this name without an id", "give each of them an id (mã)"
                )
                continue
            id_ = given or fact_id("person", key(name), "")
            properties = {
                **names_of(name),
                **self.builder.common(record, validity=False),
                **chosen(record, "aliases"),
            }
            self._make(id_, name, properties)
            self.builder.state(record, "Person", id_, id_)

    def find_or_make(self, record: Record, place: str) -> str:
        """The id of the person in the row; a name that is new makes a person."""
        text = text_of(record, "person")
        known = self.builder.directory.get(text)
        if known is not None and known.label == "Person":
            return known.id
        folded = key(text)
        if folded in self.by_name:
            return self.by_name[folded]
        id_ = self._stored(record, text, place) or fact_id("person", folded, place)
        properties = {**names_of(text), "basis": record.values.get("basis", "stated")}
        properties["load_at"] = f"{record.file} {record.at}"
        self._make(id_, text, properties)
        self.builder.state(record, "Person", id_, id_)
        return id_

    def _stored(self, record: Record, name: str, place: str) -> str:
        """A stored person of this name with a post in the same place; another one is only mentioned."""
        others = self.builder.directory.candidates("Person", name)
        for other in others:
            if place in self.builder.directory.places_of_person(other.id):
                return other.id
        if others:
            self.builder.notices.append(
                f"{record.file} {record.at}: {name} is taken as another person than "
                f"{', '.join(other.id for other in others)}; write that id if it is the same"
            )
        return ""

    def _make(self, id_: str, name: str, properties: Properties) -> None:
        self.builder.facts.add_node("Person", id_, properties)
        self.builder.directory.add(Entry("Person", id_, name), [name])
        self.by_name.setdefault(key(name), id_)


def add_holdings(builder: Builder, records: Sequence[Record], positions: Positions, people: People) -> None:
    """Who holds which post; a whole string of posts is taken apart by the title grammar."""
    for record in records:
        place = builder.place(record)
        if record.values.get("unit"):
            when = date_of(record, "valid_from")
            unit = builder.resolve(record, "unit", ["Unit"], place=place, when=when)
            if unit is not None:
                person = people.find_or_make(record, place or unit.place)
                _hold(builder, record, positions, person, unit, text_of(record, "title"), {})
        else:
            _add_written_posts(builder, record, positions, people, place)


def _add_written_posts(
    builder: Builder, record: Record, positions: Positions, people: People, place: str
) -> None:
    parsed = parse_posts(text_of(record, "title"))
    for text, _ in parsed.unknown:
        builder.problem(
            record,
            "title",
            f"{text!r} is not understood as a post",
            "write one post a row, with its unit in the column đơn vị",
        )
    if parsed.unknown:
        return
    for post in parsed.posts:
        unit = _unit_of(builder, record, post, place)
        if unit is None:
            continue
        if post.former and not record.values.get("valid_to"):
            builder.problem(
                record, "valid_to", f"{post.raw!r} is a former post without an end", "fill in the end date"
            )
            continue
        person = people.find_or_make(record, place or unit.place)
        extra: Properties = {"as_written": post.raw}
        if post.mode and post.mode != "full":
            extra["mode"] = post.mode
        if post.weight:
            extra["weight"] = post.weight
        _hold(builder, record, positions, person, unit, post.title, extra)
    for membership in parsed.memberships:
        unit = _unit_of(builder, record, membership, place)
        if unit is not None:
            person = people.find_or_make(record, place or unit.place)
            kind = "alternate" if membership.alternate else membership.kind
            properties = {**builder.common(record), "kind": kind, "as_written": membership.raw}
            builder.state(record, "Person", person, builder.relate("MEMBER_OF", person, unit.id, properties))


def _unit_of(builder: Builder, record: Record, post: Post | Membership, place: str) -> Entry | None:
    """The unit of a post in a written title, in the place that the title or the row names."""
    if not post.unit_name:
        builder.problem(
            record, "title", f"{post.raw!r} does not say of which unit", "name the unit in the column đơn vị"
        )
        return None
    text = post.unit_name
    if isinstance(post, Post) and post.parent:
        text += f" < {post.parent}"
    if post.place:
        text += f" @ {post.place}"
    return builder.resolve(record, "title", ["Unit"], text=text, place=place, when=date_of(record, "valid_from"))


def _hold(
    builder: Builder,
    record: Record,
    positions: Positions,
    person: str,
    unit: Entry,
    title_text: str,
    extra: Properties,
) -> None:
    position = positions.find_or_make(record, unit, title_text)
    if position is None:
        return
    properties = {
        **builder.common(record),
        "as_written": title_text,
        **extra,
        **chosen(record, "mode", "weight"),
    }
    builder.state(record, "Person", person, builder.relate("HOLDS", person, position, properties))


def add_memberships(builder: Builder, records: Sequence[Record], people: People) -> None:
    """Memberships that are not posts."""
    for record in records:
        place = builder.place(record)
        when = date_of(record, "valid_from")
        unit = builder.resolve(record, "unit", ["Unit"], place=place, when=when)
        if unit is None:
            continue
        person = people.find_or_make(record, place or unit.place)
        properties = {**builder.common(record), **chosen(record, "kind", "as_written")}
        builder.state(record, "Person", person, builder.relate("MEMBER_OF", person, unit.id, properties))
