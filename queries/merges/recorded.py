"""Proposals as candidates for the graph."""

from __future__ import annotations

from graph.findings import Candidate
from queries.merges.model import Proposal

KIND = "merge"


def candidate(proposal: Proposal) -> Candidate:
    """One proposal with its members, its waterfall, what it would save, and its precedents."""
    saving = proposal.saving
    return Candidate(
        KIND,
        proposal.key,
        round(proposal.score, 6),
        KIND,
        tuple(("Unit", unit.id, "unit") for unit in proposal.units),
        {
            "parts": [part._asdict() for part in proposal.parts],
            "saving": {
                "units": saving.units,
                "heads": saving.heads,
                "deputies": saving.deputies,
                "staff": saving.staff,
                "assumptions": [[code, values] for code, values in saving.assumptions],
            }
            if saving
            else None,
            "precedents": [event.id for event in proposal.precedents],
        },
        summary=" + ".join(unit.name for unit in proposal.units),
        place=proposal.units[0].place,
    )
