"""What reading makes: facts with their evidence, and the reading of a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from loaders.reading.document import Document
from loaders.reading.evidence import Evidence
from loaders.reading.known import Register


@dataclass(slots=True, eq=False)
class Fact:
    """A row of a sheet of loaders/sheets.yaml, with its evidence; further places in `also`."""

    sheet: str
    values: dict[str, Any]
    evidence: Evidence
    also: list[Evidence] = field(default_factory=list)
    dates: list[tuple[str, Evidence]] = field(default_factory=list)  # other dates that the text gives


@dataclass(slots=True)
class Remark:
    """What a person should look at: `text` says what, `places` has the words, `facts` those that it is about."""

    kind: str
    text: str
    places: list[Evidence]
    facts: list[Fact] = field(default_factory=list)


@dataclass
class Reading:
    """All that was read in a document. `unread`: what was seen and not understood; `remarks`: numbers that do
    not agree with each other."""

    document: Document
    facts: list[Fact] = field(default_factory=list)
    unread: list[tuple[str, Evidence]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    units: Register = field(default_factory=Register)

    def of(self, sheet: str) -> list[Fact]:
        """The facts of a sheet in their order."""
        return [fact for fact in self.facts if fact.sheet == sheet]
