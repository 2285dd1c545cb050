"""The register of Viet Nam's provinces, districts and communes around 1 July 2025, as rows to load.

Codes were given again to other places, so ids carry whether a code is of before or after the day.
A place goes on where a whole commune became one of the same kind and name, and where a province took
in others and kept its name; every other place of after is new.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from graph.packaged import packaged_yaml
from graph.store import Store
from graph.text import key
from loaders.registers.vietnam_source import Commune, Edge, Source, read_source

NAME = "vietnam-2025"
Row = dict[str, Any]
_KINDS = {
    "province": {"tỉnh": "tinh", "thành phố": "thanh_pho_tw"},
    "district": {"quận": "quan", "huyện": "huyen", "thị xã": "thi_xa", "thành phố": "thanh_pho"},
    "commune": {"xã": "xa", "phường": "phuong", "thị trấn": "thi_tran", "đặc khu": "dac_khu"},
}


class Written(NamedTuple):
    """The file of rows, how many places were known to the graph already, and edges that were left out."""

    file: Path
    known: int
    wrong: int


def write_rows(folder: Path, store: Store | None) -> Written:
    """Write the register's rows to a file in the folder; places that the store has keep their ids.

    Raises UserError where the package with the data is not installed.
    """
    source = read_source()
    rows = _Rows(source, _Known(store))
    path = folder / f"{NAME}.json"
    path.write_text(json.dumps(rows.sheets(), ensure_ascii=False), encoding="utf-8")
    return Written(path, rows.known.found, len(source.wrong))


class _Known:
    """The places of a store, by name, kind and the place that they lie in; `ended` are those with an event."""

    def __init__(self, store: Store | None) -> None:
        self.found = 0
        self._ids: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
        query = (
            "MATCH (p:Place) OPTIONAL MATCH (p)-[:WITHIN]->(q:Place) "
            "RETURN DISTINCT p.id AS id, p.name AS name, p.kind AS kind, coalesce(q.id, '') AS within"
        )
        for row in store.read(query).dicts() if store else ():
            self._ids[key(row["name"]), row["kind"], row["within"]].append(row["id"])
        ended = "MATCH (e:Event)-[:INPUT]->(p:Place) WHERE e.status = 'in_force' RETURN e.id AS event, p.id AS place"
        rows = store.read(ended).dicts() if store else ()
        self.ended = {row["place"] for row in rows if not row["event"].startswith(NAME)}

    def id_of(self, name: str, kind: str, within: str, otherwise: str) -> str:
        """The id of the one place of this name and kind there; a new id where there is none, or several."""
        ids = self._ids.get((key(name), kind, within), [])
        if len(ids) != 1:
            return otherwise
        self.found += ids[0] != otherwise
        return ids[0]


class _Rows:
    def __init__(self, source: Source, known: _Known) -> None:
        self.source, self.known = source, known
        self.data = packaged_yaml("loaders", "registers/vietnam_2025.yaml")
        self.day = str(self.data["date"])
        self.places: list[Row] = []
        self.relations: list[Row] = []
        self.events: list[Row] = []
        self.documents: list[Row] = []
        self.province_ids: dict[str, str] = {}  # by the package's key: the same before and after
        self.into = Counter(edge.old for edge in source.edges)  # communes of after that each went into
        self.commune_of: dict[str, str] = {}  # id of a commune of before, by its path
        self.name_of: dict[str, str] = {}

    def sheets(self) -> dict[str, list[Row]]:
        """The rows of all sheets."""
        self._add_documents()
        self._add_provinces()
        self._add_before()
        self._add_after()
        return {
            "documents": self.documents,
            "places": self.places,
            "relations": self.relations,
            "events": self.events,
        }

    def _add_documents(self) -> None:
        for each in self.data["documents"].values():
            self.documents.append({k: str(v) for k, v in each.items()})
        self.page = self.data["documents"]["source"]["id"]
        communes = self.data["communes"]
        for commune in self.source.after:
            number = communes["numbers"][commune.province_code]
            if all(row.get("number") != number for row in self.documents):
                self.documents.append(
                    {
                        "number": number,
                        "kind": "resolution",
                        "title": communes["title"].format(province=named(commune.province, "province")[0]),
                        "issuer": communes["issuer"],
                        "issued": str(communes["issued"]),
                        "in_force": str(communes["issued"]),
                    }
                )

    def _place(self, id_: str, name: str, kind: str, within: str, **more: str) -> None:
        self.name_of[id_] = name
        row = {"id": id_, "name": name, "kind": kind, "within": within, "document": self.page, **more}
        self.places.append({k: v for k, v in row.items() if v})

    def _event(self, id_: str, kind: str, title: str, inputs: Sequence[str], outputs: Sequence[str], by: str) -> None:
        if not self.known.ended.isdisjoint(inputs):
            return  # another source tells of it already
        self.events.append(
            {
                "id": id_,
                "kind": kind,
                "status": "in_force",
                "date": self.day,
                "date_kind": "in_force",
                "title": title,
                "inputs": sorted(inputs),
                "outputs": sorted(outputs),
                "document": by,
            }
        )

    # provinces

    def _add_provinces(self) -> None:
        country = self.known.id_of(self.data["country"], "nuoc", "", "dvhc-vn")
        self._place(country, self.data["country"], "nuoc", "")
        after = {each.province_key: each for each in self.source.after}
        before = {each.province_key: each for each in self.source.before}
        for key_, each in before.items():
            name, kind = named(each.province, "province")
            id_ = self.known.id_of(name, kind, country, f"dvhc-tinh-{each.province_code}")
            self.province_ids[key_] = id_
            later = after.get(key_)
            more = {"code": each.province_code}
            if later is None:
                more["valid_to"] = self.day
            elif later.province_code != each.province_code:
                more = {"code": later.province_code, "note": f"mã trước {_vi(self.day)}: {each.province_code}"}
            self._place(id_, name, kind, country, **more)
        by = self.data["documents"]["provinces"]["number"]
        for key_, olds in sorted(self.source.provinces.items()):
            if len(olds) > 1:
                into = self.province_ids[key_]
                inputs = [self.province_ids[old] for old in olds]
                title = f"Sáp nhập {_list(self.name_of[each] for each in inputs)}"
                self._event(f"{NAME}-tinh-{after[key_].province_code}", "absorb", title, inputs, [into], by)

    # districts and communes of before

    def _add_before(self) -> None:
        districts: dict[str, str] = {}
        for each in self.source.before:
            province = self.province_ids[each.province_key]
            if each.district_code not in districts:
                name, kind = named(each.district, "district")
                id_ = self.known.id_of(name, kind, province, f"dvhc-huyen-{each.district_code}")
                districts[each.district_code] = id_
                self._place(id_, name, kind, province, code=each.district_code, valid_to=self.day)
            if not each.name:
                self.commune_of[each.path] = districts[each.district_code]
        self.kept = self._kept()
        for each in self.source.before:
            if not each.name:
                continue
            district = districts[each.district_code]
            name, kind = named(each.name, "commune")
            id_ = self.known.id_of(name, kind, district, f"dvhc-xa-{each.code}")
            self.commune_of[each.path] = id_
            if each.path in self.kept:
                self._place(id_, name, kind, "", code=each.code)
                self.relations.append(self._within(id_, district, valid_to=self.day))
                self.relations.append(self._within(id_, self.province_ids[self.kept[each.path]], valid_from=self.day))
            else:
                self._place(id_, name, kind, district, code=each.code, valid_to=self.day)
        # the districts without communes became special zones; all others ended without a successor
        ended = sorted(set(districts.values()) - set(self.commune_of.values()) - self.known.ended)
        by = self.data["documents"]["districts"]["number"]
        self._event(f"{NAME}-huyen", "dissolve", "Kết thúc hoạt động của cấp huyện", ended, [], by)

    def _within(self, inner: str, outer: str, **when: str) -> Row:
        return {"from": inner, "kind": "within", "to": outer, "document": self.page, **when}

    def _kept(self) -> dict[str, str]:
        """Path of every commune that stayed as it was → key of its province of after."""
        sources = Counter((edge.province, edge.new) for edge in self.source.edges)
        return {
            edge.old: edge.province
            for edge in self.source.edges
            if self.into[edge.old] == 1
            and sources[edge.province, edge.new] == 1
            and edge.old.rpartition("_")[2] == edge.new
        }

    # communes of after, and how they came about

    def _add_after(self) -> None:
        sources: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
        for edge in self.source.edges:
            sources[edge.province, edge.new].append(edge)
        parts: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)  # of a commune of before: id, resolution
        for each in self.source.after:
            edges = sources[each.province_key, each.key]
            if len(edges) == 1 and edges[0].old in self.kept:
                continue
            name, kind = named(each.name, "commune")
            province = self.province_ids[each.province_key]
            id_ = self.known.id_of(name, kind, province, f"dvhc-2025-xa-{each.code}")
            self._place(id_, name, kind, province, code=each.code, valid_from=self.day)
            by = self.data["communes"]["numbers"][each.province_code]
            for edge in edges:
                parts[edge.old].append((id_, by))
            self._formed(each, id_, name, [edge.old for edge in edges], by)
        for old, into in sorted(parts.items()):
            if len(into) > 1:
                id_ = self.commune_of[old]
                title = f"Chia {self.name_of[id_]}: {_list(self.name_of[each] for each, _ in into)}"
                self._event(f"{NAME}-chia-{id_}", "split", title, [id_], [each for each, _ in into], into[0][1])

    def _formed(self, commune: Commune, id_: str, name: str, olds: list[str], by: str) -> None:
        """A merger of those that went into it whole; of what came from others their divisions tell."""
        whole = [self.commune_of[old] for old in olds if self.into[old] == 1]
        if whole:
            title = f"Thành lập {name} từ {_list(self.name_of[self.commune_of[old]] for old in olds)}"
            self._event(f"{NAME}-xa-{commune.code}", "merge", title, whole, [id_], by)


def named(full: str, level: str) -> tuple[str, str]:
    """The name as it is written in a text, its kind in small letters, and the code of the kind."""
    for words, code in _KINDS[level].items():
        if full.lower().startswith(words + " "):
            return words + full[len(words) :], code
    raise ValueError(f"{full!r} is not a {level} of a known kind")


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _vi(day: str) -> str:
    year, month, date = day.split("-")
    return f"{int(date)}/{int(month)}/{year}"
