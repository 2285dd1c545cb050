"""bomay loads: what was loaded, when, from which file."""

from __future__ import annotations

import click

from bomay.options import Settings, shared

QUERY = (
    "MATCH (l:Load) RETURN l.id AS id, l.file AS file, l.started AS started, l.state AS state, "
    "l.nodes AS nodes, l.relationships AS relationships, l.changes AS changes ORDER BY started"
)


@click.command(name="loads")
@shared("store", "format", "output", "lang")
def command(settings: Settings) -> None:
    """List the loads; `bomay load --undo ID` takes one back."""
    from bomay.labels import label
    from graph.errors import NothingFound
    from viz.tables import emit, format_for

    with settings.connect() as store:
        result = store.read(QUERY)
    if not result.rows:
        raise NothingFound("nothing has been loaded yet", "bomay load FILE")
    labels = {column: label(f"loads.{column}", settings.lang) for column in result.columns}
    emit(
        result.columns,
        result.rows,
        format=format_for(settings.format, settings.output),
        output=settings.output,
        labels=labels,
    )
