"""The steps of a plan made into rows of the sheets that any file of facts may have.

So a plan is recorded in the same way, and by the same code, as facts that somebody types in.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from graph.packaged import packaged_yaml
from graph.scenario import Step
from graph.vocabulary import label
from loaders.directory import Entry, Miss
from loaders.plan_base import Open
from loaders.plan_file import RawStep, columns
from loaders.plan_parts import StepParts

PASSING = ("title", "date", "place", "note", "kind")


class Steps(StepParts):
    """Makes the steps one after another: what a step makes or renames, the next ones find."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.steps: list[Step] = []

    def add(self, raw: RawStep) -> None:
        """Make one step; what is wrong with it becomes problems."""
        before = len(self.plan.problems)
        step = self._opened(raw)
        if step is None:
            return
        spec = kinds()[step.kind]
        self._check_columns(step, spec)
        step.inputs = self._units(step, "units")
        if raw.cells.get("units") and step.inputs:
            self.count(step, "units", len(step.inputs), spec["units"])
        event = f"{self.plan_id}-{raw.number:03}"
        step.events.append(event)
        self.results(step, spec)
        if step.kind == "move":
            step.outputs += self._units(step, "to")
        elif step.kind == "rename" and step.inputs and step.values.get("new_name"):
            self.names.rename(step.inputs[0], step.values["new_name"])
        elif step.kind == "appoint":
            self._do_appoint(step)
        self.transfers(step, event)
        if len(self.plan.problems) == before:
            self._close(step, event)

    def _opened(self, raw: RawStep) -> Open | None:
        values: dict[str, Any] = {}
        known = columns("steps")
        for name, item in raw.cells.items():
            column = known[name]
            if column.type in ("results", "transfers", "posts"):
                continue
            values[name] = self.value(column, item, raw)
        kind = values.get("kind")
        if not kind:
            if "kind" not in raw.cells or raw.cells["kind"].value is None:
                every = "; ".join(label("event_kinds", code) for code in kinds())
                self.plan.problem(raw.at, f"step {raw.number} does not say its kind (loại)", f"one of: {every}")
            return None
        if kind not in kinds():
            every = "; ".join(label("event_kinds", code) for code in kinds())
            message = f"step {raw.number}: {label('event_kinds', kind)} ({kind}) is no step of a plan"
            self.plan.problem(raw.cells["kind"].at, message, f"one of: {every}")
            return None
        date = values.get("date") or self.date
        if date is None:
            if raw.cells.get("date") is None:
                self.plan.problem(raw.at, f"step {raw.number} has no date", "give the plan a date (ngày), or the step")
            return None
        place = self.place
        if values.get("place"):
            found = self.names.directory.resolve(values["place"], ["Place"])
            if isinstance(found, Miss):
                self.plan.problem(raw.cells["place"].at, f"step {raw.number}: {found.message}", found.remedy)
            else:
                place = found.id
        return Open(raw, kind, date, place, values)

    def _check_columns(self, step: Open, spec: Mapping[str, Any]) -> None:
        names = columns("steps")
        called = f"{label('event_kinds', step.kind)} ({step.kind})"
        for name in spec["needs"]:
            if step.raw.cells.get(name) is None or step.raw.cells[name].value in (None, [], {}):
                message = f"step {step.raw.number}: {called} needs {names[name].vi!r} ({name})"
                self.plan.problem(step.raw.at, message)
        allowed = {*spec["needs"], *spec["takes"], *PASSING}
        for name, item in step.raw.cells.items():
            if name not in allowed:
                takes = "; ".join(names[n].vi for n in (*spec["needs"], *spec["takes"]))
                message = f"step {step.raw.number}: {called} takes no {names[name].vi!r} ({name})"
                self.plan.problem(item.at, message, f"it takes: {takes}")

    def _units(self, step: Open, name: str) -> list[Entry]:
        texts = step.values.get(name) or []
        found: list[Entry] = []
        for text in [texts] if isinstance(texts, str) else texts:
            entry = self.unit(step, text, step.raw.cells[name].at)
            if entry is not None:
                if entry.id in {each.id for each in found}:
                    self.plan.problem(step.raw.cells[name].at, f"step {step.raw.number}: {text!r} is there twice")
                found.append(entry)
        return found

    def _do_appoint(self, step: Open) -> None:
        text = step.values.get("person")
        posts = self.posts(step, "posts")
        left = self.posts(step, "leaves")
        if text and posts:
            self.appoint(step, text, posts, left, step.raw.cells["person"].at)

    def _close(self, step: Open, event: str) -> None:
        if step.kind != "appoint":
            more = {name: step.values.get(name) for name in ("moves", "new_name", "staff_quota", "note")}
            if step.kind != "set_quota":
                more.pop("staff_quota")
            more["title"] = step.values.get("title") or self.title(step)
            inputs, outputs = ([each.id for each in units] for units in (step.inputs, step.outputs))
            self.event_row(step, event, step.kind, inputs, outputs, more)
        self.steps.append(
            Step(
                step.raw.number,
                step.kind,
                step.date,
                step.raw.at,
                step.values.get("title") or self.title(step),
                tuple(step.events),
                tuple(each.id for each in step.inputs),
                tuple(each.id for each in step.outputs),
                tuple(dict.fromkeys(step.others)),
            )
        )


@lru_cache(maxsize=1)
def kinds() -> dict[str, dict[str, Any]]:
    """What each kind of step needs and takes."""
    found: dict[str, dict[str, Any]] = packaged_yaml("loaders", "plan_keys.yaml")["kinds"]
    return found
