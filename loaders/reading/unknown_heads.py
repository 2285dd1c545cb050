"""Units whose kind no vocabulary has, told by what is done with them: sáp nhập *Làng trẻ em SOS* vào Sở A, giải thể
*Đoạn Quản lý đường bộ*.

Elsewhere such words are no unit (a conference in a hotel, a road to a factory): only where something is merged or
ended are they one.
"""

from __future__ import annotations

from collections.abc import Sequence

from loaders.reading.items import Item
from loaders.reading.lexicon import keys
from loaders.reading.places import LEVEL_OF
from loaders.reading.unit_names import Unit

_CHANGES = frozenset(("v:merge", "v:dissolve"))
_BESIDE_VERB = frozenset(("toàn", "bộ", "nguyên", "trạng", "của", "cả", "đối", "với"))
_JOINS = frozenset((",", "và", "với", "cùng", ";"))
_MODAL = frozenset(("được", "bị", "đã", "sẽ", "vừa", "chính", "thức", "cũng"))
_ENDS_CLAUSE = frozenset((",", ";", ".", ":", "T", "-"))
_MOST_WORDS = 12


def with_unknown_heads(items: list[Item], text: str, offset: int) -> list[Item]:
    """The items of a sentence; what is merged or ended in it is a unit, though its kind is unknown. `text` begins at
    the offset."""
    if not any(item.symbol in _CHANGES for item in items):
        return items
    found: list[Item] = []
    at = 0
    while at < len(items):
        end = _end_of_name(items, at) if _begins_large(items[at]) else at
        if end > at and (_is_object(found) or _is_subject(found, items, end)):
            found.append(_unit(items[at:end], text, offset))
            at = end
        else:
            found.append(items[at])
            at += 1
    return found


def _begins_large(item: Item) -> bool:
    return isinstance(item.value, str) and item.symbol.isalpha() and item.value[:1].isupper()


def _end_of_name(items: Sequence[Item], at: int) -> int:
    """The index behind the name that begins at the index, `at` if none does: a common noun of two words and more, or
    one of those that stand before names, what follows in words, and a number, place or unit at the end."""
    following = items[at + 1] if at + 1 < len(items) else None
    if following is None or items[at].symbol in keys("no_heads"):
        return at
    common = isinstance(following.value, str) and following.symbol.isalpha() and following.value.islower()
    if not (common and following.symbol not in keys("stops")) and items[at].symbol not in keys("heads_when_changed"):
        return at
    end = at + 1
    while end < len(items) and end - at < _MOST_WORDS and _goes_on(items, end):
        end += 1
    if end < len(items) and items[end].start - items[end - 1].end <= 1:
        end += items[end].symbol in ("#", "P", "U") or _is_level(items[end])
    return end if end - at > 1 else at


def _goes_on(items: Sequence[Item], at: int) -> bool:
    """Whether the word at the index may stand in a name."""
    item = items[at]
    if item.symbol == "-":
        return at + 1 < len(items) and isinstance(items[at + 1].value, str) and items[at + 1].symbol.isalpha()
    word = isinstance(item.value, str) and item.symbol.isalpha()
    return word and item.symbol != "và" and (item.symbol not in keys("stops") or _begins_large(item))


def _is_level(item: Item) -> bool:
    return item.symbol in LEVEL_OF and item.value is None


def _is_object(before: Sequence[Item]) -> bool:
    """Whether what follows these items is what is merged or ended, or what something is merged into."""
    at = len(before)
    while at and before[at - 1].symbol in _BESIDE_VERB:
        at -= 1
    if not at:
        return False
    if before[at - 1].symbol in _CHANGES:
        return True
    if before[at - 1].symbol == "v:into":
        return _of_change(before[: at - 1])
    return before[at - 1].symbol in _JOINS and _of_change(before[: at - 1])


def _of_change(before: Sequence[Item]) -> bool:
    """Whether the items end in a verb of change and nothing but units, places and what joins them."""
    at = len(before)
    while at and (before[at - 1].symbol in ("U", "P", "K", "#", "M") or before[at - 1].symbol in _JOINS | _BESIDE_VERB):
        at -= 1
    return 0 < at < len(before) and before[at - 1].symbol in _CHANGES


def _is_subject(before: Sequence[Item], items: Sequence[Item], end: int) -> bool:
    """Whether the name begins a clause that says that it is merged or ended."""
    if before and before[-1].symbol not in _ENDS_CLAUSE:
        return False
    at = end
    while at < len(items) and items[at].symbol in _MODAL:
        at += 1
    return end < at < len(items) and items[at].symbol in _CHANGES


def _unit(row: Sequence[Item], text: str, offset: int) -> Item:
    start, end = row[0].start, row[-1].end
    name = " ".join(text[start - offset : end - offset].split())
    level = next((LEVEL_OF[word] for word in LEVEL_OF if name.lower().endswith(f" {word}")), None)
    last = row[-1].value
    above = last.name if isinstance(last, Unit) else None  # Bệnh xá Công an tỉnh
    unit = Unit(name, "to_chuc_khac", level, None, start - offset, end - offset, parent=above, head=row[0].symbol)
    return Item("U", start, end, unit)
