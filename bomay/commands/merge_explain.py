"""One proposal explained: its units, the waterfall of its score, what it would save, what happened elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from bomay.commands.merge_rows import assumptions, detail, part_name, precedent, saved, shown
from bomay.labels import label as word
from graph.errors import UserError
from graph.vocabulary import label
from queries.merges.model import Proposal
from viz.waterfall import Step, Waterfall, as_text


def chosen(found: Sequence[Proposal], given: str) -> Proposal:
    """The proposal with this number in the list, or the one whose key begins so. Raises UserError."""
    if given.isdecimal() and len(given) < 7:
        if not 1 <= int(given) <= len(found):
            raise UserError(f"the list has {len(found)} groups, not {given}", "a number of the list, a key, or --least")
        return found[int(given) - 1]
    fitting = [each for each in found if each.key.startswith(given)]
    if len(fitting) == 1:
        return fitting[0]
    raise UserError(f"{len(fitting) or 'no'} groups have a key that begins with {given!r}", "the number of the row")


def waterfall(each: Proposal, lang: str) -> Waterfall:
    """The parts of the score; the base is the intercept."""
    base = sum(part.contribution for part in each.parts if part.name == "intercept")
    steps = tuple(
        Step(
            part_name(part.name, lang),
            part.contribution,
            "; ".join(text for text in (detail(part, lang), part.source) if text),
        )
        for part in each.parts
        if part.name != "intercept" and part.contribution
    )
    return Waterfall(
        f"{word('merges.explained', lang)} · {each.key}",
        part_name("intercept", lang),
        base,
        steps,
        word("merges.total", lang),
        f"{word('merges.probability', lang)} {shown(each.score, lang)}",
        tuple(unit.name for unit in each.units),
        lang,
    )


def explained(each: Proposal, lang: str, width: int) -> str:
    """All of it as text."""
    lines = [as_text(waterfall(each, lang), width)]
    place = each.units[0].place_name
    for unit in each.units:
        system, level = label("systems", unit.system, lang), label("levels", unit.level, lang)
        lines.append(f"  {unit.name} [{unit.id}]: {', '.join(part for part in (system, level, place) if part)}")
    for heading, items in (
        ("saving", saved(each, lang)),
        ("assumptions", assumptions(each, lang)),
        ("precedents", [precedent(event) for event in each.precedents] or [word("merges.no_precedent", lang)]),
    ):
        lines += ["", f"{word(f'merges.{heading}', lang).capitalize()}:"]
        for item in items:
            lines += wrap(item, width, initial_indent="  · ", subsequent_indent="    ")
    if each.accepted:
        lines += ["", word("merges.accepted", lang)]
    return "\n".join(lines) + "\n"
