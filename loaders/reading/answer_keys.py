"""Answer keys: what texts state, written down by a person, to compare readings with.

A key is YAML: `texts`, a list with the `file` name and, per kind, the facts that the text states. A fact
with `optional: true` is neither asked for nor wrong. What a key leaves out of a fact is not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph.errors import UserError
from graph.vocabulary import codes

Row = dict[str, Any]
_NUMBERS = ("value", "of", "from_value", "to_value")
_MOST_SHOWN = 20


@dataclass(frozen=True)
class _Form:
    """What a row of a kind may say: texts, lists of texts, numbers, yes or no; `needs` one of each group."""

    texts: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()


_FORMS = {
    "units": _Form(("name", "place"), needs=(("name",),)),
    "holdings": _Form(("person", "title", "unit"), flags=("former",), needs=(("person",), ("title",))),
    "memberships": _Form(("person", "kind"), needs=(("person",), ("kind",))),
    "events": _Form(("kind", "status", "date", "says"), ("inputs", "outputs"), needs=(("kind",), ("status",))),
    "figures": _Form(("measure", "direction", "state"), numbers=_NUMBERS, needs=(("value", "from_value", "to_value"),)),
    "documents": _Form(("number", "kind"), needs=(("number", "kind"),)),
    "models": _Form(("model", "status"), numbers=("n", "of"), needs=(("model", "status"),)),
    "functions": _Form(("at", "unit"), needs=(("at",),)),
    "positions": _Form(("title", "unit"), numbers=("seats",), needs=(("title",), ("unit",))),
    "relations": _Form(("from", "to", "kind"), needs=(("from",), ("to",), ("kind",))),
}
KINDS = tuple(_FORMS)


def read_keys(paths: Iterable[Path]) -> dict[str, Row]:
    """The keys of all texts by file name. Raises UserError with all that is wrong in the files."""
    found: dict[str, Row] = {}
    wrong: list[str] = []
    for path in paths:
        for text in _texts(path):
            errors = [f"{path}: {text['file']}: {error}" for error in _errors(text)]
            wrong += errors
            if not errors:
                found[str(text["file"])] = {kind: rows or [] for kind, rows in text.items()}
    if wrong:
        more = [f"and {len(wrong) - _MOST_SHOWN} more"] if len(wrong) > _MOST_SHOWN else []
        raise UserError("\n".join([*wrong[:_MOST_SHOWN], *more]))
    return found


def _texts(path: Path) -> list[Row]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UserError(f"{path}: the key cannot be read: {error}") from error
    texts = content.get("texts") if isinstance(content, dict) else None
    if not isinstance(texts, list) or not all(isinstance(t, dict) and t.get("file") for t in texts):
        raise UserError(f"{path}: not an answer key", "texts: [{file: article.txt, units: [{name: Sở Nội vụ}]}]")
    return texts


def _errors(text: Row) -> Iterator[str]:
    """What is wrong in the key of one text."""
    for kind, rows in text.items():
        if kind == "file":
            continue
        if kind not in _FORMS:
            yield f"unknown kind of fact {kind!r}; there are: {', '.join(KINDS)}"
        elif not isinstance(rows, list | None):
            yield f"{kind}: a list of rows is wanted, found {rows!r}"
        else:
            for number, row in enumerate(rows or (), 1):
                yield from (f"{kind}, row {number}: {error}" for error in _row_errors(kind, row))


def _row_errors(kind: str, row: object) -> Iterator[str]:
    form = _FORMS[kind]
    allowed = (*form.texts, *form.lists, *form.numbers, *form.flags, "optional")
    if not isinstance(row, dict):
        yield f"{row!r} is no row; it may have: {', '.join(allowed)}"
        return
    for name, value in row.items():
        if name not in allowed:
            yield f"unknown column {name!r}; there are: {', '.join(allowed)}"
        elif name in form.lists and not (value is None or _all_texts(value)):
            yield f"{name}: a list of names is wanted, found {value!r}"
        elif name in form.numbers and (isinstance(value, bool) or not isinstance(value, int | float)):
            yield f"{name}: a number is wanted, found {value!r}"
        elif name in form.flags and not isinstance(value, bool):
            yield f"{name}: true or false is wanted, found {value!r}"
        elif name in form.texts and isinstance(value, list | dict):
            yield f"{name}: a text is wanted, found {value!r}"
    for group in form.needs:
        if all(row.get(name) in (None, "") for name in group):
            yield f"{' or '.join(group)} is missing"
    if kind == "events":
        yield from _of_codes(row, "kind", codes("event_kinds"))
        yield from _of_codes(row, "status", [*codes("event_statuses"), "done", "planned"])
    if kind == "models":
        yield from _of_codes(row, "status", codes("model_statuses"))


def _all_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _of_codes(row: Row, name: str, allowed: Iterable[str]) -> Iterator[str]:
    if row.get(name) and row[name] not in allowed:
        yield f"{name}: {row[name]!r} is none of: {', '.join(allowed)}"
