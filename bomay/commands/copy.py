"""bomay copy: a whole graph from one store to another, and the proof that it is the same."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bomay.labels import label
from bomay.options import Settings, shared
from bomay.progress import Progress
from graph.errors import BomayError, QueryError, StoreError, StoreFailed, UserError

if TYPE_CHECKING:
    from graph.copy import Line, Report
    from graph.store import Store

COLUMNS = ("kind", "source", "target", "created", "changed", "extra", "removed", "digest", "equal")
# digits of a digest that a person is shown; csv, json and xlsx have all
SHOWN_DIGITS = 12


@click.command(name="copy")
@click.argument("source")
@click.argument("target")
@click.option("--into-existing", is_flag=True, help="Merge into a target that has facts already; the source wins.")
@click.option("--exact", is_flag=True, help="Remove from the target what the source does not have.")
@shared("format", "output", "lang")
def command(source: str, target: str, into_existing: bool, exact: bool, settings: Settings) -> None:
    """Copy the graph of SOURCE to TARGET: each a database folder, or a bolt:// or neo4j:// address.

    A copy that was cut off is gone on with by the same command. At the end both are compared by
    counts and digests; a difference ends with exit code 1.
    """
    from graph.copy import copy

    if _place(source) == _place(target):
        raise UserError("source and target are the same store", "name another store as the target")
    if "://" not in source and not Path(source).exists():
        raise StoreError(f"there is no database at {source}", "name the source first, the target second")
    with _opened(settings, source, "source") as old, _opened(settings, target, "target") as new, Progress() as bar:

        def show(stage: str, done: int, total: int) -> None:
            bar.show(label(f"copy.{stage}", settings.lang), done, total)

        try:
            report = copy(old, new, into_existing=into_existing, exact=exact, progress=show)
        except (StoreError, KeyboardInterrupt):
            if bar.begun:
                click.echo("note: the same command goes on where this one was cut off", err=True)
            raise
    _show(report, settings)
    if not report.equal:
        click.get_current_context().exit(1)


def _place(store: str) -> str:
    return store.rstrip("/") if "://" in store else str(Path(store).resolve())


def _opened(settings: Settings, store: str, role: str) -> Store:
    """Open one of the two; errors say which of them it was.

    An older schema version is no hindrance: it goes with the copy.
    """
    chosen = dataclasses.replace(settings, store=store)
    try:
        return chosen.connect(create=role == "target", migrating=True)
    except QueryError as error:
        # an empty store gets its schema at once, which a read-only account cannot do
        raise StoreFailed(
            f"the {role} {store} cannot be prepared: {error.message}",
            "use an account that may write (BOMAY_USER, BOMAY_PASSWORD)",
        ) from error
    except BomayError as error:
        error.message = f"the {role} {store}: {error.message}"
        raise


def _show(report: Report, settings: Settings) -> None:
    from viz.tables import emit, format_for

    lang = settings.lang
    format_ = format_for(settings.format, settings.output)
    rows = [_row(line, lang, for_people=format_ == "table") for line in report.lines if line.source or line.target]
    emit(
        COLUMNS,
        rows,
        format=format_,
        output=settings.output,
        labels={name: label(f"copy.{name}", lang) for name in COLUMNS},
        title=label("copy.copied" if report.equal else "copy.different", lang),
    )
    if report.resumed:
        click.echo(f"note: {label('copy.resumed', lang)}", err=True)
    nodes, links = report.outside
    if nodes or links:
        click.echo(
            f"note: {nodes} nodes and {links} relationships of the source are not of bomay's schema "
            "and were not copied",
            err=True,
        )


def _row(line: Line, lang: str, *, for_people: bool) -> list[object]:
    values = dataclasses.asdict(line)
    name = values.pop("name")
    if for_people:
        values["digest"] = values["digest"][:SHOWN_DIGITS]
        name = label(f"fact.{name}", lang)
    return [name, *(values[column] for column in COLUMNS[1:])]
