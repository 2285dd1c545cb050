"""bomay chart --before --after, bomay chart --plan: what changes, on one chart with a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from bomay.commands.chart_findings import WORDS
from bomay.options import Day
from graph.errors import UnknownName, UserError
from graph.store import Store

if TYPE_CHECKING:
    from queries.changes.types import Changes
    from queries.find import Found
    from viz.chart import Options
    from viz.model import Chart

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Asked:
    """What is to be compared: two days, or the graph and a plan."""

    before: dt.date | None = None
    after: dt.date | None = None
    plan: Path | None = None

    def __bool__(self) -> bool:
        return self.before is not None or self.after is not None or self.plan is not None


def changes_options(function: F) -> F:
    """Add --before, --after and --plan to the command; it gets them as `asked`, checked against each other."""
    import functools

    @functools.wraps(function)
    def wrapped(*args: Any, before: dt.date | None, after: dt.date | None, plan: Path | None, **values: Any) -> Any:
        asked = Asked(before, after, plan)
        _refuse(asked, values)
        return function(*args, asked=asked, **values)

    result: Any = wrapped
    for option in (
        click.option("--plan", type=click.Path(path_type=Path), metavar="FILE", help="What a plan would change."),
        click.option("--after", type=Day(), help="Draw what changed until this day; with --before."),
        click.option("--before", type=Day(), help="Draw what changed from this day on; with --after."),
    ):
        result = option(result)
    return cast("F", result)


def _refuse(asked: Asked, values: dict[str, Any]) -> None:
    """Raise UserError for options that do not go together."""
    if not asked:
        return
    days = (asked.before, asked.after)
    if asked.plan is not None and any(days):
        raise UserError("a plan has its own days", "leave out --before and --after, or leave out --plan")
    if asked.plan is None:
        if asked.before is None or asked.after is None:
            given, missing = ("--before", "--after") if asked.before else ("--after", "--before")
            raise UserError(f"{given} alone compares nothing", f"say the other day with {missing}")
        if asked.before >= asked.after:
            raise UserError(
                f"--before {asked.before} is not earlier than --after {asked.after}",
                "--before takes the earlier day",
            )
    findings = [word for word in WORDS if values.get(word)]
    if findings:
        raise UserError(
            "findings are about one day, changes about two",
            f"draw --{findings[0]} in a chart of its own, with --on",
        )


def changes_of(store: Store, unit: str, asked: Asked, depth: int | None) -> Changes:
    """What changes of the unit or territory that is named.

    Raises:
        UnknownName: there is none on either day, with the nearest names.
        InputErrors: the plan has mistakes, all of them.
        UserError: the unit is not in the plan's scope.
    """
    if asked.plan is not None:
        return _planned(store, unit, asked.plan, depth)
    from queries.changes.pull import fetch_changes

    assert asked.before is not None and asked.after is not None
    found, place = _find(store, unit, (asked.before, asked.after))
    return fetch_changes(store, found.id, asked.before, asked.after, depth, place=place)


def _planned(store: Store, unit: str, file: Path, depth: int | None) -> Changes:
    from loaders.plan import read_plan
    from queries.changes.plan import plan_changes, unit_of_plan
    from queries.plans.trial import try_plan

    scenario = read_plan(store, file)
    made = unit_of_plan(scenario, unit)
    if made is not None:
        return plan_changes(try_plan(store, scenario), made, depth)
    found, place = _find(store, unit, (scenario.start - dt.timedelta(days=1),))
    trial = try_plan(store, scenario, found.id if place else "")
    changes = plan_changes(trial, found.id, depth, place=place)
    for collision in trial.collisions:
        click.echo(str(collision), err=True)
    return changes


def _find(store: Store, text: str, days: Sequence[dt.date]) -> tuple[Found, bool]:
    """The unit, or failing that the place, of that name on the first of the days that has it."""
    from queries.find import find_place, find_unit

    nearest: list[str] = []
    for find, place in ((find_unit, False), (find_place, True)):
        found = None
        for on in days:
            try:
                each = find(store, text, on)
            except UnknownName as error:
                nearest += error.nearest
                break
            if each.holds(on):
                return each, place
            found = found or each
        if found is not None:
            return found, place  # it lived in between, or never: what reads it says so
    raise UnknownName("unit or place", text, list(dict.fromkeys(nearest))[:5])


def changes_model(changes: Changes, options: Options) -> Chart:
    """The chart model of the changes."""
    from viz.changes.union import changes_chart
    from viz.labels import Labels
    from viz.style import load_style

    return changes_chart(changes, load_style(options.style), Labels(options.lang), options.title, options.show)


def write_changes(chart: Chart, changes: Changes, form: str, options: Options) -> bytes:
    """The chart in a format, on one sheet; before and after on a page each where a PDF's paper is too small."""
    from viz.changes.pages import render_changes, small_text

    if not changes.changes:
        click.echo(chart.summary, err=True)
    small = small_text(chart, form, changes.after.on, options)
    if small:
        way = "larger with A3, --depth or a smaller unit"
        click.echo(f"on {options.fit} the text is {small:.1f} pt high; {way}", err=True)
    return render_changes(chart, form, changes.after.on, options)
