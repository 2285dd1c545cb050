"""What people judged of findings: the verdicts that count, and the history of all."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import UnknownName
from graph.findings import Judgement, judgements_in
from graph.store import Store

__all__ = ["Judgement", "by_prefix", "history", "judgements"]


def judgements(store: Store, kind: str) -> dict[str, Judgement]:
    """The judgements of one kind of finding that count, by the key of the finding."""
    return {each.key: each for each in judgements_in(store) if each.kind == kind and each.ended is None}


def history(
    store: Store, kind: str | None = None, verdict: str | None = None, *, ended: bool = True
) -> list[Judgement]:
    """All judgements, the newest first; `ended` false leaves out those that no longer count."""
    return [
        each
        for each in reversed(judgements_in(store))
        if kind in (None, each.kind) and verdict in (None, each.verdict) and (ended or each.ended is None)
    ]


def by_prefix(given: str, keys: Iterable[str]) -> str:
    """The one key that begins with what was typed; the exact one counts before others.

    Raises UnknownName where there is none, or several.
    """
    known = sorted(set(keys))
    if given in known:
        return given
    fitting = [key for key in known if key.startswith(given)]
    if len(fitting) == 1:
        return fitting[0]
    raise UnknownName("finding", given, fitting[:5])
