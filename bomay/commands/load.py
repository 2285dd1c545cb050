"""bomay load: files into the store, all or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bomay.labels import label
from bomay.options import Settings, shared
from bomay.progress import Progress
from graph.errors import StoreError, UnknownName, UserError

if TYPE_CHECKING:
    from graph.store import Store
    from loaders.load import Report


REGISTER = "vietnam-2025"


@click.command(name="load")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be added, changed and ended.")
@click.option("--register", metavar="NAME", help="Load a public register: vietnam-2025 (needs bomay[vietnam]).")
@click.option("--undo", metavar="ID", help="Take a load back: what it added goes, what it changed is restored.")
@shared("store", "lang")
def command(files: tuple[Path, ...], dry_run: bool, register: str | None, undo: str | None, settings: Settings) -> None:
    """Load FILES: workbooks (.xlsx, .ods), CSV files or folders of them, YAML or JSON.

    Everything is checked first; if anything is wrong, all problems are listed and nothing is
    loaded. Loading a file again changes nothing. A large load that was cut off is gone on with by
    the same command.
    """
    if undo:
        if files or register:
            raise UserError("--undo takes the id of a load and no files", "`bomay loads` lists the ids")
        _undo(undo, settings)
        return
    if register is not None and register != REGISTER:
        raise UnknownName("register", register, [REGISTER])
    if not files and not register:
        raise UserError("name at least one file to load", "`bomay template facts.xlsx` writes one to fill in")
    from loaders.load import load

    new = "://" not in settings.store and not Path(settings.store).exists()
    written = False
    try:
        with settings.connect(create=True) as store, Progress() as bar:

            def show_bar(stage: str, done: int, total: int) -> None:
                bar.show(label(f"load.{stage}", settings.lang), done, total)

            try:
                with _with_register(files, register, store, settings.lang) as all_files:
                    report = load(
                        store, all_files, dry_run=dry_run, progress=partial(show_bar, "writing"), rows=show_bar
                    )
                written = bool(report.load)
            except BaseException as error:
                written = _cut_off(store)
                if written and isinstance(error, StoreError | KeyboardInterrupt):
                    click.echo("note: the same command goes on where this one was cut off", err=True)
                raise
    finally:
        if new and not written and not (Path(settings.store) / "owner.json").exists():
            # a first load that fails or only tries leaves no empty database behind, unless another
            # process has opened it meanwhile
            shutil.rmtree(settings.store, ignore_errors=True)
    show(report, dry_run=dry_run, lang=settings.lang)


@contextmanager
def _with_register(files: tuple[Path, ...], register: str | None, store: Store, lang: str) -> Iterator[list[Path]]:
    """The files, with the register's rows ahead of them."""
    if register is None:
        yield list(files)
        return
    from loaders.registers.vietnam import write_rows

    with tempfile.TemporaryDirectory() as folder:
        written = write_rows(Path(folder), store)
        said = label("load.register", lang).format(known=written.known, wrong=written.wrong)
        click.echo(said, err=True)
        yield [written.file, *files]


def _cut_off(store: Store) -> bool:
    """Whether the store has a load that was cut off; so too where it does not answer any more."""
    try:
        return bool(store.read("MATCH (l:Load) WHERE l.state = 'running' RETURN l.id LIMIT 1").rows)
    except StoreError:
        return True


def _undo(load_id: str, settings: Settings) -> None:
    from graph.undo import undo

    with settings.connect() as store:
        nodes, relationships, changes = undo(store, load_id)
    click.echo(
        f"Load {load_id} taken back: {nodes} nodes and {relationships} relationships removed, "
        f"{changes} changes restored."
    )


def show(report: Report, *, dry_run: bool = False, lang: str = "vi") -> None:
    """Print what a load did."""
    from viz.tables import emit

    for notice in report.notices:
        click.echo(f"note: {notice}", err=True)
    todo = report.plan
    if not todo.size:
        click.echo(label("load.nothing", lang))
        return
    rows = [[label(f"fact.{name}", lang), count] for name, count in sorted(todo.added().items())]
    emit(
        [label("load.what", lang), label("load.added", lang)],
        rows,
        title=label("load.would" if dry_run else "load.done", lang),
    )
    for heading, number, changes in (
        ("load.ended", todo.count_ended(), todo.ended()),
        ("load.changed", todo.count_changed(), todo.changed()),
    ):
        if number:
            click.echo(f"{label(heading, lang)}: {number}")
            for change in changes[:20] if dry_run else []:
                name = todo.names.get(change.id) or f"{change.name} {change.start}"
                after = ", ".join(f"{k}: {v}" for k, v in change.after.items() if v is not None)
                click.echo(f"  {name}: {after}")
    if todo.applied:
        click.echo(f"{label('load.applied', lang)}: {len(todo.applied)}")
    if report.load:
        click.echo(f"{label('load.id', lang)}: {report.load}")
