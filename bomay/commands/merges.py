"""bomay merges: units that could become one, why, and what speaks against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bomay.options import Settings, shared
from graph.errors import NothingFound
from graph.store import Store

if TYPE_CHECKING:
    from bomay.commands.merge_rows import Counts

PICTURES = (".svg", ".png")


@click.command(name="merges")
@click.option("--in", "place", metavar="PLACE", help="Only units of this place and all within it.")
@click.option("--level", "levels", multiple=True, help="Only units of this level, e.g. tỉnh.")
@click.option("--system", "systems", multiple=True, help="Only groups with a unit of this system, e.g. Đảng.")
@click.option("--kind", "kinds", multiple=True, help="Only groups with a unit of this kind, e.g. Sở.")
@click.option("--size", type=click.IntRange(2, 4), default=4, show_default=True, help="Units in one group at the most.")
@click.option("--least", type=click.FloatRange(0, 1), metavar="SCORE", help="Only scores from this one on.")
@click.option("--most", type=click.IntRange(min=1), help="How many groups at the most.")
@click.option("--certain", is_flag=True, help="Only what certainly was so on the day.")
@click.option("--explain", metavar="N|KEY", help="One group explained; with -o FILE.svg or .png also as a picture.")
@click.option("--record", is_flag=True, help="Keep the groups in the graph, for Cypher and for bomay judge.")
@click.option("--as-plan", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Also write the groups as a plan, to change and for `bomay plan check`.")  # fmt: skip
@click.option("--truth", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Measure on known mergers: columns a, b (c, d) or units; maybe in, on, result, label.")  # fmt: skip
@click.option("--known-only", is_flag=True, help="For --truth: leave out rows that name no unit of the graph.")
@shared("store", "on", "format", "output", "lang")
def command(settings: Settings, **chosen: Any) -> None:
    """Groups of two to four units that could merge, chosen together: no unit is in two groups.

    The score adds up what speaks for it (functions covered both ways, rare words in common, one parent,
    paired party and state organs, size below the minimum) and against it (legal form, other system, a
    recent split). What a rule forbids is not proposed. `bomay judge` rejects a group or fixes it.
    """
    with settings.connect() as store:
        if chosen["truth"]:
            from bomay.commands.merge_truth import run_truth

            run_truth(store, settings, chosen)
        else:
            _proposals(store, settings, chosen)


def _proposals(store: Store, settings: Settings, chosen: dict[str, Any]) -> None:
    from bomay.commands.merge_rows import full_rows, note, screen_rows
    from bomay.labels import label
    from queries.find import find_place
    from queries.judgements import judgements
    from viz.tables import emit, format_for

    picture = bool(chosen["explain"] and settings.output and settings.output.suffix.lower() in PICTURES)
    form = "table" if picture else format_for(settings.format, settings.output)
    place = find_place(store, chosen["place"], settings.on).id if chosen["place"] else None
    scope = _scope(chosen)
    judged = judgements(store, "merge")
    found, counts, proven = proposals(store, settings.on, place, scope, judged, certain=chosen["certain"])
    day = f"{settings.on:%d/%m/%Y}"
    if not counts.units:
        raise NothingFound(f"no unit is recorded there on {day}", "another day with --on, another place with --in")
    if chosen["explain"]:
        _explain(settings, found, chosen["explain"])
        return
    if chosen["record"]:
        _record(store, settings, place, chosen, found)
    shown: Sequence[Any] = found[: chosen["most"]]
    if chosen["as_plan"] and shown:
        from bomay.commands.merge_plan import write

        write(shown, chosen["place"] or "", settings.on, settings.lang, chosen["as_plan"])
    columns, rows = screen_rows(shown, settings.lang) if form == "table" else full_rows(shown, settings.lang)
    if rows or form != "table":
        where = f" · {chosen['place']}" if chosen["place"] else ""
        emit(
            columns,
            rows,
            format=form,
            output=settings.output,
            labels={c: label(f"merges.{c}", settings.lang) for c in columns},
            title=f"{label('merges.title', settings.lang)}{where} · {day}",
            note=note(found, shown, counts, proven, settings.lang) if form == "table" else "",
        )
    if not rows:
        raise NothingFound(
            f"no units to merge on {day}: {counts.units} units, {counts.silent} of them without a function",
            "a lower --least, another day with --on, or more functions (sheet Chức năng)",
        )


def proposals(
    store: Store, on: dt.date, place: str | None, scope: Any, judged: Any, *, certain: bool = False
) -> tuple[list[Any], Counts, bool]:
    """The groups of all worlds, the accepted and the best first; what was looked at; whether the choice is proven
    to be the best. `place` as for `worlds`."""
    from bomay.commands.merge_rows import Counts
    from queries.merges.propose import propose
    from queries.merges.pull import worlds

    found: list[Any] = []
    units = silent = uncertain = 0
    proven = True
    for world in worlds(store, on, place, certain=certain):
        units += len(world.units)
        uncertain += world.uncertain
        silent += sum(unit not in world.functions for unit in world.units)
        proposed = propose(world, scope, judged)
        found += proposed.found
        proven = proven and proposed.proven
    found.sort(key=lambda p: (not p.accepted, -p.odds, p.key))
    return found, Counts(units, silent, uncertain), proven


def _scope(chosen: dict[str, Any]) -> Any:
    """The scope in codes. Raises UserError with what is allowed, or the nearest of many."""
    from bomay.commands.overlaps import code, unit_kind_code
    from queries.merges.propose import Scope

    return Scope(
        tuple(code("levels", each) for each in chosen["levels"]),
        tuple(code("systems", each) for each in chosen["systems"]),
        tuple(unit_kind_code(each) for each in chosen["kinds"]),
        chosen["size"],
        chosen["least"],
    )


def _explain(settings: Settings, found: Sequence[Any], given: str) -> None:
    from bomay.commands.merge_explain import chosen, explained, waterfall
    from viz.tables import screen_width, write_bytes
    from viz.waterfall import render

    each = chosen(found, given)
    output = settings.output
    if output and output.suffix.lower() in PICTURES:
        ending = output.suffix.lower().lstrip(".")
        write_bytes(render(waterfall(each, settings.lang), ending, settings.on), output)
        output = None
    write_bytes(explained(each, settings.lang, screen_width()).encode(), output)


def _record(store: Store, settings: Settings, place: str | None, chosen: dict[str, Any], found: Sequence[Any]) -> None:
    from importlib.metadata import version

    from bomay.labels import label
    from graph.findings import Run, record
    from queries.merges.recorded import KIND, candidate
    from queries.versions import weights_digest

    names = ("levels", "systems", "kinds", "size", "least", "certain")
    parameters = {name: chosen[name] for name in names if chosen[name]}
    run = Run(KIND, settings.on, version("bomay"), weights_digest(), parameters, place or "")
    record(store, run, [candidate(each) for each in found])
    click.echo(label("merges.recorded", settings.lang).format(n=len(found), run=run.id), err=True)
