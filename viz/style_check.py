"""Whether a value that a user's style file gives can be drawn with; the errors name the key with its path."""

from __future__ import annotations

import math
import re

from graph.errors import UserError
from viz.fonts import FACES
from viz.symbols import NAMES

_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_MOST = 20_000  # of any number: px, lines, boxes
# numbers that cannot be 0: sizes of what is always drawn, steps, counts
_POSITIVE = {"size", "leading", "text_width", "root_width", "function_width", "width_step", "symbol", "mark", "arrow"}
_COUNTS = {"lines", "most"}  # sections of whole numbers from 1 on
_WORDS = {"face": tuple(FACES), "symbol": NAMES}


def check_value(value: object, default: object, path: tuple[str, ...]) -> None:
    """Accept a value for the key at `path`, which has this default.

    Raises:
        UserError: it has another type, is out of range, or is a word or colour that does not exist.
    """
    where, key = ": ".join(path), path[-1]
    if isinstance(default, list):
        _check_list(value, default, path)
    elif isinstance(default, str):
        if not isinstance(value, str):
            raise _refused(where, value, f"something like {default!r} is allowed")
        if key in _WORDS and value not in _WORDS[key]:
            raise _refused(where, value, f"one of {', '.join(_WORDS[key])} is allowed")
        if default.startswith("#") and not _COLOUR.fullmatch(value):
            raise _refused(where, value, "a colour as #rrggbb, in quotation marks, is allowed")
    elif isinstance(default, int | float):
        _check_number(value, where, whole=bool(_COUNTS & {*path}), positive=key in _POSITIVE)


def _check_number(value: object, where: str, whole: bool, positive: bool) -> None:
    allowed = f"a number from {1 if whole else 0} to {_MOST}"
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _refused(where, value, f"{allowed} is allowed")
    if whole and (value != int(value) or value < 1):
        raise _refused(where, value, f"{allowed} without fractions is allowed")
    if value < 0 or value > _MOST or (positive and not value):
        raise _refused(where, value, f"{allowed}{', above 0,' if positive else ''} is allowed")


def _check_list(value: object, default: list[object], path: tuple[str, ...]) -> None:
    where = ": ".join(path)
    if not isinstance(value, list):
        raise _refused(where, value, f"a list like {default!r} is allowed")
    if path[-1] == "people" and not value:
        raise _refused(where, value, "at least one colour is needed")
    for number, item in enumerate(value, 1):
        if path[-1] == "dash":
            _check_number(item, f"{where}: item {number}", whole=False, positive=False)
        else:
            check_value(item, default[0], (*path, f"item {number}"))
    if path[-1] == "dash" and value and (len(value) % 2 or not sum(value)):
        raise _refused(where, value, "dashes and spaces in pairs are allowed, or an empty list")


def _refused(where: str, value: object, remedy: str) -> UserError:
    return UserError(f"{where} is {value!r}", remedy)
