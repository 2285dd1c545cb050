"""Findings as candidates for the graph."""

from __future__ import annotations

from graph.findings import Candidate
from queries.overlaps.model import Finding, Found
from queries.overlaps.words import common

KIND = "overlap"


def candidates(found: Found) -> list[Candidate]:
    """The findings in the form in which they are recorded, in their order; those by nature are left out."""
    return [candidate(finding, found) for finding in found.findings if not finding.relation]


def candidate(finding: Finding, found: Found) -> Candidate:
    """One finding with its members, the parts of its score and what was matched."""
    first, second = (found.statements[side.function] for side in finding.sides[:2])
    matched = common(first, second)
    return Candidate(
        KIND,
        finding.key,
        round(finding.score, 6),
        finding.cls,
        finding.members,
        {
            "parts": [part._asdict() for part in finding.parts],
            "words": matched.words,
            "concepts": matched.concepts,
            "a_actions": matched.a_actions,
            "b_actions": matched.b_actions,
            "set_aside": sorted({*matched.a_set_aside, *matched.b_set_aside}),
            "cross_system": finding.cross_system,
            "certain": finding.certain,
            "group": finding.group,
        },
        summary=summary(finding),
        place=finding.place,
    )


def summary(finding: Finding) -> str:
    """What it is about, in one line."""
    units = list(dict.fromkeys(side.host.name for side in finding.sides))
    return f"{' / '.join(units[:4])}{' …' if len(units) > 4 else ''}: {finding.sides[0].text[:120]}"
