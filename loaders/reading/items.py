"""What a sentence is read into: its items, each with the symbol by which rules find it, and its span."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

from loaders.reading.document import Paragraph
from loaders.reading.entities import CitedAt, DateAt, NumberAt
from loaders.reading.people import PersonAt
from loaders.reading.places import Place
from loaders.reading.unit_names import Unit


@dataclass(frozen=True, slots=True)
class PostAt:
    """A post as named: the title, and the unit where it follows."""

    title: str
    unit: Unit | None
    start: int
    end: int
    membership: bool = False


Value = Unit | PostAt | PersonAt | Place | DateAt | NumberAt | CitedAt | str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One item: U unit, K class of units, C post, N person, P place, T date, # number, D document,
    M what is counted, v:name a word of the grammar, a mark, or a word as it is compared."""

    symbol: str
    start: int
    end: int
    value: Value = None

    def meant(self) -> Value:
        """What the item names: of a post its unit."""
        return self.value.unit if isinstance(self.value, PostAt) else self.value


@dataclass(eq=False)
class Sentence:
    """One sentence of a paragraph with its items; spans are of the document's normal text."""

    paragraph: Paragraph
    start: int
    end: int
    items: list[Item] = field(default_factory=list)
    symbols: str = ""
    starts: list[int] = field(default_factory=list)

    def text(self) -> str:
        """The sentence as it stands in the paragraph."""
        first = self.paragraph.start
        return self.paragraph.text[self.start - first : self.end - first]

    def between(self, start: int, end: int) -> str:
        """What stands between two offsets, also of what is beside the sentence in its paragraph; nothing where the
        second is not behind the first."""
        first = self.paragraph.start
        return self.paragraph.text[start - first : max(start, end) - first]

    def index(self, offset: int) -> int:
        """The item whose symbol stands at the offset of `symbols`."""
        return bisect.bisect_right(self.starts, offset) - 1

    def position(self, item: Item) -> int:
        """Where in the row an item of the sentence stands."""
        at = bisect.bisect_left(self.items, item.start, key=lambda each: each.start)
        while self.items[at] is not item and self.items[at] != item:
            at += 1
        return at

    def close(self) -> None:
        """Make the row of symbols from the items."""
        at = 0
        parts: list[str] = []
        for item in self.items:
            self.starts.append(at)
            parts.append(item.symbol + " ")
            at += len(item.symbol) + 1
        self.symbols = "".join(parts)


def place_named(item: Item) -> str | None:
    """The full name of the place that an item names, or beside which it names a unit or a post."""
    value = item.meant()
    return value.full if isinstance(value, Place) else value.place if isinstance(value, Unit) else None
