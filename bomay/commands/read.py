"""bomay read: documents to proposed facts with evidence; scoring against an answer key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.errors import UserError

if TYPE_CHECKING:
    from loaders.reading.facts import Reading


@click.command(name="read")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the facts here (YAML); - is stdout.")
@click.option("--key", "keys", multiple=True, type=click.Path(path_type=Path), help="Score against this answer key.")
def command(files: tuple[Path, ...], output: Path | None, keys: tuple[Path, ...]) -> None:
    """Read FILES (.txt, .html, .docx, .pdf): decisions, reports and news in Vietnamese.

    The facts found are written as `bomay load` takes them, each with its source, paragraph, span,
    quote, status, confidence and rule. With --key they are compared with an answer key.
    """
    if not files:
        raise UserError("name at least one document to read", "bomay read article.txt -o facts.yaml")
    readings = _readings(files)
    if not readings:
        raise UserError("none of the documents could be read")
    if keys:
        from loaders.reading.report import show_scores

        click.echo(show_scores(readings, keys))
        if output is None:
            return
    _write(readings, output or Path("facts.yaml"))


def _readings(files: tuple[Path, ...]) -> list[Reading]:
    """All documents that can be read; what is wrong with the others is said."""
    from loaders.reading.document import make_document
    from loaders.reading.read import read_document
    from loaders.reading.sources import read_source

    readings: list[Reading] = []
    failed: list[str] = []
    for path in files:
        try:
            source = read_source(path)
        except UserError as error:
            failed.append(str(error))
            continue
        for notice in source.notices:
            click.echo(f"note: {notice}", err=True)
        reading = read_document(make_document(source.name, source.text))
        if not reading.facts:
            click.echo(f"note: {source.name}: no facts were found in it", err=True)
        readings.append(reading)
    if failed and not readings:
        raise UserError("\n".join(failed))
    for message in failed:
        click.echo(f"note: not read: {message}", err=True)
    return readings


def _write(readings: list[Reading], output: Path) -> None:
    from loaders.reading.output import rows, to_yaml

    sheets = rows(readings)
    text = to_yaml(sheets)
    if str(output) == "-":
        click.echo(text, nl=False)
        return
    output.write_text(text, encoding="utf-8")
    found = ", ".join(f"{len(listed)} {name}" for name, listed in sheets.items() if not name.startswith("#"))
    click.echo(f"{output}: {found}")
    unread = len(sheets.get("#unread", []))
    if unread:
        click.echo(f"{unread} not understood, see #unread")
    click.echo(f"next: bomay load {output}")
