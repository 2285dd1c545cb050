"""The progress bar of long commands."""

import io
from types import SimpleNamespace

import pytest

from bomay.progress import LONG, Progress


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    found = Screen()
    monkeypatch.setattr("bomay.progress.sys", SimpleNamespace(stderr=found))
    return found


def test_each_stage_has_its_bar(screen: Screen) -> None:
    with Progress() as progress:
        for stage in ("Reading", "Writing"):
            progress.show(stage, LONG // 2, LONG)
            progress.show(stage, LONG, LONG)
    shown = screen.getvalue()
    assert shown.index("Reading") < shown.index("Writing")
    assert shown.count("100%") == 2 and progress.begun


def test_nothing_is_shown_where_it_is_short_or_nobody_looks(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    with Progress() as progress:
        progress.show("Reading", 1, LONG - 1)
        monkeypatch.setattr(screen, "isatty", lambda: False)
        progress.show("Writing", 1, LONG)
    assert screen.getvalue() == ""


def test_a_bar_is_closed_by_an_error(screen: Screen) -> None:
    with pytest.raises(KeyboardInterrupt), Progress() as progress:
        progress.show("Reading", 1, LONG)
        raise KeyboardInterrupt
    assert screen.getvalue().endswith("\n")
