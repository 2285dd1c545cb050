"""Readings as rows of the sheets that `bomay load` takes.

Columns whose name begins with # are not loaded: the span in the source, the paragraph, how sure it is,
the rule, further places. The sheet #unread has what was seen and not understood.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, count
from typing import Any

from graph.text import key, search_key
from loaders.reading.document import Document
from loaders.reading.entities import kind_of_number, parsed
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact, Reading
from loaders.reading.function_moves import transfer_row
from loaders.reading.known import Known

Row = dict[str, Any]
Sheets = dict[str, list[Row]]
_ORDER = (
    *("documents", "citations", "places", "units", "relations", "positions", "people", "holdings", "memberships"),
    *("functions", "events", "transfers", "figures", "models", "principles", "evidence", "#remarks", "#unread"),
)
_KIND_OF_PLACE = {
    "Việt Nam": "nuoc",
    "tỉnh": "tinh",
    "huyện": "huyen",
    "quận": "quan",
    "thị xã": "thi_xa",
    "thành phố": "thanh_pho",
    "xã": "xa",
    "phường": "phuong",
    "thị trấn": "thi_tran",
    "đặc khu": "dac_khu",
}
_CENTRAL_NUMBER = re.compile(r"/TW$|/QĐ-TTg$|-CP$|/QH\d+|/UBTVQH\d+|-BNV$", re.I)
# kinds of which several parents of a place each have one, so that their ids name the parent
_WITHIN_PARENT = ("phong", "van_phong", "thanh_tra_so", "trung_tam")
_UNIONS = ("cong_doan", "cong_doan_co_so")
_PARTS = {"functions": "cn", "figures": "sl", "principles": "tc"}
_NOT_NAMED = "nguồn không nêu tên"
_UNNAMED_PLACE = f"tỉnh ({_NOT_NAMED})"
_UNCLEAR = "Có nhiều nơi cùng tên, nguồn không nói rõ là nơi nào"


def slug(text: str) -> str:
    """An id part of plain letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", search_key(text)).strip("-")


def digest(document: Document) -> str:
    """Eight characters that stand for the document's text."""
    return hashlib.blake2b(document.normal.text.encode(), digest_size=4).hexdigest()


def rows(readings: Sequence[Reading]) -> Sheets:
    """The rows of all readings; what two documents both name is one row, the second is further evidence."""
    sheets: Sheets = {name: [] for name in _ORDER}
    homonyms = _homonyms(readings)
    for reading in readings:
        _Writer(reading, sheets, homonyms).write()
    return {name: listed for name, listed in sheets.items() if listed}


def _homonyms(readings: Sequence[Reading]) -> frozenset[str]:
    """The keys of names of places that lie in different places in different documents."""
    above: dict[str, set[str]] = {}
    for reading in readings:
        units = reading.units
        for name in {*units.places, *(unit.place for unit in units.units if unit.place)}:
            above.setdefault(key(name), set()).add(key(units.located.above(name)[0] or ""))
    return frozenset(name for name, found in above.items() if len(found) > 1)


def to_yaml(sheets: Sheets) -> str:
    """The rows as YAML."""
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(sheets, Dumper=dumper, allow_unicode=True, sort_keys=False, width=200)
    return text


