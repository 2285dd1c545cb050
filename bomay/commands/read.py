"""bomay read: documents to proposed facts with evidence; scoring against an answer key."""

from __future__ import annotations

import glob
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bomay.options import Settings, shared
from graph.errors import NothingFound, UserError

if TYPE_CHECKING:
    from loaders.reading.facts import Reading
    from loaders.reading.sources import Source

_STDIN = Path("-")


@click.command(name="read")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the facts here (YAML); - is stdout.")
@click.option("--key", "keys", multiple=True, type=click.Path(path_type=Path), help="Score against this answer key.")
@shared("lang")
def command(files: tuple[Path, ...], output: Path | None, keys: tuple[Path, ...], settings: Settings) -> int:
    """Read FILES (.txt, .html, .docx, .pdf, or folders of them; - is standard input): decisions, reports and
    news in Vietnamese.

    The facts found are written as `bomay load` takes them, each with its source, paragraph, span,
    quote, status, confidence and rule. With --key they are compared with an answer key. Files that cannot be
    read are said, the others are read all the same; the exit code is then 2.
    """
    if not files:
        raise UserError("name at least one document to read", "bomay read article.txt -o facts.yaml")
    failed: list[str] = []
    paths = _paths(files, failed)
    target = output or (None if keys else Path("facts.yaml"))
    if target is not None and target != _STDIN:
        _check_output(target, paths)
    readings = _readings(paths, failed)
    for message in failed:
        click.echo(f"not read: {message}", err=True)
    if not readings:
        raise UserError("none of the documents could be read")
    if keys:
        from loaders.reading.report import show_scores

        click.echo(show_scores(readings, keys))
    if target is not None:
        _write(readings, target, len(readings) + len(failed), settings.lang)
    return 2 if failed else 0


def _paths(files: Sequence[Path], failed: list[str]) -> list[Path]:
    """The files that are named, those of folders, and those that fit a pattern; each once, in their order."""
    from loaders.reading.sources import READABLE

    found: dict[Path, Path] = {}
    for file in files:
        inside = [file]
        if file == _STDIN:
            pass
        elif file.is_dir():
            inside = sorted(
                p for p in file.iterdir() if p.suffix.lower() in READABLE and not p.name.startswith((".", "~"))
            )
            if not inside:
                failed.append(f"{file}: no documents are in this folder\n  → It looks for {', '.join(READABLE)}")
        elif glob.has_magic(str(file)) and not file.exists():
            # Path.glob takes no pattern with an absolute path
            inside = sorted(Path(name) for name in glob.glob(str(file), recursive=True))  # noqa: PTH207
            if not inside:
                failed.append(f"{file}: no file fits this pattern")
        for path in inside:
            known = found.setdefault(path if path == _STDIN else path.resolve(), path)
            if known is not path:
                click.echo(f"note: {path}: named twice, read once", err=True)
    return list(found.values())


def _check_output(output: Path, paths: Sequence[Path]) -> None:
    """Refuse before the work what could not be written after it, and what would overwrite a document."""
    if output.suffix.lower() not in (".yaml", ".yml"):
        raise UserError(f"{output}: facts are written as YAML", f"-o {output.with_suffix('.yaml')}")
    if output.is_dir():
        raise UserError(f"{output} is a folder", f"name a file: -o {output / 'facts.yaml'}")
    if not output.parent.is_dir():
        raise UserError(f"there is no folder {output.parent}", "make it first, or write elsewhere")
    if output.resolve() in {path.resolve() for path in paths}:
        raise UserError(f"{output} is one of the documents; it would be overwritten", "name another file with -o")


def _readings(paths: Sequence[Path], failed: list[str]) -> list[Reading]:
    """All documents that can be read; what is wrong with the others is added to `failed`."""
    from loaders.reading.document import make_document
    from loaders.reading.output import digest
    from loaders.reading.read import read_document

    readings: list[Reading] = []
    texts: dict[str, str] = {}
    for path in paths:
        try:
            source = _source(path)
            document = make_document(source.name, source.text)
            twin = texts.setdefault(digest(document), source.name)
            for notice in source.notices:
                click.echo(f"note: {notice}", err=True)
            if twin is not source.name:
                click.echo(f"note: {source.name}: the same text as {twin}; read once", err=True)
                continue
            readings.append(read_document(document))
        except UserError as error:
            failed.append(str(error))
        except Exception as error:  # one document at which bomay fails must not cost the others
            failed.append(f"{path}: a fault of bomay ({type(error).__name__}: {error})\n  → Please report it.")
    return readings


def _source(path: Path) -> Source:
    from loaders.reading.sources import read_bytes, read_source

    if path != _STDIN:
        return read_source(path)
    if sys.stdin.isatty():
        raise UserError("-: nothing is piped in", "cat article.txt | bomay read - -o facts.yaml")
    return read_bytes(sys.stdin.buffer.read(), "stdin")


def _write(readings: list[Reading], output: Path, named: int, lang: str) -> None:
    from bomay.commands.read_report import report
    from loaders.reading.output import rows, to_yaml
    from viz.tables import write_bytes

    if not any(reading.facts for reading in readings):
        names = ", ".join(reading.document.name for reading in readings[:5])
        more = f" and {len(readings) - 5} more" if len(readings) > 5 else ""
        raise NothingFound(
            f"no facts were found in {names}{more}; nothing was written",
            "bomay read takes Vietnamese prose with diacritics: decisions, reports, news",
        )
    sheets = rows(readings)
    write_bytes(to_yaml(sheets).encode("utf-8"), output)
    if output != _STDIN:
        click.echo("\n".join(report(readings, sheets, output, named, lang)))
