"""bomay overlaps --pairs FILE.csv: scores of statements that the user brings, and how well they fit labels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bomay.labels import label
from bomay.options import Settings

if TYPE_CHECKING:
    from queries.pairs import Evaluation, Scored

WORST_SHOWN = 10
SHOWN_TEXT = 100


def run_pairs(file: Path, settings: Settings, most: int | None = None) -> None:
    """Score the pairs of a file and write them in the format that was asked for.

    A table for people is the list of pairs, the highest score first, or the evaluation where pairs have labels; csv,
    json and xlsx have one row a pair in the order of the file, with what each part adds to the log-odds. Raises
    UserError for a file that cannot be read.
    """
    from queries.pairs import evaluate, score_pairs
    from queries.pairs_file import read_pairs
    from viz.tables import emit, format_for, write_bytes

    form = format_for(settings.format, settings.output)
    lang = settings.lang
    pairs = read_pairs(file)
    scored = score_pairs(pairs, lang)
    labelled = any(pair.label for pair in pairs)
    if form == "table" and labelled:
        write_bytes(report(evaluate(scored), lang, most or WORST_SHOWN).encode(), settings.output)
        return
    if form == "table":
        columns, rows = listed(scored, lang)
    else:
        columns, rows = parts_table(scored, labelled=labelled)
    emit(
        columns,
        rows[:most],
        format=form,
        output=settings.output,
        labels={column: _heading(column, lang) for column in columns},
        title=label("pairs.title", lang).format(n=len(scored)),
    )


def listed(scored: Sequence[Scored], lang: str) -> tuple[list[str], list[list[Any]]]:
    """The pairs for people, the highest score first."""
    from queries.statements.explain import explanation

    rows = [
        [
            one.pair.id,
            _short(one.pair.a),
            _short(one.pair.b),
            _class(one.score.cls, lang),
            round(one.score.value, 2),
            explanation(one.a, one.b, one.score, lang),
        ]
        for one in sorted(scored, key=lambda one: -one.score.value)
    ]
    return ["id", "a", "b", "class", "score", "why"], rows


def parts_table(scored: Sequence[Scored], *, labelled: bool) -> tuple[list[str], list[list[Any]]]:
    """One row a pair: id, class, score, and what each part adds to the log-odds (they sum to the score's)."""
    names = [part.name for part in scored[0].score.parts]
    rows = [
        [one.pair.id, one.score.cls, round(one.score.value, 6)]
        + ([one.pair.label or ""] if labelled else [])
        # -0.0 + 0.0 is 0.0
        + [round(part.contribution, 6) + 0.0 for part in one.score.parts]
        for one in scored
    ]
    return ["id", "class", "score", *(["label"] if labelled else []), *names], rows


def report(found: Evaluation, lang: str, most: int = WORST_SHOWN) -> str:
    """The evaluation as text: precision, recall, confusion, and the worst errors with the reasons."""
    from queries.statements import CLASSES
    from queries.statements.explain import explanation

    def say(name: str, **values: Any) -> str:
        return label(f"pairs.{name}", lang).format(**values)

    lines = [say("labelled", n=found.pairs, positives=found.positives), ""]
    lines += [
        f"{say('average_precision')}: {_number(found.average_precision, lang, say('undefined'))}",
        f"{say('baseline')}: {_number(found.baseline, lang, say('undefined'))}",
        "",
        f"{say('threshold'):>9}  {say('flagged'):>8}  {say('precision'):>13}  {say('recall'):>10}",
    ]
    for point in found.points:
        mark = f"  ← {say('operating')}" if point.operating else ""
        lines.append(
            f"{_number(point.threshold, lang):>9}  {point.flagged:>8}  "
            f"{_number(point.precision, lang):>13}  {_number(point.recall, lang):>10}{mark}"
        )
    width = max(len(_class(code, lang)) for code in CLASSES) + 2
    lines += ["", say("confusion"), " " * width + "".join(f"{_class(given, lang):>{width}}" for given in CLASSES)]
    lines += [
        f"{_class(wanted, lang):<{width}}" + "".join(f"{found.confusion[wanted, given]:>{width}}" for given in CLASSES)
        for wanted in CLASSES
    ]
    wrong = len(found.worst)
    lines += ["", say("worst", n=min(most, wrong), all=wrong) if wrong else say("no_errors")]
    for one in found.worst[:most]:
        wanted = _class(one.pair.label or one.score.cls, lang)
        lines += [
            f"  {one.pair.id}: {wanted} → {_class(one.score.cls, lang)} ({_number(one.score.value, lang)})",
            f"    A: {_short(one.pair.a)}",
            f"    B: {_short(one.pair.b)}",
            f"    {explanation(one.a, one.b, one.score, lang)}",
        ]
    return "\n".join(lines) + "\n"


def _number(value: float | None, lang: str, missing: str = "") -> str:
    if value is None:
        return missing
    return f"{value:.2f}".replace(".", ",") if lang == "vi" else f"{value:.2f}"


def _class(code: str, lang: str) -> str:
    from queries.labels import labels

    return str(labels()["statements"]["classes"][code][lang])


def _heading(column: str, lang: str) -> str:
    from queries.labels import labels

    parts = labels()["statements"]["parts"]
    return str(parts[column][lang]) if column in parts else label(f"pairs.{column}", lang)


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= SHOWN_TEXT else one_line[: SHOWN_TEXT - 1] + "…"
