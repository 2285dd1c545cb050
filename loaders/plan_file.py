"""A plan file as it is written: its header and its steps, every value with its line or cell.

YAML is composed into nodes and never into objects: tags and aliases are refused, what is written
stays text. A sheet of a workbook (or a CSV file) has the header's keys and values in its first
rows, then one row of column titles, then a row for each step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from graph.errors import InputErrors, Problem
from graph.packaged import packaged_yaml
from graph.text import fold, nearest
from loaders.cells import written
from loaders.csvfile import decode
from loaders.headers import PLAN_SHEETS, Column
from loaders.read import STRUCTURED, read_tables
from loaders.tables import Row, Table, max_file_bytes, unreadable

HEADER_ROWS = 30
DEEPEST = 12  # a plan needs six; composing is recursive
_SHAPE = "`bomay plan template` writes one that runs on the demo."
_NULLS = ("", "~", "null", "Null", "NULL")


@dataclass
class Item:
    """A value of the file: a text, None, a list of items or a mapping of items; and where it is."""

    value: Any
    at: str


@dataclass
class RawStep:
    """One step: its values by column."""

    number: int
    at: str
    cells: dict[str, Item] = field(default_factory=dict)


@dataclass
class RawPlan:
    """The file: header values by key, steps, and what is wrong with it."""

    file: str
    header: dict[str, Item] = field(default_factory=dict)
    steps: list[RawStep] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, at: str, message: str, remedy: str = "", found: object = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file, "", at, message, written(found), remedy))


@lru_cache(maxsize=8)
def columns(part: str) -> dict[str, Column]:
    """The columns of `header`, `steps`, `result` or `transfer`, by key."""
    rows: dict[str, dict[str, Any]] = packaged_yaml("loaders", "plan_keys.yaml")[part]
    return {
        key: Column(key=key, **{name: value for name, value in row.items() if name != "also"})
        for key, row in rows.items()
    }


@lru_cache(maxsize=8)
def spellings(part: str) -> dict[str, str]:
    """Folded spelling → key of a column."""
    found: dict[str, str] = {}
    for key, row in packaged_yaml("loaders", "plan_keys.yaml")[part].items():
        for text in (key, row["vi"], row["en"], *row.get("also", ())):
            found.setdefault(_folded(text), key)
    return found


def by_key(plan: RawPlan, part: str, values: Mapping[str, Item], where: str) -> dict[str, Item]:
    """The values under their columns' keys; unknown and repeated keys become problems."""
    found: dict[str, Item] = {}
    known = spellings(part)
    for text, item in values.items():
        key = known.get(_folded(text))
        if key is None:
            names = [column.vi for column in columns(part).values()]
            near = nearest(text, [*names, *columns(part)])
            remedy = f"nearest: {'; '.join(near)}. " if near else ""
            plan.problem(item.at, f"unknown key {text!r} {where}", f"{remedy}allowed: {'; '.join(names)}")
        elif key in found:
            plan.problem(item.at, f"{text!r} is there twice {where}", "keep one of them")
        else:
            found[key] = item
    return found


def read_raw(path: Path) -> RawPlan:
    """The file's content. Raises InputErrors where it cannot be read at all."""
    if path.suffix.lower() in STRUCTURED and path.is_file():
        return _from_yaml(path)
    return _from_tables(path)


# ---------------------------------------------------------------------- YAML


def _from_yaml(path: Path) -> RawPlan:
    content = path.read_bytes()
    if len(content) > max_file_bytes():
        raise unreadable(path.name, "the file is too large for a plan")
    text, _ = decode(content, path.name)
    plan = RawPlan(path.name)
    top = _item(_composed(text, path.name))
    if not isinstance(top.value, dict):
        raise unreadable(path.name, "the file is not a plan: a mapping with a title and steps", _SHAPE)
    plan.header = by_key(plan, "header", top.value, "at the top of the plan")
    steps = plan.header.pop("steps", Item([], ""))
    if isinstance(steps.value, list):
        for number, item in enumerate(steps.value, start=1):
            if not isinstance(item.value, dict):
                plan.problem(item.at, f"step {number} is not a mapping", "write for example:  - loại: hợp nhất")
                continue
            cells = by_key(plan, "steps", item.value, f"in step {number}")
            plan.steps.append(RawStep(number, item.at, cells))
    elif steps.value is not None:
        plan.problem(steps.at, "the steps are not a list", _SHAPE)
    return plan


