"""Party organisations of which only the hosts are listed: "3 chi bộ: Sở A, Sở B và Sở C"."""

from __future__ import annotations

from dataclasses import replace

from graph.text import key
from graph.vocabulary import unit_kind_of
from loaders.reading.items import Item, Sentence
from loaders.reading.unit_names import Unit

_PARTY = ("chi bộ", "đảng bộ", "đảng bộ cơ sở", "chi bộ cơ sở", "đảng ủy", "chi đoàn", "công đoàn cơ sở")
_OPENS = (":", "gồm", "v:called")
_BETWEEN = frozenset((",", ";", "và", ":"))


def with_party(items: list[Item], sentence: Sentence) -> list[Item]:
    """The items, with the party organisation of each host in such a list in its stead."""
    if not any(item.symbol == "M" for item in items):
        return items
    found: list[Item] = []
    word = ""
    for at, item in enumerate(items):
        if item.symbol == "M":
            opened = at + 1 < len(items) and items[at + 1].symbol in _OPENS
            said = sentence.text()[item.start - sentence.start : item.end - sentence.start]
            word = key(said).removesuffix(" cơ sở") if opened and key(said) in _PARTY else ""
        elif word and isinstance(item.value, Unit) and item.symbol == "U" and not item.value.group:
            found.append(_of_host(item, item.value, word))
            continue
        elif word and item.symbol not in _BETWEEN | set(_OPENS) | {"#", "P"}:
            word = ""
        found.append(item)
    return found


def _of_host(item: Item, host: Unit, word: str) -> Item:
    """The party organisation of the host; a host that is one itself stays."""
    if key(host.name).startswith(("chi bộ", "đảng bộ", "đảng ủy", "chi đoàn", "công đoàn")):
        return item
    name = f"{word[:1].upper()}{word[1:]} {host.name}"
    kind = unit_kind_of(name) or host.kind
    unit = replace(host, name=name, kind=kind, level=None, parent=host.name, basis="deduced", head=word)
    return Item("U", item.start, item.end, unit)
