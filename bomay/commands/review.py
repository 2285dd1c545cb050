"""bomay review: proposed facts beside their source; decisions on them; the file that is then loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bomay.options import Settings, shared
from graph.errors import UserError

if TYPE_CHECKING:
    from loaders.review.proposals import Proposals
    from viz.review.page import Card, Review


_CONTEXT = 120  # characters shown on each side of a quote in the terminal


@click.command(name="review")
@click.argument("facts", type=click.Path(path_type=Path))
@click.option(
    "--source",
    "sources",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A document that was read; again for more.",
)
@click.argument("more", nargs=-1, type=click.Path(path_type=Path))
@click.option("--low", type=click.FloatRange(0, 1), help="Only what has a confidence below this: 0.8.")
@click.option(
    "--apply", "decisions", type=click.Path(path_type=Path), help="Write the facts as these decisions have them."
)
@click.option(
    "--draft",
    type=click.Path(path_type=Path),
    help="Write decisions that take what surely is in the graph of --store; look through them, then --apply.",
)
@click.option("--drop", is_flag=True, help="With --apply: also leave out what refers to rejected rows.")
@click.option("--only-accepted", is_flag=True, help="With --apply: leave out what was not decided.")
@click.option("--store", metavar="PATH|URL", help="Compare with this graph: candidates, conflicts.")
@shared("format", "output", "lang")
def command(
    facts: Path,
    sources: tuple[Path, ...],
    more: tuple[Path, ...],
    low: float | None,
    decisions: Path | None,
    draft: Path | None,
    drop: bool,
    only_accepted: bool,
    store: str | None,
    settings: Settings,
) -> None:
    """Review FACTS, a file that `bomay read` wrote; MORE are further sources.

    Without -o the proposals are listed; with -o review.html a page is written on which one accepts, edits,
    rejects and saves; with --apply decisions.json -o accepted.yaml the file for `bomay load` is written.
    """
    from loaders.review.proposals import Proposals

    proposals = Proposals(facts)
    if decisions is not None:
        _apply(proposals, decisions, settings.output, drop=drop, only_accepted=only_accepted)
        return
    if drop or only_accepted:
        raise UserError("--drop and --only-accepted go with --apply decisions.json")
    # a graph is compared with where one is named, here or before the command or in the environment
    store = store or (click.get_current_context().find_root().obj or {}).get("store")
    if draft is not None and store is None:
        raise UserError("--draft compares with a graph", "name it with --store")
    if store is not None:
        settings.store = store
    review = _review(proposals, facts, [*sources, *more], settings, compared=store is not None)
    if draft is not None:
        _draft(proposals, review, draft)
        return
    page = settings.output is not None and settings.output.suffix.lower() in (".html", ".htm")
    if page and settings.output is not None:
        from viz.review.page import review_page

        settings.output.write_bytes(review_page(review, settings.lang))
        click.echo(f"{settings.output}: {_summary(review, settings.lang)}")
        return
    shown = [card for card in review.cards if low is None or _below(proposals, card, low)]
    _show(proposals, review, shown, low, settings)


def _review(proposals: Proposals, facts: Path, sources: list[Path], settings: Settings, *, compared: bool) -> Review:
    from bomay.review import make_review, read_texts

    texts = read_texts(proposals, sources, facts.parent)
    if not compared:
        return make_review(proposals, texts, None, settings.lang)
    with settings.connect() as store:
        return make_review(proposals, texts, store, settings.lang)


def _apply(proposals: Proposals, decisions: Path, output: Path | None, *, drop: bool, only_accepted: bool) -> None:
    from loaders.review.decisions import apply, read_decisions, to_yaml

    if output is None:
        raise UserError("name the file to write", f"bomay review {proposals.file} --apply {decisions} -o accepted.yaml")
    done = apply(proposals, read_decisions(decisions, proposals), drop=drop, only_accepted=only_accepted)
    if not done.sheets:
        raise UserError("nothing is left to be loaded: all rows were left out")
    text = to_yaml(done.sheets)
    if str(output) == "-":
        click.echo(text, nl=False)
        return
    output.write_text(text, encoding="utf-8")
    rows = sum(len(listed) for listed in done.sheets.values())
    click.echo(
        f"{output}: {rows} rows; {done.rejected} rejected, {done.edited} edited, {done.replaced} replaced, "
        f"{done.undecided} undecided and {'left out' if only_accepted else 'kept'}"
    )
    if done.dropped:
        click.echo(f"left out with what they refer to: {', '.join(done.dropped)}")
    click.echo(f"next: bomay load {output}")


def _draft(proposals: Proposals, review: Review, output: Path) -> None:
    from loaders.review.decisions import draft

    uses = {card.key: choice.id for card in review.cards for choice in card.choices if choice.sure}
    output.write_text(draft(proposals, uses) + "\n", encoding="utf-8")
    click.echo(f"{output}: {len(uses)} of {len(review.cards)} are in the graph already; the others are undecided")
    click.echo(f"next: bomay review {proposals.file} --apply {output} -o accepted.yaml")


def _below(proposals: Proposals, card: Card, low: float) -> bool:
    confidence = proposals.by_key[card.key].confidence
    return confidence is None or confidence < low


def _summary(review: Review, lang: str) -> str:
    from viz.review.page import words

    groups = len({card.group for card in review.cards if card.group >= 0})
    conflicts = sum(bool(card.conflicts) for card in review.cards)
    return words(lang)["shown"].format(n=len(review.cards), groups=groups, conflicts=conflicts)


def _show(proposals: Proposals, review: Review, cards: list[Card], low: float | None, settings: Settings) -> None:
    from viz.tables import emit, format_for

    form = format_for(settings.format, settings.output)
    if form != "table":
        columns, rows = _rows(proposals, review, cards)
        emit(columns, rows, format=form, output=settings.output)
        return
    from viz.tables import write_bytes

    lines = _lines(review, cards, settings.lang, styled=settings.output is None)
    lines += ["", _summary(review, settings.lang)]
    if low is not None and len(cards) < len(review.cards):
        from viz.review.page import words

        lines.append(words(settings.lang)["not_shown"].format(n=len(review.cards) - len(cards), low=f"{low:g}"))
    if settings.output is None:
        click.echo("\n".join(lines))
    else:
        write_bytes("\n".join([*lines, ""]).encode(), settings.output)


def _lines(review: Review, cards: list[Card], lang: str, *, styled: bool) -> list[str]:
    """The proposals as a person reads them, sheet by sheet."""
    from bomay.review import sentence_of
    from viz.review.page import words

    said = words(lang)
    texts = {text.id: text.text for text in review.texts}

    def style(text: str, **how: Any) -> str:
        return click.style(text, **how) if styled else text

    lines: list[str] = []
    sheet, group = "", -1
    for card in cards:
        if card.sheet != sheet:
            sheet = card.sheet
            lines += ["", style(review.sheets[sheet].upper(), bold=True)]
        if card.group >= 0 and card.group != group:
            together = sum(each.group == card.group for each in review.cards)
            lines.append(style(f"  = {said['same'].format(n=together)}", fg="cyan"))
        group = card.group
        mark = "  = " if group >= 0 else "  "
        lines.append(f"{mark}{style(plain(card.title), bold=True)}  [{card.key}] {plain(card.facts)}")
        parts = sentence_of(texts.get(card.document), card.spans[0] if card.spans else None, card.quote)
        if parts[1]:
            before, quote, behind = (plain(part) for part in parts)
            before = f"…{before[-_CONTEXT:]}" if len(before) > _CONTEXT else before
            behind = f"{behind[:_CONTEXT]}…" if len(behind) > _CONTEXT else behind
            lines.append(f"      {before}{style(f'«{quote}»', reverse=True)}{behind}")
        lines += [style(f"      ! {said['conflict']}: {plain(text)}", fg="red") for text in card.conflicts]
        for choice in card.choices:
            where = said["candidates" if choice.in_graph else "same_as"]
            why = (
                f" · {said['because']} {', '.join(said[f'reason.{r}'] for r in choice.reasons)}"
                if choice.reasons
                else ""
            )
            weak = f" – {said['name_only']}" if choice.weak else ""
            about = f" – {plain(choice.about)}" if choice.about else ""
            lines.append(f"      → {where}: {plain(choice.name)}{about} [{plain(choice.id)}]{why}{weak}")
    return lines


def _rows(proposals: Proposals, review: Review, cards: list[Card]) -> tuple[list[str], list[list[object]]]:
    from bomay.review import sentence_of

    texts = {text.id: text.text for text in review.texts}
    columns = ["key", "sheet", "title", "document", "quote", "sentence", "confidence", "basis", "rule", "group"]
    rows: list[list[object]] = []
    for card in cards:
        proposal = proposals.by_key[card.key]
        parts = sentence_of(texts.get(card.document), card.spans[0] if card.spans else None, card.quote)
        candidates = [f"{c.id}: {', '.join(c.reasons)}" for c in card.choices]
        row = [card.key, card.sheet, card.title, card.document, card.quote, "".join(parts), proposal.confidence]
        row += [proposal.row.get("basis"), proposal.row.get("#rule"), card.group if card.group >= 0 else None]
        rows.append([*row, card.conflicts, candidates])
    return [*columns, "conflicts", "candidates"], rows


def plain(text: str) -> str:
    """The text on one line, without characters that steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
