"""Names of results that join the names of what became them: Sở A với Sở B thành Sở *A và B*.

Where such a name is not known, "và B" behind it could as well begin something else; that its words are those of the
units that merge tells that it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.text import key
from loaders.reading.items import Item
from loaders.reading.unit_names import Unit

_BEFORE = frozenset(("v:becoming", "v:called", "v:create", "lập"))
_JOINS = frozenset((",", "và", "-"))
_OVER = frozenset(("", ",", ";", ".", "(", ")", "và", "T", "theo", "để", "v:basis", "v:under", "v:from_old", "của"))


def with_joined_names(items: list[Item], text: str, offset: int) -> list[Item]:
    """The items of a sentence; the name of a result goes on behind a comma or "và" with the words of the names of the
    other units of its clause. `text` begins at the offset."""
    found: list[Item] = []
    at = 0
    while at < len(items):
        end = _end_of_joined(items, at)
        unit = items[at].value
        if end > at + 1 and isinstance(unit, Unit):
            last = items[end - 1].end
            longer = last - items[at].end
            name = unit.name + text[items[at].end - offset : last - offset]
            found.append(replace(items[at], end=last, value=replace(unit, name=name, end=unit.end + longer)))
        else:
            found.append(items[at])
        at = max(end, at + 1)
    return found


def _end_of_joined(items: Sequence[Item], at: int) -> int:
    """The index behind the result at the index with what its name goes on with; 0 if there is no such name."""
    unit = items[at].value
    result = isinstance(unit, Unit) and items[at].symbol == "U" and unit.place is None and unit.parent is None
    hyphen = at + 1 < len(items) and items[at + 1].symbol == "-"
    if not result or at == 0 or not (hyphen or items[at - 1].symbol in _BEFORE):
        return 0
    words = _words_of_others(items, at)
    end = at + 1
    while end + 1 < len(items) and items[end].symbol in _JOINS:
        following = end + 1
        while following < len(items) and _is_made_of(items[following], words):
            following += 1
        if following == end + 1 or not (items[end].symbol in ("-", ",") or _begins_large(items[end + 1])):
            break
        end = following
    over = items[end].symbol if end < len(items) else ""
    return end if over in _OVER else 0


def _words_of_others(items: Sequence[Item], at: int) -> set[str]:
    """The words of the names of the other units in the clause, two at least."""
    first, last = at, at + 1
    while first > 0 and items[first - 1].symbol not in (";", ":"):
        first -= 1
    while last < len(items) and items[last].symbol != ";":
        last += 1
    units = [item.value for i, item in enumerate(items[first:last], first) if i != at and item.symbol == "U"]
    named = [unit.name for unit in units if isinstance(unit, Unit) and unit.basis == "stated"]
    return {word for name in named for word in key(name).split()[1:]} if len(named) > 1 else set()


def _is_made_of(item: Item, words: set[str]) -> bool:
    """Whether the item is a word, or a unit whose head stands elsewhere, of the words."""
    if isinstance(item.value, Unit):
        unit = item.value
        return unit.basis == "deduced" and {*key(unit.name).removeprefix(unit.head).split()} <= words | {"và"}
    return isinstance(item.value, str) and item.symbol.isalpha() and item.symbol in words


def _begins_large(item: Item) -> bool:
    return isinstance(item.value, Unit) or (isinstance(item.value, str) and item.value[:1].isupper())
