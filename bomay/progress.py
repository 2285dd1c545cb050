"""A progress bar on the screen for what takes long; nothing where nobody looks."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

# below this many rows or facts nobody waits for a bar
LONG = 20_000


class Progress:
    """One bar after the other, a stage each; used as a context, so that none is left open."""

    def __init__(self) -> None:
        self.begun = False
        self._stage = ""
        self._bar: ProgressBar[int] | None = None
        self._seen = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.done()

    def show(self, stage: str, done: int, total: int) -> None:
        """So many of the total of a stage are done; `stage` is what the bar is called."""
        self.begun = True
        if total < LONG or not sys.stderr.isatty():
            return
        import click

        if stage != self._stage or done < self._seen:
            self.done()
            self._stage, self._seen = stage, 0
            self._bar = click.progressbar(length=total, label=stage, file=sys.stderr)
            self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(done - self._seen)
        self._seen = done

    def done(self) -> None:
        """Close the bar."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
