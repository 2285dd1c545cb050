"""The options that all commands share, given before or after the command's name."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from graph.errors import UserError

if TYPE_CHECKING:
    from graph.store import Store

DEFAULT_STORE = "bomay.db"
FORMATS = ("table", "csv", "json", "xlsx")
LANGUAGES = ("vi", "en")
F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Settings:
    """What the shared options say."""

    store: str = DEFAULT_STORE
    on: dt.date = dt.date.min
    format: str | None = None
    output: Path | None = None
    lang: str = "vi"

    def connect(self, *, create: bool = False, time_limit: float | None = None, migrating: bool = False) -> Store:
        """Open the store; the caller closes it (use `with`)."""
        from graph.store import connect

        context = click.get_current_context(silent=True)
        purpose = f"bomay {context.info_name}" if context else "bomay"
        try:
            return connect(self.store, create=create, purpose=purpose, time_limit=time_limit, migrating=migrating)
        finally:
            let_in_what_was_kept_out()


# The driver imports these where they are installed: half a second that few commands need.
KEPT_OUT = ("numpy", "pandas")


def keep_out() -> None:
    """Let nothing import numpy and pandas until the driver is loaded."""
    for name in KEPT_OUT:
        # None stops an import; the type of sys.modules does not tell so
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def let_in_what_was_kept_out() -> None:
    """From now on who needs them may import them: solvers, compiled loops."""
    for name in KEPT_OUT:
        if sys.modules.get(name, sys) is None:
            del sys.modules[name]


class Day(click.ParamType[dt.date]):
    """A day as people type it: 9/10/2019 or 2019-10-09."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> dt.date:
        """The day; fails with what is allowed."""
        if isinstance(value, dt.date):
            return value
        from graph.dates import parse_day

        try:
            return parse_day(str(value))
        except ValueError as error:
            self.fail(str(error), param, context)


_SHARED: dict[str, Callable[[F], F]] = {
    "store": click.option(
        "--store",
        envvar="BOMAY_STORE",
        metavar="PATH|URL",
        help=f"Database folder, or bolt:// or neo4j:// address (BOMAY_STORE; default {DEFAULT_STORE}).",
    ),
    "on": click.option("--on", type=Day(), help="As of this day: 9/10/2019 or 2019-10-09 (default today)."),
    "format": click.option(
        "--format", type=click.Choice(FORMATS), help="Form of the answer (default: by -o, else table)."
    ),
    "output": click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
        metavar="FILE",
        help="Write to a file; - is standard output.",
    ),
    "lang": click.option("--lang", type=click.Choice(LANGUAGES), help="Language of labels (default vi)."),
}


def shared(*names: str) -> Callable[[F], F]:
    """Add these of the shared options to a command; it gets one `settings` argument instead of them."""
    import functools

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def wrapped(*args: Any, **values: Any) -> Any:
            given = {name: values.pop(name) for name in names}
            outer = click.get_current_context().find_root().obj or {}
            return function(*args, settings=_settings({**outer, **_filled(given)}), **values)

        result: Any = wrapped
        for name in reversed(names):
            result = _SHARED[name](result)
        return cast("F", result)

    return decorate


def shared_on_group(function: F) -> F:
    """All shared options, for the group itself."""
    result: Any = function
    for option in reversed(_SHARED.values()):
        result = option(result)
    return cast("F", result)


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _settings(values: dict[str, Any]) -> Settings:
    settings = Settings(**_filled(values))
    if settings.on == dt.date.min:
        settings.on = dt.date.today()
    if not settings.store.strip():
        raise UserError("--store is empty", "name a folder, or a bolt:// or neo4j:// address")
    return settings
