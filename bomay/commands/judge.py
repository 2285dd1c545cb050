"""bomay judge: accept, reject or leave open what the analyses propose; take it back; look it up."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bomay.options import Day, Settings, shared
from graph.errors import NothingFound, UserError
from graph.store import Store

if TYPE_CHECKING:
    from graph.findings import Judgement


@click.command(name="judge")
@click.argument("what", nargs=-1, metavar="KEY|NAME NAME… VERDICT")
@click.option("--why", "reason", default="", help="The reason.")
@click.option("--by", default="", help="Who decided (default: the account's name).")
@click.option("--kind", help="For names: overlap (default) or merge. For --list: only this kind.")
@click.option("--as-of", type=Day(), help="The day that the list was asked for (its --on), if it was not recorded.")
@click.option("--in", "place", metavar="PLACE", help="The place of that list.")
@click.option("--from", "sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="Take verdicts from a sheet: columns key, verdict, and maybe reason, by, on.")  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="The verdicts that count.")
@click.option("--history", is_flag=True, help="With --list: also those replaced or taken back.")
@click.option("--undo", metavar="KEY", help="Take the verdict on KEY back; it stays in the history.")
@shared("store", "on", "format", "output", "lang")
def command(what: tuple[str, ...], settings: Settings, **chosen: Any) -> None:
    """Record a VERDICT (accept, reject, unsure) on a finding of overlaps, merges or concurrent.

    It outlives new runs and new loads: a rejected finding is not listed again (--all shows it), an
    accepted one is marked. --on is the day of the decision, today if not given. A later verdict on the same key
    replaces the earlier; nothing is erased.

    \b
      bomay judge o-1a2b3c4d accept --why "…"
      bomay judge "Sở Nội vụ" "Ban Tổ chức Tỉnh ủy" reject --why "…"
      bomay judge --from list.xlsx
    """
    if settings.on > dt.date.today():
        raise UserError(f"{settings.on:%d/%m/%Y} is not yet", "--on is the day of the decision")
    with settings.connect() as store:
        if chosen["listing"]:
            _list(store, settings, chosen["kind"], history=chosen["history"])
        elif chosen["undo"]:
            _undo(store, settings, chosen)
        elif chosen["sheet"]:
            _sheet(store, settings, chosen)
        else:
            _judge(store, settings, what, chosen)


def _judge(store: Store, settings: Settings, what: Sequence[str], chosen: dict[str, Any]) -> None:
    from bomay.commands.judge_targets import Targets, each_target
    from graph.findings import Judgement, judge
    from graph.vocabulary import code_of

    if len(what) < 2:
        raise UserError("nothing to judge", "bomay judge KEY accept|reject|unsure --why “…”, or --list, --undo, --from")
    verdict = code_of("verdicts", what[-1])
    if verdict is None:
        raise UserError(f"{what[-1]!r} is not a verdict", "the last word is accept, reject or unsure")
    targets = Targets(store, chosen["as_of"] or settings.on, chosen["place"])
    found = each_target(targets, what[:-1], _kind(chosen["kind"]))
    by = chosen["by"] or _account()
    judge(
        store,
        [
            Judgement(each.kind, each.key, verdict, by, settings.on, chosen["reason"], each.members, each.summary)
            for each in found
        ],
    )
    for each in found:
        _say(verdict, each.key, each.summary, settings.lang)


def _sheet(store: Store, settings: Settings, chosen: dict[str, Any]) -> None:
    """Every verdict of a sheet that differs from what counts, all or none."""
    from bomay.commands.judge_sheet import read_sheet
    from bomay.commands.judge_targets import Targets
    from bomay.labels import label
    from graph.errors import InputErrors, Problem
    from graph.findings import Judgement, judge
    from queries.judgements import history

    targets = Targets(store, chosen["as_of"] or settings.on, chosen["place"])
    counting = {(each.kind, each.key): each for each in history(store, ended=False)}
    new: list[Judgement] = []
    problems: list[Problem] = []
    same = 0
    for line in read_sheet(chosen["sheet"]):
        try:
            target = targets.by_key(line.key)
        except UserError as error:
            problems.append(Problem(line.file, line.sheet, line.cell, error.message, remedy=error.remedy))
            continue
        judgement = Judgement(
            target.kind,
            target.key,
            line.verdict,
            line.by or chosen["by"] or _account(),
            line.on or settings.on,
            line.reason or chosen["reason"],
            target.members,
            target.summary,
        )
        old = counting.get((target.kind, target.key))
        if old and (old.verdict, old.reason) == (judgement.verdict, judgement.reason):
            same += 1
            continue
        new.append(judgement)
    if problems:
        raise InputErrors(problems)
    judge(store, new)
    for each in new:
        _say(each.verdict, each.key, each.summary, settings.lang)
    click.echo(label("judge.sheet", settings.lang).format(n=len(new), same=same))


def _undo(store: Store, settings: Settings, chosen: dict[str, Any]) -> None:
    from bomay.labels import label
    from graph.errors import UnknownName
    from graph.findings import undo_judgement
    from queries.judgements import by_prefix, history

    counting = {each.key: each for each in history(store, _kind(chosen["kind"]), ended=False)}
    try:
        each = counting[by_prefix(chosen["undo"], counting)]
    except UnknownName:
        raise NothingFound(
            f"no verdict on {chosen['undo']!r} counts", "`bomay judge --list` shows those that do"
        ) from None
    by = chosen["by"] or _account()
    undo_judgement(store, each.kind, each.key, by=by, on=settings.on, reason=chosen["reason"])
    click.echo(label("judge.undone", settings.lang).format(key=each.key, summary=each.summary))


def _list(store: Store, settings: Settings, kind: str | None, *, history: bool) -> None:
    from bomay.labels import label
    from graph.vocabulary import label as name
    from queries import judgements
    from viz.tables import emit, format_for

    form = format_for(settings.format, settings.output)
    lang = settings.lang
    columns = ["kind", "key", "verdict", "about", "reason", "by", "on"]
    if history:
        columns += ["ended"] if form == "table" else ["ended", "ended_why", "ended_by", "ended_reason"]
    rows: list[list[Any]] = []
    for each in judgements.history(store, _kind(kind), ended=history):
        values: dict[str, Any] = {
            "kind": each.kind,
            "key": each.key,
            "verdict": each.verdict,
            "about": each.summary,
            "reason": each.reason,
            "by": each.by,
            "on": each.on,
            "ended": each.ended,
            "ended_why": each.ended_why,
            "ended_by": each.ended_by,
            "ended_reason": each.ended_reason,
        }
        if form == "table":
            values |= {
                "kind": name("finding_kinds", each.kind, lang),
                "key": each.key[:10],
                "verdict": name("verdicts", each.verdict, lang),
                "ended": _end(each, lang),
            }
        rows.append([values[column] for column in columns])
    if rows or form != "table":
        labels = {column: label(f"judge.{column}", lang) for column in columns}
        title = label("judge.title", lang)
        emit(columns, rows, format=form, output=settings.output, labels=labels, title=title)
    if not rows:
        raise NothingFound("no verdict is recorded", "bomay judge KEY accept|reject|unsure --why “…”")


def _end(each: Judgement, lang: str) -> str:
    """When and why a verdict ceased to count."""
    from graph.vocabulary import label as name

    if each.ended is None:
        return ""
    said = [f"{each.ended:%d/%m/%Y}", name("judgement_ends", each.ended_why, lang), each.ended_by, each.ended_reason]
    return ", ".join(part for part in said if part)


def _kind(given: str | None) -> str | None:
    from bomay.commands.overlaps import code

    return code("finding_kinds", given) if given else None


def _say(verdict: str, key: str, summary: str, lang: str) -> None:
    from graph.vocabulary import label as name

    click.echo(f"{name('verdicts', verdict, lang)}: {key} · {summary}")


def _account() -> str:
    """The name of the account, where the system tells it."""
    return os.environ.get("BOMAY_BY") or os.environ.get("USER") or os.environ.get("USERNAME") or ""
