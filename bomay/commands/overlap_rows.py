"""Overlaps as rows: few columns for a screen, all of them for other programs, and one explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bomay.labels import label as word
from graph.findings import Judgement
from queries.overlaps.evidence import Source
from queries.overlaps.model import Finding, Found, Side
from queries.overlaps.words import Common, common, concept_name, with_concept_names

KEY_SHOWN = 10  # characters of a key on a screen; any beginning that is unique is taken
SIDES_SHOWN = 5  # of a group, beside the first
Rows = tuple[list[str], list[list[Any]]]
Judged = Mapping[str, Judgement]


def screen_rows(findings: Sequence[Finding], found: Found, judged: Judged, lang: str) -> Rows:
    """For reading: both functions with their units, and why."""
    rows: list[list[Any]] = []
    for number, each in enumerate(findings, 1):
        first, *others = each.sides
        rows.append(
            [
                number,
                f"{each.score:.2f}".replace(".", "," if lang == "vi" else "."),
                _code("finding_classes", each.cls, lang),
                _side(first, lang),
                "\n\n".join([*(_side(side, lang) for side in others[:SIDES_SHOWN]), *_more(others, lang)]),
                "\n".join(why(each, found, judged, lang)),
                each.key[:KEY_SHOWN],
            ]
        )
    return ["n", "score", "class", "a", "b", "why", "key"], rows


def _more(others: Sequence[Side], lang: str) -> list[str]:
    count = len(others) - SIDES_SHOWN
    return [word("overlaps.more_sides", lang).format(n=count)] if count > 0 else []


def _side(side: Side, lang: str) -> str:
    system = _code("systems", side.host.system, lang)
    return f"{side.host.name} [{system}]:\n{side.text}"


def why(each: Finding, found: Found, judged: Judged, lang: str) -> list[str]:
    """What speaks for a finding, a line each: common words and concepts, actions, and what marks it."""
    matched = matched_words(each, found)
    lines = []
    if matched.words:
        lines.append("= " + ", ".join(matched.words))
    # a concept whose name stands among the words says nothing new
    said = " ".join(matched.words)
    concepts = [name for name in map(concept_name, matched.concepts) if name not in said]
    if not matched.words and not matched.concepts:
        # things that are not the same but near each other
        near = [part.detail for part in each.parts if part.name == "object_one" and part.detail]
        concepts = [with_concept_names(detail) for detail in near]
    if concepts:
        lines.append("≈ " + ", ".join(concepts))
    actions = [" / ".join(side) for side in (matched.a_actions, matched.b_actions)]
    if all(actions) and actions[0] != actions[1]:
        lines.append(" ↔ ".join(actions))
    marks = [
        word("overlaps.cross_system", lang) if each.cross_system else "",
        word(f"overlaps.relation_{each.relation}", lang) if each.relation else "",
        word("overlaps.maybe", lang) if not each.certain else "",
        f"{word('overlaps.in_group', lang)} {each.group[:KEY_SHOWN]}" if each.group else "",
        verdict_of(judged.get(each.key), lang),
    ]
    return [*lines, *(f"· {mark}" for mark in marks if mark)]


def verdict_of(judgement: Judgement | None, lang: str) -> str:
    """A verdict with who gave it and when."""
    if judgement is None:
        return ""
    said = [_code("verdicts", judgement.verdict, lang), judgement.by, f"{judgement.on:%d/%m/%Y}"]
    return ", ".join(part for part in said if part)


def matched_words(each: Finding, found: Found) -> Common:
    """What the first two functions of a finding have in common."""
    first, second = (found.statements[side.function] for side in each.sides[:2])
    return common(first, second)


COLUMNS = (
    *("n", "key", "class", "score", "place", "cross_system", "relation", "certain", "group"),
    *("a_unit", "a_system", "a_level", "a_function", "a_actions", "a_fields", "a_documents"),
    *("b_unit", "b_system", "b_level", "b_function", "b_actions", "b_fields", "b_documents"),
    *("more", "words", "concepts", "set_aside", "parts"),
    *("a_unit_id", "a_function_id", "b_unit_id", "b_function_id", "verdict", "reason", "by", "on"),
)


def full_rows(
    findings: Sequence[Finding],
    found: Found,
    judged: Judged,
    evidence: Mapping[str, Sequence[Source]],
    lang: str,
) -> Rows:
    """For other programs and for spreadsheets; the last columns are for a verdict that `bomay judge` reads."""
    rows: list[list[Any]] = []
    for number, each in enumerate(findings, 1):
        matched = matched_words(each, found)
        judgement = judged.get(each.key)
        a, b, *more = each.sides
        values: dict[str, Any] = {
            "n": number,
            "key": each.key,
            "class": each.cls,
            "score": round(each.score, 4),
            "place": a.host.place_name,
            "cross_system": each.cross_system,
            "relation": each.relation,
            "certain": each.certain,
            "group": each.group,
            "a_actions": matched.a_actions,
            "b_actions": matched.b_actions,
            "more": [f"{side.host.name}: {side.text} [{side.host.id}/{side.function}]" for side in more],
            "words": matched.words,
            "concepts": [concept_name(name) for name in matched.concepts],
            "set_aside": sorted({*matched.a_set_aside, *matched.b_set_aside}),
            "parts": {part.name: round(part.contribution, 4) for part in each.parts if part.contribution},
            "verdict": judgement.verdict if judgement else "",
            "by": judgement.by if judgement else "",
            "on": judgement.on if judgement else None,
            "reason": judgement.reason if judgement else "",
        }
        for name, side in (("a", a), ("b", b)):
            values |= {
                f"{name}_unit": side.host.name,
                f"{name}_system": _code("systems", side.host.system, lang),
                f"{name}_level": _code("levels", side.host.level, lang),
                f"{name}_function": side.text,
                f"{name}_fields": [_code("fields", code, lang) for code in side.fields],
                f"{name}_documents": [str(source) for source in evidence.get(side.name, ())],
                f"{name}_unit_id": side.host.id,
                f"{name}_function_id": side.function,
            }
        rows.append([values[column] for column in COLUMNS])
    return list(COLUMNS), rows


def _code(vocabulary: str, code: str, lang: str) -> str:
    from graph.vocabulary import label

    try:
        return label(vocabulary, code, lang)
    except KeyError:
        return code
