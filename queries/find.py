"""From what a person types to the one thing in the graph that it names.

A unit is named by its id, its name, `name @ place`, `name < parent`, or the name with the place
behind it ("Sở TT&TT tỉnh Vĩnh Phúc", "Tỉnh ủy Vĩnh Phúc"). Aliases, short and former names count
below official ones, and what is typed without diacritics below what is typed with them; what is
typed with other diacritics is another name (Văn Lang is not Văn Lăng).
Of several units of one name those that exist on the date come first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graph.errors import AmbiguousName, UnknownName
from graph.fit import OTHER, TOGETHER
from graph.names import place_words
from graph.search import named, search, similar_names
from graph.store import Store
from graph.text import key, nearest, nfc, search_key, strip_diacritics

# of more things than these a name that fits them all is too little
MOST_CHOICES = 50
_IN_BRACKETS = re.compile(r"\[([^\[\]]+)\]\s*$")


@dataclass(frozen=True)
class Found:
    """One thing of the graph that a name may mean."""

    id: str
    name: str
    place: str = ""  # name of the place, for units; the posts of a person
    start: dt.date | None = None
    end: dt.date | None = None

    def __str__(self) -> str:
        return f"{self.name} @ {self.place} [{self.id}]" if self.place else f"{self.name} [{self.id}]"

    def holds(self, on: dt.date | None) -> bool:
        """True if it exists on the day; without a day, if no end is recorded."""
        if on is None:
            return self.end is None
        return (self.start is None or self.start <= on) and (self.end is None or self.end > on)


def find(store: Store, what: str, text: str, on: dt.date | None = None) -> Found:
    """The place, unit, person, document, function or model (`what`) that `text` names.

    Raises UnknownName with the nearest names, AmbiguousName with the choices.
    """
    return WAYS[what](store, text, on)


# ---------------------------------------------------------------- places

_PLACE = """
RETURN p.id AS id, p.name AS name, w.name AS place, p.valid_from AS start, p.valid_to AS end ORDER BY p.id
"""
_PLACE_BY_ID = "MATCH (p:Place {id: $id}) OPTIONAL MATCH (p)-[:WITHIN]->(w:Place)" + _PLACE
_PLACES_BY_KEY = "UNWIND $keys AS key MATCH (p:Place {name_key: key}) OPTIONAL MATCH (p)-[:WITHIN]->(w:Place)" + _PLACE
_PLACES_BY_SEARCH = (
    "UNWIND $keys AS key MATCH (p:Place {search_key: key}) OPTIONAL MATCH (p)-[:WITHIN]->(w:Place)" + _PLACE
)


def find_place(store: Store, text: str, on: dt.date | None = None) -> Found:
    """The place: by id, by name with or without its kind ("Vĩnh Phúc"), or `name @ place above`."""
    plain = _text(text)
    found = _one("place", plain, _place_steps(store, plain), on)
    if found:
        return found
    raise UnknownName("place", plain, _nearest(store, "Place", plain))


def _place_steps(store: Store, text: str) -> Iterator[list[Found]]:
    yield _founds(store, _PLACE_BY_ID, id=text)
    name, _, above = (part.strip() for part in text.partition("@" if "@" in text else "<"))
    for query, to_key in ((_PLACES_BY_KEY, key), (_PLACES_BY_SEARCH, search_key)):
        there = _places(store, query, name, to_key)
        yield [each for each in there if not above or _bare(to_key(each.place)) == _bare(to_key(above))]


def _places(store: Store, query: str, name: str, to_key: Callable[[str], str]) -> list[Found]:
    found = _founds(store, query, keys=_place_keys(name, to_key))
    return [each for each in found if _is_less_accented(_bare(key(name)), _bare(key(each.name)))]


def _place_keys(name: str, to_key: Callable[[str], str]) -> list[str]:
    """The keys under which a place may be stored: as typed, and with each kind before it."""
    typed = to_key(name)
    return [typed, *(f"{to_key(word)} {typed}" for word in place_words())]


def _bare(name_key: str) -> str:
    """A place's key without its kind, so that "Vĩnh Phúc" equals "tỉnh Vĩnh Phúc"."""
    for word in place_words():
        for start in (key(word), search_key(word)):
            if name_key.startswith(start + " "):
                return name_key[len(start) + 1 :]
    return name_key


# ---------------------------------------------------------------- units

