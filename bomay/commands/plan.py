"""bomay plan: a re-arrangement written down, tried against the graph, compared, and at last recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bomay.options import Settings, shared
from graph.errors import UserError

if TYPE_CHECKING:
    from graph.store import Store
    from queries.plans.trial import Trial

EXAMPLES = ("phu-tho", "vinh-phuc-2025")
SHOWN = 20
FILE = click.Path(path_type=Path)


@click.group(name="plan")
def command() -> None:
    """Plans: check, compare and adopt a re-arrangement of units.

    A plan is a YAML file (or the sheet "Kế hoạch" of a workbook) of steps: merge, absorb, dissolve,
    split, move, rename, create, transfer functions, set quotas, appoint. Until `adopt` nothing is written.

    \b
    bomay plan template -o plan.yaml
    bomay plan check plan.yaml
    bomay plan diff plan.yaml
    bomay plan adopt plan.yaml
    """


@command.command(name="template")
@click.option(
    "--example",
    type=click.Choice(EXAMPLES),
    default=EXAMPLES[0],
    show_default=True,
    help="phu-tho: every kind of step, lies ahead; vinh-phuc-2025: from 17 to 12 departments, as it happened.",
)
@shared("output", "lang")
def template(example: str, settings: Settings) -> None:
    """Write a commented plan that runs on the facts of `bomay demo`."""
    from viz.tables import write_bytes

    content = (resources.files("bomay") / "plans" / f"{example}.yaml").read_bytes()
    if settings.output is not None and settings.output.exists():
        raise UserError(f"{settings.output} is there already", "name another file, or remove it first")
    write_bytes(content, settings.output)
    if settings.output is not None and str(settings.output) != "-":
        click.echo(f"{settings.output}: bomay plan check {settings.output}")


@command.command(name="check")
@click.argument("file", type=FILE)
@click.option("--in", "place", metavar="PLACE", help="Another scope than the plan's own place.")
@shared("store", "format", "output", "lang")
@click.pass_context
def check(context: click.Context, file: Path, place: str | None, settings: Settings) -> None:
    """What speaks against the plan in FILE: contradictions, what is lost, what the rules of its day say.

    Ends with 1 if there are errors. The graph is taken as it was on the day before the plan's first step.
    """
    from bomay.commands.plan_rows import finding_rows
    from bomay.labels import label
    from viz.tables import emit, format_for

    form = format_for(settings.format, settings.output)
    with settings.connect() as store:
        trial = _tried(store, file, place)
    found = trial.check()
    columns, rows = finding_rows(found, settings.lang, people=form in ("table", "xlsx"), full=form != "table")
    counts = {s: sum(1 for f in found if f.severity == s) for s in ("error", "warning", "info")}
    note = label("plan.sum", settings.lang).format(
        steps=len(trial.scenario.steps), errors=counts["error"], warnings=counts["warning"], infos=counts["info"]
    )
    if found or form != "table":
        emit(
            columns,
            rows,
            format=form,
            output=settings.output,
            labels={c: label(f"plan.{c}", settings.lang) for c in columns},
            title=_title(trial, "plan.check", settings.lang),
            note=note,
        )
    else:
        click.echo(f"{_title(trial, 'plan.check', settings.lang)}\n{label('plan.clean', settings.lang)} {note}")
    if counts["error"]:
        context.exit(1)


@command.command(name="diff")
@click.argument("file", type=FILE)
@click.option("--in", "place", metavar="PLACE", help="Another scope than the plan's own place.")
@click.option("--all", "everything", is_flag=True, help="Every row of every table, and measures that stay the same.")
@shared("store", "format", "output", "lang")
def diff(file: Path, place: str | None, everything: bool, settings: Settings) -> None:
    """Before and after the plan in FILE: measures by system and level, every unit, function and person."""
    from bomay.commands.plan_rows import diff_rows, diff_tables
    from bomay.labels import label
    from viz.tables import emit, format_for

    form = format_for(settings.format, settings.output)
    with settings.connect() as store:
        trial = _tried(store, file, place)
    found = trial.diff()
    title = _title(trial, "plan.diff", settings.lang)
    if form == "table":
        parts = diff_tables(trial, found, settings.lang, everything)
        if not any((found.units, found.functions, found.people)):
            click.echo(f"{title}\n{label('plan.nothing', settings.lang)}")
            return
        _print(title, parts, settings, everything)
        return
    columns, rows = diff_rows(trial, found, settings.lang, people=form == "xlsx")
    headings = {c: label(f"plan.{c}", settings.lang) for c in columns}
    emit(columns, rows, format=form, output=settings.output, labels=headings, title=title)


@command.command(name="compare")
@click.argument("a", type=FILE)
@click.argument("b", type=FILE)
@click.option("--in", "place", metavar="PLACE", help="Another scope than the plans' own place.")
@click.option("--all", "everything", is_flag=True, help="Every row of every table.")
@shared("store", "format", "output", "lang")
def compare(a: Path, b: Path, place: str | None, everything: bool, settings: Settings) -> None:
    """Two plans side by side: measures, findings, and the units in which their results differ."""
    from bomay.commands.plan_rows import compare_rows, compare_tables
    from bomay.labels import label
    from queries.plans.compare import compare as side_by_side
    from viz.tables import emit, format_for

    form = format_for(settings.format, settings.output)
    with settings.connect() as store:
        first, second = (_tried(store, file, place) for file in (a, b))
    if not place and first.scenario.place != second.scenario.place:
        two = " and ".join(trial.scenario.place_name or "–" for trial in (first, second))
        raise UserError(
            f"the plans are about two places: {two}",
            "name one scope for both with --in",
        )
    found = side_by_side(first, second)
    title = label("plan.compare", settings.lang)
    if form == "table":
        sides = zip("ab", (first, second), strict=True)
        head = "\n".join([title, *(label(f"plan.{s}", settings.lang).format(title=t.scenario.title) for s, t in sides)])
        _print(head, compare_tables(found, settings.lang), settings, everything)
        return
    columns, rows = compare_rows(found, settings.lang)
    headings = {c: label(f"plan.{c}", settings.lang) if len(c) > 1 else c.upper() for c in columns}
    emit(columns, rows, format=form, output=settings.output, labels=headings, title=title)


@command.command(name="adopt")
@click.argument("file", type=FILE)
@click.option("--status", metavar="STATUS", help="in_force applies the events; adopted, scheme … only record them.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--force", is_flag=True, help="Also with errors that the check finds.")
@shared("store", "lang")
@click.pass_context
def adopt(context: click.Context, file: Path, status: str | None, yes: bool, force: bool, settings: Settings) -> None:
    """Record the plan in FILE as events, with the plan as their evidence.

    Steps that lie ahead are recorded as adopted and change nothing yet; --status in_force applies them.
    `bomay load --undo` takes it back.
    """
    from bomay.commands.load import show
    from bomay.labels import label
    from graph.vocabulary import label as word
    from loaders.plan import adopt as record
    from loaders.plan import status_of

    lang = settings.lang
    with settings.connect() as store:
        trial = _tried(store, file, None)
        chosen = _status(status) or status_of(trial.scenario, dt.date.today())
        errors = [finding for finding in trial.check() if finding.severity == "error"]
        if errors and not force:
            shown = "\n".join(f"  {finding.message(lang)}" for finding in errors[:8])
            more = f"\n  … (+{len(errors) - 8})" if len(errors) > 8 else ""
            raise UserError(
                f"the plan has {len(errors)} errors and was not adopted:\n{shown}{more}",
                f"bomay plan check {file}; or adopt it all the same with --force",
            )
        said = {"title": trial.scenario.title, "steps": len(trial.scenario.steps)}
        click.echo(label("plan.adopt", lang).format(**said, status=word("event_statuses", chosen, lang)))
        if chosen != "in_force":
            click.echo(label("plan.adopt_recorded", lang).format(file=file))
        if not yes and not click.confirm(label("plan.adopt_ask", lang).format(store=settings.store)):
            click.echo(label("plan.adopt_not", lang))
            context.exit(1)
        report = record(store, file, chosen)
    show(report, lang=lang)
    if report.load:
        click.echo(label("plan.undo", lang).format(load=report.load))


def _tried(store: Store, file: Path, place: str | None) -> Trial:
    from loaders.plan import read_plan
    from queries.find import find_place
    from queries.plans.trial import try_plan

    scenario = read_plan(store, file)
    return try_plan(store, scenario, find_place(store, place, scenario.start).id if place else "")


def _status(text: str | None) -> str | None:
    from graph.vocabulary import code_of, codes

    if text is None:
        return None
    code = code_of("event_statuses", text)
    if code is None:
        allowed = ", ".join(f"{entry.code} ({entry.vi})" for entry in codes("event_statuses").values())
        raise UserError(f"{text!r} is not a status", f"one of: {allowed}")
    return code


def _title(trial: Trial, name: str, lang: str) -> str:
    from bomay.labels import label

    scenario = trial.scenario
    day = scenario.start - dt.timedelta(days=1)
    where = f" · {scenario.place_name}" if scenario.place_name else ""
    against = label("plan.against", lang).format(day=f"{day:%d/%m/%Y}")
    return f"{label(name, lang)}: {scenario.title}{where}\n{scenario.end:%d/%m/%Y}, {against}"


def _print(
    title: str,
    parts: Sequence[tuple[str, list[str], list[list[Any]]]],
    settings: Settings,
    everything: bool,
) -> None:
    """Several tables one under the other, each cut after its first rows, on the screen or in one text file."""
    from bomay.labels import label
    from viz.tables import emit

    if settings.output is not None and str(settings.output) != "-":
        raise UserError("several tables do not go into one text file", "-o FILE.csv, .json or .xlsx; or > file.txt")
    click.echo(title)
    for name, columns, rows in parts:
        shown = rows if everything else rows[:SHOWN]
        left = len(rows) - len(shown)
        click.echo()
        note = label("plan.more", settings.lang).format(n=left) if left else ""
        emit(columns, shown, title=name, note=note)
