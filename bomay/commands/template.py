"""bomay template: a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from bomay.options import Settings, shared


@click.command(name="template")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@shared("lang")
def command(file: Path, force: bool, settings: Settings) -> None:
    """Write FILE.xlsx with a sheet for each kind of fact, drop-downs and one worked example.

    The example loads as it is; replace its rows by your own.
    """
    from loaders.template import write_template

    write_template(file, settings.lang, force=force)
    click.echo(f"{file}: fill it in, then: bomay load {file}")