# the place is the one that the unit was in last
_UNIT = """
OPTIONAL MATCH (u)-[l:LOCATED_IN]->(p:Place)
WITH u, p ORDER BY coalesce(l.valid_to, date('9999-12-31'))
WITH u, last(collect(p)) AS p
RETURN u.id AS id, u.name AS name, p.name AS place, u.valid_from AS start, u.valid_to AS end ORDER BY u.id
"""
_UNIT_BY_ID = "MATCH (u:Unit {id: $id})" + _UNIT
_UNITS_BY_IDS = "UNWIND $ids AS id MATCH (u:Unit {id: id})" + _UNIT
_UNITS_BY_KEY = "MATCH (u:Unit {name_key: $key})" + _UNIT
_UNITS_BY_SEARCH = "MATCH (u:Unit {search_key: $key})" + _UNIT
_UNITS_OF_PLACE = (
    "MATCH (:Place {id: $place})<-[:LOCATED_IN]-(u:Unit) WHERE u.name_key IN $keys OR u.search_key IN $keys"
    " OR any(a IN coalesce(u.alias_keys, []) WHERE a IN $keys) WITH DISTINCT u" + _UNIT
)
_UNITS_UNDER = (
    "MATCH (:Unit {id: $parent})<-[:PART_OF]-(u:Unit) WHERE u.name_key IN $keys OR u.search_key IN $keys"
    " OR any(a IN coalesce(u.alias_keys, []) WHERE a IN $keys) WITH DISTINCT u" + _UNIT
)
_IDS_OF_PLACE = "MATCH (:Place {id: $place})<-[:LOCATED_IN]-(u:Unit) RETURN DISTINCT u.id AS id"


def find_unit(store: Store, text: str, on: dt.date | None = None) -> Found:
    """The unit that `text` names (see the module's text), preferably one that exists on the date."""
    plain = _text(text)
    found = _one("unit", plain, _unit_steps(store, plain), on)
    if found:
        return found
    raise UnknownName("unit", plain, _nearest_units(store, plain))


def _unit_steps(store: Store, text: str) -> Iterator[list[Found]]:
    """Candidates from the surest reading of `text` to the loosest."""
    yield _founds(store, _UNIT_BY_ID, id=text)
    named, _, place = (part.strip() for part in text.partition("@"))
    name, _, parent = (part.strip() for part in named.partition("<"))
    if parent:
        above = _first(_unit_steps(store, f"{parent} @ {place}" if place else parent))
        yield _distinct(each for p in above for each in _either(store, _UNITS_UNDER, name, parent=p.id))
    elif place:
        there = _first(_place_steps(store, place))
        yield _distinct(each for p in there for each in _named_in(store, name, p))
    else:
        yield _founds(store, _UNITS_BY_KEY, key=key(name))
        for unit, places in _places_behind(store, name):
            yield _distinct(each for p in places for each in _named_in(store, unit, p))
        by_search = _founds(store, _UNITS_BY_SEARCH, key=search_key(name))
        yield [each for each in by_search if _is_less_accented(key(name), key(each.name))]
        yield _other_names(store, name)


def _places_behind(store: Store, text: str) -> Iterator[tuple[str, list[Found]]]:
    """The places whose name stands at the end of `text`, each with what stands before it.

    With diacritics before without, the longest name first.
    """
    words = key(text).split()
    for query, to_key in ((_PLACES_BY_KEY, key), (_PLACES_BY_SEARCH, search_key)):
        # no place has a name of more than eight words
        for split in range(max(1, len(words) - 8), len(words)):
            unit, behind = " ".join(words[:split]), " ".join(words[split:])
            yield unit, _places(store, query, behind, to_key)


def _named_in(store: Store, name: str, place: Found) -> list[Found]:
    """Units of the place of that name; "UBND" is also the "UBND tỉnh" of a tỉnh."""
    own = _either(store, _UNITS_OF_PLACE, name, place=place.id)
    if own:
        return own
    kind = next((word for word in place_words() if place.name.lower().startswith(word + " ")), "")
    short = _either(store, _UNITS_OF_PLACE, f"{name} {kind}", place=place.id) if kind else []
    return short or _other_names(store, name, place.id)


def _either(store: Store, query: str, name: str, **values: str) -> list[Found]:
    """By the name as typed; failing that, without diacritics."""
    exact = _founds(store, query, keys=[key(name)], **values)
    if exact:
        return exact
    by_search = _founds(store, query, keys=[search_key(name)], **values)
    return [each for each in by_search if _is_less_accented(key(name), key(each.name))]


