"""One overlap explained: what was matched, the waterfall of its score, the evidence of both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from bomay.commands.overlap_rows import Judged, matched_words, verdict_of
from bomay.labels import label as word
from graph.errors import UserError
from graph.vocabulary import label
from queries.overlaps.evidence import Source
from queries.overlaps.model import Finding, Found
from queries.overlaps.words import concept_name, with_concept_names
from viz.waterfall import Step, Waterfall, as_text


def chosen(findings: Sequence[Finding], given: str) -> Finding:
    """The finding with this number in the list, or the one whose key begins so. Raises UserError."""
    if given.isdecimal() and len(given) < 7:
        if not 1 <= int(given) <= len(findings):
            raise UserError(f"the list has {len(findings)} rows, not {given}", "give a number of the list, or a key")
        return findings[int(given) - 1]
    fitting = [each for each in findings if each.key.startswith(given)]
    if len(fitting) == 1:
        return fitting[0]
    raise UserError(
        f"{len(fitting) or 'no'} findings of the list have a key that begins with {given!r}",
        "give the number of the row, or more of the key; --within and --all show more findings",
    )


def waterfall(each: Finding, found: Found, lang: str) -> Waterfall:
    """The parts of the score; the base is the intercept."""
    base = sum(part.contribution for part in each.parts if part.name == "intercept")
    steps = tuple(
        Step(_part(part.name, lang), part.contribution, with_concept_names(part.detail))
        for part in each.parts
        if part.name != "intercept" and part.contribution
    )
    total = base + sum(step.amount for step in steps)
    share = f"{word('overlaps.probability', lang)} {1 / (1 + exp(-total)):.2f}"
    return Waterfall(
        f"{label('finding_classes', each.cls, lang).capitalize()} · {each.key}",
        word("overlaps.part_intercept", lang),
        base,
        steps,
        word("overlaps.total", lang),
        share.replace(".", ",") if lang == "vi" else share,
        tuple(f"{side.host.name}: {side.text}" for side in each.sides),
        lang,
    )


def explained(
    each: Finding,
    found: Found,
    judged: Judged,
    evidence: Mapping[str, Sequence[Source]],
    lang: str,
    width: int,
) -> str:
    """All of it as text."""
    matched = matched_words(each, found)
    lines = []
    for side in each.sides:
        place = f", {side.host.place_name}" if side.host.place_name else ""
        system, level = label("systems", side.host.system, lang), label("levels", side.host.level, lang)
        lines += [f"{side.host.name} ({system}, {word('overlaps.level', lang)} {level}{place})", f"  {side.text}"]
        sources = evidence.get(side.name, ())
        said = [f"{source} ({label('basis', source.basis, lang)})" for source in sources]
        lines.append(f"  {word('overlaps.documents', lang)}: {'; '.join(said) or word('overlaps.no_document', lang)}")
        if not side.certain:
            lines.append(f"  {word('overlaps.uncertain', lang)}")
    actions = [" / ".join(side) or "–" for side in (matched.a_actions, matched.b_actions)]
    pairs = [
        ("words", ", ".join(matched.words)),
        ("concepts", ", ".join(map(concept_name, matched.concepts))),
        ("actions", " ↔ ".join(actions) if any(actions) else ""),
        ("set_aside", ", ".join(dict.fromkeys([*matched.a_set_aside, *matched.b_set_aside]))),
        ("systems", word("overlaps.cross_system", lang) if each.cross_system else ""),
        ("relation", word(f"overlaps.relation_{each.relation}", lang) if each.relation else ""),
        ("verdict", verdict_of(judged.get(each.key), lang)),
        ("reason", judged[each.key].reason if each.key in judged else ""),
    ]
    lines.append("")
    lines += [f"{word(f'overlaps.{name}', lang)}: {text}" for name, text in pairs if text]
    if each.cls == "fragmentation":
        lines.append(word("overlaps.weakest", lang))
    return as_text(waterfall(each, found, lang), width) + "\n" + "\n".join(lines) + "\n"


def _part(name: str, lang: str) -> str:
    """What a part of a score is called; the name itself for a part that has no label."""
    try:
        return word(f"overlaps.part_{name}", lang)
    except KeyError:
        return name.replace("_", " ")
