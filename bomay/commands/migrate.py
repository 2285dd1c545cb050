"""bomay migrate: a graph from an older schema version to the present one."""

from __future__ import annotations

import click

from bomay.options import Settings, shared


@click.command(name="migrate")
@click.option("--dry-run", is_flag=True, help="Only say which steps would be run.")
@shared("store", "lang")
def command(dry_run: bool, settings: Settings) -> None:
    """Bring the graph to the schema version of this bomay, in numbered steps.

    A step that was cut off can be run again. `bomay copy` makes a copy to go back to.
    """
    from bomay.labels import label
    from graph.schema import schema
    from graph.store import migrations

    with settings.connect(migrating=True) as store:
        version = migrations.version_of(store) or schema().version
        steps = migrations.pending(version)
        if not steps:
            click.echo(label("migrate.nothing", settings.lang).format(version=version))
            return
        if dry_run:
            for step in steps:
                click.echo(f"{step.to - 1} → {step.to}: {step.doc}")
            return
        for step, changed in migrations.migrate(store, version):
            click.echo(f"{step.to - 1} → {step.to}: {step.doc} ({changed})")
