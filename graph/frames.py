# mypy: disable-error-code="import-untyped,import-not-found"
"""Nodes and relationships of a store as tables of columns, for pandas, polars or Arrow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from graph.errors import UnknownName, UserError
from graph.schema import Kind, schema
from graph.selection import EVIDENCE_LABELS, EVIDENCE_TYPES, Selection
from graph.store import Store
from graph.text import nearest

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

PANDAS = {"date": "datetime64[s]", "int": "Int64", "float": "float64", "bool": "boolean", "strings": "object"}
POLARS = {"date": "Date", "int": "Int64", "float": "Float64", "bool": "Boolean"}
ARROW = {"date": "date32", "int": "int64", "float": "float64", "bool": "bool_"}


@dataclass(frozen=True)
class Table:
    """Columns of equal length by name; what is not known is None.

    `types` are those of the schema: string, text, code, int, float, bool, date, strings.
    """

    columns: dict[str, list[Any]]
    types: dict[str, str]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows as dictionaries by column."""
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(self.columns, values, strict=True))

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame; dates are datetime64[s]. Raises UserError without pandas."""
        pd = _package("pandas")
        return pd.DataFrame(
            {
                name: pd.Series(values, dtype=PANDAS.get(self.types[name], "string"))
                for name, values in self.columns.items()
            }
        )

    def to_polars(self) -> polars.DataFrame:
        """A polars DataFrame; dates are Date. Raises UserError without polars."""
        pl = _package("polars")

        def kind(type_: str) -> Any:
            return pl.List(pl.String) if type_ == "strings" else getattr(pl, POLARS.get(type_, "String"))

        frame: polars.DataFrame = pl.DataFrame(
            self.columns, schema={name: kind(self.types[name]) for name in self.columns}
        )
        return frame

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table; dates are date32. Raises UserError without pyarrow."""
        pa = _package("pyarrow")

        def kind(type_: str) -> Any:
            return pa.list_(pa.string()) if type_ == "strings" else getattr(pa, ARROW.get(type_, "string"))()

        return pa.table({name: pa.array(values, kind(self.types[name])) for name, values in self.columns.items()})


def nodes(
    store: Store,
    on: dt.date | None = None,
    scope: str | None = None,
    *,
    label: str | None = None,
    evidence: bool = False,
) -> Table:
    """The nodes as of a day: columns `id`, `label`, then their properties in the schema's order.

    With a `label` the columns are all that it can have; without, those that have a value.
    `on`, `scope`, `evidence` and what is raised are as in graph.networks.to_networkx; besides,
    UnknownName for a label that is not in the schema. Documents can also be asked for by label.
    """
    kinds = _asked_for("label", label, schema().labels)
    selection = Selection(store, on=on, scope=scope, evidence=evidence or label in EVIDENCE_LABELS)
    rows = (((properties["id"], name), properties) for name, properties in selection.nodes(label))
    return _table(("id", "label"), rows, kinds, everything=label is not None)


def edges(
    store: Store,
    on: dt.date | None = None,
    scope: str | None = None,
    *,
    type: str | None = None,
    evidence: bool = False,
) -> Table:
    """The relationships as of a day: `id`, `type`, `start` and `end` (ids of nodes), then properties.

    With a `type` the columns are all that it can have; without, those that have a value. The
    rest is as in `nodes`.
    """
    kinds = _asked_for("relationship type", type, schema().relationships)
    selection = Selection(store, on=on, scope=scope, evidence=evidence or type in EVIDENCE_TYPES)
    rows = (
        ((properties["id"], name, start, end), properties) for name, start, end, properties in selection.edges(type)
    )
    return _table(("id", "type", "start", "end"), rows, kinds, everything=type is not None)


def _asked_for(what: str, name: str | None, kinds: dict[str, Kind]) -> list[Kind]:
    known = {each: kind for each, kind in kinds.items() if not kind.internal}
    if name is None:
        return list(known.values())
    if name not in known:
        raise UnknownName(what, name, nearest(name, list(known)))
    return [known[name]]


def _table(
    first: tuple[str, ...],
    rows: Iterable[tuple[tuple[str, ...], dict[str, Any]]],
    kinds: list[Kind],
    *,
    everything: bool,
) -> Table:
    """A table from rows of (values of the first columns, properties), each read once."""
    types = dict.fromkeys(first, "string")
    for kind in kinds:
        types.update((name, each.type) for name, each in kind.properties.items() if name not in types)
    columns: dict[str, list[Any]] = {name: [] for name in (types if everything else first)}
    for count, (values, properties) in enumerate(rows):
        for name in properties:
            if name in types and name not in columns:
                columns[name] = [None] * count
        for name, value in zip(first, values, strict=True):
            columns[name].append(value)
        for name in columns:
            if name not in first:
                columns[name].append(properties.get(name))
    return Table({name: columns[name] for name in types if name in columns}, types)


def _package(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise UserError(f"{name} is not installed", f"pip install {name}, or 'bomay[frames]'") from error
