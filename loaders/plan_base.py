"""What all steps of a plan share while they are made into rows: values, references, events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.dates import FuzzyDate
from graph.packaged import packaged_yaml
from graph.vocabulary import label
from loaders.cells import CellError, converter
from loaders.directory import Entry, Miss
from loaders.headers import Column
from loaders.plan_file import Item, RawPlan, RawStep, columns
from loaders.plan_names import Names

FIRST_SHOWN = 4


@dataclass
class Open:
    """A step while it is being made into rows."""

    raw: RawStep
    kind: str
    date: FuzzyDate
    place: str
    values: dict[str, Any]
    inputs: list[Entry] = field(default_factory=list)
    outputs: list[Entry] = field(default_factory=list)
    new: list[str] = field(default_factory=list)  # names of the units it makes
    others: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)

    @property
    def where(self) -> str:
        """What evidence says of the step's place in the plan."""
        return f"bước {self.raw.number}"


class StepRows:
    """The rows that steps become, by sheet, each with its step's place in the file."""

    def __init__(self, plan: RawPlan, names: Names, plan_id: str, place: str, date: FuzzyDate | None) -> None:
        self.plan = plan
        self.names = names
        self.plan_id = plan_id
        self.place = place
        self.date = date
        self.rows: dict[str, list[tuple[dict[str, Any], str]]] = defaultdict(list)
        self.new_people: dict[str, str] = {}
        self.notices: list[str] = []

    def value(self, column: Column, item: Item, raw: RawStep) -> Any:
        """A value of the column's type; what cannot be read is a problem."""
        try:
            return converter(column)(plain(item.value))
        except CellError as error:
            message = f"step {raw.number}, {column.vi} ({column.key}): {error.message}"
            self.plan.problem(item.at, message, error.remedy, plain(item.value))
            return None
        except TypeError:
            self.plan.problem(item.at, f"step {raw.number}, {column.vi} ({column.key}): not a single value")
            return None

    def unit(self, step: Open, text: str, at: str) -> Entry | None:
        """The unit of a reference; a miss is a problem."""
        found = self.names.unit(text, step.place, step.date)
        if isinstance(found, Miss):
            self.plan.problem(at, f"step {step.raw.number}: {found.message}", found.remedy)
            return None
        return found

    def count(self, step: Open, name: str, count: int, limits: list[int | None]) -> None:
        """Whether as many are there as the kind of step takes."""
        least, most = limits
        if (least is None or count >= least) and (most is None or count <= most):
            return
        few = f"at least {least}" if count < (least or 0) else f"at most {most}"
        wanted = f"exactly {least}" if least == most else few
        called = f"{label('event_kinds', step.kind)} ({step.kind})"
        message = f"step {step.raw.number}: {called} needs {wanted} in {columns('steps')[name].vi!r}, here {count}"
        self.plan.problem(step.raw.cells[name].at if name in step.raw.cells else step.raw.at, message)

    def quota(self, step: Open, unit: Entry, quota: int) -> None:
        """The event that gives the unit a staff quota."""
        self.event(step, "set_quota", [unit.id], [], title=f"Giao biên chế {unit.name}: {quota}", staff_quota=quota)

    def event(self, step: Open, kind: str, inputs: list[str], outputs: list[str], **more: Any) -> None:
        """A further event of the step: a quota, an appointment. In an appointment it is the step itself."""
        event = f"{step.events[0]}-{len(step.events)}"
        if step.kind != kind:
            step.events.append(event)
        else:
            event = step.events[0]
            more["title"] = step.values.get("title") or self.title(step)
        self.event_row(step, event, kind, inputs, outputs, more)

    def event_row(
        self, step: Open, event: str, kind: str, inputs: list[str], outputs: list[str], more: Mapping[str, Any]
    ) -> None:
        """A row of the sheet of events."""
        row = {
            **{"id": event, "kind": kind, "status": "in_force", "date": str(step.date), "date_kind": "in_force"},
            **{"inputs": inputs, "outputs": outputs, "step": step.raw.number, **more},
        }
        self.row(step, "events", {name: value for name, value in row.items() if value not in ("", [], None)})

    def row(self, step: Open, sheet: str, values: dict[str, Any]) -> None:
        """A row of a sheet, with the step as its evidence where the sheet has evidence."""
        if sheet != "transfers":
            values |= {"document": f"doc-{self.plan_id}", "at": step.where}
        self.rows[sheet].append((values, step.raw.at))

    def title(self, step: Open) -> str:
        """What the step does, in words: Hợp nhất Sở A, Sở B thành Sở C."""
        patterns: dict[str, str] = packaged_yaml("loaders", "plan_keys.yaml")["titles"]
        given = {
            "units": _names(step.inputs),
            "result": _names(step.outputs),
            "person": step.values.get("person"),
            "new_name": step.values.get("new_name"),
            "staff_quota": step.values.get("staff_quota"),
        }
        if step.kind == "rename" and given["units"] == given["new_name"]:
            given["units"] = step.values["units"][0]  # adopted before: the unit has its new name by now
        return patterns[step.kind].format(**given)


def plain(value: Any) -> Any:
    """The bare values of items; a mapping in words."""
    if isinstance(value, Item):
        return plain(value.value)
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return ", ".join(f"{k}: {plain(v)}" for k, v in value.items())
    return value


def _names(units: list[Entry]) -> str:
    shown = ", ".join(unit.name for unit in units[:FIRST_SHOWN])
    return f"{shown} … ({len(units)})" if len(units) > FIRST_SHOWN else shown
