"""Statements that say the same are one: from a whole country's texts to its distinct statements.

Two texts are one statement exactly if `queries.statements.parse` gives them the same key. Parsing a
million texts would take six minutes, nearly all of it the same over and over; so texts that must have the same
key are found first, each step on what the one before left over:

1. Dashes before and points after a text are cut off, and the names of the places that it is from replaced by
   others of as many words (a key leaves the names of places out, whatever they are): a text seen before is done.
2. Each word becomes one character (`queries.statement_codes`): a row of characters seen before is done.
3. The key is made from the row, as `parse` makes it.

What the second step cannot vouch for (slashes, ampersands, a text without diacritics) is parsed.

Cost: linear in the length of the texts. Memory: the distinct statements and two tables of what was seen, which
are emptied when they are full, so it does not grow with the number of places or of texts.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from typing import NamedTuple

from queries.statement_codes import Codes, Full, parsed_key
from queries.statements import normalise

# Texts, rows and words that are remembered
_REMEMBERED = 500_000
# A made-up name. No accent combines with its last letter; where one follows, nothing is replaced
_NAME = "Aq"
_UNSAFE = re.compile(rf"{_NAME}(?![^\W]|[\s!-~]|$)")


class Collapsed(NamedTuple):
    """Distinct statements, and for each text which of them it is."""

    keys: list[str]
    of: array[int]

    def members(self) -> list[list[int]]:
        """For each statement the numbers of its texts, in order."""
        found: list[list[int]] = [[] for _ in self.keys]
        for text, statement in enumerate(self.of):
            found[statement].append(text)
        return found


def collapse(texts: Iterable[str]) -> Collapsed:
    """The distinct statements of texts, in the order of their first appearance."""
    collapser = Collapser()
    return Collapsed(collapser.keys, collapser.add(texts))


class Collapser:
    """Collapses place by place: `add` the texts of one place after another, `keys` are the statements so far."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._codes = Codes()
        self._rows: dict[str, int | None] = {}
        self._texts: dict[str, int] = {}
        self._parsed: dict[str, int] = {}

    def add(self, texts: Iterable[str], places: Iterable[str] = ()) -> array[int]:
        """For each text the number of its statement, an index of `keys`.

        `places` are names that occur in the texts, with their kinds: "xã Tân An", "tỉnh Gia Lai". They
        only make it faster.
        """
        swaps = [swap for place in places if (swap := _swap(place))]
        seen = self._texts
        found = array("i")
        for text in texts:
            renamed = text
            for name, other in swaps:
                renamed = renamed.replace(name, other)
            alike = renamed.lstrip("-+*").rstrip(";.").rstrip()
            number = seen.get(alike)
            if number is None:
                number = self._number(text if _UNSAFE.search(renamed) else renamed, alike)
            found.append(number)
        return found

    def _number(self, text: str, alike: str) -> int:
        if len(self._texts) >= _REMEMBERED:
            self._texts.clear()
        if not _UNSAFE.search(alike):
            row = self._row(alike)
            if row in self._rows:
                number = self._rows[row]
            else:
                key = self._codes.key(row)
                number = self._rows[row] = None if key is None else self._numbered(key)
            if number is not None:
                self._texts[alike] = number
                return number
        # Dashes and points may count in these: each is parsed with its own
        known = self._parsed.get(text)
        if known is None:
            if len(self._parsed) >= _REMEMBERED:
                self._parsed.clear()
            known = self._parsed[text] = self._numbered(parsed_key(text))
        return known

    def _row(self, text: str) -> str:
        if max(len(self._codes), len(self._rows)) >= _REMEMBERED:
            self._forget()
        try:
            return self._codes.row(text)
        except Full:
            self._forget()
            return self._codes.row(text)

    def _forget(self) -> None:
        # A row means something only together with the codes
        self._codes, self._rows = Codes(), {}

    def _numbered(self, key: str) -> int:
        number = self._numbers.setdefault(key, len(self.keys))
        if number == len(self.keys):
            self.keys.append(key)
        return number


def _swap(place: str) -> tuple[str, str] | None:
    """What to replace by what; None for what a key would not leave out."""
    match = normalise._PLACE.fullmatch(place)
    # A number ends where letters follow it at once, a name does not
    if match is None or place.split() != place.split(" ") or match[1] != match[1].lower() or place[-1].isdigit():
        return None
    names = len(match[2].split(" "))
    return f" {place}", f" {match[1]}{f' {_NAME}' * names}"
