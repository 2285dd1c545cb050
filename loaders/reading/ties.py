"""Ties between units beside the line of command: guidance in the work, leadership of the party, service.

The rules are in data/ties.yaml. What two units do together once, at a meeting or a campaign, is no tie.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from graph.packaged import packaged_yaml
from loaders.reading.evidence import Evidence
from loaders.reading.facts import Fact
from loaders.reading.items import Sentence
from loaders.reading.known import Known, Register
from loaders.reading.named_rules import NamedRule, named_rules
from loaders.reading.rules import expression_of


@dataclass(frozen=True, kw_only=True)
class TieRule(NamedRule):
    """One rule; the relation runs from `start`, which is above or below, to the other."""

    kind: str
    start: str
    confidence: float = 0.85
    basis: str = "stated"


@lru_cache(maxsize=1)
def tie_rules() -> tuple[TieRule, ...]:
    """The rules in the order in which they are tried."""
    rows = packaged_yaml("loaders", "reading", "data", "ties.yaml")
    return named_rules(TieRule, rows, pattern=lambda row: re.compile(expression_of(row["pattern"])))


def tie_matches(symbols: str) -> Iterator[tuple[TieRule, re.Match[str]]]:
    """What the rules find in the symbols of a sentence; words that tie are used by the first rule that fits."""
    used: set[int] = set()
    for rule in tie_rules():
        for found in rule.pattern.finditer(symbols):
            leading = (name for name in rule.pattern.groupindex if found.start(name) == found.start())
            words = next((found.end(name) for name in leading), found.start())
            if words not in used:
                used.add(words)
                yield rule, found


def find_ties(sentences: Iterable[Sentence], units: Register) -> list[Fact]:
    """The ties of a document, each pair of units once a kind, in the order of the text."""
    found: dict[tuple[Known, str, Known], Fact] = {}
    for sentence in sentences:
        for rule, match in tie_matches(sentence.symbols):
            above = _units(sentence, match, "above", units)
            below = _units(sentence, match, "below", units) or _subject(sentence, match, units)
            first, last = sentence.index(match.start()), sentence.index(match.end() - 2)
            span = sentence.items[first].start, sentence.items[last].end
            evidence = Evidence(sentence.paragraph.number, *span, rule.basis, rule.confidence, rule.name)
            starts, ends = (below, above) if rule.start == "below" else (above, below)
            for start, end in ((s, e) for s in starts for e in ends if s is not e):
                known = found.get((start, rule.kind, end))
                if known is not None:
                    known.also.append(evidence)
                    continue
                start.used = end.used = True
                values = {"from": start, "kind": rule.kind, "to": end}
                found[(start, rule.kind, end)] = Fact("relations", values, evidence)
    return sorted(found.values(), key=lambda fact: fact.evidence.start)


def _units(sentence: Sentence, match: re.Match[str], name: str, units: Register) -> list[Known]:
    """The units in a part of a match, each once."""
    if name not in match.re.groupindex:
        return []
    first, last = sentence.index(match.start(name)), sentence.index(match.end(name) - 2)
    known = (units.at(item) for item in sentence.items[first : last + 1] if item.symbol == "U")
    return list(dict.fromkeys(unit for unit in known if unit is not None))


def _subject(sentence: Sentence, match: re.Match[str], units: Register) -> list[Known]:
    """The unit that the sentence is about: the first that it names, before the match."""
    for item in sentence.items[: sentence.index(match.start())]:
        if item.symbol == "U" and (known := units.at(item)) is not None:
            return [known]
    return []
