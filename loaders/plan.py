"""Plans: read from a file and checked against the graph's names; recorded when they are adopted.

read_plan(store, path)  → Scenario: nothing is written
adopt(store, scenario)  → Report of a load like any other, which `bomay load --undo` takes back
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.errors import InputErrors, Problem, UserError
from graph.facts import Facts, fact_id
from graph.scenario import Scenario
from graph.store import Store
from graph.text import key, nearest
from loaders.cells import CellError, converter
from loaders.directory import Entry, Miss
from loaders.load import Report, load
from loaders.parse import parse
from loaders.plan_file import RawPlan, columns, read_raw
from loaders.plan_names import Names
from loaders.plan_steps import Steps
from loaders.resolve import resolve
from loaders.tables import Row, Table

Sheets = dict[str, list[tuple[dict[str, Any], str]]]
CLASSES = {"special": "special", "đặc biệt": "special", "i": "I", "1": "I", "ii": "II", "2": "II", "iii": "III"}
CLASSES["3"] = "III"
# the endings of document numbers → kinds of documents
_NUMBERED = {"nq": "resolution", "qđ": "decision", "nđ": "decree", "kl": "conclusion", "ct": "directive"}
_NUMBERED |= {"tt": "circular", "kh": "plan", "đa": "scheme", "hd": "guidance", "bc": "report"}


def read_plan(store: Store, path: Path) -> Scenario:
    """The plan of a file, its names found in the graph. Raises InputErrors with all problems at once."""
    return _read(store, path)[0]


def _read(store: Store, path: Path) -> tuple[Scenario, Sheets]:
    raw = read_raw(path)
    names = Names(raw, store)
    if not names.directory.stored:
        raise UserError("the store has no facts yet for a plan to be about", "load some first: bomay load FILE")
    names.preload()
    header = _header(raw, names)
    plan_id = fact_id("plan", key(header["title"] or ""), header["place"], header["date"] or "")
    steps = Steps(raw, names, plan_id, header["place"], header["date"])
    for step in raw.steps:
        steps.add(step)
    if not raw.steps and not raw.problems:
        raw.problem("", "the plan has no steps", "list them under các bước (steps)")
    if raw.problems:
        raise InputErrors(sorted(raw.problems, key=_line))
    sheets: Sheets = {**_documents(raw, plan_id, header, names), **steps.rows}
    scenario = Scenario(
        id=plan_id,
        file=raw.file,
        title=header["title"],
        place=header["place"],
        place_name=header["place_name"],
        steps=tuple(steps.steps),
        facts=_facts(store, sheets, raw.file),
        author=header["author"] or "",
        basis=tuple(header["basis"] or ()),
        note=header["note"] or "",
        status=header["status"] or "",
        province_class=header["province_class"] or "",
        notices=tuple(steps.notices),
        new_people=tuple(steps.new_people),
    )
    return scenario, sheets


def _line(problem: Problem) -> tuple[int, str]:
    digits = "".join(c if c.isdigit() else " " for c in problem.cell).split()
    return (int(digits[-1]) if digits else 0, problem.cell)


# ---------------------------------------------------------------------- the header


def _header(raw: RawPlan, names: Names) -> dict[str, Any]:
    known = columns("header")
    values: dict[str, Any] = dict.fromkeys([*known, "place_name"])
    for name, item in raw.header.items():
        value = [each.value for each in item.value] if isinstance(item.value, list) else item.value
        try:
            values[name] = converter(known[name])(value)
        except (CellError, TypeError) as error:
            remedy = error.remedy if isinstance(error, CellError) else ""
            raw.problem(item.at, f"{known[name].vi} ({name}): {error}", remedy, value)
    if not values["title"] and "title" not in raw.header:
        raw.problem("", "the plan has no title", "write at the top:  tên: Phương án sắp xếp …")
    if values["province_class"]:
        item = raw.header["province_class"]
        chosen = CLASSES.get(str(values["province_class"]).casefold().removeprefix("loại "))
        if chosen is None:
            raw.problem(item.at, "loại tỉnh (province_class) is one of: đặc biệt, I, II, III", found=item.value)
        values["province_class"] = chosen
    place = _place(raw, names, values["place"])
    values |= {"place": place.id if place else "", "place_name": place.name if place else ""}
    return values


def _place(raw: RawPlan, names: Names, text: str | None) -> Entry | None:
    if not text:
        return None
    found = names.directory.resolve(text, ["Place"])
    if isinstance(found, Miss):
        every = names.store.read("MATCH (p:Place) RETURN DISTINCT p.name AS name").column("name")
        close = nearest(text, every)
        raw.problem(raw.header["place"].at, found.message, f"nearest: {'; '.join(close)}" if close else found.remedy)
        return None
    return found


def _documents(raw: RawPlan, plan_id: str, header: Mapping[str, Any], names: Names) -> Sheets:
    """The plan itself as a document, and what it rests on."""
    document = {"id": f"doc-{plan_id}", "kind": "scheme", "title": header["title"]}
    document |= {name: header[key_] for name, key_ in (("issuer", "author"), ("note", "note")) if header[key_]}
    rows, citations = [(document, "")], []
    for text in header["basis"] or ():
        found = names.directory.resolve(text, ["Document"])
        if isinstance(found, Entry):
            cited = found.id
        else:
            cited = fact_id("doc", "number", key(text), "")
            rows.append(({"id": cited, "number": text, "kind": _document_kind(text)}, ""))
        citations.append(({"document": document["id"], "cites": cited, "kind": "implements"}, ""))
    return {"documents": rows, "citations": citations} if citations else {"documents": rows}


def _document_kind(number: str) -> str:
    parts = number.casefold().replace("/", " ").replace("-", " ").split()
    return next((_NUMBERED[part] for part in parts if part in _NUMBERED), "other")


# ---------------------------------------------------------------------- facts


def _facts(store: Store, sheets: Sheets, file: str) -> Facts:
    """The rows of the plan as facts, through the same code that facts of files go through."""
    tables: list[Table] = []
    for sheet, rows in sheets.items():
        header = list(dict.fromkeys(name for row, _ in rows for name in row))
        cells = [Row(number, [row.get(name) for name in header]) for number, (row, _) in enumerate(rows)]
        tables.append(Table(file=file, name=sheet, form="structured", rows=cells, header=header))
    parsed = parse(tables)
    facts, problems, _ = resolve(parsed.records, store)
    if parsed.problems or problems:
        raise InputErrors([_at_step(problem, sheets) for problem in [*parsed.problems, *problems]])
    return facts


def _at_step(problem: Problem, sheets: Sheets) -> Problem:
    """The problem of a row, said of the step that the row was made from."""
    digits = problem.cell.partition("[")[2].partition("]")[0]
    rows = sheets.get(problem.sheet, [])
    at = rows[int(digits)][1] if digits.isdigit() and int(digits) < len(rows) else ""
    return replace(problem, sheet="", cell=at or problem.cell)


# ---------------------------------------------------------------------- adopting


def status_of(scenario: Scenario, today: dt.date) -> str:
    """With which status the plan is recorded: its own, or in force, or adopted while a step lies ahead."""
    return scenario.status or ("in_force" if scenario.end <= today else "adopted")


def adopt(store: Store, path: Path, status: str, *, dry_run: bool = False) -> Report:
    """Record the plan's steps as events, with the plan as their evidence; a load like any other.

    With `in_force` the events are applied. With any other status they are records: what they would
    make is named (`new_name`) and does not exist yet; adopted again in force, the same events are applied.
    Raises what `loaders.load` raises: nothing is written then.
    """
    _, sheets = _read(store, path)
    rows = recorded(sheets, status)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (path.stem + ".json")
        content = {sheet: [row for row, _ in listed] for sheet, listed in rows.items() if listed}
        file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return load(store, [file], dry_run=dry_run)


def recorded(sheets: Mapping[str, Sequence[tuple[dict[str, Any], str]]], status: str) -> Sheets:
    """The rows as they are recorded with a status: only events in force make units and posts."""
    if status == "in_force":
        return {sheet: list(rows) for sheet, rows in sheets.items()}
    new_units = {row["id"]: row["name"] for row, _ in sheets.get("units", ())}
    new = {*new_units, *(row["id"] for sheet in ("positions", "people") for row, _ in sheets.get(sheet, ()))}
    events: list[tuple[dict[str, Any], str]] = []
    for row, at in sheets["events"]:
        kept = {**row, "status": status}
        for side in ("inputs", "outputs"):
            kept[side] = [id_ for id_ in row.get(side, ()) if id_ not in new]
        named = [new_units[id_] for id_ in row.get("outputs", ()) if id_ in new_units]
        if named:
            kept["new_name"] = "; ".join(named)
        events.append(({name: value for name, value in kept.items() if value != []}, at))
    transfers = [
        (row, at) for row, at in sheets.get("transfers", ()) if not new & {row["to"], row.get("from"), row["what"]}
    ]
    return {
        **{sheet: list(rows) for sheet, rows in sheets.items() if sheet in ("documents", "citations")},
        "events": events,
        "transfers": transfers,
    }
