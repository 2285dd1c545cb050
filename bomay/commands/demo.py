"""bomay demo: a database of packaged real facts, and the main job done on it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import click

from bomay.commands.demo_reading import FACTS, read_sample
from bomay.labels import label
from bomay.options import Settings, let_in_what_was_kept_out, shared
from graph.errors import UserError
from graph.store import Store

BEFORE, AFTER = dt.date(2025, 2, 28), dt.date(2025, 3, 1)
# what was known eight years before the departments were merged
LONG_BEFORE = dt.date(2017, 1, 1)
PLACE = "tỉnh Vĩnh Phúc"
# Days on which the facts have something to show: people of the articles, and of 2025.
PEOPLE_DAYS = (dt.date(2018, 6, 1), dt.date(2019, 10, 9), dt.date(2020, 12, 31), dt.date(2025, 6, 30))
MARK = "bomay-demo.json"
FORMS = ("svg", "png", "pdf")
FIRST = 12
FIRST_PAIRS = 6  # a pair takes several lines


@click.command(name="demo")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("demo"))
@shared("lang")
def command(folder: Path, settings: Settings) -> None:
    """Make FOLDER/bomay.db (default demo/), load real facts, show the main results, draw charts.

    A folder that an earlier demo made is made anew; any other is left alone.
    """
    _prepare(folder)
    from graph.store import connect

    lang = settings.lang
    with connect(str(folder / "bomay.db"), create=True, purpose="bomay demo") as store:
        let_in_what_was_kept_out()
        _load(store, lang)
        _people(store, folder, lang)
        _vacancies(store, folder, lang)
        _spans(store, folder, lang)
        _overlaps(store, folder, lang)
        _merges(store, folder, lang)
        _charts(store, folder, lang)
        read_sample(store, folder, lang)
    click.echo(f"\n{label('demo.next', lang)}:")
    for line in _next(folder):
        click.echo(f"  {line}")


def _prepare(folder: Path) -> None:
    if (folder / MARK).is_file():
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise UserError(f"{folder} holds files that no demo made", "name another folder: bomay demo FOLDER")
    try:
        folder.mkdir(parents=True)
        content = {"made_by": "bomay demo", "on": dt.date.today().isoformat()}
        (folder / MARK).write_text(json.dumps(content), encoding="utf-8")
    except FileExistsError:
        (folder / MARK).write_text("{}", encoding="utf-8")
    except OSError as error:
        raise UserError(f"{folder} cannot be made: {error.strerror}", "name another folder") from error


def _load(store: Store, lang: str) -> None:
    from loaders.load import load
    from viz.tables import emit

    with resources.as_file(resources.files("bomay") / "demo") as facts:
        report = load(store, [facts])
    kinds = [
        "Unit",
        "Position",
        "Person",
        "Function",
        "Event",
        "Document",
        "Place",
        "ConcurrencyModel",
        "Figure",
    ]
    added = report.plan.added()
    basis = {"stated": 0, "deduced": 0, "inferred": 0}
    for node in report.plan.nodes:
        basis[node.properties.get("basis", "stated")] += 1
    for relationship in report.plan.relationships:
        basis[relationship.properties.get("basis", "stated")] += 1
    emit(
        [label("demo.kind", lang), label("demo.count", lang)],
        [[label(f"fact.{kind}", lang), added[kind]] for kind in [*kinds, "HOLDS", "PERFORMS", "STATED_IN"]],
        title=label("demo.loaded", lang),
        note=label("demo.basis_note", lang).format(applied=len(report.plan.applied), **basis),
    )


def _people(store: Store, folder: Path, lang: str) -> None:
    from bomay.commands.concurrent import people_rows

    for on in PEOPLE_DAYS:
        columns, rows = people_rows(store, on, None, False, lang)
        shown = [columns.index(c) for c in ("person", "posts", "place", "form", "model", "since")]
        _print(
            [label(f"concurrent.{columns[i]}", lang) for i in shown],
            [[row[i] for i in shown] for row in rows],
            label("demo.concurrent", lang).format(on=f"{on:%d/%m/%Y}"),
            _again(folder, f"concurrent --on {on.isoformat()}"),
            lang,
        )


def _vacancies(store: Store, folder: Path, lang: str) -> None:
    from queries.named import run

    result = run(store, "vacancies", {"place": PLACE}, BEFORE)
    _named(result, "vacancies", "demo.vacancies", folder, BEFORE, lang)


def _spans(store: Store, folder: Path, lang: str) -> None:
    from queries.named import run

    result = run(store, "spans", {"place": PLACE}, BEFORE)
    _named(result, "spans", "demo.spans", folder, BEFORE, lang)


def _named(result: Any, name: str, title: str, folder: Path, on: dt.date, lang: str) -> None:
    from bomay.commands.query import for_people, in_words
    from queries.named import named

    query = named(name)
    words = {column.name: column.vi for column in query.columns}
    columns, rows = for_people([c.name for c in query.columns], in_words(query.columns, result.rows, lang))
    _print(
        [words[c] if lang == "vi" else c for c in columns],
        rows,
        label(title, lang).format(on=f"{on:%d/%m/%Y}"),
        _again(folder, f'query {name} -p place="{PLACE}" --on {on.isoformat()}'),
        lang,
    )


def _overlaps(store: Store, folder: Path, lang: str) -> None:
    from bomay.commands.overlap_rows import screen_rows
    from queries.find import find_place
    from queries.overlaps.run import overlaps

    found = overlaps(store, BEFORE, find_place(store, PLACE, BEFORE).id, "province")
    listed = [each for each in found.findings if not each.relation]
    columns, rows = screen_rows(listed, found, {}, lang)
    _print(
        [label(f"overlaps.{c}", lang) for c in columns],
        rows,
        label("demo.overlaps", lang).format(on=f"{BEFORE:%d/%m/%Y}"),
        _again(folder, f'overlaps --in "{PLACE}" --on {BEFORE.isoformat()}'),
        lang,
        FIRST_PAIRS,
    )


def _merges(store: Store, folder: Path, lang: str) -> None:
    from bomay.commands.merge_rows import screen_rows
    from queries.find import find_place
    from queries.merges.propose import Scope, propose
    from queries.merges.pull import worlds

    found = [
        each
        for world in worlds(store, LONG_BEFORE, find_place(store, PLACE, LONG_BEFORE).id)
        for each in propose(world, Scope(levels=("province",)), {}).found
    ]
    columns, rows = screen_rows(found, lang)
    _print(
        [label(f"merges.{c}", lang) for c in columns],
        rows,
        label("demo.merges", lang).format(on=f"{LONG_BEFORE:%d/%m/%Y}"),
        _again(folder, f'merges --in "{PLACE}" --level tỉnh --on {LONG_BEFORE.isoformat()}'),
        lang,
        FIRST_PAIRS,
    )


def _print(
    headings: Sequence[str], rows: Sequence[Sequence[Any]], title: str, again: str, lang: str, first: int = FIRST
) -> None:
    from viz.tables import emit

    shown = rows[:first]
    note = label("demo.of_total", lang).format(shown=len(shown), n=len(rows), command=again)
    click.echo()
    emit(headings, shown, title=title, note=note if len(rows) > first else "")


def _charts(store: Store, folder: Path, lang: str) -> None:
    from bomay.commands.chart import find_structure
    from bomay.commands.chart_changes import Asked, changes_model, changes_of
    from bomay.commands.chart_explorer import explorer_page
    from viz.chart import Options, model, render_chart

    wanted = [
        ("vinh-phuc-2025-02-28", PLACE, BEFORE, 2),
        ("so-tttt-2017", "vp-so-tttt", dt.date(2017, 9, 18), None),
        ("binh-phuoc-2018", "tỉnh Bình Phước", dt.date(2018, 6, 1), None),
    ]
    options = Options(lang)
    click.echo(f"\n{label('demo.charts', lang)}")
    for name, what, on, depth in wanted:
        structure = find_structure(store, what, on, depth)
        _save(folder, name, {form: render_chart(model(structure, options), form, on, options) for form in FORMS})
    changes = changes_of(store, f"UBND {PLACE}", Asked(BEFORE, AFTER), None)
    chart = changes_model(changes, options)
    _save(folder, "vinh-phuc-2025-thay-doi", {form: render_chart(chart, form, AFTER, options) for form in FORMS})
    structure = find_structure(store, PLACE, AFTER)
    page = explorer_page(store, structure, model(structure, options), options)
    _save(folder, "vinh-phuc", {"html": page})


def _save(folder: Path, name: str, files: dict[str, bytes]) -> None:
    for form, content in files.items():
        path = folder / f"{name}.{form}"
        path.write_bytes(content)
        click.echo(f"  {path}")


def _again(folder: Path, command: str) -> str:
    return f"bomay --store {folder / 'bomay.db'} {command}"


def _next(folder: Path) -> list[str]:
    return [
        _again(folder, "queries"),
        _again(folder, f'query lineage -p unit="Sở Tài chính @ {PLACE}" --on 2025-03-01'),
        _again(folder, 'query "MATCH (p:Person)-[:HOLDS]->(c)-[:OF_UNIT]->(u) RETURN p.name, c.title, u.name"'),
        _again(folder, "concurrent --coverage --on 2019-10-09"),
        _again(folder, "check --on 2019-10-09"),
        _again(folder, f"review {folder / FACTS}"),
        "bomay plan template -o plan.yaml",
        _again(folder, "plan diff plan.yaml"),
    ]
