"""Units of which only the places are listed: "ba Trạm Y tế: xã A, xã B và xã C", "các trạm y tế xã A, B",
"Trạm Y tế xã A và phường B"."""

from __future__ import annotations

from dataclasses import replace

from graph.vocabulary import unit_kind
from loaders.reading.items import Item
from loaders.reading.places import LEVEL_OF, Place, kind_word, level_of_place
from loaders.reading.unit_names import Unit

_BETWEEN = (",", ";", "và", "với", "cùng")
# kinds of which there is one in each place, so that a second place is rather that of a second unit
IN_EACH_PLACE = frozenset(("tram_y_te", "trung_tam", "benh_vien"))


def with_listed(items: list[Item]) -> list[Item]:
    """The items, with a unit in the stead of each place of such a list."""
    found = list(items)
    for at, item in enumerate(items):
        unit = item.value
        if not isinstance(unit, Unit) or unit.kind not in IN_EACH_PLACE:
            continue
        following = items[at + 1].symbol if at + 1 < len(items) else ""
        counted = unit.group or (at > 0 and items[at - 1].symbol in ("#", "các"))
        if following == ":" and unit.place is None and counted:
            found[at + 2 :] = _of_each(items[at + 2 :], unit)
        elif unit.group and len(unit.name.split()) > 2 and unit.kind != "benh_vien" and following == "P":
            listed = _of_each(items[at + 1 :], unit)
            several = len([each for each in listed[:4] if isinstance(each.value, Unit)]) > 1
            found[at + 1 :] = listed if several else items[at + 1 :]
        elif following == "và" and unit.place is not None:
            found[at + 2 : at + 3] = _of_each(items[at + 2 : at + 3], unit)
    return found


def _of_each(items: list[Item], unit: Unit) -> list[Item]:
    """The items, with units in the stead of the places with which they begin, if all are of one level that units of
    the kind have."""
    end = 0
    levels: set[str | None] = {level_of_place(unit.place)} if unit.place else set()
    while end < len(items) and isinstance(items[end].value, Place):
        levels.add(level_of_place(_full(items[end])))
        between = end + 1
        while between < len(items) and items[between].symbol in _BETWEEN:
            between += 1
        end, last = between, end
        if between == last + 1:
            break
    if len(levels) != 1 or not levels <= set(unit_kind(unit.kind).levels):
        return items
    listed = [_at_place(item, unit) if isinstance(item.value, Place) else item for item in items[:end]]
    return [*listed, *items[end:]]


def _full(item: Item) -> str:
    return item.value.full if isinstance(item.value, Place) else ""


def _at_place(item: Item, unit: Unit) -> Item:
    about = unit_kind(unit.kind)
    place = _full(item)
    kind = kind_word(place)
    said = kind_word(unit.place or "")
    name = unit.name.removesuffix(f" {said}") if said else unit.name
    name = name[:1].upper() + name[1:]
    made = replace(
        unit,
        name=f"{name} {kind}" if about.level_in_name else name,
        place=place,
        level=LEVEL_OF[kind],
        group=False,
        basis="deduced",
        start=item.start,
        end=item.end,
    )
    return Item("U", item.start, item.end, made)
