"""Where a fact stands in a document, and how it was found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands and how it was found. The span is of the normal text; `basis` is a code of
    `basis`; `confidence` is between 0 and 1; `rule` names what found it."""

    paragraph: int
    start: int
    end: int
    basis: str = "stated"
    confidence: float = 0.9
    rule: str = ""
