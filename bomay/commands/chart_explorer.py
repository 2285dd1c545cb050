"""bomay chart -o FILE.html: the page to explore, with the whole history of the units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.store import Store
    from queries.structure import Structure
    from viz.chart import Options
    from viz.explorer.data import Overlap
    from viz.model import Chart


def explorer_page(
    store: Store,
    structure: Structure,
    chart: Chart,
    options: Options,
    depth: int | None = None,
    findings: Sequence[str] = (),
) -> bytes:
    """The page of a structure's root: what was ever under it, with the structure's day shown first.

    `chart` is the chart model of that day, amended with the findings that were asked for; `depth` is
    the number of levels that are open at first.
    """
    from queries.models import known_models
    from queries.timeline.at import Days
    from queries.timeline.pull import fetch, fetch_place
    from viz.explorer.explorer import explorer

    try:
        timeline = fetch(store, structure.root)
    except UnknownName:
        timeline = fetch_place(store, structure.root)
    days = Days(timeline, known_models(store))
    overlaps = _overlaps(store, structure) if "overlaps" in findings else []
    return explorer(days, structure.on, options, depth, overlaps, chart)


def _overlaps(store: Store, structure: Structure) -> list[Overlap]:
    """The overlaps between units of the structure, the strongest first, as `bomay overlaps` lists them."""
    from bomay.commands.overlaps import open_findings
    from graph.errors import NothingFound
    from queries.holdings import place_of
    from queries.judgements import judgements
    from queries.overlaps.recorded import KIND
    from queries.overlaps.run import overlaps
    from viz.explorer.data import Overlap

    place = place_of(store, structure.root, structure.on)
    try:
        found = overlaps(store, structure.on, place or None)
    except NothingFound:
        return []
    listed = open_findings(found.findings, judgements(store, KIND))
    keys = {each.key for each in listed}
    return [
        Overlap(each.cls, each.score, tuple((side.host.id, side.text) for side in each.sides))
        for each in listed
        if each.group not in keys and set(each.units) <= structure.units.keys()
    ]