def _other_names(store: Store, name: str, place: str = "") -> list[Found]:
    """Units with that alias, short name or former name, of one place or of all."""
    ids = named(store, "Unit", name)
    if ids and place:
        there = set(store.read(_IDS_OF_PLACE, {"place": place}).column("id"))
        ids = [id_ for id_ in ids if id_ in there]
    return _founds(store, _UNITS_BY_IDS, ids=ids) if ids else []


def _nearest_units(store: Store, text: str) -> list[str]:
    """The nearest names: of the place that `text` names, or else of the whole graph."""
    name, _, place = (part.strip() for part in text.partition("@"))
    there = _first(_place_steps(store, place)) if place else _first(p for _, p in _places_behind(store, name))
    if place and not there:
        return [f"{name} @ {each}" for each in _nearest(store, "Place", place)]
    if not there:
        return _nearest(store, "Unit", name)
    query = "MATCH (:Place {id: $place})<-[:LOCATED_IN]-(u:Unit) RETURN DISTINCT u.name AS name"
    names = store.read(query, {"place": there[0].id}).column("name")
    return [f"{each} @ {there[0].name}" for each in nearest(name, names)]


# ---------------------------------------------------------------- people, documents, functions, models

_PERSON = """
OPTIONAL MATCH (w)-[h:HOLDS]->(x:Position)-[:OF_UNIT]->(u:Unit)
WITH w, collect(x.title + ', ' + u.name)[0] AS post
RETURN w.id AS id, w.name AS name, post AS place ORDER BY w.id
"""
_PERSON_BY_ID = "MATCH (w:Person {id: $text})" + _PERSON
_PEOPLE_BY_IDS = "UNWIND $ids AS id MATCH (w:Person {id: id})" + _PERSON
_PEOPLE_BY_KEY = "MATCH (w:Person {name_key: $text})" + _PERSON
_PEOPLE_BY_SEARCH = "MATCH (w:Person {search_key: $text})" + _PERSON
_DOCUMENT = """
RETURN d.id AS id, coalesce(d.number + ' ', '') + coalesce(d.title, '') AS name ORDER BY d.id
"""
_DOCUMENT_BY_ID = "MATCH (d:Document {id: $text})" + _DOCUMENT
_DOCUMENTS_BY_IDS = "UNWIND $ids AS id MATCH (d:Document {id: id})" + _DOCUMENT
_DOCUMENTS_BY_KEY = "MATCH (d:Document {number_key: $text})" + _DOCUMENT
_FUNCTION = """
OPTIONAL MATCH (f)<-[:PERFORMS]-(u:Unit)
WITH f, collect(u.name)[0] AS host
RETURN f.id AS id, f.text AS name, host AS place ORDER BY f.id
"""
_FUNCTION_STEPS = (
    ("MATCH (f:Function {id: $text})" + _FUNCTION, nfc),
    ("MATCH (f:Function) WHERE f.text = $text WITH f" + _FUNCTION, nfc),
    ("MATCH (f:Function) WHERE toLower(f.text) CONTAINS toLower($text) WITH f" + _FUNCTION, nfc),
)
_MODEL = "RETURN m.id AS id, m.code + ' ' + m.name AS name ORDER BY m.id"
_MODEL_STEPS = (
    ("MATCH (m:ConcurrencyModel {id: $text})" + _MODEL, nfc),
    ("MATCH (m:ConcurrencyModel) WHERE toUpper(m.code) = toUpper($text)" + _MODEL, nfc),
    ("MATCH (m:ConcurrencyModel) WHERE toLower(m.name) CONTAINS toLower($text)" + _MODEL, nfc),
)
_NAMES_OF = {"Place": "n.name", "Unit": "n.name", "Person": "n.name", "Document": "coalesce(n.number, n.title)"}
Steps = tuple[tuple[str, Callable[[str], str]], ...]


def find_person(store: Store, text: str, on: dt.date | None = None) -> Found:
    """The person: by id, name or other spelling; several of one name are told apart by a post."""
    plain = _text(text)
    found = _one("person", plain, _person_steps(store, plain), None)
    if found:
        return found
    raise UnknownName("person", plain, _nearest(store, "Person", plain))


def _person_steps(store: Store, text: str) -> Iterator[list[Found]]:
    yield _step(store, _PERSON_BY_ID, nfc, text)
    yield _step(store, _PEOPLE_BY_KEY, key, text)
    yield _founds(store, _PEOPLE_BY_IDS, ids=named(store, "Person", text))
    yield _step(store, _PEOPLE_BY_SEARCH, search_key, text)


