"""bomay concurrent: who holds several posts, which models there are, where they hold, what is forbidden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import click

from bomay.options import Settings, shared
from graph.errors import NothingFound
from graph.store import Store
from queries.holdings import Evidence, Holding, Membership

LONGEST_TITLE = 48
Rows = tuple[list[str], list[list[Any]]]


@click.command(name="concurrent")
@click.option("--in", "place", metavar="PLACE", help="Only people with a post in this place.")
@click.option("--memberships", is_flag=True, help="Also one post together with memberships.")
@click.option("--models", "mode", flag_value="models", help="Find models: pairs of posts one person tends to hold.")
@click.option("--coverage", "mode", flag_value="coverage", help="Known models by place: in force, lagging, not.")
@click.option("--forbidden", "mode", flag_value="forbidden", help="Holdings that the rules of the day forbid.")
@click.option("--candidates", "mode", flag_value="candidates", help="Places where a model in force is not carried out.")
@click.option(
    "--min-support",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="For --models and --candidates: so many people.",
)
@click.option("--model", metavar="CODE", help="For --coverage and --candidates: only this model, e.g. CM4.")
@click.option("--record", is_flag=True, help="For --candidates: keep them in the graph.")
@click.option("--all", "everything", is_flag=True, help="For --candidates: also what was rejected (bomay judge).")
@shared("store", "on", "format", "output", "lang")
def command(
    place: str | None,
    memberships: bool,
    mode: str | None,
    min_support: int,
    model: str | None,
    record: bool,
    everything: bool,
    settings: Settings,
) -> None:
    """Each person with two or more posts on the day: posts, form, model, since when, evidence."""
    from bomay.labels import label
    from viz.tables import emit, format_for

    form = format_for(settings.format, settings.output)
    with settings.connect() as store:
        if mode == "candidates":
            from bomay.commands.concurrent_candidates import run

            run(store, settings, place, model, min_support, record=record, everything=everything)
            return
        if mode == "models":
            columns, rows = model_rows(store, settings.on, min_support, settings.lang)
        elif mode == "coverage":
            columns, rows = coverage_rows(store, settings.on, model, settings.lang)
        elif mode == "forbidden":
            columns, rows = forbidden_rows(store, settings.on, settings.lang)
        else:
            mode = "concurrent"
            columns, rows = people_rows(store, settings.on, place, memberships, settings.lang)
    day = f"{settings.on:%d/%m/%Y}"
    if rows or form != "table":
        emit(
            columns,
            rows,
            format=form,
            output=settings.output,
            labels={c: label(f"{mode}.{c}", settings.lang) for c in columns},
            title=f"{label(f'{mode}.title', settings.lang)} · {day}",
            note=label("query.rows", settings.lang).format(n=len(rows), on=day) if form == "table" else "",
        )
    if not rows:
        raise NothingFound(f"nothing found on {day}", "another day with --on")


def people_rows(store: Store, on: dt.date, place: str | None, memberships: bool, lang: str) -> Rows:
    """People with several posts, one row each."""
    from bomay.labels import label as word
    from graph.text import post_name
    from graph.vocabulary import label
    from queries.concurrency import concurrent
    from queries.find import find_place

    place_id = find_place(store, place, on).id if place else None
    rows: list[list[Any]] = []
    for each in concurrent(store, on, place_id, include_memberships=memberships):
        posts = [_qualified(post.mode, lang) + post_name(post.title, post.unit_name) for post in each.posts]
        posts += [m.as_written or f"{label('membership_kinds', m.kind, lang)} {m.unit_name}" for m in each.memberships]
        places = sorted(each.place_names.values())
        if each.several_places:
            places.append(f"({word('concurrent.several_places', lang)})")
        rows.append(
            [
                each.name,
                posts,
                places,
                label("concurrency_forms", each.form, lang),
                ", ".join(each.models) or word("concurrent.none", lang),
                _since(each.since_text),
                _sources(each.evidence),
                label("basis", each.basis, lang),
            ]
        )
    return ["person", "posts", "place", "form", "model", "since", "evidence", "basis"], rows


def _sources(evidence: Sequence[Evidence]) -> list[str]:
    """Documents with the places in them, each document once; long titles cut."""
    places: dict[str, list[str]] = {}
    for each in evidence:
        name = each.number or each.title
        short = name if len(name) <= LONGEST_TITLE else name[: LONGEST_TITLE - 1].rstrip() + "…"
        known = places.setdefault(short, [])
        if each.at and each.at not in known:
            known.append(each.at)
    return [", ".join([name, *at]) for name, at in places.items()]


def _since(text: str) -> str:
    """ISO days as a person reads them, other writings as they are."""
    mark, _, day = text.rpartition(" ")
    try:
        return f"{mark} {dt.date.fromisoformat(day):%d/%m/%Y}".strip()
    except ValueError:
        return text


def _qualified(mode: str, lang: str) -> str:
    from graph.vocabulary import label

    return "" if mode == "full" else f"{label('holding_modes', mode, lang)} "


def model_rows(store: Store, on: dt.date, min_support: int, lang: str) -> Rows:
    """Models found by mining all holdings up to the day."""
    from bomay.labels import label as word
    from graph.vocabulary import label
    from queries.mining import PostKind, mine

    def post(kind: PostKind) -> str:
        unit = kind.unit or _known(label, "unit_kinds", kind.unit_kind, lang)
        return f"{_known(label, 'titles', kind.title, lang)} – {unit}"

    rows: list[list[Any]] = [
        [
            _known(label, "levels", found.a.level, lang),
            post(found.a),
            post(found.b),
            found.support,
            f"{found.places}/{found.places_with_both}",
            round(found.lift, 2),
            _years(found.first_year, found.last_year),
            ", ".join(found.known) or word("models.new", lang),
        ]
        for found in mine(store, on, min_support=min_support)
    ]
    return ["level", "a", "b", "support", "share", "lift", "years", "known"], rows


def _known(label: Any, vocabulary: str, code: str, lang: str) -> str:
    try:
        return str(label(vocabulary, code, lang))
    except KeyError:
        return code


def _years(first: int | None, last: int | None) -> str:
    start, end = str(first or "?"), str(last or "…")
    return start if start == end else f"{start}–{end}"


def coverage_rows(store: Store, on: dt.date, model: str | None, lang: str) -> Rows:
    """Known models in each place where their posts or a status are recorded."""
    from bomay.labels import label as word
    from graph.vocabulary import label
    from queries.coverage import Status, coverage

    def status(each: Status) -> str:
        count = f" {each.n:g}/{each.m:g}" if each.n is not None and each.m is not None else ""
        count = count or (f" {each.n:g}" if each.n is not None else "")
        source = f" ({each.source})" if each.source else ""
        return f"{label('model_statuses', each.status, lang)}{count}{source}"

    rows: list[list[Any]] = []
    for each in coverage(store, on, model):
        holders = [name for _, name in each.both] or [
            f"A: {', '.join(each.a_holders) or '–'}",
            f"B: {', '.join(each.b_holders) or '–'}",
        ]
        rows.append(
            [
                each.model,
                each.place_name,
                _known(label, "levels", each.level, lang),
                word(f"coverage.{each.state}", lang),
                holders if each.state != "unrecorded" else [],
                [status(s) for s in each.statuses],
            ]
        )
    return ["model", "place", "level", "state", "holders", "statuses"], rows


def forbidden_rows(store: Store, on: dt.date, lang: str) -> Rows:
    """Pairs of posts that a rule in force on the day forbids."""
    from graph.text import post_name
    from graph.vocabulary import label
    from queries.incompatible import violations

    def said(post: Holding | Membership) -> str:
        if isinstance(post, Membership):
            return post.as_written or f"{label('membership_kinds', post.kind, lang)} {post.unit_name}"
        return post_name(post.title, post.unit_name)

    rows: list[list[Any]] = [
        [
            found.name,
            said(found.a),
            said(found.b),
            found.rule.vi if lang == "vi" else found.rule.en,
            list(found.exceptions),
            found.rule.source,
            found.rule.confidence,
        ]
        for found in violations(store, on)
    ]
    return ["person", "a", "b", "rule", "exceptions", "source", "confidence"], rows
