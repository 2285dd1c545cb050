"""Figures: how many units, posts and people fewer, more, or in all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from graph.packaged import packaged_yaml
from loaders.reading.document import CAPTION, TITLE, Document
from loaders.reading.entities import NumberAt
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.lexicon import alternatives
from loaders.reading.register import Register
from loaders.reading.rules import compile_pattern
from loaders.reading.scan import Item, Sentence


@cache
def _state_words(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('states', name)})\b", re.I)


@dataclass(frozen=True)
class FigureRule:
    """One way of giving a figure; `example` must match, `counter` must not."""

    name: str
    direction: str
    pattern: re.Pattern[str]
    example: str
    counter: str


@lru_cache(maxsize=1)
def figure_rules() -> tuple[FigureRule, ...]:
    """data/figures.yaml, compiled."""
    rows = packaged_yaml("loaders", "reading", "data", "figures.yaml")
    return tuple(
        FigureRule(
            row["name"],
            row["direction"],
            _compiled(row["pattern"]),
            row["example"],
            row["not"],
        )
        for row in rows
    )


def _compiled(text: str) -> re.Pattern[str]:
    """The pattern with its numbers as groups n1, n2 and its nouns as m1, m2."""
    parts: list[str] = []
    count = {"n": 0, "m": 0}
    for part in text.split():
        bare = part.removesuffix("?")
        letter = {"#": "n", "#%": "n", "#/": "n", "M": "m"}.get(bare)
        if letter is None:
            parts.append(compile_pattern(part).pattern)
            continue
        count[letter] += 1
        group = f"(?P<{letter}{count[letter]}>{re.escape(bare)} )"
        parts.append(f"(?:{group})?" if part.endswith("?") else group)
    return re.compile(r"(?<!\S)" + "".join(parts))


_TOLD_APART_BY = ("measure", "direction", "value", "of", "from_value", "to_value", "state")


def find_figures(document: Document, sentences: Sequence[Sentence], units: Register) -> list[Fact]:
    """The figures of a document, each once."""
    found: dict[tuple[object, ...], Fact] = {}
    for sentence in sentences:
        for values, evidence in _figures(document, sentence, units):
            said = tuple(values.get(name) for name in _TOLD_APART_BY)
            if said in found:
                found[said].also.append(evidence)
            elif sentence.paragraph.role not in (TITLE, CAPTION):
                found[said] = Fact("figures", values, evidence)
    return list(found.values())


def figure_matches(symbols: str) -> Iterator[tuple[FigureRule, re.Match[str]]]:
    """What the rules find in a sentence; a number is used by the first rule that fits."""
    if "#" not in symbols:
        return
    used: set[int] = set()
    for rule in figure_rules():
        for first in rule.pattern.finditer(symbols):
            match: re.Match[str] | None = first
            while match is not None:
                numbers = [match.start(g) for g in match.re.groupindex if g.startswith("n") and match[g]]
                if any(at in used for at in numbers):
                    break
                used.update(numbers)
                yield rule, match
                match = _AND.match(symbols, match.end()) if rule.name in _CARRIED else None


# the direction of a figure holds for those that follow behind a comma or và
_CARRIED = ("decrease", "increase", "level")
_AND = re.compile(
    r"(?:, và |, |và )(?:khoảng |hơn |trên |gần )?(?P<n1># )(?P<m1>M )(?!giảm |xuống |còn |thành |v:becoming )"
)


def _figures(document: Document, sentence: Sentence, units: Register) -> Iterator[tuple[dict[str, Any], Evidence]]:
    for rule, match in figure_matches(sentence.symbols):
        items = {g: sentence.items[sentence.index(match.start(g))] for g in match.re.groupindex if match[g]}
        first, last = sentence.items[sentence.index(match.start())], sentence.items[sentence.index(match.end() - 2)]
        number = _number(items["n1"])
        if number is None or (rule.name == "level" and not number.digits):
            continue
        noun = items.get("m1") or items.get("m2")
        values: dict[str, Any] = {
            "measure": _measure(noun, number, rule),
            "direction": rule.direction,
            "unit_of_count": _unit_of_count(document, noun, number),
            "state": _state(sentence, first, last),
            "approximate": bool(_state_words("about").search(_before(document, items["n1"], 12))) or None,
            "about": [],
            "scope": document.quote(*_clause(document, sentence, first, last))[:160],
        }
        if number.percent and match[0].startswith(("giảm ", "tăng ")):
            values["direction"] = "decrease" if match[0].startswith("giảm ") else "increase"
        second = _number(items["n2"]) if "n2" in items else None
        if second is not None and rule.name == "now-before":
            number, second = second, number
        if second is not None:
            values["from_value"], values["to_value"] = number.value, second.value
            values["value"] = abs(second.value - number.value)
            values["direction"] = "decrease" if second.value < number.value else "increase"
        else:
            values["value"] = number.value
            if number.of is not None:
                values["of"] = number.of
        about = _about(sentence, units, first)
        values["about"] = [about] if about else []
        yield values, Evidence(sentence.paragraph.number, first.start, last.end, "stated", 0.9, rule.name)


def _number(item: Item) -> NumberAt | None:
    return item.value if isinstance(item.value, NumberAt) else None


def _measure(noun: Item | None, number: NumberAt, rule: FigureRule) -> str:
    if number.percent and not rule.name.startswith("share-of"):
        return "share"
    return str(noun.value) if noun is not None and noun.symbol == "M" else "other"


def _unit_of_count(document: Document, noun: Item | None, number: NumberAt) -> str:
    said = document.quote(noun.start, noun.end) if noun is not None else ""
    if number.percent:
        return "%"
    return said


def _before(document: Document, item: Item, length: int) -> str:
    return document.normal.text[max(0, item.start - length) : item.start]


def _clause(document: Document, sentence: Sentence, first: Item, last: Item) -> tuple[int, int]:
    """The part of the sentence between semicolons that the figure stands in."""
    text = document.normal.text
    start = max(
        text.rfind(";", sentence.start, first.start) + 1,
        text.rfind(". ", sentence.start, first.start) + 1,
        sentence.start,
    )
    ends = [at for mark in ";" if (at := text.find(mark, last.end, sentence.end)) >= 0]
    return start, min([*ends, sentence.end])


def _state(sentence: Sentence, first: Item, last: Item) -> str:
    """achieved, planned or target, by the words of the same clause, before the figure."""
    text, at = sentence.text(), first.start - sentence.start
    start = (
        max(text.rfind(";", 0, at), text.rfind("(", 0, at) if ")" not in text[text.rfind("(", 0, at) : at] else -1) + 1
    )
    before = text[start:at] + text[at : last.end - sentence.start]
    planned = [
        m
        for m in _state_words("planned").finditer(before)
        if not re.search(r"(?:hoàn thành|vượt|đạt)\s*$", before[: m.start()])
    ]
    if not planned:
        return "achieved"
    done = list(_state_words("done").finditer(before))
    if done and done[-1].start() > planned[-1].start():
        return "achieved"
    return "target" if _state_words("target").search(planned[-1][0]) else "planned"


def _about(sentence: Sentence, units: Register, first: Item) -> object | None:
    """The unit that is the subject: the last one named before the figure in the sentence; else the home."""
    subject = None
    for item in sentence.items:
        if item.start >= first.start:
            break
        known = units.at(item) if item.symbol in ("U", "Y") else None
        subject = known or subject
    text = sentence.text()[: first.start - sentence.start].lower()
    if subject is None or re.search(r"toàn tỉnh|trên địa bàn tỉnh|cả tỉnh|toàn huyện", text):
        return None
    return subject
