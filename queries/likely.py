"""What in the graph a proposed unit, place or person may be, with the reasons, and what contradicts it.

A candidate has the same name; that alone never makes it the same. Reasons beyond it are counted: place,
parent, kind, times that overlap, a post that the same person holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.dates import FuzzyDate, Interval, from_properties, interval_of
from graph.store import Store
from graph.text import key

MOST = 5  # candidates for one proposal
BATCH = 5_000
Post = tuple[str, str]  # folded title, folded name of the holder or of the unit


@dataclass(frozen=True)
class Wanted:
    """A proposed node. `place` and `parent` are names, `posts` pairs of a title and a person (of a unit) or a
    title and a unit (of a person), all folded by `graph.text.key`."""

    label: str  # Unit, Place, Person
    name: str
    kind: str = ""
    place: str = ""
    parent: str = ""
    life: Interval | None = None
    posts: frozenset[Post] = frozenset()


@dataclass(frozen=True)
class Contradiction:
    """What the graph says otherwise: `what` is kind, place, parent, date or holder."""

    what: str
    proposed: str
    stored: str


@dataclass(frozen=True)
class Candidate:
    """A node of the graph that may be the proposed one; `reasons` are name, place, parent, kind, dates,
    post, parts (of an event), unique (the one province of that name), number and issued (of a document)."""

    id: str
    name: str
    about: str
    reasons: tuple[str, ...]
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def by_name_only(self) -> bool:
        """Whether nothing that tells ones of the same name apart speaks for it.

        A parent does not where it is itself known by its name only, as each province has its Tỉnh ủy.
        """
        elsewhere = any(each.what == "place" for each in self.contradictions)
        return elsewhere or not {"place", "post", "parts", "unique", "issued"} & set(self.reasons)


@dataclass(frozen=True)
class WantedHolder:
    """A proposed holder of a post of units of the graph."""

    person: str
    title: str
    units: tuple[str, ...]
    life: Interval


@dataclass(frozen=True)
class WantedChange:
    """A proposed event of a kind with inputs of the graph."""

    kind: str
    inputs: frozenset[str]
    date: FuzzyDate | None


@dataclass(frozen=True)
class WantedDocument:
    """A proposed document with a number, which many issuers use: the day it was issued tells them apart."""

    number: str
    issued: FuzzyDate | None


_NODES = {
    "Unit": """
UNWIND $keys AS k MATCH (n:Unit {name_key: k})
OPTIONAL MATCH (n)-[:LOCATED_IN]->(p:Place)
OPTIONAL MATCH (n)-[:PART_OF {kind: 'line'}]->(up:Unit)
RETURN k, n.id AS id, properties(n) AS p, collect(DISTINCT p.name) AS places, collect(DISTINCT up.name) AS parents
""",
    "Place": """
UNWIND $keys AS k MATCH (n:Place {name_key: k})
OPTIONAL MATCH (n)-[:WITHIN]->(up:Place)
RETURN k, n.id AS id, properties(n) AS p, collect(DISTINCT up.name) AS places, [] AS parents
""",
    "Person": """
UNWIND $keys AS k MATCH (n:Person {name_key: k})
OPTIONAL MATCH (n)-[:HOLDS]->(:Position)-[:OF_UNIT]->(:Unit)-[:LOCATED_IN]->(p:Place)
RETURN k, n.id AS id, properties(n) AS p, collect(DISTINCT p.name) AS places, [] AS parents
""",
}
_BY_ALIAS = """
MATCH (n:Unit) WHERE n.alias_keys IS NOT NULL AND any(a IN n.alias_keys WHERE a IN $keys)
OPTIONAL MATCH (n)-[:LOCATED_IN]->(p:Place)
OPTIONAL MATCH (n)-[:PART_OF {kind: 'line'}]->(up:Unit)
RETURN n.alias_keys AS k, n.id AS id, properties(n) AS p,
       collect(DISTINCT p.name) AS places, collect(DISTINCT up.name) AS parents
"""
_POSTS = {
    "Unit": """
UNWIND $ids AS id MATCH (u:Unit {id: id})<-[:OF_UNIT]-(x:Position)<-[:HOLDS]-(w:Person)
RETURN id, x.title AS title, w.name AS other
""",
    "Person": """
