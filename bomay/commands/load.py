"""bomay load: files into the store, all or nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from bomay.options import Settings, shared
from graph.errors import UserError
from loaders.load import Report


@click.command(name="load")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be added, changed and ended.")
@click.option("--undo", metavar="ID", help="Take a load back: what it added goes, what it changed is restored.")
@shared("store", "lang")
def command(files: tuple[Path, ...], dry_run: bool, undo: str | None, settings: Settings) -> None:
    """Load FILES: workbooks (.xlsx, .ods), CSV files or folders of them, YAML or JSON.

    Everything is checked first; if anything is wrong, all problems are listed and nothing is
    loaded. Loading a file again changes nothing.
    """
    if undo:
        if files:
            raise UserError("--undo takes the id of a load and no files", "`bomay loads` lists the ids")
        _undo(undo, settings)
        return
    if not files:
        raise UserError("name at least one file to load", "`bomay template facts.xlsx` writes one to fill in")
    from loaders.load import load

    new = "://" not in settings.store and not Path(settings.store).exists()
    written = False
    try:
        with settings.connect(create=True) as store:
            progress = _Progress()
            report = load(store, files, dry_run=dry_run, progress=progress.show)
            progress.done()
            written = bool(report.load)
    finally:
        if new and not written and not (Path(settings.store) / "owner.json").exists():
            # a first load that fails or only tries leaves no empty database behind, unless another
            # process has opened it meanwhile
            shutil.rmtree(settings.store, ignore_errors=True)
    show(report, dry_run=dry_run, lang=settings.lang)


def _undo(load_id: str, settings: Settings) -> None:
    from graph.undo import undo

    with settings.connect() as store:
        nodes, relationships, changes = undo(store, load_id)
    click.echo(
        f"Load {load_id} taken back: {nodes} nodes and {relationships} relationships removed, "
        f"{changes} changes restored."
    )


class _Progress:
    """A bar on the screen for loads that take long; nothing where nobody looks."""

    def __init__(self) -> None:
        self._bar: click._termui_impl.ProgressBar[int] | None = None
        self._seen = 0

    def show(self, done: int, total: int) -> None:
        """Called after every batch with the facts written so far."""
        if total < 20_000 or not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, label="Loading", file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(done - self._seen)
        self._seen = done

    def done(self) -> None:
        """Close the bar."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


def show(report: Report, *, dry_run: bool = False, lang: str = "vi") -> None:
    """Print what a load did."""
    from bomay.labels import label
    from viz.tables import emit

    for notice in report.notices:
        click.echo(f"note: {notice}", err=True)
    todo = report.plan
    if not todo.size:
        click.echo(label("load.nothing", lang))
        return
    ended = {change.id for change in todo.ended()}
    changed = [c for c in todo.changes if c.id not in ended]
    rows = [[label(f"fact.{name}", lang), count] for name, count in sorted(todo.added().items())]
    emit(
        [label("load.what", lang), label("load.added", lang)],
        rows,
        title=label("load.would" if dry_run else "load.done", lang),
    )
    for heading, changes in (("load.ended", list(todo.ended())), ("load.changed", changed)):
        if changes:
            click.echo(f"{label(heading, lang)}: {len(changes)}")
            for change in changes[:20] if dry_run else []:
                name = todo.names.get(change.id) or f"{change.name} {change.start}"
                after = ", ".join(f"{k}: {v}" for k, v in change.after.items() if v is not None)
                click.echo(f"  {name}: {after}")
    if todo.applied:
        click.echo(f"{label('load.applied', lang)}: {len(todo.applied)}")
    if report.load:
        click.echo(f"{label('load.id', lang)}: {report.load}")
