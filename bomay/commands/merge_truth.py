"""bomay merges --truth: how well known mergers are found in the graph that is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bomay.commands.merge_rows import reasons, shown
from bomay.labels import label as word
from bomay.options import Settings
from graph.errors import NothingFound, UserError
from graph.store import Store
from queries.merges.known import Row, Unknown, cells, columns, resolve
from queries.merges.truth import Evaluation, Measures, Ranked, evaluate

# how many rows of the ranking the screen shows, beside all known mergers
SHOWN = 10


def run_truth(store: Store, settings: Settings, chosen: dict[str, Any]) -> None:
    """Measure and show. Raises UserError with all rows that are not understood, unless they may be left out."""
    from bomay.commands.overlaps import unit_kind_code
    from viz.tables import emit, format_for

    lang = settings.lang
    form = format_for(settings.format, settings.output)
    known, unknown = resolve(store, _rows(chosen["truth"], chosen["place"] or ""), settings.on)
    if unknown and not chosen["known_only"]:
        raise UserError(
            _listed(unknown, chosen["truth"], len(known)), "mend the names, or leave these rows out with --known-only"
        )
    if not any(each.label == "merged" for each in known):
        raise NothingFound(f"{chosen['truth'].name} names no merger of units of the graph", "units, or label 1")
    if unknown:
        click.echo(_listed(unknown, chosen["truth"], len(known)), err=True)
    found = evaluate(cells(store, known), frozenset(unit_kind_code(each) for each in chosen["kinds"]))
    if form == "table":
        text = as_text(found, lang)
        _write(text, settings.output)
        return
    names, rows = full_rows(found, lang)
    emit(names, rows, format=form, output=settings.output, labels={n: word(f"truth.{n}", lang) for n in names})
    click.echo(measures_text(found, lang), err=True)


def _write(text: str, output: Path | None) -> None:
    from viz.tables import write_bytes

    write_bytes(text.encode(), output)


def _rows(path: Path, place: str) -> list[Row]:
    """The rows of the file's first table. Raises UserError or InputErrors."""
    from loaders.read import read_tables

    tables = [table for table in read_tables(path) if table.rows]
    if not tables:
        raise UserError(f"{path.name} has no rows")
    table = tables[0]
    first, *rest = table.rows
    header, body = (table.header, [first, *rest]) if table.header else (first.cells, rest)
    names = columns([str(cell or "").strip() for cell in header])
    rows = []
    for row in body:
        values = {n: _text(cell) for n, cell in zip(names, row.cells, strict=False) if n}
        if any(values.values()):
            rows.append(Row(table.at(row), {**values, "in": values.get("in") or place}))
    return rows


def _text(cell: object) -> str:
    import datetime as dt

    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "; ".join(map(str, cell)) if isinstance(cell, list) else str(cell).strip()


def _listed(unknown: Sequence[Unknown], path: Path, known: int) -> str:
    count = len(unknown)
    head = f"{path.name}: {count} row{'s' if count != 1 else ''} not understood, {known} understood"
    return "\n".join([head, *(f"  {each.at}: {each.message}" for each in unknown)])


def as_text(found: Evaluation, lang: str) -> str:
    """Measures, the known mergers with their rank, and the first errors."""
    lines = [word("truth.title", lang), "", measures_text(found, lang), ""]
    ranks = {id(each): rank for rank, each in enumerate(found.pairs, 1)}
    right = [each for each in found.pairs if each.right]
    for heading, kept in (
        ("hits", [each for each in right if not each.why]),
        ("misses", [each for each in right if each.why and each.why != "out_of_reach"]),
        ("unreachable", [each for each in right if each.why == "out_of_reach"]),
        ("errors", [each for each in found.pairs[: max(SHOWN, len(right))] if not each.right]),
    ):
        if kept:
            lines.append(f"{word(f'truth.{heading}', lang)} ({len(kept)})")
            lines += [_line(each, ranks[id(each)], lang) for each in kept]
            lines.append("")
    if found.set_aside:
        lines += [word("truth.set_aside", lang).format(n=found.set_aside), ""]
    return "\n".join(lines)


def _line(each: Ranked, rank: int, lang: str) -> str:
    where = ", ".join(part for part in (each.place, f"{each.on:%d/%m/%Y}") if part)
    why = f" · {word(f'truth.why_{each.why}', lang)}" if each.why else ""
    said = ", ".join(reasons(each.parts, lang))
    return f"  {rank:>4}. {shown(each.score, lang)}  {each.a_name} + {each.b_name} ({where}){why}" + (
        f"\n             {said}" if said else ""
    )


def measures_text(found: Evaluation, lang: str) -> str:
    """A small table: ours and the baseline, on all pairs and on those within reach of text."""
    right = sum(each.right for each in found.pairs)
    reach = sum(each.why == "out_of_reach" for each in found.pairs)
    head = word("truth.counted", lang).format(pairs=len(found.pairs), right=right, reach=reach)
    table = [
        ["", word("truth.ours", lang), word("truth.jaccard", lang)],
        *_both("AP", found.ours, found.baseline, lang),
    ]
    if reach:
        values = (found.in_reach.average_precision, found.baseline_in_reach.average_precision)
        table.insert(2, [word("truth.in_reach", lang), *(f"{shown3(v, lang)}" for v in values)])
    widths = [max(len(row[i]) for row in table) for i in range(3)]
    body = [f"  {row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}".rstrip() for row in table]
    return "\n".join([head, *body])


def _both(name: str, ours: Measures, base: Measures, lang: str) -> list[list[str]]:
    rows = [[name, shown3(ours.average_precision, lang), shown3(base.average_precision, lang)]]
    rows += [[f"P@{k}", shown3(ours.precision[k], lang), shown3(base.precision[k], lang)] for k in ours.precision]
    rows += [[f"R@{k}", shown3(ours.recall[k], lang), shown3(base.recall[k], lang)] for k in ours.recall]
    return rows


def shown3(value: float, lang: str) -> str:
    text = f"{value:.3f}"
    return text.replace(".", ",") if lang == "vi" else text


def full_rows(found: Evaluation, lang: str) -> tuple[list[str], list[list[Any]]]:
    """The whole ranking."""
    names = ["rank", "a", "b", "a_name", "b_name", "place", "on", "score", "jaccard", "right", "why", "parts"]
    rows: list[list[Any]] = [
        [
            rank, e.a, e.b, e.a_name, e.b_name, e.place, e.on, round(e.score, 6), round(e.jaccard, 6), e.right, e.why,
            {part.name: round(part.contribution, 4) for part in e.parts},
        ]
        for rank, e in enumerate(found.pairs, 1)
    ]  # fmt: skip
    return names, rows