UNWIND $ids AS id MATCH (w:Person {id: id})-[:HOLDS]->(x:Position)-[:OF_UNIT]->(u:Unit)
RETURN id, x.title AS title, u.name AS other
""",
}
_HOLDERS = """
UNWIND $ids AS id MATCH (u:Unit {id: id})<-[:OF_UNIT]-(x:Position)<-[h:HOLDS]-(w:Person)
WHERE x.seats = 1 OR (x.seats IS NULL AND x.role = 'head')
RETURN id, x.title AS title, w.name AS person, properties(h) AS p
"""
_CHANGES = """
UNWIND $ids AS id MATCH (e:Event)-[:INPUT]->(:Unit {id: id})
RETURN DISTINCT e.id AS id, e.kind AS kind, e.title AS title, properties(e) AS p
"""
_DOCUMENTS = "UNWIND $keys AS k MATCH (d:Document {number_key: k}) RETURN k, d.id AS id, properties(d) AS p ORDER BY id"
_INPUTS = "UNWIND $ids AS id MATCH (:Event {id: id})-[:INPUT]->(u:Unit) RETURN id, collect(u.id) AS units"


def likely(store: Store, wanted: Sequence[Wanted]) -> list[list[Candidate]]:
    """For each proposed node the likely ones of the graph, the best first."""
    stored = {label: _stored(store, label, [w for w in wanted if w.label == label]) for label in _NODES}
    posts = {label: _posts(store, label, stored[label]) for label in _POSTS}
    found: list[list[Candidate]] = []
    for each in wanted:
        rows = stored[each.label].get(key(each.name), {}).values()
        candidates = [_candidate(each, row, posts.get(each.label, {}).get(row["id"], frozenset())) for row in rows]
        candidates.sort(key=lambda c: (-len(c.reasons), len(c.contradictions), c.id))
        found.append(_without_others(candidates)[:MOST])
    return found


def _without_others(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without those that lie elsewhere or under another unit, where one is there that does not."""
    settled = {what for c in candidates if not c.by_name_only for what in ("place", "parent") if what in c.reasons}
    return [c for c in candidates if not any(each.what in settled for each in c.contradictions)]


def _stored(store: Store, label: str, wanted: Sequence[Wanted]) -> dict[str, dict[str, dict[str, Any]]]:
    """Rows of the nodes by folded name and id."""
    keys = sorted({key(each.name) for each in wanted})
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for part in _parts(keys):
        for row in store.read(_NODES[label], {"keys": part}).dicts():
            found[row["k"]][row["id"]] = row
        if label == "Unit":
            for row in store.read(_BY_ALIAS, {"keys": part}).dicts():
                for alias in row["k"]:
                    found[alias].setdefault(row["id"], row)
    return found


def _posts(store: Store, label: str, stored: dict[str, dict[str, dict[str, Any]]]) -> dict[str, frozenset[Post]]:
    ids = sorted({id_ for rows in stored.values() for id_ in rows})
    found: dict[str, set[Post]] = defaultdict(set)
    for part in _parts(ids):
        for row in store.read(_POSTS[label], {"ids": part}).dicts():
            found[row["id"]].add((key(row["title"]), key(row["other"])))
    return {id_: frozenset(posts) for id_, posts in found.items()}


def _candidate(wanted: Wanted, row: dict[str, Any], posts: frozenset[Post]) -> Candidate:
    properties = row["p"]
    reasons, against = ["name"], []
    # the order in which a store collects is its own
    named = {what: sorted(row[what]) for what in ("places", "parents")}
    places = [key(place) for place in named["places"]]
    parents = [key(parent) for parent in named["parents"]]
    for what, proposed, stored, shown in (
        ("place", wanted.place, places, named["places"]),
        ("parent", wanted.parent, parents, named["parents"]),
        ("kind", wanted.kind, [properties.get("kind") or ""], [properties.get("kind") or ""]),
    ):
        if proposed and (key(proposed) in stored or proposed in stored):
            reasons.append(what)
        elif proposed and any(stored) and wanted.label != "Person":
            against.append(Contradiction(what, proposed, "; ".join(shown)))
    life = interval_of(properties)
    if wanted.life is not None and (wanted.life.start or wanted.life.end) and (life.start or life.end):
        if wanted.life.overlaps(life):
            reasons.append("dates")
        else:
            against.append(Contradiction("date", life_text(wanted.life), life_text(life)))
    if wanted.posts & posts:
        reasons.append("post")
    if wanted.label == "Place" and properties.get("level") == "province" and "kind" in reasons:
        reasons.append("unique")  # no two provinces have one name
    about = "; ".join([*named["parents"], *named["places"]][:4])
    return Candidate(row["id"], str(properties.get("name") or row["id"]), about, tuple(reasons), tuple(against))


