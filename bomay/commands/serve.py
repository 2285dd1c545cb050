"""bomay serve: a database folder for several programs at once, over Bolt on this machine."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bomay.options import Settings, shared
from graph.errors import UserError

if TYPE_CHECKING:
    from graph.store.embedded import Served


@click.command(name="serve")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Port to answer on (default: a free one).")
@click.option("--write", is_flag=True, help="Print the account that can write as well.")
@shared("store", "lang")
def command(port: int | None, write: bool, settings: Settings) -> None:
    """Open the database folder to several programs, until Ctrl+C.

    Prints a Bolt address of this machine (nothing answers beyond it) and an account that can only
    read, for cypher-shell, notebooks and the official driver of any language.

    Other bomay commands of the same user on the same folder find the server and join it, loads as
    well; they need no password. Only the owner of the folder can read its passwords: other users
    connect with the account that is printed.
    """
    if "://" in settings.store:
        raise UserError(f"{settings.store} is a server already", "serve opens a database folder: --store PATH")
    from graph.store.embedded import serve_folder

    served = serve_folder(Path(settings.store), port=port, purpose="bomay serve")
    with _until_stopped() as stopped:
        try:
            _show(served, write=write, lang=settings.lang)
            # a wait without end could not be interrupted on Windows
            while not stopped.wait(1.0):
                pass
        finally:
            clean = served.stop()
    _end(clean, settings.lang)


@contextmanager
def _until_stopped() -> Iterator[threading.Event]:
    """An event that Ctrl+C, a closed terminal or the system's request to end sets."""
    stopped = threading.Event()
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # what was started to ignore a signal (nohup) goes on ignoring it
    numbers = [n for name in names if signal.getsignal(n := getattr(signal, name)) is not signal.SIG_IGN]
    before = {number: signal.signal(number, lambda *_: stopped.set()) for number in numbers}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _show(served: Served, *, write: bool, lang: str) -> None:
    """The address and the accounts; flushed, because another program may wait for these lines."""
    from bomay.labels import label
    from graph.store.serving import DATABASE, READER, WRITER

    lines = [("serve.address", served.address), ("serve.database", DATABASE)]
    accounts = [("serve.reads", READER, served.reader_password)]
    if write:
        accounts.append(("serve.writes", WRITER, served.writer_password))
    for what, user, password in accounts:
        lines += [("serve.user", f"{user}  ({label(what, lang)})"), ("serve.password", password)]
    width = max(len(label(name, lang)) for name, _ in lines)
    click.echo(f"{served.folder.name}: {label('serve.open', lang)}\n")
    for name, value in lines:
        click.echo(f"  {label(name, lang):<{width}}  {value}")
    click.echo(f"\n  cypher-shell -a {served.address} -d {DATABASE} -u {READER}")
    click.echo(f"\n{label('serve.until', lang)}")
    sys.stdout.flush()


def _end(clean: bool, lang: str) -> None:
    from bomay.labels import label

    click.echo(label("serve.stopped", lang))
    if not clean:
        sys.stdout.flush()
        # the engine still works for a client and would keep the process: it ends here, and so does its lock
        os._exit(0)
