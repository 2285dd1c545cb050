"""Criteria, principles and targets without a number: rows of the sheet `principles`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graph.packaged import packaged_yaml
from graph.text import key
from loaders.reading.document import CAPTION, TITLE, Document
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.figure_subjects import subject_of
from loaders.reading.items import Sentence
from loaders.reading.known import Register
from loaders.reading.lexicon import alternatives
from loaders.reading.named_rules import TextRule, named_rules

_MOST_ITEMS = 12


@dataclass(frozen=True, kw_only=True)
class PrincipleRule(TextRule):
    """One way of stating a principle; `number`: whether a figure may stand in it."""

    number: bool = True


@lru_cache(maxsize=1)
def principle_rules() -> tuple[PrincipleRule, ...]:
    """data/principles.yaml, compiled."""
    rows = packaged_yaml("loaders", "reading", "data", "principles.yaml")["rules"]
    slogans = alternatives("principles", "slogans")
    return named_rules(PrincipleRule, rows, pattern=lambda row: re.compile(row["pattern"].replace("SLOGANS", slogans)))


def find_principles(document: Document, sentences: Sequence[Sentence], units: Register) -> list[Fact]:
    """The criteria, principles and targets of a document, each once; titles and captions only repeat them."""
    found: dict[str, Fact] = {}
    listed = _listed(document)
    for sentence in sentences:
        if sentence.paragraph.role in (TITLE, CAPTION):
            continue
        stated = list(principles_in(sentence))
        if sentence.start == sentence.paragraph.start and sentence.paragraph.number in listed:
            stated = [listed[sentence.paragraph.number]]
        for values, evidence in stated:
            same = found.get(key(values["name"]))
            if same is not None:
                same.also.append(evidence)
                continue
            first = next((i for i in sentence.items if i.start >= evidence.start), sentence.items[-1])
            subject = subject_of(sentence, units, first)
            found[key(values["name"])] = Fact("principles", {**values, "about": [subject] if subject else []}, evidence)
    return list(found.values())


@lru_cache(maxsize=1)
def _introduced() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = packaged_yaml("loaders", "reading", "data", "principles.yaml")
    return re.compile(data["introduced"]), re.compile(data["ordinal"])


def _listed(document: Document) -> dict[int, tuple[dict[str, Any], Evidence]]:
    """The criteria of a list whose parts are paragraphs of their own (… các tiêu chí: / Thứ nhất, …)."""
    introduced, ordinal = _introduced()
    found: dict[int, tuple[dict[str, Any], Evidence]] = {}
    kind = ""
    for paragraph in document.read_paragraphs():
        text = paragraph.text.rstrip()
        heading, part = introduced.search(text), ordinal.match(text)
        if heading is not None:
            kind = "criterion" if heading["word"].lower() == "tiêu chí" else "principle"
        elif part is None:
            kind = ""
        elif kind:
            name = re.split(r"(?<=[^.\d])\.(?:\s|$)|:\s*$", part["name"])[0].strip()[:240]
            start = paragraph.start + part.start("name")
            evidence = Evidence(paragraph.number, start, start + len(name), "stated", 0.7, "listed")
            found[paragraph.number] = ({"kind": kind, "name": name, "items": []}, evidence)
    return found


def principles_in(sentence: Sentence) -> Iterator[tuple[dict[str, Any], Evidence]]:
    """What one sentence states; of two rules that find the same words the first has them."""
    text = sentence.text()
    taken: list[tuple[int, int]] = []
    for rule in principle_rules():
        for match in rule.pattern.finditer(text):
            start, end = match.span("name")
            if any(a < end and start < b for a, b in taken) or not _counts(sentence, rule, match):
                continue
            items = _items(match)
            if items:
                end = match.end("items")
            taken.append((start, end))
            values = {"kind": rule.kind, "name": match["name"].strip(" ,“”\"'"), "items": items}
            span = (sentence.start + start, sentence.start + end)
            yield values, Evidence(sentence.paragraph.number, *span, "stated", 0.75, rule.name)


def _counts(sentence: Sentence, rule: PrincipleRule, match: re.Match[str]) -> bool:
    """Whether the words are about the apparatus; a target that has a number is a figure."""
    if rule.number:
        return rule.kind != "target"
    start, end = sentence.start + match.start("name"), sentence.start + match.end("name")
    inside = [item for item in sentence.items if start <= item.start < end]
    if any(item.symbol in ("#", "#%", "#/") for item in inside):
        return False
    return bool(re.search(rf"(?<!\w)(?:{alternatives('principles', 'subjects')})(?!\w)", match["name"]))


def _items(match: re.Match[str]) -> list[str]:
    """The list behind the name: by semicolons, else by commas."""
    listed = match["items"] if "items" in match.re.groupindex else None
    if not listed:
        return []
    mark = ";" if ";" in listed else ","
    found = [re.sub(r"^(?:và|-|–)\s+", "", part.strip()) for part in listed.split(mark)]
    return [part.rstrip(" .") for part in found if part][:_MOST_ITEMS]