def other_holders(store: Store, wanted: Sequence[WantedHolder]) -> list[list[Contradiction]]:
    """For each proposed holder of a post with one seat, who else holds it in the graph at the time."""
    held: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for part in _parts(sorted({unit for each in wanted for unit in each.units})):
        for row in store.read(_HOLDERS, {"ids": part}).dicts():
            held[(row["id"], key(row["title"]))].append(row)
    return [list(_others(each, held)) for each in wanted]


def _others(wanted: WantedHolder, held: dict[tuple[str, str], list[dict[str, Any]]]) -> Iterator[Contradiction]:
    for unit in wanted.units:
        for row in held.get((unit, key(wanted.title)), []):
            life = interval_of(row["p"])
            if key(row["person"]) != key(wanted.person) and life.overlaps(wanted.life):
                yield Contradiction("holder", wanted.person, " ".join((row["person"], life_text(life))).strip())


def likely_changes(store: Store, wanted: Sequence[WantedChange]) -> list[list[Candidate]]:
    """For each proposed event those of the graph with its kind and inputs; another date contradicts."""
    known: dict[str, dict[str, Any]] = {}
    for part in _parts(sorted({id_ for each in wanted for id_ in each.inputs})):
        known |= {row["id"]: row for row in store.read(_CHANGES, {"ids": part}).dicts()}
    inputs: dict[str, frozenset[str]] = {}
    for part in _parts(sorted(known)):
        inputs |= {row["id"]: frozenset(row["units"]) for row in store.read(_INPUTS, {"ids": part}).dicts()}
    return [
        [
            _change(each, row)
            for id_, row in sorted(known.items())
            if row["kind"] == each.kind and each.inputs and inputs.get(id_) == each.inputs
        ]
        for each in wanted
    ]


def _change(wanted: WantedChange, row: dict[str, Any]) -> Candidate:
    date = from_properties("date", row["p"])
    reasons, against = ["kind", "parts"], []
    if wanted.date is not None and date is not None:
        if wanted.date.certainly_before(date) or date.certainly_before(wanted.date):
            against.append(Contradiction("date", str(wanted.date), str(date)))
        else:
            reasons.append("dates")
    return Candidate(row["id"], row["title"] or row["id"], str(date or ""), tuple(reasons), tuple(against))


def likely_documents(store: Store, wanted: Sequence[WantedDocument]) -> list[list[Candidate]]:
    """For each proposed document those of the graph with its number; another day of issue contradicts."""
    stored: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for part in _parts(sorted({key(each.number) for each in wanted})):
        for row in store.read(_DOCUMENTS, {"keys": part}).dicts():
            stored[row["k"]].append(row)
    return [[_document(each, row) for row in stored.get(key(each.number), [])[:MOST]] for each in wanted]


def _document(wanted: WantedDocument, row: dict[str, Any]) -> Candidate:
    issued = from_properties("issued", row["p"])
    reasons, against = ["number"], []
    if wanted.issued is not None and issued is not None:
        if wanted.issued.certainly_before(issued) or issued.certainly_before(wanted.issued):
            against.append(Contradiction("date", str(wanted.issued), str(issued)))
        else:
            reasons.append("issued")
    shown = f"{row['p']['number']} {row['p'].get('title') or ''}".strip()
    return Candidate(row["id"], shown, str(row["p"].get("issuer") or ""), tuple(reasons), tuple(against))


def life_text(life: Interval) -> str:
    """The two dates as they are written, with an arrow between."""
    return f"{life.start or ''} → {life.end or ''}" if life.start or life.end else ""


def _parts(texts: Sequence[str]) -> Iterable[list[str]]:
    return (list(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH))
