"""Proposals of mergers as rows: short ones for the screen, full ones for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bomay.labels import label as word
from graph.vocabulary import label
from queries.merges.model import Happened, Part, Proposal
from queries.overlaps.words import with_concept_names

Rows = tuple[list[str], list[list[Any]]]
# how many reasons a row of the screen gives
REASONS = 4
# the least contribution that is worth a word
SLIGHT = 0.2


class Counts(NamedTuple):
    """What was looked at: units, those without a function, functions that may have begun later."""

    units: int
    silent: int
    uncertain: int


def screen_rows(found: Sequence[Proposal], lang: str) -> Rows:
    """What fits a terminal."""
    several = len({unit.place for each in found for unit in each.units}) > 1
    rows: list[list[Any]] = []
    for number, each in enumerate(found, 1):
        names = [unit.name for unit in each.units]
        if several and each.units[0].place_name:
            names.append(f"({each.units[0].place_name})")
        mark = f" {word('merges.accepted_mark', lang)}" if each.accepted else ""
        rows.append(
            [
                number,
                f"{shown(each.score, lang)}{mark}",
                names,
                reasons(each.parts, lang),
                objections(each.parts, lang),
                saved(each, lang),
                [precedent(event) for event in each.precedents[:1]],
            ]
        )
    columns = ["n", "score", "units", "why", "against", "saving", "precedents"]
    # a column in which nothing stands takes room from the others
    told = [i for i in range(len(columns)) if any(row[i] not in ("", [], None) for row in rows)]
    return [columns[i] for i in told], [[row[i] for i in told] for row in rows]


def full_rows(found: Sequence[Proposal], lang: str) -> Rows:
    """Everything, one row a proposal."""
    rows: list[list[Any]] = []
    for number, each in enumerate(found, 1):
        saving = each.saving
        rows.append(
            [
                number,
                each.key,
                round(each.score, 6),
                each.accepted,
                [unit.name for unit in each.units],
                [unit.id for unit in each.units],
                each.units[0].place_name,
                label("levels", each.units[0].level, lang),
                [label("systems", unit.system, lang) for unit in each.units],
                each.odds,
                {part.name: part.contribution for part in each.parts},
                [reason(part, lang) for part in each.parts if part.name != "intercept" and part.contribution > 0],
                [reason(part, lang) for part in each.parts if part.name != "intercept" and part.contribution < 0],
                saving.units if saving else None,
                saving.heads if saving else None,
                saving.deputies if saving else None,
                saving.staff if saving else None,
                assumptions(each, lang),
                [precedent(event) for event in each.precedents],
            ]
        )
    columns = [
        "n", "key", "score", "accepted", "units", "ids", "place", "level", "systems", "odds", "parts", "why", "against",
        "saves_units", "saves_heads", "saves_deputies", "saves_staff", "assumptions", "precedents",
    ]  # fmt: skip
    return columns, rows


def reasons(parts: Sequence[Part], lang: str) -> list[str]:
    """What speaks most for it, in words."""
    kept = [p for p in parts if p.name != "intercept" and p.contribution >= SLIGHT]
    return [f"{part_name(p.name, lang)} {amount(p.contribution, lang)}" for p in kept[:REASONS]]


def objections(parts: Sequence[Part], lang: str) -> list[str]:
    """What speaks against it."""
    kept = [p for p in parts if p.name != "intercept" and p.contribution < -0.05]
    return [f"{part_name(p.name, lang)} {amount(p.contribution, lang)}" for p in kept]


def reason(part: Part, lang: str) -> str:
    """One part with all that it rests on."""
    behind = "; ".join(each for each in (detail(part, lang), part.source) if each)
    return f"{part_name(part.name, lang)} {amount(part.contribution, lang)}" + (f" ({behind})" if behind else "")


def detail(part: Part, lang: str) -> str:
    """What a part rests on; shares as percent."""
    if part.name in ("covers_more", "covers_less"):
        return "; ".join(each for each in (f"{part.value:.0%}", part.detail) if each)
    # only these are made of codes of concepts
    return with_concept_names(part.detail) if part.name == "near" else part.detail


def part_name(name: str, lang: str) -> str:
    return word(f"merges.part.{name}", lang)


def saved(each: Proposal, lang: str) -> list[str]:
    """Units, heads, deputies, staff, those that are known."""
    saving = each.saving
    if saving is None:
        return []
    numbers: Mapping[str, float | None] = {
        "units": saving.units,
        "heads": saving.heads,
        "deputies": saving.deputies,
        "staff": saving.staff,
    }
    return [word(f"merges.saved_{name}", lang).format(n=f"{n:g}") for name, n in numbers.items() if n]


def assumptions(each: Proposal, lang: str) -> list[str]:
    """On what the savings rest."""
    if each.saving is None:
        return []
    found = []
    for code, values in each.saving.assumptions:
        plain = {name: f"{value:g}" if isinstance(value, int | float) else value for name, value in values.items()}
        found.append(word(f"merges.assume_{code}", lang).format(**plain))
    return found


def precedent(event: Happened) -> str:
    """A past merger with place, date and document."""
    place = next((unit.place_name for unit in event.units if unit.place_name), "")
    names = " + ".join(unit.name for unit in event.units)
    where = ", ".join(each for each in (place, f"{event.date:%d/%m/%Y}", "; ".join(event.documents)) if each)
    return f"{names} ({where})"


def note(found: Sequence[Proposal], listed: Sequence[Proposal], counts: Counts, proven: bool, lang: str) -> str:
    """What was looked at, and what is not shown."""
    lines = [word("merges.note", lang).format(n=len(found), units=counts.units, silent=counts.silent)]
    if counts.uncertain:
        lines.append(word("merges.uncertain", lang).format(n=counts.uncertain))
    if len(listed) < len(found):
        lines.append(word("merges.more", lang).format(n=len(found) - len(listed)))
    if not proven:
        lines.append(word("merges.not_proven", lang))
    lines.append(word("merges.note_explain", lang))
    return "\n".join(lines)


def shown(value: float, lang: str) -> str:
    text = f"{value:.2f}"
    return text.replace(".", ",") if lang == "vi" else text


def amount(value: float, lang: str) -> str:
    text = f"{value:+.2f}".replace("-", "−")
    return text.replace(".", ",") if lang == "vi" else text
