"""Units that are called as the one before, in another place: Hội Nhà báo tỉnh A và *hội cùng tên của tỉnh B*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.text import key
from loaders.reading.items import Item
from loaders.reading.places import Place
from loaders.reading.unit_names import Unit

_OF = frozenset(("của", "ở", "tại", "bên", "thuộc", "v:under"))
_ANY_HEAD = frozenset(("đơn vị", "cơ quan", "tổ chức"))


def with_like_named(items: list[Item]) -> list[Item]:
    """The items of a sentence, "đơn vị cùng tên của tỉnh B" and the like as the unit that it means."""
    found: list[Item] = []
    at = 0
    while at < len(items):
        meant = _meant(items, at, found)
        found.append(meant[0] if meant else items[at])
        at = meant[1] if meant else at + 1
    return found


def _meant(items: Sequence[Item], at: int, before: Sequence[Item]) -> tuple[Item, int] | None:
    """The unit that is meant by what begins at the index, and the index behind it."""
    for length in (1, 2):
        row = items[at : at + length + 4]
        place = row[-1].value if len(row) == length + 4 else None
        said = [item.symbol for item in row[length:-1]]
        if not isinstance(place, Place) or said[:2] != ["cùng", "tên"] or said[2] not in _OF:
            continue
        head = " ".join(item.symbol for item in row[:length])
        units = (item.value for item in reversed(before) if item.symbol == "U")
        other = next((unit for unit in units if isinstance(unit, Unit) and not unit.group), None)
        if other is None or not (head in _ANY_HEAD or key(other.name).startswith(f"{head} ")):
            return None
        end = at + length + 4
        start = place.start - (items[end - 1].start - items[at].start)
        unit = replace(other, place=place.full, start=start, end=place.end, parent=None, basis="deduced")
        return Item("U", items[at].start, items[end - 1].end, unit), end
    return None
