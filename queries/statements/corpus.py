"""Document frequencies and mined boilerplate of a corpus, on top of the packaged background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from math import log

from queries.statements.boilerplate import Mined, mine
from queries.statements.lexicon import data
from queries.statements.model import Statement
from queries.statements.parse import parse


@cache
def background() -> tuple[Statement, ...]:
    """The packaged statements: what is usual over all fields of work."""
    return tuple(parse(text) for texts in data("background").values() for text in texts)


class Frequencies:
    """How usual terms are, and which beginnings and endings are boilerplate."""

    def __init__(self, corpus: Iterable[Statement] = ()) -> None:
        distinct = {statement.key: statement for statement in (*background(), *corpus)}
        self.statements = len(distinct)
        self.terms: Counter[tuple[str, str]] = Counter()
        for statement in distinct.values():
            self.terms.update((term.kind, term.name) for term in statement.terms)
        self.mined: Mined = mine(key.split(" ") for key in distinct)
        self._most = log(self.statements + 1)

    def rarity(self, kind: str, name: str) -> float:
        """Inverse document frequency, 0 (in every statement) to 1 (in none)."""
        return log((self.statements + 1) / (self.terms[kind, name] + 1)) / self._most
