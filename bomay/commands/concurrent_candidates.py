"""bomay concurrent --candidates: where two posts could go to one person, and models that data suggest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from bomay.commands.overlap_rows import verdict_of
from bomay.labels import label as word
from bomay.options import Settings
from graph.errors import NothingFound
from graph.findings import Candidate, Judgement, finding_key
from graph.store import Store
from queries.concurrency_candidates import Opening, Point
from queries.coverage import Seat
from queries.mining import FoundModel

NEW_MODEL = "new_model"
SCREEN = ("place", "model", "posts", "reasons", "score", "key")
FULL = (
    *("kind", "model", "place", "level", "a", "b", "score", "for", "against", "key", "class", "forbidden"),
    *("verdict", "reason", "by", "on"),
)
LONGEST_SOURCE = 32


def run(
    store: Store,
    settings: Settings,
    place: str | None,
    model: str | None,
    min_support: int,
    *,
    record: bool,
    everything: bool,
) -> None:
    """Print the candidates; `record` also keeps them in the graph. Raises NothingFound where there is none."""
    from queries.concurrency_candidates import KIND, openings
    from queries.find import find_place
    from queries.judgements import judgements
    from queries.mining import mine
    from viz.tables import emit, format_for

    form = format_for(settings.format, settings.output)
    place_id = find_place(store, place, settings.on).id if place else ""
    found = openings(store, settings.on, place_id or None, model)
    new = [m for m in mine(store, settings.on, min_support=min_support) if not m.known] if model is None else []
    judged = {**judgements(store, NEW_MODEL), **judgements(store, KIND)}
    if record:
        _record(store, settings, place_id, {"model": model, "min_support": min_support}, found, new)

    def shown(key: str) -> bool:
        return everything or key not in judged or judged[key].verdict != "reject"

    rows = [_opening(each, judged, settings.lang, form) for each in found if shown(each.key)]
    rows += [_new(each, judged, settings.lang) for each in new if shown(key_of(each))]
    columns: tuple[str, ...] = FULL
    if form == "table":
        columns, rows = SCREEN, [_on_screen(row, judged, settings.lang) for row in rows]
    day = f"{settings.on:%d/%m/%Y}"
    if rows or form != "table":
        emit(
            columns,
            [[row[column] for column in columns] for row in rows],
            format=form,
            output=settings.output,
            labels={column: word(f"candidates.{column}", settings.lang) for column in columns},
            title=f"{word('candidates.title', settings.lang)} · {day}",
            note=word("candidates.note", settings.lang) if form == "table" else "",
        )
    if not rows:
        raise NothingFound(
            f"no place has both posts of a model in force on {day}",
            "record posts on the sheet Chức danh, or another day with --on; --coverage shows what is recorded",
        )


def key_of(model: FoundModel) -> str:
    """The key of a new model: its two kinds of post."""
    return finding_key("n", ["|".join(model.a), "|".join(model.b)])


def _opening(each: Opening, judged: Mapping[str, Judgement], lang: str, form: str) -> dict[str, Any]:
    from graph.vocabulary import label, rules

    rule_of = {rule.id: rule for rule in rules()}
    longest = LONGEST_SOURCE if form == "table" else 0

    def rule(id_: str) -> str:
        named = rule_of[id_]
        return f"{named.vi if lang == 'vi' else named.en} ({named.source})"

    against = [f"{word('candidates.forbidden', lang)}: {rule(id_)}" for id_ in each.forbidden]
    against += [f"{name}: {rule(id_)}" for name, id_ in each.barred if id_ not in each.forbidden]
    against += [_point(point, lang, longest) for point in each.points if point.amount < 0]
    in_favour = [_point(point, lang, longest) for point in each.points if point.amount > 0]
    return {
        "kind": "concurrency",
        "model": f"{each.model} {each.name}",
        "place": each.place_name,
        "level": label("levels", each.level, lang),
        "a": _side(each.a, lang),
        "b": _side(each.b, lang),
        "score": round(each.score, 2),
        "for": in_favour,
        "against": against,
        "key": each.key,
        "class": each.cls,
        "forbidden": list(each.forbidden),
        **_verdict(judged.get(each.key)),
    }


def _side(seats: Sequence[Seat], lang: str) -> list[str]:
    """The posts of a side with their holders."""
    from graph.text import post_name
    from graph.vocabulary import label

    return [
        f"{post_name(label('titles', seat.title, lang), seat.unit_name)}: "
        f"{', '.join(name for _, name in seat.holders) or word('candidates.vacant', lang)}"
        for seat in seats
    ]


def _on_screen(row: Mapping[str, Any], judged: Mapping[str, Judgement], lang: str) -> dict[str, Any]:
    """A row in few columns."""
    verdict = verdict_of(judged.get(row["key"]), lang)
    return {
        "place": f"{row['place']} ({row['level']})",
        "model": row["model"],
        "posts": "\n".join([*row["a"], *row["b"]]),
        "reasons": "\n".join([*row["for"], *row["against"], *([f"· {verdict}"] if verdict else [])]),
        "score": row["score"],
        "key": row["key"][:10],
    }


def _point(point: Point, lang: str, longest: int = 0) -> str:
    """One point with its amount; a source of more than `longest` characters is cut, with 0 none is."""
    from graph.vocabulary import codes, label

    amount = f"{point.amount:+.1f}".replace("-", "−")
    amount = amount.replace(".", ",") if lang == "vi" else amount
    if point.what in codes("model_statuses"):
        where = word(f"candidates.{point.scope}", lang)
        said = (
            point.detail if not longest or len(point.detail) <= longest else f"{point.detail[: longest - 1].rstrip()}…"
        )
        source = f" ({said})" if said else ""
        return f"{amount} {label('model_statuses', point.what, lang)} {where}{source}"
    return f"{amount} {word(f'candidates.{point.what}', lang)}{f' ({point.detail})' if point.detail else ''}"


def _new(each: FoundModel, judged: Mapping[str, Judgement], lang: str) -> dict[str, Any]:
    from graph.vocabulary import label

    key = key_of(each)
    lift = f"{each.lift:.2f}"
    support = word("candidates.support", lang).format(
        n=each.support,
        places=each.places,
        both=each.places_with_both,
        lift=lift.replace(".", ",") if lang == "vi" else lift,
    )
    return {
        "kind": NEW_MODEL,
        "model": word("candidates.new", lang),
        "place": word("candidates.places", lang).format(n=each.places_with_both - each.places),
        "level": label("levels", each.a.level, lang),
        "a": [_kind_of_post(each.a, lang)],
        "b": [_kind_of_post(each.b, lang)],
        "score": None,
        "for": [support],
        "against": [],
        "key": key,
        "class": "proposed",
        "forbidden": [],
        **_verdict(judged.get(key)),
    }


def _kind_of_post(kind: Any, lang: str) -> str:
    from graph.vocabulary import label

    return f"{label('titles', kind.title, lang)} – {kind.unit or label('unit_kinds', kind.unit_kind, lang)}"


def _verdict(judgement: Judgement | None) -> dict[str, Any]:
    if judgement is None:
        return {"verdict": "", "reason": "", "by": "", "on": None}
    return {"verdict": judgement.verdict, "reason": judgement.reason, "by": judgement.by, "on": judgement.on}


def _record(
    store: Store,
    settings: Settings,
    place: str,
    parameters: Mapping[str, Any],
    found: Sequence[Opening],
    new: Sequence[FoundModel],
) -> None:
    from importlib.metadata import version

    from graph.findings import Run, record
    from queries.concurrency_candidates import KIND, candidates
    from queries.versions import weights_digest

    given = {name: value for name, value in parameters.items() if value is not None}
    models = [
        Candidate(
            NEW_MODEL,
            key_of(each),
            float(each.support),
            "proposed",
            (),
            {"a": each.a, "b": each.b, "support": each.support, "share": each.share, "lift": each.lift},
            summary=f"{_kind_of_post(each.a, 'vi')} = {_kind_of_post(each.b, 'vi')}",
        )
        for each in new
    ]
    for kind, rows in ((KIND, candidates(found)), (NEW_MODEL, models)):
        run_ = Run(kind, settings.on, version("bomay"), weights_digest(), given, place)
        record(store, run_, rows)
        click.echo(word("findings.recorded", settings.lang).format(n=len(rows), run=run_.id), err=True)
