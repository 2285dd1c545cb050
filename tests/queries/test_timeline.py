"""The history of a unit: on every day it gives the same structure as reading that day from the store."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from graph.errors import NothingFound, UnknownName
from graph.store import Store
from queries import structure
from queries.find import find_place, find_unit
from queries.models import known_models
from queries.structure import Structure
from queries.timeline import pull as timeline
from queries.timeline.at import Days

DAYS = [dt.date(2017, 9, 1), dt.date(2019, 11, 2), dt.date(2025, 2, 20), dt.date(2025, 3, 2), dt.date(2025, 7, 1)]


def _facts(found: Structure) -> Structure:
    """Without the sources, which are counted by another rule."""
    return replace(found, sources=[])


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("name", ["tỉnh Vĩnh Phúc", "tỉnh Phú Thọ", "tỉnh Bình Phước"])
def test_a_place_is_the_same_as_read_from_the_store(demo: Store, name: str, on: dt.date) -> None:
    place = find_place(demo, name, on).id
    days = Days(timeline.fetch_place(demo, place), known_models(demo))
    try:
        expected = structure.fetch_place(demo, place, on, functions=True)
    except NothingFound:
        assert list(days.structure(on).units) == [place]
    else:
        assert _facts(days.structure(on)) == _facts(expected)


@pytest.mark.parametrize("on", DAYS[:4])
def test_a_unit_is_the_same_as_read_from_the_store(demo: Store, on: dt.date) -> None:
    unit = find_unit(demo, "Ủy ban nhân dân tỉnh Vĩnh Phúc", on).id
    found = timeline.fetch(demo, unit)
    assert _facts(Days(found, known_models(demo)).structure(on)) == _facts(
        structure.fetch(demo, unit, on, functions=True)
    )
    assert not found.territory
    assert found.place


def test_units_that_are_no_more_are_in_the_history(demo: Store) -> None:
    on = dt.date(2025, 7, 1)
    found = timeline.fetch_place(demo, find_place(demo, "tỉnh Vĩnh Phúc", on).id)
    gone = [unit for unit in found.units.values() if unit.life.end is not None and unit.life.end <= on]
    assert gone
    assert any(event.inputs and event.outputs and event.date for event in found.events)
    assert {citation.document for citation in found.citations} == set(found.sources)


def test_part_gives_units_with_all_above_them(demo: Store) -> None:
    on = dt.date(2019, 11, 2)
    days = Days(timeline.fetch_place(demo, find_place(demo, "tỉnh Vĩnh Phúc", on).id))
    whole = days.structure(on)
    leaf = next(unit for unit in reversed(whole.units.values()) if not unit.children)
    part = days.part(on, [leaf.id])
    above, path = whole.units[leaf.id].parent, [leaf.id]
    while above is not None:
        path.append(above)
        above = whole.units[above].parent
    assert set(part.units) == set(path)
    assert part.units[leaf.id].parent == leaf.parent


def test_names_and_places_that_are_not_there(demo: Store) -> None:
    with pytest.raises(UnknownName):
        timeline.fetch(demo, "nothing")
    with pytest.raises(UnknownName):
        timeline.fetch_place(demo, "nothing")
