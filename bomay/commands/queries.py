"""bomay queries: the catalogue of named queries."""

from __future__ import annotations

import click

from bomay.options import Settings, shared


@click.command(name="queries")
@click.argument("name", required=False)
@shared("format", "output", "lang")
def command(name: str | None, settings: Settings) -> None:
    """List the named queries; with NAME, show one with its parameters, columns and Cypher."""
    from bomay.labels import label
    from queries.named import NamedQuery, catalogue, named
    from viz.tables import emit, format_for

    if name:
        _show(named(name))
        return

    def parameters(query: NamedQuery) -> str:
        return ", ".join(p.name + ("*" if p.required else "") for p in query.parameters)

    rows = [
        [query.name, query.doc_vi if settings.lang == "vi" else query.doc, parameters(query)]
        for query in catalogue().values()
    ]
    columns = ["name", "answers", "parameters"]
    emit(
        columns,
        rows,
        format=format_for(settings.format, settings.output),
        output=settings.output,
        labels={column: label(f"queries.{column}", settings.lang) for column in columns},
    )


def _show(query: object) -> None:
    from queries.named import NamedQuery

    assert isinstance(query, NamedQuery)
    click.echo(query.text.rstrip())
