"""bomay overlaps: functions of different units that duplicate, overlap or are scattered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bomay.options import Settings, shared
from graph.errors import NothingFound, UserError
from graph.store import Store

CLASSES = ("duplicate", "overlap", "fragmentation", "related")
PICTURES = (".svg", ".png")


@click.command(name="overlaps")
@click.option("--in", "place", metavar="PLACE", help="Only units of this place and all within it.")
@click.option("--level", help="Only units of this level, e.g. tỉnh.")
@click.option("--field", help="Only pairs with a function in this field, e.g. 'lưu trữ'.")
@click.option("--class", "classes", multiple=True, help="Only this class (several times): trùng lắp, chồng chéo, …")
@click.option("--least", type=click.FloatRange(0, 1), metavar="SCORE", help="Only scores from this one on.")
@click.option("--most", type=click.IntRange(min=1), help="How many rows at the most.")
@click.option("--cross-system", is_flag=True, help="Only across systems: party and state, and the like.")
@click.option("--within", is_flag=True, help="Also what is shared by nature: with the unit above, with a council.")
@click.option("--certain", is_flag=True, help="Only functions that certainly were performed on the day.")
@click.option("--all", "everything", is_flag=True, help="Also what was rejected (bomay judge).")
@click.option("--across", is_flag=True, help="Who hosts each function in other places, the odd ones marked.")
@click.option("--explain", metavar="N|KEY", help="One row explained; with -o FILE.svg or .png also as a picture.")
@click.option("--record", is_flag=True, help="Keep the findings in the graph, for Cypher and for bomay judge.")
@click.option("--pairs", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Score pairs of your own instead: columns id, a, b and maybe label.")  # fmt: skip
@shared("store", "on", "format", "output", "lang")
def command(settings: Settings, **chosen: Any) -> None:
    """Pairs of functions of different units of one place, with class, score and reasons.

    Duplicate (trùng lắp), overlap (chồng chéo), fragmentation (phân tán: in three or more units). A
    unit and those above it share functions by nature, as do a council that oversees and a department
    that carries out: --within shows these too. What a source dates only as "not later than" counts
    as possibly so on earlier days, and is marked.
    """
    if chosen["pairs"]:
        from bomay.commands.pairs import run_pairs

        run_pairs(chosen["pairs"], settings, chosen["most"])
        return
    with settings.connect() as store:
        if chosen["across"]:
            _across(store, settings, chosen)
        else:
            _overlaps(store, settings, chosen)


def scope(store: Store, settings: Settings, place: str | None, level: str | None) -> tuple[str, str | None]:
    """Id of the place (empty: everywhere) and code of the level. Raises UserError for names that are not there."""
    from queries.find import find_place

    found = find_place(store, place, settings.on).id if place else ""
    return found, code("levels", level) if level else None


def code(vocabulary: str, given: str) -> str:
    """The code that a word stands for. Raises UserError with what is allowed, or the nearest of many."""
    from graph.text import nearest
    from graph.vocabulary import code_of, codes

    found = code_of(vocabulary, given)
    if found is None:
        names = [entry.vi for entry in codes(vocabulary).values()]
        shown = names if len(names) <= 12 else nearest(given, names, 5)
        what = {"levels": "level", "fields": "field", "finding_classes": "class"}.get(vocabulary, vocabulary)
        raise UserError(f"{given!r} is not a {what}", f"one of: {', '.join(shown)}" if shown else "")
    return str(found)


def unit_kind_code(given: str) -> str:
    """The code of a kind of unit, by its code or any of its names. Raises UserError as `code` does."""
    from graph.vocabulary import unit_kind_of, unit_kinds

    if given in unit_kinds():
        return given
    return unit_kind_of(given) or code("unit_kinds", given)


def _fields(given: str | None) -> set[str]:
    """The codes of the fields that a name, or words of them, stand for; empty where nothing is given."""
    from graph.vocabulary import code_of, fields_of

    if not given:
        return set()
    exact = code_of("fields", given)
    return {exact} if exact else set(fields_of(given)) or {code("fields", given)}


def _overlaps(store: Store, settings: Settings, chosen: dict[str, Any]) -> None:
    from bomay.commands.overlap_rows import full_rows, screen_rows
    from bomay.labels import label
    from queries.judgements import judgements
    from queries.overlaps.evidence import evidence
    from queries.overlaps.recorded import KIND
    from queries.overlaps.run import overlaps
    from viz.tables import emit, format_for

    classes = [code("finding_classes", each) for each in chosen["classes"]]
    fields = _fields(chosen["field"])
    picture = chosen["explain"] and settings.output and settings.output.suffix.lower() in PICTURES
    form = "table" if picture else format_for(settings.format, settings.output)
    place, level = scope(store, settings, chosen["place"], chosen["level"])
    found = overlaps(store, settings.on, place or None, level, certain=chosen["certain"], related="related" in classes)
    judged = judgements(store, KIND)
    wanted = [
        each
        for each in found.findings
        if (not classes or each.cls in classes)
        and each.score >= (chosen["least"] or 0)
        and (each.cross_system or not chosen["cross_system"])
        and (not fields or any(fields & set(side.fields) for side in each.sides))
    ]
    listed = open_findings(wanted, judged, within=chosen["within"], everything=chosen["everything"])
    if chosen["explain"]:
        _explain(store, settings, listed, chosen["explain"], found, judged)
        return
    if chosen["record"]:
        _record(store, settings, place, chosen, found, [each.key for each in wanted])
    shown = listed[: chosen["most"]]
    if form == "table":
        columns, rows = screen_rows(shown, found, judged, settings.lang)
    else:
        sources = evidence(store, [side for each in shown for side in each.sides])
        columns, rows = full_rows(shown, found, judged, sources, settings.lang)
    day = f"{settings.on:%d/%m/%Y}"
    if rows or form != "table":
        emit(
            columns,
            rows,
            format=form,
            output=settings.output,
            labels={c: label(f"overlaps.{c}", settings.lang) for c in columns},
            title=f"{label('overlaps.title', settings.lang)} · {chosen['place'] or ''} · {day}".replace(
                " ·  · ", " · "
            ),
            note=_note(found, wanted, listed, shown, judged, settings.lang) if form == "table" else "",
        )
    if not rows:
        raise NothingFound(f"no overlaps on {day}", _remedy(wanted))


def open_findings(found: Sequence[Any], judged: Any, *, within: bool = False, everything: bool = False) -> list[Any]:
    """Without what is shared by nature, unless `within`, and what was rejected, unless `everything`."""
    return [
        each
        for each in found
        if (within or not each.relation)
        and (everything or each.key not in judged or judged[each.key].verdict != "reject")
    ]


def _note(
    found: Any, wanted: Sequence[Any], listed: Sequence[Any], shown: Sequence[Any], judged: Any, lang: str
) -> str:
    """How many there are of each class, and what is not listed."""
    from collections import Counter

    from bomay.labels import label
    from graph.vocabulary import label as name

    counts = Counter(each.cls for each in listed)
    lines = [" · ".join(f"{counts[cls]} {name('finding_classes', cls, lang)}" for cls in CLASSES if counts[cls])]
    by_nature = sum(bool(each.relation) for each in wanted)
    rejected = sum(each.key in judged and judged[each.key].verdict == "reject" for each in wanted)
    hidden = {
        "more": len(listed) - len(shown),
        "by_nature": by_nature if not any(each.relation for each in listed) else 0,
        "rejected": rejected if len(listed) < len(wanted) else 0,
        "possible": found.uncertain,
        "left_to_groups": found.left_to_groups,
        "empty": len(found.empty),
    }
    lines += [label(f"overlaps.note_{what}", lang).format(n=n) for what, n in hidden.items() if n]
    lines.append(label("overlaps.note_explain", lang))
    return "\n".join(lines)


def _remedy(wanted: Sequence[Any]) -> str:
    if wanted:
        return f"{len(wanted)} are hidden: shared by nature (--within) or rejected (--all)"
    return "another day with --on, another place with --in, or a lower --least"


def _explain(store: Store, settings: Settings, listed: Sequence[Any], given: str, found: Any, judged: Any) -> None:
    from bomay.commands.overlap_explain import chosen, explained, waterfall
    from queries.overlaps.evidence import evidence
    from viz.tables import screen_width, write_bytes
    from viz.waterfall import render

    each = chosen(listed, given)
    output = settings.output
    if output and output.suffix.lower() in PICTURES:
        write_bytes(
            render(waterfall(each, found, settings.lang), output.suffix.lower().lstrip("."), settings.on), output
        )
        output = None
    text = explained(each, found, judged, evidence(store, each.sides), settings.lang, screen_width())
    write_bytes(text.encode(), output)


def _record(
    store: Store, settings: Settings, place: str, chosen: dict[str, Any], found: Any, keys: Sequence[str]
) -> None:
    from importlib.metadata import version

    from bomay.labels import label
    from graph.findings import Run, record
    from queries.overlaps.recorded import KIND, candidates
    from queries.versions import weights_digest

    names = ("level", "field", "classes", "least", "cross_system", "certain")
    parameters = {name: chosen[name] for name in names if chosen[name]}
    run = Run(KIND, settings.on, version("bomay"), weights_digest(), parameters, place)
    kept = set(keys)
    rows = [each for each in candidates(found) if each.key in kept]
    record(store, run, rows)
    click.echo(label("findings.recorded", settings.lang).format(n=len(rows), run=run.id), err=True)


def _across(store: Store, settings: Settings, chosen: dict[str, Any]) -> None:
    from bomay.commands.overlap_across import full_rows, screen_rows
    from bomay.labels import label
    from queries.overlaps.across import across
    from queries.overlaps.run import columns_of
    from viz.tables import emit, format_for

    form = format_for(settings.format, settings.output)
    place, level = scope(store, settings, chosen["place"], chosen["level"])
    fields = _fields(chosen["field"])
    columns_here = columns_of(store, settings.on, place or None, level, certain=chosen["certain"])
    rows_found = [
        row
        for row in across(columns_here)
        if not fields or any(fields & set(side.fields) for sides in row.hosts.values() for side in sides)
    ][: chosen["most"]]
    if not rows_found:
        raise NothingFound(
            f"no function is found in two places on {settings.on:%d/%m/%Y}",
            "--across compares places: leave out --in, or name a place with several places in it",
        )
    names = {host.place: host.place_name for host in columns_here.hosts.values() if host.place}
    make = screen_rows if form == "table" else full_rows
    columns, rows, headings = make(rows_found, names, settings.lang)
    emit(
        columns,
        rows,
        format=form,
        output=settings.output,
        labels=headings,
        title=f"{label('across.title', settings.lang)} · {settings.on:%d/%m/%Y}",
        note=label("across.note", settings.lang) if form == "table" else "",
    )
