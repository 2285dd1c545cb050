"""Party organisations of which only the hosts are listed: "3 chi bộ: Sở A, Sở B và Sở C"."""

from __future__ import annotations

from dataclasses import replace

from graph.text import key
from graph.vocabulary import unit_kind_of
from loaders.reading.items import Item, Sentence
from loaders.reading.unit_names import Unit

_PARTY = ("chi bộ", "đảng bộ", "đảng bộ cơ sở", "chi bộ cơ sở", "đảng ủy", "chi đoàn", "công đoàn cơ sở")
_OPENS = frozenset((":", "gồm", "v:called"))
_BETWEEN = frozenset((",", ";", "và", "#", "P")) | _OPENS
# a host that is described has not more items than this
_WORDS = 14


def with_party(items: list[Item], sentence: Sentence) -> list[Item]:
    """The items, with the party organisation of each host in such a list in its stead."""
    if not any(item.symbol == "M" for item in items):
        return items
    found: list[Item] = []
    word = ""
    at = 0
    while at < len(items):
        item = items[at]
        end = at + 1
        if item.symbol == "M":
            opened = end < len(items) and items[end].symbol in _OPENS
            said = sentence.between(item.start, item.end)
            word = key(said).removesuffix(" cơ sở") if opened and key(said) in _PARTY else ""
        elif word and isinstance(item.value, Unit) and item.symbol == "U" and not item.value.group:
            item = _of_host(item, item.value, word)
        elif word and item.symbol not in _BETWEEN:
            end = _host_in_words(items, at)
            last = items[end - 1]
            if isinstance(last.value, Unit):
                name = sentence.between(item.start, last.end)
                item = _of_host(replace(last, start=item.start), replace(last.value, name=name, start=item.start), word)
            else:
                word, end = "", at + 1
        found.append(item)
        at = end
    return found


def _host_in_words(items: list[Item], at: int) -> int:
    """The end of a host between two semicolons that is described and not named (các cơ quan giúp việc Đảng ủy A); the
    index itself and one where there is none."""
    if at == 0 or items[at - 1].symbol not in (":", ";"):
        return at + 1
    for end in range(at, min(len(items), at + _WORDS)):
        if items[end].symbol.startswith("v:") or items[end].symbol in (".", "C", "N"):
            break
        if items[end].symbol == "U" and end + 1 < len(items) and items[end + 1].symbol == ";":
            return end + 1
    return at + 1


def _of_host(item: Item, host: Unit, word: str) -> Item:
    """The party organisation of the host; a host that is one itself stays."""
    if key(host.name).startswith(("chi bộ", "đảng bộ", "đảng ủy", "chi đoàn", "công đoàn")):
        return item
    name = f"{word[:1].upper()}{word[1:]} {host.name}"
    kind = unit_kind_of(name) or host.kind
    unit = replace(host, name=name, kind=kind, level=None, parent=host.name, basis="deduced", head=word)
    return Item("U", item.start, item.end, unit)
