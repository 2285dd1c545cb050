"""Full-text indexes of the embedded engine, made in the process that runs it."""

from __future__ import annotations

from typing import Any

from graph.errors import StoreFailed
from graph.store.serving import DATABASE


def make_text_index(engine: Any, name: str, label: str, property: str) -> None:
    """Create the index on a list of texts if it is missing; what is stored already gets into it.

    The engine's Cypher does not know CREATE FULLTEXT INDEX. Its SQL does, and that is not spoken
    over Bolt. Raises StoreFailed.
    """
    import arcadedb

    statements = (
        # only of a property with a type can each text of the list be indexed
        f"CREATE PROPERTY {label}.{property} IF NOT EXISTS LIST OF STRING",
        f"CREATE INDEX {name} IF NOT EXISTS ON {label} ({property} BY ITEM) FULL_TEXT",
    )
    try:
        database = engine.get_database(DATABASE)
        for statement in statements:
            database.command("sql", statement)
    except arcadedb.ArcadeDBError as error:
        raise StoreFailed(f"the full-text index {name} could not be made: {error}") from error
