"""What another place of the text says of a change: the name of what came out of it, and the lead of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.reading.register import Known, Register
from loaders.reading.scan import Item, Sentence

_NAMES = re.compile(r"v:new_unit (?:\S+ ){0,3}?(?:v:called |v:becoming |: )(?:\S+ ){0,2}?(?P<outputs>U )")
_AFTER_IT = re.compile(r"\A(?:sau|sau khi) v:merge , (?:(?!U )\S+ ){0,5}?(?:v:called |v:becoming )(?P<outputs>U )")
# a list has not more items than this between its lead and the last
_ITEMS = 20


def named_result(sentences: Sequence[Sentence], index: int, end: int, units: Register) -> list[Known]:
    """The result of a merger that the rest of its sentence or the next ones name (…, tên gọi sau hợp nhất là …;
    Đơn vị mới có tên là …); `end` is where the merger ends in the symbols of its sentence."""
    own = sentences[index]
    match = _NAMES.search(own.symbols, end)
    if match and "v:merge " not in own.symbols[end : match.start()]:
        return _unit(own, match, units)
    for sentence in sentences[index + 1 : index + 3]:
        match = _NAMES.search(sentence.symbols) or _AFTER_IT.search(sentence.symbols)
        if match:
            return _unit(sentence, match, units)
    return []


def _unit(sentence: Sentence, match: re.Match[str], units: Register) -> list[Known]:
    known = units.at(sentence.items[sentence.index(match.start("outputs"))])
    return [known] if known else []


def begins_item(sentence: Sentence, at: int) -> bool:
    """Whether an item of a list can begin at the index: behind a comma only where the result of another stands."""
    if sentence.items[at].symbol != ",":
        return True
    return any(item.symbol == "v:becoming" for item in sentence.items[max(at - 4, 0) : at])


def lead_of(sentences: Sequence[Sentence], index: int, verb: Item) -> tuple[int, Item] | None:
    """The sentence and the verb that a list of mergers stands under (hợp nhất các sở sau: A và B thành C; …): in the
    same sentence before, or in the one that introduces the list with a colon."""
    sentence = sentences[index]
    own = [item for item in sentence.items[: sentence.items.index(verb)] if _leads(sentence, item)]
    if own:
        return index, own[0]
    for back in range(index - 1, max(index - _ITEMS, -1), -1):
        before = sentences[back]
        if before.symbols.endswith(": "):
            found = [item for item in before.items if _leads(before, item)]
            return (back, found[-1]) if found else None
        if "v:becoming " not in before.symbols:
            return None
    return None


def _leads(sentence: Sentence, item: Item) -> bool:
    """Whether the item speaks of mergers ("các sở sau hợp nhất" does, "đơn vị mới" does not)."""
    if item.symbol == "v:new_unit":
        said = sentence.text()[item.start - sentence.start : item.end - sentence.start]
        return bool(re.search(r"hợp nhất|sáp nhập", said, re.I))
    return item.symbol == "v:merge"
