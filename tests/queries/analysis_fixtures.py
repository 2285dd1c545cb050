"""A small way to write facts into a store, for the tests of the analyses."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any

from graph.store import Store, connect
from graph.text import key, search_key


def day(text: str | None) -> dt.date | None:
    """A date from YYYY-MM-DD."""
    return dt.date.fromisoformat(text) if text else None


def span(since: str | None = None, until: str | None = None) -> dict[str, Any]:
    """Validity; `≤ 2019-10-09` is a start known only as not later than that day."""
    found: dict[str, Any] = {}
    if since and since.startswith("≤ "):
        found |= {"valid_from": day(since[2:]), "valid_from_precision": "by", "valid_from_text": since}
    elif since:
        found["valid_from"] = day(since)
    if until:
        found["valid_to"] = day(until)
    return found


class Facts:
    """Collects nodes and relationships, and writes them in one transaction."""

    def __init__(self) -> None:
        self.nodes: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self.edges: defaultdict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
        self.label: dict[str, str] = {}

    def node(self, label: str, id_: str, **properties: Any) -> str:
        assert id_ not in self.label, f"two facts with the id {id_}"
        self.label[id_] = label
        self.nodes[label].append({"id": id_, "basis": "stated", **properties})
        return id_

    def edge(self, type_: str, start: str, end: str, **properties: Any) -> str:
        id_ = properties.pop("id", None) or f"{type_}:{start}:{end}:{len(self.edges)}:{properties.get('kind')}"
        row = {"start": start, "end": end, "p": {"id": id_, "basis": "stated", **properties}}
        self.edges[type_, self.label[start], self.label[end]].append(row)
        return id_

    def place(self, id_: str, name: str, level: str = "province", kind: str = "tinh", **more: Any) -> str:
        return self.node("Place", id_, name=name, level=level, kind=kind, **more)

    def unit(
        self,
        id_: str,
        name: str,
        kind: str,
        *,
        system: str = "state",
        level: str = "province",
        place: str | None = None,
        parent: str | None = None,
        **more: Any,
    ) -> str:
        keys = {"name_key": key(name), "search_key": search_key(name)}
        self.node("Unit", id_, name=name, kind=kind, level=level, system=system, place=place, **keys, **more)
        if place:
            self.edge("LOCATED_IN", id_, place)
        if parent:
            self.edge("PART_OF", id_, parent, kind="line")
        return id_

    def post(self, id_: str, unit: str, title: str, kind: str, role: str = "head", **more: Any) -> str:
        self.node("Position", id_, title=title, title_key=key(title), kind=kind, role=role, **more)
        self.edge("OF_UNIT", id_, unit)
        return id_

    def person(self, id_: str, name: str, **more: Any) -> str:
        return self.node("Person", id_, name=name, name_key=key(name), search_key=search_key(name), **more)

    def holds(self, person: str, post: str, since: str | None = None, until: str | None = None, **more: Any) -> str:
        return self.edge("HOLDS", person, post, **span(since, until), **{"id": f"h:{person}:{post}", **more})

    def document(self, id_: str, number: str = "", title: str = "") -> str:
        return self.node("Document", id_, number=number, title=title, kind="article")

    def stated(self, start: str, fact: str, document: str, at: str = "", basis: str = "stated") -> str:
        return self.edge("STATED_IN", start, document, fact=fact, at=at, basis=basis, id=f"s:{fact}:{document}")

    def write(self, store: Store) -> None:
        for label, rows in self.nodes.items():
            store.write(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", {"rows": rows})
        for (type_, start, end), rows in self.edges.items():
            store.write(
                f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) "
                f"MATCH (b:{end} {{id: row.end}}) CREATE (a)-[r:{type_}]->(b) SET r = row.p",
                {"rows": rows},
            )


def store_of(folder: Path, facts: Facts) -> Store:
    """A new embedded store with the facts."""
    store = connect(str(folder / "test.db"), create=True)
    facts.write(store)
    return store