class _Writer:
    """Writes the rows of one reading."""

    def __init__(self, reading: Reading, sheets: Sheets, homonyms: frozenset[str]) -> None:
        self.reading = reading
        self.document = reading.document
        self.sheets = sheets
        self.id = f"vb-{digest(self.document)}"
        self.known_units = {row["id"] for row in sheets["units"]}
        self.homonyms = homonyms
        self.fact_ids: dict[Fact, str] = {}
        self.given_ids: set[str] = set()
        self.written = {fact.values["unit"] for fact in reading.of("units")}
        self.known_places = {key(ref): ref for ref in (row.get("id", row["name"]) for row in sheets["places"])}

    def write(self) -> None:
        """All rows of the reading."""
        self._source()
        for unit in self.reading.units.units:
            unit.id = self._unit_id(unit)
        for fact in self.reading.facts:
            getattr(self, f"_{fact.sheet}")(fact)
        self._remarks()
        for text, evidence in self.reading.unread:
            self.sheets["#unread"].append({"document": self.id, "text": text, **self._extra(evidence)})

    def _remarks(self) -> None:
        """What a person should look at, with the words of both sides; the sheet is not loaded."""
        for remark in self.reading.remarks:
            row: Row = {"document": self.id, "kind": remark.kind, "text": remark.text}
            row["facts"] = [self._fact_id(f) for f in remark.facts if f in self.reading.facts]
            row["quotes"] = [self.document.quote(place.start, place.end)[:300] for place in remark.places]
            extra = {k: v for k, v in self._extra(remark.places[0]).items() if k in ("#paragraph", "#span")}
            self._add("#remarks", {**row, **extra, "#also": self._also(remark.places[1:])})

    def _fact_id(self, fact: Fact) -> str:
        """An id of a fact by where its words stand; a number too, where one place states several."""
        if fact not in self.fact_ids:
            kind = f"sk-{fact.values['kind'].replace('_', '-')}" if fact.sheet == "events" else _PARTS[fact.sheet]
            wanted = f"{self.id}-{kind}-{fact.evidence.start}"
            ids = chain([wanted], (f"{wanted}-{n}" for n in count(2)))
            self.fact_ids[fact] = next(each for each in ids if each not in self.given_ids)
            self.given_ids.add(self.fact_ids[fact])
        return self.fact_ids[fact]

    def _source(self) -> None:
        kind = kind_of_number(self.document.number) if self.document.decision else "article"
        row: Row = {"id": self.id, "kind": kind, "title": self.document.title or self.document.name}
        row["number"] = self.document.number or None
        row["issued"] = self._day(self.document.issued)
        row["issuer"] = self.document.issuer or None
        row["in_force"] = self._day(self.document.in_force)
        row["published"] = self._day(self.document.published)
        row["note"] = f"Đọc từ {self.document.name}"
        self._add("documents", row)

    def _day(self, text: str) -> str | None:
        found = parsed(text) if text else None
        return found.latest.isoformat() if found and found.precision == "day" else None

    def _add(self, sheet: str, row: Row) -> None:
        self.sheets[sheet].append({name: value for name, value in row.items() if value not in (None, "", [])})

    def _where(self, fact: Fact) -> Row:
        """The columns of evidence."""
        at = self.document.address(fact.evidence.paragraph) or f"đoạn {fact.evidence.paragraph}"
        row: Row = {"document": self.id, "at": at, "basis": fact.evidence.basis}
        row["quote"] = self.document.quote(fact.evidence.start, fact.evidence.end)[:600]
        return {**row, **self._extra(fact.evidence), "#also": self._also(fact.also)}

    def _extra(self, evidence: Evidence) -> Row:
        start, end = self.document.normal.back(evidence.start, evidence.end)
        return {
            "#paragraph": evidence.paragraph,
            "#span": f"{start}-{end}",
            "#confidence": evidence.confidence,
            "#rule": evidence.rule,
        }

    def _also(self, further: Iterable[Evidence]) -> list[str]:
        spans = (self.document.normal.back(e.start, e.end) for e in further)
        return [f"{start}-{end}" for start, end in spans][:40]

    # --- documents, places, units ------------------------------------------------------------------------

    def _documents(self, fact: Fact) -> None:
        values = dict(fact.values)
        number, relation = values["number"], values.pop("citation", None)
        central = bool(number and _CENTRAL_NUMBER.search(number))
        id_ = None if central else f"{self.id}-{slug(number or values['title'] or values['kind'])}"
        known = any(row.get("number") == number for row in self.sheets["documents"]) if central else False
        row = {**values, "id": id_, "issued": self._day(values["issued"] or "")}
        issuer = values["issued_by"]
        row["issued_by"] = issuer.id if isinstance(issuer, Known) and issuer in self.written else None
        extra = {**self._extra(fact.evidence), "#quote": self.document.quote(fact.evidence.start, fact.evidence.end)}
        if not known:
            self._add("documents", {**row, **extra})
        self._add("citations", {"document": self.id, "cites": id_ or number, "kind": relation, **extra})

    def _place(self, name: str | None, fact: Fact) -> str | None:
        """Make sure that the place has its row; of two spellings that are alike to the loader the first stands."""
        if name is None:
            return None
        ref = self._place_ref(name)
        if key(ref) in self.known_places:
            return self.known_places[key(ref)]
        self.known_places[key(ref)] = ref
        word = next(w for w in sorted(_KIND_OF_PLACE, key=len, reverse=True) if f"{name} ".startswith(w + " "))
        located = self.reading.units.located
        kind = "thanh_pho_tw" if word == "thành phố" and located.is_province(name) else _KIND_OF_PLACE[word]
        evidence = self.reading.units.places.get(name, fact.evidence)
        within, said_by = located.above(name)
        if said_by == "map" or name in located.deduced:
            evidence = replace(evidence, basis="deduced", rule="place-map")
        where = self._where(Fact("places", {}, evidence))
        within = self._place(within, fact) if kind != "nuoc" else None
        note = _UNCLEAR if located.unclear(name) else None
        row = {"id": ref if ref != name else None, "name": name, "kind": kind, "within": within, "note": note}
        self._add("places", {**row, **where})
        return ref

    def _place_ref(self, name: str) -> str:
        """The place's name; an id where the documents name several places so."""
        if key(name) not in self.homonyms:
            return name
        within = self.reading.units.located.above(name)[0]
        return f"{slug(within) if within else self.id}-{slug(name)}"

    def _home(self, fact: Fact) -> str:
        """The place that the document is about; where it names none, one that is to be filled in."""
        named = self.reading.units.home or self.reading.units.district
        if named is not None:
            return str(self._place(named, fact))
        id_ = f"{self.id}-dia-ban"
        if not any(row.get("id") == id_ for row in self.sheets["places"]):
            note = "Nguồn không nêu địa bàn: điền tên tỉnh trước khi nạp, hoặc để nguyên"
            row = {"id": id_, "name": f"{_UNNAMED_PLACE} {digest(self.document)}", "kind": "tinh", "document": self.id}
            self._add("places", {**row, "basis": "inferred", "note": note})
        return id_

    def _unit_id(self, unit: Known) -> str:
        where = slug(self._place_ref(unit.place)) if unit.place else self.id
        above = f"-{slug(unit.parent)}" if unit.parent and unit.kind in _WITHIN_PARENT else ""
        return f"{where}{above}-{slug(unit.name)}"

    def _units(self, fact: Fact) -> None:
        unit = fact.values["unit"]
        if unit.id in self.known_units:
            where = {k: v for k, v in self._where(fact).items() if k in ("document", "at", "basis", "quote")}
            self._add("evidence", {"fact": unit.id, **where})
            return
        self.known_units.add(unit.id)
        place = self._place(unit.place, fact)
        parent = self.reading.units.find(unit.parent) if unit.parent else None
        row: Row = {"id": unit.id, "name": unit.name, "kind": unit.kind, "level": unit.level, "place": place}
        row["place_basis"] = unit.place_basis if place and unit.place_basis != "stated" else None
        row["parent"] = parent.id if parent is not None and parent is not unit and parent.mentions else None
        if unit.kind in _UNIONS and row["parent"]:
            # a union at an office stands under the union above it, not under the office
            self._add("relations", {"from": unit.id, "kind": "union", "to": row.pop("parent"), **self._where(fact)})
        row["aliases"] = sorted(unit.aliases)
        row["valid_from"] = fact.values.get("valid_from") or self._start(unit)
        row["temporary"] = True if unit.kind in ("to_kiem_tra", "ban_chi_dao") else None
        self._add("units", {**row, **self._where(fact)})

    def _start(self, unit: Known) -> str | None:
        """A unit that a change made begins with it."""
        for event in self.reading.of("events"):
            values = event.values
            makes = values["kind"] in ("merge", "create", "split", "separate", "rename", "merge_two_seals")
            if makes and values["status"] == "in_force" and values["date"] and unit in values["outputs"]:
                return None if unit in values["inputs"] else str(values["date"])
        return None

    def _relations(self, fact: Fact) -> None:
        values = {"from": fact.values["from"].id, "kind": fact.values["kind"], "to": fact.values["to"].id}
        day = f"≤ {self.document.published}" if self.document.published else self._day(self.document.in_force)
        self._add("relations", {**values, "valid_from": day, **self._where(fact)})

    # --- people -------------------------------------------------------------------------------------------

    def _person_id(self, name: str) -> str:
        return f"{self.id}-{slug(name)}"

    def _people(self, fact: Fact) -> None:
        self._add("people", {"id": self._person_id(fact.values["name"]), **fact.values, **self._where(fact)})

    def _holder(self, fact: Fact) -> Row | None:
        """Person, unit and validity of a holding or membership; None where the unit is not known."""
        unit = fact.values["unit"]
        if not isinstance(unit, Known):
            said = self.document.quote(fact.evidence.start, fact.evidence.end)
            self.sheets["#unread"].append({"document": self.id, "text": said, **self._extra(fact.evidence)})
            return None
        day = f"≤ {self.document.published}" if self.document.published else None
        row: Row = {"person": self._person_id(fact.values["person"]), "unit": unit.id}
        if "held_from" in fact.values:
            return row | {"valid_from": fact.values["held_from"], "valid_to": fact.values["held_until"]}
        if fact.values["former"] and day is None:
            return None
        row["valid_to" if fact.values["former"] else "valid_from"] = fact.values.get("since") or day
        return row

    def _holdings(self, fact: Fact) -> None:
        row = self._holder(fact)
        if row is not None:
            said = {name: fact.values[name] for name in ("title", "mode", "weight")}
            self._add("holdings", {**row, **said, **self._where(fact)})

    def _memberships(self, fact: Fact) -> None:
        row = self._holder(fact)
        if row is not None:
            said = {name: fact.values[name] for name in ("kind", "as_written")}
            self._add("memberships", {**row, **said, **self._where(fact)})

    def _positions(self, fact: Fact) -> None:
        values = {**fact.values, "unit": fact.values["unit"].id}
        self._add("positions", {**values, **self._where(fact)})

    # --- functions, events, figures, models ------------------------------------------------------------------

    def _functions(self, fact: Fact) -> None:
        values = {name: value for name, value in fact.values.items() if not name.startswith("_")}
        values |= {"unit": fact.values["unit"].id, "id": self._fact_id(fact)}
        if values.pop("address", None):
            values["valid_from"] = self._day(self.document.in_force)
        with_event = {"#with": self._fact_id(fact.values["_with"])} if "_with" in fact.values else {}
        self._add("functions", {**values, **self._where(fact), **with_event})

    def _transfers(self, fact: Fact) -> None:
        quote = self.document.quote(fact.evidence.start, fact.evidence.end)[:600]
        self._add("transfers", {**transfer_row(fact, self._fact_id), **self._extra(fact.evidence), "#quote": quote})

    def _events(self, fact: Fact) -> None:
        values = {name: value for name, value in fact.values.items() if not name.startswith("_")}
        for part in (*values["inputs"], *values["outputs"]):
            if not part.kind:
                part.id = self._place(part.name, fact) or part.name
        outputs = [self._reborn(unit, values, fact) for unit in values["outputs"]]
        if values["kind"] in ("merge", "merge_two_seals") and values["status"] == "in_force" and not outputs:
            outputs = [self._unnamed_result(fact)]
        row: Row = {"id": self._fact_id(fact), **values}
        row["inputs"] = [unit.id for unit in values["inputs"]]
        if values["kind"] == "merge" and outputs and not row["inputs"]:
            row["kind"] = "create"  # of what it was made is not told: what is there can be loaded
        row["outputs"] = outputs
        if values["kind"] == "dissolve" and self._transferred(values["inputs"]):
            row["moves"] = ["nothing"]
        if values["kind"] == "rename":
            row["new_name"] = values["outputs"][0].name
            row["outputs"] = []
        self._add("events", {**row, **self._where(fact)})
        for says, evidence in fact.dates:
            where = self._where(Fact("events", {}, evidence))
            kept = {name: where[name] for name in ("document", "at", "basis", "quote")}
            self._add("evidence", {"fact": row["id"], "says": says, **kept})

    def _transferred(self, inputs: list[Known]) -> bool:
        return any(e.values["kind"] == "transfer" and e.values["inputs"] == inputs for e in self.reading.of("events"))

    def _reborn(self, unit: Known, values: Row, fact: Fact) -> str:
        """A new unit that takes the name of one that ends with the change."""
        if values["kind"] not in ("merge", "merge_two_seals") or unit not in values["inputs"] or not unit.kind:
            return unit.id
        id_ = f"{unit.id}-moi"
        row = next((r for r in self.sheets["units"] if r.get("id") == id_), None)
        if row is None:
            old = next(r for r in self.sheets["units"] if r["id"] == unit.id)
            start = values["date"] if values["status"] == "in_force" else None
            self._add("units", {**old, "id": id_, "valid_from": start, **self._where(fact)})
        return id_

    def _unnamed_result(self, fact: Fact) -> str:
        """What a merger made that is done, where the text does not name it: a row to be filled in."""
        inputs = fact.values["inputs"]
        id_ = f"{self._fact_id(fact)}-ket-qua"
        name = f"Đơn vị hợp nhất từ {'; '.join(unit.name for unit in inputs)} ({_NOT_NAMED})"
        row: Row = {"id": id_, "name": name, "valid_from": fact.values["date"], "note": "Điền tên nếu biết"}
        where = {**self._where(fact), "basis": "inferred"}
        if not inputs[0].kind:
            word = inputs[0].name.split()[0]
            kind = _KIND_OF_PLACE.get(word, "xa")
            name = f"{word} ({_NOT_NAMED}) {id_[-20:]}"
            self._add("places", {**row, "name": name, "kind": kind, "within": self.reading.units.home, **where})
        else:
            kinds = {unit.kind for unit in inputs}
            common = {"kind": kinds.pop() if len(kinds) == 1 else "to_chuc_khac", "level": inputs[0].level}
            self._add("units", {**row, **common, **where})
        return id_

    def _figures(self, fact: Fact) -> None:
        values = {name: value for name, value in fact.values.items() if not name.startswith("_")}
        # what the paper in which a text stands is called is no unit of it
        about = [unit.id for unit in values["about"] if unit in self.written or not unit.kind] or [self._home(fact)]
        row: Row = {"id": self._fact_id(fact), **values, "about": about}
        if self.document.published and not row["date"]:
            row["date"] = f"≤ {self.document.published}"
        self._add("figures", {**row, **self._where(fact)})

    def _models(self, fact: Fact) -> None:
        place = self._place(fact.values["place"], fact) or self._home(fact)
        row = {**fact.values, "model": slug(fact.values["model"]).upper(), "place": place}
        if self.document.published:
            row["valid_from"] = f"≤ {self.document.published}"
        self._add("models", {**row, **self._where(fact)})

    def _principles(self, fact: Fact) -> None:
        home = self.reading.units.home or self.reading.units.district
        about = [unit.id for unit in fact.values["about"]] or ([str(self._place(home, fact))] if home else [])
        row = {"id": self._fact_id(fact), **fact.values, "about": about}
        self._add("principles", {**row, **self._where(fact)})
