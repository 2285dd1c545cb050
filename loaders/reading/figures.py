"""Figures: how many units, posts and people fewer, more, or in all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from loaders.reading.document import CAPTION, TITLE, Document, Paragraph
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.figure_carried import goes_on, with_short_nouns
from loaders.reading.figure_nouns import is_foreign
from loaders.reading.figure_rules import FigureRule, figure_matches
from loaders.reading.figure_same import is_another, is_told_below, same_number, subheadings
from loaders.reading.figure_state import clause, date_of, is_ahead, is_to_come, plan_told, state_of, tells_plan
from loaders.reading.figure_subjects import named_before, subject_of
from loaders.reading.figure_values import Found, values_of
from loaders.reading.items import Sentence
from loaders.reading.known import Register
from loaders.reading.sections import planned_paragraphs

_BARE_SHARES = frozenset(("share-less", "share-more", "share-plain", "share-is"))
# what stands before the number in its list is counted apart
_IN_LIST = "level-in-a-list"
_TOLD_APART_BY = ("measure", "direction", "value", "of", "from_value", "to_value", "state")


def find_figures(document: Document, sentences: Sequence[Sentence], units: Register) -> list[Fact]:
    """The figures of a document, each once; a title adds one where the text does not give its number."""
    found: dict[tuple[object, ...], list[Fact]] = {}
    headings: list[Fact] = []
    planned = planned_paragraphs(document)
    plan: Paragraph | None = None  # one that begins with a plan
    told_plan = plan_told(document)
    before: list[dict[str, Any]] = []  # the figures of the sentence before in the same paragraph
    for sentence in map(with_short_nouns, sentences):
        if tells_plan(sentence):
            plan = sentence.paragraph
        under_plan = sentence.paragraph.number in planned or sentence.paragraph is plan
        here = list(figures_in(document, sentence, units, under_plan))
        told_on = goes_on(sentence, before) if sentence.start > sentence.paragraph.start else None
        before = [values for values, _ in here]
        for values, evidence in here:
            if told_on is not None and values["direction"] == "level":
                values |= {"direction": told_on["direction"], "state": told_on["state"]}
            if told_plan and values["state"] == "achieved":
                ahead = is_to_come(told_plan, sentence, values["direction"], evidence.start)
                values["state"] = "planned" if ahead else "achieved"
            told = Fact("figures", values, evidence)
            if sentence.paragraph.role in (TITLE, CAPTION):
                headings.append(told)
                continue
            alike = found.setdefault(tuple(values.get(name) for name in _TOLD_APART_BY), [])
            same = next((fact for fact in alike if not is_another(fact, told)), None)
            if same is not None:
                same.also.append(evidence)
            else:
                alike.append(told)
    facts = _without_subheadings(document, [fact for alike in found.values() for fact in alike])
    for fact in (*facts, *headings):
        fact.values.pop("_whose")
    for told in headings:
        same = next((fact for fact in facts if same_number(fact, told)), None)
        if same is not None:
            same.also.append(told.evidence)
        elif _is_title(document, told):
            facts.append(told)
    return facts


def _without_subheadings(document: Document, facts: list[Fact]) -> list[Fact]:
    """The figures without those of lines over a part of the text that its paragraphs tell again."""
    lines = subheadings(document)
    by_paragraph: dict[int, list[Fact]] = {}
    for fact in facts:
        by_paragraph.setdefault(fact.evidence.paragraph, []).append(fact)
    left: list[Fact] = []
    for fact in facts:
        at = fact.evidence.paragraph
        below = [*by_paragraph.get(at + 1, ()), *by_paragraph.get(at + 2, ())] if at in lines else []
        same = next((told for told in below if is_told_below(fact, told)), None)
        if same is None:
            left.append(fact)
        else:
            same.also.append(fact.evidence)
    return left


def _is_title(document: Document, told: Fact) -> bool:
    """Whether a figure stands in the title, not in a caption."""
    return any(p.number == told.evidence.paragraph and p.role == TITLE for p in document.paragraphs)


def _is_of_one_thing(document: Document, sentence: Sentence, rule: FigureRule, match: re.Match[str]) -> bool:
    """Whether what stands before and after is one thing; else each number is told alone (giảm 12 xã, còn 9 huyện)."""
    return not rule.of_two_times or any(True for _ in values_of(Found(document, sentence, rule, match)))


def figures_in(
    document: Document, sentence: Sentence, units: Register, under_plan: bool
) -> Iterator[tuple[dict[str, Any], Evidence]]:
    """The figures of one sentence, with their words."""
    gives = partial(_is_of_one_thing, document, sentence)
    for rule, match in figure_matches(sentence.symbols, gives):
        found = Found(document, sentence, rule, match)
        begins = match.start("n1") if rule.name == _IN_LIST else match.start()
        first, last = sentence.items[sentence.index(begins)], sentence.items[sentence.index(match.end() - 2)]
        start, end = clause(sentence, first, last)
        each = list(values_of(found))
        # who attends courses is counted; who attends a meeting is not
        trained = bool(each) and all(values["measure"] == "trained" for values in each)
        far, beside = rule.name in _BARE_SHARES, begins > match.start()
        if not trained and is_foreign(sentence, first, last, far=far, beside=beside):
            continue
        about = subject_of(sentence, units, first)
        whose = named_before(sentence, first)
        for values in each:
            values["_whose"] = whose
            values["state"] = state_of(document, sentence, first, last, under_plan=under_plan)
            values["date"] = date_of(sentence, first)
            if values["state"] == "achieved" and is_ahead(document, values["date"]):
                values["state"] = "planned"
            values["about"] = [about] if about else []
            values["scope"] = document.quote(start, end)[:160]
            begin = values.pop("_start", first.start)
            yield values, Evidence(sentence.paragraph.number, begin, last.end, "stated", 0.9, rule.name)
