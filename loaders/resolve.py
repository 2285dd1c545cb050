"""Records of all sheets to facts: references resolved, ids given, evidence linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.errors import Problem
from graph.facts import Facts, collector_off
from graph.store import Store
from graph.titles import parse_posts
from loaders import matters, people, units
from loaders.builder import Builder, text_of, texts_of
from loaders.directory import Directory
from loaders.headers import sheets
from loaders.parse import Record
from loaders.references import cuts_at_place, read_reference


@collector_off()
def resolve(records: Iterable[Record], store: Store | None) -> tuple[Facts, list[Problem], list[str]]:
    """The facts that the records state, the problems met, and notices.

    `store` is asked for what the records refer to and do not bring themselves.
    """
    by_sheet: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_sheet[record.sheet].append(record)
    directory = Directory(store)
    builder = Builder(directory)
    if directory.stored:
        _preload(directory, by_sheet)
    matters.add_known_models(builder)
    matters.add_documents(builder, by_sheet["documents"])
    matters.add_citations(builder, by_sheet["citations"])
    units.add_places(builder, by_sheet["places"])
    units.UnitRows(builder, by_sheet["units"]).add()
    matters.add_issuers(builder, by_sheet["documents"])
    units.add_relations(builder, by_sheet["relations"])
    positions = people.Positions(builder)
    if directory.stored:
        positions.preload(_units_with_posts(builder, by_sheet))
    positions.add(by_sheet["positions"])
    persons = people.People(builder)
    persons.add(by_sheet["people"])
    people.add_holdings(builder, by_sheet["holdings"], positions, persons)
    people.add_memberships(builder, by_sheet["memberships"], persons)
    matters.add_functions(builder, by_sheet["functions"])
    matters.add_events(builder, by_sheet["events"])
    matters.add_transfers(builder, by_sheet["transfers"])
    matters.add_models(builder, by_sheet["models"])
    matters.add_figures(builder, by_sheet["figures"])
    matters.add_principles(builder, by_sheet["principles"])
    matters.add_evidence(builder, by_sheet["evidence"])
    return builder.facts, builder.problems, builder.notices


def _preload(directory: Directory, by_sheet: dict[str, list[Record]]) -> None:
    """Ask the store once for everything that any cell may refer to."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for sheet, records in by_sheet.items():
        columns = sheets()[sheet].columns
        references = {name: column.to for name, column in columns.items() if column.to}
        for record in records:
            for name, labels in references.items():
                texts = texts_of(record, name) or [text_of(record, name)]
                for label in labels:
                    wanted[label].update(text for text in texts if text)
            if sheet == "units":
                wanted["Unit"].add(text_of(record, "name"))
            if sheet == "documents" and record.values.get("number"):
                wanted["Document"].add(text_of(record, "number"))
            if sheet == "holdings" and not record.values.get("unit"):
                wanted["Unit"].update(_units_in_title(text_of(record, "title")))
    for place_first in ("Place", *sorted(set(wanted) - {"Place"})):
        directory.preload(place_first, wanted[place_first])
    directory.preload("Place", _places_inside(text for texts in wanted.values() for text in texts))


def _places_inside(references: Iterable[str]) -> set[str]:
    """The places that references name: `… @ tỉnh Gia Lai`, or `… tỉnh Gia Lai`."""
    found: set[str] = set()
    for text in references:
        reference = read_reference(text)
        found.update([reference.place] if reference.place else [])
        found.update(place for _, place in cuts_at_place(reference.name))
    return found


def _units_in_title(title: str) -> list[str]:
    parsed = parse_posts(title)
    posts = [post.unit_name for post in parsed.posts]
    return [name for name in [*posts, *(each.unit_name for each in parsed.memberships)] if name]


def _units_with_posts(builder: Builder, by_sheet: dict[str, list[Record]]) -> list[str]:
    """The stored units that rows of positions or holdings are about."""
    names: set[str] = set()
    for sheet in ("positions", "holdings"):
        for record in by_sheet[sheet]:
            unit = text_of(record, "unit")
            names.update([unit] if unit else _units_in_title(text_of(record, "title")))
    found: set[str] = set()
    for name in names:
        entry = builder.directory.get(name)
        found.update(
            [entry.id]
            if entry
            else [e.id for e in builder.directory.candidates("Unit", name.split(" @ ")[0])]
        )
    return sorted(found)