def _composed(text: str, file: str) -> Any:
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events: Iterator[Any] = yaml.parse(text, Loader=loader)
        depth = 0
        for event in events:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise _at(file, event, "nested too deep", _SHAPE)
            if getattr(event, "anchor", None) is not None:
                raise _at(file, event, "anchors and aliases (& and *) are not read", "Write the value out.")
            if getattr(event, "tag", None) is not None:
                raise _at(file, event, f"tags are not read: {event.tag}", "Remove the tag (!…).")
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        remedy = "Quote a text that contains ': ' or '#'; indent with spaces, not tabs."
        raise unreadable(file, f"not YAML: {error.problem or error.context}", remedy, cell=where) from error
    except yaml.YAMLError as error:
        raise unreadable(file, "a character that YAML does not allow", "Remove control characters.") from error
    if node is None:
        raise unreadable(file, "the plan is empty", _SHAPE)
    return node


def _at(file: str, event: Any, message: str, remedy: str) -> InputErrors:
    return unreadable(file, message, remedy, cell=f"line {event.start_mark.line + 1}")


def _item(node: Any) -> Item:
    at = f"line {node.start_mark.line + 1}"
    if isinstance(node, yaml.ScalarNode):
        empty = node.value in _NULLS and node.style is None
        return Item(None if empty else node.value, at)
    if isinstance(node, yaml.SequenceNode):
        return Item([_item(each) for each in node.value], at)
    pairs: dict[str, Item] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        while name in pairs:  # a repeated key is reported, not lost
            name += " "
        pairs[name] = Item(_item(value).value, f"line {key.start_mark.line + 1}")
    return Item(pairs, at)


# ---------------------------------------------------------------------- sheets


def _from_tables(path: Path) -> RawPlan:
    tables = [table for table in read_tables(path) if not table.hidden]
    table = next((t for t in tables if _folded(t.name) in map(_folded, PLAN_SHEETS)), None)
    if table is None and len(tables) == 1:
        table = tables[0]
    if table is None:
        names = "; ".join(t.name for t in tables)
        raise unreadable(path.name, f"no sheet is called 'Kế hoạch'; there are: {names}", "Name the plan's sheet so.")
    plan = RawPlan(path.name)
    rows = [row for row in table.rows if any(written(v).strip() for v in row.cells)]
    top = _title_row(rows)
    if top is None:
        raise unreadable(path.name, "no row of column titles (loại, đơn vị, kết quả …) was found", _SHAPE)
    said = {written(row.cells[0]): Item(_value(row, 1), table.address(row, 1)) for row in rows[:top] if _value(row, 1)}
    plan.header = by_key(plan, "header", said, "above the steps")
    titles = {i: written(v).strip() for i, v in enumerate(rows[top].cells) if written(v).strip()}
    for number, row in enumerate(rows[top + 1 :], start=1):
        values = dict(_values(table, row, titles))
        plan.steps.append(RawStep(number, _row_at(table, row), by_key(plan, "steps", values, f"in step {number}")))
    return plan


def _title_row(rows: list[Row]) -> int | None:
    known = spellings("steps")
    for index, row in enumerate(rows[:HEADER_ROWS]):
        keys = {known.get(_folded(written(value))) for value in row.cells}
        if "kind" in keys and len(keys - {None}) >= 2:
            return index
    return None


def _values(table: Table, row: Row, titles: Mapping[int, str]) -> Iterator[tuple[str, Item]]:
    for index, title in titles.items():
        value = _value(row, index)
        if value is not None:
            yield title, Item(value, table.address(row, index))


def _value(row: Row, index: int) -> object:
    value = row.cells[index] if index < len(row.cells) else None
    return None if isinstance(value, str) and not value.strip() else value


def _row_at(table: Table, row: Row) -> str:
    return f"{table.name} row {row.number}"


def _folded(text: str) -> str:
    return fold(text.replace("_", " ").strip())
