"""What is known of the units of a document."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.text import key
from loaders.reading.evidence import Evidence
from loaders.reading.items import Item, Sentence
from loaders.reading.located import Located
from loaders.reading.places import Place
from loaders.reading.unit_names import Unit

_LEVEL_WORDS = (" tỉnh", " huyện", " thành phố", " thị xã", " quận", " xã", " phường")
Mention = tuple[Sentence, tuple[int, int], Unit]


@dataclass(eq=False)
class Known:
    """A unit of the document with its mentions."""

    name: str
    kind: str
    level: str | None
    place: str | None
    place_basis: str = "stated"
    parent: str | None = None
    mentions: list[Evidence] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    basis: str = "stated"
    near: dict[str, str] = field(default_factory=dict)  # places that the first mention's sentence names, by level
    implied: bool = False  # only a membership names it (Tỉnh ủy viên)
    used: bool = False  # takes part in a fact
    venues: int = 0  # how many mentions only say where something was held
    id: str = ""


@dataclass
class Register:
    """All units of a document and its home: the province, and the district, that it is about."""

    units: list[Known] = field(default_factory=list)
    by_key: dict[str, list[Known]] = field(default_factory=dict)
    of_mention: dict[tuple[int, int], Known] = field(default_factory=dict)
    places: dict[str, Evidence] = field(default_factory=dict)
    home: str | None = None
    district: str | None = None
    commune: str | None = None
    focus: str | None = None  # level of the place that the title names
    of_centre: bool = False  # about a ministry, which met in the capital
    of_province: bool = False  # the title names the province, and no district
    parts: dict[str, Known] = field(default_factory=dict)  # places that take part in changes
    located: Located = field(default_factory=Located)
    introduced: dict[str, Known] = field(default_factory=dict)  # short names that brackets give → the units

    def at(self, item: Item) -> Known | None:
        """The unit that an item names."""
        return self.of_mention.get((item.start, item.end))

    def as_place(self, place: Place) -> Known:
        """A place that itself takes part in a change; it has no kind of unit."""
        return self.parts.setdefault(place.full, Known(place.full, "", None, place.full, id=place.full))

    def find(self, name: str) -> Known | None:
        """The unit of this name, if there is exactly one."""
        found = [each for each in self.by_key.get(unit_key(name), []) if not other_level(name, each.name)]
        return found[0] if len(found) == 1 else None


def unit_key(name: str) -> str:
    """The key by which a unit is found in a text, without the word for a kind of place at its end (Sở Nội vụ tỉnh)."""
    folded = key(name)
    for word in _LEVEL_WORDS:
        if folded.endswith(word) and len(folded.split()) > 2 + word.count(" "):
            return folded.removesuffix(word)
    return folded


def level_word_of(name: str) -> str:
    """The word for a kind of place with which a name ends (UBND thị xã: not "xã")."""
    return max((word for word in _LEVEL_WORDS if key(name).endswith(word)), key=len, default="")


def other_level(one: str, other: str) -> bool:
    """Whether two names end with different words for a kind of place (UBND tỉnh, UBND huyện)."""
    said = {level_word_of(name) for name in (one, other)} - {""}
    return len(said) == 2
