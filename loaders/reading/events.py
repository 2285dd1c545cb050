"""Changes of the apparatus: what the rules find, with status, date, and the units before and after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from loaders.reading.document import Document
from loaders.reading.event_checks import cannot_be, is_none
from loaders.reading.event_context import Context, span_of, verb_of
from loaders.reading.event_dates import OperatingDay, operating_days, stated_in_force
from loaders.reading.event_frame import Frame
from loaders.reading.event_givers import event_title, giver_before, givers, with_absorption
from loaders.reading.event_parties import enough, parties_of, settled
from loaders.reading.event_results import begins_item, lead_of
from loaders.reading.event_status import dated_status, said_status
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.half_read import half_read, only_said
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Register
from loaders.reading.modality import PLANNED
from loaders.reading.moved_functions import moved_function
from loaders.reading.one_by_one import one_by_one
from loaders.reading.places_meant import with_places_meant
from loaders.reading.plain_clauses import simplified
from loaders.reading.references import with_references
from loaders.reading.rules import Rule, matches
from loaders.reading.same_events import keep, only_part, parties, sharing, take_fuller, without_schemes_named
from loaders.reading.second_predicates import second_predicates, take_second
from loaders.reading.several_meant import with_several
from loaders.reading.unborn import without_unborn

_MAKES = frozenset(("merge", "merge_two_seals", "create", "rename", "split"))
# "Sở mới hoạt động từ …" stands not further behind the change than this
_NEAR = 500


def find_events(document: Document, sentences: Sequence[Sentence], units: Register) -> list[Fact]:
    """The changes that the document states, each once; a caption or title that says the same is a further
    place of it."""
    found: list[Fact] = []
    by_unit: dict[int, list[Fact]] = {}
    frame = Frame(document)
    for index, sentence in enumerate(sentences):
        made: list[Fact] = []
        one = with_places_meant(sentences, index, with_references(sentences, index, units))
        meant = with_several(sentences, index, one, units)
        told = Context(document, sentences, index, units, frame, found, made)
        stated = meant if meant is not one else sentence  # "hai phòng này" alone would be read as any two
        plain = simplified(meant) or (meant if meant is not stated else None)
        in_turn = one_by_one(plain or stated, units)
        for said in [stated] if in_turn is None else in_turn:
            for rule, match in matches(said.symbols):
                fact = _event(told, said, rule, match)
                if fact is not None:
                    made.append(fact)
        if plain is not None and in_turn is None:
            for rule, match in matches(plain.symbols):
                fact = _event(told, plain, rule, match)
                if fact is not None:
                    take_fuller(made, fact)
        for further, first in second_predicates(plain or stated, units) if in_turn is None else ():
            for rule, match in matches(further.symbols):
                fact = _event(told, further, rule, match)
                if fact is not None:
                    take_second(made, fact, first)
        frame.read(document, sentence)
        made = [fact for fact in made if not with_absorption(fact, made) and not only_part(fact, made)]
        givers(made)
        giver_before(made, found, sentence)
        for fact in made:
            near = sharing(by_unit, fact)
            keep(near, fact, sentence)
            if near[-1] is fact:
                found.append(fact)
            for each in near:  # one that was there may have got further units
                for unit in parties(each):
                    listed = by_unit.setdefault(id(unit), [])
                    if each not in listed:
                        listed.append(each)
    found = without_schemes_named(found)
    day = None if document.decision else stated_in_force(sentences)
    for fact in found if day else ():
        if _undated(fact) and fact.values["inputs"]:
            fact.values["date"], fact.values["date_kind"] = day, "in_force"
    _date_by_work(found, operating_days(document, sentences), units)
    return without_unborn(found)


def _undated(fact: Fact) -> bool:
    return str(fact.values["date"] or "≤").startswith("≤") and fact.values["status"] not in PLANNED


def _date_by_work(found: list[Fact], days: list[OperatingDay], units: Register) -> None:
    """Give changes without a day of their own the one from which their results work."""
    for day in days:
        made = [f for f in found if f.values["outputs"] and f.values["kind"] in _MAKES and _undated(f)]
        if day.unit is not None:
            known = units.at(day.unit)
            made = [f for f in made if known in f.values["outputs"]]
        elif not day.every:
            made = [f for f in made if day.at - _NEAR < f.evidence.start < day.at][-1:]
        for fact in made:
            fact.values["date"], fact.values["date_kind"] = day.day, "operating"


def _event(told: Context, sentence: Sentence, rule: Rule, match: re.Match[str]) -> Fact | None:
    """The change that the rule finds in the sentence, which is the one that is told or that one simplified."""
    verb = verb_of(sentence, match)
    lead = _lead(told, sentence, rule, match, verb)
    if lead is None:
        return None
    start, end = span_of(sentence, match)
    leading = (start, end) if lead[1] is verb else (lead[1].start, lead[1].end)
    status, word = said_status(told, sentence, rule, lead[1], leading, lead[0])
    inputs, outputs = parties_of(told, sentence, rule, match, verb)
    if status is None or not enough(rule, match, inputs, outputs):
        return None
    if rule.unnamed:
        if not outputs and (status not in PLANNED or sentence.symbols.endswith(": ")):
            return None  # a change of nothing; or what changes follows
        end = _clause_end(told.document, sentence, end)
    if half_read(sentence, rule, match) or only_said(sentence, rule):
        return None
    if is_none(sentence, rule, match, verb, inputs, outputs):
        return None
    kind, inputs, outputs = settled(told, sentence, rule, match, verb, inputs, outputs)
    if cannot_be(kind, sentence, match, inputs, outputs):
        return None
    status, date, date_kind = dated_status(told, sentence, verb, lead, (status, word))
    for unit in (*inputs, *outputs):
        unit.used = True
    quote = told.document.quote(start, end)
    values: dict[str, Any] = {
        "kind": _kind(kind, told.sentences, told.index),
        "status": status,
        "date": date,
        "date_kind": date_kind,
        "title": event_title(kind, inputs, outputs, quote),
        "inputs": inputs,
        "outputs": outputs,
        "scope": None if inputs or outputs else told.document.quote(verb.start, sentence.end)[:200],
    }
    if rule.kind == "transfer" and (inputs or outputs):
        items = sentence.index(match.start()), sentence.index(match.end() - 2)
        values["scope"] = moved_function(told.document, sentence, *items)
    if rule.kind == "rearrange":
        values["scope"] = quote[:200]
    evidence = Evidence(sentence.paragraph.number, start, end, rule.basis, rule.confidence, rule.name)
    return Fact("events", values, evidence)


def _lead(told: Context, sentence: Sentence, rule: Rule, match: re.Match[str], verb: Item) -> tuple[int, Item] | None:
    """The verb that says how far the change has come, with the index of its sentence: that of the list of which the
    change is an item, of the dissolution before a hand-over (bỏ Sở A để chuyển nhiệm vụ về B), or its own."""
    if rule.item_of:
        if not begins_item(sentence, sentence.index(match.start())):
            return None
        return lead_of(told.sentences, told.index, sentence, verb, rule.item_of)
    if rule.kind == "transfer" and match[0].startswith(("v:dissolve ", "v:abolish ")):
        return told.index, sentence.items[sentence.index(match.start())]
    return told.index, verb


def _clause_end(document: Document, sentence: Sentence, at: int) -> int:
    """The end of the clause: the next semicolon or the end of the sentence, not more than 150 characters on."""
    text = document.normal.text[at : min(sentence.end, at + 150)]
    cut = min((i for mark in ";." if (i := text.find(mark)) >= 0), default=len(text))
    return at + cut


def _kind(kind: str, sentences: Sequence[Sentence], index: int) -> str:
    if kind == "merge":
        near = " ".join(s.symbols for s in sentences[index : index + 2])
        if re.search(r"(?:hai|# ) ?(?:con )?dấu", near):
            return "merge_two_seals"
    return kind
