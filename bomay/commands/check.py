"""bomay check: what the owners of the data must mend."""

from __future__ import annotations

from collections import Counter

import click

from bomay.options import Settings, shared

SHOWN_PER_CODE = 5


@click.command(name="check")
@click.option("--all", "everything", is_flag=True, help="List every finding, not the first of each kind.")
@click.option(
    "--severity",
    type=click.Choice(["error", "warning", "info"]),
    default="info",
    show_default=True,
    help="The mildest severity to show.",
)
@shared("store", "on", "format", "output", "lang")
@click.pass_context
def command(context: click.Context, everything: bool, severity: str, settings: Settings) -> None:
    """Find gaps and contradictions as of a day; ends with 1 if there are errors."""
    from bomay.labels import label
    from queries.check import check
    from queries.checks.finding import SEVERITIES
    from viz.tables import emit, format_for

    form = format_for(settings.format, settings.output)
    with settings.connect() as store:
        found = check(store, settings.on)
    wanted = [f for f in found if SEVERITIES.index(f.severity) <= SEVERITIES.index(severity)]
    seen: Counter[str] = Counter()
    shown = []
    for finding in wanted:
        seen[finding.code] += 1
        if everything or form != "table" or seen[finding.code] <= SHOWN_PER_CODE:
            shown.append(finding)
    lang = settings.lang
    columns = ["severity", "code", "message", "remedy"] + (["ids"] if form != "table" else [])
    rows = [
        [
            label(f"check.{f.severity}", lang) if form in ("table", "xlsx") else f.severity,
            f.code,
            f.message(lang),
            f.remedy(lang),
            *([list(f.ids)] if form != "table" else []),
        ]
        for f in shown
    ]
    if not wanted and form == "table":
        click.echo(label("check.clean", lang))
        return
    left = len(wanted) - len(shown)
    emit(
        columns,
        rows,
        format=form,
        output=settings.output,
        labels={c: label(f"check.{c}", lang) for c in columns},
        title=f"{label('check.title', lang)} · {settings.on:%d/%m/%Y}",
        note=label("check.more", lang).format(n=left) if left else "",
    )
    if any(f.severity == "error" for f in found):
        context.exit(1)
