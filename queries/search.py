"""What a search by name found, with what tells things of one name apart: kind, place, unit above or posts, dates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.dates import FuzzyDate, from_properties
from graph.names import searched_labels
from graph.search import Hit, search, similar_names
from graph.store import Store
from graph.text import nearest, post_name

MOST_POSTS = 3

_DATES = "n.valid_from AS valid_from, n.valid_from_text AS valid_from_text, n.valid_to AS valid_to, " + (
    "n.valid_to_text AS valid_to_text"
)
# Of what changes with time, what held last comes last.
_DETAILS = {
    "Place": (
        "UNWIND $ids AS id MATCH (n:Place {id: id}) "
        "OPTIONAL MATCH (n)-[r:WITHIN]->(w:Place) "
        f"RETURN id, n.kind AS kind, {_DATES}, w.name AS place, null AS about, r.valid_to AS until"
    ),
    "Unit": (
        "UNWIND $ids AS id MATCH (n:Unit {id: id}) "
        "OPTIONAL MATCH (n)-[r:LOCATED_IN]->(w:Place) "
        f"RETURN id, n.kind AS kind, {_DATES}, w.name AS place, null AS about, r.valid_to AS until "
        "UNION ALL "
        "UNWIND $ids AS id MATCH (n:Unit {id: id})-[r:PART_OF {kind: 'line'}]->(w:Unit) "
        f"RETURN id, n.kind AS kind, {_DATES}, null AS place, w.name AS about, r.valid_to AS until"
    ),
    "Document": (
        "UNWIND $ids AS id MATCH (n:Document {id: id}) "
        "RETURN id, n.kind AS kind, n.issued AS valid_from, null AS valid_from_text, null AS valid_to, "
        "null AS valid_to_text, n.issuer AS place, CASE WHEN n.number IS NULL THEN null ELSE n.title END AS about, "
        "null AS until"
    ),
}
_POSTS = """
UNWIND $ids AS id MATCH (:Person {id: id})-[r:HOLDS]->(x:Position)-[:OF_UNIT]->(u:Unit)
OPTIONAL MATCH (p:Place {id: u.place})
RETURN id, x.title AS title, u.name AS unit, p.name AS place, r.valid_from AS since, r.valid_to AS until
"""


@dataclass
class Listed:
    """One thing that was found, as it is shown."""

    hit: Hit
    kind: str = ""  # a code of the vocabulary of its label; empty for people
    place: list[str] = field(default_factory=list)  # for a place the one above, for a document its issuer
    about: list[str] = field(default_factory=list)  # the unit above, the posts of a person, a document's title
    start: FuzzyDate | None = None  # of a document: issued
    end: FuzzyDate | None = None


def listed(store: Store, text: str, on: dt.date, labels: Iterable[str] | None = None, limit: int = 20) -> list[Listed]:
    """The things that `text` may name, the best first, what exists on the day before what does not."""
    found = [Listed(hit) for hit in search(store, text, labels, limit=limit, on=on)]
    by_label: dict[str, dict[str, Listed]] = defaultdict(dict)
    for each in found:
        by_label[each.hit.label][each.hit.id] = each
    for label, group in by_label.items():
        if label == "Person":
            _add_posts(store, group, on)
        else:
            _add_details(store, label, group)
    return found


def nearest_names(store: Store, text: str, labels: Iterable[str] | None = None) -> list[str]:
    """Names of the labels that were probably meant, where nothing has the words of `text`."""
    wanted = searched_labels() if labels is None else labels
    return nearest(text, dict.fromkeys(name for label in wanted for name in similar_names(store, label, text)))


def _add_details(store: Store, label: str, group: dict[str, Listed]) -> None:
    rows = store.read(_DETAILS[label], {"ids": list(group)}).dicts()
    for row in sorted(rows, key=_last_held):
        each = group[row["id"]]
        each.kind = row["kind"] or ""
        each.start, each.end = from_properties("valid_from", row), from_properties("valid_to", row)
        each.place = [row["place"]] if row["place"] else each.place
        each.about = [row["about"]] if row["about"] else each.about


def _last_held(row: dict[str, Any]) -> tuple[dt.date, str]:
    return row["until"] or dt.date.max, str(row["place"] or row["about"])


def _add_posts(store: Store, group: dict[str, Listed], on: dt.date) -> None:
    """The posts of the day, or those held last."""
    posts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in store.read(_POSTS, {"ids": list(group)}).dicts():
        posts[row["id"]].append(row)
    for id_, rows in posts.items():
        held = [row for row in rows if _holds(row, on)]
        if not held:
            last = max(row["until"] or dt.date.max for row in rows)
            held = [row for row in rows if (row["until"] or dt.date.max) == last]
        held.sort(key=lambda row: (row["title"], row["unit"], row["place"] or ""))
        group[id_].about = _some([post_name(row["title"], row["unit"]) for row in held])
        group[id_].place = sorted({row["place"] for row in held if row["place"]})


def _holds(row: dict[str, Any], on: dt.date) -> bool:
    return (row["since"] is None or row["since"] <= on) and (row["until"] is None or row["until"] > on)


def _some(names: Sequence[str]) -> list[str]:
    distinct = list(dict.fromkeys(names))
    return distinct[:MOST_POSTS] + (["…"] if len(distinct) > MOST_POSTS else [])