def find_document(store: Store, text: str, on: dt.date | None = None) -> Found:
    """The document: by id, number (18-NQ/TW), title, or words of either."""
    plain = _text(text)
    found = _one("document", plain, _document_steps(store, plain), None)
    if found:
        return found
    raise UnknownName("document", plain, _nearest(store, "Document", plain))


def _document_steps(store: Store, text: str) -> Iterator[list[Found]]:
    yield _step(store, _DOCUMENT_BY_ID, nfc, text)
    yield _step(store, _DOCUMENTS_BY_KEY, key, text)
    yield _founds(store, _DOCUMENTS_BY_IDS, ids=named(store, "Document", text))
    hits = [hit for hit in search(store, text, ["Document"], limit=MOST_CHOICES) if hit.fit.accents < OTHER]
    together = [hit for hit in hits if hit.fit.order <= TOGETHER]
    of_name = [hit for hit in together if not hit.fit.other]
    yield _founds(store, _DOCUMENTS_BY_IDS, ids=[hit.id for hit in of_name or together or hits])


def find_function(store: Store, text: str, on: dt.date | None = None) -> Found:
    """The function: by id, by its text, or by a part of its text that no other has."""
    names = "MATCH (n:Function) RETURN DISTINCT n.text AS name"
    return _by_steps(store, "function", text, _FUNCTION_STEPS, names)


def find_model(store: Store, text: str, on: dt.date | None = None) -> Found:
    """The concurrency model: by id, code (CM1), or a part of its name."""
    names = "MATCH (n:ConcurrencyModel) UNWIND [n.code, n.name] AS name RETURN name"
    return _by_steps(store, "model", text, _MODEL_STEPS, names)


WAYS: dict[str, Callable[[Store, str, dt.date | None], Found]] = {
    "place": find_place,
    "unit": find_unit,
    "person": find_person,
    "document": find_document,
    "function": find_function,
    "model": find_model,
}


# ---------------------------------------------------------------- the same for all


def _by_steps(store: Store, what: str, text: str, steps: Steps, names: str) -> Found:
    plain = _text(text)
    found = _one(what, plain, (_step(store, query, to_key, plain) for query, to_key in steps), None)
    if found:
        return found
    shown = [name[:80] for name in store.read(names).column("name")]
    raise UnknownName(what, plain, nearest(plain, shown))


def _step(store: Store, query: str, to_key: Callable[[str], str], text: str) -> list[Found]:
    found = _founds(store, query, text=to_key(text))
    if to_key is not search_key:
        return found
    return [each for each in found if _is_less_accented(key(text), key(each.name))]


def _is_less_accented(typed: str, name: str) -> bool:
    """True if every word of the key `typed` is that of `name`, or that without its diacritics."""
    return all(one in (other, strip_diacritics(other)) for one, other in zip(typed.split(), name.split(), strict=False))


def _one(what: str, text: str, steps: Iterable[list[Found]], on: dt.date | None) -> Found | None:
    """The one of the first step that finds any; those that exist on the day before the others."""
    found = _first(steps)
    chosen = [each for each in found if each.holds(on)] or found
    if len(chosen) > 1:
        raise AmbiguousName(what, text, [str(each) for each in chosen])
    return chosen[0] if chosen else None


def _first(steps: Iterable[list[Found]]) -> list[Found]:
    return next((found for found in steps if found), [])


def _distinct(found: Iterable[Found]) -> list[Found]:
    return list({each.id: each for each in found}.values())


def _founds(store: Store, query: str, **values: Any) -> list[Found]:
    return [
        Found(row["id"], row["name"] or "", row.get("place") or "", row.get("start"), row.get("end"))
        for row in store.read(query, values).dicts()
    ]


def _nearest(store: Store, label: str, text: str) -> list[str]:
    """The nearest names of a label: of those that share words with `text`, or else of all."""
    near = nearest(text, similar_names(store, label, text))
    if near:
        return near
    query = f"MATCH (n:{label}) RETURN DISTINCT {_NAMES_OF[label]} AS name"
    return nearest(text, [name for name in store.read(query).column("name") if name])


def _text(text: str) -> str:
    """What was typed; an id in brackets at its end, as the choices show it, stands for all of it."""
    plain = nfc(text)
    shown = _IN_BRACKETS.search(plain)
    return shown[1].strip() if shown else plain
