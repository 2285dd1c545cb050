"""Records of all sheets to facts: references resolved, ids given, evidence linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import overload

from graph.collected import Collected
from graph.errors import Problem
from graph.facts import Facts, collector_off
from graph.store import Store
from graph.titles import parse_posts
from loaders import matters, people, units
from loaders.builder import Builder, text_of, texts_of
from loaders.directory import Directory
from loaders.headers import sheets as known_sheets
from loaders.parse import Record
from loaders.references import cuts_at_place, read_reference


def resolve(records: Iterable[Record], store: Store | None) -> tuple[Facts, list[Problem], list[str]]:
    """The facts that the records state, the problems met, and notices; all in memory.

    `store` is asked for what the records refer to and do not bring themselves.
    """
    by_sheet: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_sheet[record.sheet].append(record)
    collected, problems, notices = collect(by_sheet, store, Collected(limit=inf))
    return collected.few, problems, notices


@collector_off()
def collect(
    sheets: Mapping[str, Sequence[Record]],
    store: Store | None,
    facts: Collected,
    gone_through: Callable[[], None] = lambda: None,
) -> tuple[Collected, list[Problem], list[str]]:
    """As `resolve`, with as many records and facts as there are.

    `gone_through` is called for each of the records that are `to_go_through`.
    """
    by_sheet: dict[str, Sequence[Record]] = {
        name: _Counted(sheets.get(name, ()), gone_through) for name in known_sheets()
    }
    directory = Directory(store, _referred(sheets))
    builder = Builder(directory, facts)
    if directory.stored:
        _preload(directory, sheets)
    matters.add_known_models(builder)
    matters.add_documents(builder, by_sheet["documents"])
    matters.add_citations(builder, by_sheet["citations"])
    units.add_places(builder, by_sheet["places"])
    units.UnitRows(builder, by_sheet["units"]).add()
    matters.add_issuers(builder, by_sheet["documents"])
    units.add_relations(builder, by_sheet["relations"])
    positions = people.Positions(builder)
    if directory.stored:
        positions.preload(_units_with_posts(builder, sheets))
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
    facts.close()
    return facts, builder.problems, builder.notices


def to_go_through(sheets: Mapping[str, Sequence[Record]]) -> int:
    """The records of all sheets, those that are gone through twice counted twice."""
    return sum(len(records) * (2 if name in _TWICE else 1) for name, records in sheets.items())


# documents and their issuers; units are named before they are made
_TWICE = ("documents", "units")


class _Counted(Sequence[Record]):
    """Records that are counted as they are gone through."""

    def __init__(self, records: Sequence[Record], gone_through: Callable[[], None]) -> None:
        self._records = records
        self._gone_through = gone_through

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self._gone_through()
            yield record

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Sequence[Record]:
        return self._records[index]


def _referred(sheets: Mapping[str, Sequence[Record]]) -> set[str]:
    """The labels that the columns of these sheets can refer to."""
    return {label for name in sheets for column in known_sheets()[name].columns.values() for label in column.to}


def _preload(directory: Directory, by_sheet: Mapping[str, Sequence[Record]]) -> None:
    """Ask the store once for everything that any cell may refer to."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for sheet, records in by_sheet.items():
        columns = known_sheets()[sheet].columns
        references = {name: column.to for name, column in columns.items() if column.to}
        for record in records:
            for name, labels in references.items():
                texts = texts_of(record, name) or [text_of(record, name)]
                for label in labels:
                    wanted[label].update(text for text in texts if text)
            if sheet in ("units", "places"):
                wanted["Unit" if sheet == "units" else "Place"].add(text_of(record, "name"))
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


def _units_with_posts(builder: Builder, by_sheet: Mapping[str, Sequence[Record]]) -> list[str]:
    """The stored units that rows of positions or holdings are about."""
    names: set[str] = set()
    for sheet in ("positions", "holdings"):
        for record in by_sheet.get(sheet, ()):
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
