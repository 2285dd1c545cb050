"""What all sheets share when their records become facts: dates, evidence, references, problems."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.collected import Collected
from graph.dates import FuzzyDate, as_properties
from graph.errors import Problem
from graph.facts import Properties
from loaders.directory import Directory, Entry, Miss
from loaders.parse import Record


class Builder:
    """The facts that are being made, and the problems met on the way."""

    def __init__(self, directory: Directory, facts: Collected) -> None:
        self.directory = directory
        self.facts = facts
        self.problems: list[Problem] = []
        self.notices: list[str] = []

    def problem(self, record: Record, column: str, message: str, remedy: str = "") -> None:
        """Note a problem in one cell."""
        self.problems.append(record.problem(column, message, remedy))

    def resolve(
        self,
        record: Record,
        column: str,
        labels: Sequence[str],
        *,
        text: str | None = None,
        place: str = "",
        when: FuzzyDate | None = None,
        prefer: Callable[[Entry], bool] | None = None,
    ) -> Entry | None:
        """The entry that a cell refers to; None where the cell is empty or the reference is wrong."""
        wanted = text if text is not None else record.values.get(column)
        if not isinstance(wanted, str) or not wanted:
            return None
        found = self.directory.resolve(wanted, labels, place=place, when=when, prefer=prefer)
        if isinstance(found, Miss):
            self.problem(record, column, found.message, found.remedy)
            return None
        return found

    def place(self, record: Record) -> str:
        """The id of the place in the row's `place` cell; empty where there is none."""
        found = self.resolve(record, "place", ["Place"])
        return found.id if found else ""

    def common(self, record: Record, *, validity: bool = True) -> Properties:
        """The properties that every fact of the row has: dates, basis, note, origin."""
        values = record.values
        properties: Properties = {
            "basis": values.get("basis", "stated"),
            "load_at": f"{record.file} {record.at}",
        }
        if values.get("note"):
            properties["note"] = values["note"]
        if validity:
            properties.update(self.dates(record))
        return properties

    def dates(self, record: Record) -> Properties:
        """valid_from and valid_to of the row, checked against each other."""
        start, end = date_of(record, "valid_from"), date_of(record, "valid_to")
        if start and end and (end.certainly_before(start) or end.latest < start.latest):
            self.problem(record, "valid_to", f"ends before it starts ({start})", "swap or correct the dates")
            return {}
        return {**as_properties("valid_from", start), **as_properties("valid_to", end)}

    def state(self, record: Record, label: str, node: str, *facts: str) -> None:
        """Link the facts to the document that the row cites; the evidence starts at the node with that label."""
        document = self.resolve(record, "document", ["Document"])
        if document is None:
            return
        for fact in facts:
            properties: Properties = {"fact": fact, "basis": record.values.get("basis", "stated")}
            for name in ("at", "quote"):
                if record.values.get(name):
                    properties[name] = record.values[name]
            self.facts.add_relationship("STATED_IN", node, document.id, properties, (label, "Document"))

    def relate(
        self, type_: str, start: str, end: str, properties: Properties, labels: tuple[str, str] | None = None
    ) -> str:
        """Add a relationship and return its id; `labels` of its ends, where its type has several."""
        return self.facts.add_relationship(type_, start, end, properties, labels)


def date_of(record: Record, column: str) -> FuzzyDate | None:
    """The date in a column, None where it is empty."""
    value = record.values.get(column)
    return value if isinstance(value, FuzzyDate) else None


def text_of(record: Record, column: str) -> str:
    """The text in a column, empty where there is none."""
    value = record.values.get(column)
    return value if isinstance(value, str) else ""


def texts_of(record: Record, column: str) -> list[str]:
    """The texts in a list column."""
    value = record.values.get(column)
    return list(value) if isinstance(value, list) else []


def chosen(record: Record, *columns: str) -> Properties:
    """The filled ones of these columns as properties."""
    return {c: record.values[c] for c in columns if record.values.get(c) not in (None, "", [])}
