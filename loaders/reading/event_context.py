"""Where a change is told: the document, the sentence, and what was said before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.reading.document import Document
from loaders.reading.event_frame import Frame
from loaders.reading.facts import Fact
from loaders.reading.items import Item, Sentence
from loaders.reading.known import Register


@dataclass(frozen=True, slots=True)
class Context:
    """The sentence at the index of the document's sentences, with its units, and the frame in which it stands."""

    document: Document
    sentences: Sequence[Sentence]
    index: int
    units: Register
    frame: Frame
    found: Sequence[Fact] = ()  # the changes told before
    made: Sequence[Fact] = ()  # … and in the sentence itself, so far

    @property
    def sentence(self) -> Sentence:
        """The sentence as it stands in the document."""
        return self.sentences[self.index]

    def changes(self) -> list[Fact]:
        """The changes that the text told so far, in the order in which it tells them."""
        return [*self.found, *sorted(self.made, key=lambda fact: fact.evidence.start)]


def verb_of(sentence: Sentence, match: re.Match[str]) -> Item:
    """The item that the change is about."""
    at = match.start("verb") if "verb" in match.re.groupindex else match.start()
    return sentence.items[sentence.index(at)]


def span_of(sentence: Sentence, match: re.Match[str]) -> tuple[int, int]:
    """The span of the document's text that the rule took."""
    first = sentence.items[sentence.index(match.start())]
    last = sentence.items[sentence.index(match.end() - 2)]
    return first.start, last.end
